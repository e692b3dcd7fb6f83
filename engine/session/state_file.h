// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>

namespace lacuna {

/// Where a run keeps how far it is, so that the same request can go on there after the program has ended, however it
/// did. What lies there of the same request is taken up when it begins; anything else is ignored. The file appears
/// whole or not at all; who asked for it removes it when the run has ended.
struct StateFile {
    std::filesystem::path path{};
    double seconds = 3; ///< at least between two writes; more where writing takes long
    /// Set by who is about to stop the run and wants to go on with it later: it is written once more.
    std::atomic<bool> wanted{false};
    /// Set by the session during a report: writes the file now. For who holds a report up, on the thread of the report.
    std::function<void()> write{};
};

} // namespace lacuna
