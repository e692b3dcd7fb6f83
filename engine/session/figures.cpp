// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/figures.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace lacuna {

namespace {

/// The hole's values of a completion as 8-bit RGB, in the order of its patches.
std::vector<std::uint8_t> hole_values(const Completion& completion, const Mask& mask)
{
    std::vector<std::uint8_t> values;
    for (const Patch& patch : completion.patches) {
        const Picture rgb = to_rgb8(patch.pixels);
        for (int y = 0; y < rgb.height; ++y)
            for (int x = 0; x < rgb.width; ++x)
                if (mask.is_hole(patch.x + x, patch.y + y))
                    values.insert(values.end(), rgb.row(y) + 3 * x, rgb.row(y) + 3 * x + 3);
    }
    return values;
}

double rms(const std::vector<std::uint8_t>& a, const std::vector<std::uint8_t>& b)
{
    if (a.size() != b.size() || a.empty())
        return 0;
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const int d = a[i] - b[i];
        sum += static_cast<std::uint64_t>(d * d);
    }
    return std::sqrt(double(sum) / double(a.size()));
}

} // namespace

void measure_distances(CompletionSet& set, const Mask& mask)
{
    std::vector<std::vector<std::uint8_t>> values;
    for (const Completion& completion : set.completions)
        values.push_back(hole_values(completion, mask));
    double sum = 0;
    int pairs = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        double nearest = std::numeric_limits<double>::infinity();
        for (std::size_t j = 0; j < values.size(); ++j) {
            if (i == j || values[i].empty() || values[j].empty())
                continue;
            const double distance = rms(values[i], values[j]);
            nearest = std::min(nearest, distance);
            sum += distance;
            ++pairs;
        }
        set.completions[i].nearest_gray = std::isfinite(nearest) ? nearest : 0;
    }
    set.mean_distance_gray = pairs > 0 ? sum / pairs : 0;
}

double measure_seam(const Picture& picture, const Mask& mask, const Completion& completion)
{
    constexpr int reach = 6;
    double across = 0, beside = 0;
    std::size_t across_count = 0, beside_count = 0;
    for (const Patch& patch : completion.patches) {
        const int left = std::max(0, patch.x - reach), top = std::max(0, patch.y - reach);
        const int right = std::min(picture.width, patch.x + patch.pixels.width + reach);
        const int bottom = std::min(picture.height, patch.y + patch.pixels.height + reach);
        const Picture known = to_rgb8(crop(picture, left, top, right - left, bottom - top));
        const Picture filled = to_rgb8(patch.pixels);
        const auto pixel = [&](int x, int y) {
            return mask.is_hole(x, y) ? filled.row(y - patch.y) + 3 * (x - patch.x)
                                      : known.row(y - top) + 3 * (x - left);
        };
        const auto inside = [&](int x, int y) {
            return !mask.is_hole(x, y)
                   || (x >= patch.x && y >= patch.y && x < patch.x + patch.pixels.width
                       && y < patch.y + patch.pixels.height);
        };
        const auto compare = [&](int x, int y, int u, int v) {
            if (u >= right || v >= bottom || !inside(x, y) || !inside(u, v))
                return;
            double step = 0;
            for (int c = 0; c < 3; ++c)
                step += std::abs(int(pixel(x, y)[c]) - int(pixel(u, v)[c]));
            const int holes = mask.is_hole(x, y) + mask.is_hole(u, v);
            if (holes == 1) {
                across += step;
                ++across_count;
            } else if (holes == 0) {
                beside += step;
                ++beside_count;
            }
        };
        for (int y = top; y < bottom; ++y)
            for (int x = left; x < right; ++x) {
                compare(x, y, x + 1, y);
                compare(x, y, x, y + 1);
            }
    }
    if (across_count == 0 || beside_count == 0)
        return 1;
    const double usual = std::max(beside / double(beside_count), 0.5); // flat surroundings: half a level
    return across / double(across_count) / usual;
}

} // namespace lacuna
