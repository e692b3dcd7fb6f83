// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace lacuna {

/// Who has a file open, as its lock file tells.
struct LockHolder {
    std::string host{}, boot{}; ///< name of the computer; changes with every start of it
    std::int64_t pid = 0;
    std::string started{}; ///< of the process, in ticks since the start of the computer: pids are used again
    std::string user{};
    std::string since{}; ///< for people, UTC

    bool operator==(const LockHolder&) const = default;
};

/// Whether a process on this computer holds the lock no longer. False for other computers: nothing can be known.
bool is_stale(const LockHolder&);

/// A file beside the locked one, `.NAME.lock`, that exists whole or not at all. Locks of processes that have ended
/// on this computer are taken over; no lock has to be removed by hand after a crash.
class LockFile {
public:
    static std::filesystem::path path_for(const std::filesystem::path& locked);

    /// The lock, or none while another process has it; then `holder` tells who. Throws Error{Output} when the folder
    /// cannot be written to.
    static std::unique_ptr<LockFile> take(const std::filesystem::path& locked, LockHolder& holder);
    /// Who has the file open according to its lock, stale or not.
    static std::optional<LockHolder> read(const std::filesystem::path& locked);

    ~LockFile(); ///< gives it back
    LockFile(const LockFile&) = delete;
    LockFile& operator=(const LockFile&) = delete;

    bool held() const; ///< nobody has taken it away

private:
    LockFile(std::filesystem::path path, std::string text) : path_(std::move(path)), text_(std::move(text)) {}

    std::filesystem::path path_;
    std::string text_;
};

/// "It is open on wing since 2026-11-22 16:00 UTC (process 4711 of ada)."
std::string describe(const LockHolder&);

} // namespace lacuna
