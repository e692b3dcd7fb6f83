// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QMenu;

namespace lacuna::ui {

class CoachMarks;
class CommandPalette;
class MainWindow;
class MessageBar;
class Workspaces;

/// What helps to find the way and is no part of the work itself: commands by words, workspaces, hints, diagnostics.
class WindowAids : public QObject {
    Q_OBJECT

public:
    struct Parts {
        MainWindow& window;
        Workspaces& workspaces;
        QWidget* tools;
        QWidget* runBox;
        QWidget* side;
    };
    explicit WindowAids(const Parts& parts);

    CoachMarks& hints() const { return *hints_; }
    CommandPalette& palette() const { return *palette_; }

private:
    void connectActions();
    void connectHints();
    void tellAboutHole();
    void tellAboutResults();
    void collectDiagnostics();
    QString whyNotNow(const QString& id) const;

    Parts parts_;
    CommandPalette* palette_;
    CoachMarks* hints_;
};

/// View > Theme and View > Language.
void addThemes(QMenu* menu);
void addLanguages(QMenu* menu, MessageBar* messages);

} // namespace lacuna::ui
