// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/picture_tensor.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "engine/core/error.h"

namespace lacuna {

Tensor tensor_of(const Picture& rgb8)
{
    check(rgb8.channels == 3 && rgb8.bits == 8, "tensors are made of 8-bit RGB");
    const Tensor bytes = at::from_blob(const_cast<std::uint8_t*>(rgb8.bytes->data()),
                                       {1, rgb8.height, rgb8.width, 3}, at::kByte);
    return bytes.permute({0, 3, 1, 2}).to(at::kFloat) / 127.5 - 1;
}

Picture picture_like(const Picture& form, const Tensor& estimate)
{
    check(estimate.dim() == 3 && estimate.size(0) == 3, "an estimate is one RGB picture");
    const Tensor x = estimate.to(at::kCPU, at::kFloat).contiguous();
    const int width = static_cast<int>(x.size(2)), height = static_cast<int>(x.size(1));
    const std::size_t plane = std::size_t(width) * height;
    const float* value = x.data_ptr<float>();
    const double highest = form.bits == 8 ? 255 : 65535;
    const auto quantise = [&](double v) {
        return std::lround((std::clamp(v, -1.0, 1.0) + 1) * 0.5 * highest);
    };
    return make_picture(width, height, form.channels, form.bits, [&](std::uint8_t* out) {
        const auto put = [&](long level) {
            const auto wide = static_cast<std::uint16_t>(level);
            if (form.bits == 16)
                std::memcpy(out, &wide, 2);
            else
                *out = static_cast<std::uint8_t>(level);
            out += form.bits / 8;
        };
        for (std::size_t i = 0; i < plane; ++i) {
            if (form.channels < 3)
                put(quantise((double(value[i]) + value[plane + i] + value[2 * plane + i]) / 3));
            else
                for (std::size_t c = 0; c < 3; ++c)
                    put(quantise(value[c * plane + i]));
            if (form.has_alpha())
                put(static_cast<long>(highest));
        }
    });
}

} // namespace lacuna
