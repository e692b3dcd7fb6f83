// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstring>
#include <filesystem>

#include "engine/checkpoint/safetensors_writer.h"
#include "engine/core/philox.h"
#include "engine/models/preset.h"

/// Small networks with random weights, as files.
namespace lacuna::test {

/// An ADM network of two levels for pictures of 16 x 16, which learned its variance.
inline ModelPreset tiny_preset()
{
    ModelPreset preset{.id = "tiny", .name = "A tiny network", .licence = "None: its weights are random."};
    preset.architecture = AdmConfig{.image_size = 16,
                                    .num_channels = 32,
                                    .num_res_blocks = 1,
                                    .channel_mult = {1, 2},
                                    .attention_resolutions = {8},
                                    .num_head_channels = 16,
                                    .learn_sigma = true,
                                    .resblock_updown = true};
    preset.process.variance = NoiseProcess::Variance::Learned;
    return preset;
}

/// The same for ten classes.
inline ModelPreset tiny_classes()
{
    ModelPreset preset = tiny_preset();
    preset.id = "tiny-classes";
    std::get<AdmConfig>(preset.architecture).num_classes = 10;
    return preset;
}

/// A network of whole scenes with squares of 2 x 2 pixels as channels, as those that come with Lacuna.
inline ModelPreset tiny_scenes()
{
    ModelPreset preset = tiny_preset();
    preset.id = "tiny-scenes";
    preset.name = "Tiny scenes";
    AdmConfig& config = std::get<AdmConfig>(preset.architecture);
    config.attention_resolutions = {4};
    config.unshuffle = 2;
    return preset;
}

/// A network that makes a grey picture from two others.
inline ModelPreset tiny_frames()
{
    ModelPreset preset = tiny_scenes();
    preset.id = "tiny-frames";
    AdmConfig& config = std::get<AdmConfig>(preset.architecture);
    config.in_channels = 3;
    config.out_channels = 1;
    config.learn_sigma = false;
    preset.process = {.kind = NoiseProcess::Kind::Edm};
    return preset;
}

/// A DDPM network of two levels for pictures of 16 x 16.
inline ModelPreset tiny_ddpm()
{
    ModelPreset preset = tiny_preset();
    preset.id = "tiny-ddpm";
    preset.architecture = DdpmConfig{
        .image_size = 16, .ch = 32, .ch_mult = {1, 2}, .num_res_blocks = 1, .attn_resolutions = {8}};
    preset.process.variance = NoiseProcess::Variance::FixedSmall;
    return preset;
}

/// How a made file differs from the plain one.
struct MadeModel {
    bool names_preset = true;
    double output_scale = 1; ///< of the weights of the last convolution
    std::map<std::string, std::string> metadata{};
};

/// Normal weights scaled so that every operation keeps the size of its values.
inline void write_model(const std::filesystem::path& path, const ModelPreset& preset, MadeModel made = {})
{
    const ParameterShapes shapes = parameter_shapes(network_graph(preset.architecture));
    std::map<std::string, SafetensorsEntry> entries;
    std::map<std::string, std::uint32_t> numbers;
    for (const auto& [name, shape] : shapes) {
        numbers.emplace(name, static_cast<std::uint32_t>(numbers.size()));
        entries[name] = {DType::F32, shape};
    }
    std::map<std::string, std::string> metadata = made.metadata;
    if (made.names_preset)
        metadata[preset_entry] = to_json(preset);
    write_safetensors(path, entries, metadata, [&](const std::string& name, std::span<std::byte> bytes) {
        const std::vector<std::int64_t>& shape = shapes.at(name);
        std::vector<float> values(bytes.size() / sizeof(float));
        standard_normals({.seed = 5, .step = numbers.at(name)}, values.data(), values.size());
        const bool vector = shape.size() == 1, last = name == "out.2.weight" || name == "conv_out.weight";
        const double scale =
            vector ? 0.1 : 1 / std::sqrt(static_cast<double>(values.size()) / static_cast<double>(shape[0]));
        const double shift = vector && name.ends_with("weight") ? 1 : 0;
        for (float& value : values)
            value = static_cast<float>(shift + value * scale * (last ? made.output_scale : 1));
        std::memcpy(bytes.data(), values.data(), bytes.size());
    });
}

} // namespace lacuna::test
