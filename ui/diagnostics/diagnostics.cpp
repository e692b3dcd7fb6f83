// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/diagnostics/diagnostics.h"

#include <QFile>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QScreen>
#include <QSysInfo>
#include <QThread>

#include "engine/models/model_folder.h"
#include "ui/background/background.h"
#include "ui/diagnostics/event_log.h"
#include "ui/settings/settings.h"

namespace lacuna::ui {
namespace {

/// The value of the first line of a file of /proc that begins with `name`.
QString procValue(const QString& file, const char* name)
{
    QFile proc(file);
    if (proc.open(QIODevice::ReadOnly))
        for (QByteArray line = proc.readLine(); !line.isEmpty(); line = proc.readLine())
            if (line.startsWith(name))
                return QString::fromUtf8(line.mid(line.indexOf(':') + 1)).simplified();
    return QStringLiteral("unknown");
}

QStringList versions()
{
    return {
        QStringLiteral("Lacuna %1").arg(QStringLiteral(LACUNA_VERSION)),
        QStringLiteral("Qt %1, built with %2").arg(QLatin1String(qVersion()), QStringLiteral(QT_VERSION_STR)),
        QStringLiteral("%1, kernel %2").arg(QSysInfo::prettyProductName(), QSysInfo::kernelVersion()),
        QStringLiteral("platform %1").arg(QGuiApplication::platformName())};
}

QStringList hardware()
{
    QStringList text{QStringLiteral("%1, %2 threads")
                         .arg(procValue(QStringLiteral("/proc/cpuinfo"), "model name"))
                         .arg(QThread::idealThreadCount()),
                     QStringLiteral("memory %1, available %2")
                         .arg(procValue(QStringLiteral("/proc/meminfo"), "MemTotal"),
                              procValue(QStringLiteral("/proc/meminfo"), "MemAvailable"))};
    for (const QScreen* screen : QGuiApplication::screens())
        text << QStringLiteral("screen %1 x %2, %3 device pixels a pixel")
                    .arg(screen->size().width())
                    .arg(screen->size().height())
                    .arg(screen->devicePixelRatio());
    return text;
}

/// Those that are known to hold no path and no name.
QStringList choices()
{
    QJsonObject chosen;
    for (const char* key : {"theme", "language", "workspace", "shortcuts"})
        if (const QJsonValue value = settings().value(QLatin1String(key)); !value.isUndefined())
            chosen.insert(QLatin1String(key), value);
    return {QString::fromUtf8(QJsonDocument(chosen).toJson(QJsonDocument::Compact)),
            QStringLiteral("locale %1").arg(QLocale::system().name())};
}

QStringList models()
{
    QStringList text;
    const auto bundled = attempt([] { return bundled_models(); });
    if (const auto* ids = std::get_if<std::vector<std::string>>(&bundled))
        for (const std::string& id : *ids)
            text << QString::fromStdString(id);
    return {QStringLiteral("bundled: ") + text.join(QStringLiteral(", "))};
}

} // namespace

QString diagnosticsText()
{
    QString text;
    const auto part = [&text](const char* title, const QStringList& lines) {
        text += QStringLiteral("%1\n  %2\n\n").arg(QLatin1String(title), lines.join(QStringLiteral("\n  ")));
    };
    part("Versions", versions());
    part("Hardware", hardware());
    part("Choices", choices());
    part("Models", models());
    part("Events", loggedEvents());
    return text;
}

} // namespace lacuna::ui
