// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/network_module.h"

#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>

#include "engine/core/error.h"
#include "engine/models/graph_replay.h"
#include "engine/models/planned_network.h"

namespace lacuna {

std::shared_ptr<NetworkModule> make_network(NetworkGraph graph, StateDict state, const std::string& file,
                                            NetworkOptions options)
{
    EagerNetwork eager(std::move(graph), std::move(state), file);
    if (!options.device.is_cpu() || options.dtype != at::kFloat)
        eager.to(options.device, options.dtype);
    if (options.plan)
        return std::make_shared<PlannedNetwork>(std::move(eager));
    return std::make_shared<EagerNetwork>(std::move(eager));
}

Network as_network(std::shared_ptr<NetworkModule> module, Tensor y, Tensor condition)
{
    const auto for_all_rows = [](const Tensor& rows, std::int64_t n) {
        std::vector<std::int64_t> shape = rows.sizes().vec();
        shape[0] = n;
        return rows.expand(shape);
    };
    const auto step = [=, module = std::move(module), y = std::move(y)](const Tensor& x, const Tensor& t) {
        return module->forward(x, t, y.defined() ? for_all_rows(y, x.size(0)) : Tensor());
    };
    return [=, replay = std::make_shared<GraphReplay>(step),
            condition = std::move(condition)](const Tensor& x, double c_noise) {
        const std::int64_t n = x.size(0);
        const Tensor t = at::full({n}, c_noise, x.options().dtype(at::kFloat));
        const Tensor input =
            condition.defined() ? at::cat({x, for_all_rows(condition, n).to(x.options())}, 1) : x;
        return c10::GradMode::is_enabled() ? step(input, t) : (*replay)(input, t);
    };
}

Tensor classifier_gradient(NetworkModule& encoder, const Tensor& x, const Tensor& t, const Tensor& y,
                           double scale)
{
    // The caller may be in inference mode, whose tensors carry no gradients: work on a copy outside of it.
    const c10::InferenceMode with_gradients(false);
    const Tensor input = x.clone().detach().requires_grad_(true);
    const Tensor log_p = encoder.forward(input, t).log_softmax(-1);
    const Tensor chosen = log_p.gather(1, y.to(log_p.device(), at::kLong).unsqueeze(1)).sum();
    return scale * torch::autograd::grad({chosen}, {input}).front();
}

} // namespace lacuna
