// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sweep/job_store.h"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <fstream>
#include <map>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/core/atomic_file.h"
#include "engine/core/error.h"
#include "engine/core/hash.h"

namespace lacuna {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::seconds claim_lives{60};
constexpr const char* list_name = "done.json";

std::string file_hash(const fs::path& file)
{
    Sha256 hash;
    hash.add(read_file(file));
    return hash.hex();
}

std::map<std::string, std::string> hashes_in(const fs::path& folder)
{
    std::map<std::string, std::string> hashes;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder))
        if (entry.path().filename() != list_name)
            hashes[entry.path().filename().string()] = file_hash(entry.path());
    return hashes;
}

void make_folder(const fs::path& folder)
{
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        throw Error(ErrorKind::Output, folder.string(), "cannot be made a folder: " + error.message(),
                    "Choose another --out folder");
}

std::string host_name()
{
    char name[256] = {};
    ::gethostname(name, sizeof name - 1);
    return name;
}

/// Sets the time of the mark by the clock of the file system, which all workers share.
void touch(const fs::path& mark)
{
    ::utimensat(AT_FDCWD, mark.c_str(), nullptr, 0);
}

fs::path owner_of(const fs::path& mark)
{
    return mark / "owner";
}

/// Puts a mark with its owner in place at once: a worker that is killed leaves none that nobody owns. False: there is
/// one already, or another worker cleared `beside` away.
bool put_mark(const fs::path& mark, const fs::path& beside)
{
    make_folder(beside);
    try {
        write_file(owner_of(beside), host_name() + "\n" + std::to_string(::getpid()) + "\n");
    } catch (const Error&) {
        if (fs::exists(beside))
            throw;
        return false;
    }
    std::error_code error, ignored;
    fs::rename(beside, mark, error); // refused where the mark is there, for it is never empty
    if (error)
        fs::remove_all(beside, ignored);
    else
        touch(mark);
    return !error;
}

/// Takes the mark away at once, then its parts.
void remove_mark(const fs::path& mark, const fs::path& beside)
{
    std::error_code error;
    fs::rename(mark, beside, error);
    fs::remove_all(error ? mark : beside, error);
}

/// The owner was a process of this machine and is no more.
bool owner_is_dead(const fs::path& mark)
{
    std::ifstream file(owner_of(mark));
    std::string host;
    ::pid_t process = 0;
    return std::getline(file, host) && file >> process && host == host_name() && process > 0
           && ::kill(process, 0) != 0 && errno == ESRCH;
}

bool is_old(const fs::path& mark)
{
    if (owner_is_dead(mark))
        return true;
    std::error_code error;
    const fs::path probe = mark.string() + ".now." + std::to_string(::getpid());
    fs::create_directory(probe, error);
    const auto now = fs::last_write_time(probe, error);
    fs::remove(probe);
    const auto then = fs::last_write_time(mark, error);
    return error || now - then > claim_lives;
}

} // namespace

JobStore::JobStore(fs::path folder) : folder_(std::move(folder))
{
    make_folder(folder_);
}

bool JobStore::is_done(const std::string& id) const
{
    const fs::path folder = result(id);
    if (!fs::exists(folder))
        return false;
    try {
        const auto bytes = read_file(folder / list_name, 1 << 20);
        const auto list = nlohmann::json::parse(bytes.begin(), bytes.end(), nullptr, false);
        if (list.is_object() && list.value("files", nlohmann::json()) == nlohmann::json(hashes_in(folder)))
            return true;
    } catch (const Error&) {
        // Unreadable: made again below.
    }
    std::error_code ignored;
    fs::remove_all(folder, ignored);
    return false;
}

void JobStore::clear_marks() const
{
    std::vector<fs::path> marks;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder_)) {
        const std::string name = entry.path().filename().string(), id = name.substr(0, name.find('.'));
        const bool mark = name == id + ".claim", part = name.starts_with(id + ".tmp.claim.");
        if ((mark || part) && fs::exists(result(id)))
            marks.push_back(entry.path());
    }
    std::error_code ignored;
    for (const fs::path& mark : marks)
        if (mark.extension() != ".claim" || is_old(mark))
            fs::remove_all(mark, ignored);
}

std::optional<JobStore::Claim> JobStore::claim(const std::string& id) const
{
    const fs::path mark = folder_ / (id + ".claim");
    const fs::path beside = folder_ / (id + ".tmp.claim." + std::to_string(::getpid()));
    std::error_code error;
    if (!put_mark(mark, beside)) {
        if (!is_old(mark))
            return {};
        remove_mark(mark, beside);
        if (!put_mark(mark, beside))
            return {};
    }
    for (const fs::directory_entry& entry : fs::directory_iterator(folder_))
        if (entry.path().filename().string().rfind(id + ".tmp.", 0) == 0)
            fs::remove_all(entry.path(), error);
    const fs::path workplace = folder_ / (id + ".tmp." + std::to_string(::getpid()));
    make_folder(workplace);
    return Claim(mark, workplace, result(id));
}

JobStore::Claim::Claim(fs::path mark, fs::path workplace, fs::path result)
    : mark_(std::move(mark)),
      workplace_(std::move(workplace)),
      result_(std::move(result))
{
}

JobStore::Claim::Claim(Claim&& other) noexcept
    : mark_(std::exchange(other.mark_, {})),
      workplace_(std::exchange(other.workplace_, {})),
      result_(std::move(other.result_))
{
}

JobStore::Claim::~Claim()
{
    std::error_code ignored;
    if (!workplace_.empty())
        fs::remove_all(workplace_, ignored);
    if (!mark_.empty())
        remove_mark(mark_, result_.string() + ".tmp.claim." + std::to_string(::getpid()));
}

void JobStore::Claim::beat()
{
    touch(mark_);
}

void JobStore::Claim::finish()
{
    write_file(workplace_ / list_name,
               nlohmann::json{{"schema", 1}, {"files", hashes_in(workplace_)}}.dump(1) + "\n");
    std::error_code error;
    fs::rename(workplace_, result_, error);
    if (error && !fs::exists(result_ / list_name)) // else another worker was faster with equal files
        throw Error(ErrorKind::Output, result_.string(), "cannot be put in place: " + error.message(),
                    "Make room and start the same command again", "All finished sets are kept.");
}

} // namespace lacuna
