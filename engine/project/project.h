// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/selection/gallery_tree.h"
#include "engine/session/messages.h"

namespace lacuna {

/// What a person thinks of a completion.
enum class Mark { None, Star, Reject };

/// One run of a project. Copies share their pixels.
struct ProjectSet {
    int number = 0;                              ///< from 1, in the order of their beginnings
    std::shared_ptr<const Mask> hole{};          ///< that was filled
    std::shared_ptr<const CompletionSet> set{};  ///< never null
    std::vector<Mark> marks{};                   ///< one for each completion, or empty
    std::shared_ptr<const CompletionSet> twin{}; ///< from the same noise without guidance; null: none
};

struct NamedMask {
    std::string name{};
    std::shared_ptr<const Mask> mask{};
    int id = 0;        ///< from 1, another for every mask of a project; 0: none was given
    int soft_edge = 0; ///< pixels, as in a recipe: for the next run with this mask
};

/// Everything that a person has made of one picture: an immutable snapshot that is cheap to copy.
struct Project {
    std::string id{};           ///< random; the same for every version of a project
    int revision = 0;           ///< how often it has been saved
    std::string picture_name{}; ///< file name of the picture, for people
    std::shared_ptr<const std::vector<std::uint8_t>> picture_file{}; ///< as it was opened, byte for byte
    Picture picture{};                                               ///< decoded from it
    std::vector<NamedMask> masks{};                                  ///< of the picture's size, at least one
    int mask_in_use = 0;           ///< its id; the first where no mask has it
    std::optional<Recipe> draft{}; ///< settings for the next run
    std::vector<ProjectSet> sets{};
    TreeSnapshot tree{};  ///< of the gallery; null: none
    int open_branch = -1; ///< the candidate whose branch of the tree is open; -1: the root
};

/// The position of the mask in use.
std::size_t used_mask(const Project&);

/// 32 hexadecimal digits that no other project has.
std::string new_project_id();

} // namespace lacuna
