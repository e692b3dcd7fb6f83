// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace lacuna {

/// A published file of weights that Lacuna reads but does not ship.
struct WeightFile {
    std::string name;      ///< as published, such as "vgg16-397923af.pth"
    std::string holds;     ///< for people
    std::string published; ///< address or page
    std::string hash;      ///< what is known of its SHA-256: all of it, its first digits, or nothing
};

/// "vgg16", "attributes", "face", "sscd" and "lpips". Throws Error{Usage} for others.
const WeightFile& weight_file(const std::string& id);

/// Where such files are looked for: $XDG_DATA_HOME/lacuna/weights.
std::filesystem::path weight_folder();

/// `given` where that is a file; else the file of the published name in the folder `given`, or in weight_folder(). Throws Error{Input} that
/// says which file is missing, where it is published and what its hash is.
std::filesystem::path find_weight_file(const std::string& id, const std::filesystem::path& given = {});

} // namespace lacuna
