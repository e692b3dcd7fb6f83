// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "engine/models/network_module.h"
#include "engine/training/batches.h"
#include "engine/training/train_config.h"

namespace lacuna::training {

/// What a network is asked for a batch, and how wrong the answer is.
class Objective {
public:
    Objective(const TrainConfig&, const PictureSource&, at::Device);

    struct Outcome {
        Tensor result;   ///< of the network
        Tensor gradient; ///< of the loss in the result
        double loss = 0;
    };
    /// eps: a picture x0 at timestep k is sqrt(abar_k) x0 + sqrt(1 - abar_k) eps; the loss is the mean over pixels of
    /// w (result - eps)^2 with the batch's weights; of v that of w (result - v)^2. Attributes: x0 + sigma eps with sigma
    /// in [0, 0.2], t = 0; the loss is the mean of -log p(value) over pictures and attributes.
    Outcome outcome(NetworkModule&, const Batch&) const;

    /// The tensors of a batch; undefined where the data have no such thing.
    std::vector<std::int64_t> shape(const Batch&) const; ///< [N,C,H,W]
    Tensor labels(const Batch&) const;
    Tensor condition(const Batch&) const;

private:
    Tensor pictures(const Batch&, const std::vector<float>&) const;
    Outcome noise_outcome(NetworkModule&, const Batch&) const;
    Outcome attribute_outcome(NetworkModule&, const Batch&) const;

    int size_, channels_, condition_channels_;
    bool attributes_, v_;
    int class_attribute_ = -1;
    std::vector<std::int64_t> value_counts_{};
    std::vector<double> sigmas_;
    at::Device device_;
};

} // namespace lacuna::training
