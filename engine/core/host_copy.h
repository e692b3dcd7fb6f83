// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "engine/core/tensor.h"

namespace lacuna {

/// A copy of a tensor on its way to the host, which does not make the device or the caller wait. A tensor of the
/// processor is there at once and is not copied.
class HostCopy {
public:
    HostCopy() = default;
    explicit HostCopy(const Tensor& values);

    bool started() const { return values_.defined(); }
    bool ready() const;
    /// The values on the host; waits for the work that was queued on the device before the copy, and no other.
    const Tensor& wait() const;

private:
    struct Mark;
    Tensor values_{};
    std::shared_ptr<Mark> mark_{}; ///< where in the device's queue the copy ends
};

} // namespace lacuna
