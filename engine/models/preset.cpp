// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/preset.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/atomic_file.h"
#include "engine/core/error.h"
#include "engine/core/strict_json.h"
#include "engine/diffusion/schedule.h"
#include "engine/models/embedded_presets.h"

namespace lacuna {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t longest_preset = 1 << 20;
constexpr std::array kinds{"discrete", "edm", "vp", "ve", "iddpm"};
constexpr std::array outputs{"eps", "x0", "v"};
constexpr std::array variances{"learned", "fixed-small", "fixed-large"};
constexpr std::array schedules{"linear", "scaled-linear", "cosine", "sigmoid"};

const JsonWords words{.action = "Compare it with the presets that come with Lacuna",
                      .before = "is not a model preset: ",
                      .unknown = "it has an unknown member '{key}'"};

std::string text_of(Members& members, const char* key)
{
    const auto value = members.get<std::string>(key);
    if (value.size() > 2000)
        throw members.wrong(key);
    return value;
}

double number_of(Members& members, const char* key, double low, double high)
{
    const auto value = members.get<double>(key);
    if (!(value >= low && value <= high))
        throw members.wrong(key);
    return value;
}

template <std::size_t n>
std::size_t choice_of(Members& members, const char* key, const std::array<const char*, n>& names)
{
    const auto found = std::find(names.begin(), names.end(), text_of(members, key));
    if (found == names.end())
        throw members.wrong(key);
    return static_cast<std::size_t>(found - names.begin());
}

NoiseProcess read_process(const Json& json, const std::string& file)
{
    Members members(json, words, file, "process");
    NoiseProcess process;
    process.kind = static_cast<NoiseProcess::Kind>(choice_of(members, "kind", kinds));
    if (process.kind == NoiseProcess::Kind::Discrete) {
        process.prediction = static_cast<NoiseProcess::Output>(choice_of(members, "prediction", outputs));
        process.variance = static_cast<NoiseProcess::Variance>(choice_of(members, "variance", variances));
        process.schedule = schedules[choice_of(members, "schedule", schedules)];
        const double timesteps = number_of(members, "timesteps", 2, 100000);
        if (timesteps != std::floor(timesteps))
            throw members.wrong("timesteps");
        process.timesteps = static_cast<int>(timesteps);
        process.beta_first = number_of(members, "beta_first", 1e-9, 0.999);
        process.beta_last = number_of(members, "beta_last", process.beta_first, 0.999);
    } else if (process.kind == NoiseProcess::Kind::Edm) {
        process.sigma_data = number_of(members, "sigma_data", 1e-6, 1e6);
    }
    members.finish();
    return process;
}

Json write_process(const NoiseProcess& process)
{
    const auto at = [](const auto& names, auto value) { return names[static_cast<std::size_t>(value)]; };
    Json json = {{"kind", at(kinds, process.kind)}};
    if (process.kind == NoiseProcess::Kind::Discrete)
        json.update({{"prediction", at(outputs, process.prediction)},
                     {"variance", at(variances, process.variance)},
                     {"schedule", process.schedule},
                     {"timesteps", process.timesteps},
                     {"beta_first", process.beta_first},
                     {"beta_last", process.beta_last}});
    else if (process.kind == NoiseProcess::Kind::Edm)
        json["sigma_data"] = process.sigma_data;
    return json;
}

/// nullptr for null, which says that the number is not known.
const Json* optional(Members& members, const char* key)
{
    const Json& value = members.take(key);
    return value.is_null() ? nullptr : &value;
}

/// The text as JSON; no key twice at any depth, of which parsers would silently take one.
Json parse(const std::string& text, const std::string& file)
{
    if (text.size() > longest_preset)
        return {};
    const auto [json, twice, too_deep] = parse_strict_json(text);
    if (too_deep)
        throw Error(ErrorKind::Input, file, "is not a model preset: it is nested too deeply",
                    "Compare it with the presets that come with Lacuna");
    if (!twice.empty())
        throw Error(ErrorKind::Input, file, "has '" + printable(twice) + "' twice", "Keep one of them");
    return json;
}

} // namespace

std::vector<double> sigma_table(const NoiseProcess& process)
{
    check(process.kind == NoiseProcess::Kind::Discrete, "only a discrete process has a table");
    if (process.schedule == "cosine")
        return schedule::cosine(process.timesteps);
    if (process.schedule == "scaled-linear")
        return schedule::ldm(process.timesteps, process.beta_first, process.beta_last);
    if (process.schedule == "sigmoid")
        return schedule::sigmoid(process.timesteps, process.beta_first, process.beta_last);
    return schedule::ddpm_linear(process.timesteps, process.beta_first, process.beta_last);
}

ModelPreset preset_from_json(const std::string& text, const std::string& file)
{
    const Json json = parse(text, file);
    Members members(json, words, file);
    ModelPreset preset;
    preset.schema = static_cast<int>(number_of(members, "schema", 1, 1));
    preset.id = text_of(members, "id");
    preset.name = text_of(members, "name");
    preset.file = text_of(members, "file");
    if (const Json* bytes = optional(members, "bytes")) {
        if (!bytes->is_number_unsigned())
            throw members.wrong("bytes");
        preset.bytes = bytes->get<std::uint64_t>();
    }
    if (optional(members, "sha256")) {
        preset.sha256 = text_of(members, "sha256");
        if (preset.sha256->size() != 64
            || preset.sha256->find_first_not_of("0123456789abcdef") != std::string::npos)
            throw members.wrong("sha256");
    }
    preset.page = text_of(members, "page");
    preset.download = text_of(members, "download");
    preset.licence = text_of(members, "licence");
    preset.note = text_of(members, "note");
    preset.architecture = network_config_from_json(members.take("architecture").dump(), file);
    preset.process = read_process(members.take("process"), file);
    members.finish();
    return preset;
}

std::string to_json(const ModelPreset& preset)
{
    const Json json = {
        {"schema", preset.schema},
        {"id", preset.id},
        {"name", preset.name},
        {"file", preset.file},
        {"bytes", preset.bytes ? Json(*preset.bytes) : Json()},
        {"sha256", preset.sha256 ? Json(*preset.sha256) : Json()},
        {"page", preset.page},
        {"download", preset.download},
        {"licence", preset.licence},
        {"note", preset.note},
        {"architecture", Json::parse(to_json(preset.architecture))},
        {"process", write_process(preset.process)},
    };
    return json.dump(2);
}

const std::vector<ModelPreset>& known_presets()
{
    static const std::vector<ModelPreset> presets = [] {
        std::vector<ModelPreset> read;
        for (const auto& [file, text] : embedded_presets())
            read.push_back(preset_from_json(text, file));
        std::sort(read.begin(), read.end(),
                  [](const ModelPreset& a, const ModelPreset& b) { return a.id < b.id; });
        return read;
    }();
    return presets;
}

std::vector<ModelPreset> presets_with(const ParameterShapes& shapes)
{
    std::vector<ModelPreset> fitting;
    for (const ModelPreset& preset : known_presets())
        if (parameter_shapes(network_graph(preset.architecture)) == shapes)
            fitting.push_back(preset);
    return fitting;
}

int ModelPreset::native_size() const
{
    return std::visit([](const auto& config) { return config.image_size; }, architecture);
}

std::optional<ModelPreset> stored_preset(const std::map<std::string, std::string>& metadata,
                                         const std::string& file)
{
    const auto entry = metadata.find(preset_entry);
    if (entry == metadata.end())
        return {};
    return preset_from_json(entry->second, file);
}

ModelPreset find_preset(const std::string& id)
{
    if (id.ends_with(".json")) {
        const std::vector<std::uint8_t> bytes = read_file(id, longest_preset);
        return preset_from_json({bytes.begin(), bytes.end()}, id);
    }
    for (const ModelPreset& preset : known_presets())
        if (preset.id == id)
            return preset;
    throw Error(ErrorKind::Usage, "--preset " + printable(id), "is not known",
                "Use an id that 'lacuna-cli models presets' lists, or a file that ends with .json",
                "Nothing was run.");
}

} // namespace lacuna
