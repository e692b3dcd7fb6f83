// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/scene_noise.h"

#include <algorithm>
#include <cmath>

namespace lacuna::scenes {

namespace {

/// The dot product of a lattice point's pseudo-random gradient with the offset to it.
float gradient(std::uint32_t bits, float dx, float dy)
{
    // A table, because a switch on random bits is mispredicted most of the time.
    static constexpr float kDiagonal = 0.70710678f;
    static constexpr float kX[8] = {1, -1, 0, 0, kDiagonal, kDiagonal, -kDiagonal, -kDiagonal};
    static constexpr float kY[8] = {0, 0, 1, -1, kDiagonal, -kDiagonal, kDiagonal, -kDiagonal};
    return kX[bits & 7U] * dx + kY[bits & 7U] * dy;
}

float fade(float t)
{
    return t * t * t * (t * (t * 6.0f - 15.0f) + 10.0f);
}

} // namespace

float noise(float x, float y, std::uint32_t seed)
{
    const float floor_x = std::floor(x), floor_y = std::floor(y);
    const int ix = int(floor_x), iy = int(floor_y);
    const float dx = x - floor_x, dy = y - floor_y;
    const float u = fade(dx), v = fade(dy);
    const float a = gradient(hash(ix, iy, seed), dx, dy);
    const float b = gradient(hash(ix + 1, iy, seed), dx - 1, dy);
    const float c = gradient(hash(ix, iy + 1, seed), dx, dy - 1);
    const float d = gradient(hash(ix + 1, iy + 1, seed), dx - 1, dy - 1);
    const float top = a + (b - a) * u, bottom = c + (d - c) * u;
    return 1.5f * (top + (bottom - top) * v);
}

float fbm(float x, float y, int octaves, std::uint32_t seed)
{
    float sum = 0, weight = 0.5f;
    for (int i = 0; i < octaves; ++i) {
        sum += weight * noise(x, y, seed + std::uint32_t(i));
        // Each octave is turned a little, so that the lattices do not line up.
        const float turned = 1.62f * x - 1.2f * y + 17.3f;
        y = 1.2f * x + 1.62f * y - 9.1f;
        x = turned;
        weight *= 0.5f;
    }
    return sum;
}

float ridged(float x, float y, int octaves, std::uint32_t seed)
{
    float sum = 0, weight = 0.5f;
    for (int i = 0; i < octaves; ++i) {
        const float fold = 1.0f - std::min(1.0f, std::fabs(noise(x, y, seed + std::uint32_t(i))));
        sum += weight * fold * fold;
        const float turned = 1.62f * x - 1.2f * y + 5.7f;
        y = 1.2f * x + 1.62f * y + 3.3f;
        x = turned;
        weight *= 0.5f;
    }
    return sum;
}

Cell cell_noise(float x, float y, std::uint32_t seed)
{
    const int ix = int(std::floor(x)), iy = int(std::floor(y));
    Cell cell{9, 9, 0};
    for (int j = iy - 1; j <= iy + 1; ++j)
        for (int i = ix - 1; i <= ix + 1; ++i) {
            const std::uint32_t id = hash(i, j, seed);
            const float dx = float(i) + unit(id) - x, dy = float(j) + unit(hash(id)) - y;
            const float distance = std::sqrt(dx * dx + dy * dy);
            if (distance < cell.nearest) {
                cell.second = cell.nearest;
                cell.nearest = distance;
                cell.id = id;
            } else {
                cell.second = std::min(cell.second, distance);
            }
        }
    return cell;
}

} // namespace lacuna::scenes
