// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstring>
#include <filesystem>

#include "engine/checkpoint/safetensors_writer.h"
#include "engine/core/philox.h"

namespace lacuna::test {

/// Files that stand for the published ones of LPIPS: the trunk of VGG-16 with random weights, heads of ones.
inline void write_lpips(const std::filesystem::path& folder)
{
    std::map<std::string, SafetensorsEntry> trunk, heads;
    std::int64_t before = 3;
    int layer = 0;
    for (const std::vector<std::int64_t>& stage :
         {std::vector<std::int64_t>{64, 64}, {128, 128}, {256, 256, 256}, {512, 512, 512}, {512, 512, 512}}) {
        for (const std::int64_t channels : stage) {
            const std::string name = "features." + std::to_string(layer);
            trunk[name + ".weight"] = {DType::F32, {channels, before, 3, 3}};
            trunk[name + ".bias"] = {DType::F32, {channels}};
            before = channels;
            layer += 2; // a convolution and its ReLU
        }
        ++layer; // the pooling
        heads["lin" + std::to_string(heads.size()) + ".model.1.weight"] = {DType::F32, {1, before, 1, 1}};
    }
    std::uint32_t number = 0;
    write_safetensors(folder / "vgg16-397923af.pth", trunk, {},
                      [&](const std::string& name, std::span<std::byte> bytes) {
                          std::vector<float> values(bytes.size() / sizeof(float));
                          standard_normals({.seed = 3, .step = number++}, values.data(), values.size());
                          const double inputs =
                              9.0 * double(trunk.at(name).shape.size() == 4 ? trunk.at(name).shape[1] : 50);
                          for (float& value : values)
                              value *= float(std::sqrt(2 / inputs));
                          std::memcpy(bytes.data(), values.data(), bytes.size());
                      });
    write_safetensors(folder / "vgg.pth", heads, {}, [](const std::string&, std::span<std::byte> bytes) {
        const std::vector<float> ones(bytes.size() / sizeof(float), 1.f);
        std::memcpy(bytes.data(), ones.data(), bytes.size());
    });
}

} // namespace lacuna::test
