// SPDX-License-Identifier: GPL-3.0-or-later
#include <iostream>

#include <nlohmann/json.hpp>

#include "app/commands/model_files.h"
#include "engine/models/preset.h"

namespace lacuna::cli {

namespace {

using Json = nlohmann::ordered_json;

std::string megabytes(std::uint64_t bytes)
{
    return std::to_string((bytes + 500000) / 1000000) + " MB";
}

/// The published size, or that of the numbers in single precision.
std::string size_text(const ModelPreset& preset, std::int64_t parameters)
{
    return preset.bytes ? megabytes(*preset.bytes)
                        : "about " + megabytes(4 * static_cast<std::uint64_t>(parameters));
}

Json describe(const ModelPreset& preset, std::int64_t parameters)
{
    Json json = Json::parse(to_json(preset));
    json.erase("schema");
    json["native_size"] = preset.native_size();
    json["parameters"] = parameters;
    return json;
}

} // namespace

int list_presets(const std::string& id, bool as_json)
{
    if (!id.empty()) {
        const Json json = Json::parse(to_json(find_preset(id)));
        std::cout << json.dump(as_json ? -1 : 2) << "\n";
        return 0;
    }
    Json list = Json::array();
    for (const ModelPreset& preset : known_presets()) {
        const std::int64_t parameters = parameter_count(parameter_shapes(network_graph(preset.architecture)));
        list.push_back(describe(preset, parameters));
        if (!as_json)
            std::cout << preset.id << "\t" << preset.name << "\n\tfile " << preset.file << ", "
                      << size_text(preset, parameters) << ", for pictures of " << preset.native_size()
                      << " x " << preset.native_size() << " pixels\n\t" << preset.page << "\n\t"
                      << preset.licence << "\n";
    }
    if (as_json)
        std::cout << list.dump() << "\n";
    else
        std::cout << "Then:  lacuna-cli models convert FILE OUT.safetensors --preset ID\n";
    return 0;
}

} // namespace lacuna::cli
