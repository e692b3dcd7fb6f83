// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/message_bar.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

#include <utility>

#include "ui/appearance/pieces.h"

namespace lacuna::ui {

MessageBar::MessageBar(QWidget* parent)
    : QWidget(parent),
      text_(makeLabel({}, TextRole::Body, false, this)),
      answer_(new QPushButton(this))
{
    setObjectName(QStringLiteral("message-bar"));
    setAccessibleName(tr("Message"));
    text_->setWordWrap(true);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    text_->setFocusPolicy(Qt::NoFocus);
    auto* close = new QPushButton(tr("Dismiss"), this);
    close->setProperty("flatLook", true);
    close->setAccessibleName(tr("Dismiss the message"));
    close->setToolTip(tr("Take this message away"));
    connect(close, &QPushButton::clicked, this, &MessageBar::dismiss);

    answer_->setObjectName(QStringLiteral("answer"));
    answer_->setProperty("flatLook", true);
    answer_->setAccessibleName(tr("Answer the message"));
    answer_->hide();
    connect(answer_, &QPushButton::clicked, this, [this] {
        dismiss();
        if (const auto answered = std::exchange(answered_, {}))
            answered();
    });

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(5 * grid, grid, grid, grid);
    layout->setSpacing(2 * grid);
    layout->addWidget(text_, 1);
    layout->addWidget(answer_, 0, Qt::AlignTop);
    layout->addWidget(close, 0, Qt::AlignTop);
    hide();
}

void MessageBar::show(Kind kind, const QString& text)
{
    kind_ = kind;
    answer_->hide();
    text_->setText(text);
    setAccessibleDescription(text);
    setVisible(true);
    update();
    Q_EMIT shown(text);
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void MessageBar::ask(const QString& text, const QString& answer, std::function<void()> answered)
{
    show(Kind::Note, text);
    answered_ = std::move(answered);
    answer_->setText(answer);
    answer_->setAccessibleName(answer);
    answer_->setToolTip(text);
    answer_->show();
}

QString MessageBar::text() const
{
    return isHidden() ? QString() : text_->text();
}

void MessageBar::paintEvent(QPaintEvent*)
{
    const bool problem = kind_ == Kind::Problem;
    QPainter painter(this);
    painter.fillRect(rect(), problem ? theme().problemSoft : theme().accentSoft);
    painter.fillRect(0, height() - 1, width(), 1, theme().border);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF centre(2.5 * grid, height() / 2.0);
    const QColor mark = problem ? theme().problem : theme().accent;
    painter.setPen(Qt::NoPen);
    painter.setBrush(mark);
    painter.drawEllipse(centre, 9, 9);
    painter.setPen(QPen(problem ? theme().problemSoft : theme().onAccent, 2, Qt::SolidLine, Qt::RoundCap));
    const double up = problem ? 1 : -1; // "!" or "i"
    painter.drawLine(centre + QPointF(0, -4 * up), centre + QPointF(0, 0.5 * up));
    painter.drawPoint(centre + QPointF(0, 4 * up));
}

} // namespace lacuna::ui
