// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTest>

#include <zlib.h>

#include "engine/core/atomic_file.h"
#include "engine/core/philox.h"
#include "tests/support/test_pictures.h"

namespace lacuna {

inline Tensor noise(at::IntArrayRef shape, std::uint64_t seed)
{
    const Tensor values = at::empty(shape, at::kFloat);
    standard_normals({.seed = seed}, values.data_ptr<float>(), std::size_t(values.numel()));
    return values;
}

} // namespace lacuna
