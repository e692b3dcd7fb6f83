// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/mode_coverage.h"

#include <algorithm>
#include <numeric>
#include <set>

#include "engine/core/error.h"

namespace lacuna {

Modes::Modes(const scenes::World& world, std::vector<int> inside) : inside_(std::move(inside))
{
    constexpr std::size_t most = 1'000'000;
    const auto refuse = [&](const std::string& cause) {
        throw Error(ErrorKind::Usage, "The mask", cause, "Choose another mask of the world " + world.name(),
                    "Nothing was measured.");
    };
    if (inside_.empty())
        refuse("covers no attribute, so there is no truth to compare with");
    probability_ = {1};
    for (const int a : inside_) {
        const auto& values = world.attributes()[static_cast<std::size_t>(a)].values;
        values_.push_back(values.size());
        if (probability_.size() * values.size() > most)
            refuse("covers attributes with more than a million combinations");
        std::vector<double> product;
        for (const double before : probability_)
            for (const scenes::AttributeValue& value : values)
                product.push_back(before * value.probability);
        probability_ = std::move(product);
    }
}

std::size_t Modes::mode_of(const scenes::Attributes& attributes) const
{
    std::size_t mode = 0;
    for (std::size_t i = 0; i < inside_.size(); ++i)
        mode = mode * values_[i] + static_cast<std::size_t>(attributes[static_cast<std::size_t>(inside_[i])]);
    return mode;
}

std::vector<std::size_t> Modes::likeliest(std::size_t count) const
{
    std::vector<std::size_t> order(size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return probability_[a] > probability_[b]; });
    order.resize(std::min(count, order.size()));
    return order;
}

Coverage coverage(const Modes& truth, const std::vector<std::size_t>& modes, std::size_t members)
{
    Coverage covered;
    const std::set<std::size_t> shown(modes.begin(), modes.end());
    covered.distinct = static_cast<int>(shown.size());
    for (const std::size_t mode : shown) {
        covered.mass += truth.probability(mode);
        covered.worst =
            covered.worst == 0 ? truth.probability(mode) : std::min(covered.worst, truth.probability(mode));
    }
    const std::vector<std::size_t> likely = truth.likeliest(members);
    covered.likely = double(std::count_if(likely.begin(), likely.end(),
                                          [&](std::size_t mode) { return shown.contains(mode); }))
                     / double(likely.size());
    return covered;
}

} // namespace lacuna
