// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <filesystem>
#include <functional>
#include <memory>

#include "engine/project/journal_records.h"
#include "engine/project/lock_file.h"

namespace lacuna::ui {

/// Writes what is done to the open document into a journal, and the document itself when it is saved, on one thread
/// and in the order of the calls. A record is in the file at once and on the disk at most 250 ms later: that much is
/// lost with the power, nothing with the program. Nothing here waits but the destructor and flush().
class Autosave : public QObject {
    Q_OBJECT

public:
    explicit Autosave(QObject* parent);
    ~Autosave() override; ///< writes what waits; close() before, or the journal looks like that of a crash

    /// Where journals are made; without a folder there are none.
    void setFolder(const std::filesystem::path& folder);
    bool enabled() const { return enabled_; }

    /// Another document: the next record begins a new journal. One without a project file begins with its picture,
    /// which is encoded then, and with the mask.
    using MakeRecord = std::function<JournalRecord()>;
    void begin(const JournalBase& base, MakeRecord picture, MakeRecord mask);
    /// Goes on with a journal that was left.
    void resume(const JournalBase& base, const std::filesystem::path& journal,
                std::shared_ptr<LockFile> lock);
    /// Adds a record, which is made on the thread that writes.
    void add(MakeRecord make);
    /// Saves on that thread. When `save` returns, the journal has served: it is removed, and the next one begins with
    /// what `save` returned. What it throws goes to `done` as a sentence and leaves the journal as it is.
    void save(std::function<JournalBase()> save, std::function<void(const QString& problem)> done);
    /// The document is closed: its journal is kept for recovery, or removed.
    void close(bool keep);
    void flush(); ///< waits until everything is written

Q_SIGNALS:
    void failed(const QString& problem); ///< once for each journal

private:
    struct Writer;
    void run(std::function<void(Writer&)> job);

    bool enabled_ = false;
    QTimer syncTimer_{};
    std::shared_ptr<Writer> writer_; ///< used on the thread of the pool only
    QThreadPool pool_{};             ///< of one thread; last: its jobs end before anything above goes
};

} // namespace lacuna::ui
