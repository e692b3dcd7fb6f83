// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/mask_distance.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "engine/core/error.h"

namespace lacuna {

namespace {

Area widened(const Area& area, int by, int width, int height)
{
    const int left = std::max(0, area.x - by), top = std::max(0, area.y - by);
    return {left, top, std::min(width, area.x + area.width + by) - left,
            std::min(height, area.y + area.height + by) - top};
}

/// Distance to the nearest pixel of the wanted kind in the same column of the area, at most reach + 1.
std::vector<std::uint16_t> column_distances(const Mask& mask, const Area& area, Nearest nearest, int reach)
{
    const std::size_t width = std::size_t(area.width);
    const auto far = static_cast<std::uint16_t>(reach + 1);
    std::vector<std::uint16_t> distance(width * area.height);
    const auto step = [&](int y, const std::uint16_t* before) {
        std::uint16_t* row = distance.data() + std::size_t(y) * width;
        for (std::size_t x = 0; x < width; ++x)
            row[x] = std::min<std::uint16_t>(row[x], before ? std::uint16_t(before[x] + 1) : far);
    };
    for (int y = 0; y < area.height; ++y) {
        const std::uint8_t* values = mask.values.data() + std::size_t(area.y + y) * mask.width + area.x;
        std::uint16_t* row = distance.data() + std::size_t(y) * width;
        for (std::size_t x = 0; x < width; ++x)
            row[x] = (values[x] != 0) == (nearest == Nearest::Hole) ? 0 : far;
        step(y, y > 0 ? row - width : nullptr);
    }
    for (int y = area.height - 2; y >= 0; --y)
        step(y, distance.data() + std::size_t(y + 1) * width);
    return distance;
}

/// The lowest of the parabolas (x - q)^2 + height(q)^2 at every x.
class LowerEnvelope {
public:
    explicit LowerEnvelope(std::size_t width) : from_(width + 1), where_(width), squared_(width) {}

    std::span<const std::int32_t> operator()(const std::uint16_t* heights, int far)
    {
        const int width = static_cast<int>(squared_.size());
        int last = -1; // of the parabolas that are lowest somewhere
        for (int q = 0; q < width; ++q) {
            if (heights[q] >= far)
                continue;
            while (last >= 0 && meet(heights, where_[last], q) <= from_[last])
                --last;
            from_[last + 1] = last < 0 ? -1e30 : meet(heights, where_[last], q);
            where_[++last] = q;
        }
        if (last < 0) {
            std::fill(squared_.begin(), squared_.end(), far * far);
            return squared_;
        }
        for (int x = 0, k = 0; x < width; ++x) {
            while (k < last && from_[k + 1] < x)
                ++k;
            const std::int64_t across = x - where_[k], down = heights[where_[k]];
            squared_[x] = static_cast<std::int32_t>(
                std::min<std::int64_t>(across * across + down * down, std::int64_t(far) * far));
        }
        return squared_;
    }

private:
    /// Where parabola q becomes lower than p, which stands left of it.
    static double meet(const std::uint16_t* heights, int p, int q)
    {
        const double fp = double(heights[p]) * heights[p] + double(p) * p;
        const double fq = double(heights[q]) * heights[q] + double(q) * q;
        return (fq - fp) / (2.0 * (q - p));
    }

    std::vector<double> from_; ///< from_[k]: where parabola k begins to be the lowest
    std::vector<int> where_;
    std::vector<std::int32_t> squared_;
};

} // namespace

void for_distance_rows(const Mask& mask, const Area& area, Nearest nearest, int reach, const DistanceRow& row)
{
    check(reach >= 1 && reach <= largest_reach, "a reach is between 1 and 4096 pixels");
    if (area.width <= 0 || area.height <= 0)
        return;
    const Area wide = widened(area, reach, mask.width, mask.height);
    const std::vector<std::uint16_t> columns = column_distances(mask, wide, nearest, reach);
    LowerEnvelope envelope(static_cast<std::size_t>(wide.width));
    for (int y = area.y; y < area.y + area.height; ++y) {
        const auto squared = envelope(columns.data() + std::size_t(y - wide.y) * wide.width, reach + 1);
        row(y, squared.subspan(std::size_t(area.x - wide.x), std::size_t(area.width)));
    }
}

Mask grown(const Mask& mask, int by)
{
    const int reach = std::abs(by);
    const Area box = mask.hole_box();
    if (reach == 0 || box.width == 0)
        return mask;
    Mask result(mask.width, mask.height);
    const bool grows = by > 0;
    const Area area = grows ? widened(box, reach, mask.width, mask.height) : box;
    for_distance_rows(mask, area, grows ? Nearest::Hole : Nearest::Known, reach,
                      [&](int y, std::span<const std::int32_t> squared) {
                          std::uint8_t* to = result.values.data() + std::size_t(y) * mask.width + area.x;
                          for (std::size_t x = 0; x < squared.size(); ++x)
                              to[x] = (squared[x] <= reach * reach) == grows ? 255 : 0;
                      });
    return result;
}

std::vector<std::uint8_t> soft_weights(const Mask& mask, const Area& area, int softness)
{
    std::vector<std::uint8_t> weights(std::size_t(area.width) * area.height);
    if (softness <= 0) {
        for (int y = 0; y < area.height; ++y)
            for (int x = 0; x < area.width; ++x)
                weights[std::size_t(y) * area.width + x] = mask.is_hole(area.x + x, area.y + y) ? 255 : 0;
        return weights;
    }
    for_distance_rows(
        mask, area, Nearest::Known, softness, [&](int y, std::span<const std::int32_t> squared) {
            std::uint8_t* to = weights.data() + std::size_t(y - area.y) * area.width;
            for (std::size_t x = 0; x < squared.size(); ++x)
                to[x] = static_cast<std::uint8_t>(
                    std::lround(255 * std::min(1.0, std::sqrt(double(squared[x])) / (softness + 1))));
        });
    return weights;
}

} // namespace lacuna
