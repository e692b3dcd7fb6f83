// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/train_config.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "engine/core/error.h"
#include "engine/core/strict_json.h"

namespace lacuna::training {

namespace {

using Json = nlohmann::ordered_json;

const JsonWords words{.action = "Compare it with the files in resources/training",
                      .before = "cannot be trained with: ",
                      .no_object_inside = "'{path}' must be an object"};

/// One object of the file with members that may be missing.
class Section : public Members {
public:
    Section(const Json& json, std::string file, std::string where = "")
        : Members(json, words, std::move(file), std::move(where))
    {
    }

    Error wrong(const std::string& key, const std::string& must) const
    {
        return refusal("'" + path(key) + "' must be " + must);
    }
    void text(const char* key, std::string& value)
    {
        if (const Json* json = find(key)) {
            if (!json->is_string() || json->get_ref<const std::string&>().size() > 2000)
                throw wrong(key, "a text");
            value = json->get<std::string>();
        }
    }
    void number(const char* key, double& value, double low, double high)
    {
        if (const Json* json = find(key)) {
            if (!json->is_number() || !(json->get<double>() >= low && json->get<double>() <= high))
                throw wrong(key, "a number from " + Json(low).dump() + " to " + Json(high).dump());
            value = json->get<double>();
        }
    }
    template <class Integer> void integer(const char* key, Integer& value, double low, double high)
    {
        if (const Json* json = find(key)) {
            if (!json->is_number_integer() || json->get<double>() < low || json->get<double>() > high)
                throw wrong(key, "a whole number from " + Json(static_cast<std::int64_t>(low)).dump() + " to "
                                     + Json(static_cast<std::int64_t>(high)).dump());
            value = json->get<Integer>();
        }
    }
    /// Whether the second of two words was chosen.
    bool second_of(const char* key, const char* first, const char* second)
    {
        std::string value = first;
        text(key, value);
        if (value != first && value != second)
            throw wrong(key, std::string(first) + " or " + second);
        return value == second;
    }
    /// The members of an object inside; an absent one has none.
    Section object(const char* key)
    {
        static const Json empty = Json::object();
        const Json* json = find(key);
        return {json ? *json : empty, file(), key};
    }
};

constexpr double many = 1e9;

DataConfig read_data(Section data)
{
    DataConfig config;
    const bool world = data.has("world"), digits = data.has("digits"), pictures = data.has("pictures");
    if (world + digits + pictures != 1)
        throw data.refusal("'data' must name a world, digits or a folder of pictures");
    data.integer("size", config.size, 8, 512);
    data.text(world ? "world" : digits ? "digits" : "pictures", config.name);
    if (world) {
        data.integer("scenes", config.scenes, 0, many);
        data.number("attribute_share", config.attribute_share, 0, 1);
    } else if (digits) {
        config.kind = DataConfig::Kind::Digits;
        data.integer("condition_frames", config.condition_frames, 0, 16);
        data.number("right", config.right, 0, 1);
    } else {
        config.kind = DataConfig::Kind::Pictures;
    }
    data.finish();
    return config;
}

NoiseProcess read_process(Section process)
{
    NoiseProcess config;
    process.text("schedule", config.schedule);
    constexpr std::array schedules{"linear", "scaled-linear", "cosine", "sigmoid"};
    if (std::find(schedules.begin(), schedules.end(), config.schedule) == schedules.end())
        throw process.wrong("schedule", "linear, scaled-linear, cosine or sigmoid");
    process.integer("timesteps", config.timesteps, 2, 100000);
    process.number("beta_first", config.beta_first, 1e-9, 0.999);
    process.number("beta_last", config.beta_last, config.beta_first, 0.999);
    process.finish();
    return config;
}

void read_optimisation(Section& file, TrainConfig& config)
{
    file.integer("batch", config.batch, 1, 4096);
    file.integer("steps", config.steps, 1, many);
    file.integer("warmup", config.warmup, 0, many);
    file.number("learning_rate", config.learning_rate, 0, 1);
    file.number("weight_decay", config.weight_decay, 0, 1);
    file.number("ema", config.ema, 0, 0.999999);
    file.number("clip", config.clip, 0, many);
    config.bfloat16 = file.second_of("precision", "float", "bfloat16");
    config.attention_only = file.second_of("tune", "all", "attention");
    file.text("start", config.start);
    file.number("checkpoint_minutes", config.checkpoint_minutes, 0.01, 10000);
    file.integer("log_every", config.log_every, 1, many);
    Section validation = file.object("validation");
    validation.integer("pictures", config.validation_pictures, 1, 10000);
    validation.integer("every", config.validation_every, 0, many);
    validation.finish();
    Section samples = file.object("samples");
    samples.integer("every", config.sample_every, 0, many);
    samples.integer("steps", config.sample_steps, 1, 1000);
    samples.integer("count", config.sample_count, 1, 64);
    samples.finish();
}

/// Options that do not go together.
void check_together(const Section& file, const TrainConfig& config)
{
    const bool encoder = std::holds_alternative<EncoderConfig>(config.network);
    const bool attributes = config.objective == TrainConfig::Objective::Attributes;
    const NetworkGraph graph = network_graph(config.network);
    if (attributes != encoder)
        throw file.refusal(
            "the objective \"attributes\" goes with a network \"encoder\", the others with other networks");
    if (attributes && config.data.kind != DataConfig::Kind::World)
        throw file.refusal("the objective \"attributes\" needs data of a world");
    if (!config.class_attribute.empty() && (config.data.kind != DataConfig::Kind::World || attributes))
        throw file.refusal("'class' needs data of a world and the objective \"eps\" or \"v\"");
    if (config.class_attribute.empty() == (graph.classes > 0))
        throw file.refusal("'class' and the network's 'num_classes' go together");
    const bool digits = config.data.kind == DataConfig::Kind::Digits;
    const std::int64_t channels = digits ? 1 : 3, given = digits ? config.data.condition_frames : 0;
    if (graph.in_channels() != channels + given)
        throw file.refusal("the network must have " + std::to_string(channels + given)
                           + " input channels for these data");
    if (!attributes && graph.out_channels() != channels)
        throw file.refusal("the network must have " + std::to_string(channels)
                           + " output channels for these data");
    picture_sizes(graph, {config.data.size, config.data.size});
}

TrainConfig::Objective read_objective(Section& file)
{
    std::string name = "eps";
    file.text("objective", name);
    if (name == "eps")
        return TrainConfig::Objective::Eps;
    if (name == "v")
        return TrainConfig::Objective::V;
    if (name == "attributes")
        return TrainConfig::Objective::Attributes;
    throw file.wrong("objective", "eps, v or attributes");
}

} // namespace

TrainConfig train_config_from_json(const std::string& text, const std::string& name)
{
    const auto [json, twice, too_deep] = parse_strict_json(text);
    Section file(json, name);
    if (too_deep || !twice.empty())
        throw file.refusal(too_deep ? "it is nested too deeply" : "it has '" + printable(twice) + "' twice");
    TrainConfig config;
    file.take("name");
    file.text("name", config.name);
    file.text("id", config.id);
    file.text("licence", config.licence);
    file.text("note", config.note);
    file.integer("seed", config.seed, 0, std::numeric_limits<std::int32_t>::max());
    file.take("data");
    config.data = read_data(file.object("data"));
    config.network = network_config_from_json(file.take("network").dump(), name);
    config.objective = read_objective(file);
    config.process = read_process(file.object("process"));
    if (config.objective == TrainConfig::Objective::V)
        config.process.prediction = NoiseProcess::Output::V;
    Section conditioning = file.object("class");
    conditioning.text("attribute", config.class_attribute);
    conditioning.finish();
    read_optimisation(file, config);
    file.finish();
    check_together(file, config);
    Json identity = {
        {"seed", config.seed}, {"batch", config.batch}, {"network", Json::parse(to_json(config.network))}};
    for (const char* member : {"data", "objective", "process", "class"})
        identity[member] = json.contains(member) ? json.at(member) : Json();
    config.identity = identity.dump();
    return config;
}

double learning_rate(const TrainConfig& config, std::int64_t step)
{
    const double n = static_cast<double>(step) + 1;
    const double rise = std::min(1.0, n / std::max(1, config.warmup));
    const double done = std::min(1.0, n / static_cast<double>(config.steps));
    return config.learning_rate * rise * 0.5 * (1 + std::cos(std::numbers::pi * done));
}

} // namespace lacuna::training
