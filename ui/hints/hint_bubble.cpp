// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/hints/hint_bubble.h"

#include <QAccessible>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

#include "ui/appearance/pieces.h"

namespace lacuna::ui {
namespace {

constexpr int widest = 296;
constexpr int away = 10; ///< from its part

} // namespace

HintBubble::HintBubble(const QString& text, QWidget* beside, QWidget* window)
    : QWidget(window),
      beside_(beside),
      text_(makeLabel(text, TextRole::Body, false, this))
{
    setObjectName(QStringLiteral("hint"));
    setAccessibleName(tr("Hint"));
    setAccessibleDescription(text);
    text_->setWordWrap(true);
    text_->setFixedWidth(widest - 4 * grid);
    auto* button = new QPushButton(tr("Got it"), this);
    button->setObjectName(QStringLiteral("hint-button"));
    button->setAccessibleName(tr("Take the hint away"));
    button->setToolTip(tr("Take the hint away (Esc)"));
    button->setFocusPolicy(Qt::TabFocus);
    connect(button, &QPushButton::clicked, this, &HintBubble::dismissed);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(2 * grid, 2 * grid, 2 * grid, 12);
    column->setSpacing(12);
    column->setSizeConstraint(QLayout::SetFixedSize);
    column->addWidget(text_);
    column->addWidget(button, 0, Qt::AlignRight);
    adjustSize();
    place();
    QMetaObject::invokeMethod(this, &HintBubble::place, Qt::QueuedConnection); // where its part comes to lie
    show();
    raise();
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

QString HintBubble::text() const
{
    return text_->text();
}

void HintBubble::place()
{
    if (!beside_ || !beside_->isVisible())
        return hide();
    const QWidget* window = parentWidget();
    const QRect part(beside_->mapTo(window, QPoint()), beside_->size());
    const QSize own = sizeHint();
    const int middleY = part.center().y() - own.height() / 2;
    const int middleX = part.center().x() - own.width() / 2;
    QPoint at(part.right() + away, middleY); // at the right where there is room, else left, above, below
    if (at.x() + own.width() > window->width())
        at.setX(part.left() - away - own.width());
    if (at.x() < 0)
        at = {middleX, part.top() - away - own.height()};
    if (at.y() < 0)
        at.setY(part.bottom() + away);
    move(std::clamp(at.x(), grid, std::max(grid, window->width() - own.width() - grid)),
         std::clamp(at.y(), grid, std::max(grid, window->height() - own.height() - grid)));
}

void HintBubble::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme().accent, 2));
    painter.setBrush(theme().surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), cardRadius, cardRadius);
}

} // namespace lacuna::ui
