// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/worlds/bedroom_symmetry.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/error.h"
#include "engine/scenes/worlds/bedroom_room.h"

namespace lacuna::scenes {

namespace {

constexpr int kCells = 64, kBands = 4, kFarthestAxis = 4;

/// Y, Cb and Cr of one cell.
struct Tone {
    double y = 0, cb = 0, cr = 0;
    Tone operator+(Tone o) const { return {y + o.y, cb + o.cb, cr + o.cr}; }
    Tone operator*(double f) const { return {y * f, cb * f, cr * f}; }
};
using Tones = std::array<Tone, kCells * kCells>;

Tone tone(const std::uint8_t* rgb)
{
    const double r = rgb[0] / 255.0, g = rgb[1] / 255.0, b = rgb[2] / 255.0;
    const double y = 0.299 * r + 0.587 * g + 0.114 * b;
    return {y, (b - y) / 1.772, (r - y) / 1.402};
}

/// The pixels first to last, at least one, that a cell takes from a side of `size` pixels.
std::array<int, 2> pixels_of(int cell, int size)
{
    const int first = cell * size / kCells;
    return {first, std::max(first + 1, (cell + 1) * size / kCells)};
}

Tones averaged(const Picture& rgb)
{
    Tones cells;
    for (int v = 0; v < kCells; ++v)
        for (int u = 0; u < kCells; ++u) {
            const auto [top, bottom] = pixels_of(v, rgb.height);
            const auto [left, right] = pixels_of(u, rgb.width);
            Tone sum;
            for (int y = top; y < bottom; ++y)
                for (int x = left; x < right; ++x)
                    sum = sum + tone(rgb.row(y) + 3 * x);
            cells[std::size_t(v * kCells + u)] = sum * (1.0 / ((bottom - top) * (right - left)));
        }
    return cells;
}

/// Along one direction: neighbours are `step` cells apart, lines `line` cells; the border is repeated.
Tones blurred(const Tones& cells, int step, int line)
{
    constexpr std::array<double, 5> kWeights{1 / 16.0, 4 / 16.0, 6 / 16.0, 4 / 16.0, 1 / 16.0};
    Tones result;
    for (int l = 0; l < kCells; ++l)
        for (int i = 0; i < kCells; ++i)
            for (int k = -2; k <= 2; ++k) {
                const int from = std::clamp(i + k, 0, kCells - 1);
                Tone& sum = result[std::size_t(l * line + i * step)];
                sum = sum + cells[std::size_t(l * line + from * step)] * kWeights[std::size_t(k + 2)];
            }
    return result;
}

double weight(int x, int y)
{
    const Point q{(float(x) + 0.5f) / kCells - 0.5f, (float(y) + 0.5f) / kCells};
    return lamps_region(q) <= 0 ? 8.0 : std::abs(q.x) > kWallHalf ? 0.25 : 1.0;
}

struct Sum {
    double errors = 0, weights = 0;
    double mean() const { return errors / weights; }
};

/// Compares the cells of a band of rows with their mirror images about the axis at (kCells + shift) / 2.
Sum compared(const Tones& cells, int band, int shift)
{
    Sum sum;
    for (int y = band * kCells / kBands; y < (band + 1) * kCells / kBands; ++y)
        for (int x = std::max(0, shift), other = kCells - 1 + shift - x; x < other; ++x, --other) {
            if (other >= kCells)
                continue;
            const Tone& a = cells[std::size_t(y * kCells + x)];
            const Tone& b = cells[std::size_t(y * kCells + other)];
            const double error = std::abs(a.y - b.y) + 0.5 * (std::abs(a.cb - b.cb) + std::abs(a.cr - b.cr));
            sum.errors += weight(x, y) * error;
            sum.weights += weight(x, y);
        }
    return sum;
}

} // namespace

double symmetry_score(const Picture& picture)
{
    check(picture.width >= 32 && picture.height >= 32, "a picture of at least 32 pixels a side");
    const Tones cells = blurred(blurred(averaged(to_rgb8(picture)), 1, kCells), kCells, 1);
    Sum total;
    for (int band = 0; band < kBands; ++band) {
        Sum best = compared(cells, band, 0);
        for (int shift = -kFarthestAxis; shift <= kFarthestAxis; ++shift) {
            const Sum sum = compared(cells, band, shift);
            if (sum.mean() < best.mean())
                best = sum;
        }
        total.errors += best.errors;
        total.weights += best.weights;
    }
    return 1 - std::min(1.0, total.mean() / kUnlikeHalves);
}

} // namespace lacuna::scenes
