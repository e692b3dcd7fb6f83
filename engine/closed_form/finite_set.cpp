// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/closed_form/finite_set.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "engine/core/error.h"

namespace lacuna {

namespace {

/// Elements of a block of differences; bounds the memory of one evaluation.
constexpr std::int64_t block_elements = std::int64_t(1) << 22;
/// Below this sigma float32 differences would decide between neighbours by rounding.
constexpr double exact_below = 0.1;

/// Calls f(first row, rows) for blocks of rows of a [n,D] matrix. A block has one row only if n is 1: the sum of a
/// single row would be split among threads, and its rounding would depend on their number.
template <typename Block> void for_blocks(const Tensor& points, Block&& f)
{
    const std::int64_t n = points.size(0);
    const std::int64_t rows =
        std::max<std::int64_t>(2, block_elements / std::max<std::int64_t>(1, points.size(1)));
    for (std::int64_t first = 0, count = 0; first < n; first += count) {
        count = std::min(rows, n - first);
        if (n - first - count == 1)
            ++count;
        f(first, points.narrow(0, first, count));
    }
}

/// |x - y_i|^2 for every point, [n] float64; `weights` [D] or undefined.
Tensor squared_distances(const Tensor& points, const Tensor& x, const Tensor& weights,
                         at::ScalarType precision)
{
    std::vector<Tensor> parts;
    const Tensor origin = x.to(precision);
    for_blocks(points, [&](std::int64_t, const Tensor& block) {
        Tensor squares = (block.to(precision) - origin).square();
        if (weights.defined())
            squares = squares * weights;
        parts.push_back(squares.sum({1}, false, at::kDouble));
    });
    return at::cat(parts);
}

/// keep and known as [D] float64, known cleared where it is not known (it may be anything there).
std::pair<Tensor, Tensor> flat_condition(const Tensor& points, const Tensor& known, const Tensor& keep)
{
    const Tensor mask = keep.to(at::kDouble).expand_as(points[0]).reshape({-1});
    const Tensor values = known.to(at::kDouble).expand_as(points[0]).reshape({-1});
    return {mask, at::where(mask > 0.5, values, at::zeros_like(values))};
}

} // namespace

FiniteSet::FiniteSet(Tensor points, Tensor log_prior)
{
    check(points.dim() >= 1 && points.size(0) > 0, "a finite set has at least one point");
    const std::int64_t n = points.size(0);
    points_ = points.reshape({n, -1}).contiguous();
    log_prior_ = log_prior.defined() ? log_prior.to(points_.options().dtype(at::kDouble))
                                     : at::zeros({n}, points_.options().dtype(at::kDouble));
    check(log_prior_.numel() == n, "a prior has one entry for each point");
    rows_.resize(static_cast<std::size_t>(n));
    std::iota(rows_.begin(), rows_.end(), 0);
}

FiniteSet FiniteSet::matching(const Tensor& points, const Tensor& known, const Tensor& keep, double tolerance)
{
    const auto [mask, values] = flat_condition(points, known, keep);
    std::vector<Tensor> parts;
    for_blocks(points.reshape({points.size(0), -1}),
               [&, &mask = mask, &values = values](std::int64_t, const Tensor& block) {
                   const Tensor difference = (block.to(at::kDouble) - values).abs();
                   parts.push_back(at::logical_or(difference <= tolerance, mask <= 0.5).all(1));
               });
    const Tensor rows = at::cat(parts).nonzero().squeeze(1);
    if (rows.numel() == 0)
        throw Error(ErrorKind::Input, "The known pixels", "no picture of the set agrees with them",
                    "Keep fewer pixels, or allow them to differ by measurement noise.");
    FiniteSet set(points.index_select(0, rows));
    const Tensor listed = rows.cpu().contiguous();
    set.rows_.assign(listed.data_ptr<std::int64_t>(), listed.data_ptr<std::int64_t>() + listed.numel());
    return set;
}

FiniteSet FiniteSet::weighted(const Tensor& points, const Tensor& known, const Tensor& keep, double sigma_y)
{
    check(sigma_y > 0, "the measurement noise is positive");
    const auto [mask, values] = flat_condition(points, known, keep);
    const Tensor flat = points.reshape({points.size(0), -1});
    return FiniteSet(points, squared_distances(flat, values, mask, at::kDouble) / (-2 * sigma_y * sigma_y));
}

Tensor FiniteSet::responsibilities(const Tensor& state, double sigma) const
{
    check(sigma > 0, "a denoiser is evaluated at sigma > 0");
    const bool exact = state.scalar_type() == at::kDouble || sigma < exact_below;
    const Tensor squares =
        squared_distances(points_, state.reshape({-1}), {}, exact ? at::kDouble : at::kFloat);
    return (log_prior_ - squares / (2 * sigma * sigma)).softmax(0);
}

Tensor FiniteSet::x0(const Tensor& x, double sigma)
{
    check(x.dim() >= 1 && x.numel() == x.size(0) * points_.size(1), "a state has the shape of a point");
    const bool exact = x.scalar_type() == at::kDouble || sigma < exact_below;
    const auto precision = exact ? at::kDouble : at::kFloat;
    const Tensor means = at::zeros({x.size(0), points_.size(1)}, x.options().dtype(at::kDouble));
    for (std::int64_t row = 0; row < x.size(0); ++row) {
        const Tensor r = responsibilities(x[row], sigma);
        for_blocks(points_, [&](std::int64_t first, const Tensor& block) {
            const Tensor weights = r.narrow(0, first, block.size(0)).to(precision).unsqueeze(1);
            means[row] += (weights * block.to(precision)).sum({0}, false, at::kDouble);
        });
    }
    return means.to(x.scalar_type()).reshape(x.sizes());
}

} // namespace lacuna
