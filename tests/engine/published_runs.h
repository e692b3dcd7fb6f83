// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <map>
#include <string>
#include <utility>

#include "engine/core/error.h"
#include "engine/diffusion/noise.h"
#include "engine/diffusion/preconditioning.h"
#include "engine/diffusion/sample_run.h"
#include "engine/diffusion/schedule.h"
#include "engine/restoration/methods.h"

/// The fixtures of restoration.md 10: runs of the published programs on made pictures, noise and networks.
namespace lacuna {

/// Draw k of a program.
inline Tensor made_noise(int k, std::vector<std::int64_t> shape)
{
    const Tensor i = at::arange(c10::multiply_integers(shape), at::kDouble);
    return (std::sqrt(2.0) * at::sin(1.7 * i + 0.37 * k + 0.5)).to(at::kFloat).to(at::kDouble).reshape(shape);
}

inline Tensor made_picture(std::int64_t H, std::int64_t W)
{
    const Tensor c = at::arange(3, at::kDouble).reshape({1, 3, 1, 1});
    const Tensor y = at::arange(H, at::kDouble).reshape({1, 1, H, 1});
    const Tensor x = at::arange(W, at::kDouble).reshape({1, 1, 1, W});
    return (0.9 * at::sin(0.3 * (c + 1) * x + 0.2 * y + 0.1 * c)).to(at::kFloat).to(at::kDouble);
}

/// net3, or net6 with a learned variance.
inline Network made_network(bool learned_variance)
{
    const std::vector<double> abar = schedule::cumulative_alphas(schedule::linear_betas());
    return [abar, learned_variance](const Tensor& z, double t) {
        const double a = abar.at(static_cast<std::size_t>(t));
        const Tensor eps = std::sqrt(1 - a) * z / (0.25 * a + 1 - a) + 0.05 * at::sin(3 * z);
        return learned_variance ? at::cat({eps, 0.5 * at::sin(3 * z)}, 1) : eps;
    };
}

inline PreconditionedDenoiser made_denoiser(bool learned_variance)
{
    return {made_network(learned_variance),
            discrete_preconditioning(schedule::ddpm_linear(), Prediction::Eps, TimestepRule::NearestLog),
            at::kDouble};
}

/// Hands out the draws in the order in which the published program of a method makes them.
class PublishedDraws final : public NoiseSource {
public:
    PublishedDraws(const std::string& method, const Path& path, bool measured)
    {
        if (measured)
            take(Purpose::Measurement, 0);
        take(Purpose::Initial, 0);
        for (int i = 0; i + 1 < static_cast<int>(path.levels.size()); ++i) {
            const auto at = static_cast<std::size_t>(i);
            if (path.levels[at + 1] > path.levels[at]) {
                take(Purpose::Travel, i);
                continue;
            }
            take(Purpose::Step, i);
            if (method == "repaint" && i > 0)
                take(Purpose::Known, i);
            if (method == "ddrm") {
                take(Purpose::Smoothed, i);
                take(Purpose::Observed, i);
            }
            if (method == "dps")
                take(Purpose::Unused, i);
        }
    }

    Tensor draw(const Tensor& like, Purpose purpose, int step) override
    {
        return made_noise(numbers_.at({purpose, step}), like.sizes().vec()).to(like.options());
    }
    void retain(const std::vector<std::int64_t>&) override {}
    int count() const { return count_; }

private:
    void take(Purpose purpose, int step) { numbers_[{purpose, step}] = count_++; }

    std::map<std::pair<Purpose, int>, int> numbers_{};
    int count_ = 0;
};

/// No noise at all.
class Silence final : public NoiseSource {
public:
    Tensor draw(const Tensor& like, Purpose, int) override { return at::zeros_like(like); }
    void retain(const std::vector<std::int64_t>&) override {}
};

/// From a unit state z to the end.
inline Tensor restored(Restoration& restoration, Denoiser& denoiser, NoiseSource& noise, const Tensor& z)
{
    const double first = restoration.path.levels.front();
    std::vector<int> members(static_cast<std::size_t>(z.size(0)));
    SampleRun run(*restoration.restorer, denoiser, noise, restoration.path.levels,
                  restoration.restorer->initial(z, first), members);
    while (!run.done())
        run.next();
    return run.x();
}

} // namespace lacuna
