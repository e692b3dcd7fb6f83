// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "engine/core/tensor.h"

namespace lacuna {

/// What guidance did in one step, per member.
struct Steering {
    Tensor x0; ///< [N,C,H,W] steered
    std::vector<double>
        nearest; ///< distance to the nearest mate that the bound was compared with, before the push
    std::vector<bool> pushed;
    std::vector<std::int64_t> mate{}; ///< row of the nearest mate, -1: guidance did nothing
    /// On a device the figures stay there, [N] each, until on_host fetches them: a step must not wait for them.
    Tensor device_nearest{}, device_pushed{}, device_mate{};
};

/// With its figures fetched from the device, which waits for it.
Steering on_host(Steering);

/// The report on these rows only, in this order; a mate that left becomes -1.
Steering retained(const Steering&, const std::vector<std::int64_t>& rows);

/// Diversity guidance of Cohen et al., ICLR 2024, eq. 1-2: every clean estimate is pushed away from its nearest
/// mate, all from old values:
///   x0_i <- x0_i + eta * remaining * [rms(x0_i - x0_nn(i)) <= bound] * (x0_i - x0_nn(i)).
struct Repulsion {
    double eta = 0;
    double bound_rms; ///< in [-1,1] units, RMS over the region; infinity: no bound (Bound::rms converts)
    /// 0, or the published rule: mates are found on the region as always, but the bound is compared with their L2
    /// distance over the whole image divided by this number. restoration.md 4.0, Q3 and Q9.
    double published_divisor = 0;

    /// x0 [N,C,H,W]; region [1,1,H,W] or [N or 1,C,H,W], 1 where distances count (the hole), undefined: everywhere.
    /// remaining: share of the diffusion time still ahead, 1 first, 0 last. Exact differences, float64 sums.
    /// N = 1: nothing to do. Differentiable in x0; mates and indicators are constants.
    Steering steer(const Tensor& x0, const Tensor& region, double remaining) const;

    /// The same without a look at any value on the host; what steer does with tensors of a device.
    Steering steer_on_device(const Tensor& x0, const Tensor& region, double remaining) const;
};

/// The same report without guidance: how far every member is from its nearest mate. On a device as steer_on_device.
Steering measure_mates(const Tensor& x0, const Tensor& region);

/// Pairwise RMS over the region, [N,N] float64, exact differences.
Tensor pairwise_rms(const Tensor& x, const Tensor& region);

/// Share of diffusion time ahead at sigma for the linear VP schedule (beta_d 19.9, beta_min 0.1): the factor t/T
/// of the paper as a function of sigma, so that every sampler means the same by it.
double remaining_time(double sigma);

} // namespace lacuna
