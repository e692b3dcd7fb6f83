// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/checkpoint/crc32.h"

#include <array>
#include <cstring>

#include <zlib.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace lacuna {

namespace {

std::uint32_t table_crc32(std::uint32_t crc, std::span<const std::uint8_t> bytes)
{
    return static_cast<std::uint32_t>(::crc32_z(crc, bytes.data(), bytes.size()));
}

#if defined(__x86_64__)

/// Four neighbouring blocks of 16 bytes are multiplied by x^512 modulo the polynomial and added to the next four,
/// until four are left, whose remainder is that of the whole; about ten times faster than a table.
/// Gopal et al. 2009, "Fast CRC computation for generic polynomials using PCLMULQDQ".
__attribute__((target("pclmul,sse4.1"))) std::uint32_t folded_crc32(std::uint32_t crc,
                                                                    std::span<const std::uint8_t> bytes)
{
    constexpr std::size_t block = 16, stride = 4 * block;
    const __m128i powers = _mm_set_epi64x(0x1c6e41596, 0x154442bd4); // x^480 and x^544, bits reflected
    const auto load = [](const std::uint8_t* from) {
        return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
    };
    __m128i sums[4];
    for (std::size_t i = 0; i < 4; ++i)
        sums[i] = load(bytes.data() + i * block);
    sums[0] = _mm_xor_si128(sums[0], _mm_cvtsi32_si128(static_cast<int>(~crc)));
    std::size_t at = stride;
    for (; at + stride <= bytes.size(); at += stride)
        for (std::size_t i = 0; i < 4; ++i) {
            const __m128i low = _mm_clmulepi64_si128(sums[i], powers, 0x00);
            const __m128i high = _mm_clmulepi64_si128(sums[i], powers, 0x11);
            sums[i] = _mm_xor_si128(_mm_xor_si128(low, high), load(bytes.data() + at + i * block));
        }
    std::array<std::uint8_t, stride> left{};
    std::memcpy(left.data(), sums, stride);
    // Its register begins with zero, because the first bytes already hold that of the start.
    return table_crc32(table_crc32(0xFFFFFFFF, left), bytes.subspan(at));
}

#endif

} // namespace

std::uint32_t crc32(std::uint32_t crc, std::span<const std::uint8_t> bytes)
{
#if defined(__x86_64__)
    static const bool can_multiply = __builtin_cpu_supports("pclmul") && __builtin_cpu_supports("sse4.1");
    if (can_multiply && bytes.size() >= 256)
        return folded_crc32(crc, bytes);
#endif
    return table_crc32(crc, bytes);
}

void refuse_checksum(const ByteSource& source, const std::string& member, std::uint32_t expected)
{
    if (expected == 0) // torch can be told not to compute checksums
        source.refuse("has no checksum for " + in_quotes(member) + ", so damage could not be noticed",
                      "Save it with checksums or as safetensors");
    source.refuse("is damaged: the checksum of " + in_quotes(member) + " differs", "Download it again");
}

} // namespace lacuna
