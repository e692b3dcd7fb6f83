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
constexpr int bandRows = 256;        ///< at a time: a huge picture is never copied as a whole

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

/// What one completion shows in `rect`, as composite() makes it of the whole picture.
Picture composited(const FilledSet& filled, int index, QRect rect, int softEdge)
{
    const FillRequest& request = filled.request;
    const QRect seen = rect.adjusted(-softEdge, -softEdge, softEdge, softEdge)
                           .intersected(QRect(0, 0, request.picture.width, request.picture.height));
    const Picture part = composite(cut(request.picture, seen), cut(request.mask, seen),
                                   cut(filled.set.completions[std::size_t(index)], seen), softEdge);
    return seen == rect ? part : cut(part, rect.translated(-seen.topLeft()));
}

/// The same with `by` x `by` pixels averaged.
Picture reduced(const FilledSet& filled, int index, QRect rect, int by)
{
    const SharedProfile profile = profileOf(filled.request.picture);
    const int width = rect.width() / by, height = rect.height() / by;
    return make_picture(width, height, 3, 8, [&](std::uint8_t* to) {
        for (int y = 0; y < height; ++y) {
            const QRect rows(rect.left(), rect.top() + y * by, width * by, by);
            const Picture band = to_rgb8(asDisplayed(composited(filled, index, rows, 0), profile));
            to = std::copy_n(thumbnail(band, width).row(0), 3 * std::size_t(width), to);
        }
    });
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
    const Picture& picture = filled.request.picture;
    const Mask& mask = filled.request.mask;
    const SharedProfile profile = profileOf(picture);
    const int softEdge = filled.set.recipe.soft_edge;
    const QRect hole = holeBounds(mask);

    RenderedCompletion result;
    const auto band = [&](QRect rows, std::uint8_t*& to) {
        const Picture part = composited(filled, index, rows, softEdge);
        result.changedSamples += known_pixels_changed(cut(picture, rows), part, cut(mask, rows));
        const QRect shown = rows & hole;
        if (shown.isEmpty())
            return;
        const Picture rgb = to_rgb8(asDisplayed(cut(part, shown.translated(-rows.topLeft())), profile));
        to = std::copy(rgb.bytes->begin(), rgb.bytes->end(), to);
    };
    const Picture shown = make_picture(hole.width(), hole.height(), 3, 8, [&](std::uint8_t* to) {
        const int step = std::max(bandRows, 2 * softEdge);
        for (int y = 0; y < picture.height; y += step)
            band({0, y, picture.width, std::min(step, picture.height - y)}, to);
    });
    result.region = {hole.topLeft(), std::make_shared<const Pyramid>(shown)};
    result.knownPixels = mask.values.size() - mask.hole_pixels();
    result.knownSamples = result.knownPixels * std::size_t(picture.channels);
    return result;
}

QImage renderThumbnail(const FilledSet& filled, int index)
{
    const FillRequest& request = filled.request;
    const int longest = thumbnailScale * GalleryCard::pictureSize.width();
    const QRect rect = thumbnailRect(request.mask, GalleryCard::pictureSize);
    Picture part;
    if (const int by = rect.width() / (4 * longest); by > 1)
        part = reduced(filled, index, rect, by);
    else
        part = to_rgb8(asDisplayed(composite(cut(request.picture, rect), cut(request.mask, rect),
                                             cut(filled.set.completions[std::size_t(index)], rect),
                                             filled.set.recipe.soft_edge),
                                   profileOf(request.picture)));
    return asImage(thumbnail(part, longest)).convertToFormat(QImage::Format_RGB32);
}

} // namespace lacuna::ui
