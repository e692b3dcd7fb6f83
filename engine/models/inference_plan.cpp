// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/inference_plan.h"

#include <algorithm>
#include <cstring>
#include <numeric>

#include "engine/core/error.h"

namespace lacuna {

PlanWeights::PlanWeights(NetworkGraph graph, StateDict parameters)
    : graph_(std::move(graph)),
      parameters_(std::move(parameters))
{
    for (auto& [name, parameter] : parameters_)
        parameter = parameter.detach().to(at::kCPU, at::kFloat).contiguous();
}

dnnl::memory PlanWeights::weight(const Node& node, const dnnl::memory::desc& layout)
{
    const std::lock_guard lock(mutex_);
    std::vector<dnnl::memory>& known = reordered_[node.key];
    for (const dnnl::memory& memory : known)
        if (memory.get_desc() == layout)
            return memory;
    const op::Conv& conv = std::get<op::Conv>(node.operation);
    const op::Conv whole = onednn::whole_blocks(conv);
    const Tensor padded = at::constant_pad_nd(
        parameters_.at(node.key + ".weight").reshape({conv.out, conv.in, conv.kernel, conv.kernel}),
        {0, 0, 0, 0, 0, whole.in - conv.in, 0, whole.out - conv.out});
    dnnl::memory plain(onednn::plain_weight(whole), onednn::cpu(), padded.data_ptr());
    dnnl::memory reordered(layout, onednn::cpu());
    dnnl::stream stream(onednn::cpu());
    dnnl::reorder(plain, reordered).execute(stream, plain, reordered);
    stream.wait();
    known.push_back(reordered);
    return reordered;
}

dnnl::memory PlanWeights::bias(const Node& node)
{
    const op::Conv& conv = std::get<op::Conv>(node.operation);
    const std::int64_t whole = onednn::whole_blocks(conv).out;
    dnnl::memory bias({{whole}, dnnl::memory::data_type::f32, dnnl::memory::format_tag::x}, onednn::cpu());
    float* const values = static_cast<float*>(bias.get_data_handle());
    std::fill_n(values, whole, 0.0f);
    std::copy_n(parameter(node.key + ".bias"), conv.out, values);
    return bias;
}

bool InferencePlan::supports(const NetworkGraph& graph)
{
    return onednn::channel_block() > 0
           && std::none_of(graph.nodes.begin(), graph.nodes.end(), [](const Node& node) {
                  return std::holds_alternative<op::Tokens>(node.operation);
              });
}

InferencePlan::InferencePlan(std::shared_ptr<PlanWeights> weights, PictureSize size, int threads)
    : weights_(std::move(weights)),
      sizes_(picture_sizes(weights_->graph(), size)),
      threads_(threads),
      is_embedding_(embedding_nodes(weights_->graph())),
      uses_(weights_->graph().nodes.size())
{
    for (const Node& node : weights_->graph().nodes)
        for (const int value : node.inputs)
            ++uses_[static_cast<std::size_t>(value)];
    for (std::size_t i = 0; i < sizes_.size(); ++i)
        value_sizes_.push_back(is_embedding_[i] ? 0 : shape(static_cast<int>(i)).size());
    onednn::guarded([&] { lower(); });
    place_values();
}

void InferencePlan::run(const float* x, const Embeddings& embeddings, float* arena, float* out) const
{
    onednn::guarded([&] {
        dnnl::stream stream(onednn::cpu());
        const Run run{x, embeddings, arena, out, stream, layout_, place_};
        for (const Step& step : steps_)
            step.work(run);
        stream.wait();
    });
}

blocked::Shape InferencePlan::shape(int value) const
{
    const PictureSize& size = sizes_[static_cast<std::size_t>(value)];
    return {node(value).channels, size.height, size.width, onednn::channel_block()};
}

int InferencePlan::temporary(std::size_t size)
{
    value_sizes_.push_back(size);
    return static_cast<int>(value_sizes_.size()) - 1;
}

void InferencePlan::place_values()
{
    // A value that its last reader may overwrite shares the block of that reader's result.
    std::vector<int> last_reader(value_sizes_.size(), -1);
    for (std::size_t s = 0; s < steps_.size(); ++s)
        for (const int value : steps_[s].reads)
            last_reader[static_cast<std::size_t>(value)] = static_cast<int>(s);
    place_.resize(value_sizes_.size());
    std::iota(place_.begin(), place_.end(), 0);
    for (std::size_t s = steps_.size(); s-- > 0;) {
        const Step& step = steps_[s];
        const auto first = static_cast<std::size_t>(step.reads.empty() ? 0 : step.reads.front());
        if (step.in_place && last_reader[first] == static_cast<int>(s)
            && std::count(step.reads.begin(), step.reads.end(), step.reads.front()) == 1)
            place_[first] = place_[static_cast<std::size_t>(step.writes)];
    }
    std::vector<Lifetime> lifetimes(value_sizes_.size(),
                                    {.first = static_cast<int>(steps_.size()), .last = -1});
    for (std::size_t s = 0; s < steps_.size(); ++s) {
        const auto touch = [&](int value) {
            Lifetime& life = lifetimes[static_cast<std::size_t>(place_[static_cast<std::size_t>(value)])];
            life.size = std::max(life.size, value_sizes_[static_cast<std::size_t>(value)]);
            life.first = std::min(life.first, static_cast<int>(s));
            life.last = std::max(life.last, static_cast<int>(s));
        };
        std::for_each(steps_[s].reads.begin(), steps_[s].reads.end(), touch);
        std::for_each(steps_[s].scratch.begin(), steps_[s].scratch.end(), touch);
        touch(steps_[s].writes);
    }
    layout_ = lay_out(lifetimes);
}

} // namespace lacuna
