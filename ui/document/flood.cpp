// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/flood.h"

#include <cstdlib>
#include <vector>

namespace lacuna::ui {
namespace {

/// Which pixels are similar and not yet taken.
class Similar {
public:
    Similar(const QImage& picture, QPoint seed, int tolerance)
        : picture_(picture),
          bytes_(picture.format() == QImage::Format_RGB888),
          tolerance_(tolerance),
          colour_(pixel(seed.x(), seed.y())),
          taken_(std::size_t(picture.width()) * picture.height())
    {
    }

    bool free(int x, int y) const
    {
        if (taken_[at(x, y)])
            return false;
        const QRgb other = pixel(x, y);
        return std::abs(qRed(other) - qRed(colour_)) <= tolerance_
               && std::abs(qGreen(other) - qGreen(colour_)) <= tolerance_
               && std::abs(qBlue(other) - qBlue(colour_)) <= tolerance_;
    }
    void take(int x, int y) { taken_[at(x, y)] = true; }

private:
    std::size_t at(int x, int y) const { return std::size_t(y) * picture_.width() + x; }
    QRgb pixel(int x, int y) const
    {
        const uchar* line = picture_.constScanLine(y);
        if (!bytes_)
            return reinterpret_cast<const QRgb*>(line)[x];
        return qRgb(line[3 * x], line[3 * x + 1], line[3 * x + 2]);
    }

    const QImage& picture_;
    bool bytes_;
    int tolerance_;
    QRgb colour_;
    std::vector<bool> taken_;
};

} // namespace

void floodSimilar(const QImage& picture, QPoint seed, int tolerance, const SpanSink& sink)
{
    if (!picture.rect().contains(seed))
        return;
    Similar similar(picture, seed, tolerance);
    std::vector<QPoint> seeds{seed};
    while (!seeds.empty()) {
        const QPoint at = seeds.back();
        seeds.pop_back();
        if (!similar.free(at.x(), at.y()))
            continue;
        // The whole run of the row, then one seed for each run that touches it above and below.
        int first = at.x(), past = at.x() + 1;
        while (first > 0 && similar.free(first - 1, at.y()))
            --first;
        while (past < picture.width() && similar.free(past, at.y()))
            ++past;
        for (int x = first; x < past; ++x)
            similar.take(x, at.y());
        sink(at.y(), first, past);
        for (const int y : {at.y() - 1, at.y() + 1}) {
            if (y < 0 || y >= picture.height())
                continue;
            bool inside = false;
            for (int x = first; x < past; ++x) {
                const bool free = similar.free(x, y);
                if (free && !inside)
                    seeds.push_back({x, y});
                inside = free;
            }
        }
    }
}

} // namespace lacuna::ui
