// SPDX-License-Identifier: GPL-3.0-or-later
// The descriptions that come from files: recipes, trees, presets of models, sweeps. What is read is written again and
// read as the same.
#include "engine/core/recipe.h"
#include "engine/models/preset.h"
#include "engine/selection/gallery_tree.h"
#include "engine/sweep/sweep_settings.h"
#include "tests/fuzz/only_refusals.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace lacuna;
    const std::string text(reinterpret_cast<const char*>(data), size);
    const auto both_ways = [&text](const auto& read) {
        std::string first;
        if (fuzz::only_refusals([&] { first = read(text); }))
            fuzz::must(read(first) == first);
    };
    both_ways([](const std::string& json) { return to_json(recipe_from_json(json, "fuzz")); });
    both_ways([](const std::string& json) { return to_json(*tree_from_json(json, "fuzz")); });
    both_ways([](const std::string& json) { return to_json(preset_from_json(json, "fuzz")); });
    both_ways([](const std::string& json) { return to_json(sweep_settings_from_json(json, "fuzz")); });
    return 0;
}
