// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/closed_form/patch_posterior.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace lacuna {

namespace {

constexpr std::size_t block = 64;
constexpr int patch_values = patch_side * patch_side * 4;

/// Offset in the pixel plane of value `d` of a patch around its centre, in units of floats.
std::ptrdiff_t value_offset(int d, int width)
{
    const int pixel = d / 4, row = pixel / patch_side - patch_radius,
              column = pixel % patch_side - patch_radius;
    return 4 * (std::ptrdiff_t(row) * width + column) + d % 4;
}

/// sums[i] += precision * (query - column[i])^2
void add_squares(float* sums, const float* column, float query, float precision)
{
    for (std::size_t i = 0; i < block; ++i) {
        const float d = query - column[i];
        sums[i] += precision * d * d;
    }
}

} // namespace

PatchPosterior::PatchPosterior(const PatchLevel& level, int most_candidates) : level_(level)
{
    const std::size_t all = level.candidates.size();
    const std::size_t count = std::min(all, static_cast<std::size_t>(most_candidates));
    for (std::size_t i = 0; i < count; ++i)
        centres_.push_back(level.candidates[i * all / count]);
    padded_ = (count + block - 1) / block * block;
    columns_.assign(patch_values * padded_, std::numeric_limits<float>::quiet_NaN());
    for (int d = 0; d < patch_values; ++d)
        for (std::size_t i = 0; i < padded_; ++i)
            columns_[d * padded_ + i] =
                level.known[4 * std::size_t(centres_[std::min(i, count - 1)]) + value_offset(d, level.width)];
}

void PatchPosterior::estimate(std::size_t p, const std::vector<const float*>& x, float unknown_precision,
                              float known_precision, const std::vector<float*>& means,
                              const std::vector<float*>& variances, std::vector<MatchField>& matches) const
{
    const std::int32_t position = level_.positions[p];
    const std::size_t rows = x.size(), count = centres_.size();
    std::vector<float> energy(rows * padded_, 0.f); // precision-weighted squared distances [rows][padded_]

    // The known part is the same for all members, the unknown part is each member's own.
    const Area& area = level_.area;
    const std::ptrdiff_t centre =
        std::ptrdiff_t(position / level_.width - area.y) * area.width + position % level_.width - area.x;
    std::array<std::ptrdiff_t, patch_values> in_level{}, in_area{};
    std::array<bool, patch_values> in_hole{};
    for (int d = 0; d < patch_values; ++d) {
        in_level[d] = 4 * std::ptrdiff_t(position) + value_offset(d, level_.width);
        in_area[d] = 4 * centre + value_offset(d, area.width);
        in_hole[d] = level_.hole[in_level[d] / 4] != 0;
    }
    for (std::size_t b = 0; b < padded_; b += block) {
        std::array<float, block> known{};
        for (int d = 0; d < patch_values; ++d)
            if (!in_hole[d])
                add_squares(known.data(), &columns_[d * padded_ + b], level_.known[in_level[d]],
                            known_precision);
        for (std::size_t n = 0; n < rows; ++n) {
            std::array<float, block> sums = known;
            for (int d = 0; d < patch_values; ++d)
                if (in_hole[d])
                    add_squares(sums.data(), &columns_[d * padded_ + b], x[n][in_area[d]], unknown_precision);
            std::copy(sums.begin(), sums.end(), &energy[n * padded_ + b]);
        }
    }

    std::vector<std::int32_t> order(count);
    for (std::size_t n = 0; n < rows; ++n) {
        const float* e = &energy[n * padded_];
        const float least = *std::min_element(e, e + count);
        if (!std::isfinite(least)) { // the member's pixels are not finite: so is its estimate
            std::fill_n(means[n], patch_values, least);
            variances[n][p] = 0;
            matches[n][p].fill({});
            continue;
        }
        // r_i = exp(-(e_i - least) / 2), normalised; terms below 1e-7 of the largest do not count.
        double total = 0;
        std::array<double, patch_values> sum{}, squares{};
        for (std::size_t i = 0; i < count; ++i) {
            const float half = 0.5f * (e[i] - least);
            if (!(half < 16.f))
                continue;
            const double r = std::exp(-double(half));
            total += r;
            const float* patch =
                &level_.known[4 * std::size_t(centres_[i] - patch_radius * (level_.width + 1))];
            for (int row = 0; row < patch_side; ++row)
                for (int k = 0; k < 4 * patch_side; ++k) {
                    const double value = patch[std::ptrdiff_t(row) * 4 * level_.width + k];
                    sum[row * 4 * patch_side + k] += r * value;
                    squares[row * 4 * patch_side + k] += r * value * value;
                }
        }
        double variance = 0;
        for (std::size_t k = 0; k < sum.size(); ++k) {
            const double mean = sum[k] / total;
            means[n][k] = static_cast<float>(mean);
            variance += squares[k] / total - mean * mean;
        }
        variances[n][p] = static_cast<float>(std::max(0.0, variance / patch_values));

        for (std::size_t i = 0; i < count; ++i)
            order[i] = static_cast<std::int32_t>(i);
        const std::size_t kept = std::min<std::size_t>(kept_candidates, count);
        std::partial_sort(order.begin(), order.begin() + kept, order.end(),
                          [&](std::int32_t a, std::int32_t c) { return e[a] != e[c] ? e[a] < e[c] : a < c; });
        matches[n][p].fill({});
        for (std::size_t k = 0; k < kept; ++k)
            matches[n][p][k] = {centres_[order[k]], e[order[k]]};
    }
}

} // namespace lacuna
