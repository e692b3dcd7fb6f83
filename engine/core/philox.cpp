// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/philox.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lacuna {

namespace {

constexpr std::uint64_t multiplier_0 = 0xD2511F53, multiplier_1 = 0xCD9E8D57;
constexpr std::uint32_t weyl_0 = 0x9E3779B9, weyl_1 = 0xBB67AE85;

PhiloxBlock stream_block(const DrawStream& stream, std::uint64_t block)
{
    return philox4x32(
        {static_cast<std::uint32_t>(block), stream.member, stream.step, stream.purpose},
        {static_cast<std::uint32_t>(stream.seed), static_cast<std::uint32_t>(stream.seed >> 32)});
}

/// Two independent normals from two words; the radius uses (0, 1], so the logarithm is finite.
std::array<float, 2> box_muller(std::uint32_t a, std::uint32_t b)
{
    const double radius = std::sqrt(-2 * std::log((a + 1.0) / 4294967296.0));
    const double angle = 2 * std::numbers::pi * (b / 4294967296.0);
    return {static_cast<float>(radius * std::cos(angle)), static_cast<float>(radius * std::sin(angle))};
}

} // namespace

PhiloxBlock philox4x32(PhiloxBlock counter, PhiloxKey key)
{
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t product_0 = multiplier_0 * counter[0];
        const std::uint64_t product_1 = multiplier_1 * counter[2];
        counter = {static_cast<std::uint32_t>(product_1 >> 32) ^ counter[1] ^ key[0],
                   static_cast<std::uint32_t>(product_1),
                   static_cast<std::uint32_t>(product_0 >> 32) ^ counter[3] ^ key[1],
                   static_cast<std::uint32_t>(product_0)};
        key = {key[0] + weyl_0, key[1] + weyl_1};
    }
    return counter;
}

void standard_normals(const DrawStream& stream, float* values, std::size_t count)
{
    for (std::size_t start = 0; start < count; start += 4) {
        const PhiloxBlock words = stream_block(stream, start / 4);
        const auto first = box_muller(words[0], words[1]);
        const auto second = box_muller(words[2], words[3]);
        const std::array<float, 4> normals{first[0], first[1], second[0], second[1]};
        std::copy_n(normals.begin(), std::min<std::size_t>(4, count - start), values + start);
    }
}

double uniform(const DrawStream& stream, std::uint64_t index)
{
    const PhiloxBlock words = stream_block(stream, index / 2);
    const std::size_t pair = index % 2 * 2;
    const std::uint64_t bits = (std::uint64_t(words[pair]) << 32 | words[pair + 1]) >> 11;
    return static_cast<double>(bits) / 9007199254740992.0;
}

} // namespace lacuna
