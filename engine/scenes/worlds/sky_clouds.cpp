// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/worlds/sky_clouds.h"

#include "engine/scenes/worlds/shapes.h"

namespace lacuna::scenes {

namespace {

/// Coordinates on a flat layer of clouds that runs away to the horizon.
Point on_layer(const SkyScene& scene, Point p)
{
    const float near = (scene.horizon - p.y) / scene.horizon + 0.22f;
    return {(p.x - 0.5f) / near, 1 / near};
}

Point mix_points(Point a, Point b, float t)
{
    return a + (b - a) * t;
}

/// Swellings with creases between them, about -0.5 to 0.5.
float billows(float x, float y, int octaves, std::uint32_t salt)
{
    float sum = -0.5f, weight = 0.75f;
    for (int i = 0; i < octaves; ++i) {
        sum += weight * std::abs(noise(x, y, salt + std::uint32_t(i)));
        const float turned = 1.62f * x - 1.2f * y + 11.9f;
        y = 1.2f * x + 1.62f * y - 4.7f;
        x = turned;
        weight *= 0.55f;
    }
    return sum;
}

} // namespace

/// A cumulus: balls on a flat base.
struct CloudField::Heap {
    struct Ball {
        Point centre{};
        float radius = 0;
    };
    std::vector<Ball> balls{};
    float base = 0, top = 1, left = 1, right = 0;
    float haze = 0; ///< how far away
    float frequency = 1;
};

CloudField::CloudField(const SkyScene& scene, CloudKind kind, int size)
    : scene_(scene),
      step_(1 / float(std::clamp(size * 5 / 4, 80, 400))),
      columns_(int(1 / step_) + 3),
      rows_(int(scene.horizon / step_) + 3),
      octaves_(size <= 96    ? 4
               : size <= 256 ? 5
                             : 6),
      salt_(sky_salt(scene.seed, "cloud")),
      nodes_(std::size_t(columns_) * rows_)
{
    if (kind == CloudKind::Wisps)
        wisps();
    if (kind == CloudKind::Cumulus)
        cumulus();
    if (kind == CloudKind::Storm)
        storm();
}

Paint CloudField::at(Point p) const
{
    const float x = p.x / step_, y = p.y / step_;
    const int column = std::clamp(int(x), 0, columns_ - 2), row = std::clamp(int(y), 0, rows_ - 2);
    const float u = x - float(column), v = y - float(row);
    const Node* a = &nodes_[std::size_t(row) * columns_ + column];
    const Node* b = a + columns_;
    const float cover = mix(mix(a[0].cover, a[1].cover, u), mix(b[0].cover, b[1].cover, u), v);
    if (cover <= 0)
        return {{}, 0};
    const Rgb colour = mix(mix(a[0].colour, a[1].colour, u), mix(b[0].colour, b[1].colour, u), v);
    return {colour, smooth(0, 1, cover)};
}

/// Cirrus: fine hair along one direction, in a few bundles.
void CloudField::wisps()
{
    Random random(salt_);
    const float side = random.chance(0.5f) ? 1.0f : -1.0f, angle = side * random.range(0.12f, 0.6f);
    const float bend = random.range(0.5f, 1.0f), thick = random.range(0.85f, 1.1f);
    for (int row = 0; row < rows_; ++row)
        for (int column = 0; column < columns_; ++column) {
            const Point p = place(column, row);
            const Point q = turned(on_layer(scene_, p), angle);
            const float drift = noise(0.9f * q.x, 1.1f * q.y, salt_ + 50);
            const float bundles = noise(1.2f * q.x + 3, 2.1f * q.y + bend * drift, salt_ + 60);
            const float hair =
                fbm(1.3f * q.x + 0.5f * drift, 7.5f * q.y + 2.1f * bend * drift, octaves_, salt_);
            const float cover = thick * (0.36f + 0.75f * bundles + 0.55f * hair * (1 + bundles));
            const float shine = std::min(1.0f, 0.55f * sun_glow(scene_, p, 0.4f) + 0.15f);
            Rgb colour = mix(scene_.palette.cloud_lit, scene_.palette.sun, shine);
            colour = mix(colour, scene_.palette.horizon, 0.35f * smooth(0.45f, 0.8f, p.y));
            node(column, row) = {colour, std::min(cover, 0.72f)};
        }
}

CloudField::Heap CloudField::heap(Random& random, float depth, float x) const
{
    Heap heap;
    const float width = mix(0.13f, 0.48f, depth) * random.range(0.8f, 1.2f);
    heap.base = mix(scene_.horizon - 0.10f, 0.36f, depth) + random.range(-0.04f, 0.04f);
    heap.haze = 0.5f * (1 - depth);
    heap.frequency = 2.6f / width;
    const float peak = random.range(-0.25f, 0.25f);
    constexpr int kBalls = 11;
    for (int i = 0; i < kBalls; ++i) {
        const float t = 2 * (float(i) + random.range(0.1f, 0.9f)) / kBalls - 1;
        const float hump = 1 - std::min(1.0f, (t - peak) * (t - peak) * 1.3f);
        const float radius = width * random.range(0.10f, 0.16f) * (0.7f + 0.6f * hump);
        const float lift = width * random.range(0.02f, 0.26f) * hump;
        const Point centre{x + 0.42f * width * t, heap.base - 0.35f * radius - lift};
        heap.balls.push_back({centre, radius});
        heap.left = std::min(heap.left, centre.x - 1.5f * radius);
        heap.right = std::max(heap.right, centre.x + 1.5f * radius);
        heap.top = std::min(heap.top, centre.y - 1.5f * radius);
    }
    return heap;
}

/// Puts a heap before those that are there.
void CloudField::put(const Heap& heap)
{
    const int first_column = std::clamp(int(heap.left / step_), 0, columns_);
    const int last_column = std::clamp(int(heap.right / step_) + 2, 0, columns_);
    const int first_row = std::clamp(int(heap.top / step_), 0, rows_);
    const int last_row = std::clamp(int((heap.base + 0.05f) / step_) + 2, 0, rows_);
    for (int row = first_row; row < last_row; ++row)
        for (int column = first_column; column < last_column; ++column) {
            const Point p = place(column, row);
            const float curl =
                billows(p.x * heap.frequency, p.y * heap.frequency * 1.2f, octaves_, salt_ + 7);
            float bulge = -4;
            Point slope{};
            for (const Heap::Ball& ball : heap.balls) {
                const Point q = (p - ball.centre) * (1 / ball.radius);
                const float inside = 1 - dot(q, q);
                // The balls melt into one another.
                const float share = clamp01(0.5f + (inside - bulge) / 0.9f);
                bulge = mix(bulge, inside, share) + 0.45f * share * (1 - share);
                slope = mix_points(slope, q, share);
            }
            const float above = (heap.base - p.y) / (heap.base - heap.top);
            float cover = bulge + 1.1f * curl;
            cover = std::min(cover, 9 * above + 0.5f + 0.8f * curl) * 2.6f;
            Node& there = node(column, row);
            if (cover <= there.cover && cover <= 0)
                continue;

            // Lit from the sun's side and from above, dark towards the base.
            Point way = scene_.sun - p;
            way = way * (1 / (length(way) + 0.15f));
            const float facing = std::sqrt(std::clamp(bulge, 0.05f, 1.0f));
            const float lambert = 0.62f * dot(slope, way) + 0.45f * facing - 0.3f * slope.y + 0.6f * curl;
            const float light =
                smooth(-0.35f, 0.95f, lambert) * mix(0.42f, 1.0f, smooth(-0.1f, 0.55f, above));
            Rgb colour = mix(scene_.palette.cloud_shade, scene_.palette.cloud_lit, light);
            const float lining = 0.85f * smooth(0.9f, 0.1f, bulge) * sun_glow(scene_, p, 0.26f);
            colour = mix(colour, scene_.palette.sun, lining);
            colour = mix(colour, scene_.palette.horizon, heap.haze * (0.75f + 0.25f * (1 - above)));
            const float over = there.cover <= 0 ? 1.0f : smooth(0, 1, cover);
            there.colour = mix(there.colour, colour, over);
            there.cover = std::max(there.cover, cover);
        }
}

void CloudField::cumulus()
{
    Random random(salt_);
    const int count = 6 + random.below(3);
    const float start = random.next();
    for (int i = 0; i < count; ++i) {
        // From far to near, side by side in the order of the golden section.
        const float depth = std::pow(float(i) / float(count - 1), 1.2f);
        const float turn = start + 0.618034f * float(i) + random.range(-0.06f, 0.06f);
        put(heap(random, depth, (turn - std::floor(turn)) * 1.1f - 0.05f));
    }
}

/// A dark layer with swollen undersides, a strip of light above the horizon, and rain.
void CloudField::storm()
{
    Random random(salt_);
    const Rgb pale = mix(scene_.palette.cloud_shade, scene_.palette.cloud_lit, 0.22f) * 0.78f;
    const Rgb dark = mix(scene_.palette.cloud_shade, hex(0x46505c), 0.3f * (1 - scene_.night)) * 0.22f;
    const float strip = random.range(0.05f, 0.12f), slant = random.range(-0.35f, 0.35f);
    const Point shift{random.range(0, 9), random.range(0, 9)};
    const float wind = random.range(-0.35f, 0.35f);
    std::vector<float> swells(nodes_.size());
    for (int row = 0; row < rows_; ++row)
        for (int column = 0; column < columns_; ++column) {
            const Point p = place(column, row);
            const Point q = turned(on_layer(scene_, p), wind) + shift;
            swells[std::size_t(row) * columns_ + column] =
                billows(1.5f * q.x, 2.1f * q.y, octaves_, salt_ + 20);
        }
    const int near = std::max(1, int(0.014f / step_ + 0.5f));
    const auto swell_at = [&](int column, int row) {
        column = std::clamp(column, 0, columns_ - 1), row = std::clamp(row, 0, rows_ - 1);
        return swells[std::size_t(row) * columns_ + column];
    };
    for (int row = 0; row < rows_; ++row)
        for (int column = 0; column < columns_; ++column) {
            const Point p = place(column, row);
            const float height = (scene_.horizon - p.y) / scene_.horizon, swell = swell_at(column, row);
            const Point slope{swell_at(column + near, row) - swell_at(column - near, row),
                              swell_at(column, row + near) - swell_at(column, row - near)};
            Point way = scene_.sun - p;
            way = way * (1 / (length(way) + 0.2f));
            // Sides that fall towards the sun are lit, and the undersides by the bright strip.
            const float relief = 0.9f * swell - 1.1f * dot(slope, way) - 0.5f * slope.y;
            const float heavy = noise(2.2f * p.x + shift.x, 2.6f * p.y + shift.y, salt_ + 90);
            const float light =
                0.62f * smooth(-0.5f, 0.65f, relief) + 0.22f * heavy + 0.4f * smooth(0.5f, 0.0f, height);
            Rgb colour = mix(dark, pale, clamp01(light));
            colour = mix(colour, scene_.palette.sun,
                         0.5f * sun_glow(scene_, p, 0.26f) * smooth(-0.3f, 0.5f, relief));
            const float ragged = height - strip + 0.12f * swell + 0.05f * heavy;
            const float rain = smooth(0.0f, 0.8f, noise(3.4f * (p.x + slant * p.y), 0.5f * p.y, salt_ + 70));
            const float veil = 0.8f * rain * smooth(0.0f, 0.04f, height);
            node(column, row) = {colour, std::max(smooth(-0.06f, 0.1f, ragged), veil)};
        }
}

void paint_clouds(Painting& painting, const SkyScene& scene, CloudKind kind, int size)
{
    if (kind == CloudKind::Clear)
        return;
    const CloudField field(scene, kind, size);
    painting.over({0, 0, 1, scene.horizon}, [&](Point p) -> Paint {
        Paint paint = field.at(p);
        paint.alpha *= clamp01((scene.horizon - p.y) / 0.025f);
        return paint;
    });
}

} // namespace lacuna::scenes
