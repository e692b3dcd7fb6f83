// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/downloader/download_job.h"

#include <QHostAddress>
#include <QLocale>
#include <QRegularExpression>

#include <limits>

namespace lacuna::ui {
namespace {

constexpr std::uint64_t largestFile = 64'000'000'000;

bool isOfThisComputer(const QUrl& address)
{
    const QString host = address.host();
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

bool isPrivate(const QUrl& address)
{
    const QString host = address.host();
    if (host == QLatin1String("localhost") || host.endsWith(QLatin1String(".localhost"))
        || host.endsWith(QLatin1String(".local")) || host.endsWith(QLatin1String(".internal")))
        return true;
    QHostAddress number(host);
    if (number.isNull())
        return false;
    bool mapped = false;
    if (const quint32 four = number.toIPv4Address(&mapped); mapped)
        number = QHostAddress(four);
    for (const char* net :
         {"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
          "192.168.0.0/16", "224.0.0.0/3", "::/127", "fc00::/7", "fe80::/10", "ff00::/8"})
        if (number.isInSubnet(QHostAddress::parseSubnet(QLatin1String(net))))
            return true;
    return false;
}

[[noreturn]] void refuse(const DownloadJob& job, const QString& cause)
{
    throw Error(ErrorKind::Usage, job.fileName.toStdString(), cause.toStdString(),
                DownloadText::tr("Place the file yourself").toStdString(),
                DownloadText::tr("Nothing was fetched.").toStdString());
}

} // namespace

QString refusal(const QUrl& address, const DownloadRules& rules)
{
    if (!address.isValid() || address.host().isEmpty())
        return DownloadText::tr("is no address");
    if (!address.userInfo().isEmpty())
        return DownloadText::tr("contains a user name");
    if (rules.plainLocal && isOfThisComputer(address)
        && (address.scheme() == QLatin1String("http") || address.scheme() == QLatin1String("https")))
        return {};
    if (address.scheme() != QLatin1String("https"))
        return DownloadText::tr("is not protected (it is no https address)");
    if (isPrivate(address))
        return DownloadText::tr("belongs to a private network");
    return {};
}

void checkJob(const DownloadJob& job, const DownloadRules& rules)
{
    static const QRegularExpression name(QStringLiteral("\\A[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}\\z")),
        hash(QStringLiteral("\\A[0-9a-f]{64}\\z"));
    if (!name.match(job.fileName).hasMatch())
        refuse(job, DownloadText::tr("is not a plain file name"));
    if (!hash.match(job.sha256).hasMatch())
        refuse(job, DownloadText::tr("has no published SHA-256, so it could not be checked"));
    if (job.bytes == 0 || job.bytes > largestFile)
        refuse(job, DownloadText::tr("has no published size, or one that is not plausible"));
    if (job.addresses.isEmpty())
        refuse(job, DownloadText::tr("has no address"));
    for (const QUrl& address : job.addresses)
        if (const QString why = refusal(address, rules); !why.isEmpty())
            refuse(job, DownloadText::tr("has the address %1, which %2").arg(address.host(), why));
}

std::uint64_t freeSpace(const std::filesystem::path& folder, const DownloadRules& rules)
{
    if (rules.freeSpace)
        return rules.freeSpace(folder);
    std::filesystem::path existing = folder;
    std::error_code error;
    while (!std::filesystem::exists(existing, error) && existing.has_relative_path())
        existing = existing.parent_path();
    const auto space = std::filesystem::space(existing, error);
    return error ? std::numeric_limits<std::uint64_t>::max() : space.available; // writing will tell
}

QString sizeText(std::uint64_t bytes)
{
    return QLocale().formattedDataSize(qint64(bytes), bytes < 1'000'000'000 ? 0 : 1,
                                       QLocale::DataSizeSIFormat);
}

} // namespace lacuna::ui
