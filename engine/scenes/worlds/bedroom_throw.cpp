// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/worlds/bedroom_parts.h"

namespace lacuna::scenes {

void paint_blanket(RoomPainting& painting)
{
    const Bedroom& room = painting.room();
    Random random = room.details("throw");
    const Rgb colour = random.chance(0.6f) ? room.accent : room.second_accent;
    const Rgb stripe = mix(colour, hex(0xf2ebdd), 0.65f);
    const bool striped = random.chance(0.5f);
    const float back = random.range(0.70f, 0.725f), slant = random.range(-0.06f, 0.06f);
    const float brink = room.seen({0, kMattress}, kFoot).y;
    const std::uint32_t seed = room.seed + 61;
    painting.over(bed_foot_region, {-0.39f, 0.6f, 0.39f, 0.9f}, [&](Point q) {
        const bool top = q.y < brink;
        const float d = top ? room.depth_on_level(q, kMattress - 0.004f) : kFoot;
        const Point at = room.place(q, d);
        const float drop = top ? 0.0f : at.y - kMattress;
        const float along = d - drop, end = back + slant * at.x + 0.004f * noise(at.x * 24, 0.5f, seed);
        const float half = kBedHalf + 0.008f - 0.006f * smooth(0, 0.05f, drop);
        const float outline = std::max(std::max(along - end, std::abs(at.x) - half), 0.530f - along);
        if (outline > 0.02f)
            return Paint{{}, 0};
        const float fringe = along - 0.530f; // at the lower hem
        const float t = at.x / 0.012f, thread = std::abs(t - std::floor(t) - 0.5f);
        if (outline > 0 || (fringe < 0.010f && thread > 0.32f))
            return Paint{{}, outline < 0 ? 0.25f : 0.22f * (1 - outline / 0.02f)}; // its shadow on the cover
        const float turn = smooth(-0.035f, 0.03f, q.y - brink);
        const float rib = along / 0.0125f, knit = std::abs(rib - std::floor(rib) - 0.5f);
        const float fold = noise(at.x * 9 + along * 5, along * 6, seed + 1)
                           - noise(at.x * 9 + 0.35f + along * 5, along * 6 + 0.2f, seed + 1);
        float shade = mix(1.0f, 0.68f, turn) * (0.92f + 0.22f * knit) + 0.22f * fold;
        shade *= contact(half - std::abs(at.x), 0.03f, 0.72f);
        if (along > end - 0.012f)
            shade *= 1.14f; // the thick hem
        const bool band =
            striped && (std::abs(along - end + 0.035f) < 0.008f || std::abs(along - 0.56f) < 0.008f);
        return Paint{(band ? stripe : colour) * shade, 1};
    });
}

void paint_throw(RoomPainting& painting, Throw thing)
{
    if (thing == Throw::Blanket)
        paint_blanket(painting);
    if (thing == Throw::Cat)
        paint_cat(painting);
}

} // namespace lacuna::scenes
