// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

#include <functional>

#include "ui/batch/batch.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QTreeWidget;
class QVBoxLayout;

namespace lacuna::ui {

/// The page on which a folder of pictures is filled: which pictures and masks, where to, and how far it has come.
class BatchPage : public QWidget {
    Q_OBJECT

public:
    /// `recipe` and `describeRecipe` tell the settings of the panel.
    BatchPage(Batch& batch, std::function<Recipe()> recipe, QWidget* parent);

    void open(); ///< brings what is shown up to date
    void setFolders(const QString& pictures, const QString& masks, const QString& output);

Q_SIGNALS:
    void left();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeSide();
    QLineEdit* addFolder(QVBoxLayout* column, const QString& title, const char* name, bool orFile);
    void pick(QLineEdit* field, bool file);
    void plan();
    void showItems();
    void showItem(int index);
    void startOrStop();
    void refresh();

    Batch& batch_;
    std::function<Recipe()> recipe_;
    QTreeWidget* list_;
    QLabel* empty_ = nullptr; ///< in place of an empty list
    QLabel* recipeText_ = nullptr;
    QLineEdit* pictures_ = nullptr;
    QLineEdit* masks_ = nullptr;
    QLineEdit* output_ = nullptr;
    QComboBox* format_ = nullptr;
    QComboBox* privacy_ = nullptr;
    QLabel* state_ = nullptr;
    QProgressBar* progress_ = nullptr;
    QPushButton* run_ = nullptr;
    QTimer planTimer_{}; ///< a folder is looked into when typing has paused
};

} // namespace lacuna::ui
