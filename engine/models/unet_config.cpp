// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/unet_config.h"

#include <charconv>
#include <cmath>
#include <limits>

#include "engine/core/strict_json.h"

namespace lacuna {

namespace {

using Json = nlohmann::ordered_json;

const JsonWords words{.action = "Correct the description of the network",
                      .before = "the option ",
                      .unknown = "{key} is not an option of this network"};

/// The options of a network, of which those that are missing or null keep their values.
class Options : public Members {
public:
    Options(const Json& json, const std::string& file) : Members(json, words, file) { forget({"network"}); }

    const Json* find(const std::string& name)
    {
        const Json* json = Members::find(name);
        return json && !json->is_null() ? json : nullptr;
    }

    void boolean(const std::string& name, bool& value)
    {
        if (const Json* json = find(name)) {
            if (!json->is_boolean())
                refuse(name, "must be true or false");
            json->get_to(value);
        }
    }

    template <class Integer> void integer(const std::string& name, Integer& value)
    {
        if (const Json* json = find(name))
            value = integer_of<Integer>(name, *json);
    }

    /// A list of numbers, or a text of integers such as "1,2,4".
    template <class Number> void list(const std::string& name, std::vector<Number>& values)
    {
        const Json* json = find(name);
        if (!json)
            return;
        values.clear();
        if (json->is_string())
            for (const std::int64_t value : integers(name, json->get<std::string>()))
                values.push_back(static_cast<Number>(value));
        else if (json->is_array())
            for (const Json& element : *json)
                if constexpr (std::is_floating_point_v<Number>)
                    values.push_back(element.is_number() ? element.get<Number>()
                                                         : refuse(name, "must be a list of numbers"));
                else
                    values.push_back(integer_of<Number>(name, element));
        else
            refuse(name, "must be a list of numbers");
    }

    [[noreturn]] double refuse(const std::string& name, const std::string& cause) const
    {
        throw refusal(name + " " + cause);
    }

private:
    template <class Integer> Integer integer_of(const std::string& name, const Json& json) const
    {
        if (!json.is_number_integer())
            refuse(name, "must be a whole number");
        const double value = json.get<double>();
        if (std::abs(value) > std::numeric_limits<int>::max())
            refuse(name, "is too large");
        return static_cast<Integer>(value);
    }

    std::vector<std::int64_t> integers(const std::string& name, const std::string& text) const
    {
        std::vector<std::int64_t> values;
        const char *at = text.data(), *end = at + text.size();
        while (at != end) {
            int value = 0;
            while (at != end && *at == ' ')
                ++at;
            const auto [next, error] = std::from_chars(at, end, value);
            if (error != std::errc() || (next != end && *next != ','))
                refuse(name, "must be whole numbers with commas between them");
            values.push_back(value);
            at = next == end ? end : next + 1;
        }
        return values;
    }
};

/// What the ADM network and its classifier call alike.
template <class Config> void read_common(Options& members, Config& config)
{
    members.integer("image_size", config.image_size);
    members.integer("in_channels", config.in_channels);
    members.integer("out_channels", config.out_channels);
    members.integer("num_channels", config.num_channels);
    members.integer("num_res_blocks", config.num_res_blocks);
    members.list("channel_mult", config.channel_mult);
    members.list("attention_resolutions", config.attention_resolutions);
    members.integer("num_heads", config.num_heads);
    members.integer("num_head_channels", config.num_head_channels);
    members.boolean("use_scale_shift_norm", config.use_scale_shift_norm);
    members.boolean("resblock_updown", config.resblock_updown);
    members.boolean("conv_resample", config.conv_resample);
    members.boolean("use_new_attention_order", config.use_new_attention_order);
    members.integer("unshuffle", config.unshuffle);
    // These change nothing in the function of the network.
    members.forget({"dropout", "use_checkpoint", "use_fp16"});
}

template <class Config> void write_common(Json& json, const Config& config)
{
    json["image_size"] = config.image_size;
    json["in_channels"] = config.in_channels;
    json["out_channels"] = config.out_channels;
    json["num_channels"] = config.num_channels;
    json["num_res_blocks"] = config.num_res_blocks;
    json["channel_mult"] = config.channel_mult;
    json["attention_resolutions"] = config.attention_resolutions;
    json["num_heads"] = config.num_heads;
    json["num_head_channels"] = config.num_head_channels;
    json["use_scale_shift_norm"] = config.use_scale_shift_norm;
    json["resblock_updown"] = config.resblock_updown;
    json["conv_resample"] = config.conv_resample;
    json["use_new_attention_order"] = config.use_new_attention_order;
    if (config.unshuffle != 1) // the others stay as the original programs know them
        json["unshuffle"] = config.unshuffle;
}

AdmConfig read_adm(Options& members)
{
    AdmConfig config;
    read_common(members, config);
    members.integer("num_heads_upsample", config.num_heads_upsample);
    members.boolean("learn_sigma", config.learn_sigma);
    bool class_cond = members.find("num_classes") != nullptr;
    members.boolean("class_cond", class_cond);
    config.num_classes = class_cond ? 1000 : 0;
    if (class_cond)
        members.integer("num_classes", config.num_classes);
    else
        members.forget({"num_classes"});
    return config;
}

DdpmConfig read_ddpm(Options& members)
{
    DdpmConfig config;
    members.integer("image_size", config.image_size);
    members.integer("in_channels", config.in_channels);
    members.integer("out_ch", config.out_ch);
    members.integer("ch", config.ch);
    members.list("ch_mult", config.ch_mult);
    members.integer("num_res_blocks", config.num_res_blocks);
    members.list("attn_resolutions", config.attn_resolutions);
    members.boolean("resamp_with_conv", config.resamp_with_conv);
    members.forget({"dropout", "type", "var_type", "ema", "ema_rate"});
    return config;
}

Json json_of(const AdmConfig& config)
{
    Json json = {{"network", "adm"}};
    write_common(json, config);
    json["num_heads_upsample"] = config.num_heads_upsample;
    json["learn_sigma"] = config.learn_sigma;
    json["num_classes"] = config.num_classes;
    return json;
}

Json json_of(const EncoderConfig& config)
{
    Json json = {{"network", "encoder"}};
    write_common(json, config);
    return json;
}

Json json_of(const DdpmConfig& config)
{
    return {{"network", "ddpm"},
            {"image_size", config.image_size},
            {"in_channels", config.in_channels},
            {"out_ch", config.out_ch},
            {"ch", config.ch},
            {"ch_mult", config.ch_mult},
            {"num_res_blocks", config.num_res_blocks},
            {"attn_resolutions", config.attn_resolutions},
            {"resamp_with_conv", config.resamp_with_conv}};
}

} // namespace

std::string to_json(const NetworkConfig& config)
{
    return std::visit([](const auto& c) { return json_of(c).dump(2); }, config);
}

NetworkConfig network_config_from_json(const std::string& text, const std::string& file)
{
    const Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (json.is_discarded() || !json.is_object())
        throw Error(ErrorKind::Input, file, "the description of the network is not a JSON object",
                    "Correct the description of the network");
    Options members(json, file);
    const Json network = json.value("network", Json());
    NetworkConfig config;
    if (network == "adm")
        config = read_adm(members);
    else if (network == "encoder")
        read_common(members, config.emplace<EncoderConfig>());
    else if (network == "ddpm")
        config = read_ddpm(members);
    else
        members.refuse("network", "must be adm, encoder or ddpm");
    members.finish();
    return config;
}

} // namespace lacuna
