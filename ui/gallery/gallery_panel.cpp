// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/gallery_panel.h"

#include <QAction>
#include <QApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

#include "ui/appearance/elided_label.h"
#include "ui/document/pyramid.h"
#include "ui/gallery/breadcrumb.h"
#include "ui/gallery/candidate_map.h"
#include "ui/gallery/gallery_side.h"
#include "ui/gallery/rule_switch.h"
#include "ui/gallery/tree_minimap.h"

namespace lacuna::ui {
namespace {

constexpr int pictureMemory = 96 << 20;
constexpr int narrowCaption = 240; ///< the caption is shown where it has more room than this
constexpr double rareFrom = 0.9;   ///< rank of a candidate's distance to its neighbours

} // namespace

GalleryPanel::GalleryPanel(const std::vector<QAction*>& actions, QWidget* parent)
    : Ground(Shade::Window, Qt::TopEdge, parent),
      pictures_(pictureMemory),
      title_(makeLabel(tr("Completions"), TextRole::Heading, false, this)),
      summary_(new ElidedLabel(this)),
      way_(new Breadcrumb(this)),
      rules_(new RuleSwitch(this)),
      regroup_(new QPushButton(tr("Regroup"), this)),
      stage_(new GalleryStage(nullptr)),
      scroll_(new QScrollArea(this)),
      side_(new GallerySide(this)),
      caption_(makeLabel({}, TextRole::Small, true, this))
{
    setObjectName(QStringLiteral("gallery"));
    summary_->setFont(textFont(TextRole::Small));
    summary_->setForegroundRole(QPalette::PlaceholderText);
    regroup_->setObjectName(QStringLiteral("regroup"));
    regroup_->setAccessibleName(tr("Choose the cards from all candidates"));
    regroup_->setFixedHeight(controlHeight - 4);
    regroup_->setFocusPolicy(Qt::TabFocus);
    auto* holder = new QWidget;
    auto* inset = new QHBoxLayout(holder);
    inset->setContentsMargins(2 * grid, 0, 2 * grid, 0);
    inset->addWidget(stage_, 0, Qt::AlignTop);
    inset->addStretch(1);
    scroll_->setWidget(holder); // takes ownership
    scroll_->setWidgetResizable(true);
    scroll_->setFrameShape(QFrame::NoFrame);
    scroll_->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll_->setFocusPolicy(Qt::NoFocus);
    holder->setAutoFillBackground(false);
    scroll_->viewport()->setAutoFillBackground(false);
    const int cardHeight = GalleryCard(nullptr).sizeHint().height();
    scroll_->setFixedHeight(cardHeight + 14);
    foot_ = makeFoot();

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, grid, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(makeHeading(actions));
    layout->addWidget(scroll_);
    layout->addWidget(foot_);
    connectParts();
    refresh();
}

QHBoxLayout* GalleryPanel::makeHeading(const std::vector<QAction*>& actions)
{
    auto* heading = new QHBoxLayout;
    heading->setSpacing(grid);
    heading->setContentsMargins(2 * grid + 2, 0, 2 * grid, 0);
    heading->addWidget(title_);
    heading->addWidget(way_);
    heading->addWidget(summary_);
    heading->addWidget(regroup_);
    heading->addStretch(1);
    for (QAction* action : actions) {
        auto* button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setText(action->iconText());
        button->setProperty("framed", true);
        button->setFixedSize(button->fontMetrics().horizontalAdvance(action->iconText()) + 3 * grid,
                             controlHeight - 4);
        button->setAccessibleName(action->iconText());
        button->setFocusPolicy(Qt::TabFocus);
        heading->addWidget(button);
    }
    return heading;
}

/// How the cards were chosen, and what that means.
QWidget* GalleryPanel::makeFoot()
{
    auto* foot = new QWidget(this);
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(2 * grid, 0, 2 * grid, grid);
    row->setSpacing(2 * grid);
    row->addWidget(rules_, 0, Qt::AlignLeft | Qt::AlignVCenter);
    caption_->setWordWrap(true);
    row->addWidget(caption_, 1);
    return foot;
}

void GalleryPanel::connectParts()
{
    connect(stage_, &GalleryStage::picked, this, &GalleryPanel::picked);
    connect(stage_, &GalleryStage::opened, this, &GalleryPanel::open);
    connect(stage_, &GalleryStage::closed, this, &GalleryPanel::close);
    connect(stage_, &GalleryStage::starPressed, this, &GalleryPanel::star);
    connect(stage_, &GalleryStage::crossPressed, this, &GalleryPanel::reject);
    connect(way_, &Breadcrumb::wanted, this, &GalleryPanel::open);
    connect(&side_->minimap(), &TreeMinimap::wanted, this, &GalleryPanel::open);
    connect(&side_->map(), &CandidateMap::picked, this, &GalleryPanel::picked);
    connect(regroup_, &QPushButton::clicked, this, &GalleryPanel::regroup);
    connect(rules_, &RuleSwitch::ruleChosen, this, [this](Rule rule) {
        model_.setRule(rule);
        refresh();
    });
    connect(rules_, &RuleSwitch::peculiarityChosen, this, [this](double value) {
        model_.setPeculiarity(value);
        refresh();
    });
}

void GalleryPanel::begin(int count)
{
    running_ = count > 0;
    pictures_.clear();
    set_ = {};
    shown_ = -1;
    model_.setRow(count);
    setSummary({});
    refresh();
}

void GalleryPanel::showPreviews(const std::vector<Preview>& previews)
{
    if (model_.hasTree())
        return; // the cards are finished candidates
    for (const Preview& preview : previews) {
        const int place = stage_->placeOf(preview.member);
        if (place < 0)
            continue;
        CardContent content = card(place)->content();
        content.waiting = false;
        content.picture = asImage(preview.picture);
        content.nearestGray = preview.nearest_gray;
        content.pushed = preview.pushed;
        pictures_.insert(preview.member, new QImage(content.picture), content.picture.sizeInBytes());
        card(place)->setContent(content);
    }
}

void GalleryPanel::showSet(const CompletionSet& set)
{
    running_ = false;
    shown_ = -1;
    set_ = set;
    if (set.pool) {
        pictures_.clear(); // previews are of members, not of candidates
        model_.setPool(*set.pool, set.recipe);
    } else {
        model_.setRow(int(set.completions.size()));
    }
    refresh();
}

void GalleryPanel::growSet(const CompletionSet& set)
{
    const bool first = !model_.hasTree();
    set_ = set;
    if (first)
        pictures_.clear();
    model_.setPool(*set.pool, set.recipe);
    refresh();
}

/// Someone points at a card or has the keyboard on one, or has opened a branch.
bool GalleryPanel::attended() const
{
    return stage_->underMouse() || stage_->isAncestorOf(QApplication::focusWidget())
           || model_.branch() != GalleryModel::root;
}

void GalleryPanel::endGrowth()
{
    running_ = false;
    if (model_.stale() && !attended())
        model_.regroup();
    refresh();
}

void GalleryPanel::regroup()
{
    model_.regroup();
    refresh();
}

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

/// In narrow windows what the rule means is only in the tool tips of the switch.
void GalleryPanel::resizeEvent(QResizeEvent*)
{
    caption_->setVisible(width() > rules_->sizeHint().width() + narrowCaption);
}

void GalleryPanel::setSummary(const QString& summary)
{
    summary_->setText(summary);
}

void GalleryPanel::pick(int place)
{
    if (place >= 0 && place < count() && card(place)->isEnabled())
        Q_EMIT picked(stage_->candidate(place));
}

void GalleryPanel::step(int by)
{
    const int size = count(), at = stage_->placeOf(shown_);
    for (int tried = 1; tried <= size; ++tried) {
        const int next = ((at < 0 && by < 0 ? 0 : at) + by * tried + size * 2) % size;
        if (card(next)->isEnabled())
            return pick(next);
    }
}

/// The keyboard follows into the branch and back to the card that stands for it.
void GalleryPanel::open(int candidate)
{
    const int before = model_.branch();
    const std::vector<int> way = model_.path();
    if (!model_.hasTree() || before == candidate || !model_.open(candidate))
        return;
    const bool keyboard = stage_->isAncestorOf(QApplication::focusWidget());
    const bool up =
        candidate == GalleryModel::root || std::find(way.begin(), way.end(), candidate) != way.end();
    int through = candidate;
    if (up) // the first card of the way that is left
        through = candidate == GalleryModel::root ? way.front()
                                                  : *(std::find(way.begin(), way.end(), candidate) + 1);
    refresh({through});
    if (!keyboard || count() == 0)
        return;
    const int place = up ? std::max(0, stage_->placeOf(through)) : 0;
    card(place)->setFocus(Qt::OtherFocusReason);
    pick(place);
}

void GalleryPanel::close()
{
    const std::vector<int> way = model_.path();
    if (!way.empty())
        open(way.size() > 1 ? way[way.size() - 2] : GalleryModel::root);
}

void GalleryPanel::star(int candidate)
{
    model_.setStarred(candidate, !model_.starred(candidate));
    refreshCards();
    side_->show(model_);
}

void GalleryPanel::reject(int candidate)
{
    model_.setRejected(candidate, !model_.rejected(candidate));
    refreshCards();
    side_->show(model_);
}

QString GalleryPanel::captionText() const
{
    return foot_->isHidden() ? QString() : caption_->text();
}

} // namespace lacuna::ui
