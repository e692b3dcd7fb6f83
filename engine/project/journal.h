// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/checkpoint/byte_source.h"

namespace lacuna {

/// What a record of a journal tells; the numbers are stored in files. See journal_records.h.
enum class RecordKind : std::uint8_t {
    Begin = 1,
    Picture = 2,
    MaskArea = 3,
    SetBegun = 4,
    Completion = 5,
    SetEnded = 6,
    Draft = 7,
    Marked = 8,
    Tree = 9,
    Masks = 10,
    Twin = 11,
};

struct JournalRecord {
    RecordKind kind = RecordKind::Begin;
    std::vector<std::uint8_t> payload{};
};

/// A file that only grows. Each record: length of the payload (4 bytes), CRC-32 of what follows (4), sequence number
/// (8), kind (1), payload; numbers little-endian. What append() has returned from survives a kill of the program,
/// what sync() has returned from also a loss of power. Use from one thread. Everything throws Error{Output}; the
/// records that were there remain readable.
class JournalWriter {
public:
    /// Makes a new file that only its owner can read.
    explicit JournalWriter(const std::filesystem::path&);
    /// Goes on behind the last good record of a journal that was left.
    static std::unique_ptr<JournalWriter> resume(const std::filesystem::path&);
    ~JournalWriter();
    JournalWriter(const JournalWriter&) = delete;
    JournalWriter& operator=(const JournalWriter&) = delete;

    void append(const JournalRecord&);
    void sync();
    const std::filesystem::path& path() const { return path_; }
    std::uint64_t records() const { return sequence_; }

private:
    JournalWriter(const std::filesystem::path&, int descriptor);
    [[noreturn]] void fail(const std::string& doing, int error) const;
    void write(std::span<const std::uint8_t> bytes);

    std::filesystem::path path_;
    int descriptor_ = -1;
    std::uint64_t sequence_ = 0, size_ = 0;
    bool unsynced_ = false, broken_ = false;
};

struct JournalContents {
    std::vector<JournalRecord> records{};
    std::uint64_t unread = 0; ///< bytes behind the last good record; 0 unless writing was interrupted
};

/// The records up to the first damaged one. Throws Error{Input} if it is not a journal at all.
JournalContents read_journal(const ByteSource&);

} // namespace lacuna
