// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTest>

#include <sstream>

#include "engine/core/tensor.h"

namespace lacuna {

/// Empty when both agree; else shapes, the largest absolute error and where it is.
inline QByteArray tensor_difference(const Tensor& actual, const Tensor& expected, double rtol, double atol)
{
    std::ostringstream text;
    text.imbue(std::locale::classic());
    if (actual.sizes() != expected.sizes()) {
        text << "shapes " << actual.sizes() << " and " << expected.sizes();
    } else if (actual.numel() > 0) {
        const Tensor a = actual.to(at::kDouble).reshape({-1}), b = expected.to(at::kDouble).reshape({-1});
        if (!at::allclose(a, b, rtol, atol)) {
            const Tensor error = (a - b).abs();
            const auto at_index = error.argmax().item<std::int64_t>();
            text << "largest error " << error[at_index].item<double>() << " at element " << at_index << ": "
                 << a[at_index].item<double>() << " instead of " << b[at_index].item<double>();
        }
    }
    return QByteArray::fromStdString(text.str());
}

/// A denoiser or sampler gives the same bits, not only close values.
inline bool same_bits(const Tensor& a, const Tensor& b)
{
    return a.scalar_type() == b.scalar_type() && at::equal(a, b);
}

} // namespace lacuna

#define COMPARE_TENSORS(actual, expected, rtol, atol)                                                        \
    do {                                                                                                     \
        const QByteArray difference = lacuna::tensor_difference(actual, expected, rtol, atol);               \
        QVERIFY2(difference.isEmpty(), difference.constData());                                              \
    } while (false)
