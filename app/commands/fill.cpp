// SPDX-License-Identifier: GPL-3.0-or-later
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "app/commands/commands.h"
#include "app/commands/console.h"
#include "app/commands/set_folder.h"
#include "app/commands/stop_signals.h"
#include "engine/core/error.h"
#include "engine/core/picture_file.h"
#include "engine/fill/fill_session.h"

namespace lacuna::cli {

namespace {

struct FillArguments {
    std::string picture, mask, out, mask_white = "hole", eta, bound;
    Recipe recipe = default_recipe();
    int threads = 0;
    bool force = false;
    bool* json = nullptr;
};

FillRequest make_request(const FillArguments& a)
{
    FillRequest request{.recipe = a.recipe, .preview_longest = 0};
    if (!a.eta.empty())
        request.recipe.eta = parse_number("--eta", a.eta);
    if (!a.bound.empty())
        request.recipe.bound = parse_bound(a.bound);
    validate(request.recipe);
    request.picture = read_picture(a.picture);
    request.mask = read_mask(a.mask, a.mask_white == "known");
    if (request.mask.width != request.picture.width || request.mask.height != request.picture.height)
        throw Error(ErrorKind::Input, a.mask,
                    "is " + std::to_string(request.mask.width) + " x " + std::to_string(request.mask.height)
                        + " pixels, the picture " + std::to_string(request.picture.width) + " x "
                        + std::to_string(request.picture.height),
                    "Use a mask of the picture's size");
    return request;
}

void print(const SetFolder& folder, const FillRequest& request, const CompletionSet& set)
{
    const double hole = 100.0 * double(request.mask.hole_pixels()) / double(request.mask.values.size());
    std::cout << "Hole: " << fixed(hole, 1) << " % of the picture. "
              << (set.stopped ? "Stopped after " : "Filled in ") << fixed(set.seconds, 1) << " s.\n";
    std::size_t changed = 0;
    for (const Completion& c : set.completions) {
        if (!c.problem.empty()) {
            std::cout << "  member " << c.member + 1 << " " << c.problem << "\n";
            continue;
        }
        changed +=
            known_pixels_changed(request.picture, composite(request.picture, request.mask, c), request.mask);
        std::cout << "  member " << c.member + 1 << (c.finished ? "" : " (unfinished)") << ": nearest mate "
                  << fixed(c.nearest_gray, 1) << " grey levels, seam " << fixed(c.seam, 2) << "\n";
    }
    std::cout << "Mean distance between completions: " << fixed(set.mean_distance_gray, 1)
              << " grey levels (root mean square in the hole).\n"
              << "Known samples changed: " << changed << ".\n"
              << "Contact sheet: " << folder.sheet().string() << "\n";
}

int fill(const FillArguments& a)
{
    const StopSignals signals;
    const SetFolder folder{a.out};
    const FillRequest request = make_request(a);
    folder.prepare(a.force);

    const std::unique_ptr<Session> session = make_fill_session(a.threads);
    CompletionSet set;
    {
        ProgressLine line;
        set = session->fill(
            request, [&](const Progress& progress) { line.show(progress); }, signals.token());
    }
    folder.write(request.picture, request.mask, set);
    if (*a.json)
        std::cout << summary_json(folder, set) << "\n";
    else
        print(folder, request, set);
    if (signals.exit_code() != 0)
        return signals.exit_code();
    for (const Completion& c : set.completions)
        if (!c.problem.empty())
            return static_cast<int>(ErrorKind::SomeFailed);
    return 0;
}

} // namespace

void add_fill(CLI::App& app, Chosen& chosen)
{
    auto a = std::make_shared<FillArguments>();
    a->json = &chosen.json;
    CLI::App* command = app.add_subcommand("fill", "Fill the hole of a picture in several different ways");
    command->add_option("picture", a->picture, "PNG, JPEG, PGM or PPM file")->required();
    command->add_option("--mask", a->mask, "Picture of the same size; white is the hole")->required();
    command
        ->add_option(
            "--mask-white", a->mask_white,
            "What white means in the mask: 'hole' as in painting programs, 'known' as in the papers' files")
        ->check(CLI::IsMember({"hole", "known"}))
        ->capture_default_str();
    command->add_option("--out", a->out, "Folder for the completions, set.json and sheet.png")->required();
    command->add_option("--model", a->recipe.model, "Dataset model, see 'models list'")
        ->capture_default_str();
    command->add_option("--count", a->recipe.count, "Members of the set, 1 to 64")->capture_default_str();
    command->add_option("--seed", a->recipe.seed, "Number that decides all noise")->capture_default_str();
    command
        ->add_option("--steps", a->recipe.steps, "Sampler steps over all scales; 0: the model's own number")
        ->capture_default_str();
    command->add_option("--eta", a->eta,
                        "Strength of the diversity guidance; 0: plain samples (default "
                            + fixed(a->recipe.eta, 1) + ")");
    command->add_option("--bound", a->bound,
                        "Stop pushing a member whose nearest mate is farther than this: grey levels (default "
                            + fixed(a->recipe.bound.value, 0)
                            + "), or D as VALUE:per-image or VALUE:repaint-batch, or 'none'");
    command
        ->add_option("--sampler", a->recipe.sampler,
                     "ddim, ddpm, ge (gradient estimation), ddnm or edm (Heun)")
        ->capture_default_str();
    command
        ->add_option("--schedule", a->recipe.schedule, "Spacing of the noise levels: log-linear, edm or ddpm")
        ->capture_default_str();
    command
        ->add_option("--pool", a->recipe.pool,
                     "Sample this many candidates and select the set from them; 0: no pool")
        ->capture_default_str();
    command
        ->add_option("--select", a->recipe.select,
                     "How to select from the pool: fps (farthest points, for diversity), kmeans (for "
                     "coverage), uniform or random")
        ->capture_default_str();
    command
        ->add_option("--threads", a->threads, "Processor threads; 0: all. The result does not depend on it")
        ->check(CLI::Range(0, 1024))
        ->capture_default_str();
    command->add_flag("--force", a->force, "Replace a set that is in the folder already");
    command->add_flag("--json", chosen.json, "Print the result as one line of JSON");
    command->footer(
        "Ctrl+C finishes the step, keeps what is done and exits with 130; a second one ends at once.");
    command->callback([a, &chosen] { chosen.run = [a] { return fill(*a); }; });
}

} // namespace lacuna::cli
