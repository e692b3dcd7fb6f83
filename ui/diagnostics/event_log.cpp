// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/diagnostics/event_log.h"

#include <QDir>
#include <QFileInfo>
#include <QMutex>
#include <QMutexLocker>
#include <QRegularExpression>
#include <QSysInfo>
#include <QTime>

#include <algorithm>

namespace lacuna::ui {
namespace {

constexpr int mostLines = 300;
constexpr int longestLine = 300;
constexpr int shortestName = 3; ///< shorter ones would blot out words

QMutex mutex;

QStringList& lines()
{
    static QStringList all;
    return all;
}

QtMessageHandler& previousHandler()
{
    static QtMessageHandler handler = nullptr;
    return handler;
}

void handleMessage(QtMsgType type, const QMessageLogContext& context, const QString& text)
{
    logEvent(QStringLiteral("qt: ") + text);
    if (previousHandler())
        previousHandler()(type, context, text);
}

} // namespace

QString anonymous(QString text, const QStringList& names)
{
    QStringList hidden{QDir::home().dirName(), qEnvironmentVariable("USER"), QSysInfo::machineHostName()};
    for (const QString& name : names)
        hidden << name << QFileInfo(name).completeBaseName();
    std::sort(hidden.begin(), hidden.end(),
              [](const QString& a, const QString& b) { return a.size() > b.size(); });
    static const QRegularExpression path(QStringLiteral("\\S*[/\\\\].*$"));
    static const QRegularExpression file(QStringLiteral("^.*\\.\\w{2,8}\\b"));
    static const QRegularExpression quoted(QStringLiteral("“[^”]*”|\"[^\"]*\"|„[^“”]*[“”]"));
    text = text.left(longestLine).simplified();
    for (const QString& name : hidden)
        if (name.size() >= shortestName)
            text.replace(name, QStringLiteral("<name>"), Qt::CaseInsensitive);
    text.replace(path, QStringLiteral("<path>"));
    text.replace(file, QStringLiteral("<file>"));
    text.replace(quoted, QStringLiteral("<name>"));
    return text;
}

void logEvent(const QString& text, const QStringList& names)
{
    const QString line = QTime::currentTime().toString(QStringLiteral("HH:mm:ss ")) + anonymous(text, names);
    const QMutexLocker lock(&mutex);
    lines() << line;
    while (lines().size() > mostLines)
        lines().removeFirst();
}

QStringList loggedEvents()
{
    const QMutexLocker lock(&mutex);
    return lines();
}

void logQtMessages()
{
    previousHandler() = qInstallMessageHandler(handleMessage);
}

} // namespace lacuna::ui
