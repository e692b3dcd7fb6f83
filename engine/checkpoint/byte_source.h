// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace lacuna {

/// Bytes of a file that is opened once, or of memory. The size is that of the moment of opening; a file that
/// becomes shorter later is refused when its end is read (it is never mapped, so this cannot kill the process).
/// Reading is safe from several threads.
class ByteSource {
public:
    /// Throws Error{Input} unless it is a regular file that can be read.
    static ByteSource open(const std::filesystem::path&);
    /// `bytes` must outlive the source.
    static ByteSource memory(std::span<const std::uint8_t> bytes, std::string name);

    const std::string& name() const { return name_; }
    std::uint64_t size() const { return size_; }
    /// Fills `into` from `position`; throws Error{Input} when that leaves the file.
    void read(std::uint64_t position, std::span<std::uint8_t> into) const;
    std::vector<std::uint8_t> read(std::uint64_t position, std::size_t count) const;

    /// Throws Error{Input} that names the file.
    [[noreturn]] void refuse(const std::string& cause, const std::string& action) const;

private:
    ByteSource() = default;

    std::string name_{};
    std::uint64_t size_ = 0;
    std::shared_ptr<const int> descriptor_{};
    std::span<const std::uint8_t> bytes_{};
};

/// Numbers of a range of a source, read one after another through a small buffer; reading past the end of the
/// range throws Error{Input} that says the file ends too early.
class ByteReader {
public:
    /// The source must outlive the reader.
    ByteReader(const ByteSource& source, std::uint64_t begin, std::uint64_t end);

    std::uint64_t position() const { return position_; }
    std::uint64_t left() const { return end_ - position_; }
    std::uint8_t byte();
    /// An unsigned little-endian number of `count` <= 8 bytes.
    std::uint64_t number(int count);
    /// `count` bytes, compared with what is left before anything is allocated.
    std::string text(std::uint64_t count);
    const ByteSource& source() const { return source_; }

private:
    void fill();

    const ByteSource& source_;
    std::uint64_t position_, end_;
    std::vector<std::uint8_t> buffer_{};
    std::uint64_t buffer_begin_ = 0;
};

/// Text of a file for a sentence of ours: escaped, at most 80 bytes, in quotes.
std::string in_quotes(const std::string& text);
bool is_utf8(const std::string& text);

} // namespace lacuna
