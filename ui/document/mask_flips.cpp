// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/mask_flips.h"

#include <algorithm>
#include <bit>

namespace lacuna::ui {

void MaskFlips::setSpan(Mask& mask, int y, int first, int past, bool hole)
{
    const std::uint8_t wanted = hole ? 255 : 0;
    std::uint8_t* row = mask.values.data() + std::size_t(y) * mask.width;
    int changed = 0;
    for (int tileFirst = first; tileFirst < past;) {
        const int tilePast = std::min(past, (tileFirst / side + 1) * side);
        std::uint64_t bits = 0;
        for (int x = tileFirst; x < tilePast; ++x)
            bits |= std::uint64_t(row[x] != wanted) << (x % side);
        if (bits) {
            std::fill(row + tileFirst, row + tilePast, wanted);
            tiles_[(std::int64_t(y / side) << 32) + tileFirst / side][y % side] ^= bits;
            changed += std::popcount(bits);
        }
        tileFirst = tilePast;
    }
    if (changed) {
        growth_ += hole ? changed : -changed;
        changes_ += std::size_t(changed);
        bounds_ |= QRect(first, y, past - first, 1);
    }
}

void MaskFlips::setRow(Mask& mask, int y, const Mask& wanted)
{
    const std::uint8_t* row = wanted.values.data() + std::size_t(y) * wanted.width;
    const std::uint8_t* present = mask.values.data() + std::size_t(y) * mask.width;
    if (std::equal(row, row + wanted.width, present))
        return;
    for (int x = 0; x < wanted.width;) { // runs of one value
        const auto* past = std::find_if(row + x, row + wanted.width,
                                        [value = row[x]](std::uint8_t other) { return other != value; });
        setSpan(mask, y, x, int(past - row), row[x] != 0);
        x = int(past - row);
    }
}

void MaskFlips::flipSpan(Mask& mask, int y, int first, int past)
{
    std::uint8_t* row = mask.values.data() + std::size_t(y) * mask.width;
    for (int x = first; x < past;) {
        std::uint64_t& bits = tiles_[(std::int64_t(y / side) << 32) + x / side][y % side];
        for (const int tilePast = std::min(past, (x / side + 1) * side); x < tilePast; ++x) {
            bits ^= std::uint64_t(1) << (x % side);
            row[x] ^= 255;
            growth_ += row[x] ? 1 : -1;
        }
    }
    changes_ += std::size_t(past - first);
    bounds_ |= QRect(first, y, past - first, 1);
}

std::int64_t MaskFlips::apply(Mask& mask) const
{
    std::int64_t growth = 0;
    for (const auto& [key, tile] : tiles_) {
        const int top = int(key >> 32) * side;
        const int left = int(key & 0xffffffff) * side;
        for (int line = 0; line < side; ++line) {
            std::uint8_t* row = mask.values.data() + std::size_t(top + line) * mask.width + left;
            if (tile[line] == ~std::uint64_t(0)) { // inside large areas
                int holes = 0;
                for (int x = 0; x < side; ++x)
                    holes += (row[x] ^= 255) & 1;
                growth += 2 * holes - side;
                continue;
            }
            for (std::uint64_t bits = tile[line]; bits; bits &= bits - 1) {
                std::uint8_t& value = row[std::countr_zero(bits)];
                value ^= 255;
                growth += value ? 1 : -1;
            }
        }
    }
    return growth;
}

std::size_t MaskFlips::bytes() const
{
    return sizeof(*this) + tiles_.size() * (sizeof(Tile) + 4 * sizeof(void*));
}

} // namespace lacuna::ui
