// SPDX-License-Identifier: GPL-3.0-or-later
// One record of a journal at a time, behind its checksum. The first byte chooses the record, the second its kind.
#include "engine/project/journal_records.h"
#include "tests/core/journal_makers.h"
#include "tests/fuzz/only_refusals.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace lacuna;
    static const std::vector<JournalRecord> made = [] {
        Project project = test::made_project();
        project.masks.resize(1);
        return test::made_records(project);
    }();
    if (size < 2)
        return 0;
    std::vector<JournalRecord> records = made;
    JournalRecord& changed = records[data[0] % records.size()];
    if (data[1] > 0)
        changed.kind = RecordKind(data[1]);
    changed.payload.assign(data + 2, data + size);
    fuzz::only_refusals([&] { read_base(records.front(), "fuzz"); });
    Project project;
    fuzz::only_refusals([&] { replay(project, std::span(records).subspan(1), "fuzz"); });
    return 0;
}
