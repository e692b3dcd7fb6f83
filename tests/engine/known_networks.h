// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTest>

#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>

#include "engine/models/eager_network.h"
#include "engine/models/unet_config.h"
#include "made_networks.h"
#include "tensor_compare.h"

namespace lacuna {

/// What a published table says of one network.
struct Expected {
    NetworkConfig config{};
    std::size_t keys = 0;
    std::int64_t parameters = 0;
    double mean = 0, deviation = 0;
    std::vector<float> first{}, last{};
    bool labels = false;
};

inline std::vector<std::pair<const char*, Expected>> described_networks()
{
    const AdmConfig a = tiny_adm();
    AdmConfig b = a, c = a, d = a;
    b.use_new_attention_order = true;
    c.num_head_channels = -1;
    c.num_heads = 2;
    c.use_scale_shift_norm = c.resblock_updown = false;
    d.num_classes = 10;
    const EncoderConfig encoder{.image_size = 16,
                                .out_channels = 7,
                                .num_channels = 32,
                                .num_res_blocks = 1,
                                .channel_mult = {1, 2},
                                .attention_resolutions = {8},
                                .num_head_channels = 16};
    const DdpmConfig ddpm{
        .image_size = 16, .ch = 32, .ch_mult = {1, 2}, .num_res_blocks = 1, .attn_resolutions = {8}};
    return {
        {"A",
         {a, 144, 828358, -0.009496, 0.636903, {.31828f, .42911f, .2884f}, {1.59506f, 1.73623f, 1.00473f}}},
        {"B",
         {b, 144, 828358, -0.013900, 0.448457, {.62375f, .79462f, .36788f}, {1.49401f, 2.39446f, 1.6713f}}},
        {"C",
         {c,
          128,
          703366,
          -0.076353,
          0.505569,
          {-.20036f, -.23314f, -.15466f},
          {-.29649f, -.43105f, -.3421f}}},
        {"D",
         {d,
          145,
          828358 + 1280,
          0.049081,
          0.621358,
          {.3069f, .38677f, .35734f},
          {.26233f, .28852f, .25869f},
          true}},
        {"encoder",
         {encoder,
          77,
          381639,
          -0.738104,
          -1,
          {-.69007f, -.71954f, -.73952f},
          {-.76504f, -.75338f, -.73167f}}},
        {"DDPM",
         {ddpm,
          144,
          702499,
          .008347,
          .732399,
          {-.23749f, -.43124f, -.6054f},
          {-.21956f, -.46323f, -.35677f}}}};
}

/// The released networks, as options.                                                    restoration.md 1.8, 2
inline std::vector<std::pair<const char*, Expected>> released_networks()
{
    const AdmConfig imagenet{.image_size = 256,
                             .num_channels = 256,
                             .num_res_blocks = 2,
                             .attention_resolutions = {32, 16, 8},
                             .num_head_channels = 64,
                             .learn_sigma = true,
                             .resblock_updown = true};
    AdmConfig with_classes = imagenet, small = imagenet, smallest = imagenet, large = imagenet,
              faces = imagenet;
    with_classes.num_classes = small.num_classes = smallest.num_classes = large.num_classes = 1000;
    small.image_size = 128;
    small.num_heads = 4;
    small.num_head_channels = -1;
    smallest.image_size = 64;
    smallest.num_channels = 192;
    smallest.num_res_blocks = 3;
    smallest.use_new_attention_order = true;
    large.image_size = 512;
    faces.num_channels = 128;
    faces.num_res_blocks = 1;
    faces.attention_resolutions = {16};
    EncoderConfig classifiers[4];
    for (int i = 0; i < 4; ++i)
        classifiers[i].image_size = 64 << i;
    classifiers[0].num_res_blocks = 4;
    return {{"uncond 256", {imagenet, 566, 552814086}},
            {"cond 256", {with_classes, 567, 553838086}},
            {"cond 128", {small, 493, 421529606}},
            {"cond 64", {smallest, 541, 295904454}},
            {"cond 512", {large, 645, 558997638}},
            {"faces 256", {faces, 362, 93563910}},
            {"classifier 64", {classifiers[0], 0, 65438568}},
            {"classifier 128", {classifiers[1], 0, 42568040}},
            {"classifier 256", {classifiers[2], 0, 54096360}},
            {"classifier 512", {classifiers[3], 0, 54448360}},
            {"DDPM 256", {DdpmConfig{}, 450, 113673219}}};
}

/// Networks whose first operation makes channels of pixels.
inline std::vector<std::pair<const char*, Expected>> unshuffled_networks()
{
    AdmConfig by_four = unshuffled_adm(), conditioned = unshuffled_adm();
    by_four.unshuffle = 4;
    by_four.learn_sigma = false;
    conditioned.in_channels = 4;
    conditioned.out_channels = 1;
    const EncoderConfig encoder{.image_size = 32,
                                .num_channels = 32,
                                .num_res_blocks = 1,
                                .channel_mult = {1, 2},
                                .attention_resolutions = {8},
                                .num_head_channels = 16,
                                .unshuffle = 2};
    return {{"unshuffled", {unshuffled_adm()}},
            {"unshuffled by four", {by_four}},
            {"unshuffled with a condition", {conditioned}},
            {"unshuffled classifier", {encoder}}};
}

inline Expected find(const std::vector<std::pair<const char*, Expected>>& list, const QString& name)
{
    for (const auto& [title, expected] : list)
        if (name == QLatin1String(title))
            return expected;
    return {};
}

inline void columns(const std::vector<std::pair<const char*, Expected>>& list)
{
    QTest::addColumn<QString>("network");
    for (const auto& [title, expected] : list)
        QTest::newRow(title) << QString(title);
}

} // namespace lacuna
