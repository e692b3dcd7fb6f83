// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/document.h"
#include "ui/sweep/sweep_cells_io.h"

namespace lacuna::ui {

/// A sweep of eta and D over true fills of the hole of a portrait: the farther a cell may go, the farther apart its
/// members were chosen from the candidates, and its figures are those of its members. One cell runs and some are not
/// run yet. For pictures of the window.
SweepTable renderedSweep(const LoadedPicture& portrait);

} // namespace lacuna::ui
