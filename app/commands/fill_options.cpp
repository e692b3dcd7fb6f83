// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/fill_options.h"

#include <CLI/CLI.hpp>

#include "app/commands/console.h"
#include "engine/core/error.h"
#include "engine/core/picture_file.h"
#include "engine/restoration/methods.h"

namespace lacuna::cli {

namespace {

/// The whole of a picture, for tasks without a hole.
Mask everything(const Picture& picture)
{
    Mask mask(picture.width, picture.height);
    std::fill(mask.values.begin(), mask.values.end(), std::uint8_t(255));
    return mask;
}

void add_input(CLI::App& command, FillArguments& a)
{
    command.add_option("picture", a.picture, "PNG, JPEG, TIFF, WebP, PGM or PPM file, or a folder of them")
        ->required();
    command.add_option("--mask", a.mask, "Picture of the same size; white is the hole. Task inpaint only");
    command
        .add_option(
            "--mask-white", a.mask_white,
            "What white means in the mask: 'hole' as in painting programs, 'known' as in the papers' files")
        ->check(CLI::IsMember({"hole", "known"}))
        ->capture_default_str();
    command.add_option("--out", a.out, "Folder for the completions, set.json and sheet.png");
    command.add_flag("--force", a.force, "Replace a set that is in the folder already");
    command.add_flag("--dry-run", a.dry_run,
                     "Only say how many network evaluations it takes and, by a measured step, how long");
    command.add_option("--threads", a.threads, "Processor threads; 0: all. The result does not depend on it")
        ->check(CLI::Range(0, 1024))
        ->capture_default_str();
    command.add_option("--device", a.device, "Where networks run: auto, cpu, cuda or cuda:N")
        ->capture_default_str();
    command
        .add_option("--precision", a.precision,
                    "Of a network's convolutions: float, or on CUDA bfloat16 or half")
        ->capture_default_str();
}

void add_model(CLI::App& command, FillArguments& a)
{
    command.add_option("--model", a.recipe.model, "Dataset model, see 'models list', or a file of weights")
        ->capture_default_str();
    command.add_option("--preset", a.recipe.preset,
                       "What network a file of weights is for, see 'models presets'; converted files say it "
                       "themselves");
    command.add_option("--class", a.recipe.model_class, "Class of a class-conditional model, from 0");
    command
        .add_option(
            "--window", a.recipe.window,
            "What a network sees of a larger picture: 'whole', the largest square, reduced to its size; "
            "'hole', a square of its size around the hole; 'auto', whole for networks of up to 128 pixels")
        ->capture_default_str();
    command.add_option(
        "--condition", a.condition,
        "Pictures that a conditional model is given, of the same size, such as the frames before, "
        "the oldest first. Without --mask the whole picture is then made anew");
    command.add_option("--count", a.recipe.count, "Members of the set, 1 to 64")->capture_default_str();
    command.add_option("--seed", a.recipe.seed, "Number that decides all noise")->capture_default_str();
    command.add_option("--steps", a.recipe.steps, "Sampler steps; 0: the model's or the method's own number")
        ->capture_default_str();
    command.add_option("--eta", a.eta,
                       "Strength of the diversity guidance; 0: plain samples (default: "
                           + fixed(a.recipe.eta, 1) + " for This photo, "
                           + fixed(default_recipe("a network").eta, 1) + " for networks)");
    command.add_option("--bound", a.bound,
                       "Stop pushing a member whose nearest mate is farther than this: grey levels (default "
                           + fixed(a.recipe.bound.value, 0)
                           + "), or D as VALUE:per-image, VALUE:repaint-batch, VALUE:per-pixel or "
                             "VALUE:full-picture, or 'none'");
    command
        .add_option("--pool", a.recipe.pool,
                    "Sample this many candidates and select the set from them; 0: no pool")
        ->capture_default_str();
    command
        .add_option("--select", a.recipe.select,
                    "How to select from the pool: fps (farthest points, for diversity), kmeans (for "
                    "coverage), uniform or random")
        ->capture_default_str();
    command.add_flag("--raw", a.recipe.raw, "Keep what the model made of known pixels, for study");
}

void add_sampler(CLI::App& command, FillArguments& a)
{
    const auto option = [&](const char* name, auto& value, const char* help) {
        command.add_option(name, value, help)
            ->capture_default_str()
            ->group("Sampler (method project)")
            ->each([&a](const std::string&) { a.for_samplers = true; });
    };
    option("--sampler", a.recipe.sampler,
           "ddim, ddpm, ge (gradient estimation), edm (Heun), dpmpp-2m, unipc, deis, ipndm, plms, fpndm or "
           "ddnm");
    option("--schedule", a.recipe.schedule, "Spacing of the noise levels: log-linear, edm or ddpm");
    option("--gamma", a.recipe.gamma, "Weight of the newest estimate in ge, 1 to 10");
    option("--mu", a.recipe.mu, "Share of fresh noise in ge, 0 to 0.99");
    option("--churn", a.recipe.churn, "S_churn of edm, 0 to 100");
    option("--particles", a.recipe.particles, "Strength of particle guidance in edm, 0 to 1000; 0: none");
    option("--kernel", a.recipe.kernel, "Kernel of particle guidance: rbf, l2 or iou");
}

void add_task(CLI::App& command, FillArguments& a)
{
    const std::string group = "Published methods";
    RestorationOptions& o = a.recipe.restoration;
    const auto number = [&](const char* name, auto& value, const char* help) {
        command.add_option(name, value, help)->capture_default_str()->group(group);
    };
    command
        .add_option(
            "--method", a.method,
            std::string("project (any sampler), or repaint, ddrm, ddnm, dps or diffpir with a network "
                        "(default: ")
                + network_method
                + " for networks, project for This photo and where options of the samplers are given)")
        ->group(group);
    number(
        "--task", a.recipe.task,
        "inpaint, sr-bicubic, sr-average, color, denoise, deblur-uniform, deblur-gauss, deblur-aniso or cs");
    number("--scale", a.recipe.scale, "Reduction of the tasks sr-*; share 1/N of coefficients in cs");
    command
        .add_flag("--degrade", a.recipe.degrade,
                  "The picture is the truth: degrade it first (otherwise it is the measurement)")
        ->group(group);
    number("--sigma-y", o.sigma_y, "Noise of the measurement; 0.1 is 12.75 grey levels");
    number("--method-eta", o.eta, "Share of fresh noise in ddrm and ddnm, 0 to 1; of the sampler ddnm too");
    number("--eta-b", o.eta_b, "Weight of the measurement in ddrm, 0 to 1");
    command
        .add_option("--zeta", a.zeta,
                    "dps: step along the gradient (default 1); diffpir: share of fresh noise (default 0.3)")
        ->group(group);
    number("--lambda", o.lambda, "Weight of the measurement's noise in diffpir");
    number("--travel-length", o.travel_length, "Steps of a jump back in time in ddnm");
    number("--travel-repeat", o.travel_repeat, "How often ddnm takes a stretch of time");
    number("--jump-length", o.jumps.jump.length, "Steps of a jump back in time in repaint");
    number("--jump-repeat", o.jumps.jump.samples, "How often repaint takes a stretch of time");
    number("--jump2-length", o.jumps.jump2.length, "The same inside of its jumps");
    number("--jump2-repeat", o.jumps.jump2.samples, "The same inside of its jumps");
    number("--jump3-length", o.jumps.jump3.length, "The same inside of those");
    number("--jump3-repeat", o.jumps.jump3.samples, "The same inside of those");
    number("--single-repeat", o.jumps.single_samples, "How often repaint takes every single step");
    number("--start-resampling", o.jumps.start_resampling, "No jump of repaint above this step");
    number("--time-shift", o.time_shift,
           "Offset of the variance when repaint goes back; 1 is forward diffusion");
    command
        .add_option(
            "--spacing", o.spacing,
            "Timesteps of repaint and dps as 'n1,n2,...' for equal sections or 'ddimN', instead of --steps")
        ->group(group);
    command
        .add_flag("--fixed-variance", a.fixed_variance,
                  "Do not use the variance that a model learned (repaint, dps)")
        ->group(group);
    command
        .add_flag("--reference-quirks", o.reference_quirks,
                  "The published programs to the letter, defects included, for comparison")
        ->group(group);
}

} // namespace

void add_fill_options(CLI::App& command, FillArguments& arguments)
{
    add_input(command, arguments);
    add_model(command, arguments);
    add_sampler(command, arguments);
    add_task(command, arguments);
    command.footer(
        "Ctrl+C finishes the step, keeps what is done and exits with 130; a second one ends at once.");
}

Recipe recipe_of(const FillArguments& a)
{
    const Recipe usual = default_recipe(a.recipe.model);
    Recipe recipe = a.recipe;
    recipe.method = !a.method.empty() ? a.method : a.for_samplers ? "project" : usual.method;
    recipe.eta = a.eta.empty() ? usual.eta : parse_number("--eta", a.eta);
    if (!a.bound.empty())
        recipe.bound = parse_bound(a.bound);
    if (!a.zeta.empty())
        recipe.restoration.zeta = parse_number("--zeta", a.zeta);
    recipe.restoration.learned_variance = !a.fixed_variance;
    validate(recipe);
    if (recipe.method != "project")
        check_supported(recipe.method, recipe.task);
    return recipe;
}

FillRequest make_request(const FillArguments& a)
{
    FillRequest request{.recipe = recipe_of(a), .preview_longest = 0};
    const bool hole = request.recipe.task == "inpaint", all = hole && a.mask.empty() && !a.condition.empty();
    if (hole == a.mask.empty() && !all)
        throw Error(ErrorKind::Usage, "--mask",
                    hole ? "is needed to inpaint" : "has no meaning for the task " + request.recipe.task,
                    hole ? "Give a picture in which the hole is white" : "Leave it out", "Nothing was run.");
    request.picture = read_picture(a.picture);
    for (const std::string& file : a.condition)
        request.condition.push_back(read_picture(file));
    request.mask = hole && !all ? read_mask(a.mask, a.mask_white == "known") : everything(request.picture);
    if (request.mask.width != request.picture.width || request.mask.height != request.picture.height)
        throw Error(ErrorKind::Input, a.mask,
                    "is " + std::to_string(request.mask.width) + " x " + std::to_string(request.mask.height)
                        + " pixels, the picture " + std::to_string(request.picture.width) + " x "
                        + std::to_string(request.picture.height),
                    "Use a mask of the picture's size");
    return request;
}

} // namespace lacuna::cli
