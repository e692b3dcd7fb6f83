// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "engine/core/tensor.h"

namespace lacuna {

/// k(a, b) of two particles, h the bandwidth. samplers.md 4.2.
enum class Kernel {
    Rbf,       ///< exp(-|a - b|^2 / h)
    Euclidean, ///< exp(-|a - b| / h)
    /// exp(-(1 - IoU) / h), IoU = sum min(a, b) / sum max(a, b); for values in [0, 1]: clean estimates in the unit
    /// range.
    Iou,
};

/// How wide the kernel is; d is |a - b|, or 1 - IoU. samplers.md 4.3. Medians are the lower ones.
enum class Bandwidth {
    Fixed,         ///< `fixed`
    Median,        ///< h = (median of d_ij, i < j)^2 / ln n, a constant for the gradient
    ThroughMedian, ///< the same h, but the gradient passes through it (samplers.md 4.4): does not always repel
    PerParticle,   ///< h_i = (median of d_ij, j != i)^2 / ln(n - 1), a constant; n = 2: no effect
};

/// What an IoU kernel does where both particles have the same value, up to rounding (as known pixels have): no
/// slope, or half of the slopes of both sides.
enum class Tie { Zero, Half };

struct KernelOptions {
    Kernel kernel = Kernel::Rbf;
    Bandwidth bandwidth = Bandwidth::Median;
    double fixed = 1;
    double exponent = 1; ///< the kernel is raised to this power: h is divided by it
    Tie tie = Tie::Zero;
};

/// The kernel sum of some particles.
struct KernelSum {
    Tensor gradient;               ///< [N,...] float64: g_b = d/dx_b sum_{j != b} k(x_b, x_j)
    Tensor distances;              ///< d [N,N] float64
    std::vector<double> bandwidth; ///< h, one number, or one a particle
};

/// points [N,...], region [1 or N,...] broadcast to them, 1 where they count, undefined: everywhere. Exact
/// differences, float64; the result does not depend on the number of threads. A bandwidth of 0 or infinity, so also
/// identical particles or a single one, gives gradient 0.
KernelSum kernel_sum(const Tensor& points, const KernelOptions&, const Tensor& region = {});

/// The same gradient for angles [N] and k = exp(-wrap(a - b)^2 / h), wrap into [-pi, pi).
Tensor angular_gradient(const Tensor& angles, double h);

/// Where the kernel looks.
enum class KernelPoint {
    Noisy,    ///< the state x_hat
    Denoised, ///< the clean estimate
};

/// What the kernel sees of it. The gradient is taken with respect to the mapped value and used as it is.
enum class KernelSpace {
    AsIs,
    UnitRange,          ///< (v + 1) / 2
    VariancePreserving, ///< v / sqrt(1 + sigma^2)
};

/// What published programs do differently; samplers.md 4.5. None of it by default.
struct ParticleQuirks {
    bool literal_sign = false; ///< d - k t g as printed, which attracts where the bandwidth is a constant
    bool corrector_at_x_hat = false; ///< the corrector's estimate is made at x_hat instead of the new state
    double start_scale = 1;          ///< the run starts from this share of z sigma
};

/// Shares of the run's weight or kernel exponent: (1 + cos(pi i / steps)) / 2 at step i.
struct CosineDecay {
    bool weight = false;
    bool exponent = false;
    int steps = 1;
};

/// Particle guidance of the probability flow slope d = (x - x0) / t: d + strength t g, which repels. samplers.md 4.
struct ParticleGuidance {
    double strength = 0; ///< k_PG >= 0
    KernelOptions kernel{};
    KernelPoint point = KernelPoint::Noisy;
    KernelSpace space = KernelSpace::AsIs;
    Tensor region{};       ///< see kernel_sum; the unknown pixels when there are known ones
    double from_sigma = 1; ///< acts at levels of at least this
    double cap = 1;        ///< |strength t g_b| <= cap |d_b| for each particle; infinity: no cap
    CosineDecay decay{};
    ParticleQuirks quirks{};

    /// The guided slope of [N,...] at level t of step `index`: x_hat and x0 are the noisy and the clean point, d the
    /// plain slope. `finished` [M,...] are clean particles that take part but are not moved; undefined: none.
    /// A gradient that is not finite leaves d as it is.
    Tensor guide(const Tensor& d, const Tensor& x_hat, const Tensor& x0, double t, int index,
                 const Tensor& finished = {}) const;
};

} // namespace lacuna
