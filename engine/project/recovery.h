// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/project/journal_records.h"
#include "engine/project/lock_file.h"

namespace lacuna {

/// The folder of journals of this user: $XDG_STATE_HOME/lacuna/journals, by default below ~/.local/state.
std::filesystem::path journal_folder();

/// A journal that no program writes any more.
struct LeftJournal {
    std::filesystem::path path{};
    JournalBase base{};
    bool crashed = false;     ///< the program ended without closing it
    std::int64_t changed = 0; ///< seconds since 1970 of its last record, by the clock of that moment
    std::uintmax_t bytes = 0;
};

/// The newest first. Journals of running programs and files that are none are left out; never throws for them.
std::vector<LeftJournal> find_left_journals(const std::filesystem::path& folder);

struct Recovered {
    Project project{};
    JournalBase base{};
    std::string note{}; ///< what could not be recovered, a sentence; empty: nothing
};

/// Reads the project that the journal began with and repeats the journal. Throws Error{Input} naming what is
/// missing.
Recovered recover(const std::filesystem::path& journal);

/// Removes the journal and its lock.
void remove_journal(const std::filesystem::path& journal);
/// Removes the oldest journals of documents that were closed, until at most `most` are left. Those of crashed
/// programs stay.
void trim_journals(const std::filesystem::path& folder, std::size_t most);

} // namespace lacuna
