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
    const op::Conv whole = onednn::whole_blocks(std::get<op::Conv>(node.operation));
    const Tensor padded = whole_blocks(node);
    dnnl::memory plain(onednn::plain_weight(whole), onednn::cpu(), padded.data_ptr());
    dnnl::memory reordered(layout, onednn::cpu());
    dnnl::stream stream(onednn::cpu());
    dnnl::reorder(plain, reordered).execute(stream, plain, reordered);
    stream.wait();
    known.push_back(reordered);
    return reordered;
}

const float* PlanWeights::weight(const Node& node, const winograd::Convolution& conv)
{
    const std::lock_guard lock(mutex_);
    Tensor& known = transformed_[node.key];
    if (!known.defined()) {
        known = at::empty({static_cast<std::int64_t>(winograd::weight_size(conv))}, at::kFloat);
        winograd::transform_weight(conv, whole_blocks(node).data_ptr<float>(), known.data_ptr<float>());
    }
    return known.data_ptr<float>();
}

/// (out, in, kernel, kernel), with zeros for the channels that fill the last blocks.
Tensor PlanWeights::whole_blocks(const Node& node) const
{
    const op::Conv& conv = std::get<op::Conv>(node.operation);
    const op::Conv whole = onednn::whole_blocks(conv);
    return at::constant_pad_nd(
               parameters_.at(node.key + ".weight").reshape({conv.out, conv.in, conv.kernel, conv.kernel}),
               {0, 0, 0, 0, 0, whole.in - conv.in, 0, whole.out - conv.out})
        .contiguous();
}

float* PlanWeights::bias(const Node& node)
{
    const std::lock_guard lock(mutex_);
    Tensor& known = biases_[node.key];
    if (!known.defined()) {
        const op::Conv& conv = std::get<op::Conv>(node.operation);
        known = at::constant_pad_nd(parameters_.at(node.key + ".bias"),
                                    {0, onednn::whole_blocks(conv).out - conv.out})
                    .contiguous();
    }
    return known.data_ptr<float>();
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

void InferencePlan::run(std::span<const Picture> pictures) const
{
    onednn::guarded([&] {
        dnnl::stream stream(onednn::cpu());
        std::vector<Run> runs;
        for (const Picture& picture : pictures)
            runs.push_back({picture, stream, layout_, place_});
        for (std::size_t begin = 0; begin < steps_.size();) {
            std::size_t end = begin;
            while (end < steps_.size() && steps_[end].together == steps_[begin].together)
                ++end;
            const std::span steps(&steps_[begin], end - begin);
            if (steps.front().together)
                for (const Step& step : steps)
                    step.work(runs);
            else
                for (const Run& run : runs)
                    for (const Step& step : steps)
                        step.work({&run, 1});
            begin = end;
        }
        stream.wait();
    });
}

void InferencePlan::add_step(Step step, std::function<void(const Run&)> of_one)
{
    step.work = [of_one = std::move(of_one)](std::span<const Run> runs) {
        for (const Run& run : runs)
            of_one(run);
    };
    steps_.push_back(std::move(step));
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
