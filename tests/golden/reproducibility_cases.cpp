// SPDX-License-Identifier: GPL-3.0-or-later
#include <regex>

#include "engine/diffusion/first_order.h"
#include "engine/diffusion/noise_plane.h"
#include "engine/metrics/reproducibility.h"
#include "engine/metrics/sscd_preprocessing.h"
#include "problem.h"
#include "sampler_walk.h"

namespace lacuna::golden {

namespace {

/// RP, GL and RP_between of stored descriptors.
bool run_scores(GoldenCase& golden)
{
    if (!golden.has("feat_a") || !golden.has("feat_b") || !golden.has("feat_train") || !golden.has("rp"))
        return false;
    const Tensor a = golden.array("feat_a"), b = golden.array("feat_b"),
                 training = golden.array("feat_train");
    const double threshold = golden.number("threshold", metrics::copy_threshold);
    const Allowed allowed{.absolute = golden.tolerance("abs", 1e-12)};
    golden.compare({metrics::reproducibility(a, b, threshold)}, "rp", allowed);
    golden.compare({metrics::generalization(a, training, threshold)}, "gl", allowed);
    golden.compare({metrics::copied_share(a, training, threshold)}, "m_prob", allowed);
    if (golden.has("rp_between"))
        golden.compare({metrics::reproducibility_between(a, golden.array("feat_cond"), threshold)},
                       "rp_between", allowed);
    if (golden.has("sim_ab"))
        golden.compare(metrics::paired_similarity(a, b), "sim_ab",
                       {.absolute = allowed.absolute + 2e-7}); // the public similarities are float32
    return true;
}

/// Images over the plane through three noises, each coloured by its similarity to the nearest corner's image.
bool run_noise_plane(GoldenCase& golden)
{
    if (!golden.has("eps") || !golden.has("grid") || !golden.has("norm_of_plane_noise")
        || !starts_with(golden.params().value("feature", ""), "raw pixels"))
        return false;
    const auto denoiser = make_denoiser(golden);
    if (!denoiser)
        return false;
    const NoisePlane plane{golden.array("eps").to(at::kDouble)};
    const std::vector<double> grid = golden.numbers("grid"), levels = golden.numbers("sigmas");
    const auto side = static_cast<std::int64_t>(grid.size());
    const Tensor noise = at::cat({plane.eps, plane.grid(grid, grid)});

    FirstOrder sampler;
    const Tensor x = walk_path(golden, sampler, *denoiser, sampler.initial(noise, levels.front()), levels)
                         .states.back()
                         .flatten(1);
    const Tensor corners = x.narrow(0, 0, 3), images = x.narrow(0, 3, side * side);
    const Allowed allowed{.absolute = golden.tolerance("abs", 1e-6)};
    golden.compare(noise.narrow(0, 3, side * side).flatten(1).norm(2, 1).reshape({side, side}),
                   "norm_of_plane_noise", allowed);
    golden.compare(metrics::similarity_matrix(images, corners).amax(1).reshape({side, side}), "score",
                   allowed);

    const Tensor data = problem_array(golden, golden.params()["problem"], "Y").to(at::kDouble).flatten(1);
    const Tensor distances = (images.unsqueeze(1) - data).square().sum(-1);
    golden.compare(distances.argmin(1).reshape({side, side}), "nearest_data_index", {});
    return true;
}

/// Every n-th sample of the resized picture: <resize>_of_<picture>_every<n>.
bool run_preprocessing(GoldenCase& golden)
{
    static const std::regex form("(skew320|small288)_of_([0-9a-z]+)_every([0-9]+)");
    if (!golden.has("gem_in") || !golden.has("small288_shape"))
        return false;
    const Allowed allowed{.absolute = golden.tolerance("abs", 0.02)};
    for (const std::string& array : golden.arrays()) {
        std::smatch match;
        if (!std::regex_match(array, match, form))
            continue;
        Tensor picture;
        if (match[2] == "big") {
            // Each cell stands for a block of 20 x 30 samples.
            picture = golden.array("big_cells").repeat_interleave(20, 1).repeat_interleave(30, 2);
        } else {
            picture = golden.array("u8_" + match[2].str());
        }
        const Tensor input =
            metrics::sscd_input(picture, match[1] == "skew320" ? metrics::SscdResize::Square320
                                                               : metrics::SscdResize::ShortSide288);
        const std::int64_t every = std::stoll(match[3]);
        golden.compare(input.slice(1, 0, {}, every).slice(2, 0, {}, every), array, allowed);
        if (match[1] == "small288")
            golden.compare_integers(input.sizes().vec(), "small288_shape");
    }
    const Allowed exact{.absolute = golden.tolerance("abs_gem", 1e-6)};
    const Tensor pooled = metrics::gem_pool(golden.array("gem_in"), golden.number("gem_p", 3),
                                            golden.number("gem_clamp", 1e-6));
    golden.compare(pooled, "gem_out", exact);
    golden.compare(metrics::unit_length(pooled), "gem_l2", exact);
    return true;
}

} // namespace

bool run_reproducibility_case(GoldenCase& golden)
{
    return run_scores(golden) || run_noise_plane(golden) || run_preprocessing(golden);
}

} // namespace lacuna::golden
