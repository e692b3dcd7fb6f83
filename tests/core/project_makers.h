// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>

#include "engine/core/picture_file.h"
#include "engine/project/project.h"

namespace lacuna::test {

/// Pixels that look random but are the same every time.
inline Picture made_picture(int width, int height, int channels, int bits, unsigned seed)
{
    return make_picture(width, height, channels, bits, [&](std::uint8_t* to) {
        const std::size_t bytes = std::size_t(width) * height * channels * (bits / 8);
        std::uint32_t state = seed * 2654435761u + 1;
        for (std::size_t i = 0; i < bytes; ++i) {
            state = state * 1664525u + 1013904223u;
            to[i] = static_cast<std::uint8_t>(state >> 24);
        }
    });
}

inline Mask made_mask(int width, int height, int x, int y, int side)
{
    Mask mask(width, height);
    for (int v = y; v < y + side; ++v)
        for (int u = x; u < x + side; ++u)
            mask.values[std::size_t(v) * width + u] = 255;
    return mask;
}

inline Completion made_completion(const Picture& picture, int member)
{
    Completion one;
    one.member = member;
    one.nearest_gray = 12.25 + member;
    one.seam = 1.0625;
    one.patches.push_back(
        {3, 2, made_picture(6, 5, picture.channels, picture.bits, unsigned(10 + member)), member == 2});
    return one;
}

inline ProjectSet made_set(const Picture& picture, int number, int members)
{
    CompletionSet set;
    set.recipe.seed = std::uint64_t(1) << 63 | std::uint64_t(number);
    set.recipe.count = members;
    set.recipe.eta = 0.1 + 0.2; // not a round number
    set.recipe.version = "0.1";
    set.mean_distance_gray = 20.5;
    set.seconds = 1.5;
    set.windows.push_back({{1, 2, 8, 8}, 64, 64});
    for (int i = 0; i < members; ++i)
        set.completions.push_back(made_completion(picture, i));
    ProjectSet one;
    one.number = number;
    one.hole = std::make_shared<const Mask>(made_mask(picture.width, picture.height, 4, 3, 4));
    one.set = std::make_shared<const CompletionSet>(std::move(set));
    one.marks.assign(std::size_t(members), Mark::None);
    return one;
}

inline Project made_project(int width = 24, int height = 18, int channels = 3, int bits = 8)
{
    Project project;
    project.id = "0123456789abcdef0123456789abcdef";
    project.revision = 3;
    project.picture_name = "Zażółć 🎨.png";
    project.picture = made_picture(width, height, channels, bits, 1);
    project.picture_file = std::make_shared<const std::vector<std::uint8_t>>(
        encode_png(project.picture, {{"Comment", "bytes that a decoder drops"}}));
    project.masks.push_back({"", std::make_shared<const Mask>(made_mask(width, height, 5, 4, 5))});
    project.masks.push_back({"eyes", std::make_shared<const Mask>(made_mask(width, height, 1, 1, 2))});
    project.sets.push_back(made_set(project.picture, 1, 3));
    project.sets.push_back(made_set(project.picture, 4, 1));
    project.sets[0].marks = {Mark::Star, Mark::None, Mark::Reject};
    project.sets[1].twin = made_set(project.picture, 9, 2).set;
    project.open_branch = 2;
    project.draft = Recipe{};
    project.draft->seed = 4182;
    const FeatureRows features(std::vector<double>{0, 1, 5, 6}, 1);
    project.tree = build_tree(features,
                              {{"1-1.png", "1", 7, 0, true},
                               {"1-2.png", "1", 7, 1, true},
                               {"1-3.png", "1", {}, 2, false},
                               {"4-1.png", "4", 8, 0, false}},
                              {.branching = 2});
    return project;
}

inline bool same(const Completion& a, const Completion& b)
{
    return a.member == b.member && a.finished == b.finished && a.problem == b.problem
           && a.nearest_gray == b.nearest_gray && a.seam == b.seam && a.consistency_db == b.consistency_db
           && a.psnr_db == b.psnr_db
           && std::equal(a.patches.begin(), a.patches.end(), b.patches.begin(), b.patches.end(),
                         [](const Patch& p, const Patch& q) {
                             return p.x == q.x && p.y == q.y && p.raw == q.raw && p.pixels == q.pixels;
                         });
}

inline bool same(const CompletionSet& s, const CompletionSet& t)
{
    return s.recipe == t.recipe && s.base == t.base && s.mean_distance_gray == t.mean_distance_gray
           && s.seconds == t.seconds && s.stopped == t.stopped && s.windows.size() == t.windows.size()
           && std::equal(s.completions.begin(), s.completions.end(), t.completions.begin(),
                         t.completions.end(),
                         [](const Completion& p, const Completion& q) { return same(p, q); });
}

inline bool same(const ProjectSet& a, const ProjectSet& b)
{
    return a.number == b.number && *a.hole == *b.hole && a.marks == b.marks && same(*a.set, *b.set)
           && (a.twin == nullptr) == (b.twin == nullptr) && (!a.twin || same(*a.twin, *b.twin));
}

/// Everything but id and revision.
inline bool same_content(const Project& a, const Project& b)
{
    const auto same_masks = [](const NamedMask& m, const NamedMask& n) {
        return m.name == n.name && *m.mask == *n.mask;
    };
    return a.picture_name == b.picture_name && *a.picture_file == *b.picture_file && a.picture == b.picture
           && a.draft == b.draft
           && std::equal(a.masks.begin(), a.masks.end(), b.masks.begin(), b.masks.end(), same_masks)
           && std::equal(a.sets.begin(), a.sets.end(), b.sets.begin(), b.sets.end(),
                         [](const ProjectSet& s, const ProjectSet& t) { return same(s, t); })
           && a.open_branch == b.open_branch && (a.tree == nullptr) == (b.tree == nullptr)
           && (!a.tree || to_json(*a.tree) == to_json(*b.tree));
}

inline bool same(const Project& a, const Project& b)
{
    return a.id == b.id && a.revision == b.revision && same_content(a, b);
}

} // namespace lacuna::test
