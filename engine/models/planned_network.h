// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <mutex>
#include <tuple>

#include "engine/models/eager_network.h"

namespace lacuna {

class InferencePlan;
class PlanWeights;

/// Evaluates single-precision pictures on the processor through an inference plan when nothing needs a gradient, and
/// everything else with tensor operations. The weights must not be changed after construction.
///
/// The pictures of a batch are shared out to as many threads as OpenMP has (use_threads). Each is evaluated by one
/// thread, without barriers: a row has the same bits in every batch and for every number of threads, and a program
/// that takes one of the cores does not hold up the others. With `cooperate` those that do not divide evenly are
/// evaluated by all threads together; oneDNN then computes the same numbers in another order.
class PlannedNetwork final : public NetworkModule {
public:
    explicit PlannedNetwork(EagerNetwork eager, bool cooperate = false);

    const NetworkGraph& graph() const override { return eager_.graph(); }
    Tensor forward(const Tensor& x, const Tensor& t, const Tensor& y = {}) override;

    EagerNetwork& eager() { return eager_; }
    /// True when inference runs through a plan.
    bool planned() const { return supported_; }
    /// Makes the plans for this batch size, so that the first step does not wait for them.
    void prepare(std::int64_t rows, PictureSize);

private:
    std::shared_ptr<const InferencePlan> plan(PictureSize, int threads);
    /// Rows that single threads evaluate; all threads together evaluate the rest.
    std::int64_t rows_alone(std::int64_t rows, int threads) const;
    Tensor& arena(std::size_t number, const InferencePlan&);

    EagerNetwork eager_;
    bool cooperate_ = false, supported_ = false;
    std::shared_ptr<PlanWeights> weights_{};
    std::mutex mutex_{};
    std::map<std::tuple<std::int64_t, std::int64_t, int>, std::shared_ptr<const InferencePlan>> plans_{};
    std::vector<Tensor> arenas_{}; ///< one for each thread at work
};

} // namespace lacuna
