// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lens/heat.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace lacuna::ui {
namespace {

/// Red, green, blue and how opaque, at equal steps.
constexpr std::array<std::array<double, 4>, 5> stops{{{30, 10, 70, 0.0},
                                                      {110, 25, 130, 0.62},
                                                      {215, 60, 80, 0.74},
                                                      {250, 150, 40, 0.82},
                                                      {252, 250, 190, 0.9}}};

} // namespace

QColor heatColour(double share)
{
    const double place = std::clamp(share, 0.0, 1.0) * (stops.size() - 1);
    const auto below = std::min(std::size_t(place), stops.size() - 2);
    const double t = place - double(below);
    const auto mixed = [&](std::size_t i) {
        return stops[below][i] + (stops[below + 1][i] - stops[below][i]) * t;
    };
    return {int(std::lround(mixed(0))), int(std::lround(mixed(1))), int(std::lround(mixed(2))),
            int(std::lround(255 * mixed(3)))};
}

QImage heatImage(const SpreadMap& map)
{
    std::array<QRgb, 256> colours{};
    for (std::size_t i = 0; i < colours.size(); ++i)
        colours[i] = qPremultiply(heatColour(double(i) / 255).rgba());
    QImage image(map.grid.width, map.grid.height, QImage::Format_ARGB32_Premultiplied);
    for (int v = 0; v < map.grid.height; ++v) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(v));
        for (int u = 0; u < map.grid.width; ++u) {
            const float gray = map.gray[std::size_t(v) * std::size_t(map.grid.width) + std::size_t(u)];
            line[u] = gray > 0 ? colours[std::size_t(std::lround(255 * gray / map.largest))] : 0;
        }
    }
    return image;
}

QPainterPath outline(const PixelRegion& region)
{
    const HoleGrid& grid = region.grid;
    QPainterPath path;
    const auto inside = [&](int u, int v) {
        return u >= 0 && v >= 0 && u < grid.width && v < grid.height
               && region.inside[std::size_t(v) * std::size_t(grid.width) + std::size_t(u)];
    };
    const auto line = [&](int u0, int v0, int u1, int v1) {
        path.moveTo(grid.area.x + u0 * grid.step, grid.area.y + v0 * grid.step);
        path.lineTo(grid.area.x + u1 * grid.step, grid.area.y + v1 * grid.step);
    };
    for (int v = 0; v <= grid.height; ++v) // runs of pixels with a border above
        for (int u = 0; u < grid.width;) {
            int end = u;
            while (end < grid.width && inside(end, v) != inside(end, v - 1))
                ++end;
            if (end > u)
                line(u, v, end, v);
            u = std::max(end, u + 1);
        }
    for (int u = 0; u <= grid.width; ++u) // and at the left
        for (int v = 0; v < grid.height;) {
            int end = v;
            while (end < grid.height && inside(u, end) != inside(u - 1, end))
                ++end;
            if (end > v)
                line(u, v, u, end);
            v = std::max(end, v + 1);
        }
    return path;
}

} // namespace lacuna::ui
