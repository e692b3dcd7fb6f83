// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mask/mask_work.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "engine/core/mask_distance.h"
#include "ui/background/background.h"
#include "ui/document/document.h"

namespace lacuna::ui {

MaskWork::MaskWork(Document& document, QObject* parent) : QObject(parent), document_(document)
{
    connect(&document_, &Document::opened, this, &MaskWork::forget);
    connect(&document_, &Document::maskReplaced, this, &MaskWork::forget);
}

void MaskWork::forget()
{
    ++generation_;
    if (!std::exchange(jobs_, {}).empty())
        Q_EMIT busyWith({});
}

void MaskWork::start(const QString& what, Change change)
{
    if (!document_.isOpen())
        return;
    jobs_.push_back({what, std::move(change)});
    if (jobs_.size() == 1)
        next();
}

void MaskWork::next()
{
    struct Result {
        std::shared_ptr<Mask> mask{};
        MaskFlips flips{};
    };
    using Made = std::shared_ptr<Result>;
    Q_EMIT busyWith(jobs_.front().what);
    inBackground(
        this,
        [mask = document_.sharedMask(), change = jobs_.front().change]() -> Made {
            auto result = std::make_shared<Result>();
            result->mask = std::make_shared<Mask>(*mask);
            change(*result->mask, result->flips);
            return result;
        },
        [this, generation = generation_, version = document_.version()](const Attempt<Made>& made) {
            if (generation != generation_)
                return;
            if (version != document_.version())
                return next(); // the same again, for the mask as it is now
            if (const auto* problem = std::get_if<Problem>(&made))
                Q_EMIT failed(problem->message);
            else if (const Made& result = std::get<Made>(made))
                document_.addFlips(std::move(result->flips), std::move(result->mask));
            jobs_.pop_front();
            if (jobs_.empty())
                Q_EMIT busyWith({});
            else
                next();
        });
}

void becomeInPlace(Mask& mask, MaskFlips& flips, const Mask& wanted)
{
    for (int y = 0; y < mask.height; ++y)
        flips.setRow(mask, y, wanted);
}

void growInPlace(Mask& mask, MaskFlips& flips, int by)
{
    becomeInPlace(mask, flips, grown(mask, by));
}

void moveInPlace(Mask& mask, MaskFlips& flips, int right, int down)
{
    Mask wanted(mask.width, mask.height);
    const int from = std::max(0, -right), past = std::min(mask.width, mask.width - right);
    for (int y = std::max(0, -down); y < std::min(mask.height, mask.height - down) && from < past; ++y)
        std::copy_n(mask.values.begin() + std::ptrdiff_t(y) * mask.width + from, past - from,
                    wanted.values.begin() + std::ptrdiff_t(y + down) * mask.width + from + right);
    becomeInPlace(mask, flips, wanted);
}

} // namespace lacuna::ui
