// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/validity.h"

#include <algorithm>

#include "engine/core/error.h"
#include "engine/evaluation/bootstrap.h"

namespace lacuna {

namespace {

constexpr int renders_at_once = 64;
/// A value that fewer renders are read as takes the threshold of its attribute.
constexpr std::size_t enough_readings = 100;

struct JudgedRenders {
    std::vector<scenes::Attributes> truth{};
    std::vector<Reading> readings{};
    Tensor features{};
};

JudgedRenders judge_renders(const scenes::World& world, const AttributeJudge& judge, int size, int count,
                            HeldOut use)
{
    JudgedRenders judged;
    std::vector<Tensor> features;
    for (int first = 0; first < count; first += renders_at_once) {
        std::vector<std::uint64_t> seeds;
        std::vector<scenes::Attributes> truth;
        for (int i = first; i < std::min(count, first + renders_at_once); ++i) {
            seeds.push_back(held_out_seed(use, static_cast<std::uint64_t>(i)));
            truth.push_back(world.draw(seeds.back()));
        }
        const Judgement some = judge.judge(images_of(render_all(world, seeds, truth, size)));
        const std::vector<Reading> readings = judge.read(some);
        judged.truth.insert(judged.truth.end(), truth.begin(), truth.end());
        judged.readings.insert(judged.readings.end(), readings.begin(), readings.end());
        features.push_back(some.features);
    }
    judged.features = at::cat(features);
    return judged;
}

std::vector<double> sorted_values(const Tensor& values)
{
    const Tensor sorted = std::get<0>(values.to(at::kDouble).contiguous().sort());
    return {sorted.data_ptr<double>(), sorted.data_ptr<double>() + sorted.numel()};
}

} // namespace

Validity::Validity(const scenes::World& world, const AttributeJudge& judge, int size, int renders)
    : judge_(judge)
{
    check(renders >= 2, "renders to learn from");
    reference_ = judge_renders(world, judge, size, renders, HeldOut::Reference).features;
    const JudgedRenders others = judge_renders(world, judge, size, renders, HeldOut::Thresholds);
    learn_confidence(others.readings, judge.groups());
    distance_limit_ = quantile(sorted_values(distance(others.features)), 0.99);

    accuracy_.assign(judge.groups().size(), 0);
    for (std::size_t i = 0; i < others.truth.size(); ++i)
        for (std::size_t a = 0; a < accuracy_.size(); ++a)
            accuracy_[a] += others.readings[i].values[a] == others.truth[i][a] ? 1.0 / renders : 0;
}

void Validity::learn_confidence(const std::vector<Reading>& readings,
                                const std::vector<AttributeGroup>& groups)
{
    for (std::size_t a = 0; a < groups.size(); ++a) {
        std::vector<double> all;
        std::vector<std::vector<double>> by_value(groups[a].values.size());
        for (const Reading& reading : readings) {
            all.push_back(reading.confidence[a]);
            by_value[static_cast<std::size_t>(reading.values[a])].push_back(reading.confidence[a]);
        }
        std::sort(all.begin(), all.end());
        std::vector<double> least;
        for (std::vector<double>& some : by_value) {
            std::sort(some.begin(), some.end());
            least.push_back(quantile(some.size() >= enough_readings ? some : all, 0.01));
        }
        least_confidence_.push_back(std::move(least));
    }
}

Tensor Validity::distance(const Tensor& features) const
{
    constexpr int exact_differences = 2;
    return std::get<0>(at::cdist(features.to(at::kDouble), reference_, 2, exact_differences).min(1));
}

bool Validity::recognised(const AttributePlaces& places, const Reading& reading) const
{
    return std::all_of(places.inside.begin(), places.inside.end(), [&](int attribute) {
        const auto a = static_cast<std::size_t>(attribute);
        return reading.confidence[a] >= least_confidence_[a][static_cast<std::size_t>(reading.values[a])];
    });
}

std::vector<bool> Validity::valid(const KnownScene& scene, const AttributePlaces& places,
                                  const Judgement& judgement) const
{
    const std::vector<Reading> readings = judge_.read(judgement);
    const Tensor distances = distance(judgement.features).contiguous();
    std::vector<bool> valid;
    for (std::size_t i = 0; i < readings.size(); ++i) {
        const Reading& reading = readings[i];
        const bool same_elsewhere = std::all_of(places.apart.begin(), places.apart.end(), [&](int attribute) {
            const auto a = static_cast<std::size_t>(attribute);
            return reading.values[a] == scene.attributes[a];
        });
        valid.push_back(recognised(places, reading) && same_elsewhere
                        && distances.data_ptr<double>()[i] <= distance_limit_);
    }
    return valid;
}

} // namespace lacuna
