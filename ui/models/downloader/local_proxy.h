// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QNetworkProxyFactory>
#include <QUrl>

namespace lacuna::ui {

/// One given proxy for everything, or those of the system, but none for this computer itself.
class LocalProxy : public QNetworkProxyFactory {
public:
    explicit LocalProxy(QUrl proxy) : proxy_(std::move(proxy)) {}
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery& query) override;

    /// Why the text is no proxy, a sentence; empty: it is one, or empty itself.
    static QString refusal(const QString& text);

private:
    QUrl proxy_;
};

} // namespace lacuna::ui
