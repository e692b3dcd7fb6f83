// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/comparison.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>

#include <algorithm>

#include "ui/actions/action_registry.h"
#include "ui/appearance/segments.h"
#include "ui/background/background.h"
#include "ui/canvas/canvas_header.h"
#include "ui/compare/cover.h"
#include "ui/compare/twin_list.h"
#include "ui/gallery/gallery_panel.h"
#include "ui/results/results.h"

namespace lacuna::ui {
namespace {

constexpr double zoomStep = 1.25;

} // namespace

Comparison::Comparison(const Parts& parts, QObject* parent)
    : QObject(parent),
      parts_(parts),
      board_(new PaneBoard(parts.document, &parts.canvas)),
      twins_(new TwinList(board_))
{
    board_->setList(twins_);
    coverParent(board_);
    connect(&parts_.canvas, &Canvas::compareChanged, this, &Comparison::refresh);
    connect(&parts_.canvas, &Canvas::originalHeldChanged, board_, &PaneBoard::setOriginalHeld);
    connect(&parts_.results, &Results::changed, this, &Comparison::followResults);
    connect(&parts_.gallery, &GalleryPanel::grouped, this, &Comparison::refresh);
    connect(&parts_.gallery, &GalleryPanel::cardsChanged, this, &Comparison::refresh);
    connect(&parts_.document, &Document::opened, board_, &PaneBoard::zoomToFit);
    connect(board_, &PaneBoard::opened, this, &Comparison::open);
    connect(twins_, &TwinList::picked, &parts_.results, &Results::show);
    connectActions();
    followResults();
}

void Comparison::connectActions()
{
    const auto on = [this](const char* id, auto call) {
        connect(parts_.actions.get(id), &QAction::triggered, this, std::move(call));
    };
    const auto zoom = [&](const char* id, auto call) {
        on(id, [this, call] {
            if (board_->isVisible())
                call(*board_);
        });
    };
    zoom("zoom-in", [](PaneBoard& board) { board.zoomBy(zoomStep); });
    zoom("zoom-out", [](PaneBoard& board) { board.zoomBy(1 / zoomStep); });
    zoom("zoom-fit", [](PaneBoard& board) { board.zoomToFit(); });
    zoom("zoom-actual", [](PaneBoard& board) { board.zoomTo(1); });
    on("pin", [this](bool wanted) { pin(wanted ? parts_.results.shown() : -1); });
    on("compare-next", [this] {
        const Segments& modes = parts_.header.compare();
        int next = int(parts_.canvas.compare());
        do
            next = (next + 1) % compareModes;
        while (modes.button(next)->isHidden());
        parts_.canvas.setCompare(Compare(next));
    });
}

void Comparison::pin(int candidate)
{
    pinned_ = candidate;
    refresh();
}

QString Comparison::titleOf(int index) const
{
    if (index < 0)
        return tr("original");
    const CompletionSet& set = parts_.results.filled()->set;
    const int member = set.completions[std::size_t(index)].member;
    const QString origin = member == index ? tr("seed %1").arg(set.recipe.seed)
                                           : tr("seed %1, noise %2").arg(set.recipe.seed).arg(member + 1);
    return (set.pool ? tr("Candidate %1 · %2") : tr("Completion %1 · %2")).arg(index + 1).arg(origin);
}

/// Starred ones if there are at least two, else the cards of the open branch.
std::vector<Comparison::Wanted> Comparison::inGrid() const
{
    const GalleryModel& model = parts_.gallery.model();
    std::vector<int> list;
    const auto take = [&](int candidate) {
        if (parts_.results.usable(candidate) && int(list.size()) < PaneBoard::most)
            list.push_back(candidate);
    };
    std::for_each(model.stars().begin(), model.stars().end(), take);
    if (list.size() < 2) {
        list.clear();
        const std::vector<int> cards = model.cards();
        std::for_each(cards.begin(), cards.end(), take);
    }
    std::vector<Wanted> result;
    for (const int candidate : list)
        result.push_back({parts_.results.filled(), candidate, titleOf(candidate)});
    return result;
}

std::vector<Comparison::Wanted> Comparison::wanted() const
{
    const SharedSet& set = parts_.results.filled();
    const int shown = parts_.results.shown();
    if (!set || shown < 0)
        return {};
    switch (parts_.canvas.compare()) {
    case Compare::SideBySide: {
        const int other = pinned_ != shown && parts_.results.usable(pinned_) ? pinned_ : -1;
        const QString title = titleOf(other);
        return {{set, other, other < 0 ? title : tr("%1 · pinned").arg(title)}, {set, shown, titleOf(shown)}};
    }
    case Compare::Grid: {
        std::vector<Wanted> list = inGrid();
        return list.size() < 2 ? std::vector<Wanted>() : list;
    }
    case Compare::Twin: {
        const SharedSet& twin = parts_.results.twin();
        const int other = twin ? twinOf(*set, shown, *twin) : -1;
        if (other < 0)
            return {};
        return {{twin, other, tr("%1 without guidance").arg(titleOf(shown))},
                {set, shown, tr("%1 with guidance").arg(titleOf(shown))}};
    }
    default:
        return {};
    }
}

void Comparison::followResults()
{
    const bool any = parts_.results.filled() != nullptr;
    const bool twin = any && parts_.results.twin();
    if (!any)
        pinned_ = -1;
    const bool shown = parts_.results.shown() >= 0;
    parts_.actions.get("compare-twin")->setEnabled(twin && shown);
    for (const char* id : {"compare-side", "compare-grid", "compare-next", "pin"})
        parts_.actions.get(id)->setEnabled(shown);
    parts_.header.compare().button(int(Compare::Twin))->setVisible(twin);
    twins_->setSets(twin ? parts_.results.filled() : nullptr, twin ? parts_.results.twin() : nullptr);
    twins_->setShown(parts_.results.shown());
    refresh();
}

void Comparison::refresh()
{
    parts_.actions.get("pin")->setChecked(pinned_ >= 0 && pinned_ == parts_.results.shown());
    const bool before = board_->isVisible();
    const bool focus = board_->isAncestorOf(QApplication::focusWidget());
    showPanes();
    const bool after = board_->count() > 0;
    board_->setVisible(after);
    if (after)
        board_->raise();
    if (after && !before && parts_.canvas.hasFocus())
        board_->pane(board_->count() - 1)->setFocus(Qt::OtherFocusReason);
    if (!after && focus)
        parts_.canvas.setFocus(Qt::OtherFocusReason);
}

/// Shares its pixels with later snapshots of a pool, so it tells completions apart.
Comparison::Key Comparison::keyOf(const Wanted& one)
{
    const auto& patches = one.set->set.completions[std::size_t(one.index)].patches;
    return patches.empty() ? nullptr : patches.front().pixels.bytes.get();
}

void Comparison::showPanes()
{
    const std::vector<Wanted> list = wanted();
    std::map<Key, ShownRegion> kept;
    std::vector<PaneContent> contents;
    for (const Wanted& one : list) {
        PaneContent content{.candidate = one.index, .title = one.title};
        if (one.set != parts_.results.filled())
            content.candidate = parts_.results.shown(); // a twin has no card of its own
        if (one.index >= 0) {
            if (const auto found = ready_.find(keyOf(one)); found != ready_.end()) {
                content.region = found->second;
                kept.insert(*found);
            } else {
                content.waiting = true;
                render(one);
            }
        }
        contents.push_back(std::move(content));
    }
    ready_ = std::move(kept);
    twins_->setVisible(parts_.canvas.compare() == Compare::Twin);
    board_->setPanes(contents);
}

void Comparison::render(const Wanted& one)
{
    const Key key = keyOf(one);
    if (std::find(underway_.begin(), underway_.end(), key) != underway_.end())
        return;
    underway_.push_back(key);
    inBackground(
        this, [set = one.set, index = one.index] { return renderCompletion(*set, index); },
        [this, key](const Attempt<RenderedCompletion>& result) {
            underway_.erase(std::remove(underway_.begin(), underway_.end(), key), underway_.end());
            if (const auto* problem = std::get_if<Problem>(&result))
                return Q_EMIT failed(problem->message);
            ready_[key] = std::get<0>(result).region;
            showPanes();
        });
}

void Comparison::finishNow()
{
    for (const Wanted& one : wanted())
        if (one.index >= 0)
            ready_[keyOf(one)] = renderCompletion(*one.set, one.index).region;
    twins_->finishNow();
    refresh();
}

void Comparison::open(int candidate)
{
    if (candidate < 0)
        return parts_.results.showOriginal();
    parts_.results.show(candidate);
    parts_.canvas.setCompare(Compare::Off);
}

} // namespace lacuna::ui
