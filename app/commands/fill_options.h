// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "engine/core/default_recipe.h"
#include "engine/fill/fill_session.h"

namespace CLI {
class App;
}

namespace lacuna::cli {

/// What `fill` is given.
struct FillArguments {
    std::string picture{}, mask{}, out{}, mask_white = "hole", eta{}, bound{}, zeta{}, device = "auto",
                                          precision = "float";
    std::vector<std::string> condition{};
    std::string method{}; ///< empty: that of the model
    Recipe recipe = default_recipe();
    int threads = 0;
    bool force = false, dry_run = false, fixed_variance = false;
    bool for_samplers = false; ///< options that only the method "project" has are given
    bool* json = nullptr;
};

/// Adds the options of `fill` to its command; they write into the arguments.
void add_fill_options(CLI::App& command, FillArguments&);

/// The recipe that the arguments describe. Throws Error{Usage}.
Recipe recipe_of(const FillArguments&);

/// The same with picture and mask read. Throws Error{Usage} or Error{Input}.
FillRequest make_request(const FillArguments&);

} // namespace lacuna::cli
