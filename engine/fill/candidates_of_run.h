// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "engine/core/tensor.h"
#include "engine/session/messages.h"

namespace lacuna {

/// The candidates of a run with a pool while they come in. Each is looked at once.
class CandidatesOfRun {
public:
    /// Takes the finished ones among the completions that were not there at the last call; they lie in `hole`.
    /// True: there were some.
    bool take_from(const std::vector<Completion>&, const Mask& hole);

    int size() const { return static_cast<int>(candidates_.size()); }
    std::shared_ptr<const CandidatePool> snapshot() const;
    /// The recipe's count by the recipe's rule, in the order of selection.
    std::vector<Completion> selected(const Recipe&) const;

private:
    Tensor components() const; ///< [N,<=25] float64

    std::vector<Completion> candidates_{};
    std::vector<Tensor> rows_{}; ///< [1,F] for each
    std::size_t seen_ = 0;       ///< completions at the last call
};

} // namespace lacuna
