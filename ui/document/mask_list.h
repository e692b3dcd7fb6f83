// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <memory>
#include <optional>

#include "engine/core/picture.h"
#include "ui/document/mask_flips.h"

namespace lacuna::ui {

/// One of the masks of a picture. Its pixels may be shared with a background job or a file that is being saved; they
/// are copied before they change, and only then.
struct MaskEntry {
    int id = 0; ///< from 1, never used twice in a document
    QString name{};
    int softEdge = 0;             ///< pixels, see composite()
    std::shared_ptr<Mask> mask{}; ///< of the picture's size
    std::size_t holePixels = 0;

    Mask& editable(); ///< its own copy
};

/// One step of undo. Every step is its own inverse: carrying it out exchanges what is and what was.
struct MaskEdit {
    enum class Kind {
        Pixels,   ///< some pixels of a mask have the other value
        Presence, ///< a mask is in the list, or kept here
        Words     ///< name and soft edge
    };

    Kind kind = Kind::Pixels;
    int mask = 0; ///< id
    MaskFlips flips{};
    int at = 0; ///< its place in the list
    std::optional<MaskEntry> held{};
    QString name{};
    int softEdge = 0;

    std::size_t bytes() const; ///< memory that only this step needs
};

} // namespace lacuna::ui
