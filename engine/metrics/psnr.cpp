// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/psnr.h"

#include <cmath>

#include "engine/core/error.h"

namespace lacuna {

namespace {

Tensor unit_range(const Tensor& images)
{
    return ((images.to(at::kDouble) + 1) / 2).clamp(0, 1);
}

Tensor bytes(const Tensor& images)
{
    return (unit_range(images) * 255 + 0.5).floor();
}

/// 10 log10(peak^2 / mse) of each row. The sums have one order, whatever the number of threads.
std::vector<double> ratios(const Tensor& images, const Tensor& truth, double peak)
{
    const std::int64_t rows = images.size(0);
    const Tensor a = images.to(at::kCPU, at::kDouble).reshape({rows, -1}).contiguous();
    const Tensor b =
        truth.to(at::kCPU, at::kDouble).reshape({truth.size(0), -1}).expand({rows, -1}).contiguous();
    check(a.sizes() == b.sizes(), "images of one size are compared");
    std::vector<double> decibels;
    const double *p = a.data_ptr<double>(), *q = b.data_ptr<double>();
    for (std::int64_t n = 0; n < rows; ++n) {
        double sum = 0;
        for (std::int64_t i = 0; i < a.size(1); ++i, ++p, ++q)
            sum += (*p - *q) * (*p - *q);
        decibels.push_back(10 * std::log10(peak * peak * static_cast<double>(a.size(1)) / sum));
    }
    return decibels;
}

} // namespace

std::vector<double> psnr(const Tensor& images, const Tensor& truth)
{
    return ratios(unit_range(images), unit_range(truth), 1);
}

std::vector<double> psnr_8bit(const Tensor& images, const Tensor& truth)
{
    return ratios(bytes(images), bytes(truth), 255);
}

std::vector<double> low_resolution_psnr(const Tensor& images, const Tensor& y, const LinearMap& A,
                                        const LinearMap& A_pinv)
{
    return psnr(A_pinv(A(images)), A_pinv(y));
}

std::vector<double> measurement_psnr(const Tensor& images, const Tensor& y, const LinearMap& A)
{
    return ratios(A(images), y, 2);
}

} // namespace lacuna
