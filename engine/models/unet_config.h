// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "engine/models/network_graph.h"

namespace lacuna {

/// The options of the ADM network under the names of their factory, with the defaults of its command line.
/// restoration.md 1.1
struct AdmConfig {
    int image_size =
        64; ///< selects the default channel_mult and turns resolutions into factors; nothing else
    std::int64_t in_channels = 3;  ///< more than the picture's when it is conditioned on pictures
    std::int64_t out_channels = 3; ///< twice as many come out with learn_sigma
    std::int64_t num_channels = 128;
    int num_res_blocks = 2;
    std::vector<double> channel_mult{}; ///< empty: by image_size
    std::vector<int> attention_resolutions{16, 8};
    int num_heads = 4;
    int num_head_channels = -1;  ///< -1: num_heads heads
    int num_heads_upsample = -1; ///< heads of the second half; -1: num_heads
    bool learn_sigma = false;
    std::int64_t num_classes = 0; ///< 0: not conditioned on a class
    bool use_scale_shift_norm = true;
    bool resblock_updown = false;
    bool conv_resample = true; ///< false: resampling without parameters; no meaning with resblock_updown
    bool use_new_attention_order = false;
    /// Not of the original: side of the squares of pixels that become channels before the first convolution, and
    /// pixels again behind the last one, so that the network works on pictures of image_size / unshuffle and costs
    /// 1 / unshuffle^2. All other options stay those of the whole pictures: attention_resolutions {16, 8} with
    /// image_size 64 is attention where 64 x 64 pixels have become 16 x 16 and 8 x 8, with any unshuffle.
    int unshuffle = 1;

    bool operator==(const AdmConfig&) const = default;
};

/// The classifier: first half of an ADM network with attention pooling.                  restoration.md 1.9
struct EncoderConfig {
    int image_size = 64; ///< of the pictures: the pooling has one position for each pixel of the last level
    std::int64_t in_channels = 3;
    std::int64_t out_channels = 1000;
    std::int64_t num_channels = 128;
    int num_res_blocks = 2;
    std::vector<double> channel_mult{};
    std::vector<int> attention_resolutions{32, 16, 8};
    int num_heads = 1;
    int num_head_channels = 64;
    bool use_scale_shift_norm = true;
    bool resblock_updown = true;
    bool conv_resample = true;
    bool use_new_attention_order = false; ///< of the blocks; the pooling always has the new order
    int unshuffle = 1;                    ///< see AdmConfig

    bool operator==(const EncoderConfig&) const = default;
};

/// The DDPM network.                                                                     restoration.md 2
struct DdpmConfig {
    int image_size = 256; ///< attention is where image_size / 2^level is one of the resolutions
    std::int64_t in_channels = 3;
    std::int64_t out_ch = 3;
    std::int64_t ch = 128;
    std::vector<std::int64_t> ch_mult{1, 1, 2, 2, 4, 4};
    int num_res_blocks = 2;
    std::vector<int> attn_resolutions{16};
    bool resamp_with_conv = true;

    bool operator==(const DdpmConfig&) const = default;
};

using NetworkConfig = std::variant<AdmConfig, EncoderConfig, DdpmConfig>;

/// Throw Error{Input} naming the option for values that no network can have.
NetworkGraph adm_graph(const AdmConfig&);
NetworkGraph encoder_graph(const EncoderConfig&);
NetworkGraph ddpm_graph(const DdpmConfig&);
NetworkGraph network_graph(const NetworkConfig&);

/// The multipliers of an image size; throws Error{Input} when there are none for it.
std::vector<double> default_channel_mult(int image_size);

/// Strict JSON: {"network": "adm", "encoder" or "ddpm", then options}; absent options have their defaults. Options
/// of the original programs that do not change the function (dropout, use_checkpoint, use_fp16 ...) are accepted and
/// forgotten; "channel_mult" and "attention_resolutions" may be lists or texts such as "1,2,4"; "class_cond" alone
/// means 1000 classes. Unknown or ill-typed members throw Error{Input} naming the member and `file`.
std::string to_json(const NetworkConfig&);
NetworkConfig network_config_from_json(const std::string& text, const std::string& file);

} // namespace lacuna
