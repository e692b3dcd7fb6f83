// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/canvas/mask_overlay.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "ui/mask/mask_look.h"

namespace lacuna::ui {
namespace {

constexpr int outside = -1;

/// For each device pixel of a row or column, which pixel of the mask's level it shows.
std::vector<int> sources(int first, int count, double origin, double scale, int limit)
{
    std::vector<int> result(std::size_t(count), outside);
    for (int i = 0; i < count; ++i) {
        const double at = std::floor((first + i + 0.5 - origin) / scale);
        if (at >= 0 && at < limit)
            result[std::size_t(i)] = int(at);
    }
    return result;
}

/// How much of each device pixel is hole, with a border of one pixel around the part.
struct Coverage {
    int width = 0;
    std::vector<uchar> values{};
    bool any = false;

    const uchar* row(int y) const { return values.data() + std::size_t(y) * width; }
};

Coverage sample(const QImage& level, const CanvasView& view, double scale, QRect device)
{
    const QRect wide = device.adjusted(-1, -1, 1, 1);
    const QPointF origin = view.origin() * view.ratio();
    const auto xs = sources(wide.left(), wide.width(), origin.x(), scale, level.width());
    const auto ys = sources(wide.top(), wide.height(), origin.y(), scale, level.height());
    Coverage result{wide.width(), std::vector<uchar>(std::size_t(wide.width()) * wide.height()), false};
    for (int y = 0; y < wide.height(); ++y) {
        if (ys[std::size_t(y)] == outside)
            continue;
        const uchar* from = level.constScanLine(ys[std::size_t(y)]);
        uchar* to = result.values.data() + std::size_t(y) * wide.width();
        uchar seen = 0;
        for (int x = 0; x < wide.width(); ++x)
            if (xs[std::size_t(x)] != outside)
                seen |= to[x] = from[xs[std::size_t(x)]];
        result.any = result.any || seen;
    }
    return result;
}

QRgb shade(QRgb colour, int alpha)
{
    return qPremultiply(qRgba(qRed(colour), qGreen(colour), qBlue(colour), alpha));
}

QRgb weakened(QRgb premultiplied, int coverage)
{
    const auto part = [coverage](int value) { return value * coverage / 255; };
    return qRgba(part(qRed(premultiplied)), part(qGreen(premultiplied)), part(qBlue(premultiplied)),
                 part(qAlpha(premultiplied)));
}

} // namespace

QImage maskOverlay(const Mask& mask, const MaskPyramid& pyramid, const CanvasView& view, QRect part)
{
    const double ratio = view.ratio();
    const QRect device = QRectF(QPointF(part.topLeft()) * ratio, QSizeF(part.size()) * ratio).toAlignedRect();
    const int k = pyramid.levelFor(view.zoom());
    const Coverage coverage = sample(pyramid.level(mask, k), view, view.zoom() * (1 << k), device);
    if (!coverage.any)
        return {};

    const MaskLook look = maskLook();
    const bool outlineOnly = look.style == MaskLook::Style::Outline;
    const QRgb fill = outlineOnly ? 0 : shade(look.rgb(), look.style == MaskLook::Style::Solid ? 150 : 92);
    const QRgb line = look.style == MaskLook::Style::Hatch ? shade(qRgb(255, 255, 255), 96) : fill;
    const QRgb innerEdge = shade(look.rgb(), 255);
    const QRgb outerEdge = shade(qRgb(255, 255, 255), 190);
    const int period = int(std::lround(9 * ratio));
    const int lineWidth = std::max(1, int(std::lround(ratio)));
    const QPoint anchor = (view.origin() * ratio).toPoint(); // the hatch moves with the picture
    const auto hatched = [&](int x, int y) {
        const int phase = (x - anchor.x() + y - anchor.y()) % period;
        return (phase < 0 ? phase + period : phase) < lineWidth;
    };

    QImage result(device.size(), QImage::Format_ARGB32_Premultiplied);
    for (int y = 0; y < device.height(); ++y) {
        const uchar* above = coverage.row(y) + 1;
        const uchar* here = coverage.row(y + 1) + 1;
        const uchar* below = coverage.row(y + 2) + 1;
        auto* row = reinterpret_cast<QRgb*>(result.scanLine(y));
        for (int x = 0; x < device.width(); ++x) {
            const bool hole = here[x] >= 128;
            const int holes =
                (above[x] >= 128) + (below[x] >= 128) + (here[x - 1] >= 128) + (here[x + 1] >= 128);
            if (hole && holes < 4)
                row[x] = innerEdge;
            else if (!hole && holes > 0)
                row[x] = outerEdge;
            else if (!here[x])
                row[x] = 0;
            else
                row[x] = weakened(hatched(device.x() + x, device.y() + y) ? line : fill, here[x]);
        }
    }
    result.setDevicePixelRatio(ratio);
    return result;
}

} // namespace lacuna::ui
