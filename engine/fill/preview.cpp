// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fill/preview.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace lacuna {

Previews::Previews(const Picture& window, const Mask& window_mask, const Area& area, int longest)
{
    const int margin = std::max(area.width, area.height) / 3;
    const int left = std::max(0, area.x - margin), top = std::max(0, area.y - margin);
    const int right = std::min(window.width, area.x + area.width + margin);
    const int bottom = std::min(window.height, area.y + area.height + margin);
    base_ = thumbnail(to_rgb8(crop(window, left, top, right - left, bottom - top)), longest);

    const double scale_x = double(base_.width) / (right - left),
                 scale_y = double(base_.height) / (bottom - top);
    place_.x = std::clamp(static_cast<int>(std::lround((area.x - left) * scale_x)), 0, base_.width - 1);
    place_.y = std::clamp(static_cast<int>(std::lround((area.y - top) * scale_y)), 0, base_.height - 1);
    place_.width = std::clamp(static_cast<int>(std::lround(area.width * scale_x)), 1, base_.width - place_.x);
    place_.height =
        std::clamp(static_cast<int>(std::lround(area.height * scale_y)), 1, base_.height - place_.y);

    Tensor hole = at::zeros({1, 1, area.height, area.width});
    for (int y = 0; y < area.height; ++y)
        for (int x = 0; x < area.width; ++x)
            hole.data_ptr<float>()[y * area.width + x] =
                window_mask.is_hole(area.x + x, area.y + y) ? 1.f : 0.f;
    hole_ = at::adaptive_avg_pool2d(hole, {place_.height, place_.width}).contiguous();
}

Picture Previews::with(const Tensor& estimate) const
{
    const Tensor fitted =
        at::adaptive_avg_pool2d(estimate.narrow(1, 0, 3), {place_.height, place_.width}).contiguous();
    const float* value = fitted.data_ptr<float>();
    const float* hole = hole_.data_ptr<float>();
    const int plane = place_.width * place_.height;
    return make_picture(base_.width, base_.height, 3, 8, [&](std::uint8_t* out) {
        std::memcpy(out, base_.bytes->data(), base_.bytes->size());
        for (int y = 0; y < place_.height; ++y)
            for (int x = 0; x < place_.width; ++x) {
                const int i = y * place_.width + x;
                if (hole[i] <= 0)
                    continue;
                std::uint8_t* pixel = out + 3 * (std::size_t(place_.y + y) * base_.width + place_.x + x);
                for (int c = 0; c < 3; ++c) {
                    const float level = (std::clamp(value[c * plane + i], -1.f, 1.f) + 1) * 127.5f;
                    pixel[c] =
                        static_cast<std::uint8_t>(std::lround(hole[i] * level + (1 - hole[i]) * pixel[c]));
                }
            }
    });
}

} // namespace lacuna
