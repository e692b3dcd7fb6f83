// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/closed_form/patch_match.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include "engine/core/philox.h"

namespace lacuna {

namespace {

typedef float Float4 __attribute__((vector_size(16)));

Float4 load(const float* p)
{
    Float4 v;
    std::memcpy(&v, p, sizeof v);
    return v;
}

/// The nearest `kept_candidates` different matches seen so far, nearest first.
class Best {
public:
    explicit Best(std::array<Match, kept_candidates>& list) : list_(list)
    {
        list_.fill({-1, std::numeric_limits<float>::infinity()});
    }
    float worst() const { return list_.back().distance; }
    bool has(std::int32_t centre) const
    {
        return std::any_of(list_.begin(), list_.end(), [&](const Match& m) { return m.centre == centre; });
    }
    void offer(Match match)
    {
        if (!(match.distance < worst()))
            return;
        auto place = std::upper_bound(list_.begin(), list_.end(), match,
                                      [](const Match& a, const Match& b) { return a.distance < b.distance; });
        std::move_backward(place, list_.end() - 1, list_.end());
        *place = match;
    }

private:
    std::array<Match, kept_candidates>& list_;
};

} // namespace

float Query::distance(std::int32_t position, std::int32_t candidate, float limit) const
{
    const Area& area = level.area;
    const int left = position % level.width - area.x - patch_radius;
    const int top = position / level.width - area.y - patch_radius;
    const std::ptrdiff_t query_stride = std::ptrdiff_t(4) * area.width;
    const std::ptrdiff_t candidate_stride = std::ptrdiff_t(4) * level.width;
    const float* a = x + top * query_stride + 4 * left;
    const float* w = precision + top * query_stride + 4 * left;
    const float* b = level.known.data() + 4 * (candidate - std::ptrdiff_t(patch_radius) * (level.width + 1));
    Float4 sum = {0, 0, 0, 0};
    float total = 0;
    for (int row = 0; row < patch_side; ++row, a += query_stride, w += query_stride, b += candidate_stride) {
        for (int i = 0; i < 4 * patch_side; i += 4) {
            const Float4 d = load(a + i) - load(b + i);
            sum += load(w + i) * d * d;
        }
        total = (sum[0] + sum[1]) + (sum[2] + sum[3]);
        if (total >= limit)
            return total;
    }
    return total;
}

void improve_matches(const Query& query, const SearchKey& key, int round, const MatchField& previous,
                     MatchField& matches, std::size_t begin, std::size_t end)
{
    const PatchLevel& level = query.level;
    const int w = level.width, h = level.height;
    const auto candidate_count = static_cast<std::uint32_t>(level.candidates.size());

    for (std::size_t p = begin; p < end; ++p) {
        const std::int32_t position = level.positions[p];
        Best best(matches[p]);
        const auto consider = [&](std::int32_t centre) {
            if (!best.has(centre))
                best.offer({centre, query.distance(position, centre, best.worst())});
        };

        // What was kept, measured with the present noisy pixels.
        for (const Match& match : previous[p])
            if (match.centre >= 0)
                consider(match.centre);

        // The neighbours' matches, moved by the same step: coherent regions grow.
        const int jump = round % 2 == 0 ? 1 : 3;
        for (const auto [dx, dy] : {std::array{jump, 0}, {-jump, 0}, {0, jump}, {0, -jump}}) {
            const std::int32_t neighbour = position + dy * w + dx;
            const std::int32_t index =
                neighbour >= 0 && neighbour < w * h ? level.position_at[neighbour] : -1;
            if (index < 0)
                continue;
            for (int k = 0; k < 2; ++k) {
                const std::int32_t centre = previous[index][k].centre - dy * w - dx;
                if (previous[index][k].centre >= 0 && centre >= 0 && centre < w * h
                    && level.is_candidate[centre])
                    consider(centre);
            }
        }

        // Random candidates: one anywhere, others ever nearer to the best.
        const auto random = philox4x32(
            {static_cast<std::uint32_t>(p), static_cast<std::uint32_t>(round), key.call, key.level},
            {static_cast<std::uint32_t>(key.seed) ^ key.member * 0x9E3779B9u,
             static_cast<std::uint32_t>(key.seed >> 32) ^ 0x5EA7C4u});
        consider(
            level.candidates[static_cast<std::size_t>(std::uint64_t(random[0]) * candidate_count >> 32)]);
        for (int i = 1; i < 4; ++i) {
            const int reach = i == 1 ? 24 : i == 2 ? 8 : 3;
            const std::int32_t centre = matches[p][0].centre;
            const int u = centre % w + static_cast<int>((random[i] & 0xFFFF) * (2 * reach + 1) >> 16) - reach;
            const int v = centre / w + static_cast<int>((random[i] >> 16) * (2 * reach + 1) >> 16) - reach;
            if (u >= 0 && v >= 0 && u < w && v < h && level.is_candidate[v * w + u])
                consider(v * w + u);
        }
    }
}

MatchField refine_matches(const PatchLevel& coarse, const MatchField& matches, const PatchLevel& fine)
{
    MatchField refined(fine.positions.size());
    for (std::size_t p = 0; p < fine.positions.size(); ++p) {
        const int x = fine.positions[p] % fine.width, y = fine.positions[p] / fine.width;
        // The coarse position above, or the nearest one that has matches.
        std::int32_t parent = -1;
        for (int reach = 0; reach <= 4 && parent < 0; ++reach)
            for (int v = y / 2 - reach; v <= y / 2 + reach && parent < 0; ++v)
                for (int u = x / 2 - reach; u <= x / 2 + reach && parent < 0; ++u)
                    if (u >= 0 && v >= 0 && u < coarse.width && v < coarse.height)
                        parent = coarse.position_at[std::size_t(v) * coarse.width + u];
        if (parent < 0)
            continue;
        const int px = coarse.positions[parent] % coarse.width, py = coarse.positions[parent] / coarse.width;
        for (int k = 0; k < kept_candidates; ++k) {
            const std::int32_t centre = matches[parent][k].centre;
            if (centre < 0)
                continue;
            const int u = 2 * (centre % coarse.width - px) + x, v = 2 * (centre / coarse.width - py) + y;
            const bool inside = u >= 0 && v >= 0 && u < fine.width && v < fine.height;
            if (inside && fine.is_candidate[std::size_t(v) * fine.width + u])
                refined[p][k].centre = v * fine.width + u;
        }
    }
    return refined;
}

} // namespace lacuna
