// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <algorithm>

#include "engine/checkpoint/checkpoint.h"
#include "engine/checkpoint/safetensors_writer.h"
#include "engine/models/model_folder.h"
#include "engine/models/preset.h"
#include "tests/ui/fake_session.h"

namespace lacuna {

/// Knows the models of the folders, as the real one does, and devices that a test decides.
class FolderSession : public FakeSession {
public:
    FolderSession(std::shared_ptr<FakeScript> script, std::vector<DeviceInfo> devices)
        : FakeSession(std::move(script)),
          devices_(std::move(devices))
    {
    }
    std::vector<ModelInfo> models() const override
    {
        std::vector<ModelInfo> list = {{"this-photo", "This photo", "Learns from the picture itself."},
                                       {.id = "portraits-64",
                                        .name = "Portraits",
                                        .description = "Comes with Lacuna.",
                                        .native_size = 64,
                                        .origin = ModelInfo::Origin::Bundled}};
        for (const std::string& name : installed_models()) {
            const auto file = find_model(name);
            ModelInfo info{.id = name, .name = name, .origin = ModelInfo::Origin::User};
            if (const auto preset = stored_preset(Checkpoint::open(file).metadata(), file.string())) {
                info.name = preset->name;
                info.preset = preset->id;
                info.licence = preset->licence;
                info.native_size = preset->native_size();
            }
            info.file = file.string();
            info.bytes = std::filesystem::file_size(file);
            list.push_back(info);
        }
        return list;
    }
    std::vector<DeviceInfo> devices() const override { return devices_; }

private:
    std::vector<DeviceInfo> devices_;
};

/// A network of 32 channels for pictures of 8 x 8 pixels.
inline ModelPreset tinyPreset()
{
    ModelPreset preset;
    preset.id = "tiny-8";
    preset.name = "Tiny";
    preset.file = "tiny.pt";
    preset.page = "https://example.org/tiny";
    preset.licence = "Only for tests.";
    preset.architecture = AdmConfig{.image_size = 8,
                                    .num_channels = 32,
                                    .num_res_blocks = 1,
                                    .channel_mult = {1},
                                    .attention_resolutions = {}};
    return preset;
}

/// A safetensors file of that network, every weight the same; `named`: it says which network it is.
inline void writeWeights(const QString& file, const ModelPreset& preset, bool named, float value = 0.5f)
{
    std::map<std::string, SafetensorsEntry> entries;
    for (const auto& [name, shape] : parameter_shapes(network_graph(preset.architecture)))
        entries[name] = {DType::F32, shape};
    std::map<std::string, std::string> metadata;
    if (named)
        metadata[preset_entry] = to_json(preset);
    write_safetensors(
        file.toStdString(), entries, metadata, [value](const std::string&, std::span<std::byte> bytes) {
            std::fill_n(reinterpret_cast<float*>(bytes.data()), bytes.size() / sizeof(float), value);
        });
}

} // namespace lacuna
