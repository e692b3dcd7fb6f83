// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "engine/checkpoint/dtype.h"

namespace lacuna {

/// Where one tensor lies in a checkpoint; nothing of it is read yet. It is inside of its block (checked).
struct TensorEntry {
    DType dtype = DType::F32;
    std::vector<std::int64_t> shape{}, strides{}; ///< strides in elements
    std::size_t block = 0;                        ///< which block of numbers of the file
    std::int64_t offset = 0;                      ///< of the first element in its block, in elements

    std::int64_t elements() const
    {
        std::int64_t count = 1;
        for (const std::int64_t size : shape)
            count *= size;
        return count;
    }
};

} // namespace lacuna
