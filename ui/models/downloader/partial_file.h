// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>

namespace lacuna::ui {

/// A file that grows by what is appended and keeps it when the program ends. Every call of the system is checked;
/// everything throws Error{Output} naming the file, the cause and the free space.
class PartialFile {
public:
    /// Opens what is there, or begins. Symbolic links are not followed.
    explicit PartialFile(std::filesystem::path path);
    ~PartialFile();
    PartialFile(const PartialFile&) = delete;
    PartialFile& operator=(const PartialFile&) = delete;

    std::uint64_t size() const { return size_; }
    void append(std::span<const std::uint8_t> bytes);
    void restart(); ///< forgets all of it
    /// fsync, then the new name, then fsync of the folder. The file must not be used afterwards.
    void sync();
    void moveTo(const std::filesystem::path& target);

private:
    [[noreturn]] void fail(const char* doing, int error) const;

    std::filesystem::path path_;
    int descriptor_ = -1;
    std::uint64_t size_ = 0;
};

/// SHA-256 of a file, 64 lower-case digits; empty when `stop` became true meanwhile. `report` gets the bytes done,
/// after each megabyte. Throws Error{Input}.
std::string hashOfFile(const std::filesystem::path& path, const std::atomic<bool>& stop,
                       const std::function<void(std::uint64_t)>& report = {});

} // namespace lacuna::ui
