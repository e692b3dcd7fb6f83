// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/grouping.h"

#include <QRectF>

#include <algorithm>
#include <numeric>

namespace lacuna::ui {
namespace {

/// Rank of each row's distance to its neighbours, from 0 to 1.
std::vector<double> ranks(const FeatureRows& rows)
{
    const auto size = static_cast<std::size_t>(rows.size());
    std::vector<double> result(size, 0);
    if (size < 2)
        return result;
    const std::vector<double> rho = uniformization_neighbourhoods(rows).rho;
    std::vector<std::size_t> order(size);
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::stable_sort(order.begin(), order.end(),
                     [&rho](std::size_t a, std::size_t b) { return rho[a] < rho[b]; });
    for (std::size_t i = 0; i < size; ++i)
        result[order[i]] = double(i) / double(size - 1);
    return result;
}

std::vector<QPointF> placesOnMap(const FeatureRows& rows)
{
    std::vector<QPointF> result;
    QRectF box;
    for (int i = 0; i < rows.size(); ++i) {
        const double* row = rows.row(i);
        result.emplace_back(rows.columns() > 0 ? row[0] : 0, rows.columns() > 1 ? row[1] : 0);
        box = i == 0 ? QRectF(result[0], QSizeF()) : box.united(QRectF(result.back(), QSizeF(1e-9, 1e-9)));
    }
    const double extent = std::max({box.width(), box.height(), 1e-6});
    for (QPointF& place : result)
        place = (place - box.center()) / extent + QPointF(0.5, 0.5);
    return result;
}

/// The tree under other options, with the stars as pins; what is not pinned is chosen anew by grow_tree.
GalleryTree starred(const GalleryTree& tree, const GroupingWish& wish)
{
    const TreeSnapshot pinned = with_pins(tree, wish.stars);
    return {wish.options, pinned->candidates(), pinned->nodes(), pinned->nearest()};
}

void lookAtPool(Grouping& result, const GroupingWish& wish)
{
    result.rows = wish.region ? region_features(wish.pool->candidates, *wish.region)
                              : FeatureRows(wish.pool->features, wish.pool->columns);
    result.rarity = ranks(result.rows);
    result.places = placesOnMap(result.rows);
    if (!wish.guided && result.rows.size() > 0)
        result.unseen = lacuna::unseen(linked_kinds(result.rows, usual_step(result.rows)));
}

} // namespace

std::vector<Candidate> provenance(const CandidatePool& pool, std::uint64_t seed, bool guided)
{
    std::vector<Candidate> list;
    for (const Completion& one : pool.candidates)
        list.push_back({.seed = seed, .member = one.member, .guided = guided});
    return list;
}

SharedGrouping group(const GroupingWish& wish)
{
    const Grouping* before = wish.previous.get();
    auto result = std::make_shared<Grouping>();
    if (before && before->pool == wish.pool && before->region == wish.region) {
        *result = *before;
    } else {
        result->pool = wish.pool;
        result->region = wish.region;
        lookAtPool(*result, wish);
    }
    const std::vector<Candidate> candidates = provenance(*wish.pool, wish.seed, wish.guided);
    const int count = int(candidates.size());
    if (wish.stored && wish.stored->candidates() == candidates) {
        result->tree = wish.stored;
        result->chosenFrom = count;
        return result;
    }
    if (before && before->region == wish.region && !wish.anew) {
        result->tree = grow_tree(*before->tree, result->rows, candidates, Keep::Everything);
        result->chosenFrom = before->chosenFrom;
        result->choice = before->choice;
        return result;
    }
    result->tree = before && !wish.stars.empty()
                       ? grow_tree(starred(*before->tree, wish), result->rows, candidates, Keep::Pinned)
                       : build_tree(result->rows, candidates, wish.options);
    result->chosenFrom = count;
    result->choice = before ? before->choice + 1 : 0;
    return result;
}

} // namespace lacuna::ui
