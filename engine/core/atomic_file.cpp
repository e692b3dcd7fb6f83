// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/atomic_file.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>
#include <ctime>
#include <random>
#include <tuple>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/core/error.h"

namespace lacuna {

namespace fs = std::filesystem;

/// A file descriptor that closes itself and a temporary file that removes itself unless kept.
struct AtomicFile::Temporary {
    fs::path path{};
    int descriptor = -1;
    bool keep = false;

    ~Temporary()
    {
        if (descriptor >= 0)
            ::close(descriptor);
        if (!keep && !path.empty())
            ::unlink(path.c_str());
    }
};

namespace {

fs::path folder_of(const fs::path& path)
{
    return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

[[noreturn]] void fail(const fs::path& path, const std::string& doing, int error)
{
    std::error_code ignored;
    const auto space = fs::space(folder_of(path), ignored);
    std::string cause = doing + ": " + std::strerror(error);
    if (!ignored && (error == ENOSPC || error == EDQUOT))
        cause += " (" + std::to_string(space.available / 1000000) + " MB free)";
    throw Error(ErrorKind::Output, path.string(), cause, "Choose another folder or make room",
                "The file that was there before is unchanged.");
}

/// The file behind symbolic links, so that they survive; it need not exist yet.
fs::path without_links(fs::path path)
{
    std::error_code error;
    for (int links = 0; fs::is_symlink(fs::symlink_status(path, error)); ++links) {
        const fs::path link = fs::read_symlink(path, error);
        if (error || links == 40)
            fail(path, "cannot be followed", error ? error.value() : ELOOP);
        path = path.parent_path() / link; // an absolute link replaces the folder
    }
    return path;
}

/// A new file in the target's folder; its descriptor and name. The kernel applies the umask: reading it would change
/// it for a moment, for every thread.
std::pair<int, fs::path> create_beside(const fs::path& target, mode_t mode)
{
    std::random_device random;
    for (int attempt = 0;; ++attempt) {
        const fs::path path =
            folder_of(target) / (".lacuna-" + std::to_string(::getpid()) + "-" + std::to_string(random()));
        const int descriptor =
            ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
        if (descriptor >= 0)
            return {descriptor, path};
        if (errno != EEXIST || attempt == 100)
            fail(target, "cannot be created", errno);
    }
}

void write_all(int descriptor, const fs::path& target, std::span<const std::uint8_t> bytes)
{
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t n = ::write(descriptor, bytes.data() + done, bytes.size() - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            fail(target, "cannot be written", errno);
        if (n == 0)
            fail(target, "cannot be written", ENOSPC);
        done += static_cast<std::size_t>(n);
    }
}

void sync_folder(const fs::path& folder)
{
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return; // some file systems do not let folders be opened; the rename itself is done
    ::fsync(descriptor);
    ::close(descriptor);
}

} // namespace

AtomicFile::AtomicFile(const fs::path& path)
    : path_(path),
      target_(without_links(path)),
      file_(std::make_unique<Temporary>())
{
    struct stat previous {};
    if (::stat(target_.c_str(), &previous) == 0) {
        if (S_ISDIR(previous.st_mode))
            fail(path, "cannot be written", EISDIR);
        if (!S_ISREG(previous.st_mode))
            fail(path, "is not a file, but a device or a pipe", EINVAL);
        if ((previous.st_mode & 0222) == 0)
            fail(path, "is protected against writing", EACCES);
        previous_mode_ = previous.st_mode & 07777;
    }
    std::tie(file_->descriptor, file_->path) = create_beside(target_, previous_mode_ ? 0600 : 0666);
}

AtomicFile::~AtomicFile() = default;

void AtomicFile::write(std::span<const std::uint8_t> bytes)
{
    check(file_->descriptor >= 0, "nothing is written after commit()");
    write_all(file_->descriptor, target_, bytes);
    written_ += bytes.size();
}

void AtomicFile::write(const std::string& text)
{
    write(std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
}

void AtomicFile::commit(const std::function<void(const fs::path&)>& verify)
{
    check(file_->descriptor >= 0, "commit() is called once");
    if (previous_mode_ && ::fchmod(file_->descriptor, *previous_mode_) != 0)
        fail(target_, "cannot get its permissions", errno);
    if (::fsync(file_->descriptor) != 0)
        fail(target_, "cannot be stored safely", errno);
    struct stat stored {};
    if (::fstat(file_->descriptor, &stored) != 0 || static_cast<std::uint64_t>(stored.st_size) != written_)
        fail(target_, "was not stored in full", EIO);
    if (::close(std::exchange(file_->descriptor, -1)) != 0)
        fail(target_, "cannot be closed", errno);
    if (verify)
        verify(file_->path);
    if (::rename(file_->path.c_str(), target_.c_str()) != 0)
        fail(target_, "cannot be put in place", errno);
    file_->keep = true;
    sync_folder(folder_of(target_));
}

void write_file(const fs::path& path, std::span<const std::uint8_t> bytes)
{
    AtomicFile file(path);
    file.write(bytes);
    file.commit();
}

void write_file(const fs::path& path, const std::string& text)
{
    write_file(path, std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
}

void remove_stale_temporaries(const fs::path& folder, int seconds)
{
    const std::string prefix = ".lacuna-";
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        const char *digits = name.data() + std::min(prefix.size(), name.size()),
                   *past = name.data() + name.size();
        long pid = 0;
        const auto [rest, problem] = std::from_chars(digits, past, pid);
        if (!name.starts_with(prefix) || problem != std::errc() || pid <= 0 || rest == past || *rest != '-')
            continue;
        struct stat info {};
        const bool ended = ::kill(static_cast<pid_t>(pid), 0) != 0 && errno == ESRCH;
        if (ended && ::lstat(entry->path().c_str(), &info) == 0 && S_ISREG(info.st_mode)
            && std::time(nullptr) - info.st_mtime >= seconds)
            ::unlink(entry->path().c_str());
    }
}

std::vector<std::uint8_t> read_file(const fs::path& path, std::uint64_t limit)
{
    const auto refuse = [&](const std::string& cause, const std::string& action) {
        throw Error(ErrorKind::Input, path.string(), cause, action);
    };
    // O_NONBLOCK: a pipe without a writer is refused below instead of waited for.
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        refuse(std::string("cannot be opened: ") + std::strerror(errno),
               "Check the name and the permissions");
    struct Closer {
        int descriptor;
        ~Closer() { ::close(descriptor); }
    } closer{descriptor};

    struct stat info {};
    if (::fstat(descriptor, &info) != 0 || !S_ISREG(info.st_mode))
        refuse("is not a file", "Give the name of a file");
    if (static_cast<std::uint64_t>(info.st_size) > limit)
        refuse("is too large (" + std::to_string(info.st_size / 1000000) + " MB)", "Use a smaller file");
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(info.st_size));
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t n = ::read(descriptor, bytes.data() + done, bytes.size() - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            refuse(n < 0 ? std::string("cannot be read: ") + std::strerror(errno)
                         : "became shorter while it was read",
                   "Try again");
        done += static_cast<std::size_t>(n);
    }
    return bytes;
}

} // namespace lacuna
