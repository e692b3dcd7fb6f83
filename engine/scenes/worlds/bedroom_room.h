// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/scenes/scene_noise.h"
#include "engine/scenes/worlds/painting.h"
#include "engine/scenes/worlds/shapes.h"

/// The empty bedroom and how it is seen. Coordinates: x from the room's middle, y from 0 (top) to 1 (bottom), in sides
/// of the picture before the camera moves. A thing at depth d (1 at the far wall, 0 at the eye) whose place on the far
/// wall would be P is seen at V + (P - V) / d, where V is the vanishing point.
namespace lacuna::scenes {

inline constexpr float kWallHalf = 0.345f; // half the width of the far wall
inline constexpr float kCeiling = 0.05f;
inline constexpr float kFloor = 0.66f;
inline constexpr float kMattress = 0.54f;
inline constexpr float kBedHalf = 0.192f;
inline constexpr float kFoot = 0.56f;   // depth of the foot of the bed
inline constexpr float kTable = 0.268f; // middle of the bedside tables
inline constexpr float kTableTop = 0.535f;

/// Everything that the seed decides and the attributes do not.
struct Bedroom {
    explicit Bedroom(std::uint64_t seed);

    std::uint32_t seed = 0;
    Point middle{};    // of the room, in the picture
    float scale = 1;   // of the room in the picture
    Point vanishing{}; // in the room's coordinates

    Rgb light{};                          // colour of the room's own light
    float from_right = 0, from_above = 0; // its slope over the picture

    enum class Paper { Plain, Stripes, Panels } paper = Paper::Plain;
    Rgb wall{}, second_wall{}, ceiling{}, trim{};
    float stripe = 0.05f;

    bool carpet = false, rug = false;
    Rgb floor{}, rug_colour{};
    float board = 0.05f;

    enum class Head { Panel, Arch, Channels, Slats } head = Head::Panel;
    Rgb wood{}, head_colour{};
    float head_top = 0.39f;

    enum class Linen { Plain, Stripes, Quilt, Bands } linen = Linen::Plain;
    Rgb duvet{}, sheet{}, pillow{}, accent{}, second_accent{};

    enum class Lamp { Cone, Drum, Globe } lamp = Lamp::Cone;
    Rgb lamp_foot{}, lamp_shade{}, curtain{};

    /// A generator for the details of one attribute.
    Random details(std::string_view attribute) const;

    Point room_of(Point p) const { return {(p.x - middle.x) / scale, (p.y - middle.y) / scale + 0.5f}; }
    /// Where a place of the far wall is seen at depth d.
    Point seen(Point place, float d) const { return vanishing + (place - vanishing) * (1 / d); }
    /// The place on the far wall behind a point seen at depth d.
    Point place(Point q, float d) const { return vanishing + (q - vanishing) * d; }
    /// The depth of a point seen on the level of height y.
    float depth_on_level(Point q, float level) const { return (level - vanishing.y) / (q.y - vanishing.y); }
};

/// The holes in the room's coordinates, as signed distances; what an attribute paints stays `kInside` deep in its own.
inline constexpr float kInside = 0.025f; // above half the diagonal of a pixel at 32 pixels a side
inline float above_bed_region(Point q)
{
    return rounded_box(q, {0, 0.195f}, {0.215f, 0.170f}, 0.03f);
}
inline float lamps_region(Point q)
{
    return rounded_box({std::abs(q.x), q.y}, {0.287f, 0.405f}, {0.163f, 0.198f}, 0.14f);
}
inline float pillows_region(Point q)
{
    return rounded_box(q, {0, 0.497f}, {0.228f, 0.118f}, 0.04f);
}
inline float bed_foot_region(Point q)
{
    return rounded_box(q, {0, 0.752f}, {0.405f, 0.158f}, 0.04f);
}
inline float corners_region(Point q)
{
    return rounded_box({std::abs(q.x), q.y}, {0.455f, 0.635f}, {0.180f, 0.262f}, 0.06f);
}
inline float right_wall_region(Point q)
{
    return rounded_box(q, {0.515f, 0.30f}, {0.2f, 0.42f}, 0.03f);
}

/// A painting in the room's coordinates.
class RoomPainting {
public:
    RoomPainting(Painting& painting, const Bedroom& room) : painting_(painting), room_(room) {}
    const Bedroom& room() const { return room_; }
    float edge(float d) const { return painting_.edge(d * room_.scale); }
    float edge(float d, float soft) const { return painting_.edge(d * room_.scale, soft); }

    template <typename Shader> void over(const Box& box, Shader&& shader)
    {
        painting_.over(picture_box(box), [&](Point p) { return shader(room_.room_of(p)); });
    }
    template <typename Shader> void tint(const Box& box, Shader&& shader)
    {
        painting_.tint(picture_box(box), [&](Point p) { return shader(room_.room_of(p)); });
    }
    /// The same, but nothing changes outside the region of an attribute.
    template <typename Region, typename Shader> void over(Region region, const Box& box, Shader&& shader)
    {
        over(box, [&](Point q) { return region(q) > -kInside ? Paint{{}, 0} : shader(q); });
    }
    template <typename Region, typename Shader> void tint(Region region, const Box& box, Shader&& shader)
    {
        tint(box, [&](Point q) { return region(q) > -kInside ? Rgb{1, 1, 1} : shader(q); });
    }

private:
    Box picture_box(const Box& b) const
    {
        const Point m = room_.middle;
        const float s = room_.scale;
        return {m.x + b.left * s, m.y + (b.top - 0.5f) * s, m.x + b.right * s, m.y + (b.bottom - 0.5f) * s};
    }

    Painting& painting_;
    const Bedroom& room_;
};

inline Rgb grey(float v)
{
    return {v, v, v};
}
/// A factor that darkens to `dark` close to a thing and fades over `width`.
inline float contact(float distance, float width, float dark)
{
    const float t = clamp01(distance / width);
    return mix(dark, 1, t * (2 - t));
}

} // namespace lacuna::scenes
