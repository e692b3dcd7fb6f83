// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string_view>

#include "engine/scenes/colour.h"
#include "engine/scenes/scene_noise.h"
#include "engine/scenes/worlds/painting.h"
#include "engine/scenes/worlds/shapes.h"

/// Everything about a cat that its seed decides, and the frame in which it is painted: the face's own coordinates q,
/// in units of the picture's side, origin on the bridge of the nose, x to the right, y downwards. The eyes lie at
/// (+-0.135, -0.02), the nose at (0, 0.1), the chin at 0.25, the tips of the ears at -0.43.
namespace lacuna::scenes {

enum class CatPattern { Solid, Tabby, Spots, Tuxedo };

struct CatLook {
    std::uint32_t seed = 0;

    // Pose.
    Point centre{};
    float cosine = 1, sine = 0, scale = 1; ///< the turn, clockwise on screen
    float shrink = 1;                      ///< 1 / scale
    float width = 1;                       ///< of the head
    float fluff = 1;                       ///< of cheeks and outline
    float eye_size = 1;
    std::array<float, 2> ear_turn{}; ///< radians, outwards
    float ear_height = 1;

    // Light: unit direction towards it, and what it adds.
    float light_x = 0, light_y = 0, light_z = 1;
    Rgb key{}, fill{}, rim{};

    // Coat.
    CatPattern pattern = CatPattern::Solid;
    Rgb coat{}, pale{}, dark{}, second{}, white{};
    float pattern_strength = 1;
    float strand_contrast = 0.1f;

    Rgb iris{};
    int iris_kind = 0;  ///< 0 green, 1 yellow, 2 copper, 3 blue
    float pupil = 0.4f; ///< its width in eye radii
    Point gaze{};

    int backdrop = 0;
    Rgb wall_top{}, wall_bottom{}, glow{};
    Point glow_at{};

    Point local(Point p) const
    {
        const float x = (p.x - centre.x) * shrink, y = (p.y - centre.y) * shrink;
        return {cosine * x + sine * y, cosine * y - sine * x};
    }
    /// The part of the picture that covers a box of the face's frame.
    Box cover(const Box& q) const;
    /// A generator for the details of one attribute, apart from all others.
    Random random_for(std::string_view attribute) const;
    /// Matt surface with normal (nx, ny, nz) under the scene's light, a little of it beyond the terminator.
    Rgb lit(Rgb albedo, float nx, float ny, float nz) const
    {
        const float facing = nx * light_x + ny * light_y + nz * light_z;
        const float reach = clamp01((facing + 0.3f) * (1 / 1.3f));
        return albedo * (fill * (0.75f - 0.25f * ny) + key * (reach * reach * 0.35f + reach * 0.65f));
    }
};

CatLook cat_look(std::uint64_t seed);

/// An eye's iris of this kind; `random` varies it.
Rgb iris_colour(int kind, Random& random);

/// Puts `shader(q) -> Paint` over a box of the face's frame.
template <typename Shader>
void paint(Painting& painting, const CatLook& look, const Box& box, Shader&& shader)
{
    painting.over(look.cover(box), [&](Point p) { return shader(look.local(p)); });
}

/// A thing of this colour over the shadow that it casts.
inline Paint over_shadow(Rgb colour, float cover, Rgb shade, float shadow)
{
    const float alpha = cover + (1 - cover) * shadow;
    return {alpha > 0 ? mix(shade, colour, cover / alpha) : shade, alpha};
}

inline Paint clipped(Paint paint, float clear)
{
    return {paint.colour, paint.alpha * clear};
}

/// The head's outline as a signed distance, exact enough near it: skull, cheeks, muzzle and the roots of the ears
/// melted together.
float cat_head_outline(const CatLook&, Point q);

/// Half the width of neck and shoulders at this height.
inline float cat_neck_half(float y)
{
    return 0.2f + 0.2f * smooth(0.24f, 0.58f, y);
}

/// The masks as signed distances in the face's frame. `clear_of` is 1 well inside such a mask and 0 outside and near
/// its border, so that a layer times it changes no pixel outside the mask, even of the smallest pictures.
namespace cat_mask {
inline float face(Point q)
{
    return rounded_box(q, {0, 0.045f}, {0.255f, 0.255f}, 0.13f);
}
inline float eyes(Point q)
{
    return rounded_box(q, {0, -0.02f}, {0.25f, 0.105f}, 0.06f);
}
inline float muzzle(Point q)
{
    return rounded_box(q, {0, 0.165f}, {0.15f, 0.125f}, 0.06f);
}
inline float neck(Point q)
{
    return rounded_box(q, {0, 0.42f}, {0.31f, 0.158f}, 0.05f);
}
inline float ears(Point q)
{
    return rounded_box(q, {0, -0.3f}, {0.37f, 0.17f}, 0.05f);
}
inline float clear_of(float distance)
{
    return smooth(-0.026f, -0.036f, distance);
}
} // namespace cat_mask

} // namespace lacuna::scenes
