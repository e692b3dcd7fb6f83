// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <filesystem>
#include <vector>

#include "engine/project/recovery.h"

class QListWidget;
class QPushButton;

namespace lacuna::ui {

/// What documents have left that were not saved, to be opened again or removed.
class RecoveryDialog : public QDialog {
    Q_OBJECT

public:
    RecoveryDialog(std::vector<LeftJournal> left, QWidget* parent);

    /// "portrait.png, 22 November 2026 16:02, 1.2 MB, after a crash"
    static QString describe(const LeftJournal& journal);

Q_SIGNALS:
    void picked(const std::filesystem::path& journal);

private:
    void pick();
    void remove();
    void refresh();

    std::vector<LeftJournal> left_;
    QListWidget* list_;
    QPushButton* recover_;
    QPushButton* remove_;
};

} // namespace lacuna::ui
