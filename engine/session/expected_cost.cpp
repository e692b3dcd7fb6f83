// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/expected_cost.h"

#include <algorithm>

#include "engine/closed_form/photo_steps.h"
#include "engine/core/default_recipe.h"
#include "engine/fill/windows.h"
#include "engine/restoration/paths.h"

namespace lacuna {

namespace {

constexpr int training_levels = 1000;
constexpr int any_multiple = 8; ///< decides the size of windows, not their number

/// As Sampler::evaluations of the sampler that a recipe names.
int sampler_calls(const std::string& sampler, int steps)
{
    if (sampler == "edm")
        return 2 * steps - 1;
    if (sampler == "fpndm")
        return steps + 3 * std::min(steps, 3);
    return sampler == "plms" ? steps + 1 : steps;
}

int falls(const std::vector<int>& times)
{
    int count = 0;
    for (std::size_t i = 1; i < times.size(); ++i)
        count += times[i] < times[i - 1] ? 1 : 0;
    return count;
}

/// Calls of a network in one window for members that are sampled together.
int network_calls(const Recipe& recipe)
{
    int steps = recipe.steps > 0 ? recipe.steps : default_steps(recipe.method);
    if (recipe.method == "project")
        return sampler_calls(recipe.sampler, steps);
    steps = std::min(steps, training_levels);
    const RestorationOptions& options = recipe.restoration;
    JumpSchedule jumps{.steps = steps};
    if (recipe.method == "repaint") {
        jumps = options.jumps;
        jumps.steps = steps;
    } else if (recipe.method == "ddnm") {
        jumps.jump = {options.travel_length, options.travel_repeat};
    } else if (recipe.method == "ddrm") {
        return static_cast<int>(strided_timesteps(training_levels, steps).size());
    } else {
        return steps;
    }
    return falls(jump_times(jumps));
}

int photo_calls(const Recipe& recipe, const Mask& mask)
{
    const ThisPhotoOptions options;
    int calls = 0;
    for (const Area& window : find_windows(mask))
        for (const int steps :
             distribute_steps(recipe.steps, pyramid_levels(crop(mask, window), options), options))
            calls += sampler_calls(recipe.sampler, steps);
    return calls;
}

int members(const Recipe& recipe)
{
    return recipe.pool > 0 ? recipe.pool : recipe.count;
}

/// Members that are sampled together.
int groups(const Recipe& recipe)
{
    return (members(recipe) + recipe.count - 1) / recipe.count;
}

} // namespace

std::int64_t single_evaluations(const Recipe& recipe, int calls)
{
    return std::int64_t(calls) * members(recipe) / groups(recipe);
}

ExpectedCost expected_cost(const Recipe& recipe, const Mask& mask, int native)
{
    int calls = 0;
    if (native == 0) {
        calls = photo_calls(recipe, mask);
    } else {
        const auto windows = find_network_windows(mask, native, any_multiple, view_of(recipe.window, native));
        calls = network_calls(recipe) * static_cast<int>(windows.size());
    }
    calls *= groups(recipe);
    return {.calls = calls, .evaluations = single_evaluations(recipe, calls)};
}

} // namespace lacuna
