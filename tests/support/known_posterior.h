// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "engine/closed_form/finite_set.h"
#include "engine/closed_form/gaussian_mixture.h"
#include "engine/diffusion/correction.h"
#include "engine/diffusion/recipe_sampler.h"
#include "engine/diffusion/sample_run.h"
#include "engine/diffusion/schedule.h"
#include "engine/operators/degradation.h"
#include "engine/restoration/methods.h"

/// Inpainting problems whose posterior is known: pictures of 2 x 2 pixels, the left column is known.
namespace lacuna::test {

/// What there is to sample, and what is true of it.
struct KnownPosterior {
    std::unique_ptr<Denoiser> model;     ///< of the prior
    std::unique_ptr<Denoiser> posterior; ///< exact, given y
    Tensor picture;                      ///< [1,3,2,2] known pixels, zeros in the hole
    Tensor keep;                         ///< [1,1,2,2]
    Tensor modes;                        ///< [K,6] where the hole's values gather
    std::vector<double> weights;         ///< [K] of the modes, sum 1
    double spread = 0;                   ///< root mean square deviation from a mode
};

/// How a method's samples differ from the posterior.
struct Bias {
    double frequency = 0; ///< total variation between the frequencies of the modes and their weights, 0 .. 1
    double spread = 0;    ///< deviation from the nearest mode over the true one
    double shift = 0;     ///< root mean square of the mean's error, in units of the posterior's own deviation
};

/// Values of the hole, [N,6], of pictures [N,3,2,2].
inline Tensor hole_values(const Tensor& pictures)
{
    return pictures.select(3, 1).reshape({pictures.size(0), 6});
}

/// Three modes whose known and missing values are correlated; what is known speaks for the second one.
inline KnownPosterior mixture_problem()
{
    const auto f64 = at::TensorOptions(at::kDouble);
    const double mean_known[3] = {0.15, 0.05, -0.05}, mean_hole[3] = {0.6, -0.6, 0};
    const double weight[3] = {0.5, 0.3, 0.2}, variance = 0.01, correlation = 0.5;
    Tensor means = at::zeros({3, 3, 2, 2}, f64);
    for (int k = 0; k < 3; ++k) {
        means[k].select(2, 0).fill_(mean_known[k]);
        means[k].select(2, 1).fill_(mean_hole[k]);
    }
    means = means.reshape({3, 12});
    const Tensor covariance =
        variance * ((1 - correlation) * at::eye(12, f64) + correlation * at::ones({12, 12}, f64));
    const Tensor weights = at::tensor({weight[0], weight[1], weight[2]}, f64);
    const FullMixture prior(weights, means, covariance.expand({3, 12, 12}));

    Tensor keep = at::zeros({1, 1, 2, 2}, f64), picture = at::zeros({1, 3, 2, 2}, f64);
    keep.select(3, 0).fill_(1);
    picture.select(3, 0).fill_(0.06);
    const Tensor known = keep.expand({1, 3, 2, 2}).reshape({12}), y = picture.reshape({12});

    // The posterior by hand: equal covariances, so that the weights follow from Mahalanobis distances.
    const Tensor observed = known.nonzero().squeeze(1), missing = (1 - known).nonzero().squeeze(1);
    const auto block = [&](const Tensor& rows, const Tensor& columns) {
        return covariance.index_select(0, rows).index_select(1, columns);
    };
    const Tensor precision = block(observed, observed).inverse();
    const Tensor gain = block(missing, observed).matmul(precision);
    const Tensor rest = (y - means).index_select(1, observed); // [3,6]
    const Tensor log_weights = weights.log() - 0.5 * (rest.matmul(precision) * rest).sum(1);
    const Tensor p = log_weights.softmax(0);
    const Tensor conditional = block(missing, missing) - gain.matmul(block(observed, missing));
    return {.model = std::make_unique<FullMixture>(prior),
            .posterior = std::make_unique<FullMixture>(prior.given(y, known, 0)),
            .picture = picture,
            .keep = keep,
            .modes = means.index_select(1, missing) + rest.matmul(gain.t()),
            .weights = {p[0].item<double>(), p[1].item<double>(), p[2].item<double>()},
            .spread = std::sqrt(conditional.diagonal().mean().item<double>())};
}

/// Twenty pictures; five of them agree with what is known, one of these has twice the weight of the others.
inline KnownPosterior finite_problem()
{
    const auto f64 = at::TensorOptions(at::kDouble);
    CounterNoise noise(11, {0});
    const Tensor points = 0.6 * noise.draw(at::empty({1, 20, 3, 2, 2}, f64), Purpose::Initial, 0)[0];
    Tensor keep = at::zeros({1, 1, 2, 2}, f64), picture = at::zeros({1, 3, 2, 2}, f64);
    keep.select(3, 0).fill_(1);
    picture.select(3, 0).copy_(points[0].select(2, 0));
    for (int i = 1; i < 5; ++i)
        points[i].select(2, 0).copy_(points[0].select(2, 0));
    Tensor prior = at::zeros({20}, f64);
    prior[2] = std::log(2.0);
    return {.model = std::make_unique<FiniteSet>(points, prior),
            .posterior = std::make_unique<FiniteSet>(points.narrow(0, 0, 5), prior.narrow(0, 0, 5)),
            .picture = picture,
            .keep = keep,
            .modes = hole_values(points.narrow(0, 0, 5)),
            .weights = {1 / 6., 1 / 6., 2 / 6., 1 / 6., 1 / 6.},
            .spread = 0};
}

inline Bias measure_bias(const KnownPosterior& problem, const Tensor& pictures)
{
    const Tensor x = hole_values(pictures); // [N,6]
    const Tensor distances = (x.unsqueeze(1) - problem.modes).square().sum(2);
    const auto [nearest, mode] = distances.min(1);
    const Tensor p = at::tensor(problem.weights, at::kDouble);
    Tensor frequency = at::zeros_like(p);
    for (std::int64_t k = 0; k < p.size(0); ++k)
        frequency[k] = (mode == k).to(at::kDouble).mean();

    const Tensor mean = p.matmul(problem.modes);
    const double own = std::sqrt((p.unsqueeze(1) * (problem.modes - mean).square()).sum().item<double>() / 6
                                 + problem.spread * problem.spread);
    const double spread = std::sqrt(nearest.mean().item<double>() / 6);
    return {.frequency = 0.5 * (frequency - p).abs().sum().item<double>(),
            .spread = problem.spread > 0 ? spread / problem.spread : spread,
            .shift = std::sqrt((x.mean(0) - mean).square().mean().item<double>()) / own};
}

/// What of `members` members a method makes of the problem, [N,3,2,2]; no guidance.
inline Tensor restore(const KnownPosterior& problem, const RestorationOptions& options, int members,
                      std::uint64_t seed = 1)
{
    const std::shared_ptr<const SpectralOperator> op =
        make_operator({.task = "inpaint", .keep = problem.keep.to(at::kFloat)}, 3, 2, 2);
    Restoration made =
        make_restorer(options, "inpaint", op, op->A(problem.picture), members, schedule::ddpm_linear());
    std::vector<int> numbers(static_cast<std::size_t>(members));
    for (int i = 0; i < members; ++i)
        numbers[static_cast<std::size_t>(i)] = i;
    CounterNoise noise(seed, numbers);
    const Tensor z = noise.draw(at::empty({members, 3, 2, 2}, at::kDouble), Purpose::Initial, 0);
    SampleRun run(*made.restorer, *problem.model, noise, made.path.levels,
                  made.restorer->initial(z, made.path.levels.front()), numbers);
    while (!run.done())
        run.next();
    return run.x();
}

/// The same with a sampler by name: on the exact posterior, or on the prior with known pixels put back into every
/// clean estimate.
inline Tensor sample(const KnownPosterior& problem, const std::string& sampler, int steps, bool exact,
                     int members, std::uint64_t seed = 1)
{
    Recipe recipe;
    recipe.sampler = sampler;
    Correction none(Repulsion{.eta = 0, .bound_rms = 1});
    Correction known(Repulsion{.eta = 0, .bound_rms = 1}, problem.picture, problem.keep);
    CorrectedDenoiser projected(*problem.model, known);
    std::vector<int> numbers(static_cast<std::size_t>(members));
    for (int i = 0; i < members; ++i)
        numbers[static_cast<std::size_t>(i)] = i;
    CounterNoise noise(seed, numbers);
    const auto made = make_sampler(recipe, exact ? none : known, steps, {});
    const std::vector<double> levels = levels_between("log-linear", steps, 80, 0.01);
    const Tensor z = noise.draw(at::empty({members, 3, 2, 2}, at::kDouble), Purpose::Initial, 0);
    Denoiser& denoiser = exact ? *problem.posterior : static_cast<Denoiser&>(projected);
    SampleRun run(*made, denoiser, noise, levels, made->initial(z, levels.front()), numbers);
    while (!run.done())
        run.next();
    return run.x();
}

} // namespace lacuna::test
