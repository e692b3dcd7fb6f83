// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/bench_window.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include <unistd.h>

#include "engine/core/atomic_file.h"
#include "engine/core/default_recipe.h"
#include "engine/core/philox.h"
#include "engine/core/picture_file.h"
#include "engine/project/project_file.h"
#include "engine/scenes/examples.h"

namespace lacuna::cli {

namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

constexpr int wide = 12000, high = 9000;
constexpr int side = 256, candidates = 1000;

/// A folder that goes with everything in it.
class Folder {
public:
    Folder()
    {
        std::string name = (fs::temp_directory_path() / "lacuna-bench-XXXXXX").string();
        if (::mkdtemp(name.data()))
            path_ = name;
    }
    ~Folder()
    {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    const fs::path& path() const { return path_; }

private:
    fs::path path_{};
};

/// The example side by side, with 16 bits.
Picture large_picture()
{
    const Picture tile = render_example("meadow").picture;
    return make_picture(wide, high, 3, 16, [&](std::uint8_t* out) {
        for (int y = 0; y < high; ++y) {
            const std::uint8_t* row = tile.row(y % tile.height);
            for (int x = 0; x < wide; ++x)
                for (int c = 0; c < 3; ++c, out += 2) {
                    const auto value = static_cast<std::uint16_t>(257 * row[3 * (x % tile.width) + c]);
                    std::memcpy(out, &value, 2);
                }
        }
    });
}

Mask square_holes(int width, int height, int holes, int hole)
{
    Mask mask(width, height);
    for (int i = 0; i < holes; ++i) {
        const int x = (2 * i + 1) * width / (2 * holes) - hole / 2;
        for (int y = height / 2 - hole / 2; y < height / 2 + hole / 2; ++y)
            std::fill_n(&mask.values[std::size_t(y) * width + x], hole, 255);
    }
    return mask;
}

/// Candidates as a network makes them: a patch of the whole picture each, with the features of a pool.
Project large_project()
{
    Project project;
    project.id = "0123456789abcdef0123456789abcdef";
    project.picture_name = "meadow.png";
    project.picture = crop(render_example("meadow").picture, 0, 0, side, side);
    project.picture_file = std::make_shared<const std::vector<std::uint8_t>>(encode_png(project.picture));
    const auto hole = std::make_shared<const Mask>(square_holes(side, side, 1, side / 2));
    project.masks.push_back({"", hole, 1});
    CompletionSet set;
    set.recipe = default_recipe();
    set.recipe.pool = candidates;
    CandidatePool pool{.columns = 25};
    pool.features.resize(std::size_t(candidates) * 25);
    standard_normals({.seed = 7}, pool.features.data(), pool.features.size());
    for (int i = 0; i < candidates; ++i) {
        Completion one{.member = i};
        one.patches.push_back({0, 0, make_picture(side, side, 3, 8, [&](std::uint8_t* out) {
                                   for (std::size_t k = 0; k < std::size_t(3) * side * side; ++k)
                                       out[k] = static_cast<std::uint8_t>((*project.picture.bytes)[k] / 2
                                                                          + (i * 7 + k / 48) % 120);
                               })});
        pool.candidates.push_back(std::move(one));
    }
    set.completions = pool.candidates;
    set.pool = std::make_shared<const CandidatePool>(std::move(pool));
    project.sets.push_back({1, hole, std::make_shared<const CompletionSet>(std::move(set)), {}});
    return project;
}

} // namespace

Json ask_application(const std::string& options)
{
    const fs::path application = fs::read_symlink("/proc/self/exe").parent_path() / "lacuna";
    if (!fs::exists(application))
        return {{"note", "the application is not built"}};
    const std::string command =
        "QT_QPA_PLATFORM=offscreen '" + application.string() + "' " + options + " 2>/dev/null";
    std::string output;
    if (FILE* pipe = ::popen(command.c_str(), "r")) {
        char buffer[256];
        while (std::fgets(buffer, sizeof buffer, pipe))
            output += buffer;
        ::pclose(pipe);
    }
    const Json json = Json::parse(output, nullptr, false);
    return json.is_discarded() ? Json{{"note", "the application gave no figures"}} : json;
}

Json bench_window()
{
    const Folder folder;
    const auto file = [&](const char* name) { return (folder.path() / name).string(); };
    for (const char* variable : {"XDG_STATE_HOME", "XDG_CONFIG_HOME"}) // those of the person stay as they are
        ::setenv(variable, file("state").c_str(), 1);
    write_file(file("large.png"), encode_png(large_picture()));
    write_file(file("holes.png"), encode_png(square_holes(wide, high, 3, 200)));
    save_project(file("pool.lacuna"), large_project());
    ask_application("--bench-window"); // warm: its libraries are in memory
    return {{"empty", ask_application("--bench-window")},
            {"example", ask_application("--bench-window --example meadow")},
            {"large_picture", ask_application("--bench-window --mask '" + file("holes.png") + "' '"
                                              + file("large.png") + "'")},
            {"project_of_1000", ask_application("--bench-window '" + file("pool.lacuna") + "'")}};
}

} // namespace lacuna::cli
