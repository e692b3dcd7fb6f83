// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/disagreement.h"

#include <algorithm>
#include <cmath>

#include "engine/core/error.h"
#include "engine/selection/leading_eigenpair.h"

namespace lacuna {

namespace {

constexpr int cells = 6;           ///< of a region, on each side
constexpr int most_columns = 25;   ///< of its features
constexpr int reach_of_click = 32; ///< a finger tip is this part of the longer side of the grid
constexpr int least_of_side = 40;  ///< and the least radius of a region this part

HoleGrid grid_over(const Mask& hole, int longest)
{
    HoleGrid grid{.area = hole.hole_box()};
    grid.step = std::max(1, (std::max(grid.area.width, grid.area.height) + longest - 1) / longest);
    grid.width = (grid.area.width + grid.step - 1) / grid.step;
    grid.height = (grid.area.height + grid.step - 1) / grid.step;
    return grid;
}

/// The colours that a completion has on the grid, 3 bytes a pixel; what no patch covers stays as it was.
void read_colours(const Completion& completion, const HoleGrid& grid, std::vector<std::uint8_t>& colours)
{
    for (const Patch& patch : completion.patches) {
        const Picture rgb = to_rgb8(patch.pixels);
        for (int v = 0; v < grid.height; ++v) {
            const int y = grid.area.y + v * grid.step - patch.y;
            if (y < 0 || y >= rgb.height)
                continue;
            for (int u = 0; u < grid.width; ++u) {
                const int x = grid.area.x + u * grid.step - patch.x;
                if (x >= 0 && x < rgb.width)
                    std::copy_n(rgb.row(y) + 3 * x, 3,
                                colours.begin() + 3 * (std::ptrdiff_t(v) * grid.width + u));
            }
        }
    }
}

int longer_side(const HoleGrid& grid)
{
    return std::max(grid.width, grid.height);
}

/// Every pixel of the grid in a disc.
template <typename Visit> void visit_disc(const HoleGrid& grid, int u0, int v0, int radius, Visit visit)
{
    for (int v = std::max(0, v0 - radius); v <= std::min(grid.height - 1, v0 + radius); ++v)
        for (int u = std::max(0, u0 - radius); u <= std::min(grid.width - 1, u0 + radius); ++u)
            if ((u - u0) * (u - u0) + (v - v0) * (v - v0) <= radius * radius)
                visit(std::size_t(v) * std::size_t(grid.width) + std::size_t(u));
}

} // namespace

SpreadMap spread_map(const std::vector<Completion>& completions, const Mask& hole, int longest)
{
    check(longest > 0, "a grid with pixels");
    SpreadMap map{.grid = grid_over(hole, longest)};
    map.gray.assign(map.grid.size(), 0.f);
    // Whole numbers, so that the order of the completions makes no difference.
    std::vector<std::uint32_t> sum(3 * map.grid.size(), 0);
    std::vector<std::uint64_t> squares(sum.size(), 0);
    std::vector<std::uint8_t> colours(sum.size());
    for (const Completion& one : completions) {
        if (!one.problem.empty())
            continue;
        std::fill(colours.begin(), colours.end(), std::uint8_t(0));
        read_colours(one, map.grid, colours);
        for (std::size_t i = 0; i < sum.size(); ++i) {
            sum[i] += colours[i];
            squares[i] += std::uint64_t(colours[i]) * colours[i];
        }
        ++map.completions;
    }
    if (map.completions < 2)
        return map;
    const double n = map.completions;
    for (int v = 0; v < map.grid.height; ++v)
        for (int u = 0; u < map.grid.width; ++u) {
            if (!hole.is_hole(map.grid.area.x + u * map.grid.step, map.grid.area.y + v * map.grid.step))
                continue;
            const std::size_t at = std::size_t(v) * std::size_t(map.grid.width) + std::size_t(u);
            double variance = 0;
            for (std::size_t i = 3 * at; i < 3 * at + 3; ++i)
                variance += double(squares[i]) / n - double(sum[i]) * double(sum[i]) / (n * n);
            map.gray[at] = float(std::sqrt(std::max(0.0, variance / 3)));
            map.largest = std::max(map.largest, map.gray[at]);
        }
    return map;
}

std::optional<PixelRegion> region_around(const SpreadMap& map, int x, int y)
{
    const HoleGrid& grid = map.grid;
    if (x < grid.area.x || y < grid.area.y || x >= grid.area.x + grid.area.width
        || y >= grid.area.y + grid.area.height)
        return std::nullopt;
    const int u0 = (x - grid.area.x) / grid.step, v0 = (y - grid.area.y) / grid.step;
    std::size_t hot = std::size_t(v0) * std::size_t(grid.width) + std::size_t(u0);
    visit_disc(grid, u0, v0, std::max(2, longer_side(grid) / reach_of_click), [&](std::size_t at) {
        if (map.gray[at] > map.gray[hot])
            hot = at;
    });
    if (!(map.gray[hot] > 0))
        return std::nullopt;

    PixelRegion region{.grid = grid, .inside = std::vector<std::uint8_t>(grid.size(), 0)};
    const auto take = [&](std::size_t at) {
        region.pixels += region.inside[at] == 0;
        region.inside[at] = 1;
    };
    // Connected pixels above half of the hot spot.
    std::vector<std::size_t> reached{hot};
    take(hot);
    const auto width = std::size_t(grid.width);
    for (std::size_t i = 0; i < reached.size(); ++i) {
        const std::size_t at = reached[i], u = at % width;
        const auto visit = [&](bool exists, std::size_t next) {
            if (exists && region.inside[next] == 0 && map.gray[next] > map.gray[hot] / 2) {
                take(next);
                reached.push_back(next);
            }
        };
        visit(u > 0, at - 1);
        visit(u + 1 < width, at + 1);
        visit(at >= width, at - width);
        visit(at + width < grid.size(), at + width);
    }
    // At least a small disc, as far as the completions differ there.
    visit_disc(grid, int(hot % width), int(hot / width), std::max(2, longer_side(grid) / least_of_side),
               [&](std::size_t at) {
                   if (map.gray[at] > 0)
                       take(at);
               });
    return region;
}

double distance_gray(const Completion& one, const Completion& other, const Mask& hole, int longest)
{
    const HoleGrid grid = grid_over(hole, longest);
    std::vector<std::uint8_t> a(3 * grid.size()), b(3 * grid.size());
    read_colours(one, grid, a);
    read_colours(other, grid, b);
    std::uint64_t squares = 0, pixels = 0;
    for (std::size_t at = 0; at < grid.size(); ++at) {
        const int x = int(at % std::size_t(grid.width)), y = int(at / std::size_t(grid.width));
        if (!hole.is_hole(grid.area.x + x * grid.step, grid.area.y + y * grid.step))
            continue;
        ++pixels;
        for (std::size_t i = 3 * at; i < 3 * at + 3; ++i)
            squares += std::uint64_t((int(a[i]) - int(b[i])) * (int(a[i]) - int(b[i])));
    }
    return pixels > 0 ? std::sqrt(double(squares) / (3.0 * double(pixels))) : 0;
}

FeatureRows region_features(const std::vector<Completion>& completions, const PixelRegion& region)
{
    const HoleGrid& grid = region.grid;
    check(region.pixels > 0 && region.inside.size() == grid.size(), "a region with pixels");
    int left = grid.width, top = grid.height, right = 0, bottom = 0;
    for (int v = 0; v < grid.height; ++v)
        for (int u = 0; u < grid.width; ++u)
            if (region.inside[std::size_t(v) * std::size_t(grid.width) + std::size_t(u)]) {
                left = std::min(left, u);
                right = std::max(right, u + 1);
                top = std::min(top, v);
                bottom = std::max(bottom, v + 1);
            }
    // The cell of each pixel inside, and how much each cell weighs.
    const int across = std::min(cells, right - left), down = std::min(cells, bottom - top);
    std::vector<int> cell_of(grid.size(), -1);
    std::vector<double> pixels(std::size_t(across) * std::size_t(down), 0.0);
    for (int v = top; v < bottom; ++v)
        for (int u = left; u < right; ++u) {
            const std::size_t at = std::size_t(v) * std::size_t(grid.width) + std::size_t(u);
            if (!region.inside[at])
                continue;
            cell_of[at] = (v - top) * down / (bottom - top) * across + (u - left) * across / (right - left);
            ++pixels[std::size_t(cell_of[at])];
        }

    const std::size_t columns = 3 * pixels.size();
    std::vector<double> values(completions.size() * columns, 0.0);
    std::vector<std::uint8_t> colours(3 * grid.size());
    for (std::size_t i = 0; i < completions.size(); ++i) {
        std::fill(colours.begin(), colours.end(), std::uint8_t(0));
        read_colours(completions[i], grid, colours);
        double* row = values.data() + i * columns;
        for (std::size_t at = 0; at < grid.size(); ++at)
            if (cell_of[at] >= 0)
                for (std::size_t c = 0; c < 3; ++c)
                    row[3 * std::size_t(cell_of[at]) + c] += colours[3 * at + c];
        // A cell's mean times the root of its share of the region and of the three colours.
        for (std::size_t k = 0; k < columns; ++k)
            if (const double count = pixels[k / 3]; count > 0)
                row[k] *= std::sqrt(count / (3.0 * region.pixels)) / count;
    }
    return principal_rows({std::move(values), int(columns)}, most_columns);
}

} // namespace lacuna
