// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <iostream>
#include <memory>
#include <system_error>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/commands/commands.h"
#include "engine/core/atomic_file.h"
#include "engine/core/error.h"
#include "engine/core/parallel.h"
#include "engine/core/picture_file.h"
#include "engine/core/picture_grid.h"
#include "engine/core/text.h"
#include "engine/scenes/worlds/moving_digits.h"
#include "engine/scenes/worlds/world.h"

namespace lacuna::cli {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using scenes::Attributes;
using scenes::World;

const std::string digits_world = "moving-digits";

struct SceneOrder {
    std::string world{}, out{};
    int count = 10;
    std::uint64_t seed = 1;
    int size = 256;
    std::vector<std::string> set{}; ///< attribute=value
    std::string variant = "horizontal";
    int length = 16;
    double right = 0.5;
    bool force = false;
};

std::string numbered(int index)
{
    const std::string digits = std::to_string(index + 1);
    return std::string(digits.size() < 6 ? 6 - digits.size() : 0, '0') + digits;
}

/// A folder that holds no scenes yet, or whose scenes may be replaced.
void prepare_folder(const fs::path& folder, bool force)
{
    std::error_code error;
    fs::create_directories(folder, error);
    if (error || !fs::is_directory(folder))
        throw Error(ErrorKind::Output, folder.string(), "cannot be made a folder: " + error.message(),
                    "Choose another --out folder");
    if (fs::exists(folder / "truth.json") && !force)
        throw Error(ErrorKind::Output, folder.string(), "holds scenes already",
                    "Choose another --out folder, or write over them with --force");
    fs::remove(folder / "truth.json", error);
}

/// Pairs of attribute and value that all scenes shall have.
std::vector<std::pair<int, int>> fixed_values(const World& world, const std::vector<std::string>& pairs)
{
    std::vector<std::pair<int, int>> fixed;
    for (const std::string& pair : pairs) {
        const std::size_t equals = pair.find('=');
        const int attribute = world.attribute_index(pair.substr(0, equals));
        const auto& values = world.attributes()[std::size_t(attribute)].values;
        const std::string wanted = equals == std::string::npos ? "" : pair.substr(equals + 1);
        const auto found = std::find_if(values.begin(), values.end(),
                                        [&](const scenes::AttributeValue& v) { return v.name == wanted; });
        if (found == values.end()) {
            std::vector<std::string> names;
            for (const scenes::AttributeValue& value : values)
                names.push_back(value.name);
            throw Error(ErrorKind::Usage, "--set " + printable(pair), "names no value of this attribute",
                        "Choose one of: " + joined(names));
        }
        fixed.emplace_back(attribute, int(found - values.begin()));
    }
    return fixed;
}

Json declared(const World& world)
{
    Json attributes = Json::array();
    for (const scenes::Attribute& attribute : world.attributes()) {
        Json values = Json::array();
        for (const scenes::AttributeValue& value : attribute.values)
            values.push_back({{"name", value.name}, {"probability", value.probability}});
        attributes.push_back({{"name", attribute.name}, {"mask", attribute.mask}, {"values", values}});
    }
    return attributes;
}

/// Writes one scene with all its masks; what is true of it.
Json write_scene(const World& world, const SceneOrder& order, const Attributes& attributes,
                 std::uint64_t seed, const std::string& number)
{
    const fs::path folder = order.out;
    write_file(folder / (number + ".png"), encode_png(world.render(seed, attributes, order.size)));
    Json values, masks;
    for (std::size_t i = 0; i < attributes.size(); ++i)
        values[world.attributes()[i].name] = world.attributes()[i].values[std::size_t(attributes[i])].name;
    for (const std::string& mask : world.masks()) {
        const std::string file = "masks/" + number + "-" + mask + ".png";
        write_file(folder / file, encode_png(world.mask(seed, mask, order.size)));
        masks[mask] = file;
    }
    return {{"file", number + ".png"}, {"seed", seed}, {"attributes", values}, {"masks", masks}};
}

/// The first scenes side by side.
Picture sheet_of(const std::vector<Picture>& pictures)
{
    return picture_grid(pictures, 8, std::max(2, pictures[0].width / 32));
}

constexpr int most_on_a_sheet = 40;

int render_world(const World& world, const SceneOrder& order)
{
    const auto fixed = fixed_values(world, order.set);
    prepare_folder(order.out, order.force);
    fs::create_directories(fs::path(order.out) / "masks");
    std::vector<Json> truths(static_cast<std::size_t>(order.count));
    std::vector<Picture> shown(static_cast<std::size_t>(std::min(order.count, most_on_a_sheet)));
    parallel_for(truths.size(), 1, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            const std::uint64_t seed = order.seed + i;
            Attributes attributes = world.draw(seed);
            for (const auto& [attribute, value] : fixed)
                attributes[std::size_t(attribute)] = value;
            truths[i] = write_scene(world, order, attributes, seed, numbered(int(i)));
            if (i < shown.size())
                shown[i] = world.render(seed, attributes, order.size);
        }
    });
    const fs::path folder = order.out;
    write_file(folder / "sheet.png", encode_png(sheet_of(shown)));
    write_file(folder / "truth.json", Json{{"schema", 1},
                                           {"world", world.name()},
                                           {"size", order.size},
                                           {"attributes", declared(world)},
                                           {"pictures", truths}}
                                              .dump(1)
                                          + "\n");
    return 0;
}

Json write_film(const scenes::DigitFilm& film, const fs::path& folder, const std::string& name,
                std::uint64_t seed)
{
    fs::create_directories(folder / name);
    Json corners = Json::array(), frames = Json::array();
    for (std::size_t t = 0; t < film.frames.size(); ++t) {
        const std::string file = name + "/frame-" + numbered(int(t)).substr(3) + ".png";
        write_file(folder / file, encode_png(film.frames[t]));
        frames.push_back(file);
        corners.push_back({film.path.corners[t].x, film.path.corners[t].y});
    }
    return {{"seed", seed},
            {"digit", film.digit},
            {"frames", frames},
            {"corners", corners},
            {"changes", film.path.changes}};
}

int render_digits(const SceneOrder& order)
{
    const scenes::DigitVariant variant = scenes::find_digit_variant(order.variant);
    prepare_folder(order.out, order.force);
    Json films = Json::array();
    std::vector<Picture> shown;
    const scenes::DigitFilmOptions options{.right = order.right, .side = order.size};
    for (int i = 0; i < order.count; ++i) {
        const std::uint64_t seed = order.seed + std::uint64_t(i);
        const auto film = scenes::render_film(variant, seed, order.length, options);
        films.push_back(write_film(film, order.out, "film-" + numbered(i), seed));
        for (int t = 0; t < 8 && int(shown.size()) < most_on_a_sheet; ++t)
            shown.push_back(to_rgb8(film.frames[std::size_t(std::min(t, order.length - 1))]));
    }
    const fs::path folder = order.out;
    write_file(folder / "sheet.png", encode_png(sheet_of(shown)));
    write_file(folder / "truth.json", Json{{"schema", 1},
                                           {"world", digits_world},
                                           {"variant", order.variant},
                                           {"right", order.right},
                                           {"size", order.size},
                                           {"films", films}}
                                              .dump(1)
                                          + "\n");
    return 0;
}

} // namespace

void add_scenes(CLI::App& app, Chosen& chosen)
{
    CLI::App* scenes_command = app.add_subcommand(
        "scenes", "Render pictures of a world whose truth is known, with masks and truth.json");
    const auto order = std::make_shared<SceneOrder>();
    std::string worlds;
    for (const std::string& name : scenes::world_names())
        worlds += name + ", ";
    scenes_command->add_option("world", order->world, worlds + "or " + digits_world)->required();
    scenes_command->add_option("--out", order->out, "The folder to write")->required();
    scenes_command->add_option("--count", order->count, "Number of scenes (default 10)")
        ->check(CLI::Range(1, 1000000));
    scenes_command->add_option("--seed", order->seed,
                               "Seed of the first scene; the next ones follow (default 1)");
    scenes_command->add_option("--size", order->size, "Side in pixels (default 256; digits: 32 or 64)")
        ->check(CLI::Range(32, 512));
    scenes_command->add_option("--set", order->set,
                               "ATTRIBUTE=VALUE of all scenes instead of a drawn one; repeatable");
    scenes_command->add_option("--variant", order->variant,
                               "Of moving digits: middle, free, circle or horizontal (default)");
    scenes_command->add_option("--length", order->length, "Of moving digits: frames of a film (default 16)")
        ->check(CLI::Range(1, 1000));
    scenes_command
        ->add_option("--right", order->right,
                     "Of horizontal moving digits: probability of turning right (default 0.5)")
        ->check(CLI::Range(0.0, 1.0));
    scenes_command->add_flag("--force", order->force, "Write over scenes that are there");
    scenes_command->add_flag("--json", chosen.json, "Print errors as one line of JSON");
    scenes_command->callback([&chosen, order, scenes_command] {
        chosen.run = [order, scenes_command] {
            if (order->world != digits_world)
                return render_world(scenes::find_world(order->world), *order);
            if (scenes_command->count("--size") == 0)
                order->size = 32;
            return render_digits(*order);
        };
    });
}

} // namespace lacuna::cli
