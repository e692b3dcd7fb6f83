// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/commands/commands.h"
#include "engine/core/device.h"
#include "engine/core/error.h"
#include "engine/core/picture_file.h"
#include "engine/core/picture_tensor.h"
#include "engine/features/colour_gradient.h"
#include "engine/selection/selection.h"

namespace lacuna::cli {

namespace {

struct SelectArguments {
    std::vector<std::string> pictures;
    std::string mask, mask_white = "hole", rule = "fps";
    int count = 5;
    std::uint64_t seed = 0;
};

int run(const SelectArguments& a, bool json)
{
    use_threads();
    Tensor region;
    std::vector<Tensor> rows;
    for (const std::string& file : a.pictures) {
        const Picture rgb = to_rgb8(read_picture(file));
        const Tensor image = tensor_of(rgb);
        if (!region.defined()) {
            region = at::ones({1, 1, rgb.height, rgb.width});
            if (!a.mask.empty()) {
                const Mask mask = read_mask(a.mask, a.mask_white == "known");
                if (mask.width != rgb.width || mask.height != rgb.height)
                    throw Error(ErrorKind::Input, a.mask, "has another size than " + file,
                                "Use a mask of the pictures' size");
                region = at::from_blob(const_cast<std::uint8_t*>(mask.values.data()),
                                       {1, 1, mask.height, mask.width}, at::kByte)
                             .gt(0)
                             .to(at::kFloat);
            }
        }
        if (image.size(2) != region.size(2) || image.size(3) != region.size(3))
            throw Error(ErrorKind::Input, file, "has another size than " + a.pictures.front(),
                        "Give pictures of one size");
        rows.push_back(ColourGradient(region).features(image));
    }
    const Tensor features = principal_components(at::cat(rows, 0), 25);
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const int index : select(features, a.count, a.rule, a.seed)) {
        const std::string& file = a.pictures[static_cast<std::size_t>(index)];
        list.push_back({{"index", index}, {"file", file}});
        if (!json)
            std::cout << file << "\n";
    }
    if (json)
        std::cout << list.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << "\n";
    return 0;
}

} // namespace

void add_select(CLI::App& app, Chosen& chosen)
{
    auto a = std::make_shared<SelectArguments>();
    CLI::App* command = app.add_subcommand("select", "Choose a few pictures that span many");
    command->add_option("pictures", a->pictures, "Candidate pictures of one size")->required();
    command->add_option("--mask", a->mask, "Compare inside this hole only");
    command->add_option("--mask-white", a->mask_white, "What white means in the mask")
        ->check(CLI::IsMember({"hole", "known"}))
        ->capture_default_str();
    command->add_option("--count", a->count, "How many to choose")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    command
        ->add_option("--rule", a->rule,
                     "fps (farthest points: diversity), kmeans (coverage), uniform (levels the density; may "
                     "drop the main kind) or random")
        ->check(CLI::IsMember({"fps", "kmeans", "uniform", "random"}))
        ->capture_default_str();
    command->add_option("--seed", a->seed, "Decides the first point and random draws")->capture_default_str();
    command->add_flag("--json", chosen.json, "Print one line of JSON");
    command->callback([a, &chosen] { chosen.run = [a, &chosen] { return run(*a, chosen.json); }; });
}

} // namespace lacuna::cli
