// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/guidance/repulsion.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/error.h"
#include "engine/diffusion/schedule.h"

namespace lacuna {

namespace {

/// Row by row first: a single full reduction would be split among threads and depend on their number.
double total(const Tensor& values)
{
    return values.sum(-1).sum().item<double>();
}

double l2_distance(const Tensor& a, const Tensor& b)
{
    return std::sqrt(total((a - b).to(at::kDouble).square()));
}

struct Mate {
    std::int64_t row = 0;
    double distance = std::numeric_limits<double>::infinity();
};

/// The nearest other row; the lowest index on ties.
Mate nearest_mate(const Tensor& distances, std::int64_t row)
{
    const auto d = distances.accessor<double, 2>();
    Mate mate;
    for (std::int64_t other = 0; other < d.size(0); ++other)
        if (other != row && d[row][other] < mate.distance)
            mate = {other, d[row][other]};
    return mate;
}

/// Squared distances of all rows to row i over the region, a mean over it, [N].
Tensor mean_squares_to(const Tensor& values, const Tensor& weights, std::int64_t i)
{
    const Tensor squares = (values - values[i]).square().flatten(1);
    if (!weights.defined())
        return squares.sum(1) / static_cast<double>(squares.size(1));
    const Tensor pair = (weights * weights[i]).flatten(1);
    return (squares * pair).sum(1) / pair.sum(1).clamp_min(1);
}

} // namespace

Steering on_host(Steering steering)
{
    if (!steering.device_nearest.defined())
        return steering;
    const Tensor nearest = steering.device_nearest.cpu(), pushed = steering.device_pushed.cpu(),
                 mate = steering.device_mate.cpu();
    steering.nearest.assign(nearest.data_ptr<double>(), nearest.data_ptr<double>() + nearest.numel());
    steering.pushed.assign(pushed.data_ptr<bool>(), pushed.data_ptr<bool>() + pushed.numel());
    steering.mate.assign(mate.data_ptr<std::int64_t>(), mate.data_ptr<std::int64_t>() + mate.numel());
    steering.device_nearest = steering.device_pushed = steering.device_mate = Tensor();
    return steering;
}

Steering retained(const Steering& steering, const std::vector<std::int64_t>& rows)
{
    const Steering before = on_host(steering);
    Steering after{.x0 = before.x0, .nearest = {}, .pushed = {}};
    if (after.x0.defined())
        after.x0 = after.x0.index_select(0, at::tensor(rows, at::kLong).to(after.x0.device()));
    if (before.nearest.empty())
        return after;
    for (const std::int64_t row : rows) {
        const auto old = static_cast<std::size_t>(row);
        const auto mate = std::find(rows.begin(), rows.end(), before.mate.at(old));
        after.nearest.push_back(before.nearest.at(old));
        after.pushed.push_back(before.pushed.at(old));
        after.mate.push_back(mate == rows.end() ? -1 : mate - rows.begin());
    }
    return after;
}

Tensor pairwise_rms(const Tensor& x, const Tensor& region)
{
    const std::int64_t N = x.size(0);
    const Tensor values = x.to(at::kDouble);
    Tensor weights; // [N,...] or undefined: everywhere
    if (region.defined())
        weights = region.to(values.options()).expand_as(values);

    const Tensor distances = at::zeros({N, N}, at::kDouble);
    auto d = distances.accessor<double, 2>();
    for (std::int64_t i = 0; i < N; ++i)
        for (std::int64_t j = i + 1; j < N; ++j) {
            const Tensor squares = (values[i] - values[j]).square();
            double mean = 0;
            if (weights.defined()) {
                const Tensor pair = weights[i] * weights[j];
                const double count = total(pair);
                mean = count > 0 ? total(squares * pair) / count : 0;
            } else {
                mean = total(squares) / static_cast<double>(squares.numel());
            }
            d[i][j] = d[j][i] = std::sqrt(mean);
        }
    return distances;
}

Steering Repulsion::steer(const Tensor& x0, const Tensor& region, double remaining) const
{
    check(eta >= 0, "the strength of guidance is not negative");
    const std::int64_t N = x0.size(0);
    const auto count = static_cast<std::size_t>(N);
    Steering steering{.x0 = x0,
                      .nearest = std::vector<double>(count, std::numeric_limits<double>::infinity()),
                      .pushed = std::vector<bool>(count, false),
                      .mate = std::vector<std::int64_t>(count, -1)};
    if (N < 2 || eta == 0)
        return steering;
    if (!x0.is_cpu())
        return steer_on_device(x0, region, remaining);

    // All pushes are computed from the old values.                                 Cohen et al. 2024, eq. 1-2
    const Tensor old = x0.detach();
    const Tensor distances = pairwise_rms(old, region);
    std::vector<Tensor> steered;
    for (std::int64_t i = 0; i < N; ++i) {
        Mate mate = nearest_mate(distances, i);
        if (published_divisor > 0 && std::isfinite(mate.distance))
            mate.distance = l2_distance(old[i], old[mate.row]) / published_divisor;
        const bool push =
            remaining > 0 && mate.distance > 0 && std::isfinite(mate.distance) && mate.distance <= bound_rms;
        const auto row = static_cast<std::size_t>(i);
        steering.nearest[row] = mate.distance;
        steering.pushed[row] = push;
        steering.mate[row] = mate.row;
        steered.push_back(push ? x0[i] + eta * remaining * (x0[i] - x0[mate.row]) : x0[i]);
    }
    steering.x0 = at::stack(steered);
    return steering;
}

Steering Repulsion::steer_on_device(const Tensor& x0, const Tensor& region, double remaining) const
{
    const std::int64_t N = x0.size(0);
    const Tensor old = x0.detach(), values = old.to(at::kDouble);
    const Tensor weights = region.defined() ? region.to(values.options()).expand_as(values) : Tensor();
    std::vector<Tensor> rows;
    for (std::int64_t i = 0; i < N; ++i)
        rows.push_back(mean_squares_to(values, weights, i));
    const Tensor distances = at::stack(rows).sqrt();
    distances.fill_diagonal_(std::numeric_limits<double>::infinity());

    auto [nearest, mate] = distances.min(1);
    const Tensor old_mates = old.index_select(0, mate);
    if (published_divisor > 0)
        nearest = (old - old_mates).to(at::kDouble).square().flatten(1).sum(1).sqrt() / published_divisor;
    const Tensor pushed = at::isfinite(nearest).logical_and(nearest > 0).logical_and(nearest <= bound_rms);

    Steering steering{.x0 = x0, .nearest = {}, .pushed = {}};
    steering.device_nearest = nearest;
    steering.device_pushed = remaining > 0 ? pushed : at::zeros_like(pushed);
    steering.device_mate = mate;
    std::vector<std::int64_t> per_row(static_cast<std::size_t>(x0.dim()), 1);
    per_row.front() = N;
    const Tensor push = steering.device_pushed.to(x0.scalar_type()).view(per_row);
    steering.x0 = x0 + eta * remaining * push * (x0 - x0.index_select(0, mate));
    return steering;
}

Steering measure_mates(const Tensor& x0, const Tensor& region)
{
    const Repulsion none{.eta = 0, .bound_rms = std::numeric_limits<double>::infinity()};
    if (!x0.is_cpu() && x0.size(0) > 1)
        return none.steer_on_device(x0, region, 0);
    Steering measured = none.steer(x0, region, 0);
    if (x0.size(0) < 2)
        return measured;
    const Tensor distances = pairwise_rms(x0.detach(), region);
    for (std::int64_t i = 0; i < x0.size(0); ++i) {
        const Mate mate = nearest_mate(distances, i);
        measured.nearest[static_cast<std::size_t>(i)] = mate.distance;
        measured.mate[static_cast<std::size_t>(i)] = mate.row;
    }
    return measured;
}

double remaining_time(double sigma)
{
    return std::clamp(schedule::VpTime{}.tau(sigma), 0.0, 1.0);
}

} // namespace lacuna
