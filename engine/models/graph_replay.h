// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>

#include "engine/core/tensor.h"

namespace lacuna {

/// Captures a network step on a CUDA device once per shape and replays it, so that a step costs one launch instead
/// of a thousand. On other devices, and where LibTorch was built without CUDA, it calls the step as it is.
/// The step must be a pure function of its inputs, without gradients and without a look at values on the host.
class GraphReplay {
public:
    /// x [N,C,H,W], t [N]; the result may have any shape.
    using Step = std::function<Tensor(const Tensor& x, const Tensor& t)>;

    explicit GraphReplay(Step step);
    ~GraphReplay();
    /// A tensor of its own: the next call does not change it.
    Tensor operator()(const Tensor& x, const Tensor& t);

private:
    struct Capture;
    Step step_;
    std::unique_ptr<Capture> capture_;
};

} // namespace lacuna
