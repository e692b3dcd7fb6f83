// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/canvas/canvas.h"

#include <QPaintEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

#include "ui/appearance/theme.h"
#include "ui/canvas/mask_overlay.h"
#include "ui/canvas/picture_painting.h"
#include "ui/language/language.h"

namespace lacuna::ui {
namespace {

constexpr int largestBrush = 4000;

} // namespace

Canvas::Canvas(Document& document, QWidget* parent) : QWidget(parent), document_(document)
{
    setObjectName(QStringLiteral("canvas"));
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Picture and mask"));
    setAccessibleDescription(tr("Paint the hole here. Arrow keys move the picture."));
    connect(&document_, &Document::opened, this, &Canvas::documentOpened);
    connect(&document_, &Document::maskChanged, this, &Canvas::maskPainted);
    connect(&blink_, &QTimer::timeout, this, &Canvas::blinkNow);
    updateCursorShape();
}

void Canvas::documentOpened()
{
    drag_ = Drag::None;
    strokeEnd_.reset();
    region_.reset();
    windows_.clear();
    maskPyramid_.reset(document_.mask(), document_.holePixels() > 0);
    const int longest = std::max(document_.size().width(), document_.size().height());
    setBrushSize(std::max(8, longest / 16));
    zoomToFit();
    Q_EMIT maskShownChanged(maskShown());
}

void Canvas::maskPainted(QRect changed)
{
    maskPyramid_.update(document_.mask(), changed);
    update(view_.toWidget(QRectF(changed)).toAlignedRect().adjusted(-2, -2, 2, 2));
}

void Canvas::viewMoved()
{
    update();
    updateCursorShape();
    Q_EMIT viewChanged();
}

void Canvas::zoomTo(double zoom, QPointF anchor)
{
    fitted_ = false;
    view_.zoomAt(anchor, zoom);
    view_.settle(document_.size(), size());
    viewMoved();
}

void Canvas::zoomToFit()
{
    fitted_ = true;
    view_.setRatio(devicePixelRatioF());
    view_.fit(document_.size(), size());
    viewMoved();
}

void Canvas::setTool(Tool tool)
{
    if (tool_ == tool)
        return;
    tool_ = tool;
    updateCursorShape();
    update();
    Q_EMIT toolChanged(tool_);
}

void Canvas::setBrushSize(int size)
{
    size = std::clamp(size, 1, largestBrush);
    if (size == brushSize_)
        return;
    if (cursor_)
        update(brushRect(*cursor_));
    brushSize_ = size;
    if (cursor_)
        update(brushRect(*cursor_));
    updateCursorShape();
    Q_EMIT brushSizeChanged(brushSize_);
}

void Canvas::growBrush(int steps)
{
    const double grown = brushSize_ * std::pow(1.15, steps);
    setBrushSize(steps > 0 ? std::max(brushSize_ + 1, int(std::lround(grown)))
                           : std::min(brushSize_ - 1, int(std::lround(grown))));
}

void Canvas::showCompletion(const ShownRegion& region)
{
    region_ = region;
    update();
    Q_EMIT maskShownChanged(maskShown());
}

void Canvas::showOriginal()
{
    if (!region_)
        return;
    region_.reset();
    update();
    Q_EMIT maskShownChanged(maskShown());
}

void Canvas::setWindows(const std::vector<NetworkWindow>& windows)
{
    windows_ = windows;
    update();
}

void Canvas::setOriginalHeld(bool held)
{
    if (originalHeld_ == held)
        return;
    originalHeld_ = held;
    update();
    Q_EMIT originalHeldChanged(held);
}

void Canvas::setMaskShown(bool shown)
{
    (completionShown() ? maskOnCompletion_ : maskOnPicture_) = shown;
    update();
    Q_EMIT maskShownChanged(shown);
}

bool Canvas::outlinesBrush() const
{
    return document_.isOpen() && (tool_ == Tool::Brush || tool_ == Tool::Eraser) && !spaceHeld_
           && drag_ != Drag::Pan;
}

QRect Canvas::brushRect(QPointF widget) const
{
    const double radius = brushSize_ * view_.scale() / 2 + 3;
    return QRectF(widget.x() - radius, widget.y() - radius, 2 * radius, 2 * radius).toAlignedRect();
}

QRect Canvas::dragRect() const
{
    if (drag_ == Drag::Rectangle)
        return view_.toWidget(QRectF(pixelRect(dragStart_, dragLast_)))
            .toAlignedRect()
            .adjusted(-3, -3, 3, 3);
    if (drag_ == Drag::Lasso)
        return view_.toWidget(lasso_.boundingRect()).toAlignedRect().adjusted(-3, -3, 3, 3);
    return {};
}

void Canvas::resizeEvent(QResizeEvent*)
{
    view_.setRatio(devicePixelRatioF());
    if (fitted_)
        view_.fit(document_.size(), size());
    else
        view_.settle(document_.size(), size());
    viewMoved();
}

void Canvas::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    for (const QRect& part : event->region())
        paintPart(painter, part);
    painter.setClipRegion(event->region());
    paintWindows(painter);
    paintDrag(painter);
    paintSplit(painter);
    paintBrush(painter);
}

void Canvas::paintPart(QPainter& painter, QRect part) const
{
    painter.setClipRect(part);
    painter.fillRect(part, theme().canvas);
    if (!document_.isOpen())
        return;
    paintLevels(painter, *document_.display(), {}, view_, part);
    if (region_)
        paintCompletion(painter, part);
    if (maskShown()) {
        const QImage overlay = maskOverlay(document_.mask(), maskPyramid_, view_, part);
        if (!overlay.isNull())
            painter.drawImage(part.topLeft(), overlay);
    }
}

/// A dashed frame, light on dark, with the size the network works at and the scale; completions are shown without.
void Canvas::paintWindows(QPainter& painter) const
{
    if (region_ && !originalHeld_)
        return;
    painter.setBrush(Qt::NoBrush);
    painter.setFont(textFont(TextRole::Small));
    for (const NetworkWindow& window : windows_) {
        const Area& area = window.area;
        const QRectF frame =
            view_.toWidget(QRectF(area.x, area.y, area.width, area.height)).adjusted(1, 1, -1, -1);
        painter.setPen(QPen(QColor(0, 0, 0, 150), 2));
        painter.drawRect(frame);
        painter.setPen(QPen(Qt::white, 2, Qt::DashLine));
        painter.drawRect(frame);
        const QString text =
            tr("%1 × %2 px, 1 : %3").arg(window.width).arg(window.height).arg(figure(window.scale(), 1));
        QRectF label = QRectF(painter.fontMetrics().boundingRect(text)).adjusted(-5, -3, 5, 3);
        label.moveTopLeft(frame.topLeft());
        painter.fillRect(label, QColor(0, 0, 0, 170));
        painter.drawText(label, Qt::AlignCenter, text);
    }
}

void Canvas::paintDrag(QPainter& painter) const
{
    if (drag_ != Drag::Rectangle && drag_ != Drag::Lasso)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    QPolygonF outline;
    if (drag_ == Drag::Rectangle) {
        outline = QPolygonF(view_.toWidget(QRectF(pixelRect(dragStart_, dragLast_))));
    } else {
        for (const QPointF& point : lasso_)
            outline << view_.toWidget(point);
    }
    painter.setBrush(
        QColor::fromRgba((maskColour & 0xffffff) | (dragMakesHole_ ? 0x40000000u : 0x10000000u)));
    painter.setPen(QPen(Qt::white, 3));
    painter.drawPolygon(outline);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor::fromRgba(maskColour), 1.5, dragMakesHole_ ? Qt::SolidLine : Qt::DashLine));
    painter.drawPolygon(outline);
}

void Canvas::paintBrush(QPainter& painter) const
{
    if (!cursor_ || !outlinesBrush() || isOnSplit(*cursor_))
        return;
    const double radius = brushSize_ * view_.scale() / 2;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(0, 0, 0, 170), 2.5));
    painter.drawEllipse(*cursor_, radius, radius);
    painter.setPen(QPen(Qt::white, 1.2, tool_ == Tool::Eraser ? Qt::DashLine : Qt::SolidLine));
    painter.drawEllipse(*cursor_, radius, radius);
}

} // namespace lacuna::ui
