// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/worlds/digit_font.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <vector>

#include "engine/core/error.h"
#include "engine/scenes/scene_noise.h"
#include "engine/scenes/worlds/shapes.h"

namespace lacuna::scenes {

namespace {

/// The points a pen passes; a point twice is a corner. A digit is about 1 high and 0.6 wide around (0, 0).
using Stroke = std::vector<Point>;
using Form = std::vector<Stroke>;

/// The ways in which each digit is written.
const std::array<std::vector<Form>, 10>& forms()
{
    static const std::array<std::vector<Form>, 10> all{{
        {{{{.05f, -.5f},
           {-.18f, -.42f},
           {-.29f, -.1f},
           {-.27f, .2f},
           {-.12f, .45f},
           {.08f, .49f},
           {.25f, .28f},
           {.3f, -.02f},
           {.24f, -.34f},
           {.03f, -.5f},
           {-.09f, -.47f}}},
         {{{.12f, -.44f},
           {-.08f, -.49f},
           {-.24f, -.28f},
           {-.28f, .08f},
           {-.17f, .42f},
           {.06f, .5f},
           {.24f, .26f},
           {.27f, -.1f},
           {.18f, -.4f},
           {.1f, -.47f}}}},
        {{{{.01f, -.5f}, {0, 0}, {-.01f, .5f}}},
         {{{-.17f, -.29f}, {.03f, -.5f}, {.03f, -.5f}, {.03f, 0}, {.02f, .5f}}},
         {{{-.17f, -.31f}, {.02f, -.5f}, {.02f, -.5f}, {.02f, 0}, {.01f, .48f}},
          {{-.2f, .49f}, {0, .48f}, {.22f, .49f}}}},
        {{{{-.26f, -.28f},
           {-.16f, -.45f},
           {.04f, -.5f},
           {.22f, -.38f},
           {.22f, -.16f},
           {.04f, .12f},
           {-.18f, .37f},
           {-.28f, .48f},
           {-.28f, .48f},
           {0, .47f},
           {.3f, .46f}}},
         {{{-.25f, -.3f},
           {-.1f, -.48f},
           {.12f, -.47f},
           {.22f, -.28f},
           {.12f, .02f},
           {-.08f, .34f},
           {-.22f, .46f},
           {-.29f, .37f},
           {-.2f, .27f},
           {-.04f, .34f},
           {.12f, .46f},
           {.31f, .4f}}}},
        {{{{-.24f, -.36f},
           {-.08f, -.49f},
           {.12f, -.47f},
           {.22f, -.32f},
           {.15f, -.13f},
           {-.05f, -.04f},
           {-.05f, -.04f},
           {.18f, .06f},
           {.27f, .24f},
           {.17f, .43f},
           {-.04f, .5f},
           {-.27f, .38f}}},
         {{{-.22f, -.47f},
           {0, -.48f},
           {.23f, -.48f},
           {.23f, -.48f},
           {-.02f, -.1f},
           {-.02f, -.1f},
           {.2f, .01f},
           {.27f, .22f},
           {.16f, .43f},
           {-.05f, .5f},
           {-.27f, .39f}}}},
        {{{{-.14f, -.5f}, {-.2f, -.2f}, {-.28f, .1f}, {-.28f, .1f}, {0, .1f}, {.3f, .07f}},
          {{.14f, -.32f}, {.12f, .1f}, {.1f, .5f}}},
         {{{.12f, -.5f}, {-.1f, -.18f}, {-.3f, .14f}, {-.3f, .14f}, {0, .14f}, {.32f, .14f}},
          {{.12f, -.5f}, {.12f, 0}, {.12f, .5f}}},
         {{{-.22f, -.48f}, {-.25f, -.2f}, {-.14f, -.04f}, {.08f, -.08f}, {.22f, -.24f}},
          {{.22f, -.48f}, {.2f, 0}, {.17f, .5f}}}},
        {{{{-.18f, -.48f},
           {-.22f, -.08f},
           {-.22f, -.08f},
           {0, -.14f},
           {.2f, -.04f},
           {.27f, .18f},
           {.16f, .41f},
           {-.06f, .5f},
           {-.27f, .39f}},
          {{-.18f, -.48f}, {.05f, -.48f}, {.27f, -.5f}}},
         {{{.26f, -.47f},
           {.03f, -.47f},
           {-.16f, -.46f},
           {-.16f, -.46f},
           {-.22f, -.06f},
           {-.22f, -.06f},
           {.02f, -.13f},
           {.22f, 0},
           {.25f, .24f},
           {.1f, .45f},
           {-.1f, .49f},
           {-.26f, .42f}}}},
        {{{{.2f, -.47f},
           {-.02f, -.36f},
           {-.19f, -.1f},
           {-.26f, .2f},
           {-.17f, .43f},
           {.03f, .5f},
           {.22f, .38f},
           {.25f, .18f},
           {.1f, .04f},
           {-.1f, .08f},
           {-.23f, .27f}}},
         {{{.06f, -.5f},
           {-.12f, -.26f},
           {-.24f, .06f},
           {-.24f, .3f},
           {-.1f, .48f},
           {.12f, .46f},
           {.24f, .27f},
           {.14f, .06f},
           {-.06f, .06f},
           {-.2f, .22f}}}},
        {{{{-.28f, -.45f}, {0, -.47f}, {.28f, -.48f}, {.28f, -.48f}, {.09f, -.08f}, {-.06f, .5f}}},
         {{{-.28f, -.45f}, {0, -.47f}, {.28f, -.48f}, {.28f, -.48f}, {.09f, -.02f}, {-.05f, .5f}},
          {{-.13f, .02f}, {.05f, 0}, {.24f, -.02f}}},
         {{{-.29f, -.28f},
           {-.27f, -.46f},
           {-.27f, -.46f},
           {0, -.44f},
           {.28f, -.49f},
           {.28f, -.49f},
           {.06f, 0},
           {-.03f, .5f}}}},
        {{{{.2f, -.36f},
           {.02f, -.5f},
           {-.18f, -.4f},
           {-.19f, -.22f},
           {0, -.03f},
           {.21f, .16f},
           {.24f, .36f},
           {.04f, .5f},
           {-.2f, .4f},
           {-.23f, .19f},
           {-.03f, 0},
           {.18f, -.19f},
           {.2f, -.38f},
           {.08f, -.48f}}},
         {{{0, -.04f}, {-.18f, -.16f}, {-.17f, -.4f}, {.01f, -.5f}, {.18f, -.39f}, {.18f, -.16f}, {0, -.03f}},
          {{0, -.03f}, {-.22f, .12f}, {-.22f, .38f}, {0, .5f}, {.23f, .38f}, {.22f, .12f}, {0, -.03f}}}},
        {{{{.22f, -.34f},
           {.05f, -.5f},
           {-.17f, -.42f},
           {-.24f, -.22f},
           {-.12f, -.04f},
           {.08f, -.08f},
           {.22f, -.3f},
           {.22f, -.3f},
           {.2f, .06f},
           {.15f, .5f}}},
         {{{.23f, -.3f},
           {.1f, -.48f},
           {-.13f, -.46f},
           {-.24f, -.26f},
           {-.14f, -.06f},
           {.07f, -.07f},
           {.22f, -.27f},
           {.24f, .02f},
           {.14f, .34f},
           {-.06f, .5f},
           {-.22f, .42f}}}},
    }};
    return all;
}

/// How a hand writes.
struct Hand {
    float slant, turn, narrow, round, shake;
    float weight;  ///< half the width of the line, of the digit's height
    float broad;   ///< how much thicker strokes across the pen's edge are
    float pen;     ///< angle of that edge
    float taper;   ///< thinning of the ends
    float warp[4]; ///< a smooth bend of the whole digit
    float height;  ///< of the square
    Point shift;
    float ink, soft;
};

Hand draw_hand(Random& random)
{
    Hand hand{};
    hand.slant = 0.17f + 0.17f * random.normal();
    hand.turn = 0.06f * random.normal();
    hand.narrow = random.range(0.84f, 1.26f);
    hand.round = random.range(0.7f, 1.2f);
    hand.shake = random.range(0.008f, 0.026f);
    hand.weight = random.range(0.048f, 0.094f);
    hand.broad = random.range(0.0f, 0.4f);
    hand.pen = random.range(-0.9f, 0.3f);
    hand.taper = random.chance(0.5f) ? 0.0f : random.range(0.2f, 0.65f);
    for (float& w : hand.warp)
        w = 0.05f * random.normal();
    hand.height = random.range(0.66f, 0.78f);
    hand.shift = {random.range(-0.02f, 0.02f), random.range(-0.02f, 0.02f)};
    hand.ink = random.range(0.86f, 1.0f);
    hand.soft = random.range(0.045f, 0.065f);
    return hand;
}

/// A point of the form as this hand puts it.
Point written(const Hand& hand, Point p, Random& random)
{
    p = p + Point{hand.shake * random.normal(), hand.shake * random.normal()};
    p = p
        + Point{hand.warp[0] * std::sin(3 * p.y) + hand.warp[1] * p.y * p.y,
                hand.warp[2] * std::sin(3 * p.x) + hand.warp[3] * p.x * p.x};
    p.x = hand.narrow * p.x - hand.slant * p.y;
    return turned(p, hand.turn);
}

/// A short straight piece of a line with its radii.
struct Piece {
    Point from{}, to{};
    float from_radius = 0, to_radius = 0;
};

/// The curve through the points (Hermite, tangents between the neighbours) as straight pieces.
void add_curve(const Hand& hand, const Stroke& points, std::vector<Piece>& pieces)
{
    constexpr int kSteps = 5;
    const int count = int(points.size());
    const auto at = [&](int i) { return points[std::size_t(std::clamp(i, 0, count - 1))]; };
    const auto radius = [&](Point step, float way) {
        const float across =
            std::abs(dot(step, {-std::sin(hand.pen), std::cos(hand.pen)})) / (length(step) + 1e-6f);
        const float end = 1 - hand.taper * smooth(0.8f, 1.0f, std::abs(2 * way - 1));
        return hand.weight * (1 - 0.5f * hand.broad + hand.broad * across) * end;
    };
    Point last = at(0);
    float last_radius = radius(at(1) - at(0), 0);
    for (int i = 0; i + 1 < count; ++i) {
        const bool corner_before = i > 0 && length(at(i) - at(i - 1)) < 1e-6f;
        const bool corner_after = i + 2 < count && length(at(i + 2) - at(i + 1)) < 1e-6f;
        if (length(at(i + 1) - at(i)) < 1e-6f)
            continue;
        const Point start = corner_before ? at(i + 1) - at(i) : (at(i + 1) - at(i - 1)) * (0.5f * hand.round);
        const Point end = corner_after ? at(i + 1) - at(i) : (at(i + 2) - at(i)) * (0.5f * hand.round);
        for (int k = 1; k <= kSteps; ++k) {
            const float t = float(k) / kSteps, s = 1 - t;
            const Point next = at(i) * (s * s * (1 + 2 * t)) + start * (s * s * t)
                               + at(i + 1) * (t * t * (3 - 2 * t)) - end * (t * t * s);
            const float next_radius = radius(next - last, (float(i) + t) / float(count - 1));
            pieces.push_back({last, next, last_radius, next_radius});
            last = next;
            last_radius = next_radius;
        }
    }
}

/// Scales and shifts the pieces, so that the digit has its height and fits into the square with its line.
void fit(const Hand& hand, std::vector<Piece>& pieces)
{
    Point low{9, 9}, high{-9, -9};
    for (const Piece& piece : pieces)
        for (const Point p : {piece.from, piece.to}) {
            low = {std::min(low.x, p.x), std::min(low.y, p.y)};
            high = {std::max(high.x, p.x), std::max(high.y, p.y)};
        }
    const float line = 2 * hand.weight * (1 + 0.5f * hand.broad);
    const float scale = std::min(hand.height / (high.y - low.y + line), 0.8f / (high.x - low.x + line));
    const Point middle = (low + high) * 0.5f;
    for (Piece& piece : pieces) {
        piece.from = (piece.from - middle) * scale + hand.shift + Point{0.5f, 0.5f};
        piece.to = (piece.to - middle) * scale + hand.shift + Point{0.5f, 0.5f};
        piece.from_radius *= scale;
        piece.to_radius *= scale;
    }
}

} // namespace

Picture draw_digit(int digit, std::uint64_t seed, int side)
{
    check(digit >= 0 && digit <= 9, "a digit is from 0 to 9");
    check(side >= 16 && side <= 256, "a digit has a side from 16 to 256 pixels");
    Random random(hash(std::uint32_t(seed) ^ hash(std::uint32_t(seed >> 32) + 10 + std::uint32_t(digit))));
    const Hand hand = draw_hand(random);
    const std::vector<Form>& choice = forms()[std::size_t(digit)];
    std::vector<Piece> pieces;
    for (const Stroke& stroke : choice[std::size_t(random.below(int(choice.size())))]) {
        Stroke points;
        for (std::size_t i = 0; i < stroke.size(); ++i) {
            const bool corner = i > 0 && length(stroke[i] - stroke[i - 1]) < 1e-6f;
            points.push_back(corner ? points.back() : written(hand, stroke[i], random));
        }
        add_curve(hand, points, pieces);
    }
    fit(hand, pieces);
    const float soft = std::max(hand.soft, 1.0f / float(side));
    return make_picture(side, side, 1, 8, [&](std::uint8_t* bytes) {
        for (int y = 0; y < side; ++y)
            for (int x = 0; x < side; ++x) {
                const Point p{(float(x) + 0.5f) / float(side), (float(y) + 0.5f) / float(side)};
                float nearest = 1;
                for (const Piece& piece : pieces)
                    nearest = std::min(nearest,
                                       capsule(p, piece.from, piece.to, piece.from_radius, piece.to_radius));
                *bytes++ = std::uint8_t(255 * hand.ink * smooth(0, 1, 0.5f - nearest / (1.6f * soft)) + 0.5f);
            }
    });
}

} // namespace lacuna::scenes
