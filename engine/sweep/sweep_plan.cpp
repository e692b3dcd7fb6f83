// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sweep/sweep_plan.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <limits>
#include <map>
#include <set>

#include "engine/core/error.h"
#include "engine/core/hash.h"
#include "engine/core/text.h"

namespace lacuna {

namespace {

constexpr std::size_t most_cells = 1'000'000;

template <typename Number> Number number_of(const std::string& parameter, const std::string& text)
{
    Number value{};
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc() || end != text.data() + text.size())
        throw Error(ErrorKind::Usage, parameter + "=" + printable(text), "is no number of this parameter",
                    "Write values such as " + parameter + "=1,2,3");
    return value;
}

using Setter = std::function<void(Recipe&, const std::string&)>;

template <typename Number> Setter number(const std::string& name, Number Recipe::*member)
{
    return [=](Recipe& recipe, const std::string& text) { recipe.*member = number_of<Number>(name, text); };
}

Setter text(std::string Recipe::*member)
{
    return [=](Recipe& recipe, const std::string& value) { recipe.*member = value; };
}

const std::vector<std::pair<std::string, Setter>>& setters()
{
    static const std::vector<std::pair<std::string, Setter>> table{
        {"eta", number("eta", &Recipe::eta)},
        {"bound", [](Recipe& recipe, const std::string& value) { recipe.bound = parse_sweep_bound(value); }},
        {"steps", number("steps", &Recipe::steps)},
        {"count", number("count", &Recipe::count)},
        {"seed", number("seed", &Recipe::seed)},
        {"model", text(&Recipe::model)},
        {"class", number("class", &Recipe::model_class)},
        {"method", text(&Recipe::method)},
        {"sampler", text(&Recipe::sampler)},
        {"schedule", text(&Recipe::schedule)},
        {"gamma", number("gamma", &Recipe::gamma)},
        {"mu", number("mu", &Recipe::mu)},
        {"churn", number("churn", &Recipe::churn)},
        {"particles", number("particles", &Recipe::particles)},
        {"kernel", text(&Recipe::kernel)},
        {"pool", number("pool", &Recipe::pool)},
        {"select", text(&Recipe::select)},
        {"method-eta",
         [](Recipe& recipe, const std::string& value) {
             recipe.restoration.eta = number_of<double>("method-eta", value);
         }},
        {"zeta",
         [](Recipe& recipe, const std::string& value) {
             recipe.restoration.zeta = number_of<double>("zeta", value);
         }},
    };
    return table;
}

const Setter& setter_of(const std::string& parameter)
{
    for (const auto& [name, setter] : setters())
        if (name == parameter)
            return setter;
    throw Error(ErrorKind::Usage, "--vary " + printable(parameter), "is no parameter that can vary",
                "Choose one of: " + joined(sweep_parameters()));
}

/// Without guidance its bound means nothing, and no cell is computed twice.
Recipe canonical(Recipe recipe)
{
    if (recipe.eta == 0)
        recipe.bound = {};
    return recipe;
}

std::string job_id(const Recipe& recipe)
{
    Sha256 hash;
    hash.add(to_json(canonical(recipe)));
    return hash.hex();
}

std::size_t environment_number(const char* name, std::size_t otherwise)
{
    const char* value = std::getenv(name);
    return value ? number_of<std::size_t>(name, value) : otherwise;
}

} // namespace

Bound parse_sweep_bound(const std::string& text)
{
    double value = 1;
    const std::size_t length = std::min(text.find(':'), text.size());
    const auto [end, problem] = std::from_chars(text.data(), text.data() + length, value);
    const bool zero = problem == std::errc() && end == text.data() + length && value == 0;
    Bound bound = parse_bound(zero ? "1" + text.substr(length) : text); // knows the conventions
    if (zero)
        bound.value = 0;
    return bound;
}

const std::vector<std::string>& sweep_parameters()
{
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        for (const auto& [name, setter] : setters())
            all.push_back(name);
        return all;
    }();
    return names;
}

SweepAxis parse_axis(const std::string& text)
{
    const std::size_t equals = text.find('=');
    SweepAxis axis{.parameter = text.substr(0, equals)};
    setter_of(axis.parameter);
    for (std::size_t begin = equals; begin < text.size();) {
        const std::size_t end = std::min(text.find(',', begin + 1), text.size());
        axis.values.push_back(text.substr(begin + 1, end - begin - 1));
        begin = end;
    }
    const std::set<std::string> different(axis.values.begin(), axis.values.end());
    if (axis.values.empty() || different.count("") > 0 || different.size() != axis.values.size())
        throw Error(ErrorKind::Usage, "--vary " + printable(text), "names no values, or one of them twice",
                    "Write it as " + axis.parameter + "=VALUE,VALUE");
    return axis;
}

std::vector<SweepJob> sweep_jobs(const Recipe& base, const std::vector<SweepAxis>& axes)
{
    return sweep_jobs(
        base.model, [&](const std::string&) { return base; }, axes);
}

std::vector<SweepJob> sweep_jobs(const std::string& model, const RecipeOfModel& recipe_of,
                                 const std::vector<SweepAxis>& axes)
{
    std::size_t cells = 1;
    std::set<std::string> parameters;
    for (const SweepAxis& axis : axes) {
        if (!parameters.insert(axis.parameter).second)
            throw Error(ErrorKind::Usage, "--vary " + axis.parameter, "is there twice",
                        "Give all its values at once");
        if (axis.values.size() > most_cells / cells)
            throw Error(ErrorKind::Usage, "--vary", "makes more than 1,000,000 sets", "Vary less at once");
        cells *= axis.values.size();
    }
    const auto models = std::find_if(axes.begin(), axes.end(),
                                     [](const SweepAxis& axis) { return axis.parameter == "model"; });
    std::vector<Recipe> bases;
    for (const std::string& one : models == axes.end() ? std::vector{model} : models->values)
        bases.push_back(recipe_of(one));
    std::vector<SweepJob> jobs;
    jobs.reserve(cells);
    for (std::size_t cell = 0; cell < cells; ++cell) {
        SweepJob job{.place = std::vector<std::size_t>(axes.size())};
        std::size_t rest = cell;
        for (std::size_t i = axes.size(); i-- > 0; rest /= axes[i].values.size())
            job.place[i] = rest % axes[i].values.size();
        job.recipe = bases[models == axes.end() ? 0 : job.place[std::size_t(models - axes.begin())]];
        for (std::size_t i = 0; i < axes.size(); ++i)
            setter_of(axes[i].parameter)(job.recipe, axes[i].values[job.place[i]]);
        if (job.recipe.bound.value == 0) {
            job.recipe.eta = 0;
            job.recipe.bound = {};
        }
        validate(job.recipe);
        job.id = job_id(job.recipe);
        jobs.push_back(std::move(job));
    }
    return jobs;
}

Shard find_shard(const std::string& text)
{
    Shard shard;
    if (text.empty()) {
        shard.of = environment_number("SLURM_ARRAY_TASK_COUNT", 1);
        shard.number = environment_number("SLURM_ARRAY_TASK_ID", 0);
        shard.number -= std::min(shard.number, environment_number("SLURM_ARRAY_TASK_MIN", 0));
    } else {
        const std::size_t slash = std::min(text.find('/'), text.size());
        shard.number = number_of<std::size_t>("--shard", text.substr(0, slash));
        shard.of = number_of<std::size_t>("--shard", slash < text.size() ? text.substr(slash + 1) : "");
    }
    if (shard.number >= shard.of)
        throw Error(ErrorKind::Usage, "--shard " + printable(text), "is not one of its parts",
                    "Write 0/8 for the first of eight parts, 7/8 for the last");
    return shard;
}

} // namespace lacuna
