// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

#include "tests/ui/scripted_server.h"
#include "ui/models/downloader/downloads.h"

namespace lacuna::ui {

using namespace std::chrono_literals;

inline constexpr int patience = 30000; // ms, beside heavy load

/// Bytes without a pattern that a lost or doubled piece could hide in.
inline QByteArray content(int size, char salt = 0)
{
    QByteArray bytes;
    for (int block = 0; bytes.size() < size; ++block)
        bytes += QCryptographicHash::hash(QByteArray::number(block) + salt, QCryptographicHash::Sha256);
    return bytes.left(size);
}

inline QString sha256(const QByteArray& bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

inline const QByteArray whole = content(300'000), other = content(300'000, 'x');

/// Downloads of one file from a scripted server, into a folder of their own.
struct DownloaderFixture {
    std::unique_ptr<QTemporaryDir> folder_{};
    std::unique_ptr<ScriptedServer> server_{};
    std::unique_ptr<Downloads> downloads_{};
    QString finished_{}, failed_{};
    bool stopped_ = false;
    QList<DownloadProgress> progress_{};

    void reset()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        server_ = std::make_unique<ScriptedServer>();
        finished_.clear();
        failed_.clear();
        stopped_ = false;
        progress_.clear();
        start();
    }

    /// A new program, as it were.
    void start()
    {
        downloads_ = std::make_unique<Downloads>(nullptr);
        downloads_->setRules(rules());
        QObject::connect(downloads_.get(), &Downloads::finished, downloads_.get(),
                         [this](const QString&, const QString& path) { finished_ = path; });
        QObject::connect(downloads_.get(), &Downloads::failed, downloads_.get(),
                         [this](const QString&, const QString& text) { failed_ = text; });
        QObject::connect(downloads_.get(), &Downloads::stopped, downloads_.get(),
                         [this] { stopped_ = true; });
        QObject::connect(downloads_.get(), &Downloads::progressed, downloads_.get(),
                         [this](const QString&, const DownloadProgress& progress) { progress_ << progress; });
    }

    DownloadJob job() const
    {
        return {.addresses = {server_->url()},
                .fileName = QStringLiteral("file.bin"),
                .folder = folder_->filePath(QStringLiteral("models")).toStdString(),
                .bytes = std::uint64_t(whole.size()),
                .sha256 = sha256(whole)};
    }

    DownloadRules rules() const
    {
        return {.stall = 1000ms, .pause = 1ms, .attempts = 4, .spare = 1000, .plainLocal = true};
    }

    QByteArray arrived() const
    {
        QFile file(QString::fromStdString(job().target().string()));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QStringList filesOfFolder() const
    {
        return QDir(folder_->filePath(QStringLiteral("models"))).entryList(QDir::Files | QDir::Hidden);
    }
};

} // namespace lacuna::ui
