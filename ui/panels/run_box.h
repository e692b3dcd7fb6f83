// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QLabel;
class QProgressBar;
class QPushButton;

namespace lacuna::ui {

/// Generate and Stop, at one place, with the progress of the run above.
class RunBox : public QWidget {
    Q_OBJECT

public:
    RunBox(QAction* generate, QAction* stop, QWidget* parent);

    void showIdle(const QString& sentence); ///< why nothing can be generated, or what came out
    void showRunning();
    void showStopping();
    void showProgress(const QString& phase, int done, int total, const QString& remaining);

    QString sentence() const;

private:
    void showButton(QAction* action, bool primary);

    QAction* generate_;
    QAction* stop_;
    QLabel* sentence_;
    QLabel* remaining_;
    QProgressBar* progress_;
    QPushButton* button_;
};

/// "about 8 s left", "about 3 min left"; empty while it is not known.
QString remainingText(double seconds);

} // namespace lacuna::ui
