// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <limits>

#include "engine/core/error.h"
#include "engine/core/strict_json.h"
#include "engine/selection/gallery_tree.h"

namespace lacuna {

using Json = nlohmann::ordered_json;

namespace {

constexpr int schema = 1;

/// An object whose members are taken one by one, each exactly once.
class Object {
public:
    Object(const Json& json, const std::string& file) : json_(json), file_(file)
    {
        if (!json.is_object())
            throw damaged("is not a tree");
    }
    Error damaged(const std::string& cause) const
    {
        return Error(ErrorKind::Input, file_, cause, "Use a tree that Lacuna wrote.");
    }
    const Json& take(const char* key)
    {
        const auto found = json_.find(key);
        if (found == json_.end())
            throw damaged(std::string("has no '") + key + "'");
        ++used_;
        return *found;
    }
    const Json& list(const char* key)
    {
        const Json& json = take(key);
        require(json.is_array(), key);
        return json;
    }
    std::string text(const char* key)
    {
        const Json& json = take(key);
        require(json.is_string(), key);
        return json.get<std::string>();
    }
    bool flag(const char* key)
    {
        const Json& json = take(key);
        require(json.is_boolean(), key);
        return json.get<bool>();
    }
    double number(const char* key)
    {
        const Json& json = take(key);
        require(json.is_number() && std::isfinite(json.get<double>()), key);
        return json.get<double>();
    }
    int integer(const char* key) { return integer(take(key), key); }
    int integer(const Json& json, const char* key) const
    {
        const double value = json.is_number_integer() ? json.get<double>() : std::nan("");
        require(std::abs(value) <= std::numeric_limits<int>::max(), key);
        return json.get<int>();
    }
    std::uint64_t whole(const Json& json, const char* key) const
    {
        require(json.is_number_unsigned(), key);
        return json.get<std::uint64_t>();
    }
    void require(bool right, const char* key) const
    {
        if (!right)
            throw damaged(std::string("has a wrong value for '") + key + "'");
    }
    void finish() const
    {
        if (used_ != json_.size())
            throw damaged("has members that this version does not know");
    }

private:
    const Json& json_;
    const std::string& file_;
    std::size_t used_ = 0;
};

TreeOptions options_from(const Json& json, const std::string& file)
{
    Object object(json, file);
    TreeOptions options;
    options.branching = object.integer("branching");
    const std::string rule = object.text("rule");
    try {
        options.rule = parse_rule(rule);
    } catch (const Error&) {
        throw object.damaged("has a wrong value for 'rule'");
    }
    options.peculiarity = object.number("peculiarity");
    options.seed = object.whole(object.take("seed"), "seed");
    options.soft = object.number("soft");
    object.require(options.branching >= 2 && options.branching <= 64, "branching");
    object.require(options.peculiarity >= 0 && options.peculiarity <= 1, "peculiarity");
    object.require(options.soft >= 0 && options.soft <= 1, "soft");
    object.finish();
    return options;
}

Candidate candidate_from(const Json& json, const std::string& file)
{
    Object object(json, file);
    Candidate candidate;
    candidate.file = object.text("file");
    candidate.set = object.text("set");
    if (const Json& seed = object.take("seed"); !seed.is_null())
        candidate.seed = object.whole(seed, "seed");
    candidate.member = object.integer("member");
    candidate.guided = object.flag("guided");
    object.finish();
    return candidate;
}

TreeNode node_from(const Json& json, const std::string& file)
{
    Object object(json, file);
    TreeNode node;
    node.candidate = object.integer("candidate");
    node.size = object.integer("size");
    node.spread = object.number("spread");
    node.pinned = object.flag("pinned");
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
    Object object(json, file);
    if (too_deep)
        throw object.damaged("is not a tree");
    if (!twice.empty())
        throw object.damaged("has '" + twice + "' twice");
    const int version = object.integer("schema");
    if (version > schema)
        throw object.damaged("was written by a newer version (schema " + std::to_string(version) + ")");
    object.require(version == schema, "schema");
    const TreeOptions options = options_from(object.take("options"), file);
    std::vector<Candidate> candidates;
    for (const Json& candidate : object.list("candidates"))
        candidates.push_back(candidate_from(candidate, file));
    std::vector<TreeNode> nodes;
    for (const Json& node : object.list("nodes"))
        nodes.push_back(node_from(node, file));
    std::vector<int> nearest;
    for (const Json& other : object.list("nearest"))
        nearest.push_back(object.integer(other, "nearest"));
    object.finish();
    try {
        return std::make_shared<const GalleryTree>(options, std::move(candidates), std::move(nodes),
                                                   std::move(nearest));
    } catch (const Error& error) {
        throw object.damaged("holds no tree: " + error.cause());
    }
}

} // namespace lacuna
