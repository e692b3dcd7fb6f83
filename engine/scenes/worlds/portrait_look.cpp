// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/worlds/portrait_look.h"

#include <algorithm>
#include <cmath>

namespace lacuna::scenes::portrait {

namespace {

std::uint32_t folded(std::uint64_t seed)
{
    return hash(std::uint32_t(seed) ^ hash(std::uint32_t(seed >> 32) + 0x706f7274U));
}

Pose pose_of(Point shift, float scale, float turn)
{
    return {shift, scale, std::cos(turn), std::sin(turn)};
}

struct Palette {
    std::uint32_t top, bottom, accent, clothes, trim;
};
constexpr Palette kPalettes[] = {
    {0x8fb3c4, 0xdfe3d6, 0xf4e2b8, 0xb5523f, 0xe9d8c0}, {0xe8c9a6, 0xf3e4cf, 0xd9896a, 0x2f5266, 0xdfe7e4},
    {0x2f4a55, 0x6f8f8f, 0xd9b26f, 0xd8a441, 0x7a4a26}, {0xd9a7a0, 0xf0d6cb, 0xf7efe0, 0x4d6b57, 0xe3dcc2},
    {0x6c7fa8, 0xb9c0d6, 0xf1d9c4, 0xe0d3bd, 0x7c6654}, {0x5e7757, 0xb6c2a0, 0xf0e3b0, 0x7a3b4c, 0xe6c9b8},
    {0x40385c, 0x8b6f93, 0xe99b78, 0x3c3f58, 0xc7b9d8}, {0xc9b79a, 0xe9dfca, 0x8fa79a, 0x9a4b2f, 0xefdfc3},
    {0x9bbdb0, 0xe0ead9, 0xf6c9a0, 0x34495c, 0xcfdde2}, {0x7a2f35, 0xb9605a, 0xf0b48a, 0xece2d0, 0x9c8468},
    {0x25384f, 0x4f6f8f, 0x8fd0d0, 0xa8433f, 0x5a2323}, {0xe3b94f, 0xf3dc9a, 0xfff3cf, 0x3a5a7c, 0xe8eef0},
    {0xb9a5c9, 0xe6d9ea, 0xf5e9d0, 0x5f4a78, 0xe0cfe6}, {0x4a4038, 0x8a7766, 0xd7b48c, 0x6f8c86, 0xe4e6da}};

/// The colour with its three components scaled apart a little.
Rgb varied(Rgb colour, Random& random, float amount)
{
    const float all = random.range(1 - amount, 1 + amount);
    return {colour.r * all * random.range(1 - amount, 1 + amount), colour.g * all,
            colour.b * all * random.range(1 - amount, 1 + amount)};
}

Rgb hair_colour(Random& random, float skin_depth)
{
    static const std::vector<Rgb> natural{hex(0x120e0d), hex(0x1f1613), hex(0x34211a), hex(0x543322),
                                          hex(0x7a4a2a), hex(0x9c6b3a), hex(0xc1965a), hex(0xdfc690)};
    static const Rgb red = hex(0xa4481f), grey = hex(0x8d8a87), white = hex(0xd9d5cf);
    static const Rgb dyed[] = {hex(0x2f7f8c), hex(0xc55a7c), hex(0x6a4fa0), hex(0x3d5fa8)};
    const float kind = random.next(), place = random.next(), other = random.next();
    if (kind < 0.10f)
        return mix(red, hex(0x6f2a16), other);
    if (kind < 0.20f)
        return mix(grey, white, other);
    if (kind < 0.25f)
        return dyed[std::size_t(other * 4)];
    return ramp(natural, place * mix(1.0f, 0.35f, smooth(0.3f, 0.7f, skin_depth)));
}

Rgb iris_colour(Random& random, float skin_depth)
{
    static const std::vector<Rgb> stops{hex(0x2f1a10), hex(0x4d2c18), hex(0x7b4f25), hex(0x6f7a3a),
                                        hex(0x3f7f6a), hex(0x3f7fae), hex(0x7fa6bf)};
    return ramp(stops, random.next() * mix(1.0f, 0.4f, smooth(0.35f, 0.75f, skin_depth)));
}

} // namespace

Point Pose::to_picture(Point p) const
{
    const float x = p.x * scale, y = (p.y - pivot.y) * scale;
    return {cosine * x - sine * y + pivot.x + shift.x, cosine * y + sine * x + pivot.y + shift.y};
}

Strands::Strands(std::uint32_t seed)
{
    std::array<float, 256> raw{};
    for (int i = 0; i < 256; ++i)
        raw[std::size_t(i)] = unit(hash(i, 7, seed)) * 2 - 1;
    for (std::size_t i = 0; i < 256; ++i) {
        float broad = 0;
        for (std::size_t k = 0; k < 12; ++k)
            broad += raw[(i + k) & 255U] * (k < 6 ? float(k + 1) : float(12 - k));
        const float narrow = raw[i] + 2 * raw[(i + 1) & 255U] + raw[(i + 2) & 255U];
        values_[i] = broad * 0.075f + narrow * 0.16f;
    }
    values_[256] = values_[0];
}

Random Look::details(std::string_view attribute) const
{
    std::uint32_t bits = key;
    for (const char letter : attribute)
        bits = hash(bits ^ std::uint32_t(std::uint8_t(letter)));
    return Random(bits);
}

Look::Look(std::uint64_t seed) : key(folded(seed)), strands(hash(key + 5))
{
    Random random(key);
    const Point shift{random.range(-0.03f, 0.03f), random.range(-0.022f, 0.022f)};
    const float size = random.range(0.95f, 1.06f);
    pose = pose_of(shift, size, random.normal() * 0.035f);
    body = pose_of(shift, size, 0);
    yaw = random.range(-0.009f, 0.009f);

    // The lamp stands above, to the left or to the right; the shadows take colour from the backdrop.
    const float side = random.chance(0.5f) ? 1.0f : -1.0f;
    light_x = side * random.range(0.30f, 0.68f);
    light_y = -random.range(0.25f, 0.5f);
    light_z = std::sqrt(1 - light_x * light_x - light_y * light_y);
    const float warmth = random.range(-0.06f, 0.11f);
    const Palette& palette = kPalettes[std::size_t(random.below(int(std::size(kPalettes))))];
    backdrop_top = varied(hex(palette.top), random, 0.10f);
    backdrop_bottom = varied(hex(palette.bottom), random, 0.10f);
    backdrop_accent = varied(hex(palette.accent), random, 0.08f);
    clothes = varied(hex(palette.clothes), random, 0.14f);
    trim = varied(hex(palette.trim), random, 0.10f);
    const float strength = random.range(0.74f, 0.88f);
    key_light = Rgb{1 + warmth, 1, 1 - 1.3f * warmth} * strength;
    fill_light = mix(Rgb{0.31f, 0.30f, 0.34f}, backdrop_bottom * 0.45f, 0.3f);
    rim_light = mix(Rgb{0.55f, 0.55f, 0.6f}, backdrop_accent, 0.6f) * random.range(0.25f, 0.6f);

    static const std::vector<Rgb> skins{hex(0xf5d3bf), hex(0xeec1a2), hex(0xe0aa84), hex(0xc98d66),
                                        hex(0xa86e48), hex(0x845035), hex(0x633a27), hex(0x4b2b1f)};
    skin_depth = random.next();
    skin = varied(ramp(skins, skin_depth), random, 0.05f);
    hair = varied(hair_colour(random, skin_depth), random, 0.08f);
    brow = mix(hair, hex(0x2a1b14), 0.45f) * 0.8f;
    iris = iris_colour(random, skin_depth);
    const Rgb rosy = mix(hex(0xbd4a4c), hex(0xbe565c), smooth(0.2f, 0.9f, skin_depth));
    lips = varied(mix(skin * Rgb{0.85f, 0.62f, 0.62f}, rosy, random.range(0.55f, 0.95f)), random, 0.06f);

    jaw_width = random.range(0.162f, 0.186f);
    chin = random.range(0.785f, 0.812f);
    blush = random.range(0.15f, 0.8f);
    freckles = random.next() < (skin_depth < 0.4f ? 0.22f : 0.04f);
    brow_y = random.range(0.381f, 0.392f);
    brow_arch = random.range(0.010f, 0.026f);
    brow_thickness = random.range(0.0065f, 0.0125f);
    brow_tilt = random.range(-0.012f, 0.012f);
    eye_width = random.range(0.057f, 0.064f);
    eye_height = random.range(0.033f, 0.039f);
    eye_tilt = random.range(-0.04f, 0.13f);
    eye_apart = random.range(0.092f, 0.098f);
    gaze = {random.range(-0.008f, 0.008f), random.range(-0.003f, 0.003f)};
    nose_width = random.range(0.027f, 0.040f);
    nose_y = random.range(0.570f, 0.584f);
    lip_fullness = random.range(0.9f, 1.3f);
    mouth_y = random.range(0.660f, 0.670f);
    mouth_width = random.range(0.062f, 0.072f);
    clothes_kind = random.below(4);
    backdrop_kind = random.below(4);
}

Rgb lit(const Look& look, Rgb base, float x, float y, float open)
{
    float steep = x * x + y * y;
    if (steep > 0.96f) { // a tilt of more than this is the outline's
        const float less = std::sqrt(0.96f / steep);
        x *= less, y *= less, steep = 0.96f;
    }
    const float z = std::sqrt(1 - steep);
    const float lamp = smooth(-0.35f, 1.0f, x * look.light_x + y * look.light_y + z * look.light_z) * open;
    const float rim =
        steep < 0.55f ? 0 : smooth(0.55f, 0.96f, steep) * clamp01(-x * look.light_x * 1.6f - 0.25f * y);
    return base * (look.fill_light + look.key_light * lamp)
           + (base + Rgb{0.1f, 0.1f, 0.1f}) * look.rim_light * rim;
}

Rgb lit_skin(const Look& look, Rgb base, float x, float y, float open)
{
    float steep = x * x + y * y;
    if (steep > 0.96f) { // a tilt of more than this is the outline's
        const float less = std::sqrt(0.96f / steep);
        x *= less, y *= less, steep = 0.96f;
    }
    const float z = std::sqrt(1 - steep);
    const float facing = x * look.light_x + y * look.light_y + z * look.light_z;
    const float lamp = smooth(-0.42f, 0.95f, facing) * open;
    const float warm = 4 * lamp * (1 - lamp);
    const float rim =
        steep < 0.6f ? 0 : smooth(0.6f, 0.96f, steep) * clamp01(-x * look.light_x * 1.6f - 0.25f * y);
    // The gloss looks half way between the lamp and the viewer.
    const float half =
        (x * look.light_x + y * look.light_y + z * (1 + look.light_z)) / std::sqrt(2 + 2 * look.light_z);
    const float h4 = half * half * half * half, h16 = h4 * h4 * h4 * h4;
    const Rgb shadow = look.fill_light * Rgb{1.22f, 1.0f, 0.94f};
    const Rgb tone = shadow + look.key_light * lamp + Rgb{0.10f, 0.012f, -0.015f} * warm;
    return base * tone + (base + Rgb{0.08f, 0.08f, 0.08f}) * look.rim_light * (0.8f * rim)
           + look.key_light * (0.10f * h16 * h16 * open);
}

float face_distance(const Look& look, Point p)
{
    const float skull = ellipse(p, {0, 0.395f}, 0.204f, 0.235f);
    const float jaw = ellipse(p, {0, look.chin - 0.205f}, look.jaw_width, 0.205f);
    return melted(skull, jaw, 0.10f);
}

float eyes_small(Point p)
{
    return rounded_box(p, {0, 0.468f}, {0.192f, 0.068f}, 0.04f);
}

float eyes_large(Point p)
{
    return rounded_box(p, {0, 0.476f}, {0.256f, 0.100f}, 0.05f);
}

float mouth_small(Point p)
{
    return rounded_box(p, {0, 0.678f}, {0.132f, 0.078f}, 0.03f);
}

float mouth_large(Point p)
{
    return rounded_box(p, {0, 0.733f}, {0.238f, 0.152f}, 0.09f);
}

float crown(Point p)
{
    return rounded_box(p, {0, 0.145f}, {0.350f, 0.205f}, 0.03f);
}

float ears(Point p)
{
    return rounded_box({std::abs(p.x), p.y}, {0.246f, 0.562f}, {0.072f, 0.119f}, 0.03f);
}

float around_face(Point p)
{
    const float beside = 0.137f - std::abs(p.x); // far from the face its side is near enough
    if (beside < -0.05f)
        return beside;
    return std::min({-ellipse(p, {0, 0.53f}, 0.137f, 0.225f), crown(p), ears(p)});
}

Box Stage::bounds(const Pose& pose, const Box& box)
{
    Box all{1e9f, 1e9f, -1e9f, -1e9f};
    for (const Point corner : {Point{box.left, box.top}, Point{box.right, box.top},
                               Point{box.left, box.bottom}, Point{box.right, box.bottom}}) {
        const Point p = pose.to_picture(corner);
        all = {std::min(all.left, p.x), std::min(all.top, p.y), std::max(all.right, p.x),
               std::max(all.bottom, p.y)};
    }
    return all;
}

} // namespace lacuna::scenes::portrait
