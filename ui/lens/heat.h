// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QImage>
#include <QPainterPath>

#include "engine/session/disagreement.h"

namespace lacuna::ui {

/// From nothing through violet and orange to pale yellow: lighter and less transparent is more, in every theme and
/// for every kind of sight. `share` in [0,1].
QColor heatColour(double share);

/// The map in the pixels of its grid; the largest spread has the last colour.
QImage heatImage(const SpreadMap& map);

/// The border of a region in pixels of the picture.
QPainterPath outline(const PixelRegion& region);

} // namespace lacuna::ui
