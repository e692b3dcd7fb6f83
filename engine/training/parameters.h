// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/models/network_graph.h"
#include "engine/models/state_dict.h"
#include "engine/training/row_kernels.h"

namespace lacuna::training {

/// Numbers that a parameter has one of each: its value, the moving average of the value, and the two moments of AdamW.
enum class Part { Value, Average, FirstMoment, SecondMoment };
inline constexpr std::array<const char*, 4> part_names{"parameters", "average", "first_moment",
                                                       "second_moment"};

/// All parameters of a network in one buffer for each part, so that the optimiser is one loop. Convolutions lie
/// channels-last in it; the views have the shapes of the network.
class Parameters {
public:
    Parameters(const NetworkGraph&, at::Device);

    const ParameterShapes& shapes() const { return shapes_; }
    StateDict views(Part) const;
    /// The values as leaves of the gradient graph, whose gradients gather in one buffer.
    const StateDict& leaves() const { return leaves_; }

    /// Random values in the manner of the published training: uniform by the number of inputs, and zero in the last
    /// layer of every block and of the network. A function of the seed.
    void initialise(std::uint64_t seed);
    /// The values of a model to start from; the average starts there too.
    void copy_values(const StateDict&);
    /// Only layers of attention change from now on.
    void freeze_all_but_attention();

    /// Largest singular numbers aside: the norm of all gradients as one vector.
    double gradient_norm() const;
    void clear_gradients();
    /// One step of AdamW and of the moving average. Loshchilov & Hutter 2019, Algorithm 2; weights of convolutions and
    /// linear layers decay, others do not.
    void step(const AdamStep&);

private:
    struct Slot {
        std::string name{};
        std::int64_t offset = 0, count = 0;
        bool trained = true, decays = false;
    };
    Tensor view(const Tensor& buffer, const Slot&) const;

    ParameterShapes shapes_;
    std::vector<Slot> slots_{};
    std::array<Tensor, 4> parts_{};
    Tensor gradients_{};
    StateDict leaves_{};
};

} // namespace lacuna::training
