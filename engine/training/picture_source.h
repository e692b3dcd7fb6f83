// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/scenes/worlds/world.h"
#include "engine/training/train_config.h"

namespace lacuna::training {

/// One example. Samples are 8-bit with the channels of a pixel beside each other.
struct Example {
    std::vector<std::uint8_t> pixels{};    ///< size * size * channels
    std::vector<std::uint8_t> condition{}; ///< size * size * condition channels
    scenes::Attributes attributes{};       ///< of a world
    std::vector<float> weights{};          ///< of the pixels in a loss, 1 on average; empty: all alike
};

/// Examples as a pure function of a number. Safe to call from several threads.
class PictureSource {
public:
    virtual ~PictureSource() = default;

    virtual int channels() const = 0;
    virtual int condition_channels() const { return 0; }
    /// Those of a world; empty for others.
    virtual const std::vector<scenes::Attribute>& attributes() const = 0;
    virtual Example example(std::uint64_t number) const = 0;
};

/// Throws Error{Usage} for a world or variant that is not there, Error{Input} for a folder without pictures.
/// `balanced`: attributes are drawn uniformly instead of with their declared probabilities.
std::unique_ptr<PictureSource> make_picture_source(const DataConfig&, bool balanced);

} // namespace lacuna::training
