// SPDX-License-Identifier: GPL-3.0-or-later
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/commands/commands.h"
#include "app/commands/model_files.h"
#include "engine/fill/fill_session.h"

namespace lacuna::cli {

namespace {

int list_models(bool as_json)
{
    nlohmann::ordered_json json = nlohmann::ordered_json::array();
    for (const ModelInfo& model : make_fill_session(1)->models()) {
        json.push_back({{"id", model.id}, {"name", model.name}, {"description", model.description}});
        if (!as_json)
            std::cout << model.id << "\t" << model.name << "\n\t" << model.description << "\n";
    }
    if (as_json)
        std::cout << json.dump() << "\n";
    return 0;
}

void add_list(CLI::App& models, Chosen& chosen)
{
    CLI::App* list = models.add_subcommand("list", "List the models with what each is for");
    list->add_flag("--json", chosen.json, "Print one line of JSON");
    list->callback([&chosen] { chosen.run = [&chosen] { return list_models(chosen.json); }; });
}

void add_inspect(CLI::App& models, Chosen& chosen)
{
    CLI::App* inspect = models.add_subcommand(
        "inspect", "Say what a checkpoint file holds; nothing in it is run and no values are read");
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
    CLI::App* convert =
        models.add_subcommand("convert", "Write the tensors of a checkpoint as a safetensors file");
    const auto conversion = std::make_shared<Conversion>();
    convert->add_option("input", conversion->input, "A .pt, .pth, .ckpt or .safetensors file")->required();
    convert->add_option("output", conversion->output, "The .safetensors file to write")->required();
    convert->add_flag("--half", conversion->half, "Store float32 and float64 as float16");
    convert->add_option("--licence", conversion->licence, "A note on the licence of the weights");
    convert->add_option("--architecture", conversion->architecture, "A note on the network they are for");
    convert->add_flag("--force", conversion->force, "Replace a file that is there already");
    convert->add_flag("--json", chosen.json, "Print one line of JSON");
    convert->callback([&chosen, conversion] {
        chosen.run = [&chosen, conversion] { return convert_model(*conversion, chosen.json); };
    });
}

} // namespace

void add_models(CLI::App& app, Chosen& chosen)
{
    CLI::App* models = app.add_subcommand("models", "Models of this installation, and files with weights");
    models->require_subcommand(1);
    add_list(*models, chosen);
    add_inspect(*models, chosen);
    add_convert(*models, chosen);
}

} // namespace lacuna::cli
