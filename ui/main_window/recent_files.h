// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

#include <filesystem>

class QMenu;

namespace lacuna::ui {

/// The files that were opened or saved last, the newest first, kept from session to session.
class RecentFiles : public QObject {
    Q_OBJECT

public:
    explicit RecentFiles(QMenu* menu); ///< which shows them; it also becomes the parent

    /// Where the list is kept; without a file it lasts as long as the window.
    void setFile(const std::filesystem::path& file);
    void add(const QString& file);
    const QStringList& files() const { return files_; }

Q_SIGNALS:
    void picked(const QString& file);

private:
    void show();
    void store() const;

    QMenu* menu_;
    std::filesystem::path file_{};
    QStringList files_{};
};

} // namespace lacuna::ui
