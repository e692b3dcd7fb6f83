// SPDX-License-Identifier: GPL-3.0-or-later
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/commands/commands.h"
#include "app/commands/console.h"
#include "app/commands/model_files.h"
#include "engine/core/error.h"
#include "engine/fill/fill_session.h"
#include "engine/models/model_folder.h"

namespace lacuna::cli {

namespace {

const char* name_of(ModelInfo::Origin origin)
{
    constexpr const char* names[] = {"built-in", "bundled", "user"};
    return names[static_cast<int>(origin)];
}

nlohmann::ordered_json describe(const ModelInfo& model)
{
    nlohmann::ordered_json json = {{"id", model.id},
                                   {"name", model.name},
                                   {"description", model.description},
                                   {"origin", name_of(model.origin)},
                                   {"fills", model.fills}};
    if (model.native_size > 0)
        json["native_size"] = model.native_size;
    if (model.bytes > 0)
        json["bytes"] = model.bytes;
    if (model.condition_frames > 0)
        json["condition_frames"] = model.condition_frames;
    if (model.classes > 0)
        json["classes"] = model.classes;
    if (!model.card.empty())
        json["card"] = model.card;
    return json;
}

void print(const ModelInfo& model)
{
    std::cout << printable(model.id) << "\t" << printable(model.name);
    if (model.bytes > 0)
        std::cout << "\t" << fixed(double(model.bytes) / 1e6, 1) << " MB";
    if (model.native_size > 0)
        std::cout << "\t" << model.native_size << " x " << model.native_size;
    std::cout << "\n\t" << printable(model.description) << "\n";
}

int list_models(bool as_json)
{
    const std::vector<ModelInfo> models = make_fill_session(1)->models();
    if (as_json) {
        nlohmann::ordered_json json = nlohmann::ordered_json::array();
        for (const ModelInfo& model : models)
            json.push_back(describe(model));
        std::cout << json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << "\n";
        return 0;
    }
    const ModelInfo* before = nullptr;
    for (const ModelInfo& model : models) {
        if (model.origin != ModelInfo::Origin::BuiltIn && (!before || before->origin != model.origin))
            std::cout << (model.origin == ModelInfo::Origin::Bundled ? "\nModels that come with Lacuna\n"
                                                                     : "\nModels of your folder\n");
        print(model);
        before = &model;
    }
    return 0;
}

void add_list(CLI::App& models, Chosen& chosen)
{
    CLI::App* list = models.add_subcommand("list", "List the models with what each is for: This photo, those "
                                                   "that come with Lacuna, and the files of your model "
                                                   "folder");
    list->footer("Your model folder is " + user_model_folder().string() + ", that of Lacuna "
                 + bundled_model_folder().string()
                 + ".\n'models convert' makes files for it; their names are what 'fill --model' takes.");
    list->add_flag("--json", chosen.json, "Print one line of JSON");
    list->callback([&chosen] { chosen.run = [&chosen] { return list_models(chosen.json); }; });
}

void add_inspect(CLI::App& models, Chosen& chosen)
{
    CLI::App* inspect = models.add_subcommand(
        "inspect",
        "Say what a checkpoint file holds, which network it is for and which presets fit it; nothing "
        "in it is run");
    const auto file = std::make_shared<std::string>();
    const auto tensors = std::make_shared<bool>(false);
    inspect->add_option("file", *file, "A .safetensors, .pt, .pth or .ckpt file")->required();
    inspect->add_flag("--tensors", *tensors, "List every tensor with its number format and shape");
    inspect->add_flag("--json", chosen.json, "Print one line of JSON");
    inspect->callback([&chosen, file, tensors] {
        chosen.run = [&chosen, file, tensors] { return inspect_model(*file, *tensors, chosen.json); };
    });
}

void add_convert(CLI::App& models, Chosen& chosen)
{
    CLI::App* convert = models.add_subcommand(
        "convert", "Write a checkpoint as a safetensors file that says what network it is for, "
                   "as 'fill --model' wants it");
    const auto conversion = std::make_shared<Conversion>();
    convert->add_option("input", conversion->input, "A .pt, .pth, .ckpt or .safetensors file")->required();
    convert->add_option("output", conversion->output, "The .safetensors file to write")->required();
    convert->add_option(
        "--preset", conversion->preset,
        "The network of the weights: an id of 'models presets', or a .json file of your own; not "
        "needed for a file that says it or whose SHA-256 is published");
    convert->add_flag("--half", conversion->half, "Store float32 and float64 as float16, in half the size");
    convert->add_option("--licence", conversion->licence,
                        "A note on the licence of the weights (default: that of the preset)");
    convert->add_option("--architecture", conversion->architecture, "A note on the network they are for");
    convert->add_flag("--force", conversion->force, "Replace a file that is there already");
    convert->add_flag("--json", chosen.json, "Print one line of JSON");
    convert->callback([&chosen, conversion] {
        chosen.run = [&chosen, conversion] { return convert_model(*conversion, chosen.json); };
    });
}

void add_presets(CLI::App& models, Chosen& chosen)
{
    CLI::App* presets = models.add_subcommand(
        "presets", "List the published checkpoints that Lacuna knows, and where they are; it downloads none");
    const auto id = std::make_shared<std::string>();
    presets->add_option("id", *id, "Print all of this preset as JSON, for one of your own to start from");
    presets->add_flag("--json", chosen.json, "Print one line of JSON");
    presets->callback(
        [&chosen, id] { chosen.run = [&chosen, id] { return list_presets(*id, chosen.json); }; });
}

} // namespace

void add_models(CLI::App& app, Chosen& chosen)
{
    CLI::App* models = app.add_subcommand(
        "models", "Models of this installation, published checkpoints, and files with weights");
    models->require_subcommand(1);
    add_list(*models, chosen);
    add_inspect(*models, chosen);
    add_convert(*models, chosen);
    add_presets(*models, chosen);
    add_models_evaluate(*models, chosen);
}

} // namespace lacuna::cli
