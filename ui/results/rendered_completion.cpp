// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/results/rendered_completion.h"

#include <algorithm>
#include <cmath>

#include "ui/results/result_card.h"

namespace lacuna::ui {
namespace {

constexpr double surroundings = 1.5; ///< a thumbnail is this much larger than the hole
constexpr int thumbnailScale = 2;    ///< for screens with many pixels

/// `length` around the middle of [first, last], inside [0, limit).
int placed(int first, int last, int length, int limit)
{
    return std::clamp((first + last + 1 - length) / 2, 0, std::max(0, limit - length));
}

} // namespace

QRect holeBounds(const Mask& mask)
{
    const Area box = mask.hole_box();
    return {box.x, box.y, box.width, box.height};
}

QRect thumbnailRect(const Mask& mask, QSize shape)
{
    const QRect hole = holeBounds(mask);
    const double unit =
        surroundings * std::max(double(hole.width()) / shape.width(), double(hole.height()) / shape.height());
    // The largest rectangle of this shape that fits the picture, if the wanted one does not.
    const double fitting =
        std::min({unit, double(mask.width) / shape.width(), double(mask.height) / shape.height()});
    const int width = std::max(1, int(std::lround(shape.width() * fitting)));
    const int height = std::max(1, int(std::lround(shape.height() * fitting)));
    return {placed(hole.left(), hole.right(), width, mask.width),
            placed(hole.top(), hole.bottom(), height, mask.height), width, height};
}

RenderedCompletion renderCompletion(const FilledSet& filled, int index)
{
    const FillRequest& request = filled.request;
    const Completion& completion = filled.set.completions[std::size_t(index)];
    const Picture picture = composite(request.picture, request.mask, completion);
    const auto part = [&picture](QRect rect) {
        return crop(picture, rect.x(), rect.y(), rect.width(), rect.height());
    };

    RenderedCompletion result;
    const QRect hole = holeBounds(request.mask);
    result.region = {hole.topLeft(), std::make_shared<const Pyramid>(part(hole))};
    const Picture surrounding = to_rgb8(part(thumbnailRect(request.mask, ResultCard::pictureSize)));
    result.thumbnail = asImage(thumbnail(surrounding, thumbnailScale * ResultCard::pictureSize.width()))
                           .convertToFormat(QImage::Format_RGB32);
    result.changedSamples = known_pixels_changed(request.picture, picture, request.mask);
    const std::size_t pixels = std::size_t(picture.width) * picture.height;
    result.knownSamples = (pixels - request.mask.hole_pixels()) * std::size_t(picture.channels);
    return result;
}

} // namespace lacuna::ui
