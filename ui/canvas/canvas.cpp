// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/canvas/canvas.h"

#include <QPaintEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/appearance/theme.h"
#include "ui/background/background.h"
#include "ui/canvas/mask_overlay.h"
#include "ui/canvas/picture_painting.h"
#include "ui/language/language.h"
#include "ui/mask/mask_look.h"

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
    setAccessibleDescription(
        tr("Paint the hole here. Arrow keys move the picture, or the keyboard cursor after K."));
    connect(&document_, &Document::opened, this, &Canvas::documentOpened);
    connect(&document_, &Document::maskChanged, this, &Canvas::maskPainted);
    connect(&document_, &Document::maskReplaced, this, &Canvas::maskReplaced);
    connect(&blink_, &QTimer::timeout, this, &Canvas::blinkNow);
    updateCursorShape();
}

void Canvas::documentOpened()
{
    drag_ = Drag::None;
    strokeEnd_.reset();
    polygon_.clear();
    setKeyboardCursor(false);
    region_.reset();
    windows_.clear();
    readMask(document_.holePixels() == 0);
    const int longest = std::max(document_.size().width(), document_.size().height());
    setBrushSize(std::max(8, longest / 16));
    zoomToFit();
    Q_EMIT maskShownChanged(maskShown());
}

void Canvas::readMask(bool wait)
{
    const Mask& mask = document_.mask();
    if (!wait && qint64(mask.width) * mask.height > Document::quickPixels)
        return averageMask();
    ++levelsAsked_;
    averageAgain_ = false;
    maskPyramid_.reset(mask, document_.holePixels() > 0);
}

/// Until the averages of a large mask are there, single pixels of it are drawn. One thread at a time is at work: strokes
/// across a huge picture ask faster than it is averaged.
void Canvas::averageMask()
{
    maskPyramid_ = {};
    changedSince_ = {};
    ++levelsAsked_;
    averageAgain_ = averaging_;
    if (std::exchange(averaging_, true))
        return;
    using Made = std::shared_ptr<MaskPyramid>;
    inBackground(
        this,
        [mask = document_.sharedMask()]() -> Made {
            auto levels = std::make_shared<MaskPyramid>();
            levels->reset(*mask);
            return levels;
        },
        [this, asked = levelsAsked_](const Attempt<Made>& made) {
            averaging_ = false;
            if (averageAgain_)
                return averageMask();
            const Made* levels = std::get_if<Made>(&made);
            if (asked != levelsAsked_ || !levels || !*levels)
                return;
            maskPyramid_ = std::move(**levels);
            if (!changedSince_.isEmpty())
                maskPyramid_.update(document_.mask(), changedSince_);
            update();
        });
}

void Canvas::maskReplaced()
{
    strokeEnd_.reset();
    polygon_.clear();
    drag_ = Drag::None;
    readMask(false);
    update();
}

/// A mask that is edited is seen, whether a person had hidden it or not.
void Canvas::maskPainted(QRect changed)
{
    if (!maskOnPicture_) {
        maskOnPicture_ = true;
        update();
        Q_EMIT maskShownChanged(maskShown());
    }
    if (qint64(changed.width()) * changed.height() > Document::quickPixels) {
        averageMask();
    } else {
        changedSince_ |= changed;
        maskPyramid_.update(document_.mask(), changed);
    }
    update(view_.toWidget(QRectF(changed)).toAlignedRect().adjusted(-2, -2, 2, 2));
}

void Canvas::viewMoved()
{
    if (keyCursor_)
        cursor_ = keyCursorCentre();
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
    dropPolygon();
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
    if (drag_ == Drag::Rectangle || drag_ == Drag::Ellipse)
        return view_.toWidget(QRectF(pixelRect(dragStart_, dragLast_)))
            .toAlignedRect()
            .adjusted(-3, -3, 3, 3);
    if (drag_ == Drag::Lasso)
        return view_.toWidget(lasso_.boundingRect()).toAlignedRect().adjusted(-3, -3, 3, 3);
    if (drag_ == Drag::Hole)
        return view_.toWidget(QRectF(dragHole_).translated(dragLast_ - dragStart_))
            .toAlignedRect()
            .adjusted(-3, -3, 3, 3);
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
    paintPolygon(painter);
    paintSplit(painter);
    paintBrush(painter);
    paintKeyCursor(painter);
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
    QPainterPath outline;
    if (drag_ == Drag::Rectangle) {
        outline.addRect(view_.toWidget(QRectF(pixelRect(dragStart_, dragLast_))));
    } else if (drag_ == Drag::Ellipse) {
        outline.addEllipse(view_.toWidget(QRectF(pixelRect(dragStart_, dragLast_))));
    } else if (drag_ == Drag::Hole) {
        outline.addRect(view_.toWidget(QRectF(dragHole_).translated(dragLast_ - dragStart_)));
    } else if (drag_ == Drag::Lasso) {
        QPolygonF line;
        for (const QPointF& point : lasso_)
            line << view_.toWidget(point);
        outline.addPolygon(line);
        outline.closeSubpath();
    }
    if (outline.isEmpty())
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    const QRgb colour = maskLook().rgb();
    painter.setBrush(QColor::fromRgba((colour & 0xffffff) | (dragMakesHole_ ? 0x40000000u : 0x10000000u)));
    painter.setPen(QPen(Qt::white, 3));
    painter.drawPath(outline);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor::fromRgba(colour), 1.5, dragMakesHole_ ? Qt::SolidLine : Qt::DashLine));
    painter.drawPath(outline);
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
