// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/project/journal_records.h"
#include "tests/core/project_makers.h"

namespace lacuna::test {

/// A picture, strokes and two runs, as a person would make them.
inline std::vector<JournalRecord> made_records(const Project& project)
{
    std::vector<JournalRecord> records{begin_record({"", project.id, 0, project.picture_name}),
                                       picture_record(project.picture_name, *project.picture_file)};
    const Mask& mask = *project.masks[0].mask;
    records.push_back(mask_record(made_mask(3, 3, 0, 0, 3), 2, 2));
    records.push_back(mask_record(mask, 0, 0));
    for (const ProjectSet& one : project.sets) {
        records.push_back(set_begun_record(one.number, *one.hole, one.set->recipe));
        for (const Completion& completion : one.set->completions)
            records.push_back(completion_record(one.number, completion));
        records.push_back(set_ended_record(one.number, *one.set));
        if (one.twin)
            records.push_back(twin_record(one.number, *one.twin));
        for (std::size_t i = 0; i < one.marks.size(); ++i)
            if (one.marks[i] != Mark::None)
                records.push_back(marked_record(one.number, i, one.marks[i]));
    }
    records.push_back(draft_record(*project.draft));
    records.push_back(tree_record(*project.tree, project.open_branch));
    return records;
}

} // namespace lacuna::test
