// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/graph_replay.h"

#ifdef LACUNA_CUDA
#include <ATen/cuda/CUDAContext.h>
#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>
#endif

namespace lacuna {

#ifdef LACUNA_CUDA

/// One recorded shape: buffers at fixed addresses, and the graph that reads and writes them.
struct GraphReplay::Capture {
    Capture(const Step& step, const Tensor& x, const Tensor& t) : x_in(x.clone()), t_in(t.clone())
    {
        // Recording needs a stream of its own; the rounds before it let the libraries choose and allocate.
        const c10::cuda::CUDAStream side = c10::cuda::getStreamFromPool(false, x.device().index());
        at::cuda::getCurrentCUDAStream().synchronize();
        const c10::cuda::CUDAStreamGuard on_side(side);
        for (int round = 0; round < 3; ++round)
            step(x_in, t_in);
        side.synchronize();
        graph.capture_begin();
        out = step(x_in, t_in);
        graph.capture_end();
        side.synchronize();
    }

    bool fits(const Tensor& x, const Tensor& t) const
    {
        return x.sizes() == x_in.sizes() && x.scalar_type() == x_in.scalar_type()
               && x.device() == x_in.device() && t.sizes() == t_in.sizes()
               && t.scalar_type() == t_in.scalar_type();
    }

    Tensor x_in, t_in, out{};
    at::cuda::CUDAGraph graph{};
};

Tensor GraphReplay::operator()(const Tensor& x, const Tensor& t)
{
    if (!x.is_cuda())
        return step_(x, t);
    if (!capture_ || !capture_->fits(x, t))
        capture_ = std::make_unique<Capture>(step_, x, t);
    capture_->x_in.copy_(x, /*non_blocking=*/true);
    capture_->t_in.copy_(t, /*non_blocking=*/true);
    capture_->graph.replay();
    return capture_->out.clone();
}

#else

struct GraphReplay::Capture {};

Tensor GraphReplay::operator()(const Tensor& x, const Tensor& t)
{
    return step_(x, t);
}

#endif

GraphReplay::GraphReplay(Step step) : step_(std::move(step)) {}

GraphReplay::~GraphReplay() = default;

} // namespace lacuna
