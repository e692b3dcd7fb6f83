// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/downloader/downloads.h"

namespace lacuna::ui {

Downloads::Downloads(QObject* parent) : QObject(parent)
{
    thread_.setObjectName(QStringLiteral("downloads"));
}

Downloads::~Downloads()
{
    for (const auto& [id, transfer] : transfers_) {
        transfer->disconnect(this);
        transfer->stop();
        transfer->deleteLater();
    }
    thread_.quit();
    thread_.wait();
}

void Downloads::start(const QString& id, const DownloadJob& job)
{
    if (active(id))
        return;
    if (!thread_.isRunning())
        thread_.start(QThread::LowPriority);
    auto* transfer = new Transfer(job, rules_);
    transfer->moveToThread(&thread_);
    transfers_[id] = transfer;
    connect(transfer, &Transfer::progressed, this, [this, id, transfer](const DownloadProgress& progress) {
        if (const auto found = transfers_.find(id); found != transfers_.end() && found->second == transfer)
            Q_EMIT progressed(id, progress);
    });
    connect(transfer, &Transfer::finished, this, [this, id](const QString& path) {
        forget(id);
        Q_EMIT finished(id, path);
    });
    connect(transfer, &Transfer::stopped, this, [this, id] {
        forget(id);
        Q_EMIT stopped(id);
    });
    connect(transfer, &Transfer::failed, this, [this, id](const QString& message) {
        forget(id);
        Q_EMIT failed(id, message);
    });
    QMetaObject::invokeMethod(transfer, &Transfer::start, Qt::QueuedConnection);
}

void Downloads::stop(const QString& id)
{
    if (const auto found = transfers_.find(id); found != transfers_.end())
        found->second->stop();
}

void Downloads::forget(const QString& id)
{
    const auto found = transfers_.find(id);
    if (found == transfers_.end())
        return;
    found->second->deleteLater();
    transfers_.erase(found);
}

std::uint64_t Downloads::kept(const DownloadJob& job)
{
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(job.partial(), error);
    return error ? 0 : size;
}

void Downloads::discard(const DownloadJob& job)
{
    std::error_code ignored;
    std::filesystem::remove(job.partial(), ignored);
    std::filesystem::remove(job.origin(), ignored);
}

} // namespace lacuna::ui
