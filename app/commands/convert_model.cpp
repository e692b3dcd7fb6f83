// SPDX-License-Identifier: GPL-3.0-or-later
#include <iostream>

#include <nlohmann/json.hpp>

#include "app/commands/describe_network.h"
#include "app/commands/model_files.h"
#include "engine/checkpoint/checkpoint.h"
#include "engine/checkpoint/safetensors_writer.h"
#include "engine/core/error.h"
#include "engine/models/preset.h"

namespace lacuna::cli {

namespace {

DType stored_type(DType dtype, bool half)
{
    return half && (dtype == DType::F32 || dtype == DType::F64) ? DType::F16 : dtype;
}

/// The preset that was asked for, else that of the input's metadata, else that of a published file.
std::optional<ModelPreset> preset_for(const Checkpoint& checkpoint, const Conversion& conversion,
                                      const std::string& sha256)
{
    if (!conversion.preset.empty())
        return find_preset(conversion.preset);
    if (const auto stored = stored_preset(checkpoint.metadata(), checkpoint.file()))
        return stored;
    for (const ModelPreset& preset : known_presets())
        if (preset.sha256 == sha256)
            return preset;
    return {};
}

void require_fit(const Checkpoint& checkpoint, const ModelPreset& preset)
{
    const ParameterShapes expected = parameter_shapes(network_graph(preset.architecture));
    try {
        check_parameters(expected, shapes_of(checkpoint), checkpoint.file());
    } catch (const Error& error) {
        checkpoint.refuse("does not fit the preset " + printable(preset.id) + ": " + error.cause(),
                          "'lacuna-cli models inspect' names the presets that fit");
    }
}

/// Notes of the input come along; what we say of it stands above them.
std::map<std::string, std::string> provenance(const Checkpoint& checkpoint, const Conversion& conversion,
                                              const std::string& sha256,
                                              const std::optional<ModelPreset>& preset)
{
    std::map<std::string, std::string> metadata = checkpoint.metadata();
    metadata["source_file"] = conversion.input.filename().string();
    metadata["source_sha256"] = sha256;
    metadata["converted_by"] = std::string("Lacuna ") + LACUNA_VERSION;
    if (preset) {
        metadata[preset_entry] = to_json(*preset);
        metadata.emplace("licence", preset->licence);
    }
    if (conversion.licence)
        metadata["licence"] = *conversion.licence;
    if (conversion.architecture)
        metadata["architecture"] = *conversion.architecture;
    return metadata;
}

void refuse_existing(const Conversion& conversion)
{
    std::error_code ignored;
    if (!conversion.force && std::filesystem::exists(conversion.output, ignored))
        throw Error(ErrorKind::Usage, conversion.output.string(), "exists already",
                    "Choose another name, or replace it with --force");
}

void print(const Conversion& conversion, std::size_t tensors, std::uint64_t bytes,
           const std::optional<ModelPreset>& preset, bool as_json)
{
    if (as_json) {
        using Json = nlohmann::ordered_json;
        std::cout << Json{{"output", conversion.output.string()},
                          {"tensors", tensors},
                          {"bytes", bytes},
                          {"preset", preset ? Json(preset->id) : Json()}}
                         .dump(-1, ' ', false, Json::error_handler_t::replace)
                  << "\n";
        return;
    }
    std::cout << printable(conversion.output.string()) << ": " << tensors << " tensors, "
              << (bytes + 999999) / 1000000 << " MB\n";
    if (preset)
        std::cout << "It is the network of the preset " << printable(preset->id) << ": 'fill --model' needs "
                  << "nothing else.\n";
    else
        std::cout << "It does not say which network it is for: 'fill' will need --preset.\n";
}

} // namespace

int convert_model(const Conversion& conversion, bool json)
{
    refuse_existing(conversion);
    const Checkpoint checkpoint = Checkpoint::open(conversion.input);
    const std::string sha256 = checkpoint.sha256();
    const std::optional<ModelPreset> preset = preset_for(checkpoint, conversion, sha256);
    if (preset)
        require_fit(checkpoint, *preset);
    std::map<std::string, SafetensorsEntry> entries;
    std::uint64_t bytes = 0;
    for (const auto& [name, entry] : checkpoint.tensors()) {
        const DType dtype = stored_type(entry.dtype, conversion.half);
        entries.emplace(name, SafetensorsEntry{dtype, entry.shape});
        bytes += static_cast<std::uint64_t>(entry.elements()) * size_of(dtype);
    }
    const auto produce = [&](const std::string& name, std::span<std::byte> values) {
        const DType stored = entries.at(name).dtype, original = checkpoint.tensors().at(name).dtype;
        checkpoint.read(name, stored, values);
        if (count_non_finite(stored, values) != 0)
            checkpoint.refuse(
                "holds NaN, infinite"
                    + std::string(stored == original ? "" : " or, for half precision, too large")
                    + " values in the tensor " + in_quotes(name),
                stored == original ? "The weights are broken; give another checkpoint"
                                   : "Convert it without --half");
    };
    write_safetensors(conversion.output, entries, provenance(checkpoint, conversion, sha256, preset),
                      produce);
    print(conversion, entries.size(), bytes, preset, json);
    return 0;
}

} // namespace lacuna::cli
