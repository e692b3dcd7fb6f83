// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTemporaryDir>
#include <QThreadPool>

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "ui/queue/job_list.h"
#include "ui/queue/queue_store.h"

namespace lacuna::ui {

class Document;
class MessageBar;
class Results;
class RunController;

/// Runs jobs one after the other, when nothing else runs. A job of the open picture is shown like a run that was
/// started there; what came of each is kept as a project. The queue outlives the program, however that ends: a job
/// that ran goes on where its state was last written, and what comes of it is the same.
class Queue : public QObject {
    Q_OBJECT

public:
    struct Parts {
        Document& document;
        RunController& run;
        Results& results;
        MessageBar& messages;
    };
    explicit Queue(const Parts& parts);
    ~Queue() override; ///< closes; everything is written

    /// Takes up the queue that was kept in the folder, and keeps it there from now on.
    void startSession(const std::filesystem::path& folder);

    JobList& list() { return list_; }
    void add();             ///< a job with the picture, mask and settings of the window
    void remove(int row);   ///< can be undone; the one that runs is stopped, and what has finished is kept
    void activate(int row); ///< shows what came of it
    bool paused() const { return paused_; }
    /// Holds the run where it is, and nothing else begins.
    void setPaused(bool paused);
    void close(); ///< the window closes: nothing begins any more, and the job that runs waits again
    void flush(); ///< waits until everything is written

Q_SIGNALS:
    void changed(); ///< paused(), or the number of jobs in some state

private:
    void startNext();
    bool isOpen(const Picture& picture) const;
    void received(StoredQueue stored);
    void showProgress(const Progress& progress);
    void finish(const Outcome& outcome);
    void keep(Job job, const SharedSet& set);
    void dropState(int number);
    void openResult(const Job& job);
    void save();
    void inTurn(std::function<void(QueueStore&)> work);

    Parts parts_;
    JobList list_{};
    bool paused_ = false;
    int next_ = 1;
    std::optional<int> current_{};   ///< number of the job that runs
    std::filesystem::path states_{}; ///< folder for the states of runs; empty: nobody could go on with them
    std::shared_ptr<StateFile> state_{}; ///< of the job that runs
    bool loading_ = false, closed_ = false;
    bool foreign_ = false; ///< another window has the folder, and that was not said yet

    struct Keeper;
    std::shared_ptr<Keeper> keeper_; ///< used on the thread of the pool only
    QThreadPool pool_{};             ///< of one thread; last: its work ends before anything above goes
};

} // namespace lacuna::ui
