// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/results/results.h"

#include <utility>

#include "ui/canvas/canvas.h"
#include "ui/gallery/gallery_panel.h"
#include "ui/language/language.h"

namespace lacuna::ui {
namespace {

constexpr qint64 displayMemory = qint64(512) << 20;

} // namespace

Results::Results(Canvas& canvas, GalleryPanel& gallery, QObject* parent)
    : QObject(parent),
      canvas_(canvas),
      gallery_(gallery)
{
    connect(&gallery_, &GalleryPanel::picked, this, &Results::show);
    connect(&gallery_, &GalleryPanel::picturesWanted, this, &Results::renderThumbnails);
    connect(&gallery_, &GalleryPanel::grouped, this, &Results::grouped);
    connect(&gallery_, &GalleryPanel::failed, this, &Results::failed);
}

void Results::accept(SharedSet filled)
{
    filled_ = std::move(filled);
    const CompletionSet& set = filled_->set;
    const bool grown = std::exchange(growing_, false) && set.pool;
    rendered_.resize(set.completions.size());
    if (grown) {
        gallery_.growSet(set);
        gallery_.endGrowth();
    } else {
        ++run_;
        shown_ = -1;
        twin_.reset();
        rendered_.assign(set.completions.size(), std::nullopt);
        gallery_.showSet(set);
    }
    const QString seed = tr("seed %1").arg(set.recipe.seed);
    gallery_.setSummary(
        set.pool ? seed
                 : tr("mean distance %1 grey levels · %2").arg(figure(set.mean_distance_gray, 1), seed));
}

void Results::grow(SharedSet filled)
{
    if (!growing_)
        ++run_;
    growing_ = true;
    filled_ = std::move(filled);
    rendered_.resize(filled_->set.completions.size());
    gallery_.growSet(filled_->set);
    gallery_.setSummary(tr("%1 of %2 candidates so far")
                            .arg(filled_->set.completions.size())
                            .arg(filled_->request.recipe.pool));
    Q_EMIT changed();
}

void Results::growNow(SharedSet filled)
{
    now_ = true;
    grow(std::move(filled));
    gallery_.finishGrouping();
    now_ = false;
}

bool Results::endGrowth()
{
    if (!std::exchange(growing_, false))
        return false;
    gallery_.endGrowth();
    Q_EMIT changed();
    return true;
}

void Results::setFilled(SharedSet filled)
{
    accept(std::move(filled));
    wantsFirst_ = shown_ < 0;
    if (gallery_.grouping())
        present(); // the cards will come
    else
        grouped();
    if (!filled_->set.pool)
        renderAll();
}

void Results::grouped()
{
    if (std::exchange(wantsFirst_, false) && shown_ < 0)
        showFirst();
}

/// Completions of huge holes are rendered when they are shown.
void Results::renderAll()
{
    const QRect hole = holeBounds(filled_->request.mask);
    if (4 * qint64(hole.width()) * hole.height() * qint64(rendered_.size()) > displayMemory)
        return;
    for (int i = 0; i < int(rendered_.size()); ++i)
        if (i != shown_ && usable(i))
            render(i);
}

void Results::setFilledNow(SharedSet filled)
{
    now_ = true;
    accept(std::move(filled));
    gallery_.finishGrouping();
    now_ = false;
    for (int i = 0; i < int(rendered_.size()); ++i)
        if (usable(i))
            rendered(i, renderCompletion(*filled_, i));
    if (shown_ < 0)
        showFirst();
}

void Results::clear()
{
    filled_.reset();
    twin_.reset();
    rendered_.clear();
    shown_ = -1;
    growing_ = false;
    wantsFirst_ = false;
    ++run_;
    present();
}

void Results::setTwin(SharedSet twin)
{
    twin_ = std::move(twin);
    Q_EMIT changed();
}

bool Results::usable(int index) const
{
    return filled_ && index >= 0 && index < int(filled_->set.completions.size())
           && filled_->set.completions[std::size_t(index)].problem.empty();
}

void Results::showFirst()
{
    for (int place = 0; place < gallery_.count(); ++place)
        if (gallery_.card(place)->isEnabled())
            return gallery_.pick(place);
    present();
}

void Results::show(int index)
{
    if (!usable(index))
        return;
    shown_ = index;
    present();
}

void Results::showOriginal()
{
    shown_ = -1;
    present();
}

void Results::present()
{
    gallery_.setShown(shown_);
    if (shown_ < 0) {
        canvas_.showOriginal();
        Q_EMIT counted(std::nullopt);
    } else if (const auto& ready = rendered_[std::size_t(shown_)]; ready && ready->region.display) {
        canvas_.showCompletion(ready->region);
        Q_EMIT counted(ready);
    } else {
        Q_EMIT counted(std::nullopt);
        render(shown_);
    }
    Q_EMIT changed();
}

void Results::render(int index)
{
    inBackground(
        this, [filled = filled_, index] { return renderCompletion(*filled, index); },
        [this, run = run_, index](const Attempt<RenderedCompletion>& result) {
            if (run != run_)
                return; // of a set that is gone
            if (const auto* problem = std::get_if<Problem>(&result))
                Q_EMIT failed(problem->message);
            else
                rendered(index, std::get<0>(result));
        });
}

void Results::rendered(int index, const RenderedCompletion& result)
{
    rendered_[std::size_t(index)] = result;
    limitMemory();
    if (index == shown_)
        present();
}

void Results::renderThumbnails(const std::vector<int>& indices)
{
    for (const int index : indices) {
        if (!usable(index))
            continue;
        if (now_) {
            gallery_.setPicture(index, renderThumbnail(*filled_, index));
            continue;
        }
        inBackground(
            this, [filled = filled_, index] { return renderThumbnail(*filled, index); },
            [this, run = run_, index](const Attempt<QImage>& result) {
                if (run != run_)
                    return;
                if (const auto* problem = std::get_if<Problem>(&result))
                    Q_EMIT failed(problem->message);
                else
                    gallery_.setPicture(index, std::get<QImage>(result));
            });
    }
}

/// Completions of huge holes are rendered again when they are shown.
void Results::limitMemory()
{
    qint64 sum = 0;
    for (const auto& one : rendered_)
        sum += one && one->region.display ? one->region.display->bytes() : 0;
    for (int i = 0; i < int(rendered_.size()) && sum > displayMemory; ++i)
        if (auto& one = rendered_[std::size_t(i)]; one && one->region.display && i != shown_) {
            sum -= one->region.display->bytes();
            one->region.display.reset();
        }
}

} // namespace lacuna::ui
