// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "engine/core/tensor.h"
#include "engine/diffusion/denoiser.h"
#include "engine/models/network_module.h"
#include "engine/models/preset.h"

namespace lacuna {

/// cpu, cuda, cuda:N, or auto: CUDA where there is some. Throws Error{Usage} for what this machine does not have.
at::Device find_device(const std::string& name);

/// float, bfloat16 or half. Throws Error{Usage} for anything else, and for the short ones on the processor, where they
/// are slower and less exact.
at::ScalarType find_precision(const std::string& name, const at::Device&);

/// Where and how exactly a network runs.
struct ModelPlacement {
    at::Device device = at::kCPU;
    at::ScalarType dtype = at::kFloat; ///< of the convolutions; norms and softmax stay in single precision
    bool plan = true;                  ///< see NetworkOptions
};

/// A network of a file with all that is needed to sample from it.
struct DatasetModel {
    ModelPreset preset{};
    std::string sha256{}; ///< of the file
    ModelPlacement placement{};
    std::shared_ptr<NetworkModule> network{};

    int native_size() const { return preset.native_size(); }
    /// Width and height must be multiples of this.
    int size_multiple() const;
};

/// The pictures that a network makes, and those of the same form that it is given beside the noisy one.
struct PictureForm {
    std::int64_t channels = 0; ///< 1 or 3
    std::int64_t frames = 0;   ///< 0: it is not conditioned on pictures
};

/// None for a network whose results are no grey or colour pictures (with or without a variance).
std::optional<PictureForm> picture_form(const NetworkGraph&);

/// Reads a checkpoint of any form. `preset_id` empty: the preset is in the file's metadata, or one of the known
/// presets has the file's SHA-256. Throws Error{Input} when it is none of them, naming what can be done.
DatasetModel load_model(const std::filesystem::path&, const std::string& preset_id,
                        const ModelPlacement& placement = {});

/// The model as a denoiser; state on the device of the model. `label` < 0: no class. `condition` [1,c,H,W]: for a
/// network with more input channels than a picture. The model must outlive it.
std::unique_ptr<Denoiser> make_denoiser(const DatasetModel&, int label = -1, Tensor condition = {});

} // namespace lacuna
