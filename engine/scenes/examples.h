// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/picture.h"

#include <string>
#include <vector>

namespace lacuna {

/// A bundled picture with a hole to try the application on, painted by our own code.
struct Example {
    std::string id, title;
    Picture picture;
    Mask mask;
};

/// The ids of all examples in the order they are shown.
std::vector<std::string> example_ids();

/// Paints one example: 768 x 512, 8-bit RGB, the same bytes on every run. Throws Error for an unknown id.
Example render_example(const std::string& id);

} // namespace lacuna
