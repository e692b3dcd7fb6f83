// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/selection/rules.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "engine/core/error.h"
#include "engine/core/purpose.h"

namespace lacuna {

namespace {

/// Neighbours counted by uniformization, as in Cohen et al. 2024, App. B.
constexpr int neighbours = 6;

constexpr std::array rules{Rule::FarthestPoint, Rule::KMeans, Rule::Uniform, Rule::Random};

void check_rows(const FeatureRows& rows, int count)
{
    if (count < 1 || rows.size() < count)
        throw Error(ErrorKind::Input, "A selection of " + std::to_string(count),
                    "there are " + std::to_string(rows.size()) + " pictures to choose from",
                    "Ask for a number between 1 and that.");
    for (int i = 0; i < rows.size(); ++i)
        if (!rows.is_finite(i))
            throw Error(ErrorKind::Input, "The features", "some of their values are not finite",
                        "Leave out the pictures that have them.");
}

/// `count` of the rows at random, in ascending order.
std::vector<int> random_part(int rows, int count, const DrawStream& stream)
{
    std::vector<int> all = first_rows(rows);
    if (count >= rows)
        return all;
    for (int i = 0; i < count; ++i) { // element 0 of the stream draws the first point
        const int j = i + static_cast<int>(uniform(stream, static_cast<std::uint64_t>(i) + 1) * (rows - i));
        std::swap(all[static_cast<std::size_t>(i)], all[static_cast<std::size_t>(j)]);
    }
    all.resize(static_cast<std::size_t>(count));
    std::sort(all.begin(), all.end());
    return all;
}

std::vector<int> farthest(const FeatureRows& rows, int count, int taking_part, const DrawStream& stream,
                          std::vector<int> held)
{
    const std::vector<int> part = random_part(rows.size(), taking_part, stream);
    if (held.empty())
        held = {part[static_cast<std::size_t>(uniform(stream, 0) * static_cast<double>(part.size()))]};
    return farthest_point(rows, count, held, part);
}

/// Draws without replacement from rows of these weights that are not held.
std::vector<int> drawn(std::vector<double> weights, int count, const DrawStream& stream,
                       std::vector<int> held)
{
    for (const int row : held)
        weights[static_cast<std::size_t>(row)] = 0;
    const auto more =
        draw_without_replacement(std::move(weights), count - static_cast<int>(held.size()), stream);
    held.insert(held.end(), more.begin(), more.end());
    return held;
}

std::vector<double> levelled_weights(const FeatureRows& rows, double kept, int needed,
                                     const std::vector<double>& given)
{
    if (rows.size() == 1)
        return {1};
    const std::vector<double> rho = given.empty() ? uniformization_neighbourhoods(rows).rho : given;
    const double most_discarded = static_cast<double>(rows.size() - needed) / rows.size();
    const double discard = std::min(1 - kept, most_discarded);
    std::vector<double> weights = uniformization_weights(rho, rows.columns(), discard);
    // Rows that coincide with all of their neighbours have weight 0 but may still be needed.
    for (const int row : most_probable(rho, discard))
        weights[static_cast<std::size_t>(row)] =
            std::max(weights[static_cast<std::size_t>(row)], std::numeric_limits<double>::min());
    return weights;
}

} // namespace

const char* name(Rule rule)
{
    constexpr const char* names[] = {"fps", "kmeans", "uniform", "random"};
    return names[static_cast<int>(rule)];
}

Rule parse_rule(const std::string& text)
{
    const auto found =
        std::find_if(rules.begin(), rules.end(), [&](Rule rule) { return text == name(rule); });
    if (found == rules.end())
        throw Error(ErrorKind::Usage, "The rule \"" + printable(text) + "\"", "it is not known",
                    "Use fps, kmeans, uniform or random.");
    return *found;
}

Peculiarity peculiarity(double control, int rows, int count)
{
    if (!(control >= 0 && control <= 1))
        throw Error(ErrorKind::Usage, "The peculiarity", "it is out of range",
                    "Use a number from 0 (likely) to 1 (odd).");
    const double least = std::min(count + 1, rows);
    return {.taking_part = static_cast<int>(std::lround(least * std::pow(rows / least, control))),
            .kept = (1 + control) / 2};
}

Neighbourhoods uniformization_neighbourhoods(const FeatureRows& rows)
{
    return neighbourhoods(rows, std::min(neighbours, rows.size() - 1), /*count_self=*/false);
}

std::vector<int> choose(const FeatureRows& rows, int count, const RuleOptions& options,
                        const std::vector<int>& held, const std::vector<double>& rho)
{
    check_rows(rows, count);
    check(static_cast<int>(held.size()) <= count, "no more rows are held than chosen");
    check(rho.empty() || static_cast<int>(rho.size()) == rows.size(),
          "each row has its distance to neighbours");
    const Peculiarity odd = peculiarity(options.peculiarity, rows.size(), count);
    const DrawStream stream{.seed = options.seed,
                            .member = 0,
                            .step = options.branch,
                            .purpose = static_cast<std::uint32_t>(Purpose::Selection)};
    switch (options.rule) {
    case Rule::FarthestPoint:
        return farthest(rows, count, odd.taking_part, stream, held);
    case Rule::KMeans:
        return kmeans_plus_plus(rows, count, stream, options.restarts, held).representatives;
    case Rule::Uniform:
        return drawn(levelled_weights(rows, odd.kept, count, rho), count, stream, held);
    case Rule::Random:
        return drawn(std::vector<double>(static_cast<std::size_t>(rows.size()), 1.0), count, stream, held);
    }
    return {};
}

} // namespace lacuna
