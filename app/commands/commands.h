// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>

namespace CLI {
class App;
}

namespace lacuna::cli {

/// What the chosen command leaves for main(): its work, run after parsing, and how to print errors.
struct Chosen {
    std::function<int()> run{}; ///< returns the exit code; throws Error
    bool json = false;
};

void add_fill(CLI::App& app, Chosen&);
void add_scenes(CLI::App& app, Chosen&);
void add_select(CLI::App& app, Chosen&);
void add_sweep(CLI::App& app, Chosen&);
void add_tree(CLI::App& app, Chosen&);
void add_metrics(CLI::App& app, Chosen&);
void add_tail(CLI::App& app, Chosen&);
void add_toy(CLI::App& app, Chosen&);
void add_import(CLI::App& app, Chosen&);
void add_niqe(CLI::App& app, Chosen&);
void add_verify(CLI::App& app, Chosen&);
void add_models(CLI::App& app, Chosen&);
void add_doctor(CLI::App& app, Chosen&);
void add_bench(CLI::App& app, Chosen&);
void add_study(CLI::App& app, Chosen&);
void add_train(CLI::App& app, Chosen&);
void add_benchmark(CLI::App& app, Chosen&);
/// A subcommand of `models`.
void add_models_evaluate(CLI::App& models, Chosen&);

} // namespace lacuna::cli
