// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace lacuna::scenes {

/// Mixes 32 bits so that neighbouring inputs give unrelated outputs.
constexpr std::uint32_t hash(std::uint32_t x)
{
    x ^= x >> 16;
    x *= 0x7feb352dU;
    x ^= x >> 15;
    x *= 0x846ca68bU;
    return x ^ (x >> 16);
}

/// One hash of a lattice point.
constexpr std::uint32_t hash(int x, int y, std::uint32_t seed)
{
    return hash(std::uint32_t(x) * 0x9e3779b1U ^ hash(std::uint32_t(y) * 0x85ebca77U ^ seed * 0xc2b2ae3dU));
}

/// The upper 24 bits as a number in [0, 1).
constexpr float unit(std::uint32_t bits)
{
    return float(bits >> 8) * (1.0f / 16777216.0f);
}

/// A small counter-based generator: the same seed gives the same numbers everywhere.
class Random {
public:
    explicit Random(std::uint32_t seed) : state_(hash(seed)) {}
    float next() { return unit(hash(state_ += 0x9e3779b9U)); }
    float range(float low, float high) { return low + (high - low) * next(); }
    /// About normal: mean 0, standard deviation 1, never beyond 3.5.
    float normal() { return (next() + next() + next() + next() - 2.0f) * 1.7320508f; }
    bool chance(float probability) { return next() < probability; }
    int below(int count) { return int(next() * float(count)); }

private:
    std::uint32_t state_;
};

/// Smooth gradient noise, about -1 to 1.
float noise(float x, float y, std::uint32_t seed);

/// Several octaves of gradient noise, about -1 to 1.
float fbm(float x, float y, int octaves, std::uint32_t seed);

/// Octaves of folded noise: sharp ridges at 1, valleys near 0.
float ridged(float x, float y, int octaves, std::uint32_t seed);

/// The nearest point of a jittered grid: how far it is, how far the next one is, and which it is.
struct Cell {
    float nearest = 0;
    float second = 0;
    std::uint32_t id = 0;
};
Cell cell_noise(float x, float y, std::uint32_t seed);

} // namespace lacuna::scenes
