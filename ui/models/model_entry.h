// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <vector>

#include "engine/models/preset.h"
#include "engine/session/session.h"
#include "ui/models/downloader/downloads.h"

namespace lacuna::ui {

/// A line of the list of models: one that is here, or a published checkpoint that could be.
struct ModelEntry {
    enum class Group { WithLacuna, Yours, Download, PlaceYourself };
    enum class State {
        Here,
        NotHere,
        Partly,      ///< a part has come; the download can go on
        Downloading, ///< `progress` tells how far
        Importing    ///< the file is being checked and converted; `permille` of it is done
    };
    QString id{}; ///< that of the model, or "published/" and that of the preset
    Group group = Group::WithLacuna;
    State state = State::Here;
    ModelInfo info{}; ///< of a published checkpoint: what its preset tells
    std::optional<ModelPreset> preset{};
    DownloadProgress progress{};
    int permille = 0;
    QString problem{}; ///< why the last attempt failed

    QString name() const { return QString::fromStdString(info.name); }
    bool removable() const { return group == Group::Yours; }
};

/// A picture and a hole are enough for it.
bool needsHoleOnly(const ModelInfo& model);

/// How to get a model that is not here, by the name that a person gave it; sentences.
QString howToGet(const std::string& model);

/// The models that are here, then the published ones that are not.
std::vector<ModelEntry> modelEntries(const std::vector<ModelInfo>& models,
                                     const std::vector<ModelPreset>& presets);

/// How the file of a preset with a known size and hash is fetched, into a folder beside the user's models.
DownloadJob downloadJob(const ModelPreset& preset);
/// Where downloads and files that a person has placed are looked for.
std::filesystem::path downloadFolder();

/// Sentences about an entry.
QString groupTitle(ModelEntry::Group group);
QString stateText(const ModelEntry& entry); ///< "Here", "Downloading, 34 %, about 2 min left" ...
QString sizeOf(const ModelEntry& entry); ///< "2.2 GB"; of an unpublished size "about 2.2 GB"; empty: no file
/// "A complete sentence of the list for screen readers."
QString spokenText(const ModelEntry& entry);

} // namespace lacuna::ui
