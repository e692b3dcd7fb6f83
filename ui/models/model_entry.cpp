// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/model_entry.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

#include "engine/models/convert_checkpoint.h"
#include "engine/models/model_folder.h"

namespace lacuna::ui {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(ModelEntry)
};

constexpr int usualSet = 5;

QString side(int pixels)
{
    return Text::tr("Works on %1 × %1 pixels.").arg(pixels);
}

ModelEntry entryOf(const ModelPreset& preset)
{
    ModelEntry entry;
    entry.id = QStringLiteral("published/") + QString::fromStdString(preset.id);
    entry.preset = preset;
    const bool fetchable = preset.sha256 && preset.bytes && !preset.download.empty();
    entry.group = fetchable ? ModelEntry::Group::Download : ModelEntry::Group::PlaceYourself;
    entry.state = fetchable && Downloads::kept(downloadJob(preset)) > 0 ? ModelEntry::State::Partly
                                                                        : ModelEntry::State::NotHere;
    if (entry.state == ModelEntry::State::Partly) {
        entry.progress.done = Downloads::kept(downloadJob(preset));
        entry.progress.total = *preset.bytes;
    }
    ModelInfo& info = entry.info;
    info.id = preset.id;
    info.preset = preset.id;
    info.name = preset.name;
    info.native_size = preset.native_size();
    info.description = side(info.native_size).toStdString();
    if (!preset.note.empty())
        info.description += ' ' + preset.note;
    info.licence = preset.licence;
    info.origin = ModelInfo::Origin::User;
    info.memory = evaluation_memory(preset.architecture, usualSet);
    info.bytes =
        preset.bytes
            ? *preset.bytes
            : 4 * std::uint64_t(parameter_count(parameter_shapes(network_graph(preset.architecture))));
    return entry;
}

QString percentText(double share)
{
    return Text::tr("%1 %").arg(std::floor(100 * share), 0, 'f', 0);
}

QString leftText(double seconds)
{
    if (seconds < 90)
        return Text::tr("about %1 s left").arg(std::max(1.0, std::round(seconds)), 0, 'f', 0);
    if (seconds < 5400)
        return Text::tr("about %1 min left").arg(std::round(seconds / 60), 0, 'f', 0);
    return Text::tr("about %1 h left").arg(seconds / 3600, 0, 'f', 1);
}

QString downloadText(const DownloadProgress& progress)
{
    using Phase = DownloadProgress::Phase;
    switch (progress.phase) {
    case Phase::Waiting:
        return Text::tr("Waiting: another window fetches the same file");
    case Phase::Connecting:
        return Text::tr("Connecting");
    case Phase::Pausing:
        return Text::tr("The server %1; trying again").arg(progress.note);
    case Phase::Checking:
        return Text::tr("Checking that the file is the published one");
    case Phase::Receiving:
        break;
    }
    QString text = Text::tr("%1 of %2").arg(sizeText(progress.done), sizeText(progress.total));
    if (progress.bytesPerSecond > 1)
        text += Text::tr(", %1 a second, %2")
                    .arg(sizeText(std::uint64_t(progress.bytesPerSecond)),
                         leftText(double(progress.total - progress.done) / progress.bytesPerSecond));
    return text;
}

} // namespace

std::filesystem::path downloadFolder()
{
    return user_model_folder() / "downloads";
}

DownloadJob downloadJob(const ModelPreset& preset)
{
    return {.addresses = {QUrl(QString::fromStdString(preset.download))},
            .fileName = QString::fromStdString(preset.file),
            .folder = downloadFolder(),
            .bytes = preset.bytes.value_or(0),
            .sha256 = QString::fromStdString(preset.sha256.value_or(""))};
}

bool needsHoleOnly(const ModelInfo& model)
{
    return model.fills && model.condition_frames == 0 && model.classes == 0;
}

QString howToGet(const std::string& model)
{
    const std::vector<ModelPreset>& presets = known_presets();
    const auto known = std::find_if(presets.begin(), presets.end(),
                                    [&](const ModelPreset& preset) { return preset.id == model; });
    if (known == presets.end())
        return Text::tr("“%1” is no model of this computer. Generate > Models… lists those that are here and "
                        "imports files.")
            .arg(QString::fromStdString(model));
    const ModelEntry entry = entryOf(*known);
    return (entry.group == ModelEntry::Group::Download
                ? Text::tr("%1 (%2) is not on this computer. Generate > Models… downloads it.")
                : Text::tr(
                    "%1 (%2) is not on this computer. Generate > Models… says where its file is published, "
                    "and imports it."))
        .arg(entry.name(), sizeOf(entry));
}

std::vector<ModelEntry> modelEntries(const std::vector<ModelInfo>& models,
                                     const std::vector<ModelPreset>& presets)
{
    using Group = ModelEntry::Group;
    std::vector<ModelEntry> entries;
    for (const ModelInfo& model : models) {
        ModelEntry entry;
        entry.id = QString::fromStdString(model.id);
        entry.group = model.origin == ModelInfo::Origin::User ? Group::Yours : Group::WithLacuna;
        entry.info = model;
        entries.push_back(std::move(entry));
    }
    for (const ModelPreset& preset : presets)
        if (std::none_of(models.begin(), models.end(),
                         [&](const ModelInfo& model) { return model.preset == preset.id; }))
            entries.push_back(entryOf(preset));
    std::stable_sort(entries.begin(), entries.end(),
                     [](const ModelEntry& a, const ModelEntry& b) { return a.group < b.group; });
    return entries;
}

QString groupTitle(ModelEntry::Group group)
{
    switch (group) {
    case ModelEntry::Group::WithLacuna:
        return Text::tr("Comes with Lacuna");
    case ModelEntry::Group::Yours:
        return Text::tr("Yours");
    case ModelEntry::Group::Download:
        return Text::tr("To download");
    case ModelEntry::Group::PlaceYourself:
        return Text::tr("Published elsewhere");
    }
    return {};
}

QString sizeOf(const ModelEntry& entry)
{
    if (entry.info.bytes == 0)
        return {};
    const QString size = sizeText(entry.info.bytes);
    return entry.preset && !entry.preset->bytes ? Text::tr("about %1").arg(size) : size;
}

QString stateText(const ModelEntry& entry)
{
    using State = ModelEntry::State;
    switch (entry.state) {
    case State::Here:
        if (!entry.info.fills)
            return Text::tr("Here, but it does not fill holes");
        return entry.info.condition_frames > 0 || entry.info.classes > 0
                   ? Text::tr("Here, for the command line: it needs more than a picture")
                   : Text::tr("Ready");
    case State::NotHere:
        return entry.group == ModelEntry::Group::Download ? Text::tr("Not downloaded")
                                                          : Text::tr("You provide the file");
    case State::Partly:
        return Text::tr("Paused at %1 of %2")
            .arg(sizeText(entry.progress.done), sizeText(entry.progress.total));
    case State::Downloading:
        return downloadText(entry.progress);
    case State::Importing:
        return Text::tr("Converting, %1").arg(percentText(entry.permille / 1000.0));
    }
    return {};
}

QString spokenText(const ModelEntry& entry)
{
    QStringList parts{entry.name(), groupTitle(entry.group), stateText(entry)};
    if (entry.info.native_size > 0)
        parts << Text::tr("%1 pixels").arg(entry.info.native_size);
    if (const QString size = sizeOf(entry); !size.isEmpty())
        parts << size;
    return parts.join(QStringLiteral(", "));
}

} // namespace lacuna::ui
