// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/convert_checkpoint.h"

#include <algorithm>

#include "engine/checkpoint/safetensors_writer.h"
#include "engine/core/error.h"

namespace lacuna {

namespace {

DType stored_type(DType dtype, bool half)
{
    return half && (dtype == DType::F32 || dtype == DType::F64) ? DType::F16 : dtype;
}

/// Notes of the input come along; what we say of it stands above them.
std::map<std::string, std::string> provenance(const Checkpoint& checkpoint,
                                              const CheckpointConversion& conversion)
{
    std::map<std::string, std::string> metadata = checkpoint.metadata();
    metadata["source_file"] = std::filesystem::path(checkpoint.file()).filename().string();
    metadata["source_sha256"] = conversion.sha256.empty() ? checkpoint.sha256() : conversion.sha256;
    metadata["converted_by"] = std::string("Lacuna ") + LACUNA_VERSION;
    if (conversion.preset) {
        metadata[preset_entry] = to_json(*conversion.preset);
        metadata.emplace("licence", conversion.preset->licence);
    }
    if (conversion.licence)
        metadata["licence"] = *conversion.licence;
    if (conversion.architecture)
        metadata["architecture"] = *conversion.architecture;
    return metadata;
}

} // namespace

ParameterShapes shapes_of(const Checkpoint& checkpoint)
{
    ParameterShapes shapes;
    for (const auto& [name, entry] : checkpoint.tensors())
        shapes.emplace(name, entry.shape);
    return shapes;
}

std::optional<ModelPreset> preset_of(const Checkpoint& checkpoint, const std::string& sha256)
{
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

ConvertedCheckpoint convert_checkpoint(const Checkpoint& checkpoint, const CheckpointConversion& conversion,
                                       const std::function<void(double)>& report)
{
    if (conversion.preset)
        require_fit(checkpoint, *conversion.preset);
    std::map<std::string, SafetensorsEntry> entries;
    ConvertedCheckpoint result;
    for (const auto& [name, entry] : checkpoint.tensors()) {
        const DType dtype = stored_type(entry.dtype, conversion.half);
        entries.emplace(name, SafetensorsEntry{dtype, entry.shape});
        result.bytes += static_cast<std::uint64_t>(entry.elements()) * size_of(dtype);
    }
    result.tensors = entries.size();
    std::uint64_t done = 0;
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
        done += values.size();
        if (report)
            report(static_cast<double>(done) / static_cast<double>(std::max<std::uint64_t>(1, result.bytes)));
    };
    write_safetensors(conversion.output, entries, provenance(checkpoint, conversion), produce);
    return result;
}

std::uint64_t evaluation_memory(const NetworkConfig& config, int members)
{
    const NetworkGraph graph = network_graph(config);
    const int side = std::visit([](const auto& one) { return one.image_size; }, config);
    const std::vector<PictureSize> sizes = picture_sizes(graph, {side, side});
    const std::vector<int> last = graph.last_uses();
    std::vector<std::int64_t> freed(graph.nodes.size() + 1);
    std::int64_t live = 0, most = 0;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const std::int64_t values = graph.nodes[i].channels * std::max<std::int64_t>(1, sizes[i].pixels());
        live += values;
        freed[static_cast<std::size_t>(last[i])] += values;
        most = std::max(most, live);
        live -= freed[i];
    }
    const std::int64_t numbers = parameter_count(parameter_shapes(graph)) + members * most;
    return static_cast<std::uint64_t>(numbers) * sizeof(float);
}

} // namespace lacuna
