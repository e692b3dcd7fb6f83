// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>

#include <memory>
#include <vector>

#include "engine/core/picture.h"

namespace lacuna::ui {

/// An 8-bit RGB picture as QImage over the same bytes, kept alive by the image.
QImage asImage(const Picture& rgb8);

/// A picture for display at every zoom: level k is scaled by 2^-k, by averaging. Immutable, so it is built on any
/// thread and shared.
class Pyramid {
public:
    explicit Pyramid(const Picture& picture);

    QSize size() const { return levels_.front().size(); }
    /// The coarsest level that still has a pixel for every pixel of the screen at this zoom.
    int levelFor(double zoom) const;
    const QImage& level(int k) const { return levels_[std::size_t(k)]; }
    qint64 bytes() const;

private:
    std::vector<QImage> levels_{};
};

using SharedPyramid = std::shared_ptr<const Pyramid>;

/// The same for a mask: level k holds the share of hole in 2^k x 2^k pixels; follows edits of the mask.
class MaskPyramid {
public:
    void reset(const Mask& mask, bool hasHole = true);
    void update(const Mask& mask, QRect changed);
    int levelFor(double zoom) const;
    /// Level 0 is the mask itself, which must be the one given last and must outlive the image.
    QImage level(const Mask& mask, int k) const;

private:
    std::vector<QImage> levels_{}; ///< Alpha8, level 1 and up
};

} // namespace lacuna::ui
