// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace lacuna {

using PhiloxBlock = std::array<std::uint32_t, 4>;
using PhiloxKey = std::array<std::uint32_t, 2>;

/// Philox4x32 with 10 rounds: 128 random bits as a pure function of counter and key.
/// Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3", sec. 3.3.
PhiloxBlock philox4x32(PhiloxBlock counter, PhiloxKey key);

/// Names a stream of draws. Element i of a stream is a function of these four numbers and i alone.
struct DrawStream {
    std::uint64_t seed = 0;
    std::uint32_t member = 0;
    std::uint32_t step = 0;
    std::uint32_t purpose = 0;
};

/// Elements 0 .. count-1 of the stream as standard normals: Box-Muller in double, rounded to float.
/// count at most 2^34.
void standard_normals(const DrawStream&, float* values, std::size_t count);

/// Element `index` of the stream as a uniform number in [0, 1) with 53 random bits.
double uniform(const DrawStream&, std::uint64_t index);

} // namespace lacuna
