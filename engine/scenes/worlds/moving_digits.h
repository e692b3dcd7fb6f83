// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/picture.h"
#include "engine/scenes/moving_digit_paths.h"

/// Films of a digit that moves. samplers.md 7.1.
namespace lacuna::scenes {

enum class DigitVariant { Middle, Free, Circle, Horizontal };

/// "middle", "free", "circle", "horizontal".
std::vector<std::string> digit_variant_names();
const std::string& digit_variant_name(DigitVariant);
/// Throws Error{Usage} naming those there are.
DigitVariant find_digit_variant(const std::string& name);

struct DigitFilmOptions {
    double right = 0.5;             ///< horizontal: probability of the way to the right at the centre
    bool ends_after_change = false; ///< horizontal: the mirrored process, run backwards in time
    std::optional<double>
        first{};        ///< circle: probability of the first direction; without it all are equally likely
    int directions = 8; ///< circle: 8, 4 or 2
    int side = 32;      ///< of a frame: 32 with a digit of 16 pixels, or 64 with one of 32
};

struct DigitFilm {
    int digit = 0; ///< 0 to 9, all equally likely
    DigitPath path{};
    std::vector<Picture> frames{}; ///< 8-bit grey, light on black
};

/// The film is a function of its arguments. Throws Error{Usage} for a length below 1 and options out of range.
DigitFilm render_film(DigitVariant, std::uint64_t seed, int length, const DigitFilmOptions& = {});

} // namespace lacuna::scenes
