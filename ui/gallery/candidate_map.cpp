// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/candidate_map.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

#include "ui/appearance/theme.h"
#include "ui/gallery/gallery_model.h"

namespace lacuna::ui {
namespace {

constexpr double margin = 11;
constexpr double reach = 9; ///< of the mouse
constexpr double dotRadius = 2.2;
constexpr double cardRadiusOnMap = 4.5;

} // namespace

CandidateMap::CandidateMap(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("candidate-map"));
    setAccessibleName(tr("Map of the candidates"));
    setAccessibleDescription(tr("Candidates that lie near each other are alike"));
    setMouseTracking(true);
}

void CandidateMap::show(const GalleryModel& model)
{
    dots_.clear();
    for (const QPointF& at : model.places())
        dots_.push_back({at});
    if (const GalleryTree* tree = model.tree()) {
        const int open = model.branch() == GalleryModel::root ? root_branch : *tree->node_of(model.branch());
        for (const int candidate : tree->members(open))
            dots_[std::size_t(candidate)].inBranch = true;
        for (const int candidate : model.cards())
            dots_[std::size_t(candidate)].card = true;
        for (int i = 0; i < model.count(); ++i)
            dots_[std::size_t(i)].starred = model.starred(i);
    }
    update();
}

void CandidateMap::setShown(int candidate)
{
    shown_ = candidate;
    update();
}

QPointF CandidateMap::placeOf(int candidate) const
{
    const QPointF at = dots_.at(std::size_t(candidate)).at;
    return {margin + at.x() * (width() - 2 * margin), margin + at.y() * (height() - 2 * margin)};
}

int CandidateMap::candidateAt(QPointF point) const
{
    int nearest = -1;
    double least = reach * reach;
    for (int i = 0; i < int(dots_.size()); ++i) {
        const QPointF away = placeOf(i) - point;
        if (const double squared = QPointF::dotProduct(away, away); squared < least) {
            least = squared;
            nearest = i;
        }
    }
    return nearest;
}

void CandidateMap::paintEvent(QPaintEvent*)
{
    const Theme& t = theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(t.border, 1));
    painter.setBrush(t.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), controlRadius, controlRadius);
    painter.setPen(Qt::NoPen);
    for (const bool cards : {false, true}) // those on top
        for (int i = 0; i < int(dots_.size()); ++i) {
            const Dot& dot = dots_[std::size_t(i)];
            if (dot.card != cards)
                continue;
            painter.setPen(dot.card ? QPen(t.surface, 1.5) : QPen(Qt::NoPen));
            painter.setBrush(dot.card ? t.accent : dot.inBranch ? t.textSoft : t.borderStrong);
            const double radius = dot.card ? cardRadiusOnMap : dotRadius;
            painter.drawEllipse(placeOf(i), radius, radius);
        }
    if (shown_ >= 0 && shown_ < int(dots_.size())) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(t.text, 1.6));
        painter.drawEllipse(placeOf(shown_), cardRadiusOnMap + 3, cardRadiusOnMap + 3);
    }
}

void CandidateMap::mousePressEvent(QMouseEvent* event)
{
    if (const int candidate = candidateAt(event->position()); candidate >= 0)
        Q_EMIT picked(candidate);
}

bool CandidateMap::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int candidate = candidateAt(help->pos());
    if (candidate >= 0)
        QToolTip::showText(help->globalPos(), tr("Candidate %1").arg(candidate + 1), this);
    else
        QToolTip::hideText();
    return true;
}

} // namespace lacuna::ui
