// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/grouper.h"

#include <utility>

#include "ui/background/background.h"

namespace lacuna::ui {

void Grouper::ask(GroupingWish wish)
{
    if (!working_)
        return start(std::move(wish));
    wish.anew = wish.anew || (waiting_ && waiting_->anew);
    waiting_ = std::move(wish);
}

void Grouper::forget()
{
    ++epoch_;
    newest_.reset();
    working_.reset();
    waiting_.reset();
}

void Grouper::start(GroupingWish wish)
{
    wish.previous = newest_;
    working_ = wish;
    inBackground(
        this, [wish = std::move(wish)] { return group(wish); },
        [this, epoch = epoch_](const Attempt<SharedGrouping>& result) {
            if (epoch != epoch_)
                return;
            if (const auto* grouping = std::get_if<SharedGrouping>(&result))
                return receive(*grouping);
            working_.reset();
            waiting_.reset();
            Q_EMIT failed(std::get<Problem>(result).message);
        });
}

void Grouper::receive(const SharedGrouping& grouping)
{
    newest_ = grouping;
    working_.reset();
    if (waiting_)
        start(*std::exchange(waiting_, std::nullopt));
    Q_EMIT grouped(grouping);
}

void Grouper::finishNow()
{
    while (working_) {
        ++epoch_; // the thread's result comes too late
        GroupingWish wish = *std::exchange(working_, std::nullopt);
        newest_ = group(wish);
        if (waiting_) {
            working_ = std::exchange(waiting_, std::nullopt);
            working_->previous = newest_;
        }
        Q_EMIT grouped(newest_);
    }
}

} // namespace lacuna::ui
