// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/commands/candidates.h"
#include "app/commands/commands.h"
#include "app/commands/feature_choice.h"
#include "engine/core/device.h"
#include "engine/core/error.h"
#include "engine/selection/selection.h"

namespace lacuna::cli {

namespace {

struct SelectArguments {
    PoolArguments pool{};
    std::string rule = "fps";
    int count = 5;
    std::uint64_t seed = 0;
    TableForm form = TableForm::Text;
};

/// How many candidates are nearest to each chosen one, the first of equally near ones.
std::vector<std::int64_t> stand_for(const Tensor& features, const std::vector<int>& chosen)
{
    std::vector<Tensor> columns;
    for (const int index : chosen)
        columns.push_back((features - features[index]).norm(2, {1}));
    const Tensor distances = at::stack(columns, 1).contiguous();
    std::vector<std::int64_t> counts(chosen.size(), 0);
    const double* row = distances.data_ptr<double>();
    for (std::int64_t i = 0; i < distances.size(0); ++i, row += chosen.size())
        ++counts[std::size_t(std::min_element(row, row + chosen.size()) - row)];
    return counts;
}

int run(const SelectArguments& a)
{
    use_threads();
    Pool pool = read_pool(a.pool);
    const Tensor features =
        leading_components(features_of(pool, comparison_of(pool.hole, a.pool.features)), a.pool.features);
    const std::size_t candidates = pool.candidates.size();
    if (candidates < std::size_t(a.count))
        throw Error(ErrorKind::Input, pool.name(),
                    "has " + std::to_string(candidates) + (candidates == 1 ? " candidate" : " candidates")
                        + " where " + std::to_string(a.count) + " are to be chosen",
                    "Use --count " + std::to_string(candidates) + " or less");
    const std::vector<int> chosen = select(features, a.count, a.rule, a.seed);
    const std::vector<std::int64_t> counts = stand_for(features, chosen);
    Table table{.columns = {"file", "index", "stands for"}};
    for (std::size_t i = 0; i < chosen.size(); ++i)
        table.rows.push_back(
            {pool.candidates[std::size_t(chosen[i])].file, std::int64_t(chosen[i]), counts[i]});
    if (a.form == TableForm::Text) // for other programs: names alone
        for (const auto& row : table.rows)
            std::cout << std::get<std::string>(row[0]) << "\n";
    else
        print(table, a.form, {},
              {{"candidates", candidates},
               {"features", describe_features(a.pool.features)},
               {"problems", pool.problems}});
    return report_problems(pool, a.form);
}

} // namespace

void add_select(CLI::App& app, Chosen& chosen)
{
    auto a = std::make_shared<SelectArguments>();
    CLI::App* command = app.add_subcommand("select", "Choose a few pictures that span many");
    add_pool_options(*command, a->pool);
    add_feature_options(*command, a->pool.features);
    add_component_option(*command, a->pool.features);
    command->add_option("--count", a->count, "How many to choose")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    command
        ->add_option("--rule", a->rule,
                     "fps (farthest points: diversity), kmeans (coverage), uniform (levels the density; may "
                     "drop the main kind) or random")
        ->check(CLI::IsMember({"fps", "kmeans", "uniform", "random"}))
        ->capture_default_str();
    command->add_option("--seed", a->seed, "Decides the first point and random draws")->capture_default_str();
    add_table_forms(*command, a->form, chosen);
    command->callback([a, &chosen] { chosen.run = [a] { return run(*a); }; });
}

} // namespace lacuna::cli
