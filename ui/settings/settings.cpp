// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/settings.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QStandardPaths>
#include <QThreadPool>

#include "engine/core/atomic_file.h"
#include "ui/background/background.h"

namespace lacuna::ui {
namespace {

constexpr std::uint64_t largestFile = 1 << 20;

/// One thread, so that a later choice is never overwritten by an earlier one.
QThreadPool& writer()
{
    static QThreadPool pool;
    pool.setMaxThreadCount(1);
    return pool;
}

} // namespace

void Settings::setFile(const std::filesystem::path& file)
{
    file_ = file;
    const auto read = attempt([&] {
        const auto bytes = read_file(file, largestFile);
        return QByteArray(reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size()));
    });
    if (const auto* bytes = std::get_if<QByteArray>(&read)) // else nothing was chosen yet
        values_ = QJsonDocument::fromJson(*bytes).object();
}

QStringList Settings::list(const QString& key) const
{
    QStringList texts;
    for (const QJsonValue& one : value(key).toArray())
        if (one.isString())
            texts << one.toString();
    return texts;
}

void Settings::set(const QString& key, const QJsonValue& value)
{
    if (value.isNull() || value.isUndefined())
        values_.remove(key);
    else
        values_.insert(key, value);
    if (file_.empty())
        return;
    writer().start([file = file_, text = QJsonDocument(values_).toJson().toStdString()] {
        attempt([&] { // a choice that cannot be kept is no reason to disturb anybody
            std::filesystem::create_directories(file.parent_path());
            return write_file(file, text), true;
        });
    });
}

void Settings::flush()
{
    writer().waitForDone();
}

Settings& settings()
{
    static Settings all;
    return all;
}

std::filesystem::path settingsFile()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
    return std::filesystem::path(folder.toStdString()) / "lacuna" / "settings.json";
}

} // namespace lacuna::ui
