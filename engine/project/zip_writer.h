// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/core/atomic_file.h"

namespace lacuna {

/// Writes a zip file of stored (not compressed) members, in their order, without times: equal members make equal
/// files. ZIP64 where sizes need it.
class ZipWriter {
public:
    /// The file must outlive the writer.
    explicit ZipWriter(AtomicFile& file) : file_(file) {}

    /// Less than 4 GiB; every name once.
    void add(const std::string& name, std::span<const std::uint8_t> bytes);
    void add(const std::string& name, const std::string& text);
    /// The list of members; nothing can be added afterwards.
    void finish();

private:
    struct Member {
        std::string name{};
        std::uint64_t size = 0, header = 0;
        std::uint32_t crc = 0;
    };
    void write(const std::string& bytes);

    AtomicFile& file_;
    std::vector<Member> members_{};
    std::uint64_t written_ = 0;
};

} // namespace lacuna
