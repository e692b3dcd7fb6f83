// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/closed_form/patch_denoiser.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/error.h"
#include "engine/core/parallel.h"

namespace lacuna {

namespace {

constexpr std::size_t grain = 64; // positions or pixels a task takes at once
constexpr std::size_t patch_floats = patch_side * patch_side * 4;

/// Overlapping estimates count in proportion to their precision, as independent measurements do. That lets the
/// certain ones at the border of the hole lead, and structure grows inwards.
float certainty(float variance)
{
    constexpr float least_variance = 0.003f;
    return 1 / (variance + least_variance);
}

} // namespace

PatchDenoiser::PatchDenoiser(const PatchLevel& level, const Options& options, std::uint64_t seed,
                             std::uint32_t level_index, const std::vector<int>& members,
                             std::vector<MatchField> start)
    : level_(level),
      options_(options),
      seed_(seed),
      level_index_(level_index),
      members_(members.begin(), members.end()),
      fields_(std::move(start))
{
    check(!level.candidates.empty(), "a level has at least one known patch");
    if (fields_.empty())
        fields_.assign(members_.size(), MatchField(level.positions.size()));
    for (std::size_t i = 0; i < level.hole.size(); ++i)
        if (level.hole[i])
            hole_pixels_.push_back(static_cast<std::int32_t>(i));
    if (options_.exact)
        posterior_.emplace(level, options_.most_candidates);
    set_vote_width(1.2);
}

/// 1 / sigma_k^2: known pixels stay much more certain than the noisy ones, or the border would show.
float PatchDenoiser::known_precision(double sigma) const
{
    const double sigma_known = std::min(options_.sigma_known, options_.known_ratio * sigma);
    return static_cast<float>(1 / (sigma_known * sigma_known));
}

void PatchDenoiser::set_vote_width(double pixels)
{
    vote_weight_.clear();
    for (int dy = -patch_radius; dy <= patch_radius; ++dy)
        for (int dx = -patch_radius; dx <= patch_radius; ++dx)
            vote_weight_.push_back(
                static_cast<float>(std::exp(-(dx * dx + dy * dy) / (2 * pixels * pixels))));
}

void PatchDenoiser::retain(const std::vector<std::int64_t>& rows)
{
    std::vector<std::uint32_t> members;
    std::vector<MatchField> fields;
    for (const std::int64_t row : rows) {
        members.push_back(members_[row]);
        fields.push_back(std::move(fields_[row]));
    }
    members_ = std::move(members);
    fields_ = std::move(fields);
}

/// Distances are not part of it: every call measures them again.
void PatchDenoiser::exchange(StateExchange& state)
{
    int calls = static_cast<int>(call_);
    std::vector<int> centres;
    for (const MatchField& field : fields_)
        for (const auto& matches : field)
            for (const Match& match : matches)
                centres.push_back(match.centre);
    const std::size_t size = centres.size();
    state.number("patches.calls", calls, 0, std::numeric_limits<int>::max());
    state.numbers("patches.centres", centres, size);
    if (!state.restoring())
        return;
    const auto is_match = [&](int centre) {
        return centre == -1
               || (centre >= 0 && static_cast<std::size_t>(centre) < level_.is_candidate.size()
                   && level_.is_candidate[static_cast<std::size_t>(centre)]);
    };
    if (centres.size() != size || !std::all_of(centres.begin(), centres.end(), is_match))
        StateExchange::refuse("patches.centres");
    call_ = static_cast<std::uint32_t>(calls);
    auto next = centres.begin();
    for (MatchField& field : fields_)
        for (auto& matches : field)
            for (Match& match : matches)
                match = {.centre = *next++};
}

Tensor PatchDenoiser::x0(const Tensor& x, double sigma)
{
    const Area& area = level_.area;
    check(x.dim() == 4 && x.size(0) == static_cast<std::int64_t>(members_.size()) && x.size(1) == 4
              && x.size(2) == area.height && x.size(3) == area.width,
          "the batch has the size of the level's area");
    load(x, sigma);
    Tensor out = at::empty(x.sizes(), at::kFloat);
    const std::size_t plane = std::size_t(area.width) * area.height;
    for (std::size_t n = 0; n < members_.size(); ++n)
        for (std::size_t c = 0; c < 4; ++c)
            for (std::size_t i = 0; i < plane; ++i)
                out.data_ptr<float>()[(4 * n + c) * plane + i] = pixels_[4 * (n * plane + i) + c];
    if (options_.exact)
        estimate_exactly(sigma, out.data_ptr<float>());
    else
        estimate_by_matches(out.data_ptr<float>());
    ++call_;
    return out.to(x.options());
}

/// Interleaves the noisy pictures, with the known pixels in their place, and sets the precision of each pixel.
void PatchDenoiser::load(const Tensor& x, double sigma)
{
    const Area& area = level_.area;
    const std::size_t plane = std::size_t(area.width) * area.height;
    const Tensor noisy = x.to(at::kCPU, at::kFloat).contiguous();
    const float* in = noisy.data_ptr<float>();
    const auto unknown = static_cast<float>(1 / (sigma * sigma));
    const float known = known_precision(sigma);
    pixels_.resize(members_.size() * plane * 4);
    precision_.resize(plane * 4);
    for (int y = 0; y < area.height; ++y)
        for (int u = 0; u < area.width; ++u) {
            const std::size_t i = std::size_t(y) * area.width + u;
            const std::size_t at = std::size_t(area.y + y) * level_.width + area.x + u;
            const bool hole = level_.hole[at];
            std::fill_n(&precision_[4 * i], 4, hole ? unknown : known);
            for (std::size_t n = 0; n < members_.size(); ++n)
                for (std::size_t c = 0; c < 4; ++c)
                    pixels_[4 * (n * plane + i) + c] =
                        hole ? in[(4 * n + c) * plane + i] : level_.known[4 * at + c];
        }
}

template <typename Add> void PatchDenoiser::vote(std::int32_t pixel, Add&& add) const
{
    for (int k = 0; k < patch_side * patch_side; ++k) {
        const int x = pixel % level_.width - (k % patch_side - patch_radius);
        const int y = pixel / level_.width - (k / patch_side - patch_radius);
        if (x < 0 || y < 0 || x >= level_.width || y >= level_.height)
            continue;
        const std::int32_t position = level_.position_at[std::size_t(y) * level_.width + x];
        if (position >= 0)
            add(static_cast<std::size_t>(position), k, vote_weight_[k]);
    }
}

void PatchDenoiser::store(float* out, std::size_t row, std::int32_t pixel, const std::array<float, 4>& sum,
                          float total) const
{
    const Area& area = level_.area;
    const std::size_t plane = std::size_t(area.width) * area.height;
    const std::size_t at =
        std::size_t(pixel / level_.width - area.y) * area.width + pixel % level_.width - area.x;
    for (std::size_t c = 0; c < 4; ++c)
        out[(4 * row + c) * plane + at] = sum[c] / total;
}

void PatchDenoiser::estimate_exactly(double sigma, float* out)
{
    const std::size_t plane = std::size_t(level_.area.width) * level_.area.height;
    const std::size_t rows = members_.size(), positions = level_.positions.size();
    std::vector<float> means(rows * positions * patch_floats), precision(rows * positions);
    parallel_for(positions, 8, [&](std::size_t begin, std::size_t end) {
        std::vector<const float*> x(rows);
        std::vector<float*> mean(rows), variance(rows);
        for (std::size_t p = begin; p < end; ++p) {
            for (std::size_t n = 0; n < rows; ++n) {
                x[n] = &pixels_[4 * n * plane];
                mean[n] = &means[(n * positions + p) * patch_floats];
                variance[n] = &precision[n * positions];
            }
            posterior_->estimate(p, x, static_cast<float>(1 / (sigma * sigma)), known_precision(sigma), mean,
                                 variance, fields_);
            for (std::size_t n = 0; n < rows; ++n)
                variance[n][p] = certainty(variance[n][p]);
        }
    });
    const std::size_t pixels = hole_pixels_.size();
    parallel_for(pixels * rows, grain, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            const std::size_t row = i / pixels;
            std::array<float, 4> sum{};
            float total = 0;
            vote(hole_pixels_[i % pixels], [&](std::size_t p, int k, float weight) {
                weight *= precision[row * positions + p];
                for (std::size_t c = 0; c < 4; ++c)
                    sum[c] += weight * means[(row * positions + p) * patch_floats + 4 * k + c];
                total += weight;
            });
            store(out, row, hole_pixels_[i % pixels], sum, total);
        }
    });
}

void PatchDenoiser::search(std::size_t row)
{
    const std::size_t plane = std::size_t(level_.area.width) * level_.area.height;
    const Query query{level_, &pixels_[4 * row * plane], precision_.data()};
    const SearchKey key{seed_, members_[row], level_index_, call_};
    MatchField& field = fields_[row];
    for (int round = 0; round < options_.search_rounds; ++round) {
        const MatchField previous = field;
        parallel_for(field.size(), grain, [&](std::size_t begin, std::size_t end) {
            improve_matches(query, key, round, previous, field, begin, end);
        });
    }
}

void PatchDenoiser::estimate_by_matches(float* out)
{
    using Shares = std::array<float, kept_candidates>;
    std::vector<Shares> share(level_.positions.size());
    for (std::size_t row = 0; row < members_.size(); ++row) {
        search(row);
        const MatchField& field = fields_[row];
        // r_k = exp(-(e_k - e_0) / 2), normalised over the kept matches; what is below exp(-8) does not count.
        for (std::size_t p = 0; p < share.size(); ++p) {
            float total = 0;
            for (int k = 0; k < kept_candidates; ++k) {
                const float half = 0.5f * (field[p][k].distance - field[p][0].distance);
                share[p][k] = field[p][k].centre >= 0 && half < 8.f ? std::exp(-half) : 0.f;
                total += share[p][k];
            }
            for (float& r : share[p])
                r /= total;
        }
        parallel_for(hole_pixels_.size(), grain, [&](std::size_t begin, std::size_t end) {
            for (std::size_t i = begin; i < end; ++i) {
                std::array<float, 4> sum{};
                float total = 0;
                vote(hole_pixels_[i], [&](std::size_t p, int k, float weight) {
                    const int step =
                        (k / patch_side - patch_radius) * level_.width + k % patch_side - patch_radius;
                    for (int m = 0; m < kept_candidates && share[p][m] > 0; ++m) {
                        const float* value = &level_.known[4 * std::size_t(field[p][m].centre + step)];
                        for (std::size_t c = 0; c < 4; ++c)
                            sum[c] += weight * share[p][m] * value[c];
                        total += weight * share[p][m];
                    }
                });
                store(out, row, hole_pixels_[i], sum, total);
            }
        });
    }
}

} // namespace lacuna
