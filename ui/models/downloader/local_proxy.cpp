// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/downloader/local_proxy.h"

#include <QHostAddress>

#include "ui/models/downloader/download_job.h"

namespace lacuna::ui {

QList<QNetworkProxy> LocalProxy::queryProxy(const QNetworkProxyQuery& query)
{
    if (!proxy_.isEmpty())
        return {QNetworkProxy(proxy_.scheme() == QLatin1String("socks5") ? QNetworkProxy::Socks5Proxy
                                                                         : QNetworkProxy::HttpProxy,
                              proxy_.host(), quint16(proxy_.port()), proxy_.userName(), proxy_.password())};
    const QString host = query.url().host();
    if (host == QLatin1String("localhost") || QHostAddress(host).isLoopback())
        return {QNetworkProxy(QNetworkProxy::NoProxy)};
    return systemProxyForQuery(query);
}

QString LocalProxy::refusal(const QString& text)
{
    const QUrl url(text.trimmed(), QUrl::StrictMode);
    const bool known = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("socks5");
    if (text.trimmed().isEmpty() || (known && !url.host().isEmpty() && url.port() > 0))
        return {};
    return DownloadText::tr(
        "Write a proxy as http://host:port or socks5://host:port, or leave the field empty.");
}

} // namespace lacuna::ui
