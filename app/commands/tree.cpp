// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/commands/candidates.h"
#include "app/commands/commands.h"
#include "app/commands/console.h"
#include "engine/core/atomic_file.h"
#include "engine/core/device.h"
#include "engine/selection/selection.h"
#include "engine/selection/unseen.h"

namespace lacuna::cli {

namespace {

using Json = nlohmann::ordered_json;

constexpr int columns_of_trees = 25;
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

Table table_of(const GalleryTree& tree, int levels)
{
    Table table{.columns = {"card", "file", "stands for", "share", "spread", "borrows"}};
    for (int node = 0; node < int(tree.nodes().size()); ++node) {
        const TreeNode& n = tree.nodes()[std::size_t(node)];
        if (n.depth < levels)
            table.rows.push_back({place_of(tree, node), tree.candidates()[std::size_t(n.candidate)].file,
                                  std::int64_t(n.size), Figure{tree.share(node)}, Figure{n.spread, 4},
                                  std::int64_t(tree.borrowed(node).size())});
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
    const FeatureRows rows = rows_of(principal_components(features_of(pool, a.pool), columns_of_trees));
    const TreeSnapshot tree = build_tree(rows, pool.candidates, a.options);
    if (!a.out.empty())
        write_file(a.out, to_json(*tree) + "\n");
    std::vector<std::string> sentences;
    if (int(pool.candidates.size()) <= a.options.branching)
        sentences.push_back("There are no more candidates than a branch has: all of them are leaves.");
    Json more{{"candidates", pool.candidates.size()},
              {"features", describe_features(a.pool)},
              {"problems", pool.problems}};
    more["unseen"] = unseen_of(pool, rows, sentences);
    print(table_of(*tree, a.levels), a.form, sentences, more);
    return report_problems(pool, a.form);
}

} // namespace

void add_tree(CLI::App& app, Chosen& chosen)
{
    auto a = std::make_shared<TreeArguments>();
    CLI::App* command = app.add_subcommand("tree", "Organise many candidates as a tree of a few cards each");
    add_pool_options(*command, a->pool);
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
