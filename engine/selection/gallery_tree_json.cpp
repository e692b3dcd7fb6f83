// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/error.h"
#include "engine/core/strict_json.h"
#include "engine/selection/gallery_tree.h"

namespace lacuna {

using Json = nlohmann::ordered_json;

namespace {

constexpr int schema = 1;

const JsonWords words{.action = "Use a tree that Lacuna wrote.",
                      .no_object = "is not a tree",
                      .missing = "has no '{key}'",
                      .wrong = "has a wrong value for '{key}'",
                      .unknown = "has members that this version does not know"};

void require(bool right, const Members& object, const char* key)
{
    if (!right)
        throw object.wrong(key);
}

const Json& list_of(Members& object, const char* key)
{
    const Json& json = object.take(key);
    require(json.is_array(), object, key);
    return json;
}

TreeOptions options_from(const Json& json, const std::string& file)
{
    Members object(json, words, file);
    TreeOptions options;
    object.take("branching", options.branching);
    const auto rule = object.get<std::string>("rule");
    try {
        options.rule = parse_rule(rule);
    } catch (const Error&) {
        throw object.wrong("rule");
    }
    object.take("peculiarity", options.peculiarity);
    object.take("seed", options.seed);
    object.take("soft", options.soft);
    require(options.branching >= 2 && options.branching <= 64, object, "branching");
    require(options.peculiarity >= 0 && options.peculiarity <= 1, object, "peculiarity");
    require(options.soft >= 0 && options.soft <= 1, object, "soft");
    object.finish();
    return options;
}

Candidate candidate_from(const Json& json, const std::string& file)
{
    Members object(json, words, file);
    Candidate candidate;
    object.take("file", candidate.file);
    object.take("set", candidate.set);
    if (!object.take("seed").is_null())
        candidate.seed = object.get<std::uint64_t>("seed");
    object.take("member", candidate.member);
    object.take("guided", candidate.guided);
    object.finish();
    return candidate;
}

TreeNode node_from(const Json& json, const std::string& file)
{
    Members object(json, words, file);
    TreeNode node;
    object.take("candidate", node.candidate);
    object.take("size", node.size);
    object.take("spread", node.spread);
    object.take("pinned", node.pinned);
    object.finish();
    return node;
}

} // namespace

std::string to_json(const GalleryTree& tree)
{
    const TreeOptions& options = tree.options();
    Json candidates = Json::array(), nodes = Json::array();
    for (const Candidate& c : tree.candidates())
        candidates.push_back({{"file", c.file},
                              {"set", c.set},
                              {"seed", c.seed ? Json(*c.seed) : Json()},
                              {"member", c.member},
                              {"guided", c.guided}});
    for (const TreeNode& n : tree.nodes())
        nodes.push_back(
            {{"candidate", n.candidate}, {"size", n.size}, {"spread", n.spread}, {"pinned", n.pinned}});
    return Json{{"schema", schema},
                {"options",
                 {{"branching", options.branching},
                  {"rule", name(options.rule)},
                  {"peculiarity", options.peculiarity},
                  {"seed", options.seed},
                  {"soft", options.soft}}},
                {"candidates", std::move(candidates)},
                {"nodes", std::move(nodes)},
                {"nearest", tree.nearest()}}
        .dump(-1, ' ', false, Json::error_handler_t::replace);
}

TreeSnapshot tree_from_json(const std::string& text, const std::string& file)
{
    const auto [json, twice, too_deep] = parse_strict_json(text);
    Members object(json, words, file);
    if (too_deep)
        throw object.refusal("is not a tree");
    if (!twice.empty())
        throw object.refusal("has '" + twice + "' twice");
    const int version = object.get<int>("schema");
    if (version > schema)
        throw object.refusal("was written by a newer version (schema " + std::to_string(version) + ")");
    require(version == schema, object, "schema");
    const TreeOptions options = options_from(object.take("options"), file);
    std::vector<Candidate> candidates;
    for (const Json& candidate : list_of(object, "candidates"))
        candidates.push_back(candidate_from(candidate, file));
    std::vector<TreeNode> nodes;
    for (const Json& node : list_of(object, "nodes"))
        nodes.push_back(node_from(node, file));
    std::vector<int> nearest;
    for (const Json& other : list_of(object, "nearest"))
        require(read_value(other, nearest.emplace_back()), object, "nearest");
    object.finish();
    try {
        return std::make_shared<const GalleryTree>(options, std::move(candidates), std::move(nodes),
                                                   std::move(nearest));
    } catch (const Error& error) {
        throw object.refusal("holds no tree: " + error.cause());
    }
}

} // namespace lacuna
