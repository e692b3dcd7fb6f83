// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/commands/candidates.h"
#include "app/commands/commands.h"
#include "app/commands/console.h"
#include "app/commands/feature_choice.h"
#include "engine/core/atomic_file.h"
#include "engine/core/device.h"
#include "engine/core/picture_tensor.h"
#include "engine/evaluation/branch_names.h"
#include "engine/models/model_folder.h"
#include "engine/selection/selection.h"
#include "engine/selection/unseen.h"

namespace lacuna::cli {

namespace {

using Json = nlohmann::ordered_json;

constexpr double kinds_worth_waiting_for = 0.05;
constexpr int further_samples = 20;

struct TreeArguments {
    PoolArguments pool{};
    TreeOptions options{};
    std::string rule = "fps", out{};
    int levels = 2;
    TableForm form = TableForm::Text;
};

/// The place of a card: its number in every branch on the way to it.
std::string place_of(const GalleryTree& tree, int node)
{
    std::string place;
    for (const int step : tree.path(node)) {
        const std::vector<int> cards = tree.children(tree.nodes()[std::size_t(step)].parent);
        const auto number = std::find(cards.begin(), cards.end(), step) - cards.begin() + 1;
        place += (place.empty() ? "" : ".") + std::to_string(number);
    }
    return place;
}

/// The network that can name the attributes of the pool: the one that compares it, or that of the world whose model
/// made it, where there is one.
std::shared_ptr<const AttributeNetwork> judge_of(const Pool& pool, const Comparison& comparison)
{
    if (comparison.judge)
        return comparison.judge;
    const std::vector<std::string> models = bundled_models(), own = installed_models();
    for (const std::string& world : scenes::world_names()) {
        const std::string network = world + "-attributes";
        const bool there = std::find(models.begin(), models.end(), network) != models.end()
                           || std::find(own.begin(), own.end(), network) != own.end();
        if (there && pool.model.starts_with(world + "-"))
            return attribute_network(world);
    }
    return {};
}

/// What sets the branches of the first levels apart, for each node; nothing without a network that can tell.
std::vector<std::string> names_of(const GalleryTree& tree, int levels, const Pool& pool,
                                  const AttributeNetwork* judge)
{
    if (!judge)
        return {};
    std::vector<scenes::Attributes> values;
    for (const Picture& picture : pool.pictures)
        values.push_back(judge->read(judge->judge(tensor_of(to_rgb8(picture)))).front().values);
    std::vector<std::string> names(tree.nodes().size());
    for (std::size_t node = 0; node < names.size(); ++node)
        if (tree.nodes()[node].depth < levels)
            names[node] = to_string(name_branch(tree, int(node), judge->groups(), values), judge->groups());
    return names;
}

Table table_of(const GalleryTree& tree, int levels, const std::vector<std::string>& names)
{
    Table table{.columns = {"card", "file", "stands for", "share", "spread", "borrows"}};
    if (!names.empty())
        table.columns.push_back("named");
    for (int node = 0; node < int(tree.nodes().size()); ++node) {
        const TreeNode& n = tree.nodes()[std::size_t(node)];
        if (n.depth >= levels)
            continue;
        table.rows.push_back({place_of(tree, node), tree.candidates()[std::size_t(n.candidate)].file,
                              std::int64_t(n.size), Figure{tree.share(node)}, Figure{n.spread, 4},
                              std::int64_t(tree.borrowed(node).size())});
        if (!names.empty())
            table.rows.back().push_back(names[std::size_t(node)]);
    }
    return table;
}

/// What the pool says about kinds that it has not shown; samples of a guided set are not independent.
Json unseen_of(const Pool& pool, const FeatureRows& rows, std::vector<std::string>& sentences)
{
    if (std::any_of(pool.candidates.begin(), pool.candidates.end(),
                    [](const Candidate& c) { return c.guided; })) {
        sentences.push_back(
            "Guided candidates push each other apart: they do not tell what is still unseen.");
        return {};
    }
    const Unseen u = unseen(linked_kinds(rows, usual_step(rows)));
    sentences.push_back(std::to_string(u.kinds) + " kinds seen, " + std::to_string(u.once)
                        + " of them once: another " + std::to_string(further_samples)
                        + " samples show a new kind with a probability of about "
                        + fixed(100 * u.new_kind_within(further_samples), 0) + " %; at most "
                        + fixed(100 * u.at_most, 0) + " % of all samples are of unseen kinds."
                        + (u.may_stop(kinds_worth_waiting_for) ? " Enough has been seen." : ""));
    return {{"kinds", u.kinds},
            {"seen_once", u.once},
            {"unseen_share", u.share},
            {"unseen_at_most", u.at_most},
            {"new_kind_within_20", u.new_kind_within(further_samples)},
            {"may_stop", u.may_stop(kinds_worth_waiting_for)}};
}

int run(TreeArguments a)
{
    use_threads();
    a.options.rule = parse_rule(a.rule);
    Pool pool = read_pool(a.pool);
    const Comparison comparison = comparison_of(pool.hole, a.pool.features);
    const FeatureRows rows = rows_of(leading_components(features_of(pool, comparison), a.pool.features));
    const TreeSnapshot tree = build_tree(rows, pool.candidates, a.options);
    if (!a.out.empty())
        write_file(a.out, to_json(*tree) + "\n");
    std::vector<std::string> sentences;
    if (int(pool.candidates.size()) <= a.options.branching)
        sentences.push_back("There are no more candidates than a branch has: all of them are leaves.");
    Json more{{"candidates", pool.candidates.size()},
              {"features", describe_features(a.pool.features)},
              {"problems", pool.problems}};
    more["unseen"] = unseen_of(pool, rows, sentences);
    const auto judge = judge_of(pool, comparison);
    print(table_of(*tree, a.levels, names_of(*tree, a.levels, pool, judge.get())), a.form, sentences, more);
    return report_problems(pool, a.form);
}

} // namespace

void add_tree(CLI::App& app, Chosen& chosen)
{
    auto a = std::make_shared<TreeArguments>();
    CLI::App* command = app.add_subcommand("tree", "Organise many candidates as a tree of a few cards each");
    add_pool_options(*command, a->pool);
    add_feature_options(*command, a->pool.features);
    add_component_option(*command, a->pool.features);
    command->add_option("--branch", a->options.branching, "Cards of a branch")
        ->check(CLI::Range(2, 64))
        ->capture_default_str();
    command->add_option("--rule", a->rule, "fps (diversity), kmeans (coverage), uniform or random")
        ->check(CLI::IsMember({"fps", "kmeans", "uniform", "random"}))
        ->capture_default_str();
    command
        ->add_option("--peculiarity", a->options.peculiarity,
                     "From 0 (likely candidates) to 1 (odd ones too); for fps and uniform")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    command
        ->add_option("--soft", a->options.soft,
                     "Let branches borrow near neighbours, nearer than this share of all pairs (0: no)")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    command->add_option("--seed", a->options.seed, "Decides the first card and random draws")
        ->capture_default_str();
    command->add_option("--levels", a->levels, "Levels to print")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    command->add_option("--out", a->out, "Write the whole tree to this JSON file");
    add_table_forms(*command, a->form, chosen);
    command->callback([a, &chosen] { chosen.run = [a] { return run(*a); }; });
}

} // namespace lacuna::cli
