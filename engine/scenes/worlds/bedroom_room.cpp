// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/worlds/bedroom_room.h"

#include <array>

namespace lacuna::scenes {

namespace {

template <std::size_t N> Rgb pick(Random& random, const std::array<std::uint32_t, N>& colours)
{
    const Rgb one = hex(colours[std::size_t(random.below(int(N)))]);
    const Rgb two = hex(colours[std::size_t(random.below(int(N)))]);
    const float first = random.next(), share = 0.45f * first * random.next();
    return mix(one, two, share) * random.range(0.88f, 1.1f);
}

constexpr std::array<std::uint32_t, 11> kWalls{0xd8cdbd, 0xb4bfa9, 0xa3b4c2, 0xd7b5a3, 0xcdb68b, 0x8aa19c,
                                               0xb7a8b9, 0x73869a, 0xd9d4cb, 0x9aa383, 0xc2978a};
constexpr std::array<std::uint32_t, 6> kWoods{0xa9794d, 0x7b4f30, 0xc79e6c, 0x5a3a28, 0xe4ddd2, 0x8c6a4f};
constexpr std::array<std::uint32_t, 6> kFloors{0xb68a5c, 0x8a5f3f, 0xc9a77b, 0x9b8a78, 0x6e4a33, 0xbfa88d};
constexpr std::array<std::uint32_t, 5> kCarpets{0xb9b0a3, 0x9da3a4, 0x8f8478, 0xc6b6a2, 0x7f8892};
constexpr std::array<std::uint32_t, 8> kDuvets{0xece7de, 0xe6dfd2, 0xc9d2d6, 0xd9c2b4,
                                               0x8fa3b5, 0xb6bfa5, 0xdccfa9, 0x77849a};
constexpr std::array<std::uint32_t, 8> kAccents{0xc8922f, 0xb4573a, 0x2f6f73, 0x3d5577,
                                                0x8a3f4b, 0x5e7a4a, 0xc77f6b, 0x4c4a63};
constexpr std::array<std::uint32_t, 6> kHeads{0x8b8d92, 0x5d6c7c, 0xb7a28c, 0x6f7d68, 0xa6776b, 0x4e4f5c};
constexpr std::array<std::uint32_t, 5> kFeet{0xd9d3c8, 0x4d6c74, 0xb08648, 0x3a3a40, 0xa9644c};
constexpr std::array<std::uint32_t, 4> kShades{0xe3d9c6, 0xd8cbb6, 0xc9c6c0, 0xdfc8ae};
constexpr std::array<std::uint32_t, 5> kCurtains{0xe2dccf, 0xb5a58f, 0x8297a3, 0xb98878, 0x8b9a7c};

} // namespace

Random Bedroom::details(std::string_view attribute) const
{
    std::uint32_t h = seed;
    for (const char c : attribute)
        h = hash(h ^ std::uint32_t(static_cast<unsigned char>(c)));
    return Random(h);
}

Bedroom::Bedroom(std::uint64_t wide_seed)
    : seed(hash(std::uint32_t(wide_seed) ^ hash(std::uint32_t(wide_seed >> 32) + 0x6265u)))
{
    Random camera(hash(seed + 1)), colours(hash(seed + 2)), styles(hash(seed + 3));
    middle = {0.5f + camera.range(-0.022f, 0.022f), 0.5f + camera.range(-0.02f, 0.02f)};
    scale = camera.range(0.96f, 1.05f);
    vanishing = {camera.range(-0.025f, 0.025f), camera.range(0.285f, 0.315f)};

    const float warmth = camera.next();
    light = mix(hex(0xe6ecf5), hex(0xffeacf), warmth) * camera.range(0.85f, 1.15f);
    from_right = camera.range(-0.28f, 0.28f);
    from_above = camera.range(0.05f, 0.35f);

    wall = pick(colours, kWalls);
    second_wall = mix(wall * 0.86f, pick(colours, kWalls), 0.25f);
    ceiling = mix(hex(0xf1ede5), wall, 0.2f);
    trim = mix(hex(0xefe9df), wall, colours.range(0.0f, 0.4f));
    carpet = styles.chance(0.3f);
    floor = carpet ? pick(colours, kCarpets) : pick(colours, kFloors);
    wood = pick(colours, kWoods);
    accent = pick(colours, kAccents);
    second_accent = pick(colours, kAccents);
    rug_colour = mix(mix(hex(0xd8cdbd), accent, 0.45f), floor, 0.15f);
    duvet = pick(colours, kDuvets);
    sheet = mix(hex(0xefebe4), duvet, colours.range(0.0f, 0.3f));
    pillow = mix(hex(0xf2eee7), duvet, colours.range(0.0f, 0.75f));
    lamp_foot = pick(colours, kFeet);
    lamp_shade = pick(colours, kShades);
    curtain = pick(colours, kCurtains);

    const float paper_draw = styles.next();
    paper = paper_draw < 0.5f ? Paper::Plain : paper_draw < 0.78f ? Paper::Stripes : Paper::Panels;
    stripe = kWallHalf / std::floor(styles.range(4.0f, 9.0f));
    board = styles.range(0.045f, 0.075f);
    rug = styles.chance(0.55f);
    head = Head(styles.below(4));
    head_colour =
        head == Head::Channels || (head == Head::Arch && styles.chance(0.6f)) ? pick(colours, kHeads) : wood;
    head_top = styles.range(0.385f, 0.41f);
    linen = Linen(styles.below(4));
    lamp = Lamp(styles.below(3));
}

} // namespace lacuna::scenes
