// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/scenes/scene_noise.h"
#include "engine/scenes/worlds/painting.h"

namespace lacuna::scenes {

/// The colours of an hour, linear light.
struct SkyPalette {
    Rgb zenith{}, middle{}, horizon{};
    Rgb sun{};                      ///< of the sun's or the moon's light
    Rgb cloud_lit{}, cloud_shade{}; ///< sunny and shaded sides of clouds
    Rgb land{};                     ///< what light on the land multiplies colours by
};

/// Everything about a sky that the seed decides alone. Unit coordinates.
struct SkyScene {
    std::uint64_t seed = 0;
    float hour = 0;    ///< 0 noon, 0.4 golden hour, 0.7 dusk, 1 night
    float night = 0;   ///< 1 when stars and the moon are out
    float horizon = 0; ///< height of the horizon line
    Point patch{}, patch_half{};
    Point sun{}; ///< or the moon; it may lie outside the picture or below the horizon
    float sun_radius = 0;
    float crescent = 0; ///< shift of the moon's shadow in radii
    SkyPalette palette{};
};

SkyScene sky_scene(std::uint64_t seed);

/// Generator of one purpose of a scene.
Random sky_random(std::uint64_t seed, std::string_view purpose);
std::uint32_t sky_salt(std::uint64_t seed, std::string_view purpose);

/// Masks reach this far beyond what may change, so that a pixel of a 32-pixel picture lies inside whole.
inline constexpr float kSkyMargin = 0.02f;
/// Silhouettes rise at most this far above the horizon.
inline constexpr float kLandHeight = 0.125f;

/// Light around the sun at a point, 1 at its middle.
float sun_glow(const SkyScene&, Point, float width);

/// The sky without clouds, with the sun or the moon and stars. Covers the whole picture.
void paint_clear_sky(Painting&, const SkyScene&);

} // namespace lacuna::scenes
