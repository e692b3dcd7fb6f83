// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "engine/diffusion/denoiser.h"

namespace lacuna {

/// The exact denoiser of a finite set {y_i}: E[x0 | x] = sum_i r_i y_i,
/// r = softmax(-|x - y_i|^2 / (2 sigma^2) + log prior_i). samplers.md 5.1, conditioning 5.3.
/// Distances are exact differences, never the expanded square; float64 for float64 states and for sigma < 0.1.
/// Rows are treated one by one, so a row has the same result alone and in a batch.
class FiniteSet final : public Denoiser {
public:
    /// points [n,...], n >= 1; log_prior [n] or undefined: uniform.
    explicit FiniteSet(Tensor points, Tensor log_prior = {});

    /// Noise-free condition: only the points with |known - y_i| <= tolerance wherever keep is 1. known and keep
    /// broadcast to one point. Throws Error{Input} when no point agrees.
    static FiniteSet matching(const Tensor& points, const Tensor& known, const Tensor& keep,
                              double tolerance = 0);
    /// Noisy condition: adds -|keep (known - y_i)|^2 / (2 sigma_y^2) to the log prior; sigma_y > 0.
    static FiniteSet weighted(const Tensor& points, const Tensor& known, const Tensor& keep, double sigma_y);

    Tensor x0(const Tensor& x, double sigma) override;
    /// r of one state of the shape of a point, [n] float64.
    Tensor responsibilities(const Tensor& state, double sigma) const;
    /// The rows of the original set that take part.
    const std::vector<std::int64_t>& rows() const { return rows_; }

private:
    Tensor points_;    ///< [n,D]
    Tensor log_prior_; ///< [n] float64
    std::vector<std::int64_t> rows_{};
};

} // namespace lacuna
