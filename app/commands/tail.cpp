// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/commands/candidates.h"
#include "app/commands/commands.h"
#include "app/commands/feature_choice.h"
#include "engine/core/device.h"
#include "engine/metrics/tail.h"

namespace lacuna::cli {

namespace {

using Json = nlohmann::ordered_json;

struct TailArguments {
    PoolArguments pool{};
    TailOptions options{};
    TableForm form = TableForm::Text;
};

Table table_of(const TailReport& r)
{
    Table table{.columns = {"figure", "value"}};
    const auto add = [&](const char* name, Cell cell) {
        table.rows.push_back({std::string(name), std::move(cell)});
    };
    add("candidates", std::int64_t(r.candidates));
    add("features of each", std::int64_t(r.dimension));
    if (r.kurtosis.value == 0) // nothing could be measured
        return table;
    add("kurtosis of the first component", FigureInterval{r.kurtosis, 2});
    add("Gaussian sets, 2.5 %", Figure{r.gaussian_low, 2});
    add("Gaussian sets, median", Figure{r.gaussian_median, 2});
    add("Gaussian sets, 97.5 %", Figure{r.gaussian_high, 2});
    add("share of Gaussian sets as heavy", Figure{r.gaussians_as_heavy, 3});
    add("smaller group: share", Figure{r.groups.share[0], 3});
    add("smaller group: mean", Figure{r.groups.mean[0], 3});
    add("smaller group: deviation", Figure{r.groups.deviation[0], 3});
    add("larger group: mean", Figure{r.groups.mean[1], 3});
    add("larger group: deviation", Figure{r.groups.deviation[1], 3});
    return table;
}

/// Lines of a histogram of the scores, the longest 40 characters.
std::vector<std::string> histogram(const std::vector<double>& scores)
{
    constexpr int bins = 12, longest = 40;
    if (scores.empty())
        return {};
    const auto [low, high] = std::minmax_element(scores.begin(), scores.end());
    std::vector<int> counts(bins, 0);
    for (const double score : scores)
        ++counts[std::size_t(
            std::min(double(bins - 1), bins * (score - *low) / std::max(*high - *low, 1e-300)))];
    const int most = *std::max_element(counts.begin(), counts.end());
    std::vector<std::string> lines;
    for (const int count : counts)
        lines.push_back("  |" + std::string(std::size_t((count * longest + most - 1) / most), '#')
                        + (count > 0 ? " " + std::to_string(count) : ""));
    return lines;
}

int run(const TailArguments& a)
{
    use_threads();
    Pool pool = read_pool(a.pool);
    const Tensor features = features_of(pool, comparison_of(pool.hole, a.pool.features));
    const TailReport report = tail_report(leading_components(features, a.pool.features), a.options);
    std::vector<std::string> sentences = histogram(report.scores);
    sentences.push_back(report.sentence);
    print(table_of(report), a.form, sentences,
          Json{{"sentence", report.sentence},
               {"features", describe_features(a.pool.features)},
               {"two_groups", report.groups.better_than_one},
               {"scores", report.scores},
               {"problems", pool.problems}});
    return report_problems(pool, a.form);
}

} // namespace

void add_tail(CLI::App& app, Chosen& chosen)
{
    auto a = std::make_shared<TailArguments>();
    CLI::App* command = app.add_subcommand(
        "tail", "Tell how heavy the tail of a pool is: what a few random samples would miss");
    add_pool_options(*command, a->pool);
    add_feature_options(*command, a->pool.features);
    a->pool.features.components = 0; // the first one alone is looked at
    add_component_option(*command, a->pool.features);
    command->add_option("--shown", a->options.shown, "How many random samples one would look at")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    command->add_option("--resamples", a->options.resamples, "Bootstrap resamples")
        ->check(CLI::Range(10, 100000))
        ->capture_default_str();
    command->add_option("--gaussians", a->options.gaussian_sets, "Gaussian sets to compare with")
        ->check(CLI::Range(10, 100000))
        ->capture_default_str();
    command->add_option("--seed", a->options.seed, "Of resamples and Gaussians")->capture_default_str();
    add_table_forms(*command, a->form, chosen);
    command->callback([a, &chosen] { chosen.run = [a] { return run(*a); }; });
}

} // namespace lacuna::cli
