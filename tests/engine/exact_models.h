// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <functional>
#include <vector>

#include "engine/diffusion/denoiser.h"
#include "engine/diffusion/sample_run.h"

namespace lacuna {

/// E[x0 | x] for pixels that are N(mean, spread^2), each for itself.
class GaussianDenoiser final : public Denoiser {
public:
    GaussianDenoiser(double mean, double spread) : mean_(mean), variance_(spread * spread) {}

    Tensor x0(const Tensor& x, double sigma) override
    {
        const double noise = sigma * sigma;
        return (variance_ * x + noise * mean_) / (variance_ + noise);
    }

    /// Where the probability flow takes x from sigma to 0.
    Tensor flow_end(const Tensor& x, double sigma) const
    {
        return mean_ + (x - mean_) * std::sqrt(variance_ / (variance_ + sigma * sigma));
    }

private:
    double mean_, variance_;
};

/// Any function of state and level.
class FunctionDenoiser final : public Denoiser {
public:
    explicit FunctionDenoiser(std::function<Tensor(const Tensor&, double)> f) : f_(std::move(f)) {}
    Tensor x0(const Tensor& x, double sigma) override { return f_(x, sigma); }

private:
    std::function<Tensor(const Tensor&, double)> f_;
};

/// Runs to the end and returns the final state; z is drawn for the members.
inline Tensor sample(Sampler& sampler, Denoiser& denoiser, const std::vector<double>& levels,
                     const std::vector<int>& members, std::vector<std::int64_t> row_shape,
                     std::uint64_t seed = 5, at::ScalarType dtype = at::kDouble)
{
    CounterNoise noise(seed, members);
    row_shape.insert(row_shape.begin(), static_cast<std::int64_t>(members.size()));
    const Tensor z = noise.draw(at::empty(row_shape, dtype), Purpose::Initial, 0);
    SampleRun run(sampler, denoiser, noise, levels, sampler.initial(z, levels.front()), members);
    while (!run.done())
        run.next();
    return run.x();
}

} // namespace lacuna
