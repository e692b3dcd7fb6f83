// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diffusion/noise_plane.h"

#include "engine/core/error.h"

namespace lacuna {

Tensor NoisePlane::at(double alpha, double beta) const
{
    check(eps.dim() > 0 && eps.size(0) == 3, "three noises span a plane");
    const Tensor point = eps[0] + alpha * (eps[1] - eps[0]) + beta * (eps[2] - eps[0]);
    if (!rescale)
        return point;
    const Tensor norms = eps.flatten(1).norm(2, 1);
    const Tensor wanted = norms[0] + alpha * (norms[1] - norms[0]) + beta * (norms[2] - norms[0]);
    const Tensor norm = point.norm();
    return norm.item<double>() > 0 ? point * (wanted.abs() / norm) : point;
}

Tensor NoisePlane::grid(const std::vector<double>& alphas, const std::vector<double>& betas) const
{
    std::vector<Tensor> points;
    for (const double alpha : alphas)
        for (const double beta : betas)
            points.push_back(at(alpha, beta));
    return at::stack(points);
}

} // namespace lacuna
