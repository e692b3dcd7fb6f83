// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/project/lock_file.h"
#include "ui/queue/job.h"

namespace lacuna::ui {

/// The queue as it is kept: what is done, in which order, and whether it is held.
struct StoredQueue {
    std::vector<Job> jobs{};
    bool paused = false;
    int next = 1;      ///< number of the next job
    QString problem{}; ///< what could not be read, a sentence; empty: nothing
};

/// A folder with `queue.json` and beside it the pictures and masks of the jobs, named by their content, and the states
/// of jobs that have begun. Every file exists whole or not at all, and the list is written last: whenever the program
/// ends, the queue is as it was before or after the last change. Use from one thread at a time.
class QueueStore {
public:
    /// Takes the folder; none while another window has it. Throws Error{Output}.
    static std::shared_ptr<QueueStore> open(const std::filesystem::path& folder);

    /// What was kept; a job that ran waits again, in front. Files that no job refers to are removed. Jobs whose files
    /// are damaged are left out and named.
    StoredQueue read();
    void write(const StoredQueue& queue);

    /// Where a run keeps the state of a job in the folder of the queue.
    static std::filesystem::path stateFile(const std::filesystem::path& folder, int number);

    /// The finished set of a job as a project; its path. Throws Error{Output}.
    std::filesystem::path keepResult(const Job& job, const CompletionSet& set);

private:
    QueueStore(std::filesystem::path folder, std::unique_ptr<LockFile> lock);
    std::string keep(const Picture& picture);
    std::string keep(const Mask& mask);
    void removeOthers(const StoredQueue& queue, const std::vector<std::string>& used);

    std::filesystem::path folder_;
    std::unique_ptr<LockFile> lock_;
};

} // namespace lacuna::ui
