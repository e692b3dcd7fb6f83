// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "engine/core/picture_file.h"
#include "engine/core/recipe.h"

namespace lacuna {

/// Texts of a PNG file that say how its picture was made: recipe, member and, where it is small enough, the hole.
TextChunks recipe_texts(const Recipe&, int member, const Mask& hole);
/// Whether it is the text of the hole, by its key.
bool is_hole_text(const std::string& key);

struct PngRecipe {
    Recipe recipe{};
    int member = 0;
    std::optional<Mask> hole{}; ///< of the picture's size; none where the file does not tell
};

/// What the texts of a PNG file say, of the window or of the command line; none if they say nothing of Lacuna.
/// Throws Error{Input} naming `file` where they are damaged or of another version.
std::optional<PngRecipe> find_recipe(const TextChunks&, int width, int height, const std::string& file);

} // namespace lacuna
