// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fill/windows.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace lacuna {

namespace {

Area common(const Area& a, const Area& b)
{
    const int x = std::max(a.x, b.x), y = std::max(a.y, b.y);
    const int right = std::min(a.x + a.width, b.x + b.width),
              bottom = std::min(a.y + a.height, b.y + b.height);
    return right > x && bottom > y ? Area{x, y, right - x, bottom - y} : Area{};
}

/// The smallest rectangle around both; one without pixels does not count.
Area around_both(const Area& a, const Area& b)
{
    if (a.width == 0 || b.width == 0)
        return a.width == 0 ? b : a;
    const int x = std::min(a.x, b.x), y = std::min(a.y, b.y);
    return {x, y, std::max(a.x + a.width, b.x + b.width) - x, std::max(a.y + a.height, b.y + b.height) - y};
}

/// Cells that are set and touch, also at a corner, get the same number, from 0 in the order of their rows.
std::vector<int> connected(const std::vector<bool>& cells, int width, int height, int& count)
{
    std::vector<int> numbers(cells.size(), -1);
    count = 0;
    for (int start = 0; start < width * height; ++start) {
        if (!cells[static_cast<std::size_t>(start)] || numbers[static_cast<std::size_t>(start)] >= 0)
            continue;
        std::vector<int> reached{start};
        numbers[static_cast<std::size_t>(start)] = count;
        while (!reached.empty()) {
            const int cell = reached.back(), x = cell % width, y = cell / width;
            reached.pop_back();
            for (int v = std::max(0, y - 1); v <= std::min(height - 1, y + 1); ++v)
                for (int u = std::max(0, x - 1); u <= std::min(width - 1, x + 1); ++u)
                    if (const auto next = static_cast<std::size_t>(v * width + u);
                        cells[next] && std::exchange(numbers[next], count) < 0)
                        reached.push_back(v * width + u);
        }
        ++count;
    }
    return numbers;
}

/// Rectangles around the holes, those nearer than about a cell joined: found on a grid of cells, so that a mask
/// with thousands of specks stays cheap.
std::vector<Area> hole_groups(const Mask& mask)
{
    constexpr int cell = 32;
    const int columns = (mask.width + cell - 1) / cell, rows = (mask.height + cell - 1) / cell;
    const auto cell_of = [&](int x, int y) {
        return static_cast<std::size_t>((y / cell) * columns + x / cell);
    };
    std::vector<bool> cells(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
    for (int y = 0; y < mask.height; ++y)
        for (int x = 0; x < mask.width; ++x)
            if (mask.is_hole(x, y))
                cells[cell_of(x, y)] = true;
    int count = 0;
    const std::vector<int> numbers = connected(cells, columns, rows, count);
    std::vector<Area> groups(static_cast<std::size_t>(count));
    for (int y = 0; y < mask.height; ++y)
        for (int x = 0; x < mask.width; ++x)
            if (mask.is_hole(x, y)) {
                Area& group = groups[static_cast<std::size_t>(numbers[cell_of(x, y)])];
                group = around_both(group, {x, y, 1, 1});
            }
    return groups;
}

Area surroundings(const Area& hole, const Mask& mask, int least_margin)
{
    const int margin = std::max(least_margin, std::max(hole.width, hole.height));
    return common({hole.x - margin, hole.y - margin, hole.width + 2 * margin, hole.height + 2 * margin},
                  {0, 0, mask.width, mask.height});
}

/// The square that a network sees around holes, moved into the picture and cut where the picture is smaller.
Area network_area(const Area& hole, const Mask& mask, int native)
{
    const int side = std::max(native, (3 * std::max(hole.width, hole.height) + 1) / 2);
    const int width = std::min(side, mask.width), height = std::min(side, mask.height);
    return {std::clamp(hole.x + hole.width / 2 - width / 2, 0, mask.width - width),
            std::clamp(hole.y + hole.height / 2 - height / 2, 0, mask.height - height), width, height};
}

/// The largest square of the picture, as near to its middle as holes allow, and longer where they are.
Area scene_area(const Area& hole, const Mask& mask)
{
    const int side = std::min(mask.width, mask.height);
    const int width = std::max(side, hole.width), height = std::max(side, hole.height);
    const auto place = [](int hole_begin, int hole_size, int size_of_area, int all) {
        return std::clamp((all - size_of_area) / 2, hole_begin + hole_size - size_of_area, hole_begin);
    };
    return {place(hole.x, hole.width, width, mask.width), place(hole.y, hole.height, height, mask.height),
            width, height};
}

/// Joins groups until the rectangle around each touches the holes of no other.
template <typename Around> void join(std::vector<Area>& groups, const Around& around)
{
    for (bool joined = true; joined;) {
        joined = false;
        for (std::size_t a = 0; a < groups.size(); ++a)
            for (std::size_t b = 0; b < groups.size();) {
                if (a == b || common(around(groups[a]), groups[b]).width == 0) {
                    ++b;
                    continue;
                }
                groups[a] = around_both(groups[a], groups[b]);
                groups.erase(groups.begin() + static_cast<std::ptrdiff_t>(b));
                if (b < a)
                    --a;
                joined = true;
            }
    }
}

} // namespace

std::vector<Area> find_windows(const Mask& mask, int least_margin)
{
    const auto around = [&](const Area& hole) { return surroundings(hole, mask, least_margin); };
    std::vector<Area> groups = hole_groups(mask);
    join(groups, around);
    std::vector<Area> windows;
    for (const Area& group : groups)
        windows.push_back(around(group));
    return windows;
}

View view_of(const std::string& window, int native)
{
    constexpr int largest_scene = 128; // networks of this size learned whole scenes, not parts of photographs
    return window == "whole" || (window == "auto" && native <= largest_scene) ? View::Whole : View::Hole;
}

std::vector<NetworkWindow> find_network_windows(const Mask& mask, int native, int multiple, View view)
{
    const auto around = [&](const Area& hole) {
        return view == View::Whole ? scene_area(hole, mask) : network_area(hole, mask, native);
    };
    std::vector<Area> groups = hole_groups(mask);
    join(groups, around);
    std::vector<NetworkWindow> windows;
    for (const Area& group : groups) {
        const Area area = around(group);
        const double to_native = double(native) / std::max(area.width, area.height);
        const double scale = view == View::Whole ? to_native : std::min(1.0, to_native);
        const auto fitting = [&](int pixels) {
            return std::max(multiple, static_cast<int>(std::lround(pixels * scale / multiple)) * multiple);
        };
        windows.push_back({area, fitting(area.width), fitting(area.height)});
    }
    return windows;
}

} // namespace lacuna
