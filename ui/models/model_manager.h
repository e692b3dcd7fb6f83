// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <map>
#include <memory>
#include <set>
#include <vector>

#include "ui/engine_link/engine_link.h"
#include "ui/models/checkpoint_import.h"
#include "ui/models/downloader/downloads.h"
#include "ui/models/model_entry.h"
#include "ui/models/model_settings.h"

namespace lacuna::ui {

/// Fetches, imports and removes models and knows which there are. Everything that takes time happens in the
/// background; signals tell how far it is.
class ModelManager : public QObject {
    Q_OBJECT

public:
    ModelManager(SessionFactory makeSession, QObject* parent);
    ~ModelManager() override;

    /// Reads the settings and keeps them in this file from now on.
    void startSession(const std::filesystem::path& settingsFile);
    void setPresets(std::vector<ModelPreset> presets); ///< instead of the published ones that Lacuna knows
    void setRules(const DownloadRules& rules);         ///< offline and proxy stay those of the settings

    void refresh(); ///< asks the session again; changed and modelsKnown follow
    void show(const std::vector<ModelInfo>& models, const std::vector<DeviceInfo>& devices);
    const std::vector<ModelEntry>& entries() const { return entries_; }
    const ModelEntry* entry(const QString& id) const;
    const std::vector<DeviceInfo>& devices() const { return devices_; }
    std::uint64_t freeBytes() const;

    const ModelSettings& settings() const { return settings_; }
    void setSettings(const ModelSettings& settings); ///< deviceChanged follows when that is another one

    void download(const QString& id); ///< begins or resumes
    void pause(const QString& id);
    void discard(const QString& id); ///< also stops; what had come is removed
    /// Stops the import of a downloaded file; the file stays and can be imported again.
    void stopImport(const QString& id);

    /// Looks into a file; inspected or importFailed follows. `wanted`: id of the preset that it should be.
    void inspect(const QString& file, const QString& wanted = {});
    /// Makes it a model; imported or importFailed follows.
    void import(const CheckpointReport& report, const ModelPreset& preset);
    void stopWork(); ///< of inspect and import
    bool working() const { return bool(work_); }

    /// Moves the files of a model of the user to the trash; removed or problem follows.
    void remove(const QString& id);
    void undoRemove();

Q_SIGNALS:
    void changed();                       ///< the list
    void entryChanged(const QString& id); ///< state or progress of one
    void modelsKnown(const std::vector<lacuna::ModelInfo>& models);
    void settingsChanged();
    void deviceChanged();
    void workProgressed(int permille);
    void inspected(const lacuna::ui::CheckpointReport& report);
    void importFailed(const QString& message);
    void imported(const QString& id, const QString& name);
    void removed(const QString& name);
    void problem(const QString& message);

private:
    struct Known {
        std::vector<ModelInfo> models{};
        std::vector<DeviceInfo> devices{};
    };
    /// A file in the trash and where it was.
    struct Moved {
        QString from{}, trash{};
    };
    ModelEntry* find(const QString& id);
    void update(const QString& id, const std::function<void(ModelEntry&)>& change);
    void downloaded(const QString& id, const QString& path);
    void rebuild();
    void poll();

    SessionFactory makeSession_;
    std::vector<ModelPreset> presets_;
    std::vector<ModelInfo> models_{};
    std::vector<DeviceInfo> devices_{};
    std::vector<ModelEntry> entries_{};
    ModelSettings settings_{};
    std::filesystem::path settingsFile_{};
    QThreadPool writer_{}; ///< one thread: the newest settings are written last
    DownloadRules rules_{};
    Downloads* downloads_;
    std::map<QString, std::shared_ptr<JobState>> conversions_{}; ///< of downloads
    std::shared_ptr<JobState> work_{};                           ///< of inspect or import
    std::set<QString> discarding_{};                             ///< downloads that end to be removed
    std::vector<Moved> moved_{};
    QTimer poll_{};
    bool asking_ = false, askAgain_ = false;
};

} // namespace lacuna::ui
