// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QNetworkAccessManager>
#include <QObject>
#include <QTimer>

#include <atomic>
#include <memory>
#include <optional>

#include "engine/project/lock_file.h"
#include "ui/models/downloader/download_job.h"
#include "ui/models/downloader/partial_file.h"
#include "ui/models/downloader/server_answer.h"

class QNetworkReply;

namespace lacuna::ui {

struct DownloadProgress {
    enum class Phase {
        Waiting, ///< another Lacuna fetches the same file
        Connecting,
        Receiving,
        Pausing, ///< before the next attempt; `note` says why
        Checking ///< the hash of the complete file
    };
    Phase phase = Phase::Connecting;
    std::uint64_t done = 0, total = 0; ///< bytes
    double bytesPerSecond = 0;         ///< over the last seconds; 0: not known
    QString note{};
};

/// Fetches one file. Works in the thread it lives in, which may block on the disk: not in that of the window. Ends
/// with exactly one of finished, stopped and failed. What has come is kept for the next transfer of the same job.
class Transfer : public QObject {
    Q_OBJECT

public:
    Transfer(DownloadJob job, DownloadRules rules);
    ~Transfer() override;

    void start();
    /// From any thread: stopped follows, unless it has ended already.
    void stop();

Q_SIGNALS:
    void progressed(const lacuna::ui::DownloadProgress& progress);
    void finished(const QString& path);
    void stopped();
    void failed(const QString& message);

private:
    void begin();
    void connectNext();
    void ask(const QUrl& address);
    void judgeHeaders();
    void take();
    void ended();
    void answered(const ServerAnswer& answer);
    void broke(const QString& why, std::optional<std::chrono::seconds> wait = {});
    void beginAgain();
    void nextAddress(const QString& why);
    void check();
    void fail(const Error& error);
    void fail(const QString& cause, const QString& action);
    void abandonReply();
    void close();
    void report(DownloadProgress::Phase phase, const QString& note = {});
    void requireSpace();
    void noteOrigin() const;
    QByteArray validator() const;
    template <typename Work> void guarded(Work&& work);

    DownloadJob job_;
    DownloadRules rules_;
    std::unique_ptr<QNetworkAccessManager> network_{}; ///< made in its thread
    std::unique_ptr<LockFile> lock_{};
    std::unique_ptr<PartialFile> file_{};
    QNetworkReply* reply_ = nullptr;
    std::optional<ServerAnswer> answer_{}; ///< to the present request
    QTimer stall_{this}, pause_{this};
    std::atomic<bool> stopAsked_{false};
    bool over_ = false;

    int address_ = 0;   ///< of the job's
    int redirects_ = 0; ///< of the present attempt
    int attempts_ = 0;  ///< since something new came
    int wrongHashes_ = 0;
    std::uint64_t most_ = 0;      ///< largest size that the partial file had
    std::uint64_t asked_ = 0;     ///< first byte of the present request
    std::uint64_t checkedAt_ = 0; ///< size when the free space was looked at
    bool inPieces_ = false;       ///< the partial file has parts of several answers
    bool stalled_ = false, tooLong_ = false;

    QElapsedTimer clock_{};
    qint64 reported_ = -1000, speedSince_ = 0; ///< ms
    std::uint64_t speedFrom_ = 0;
    double speed_ = 0;
};

} // namespace lacuna::ui
