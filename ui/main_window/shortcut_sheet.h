// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QKeySequence>

#include <vector>

class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace lacuna::ui {

class ActionRegistry;
class KeyButton;
struct ActionSpec;

/// Every key and what it does, and other keys where a person wants them. A key that another action has is given up
/// there only when that is said so.
class ShortcutSheet : public QDialog {
    Q_OBJECT

public:
    ShortcutSheet(ActionRegistry& actions, QWidget* parent);

    void choose(const ActionSpec& spec, const QKeySequence& key); ///< as if it had been pressed
    QString note() const;

private:
    struct Row {
        const ActionSpec* spec = nullptr; ///< null: what the canvas does by mouse
        QString words{};                  ///< what the search looks in
        QWidget* line = nullptr;
        KeyButton* key = nullptr; ///< null: the key stays
        QToolButton* reset = nullptr;
    };
    struct Block {
        QLabel* title = nullptr;
        std::vector<Row> rows{};
    };

    void addBlock(const QString& title, QVBoxLayout* column);
    void addRow(const ActionSpec* spec, const QString& what, const QString& keys, QVBoxLayout* column);
    void filter(const QString& text);
    void refresh();
    void showNote(const QString& note, const QString& answer = {});

    ActionRegistry& actions_;
    std::vector<Block> blocks_{};
    QLineEdit* search_;
    QLabel* note_;
    QPushButton* answer_;
    QPushButton* resetAll_;
    const ActionSpec* wanted_ = nullptr; ///< the action that wants key_ of another one
    QKeySequence key_{};
};

} // namespace lacuna::ui
