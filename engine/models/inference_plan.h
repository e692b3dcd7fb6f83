// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "engine/models/arena_layout.h"
#include "engine/models/embedding_path.h"
#include "engine/models/onednn.h"
#include "engine/models/winograd.h"

namespace lacuna {

/// The weights of a network in the layouts that convolutions chose, made once for each layout and shared by the
/// plans of all sizes. They take the memory of the network once more, and four times that for the convolutions that
/// run as Winograd's. The state dict stays unchanged.
class PlanWeights {
public:
    PlanWeights(NetworkGraph graph, StateDict parameters);

    const NetworkGraph& graph() const { return graph_; }
    const StateDict& parameters() const { return parameters_; }
    const float* parameter(const std::string& name) const { return parameters_.at(name).data_ptr<float>(); }
    /// The weight of a convolution in this layout.
    dnnl::memory weight(const Node&, const dnnl::memory::desc& layout);
    /// The weight of a convolution as winograd::run wants it.
    const float* weight(const Node&, const winograd::Convolution&);
    /// The bias of a convolution, with zeros for the channels that fill the last block.
    float* bias(const Node&);

private:
    NetworkGraph graph_;
    StateDict parameters_;
    Tensor whole_blocks(const Node&) const;

    std::map<std::string, std::vector<dnnl::memory>> reordered_{};
    std::map<std::string, Tensor> transformed_{}, biases_{};
    std::mutex mutex_{};
};

/// A network compiled for one picture of one size and a number of threads: a list of oneDNN primitives and own
/// kernels on blocked layouts, and the layout of one arena for all values. No operation lets a picture of a batch
/// change the bits of another. performance.md 2; the tensor operations of EagerNetwork are the definition.
class InferencePlan {
public:
    /// True when the processor and the graph can be planned; a classifier cannot.
    static bool supports(const NetworkGraph&);

    /// Throws Error{Input} when the network cannot take this size.
    InferencePlan(std::shared_ptr<PlanWeights> weights, PictureSize size, int threads);

    std::size_t arena_size() const { return layout_.size; } ///< in floats, on a boundary of 64 bytes
    int convolutions() const { return convolutions_; }
    int winograd_convolutions() const { return winograd_; }

    /// One picture: x [in,H,W] and out [out,H,W], contiguous.
    struct Picture {
        const float* x = nullptr;
        const Embeddings* embeddings = nullptr;
        float* arena = nullptr; ///< its own
        float* out = nullptr;
    };
    /// Where the picture has few pixels, every operation takes all pictures before the next one comes, so that the
    /// weights are read once.
    void run(std::span<const Picture>) const;

private:
    struct Run {
        const Picture& picture;
        dnnl::stream& stream;
        const ArenaLayout& layout;
        const std::vector<int>& place;

        float* at(int value) const { return picture.arena + layout.offsets[place_of(value)]; }
        std::size_t place_of(int value) const
        {
            return static_cast<std::size_t>(place[static_cast<std::size_t>(value)]);
        }
    };
    /// One operation. Values are nodes of the graph, then temporary ones.
    struct Step {
        std::vector<int> reads{};
        int writes = 0;
        bool in_place =
            false; ///< the first value read may be overwritten by the result, if nothing reads it later
        std::vector<int> scratch{};
        std::function<void(std::span<const Run>)> work{};
        bool together = false; ///< takes several pictures at once
    };

    void lower();
    void lower(int node);
    void lower_convolution(int node, int result, int accumulated);
    void lower_winograd(int node, int result, int accumulated);
    void add_step(Step, std::function<void(const Run&)> of_one);
    void lower_squares(int node);
    void lower_norm(int node);
    void lower_attention(int node);
    void lower_concat(int node);
    void lower_sum(int node);
    void place_values();
    int temporary(std::size_t size);
    blocked::Shape shape(int value) const;
    const Node& node(int number) const { return weights_->graph().nodes[static_cast<std::size_t>(number)]; }
    int input(int number, std::size_t which = 0) const { return node(number).inputs[which]; }

    std::shared_ptr<PlanWeights> weights_;
    std::vector<PictureSize> sizes_;
    int threads_ = 1;
    std::vector<bool> is_embedding_;
    std::vector<int> uses_;
    std::vector<std::size_t> value_sizes_;
    std::vector<Step> steps_{};
    std::vector<int> place_{}; ///< of every value: its block in the layout
    ArenaLayout layout_{};
    int convolutions_ = 0, winograd_ = 0;
};

} // namespace lacuna
