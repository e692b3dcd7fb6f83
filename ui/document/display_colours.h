// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/core/picture.h"

namespace lacuna::ui {

using SharedProfile = std::shared_ptr<const std::vector<std::uint8_t>>;

/// Remembers the colour profile that the file of a picture had, for as long as its pixels are in use; every copy of
/// the picture shares them. Null or sRGB: nothing. May be called from any thread.
void rememberProfile(const Picture& picture, const SharedProfile& profile);
SharedProfile profileOf(const Picture& picture); ///< null: the picture is sRGB

/// These pixels of a picture with that profile as the screen shows them, in sRGB.
Picture asDisplayed(const Picture& pixels, const SharedProfile& profile);

} // namespace lacuna::ui
