// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstdlib>
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

namespace lacuna::cli {

namespace {

struct Difference {
    std::string file{};
    bool same_bytes = false;
    std::size_t samples = 0; ///< that differ
    int largest = 0;         ///< in levels of 255 (16-bit pictures are compared after rounding)
};

Difference compare(const SetFolder& folder, const StoredCompletion& stored, const FillRequest& request,
                   const CompletionSet& again)
{
    const Picture& picture = canvas(request, again);
    Difference difference{.file = stored.file};
    const auto index =
        static_cast<std::size_t>(std::find_if(again.completions.begin(), again.completions.end(),
                                              [&](const Completion& c) { return c.member == stored.member; })
                                 - again.completions.begin());
    if (index == again.completions.size() || again.completions[index].patches.empty()) {
        difference.samples = std::size_t(picture.width) * picture.height * picture.channels;
        difference.largest = 255;
        return difference;
    }
    const auto file = read_file(folder.path / stored.file);
    const Picture rerun =
        composite(picture, canvas_hole(request, again), again.completions[index], again.recipe.soft_edge);
    difference.same_bytes = file == encode_png(rerun, completion_texts(picture, again, index));
    const Picture before = to_rgb8(decode_picture(file, stored.file)), after = to_rgb8(rerun);
    if (before.width != after.width || before.height != after.height)
        throw Error(ErrorKind::Input, (folder.path / stored.file).string(),
                    "has another size than picture.png", "Make the set again with 'lacuna-cli fill --force'");
    for (std::size_t i = 0; i < after.bytes->size(); ++i) {
        const int d = std::abs((*before.bytes)[i] - (*after.bytes)[i]);
        difference.samples += d != 0;
        difference.largest = std::max(difference.largest, d);
    }
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

int verify(const std::string& path, int threads, bool json)
{
    const SetFolder folder{path};
    const StoredSet set = read_set(folder);
    const Picture picture = read_picture(folder.picture());
    const Mask mask = read_mask(folder.mask());
    require_same_input(set, picture, mask, folder);
    if (set.completions.empty()
        || std::any_of(set.completions.begin(), set.completions.end(),
                       [](const auto& c) { return !c.finished; }))
        throw Error(ErrorKind::Input, path,
                    "holds a set that was stopped before its end, which cannot be repeated",
                    "Make the set again with 'lacuna-cli fill --force'");

    const StopSignals signals;
    const auto session = make_fill_session(threads);
    const FillRequest request{.picture = picture,
                              .mask = mask,
                              .recipe = set.recipe,
                              .condition = read_condition(set, folder),
                              .preview_longest = 0};
    CompletionSet again;
    {
        ProgressLine line;
        again = session->fill(
            request, [&](const Progress& progress) { line.show(progress); }, signals.token());
    }
    if (signals.exit_code() != 0)
        return signals.exit_code();

    bool exact = true;
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    const bool same_build =
        again.recipe.version == set.recipe.version && again.recipe.model_sha256 == set.recipe.model_sha256;
    if (!json && !same_build)
        std::cout << "The set was made by another version of Lacuna or of the model; differences are to be "
                     "expected.\n";
    for (const StoredCompletion& stored : set.completions) {
        const Difference d = compare(folder, stored, request, again);
        exact = exact && d.same_bytes;
        list.push_back({{"file", d.file},
                        {"exact", d.same_bytes},
                        {"samples_different", d.samples},
                        {"largest_difference", d.largest}});
        if (!json)
            std::cout << d.file
                      << (d.same_bytes     ? ": exact, byte for byte"
                          : d.samples == 0 ? ": same pixels, other metadata"
                                           : ": " + std::to_string(d.samples) + " samples differ, by at most "
                                                 + std::to_string(d.largest) + " levels")
                      << "\n";
    }
    if (json)
        std::cout << nlohmann::ordered_json{{"exact", exact},
                                            {"same_version", same_build},
                                            {"completions", list}}
                         .dump()
                  << "\n";
    return exact ? 0 : static_cast<int>(ErrorKind::SomeFailed);
}

} // namespace

void add_verify(CLI::App& app, Chosen& chosen)
{
    struct Arguments {
        std::string folder;
        int threads = 0;
    };
    auto a = std::make_shared<Arguments>();
    CLI::App* command =
        app.add_subcommand("verify", "Run the recipe of a set again and compare byte for byte");
    command->add_option("folder", a->folder, "Folder written by 'fill'")->required();
    command->add_option("--threads", a->threads, "Processor threads; 0: all")
        ->check(CLI::Range(0, 1024))
        ->capture_default_str();
    command->add_flag("--json", chosen.json, "Print the result as one line of JSON");
    command->footer("Exit code 0: every file is reproduced exactly; 4: differences, listed per completion.");
    command->callback(
        [a, &chosen] { chosen.run = [a, &chosen] { return verify(a->folder, a->threads, chosen.json); }; });
}

} // namespace lacuna::cli
