// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "engine/core/tensor.h"
#include "engine/diffusion/preconditioning.h"
#include "engine/models/network_graph.h"
#include "engine/models/state_dict.h"

namespace lacuna {

/// A network with its weights.
class NetworkModule {
public:
    virtual ~NetworkModule() = default;

    virtual const NetworkGraph& graph() const = 0;

    /// x [N,in,H,W], t [N] timesteps of any number type, y [N] classes (only for a network that takes them).
    /// Returns [N,out,H,W], or [N,out] for a classifier. Row i depends on row i only.
    virtual Tensor forward(const Tensor& x, const Tensor& t, const Tensor& y = {}) = 0;
};

struct NetworkOptions {
    at::Device device = at::kCPU;
    at::ScalarType dtype = at::kFloat; ///< see EagerNetwork::to
    bool plan = true; ///< single-precision inference on the processor runs through the inference plan
};

/// The network of these weights. Throws Error{Input} naming `file` when the parameters
/// are not those of the graph.
std::shared_ptr<NetworkModule> make_network(NetworkGraph, StateDict, const std::string& file,
                                            NetworkOptions options = {});

/// The module as the function that PreconditionedDenoiser wraps: the noise label is the timestep of all rows.
/// `y` [N] or [1]: classes; `condition` [N or 1, c, H, W]: channels behind those of the state, un-noised and
/// un-scaled (samplers.md 1.6).
Network as_network(std::shared_ptr<NetworkModule> module, Tensor y = {}, Tensor condition = {});

/// scale * gradient in x of log p(y | x, t) for a classifier, [N,C,H,W].                   restoration.md 1.9
Tensor classifier_gradient(NetworkModule& encoder, const Tensor& x, const Tensor& t, const Tensor& y,
                           double scale);

} // namespace lacuna
