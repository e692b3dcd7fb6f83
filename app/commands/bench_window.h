// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <nlohmann/json.hpp>

namespace lacuna::cli {

/// What the application beside this program prints for these options; a note where it is not built or gives nothing.
nlohmann::ordered_json ask_application(const std::string& options);

/// The window with nothing open, with an example that is filled, with 108 megapixels of 16 bits and three holes that
/// are filled, and with a project of 1,000 candidates of 256 x 256 pixels; each in a process of its own.
nlohmann::ordered_json bench_window();

} // namespace lacuna::cli
