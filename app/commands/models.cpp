// SPDX-License-Identifier: GPL-3.0-or-later
#include <iostream>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/commands/commands.h"
#include "engine/fill/fill_session.h"

namespace lacuna::cli {

void add_models(CLI::App& app, Chosen& chosen)
{
    CLI::App* models = app.add_subcommand("models", "Dataset models of this installation");
    models->require_subcommand(1);
    CLI::App* list = models->add_subcommand("list", "List the models with what each is for");
    list->add_flag("--json", chosen.json, "Print one line of JSON");
    list->callback([&chosen] {
        chosen.run = [&chosen] {
            nlohmann::ordered_json json = nlohmann::ordered_json::array();
            for (const ModelInfo& model : make_fill_session(1)->models()) {
                json.push_back({{"id", model.id}, {"name", model.name}, {"description", model.description}});
                if (!chosen.json)
                    std::cout << model.id << "\t" << model.name << "\n\t" << model.description << "\n";
            }
            if (chosen.json)
                std::cout << json.dump() << "\n";
            return 0;
        };
    });
}

} // namespace lacuna::cli
