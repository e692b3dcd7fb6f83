// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "engine/session/messages.h"
#include "ui/document/document.h"

namespace lacuna::ui {

/// A portrait whose eyes and mouth are a hole, and true fills of that hole: the same scene rendered with eyes,
/// glasses, mouth and beard drawn anew with their declared probabilities. For pictures of the window.
LoadedPicture renderedPortrait();

/// The first `count` of them; later ones do not change earlier ones.
std::shared_ptr<const CandidatePool> renderedPool(const LoadedPicture& portrait, int count);

} // namespace lacuna::ui
