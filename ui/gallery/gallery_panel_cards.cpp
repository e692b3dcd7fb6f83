// SPDX-License-Identifier: GPL-3.0-or-later
// What the cards and the texts around them say.
#include <QPushButton>
#include <QScrollArea>

#include <algorithm>

#include "ui/gallery/breadcrumb.h"
#include "ui/gallery/candidate_map.h"
#include "ui/gallery/gallery_panel.h"
#include "ui/gallery/gallery_side.h"
#include "ui/gallery/rule_switch.h"

namespace lacuna::ui {
namespace {

constexpr double rareFrom = 0.9; ///< rank of a candidate's distance to its neighbours

} // namespace

CardContent GalleryPanel::contentOf(int candidate) const
{
    CardContent content;
    content.number = candidate + 1;
    content.of = model_.count();
    content.starred = model_.starred(candidate);
    content.rejected = model_.rejected(candidate);
    if (const QImage* picture = pictures_.object(candidate))
        content.picture = *picture;
    if (candidate >= int(set_.completions.size())) {
        content.waiting = true;
        return content;
    }
    const Completion& completion = set_.completions[std::size_t(candidate)];
    content.nearestGray = completion.nearest_gray;
    content.unfinished = !completion.finished;
    content.problem = QString::fromStdString(completion.problem);
    if (!content.problem.isEmpty())
        content.picture = {};
    if (model_.hasTree()) {
        content.standsFor = model_.size(candidate);
        content.rare = model_.rarity(candidate) >= rareFrom;
        content.nearestGray = 0;
        content.origin = completion.member == candidate
                             ? tr("seed %1").arg(set_.recipe.seed)
                             : tr("seed %1, noise %2").arg(set_.recipe.seed).arg(completion.member + 1);
    }
    return content;
}

void GalleryPanel::refreshCards()
{
    for (int place = 0; place < count(); ++place) {
        const int candidate = stage_->candidate(place);
        card(place)->setContent(contentOf(candidate));
        card(place)->setChecked(candidate == shown_);
    }
}

void GalleryPanel::refresh(GalleryStage::Change change)
{
    stage_->setCards(model_.cards(), change);
    refreshCards();
    const bool tree = model_.hasTree();
    title_->setText(tree ? tr("Gallery") : tr("Completions"));
    way_->setVisible(tree);
    foot_->setVisible(tree);
    summary_->setVisible(!tree || model_.branch() == GalleryModel::root);
    chip_->setVisible(tree && model_.byRegion());
    regroup_->setVisible(model_.stale());
    regroup_->setToolTip(
        tr("The cards were chosen while candidates still came; choose them from all %1").arg(model_.count()));
    if (tree) {
        std::vector<Breadcrumb::Part> parts{{GalleryModel::root, tr("All %1").arg(model_.count())}};
        for (const int candidate : model_.path())
            parts.push_back({candidate, tr("like %1 (%2 of %3)")
                                            .arg(candidate + 1)
                                            .arg(model_.size(candidate))
                                            .arg(model_.count())});
        way_->setWay(parts);
        caption_->setText(
            RuleSwitch::caption(model_.rule()) + u' '
            + tr("Shares count samples of the model; they are no probabilities of the real scene."));
    }
    side_->show(model_);
    wantPictures();
}

/// Of the cards and of what is below them.
void GalleryPanel::wantPictures()
{
    const bool tree = model_.hasTree();
    std::vector<int> wanted;
    const auto want = [&](int candidate) {
        if (candidate < int(set_.completions.size())
            && set_.completions[std::size_t(candidate)].problem.empty())
            wanted.push_back(candidate);
    };
    for (const int candidate : model_.cards()) {
        want(candidate);
        if (tree)
            for (const int below : model_.cardsBelow(candidate))
                want(below);
    }
    if (tree)
        wanted.erase(std::remove_if(wanted.begin(), wanted.end(),
                                    [this](int candidate) { return pictures_.contains(candidate); }),
                     wanted.end());
    if (!wanted.empty())
        Q_EMIT picturesWanted(wanted);
}

void GalleryPanel::setPicture(int candidate, const QImage& picture)
{
    pictures_.insert(candidate, new QImage(picture), std::max<qsizetype>(1, picture.sizeInBytes()));
    if (const int place = stage_->placeOf(candidate); place >= 0) {
        CardContent content = card(place)->content();
        content.picture = picture;
        card(place)->setContent(content);
    }
}

void GalleryPanel::setShown(int candidate)
{
    shown_ = candidate;
    for (int place = 0; place < count(); ++place)
        card(place)->setChecked(stage_->candidate(place) == candidate);
    side_->map().setShown(candidate);
    if (const int place = stage_->placeOf(candidate); place >= 0)
        scroll_->ensureWidgetVisible(card(place), 2 * grid, 0);
}

} // namespace lacuna::ui
