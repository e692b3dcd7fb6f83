// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>
#include <vector>

#include "engine/core/picture.h"

namespace lacuna::ui {

class Document;

/// A hole that is often wanted.
struct MaskPreset {
    QString title{};
    QString description{};  ///< one sentence
    bool separated = false; ///< another kind than the one before
    /// Makes it, on any thread. Throws lacuna::Error.
    std::function<Mask()> make{};
};

/// Those for the open picture: halves, box and frame; then the named masks of the scene where the picture is one,
/// else parts of a face, which are placed for a face in the middle that fills the picture, and can be moved.
std::vector<MaskPreset> maskPresets(const Document& document);

} // namespace lacuna::ui
