// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fill/split_denoiser.h"

#include <algorithm>
#include <new>
#include <string_view>

namespace lacuna {

bool is_out_of_memory(const std::exception& error)
{
    if (dynamic_cast<const std::bad_alloc*>(&error) || dynamic_cast<const c10::OutOfMemoryError*>(&error))
        return true;
    // The allocator of the processor throws the library's general error.
    const bool general = dynamic_cast<const c10::Error*>(&error) != nullptr;
    const std::string_view text = error.what();
    return general
           && (text.find("can't allocate memory") != text.npos || text.find("out of memory") != text.npos);
}

template <typename Evaluate>
std::vector<Estimate> SplitDenoiser::in_parts(const Tensor& x, const Evaluate& evaluate)
{
    std::vector<Estimate> parts;
    const std::int64_t N = x.size(0);
    for (std::int64_t row = 0; row < N;) {
        const std::int64_t rows = limit_ > 0 ? std::min(limit_, N - row) : N;
        try {
            parts.push_back(evaluate(rows == N ? x : x.narrow(0, row, rows)));
            row += rows;
        } catch (const std::exception& error) {
            if (rows == 1 || !is_out_of_memory(error))
                throw;
            limit_ = (rows + 1) / 2;
        }
    }
    return parts;
}

Tensor SplitDenoiser::x0(const Tensor& x, double sigma)
{
    const auto parts = in_parts(x, [&](const Tensor& rows) {
        return Estimate{denoiser_->x0(rows, sigma), {}};
    });
    if (parts.size() == 1)
        return parts.front().x0;
    std::vector<Tensor> estimates;
    for (const Estimate& part : parts)
        estimates.push_back(part.x0);
    return at::cat(estimates);
}

Estimate SplitDenoiser::estimate(const Tensor& x, double sigma)
{
    const auto parts = in_parts(x, [&](const Tensor& rows) { return denoiser_->estimate(rows, sigma); });
    if (parts.size() == 1)
        return parts.front();
    std::vector<Tensor> estimates, variances;
    for (const Estimate& part : parts) {
        estimates.push_back(part.x0);
        if (part.variance.defined())
            variances.push_back(part.variance);
    }
    return {at::cat(estimates), variances.empty() ? Tensor() : at::cat(variances)};
}

} // namespace lacuna
