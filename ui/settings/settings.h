// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QJsonValue>
#include <QString>
#include <QStringList>

#include <filesystem>

namespace lacuna::ui {

/// What this user has chosen, kept from session to session as one JSON file.
class Settings {
public:
    /// Reads the file, if it is there and can be read; from now on every change is written to it. Without a file the
    /// choices last as long as the program.
    void setFile(const std::filesystem::path& file);

    QJsonValue value(const QString& key) const { return values_.value(key); }
    QString text(const QString& key) const { return value(key).toString(); }
    QStringList list(const QString& key) const;
    void set(const QString& key, const QJsonValue& value); ///< null or undefined: forget it
    const QJsonObject& values() const { return values_; }

    /// Returns when everything is written.
    static void flush();

private:
    std::filesystem::path file_{};
    QJsonObject values_{};
};

/// Those of the program.
Settings& settings();

/// $XDG_CONFIG_HOME/lacuna/settings.json, by default below ~/.config.
std::filesystem::path settingsFile();

} // namespace lacuna::ui
