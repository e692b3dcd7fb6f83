// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/appearance/style_parts.h"

#include <QPainter>
#include <QPainterPath>
#include <QWidget>

#include "ui/appearance/theme.h"

namespace lacuna::ui::parts {
namespace {

bool has(const QStyleOption& option, QStyle::StateFlag flag)
{
    return option.state.testFlag(flag);
}

class Restore {
public:
    explicit Restore(QPainter* painter) : painter_(painter)
    {
        painter_->save();
        painter_->setRenderHint(QPainter::Antialiasing);
    }
    ~Restore() { painter_->restore(); }
    Restore(const Restore&) = delete;
    Restore& operator=(const Restore&) = delete;

private:
    QPainter* painter_;
};

} // namespace

void roundedBox(QPainter* painter, const QRectF& rect, const QColor& fill, const QColor& border,
                double radius)
{
    const Restore restore(painter);
    painter->setBrush(fill);
    painter->setPen(border.alpha() ? QPen(border, 1) : QPen(Qt::NoPen));
    const double inset = border.alpha() ? 0.5 : 0;
    painter->drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius);
}

void chevron(QPainter* painter, const QRect& rect, bool up, bool enabled)
{
    const Restore restore(painter);
    painter->setPen(
        QPen(enabled ? theme().textSoft : theme().textOff, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->setBrush(Qt::NoBrush);
    const QPointF centre = QRectF(rect).center();
    const double half = 3.5;
    const double rise = up ? -half / 2 : half / 2;
    painter->drawPolyline(
        QPolygonF{centre + QPointF(-half, -rise), centre + QPointF(0, rise), centre + QPointF(half, -rise)});
}

void focusRing(QPainter* painter, const QRect& rect, double radius)
{
    const Restore restore(painter);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(theme().accent, 2));
    painter->drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), radius, radius);
}

void field(QPainter* painter, const QStyleOption& option)
{
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool hover = enabled && has(option, QStyle::State_MouseOver);
    const bool focus = enabled && has(option, QStyle::State_HasFocus);
    roundedBox(painter, option.rect, enabled ? theme().surface : theme().sunken,
               hover ? theme().textSoft : theme().borderStrong, controlRadius);
    if (focus)
        focusRing(painter, option.rect, controlRadius);
}

void pushButton(QPainter* painter, const QStyleOption& option, const QWidget* widget)
{
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool hover = enabled && has(option, QStyle::State_MouseOver);
    const bool down = has(option, QStyle::State_Sunken) || has(option, QStyle::State_On);
    const bool primary = widget && widget->property("primary").toBool();
    const bool flat = widget && widget->property("flatLook").toBool();
    QColor fill = theme().surface;
    QColor border = theme().borderStrong;
    if (primary) {
        fill = !enabled ? theme().pressed : down || hover ? theme().accentHover : theme().accent;
        border = Qt::transparent;
    } else {
        if (flat)
            fill = border = Qt::transparent;
        if (hover)
            fill = theme().hover;
        if (down)
            fill = theme().pressed;
        if (!enabled && !flat)
            border = theme().border;
    }
    roundedBox(painter, option.rect, fill, border, controlRadius);
    if (has(option, QStyle::State_HasFocus) && has(option, QStyle::State_KeyboardFocusChange)) {
        focusRing(painter, option.rect, controlRadius);
        if (primary)
            roundedBox(painter, QRectF(option.rect).adjusted(2, 2, -2, -2), Qt::transparent, theme().onAccent,
                       controlRadius - 2);
    }
}

/// Icon and text, centred together.
void pushButtonLabel(QPainter* painter, const QStyleOptionButton& option, const QWidget* widget)
{
    const Restore restore(painter);
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool primary = widget && widget->property("primary").toBool();
    const int flags = Qt::AlignLeft | Qt::AlignVCenter | Qt::TextShowMnemonic;
    const int words = option.fontMetrics.size(Qt::TextShowMnemonic, option.text).width();
    const int icon = option.icon.isNull() ? 0 : option.iconSize.width();
    const int space = icon > 0 ? grid : 0;
    const QRect all = option.rect;
    const int x = all.x() + (all.width() - icon - space - words) / 2;
    const auto placed = [&](const QRect& rect) { return QStyle::visualRect(option.direction, all, rect); };
    if (icon > 0)
        option.icon.paint(painter, placed({x, all.y() + (all.height() - icon) / 2, icon, icon}),
                          Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
    painter->setPen(!enabled ? theme().textOff : primary ? theme().onAccent : theme().text);
    painter->drawText(placed({x + icon + space, all.y(), words + 2, all.height()}), flags, option.text);
}

void toolButton(QPainter* painter, const QStyleOption& option, const QWidget* widget)
{
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool framed = widget && widget->property("framed").toBool();
    QColor fill = framed ? theme().surface : QColor(Qt::transparent);
    if (enabled && has(option, QStyle::State_MouseOver))
        fill = theme().hover;
    if (has(option, QStyle::State_Sunken))
        fill = theme().pressed;
    if (has(option, QStyle::State_On))
        fill = theme().accentSoft;
    const QColor border = !framed ? QColor(Qt::transparent) : enabled ? theme().borderStrong : theme().border;
    roundedBox(painter, option.rect, fill, border, controlRadius);
    if (has(option, QStyle::State_HasFocus) && has(option, QStyle::State_KeyboardFocusChange))
        focusRing(painter, option.rect, controlRadius);
}

void checkMark(QPainter* painter, const QStyleOption& option, bool round)
{
    const bool on = has(option, QStyle::State_On);
    const bool enabled = has(option, QStyle::State_Enabled);
    const QRectF box = QRectF(option.rect).adjusted(1, 1, -1, -1);
    const QColor fill = on ? (enabled ? theme().accent : theme().textOff) : theme().surface;
    const QColor border = on                                     ? QColor(Qt::transparent)
                          : has(option, QStyle::State_MouseOver) ? theme().textSoft
                                                                 : theme().borderStrong;
    roundedBox(painter, box, fill, border, round ? box.width() / 2 : 4);
    if (!on)
        return;
    const Restore restore(painter);
    painter->setPen(QPen(theme().onAccent, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const auto at = [&box](double x, double y) {
        return box.topLeft() + QPointF(x * box.width(), y * box.height());
    };
    if (round) {
        painter->setBrush(theme().onAccent);
        painter->setPen(Qt::NoPen);
        painter->drawEllipse(box.center(), box.width() / 5, box.width() / 5);
    } else {
        painter->drawPolyline(QPolygonF{at(0.26, 0.53), at(0.43, 0.70), at(0.75, 0.33)});
    }
}

void slider(QPainter* painter, const QStyleOptionSlider& option, const QRect& groove, const QRect& handle)
{
    const Restore restore(painter);
    const bool enabled = has(option, QStyle::State_Enabled);
    const QRectF track(groove.x() + 2, QRectF(groove).center().y() - 2, groove.width() - 4, 4);
    roundedBox(painter, track, theme().borderStrong, Qt::transparent, 2);
    QRectF filled = track;
    filled.setRight(handle.center().x());
    roundedBox(painter, filled, enabled ? theme().accent : theme().textOff, Qt::transparent, 2);
    const QPointF centre = QRectF(handle).center();
    const bool active = option.activeSubControls.testFlag(QStyle::SC_SliderHandle);
    if (has(option, QStyle::State_HasFocus)) {
        painter->setPen(QPen(theme().accent, 1.5));
        painter->setBrush(theme().accentSoft);
        painter->drawEllipse(centre, 10.5, 10.5);
    }
    painter->setPen(QPen(enabled ? theme().accent : theme().textOff, 2));
    painter->setBrush(active ? theme().accentSoft : theme().surface);
    painter->drawEllipse(centre, 7.0, 7.0);
}

void scrollHandle(QPainter* painter, const QStyleOptionSlider& option, const QRect& handle)
{
    const bool active = option.activeSubControls.testFlag(QStyle::SC_ScrollBarSlider);
    const QRectF thumb = QRectF(handle).adjusted(3, 3, -3, -3);
    roundedBox(painter, thumb, active ? theme().textSoft : theme().borderStrong, Qt::transparent,
               qMin(thumb.width(), thumb.height()) / 2);
}

void progress(QPainter* painter, const QStyleOptionProgressBar& option)
{
    const QRectF track(option.rect.x(), QRectF(option.rect).center().y() - 3, option.rect.width(), 6);
    roundedBox(painter, track, theme().border, Qt::transparent, 3);
    const double span = option.maximum - option.minimum;
    const double share = span > 0 ? qBound(0.0, (option.progress - option.minimum) / span, 1.0) : 0;
    if (share <= 0)
        return;
    QRectF filled = track;
    filled.setWidth(qMax(6.0, track.width() * share));
    roundedBox(painter, filled, theme().accent, Qt::transparent, 3);
}

} // namespace lacuna::ui::parts
