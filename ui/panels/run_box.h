// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <cstdint>

class QAction;
class QLabel;
class QProgressBar;
class QPushButton;

namespace lacuna::ui {

/// Generate and Stop, at one place, with the progress of the run above.
class RunBox : public QWidget {
    Q_OBJECT

public:
    /// queue: puts the next run into the queue.
    RunBox(QAction* generate, QAction* stop, QAction* queue, QWidget* parent);

    void showIdle(const QString& sentence); ///< why nothing can be generated, or what came out
    void showRunning();
    void showStopping();
    void showPaused();
    /// done, total: evaluations of single pictures.
    void showProgress(const QString& phase, std::int64_t done, std::int64_t total, const QString& remaining);

    QString sentence() const;

private:
    void showButton(QAction* action, bool primary);

    QAction* generate_;
    QAction* stop_;
    QLabel* sentence_;
    QLabel* remaining_;
    QProgressBar* progress_;
    QPushButton* button_;
    QPushButton* queue_;
};

/// "Sampling · 250 of 500 evaluations"; the phase alone while nothing is counted.
QString evaluationsText(const QString& phase, std::int64_t done, std::int64_t total);

/// Names of phases are translated for people.
QString phaseText(const QString& phase);

/// "about 40 s, 35 to 50 s"; without the interval where it is as short as the figures are exact, or not known. Empty
/// while nothing is known.
QString remainingText(double seconds, double least = -1, double most = -1);

} // namespace lacuna::ui
