// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/measures.h"

#include <filesystem>

#include <CLI/CLI.hpp>

#include "engine/features/weight_files.h"

namespace lacuna::cli {

namespace fs = std::filesystem;

void add_measure_options(CLI::App& command, MeasureArguments& a)
{
    command.add_flag("--lpips", a.lpips, "Add LPIPS (needs the published weights)");
    command.add_option("--lpips-heads", a.heads, "File of LPIPS' linear heads, or the folder that it is in");
    command.add_option(
        "--niqe", a.niqe,
        "Parameters of NIQE: the published .mat or .npz, a file of 'niqe fit', or \"renders\": fitted "
        "on Lacuna's renders, not comparable with published NIQE");
}

Lpips read_lpips(const MeasureArguments& a, const FeatureArguments& features)
{
    const bool holds_vgg = features.name.starts_with("vgg16") || fs::is_directory(features.weights);
    const fs::path vgg = find_weight_file("vgg16", holds_vgg ? features.weights : "");
    const bool folder = a.heads.empty() && fs::is_directory(features.weights);
    const fs::path heads = find_weight_file("lpips", folder ? features.weights : a.heads);

    return lacuna::read_lpips(vgg, heads);
}

Interval mean_pair(const Tensor& distances)
{
    const Tensor d = distances.to(at::kDouble).contiguous();
    const double* value = d.data_ptr<double>();
    const auto size = std::size_t(d.size(0));
    // Drawn again, a candidate has no distance from itself.
    return bootstrap(size,
                     [&](const std::vector<std::size_t>& drawn) {
                         double sum = 0;
                         int pairs = 0;
                         for (std::size_t i = 0; i < drawn.size(); ++i)
                             for (std::size_t j = 0; j < i; ++j)
                                 if (drawn[i] != drawn[j]) {
                                     sum += value[drawn[i] * size + drawn[j]];
                                     ++pairs;
                                 }
                         return sum / pairs;
                     },
                     {.resamples = size > 300 ? 100 : 1000});
}

} // namespace lacuna::cli
