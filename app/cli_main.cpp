// SPDX-License-Identifier: GPL-3.0-or-later
// The command line: a table of commands, and the one place where exceptions become exit codes.
#include <iostream>
#include <new>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/commands/commands.h"
#include "app/startup.h"
#include "engine/core/error.h"

namespace lacuna::cli {

namespace {

int report(const Error& error, bool json)
{
    if (json)
        std::cerr << nlohmann::ordered_json{{"error", error.what()},      {"exit_code", error.exit_code()},
                                            {"subject", error.subject()}, {"cause", error.cause()},
                                            {"action", error.action()},   {"kept", error.kept()}}
                         .dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace)
                  << "\n";
    else
        std::cerr << "lacuna-cli: " << error.what() << "\n";
    return error.exit_code();
}

bool means_memory(const std::string& text)
{
    return text.find("allocate memory") != std::string::npos
           || text.find("out of memory") != std::string::npos;
}

int run(const Chosen& chosen)
{
    const Error no_memory(ErrorKind::Memory, "memory", "is not enough for this run",
                          "Lower --count or use a smaller hole");
    try {
        return chosen.run();
    } catch (const Error& error) {
        return report(error, chosen.json);
    } catch (const std::bad_alloc&) {
        return report(no_memory, chosen.json);
    } catch (const std::exception& error) {
        const std::string text = error.what();
        if (means_memory(text))
            return report(no_memory, chosen.json);
        return report(
            Error(ErrorKind::Internal, "engine", text.substr(0, text.find('\n')), "Please report it"),
            chosen.json);
    }
}

} // namespace

int main(int argc, char** argv)
{
    prepare_process();
    CLI::App app("Lacuna fills a hole in a picture in several meaningfully different ways.\n"
                 "Start with:  lacuna-cli fill PICTURE --mask MASK --out FOLDER",
                 "lacuna-cli");
    app.set_version_flag("--version", std::string("Lacuna ") + LACUNA_VERSION);
    app.require_subcommand(1);
    app.footer(
        "Exit codes: 0 done, 2 wrong usage, 3 input refused, 4 some members failed or differ, 5 memory,\n"
        "6 output cannot be written, 130 or 143 stopped by a signal with what was done kept.");
    Chosen chosen;
    add_fill(app, chosen);
    add_scenes(app, chosen);
    add_select(app, chosen);
    add_sweep(app, chosen);
    add_tree(app, chosen);
    add_metrics(app, chosen);
    add_tail(app, chosen);
    add_toy(app, chosen);
    add_import(app, chosen);
    add_niqe(app, chosen);
    add_verify(app, chosen);
    add_models(app, chosen);
    add_doctor(app, chosen);
    add_bench(app, chosen);
    add_study(app, chosen);
    add_train(app, chosen);
    add_benchmark(app, chosen);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0)
            return app.exit(error);
        std::cerr << "lacuna-cli: " << printable(error.what())
                  << ". Run with --help to see what is possible.\n";
        return static_cast<int>(ErrorKind::Usage);
    }
    return run(chosen);
}

} // namespace lacuna::cli

int main(int argc, char** argv)
{
    return lacuna::cli::main(argc, argv);
}
