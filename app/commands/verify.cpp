// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/commands/commands.h"
#include "app/commands/console.h"
#include "app/commands/stop_signals.h"
#include "engine/core/atomic_file.h"
#include "engine/core/error.h"
#include "engine/fill/fill_session.h"
#include "engine/fill/set_folder.h"
#include "engine/project/png_recipe.h"
#include "engine/session/reproduction.h"

namespace lacuna::cli {

namespace {

struct Difference {
    std::string file{};
    bool same_bytes = false;
    Reproduced samples{};
};

Difference compare_file(const std::filesystem::path& path, int member, const FillRequest& request,
                        const CompletionSet& again)
{
    const auto file = read_file(path);
    const Picture kept = decode_picture(file, path.string());
    if (kept.width != canvas(request, again).width || kept.height != canvas(request, again).height)
        throw Error(ErrorKind::Input, path.string(), "has another size than picture.png",
                    "Make the set again with 'lacuna-cli fill --force'");
    Difference difference{.file = path.filename().string(), .samples = compare(kept, member, request, again)};
    for (std::size_t i = 0; i < again.completions.size() && difference.samples.exact(); ++i)
        if (again.completions[i].member == member)
            difference.same_bytes =
                file == encode_png(kept, completion_texts(canvas(request, again), again, i));
    return difference;
}

void require_same_input(const StoredSet& set, const Picture& picture, const Mask& mask,
                        const SetFolder& folder)
{
    if (content_hash(picture) != set.recipe.picture_sha256)
        throw Error(ErrorKind::Input, folder.picture().string(), "is not the picture of the recipe",
                    "Put the picture back that the set was made from");
    if (content_hash(mask) != set.recipe.mask_sha256)
        throw Error(ErrorKind::Input, folder.mask().string(), "is not the mask of the recipe",
                    "Put the mask back that the set was made with");
}

/// The pictures that the model was given beside the noisy one.
std::vector<Picture> read_condition(const StoredSet& set, const SetFolder& folder)
{
    std::vector<Picture> condition;
    for (const std::string& hash : set.recipe.condition_sha256) {
        const auto file = folder.condition(condition.size());
        condition.push_back(read_picture(file));
        if (content_hash(condition.back()) != hash)
            throw Error(ErrorKind::Input, file.string(), "is not the condition of the recipe",
                        "Put the picture back that the set was made with");
    }
    return condition;
}

struct Arguments {
    std::string path{}, device{};
    int threads = 0;
    bool json = false;
};

std::string place(const Maker& maker)
{
    return maker.device.empty() ? "the processor"
                                : maker.device + (maker.precision.empty() ? "" : " in " + maker.precision);
}

/// Where a set runs again: where it was made, or where that is not here, on the processor.
Maker place_of(const Arguments& a, const Recipe& recipe)
{
    if (!a.device.empty())
        return {.device = a.device};
    Maker made = maker_of(recipe);
    for (const DeviceInfo& device : make_fill_session(a.threads, "cpu")->devices())
        if (device.id == made.device)
            return made;
    return {};
}

CompletionSet run_again(const Arguments& a, const FillRequest& request, const StopSignals& signals)
{
    const Maker where = place_of(a, request.recipe);
    const auto session = make_fill_session(a.threads, where.device.empty() ? "cpu" : where.device,
                                           where.precision.empty() ? "float" : where.precision);
    ProgressLine line;
    return session->fill(
        request, [&](const Progress& progress) { line.show(progress); }, signals.token());
}

/// What makes differences likely, as sentences.
void print_reasons(const Recipe& before, const Recipe& now)
{
    const Maker made = maker_of(before), here = maker_of(now);
    if (made.version != here.version || before.model_sha256 != now.model_sha256)
        std::cout << "The set was made by another version of Lacuna or of the model; differences are to be "
                     "expected.\n";
    if (made.device != here.device || made.precision != here.precision)
        std::cout << "The set was made on " << place(made) << ", and ran again on " << place(here)
                  << "; devices round differently, so differences are to be expected.\n";
}

std::string sentence(const Difference& d)
{
    if (!d.samples.made)
        return "the second run has no such member";
    if (d.samples.samples > 0)
        return std::to_string(d.samples.samples) + " samples differ, by at most "
               + std::to_string(d.samples.largest) + " levels";
    return d.same_bytes ? "exact, byte for byte" : "same pixels, other metadata";
}

/// Prints what was found. A file that is no set of its own is judged by its pixels: programs write metadata in
/// different ways.
int report(const Arguments& a, const std::vector<Difference>& differences, bool by_bytes,
           const Recipe& before, const Recipe& now)
{
    const auto is_exact = [by_bytes](const Difference& d) {
        return d.samples.exact() && (d.same_bytes || !by_bytes);
    };
    const bool exact = std::all_of(differences.begin(), differences.end(), is_exact);
    const Maker made = maker_of(before), here = maker_of(now);
    if (!a.json) {
        print_reasons(before, now);
        for (const Difference& d : differences)
            std::cout << d.file << ": "
                      << (by_bytes || d.samples.samples > 0 || !d.samples.made ? sentence(d)
                                                                               : "exact, every sample")
                      << "\n";
        return exact ? 0 : static_cast<int>(ErrorKind::SomeFailed);
    }
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const Difference& d : differences)
        list.push_back({{"file", d.file},
                        {"exact", is_exact(d)},
                        {"samples_different", d.samples.samples},
                        {"largest_difference", d.samples.largest}});
    std::cout << nlohmann::ordered_json{{"exact", exact},
                                        {"same_version", made.version == here.version
                                                             && before.model_sha256 == now.model_sha256},
                                        {"made_on", place(made)},
                                        {"ran_on", place(here)},
                                        {"completions", list}}
                     .dump()
              << "\n";
    return exact ? 0 : static_cast<int>(ErrorKind::SomeFailed);
}

/// A PNG file that carries its recipe and its hole: what it shows of known pixels is enough to run it again.
int verify_picture(const Arguments& a)
{
    const auto file = read_file(a.path);
    const Picture picture = decode_picture(file, a.path);
    const auto carried = find_recipe(read_png_texts(file, a.path), picture.width, picture.height, a.path);
    if (!carried || !carried->hole || carried->recipe.soft_edge > 0)
        throw Error(ErrorKind::Input, a.path,
                    !carried         ? "carries no recipe of Lacuna"
                    : !carried->hole ? "carries no hole: only exports of the window with everything do"
                                     : "has a hole with a soft edge, under which the picture is not known",
                    "Use the folder of its set, or its project");
    const StopSignals signals;
    const FillRequest request{
        .picture = picture, .mask = *carried->hole, .recipe = carried->recipe, .preview_longest = 0};
    const CompletionSet again = run_again(a, request, signals);
    if (signals.exit_code() != 0)
        return signals.exit_code();
    return report(a, {compare_file(a.path, carried->member, request, again)}, false, carried->recipe,
                  again.recipe);
}

int verify_folder(const Arguments& a)
{
    const SetFolder folder{a.path};
    const StoredSet set = read_set(folder);
    const Picture picture = read_picture(folder.picture());
    const Mask mask = read_mask(folder.mask());
    require_same_input(set, picture, mask, folder);
    if (set.completions.empty()
        || std::any_of(set.completions.begin(), set.completions.end(),
                       [](const auto& c) { return !c.finished; }))
        throw Error(ErrorKind::Input, a.path,
                    "holds a set that was stopped before its end, which cannot be repeated",
                    "Make the set again with 'lacuna-cli fill --force'");

    const StopSignals signals;
    const FillRequest request{.picture = picture,
                              .mask = mask,
                              .recipe = set.recipe,
                              .condition = read_condition(set, folder),
                              .preview_longest = 0};
    const CompletionSet again = run_again(a, request, signals);
    if (signals.exit_code() != 0)
        return signals.exit_code();
    std::vector<Difference> differences;
    for (const StoredCompletion& stored : set.completions)
        differences.push_back(compare_file(folder.path / stored.file, stored.member, request, again));
    return report(a, differences, true, set.recipe, again.recipe);
}

} // namespace

void add_verify(CLI::App& app, Chosen& chosen)
{
    auto a = std::make_shared<Arguments>();
    CLI::App* command =
        app.add_subcommand("verify", "Run the recipe of a set again and compare byte for byte");
    command
        ->add_option("set", a->path,
                     "Folder written by 'fill', or a PNG file that carries its recipe and its hole, which is "
                     "compared by its pixels")
        ->required();
    command->add_option("--threads", a->threads, "Processor threads; 0: all")
        ->check(CLI::Range(0, 1024))
        ->capture_default_str();
    command->add_option("--device", a->device,
                        "Where the network runs: cpu, cuda or cuda:N (default: where the set was made, or "
                        "where that is not here, cpu)");
    command->add_flag("--json", chosen.json, "Print the result as one line of JSON");
    command->footer("Exit code 0: every file is reproduced exactly; 4: differences, listed per completion.");
    command->callback([a, &chosen] {
        chosen.run = [a, &chosen] {
            a->json = chosen.json;
            return std::filesystem::is_regular_file(a->path) ? verify_picture(*a) : verify_folder(*a);
        };
    });
}

} // namespace lacuna::cli
