// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fill/model_list.h"

#include <algorithm>
#include <optional>

#include "engine/checkpoint/checkpoint.h"
#include "engine/core/default_recipe.h"
#include "engine/core/error.h"
#include "engine/models/convert_checkpoint.h"
#include "engine/models/dataset_model.h"
#include "engine/models/model_folder.h"

namespace lacuna {

namespace {

/// What the preset of a file says for people.
void describe_preset(const ModelPreset& preset, ModelInfo& info)
{
    info.name = preset.name;
    info.preset = preset.id;
    info.licence = preset.licence;
    info.native_size = preset.native_size();
    if (std::holds_alternative<EncoderConfig>(preset.architecture)) {
        info.description = "A classifier, which cannot make pictures.";
        return;
    }
    const NetworkGraph graph = network_graph(preset.architecture);
    const std::optional<PictureForm> form = picture_form(graph);
    const std::string side = std::to_string(info.native_size);
    info.fills = form.has_value();
    info.condition_frames = form ? static_cast<int>(form->frames) : 0;
    info.classes = static_cast<int>(graph.classes);
    info.description =
        "Trained on " + side + " x " + side + " pixels"
        + (info.origin == ModelInfo::Origin::Bundled ? "; comes with Lacuna." : "; of your model folder.");
    if (info.condition_frames > 0)
        info.description += " Makes a picture from " + std::to_string(info.condition_frames) + " others.";
    if (!preset.note.empty())
        info.description += ' ' + preset.note;
    constexpr int usual_set = 5;
    info.memory = evaluation_memory(preset.architecture, usual_set);
}

/// What the header of a file says of it; the weights are not read.
ModelInfo describe_file(const std::string& name, ModelInfo::Origin origin)
{
    ModelInfo info{.id = name, .name = name, .origin = origin, .fills = false};
    try {
        const auto path = find_model(name);
        info.file = path.string();
        info.bytes = std::filesystem::file_size(path);
        info.card = card_of(path).string();
        if (const auto preset = stored_preset(Checkpoint::open(path).metadata(), path.string()))
            describe_preset(*preset, info);
        else
            info.description = "Weights that do not name their network: give --preset, or convert them.";
    } catch (const Error& error) {
        info.description = "Cannot be used: it " + error.cause() + ".";
    } catch (const std::filesystem::filesystem_error& error) {
        info.description = "Cannot be used: " + error.code().message() + ".";
    }
    return info;
}

} // namespace

std::vector<ModelInfo> fill_models()
{
    std::vector<ModelInfo> list{
        {.id = this_photo_model,
         .name = "This photo",
         .description =
             "Learns from the known part of the picture itself; needs no training and no download."}};
    const std::vector<std::string> own = installed_models();
    for (const std::string& name : bundled_models())
        if (std::find(own.begin(), own.end(), name) == own.end()) // the user's stands for it
            list.push_back(describe_file(name, ModelInfo::Origin::Bundled));
    for (const std::string& name : own)
        list.push_back(describe_file(name, ModelInfo::Origin::User));
    return list;
}

} // namespace lacuna
