// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/results/results.h"

#include "ui/canvas/canvas.h"
#include "ui/results/result_strip.h"

namespace lacuna::ui {
namespace {

constexpr qint64 displayMemory = qint64(512) << 20;

} // namespace

Results::Results(Canvas& canvas, ResultStrip& strip, QObject* parent)
    : QObject(parent),
      canvas_(canvas),
      strip_(strip)
{
    connect(&strip_, &ResultStrip::picked, this, &Results::show);
}

void Results::accept(SharedSet filled)
{
    filled_ = std::move(filled);
    shown_ = -1;
    rendered_.assign(filled_->set.completions.size(), std::nullopt);
    strip_.showSet(filled_->set);
    const CompletionSet& set = filled_->set;
    strip_.setSummary(tr("mean distance %1 grey levels · seed %2")
                          .arg(QString::number(set.mean_distance_gray, 'f', 1))
                          .arg(set.recipe.seed));
}

void Results::setFilled(SharedSet filled)
{
    accept(std::move(filled));
    showFirst();
    for (int i = 0; i < int(rendered_.size()); ++i)
        if (i != shown_ && usable(i))
            render(i);
}

void Results::setFilledNow(SharedSet filled)
{
    accept(std::move(filled));
    for (int i = 0; i < int(rendered_.size()); ++i)
        if (usable(i))
            rendered(i, renderCompletion(*filled_, i));
    showFirst();
}

void Results::clear()
{
    filled_.reset();
    rendered_.clear();
    shown_ = -1;
    present();
}

bool Results::usable(int index) const
{
    return filled_ && index >= 0 && index < int(filled_->set.completions.size())
           && filled_->set.completions[std::size_t(index)].problem.empty();
}

void Results::showFirst()
{
    for (int i = 0; i < int(rendered_.size()); ++i)
        if (usable(i))
            return show(i);
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

void Results::step(int by)
{
    const int size = int(rendered_.size());
    for (int tried = 1; tried <= size; ++tried) {
        const int next = ((shown_ < 0 && by < 0 ? 0 : shown_) + by * tried + size * 2) % size;
        if (usable(next))
            return show(next);
    }
}

void Results::present()
{
    strip_.setShown(shown_);
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
        [this, filled = filled_, index](const Attempt<RenderedCompletion>& result) {
            if (filled != filled_)
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
    strip_.setPicture(index, result.thumbnail);
    limitMemory();
    if (index == shown_)
        present();
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
