// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <c10/core/InferenceMode.h>

#include "engine/models/planned_network.h"
#include "engine/models/unet_config.h"
#include "golden_case.h"

namespace lacuna::golden {

namespace {

using nlohmann::json;

/// The options as the case states them; classes are counted beside them.
NetworkConfig config_of(const GoldenCase& golden, const char* network, const char* options)
{
    json description = golden.params().at(options);
    description["network"] = network;
    if (golden.has_param("num_classes") && !description.contains("num_classes"))
        description["num_classes"] = golden.params().at("num_classes");
    return network_config_from_json(description.dump(), golden.name());
}

/// Within the smaller of the two tolerances of the case.
void compare(GoldenCase& golden, const Tensor& actual, const std::string& array)
{
    const double largest = golden.array(array).abs().max().item<double>();
    golden.compare(actual, array,
                   {.absolute = std::min(golden.tolerance("max_abs", 5e-5),
                                         golden.tolerance("rel_to_max_abs_out", 2e-5) * largest)});
}

/// act_middle_block is the result of the block middle_block, act_input_blocks_3 that of input_blocks.3.
void compare_blocks(GoldenCase& golden, const std::map<std::string, Tensor>& blocks)
{
    for (const auto& [block, value] : blocks) {
        std::string array = "act_" + block;
        std::replace(array.begin(), array.end(), '.', '_');
        if (golden.has(array))
            compare(golden, value, array);
    }
}

void run_network(GoldenCase& golden, const NetworkConfig& config, const std::string& model_file)
{
    const std::filesystem::path file = golden.folder() / model_file;
    const NetworkGraph graph = network_graph(config);
    EagerNetwork eager(graph, read_state_dict(Checkpoint::open(file), parameter_shapes(graph)),
                       file.string());
    const Tensor x = golden.array("x"), t = golden.array("t");
    const Tensor y = golden.has("y") ? golden.array("y") : Tensor();
    std::map<std::string, Tensor> blocks;
    compare(golden, eager.forward(x, t, y, blocks), "out");
    compare_blocks(golden, blocks);
    const c10::InferenceMode no_gradients;
    compare(golden, PlannedNetwork(std::move(eager)).forward(x, t, y), "out");
}

} // namespace

bool run_network_case(GoldenCase& golden)
{
    const std::string kind = golden.params().value("kind", "");
    if (kind != "adm_unet_forward" && kind != "ddpm_unet_forward")
        return false;
    const NetworkConfig config =
        kind == "adm_unet_forward" ? config_of(golden, "adm", "flags") : config_of(golden, "ddpm", "config");
    // The same weights in one container or two.
    for (const char* key : {"model_file", "model_file_legacy"})
        if (golden.has_param(key) && golden.params().at(key).is_string())
            run_network(golden, config, golden.params().at(key).get<std::string>());
    return true;
}

} // namespace lacuna::golden
