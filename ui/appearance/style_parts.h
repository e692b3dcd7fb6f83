// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyleOption>

class QColor;
class QPainter;
class QWidget;

/// The parts that Style draws itself; each leaves the painter as it found it.
namespace lacuna::ui::parts {

void roundedBox(QPainter* painter, const QRectF& rect, const QColor& fill, const QColor& border,
                double radius);
void chevron(QPainter* painter, const QRect& rect, bool up, bool enabled);
void focusRing(QPainter* painter, const QRect& rect, double radius);

void field(QPainter* painter, const QStyleOption& option);
void pushButton(QPainter* painter, const QStyleOption& option, const QWidget* widget);
void pushButtonLabel(QPainter* painter, const QStyleOptionButton& option, const QWidget* widget);
void toolButton(QPainter* painter, const QStyleOption& option, const QWidget* widget);
void checkMark(QPainter* painter, const QStyleOption& option, bool round);
void slider(QPainter* painter, const QStyleOptionSlider& option, const QRect& groove, const QRect& handle);
void scrollHandle(QPainter* painter, const QStyleOptionSlider& option, const QRect& handle);
void progress(QPainter* painter, const QStyleOptionProgressBar& option);

} // namespace lacuna::ui::parts
