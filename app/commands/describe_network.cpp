// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/describe_network.h"

#include <iostream>
#include <map>

#include "engine/core/error.h"
#include "engine/models/convert_checkpoint.h"
#include "engine/models/preset.h"
#include "engine/models/recognise.h"

namespace lacuna::cli {

namespace {

using Json = nlohmann::ordered_json;

/// How to answer what the shapes of parameters leave open.
std::string answer_to(const std::string& question)
{
    static const std::map<std::string, std::string> answers{
        {"num_heads", "heads of the attention where num_head_channels is -1; look for --num_heads in the "
                      "flags of the training"},
        {"num_head_channels", "channels of a head, -1 for a fixed number of heads; look for "
                              "--num_head_channels in the flags of the training. Published networks have 64, "
                              "but imagenet-128 has four heads"},
        {"num_heads_upsample", "heads of the second half, -1 for as many as in the first, which is usual"},
        {"use_new_attention_order", "true only if the network was trained with --use_new_attention_order "
                                    "True, as imagenet-64 was"},
        {"image_size", "side of the training pictures in pixels; look for --image_size or the data's "
                       "resolution"},
        {"channel_mult", "which of the possible numbers of levels it is follows from --image_size"},
        {"schedule", "the noise of the training: --noise_schedule linear or cosine, or beta_schedule in a "
                     "configuration file"},
        {"value_range", "pictures from -1 to 1 are assumed, as all published networks have them"},
    };
    const auto found = answers.find(question);
    return found == answers.end() ? "see how the network was trained" : found->second;
}

/// Whether size and hash are those of the published file. The hash is computed only where the size does not decide.
Json compare_file(const Checkpoint& checkpoint, const ModelPreset& preset)
{
    const bool other_size = preset.bytes && *preset.bytes != checkpoint.file_size();
    Json row = {{"id", preset.id},
                {"name", preset.name},
                {"size", !preset.bytes ? "not published"
                         : other_size  ? "differs"
                                       : "agrees"},
                {"sha256", "not published"}};
    if (preset.sha256)
        row["sha256"] = !other_size && checkpoint.sha256() == *preset.sha256 ? "agrees" : "differs";
    return row;
}

Json open_questions(const Recognition& found, const Json& options)
{
    Json open = Json::array();
    for (const std::string& question : found.questions) {
        Json row = {{"option", question}};
        if (options.contains(question))
            row["assumed"] = options[question];
        row["how_to_answer"] = answer_to(question);
        open.push_back(std::move(row));
    }
    return open;
}

} // namespace

Json describe_network(const Checkpoint& checkpoint)
{
    const ParameterShapes shapes = shapes_of(checkpoint);
    Recognition found;
    try {
        found = recognise(shapes, checkpoint.file());
    } catch (const Error& error) {
        return {{"why", error.cause()}};
    }
    const Json options = Json::parse(to_json(found.config));
    Json presets = Json::array();
    for (const ModelPreset& preset : presets_with(shapes))
        presets.push_back(compare_file(checkpoint, preset));
    Json network = {{"architecture", options},
                    {"parameters", parameter_count(shapes)},
                    {"open", open_questions(found, options)},
                    {"presets_that_fit", presets}};
    if (const auto stored = stored_preset(checkpoint.metadata(), checkpoint.file()))
        network["stored_preset"] = Json::parse(to_json(*stored));
    return network;
}

void print_network(const Json& network)
{
    if (network.contains("why")) {
        std::cout << "\nIt is no network that Lacuna knows: " << network["why"].get<std::string>() << ".\n";
        return;
    }
    std::cout << "\nThe tensors are those of this network of " << network["parameters"] << " parameters:\n";
    for (const auto& [option, value] : network["architecture"].items())
        std::cout << "  " << option << "\t" << (value.is_string() ? value.get<std::string>() : value.dump())
                  << "\n";
    if (network.contains("stored_preset")) {
        const Json& preset = network["stored_preset"];
        std::cout << "The file says what is needed beyond the shapes, by the preset "
                  << printable(preset["id"].get<std::string>()) << " ("
                  << printable(preset["name"].get<std::string>())
                  << "). 'fill --model' needs nothing else.\n";
        return;
    }
    std::cout << "The shapes leave open:\n";
    for (const Json& question : network["open"])
        std::cout << "  " << question["option"].get<std::string>()
                  << (question.contains("assumed") ? " (guessed " + question["assumed"].dump() + ")" : "")
                  << ": " << question["how_to_answer"].get<std::string>() << ".\n";
    if (network["presets_that_fit"].empty()) {
        std::cout << "No known preset has these parameters. Write your own, beginning with one of\n"
                     "'lacuna-cli models presets ID', and give it with --preset FILE.json.\n";
        return;
    }
    std::cout << "A preset answers all of it. These have exactly these parameters:\n";
    for (const Json& preset : network["presets_that_fit"])
        std::cout << "  " << preset["id"].get<std::string>() << "\t" << preset["name"].get<std::string>()
                  << "; size " << preset["size"].get<std::string>() << ", SHA-256 "
                  << preset["sha256"].get<std::string>() << "\n";
}

} // namespace lacuna::cli
