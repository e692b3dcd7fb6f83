// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QRect>

#include <memory>

#include "engine/session/messages.h"
#include "ui/canvas/canvas.h"

namespace lacuna::ui {

/// A set together with the request that it answers; the picture and mask on screen may have changed since.
struct FilledSet {
    FillRequest request{};
    CompletionSet set{};
};
using SharedSet = std::shared_ptr<const FilledSet>;

/// What is shown of one completion. Made on a thread of the pool: a large picture is composited in full, because
/// only then the count of changed samples proves anything.
struct RenderedCompletion {
    ShownRegion region{};
    QImage thumbnail{};
    std::size_t changedSamples = 0;
    std::size_t knownSamples = 0;
};

RenderedCompletion renderCompletion(const FilledSet& filled, int index);

/// The smallest rectangle around the hole.
QRect holeBounds(const Mask& mask);

/// The rectangle around the hole that a thumbnail of that shape shows.
QRect thumbnailRect(const Mask& mask, QSize shape);

} // namespace lacuna::ui
