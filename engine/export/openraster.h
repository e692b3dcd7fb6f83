// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/core/picture.h"
#include "engine/export/picture_writers.h"

namespace lacuna {

/// One layer, in the channels of PNG.
struct RasterLayer {
    std::string name{};
    Picture picture{};
    int x = 0; ///< of its upper left corner
    int y = 0;
    bool visible = true;
};

/// Writes an OpenRaster file (mimetype first, stack.xml, layers, mergedimage.png, thumbnail), as a whole or not at
/// all. `layers`: the topmost first; `merged`: what they look like together. Throws Error{Output}.
void write_openraster(const std::filesystem::path&, const std::vector<RasterLayer>& layers,
                      const Picture& merged, const Attachments&);

} // namespace lacuna
