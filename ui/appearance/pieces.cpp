// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/appearance/pieces.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>
#include <QToolButton>

#include "ui/appearance/icons.h"

namespace lacuna::ui {

QLabel* makeLabel(const QString& text, TextRole role, bool soft, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setFont(textFont(role));
    if (soft)
        label->setForegroundRole(QPalette::PlaceholderText);
    label->setTextFormat(Qt::PlainText);
    return label;
}

QLabel* fieldLabel(const QString& text, QWidget* field)
{
    QLabel* label = makeLabel(text, TextRole::Body, false, field->parentWidget());
    label->setBuddy(field);
    field->setAccessibleName(QString(text).remove(u'&'));
    return label;
}

QToolButton* iconButton(const QString& icon, const QString& name, const QString& tip, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setIcon(actionIcon(icon));
    button->setText(name);
    button->setIconSize({20, 20});
    button->setToolTip(tip);
    button->setAccessibleName(name);
    button->setAutoRaise(true);
    button->setMinimumSize(controlHeight, controlHeight);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

Badge::Badge(QWidget* parent) : QWidget(parent)
{
    setFont(textFont(TextRole::Small));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Badge::show(Kind kind, const QString& text, const QString& tip)
{
    kind_ = kind;
    text_ = text;
    setToolTip(tip);
    if (!text.isEmpty())
        setAccessibleName(text);
    setAccessibleDescription(tip);
    updateGeometry();
    update();
    setVisible(!text.isEmpty());
}

QSize Badge::sizeHint() const
{
    const int mark = kind_ == Kind::Plain ? 0 : 16;
    return {fontMetrics().horizontalAdvance(text_) + mark + 20, 24};
}

void Badge::setPressable(bool pressable)
{
    pressable_ = pressable;
    setFocusPolicy(pressable ? Qt::TabFocus : Qt::NoFocus);
    setCursor(pressable ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void Badge::mousePressEvent(QMouseEvent* event)
{
    if (!pressable_ || event->button() != Qt::LeftButton)
        return QWidget::mousePressEvent(event);
    Q_EMIT pressed();
}

void Badge::keyPressEvent(QKeyEvent* event)
{
    const bool press =
        event->key() == Qt::Key_Space || event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (!pressable_ || !press)
        return QWidget::keyPressEvent(event);
    Q_EMIT pressed();
}

void Badge::paintEvent(QPaintEvent*)
{
    const Theme& t = theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(hasFocus() ? QPen(t.accent, 2) : QPen(Qt::NoPen));
    painter.setBrush(kind_ == Kind::Bad ? t.problemSoft : t.hover);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), height() / 2.0 - 1, height() / 2.0 - 1);
    QRect words = rect().adjusted(10, 0, -10, 0);
    if (kind_ != Kind::Plain) {
        const QPointF c(isRightToLeft() ? words.right() - 5 : words.x() + 5, height() / 2.0);
        painter.setPen(
            QPen(kind_ == Kind::Good ? t.good : t.problem, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        if (kind_ == Kind::Good) {
            painter.drawPolyline(QPolygonF{c + QPointF(-4, 0), c + QPointF(-1, 3), c + QPointF(4, -3.5)});
        } else {
            painter.drawLine(c + QPointF(-3, -3), c + QPointF(3, 3));
            painter.drawLine(c + QPointF(-3, 3), c + QPointF(3, -3));
        }
        words = QStyle::visualRect(layoutDirection(), rect(), words.adjusted(16, 0, 0, 0));
    }
    painter.setPen(kind_ == Kind::Bad ? t.problem : t.text);
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft, text_);
}

Ground::Ground(Shade shade, Qt::Edges lines, QWidget* parent) : QWidget(parent), shade_(shade), lines_(lines)
{
}

void Ground::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), shade_ == Shade::Surface ? theme().surface : theme().window);
    const QColor line = theme().border;
    if (lines_ & Qt::LeftEdge)
        painter.fillRect(0, 0, 1, height(), line);
    if (lines_ & Qt::RightEdge)
        painter.fillRect(width() - 1, 0, 1, height(), line);
    if (lines_ & Qt::TopEdge)
        painter.fillRect(0, 0, width(), 1, line);
    if (lines_ & Qt::BottomEdge)
        painter.fillRect(0, height() - 1, width(), 1, line);
}

} // namespace lacuna::ui
