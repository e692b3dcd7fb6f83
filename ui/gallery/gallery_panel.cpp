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
#include <utility>

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

} // namespace

GalleryPanel::GalleryPanel(const std::vector<QAction*>& actions, QWidget* parent)
    : Ground(Shade::Window, Qt::TopEdge, parent),
      pictures_(pictureMemory),
      title_(makeLabel(tr("Completions"), TextRole::Heading, false, this)),
      summary_(new ElidedLabel(this)),
      way_(new Breadcrumb(this)),
      rules_(new RuleSwitch(this)),
      regroup_(new QPushButton(tr("Regroup"), this)),
      chip_(new QPushButton(tr("Grouped by this region  ✕"), this)),
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
    chip_->setObjectName(QStringLiteral("region-chip"));
    chip_->setAccessibleName(tr("Grouped by a region of the hole; press to group by all of it"));
    chip_->setToolTip(tr("Candidates that look alike in the outlined region lie together. Press to group by "
                         "all of the hole."));
    chip_->setFixedHeight(controlHeight - 4);
    chip_->setFocusPolicy(Qt::TabFocus);
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
    heading->addWidget(chip_);
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
    connect(regroup_, &QPushButton::clicked, this, [this] { ask(true); });
    connect(rules_, &RuleSwitch::ruleChosen, this, [this](Rule rule) {
        model_.setRule(rule);
        ask(true);
    });
    connect(rules_, &RuleSwitch::peculiarityChosen, this, [this](double value) {
        model_.setPeculiarity(value);
        ask(true);
    });
    connect(chip_, &QPushButton::clicked, this, [this] { groupBy({}); });
    connect(&grouper_, &Grouper::grouped, this, &GalleryPanel::take);
    connect(&grouper_, &Grouper::failed, this, &GalleryPanel::failed);
}

void GalleryPanel::begin(int count)
{
    running_ = count > 0;
    pictures_.clear();
    set_ = {};
    shown_ = -1;
    groupBy({});
    grouper_.forget();
    Q_EMIT begun();
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
    if (set.pool)
        return growSet(set);
    grouper_.forget();
    set_ = set;
    model_.setRow(int(set.completions.size()));
    refresh();
}

void GalleryPanel::expectTree(const TreeSnapshot& stored, int branch)
{
    model_.expectTree(stored, branch);
    rules_->setRule(model_.rule());
    rules_->setPeculiarity(model_.peculiarity());
}

void GalleryPanel::growSet(const CompletionSet& set)
{
    next_ = set;
    if (!model_.setPool(set.pool, set.recipe)) {
        grouper_.forget();
        if (model_.count() == 0)
            refresh(); // another pool was shown
    }
    ask(false);
}

void GalleryPanel::ask(bool anew)
{
    if (model_.hasPool())
        grouper_.ask(model_.wish(anew));
}

void GalleryPanel::groupBy(std::shared_ptr<const PixelRegion> region)
{
    if (region == model_.region() || (region && !model_.hasPool()))
        return;
    model_.setRegion(std::move(region));
    ask(true);
    Q_EMIT regionChanged();
}

void GalleryPanel::take(const SharedGrouping& grouping)
{
    if (!model_.hasTree())
        pictures_.clear(); // previews are of members, not of candidates
    set_ = next_;
    model_.take(grouping);
    refresh();
    Q_EMIT grouped();
    Q_EMIT arranged();
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
    if ((!model_.hasTree() || model_.willBeStale()) && !attended())
        ask(true);
    refresh();
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
    Q_EMIT cardsChanged();
    Q_EMIT arranged();
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
    Q_EMIT cardsChanged();
}

void GalleryPanel::reject(int candidate)
{
    model_.setRejected(candidate, !model_.rejected(candidate));
    refreshCards();
    side_->show(model_);
    Q_EMIT cardsChanged();
}

std::vector<Mark> GalleryPanel::marks() const
{
    std::vector<Mark> marks;
    for (int i = 0; i < model_.count(); ++i)
        marks.push_back(model_.starred(i) ? Mark::Star : model_.rejected(i) ? Mark::Reject : Mark::None);
    return marks;
}

void GalleryPanel::setMarks(const std::vector<Mark>& marks)
{
    for (int i = 0; i < std::min(model_.candidates(), int(marks.size())); ++i) {
        model_.setStarred(i, marks[std::size_t(i)] == Mark::Star);
        model_.setRejected(i, marks[std::size_t(i)] == Mark::Reject);
    }
    refreshCards();
    side_->show(model_);
}

QString GalleryPanel::captionText() const
{
    return foot_->isHidden() ? QString() : caption_->text();
}

} // namespace lacuna::ui
