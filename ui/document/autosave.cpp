// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/autosave.h"

#include <utility>

#include "engine/project/recovery.h"
#include "ui/background/background.h"

namespace lacuna::ui {
namespace {

constexpr int longestUnsynced = 250;       // milliseconds
constexpr std::size_t closedJournals = 20; // of documents that were closed without being saved

} // namespace

struct Autosave::Writer {
    std::filesystem::path folder{};
    JournalBase base{};
    MakeRecord picture{}; ///< called when a journal begins
    JournalRecord mask{}; ///< as it was when the document was opened
    std::unique_ptr<JournalWriter> journal{};
    std::shared_ptr<LockFile> lock{};
    bool broken = false; ///< it was said that this journal cannot be written

    void open();
    void forget(bool keep);
};

void Autosave::Writer::open()
{
    std::filesystem::create_directories(folder);
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
    const std::filesystem::path path =
        folder / (base.id.substr(0, 8) + "-" + new_project_id().substr(0, 8) + ".lacuna-journal");
    LockHolder holder;
    lock = LockFile::take(path, holder); // before the journal: nobody takes it for one that was left
    journal = std::make_unique<JournalWriter>(path);
    journal->append(begin_record(base));
    if (!base.project_file.empty())
        return;
    journal->append(picture());
    journal->append(mask);
}

void Autosave::Writer::forget(bool keep)
{
    broken = false;
    if (!journal)
        return;
    const std::filesystem::path path = journal->path();
    if (keep)
        journal->sync();
    journal.reset();
    if (!keep)
        remove_journal(path);
    lock.reset();
}

Autosave::Autosave(QObject* parent) : QObject(parent), writer_(std::make_shared<Writer>())
{
    pool_.setMaxThreadCount(1);
    syncTimer_.setSingleShot(true);
    syncTimer_.setInterval(longestUnsynced);
    connect(&syncTimer_, &QTimer::timeout, this, [this] {
        run([](Writer& writer) {
            if (writer.journal)
                writer.journal->sync();
        });
    });
}

Autosave::~Autosave()
{
    flush();
}

/// What a job throws is said once for each journal; the document itself is not touched by it.
void Autosave::run(std::function<void(Writer&)> job)
{
    pool_.start([this, writer = writer_, job = std::move(job)] {
        const Attempt<bool> result = attempt([&] { return job(*writer), true; });
        const auto* problem = std::get_if<Problem>(&result);
        if (!problem || std::exchange(writer->broken, true))
            return;
        QMetaObject::invokeMethod(
            this, [this, message = problem->message] { Q_EMIT failed(message); }, Qt::QueuedConnection);
    });
}

void Autosave::setFolder(const std::filesystem::path& folder)
{
    enabled_ = !folder.empty();
    run([folder](Writer& writer) {
        writer.folder = folder;
        if (!folder.empty())
            trim_journals(folder, closedJournals);
    });
}

void Autosave::begin(const JournalBase& base, MakeRecord picture, MakeRecord mask)
{
    if (!enabled_)
        return;
    run([base, picture = std::move(picture), mask = std::move(mask)](Writer& writer) {
        writer.forget(true);
        writer.base = base;
        writer.picture = picture;
        writer.mask = mask(); // small, unlike the mask
    });
}

void Autosave::resume(const JournalBase& base, const std::filesystem::path& journal,
                      std::shared_ptr<LockFile> lock)
{
    run([base, journal, lock = std::move(lock)](Writer& writer) {
        writer.forget(true);
        writer.base = base;
        writer.lock = lock;
        writer.journal = JournalWriter::resume(journal);
    });
}

void Autosave::add(MakeRecord make)
{
    if (!enabled_)
        return;
    run([make = std::move(make)](Writer& writer) {
        if (!writer.journal)
            writer.open();
        writer.journal->append(make());
    });
    if (!syncTimer_.isActive())
        syncTimer_.start();
}

void Autosave::save(std::function<JournalBase()> save, std::function<void(const QString& problem)> done)
{
    pool_.start([this, writer = writer_, save = std::move(save), done = std::move(done)] {
        const Attempt<JournalBase> base = attempt(save);
        if (const auto* saved = std::get_if<JournalBase>(&base)) {
            attempt([&] { return writer->forget(false), true; }); // an obsolete journal is known as one
            writer->base = *saved;
        }
        const auto* problem = std::get_if<Problem>(&base);
        const QString message = problem ? problem->message : QString();
        QMetaObject::invokeMethod(
            this, [done, message] { done(message); }, Qt::QueuedConnection);
    });
}

void Autosave::close(bool keep)
{
    run([keep](Writer& writer) { writer.forget(keep); });
}

void Autosave::flush()
{
    pool_.waitForDone();
}

} // namespace lacuna::ui
