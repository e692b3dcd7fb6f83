// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/project/journal.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "engine/checkpoint/crc32.h"
#include "engine/core/error.h"
#include "engine/project/little_endian.h"

namespace lacuna {

namespace {

constexpr const char* signature = "LACUNAJ1";
constexpr std::size_t signature_bytes = 8, header_bytes = 17;

std::span<const std::uint8_t> as_bytes(const std::string& text)
{
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

void sync_folder_of(const std::filesystem::path& path)
{
    const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return; // some file systems do not let folders be opened
    ::fsync(descriptor);
    ::close(descriptor);
}

} // namespace

JournalWriter::JournalWriter(const std::filesystem::path& path, int descriptor)
    : path_(path),
      descriptor_(descriptor)
{
    if (descriptor_ < 0)
        fail("cannot be opened for writing", errno);
}

JournalWriter::JournalWriter(const std::filesystem::path& path)
    : JournalWriter(path, ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600))
{
    try {
        write(as_bytes(signature));
    } catch (...) {
        ::unlink(path_.c_str());
        throw; // the other constructor is done, so the destructor closes
    }
    sync_folder_of(path_);
}

std::unique_ptr<JournalWriter> JournalWriter::resume(const std::filesystem::path& path)
{
    const ByteSource source = ByteSource::open(path);
    const JournalContents contents = read_journal(source);
    std::unique_ptr<JournalWriter> writer(
        new JournalWriter(path, ::open(path.c_str(), O_WRONLY | O_NOFOLLOW | O_CLOEXEC)));
    writer->sequence_ = contents.records.size();
    writer->size_ = source.size() - contents.unread;
    if (::ftruncate(writer->descriptor_, static_cast<off_t>(writer->size_)) != 0
        || ::lseek(writer->descriptor_, 0, SEEK_END) < 0)
        writer->fail("cannot be continued", errno);
    return writer;
}

JournalWriter::~JournalWriter()
{
    if (descriptor_ >= 0)
        ::close(descriptor_);
}

void JournalWriter::fail(const std::string& doing, int error) const
{
    throw Error(ErrorKind::Output, path_.string(), doing + ": " + std::strerror(error),
                "Make room on the disk or save the project",
                "Nothing is lost while the program runs, but it could not be recovered after a crash.");
}

void JournalWriter::write(std::span<const std::uint8_t> bytes)
{
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t n = ::write(descriptor_, bytes.data() + done, bytes.size() - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            const int error = n < 0 ? errno : ENOSPC;
            // Half a record would hide everything behind it.
            broken_ = ::ftruncate(descriptor_, static_cast<off_t>(size_)) != 0
                      || ::lseek(descriptor_, static_cast<off_t>(size_), SEEK_SET) < 0;
            fail("cannot be written", error);
        }
        done += static_cast<std::size_t>(n);
    }
    size_ += bytes.size();
    unsynced_ = true;
}

void JournalWriter::append(const JournalRecord& record)
{
    if (broken_)
        fail("cannot be written", EIO);
    check(record.payload.size() < 0xFFFFFFFF, "a record has less than 4 GiB");
    std::string checked = little_endian(sequence_, 8) + static_cast<char>(record.kind);
    const std::uint32_t crc = crc32(crc32(0, as_bytes(checked)), record.payload);
    std::string bytes = little_endian(record.payload.size(), 4) + little_endian(crc, 4) + checked;
    bytes.append(record.payload.begin(), record.payload.end());
    write(as_bytes(bytes)); // in one call: a kill leaves all of it or nothing
    ++sequence_;
}

void JournalWriter::sync()
{
    if (!unsynced_)
        return;
    if (::fdatasync(descriptor_) != 0)
        fail("cannot be stored safely", errno);
    unsynced_ = false;
}

JournalContents read_journal(const ByteSource& source)
{
    const auto refuse = [&] { source.refuse("is not a journal of Lacuna", "Choose another file"); };
    if (source.size() < signature_bytes)
        refuse();
    ByteReader reader(source, 0, source.size());
    if (reader.text(signature_bytes) != signature)
        refuse();
    JournalContents contents;
    std::uint64_t at = signature_bytes;
    while (source.size() - at >= header_bytes) {
        ByteReader header(source, at, at + header_bytes);
        const std::uint64_t length = header.number(4), crc = header.number(4), sequence = header.number(8);
        const std::uint8_t kind = header.byte();
        if (length > source.size() - at - header_bytes || sequence != contents.records.size())
            break;
        const std::string checked = little_endian(sequence, 8) + static_cast<char>(kind);
        JournalRecord record{static_cast<RecordKind>(kind),
                             source.read(at + header_bytes, static_cast<std::size_t>(length))};
        if (crc32(crc32(0, as_bytes(checked)), record.payload) != crc)
            break;
        contents.records.push_back(std::move(record));
        at += header_bytes + length;
    }
    contents.unread = source.size() - at;
    return contents;
}

} // namespace lacuna
