// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shots/rendered_run.h"

#include <algorithm>

#include "engine/session/disagreement.h"
#include "engine/session/expected_cost.h"
#include "ui/gallery/gallery_card.h"
#include "ui/results/rendered_completion.h"
#include "ui/shots/rendered_pool.h"

namespace lacuna::ui {
namespace {

constexpr int known = 20;          ///< fills whose mean stands for what is expected of all
constexpr double firstShare = 0.2; ///< share of its final distance that a member has at first

/// How far each member is from its nearest mate, in grey levels.
std::vector<double> nearest(const std::vector<Completion>& members, const Mask& mask)
{
    std::vector<double> result(members.size(), 255);
    for (std::size_t i = 0; i < members.size(); ++i)
        for (std::size_t k = 0; k < members.size(); ++k)
            if (i != k)
                result[i] = std::min(result[i], distance_gray(members[i], members[k], mask));
    return result;
}

/// A fill half way to the mean of all: what a model expects in the middle of its noise.
Completion blurred(const Completion& fill, const std::vector<Completion>& all)
{
    Completion result = fill;
    Picture& pixels = result.patches.front().pixels;
    const Picture& sharp = fill.patches.front().pixels;
    pixels = make_picture(sharp.width, sharp.height, sharp.channels, 8, [&](std::uint8_t* to) {
        for (int y = 0; y < sharp.height; ++y)
            for (int x = 0; x < sharp.width * sharp.channels; ++x) {
                int sum = 0;
                for (const Completion& one : all)
                    sum += one.patches.front().pixels.row(y)[x];
                *to++ = std::uint8_t((sharp.row(y)[x] + sum / int(all.size())) / 2);
            }
    });
    return result;
}

} // namespace

std::vector<Progress> renderedRun(const FillRequest& request, int native)
{
    const LoadedPicture portrait = renderedPortrait();
    const auto pool = renderedPool(portrait, known);
    const std::vector<Completion> members(pool->candidates.begin(),
                                          pool->candidates.begin() + request.recipe.count);
    const std::vector<double> ends = nearest(members, request.mask);
    const int total = expected_cost(request.recipe, request.mask, native).calls, half = total / 2;
    std::vector<Progress> reports;
    for (int done = 1; done <= half; ++done) {
        Progress report{.phase = "Sampling", .done = done, .total = total};
        report.distances = {.evaluation = done,
                            .evaluations = total,
                            .bound_gray = request.recipe.bound.value,
                            .members = {}};
        const double left = 1 - double(done) / total; // steep at first
        for (int i = 0; i < int(members.size()); ++i) {
            const double gray = ends[std::size_t(i)] * (1 - (1 - firstShare) * left * left);
            report.distances.members.push_back({i, gray, gray < request.recipe.bound.value});
        }
        reports.push_back(std::move(report));
    }
    Progress& last = reports.back();
    last.windows.push_back({{0, 0, request.picture.width, request.picture.height}, native, native});
    const QRect seen = thumbnailRect(request.mask, GalleryCard::pictureSize);
    for (const MemberDistance& one : last.distances.members) {
        const Picture whole = composite(request.picture, request.mask,
                                        blurred(members[std::size_t(one.member)], pool->candidates));
        last.previews.push_back({one.member, crop(whole, seen.x(), seen.y(), seen.width(), seen.height()),
                                 one.nearest_gray, one.pushed});
    }
    return reports;
}

} // namespace lacuna::ui
