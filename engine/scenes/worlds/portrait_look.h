// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "engine/scenes/scene_noise.h"
#include "engine/scenes/worlds/painting.h"
#include "engine/scenes/worlds/shapes.h"

/// What a portrait's seed decides. Lengths are face units: the unit coordinates of a face that stands upright, with
/// x = 0 on its axis; the head reaches from y = 0.16 to about 0.80.
namespace lacuna::scenes::portrait {

/// Positions in the list of attributes.
enum Part { kEyes, kGlasses, kMouth, kBeard, kHat, kHair, kEarrings, kParts };
enum EyesValue { kOpen, kClosed, kWink };
enum GlassesValue { kNoGlasses, kClear, kDark };
enum MouthValue { kNeutral, kSmile, kTeeth, kTongue };
enum BeardValue { kShaven, kMoustache, kFullBeard };
enum HatValue { kNoHat, kBeanie, kBrimmed };
enum HairValue { kShort, kLong, kBald, kCurly };
enum EarringsValue { kNoEarrings, kStuds, kHoops };

/// Where the head stands in the picture.
struct Pose {
    static constexpr Point pivot{0.5f, 0.55f}; ///< about which it turns and grows
    Point shift{};
    float scale = 1, cosine = 1, sine = 0;
    Point to_face(Point p) const
    {
        const float x = p.x - pivot.x - shift.x, y = p.y - pivot.y - shift.y;
        return {(cosine * x + sine * y) / scale, (cosine * y - sine * x) / scale + pivot.y};
    }
    Point to_picture(Point face) const;
};

/// Smooth periodic noise of one variable, about -1 to 1: hair across its strands, folds of cloth.
class Strands {
public:
    explicit Strands(std::uint32_t seed);
    /// Period 1 and some 60 waves in it; u from -64 up.
    float at(float u) const
    {
        const float shifted = u + 64;
        const float place = (shifted - float(int(shifted))) * 256;
        const auto i = std::size_t(place);
        return mix(values_[i], values_[i + 1], place - float(i));
    }

private:
    std::array<float, 257> values_{};
};

struct Look {
    explicit Look(std::uint64_t seed);
    /// Numbers for the details of an attribute's value.
    Random details(std::string_view attribute) const;

    std::uint32_t key; ///< the seed in 32 bits
    Pose pose{}, body{};
    float yaw = 0; ///< shift of the features to the side

    // Light: the direction to the lamp (x right, y down, z to the viewer), its colour, the shadows' and the rim's.
    float light_x = 0, light_y = 0, light_z = 1;
    Rgb key_light{}, fill_light{}, rim_light{};

    float skin_depth = 0; ///< 0 the lightest, 1 the deepest
    Rgb skin{}, hair{}, brow{}, iris{}, lips{};
    float jaw_width = 0, chin = 0, blush = 0;
    bool freckles = false;
    float brow_y = 0, brow_arch = 0, brow_thickness = 0, brow_tilt = 0;
    float eye_width = 0, eye_height = 0, eye_tilt = 0, eye_apart = 0;
    Point gaze{};
    float nose_width = 0, nose_y = 0, lip_fullness = 0, mouth_y = 0, mouth_width = 0;

    int clothes_kind = 0, backdrop_kind = 0;
    Rgb clothes{}, trim{}, backdrop_top{}, backdrop_bottom{}, backdrop_accent{};
    Strands strands;
};

/// Light on a matt surface with this tilt; `open` in [0, 1] is the part of the lamp that reaches it.
Rgb lit(const Look&, Rgb base, float tilt_x, float tilt_y, float open = 1);
/// Light on skin: warm where the shadow begins, with a soft gloss.
Rgb lit_skin(const Look&, Rgb base, float tilt_x, float tilt_y, float open = 1);

/// Signed distance to the outline of the face without ears.
float face_distance(const Look&, Point face);

/// Signed distances to the masks, in face units.
float eyes_small(Point face);
float eyes_large(Point face);
float mouth_small(Point face);
float mouth_large(Point face);
float crown(Point face);
float ears(Point face);
float around_face(Point face); ///< the mask "hair"

/// Several washes of colour over one another, as one.
struct Wash {
    Paint paint{{}, 0};
    void put(Rgb colour, float alpha)
    {
        if (alpha <= 0)
            return;
        const float total = alpha + paint.alpha * (1 - alpha);
        paint.colour = mix(paint.colour, colour, alpha / total);
        paint.alpha = total;
    }
};

/// A painting in face units.
class Stage {
public:
    Stage(Painting& painting, const Look& look, int size)
        : painting_(painting),
          look_(look),
          margin_(0.79f / float(size))
    {
    }
    const Look& look() const { return look_; }
    float fine() const { return painting_.fine(); }
    float edge(float d) const { return painting_.edge(d); }
    float edge(float d, float soft) const { return painting_.edge(d, soft); }

    /// `shader(face point) -> Paint` over a box in the frame of a pose.
    template <typename Shader> void over(const Pose& pose, const Box& box, Shader&& shader)
    {
        painting_.over(bounds(pose, box), [&](Point p) { return shader(pose.to_face(p)); });
    }
    template <typename Shader> void over(const Box& box, Shader&& shader) { over(look_.pose, box, shader); }
    /// The same, only in pixels that lie wholly inside the shape `clip(face point) <= 0`.
    template <typename Clip, typename Shader> void inside(const Box& box, Clip&& clip, Shader&& shader)
    {
        over(box, [&](Point p) {
            const Paint paint = shader(p);
            return paint.alpha > 0 && clip(p) > -margin_ ? Paint{{}, 0} : paint;
        });
    }
    /// Whether the pixel of this point lies wholly inside the shape with this distance.
    bool well_inside(float distance) const { return distance <= -margin_; }

private:
    static Box bounds(const Pose& pose, const Box& box);

    Painting& painting_;
    const Look& look_;
    float margin_; ///< more than half the diagonal of a pixel
};

} // namespace lacuna::scenes::portrait
