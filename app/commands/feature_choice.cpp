// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/feature_choice.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include <CLI/CLI.hpp>

#include "engine/core/error.h"
#include "engine/core/picture_file.h"
#include "engine/core/picture_tensor.h"
#include "engine/core/text.h"
#include "engine/features/extractors.h"
#include "engine/models/model_folder.h"
#include "engine/selection/selection.h"

namespace lacuna::cli {

namespace {

constexpr const char *of_a_network = "network:", *of_a_world = "attributes:";

/// The names that --features takes; the middle of a network goes by the network's name.
std::string known_features()
{
    std::vector<std::string> names = feature_names();
    std::erase(names, "bottleneck");
    names.insert(names.end(), {std::string(of_a_network) + "MODEL", std::string(of_a_world) + "WORLD"});
    return joined(names);
}

/// What follows `prefix`, or nothing.
std::string rest_of(const std::string& name, const std::string& prefix)
{
    return name.starts_with(prefix) ? name.substr(prefix.size()) : "";
}

Area area_from(const std::string& text)
{
    Area area;
    const char* at = text.data();
    const char* end = at + text.size();
    bool right = true;
    for (int* value : {&area.x, &area.y, &area.width, &area.height}) {
        right = right && (value == &area.x || (at < end && *at++ == ','));
        const auto [next, error] = std::from_chars(at, end, *value);
        right = right && error == std::errc();
        at = next;
    }
    if (!right || at != end || area.width < 1 || area.height < 1 || area.width > max_side
        || area.height > max_side || std::abs(area.x) > max_side || std::abs(area.y) > max_side)
        throw Error(ErrorKind::Usage, "--region " + printable(text), "is not a rectangle",
                    "Write it as x,y,width,height in pixels, such as 40,60,32,32", "Nothing was run.");
    return area;
}

/// The hole, or the part of it that is asked for.
FeatureRegion hole_part(const Mask& hole, const FeatureArguments& a)
{
    return a.region.empty() ? region_of(hole) : region_of(hole, area_from(a.region));
}

/// Networks that know whole scenes see all of a picture.
FeatureRegion whole_picture(const Mask& hole, const FeatureArguments& a)
{
    if (!a.region.empty())
        throw Error(ErrorKind::Usage, "--region",
                    "has no meaning for " + a.name + ", which sees whole pictures",
                    "Leave it out or choose other --features", "Nothing was run.");
    return {.area = {0, 0, hole.width, hole.height}, .hole = at::ones({1, 1, hole.height, hole.width})};
}

} // namespace

void add_feature_options(CLI::App& command, FeatureArguments& a)
{
    command.add_option("--features", a.name, "By what pictures are compared: " + known_features())
        ->capture_default_str();
    command.add_option("--weights", a.weights,
                       "File of weights of the features, or a folder of such files by their published names");
    command.add_option("--region", a.region, "Compare in this part of the hole only: x,y,width,height");
}

void add_component_option(CLI::App& command, FeatureArguments& a)
{
    command
        .add_option("--pca", a.components,
                    "Reduce the features to this many leading principal components; 0: do not")
        ->check(CLI::Range(0, 100000))
        ->capture_default_str();
}

Comparison comparison_of(const Mask& hole, const FeatureArguments& a)
{
    if (const std::string model = rest_of(a.name, of_a_network); !model.empty())
        return {make_features({.name = "bottleneck", .file = find_model(model)}), whole_picture(hole, a)};
    if (const std::string world = rest_of(a.name, of_a_world); !world.empty()) {
        const auto judge = attribute_network(world);
        return {judge, whole_picture(hole, a), judge};
    }
    const std::vector<std::string>& names = feature_names();
    if (std::find(names.begin(), names.end(), a.name) == names.end())
        throw Error(ErrorKind::Usage, "--features " + printable(a.name), "No features have this name",
                    "Choose one of: " + known_features(), "Nothing was run.");
    const bool of_the_hole = a.name == "colours" || a.name == "pixels";
    const FeatureRegion region =
        of_the_hole || !a.region.empty() ? hole_part(hole, a) : whole_picture(hole, a);
    return {make_features({.name = a.name, .region = region.hole, .file = a.weights}), region};
}

std::shared_ptr<const AttributeNetwork> attribute_network(const std::string& world_or_file)
{
    const std::vector<std::string> worlds = scenes::world_names();
    const bool world = std::find(worlds.begin(), worlds.end(), world_or_file) != worlds.end();
    return std::make_shared<const AttributeNetwork>(
        AttributeNetwork::load(find_model(world ? world_or_file + "-attributes" : world_or_file)));
}

Tensor features_of(Pool& pool, const Comparison& comparison)
{
    std::vector<Tensor> rows;
    std::vector<std::string> reasons;
    for (std::size_t i = 0; i < pool.pictures.size(); ++i) {
        const Tensor image = part_of(tensor_of(to_rgb8(pool.pictures[i])), comparison.region);
        const Tensor row = comparison.extractor->features(image);
        reasons.emplace_back();
        if (at::isfinite(row).all().item<bool>())
            rows.push_back(row.to(at::kDouble));
        else
            reasons.back() =
                (pool.folder / pool.candidates[i].file).string() + ": has features that are not finite.";
    }
    pool.leave_out(reasons);
    if (rows.empty())
        throw Error(ErrorKind::Input, pool.name(), "has no candidate with finite features",
                    "Use other --features");
    return at::cat(rows, 0);
}

Tensor leading_components(const Tensor& features, const FeatureArguments& a)
{
    return a.components == 0 ? features : principal_components(features, a.components);
}

std::string describe_features(const FeatureArguments& a)
{
    const std::string where = a.region.empty() ? "" : " in " + a.region;
    return (a.name == "colours" ? "colours and gradients" : a.name) + where + " (not LPIPS)";
}

} // namespace lacuna::cli
