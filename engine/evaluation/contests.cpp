// SPDX-License-Identifier: GPL-3.0-or-later
// Which methods and settings the tables of the benchmark compare.
#include <cmath>

#include "engine/evaluation/benchmark.h"
#include "engine/restoration/methods.h"

namespace lacuna {

namespace {

constexpr double particle_strength =
    100; ///< k_PG; that of the thesis for digits, 3, changes nothing in these sizes

Contest contest(const DatasetModel& model, const std::string& name, const Recipe& recipe)
{
    return {
        .filler = std::make_shared<ModelFiller>(model, recipe), .candidates = 0, .rows = {{.name = name}}};
}

std::string short_number(double value)
{
    std::string text = std::to_string(static_cast<long long>(std::llround(value * 1000)));
    while (text.size() < 4)
        text.insert(text.begin(), '0');
    text.insert(text.end() - 3, '.');
    while (text.back() == '0')
        text.pop_back();
    if (text.back() == '.')
        text.pop_back();
    return text;
}

/// The rules on one pool of candidates.
Contest pooled(std::shared_ptr<Filler> filler, int pool, int members)
{
    Contest contest{.filler = std::move(filler), .candidates = pool, .rows = {{.name = "posterior samples"}}};
    if (pool <= members)
        return contest;
    const std::string of = " of " + std::to_string(pool);
    contest.rows.push_back({.name = "K-means" + of, .rule = "kmeans"});
    contest.rows.push_back({.name = "uniformization" + of, .rule = "uniform"});
    contest.rows.push_back({.name = "farthest points" + of, .rule = "fps"});
    return contest;
}

std::string bound_name(double gray)
{
    return std::isfinite(gray) ? "D = " + short_number(gray) + " grey levels" : "D unlimited";
}

} // namespace

std::vector<Contest> method_contests(const scenes::World& world, const AttributePlaces& places,
                                     const DatasetModel& model, const Recipe& base, int pool, int members)
{
    Recipe plain = base;
    plain.eta = 0;
    plain.particles = 0;
    std::vector<Contest> contests;
    contests.push_back({.filler = std::make_shared<TruePosterior>(world, places.inside),
                        .rows = {{.name = "true posterior"}}});
    contests.push_back(pooled(std::make_shared<ModelFiller>(model, plain), pool, members));

    Recipe guided = base;
    guided.particles = 0;
    std::vector<std::string> methods = restoration_methods();
    methods.push_back("project");
    for (const std::string& method : methods) {
        guided.method = plain.method = method;
        if (method != base.method) // whose plain samples are the first of the pool
            contests.push_back(contest(model, method, plain));
        contests.push_back(contest(model, "guided " + method, guided));
    }
    Recipe particles = base;
    particles.method = "project";
    particles.sampler = "edm";
    particles.eta = particles.particles = 0;
    contests.push_back(contest(model, "edm", particles));
    particles.particles = base.particles > 0 ? base.particles : particle_strength;
    contests.push_back(contest(model, "edm, particle guidance", particles));
    return contests;
}

std::vector<Contest> selection_contests(std::shared_ptr<Filler> plain, std::shared_ptr<Filler> guided,
                                        int pool, int members)
{
    return {pooled(std::move(plain), pool, members),
            {.filler = std::move(guided), .candidates = 0, .rows = {{.name = "guided samples"}}}};
}

std::vector<Contest> eta_contests(const DatasetModel& model, const Recipe& base,
                                  const std::vector<double>& etas)
{
    std::vector<Contest> contests;
    Recipe recipe = base;
    for (const double eta : etas) {
        recipe.eta = eta;
        contests.push_back(contest(model, "eta = " + short_number(eta), recipe));
    }
    return contests;
}

std::vector<Contest> bound_contests(const DatasetModel& model, const Recipe& base,
                                    const std::vector<double>& bounds)
{
    std::vector<Contest> contests;
    Recipe recipe = base;
    for (const double bound : bounds) {
        recipe.bound = {bound, BoundConvention::GrayLevels};
        recipe.eta = bound > 0 ? base.eta : 0; // a bound of nothing never pushes
        contests.push_back(contest(model, bound_name(bound), recipe));
    }
    return contests;
}

} // namespace lacuna
