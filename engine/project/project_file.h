// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "engine/checkpoint/byte_source.h"
#include "engine/core/picture_file.h"
#include "engine/project/project.h"

namespace lacuna {

/// First member of a project file, not compressed: what the file is stands at bytes 38 and following.
inline constexpr const char* project_mimetype = "application/vnd.lacuna.project";
/// Files of a higher schema are opened as far as they are understood, but never saved over.
inline constexpr int project_schema = 1;

/// A zip file of stored members: mimetype, project.json, the picture's own bytes, masks and completions as PNG,
/// sets and tree as JSON. project.json lists the SHA-256 of every other member. Written through AtomicFile and read
/// again before it replaces the file that was there, which stays beside it as previous_version(). Throws Error{Output}.
void save_project(const std::filesystem::path&, const Project&);
/// `NAME~`: what the project was before it was saved last.
std::filesystem::path previous_version(const std::filesystem::path& project);

struct OpenedProject {
    Project project{};
    std::vector<std::string> lost{}; ///< damaged parts, for people; the rest is as it was saved
    std::string read_only{};         ///< why it must not be saved over, a sentence; empty: it may
};

/// Throws Error{Input} when it is no project, or when picture or description are damaged. What else is damaged is
/// named and left out.
/// `decode`: how the picture is decoded, whose file came from outside once.
using DecodePicture = std::function<Picture(std::span<const std::uint8_t> file, const std::string& name)>;
OpenedProject open_project(const std::filesystem::path&, const DecodePicture& decode = decode_picture);
OpenedProject read_project(const ByteSource&, const DecodePicture& decode = decode_picture);

/// Whether a file begins as project files do.
bool begins_like_project(const ByteSource&);

} // namespace lacuna
