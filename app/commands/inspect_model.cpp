// SPDX-License-Identifier: GPL-3.0-or-later
#include <iostream>

#include <nlohmann/json.hpp>

#include "app/commands/describe_network.h"
#include "app/commands/model_files.h"
#include "engine/checkpoint/checkpoint.h"
#include "engine/checkpoint/tensor_geometry.h"
#include "engine/core/error.h"
#include "engine/models/preset.h"

namespace lacuna::cli {

namespace {

using Json = nlohmann::ordered_json;

/// What is said of a checkpoint, in this order. Facts about the file first; what it is a model of belongs last.
Json describe(const Checkpoint& checkpoint)
{
    std::map<std::string, std::int64_t> formats;
    std::int64_t parameters = 0, bytes = 0;
    for (const auto& [name, entry] : checkpoint.tensors()) {
        ++formats[name_of(entry.dtype)];
        parameters += entry.elements();
        bytes += entry.elements() * static_cast<std::int64_t>(size_of(entry.dtype));
    }
    Json json{{"file", checkpoint.file()},
              {"file_bytes", checkpoint.file_size()},
              {"container", name_of(checkpoint.container())},
              {"tensors", checkpoint.tensors().size()},
              {"parameters", parameters},
              {"tensor_bytes", bytes},
              {"formats", formats}};
    if (!checkpoint.wrapper().empty())
        json["wrapper"] = checkpoint.wrapper();
    std::map<std::string, std::string> metadata = checkpoint.metadata();
    metadata.erase(preset_entry); // told with the network
    if (!metadata.empty())
        json["metadata"] = metadata;
    return json;
}

Json list_tensors(const Checkpoint& checkpoint)
{
    Json list = Json::array();
    for (const auto& [name, entry] : checkpoint.tensors())
        list.push_back({{"name", name}, {"format", name_of(entry.dtype)}, {"shape", entry.shape}});
    return list;
}

std::string value_text(const Json& value)
{
    return value.is_string() ? printable(value.get<std::string>()) : value.dump();
}

void print_lines(const Json& json)
{
    for (const auto& [key, value] : json.items()) {
        if (!value.is_object()) {
            std::cout << key << "\t" << value_text(value) << "\n";
            continue;
        }
        for (const auto& [name, inner] : value.items())
            std::cout << key << "." << printable(name) << "\t" << value_text(inner) << "\n";
    }
}

} // namespace

int inspect_model(const std::filesystem::path& path, bool with_tensors, bool json)
{
    const Checkpoint checkpoint = Checkpoint::open(path);
    Json description = describe(checkpoint);
    const Json network = describe_network(checkpoint);
    if (json) {
        description["network"] = network;
        if (with_tensors)
            description["list"] = list_tensors(checkpoint);
        std::cout << description.dump(-1, ' ', false, Json::error_handler_t::replace) << "\n";
        return 0;
    }
    print_lines(description);
    print_network(network);
    if (with_tensors)
        for (const auto& [name, entry] : checkpoint.tensors())
            std::cout << printable(name) << "\t" << name_of(entry.dtype) << "\t" << shape_text(entry.shape)
                      << "\n";
    return 0;
}

} // namespace lacuna::cli
