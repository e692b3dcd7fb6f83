// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <exception>
#include <memory>

#include "engine/diffusion/denoiser.h"

namespace lacuna {

/// Whether memory was short, of the processor or of a device.
bool is_out_of_memory(const std::exception&);

/// Evaluates a batch in parts when memory is short: where the denoiser behind it runs out of memory, it is given half
/// as many rows at once, from then on. For denoisers without state and whose rows do not depend on each other: the
/// results are the same.
class SplitDenoiser final : public Denoiser {
public:
    explicit SplitDenoiser(std::unique_ptr<Denoiser> denoiser) : denoiser_(std::move(denoiser)) {}

    /// Out of memory with a single row is thrown on.
    Tensor x0(const Tensor& x, double sigma) override;
    Estimate estimate(const Tensor& x, double sigma) override;
    void retain(const std::vector<std::int64_t>& rows) override { denoiser_->retain(rows); }
    double sigma_min() const override { return denoiser_->sigma_min(); }
    double sigma_max() const override { return denoiser_->sigma_max(); }
    double round_sigma(double sigma) const override { return denoiser_->round_sigma(sigma); }

    /// Rows at once since memory was short; 0: it never was.
    std::int64_t limit() const { return limit_; }

private:
    template <typename Evaluate> std::vector<Estimate> in_parts(const Tensor& x, const Evaluate& evaluate);

    std::unique_ptr<Denoiser> denoiser_;
    std::int64_t limit_ = 0;
};

} // namespace lacuna
