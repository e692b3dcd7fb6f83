// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/results/rendered_completion.h"

#include <algorithm>
#include <cmath>

#include "ui/document/display_colours.h"
#include "ui/gallery/gallery_card.h"

namespace lacuna::ui {
namespace {

constexpr double surroundings = 1.5; ///< a thumbnail is this much larger than the hole
constexpr int thumbnailScale = 2;    ///< for screens with many pixels

Picture cut(const Picture& picture, QRect rect)
{
    return crop(picture, rect.x(), rect.y(), rect.width(), rect.height());
}

Mask cut(const Mask& mask, QRect rect)
{
    Mask part(rect.width(), rect.height());
    for (int y = 0; y < rect.height(); ++y)
        std::copy_n(mask.values.begin() + (std::ptrdiff_t(y) + rect.y()) * mask.width + rect.x(),
                    rect.width(), part.values.begin() + std::ptrdiff_t(y) * rect.width());
    return part;
}

Completion cut(const Completion& completion, QRect rect)
{
    Completion part;
    for (const Patch& patch : completion.patches) {
        const QRect place(patch.x, patch.y, patch.pixels.width, patch.pixels.height);
        if (const QRect common = place.intersected(rect); !common.isEmpty())
            part.patches.push_back({common.x() - rect.x(), common.y() - rect.y(),
                                    cut(patch.pixels, common.translated(-place.topLeft())), patch.raw});
    }
    return part;
}

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

SharedSet filledSet(const FillRequest& request, CompletionSet set)
{
    if (set.pool)
        set.completions = set.pool->candidates;
    return std::make_shared<const FilledSet>(FilledSet{request, std::move(set)});
}

SharedSet filledSet(const FillRequest& request, std::shared_ptr<const CandidatePool> pool)
{
    CompletionSet set;
    set.recipe = request.recipe;
    set.pool = std::move(pool);
    return filledSet(request, std::move(set));
}

RenderedCompletion renderCompletion(const FilledSet& filled, int index)
{
    const FillRequest& request = filled.request;
    const Completion& completion = filled.set.completions[std::size_t(index)];
    const Picture picture = composite(request.picture, request.mask, completion, filled.set.recipe.soft_edge);

    RenderedCompletion result;
    const QRect hole = holeBounds(request.mask);
    const Picture part = crop(picture, hole.x(), hole.y(), hole.width(), hole.height());
    result.region = {hole.topLeft(),
                     std::make_shared<const Pyramid>(asDisplayed(part, profileOf(request.picture)))};
    result.changedSamples = known_pixels_changed(request.picture, picture, request.mask);
    const std::size_t pixels = std::size_t(picture.width) * picture.height;
    result.knownPixels = pixels - request.mask.hole_pixels();
    result.knownSamples = result.knownPixels * std::size_t(picture.channels);
    return result;
}

QImage renderThumbnail(const FilledSet& filled, int index)
{
    const FillRequest& request = filled.request;
    const QRect rect = thumbnailRect(request.mask, GalleryCard::pictureSize);
    const Picture part =
        composite(cut(request.picture, rect), cut(request.mask, rect),
                  cut(filled.set.completions[std::size_t(index)], rect), filled.set.recipe.soft_edge);
    const Picture shown = asDisplayed(part, profileOf(request.picture));
    return asImage(thumbnail(to_rgb8(shown), thumbnailScale * GalleryCard::pictureSize.width()))
        .convertToFormat(QImage::Format_RGB32);
}

} // namespace lacuna::ui
