// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/downloader/server_answer.h"

#include <QDateTime>
#include <QLocale>
#include <QNetworkReply>
#include <QRegularExpression>

namespace lacuna::ui {
namespace {

using Kind = ServerAnswer::Kind;

/// Seconds, or a date.
std::optional<std::chrono::seconds> retryAfter(const QNetworkReply& reply)
{
    const QByteArray text = reply.rawHeader("Retry-After").trimmed();
    bool number = false;
    const int seconds = text.toInt(&number);
    if (number)
        return std::chrono::seconds(std::max(0, seconds));
    const QDateTime date = QLocale::c().toDateTime(QString::fromLatin1(text.mid(text.indexOf(',') + 2)),
                                                   QStringLiteral("dd MMM yyyy HH:mm:ss 'GMT'"));
    if (!date.isValid())
        return {};
    const QDateTime utc(date.date(), date.time(), Qt::UTC);
    return std::chrono::seconds(std::max<qint64>(0, QDateTime::currentDateTimeUtc().secsTo(utc)));
}

ServerAnswer never(const QString& why)
{
    return {.kind = Kind::Never, .why = why};
}

/// The whole file, if its announced length is right; unknown lengths are counted as they come.
ServerAnswer judgeWhole(const QNetworkReply& reply, std::uint64_t fileSize)
{
    const QVariant length = reply.header(QNetworkRequest::ContentLengthHeader);
    if (length.isValid() && length.toULongLong() != fileSize)
        return never(DownloadText::tr("sends something else: %1 bytes instead of %2")
                         .arg(length.toULongLong())
                         .arg(fileSize));
    return {.kind = Kind::Whole};
}

/// "bytes FIRST-LAST/SIZE" must be what was asked for.
ServerAnswer judgeRest(const QNetworkReply& reply, std::uint64_t offset, std::uint64_t fileSize)
{
    static const QRegularExpression form(
        QStringLiteral("\\Abytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)\\z"));
    const auto range = form.match(QString::fromLatin1(reply.rawHeader("Content-Range")));
    if (offset == 0 || !range.hasMatch() || range.captured(1).toULongLong() != offset
        || range.captured(2).toULongLong() >= fileSize)
        return {.kind = Kind::BeginAgain};
    if (range.captured(3) != QLatin1String("*") && range.captured(3).toULongLong() != fileSize)
        return never(
            DownloadText::tr("has a file of %1 bytes instead of %2").arg(range.captured(3)).arg(fileSize));
    return {.kind = Kind::Rest};
}

} // namespace

ServerAnswer judge(const QNetworkReply& reply, std::uint64_t offset, std::uint64_t fileSize)
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QByteArray packed = reply.rawHeader("Content-Encoding").trimmed().toLower();
    if ((status == 200 || status == 206) && !packed.isEmpty() && packed != "identity")
        return never(DownloadText::tr("sends the file packed, which was not asked for"));
    switch (status) {
    case 200:
        return judgeWhole(reply, fileSize);
    case 206:
        return judgeRest(reply, offset, fileSize);
    case 301:
    case 302:
    case 303:
    case 307:
    case 308: {
        const QUrl target = QUrl::fromEncoded(reply.rawHeader("Location"));
        if (target.isEmpty())
            return never(DownloadText::tr("sends on to nowhere"));
        return {.kind = Kind::Redirect, .next = reply.url().resolved(target)};
    }
    case 412:
    case 416:
        return {.kind = Kind::BeginAgain};
    case 401:
    case 403:
        return never(DownloadText::tr("does not give the file to everybody (status %1)").arg(status));
    case 404:
    case 410:
        return never(DownloadText::tr("does not have the file any more (status %1)").arg(status));
    case 408:
    case 425:
    case 429:
    case 500:
    case 502:
    case 503:
    case 504:
        return {.kind = Kind::Later,
                .why = status == 429 || status == 503
                           ? DownloadText::tr("is busy (status %1)").arg(status)
                           : DownloadText::tr("has a problem (status %1)").arg(status),
                .wait = retryAfter(reply)};
    default:
        return never(DownloadText::tr("answers with status %1").arg(status));
    }
}

} // namespace lacuna::ui
