// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/queue/queue_panel.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

#include "ui/appearance/pieces.h"
#include "ui/queue/queue.h"

namespace lacuna::ui {
namespace {

constexpr int rowHeight = 40;
constexpr int mostRows = 3; ///< that are visible at once

/// Two lines: the job, and how far it is.
class JobDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override
    {
        return {100, rowHeight};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Theme& t = theme();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const QRectF ground = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -1.5);
        const bool selected = option.state & QStyle::State_Selected;
        painter->setPen(selected && (option.state & QStyle::State_HasFocus) ? QPen(t.accent) : Qt::NoPen);
        painter->setBrush(selected                                 ? t.accentSoft
                          : option.state & QStyle::State_MouseOver ? t.hover
                                                                   : QColor(Qt::transparent));
        painter->drawRoundedRect(ground, controlRadius, controlRadius);
        const QRect text = option.rect.adjusted(grid, 3, -grid, -4);
        const auto line = [&](TextRole role, const QColor& colour, Qt::Alignment place, int what) {
            painter->setFont(textFont(role));
            painter->setPen(colour);
            painter->drawText(
                text, int(place | Qt::AlignLeft),
                painter->fontMetrics().elidedText(index.data(what).toString(), Qt::ElideRight, text.width()));
        };
        line(TextRole::Body, t.text, Qt::AlignTop, Qt::DisplayRole);
        line(TextRole::Small, t.textSoft, Qt::AlignBottom, JobList::DetailRole);
        painter->restore();
    }
};

} // namespace

QueueView::QueueView(Queue& queue, QWidget* parent) : QListView(parent), queue_(queue)
{
    setObjectName(QStringLiteral("queue-list"));
    setAccessibleName(tr("Jobs of the queue"));
    setToolTip(
        tr("Drag a waiting job, or move it with Alt and the arrow keys. Delete removes it, Enter shows what "
           "came of a finished one."));
    setModel(&queue.list());
    setItemDelegate(new JobDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    setUniformItemSizes(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    viewport()->setAutoFillBackground(false);
    connect(this, &QListView::activated, &queue_,
            [this](const QModelIndex& index) { queue_.activate(index.row()); });
}

QSize QueueView::sizeHint() const
{
    const int rows = model() ? std::clamp(model()->rowCount(), 1, mostRows) : 1;
    return {100, rows * rowHeight};
}

void QueueView::moveTo(int from, int to)
{
    if (queue_.list().move(from, to))
        setCurrentIndex(queue_.list().index(to));
}

void QueueView::mousePressEvent(QMouseEvent* event)
{
    QListView::mousePressEvent(event);
    dragged_ = event->button() == Qt::LeftButton ? indexAt(event->position().toPoint()).row() : -1;
}

/// The row follows the pointer at once: what is seen is the order.
void QueueView::mouseMoveEvent(QMouseEvent* event)
{
    if (dragged_ < 0 || !(event->buttons() & Qt::LeftButton))
        return QListView::mouseMoveEvent(event);
    const QPoint at = event->position().toPoint();
    const int under = indexAt({viewport()->width() / 2, at.y()}).row();
    if (under < 0 || under == dragged_ || !queue_.list().move(dragged_, under))
        return;
    dragged_ = under;
    setCurrentIndex(queue_.list().index(under));
}

void QueueView::mouseReleaseEvent(QMouseEvent* event)
{
    dragged_ = -1;
    QListView::mouseReleaseEvent(event);
}

void QueueView::keyPressEvent(QKeyEvent* event)
{
    const int row = currentIndex().row();
    const bool alt = event->modifiers() & Qt::AltModifier;
    if (alt && event->key() == Qt::Key_Up)
        moveTo(row, row - 1);
    else if (alt && event->key() == Qt::Key_Down)
        moveTo(row, row + 1);
    else if (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace)
        queue_.remove(row);
    else
        QListView::keyPressEvent(event);
}

QueuePanel::QueuePanel(Queue& queue, QWidget* parent)
    : QWidget(parent),
      queue_(queue),
      summary_(makeLabel({}, TextRole::Small, true, this)),
      pause_(new QToolButton(this)),
      remove_(new QToolButton(this)),
      view_(new QueueView(queue, this))
{
    setObjectName(QStringLiteral("queue-panel"));
    pause_->setObjectName(QStringLiteral("queue-pause"));
    remove_->setObjectName(QStringLiteral("queue-remove"));
    for (QToolButton* button : {pause_, remove_}) {
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        button->setMinimumHeight(controlHeight);
    }
    remove_->setText(tr("Remove"));
    remove_->setAccessibleName(tr("Remove the job from the queue"));
    remove_->setToolTip(tr("Remove the chosen job; one that runs is stopped and what has finished is kept"));
    connect(pause_, &QToolButton::clicked, this, [this] { queue_.setPaused(!queue_.paused()); });
    connect(remove_, &QToolButton::clicked, this, [this] { queue_.remove(view_->currentIndex().row()); });
    connect(&queue_, &Queue::changed, this, &QueuePanel::refresh);
    connect(view_->selectionModel(), &QItemSelectionModel::currentChanged, this, &QueuePanel::refresh);

    auto* heading = new QHBoxLayout;
    heading->setSpacing(0);
    heading->addWidget(makeLabel(tr("Queue"), TextRole::Heading, false, this), 1);
    heading->addWidget(pause_);
    heading->addWidget(remove_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addLayout(heading);
    layout->addWidget(summary_);
    layout->addSpacing(grid / 2);
    layout->addWidget(view_);
    setTabOrder(pause_, remove_);
    setTabOrder(remove_, view_);
    refresh();
}

QString QueuePanel::summary() const
{
    return summary_->text();
}

void QueuePanel::refresh()
{
    const JobList& list = queue_.list();
    const int running = list.count(Job::State::Running), waiting = list.count(Job::State::Waiting),
              done = list.count(Job::State::Done);
    QStringList parts;
    if (queue_.paused())
        parts << tr("paused");
    else if (running > 0)
        parts << tr("%1 running").arg(running);
    if (waiting > 0)
        parts << tr("%1 waiting").arg(waiting);
    if (done > 0)
        parts << tr("%1 done").arg(done);
    summary_->setText(parts.join(QStringLiteral(", ")));
    pause_->setText(queue_.paused() ? tr("Continue") : tr("Pause"));
    pause_->setAccessibleName(queue_.paused() ? tr("Continue the queue") : tr("Pause the queue"));
    pause_->setToolTip(queue_.paused()
                           ? tr("Go on where the run was held")
                           : tr("Hold the run where it is; the queue stays paused over a restart"));
    remove_->setEnabled(view_->currentIndex().isValid());
    view_->updateGeometry();
    setVisible(list.rowCount() > 0 || queue_.paused());
}

} // namespace lacuna::ui
