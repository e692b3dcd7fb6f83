// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/train_state.h"

#include <algorithm>
#include <cstring>

#include "engine/checkpoint/checkpoint.h"
#include "engine/checkpoint/safetensors_writer.h"
#include "engine/core/error.h"
#include "engine/core/strict_json.h"
#include "engine/models/attribute_metadata.h"

namespace lacuna::training {

namespace {

using Json = nlohmann::ordered_json;
constexpr const char* state_entry = "lacuna.training";
constexpr int state_format = 1;

std::string full_name(Part part, const std::string& name)
{
    return std::string(part_names[static_cast<std::size_t>(part)]) + "/" + name;
}

/// The values in the order of their shape, on the processor.
Tensor plain(const Tensor& view)
{
    return view.detach().to(at::kCPU).contiguous();
}

std::string counters_json(const TrainConfig& config, const Counters& counters)
{
    return Json{{"format", state_format},
                {"step", counters.step},
                {"seconds", counters.seconds},
                {"loss_sum", counters.loss_sum},
                {"loss_count", counters.loss_count},
                {"identity", config.identity}}
        .dump();
}

Counters read_counters(const Checkpoint& file, const TrainConfig& config)
{
    const auto entry = file.metadata().find(state_entry);
    const Json json = entry == file.metadata().end() ? Json() : parse_strict_json(entry->second).value;
    const auto number = [&](const char* key) {
        if (!json.is_object() || !json.contains(key) || !json.at(key).is_number())
            file.refuse("is not the state of a training", "Move it away or choose another folder");
        return json.at(key).get<double>();
    };
    if (number("format") != state_format)
        file.refuse("was written by another version of the program", "Use that version");
    if (json.value("identity", "") != config.identity)
        file.refuse(
            "belongs to a training with another seed, batch, network, objective, process or other data",
            "Choose another folder, or name the model in it as \"start\"");
    return {static_cast<std::int64_t>(number("step")), number("seconds"), number("loss_sum"),
            static_cast<std::int64_t>(number("loss_count"))};
}

ModelPreset preset_of(const TrainConfig& config)
{
    return {.id = config.id.empty() ? config.name : config.id,
            .name = config.name,
            .file = "model.safetensors",
            .licence = config.licence,
            .note = config.note,
            .architecture = config.network,
            .process = config.process};
}

} // namespace

void save_state(const std::filesystem::path& path, const TrainConfig& config, const Parameters& parameters,
                const Counters& counters)
{
    std::map<std::string, SafetensorsEntry> entries;
    std::map<std::string, Tensor> values;
    for (const Part part : {Part::Value, Part::Average, Part::FirstMoment, Part::SecondMoment})
        for (const auto& [name, view] : parameters.views(part)) {
            entries.emplace(full_name(part, name), SafetensorsEntry{DType::F32, view.sizes().vec()});
            values.emplace(full_name(part, name), view);
        }
    write_safetensors(path, entries, {{state_entry, counters_json(config, counters)}},
                      [&](const std::string& name, std::span<std::byte> bytes) {
                          const Tensor tensor = plain(values.at(name));
                          std::memcpy(bytes.data(), tensor.data_ptr(), bytes.size());
                      });
}

std::optional<Counters> load_state(const std::filesystem::path& path, const TrainConfig& config,
                                   Parameters& parameters)
{
    if (!std::filesystem::exists(path))
        return {};
    const Checkpoint file = Checkpoint::open(path);
    const Counters counters = read_counters(file, config);
    ParameterShapes expected;
    for (const char* part : part_names)
        for (const auto& [name, shape] : parameters.shapes())
            expected[std::string(part) + "/" + name] = shape;
    const StateDict values = read_state_dict(file, expected);
    for (const Part part : {Part::Value, Part::Average, Part::FirstMoment, Part::SecondMoment})
        for (const auto& [name, view] : parameters.views(part))
            view.copy_(values.at(full_name(part, name)));
    return counters;
}

void save_model(const std::filesystem::path& path, const TrainConfig& config,
                const std::vector<scenes::Attribute>& attributes, const Parameters& parameters)
{
    const StateDict average = parameters.views(Part::Average);
    std::map<std::string, SafetensorsEntry> entries;
    for (const auto& [name, view] : average)
        entries.emplace(name, SafetensorsEntry{DType::F16, view.sizes().vec()});
    std::map<std::string, std::string> metadata{{preset_entry, to_json(preset_of(config))},
                                                {"licence", config.licence}};
    if (config.objective == TrainConfig::Objective::Attributes)
        metadata[attributes_entry] = to_json(AttributeMetadata{config.data.name, groups_of(attributes)});
    write_safetensors(path, entries, metadata, [&](const std::string& name, std::span<std::byte> bytes) {
        const Tensor tensor = plain(average.at(name));
        convert(DType::F32, static_cast<const std::byte*>(tensor.data_ptr()), DType::F16, bytes.data(),
                static_cast<std::size_t>(tensor.numel()));
    });
}

StateDict read_start(const std::filesystem::path& path, const ParameterShapes& shapes)
{
    return read_state_dict(Checkpoint::open(path), shapes);
}

} // namespace lacuna::training
