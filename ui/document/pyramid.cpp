// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/pyramid.h"

#include <algorithm>

namespace lacuna::ui {
namespace {

constexpr int smallest = 64;                 ///< no level has a longer side below this
constexpr qint64 convertedPixels = 16 << 20; ///< up to this size level 0 is kept in the screen's own format

QSize halved(QSize size)
{
    return {(size.width() + 1) / 2, (size.height() + 1) / 2};
}

/// Averages 2 x 2 pixels; the last row and column of odd sizes repeat.
template <typename Read> void halveRow(QRgb* to, int width, const Read& read, int sourceWidth)
{
    for (int x = 0; x < width; ++x) {
        const int a = 2 * x;
        const int b = std::min(a + 1, sourceWidth - 1);
        int sum[3] = {};
        for (const int at : {a, b})
            for (int line = 0; line < 2; ++line) {
                const auto [r, g, blue] = read(line, at);
                sum[0] += r;
                sum[1] += g;
                sum[2] += blue;
            }
        to[x] = qRgb((sum[0] + 2) / 4, (sum[1] + 2) / 4, (sum[2] + 2) / 4);
    }
}

struct Rgb {
    int r, g, b;
};

QImage halve(const QImage& from)
{
    QImage to(halved(from.size()), QImage::Format_RGB32);
    const bool bytes = from.format() == QImage::Format_RGB888;
    for (int y = 0; y < to.height(); ++y) {
        const uchar* lines[2] = {from.constScanLine(2 * y),
                                 from.constScanLine(std::min(2 * y + 1, from.height() - 1))};
        auto* row = reinterpret_cast<QRgb*>(to.scanLine(y));
        if (bytes)
            halveRow(
                row, to.width(),
                [&lines](int line, int x) {
                    const uchar* p = lines[line] + 3 * x;
                    return Rgb{p[0], p[1], p[2]};
                },
                from.width());
        else
            halveRow(
                row, to.width(),
                [&lines](int line, int x) {
                    const QRgb p = reinterpret_cast<const QRgb*>(lines[line])[x];
                    return Rgb{qRed(p), qGreen(p), qBlue(p)};
                },
                from.width());
    }
    return to;
}

int levelAt(double zoom, int levels)
{
    int level = 0;
    while (level + 1 < levels && zoom * (2 << level) <= 1.0)
        ++level;
    return level;
}

/// Averages the pixels of `to` inside `changed` from 2 x 2 pixels of `from`.
void halveMask(const QImage& from, QImage& to, QRect changed)
{
    for (int y = changed.top(); y <= changed.bottom(); ++y) {
        const uchar* above = from.constScanLine(2 * y);
        const uchar* below = from.constScanLine(std::min(2 * y + 1, from.height() - 1));
        uchar* row = to.scanLine(y);
        for (int x = changed.left(); x <= changed.right(); ++x) {
            const int a = 2 * x;
            const int b = std::min(a + 1, from.width() - 1);
            row[x] = uchar((above[a] + above[b] + below[a] + below[b] + 2) / 4);
        }
    }
}

} // namespace

QImage asImage(const Picture& rgb8)
{
    if (rgb8.empty())
        return {};
    auto* keeper = new std::shared_ptr(rgb8.bytes); // deleted by the image's clean-up function
    return QImage(
        rgb8.bytes->data(), rgb8.width, rgb8.height, qsizetype(rgb8.row_bytes()), QImage::Format_RGB888,
        [](void* held) { delete static_cast<decltype(keeper)>(held); }, keeper);
}

Pyramid::Pyramid(const Picture& picture)
{
    QImage full = asImage(picture.channels == 3 && picture.bits == 8 ? picture : to_rgb8(picture));
    if (qint64(full.width()) * full.height() <= convertedPixels)
        full = full.convertToFormat(QImage::Format_RGB32);
    levels_.push_back(std::move(full));
    while (std::max(levels_.back().width(), levels_.back().height()) > smallest)
        levels_.push_back(halve(levels_.back()));
}

int Pyramid::levelFor(double zoom) const
{
    return levelAt(zoom, int(levels_.size()));
}

qint64 Pyramid::bytes() const
{
    qint64 sum = 0;
    for (const QImage& level : levels_)
        sum += level.sizeInBytes();
    return sum;
}

void MaskPyramid::reset(const Mask& mask, bool hasHole)
{
    levels_.clear();
    QSize size(mask.width, mask.height);
    while (std::max(size.width(), size.height()) > smallest) {
        size = halved(size);
        levels_.emplace_back(size, QImage::Format_Alpha8).fill(0);
    }
    if (hasHole)
        update(mask, QRect(0, 0, mask.width, mask.height));
}

void MaskPyramid::update(const Mask& mask, QRect changed)
{
    QImage from = level(mask, 0);
    for (QImage& to : levels_) {
        changed = QRect(QPoint(changed.left() / 2, changed.top() / 2),
                        QPoint(changed.right() / 2, changed.bottom() / 2))
                      .intersected(to.rect());
        halveMask(from, to, changed);
        from = QImage(to.constBits(), to.width(), to.height(), to.bytesPerLine(), QImage::Format_Alpha8);
    }
}

int MaskPyramid::levelFor(double zoom) const
{
    return levelAt(zoom, int(levels_.size()) + 1);
}

QImage MaskPyramid::level(const Mask& mask, int k) const
{
    if (k > 0)
        return levels_[std::size_t(k - 1)];
    return QImage(mask.values.data(), mask.width, mask.height, mask.width, QImage::Format_Alpha8);
}

} // namespace lacuna::ui
