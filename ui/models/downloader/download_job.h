// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QList>
#include <QString>
#include <QUrl>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>

#include "engine/core/error.h"

namespace lacuna::ui {

/// Translations of the sentences about downloads.
struct DownloadText {
    Q_DECLARE_TR_FUNCTIONS(DownloadText)
};

/// One published file that is to be fetched.
struct DownloadJob {
    QList<QUrl> addresses{};        ///< of the same bytes; the next one is asked when one fails for good
    QString fileName{};             ///< 1 to 100 letters, digits and . _ -, not beginning with a dot
    std::filesystem::path folder{}; ///< where it appears, once it is complete and right
    std::uint64_t bytes = 0;        ///< exactly
    QString sha256{};               ///< 64 lower-case digits

    std::filesystem::path target() const { return folder / fileName.toStdString(); }
    /// What has come so far, beside the target; a restart finds it by the hash.
    std::filesystem::path partial() const { return folder / (sha256.toStdString() + ".part"); }
    /// Where it came from: {"url", "etag", "modified"}.
    std::filesystem::path origin() const { return folder / (sha256.toStdString() + ".json"); }
};

/// How downloads behave. The defaults are those of the program; tests have shorter times and a server of their own.
struct DownloadRules {
    bool offline = false;
    QUrl proxy{};                            ///< http://host:port or socks5://host:port; empty: the system's
    std::chrono::milliseconds stall{30'000}; ///< without a byte; then the connection counts as broken
    std::chrono::milliseconds pause{
        1'000};                            ///< before the next attempt; doubles with each one, up to a minute
    std::chrono::seconds longestWait{120}; ///< that a server may ask for with Retry-After
    int attempts = 5;                      ///< in a row that brought nothing new
    int redirects = 5;
    std::uint64_t spare = 64'000'000; ///< bytes that must stay free on the disk
    bool plainLocal = false;          ///< http to this computer itself is allowed
    std::function<std::uint64_t(const std::filesystem::path&)> freeSpace{}; ///< none: asks the file system
};

/// Throws Error{Usage} for a job that must not be started: a name that is a path, no size, no hash, an address that is
/// not allowed.
void checkJob(const DownloadJob& job, const DownloadRules& rules);

/// Why an address must not be asked, as the end of a sentence; empty: it may. Only https to public hosts is allowed:
/// no other scheme, no user name, no name or number of this computer or of a private network.
QString refusal(const QUrl& address, const DownloadRules& rules);

/// Bytes that can be written to the file system of `folder`, which need not exist yet.
std::uint64_t freeSpace(const std::filesystem::path& folder, const DownloadRules& rules);

/// "2.2 GB"
QString sizeText(std::uint64_t bytes);

} // namespace lacuna::ui
