// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/patch_coherence.h"

#include <cmath>
#include <limits>

#include "engine/closed_form/this_photo.h"
#include "engine/core/parallel.h"

namespace lacuna::cli {

double patch_coherence(const Picture& picture, const Mask& mask, const Completion& completion)
{
    const ThisPhotoOptions options;
    PatchLevel level = finest_level(picture, mask, options);
    find_patches(level);
    const PatchLevel filled =
        finest_level(composite(picture, mask, completion), Mask(mask.width, mask.height), options);

    const Area& area = level.area;
    PixelPlane query_pixels(std::size_t(area.width) * area.height * 4), precision(query_pixels.size(), 1.f);
    for (int y = 0; y < area.height; ++y)
        for (int x = 0; x < area.width; ++x)
            for (std::size_t c = 0; c < 4; ++c) {
                const std::size_t at = 4 * (std::size_t(y) * area.width + x) + c;
                query_pixels[at] = filled.known[4 * (std::size_t(area.y + y) * level.width + area.x + x) + c];
                if (c == 3)
                    precision[at] = 0;
            }
    const Query query{level, query_pixels.data(), precision.data()};

    constexpr std::size_t stride = 29;
    std::vector<double> distances((level.positions.size() + stride - 1) / stride);
    parallel_for(distances.size(), 1, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            float nearest = std::numeric_limits<float>::infinity();
            for (const std::int32_t candidate : level.candidates)
                nearest = std::min(nearest, query.distance(level.positions[i * stride], candidate, nearest));
            distances[i] = std::sqrt(nearest / (3 * patch_side * patch_side)) * 127.5;
        }
    });
    double sum = 0;
    for (const double d : distances)
        sum += d;
    return sum / double(distances.size());
}

} // namespace lacuna::cli
