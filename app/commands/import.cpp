// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>
#include <system_error>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/commands/candidates.h"
#include "app/commands/commands.h"
#include "engine/core/atomic_file.h"
#include "engine/core/error.h"
#include "engine/core/picture_file.h"

namespace lacuna::cli {

namespace {

namespace fs = std::filesystem;

struct ImportArguments {
    PoolArguments pool{};
    std::string out{}, picture{};
    std::optional<std::uint64_t> seed{};
    bool guided = false, force = false;
    TableForm form = TableForm::Text;
};

std::string numbered(std::size_t index)
{
    const std::string digits = std::to_string(index + 1);
    return "candidate-" + std::string(digits.size() < 4 ? 4 - digits.size() : 0, '0') + digits + ".png";
}

void prepare(const fs::path& folder, bool force)
{
    std::error_code error;
    fs::create_directories(folder, error);
    if (error || !fs::is_directory(folder))
        throw Error(ErrorKind::Output, folder.string(), "cannot be made a folder: " + error.message(),
                    "Choose another --out folder");
    if (!fs::is_empty(folder) && !(force && fs::exists(folder / "pool.json")))
        throw Error(ErrorKind::Output, folder.string(), "is not empty",
                    "Choose another --out folder, or replace a pool with --force");
    for (const fs::directory_entry& entry : fs::directory_iterator(folder))
        if (entry.path().filename().string().starts_with("candidate-"))
            fs::remove(entry.path(), error); // a smaller pool leaves nothing of a larger one
    fs::remove(folder / "pool.json", error);
}

int run(const ImportArguments& a)
{
    Pool pool = read_pool(a.pool);
    const fs::path out = a.out;
    if (fs::exists(out) && !pool.folder.empty() && fs::equivalent(out, pool.folder))
        throw Error(ErrorKind::Usage, "--out " + a.out, "is the folder of the candidates itself",
                    "Choose another folder", "Nothing was run.");
    if (!a.picture.empty())
        pool.original = read_picture(a.picture);
    if (pool.original
        && (pool.original->width != pool.hole.width || pool.original->height != pool.hole.height))
        throw Error(ErrorKind::Input, a.picture, "has another size than the candidates",
                    "Use the picture that the candidates were made for");
    prepare(out, a.force);
    Table table{.columns = {"candidate", "from", "set"}};
    for (std::size_t i = 0; i < pool.candidates.size(); ++i) {
        Candidate& candidate = pool.candidates[i];
        const std::string from = candidate.file;
        candidate.file = numbered(i);
        candidate.guided = candidate.guided || a.guided;
        if (a.seed)
            candidate.seed = a.seed;
        write_file(out / candidate.file, encode_png(pool.pictures[i], {{"Source", from}}));
        table.rows.push_back({candidate.file, from, candidate.set});
    }
    write_file(out / "mask.png", encode_png(pool.hole));
    if (pool.original)
        write_file(out / "picture.png", encode_png(*pool.original));
    write_file(out / "pool.json", pool_json(pool.candidates));
    print(table, a.form, {std::to_string(pool.candidates.size()) + " candidates in " + a.out + "."},
          {{"folder", a.out}, {"problems", pool.problems}});
    return report_problems(pool, a.form);
}

} // namespace

void add_import(CLI::App& app, Chosen& chosen)
{
    auto a = std::make_shared<ImportArguments>();
    CLI::App* command =
        app.add_subcommand("import", "Make a pool of candidates that another program painted");
    add_pool_options(*command, a->pool);
    command->add_option("--out", a->out, "Folder of the new pool")->required();
    command->add_option("--picture", a->picture, "The picture with the hole, to check known pixels");
    command->add_option("--seed", a->seed, "The seed of their set, where it is known");
    command->add_flag("--guided", a->guided, "They were made with diversity guidance");
    command->add_flag("--force", a->force, "Replace a pool in the --out folder");
    add_table_forms(*command, a->form, chosen);
    command->callback([a, &chosen] { chosen.run = [a] { return run(*a); }; });
}

} // namespace lacuna::cli
