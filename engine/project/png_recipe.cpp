// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/project/png_recipe.h"

#include <algorithm>

#include "engine/project/mask_runs.h"
#include "engine/project/set_json.h"

namespace lacuna {

namespace {

constexpr const char *recipe_key = "Lacuna recipe", *member_key = "Lacuna member", *hole_key = "Lacuna hole",
                     *command_line_key = "lacuna";
constexpr std::size_t longest_hole = 500000; ///< readers refuse texts of more than 1 MB
constexpr const char* digits = "0123456789abcdef";

const std::string* find(const TextChunks& texts, const char* key)
{
    const auto found =
        std::find_if(texts.begin(), texts.end(), [&](const auto& one) { return one.first == key; });
    return found == texts.end() ? nullptr : &found->second;
}

std::string to_hex(const std::vector<std::uint8_t>& bytes)
{
    std::string text;
    for (const std::uint8_t byte : bytes) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

/// Anything that is not hexadecimal ends it; the runs then do not fill the mask.
std::vector<std::uint8_t> from_hex(const std::string& text)
{
    std::vector<std::uint8_t> bytes;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
        const std::size_t high = std::string(digits).find(text[i]),
                          low = std::string(digits).find(text[i + 1]);
        if (high == std::string::npos || low == std::string::npos)
            break;
        bytes.push_back(static_cast<std::uint8_t>(high << 4 | low));
    }
    return bytes;
}

} // namespace

TextChunks recipe_texts(const Recipe& recipe, int member, const Mask& hole)
{
    TextChunks texts{{recipe_key, to_json(recipe)}, {member_key, std::to_string(member)}};
    const std::string runs = to_hex(encode_runs(hole, {0, 0, hole.width, hole.height}));
    if (runs.size() <= longest_hole)
        texts.emplace_back(hole_key, runs);
    return texts;
}

bool is_hole_text(const std::string& key)
{
    return key == hole_key;
}

std::optional<PngRecipe> find_recipe(const TextChunks& texts, int width, int height, const std::string& file)
{
    PngRecipe found;
    if (const std::string* ours = find(texts, recipe_key)) {
        found.recipe = recipe_from_json(*ours, file);
    } else if (const std::string* line = find(texts, command_line_key)) {
        Json json = parse_object(*line, file);
        found.member = JsonFields(json, file).integer("member", 0, 1 << 20);
        json.erase("set_index");
        json.erase("member");
        found.recipe = recipe_from_json(json.dump(-1, ' ', false, Json::error_handler_t::replace), file);
    } else {
        return {};
    }
    if (const std::string* member = find(texts, member_key); member && member->size() < 6)
        for (const char c : *member)
            found.member = c >= '0' && c <= '9' ? found.member * 10 + (c - '0') : found.member;
    if (const std::string* runs = find(texts, hole_key)) {
        found.hole.emplace(width, height);
        decode_runs(from_hex(*runs), {0, 0, width, height}, *found.hole, file);
    }
    return found;
}

} // namespace lacuna
