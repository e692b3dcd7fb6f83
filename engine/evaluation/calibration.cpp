// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/calibration.h"

#include <algorithm>
#include <cmath>

#include "engine/core/error.h"

namespace lacuna {

namespace {

/// Fills of each scene, and of these those with the value.
struct Counts {
    std::vector<double> hits{}, fills{};

    double share(const std::vector<std::size_t>& scenes) const
    {
        double some = 0, all = 0;
        for (const std::size_t i : scenes) {
            some += hits[i];
            all += fills[i];
        }
        return some / all;
    }
};

Counts count(const std::vector<std::vector<Reading>>& by_scene, std::size_t attribute, int value)
{
    Counts counts;
    for (const std::vector<Reading>& readings : by_scene) {
        counts.hits.push_back(double(std::count_if(readings.begin(), readings.end(), [&](const Reading& r) {
            return r.values[attribute] == value;
        })));
        counts.fills.push_back(double(readings.size()));
    }
    return counts;
}

} // namespace

double Calibration::largest_error(double least) const
{
    double largest = 0;
    for (const ValueFrequency& value : values)
        if (value.declared > least)
            largest = std::max(largest, std::abs(value.error()));
    return largest;
}

std::vector<ValueFrequency> Calibration::missing(double least) const
{
    std::vector<ValueFrequency> none;
    for (const ValueFrequency& value : values)
        if (value.declared >= least && value.count == 0)
            none.push_back(value);
    return none;
}

Calibration calibrate(const scenes::World& world, const std::vector<int>& inside,
                      const std::vector<std::vector<Reading>>& by_scene, std::uint64_t seed)
{
    Calibration calibration{.scenes = by_scene.size()};
    for (const std::vector<Reading>& readings : by_scene)
        calibration.fills += readings.size();
    check(calibration.fills > 0, "there are fills to count");
    for (const int a : inside) {
        const scenes::Attribute& attribute = world.attributes()[static_cast<std::size_t>(a)];
        for (std::size_t v = 0; v < attribute.values.size(); ++v) {
            const Counts counts = count(by_scene, static_cast<std::size_t>(a), static_cast<int>(v));
            std::size_t hits = 0;
            for (const double some : counts.hits)
                hits += static_cast<std::size_t>(some);
            // Resampling knows nothing about what never or always happened.
            const Interval found =
                hits == 0 || hits == calibration.fills
                    ? wilson(hits, calibration.fills)
                    : bootstrap(by_scene.size(), [&](const auto& scenes) { return counts.share(scenes); },
                                {.seed = seed});
            calibration.values.push_back({.attribute = attribute.name,
                                          .value = attribute.values[v].name,
                                          .declared = attribute.values[v].probability,
                                          .found = found,
                                          .count = hits});
        }
    }
    return calibration;
}

} // namespace lacuna
