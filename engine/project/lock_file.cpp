// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/project/lock_file.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>
#include <fstream>
#include <random>
#include <sstream>

#include <fcntl.h>
#include <pwd.h>
#include <sys/types.h>
#include <unistd.h>

#include "engine/core/atomic_file.h"
#include "engine/core/error.h"
#include "engine/core/strict_json.h"

namespace lacuna {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

std::string first_line(const char* file)
{
    std::ifstream stream(file);
    std::string line;
    std::getline(stream, line);
    return line;
}

/// When a process started, in ticks since the start of the computer; empty: there is none.
std::string start_of(std::int64_t pid)
{
    const std::string line = first_line(("/proc/" + std::to_string(pid) + "/stat").c_str());
    const std::size_t name_end = line.rfind(')'); // the name may hold anything
    if (name_end == std::string::npos)
        return {};
    std::istringstream fields(line.substr(name_end + 1));
    constexpr int start_field = 20; // the 22nd of the line, after pid and name
    std::string field;
    for (int i = 0; i < start_field; ++i)
        fields >> field;
    return field;
}

std::string host_name()
{
    std::array<char, 256> name{};
    ::gethostname(name.data(), name.size() - 1);
    return name.data();
}

std::string user_name()
{
    const passwd* user = ::getpwuid(::getuid());
    return user ? user->pw_name : std::to_string(::getuid());
}

std::string now()
{
    const std::time_t time = std::time(nullptr);
    std::tm utc{};
    ::gmtime_r(&time, &utc);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M UTC", &utc);
    return text.data();
}

LockHolder myself()
{
    return {host_name(), first_line("/proc/sys/kernel/random/boot_id"),
            ::getpid(),  start_of(::getpid()),
            user_name(), now()};
}

std::string to_text(const LockHolder& holder)
{
    const Json json = {{"host", holder.host},           {"boot", holder.boot}, {"pid", holder.pid},
                       {"started", holder.started},     {"user", holder.user}, {"since", holder.since},
                       {"lock", std::random_device{}()}};
    return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::optional<std::string> content_of(const fs::path& path)
{
    try {
        constexpr std::uint64_t longest = 10000;
        const auto bytes = read_file(path, longest);
        return std::string(bytes.begin(), bytes.end());
    } catch (const Error&) {
        return {};
    }
}

/// What cannot be read tells nothing: such a lock counts as one of an unknown computer.
LockHolder parse(const std::string& text)
{
    const Json json = parse_strict_json(text).value;
    LockHolder holder;
    const auto take = [&](const char* key, std::string& value) {
        if (json.is_object() && json.contains(key) && json[key].is_string())
            value = printable(json[key].get<std::string>());
    };
    take("host", holder.host);
    take("boot", holder.boot);
    take("started", holder.started);
    take("user", holder.user);
    take("since", holder.since);
    if (json.is_object() && json.contains("pid") && json["pid"].is_number_unsigned())
        holder.pid = json["pid"].get<std::int64_t>();
    return holder;
}

fs::path beside(const fs::path& path, const char* ending)
{
    return path.string() + "." + std::to_string(::getpid()) + "-" + std::to_string(std::random_device{}())
           + ending;
}

/// Not synced: a lock need not outlive a loss of power.
void write_fresh(const fs::path& path, const std::string& text)
{
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    const bool written =
        descriptor >= 0 && ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    const int error = errno;
    if (descriptor >= 0)
        ::close(descriptor);
    if (written)
        return;
    if (descriptor >= 0)
        ::unlink(path.c_str());
    throw Error(ErrorKind::Output, path.string(), std::string("cannot be written: ") + std::strerror(error),
                "Use another folder");
}

/// Moves a stale lock out of the way; false if meanwhile another process has replaced it.
bool remove_stale(const fs::path& path, const std::string& judged)
{
    const fs::path aside = beside(path, ".stale");
    if (::rename(path.c_str(), aside.c_str()) != 0)
        return errno == ENOENT;
    const bool same = content_of(aside) == judged;
    if (!same)
        std::ignore = ::link(aside.c_str(), path.c_str()); // it was somebody's new lock
    ::unlink(aside.c_str());
    return same;
}

} // namespace

bool is_stale(const LockHolder& holder)
{
    if (holder.pid <= 0 || holder.host != host_name())
        return false;
    const bool other_start = holder.boot != first_line("/proc/sys/kernel/random/boot_id");
    return other_start || start_of(holder.pid) != holder.started;
}

fs::path LockFile::path_for(const fs::path& locked)
{
    fs::path name(".");
    name += locked.filename();
    name += ".lock";
    return locked.parent_path() / name;
}

std::unique_ptr<LockFile> LockFile::take(const fs::path& locked, LockHolder& holder)
{
    const fs::path path = path_for(locked);
    const fs::path fresh = beside(path, ".new");
    const std::string text = to_text(myself());
    write_fresh(fresh, text);
    const auto done = [&](std::unique_ptr<LockFile> result) {
        ::unlink(fresh.c_str());
        return result;
    };
    constexpr int attempts = 20;
    for (int attempt = 0; attempt < attempts; ++attempt) {
        if (::link(fresh.c_str(), path.c_str()) == 0) // fails where one exists, and is whole at once
            return done(std::unique_ptr<LockFile>(new LockFile(path, text)));
        if (errno != EEXIST) {
            const int error = errno;
            done(nullptr);
            throw Error(ErrorKind::Output, path.string(),
                        std::string("cannot be created: ") + std::strerror(error), "Use another folder");
        }
        const std::optional<std::string> judged = content_of(path);
        if (!judged)
            continue; // it was given back this moment
        holder = parse(*judged);
        if (!is_stale(holder))
            return done(nullptr);
        remove_stale(path, *judged);
    }
    return done(nullptr);
}

std::optional<LockHolder> LockFile::read(const fs::path& locked)
{
    const std::optional<std::string> text = content_of(path_for(locked));
    return text ? std::optional(parse(*text)) : std::nullopt;
}

bool LockFile::held() const
{
    return content_of(path_) == text_;
}

LockFile::~LockFile()
{
    if (held())
        ::unlink(path_.c_str());
}

std::string describe(const LockHolder& holder)
{
    const auto or_unknown = [](const std::string& text) { return text.empty() ? "an unknown one" : text; };
    std::string text = holder.host == host_name() ? "It is open in another window"
                                                  : "It is open on the computer " + or_unknown(holder.host);
    if (!holder.since.empty())
        text += " since " + holder.since;
    if (!holder.user.empty())
        text += " (process " + std::to_string(holder.pid) + " of " + holder.user + ")";
    return text + ".";
}

} // namespace lacuna
