// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/scenes/scene_canvas.h"

#include <algorithm>

namespace lacuna::scenes {

/// A wall seen from the front: at every sub-pixel how far it stands out, in picture pixels, and its paint.
struct Relief {
    Plane height;
    std::vector<Rgb> paint;

    Relief() : height(kWidth * kScale, kHeight * kScale), paint(height.values.size()) {}
    Rgb& paint_at(int column, int row) { return paint[std::size_t(row) * height.width + column]; }

    /// Calls `change(x, y, height, paint)` for every sub-pixel of a box in picture pixels.
    template <typename Change> void box(float x0, float y0, float x1, float y1, Change&& change)
    {
        const int left = std::max(0, int(std::lround(x0 * kScale))),
                  top = std::max(0, int(std::lround(y0 * kScale)));
        const int right = std::min(height.width, int(std::lround(x1 * kScale)));
        const int bottom = std::min(height.height, int(std::lround(y1 * kScale)));
        for (int row = top; row < bottom; ++row)
            for (int column = left; column < right; ++column)
                change((float(column) + 0.5f) / kScale, (float(row) + 0.5f) / kScale, height.at(column, row),
                       paint_at(column, row));
    }
};

/// A leaf or petal lying on the relief.
struct Leaf {
    Point centre;
    float radius, angle, level, tilt_x, tilt_y;
    Rgb colour;
    /// 0 is an oval leaf, 5 the five-pointed one of ivy; petals have 5 round lobes when `round` is set.
    int lobes = 0;
    bool round = false;
};
void lay(Relief& relief, const Leaf& leaf);

/// Lights the relief: low sun from the upper left, weakened by `sunlight`, and a blue sky; shadows fall.
Canvas light_up(const Relief& relief, const Plane& sunlight);

} // namespace lacuna::scenes
