// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/checkpoint/byte_source.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/core/error.h"

namespace lacuna {

namespace {

constexpr std::size_t buffer_bytes = 1 << 16;

} // namespace

ByteSource ByteSource::open(const std::filesystem::path& path)
{
    ByteSource source;
    source.name_ = path.string();
    // O_NONBLOCK: a pipe without a writer is refused below instead of waited for.
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        source.refuse(std::string("cannot be opened: ") + std::strerror(errno),
                      "Check the name and the permissions");
    source.descriptor_ = std::shared_ptr<const int>(new int(descriptor), [](const int* open) {
        ::close(*open);
        delete open;
    });
    struct stat info {};
    if (::fstat(descriptor, &info) != 0 || !S_ISREG(info.st_mode))
        source.refuse("is not a file", "Give the name of a file");
    source.size_ = static_cast<std::uint64_t>(info.st_size);
    return source;
}

ByteSource ByteSource::memory(std::span<const std::uint8_t> bytes, std::string name)
{
    ByteSource source;
    source.name_ = std::move(name);
    source.size_ = bytes.size();
    source.bytes_ = bytes;
    return source;
}

void ByteSource::read(std::uint64_t position, std::span<std::uint8_t> into) const
{
    if (position > size_ || into.size() > size_ - position)
        refuse("ends too early, it is damaged or was not downloaded in full", "Download it again");
    if (!descriptor_) {
        std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(position), into.size(), into.begin());
        return;
    }
    std::size_t done = 0;
    while (done < into.size()) {
        const ssize_t n = ::pread(*descriptor_, into.data() + done, into.size() - done,
                                  static_cast<off_t>(position + done));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            refuse(std::string("cannot be read: ") + std::strerror(errno), "Check the disk and try again");
        if (n == 0)
            refuse("became shorter while it was read", "Try again");
        done += static_cast<std::size_t>(n);
    }
}

std::vector<std::uint8_t> ByteSource::read(std::uint64_t position, std::size_t count) const
{
    if (position > size_ || count > size_ - position)
        read(position, std::span<std::uint8_t>(static_cast<std::uint8_t*>(nullptr), count)); // says why
    std::vector<std::uint8_t> bytes(count);
    read(position, std::span(bytes));
    return bytes;
}

void ByteSource::refuse(const std::string& cause, const std::string& action) const
{
    throw Error(ErrorKind::Input, name_, cause, action);
}

ByteReader::ByteReader(const ByteSource& source, std::uint64_t begin, std::uint64_t end)
    : source_(source),
      position_(begin),
      end_(end)
{
    check(begin <= end && end <= source.size(), "a range of a file lies in the file");
}

void ByteReader::fill()
{
    if (left() == 0)
        source_.refuse("ends too early, it is damaged or was not downloaded in full", "Download it again");
    buffer_.resize(static_cast<std::size_t>(std::min<std::uint64_t>(left(), buffer_bytes)));
    buffer_begin_ = position_;
    source_.read(position_, std::span(buffer_));
}

std::uint8_t ByteReader::byte()
{
    if (position_ - buffer_begin_ >= buffer_.size())
        fill();
    return buffer_[static_cast<std::size_t>(position_++ - buffer_begin_)];
}

std::uint64_t ByteReader::number(int count)
{
    std::uint64_t value = 0;
    for (int i = 0; i < count; ++i)
        value |= std::uint64_t(byte()) << (8 * i);
    return value;
}

std::string ByteReader::text(std::uint64_t count)
{
    if (count > left())
        source_.refuse("ends too early, inside of a text", "Download it again");
    std::string text(static_cast<std::size_t>(count), '\0');
    for (char& c : text)
        c = static_cast<char>(byte());
    return text;
}

std::string in_quotes(const std::string& text)
{
    constexpr std::size_t longest = 80;
    std::string safe = printable(text.substr(0, 4 * longest));
    std::size_t cut = std::min(longest, safe.size());
    while (cut > 0 && cut < safe.size() && (static_cast<unsigned char>(safe[cut]) & 0xC0) == 0x80)
        --cut; // not inside of a character
    std::string result = "'";
    result.append(safe, 0, cut).append(cut < safe.size() ? "…'" : "'");
    return result;
}

bool is_utf8(const std::string& text)
{
    for (std::size_t i = 0; i < text.size();) {
        const auto at = [&](std::size_t k) { return static_cast<unsigned char>(text[k]); };
        const unsigned char first = at(i);
        const std::size_t length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
        if (first >= 0x80 && (first < 0xC2 || first > 0xF4))
            return false;
        if (length > text.size() - i)
            return false;
        for (std::size_t k = 1; k < length; ++k)
            if ((at(i + k) & 0xC0) != 0x80)
                return false;
        // Overlong forms, surrogates and what lies above U+10FFFF.
        if ((first == 0xE0 && at(i + 1) < 0xA0) || (first == 0xED && at(i + 1) > 0x9F)
            || (first == 0xF0 && at(i + 1) < 0x90) || (first == 0xF4 && at(i + 1) > 0x8F))
            return false;
        i += length;
    }
    return true;
}

} // namespace lacuna
