// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>

#include "engine/sweep/sweep_cells.h"
#include "engine/sweep/sweep_settings.h"
#include "ui/sweep/sweep_table.h"

/// The work of a sweep that reads and writes files; on any thread.
namespace lacuna::ui {

/// What a sweep is made on.
struct SweepSubject {
    Picture picture{};
    Mask mask{};
};

/// Where finished cells and the settings of sweeps are kept: below the cache of this user.
std::filesystem::path sweepFolder();

struct PlannedSweep {
    SweepInputs inputs{};
    SweepSettings settings{};
    std::vector<SweepJob> jobs{};
    std::map<std::string, QString> missing{}; ///< models that are not here: how to get each
};
/// The grid of a sweep, whose settings are stored for the next time. Without `settings` it is the sweep that was begun
/// on this picture and hole before, else one of eta and D that starts from `wanted`. Throws Error.
PlannedSweep planSweep(const std::filesystem::path& folder, const SweepSubject&, SweepInputs,
                       const std::optional<SweepSettings>&, const Recipe& wanted);

/// More cells than a window can show.
inline constexpr std::size_t mostBoardCells = 400;

/// A finished cell; none where it is not done. Throws Error where it cannot be read.
std::optional<SweepEntry> loadCell(const std::filesystem::path& folder, const std::string& id, const Mask&);

/// The completions of a finished cell. Throws Error.
std::vector<Picture> storedPictures(const std::filesystem::path& folder, const std::string& id);

/// The right to fill a cell, or the cell where it is done meanwhile; neither: another program works on it.
struct ClaimedCell {
    std::shared_ptr<JobStore::Claim> claim{};
    std::optional<SweepEntry> done{};
};
ClaimedCell claimCell(const std::filesystem::path& folder, const std::string& id, const Mask&);

/// Stores a set and reads it back, so that the board shows what the store holds.
SweepEntry keepCell(const std::filesystem::path& folder, const std::string& id, const FillRequest&,
                    const CompletionSet&, JobStore::Claim&);

/// The shape of a picture in a strip, near to that of the hole.
QSize stripShape(const Mask&);
/// A completion around the hole, for strips.
QImage stripPicture(const Picture& completion, const Mask&);

} // namespace lacuna::ui
