// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/project/journal.h"
#include "engine/project/project.h"

namespace lacuna {

/// What a journal begins with: the version of a project that its records change. A project that was never saved has
/// no file; then the records begin with the picture itself.
struct JournalBase {
    std::string project_file{}; ///< absolute path; empty: none
    std::string id{};
    int revision = 0;
    std::string picture_name{};

    bool operator==(const JournalBase&) const = default;
};

JournalRecord begin_record(const JournalBase&);
JournalRecord picture_record(const std::string& name, std::span<const std::uint8_t> file);
/// A part of the mask in use, as it is after an action, and where it belongs.
JournalRecord mask_record(const Mask& part, int x, int y);
/// The list of masks as it is after an action, and which is in use. Masks without pixels were in the list before and
/// keep theirs.
JournalRecord masks_record(const std::vector<NamedMask>&, int in_use);
JournalRecord set_begun_record(int number, const Mask& hole, const Recipe&);
/// Told again, for the same member, it takes the place of what was told before.
JournalRecord completion_record(int set, const Completion&);
/// Recipe and figures as they are at the end.
JournalRecord set_ended_record(int set, const CompletionSet&);
JournalRecord draft_record(const Recipe&);
JournalRecord marked_record(int set, std::size_t completion, Mark);
/// open_branch: as in a project.
JournalRecord tree_record(const GalleryTree&, int open_branch = -1);
/// The twin of a set that was told, with all of its completions.
JournalRecord twin_record(int set, const CompletionSet& twin);

JournalBase read_base(const JournalRecord&, const std::string& file);

/// Repeats what the records tell, behind the first (Begin). `project`: the base, or nothing but its id. Throws
/// Error{Input} naming `file` where a record does not fit.
void replay(Project& project, std::span<const JournalRecord> records, const std::string& file);

} // namespace lacuna
