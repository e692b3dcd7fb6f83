// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/closed_form/photo_steps.h"

#include <algorithm>
#include <cmath>

#include "engine/closed_form/patch_level.h"

namespace lacuna {

std::vector<int> distribute_steps(int asked, std::size_t levels, const ThisPhotoOptions& options)
{
    std::vector<int> steps;
    for (std::size_t level = 0; level < levels; ++level)
        steps.push_back(level + 1 == levels   ? options.steps_coarsest
                        : level + 2 == levels ? options.steps_next
                                              : options.steps_fine);
    if (asked == 0)
        return steps;
    int total = 0;
    for (const int n : steps)
        total += n;
    for (int& n : steps)
        n = std::max(1, static_cast<int>(std::lround(double(n) * asked / total)));
    return steps;
}

std::size_t pyramid_levels(const Mask& window, const ThisPhotoOptions& options)
{
    PatchLevel finest{.width = window.width, .height = window.height};
    finest.known.assign(window.values.size() * 4, 0.f);
    for (const std::uint8_t value : window.values)
        finest.hole.push_back(value != 0);
    return build_pyramid(std::move(finest), options.coarsest_hole).size();
}

} // namespace lacuna
