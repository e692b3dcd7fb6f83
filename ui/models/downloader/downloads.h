// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QThread>

#include <map>

#include "ui/models/downloader/transfer.h"

namespace lacuna::ui {

/// The downloads of the window, each in a state of its own, named by the caller. All work is done in one thread
/// beside that of the window. Destroying it stops them; what has come is kept.
class Downloads : public QObject {
    Q_OBJECT

public:
    explicit Downloads(QObject* parent);
    ~Downloads() override;

    void setRules(DownloadRules rules) { rules_ = std::move(rules); } ///< of those that start from now on
    const DownloadRules& rules() const { return rules_; }

    /// Fetches or resumes. Does nothing for one that goes on.
    void start(const QString& id, const DownloadJob& job);
    /// stopped follows; what has come is kept.
    void stop(const QString& id);
    bool active(const QString& id) const { return transfers_.contains(id); }
    /// How much of a file has come and is kept.
    static std::uint64_t kept(const DownloadJob& job);
    /// Removes what was kept of a download that does not go on.
    static void discard(const DownloadJob& job);

Q_SIGNALS:
    void progressed(const QString& id, const lacuna::ui::DownloadProgress& progress);
    void finished(const QString& id, const QString& path);
    void stopped(const QString& id);
    void failed(const QString& id, const QString& message);

private:
    void forget(const QString& id);

    DownloadRules rules_{};
    std::map<QString, Transfer*> transfers_{}; ///< deleted by the thread
    QThread thread_{};
};

} // namespace lacuna::ui
