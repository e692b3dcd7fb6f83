// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/worlds/cat_coat.h"

namespace lacuna::scenes {

float cat_streaks(float x, float y, std::uint32_t seed)
{
    static const std::array<float, 4096> values = [] {
        std::array<float, 4096> drawn{};
        for (std::size_t i = 0; i < drawn.size(); ++i)
            drawn[i] = 2 * unit(hash(std::uint32_t(i) + 0x66757200U)) - 1;
        return drawn;
    }();
    x += 1024 + float(seed & 63U);
    y += 1024 + float(seed >> 6 & 63U);
    const int ix = int(x), iy = int(y);
    const float dx = x - float(ix), dy = y - float(iy);
    const float u = dx * dx * (3 - 2 * dx), v = dy * dy * (3 - 2 * dy);
    const auto at = [&](int i, int j) { return values[std::size_t((j & 63) << 6 | (i & 63))]; };
    return mix(mix(at(ix, iy), at(ix + 1, iy), u), mix(at(ix, iy + 1), at(ix + 1, iy + 1), u), v);
}

CatCoat::CatCoat(const CatLook& look, CatMarking marking, bool fine)
    : look_(look),
      marking_(marking),
      fine_(fine)
{
    Random random = look.random_for("marking");
    const float side = random.chance(0.5f) ? 1.0f : -1.0f;
    patch_at_ = {side * random.range(0.118f, 0.128f), random.range(-0.045f, -0.02f)};
    // On a dark coat the patch is rust, or nobody would see it.
    patch_ = luminance(look.coat) < 0.13f ? hex(0xc9823f) : mix(hex(0x2c2422), hex(0x4a3226), random.next());
    blaze_lean_ = random.range(-0.08f, 0.08f);
    blaze_width_ = random.range(0.9f, 1.2f);
}

float CatCoat::head_strand(Point q) const
{
    const float x = q.x, y = q.y - 0.05f;
    const float reach = std::abs(x) + std::abs(y) + 1e-4f;
    const float turn = x / reach + (y > 0 ? 7.3f : 0.0f); // grows with the angle, cheaper than it
    const float r = std::sqrt(x * x + y * y);
    const float clumps = cat_streaks(turn * 21, r * 14, look_.seed + 11);
    return fine_ ? 0.6f * clumps + 0.65f * cat_streaks(turn * 62, r * 24 + clumps, look_.seed + 12) : clumps;
}

float CatCoat::chest_strand(Point q) const
{
    const float x = q.x * (1.25f - 0.8f * q.y);
    const float clumps = cat_streaks(x * 46, q.y * 15 - std::abs(q.x) * 8, look_.seed + 13);
    return fine_ ? 0.6f * clumps + 0.65f * cat_streaks(x * 150, q.y * 24 + clumps, look_.seed + 14) : clumps;
}

Rgb CatCoat::stripes(Rgb fur, float wave, float weight) const
{
    return mix(fur, look_.dark, smooth(-0.1f, 0.6f, wave) * weight * look_.pattern_strength);
}

Rgb CatCoat::head_colour(Point q, float strand) const
{
    const Point m{std::abs(q.x), q.y};
    const float muzzle = ellipse(q, {0, 0.165f}, 0.125f, 0.095f) - 0.01f * strand;
    const float paler = smooth(0.12f, -0.03f, muzzle);
    Rgb fur = mix(look_.coat, look_.pale, paler);
    if (look_.pattern == CatPattern::Tabby) {
        const float bend = 0.009f * strand + 0.006f * std::sin(q.x * 19 + q.y * 13 + unit(look_.seed) * 6);
        const float brow = smooth(-0.085f, -0.125f, m.y) * smooth(0.24f, 0.16f, m.x);
        if (brow > 0)
            fur = stripes(fur, std::cos((m.x * (1 + 1.2f * (q.y + 0.16f)) + bend) * 98), brow);
        const float cheek = smooth(0.19f, 0.235f, m.x) * smooth(-0.1f, -0.05f, m.y);
        if (cheek > 0)
            fur = stripes(fur, std::cos((m.y - 0.45f * m.x + bend) * 78), cheek);
        const float ring = length(m - Point{0.135f, -0.02f}); // pale fur around the eyes
        fur = mix(fur, look_.pale, 0.75f * smooth(0.115f, 0.075f, ring));
        return fur;
    }
    if (look_.pattern == CatPattern::Spots) {
        const float spot = noise(q.x * 4.6f + 3.1f, q.y * 4.6f, look_.seed + 16) + 0.1f * strand;
        const float away = smooth(0.1f, 0.14f, length(m - Point{0.135f, -0.02f}))
                           * smooth(0.0f, 0.05f, muzzle) * smooth(0.035f, 0.08f, m.x);
        return mix(fur, look_.second, smooth(0.02f, 0.12f, spot) * away);
    }
    if (look_.pattern == CatPattern::Tuxedo)
        fur = mix(fur, look_.white, smooth(0.004f, -0.008f, muzzle + 0.004f));
    return fur;
}

Rgb CatCoat::chest_colour(Point q, float strand) const
{
    const float m = std::abs(q.x);
    Rgb fur = mix(look_.coat, look_.pale, smooth(0.2f, 0.05f, m));
    if (look_.pattern == CatPattern::Tabby)
        return stripes(fur, std::cos((q.y - 0.5f * m + 0.008f * strand) * 80),
                       0.8f * smooth(0.07f, 0.16f, m));
    if (look_.pattern == CatPattern::Spots)
        return mix(
            fur, look_.second,
            smooth(0.02f, 0.12f, noise(q.x * 4.6f + 3.1f, q.y * 4.6f, look_.seed + 16) + 0.1f * strand));
    if (look_.pattern == CatPattern::Tuxedo)
        fur = mix(fur, look_.white,
                  smooth(0.008f, -0.008f, m - 0.15f + 0.25f * (q.y - 0.28f) + 0.014f * strand));
    return fur;
}

Rgb CatCoat::marked(Rgb fur, Point q, float strand) const
{
    if (marking_ == CatMarking::None)
        return fur;
    const float clear = cat_mask::clear_of(cat_mask::face(q));
    if (clear <= 0)
        return fur;
    if (marking_ == CatMarking::Patch) {
        const float d = ellipse(turned(q - patch_at_, patch_at_.x > 0 ? -0.5f : 0.5f), {}, 0.102f, 0.122f)
                        - 0.012f * strand;
        return mix(fur, patch_, clear * smooth(0.008f, -0.008f, d));
    }
    // A narrow flame on the brow that widens over the bridge of the nose into the muzzle.
    const float t = clamp01((q.y + 0.2f) / 0.28f);
    const float width = blaze_width_ * mix(0.012f, 0.052f, t * t * (1.6f - 0.6f * t)) + 0.008f
                        - 0.03f * smooth(-0.125f, -0.185f, q.y);
    const float lean = blaze_lean_ * std::min(q.y - 0.05f, 0.0f);
    const float stripe = std::max(std::abs(q.x - lean) - width, q.y - 0.16f);
    const float d = melted(stripe, ellipse(q, {0, 0.155f}, 0.095f, 0.075f), 0.05f) - 0.008f * strand;
    // A shade beside it keeps it readable on pale fur.
    const float beside = luminance(look_.coat) > 0.4f ? 0.3f * smooth(0.05f, 0.0f, d) : 0.0f;
    return mix(fur * (1 - beside * clear), Rgb{1, 0.99f, 0.97f}, clear * smooth(0.007f, -0.007f, d));
}

} // namespace lacuna::scenes
