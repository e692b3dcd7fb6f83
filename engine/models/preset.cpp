// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/preset.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

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

/// One object of a file, whose members are taken one by one; what is left over is refused.
class Members {
public:
    Members(const Json& json, std::string file, std::string where = "")
        : json_(json),
          file_(std::move(file)),
          where_(std::move(where))
    {
        if (!json.is_object())
            throw refusal(where_.empty() ? "it is not a JSON object" : "'" + where_ + "' is not an object");
    }

    Error refusal(const std::string& cause) const
    {
        return Error(ErrorKind::Input, file_, "is not a model preset: " + cause,
                     "Compare it with the presets that come with Lacuna");
    }
    Error wrong(const char* key) const
    {
        return refusal("'" + where_ + (where_.empty() ? "" : ".") + key + "' has a wrong value");
    }

    const Json& take(const char* key)
    {
        const auto found = json_.find(key);
        if (found == json_.end())
            throw refusal("'" + where_ + (where_.empty() ? "" : ".") + key + "' is missing");
        taken_.insert(key);
        return *found;
    }
    std::string text(const char* key)
    {
        const Json& value = take(key);
        if (!value.is_string() || value.get_ref<const std::string&>().size() > 2000)
            throw wrong(key);
        return value.get<std::string>();
    }
    double number(const char* key, double low, double high)
    {
        const Json& value = take(key);
        if (!value.is_number() || !(value.get<double>() >= low && value.get<double>() <= high))
            throw wrong(key);
        return value.get<double>();
    }
    template <std::size_t n> std::size_t one_of(const char* key, const std::array<const char*, n>& names)
    {
        const std::string value = text(key);
        const auto found = std::find(names.begin(), names.end(), value);
        if (found == names.end())
            throw wrong(key);
        return static_cast<std::size_t>(found - names.begin());
    }
    void finish() const
    {
        for (const auto& [key, value] : json_.items())
            if (!taken_.contains(key))
                throw refusal("it has an unknown member '" + printable(key) + "'");
    }

private:
    const Json& json_;
    std::string file_, where_;
    std::set<std::string> taken_{};
};

NoiseProcess read_process(const Json& json, const std::string& file)
{
    Members members(json, file, "process");
    NoiseProcess process;
    process.kind = static_cast<NoiseProcess::Kind>(members.one_of("kind", kinds));
    if (process.kind == NoiseProcess::Kind::Discrete) {
        process.prediction = static_cast<NoiseProcess::Output>(members.one_of("prediction", outputs));
        process.variance = static_cast<NoiseProcess::Variance>(members.one_of("variance", variances));
        process.schedule = schedules[members.one_of("schedule", schedules)];
        const double timesteps = members.number("timesteps", 2, 100000);
        if (timesteps != std::floor(timesteps))
            throw members.wrong("timesteps");
        process.timesteps = static_cast<int>(timesteps);
        process.beta_first = members.number("beta_first", 1e-9, 0.999);
        process.beta_last = members.number("beta_last", process.beta_first, 0.999);
    } else if (process.kind == NoiseProcess::Kind::Edm) {
        process.sigma_data = members.number("sigma_data", 1e-6, 1e6);
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
    Members members(json, file);
    ModelPreset preset;
    preset.schema = static_cast<int>(members.number("schema", 1, 1));
    preset.id = members.text("id");
    preset.name = members.text("name");
    preset.file = members.text("file");
    if (const Json* bytes = optional(members, "bytes")) {
        if (!bytes->is_number_unsigned())
            throw members.wrong("bytes");
        preset.bytes = bytes->get<std::uint64_t>();
    }
    if (optional(members, "sha256")) {
        preset.sha256 = members.text("sha256");
        if (preset.sha256->size() != 64
            || preset.sha256->find_first_not_of("0123456789abcdef") != std::string::npos)
            throw members.wrong("sha256");
    }
    preset.page = members.text("page");
    preset.download = members.text("download");
    preset.licence = members.text("licence");
    preset.note = members.text("note");
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
