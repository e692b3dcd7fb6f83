// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/model_manager.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <utility>

#include "engine/models/model_folder.h"
#include "ui/background/background.h"
#include "ui/models/downloader/local_proxy.h"

namespace lacuna::ui {

namespace fs = std::filesystem;
using State = ModelEntry::State;

namespace {

constexpr int pollEvery = 150; // milliseconds

fs::path toPath(const QString& file)
{
    return file.toStdU16String();
}

QString toText(const fs::path& path)
{
    return QString::fromStdU16String(path.u16string());
}

} // namespace

ModelManager::ModelManager(SessionFactory makeSession, QObject* parent)
    : QObject(parent),
      makeSession_(std::move(makeSession)),
      presets_(known_presets()),
      downloads_(new Downloads(this))
{
    writer_.setMaxThreadCount(1);
    poll_.setInterval(pollEvery);
    connect(&poll_, &QTimer::timeout, this, &ModelManager::poll);
    connect(downloads_, &Downloads::progressed, this,
            [this](const QString& id, const DownloadProgress& progress) {
                update(id, [&](ModelEntry& entry) {
                    entry.state = State::Downloading;
                    entry.progress = progress;
                });
            });
    connect(downloads_, &Downloads::stopped, this, [this](const QString& id) {
        if (discarding_.erase(id) > 0)
            return discard(id);
        update(id, [](ModelEntry& entry) {
            entry.progress.done = Downloads::kept(downloadJob(*entry.preset));
            entry.state = entry.progress.done > 0 ? State::Partly : State::NotHere;
        });
    });
    connect(downloads_, &Downloads::failed, this, [this](const QString& id, const QString& message) {
        update(id, [&](ModelEntry& entry) {
            entry.progress.done = Downloads::kept(downloadJob(*entry.preset));
            entry.state = entry.progress.done > 0 ? State::Partly : State::NotHere;
            entry.problem = message;
        });
        Q_EMIT problem(message);
    });
    connect(downloads_, &Downloads::finished, this, &ModelManager::downloaded);
    rebuild();
}

ModelManager::~ModelManager()
{
    for (const auto& [id, state] : conversions_)
        state->stop = true;
    stopWork();
}

void ModelManager::startSession(const fs::path& settingsFile)
{
    settingsFile_ = settingsFile;
    settings_ = readModelSettings(settingsFile);
    if (!LocalProxy::refusal(settings_.proxy).isEmpty())
        settings_.proxy.clear();
    setChosenDevice(settings_.device.toStdString());
    Q_EMIT settingsChanged();
}

void ModelManager::setPresets(std::vector<ModelPreset> presets)
{
    presets_ = std::move(presets);
    rebuild();
}

void ModelManager::setRules(const DownloadRules& rules)
{
    rules_ = rules;
}

std::uint64_t ModelManager::freeBytes() const
{
    return freeSpace(downloadFolder(), rules_);
}

void ModelManager::refresh()
{
    askAgain_ = asking_;
    if (std::exchange(asking_, true))
        return;
    inBackground(
        this,
        [make = makeSession_] {
            const std::unique_ptr<Session> session = make();
            return Known{session->models(), session->devices()};
        },
        [this](const Attempt<Known>& known) {
            asking_ = false;
            const auto* failure = std::get_if<Problem>(&known);
            if (failure && settings_.device != QLatin1String("auto")) { // it may have been taken out
                ModelSettings other = settings_;
                other.device = QStringLiteral("auto");
                setSettings(other);
                askAgain_ = true;
            } else if (failure)
                Q_EMIT problem(failure->message);
            else
                show(std::get<Known>(known).models, std::get<Known>(known).devices);
            if (std::exchange(askAgain_, false))
                refresh();
        });
}

void ModelManager::show(const std::vector<ModelInfo>& models, const std::vector<DeviceInfo>& devices)
{
    models_ = models;
    devices_ = devices;
    rebuild();
    Q_EMIT modelsKnown(models_);
    const bool there = settings_.device == QLatin1String("auto")
                       || std::any_of(devices_.begin(), devices_.end(), [this](const DeviceInfo& device) {
                              return QString::fromStdString(device.id) == settings_.device;
                          });
    if (!there) {
        ModelSettings without = settings_;
        without.device = QStringLiteral("auto");
        setSettings(without);
    }
}

/// What goes on keeps its state.
void ModelManager::rebuild()
{
    std::vector<ModelEntry> old = std::exchange(entries_, modelEntries(models_, presets_));
    for (const ModelEntry& before : old) {
        ModelEntry* now = find(before.id);
        if (!now || !now->preset)
            continue;
        now->problem = before.problem;
        if (downloads_->active(before.id) || conversions_.contains(before.id)) {
            now->state = before.state;
            now->progress = before.progress;
            now->permille = before.permille;
        }
    }
    Q_EMIT changed();
}

const ModelEntry* ModelManager::entry(const QString& id) const
{
    return const_cast<ModelManager*>(this)->find(id);
}

ModelEntry* ModelManager::find(const QString& id)
{
    const auto found = std::find_if(entries_.begin(), entries_.end(),
                                    [&id](const ModelEntry& entry) { return entry.id == id; });
    return found == entries_.end() ? nullptr : &*found;
}

void ModelManager::update(const QString& id, const std::function<void(ModelEntry&)>& change)
{
    ModelEntry* entry = find(id);
    if (!entry)
        return;
    change(*entry);
    Q_EMIT entryChanged(id);
}

void ModelManager::setSettings(const ModelSettings& settings)
{
    if (settings == settings_)
        return;
    const bool device = settings.device != settings_.device;
    settings_ = settings;
    if (device)
        setChosenDevice(settings_.device.toStdString());
    if (!settingsFile_.empty())
        writer_.start([file = settingsFile_, settings] {
            attempt(
                [&] { return writeModelSettings(file, settings), true; }); // of no consequence for anybody
        });
    Q_EMIT settingsChanged();
    if (device)
        Q_EMIT deviceChanged();
}

void ModelManager::download(const QString& id)
{
    ModelEntry* entry = find(id);
    if (!entry || entry->group != ModelEntry::Group::Download || downloads_->active(id)
        || conversions_.contains(id))
        return;
    DownloadRules rules = rules_;
    rules.offline = settings_.offline;
    rules.proxy = QUrl(settings_.proxy.trimmed());
    rules.spare += *entry->preset->bytes; // for the converted file, until the published one is removed
    downloads_->setRules(rules);
    downloads_->start(id, downloadJob(*entry->preset));
    update(id, [](ModelEntry& one) {
        one.problem.clear();
        one.state = State::Downloading;
        one.progress.phase = DownloadProgress::Phase::Connecting;
    });
}

void ModelManager::pause(const QString& id)
{
    downloads_->stop(id);
}

void ModelManager::discard(const QString& id)
{
    const ModelEntry* one = entry(id);
    if (!one || !one->preset)
        return;
    if (!downloads_->active(id)) {
        Downloads::discard(downloadJob(*one->preset));
        return update(id, [](ModelEntry& left) {
            left.state = State::NotHere;
            left.progress = {};
            left.problem.clear();
        });
    }
    discarding_.insert(id);
    downloads_->stop(id);
}

/// The published file becomes a model, then it is not needed any more.
void ModelManager::downloaded(const QString& id, const QString& path)
{
    ModelEntry* entry = find(id);
    if (!entry || !entry->preset)
        return;
    const auto state = std::make_shared<JobState>();
    conversions_[id] = state;
    poll_.start();
    update(id, [](ModelEntry& one) { one.state = State::Importing; });
    inBackground(
        this,
        [file = toPath(path), preset = *entry->preset, state] {
            const std::string name = importCheckpoint(file, preset, *preset.sha256, state);
            std::error_code ignored;
            fs::remove(file, ignored);
            return name;
        },
        [this, id](const Attempt<std::string>& name) {
            const bool stopped = conversions_[id]->stop;
            conversions_.erase(id);
            if (const auto* failure = std::get_if<Problem>(&name)) {
                update(id, [&](ModelEntry& one) {
                    one.state = State::NotHere;
                    one.problem = stopped ? QString() : failure->message;
                });
                if (!stopped)
                    Q_EMIT problem(failure->message);
                return;
            }
            const ModelEntry* done = this->entry(id);
            Q_EMIT imported(QString::fromStdString(std::get<std::string>(name)),
                            done ? done->name() : QString());
            refresh();
        });
}

void ModelManager::stopImport(const QString& id)
{
    if (const auto found = conversions_.find(id); found != conversions_.end())
        found->second->stop = true;
}

void ModelManager::inspect(const QString& file, const QString& wanted)
{
    stopWork();
    work_ = std::make_shared<JobState>();
    poll_.start();
    inBackground(
        this,
        [file = toPath(file), published = presets_, wanted = wanted.toStdString(), state = work_] {
            return inspectCheckpoint(file, published, wanted, state);
        },
        [this, state = work_](const Attempt<CheckpointReport>& report) {
            if (work_ != state)
                return; // stopped, or replaced by another file
            work_.reset();
            if (const auto* failure = std::get_if<Problem>(&report))
                Q_EMIT importFailed(failure->message);
            else
                Q_EMIT inspected(std::get<CheckpointReport>(report));
        });
}

void ModelManager::import(const CheckpointReport& report, const ModelPreset& preset)
{
    stopWork();
    work_ = std::make_shared<JobState>();
    poll_.start();
    inBackground(
        this,
        [report, preset, state = work_] {
            return importCheckpoint(report.file, preset, report.sha256, state);
        },
        [this, preset, state = work_](const Attempt<std::string>& name) {
            if (work_ != state)
                return;
            work_.reset();
            if (const auto* failure = std::get_if<Problem>(&name))
                return Q_EMIT importFailed(failure->message);
            Q_EMIT imported(QString::fromStdString(std::get<std::string>(name)),
                            QString::fromStdString(preset.name));
            refresh();
        });
}

void ModelManager::stopWork()
{
    if (const auto work = std::exchange(work_, nullptr))
        work->stop = true;
}

void ModelManager::poll()
{
    for (const auto& [id, state] : conversions_)
        update(id, [permille = state->permille.load()](ModelEntry& entry) { entry.permille = permille; });
    if (work_)
        Q_EMIT workProgressed(work_->permille);
    if (conversions_.empty() && !work_)
        poll_.stop();
}

void ModelManager::remove(const QString& id)
{
    const ModelEntry* one = entry(id);
    if (!one || !one->removable() || one->info.file.empty())
        return;
    const QString name = one->name();
    const fs::path weights = one->info.file;
    std::vector<Moved> moved;
    for (const char* ending : {".safetensors", ".md", ".png"}) {
        const QString file = toText(fs::path(weights).replace_extension(ending));
        QString trash;
        if (!QFileInfo::exists(file))
            continue;
        if (QFile::moveToTrash(file, &trash))
            moved.push_back({file, trash});
        else if (moved.empty())
            return Q_EMIT problem(tr("%1 could not be moved to the trash. Remove it in the folder. "
                                     "Nothing was changed.")
                                      .arg(QDir::toNativeSeparators(file)));
    }
    moved_ = std::move(moved);
    Q_EMIT removed(name);
    refresh();
}

void ModelManager::undoRemove()
{
    for (const Moved& one : std::exchange(moved_, {})) {
        if (!QFile::rename(one.trash, one.from))
            Q_EMIT problem(tr("%1 could not be taken out of the trash; it is there as %2.")
                               .arg(QDir::toNativeSeparators(one.from), QDir::toNativeSeparators(one.trash)));
        const QFileInfo trash(one.trash);
        QFile::remove(trash.dir().filePath(QStringLiteral("../info/%1.trashinfo").arg(trash.fileName())));
    }
    refresh();
}

} // namespace lacuna::ui
