// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRect>

#include <array>
#include <cstdint>
#include <unordered_map>

#include "engine/core/picture.h"

namespace lacuna::ui {

/// The pixels of a mask that one edit changed, one bit each, in those tiles of 64 x 64 that it touched. A mask has
/// two values, therefore the edit is its own inverse: applying it again restores every byte.
class MaskFlips {
public:
    /// Makes pixels [first, past) of row y holes (or known) and remembers those that changed.
    void setSpan(Mask& mask, int y, int first, int past, bool hole);
    /// Gives row y the values that it has in `wanted`.
    void setRow(Mask& mask, int y, const Mask& wanted);
    void flipSpan(Mask& mask, int y, int first, int past);

    /// Flips the remembered pixels of `mask`; returns by how much the number of hole pixels grew.
    std::int64_t apply(Mask& mask) const;

    bool empty() const { return tiles_.empty(); }
    std::int64_t holeGrowth() const { return growth_; } ///< of all calls together
    std::size_t changes() const { return changes_; }    ///< pixels changed, each as often as it was
    QRect bounds() const { return bounds_; }            ///< contains every changed pixel
    std::size_t bytes() const;                          ///< memory it holds

private:
    static constexpr int side = 64;
    using Tile = std::array<std::uint64_t, side>;

    std::unordered_map<std::int64_t, Tile> tiles_{}; ///< by (tile row << 32) + tile column
    QRect bounds_{};
    std::int64_t growth_ = 0;
    std::size_t changes_ = 0;
};

} // namespace lacuna::ui
