// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/arena_layout.h"

#include <algorithm>
#include <numeric>

namespace lacuna {

ArenaLayout lay_out(const std::vector<Lifetime>& blocks)
{
    std::vector<std::size_t> order(blocks.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return blocks[a].size > blocks[b].size; });
    ArenaLayout layout{.offsets = std::vector<std::size_t>(blocks.size())};
    std::vector<std::size_t> placed; // by offset
    for (const std::size_t i : order) {
        const std::size_t size = (blocks[i].size + 15) / 16 * 16;
        std::size_t offset = 0;
        for (const std::size_t j : placed) {
            const bool together = blocks[i].first <= blocks[j].last && blocks[j].first <= blocks[i].last;
            if (together && layout.offsets[j] < offset + size)
                offset = std::max(offset, layout.offsets[j] + (blocks[j].size + 15) / 16 * 16);
        }
        layout.offsets[i] = offset;
        layout.size = std::max(layout.size, offset + size);
        placed.insert(std::upper_bound(placed.begin(), placed.end(), i,
                                       [&](std::size_t a, std::size_t b) {
                                           return layout.offsets[a] < layout.offsets[b];
                                       }),
                      i);
    }
    return layout;
}

} // namespace lacuna
