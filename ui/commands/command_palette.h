// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QPointer>
#include <QStringList>

#include <functional>
#include <vector>

#include "ui/commands/command_search.h"

class QLabel;
class QLineEdit;
class QListWidget;

namespace lacuna::ui {

class ActionRegistry;

/// Finds an action by words and runs it by Enter. It lies over the window, holds up nothing, and goes when the keyboard
/// goes elsewhere. What was used last comes first.
class CommandPalette : public QFrame {
    Q_OBJECT

public:
    using WhyNot = std::function<QString(const QString& id)>;

    CommandPalette(const ActionRegistry& actions, WhyNot whyNot, QWidget* window);

    void open();
    QStringList shownIds() const; ///< in the order on screen
    QString note() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent*) override;

private:
    std::vector<Command> commands() const;
    void place();
    void search();
    void tell();
    void runCurrent();
    void close();

    const ActionRegistry& actions_;
    WhyNot whyNot_;
    QLineEdit* search_;
    QListWidget* list_;
    QLabel* note_;
    std::vector<Command> commands_{};
    QPointer<QWidget> before_{}; ///< had the keyboard
};

} // namespace lacuna::ui
