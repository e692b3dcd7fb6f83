// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>

#include "engine/evaluation/attribute_judge.h"
#include "engine/models/network_module.h"

namespace lacuna {

/// A classifier of rendered pictures (restoration.md 1.9): one softmax for each attribute. Its features are what its
/// last linear map sees, so that their distances are about the attributes and not about pixels.
class AttributeNetwork final : public AttributeJudge {
public:
    /// Reads a safetensors file whose metadata hold the preset of an encoder and the attributes. Throws Error{Input}.
    static AttributeNetwork load(const std::filesystem::path&, at::Device device = at::kCPU);

    const std::string& world() const { return world_; }
    const std::string& sha256() const { return sha256_; }
    const std::vector<AttributeGroup>& groups() const override { return groups_; }
    /// Pictures of another size than the network's are brought to it. Timestep 0.
    Judgement judge(const Tensor& images) const override;

private:
    AttributeNetwork() = default;

    std::string world_{}, sha256_{};
    std::vector<AttributeGroup> groups_{};
    std::shared_ptr<NetworkModule> trunk_{}; ///< up to the features
    Tensor weight_{}, bias_{};               ///< [V,F] and [V]
    std::int64_t side_ = 0;
    at::Device device_ = at::kCPU;
};

} // namespace lacuna
