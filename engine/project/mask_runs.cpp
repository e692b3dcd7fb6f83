// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/project/mask_runs.h"

#include <algorithm>

#include "engine/core/error.h"

namespace lacuna {

namespace {

void put(std::vector<std::uint8_t>& bytes, std::uint64_t number)
{
    for (; number >= 0x80; number >>= 7)
        bytes.push_back(static_cast<std::uint8_t>(number | 0x80));
    bytes.push_back(static_cast<std::uint8_t>(number));
}

bool lies_inside(const Area& area, const Mask& mask)
{
    return area.x >= 0 && area.y >= 0 && area.width >= 0 && area.height >= 0
           && area.width <= mask.width - area.x && area.height <= mask.height - area.y;
}

} // namespace

std::vector<std::uint8_t> encode_runs(const Mask& mask, const Area& area)
{
    check(lies_inside(area, mask), "an area lies inside its mask");
    std::vector<std::uint8_t> bytes;
    std::uint64_t run = 0;
    bool hole = false;
    for (int y = area.y; y < area.y + area.height; ++y)
        for (int x = area.x; x < area.x + area.width; ++x) {
            if (mask.is_hole(x, y) != hole) {
                put(bytes, run);
                run = 0;
                hole = !hole;
            }
            ++run;
        }
    put(bytes, run);
    return bytes;
}

void decode_runs(std::span<const std::uint8_t> runs, const Area& area, Mask& mask, const std::string& file)
{
    const auto refuse = [&] {
        throw Error(ErrorKind::Input, file, "has a damaged mask", "Use another copy of it");
    };
    if (!lies_inside(area, mask))
        refuse();
    const std::uint64_t pixels = std::uint64_t(area.width) * std::uint64_t(area.height);
    std::uint64_t done = 0;
    bool hole = false;
    for (std::size_t at = 0; at < runs.size();) {
        std::uint64_t run = 0;
        for (int shift = 0;; shift += 7) {
            if (at == runs.size() || shift > 56)
                refuse();
            const std::uint8_t byte = runs[at++];
            run |= std::uint64_t(byte & 0x7F) << shift;
            if (!(byte & 0x80))
                break;
        }
        if (run > pixels - done)
            refuse();
        while (run > 0) { // row by row
            const int x = static_cast<int>(done % area.width), y = static_cast<int>(done / area.width);
            const std::uint64_t part = std::min<std::uint64_t>(run, std::uint64_t(area.width - x));
            std::fill_n(mask.values.begin() + std::ptrdiff_t(area.y + y) * mask.width + area.x + x, part,
                        hole ? 255 : 0);
            done += part;
            run -= part;
        }
        hole = !hole;
    }
    if (done != pixels)
        refuse();
}

} // namespace lacuna
