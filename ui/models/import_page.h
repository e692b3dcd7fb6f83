// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/models/checkpoint_import.h"

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;

namespace lacuna::ui {

/// From a file to a model: what the file is, which network it is for, and how far the conversion is.
class ImportPage : public QWidget {
    Q_OBJECT

public:
    explicit ImportPage(QWidget* parent);

    void showReading(const QString& file);
    void showReport(const CheckpointReport& report);
    void showProgress(int permille);
    void showFailure(const QString& message);

Q_SIGNALS:
    void importPressed(const lacuna::ui::CheckpointReport& report, const lacuna::ModelPreset& preset);
    void backPressed(); ///< also ends what goes on

private:
    void begin();
    QString hashText(const ModelPreset& preset) const;
    void showChoice();

    CheckpointReport report_{};
    QLabel *title_, *text_, *hash_, *problem_;
    QProgressBar* bar_;
    QLabel* presetLabel_;
    QComboBox* preset_;
    QPushButton *import_, *back_;
};

} // namespace lacuna::ui
