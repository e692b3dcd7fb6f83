// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lens/lens.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

#include "ui/appearance/theme.h"
#include "ui/background/background.h"
#include "ui/compare/cover.h"
#include "ui/gallery/gallery_panel.h"
#include "ui/language/language.h"
#include "ui/lens/heat.h"
#include "ui/results/results.h"

namespace lacuna::ui {
namespace {

constexpr int keySteps = 24; ///< of the arrow keys across the hole
constexpr QSize legendBar{160, 8};
constexpr double crossReach = 9;

QString grey(double value)
{
    return figure(value, 1);
}

} // namespace

Lens::Lens(Canvas& canvas, Results& results, GalleryPanel& gallery)
    : QWidget(&canvas),
      canvas_(canvas),
      results_(results),
      gallery_(gallery)
{
    setObjectName(QStringLiteral("lens"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Uncertainty lens"));
    setAccessibleDescription(
        tr("Arrow keys move a cross over the hole, Enter groups the gallery by what is there"));
    coverParent(this);
    hide();
    connect(&canvas_, &Canvas::viewChanged, this, [this] { update(); });
    connect(&results_, &Results::changed, this, &Lens::follow);
    connect(&gallery_, &GalleryPanel::regionChanged, this, [this] {
        region_ = gallery_.model().region();
        outline_ = region_ ? outline(*region_) : QPainterPath();
        update();
    });
}

void Lens::setOn(bool on)
{
    on_ = on;
    if (on && canvas_.compare() >= Compare::SideBySide)
        canvas_.setCompare(Compare::Off); // the board would cover it
    follow();
}

/// At least two completions are there to disagree.
bool Lens::showsMap() const
{
    return on_ && results_.filled() && results_.filled()->set.completions.size() > 1;
}

void Lens::follow()
{
    setVisible(showsMap());
    if (!showsMap()) {
        set_.reset();
        map_.reset();
        return;
    }
    if (set_ == results_.filled())
        return;
    set_ = results_.filled();
    if (!computing_)
        compute();
}

void Lens::compute()
{
    computing_ = true;
    inBackground(
        this,
        [set = set_] {
            return std::make_shared<const SpreadMap>(spread_map(set->set.completions, set->request.mask));
        },
        [this, set = set_](const Attempt<std::shared_ptr<const SpreadMap>>& result) {
            computing_ = false;
            if (const auto* problem = std::get_if<Problem>(&result))
                return Q_EMIT failed(problem->message);
            if (set_)
                take(std::get<0>(result));
            if (set_ && set_ != set)
                compute(); // more candidates have come
        });
}

void Lens::finishNow()
{
    if (set_)
        take(std::make_shared<const SpreadMap>(spread_map(set_->set.completions, set_->request.mask)));
}

void Lens::take(std::shared_ptr<const SpreadMap> map)
{
    const bool first = !map_;
    map_ = std::move(map);
    heat_ = heatImage(*map_);
    if (first)
        point(hottest());
    update();
}

std::optional<double> Lens::spreadAt(QPoint pixel) const
{
    const HoleGrid& cells = map_->grid;
    const int u = (pixel.x() - cells.area.x) / cells.step, v = (pixel.y() - cells.area.y) / cells.step;
    if (pixel.x() < cells.area.x || pixel.y() < cells.area.y || u >= cells.width || v >= cells.height)
        return std::nullopt;
    return map_->gray[std::size_t(v) * std::size_t(cells.width) + std::size_t(u)];
}

QPoint Lens::hottest() const
{
    const HoleGrid& cells = map_->grid;
    const auto at = int(std::max_element(map_->gray.begin(), map_->gray.end()) - map_->gray.begin());
    const int across = std::max(1, cells.width);
    return {cells.area.x + at % across * cells.step, cells.area.y + at / across * cells.step};
}

void Lens::point(QPoint pixel)
{
    const HoleGrid& cells = map_->grid;
    pointed_ = {std::clamp(pixel.x(), cells.area.x, cells.area.x + std::max(1, cells.area.width) - 1),
                std::clamp(pixel.y(), cells.area.y, cells.area.y + std::max(1, cells.area.height) - 1)};
    setAccessibleName(tr("Uncertainty lens: %1 grey levels here").arg(grey(spreadAt(pointed_).value_or(0))));
    update();
}

void Lens::pick(QPoint pixel)
{
    if (!map_ || !gallery_.model().hasTree())
        return;
    if (const auto region = region_around(*map_, pixel.x(), pixel.y()))
        gallery_.groupBy(std::make_shared<const PixelRegion>(*region));
}

void Lens::mousePressEvent(QMouseEvent* event)
{
    const QPointF at = canvas_.view().toPicture(event->position());
    const QPoint pixel(int(std::floor(at.x())), int(std::floor(at.y())));
    if (event->button() != Qt::LeftButton || canvas_.tool() == Tool::Pan || !map_ || !spreadAt(pixel))
        return event->ignore(); // the canvas pans
    point(pixel);
    pick(pixel);
}

void Lens::mouseMoveEvent(QMouseEvent* event)
{
    const QPointF at = canvas_.view().toPicture(event->position());
    const auto spread = map_ ? spreadAt({int(std::floor(at.x())), int(std::floor(at.y()))}) : std::nullopt;
    setCursor(spread ? Qt::PointingHandCursor : Qt::ArrowCursor);
    setToolTip(spread && *spread > 0 ? tr("Completions spread by %1 grey levels here").arg(grey(*spread))
                                     : QString());
    event->ignore();
}

void Lens::keyPressEvent(QKeyEvent* event)
{
    if (!map_)
        return QWidget::keyPressEvent(event);
    const int step = std::max(1, std::max(map_->grid.area.width, map_->grid.area.height) / keySteps);
    switch (event->key()) {
    case Qt::Key_Left:
        return point(pointed_ - QPoint(step, 0));
    case Qt::Key_Right:
        return point(pointed_ + QPoint(step, 0));
    case Qt::Key_Up:
        return point(pointed_ - QPoint(0, step));
    case Qt::Key_Down:
        return point(pointed_ + QPoint(0, step));
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return pick(pointed_);
    default:
        QWidget::keyPressEvent(event);
    }
}

QString Lens::legendText() const
{
    if (!map_)
        return tr("Comparing the completions");
    const QString measured = (set_ && set_->set.pool ? tr("Spread of %1 candidates in grey levels")
                                                     : tr("Spread of %1 completions in grey levels"))
                                 .arg(map_->completions);
    return measured;
}

/// A bar with its ends in grey levels and what a click does.
void Lens::paintLegend(QPainter& painter) const
{
    painter.setLayoutDirection(Qt::LeftToRight); // as its bar
    painter.setFont(textFont(TextRole::Small));
    const QFontMetrics metrics = painter.fontMetrics();
    const QString hint = gallery_.model().hasTree() ? tr("Click a bright spot to group by it") : QString();
    const int line = metrics.height();
    const int words = std::max(
        {legendBar.width(), metrics.horizontalAdvance(legendText()), metrics.horizontalAdvance(hint)});
    const int lines = hint.isEmpty() ? 2 : 3;
    QRectF box(12, 0, words + 24, lines * line + legendBar.height() + 30);
    box.moveBottom(height() - 12);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 180));
    painter.drawRoundedRect(box, 6, 6);
    painter.setPen(Qt::white);
    double y = box.top() + 10;
    const auto row = [&](const QString& text, Qt::Alignment side) {
        painter.drawText(QRectF(box.left() + 12, y, words, line), int(side | Qt::AlignVCenter), text);
    };
    row(legendText(), Qt::AlignLeft);
    y += line + 4;
    QLinearGradient gradient(box.left() + 12, 0, box.left() + 12 + words, 0);
    for (const double share : {0.0, 0.25, 0.5, 0.75, 1.0})
        gradient.setColorAt(share, heatColour(share));
    painter.fillRect(QRectF(box.left() + 12, y, words, legendBar.height()), QColor(70, 70, 76));
    painter.fillRect(QRectF(box.left() + 12, y, words, legendBar.height()), gradient);
    y += legendBar.height() + 3;
    row(QStringLiteral("0"), Qt::AlignLeft);
    row(map_ ? grey(map_->largest) : QString(), Qt::AlignRight);
    y += line + 3;
    row(hint, Qt::AlignLeft);
}

void Lens::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const CanvasView& view = canvas_.view();
    if (map_ && !heat_.isNull()) {
        const HoleGrid& cells = map_->grid;
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(view.toWidget(QRectF(cells.area.x, cells.area.y, cells.width * cells.step,
                                               cells.height * cells.step)),
                          heat_);
    }
    if (region_) {
        QTransform toWidget;
        toWidget.translate(view.origin().x(), view.origin().y());
        toWidget.scale(view.scale(), view.scale());
        const QPainterPath border = toWidget.map(outline_);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(QColor(0, 0, 0, 170), 4));
        painter.drawPath(border);
        painter.setPen(QPen(Qt::white, 2));
        painter.drawPath(border);
    }
    if (hasFocus() && map_) {
        const QPointF c = view.toWidget(QPointF(pointed_) + QPointF(0.5, 0.5));
        painter.setRenderHint(QPainter::Antialiasing);
        for (const auto& [colour, width] :
             {std::pair(QColor(0, 0, 0, 170), 4.0), std::pair(QColor(Qt::white), 2.0)}) {
            painter.setPen(QPen(colour, width));
            painter.drawLine(c - QPointF(crossReach, 0), c + QPointF(crossReach, 0));
            painter.drawLine(c - QPointF(0, crossReach), c + QPointF(0, crossReach));
        }
    }
    paintLegend(painter);
}

} // namespace lacuna::ui
