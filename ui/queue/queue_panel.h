// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>
#include <QWidget>

class QLabel;
class QToolButton;

namespace lacuna::ui {

class JobList;
class Queue;

/// The rows of the queue. Waiting ones are moved by dragging, or with Alt and the arrow keys; Delete removes, Enter
/// shows what came of a job.
class QueueView : public QListView {
    Q_OBJECT

public:
    QueueView(Queue& queue, QWidget* parent);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void moveTo(int from, int to);

    Queue& queue_;
    int dragged_ = -1; ///< row under the pressed button
};

/// The queue beside the run: what runs, what waits and what is done. Hidden while there is nothing.
class QueuePanel : public QWidget {
    Q_OBJECT

public:
    QueuePanel(Queue& queue, QWidget* parent);

    QueueView& view() const { return *view_; }
    QString summary() const;

private:
    void refresh();

    Queue& queue_;
    QLabel* summary_;
    QToolButton* pause_;
    QToolButton* remove_;
    QueueView* view_;
};

} // namespace lacuna::ui
