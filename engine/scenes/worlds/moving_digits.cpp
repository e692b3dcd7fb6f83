// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/worlds/moving_digits.h"

#include <algorithm>

#include "engine/core/error.h"
#include "engine/scenes/worlds/digit_font.h"

namespace lacuna::scenes {

namespace {

enum Member : std::uint32_t { kPathDraws, kDigitDraws };

void require(bool holds, const char* subject, const char* cause, const char* action)
{
    if (!holds)
        throw Error(ErrorKind::Usage, subject, cause, action);
}

bool is_probability(double p)
{
    return p >= 0 && p <= 1;
}

DigitPath draw_path(DigitVariant variant, std::uint64_t seed, int length, const DigitFilmOptions& options)
{
    const DigitFrame frame{options.side, options.side / 2};
    SeededDraws draws(seed, kPathDraws);
    switch (variant) {
    case DigitVariant::Middle:
        return resting_path(length, frame);
    case DigitVariant::Free:
        return free_path(length, draws, frame);
    case DigitVariant::Circle:
        return circle_path(length, draws, options.first, options.directions, frame);
    case DigitVariant::Horizontal:
        return horizontal_path(length, draws, options.right, options.ends_after_change, frame);
    }
    throw Error(ErrorKind::Internal, "The variant", "It is not one of the four.", "Report this.");
}

/// Adds the digit's values to a frame's and clips them.
void add(const Picture& digit, DigitOffset corner, int side, std::uint8_t* frame)
{
    for (int y = 0; y < digit.height; ++y)
        for (int x = 0; x < digit.width; ++x) {
            std::uint8_t& value = frame[(corner.y + y) * side + corner.x + x];
            value = std::uint8_t(std::min(255, value + digit.row(y)[x]));
        }
}

} // namespace

std::vector<std::string> digit_variant_names()
{
    return {"middle", "free", "circle", "horizontal"};
}

const std::string& digit_variant_name(DigitVariant variant)
{
    static const std::vector<std::string> names = digit_variant_names();
    return names.at(std::size_t(variant));
}

DigitVariant find_digit_variant(const std::string& wanted)
{
    const std::vector<std::string> names = digit_variant_names();
    const auto found = std::find(names.begin(), names.end(), wanted);
    require(found != names.end(), wanted.c_str(), "There are no moving digits of this kind.",
            "Choose middle, free, circle or horizontal.");
    return DigitVariant(found - names.begin());
}

DigitFilm render_film(DigitVariant variant, std::uint64_t seed, int length, const DigitFilmOptions& options)
{
    require(length >= 1, "The length of a film", "It is below 1.", "Choose at least one frame.");
    require(options.side == 32 || options.side == 64, "The side of a frame",
            "It is neither 32 nor 64 pixels.", "Choose one of them.");
    require(is_probability(options.right) && is_probability(options.first.value_or(0)),
            "The probability of a direction", "It is not between 0 and 1.", "Choose one that is.");

    DigitFilm film;
    film.digit = SeededDraws(seed, kDigitDraws).integer(0, 10);
    film.path = draw_path(variant, seed, length, options);
    const Picture digit = draw_digit(film.digit, seed, options.side / 2);
    for (const DigitOffset corner : film.path.corners)
        film.frames.push_back(make_picture(options.side, options.side, 1, 8, [&](std::uint8_t* frame) {
            add(digit, corner, options.side, frame);
        }));
    return film;
}

} // namespace lacuna::scenes
