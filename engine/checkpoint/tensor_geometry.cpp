// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/checkpoint/tensor_geometry.h"

#include <algorithm>

#include "engine/core/text.h"

namespace lacuna {

std::optional<std::int64_t> element_count(const std::vector<std::int64_t>& shape)
{
    std::int64_t count = 1;
    for (const std::int64_t size : shape)
        if (size < 0 || __builtin_mul_overflow(count, size, &count))
            return std::nullopt;
    return count;
}

std::string geometry_problem(const std::vector<std::int64_t>& shape, const std::vector<std::int64_t>& strides,
                             std::int64_t offset, std::int64_t block)
{
    const auto negative = [](std::int64_t number) { return number < 0; };
    if (shape.size() > 8)
        return "with more than 8 dimensions";
    if (shape.size() != strides.size())
        return "with as many strides as it has dimensions missing";
    if (offset < 0 || std::any_of(shape.begin(), shape.end(), negative)
        || std::any_of(strides.begin(), strides.end(), negative))
        return "whose size, stride or offset is negative";
    const std::optional<std::int64_t> count = element_count(shape);
    if (!count)
        return "whose size overflows";
    if (*count == 0)
        return {};
    if (*count > block)
        return "whose size " + shape_text(shape) + " is larger than the block";
    std::int64_t last = offset;
    for (std::size_t d = 0; d < shape.size(); ++d) {
        std::int64_t step = 0;
        if (__builtin_mul_overflow(shape[d] - 1, strides[d], &step)
            || __builtin_add_overflow(last, step, &last))
            return "whose strides overflow";
    }
    return last < block ? "" : "that leaves the block";
}

std::vector<std::int64_t> packed_strides(const std::vector<std::int64_t>& shape)
{
    std::vector<std::int64_t> strides(shape.size(), 1);
    if (element_count(shape).value_or(0) == 0)
        return strides;
    for (std::size_t d = shape.size(); d-- > 1;)
        strides[d - 1] = strides[d] * shape[d];
    return strides;
}

std::string shape_text(const std::vector<std::int64_t>& shape)
{
    std::vector<std::string> sides;
    for (const std::int64_t side : shape)
        sides.push_back(std::to_string(side));
    std::string text = "(";
    text += joined(sides);
    text += ")";
    return text;
}

} // namespace lacuna
