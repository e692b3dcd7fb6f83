// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "engine/core/recipe.h"
#include "engine/export/file_metadata.h"
#include "engine/export/picture_writers.h"

namespace lacuna {

/// What an exported picture tells about itself. The colour profile stays in any case: the colours need it. Names of
/// folders are never written.
enum class Privacy {
    Everything, ///< recipe, hole and fingerprints, so that the set can be restored; all that the camera wrote
    Settings, ///< the recipe without hole and fingerprints; of the camera no place, person, serial number or text
    Nothing, ///< pixels and colour profile
};

/// The level to begin with: all of it, unless the picture tells where it was taken, by whom or with which device.
Privacy default_privacy(const FileMetadata&);

/// How a completion was made.
struct Provenance {
    Recipe recipe{};
    int member = 0;
    int index = 0; ///< of the set, counted from 1; 0: all of it, or none in particular
    Mask hole{};
};

Attachments attachments(const FileMetadata&, const Provenance&, Privacy);

/// The line of settings that programs for image generation write and read, behind an empty prompt.
std::string parameters_text(const Provenance&, Privacy);

} // namespace lacuna
