// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/results/result_strip.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/document/pyramid.h"

namespace lacuna::ui {

ResultStrip::ResultStrip(const std::vector<QAction*>& actions, QWidget* parent)
    : Ground(Shade::Window, Qt::TopEdge, parent),
      summary_(makeLabel({}, TextRole::Small, true, this)),
      scroll_(new QScrollArea(this))
{
    setObjectName(QStringLiteral("result-strip"));
    auto* heading = new QHBoxLayout;
    heading->setSpacing(grid);
    heading->addWidget(makeLabel(tr("Completions"), TextRole::Heading, false, this));
    heading->addWidget(summary_);
    heading->addStretch(1);
    for (QAction* action : actions) {
        auto* button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setText(action->iconText());
        button->setProperty("framed", true);
        button->setFixedSize(button->fontMetrics().horizontalAdvance(action->iconText()) + 3 * grid,
                             controlHeight - 4);
        button->setAccessibleName(action->iconText());
        button->setFocusPolicy(Qt::TabFocus);
        heading->addWidget(button);
    }

    auto* holder = new QWidget;
    row_ = new QHBoxLayout(holder);
    row_->setContentsMargins(2 * grid, 0, 2 * grid, 0);
    row_->setSpacing(12);
    row_->addStretch(1);
    scroll_->setWidget(holder); // takes ownership
    scroll_->setWidgetResizable(true);
    scroll_->setFrameShape(QFrame::NoFrame);
    scroll_->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll_->setFocusPolicy(Qt::NoFocus);
    holder->setAutoFillBackground(false);
    scroll_->viewport()->setAutoFillBackground(false);
    scroll_->setFixedHeight(ResultCard(nullptr).sizeHint().height() + 14);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, grid, 0, 2);
    layout->setSpacing(grid);
    heading->setContentsMargins(2 * grid + 2, 0, 2 * grid, 0);
    layout->addLayout(heading);
    layout->addWidget(scroll_);
}

void ResultStrip::setCount(int count)
{
    while (int(cards_.size()) > count) {
        delete cards_.back();
        cards_.pop_back();
    }
    while (int(cards_.size()) < count) {
        const int index = int(cards_.size());
        auto* card = new ResultCard(scroll_->widget());
        card->installEventFilter(this);
        connect(card, &ResultCard::clicked, this, [this, index] { Q_EMIT picked(index); });
        row_->insertWidget(index, card);
        cards_.push_back(card);
    }
}

void ResultStrip::begin(int count)
{
    setCount(count);
    for (int i = 0; i < count; ++i) {
        CardContent content;
        content.number = i + 1;
        content.of = count;
        content.waiting = true;
        card(i)->setContent(content);
    }
    setShown(-1);
    setSummary({});
}

void ResultStrip::showPreviews(const std::vector<Preview>& previews)
{
    for (const Preview& preview : previews) {
        if (preview.member < 0 || preview.member >= count())
            continue;
        CardContent content = card(preview.member)->content();
        content.waiting = false;
        content.picture = asImage(preview.picture);
        content.nearestGray = preview.nearest_gray;
        content.pushed = preview.pushed;
        card(preview.member)->setContent(content);
    }
}

void ResultStrip::showSet(const CompletionSet& set)
{
    const int size = int(set.completions.size());
    const int before = count();
    setCount(size);
    for (int i = 0; i < size; ++i) {
        const Completion& completion = set.completions[std::size_t(i)];
        CardContent content;
        content.number = i + 1;
        content.of = size;
        if (i < before && completion.problem.empty())
            content.picture = card(i)->content().picture; // the last preview, until the thumbnail is there
        content.nearestGray = completion.nearest_gray;
        content.unfinished = !completion.finished;
        content.problem = QString::fromStdString(completion.problem);
        card(i)->setContent(content);
    }
}

void ResultStrip::setPicture(int index, const QImage& picture)
{
    CardContent content = card(index)->content();
    content.picture = picture;
    card(index)->setContent(content);
}

void ResultStrip::setShown(int index)
{
    for (int i = 0; i < count(); ++i) {
        card(i)->setAutoExclusive(false); // so that none may be checked
        card(i)->setChecked(i == index);
        card(i)->setAutoExclusive(true);
    }
    if (index >= 0)
        scroll_->ensureWidgetVisible(card(index), 2 * grid, 0);
}

void ResultStrip::setSummary(const QString& summary)
{
    summary_->setText(summary);
}

bool ResultStrip::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress)
        return Ground::eventFilter(watched, event);
    const auto at = std::find(cards_.begin(), cards_.end(), watched);
    const int index = int(at - cards_.begin());
    int next = -1;
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Left:
    case Qt::Key_Up:
        next = index - 1;
        break;
    case Qt::Key_Right:
    case Qt::Key_Down:
        next = index + 1;
        break;
    case Qt::Key_Home:
        next = 0;
        break;
    case Qt::Key_End:
        next = count() - 1;
        break;
    default:
        return Ground::eventFilter(watched, event);
    }
    if (at != cards_.end() && next >= 0 && next < count() && card(next)->isEnabled()) {
        card(next)->setFocus(Qt::OtherFocusReason);
        Q_EMIT picked(next);
    }
    return true;
}

} // namespace lacuna::ui
