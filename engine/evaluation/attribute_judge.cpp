// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/attribute_judge.h"

#include <algorithm>

#include "engine/core/error.h"

namespace lacuna {

std::vector<Reading> AttributeJudge::read(const Judgement& judgement) const
{
    const Tensor probabilities = judgement.probabilities.to(at::kCPU, at::kDouble).contiguous();
    const double* value = probabilities.data_ptr<double>();
    std::vector<Reading> readings(static_cast<std::size_t>(probabilities.size(0)));
    for (Reading& reading : readings)
        for (const AttributeGroup& group : groups()) {
            const double* end = value + group.values.size();
            const double* best = std::max_element(value, end);
            reading.values.push_back(static_cast<int>(best - value));
            reading.confidence.push_back(*best);
            value = end;
        }
    return readings;
}

void require_world(const AttributeJudge& judge, const scenes::World& world, const std::string& subject)
{
    if (judge.groups() != groups_of(world.attributes()))
        throw Error(ErrorKind::Input, subject, "does not tell the attributes of the world " + world.name(),
                    "Use an attribute network that was trained for this world as it is now",
                    "Nothing was measured.");
}

} // namespace lacuna
