// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <filesystem>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/commands/candidates.h"
#include "app/commands/commands.h"
#include "engine/core/device.h"
#include "engine/core/error.h"
#include "engine/core/picture_file.h"
#include "engine/metrics/niqe_fit.h"

namespace lacuna::cli {

namespace {

namespace fs = std::filesystem;

struct NiqeArguments {
    std::string folder{}, out{}, source{};
    TableForm form = TableForm::Text;
};

int run(const NiqeArguments& a)
{
    use_threads();
    if (!fs::is_directory(a.folder))
        throw Error(ErrorKind::Input, a.folder, "is not a folder", "Give a folder of undistorted pictures");
    std::vector<fs::path> files;
    for (const fs::directory_entry& entry :
         fs::recursive_directory_iterator(a.folder, fs::directory_options::skip_permission_denied))
        if (entry.is_regular_file())
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    NiqeFit fit;
    Pool refused; // only for its problems
    for (const fs::path& file : files)
        try {
            fit.add(niqe_luma(read_picture(file), Luma::Yiq));
        } catch (const Error& error) {
            refused.problems.push_back(file.string() + ": " + error.cause() + ". It was left out.");
        }
    const NiqeModel model = fit.model();
    write_niqe_model(a.out, model,
                     {{"pictures", std::to_string(fit.pictures())},
                      {"blocks", std::to_string(fit.blocks())},
                      {"source", a.source.empty() ? "estimated by lacuna-cli niqe fit" : a.source}});
    Table table{.columns = {"figure", "value"}};
    table.rows = {
        {std::string("pictures"), std::int64_t(fit.pictures())},
        {std::string("sharp blocks"), std::int64_t(fit.blocks())},
        {std::string("sum of the means"), Figure{model.mu.sum().item<double>(), 4}},
        {std::string("trace of the covariance"), Figure{model.covariance.trace().item<double>(), 4}}};
    print(table, a.form, {"Scores by these parameters do not compare with those by the published ones."},
          {{"file", a.out}, {"problems", refused.problems}});
    return report_problems(refused, a.form);
}

} // namespace

void add_niqe(CLI::App& app, Chosen& chosen)
{
    auto a = std::make_shared<NiqeArguments>();
    CLI::App* niqe = app.add_subcommand("niqe", "Parameters of the quality score NIQE");
    niqe->require_subcommand(1);
    CLI::App* command = niqe->add_subcommand("fit", "Estimate them from a folder of undistorted pictures");
    command->add_option("folder", a->folder, "Pictures of at least 192 x 96 pixels")->required();
    command->add_option("--out", a->out, "The safetensors file to write")->required();
    command->add_option("--source", a->source, "What the pictures are, kept in the file");
    add_table_forms(*command, a->form, chosen);
    command->callback([a, &chosen] { chosen.run = [a] { return run(*a); }; });
}

} // namespace lacuna::cli
