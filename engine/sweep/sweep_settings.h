// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/sweep/sweep_plan.h"

namespace lacuna {

/// A sweep that was begun: where its cells start from and what they vary.
struct SweepSettings {
    Recipe base{};
    std::vector<SweepAxis> axes{};
};

std::string to_json(const SweepSettings&);
/// Throws Error{Input} that names the file.
SweepSettings sweep_settings_from_json(const std::string& text, const std::string& file);

/// The settings that were stored in a file; none where there is no file or it cannot be used.
std::optional<SweepSettings> read_sweep_settings(const std::filesystem::path&);

} // namespace lacuna
