// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/downloader/partial_file.h"

#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/core/error.h"
#include "engine/core/hash.h"

namespace lacuna::ui {

namespace fs = std::filesystem;

PartialFile::PartialFile(fs::path path) : path_(std::move(path))
{
    descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600);
    struct stat info {};
    if (descriptor_ < 0)
        fail("cannot be created", errno);
    if (::fstat(descriptor_, &info) != 0 || !S_ISREG(info.st_mode)) {
        ::close(descriptor_);
        fail("is not a file", EINVAL);
    }
    size_ = std::uint64_t(info.st_size);
}

PartialFile::~PartialFile()
{
    if (descriptor_ >= 0)
        ::close(descriptor_);
}

void PartialFile::fail(const char* doing, int error) const
{
    std::error_code ignored;
    const auto space = fs::space(path_.parent_path(), ignored);
    std::string cause = std::string(doing) + ": " + std::strerror(error);
    if (!ignored && (error == ENOSPC || error == EDQUOT))
        cause += " (" + std::to_string(space.available / 1000000) + " MB free)";
    throw Error(ErrorKind::Output, path_.string(), cause, "Make room or check the folder, then resume",
                "What has come so far is kept.");
}

void PartialFile::append(std::span<const std::uint8_t> bytes)
{
    while (!bytes.empty()) {
        const ssize_t n = ::write(descriptor_, bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            fail("cannot be written", n < 0 ? errno : ENOSPC);
        bytes = bytes.subspan(std::size_t(n));
        size_ += std::uint64_t(n);
    }
}

void PartialFile::restart()
{
    if (::ftruncate(descriptor_, 0) != 0)
        fail("cannot be emptied", errno);
    size_ = 0;
}

void PartialFile::sync()
{
    struct stat info {};
    if (::fsync(descriptor_) != 0)
        fail("cannot be stored safely", errno);
    if (::fstat(descriptor_, &info) != 0 || std::uint64_t(info.st_size) != size_)
        fail("was not stored in full", EIO);
}

void PartialFile::moveTo(const fs::path& target)
{
    if (::fchmod(descriptor_, 0644) != 0)
        fail("cannot get its permissions", errno);
    if (::close(std::exchange(descriptor_, -1)) != 0)
        fail("cannot be closed", errno);
    if (::rename(path_.c_str(), target.c_str()) != 0)
        fail("cannot be put in place", errno);
    const int folder = ::open(target.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return; // some file systems do not let folders be opened; the rename itself is done
    ::fsync(folder);
    ::close(folder);
}

std::string hashOfFile(const fs::path& path, const std::atomic<bool>& stop,
                       const std::function<void(std::uint64_t)>& report)
{
    const auto refuse = [&](const char* doing) {
        throw Error(ErrorKind::Input, path.string(), std::string(doing) + ": " + std::strerror(errno),
                    "Check the file and its permissions");
    };
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        refuse("cannot be opened");
    const struct Closer {
        int descriptor;
        ~Closer() { ::close(descriptor); }
    } closer{descriptor};
    Sha256 hash;
    std::vector<std::uint8_t> block(1 << 20);
    for (std::uint64_t done = 0;;) {
        if (stop)
            return {};
        const ssize_t n = ::read(descriptor, block.data(), block.size());
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            refuse("cannot be read");
        if (n == 0)
            return hash.hex();
        hash.add(std::span(block.data(), std::size_t(n)));
        done += std::uint64_t(n);
        if (report)
            report(done);
    }
}

} // namespace lacuna::ui
