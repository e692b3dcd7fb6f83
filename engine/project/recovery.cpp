// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/project/recovery.h"

#include <algorithm>
#include <cstdlib>

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/core/error.h"
#include "engine/project/project_file.h"

namespace lacuna {

namespace fs = std::filesystem;

namespace {

constexpr const char* ending = ".lacuna-journal";

/// An absolute path from the environment; others are ignored, as the standard of these variables says.
fs::path from_environment(const char* variable)
{
    const char* value = std::getenv(variable);
    const fs::path path = value ? value : "";
    return path.is_absolute() ? path : fs::path();
}

fs::path home()
{
    const fs::path home = from_environment("HOME");
    if (!home.empty())
        return home;
    const passwd* user = ::getpwuid(::getuid());
    return user ? user->pw_dir : "/tmp";
}

/// Only the first record is read; a journal may be large.
JournalBase base_of(const fs::path& path)
{
    const ByteSource source = ByteSource::open(path);
    constexpr std::uint64_t enough = 1 << 16;
    const std::vector<std::uint8_t> begin =
        source.read(0, static_cast<std::size_t>(std::min(source.size(), enough)));
    const JournalContents contents = read_journal(ByteSource::memory(begin, source.name()));
    if (contents.records.empty())
        source.refuse("has no records", "Use another journal");
    return read_base(contents.records.front(), source.name());
}

Project base_project(const JournalBase& base, const std::string& journal)
{
    Project project;
    project.id = base.id;
    project.revision = base.revision;
    project.picture_name = base.picture_name;
    if (base.project_file.empty())
        return project;
    project = open_project(base.project_file).project;
    if (project.id != base.id || project.revision < base.revision)
        throw Error(ErrorKind::Input, journal,
                    "belongs to the project " + base.project_file + ", which has been replaced",
                    "Put the project back in its place and try again");
    return project;
}

} // namespace

fs::path journal_folder()
{
    const fs::path state = from_environment("XDG_STATE_HOME");
    return (state.empty() ? home() / ".local" / "state" : state) / "lacuna" / "journals";
}

std::vector<LeftJournal> find_left_journals(const fs::path& folder)
{
    std::vector<LeftJournal> found;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        if (entry->path().extension() != ending)
            continue;
        LeftJournal left{.path = entry->path()};
        const std::optional<LockHolder> holder = LockFile::read(left.path);
        if (holder && !is_stale(*holder))
            continue;
        left.crashed = holder.has_value();
        struct stat info {};
        if (::stat(left.path.c_str(), &info) != 0)
            continue;
        left.changed = info.st_mtime;
        left.bytes = static_cast<std::uintmax_t>(info.st_size);
        try {
            left.base = base_of(left.path);
        } catch (const Error&) {
            continue; // nothing can be recovered from it
        }
        found.push_back(std::move(left));
    }
    std::sort(found.begin(), found.end(), [](const LeftJournal& a, const LeftJournal& b) {
        return a.changed != b.changed ? a.changed > b.changed : a.path < b.path;
    });
    return found;
}

Recovered recover(const fs::path& journal)
{
    const ByteSource source = ByteSource::open(journal);
    const JournalContents contents = read_journal(source);
    if (contents.records.empty())
        source.refuse("has no records", "Use another journal");
    Recovered recovered;
    recovered.base = read_base(contents.records.front(), source.name());
    recovered.project = base_project(recovered.base, source.name());
    if (recovered.project.revision > recovered.base.revision)
        recovered.note = "The project was saved after these changes; this is the saved version.";
    else
        replay(recovered.project, std::span(contents.records).subspan(1), source.name());
    if (recovered.project.picture.empty())
        source.refuse("ends before its picture", "Use another journal");
    if (contents.unread > 0 && recovered.note.empty())
        recovered.note = "The last change was not stored in full.";
    return recovered;
}

void remove_journal(const fs::path& journal)
{
    std::error_code ignored;
    fs::remove(journal, ignored);
    fs::remove(LockFile::path_for(journal), ignored);
}

void trim_journals(const fs::path& folder, std::size_t most)
{
    std::size_t closed = 0;
    for (const LeftJournal& left : find_left_journals(folder))
        if (!left.crashed && ++closed > most)
            remove_journal(left.path);
}

} // namespace lacuna
