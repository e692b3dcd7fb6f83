// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/closed_form/patch_level.h"

#include <algorithm>

namespace lacuna {

namespace {

/// Number of hole pixels above and to the left of each corner, for box sums in constant time.
std::vector<std::int32_t> summed_holes(const PatchLevel& level)
{
    const int stride = level.width + 1;
    std::vector<std::int32_t> sums(std::size_t(stride) * (level.height + 1), 0);
    for (int y = 0; y < level.height; ++y)
        for (int x = 0; x < level.width; ++x)
            sums[std::size_t(y + 1) * stride + x + 1] =
                level.hole[std::size_t(y) * level.width + x] + sums[std::size_t(y) * stride + x + 1]
                + sums[std::size_t(y + 1) * stride + x] - sums[std::size_t(y) * stride + x];
    return sums;
}

PatchLevel halve(const PatchLevel& fine)
{
    PatchLevel coarse;
    coarse.width = (fine.width + 1) / 2;
    coarse.height = (fine.height + 1) / 2;
    coarse.known.assign(std::size_t(coarse.width) * coarse.height * 4, 0.f);
    coarse.hole.assign(std::size_t(coarse.width) * coarse.height, 0);
    for (int y = 0; y < coarse.height; ++y)
        for (int x = 0; x < coarse.width; ++x) {
            const std::size_t out = std::size_t(y) * coarse.width + x;
            float sum[4] = {0, 0, 0, 0};
            int count = 0;
            for (int v = 2 * y; v < std::min(2 * y + 2, fine.height); ++v)
                for (int u = 2 * x; u < std::min(2 * x + 2, fine.width); ++u, ++count) {
                    const std::size_t in = std::size_t(v) * fine.width + u;
                    coarse.hole[out] |= fine.hole[in];
                    for (int c = 0; c < 4; ++c)
                        sum[c] += fine.known[4 * in + c];
                }
            for (int c = 0; c < 4; ++c)
                coarse.known[4 * out + c] = coarse.hole[out] ? 0.f : sum[c] / count;
        }
    find_patches(coarse);
    return coarse;
}

/// Twice the largest distance from a hole pixel to a known pixel or the border, in the chessboard metric.
int hole_width(const PatchLevel& level)
{
    std::vector<int> distance(level.hole.size());
    const int w = level.width, h = level.height;
    const auto at = [&](int x, int y) {
        return x < 0 || y < 0 || x >= w || y >= h ? 0 : distance[std::size_t(y) * w + x];
    };
    int deepest = 0;
    for (int y = 0; y < h; ++y)
        for (int x = 0; x < w; ++x)
            distance[std::size_t(y) * w + x] =
                level.hole[std::size_t(y) * w + x]
                    ? 1 + std::min({at(x - 1, y), at(x - 1, y - 1), at(x, y - 1), at(x + 1, y - 1)})
                    : 0;
    for (int y = h - 1; y >= 0; --y)
        for (int x = w - 1; x >= 0; --x) {
            int& d = distance[std::size_t(y) * w + x];
            if (d > 0)
                d = std::min(d,
                             1 + std::min({at(x + 1, y), at(x + 1, y + 1), at(x, y + 1), at(x - 1, y + 1)}));
            deepest = std::max(deepest, d);
        }
    return 2 * deepest;
}

} // namespace

void find_patches(PatchLevel& level)
{
    const int w = level.width, h = level.height, stride = w + 1;
    const std::vector<std::int32_t> sums = summed_holes(level);
    level.candidates.clear();
    level.positions.clear();
    level.is_candidate.assign(level.hole.size(), 0);
    level.position_at.assign(level.hole.size(), -1);
    int first_x = w, last_x = 0, first_y = h, last_y = 0;
    for (int y = patch_radius; y < h - patch_radius; ++y)
        for (int x = patch_radius; x < w - patch_radius; ++x) {
            const auto sum = [&](int u, int v) { return sums[std::size_t(v) * stride + u]; };
            const int left = x - patch_radius, right = x + patch_radius + 1;
            const int top = y - patch_radius, bottom = y + patch_radius + 1;
            const int holes = sum(right, bottom) - sum(left, bottom) - sum(right, top) + sum(left, top);
            const std::int32_t centre = y * w + x;
            if (holes == 0) {
                level.is_candidate[centre] = 1;
                level.candidates.push_back(centre);
            } else {
                level.position_at[centre] = static_cast<std::int32_t>(level.positions.size());
                level.positions.push_back(centre);
                first_x = std::min(first_x, left);
                last_x = std::max(last_x, right);
                first_y = std::min(first_y, top);
                last_y = std::max(last_y, bottom);
            }
        }
    level.area = {first_x, first_y, last_x - first_x, last_y - first_y};
}

std::vector<PatchLevel> build_pyramid(PatchLevel finest, int coarsest_hole)
{
    constexpr std::size_t enough_candidates = 120;
    find_patches(finest);
    std::vector<PatchLevel> levels{std::move(finest)};
    while (hole_width(levels.back()) > coarsest_hole) {
        PatchLevel coarse = halve(levels.back());
        if (coarse.candidates.size() < enough_candidates)
            break;
        levels.push_back(std::move(coarse));
    }
    return levels;
}

} // namespace lacuna
