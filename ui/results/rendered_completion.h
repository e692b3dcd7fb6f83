// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QRect>

#include <memory>

#include "engine/session/messages.h"
#include "ui/canvas/canvas.h"

namespace lacuna::ui {

/// A set together with the request that it answers; the picture and mask on screen may have changed since. Of a run
/// with a pool all candidates are its completions.
struct FilledSet {
    FillRequest request{};
    CompletionSet set{};
};
using SharedSet = std::shared_ptr<const FilledSet>;

/// The set of a run that has ended, or of its candidates so far.
SharedSet filledSet(const FillRequest& request, CompletionSet set);
SharedSet filledSet(const FillRequest& request, std::shared_ptr<const CandidatePool> pool);

/// What is shown of one completion. Made on a thread of the pool: a large picture is composited in full, some rows at
/// a time, because only then the count of changed samples proves anything.
struct RenderedCompletion {
    ShownRegion region{};
    std::size_t changedSamples = 0;
    std::size_t knownSamples = 0;
    std::size_t knownPixels = 0;
};

RenderedCompletion renderCompletion(const FilledSet& filled, int index);

/// The surroundings of the hole, for a card.
QImage renderThumbnail(const FilledSet& filled, int index);

/// The smallest rectangle around the hole.
QRect holeBounds(const Mask& mask);

/// The rectangle around the hole that a thumbnail of that shape shows.
QRect thumbnailRect(const Mask& mask, QSize shape);

} // namespace lacuna::ui
