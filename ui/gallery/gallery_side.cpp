// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/gallery_side.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/appearance/pieces.h"
#include "ui/gallery/candidate_map.h"
#include "ui/gallery/gallery_model.h"
#include "ui/gallery/tree_minimap.h"
#include "ui/gallery/unseen_gauge.h"

#include <algorithm>

namespace lacuna::ui {
namespace {

constexpr int sideHeight = 220;
constexpr int emptyHeight = 64, emptyWidth = 276; ///< of the explanation, where there is room

} // namespace

GallerySide::GallerySide(QWidget* parent) : QWidget(parent), pages_(new QStackedWidget(this))
{
    empty_ =
        makeLabel(tr("These completions were made as one set. To explore more, set Pool above: "
                     "the gallery then groups all candidates as a tree and shows what share of them each "
                     "card stands for."),
                  TextRole::Small, true, pages_);
    empty_->setWordWrap(true);
    empty_->setAlignment(Qt::AlignLeft | Qt::AlignBottom);
    empty_->setObjectName(QStringLiteral("gallery-empty"));
    auto* page = new QWidget(pages_);
    map_ = new CandidateMap(page);
    gauge_ = new UnseenGauge(page);
    minimap_ = new TreeMinimap(page);

    auto* top = new QHBoxLayout;
    top->setSpacing(12);
    top->addWidget(map_, 1);
    top->addWidget(gauge_, 1);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins({});
    column->setSpacing(grid);
    column->addLayout(top, 1);
    column->addWidget(minimap_);
    tail_ = new QToolButton(page);
    tail_->setToolButtonStyle(Qt::ToolButtonTextOnly);
    tail_->setProperty("framed", true);
    tail_->setFixedHeight(controlHeight - 4);
    tail_->setFocusPolicy(Qt::TabFocus);
    column->addWidget(tail_, 0, Qt::AlignLeft);
    pages_->addWidget(empty_);
    pages_->addWidget(page);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(pages_);
    setFixedHeight(sideHeight);
}

void GallerySide::show(const GalleryModel& model)
{
    map_->show(model);
    minimap_->show(model);
    gauge_->show(model);
    pages_->setCurrentIndex(model.hasTree() ? 1 : 0);
    setFixedHeight(model.hasTree() ? sideHeight
                                   : std::max(emptyHeight, empty_->heightForWidth(emptyWidth) + 2));
}

QString GallerySide::explanation() const
{
    return pages_->currentIndex() == 0 ? empty_->text() : QString();
}

} // namespace lacuna::ui
