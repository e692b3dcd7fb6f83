// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace lacuna {

/// A file that appears whole or not at all: a temporary file in the same folder, every write checked, fsync,
/// rename, fsync of the folder. Without commit() nothing is left. Everything throws Error{Output} naming the file,
/// the cause and the free space; the old file stays.
class AtomicFile {
public:
    explicit AtomicFile(const std::filesystem::path&);
    ~AtomicFile();
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;

    void write(std::span<const std::uint8_t> bytes);
    void write(const std::string& text);
    /// Puts the file in place. `verify` may look at the stored file first, under its temporary name; what it throws
    /// leaves the old file as it was.
    void commit(const std::function<void(const std::filesystem::path& stored)>& verify = {});

private:
    struct Temporary;
    std::filesystem::path path_, target_;
    std::unique_ptr<Temporary> file_;
    std::uint64_t written_ = 0;
    std::optional<std::uint32_t> previous_mode_{}; ///< permissions of the file that is replaced
};

/// Writes a whole file or nothing, as AtomicFile.
void write_file(const std::filesystem::path&, std::span<const std::uint8_t> bytes);
void write_file(const std::filesystem::path&, const std::string& text);

/// Removes temporary files of AtomicFile that their programs cannot finish any more: of processes that do not exist,
/// not written to for `seconds` (a process of another computer may have made them). Never throws.
void remove_stale_temporaries(const std::filesystem::path& folder, int seconds = 3600);

/// Reads a whole file of at most `limit` bytes. Throws Error{Input}.
std::vector<std::uint8_t> read_file(const std::filesystem::path&, std::uint64_t limit = std::uint64_t(4)
                                                                                        << 30);

} // namespace lacuna
