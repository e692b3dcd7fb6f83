// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "engine/core/error.h"
#include "engine/models/unet_config.h"

namespace lacuna {

namespace {

constexpr double norm_eps = 1e-6;

void require(bool condition, const std::string& option, const std::string& cause)
{
    if (!condition)
        throw Error(ErrorKind::Input, option, cause, "Correct the description of the network");
}

void validate(const DdpmConfig& config)
{
    require(config.image_size > 0 && config.image_size <= 1 << 16, "image_size", "must be 1 to 65536");
    require(config.ch > 0 && config.ch <= 1 << 14 && config.ch % 32 == 0, "ch",
            "must be a multiple of 32 up to 16384");
    require(config.num_res_blocks > 0 && config.num_res_blocks <= 64, "num_res_blocks", "must be 1 to 64");
    require(config.in_channels > 0 && config.in_channels <= 4096, "in_channels", "must be 1 to 4096");
    require(config.out_ch > 0 && config.out_ch <= 4096, "out_ch", "must be 1 to 4096");
    require(!config.ch_mult.empty() && config.ch_mult.size() <= 12, "ch_mult", "must have 1 to 12 levels");
    for (const std::int64_t m : config.ch_mult)
        require(m > 0 && m <= 64, "ch_mult", "must be 1 to 64");
}

/// The blocks of restoration.md 2.
class DdpmBlocks {
public:
    DdpmBlocks(GraphBuilder& builder, const DdpmConfig& config, int embedding)
        : g_(builder),
          config_(config),
          embedding_(embedding)
    {
    }

    bool attends(std::size_t level) const
    {
        const auto& list = config_.attn_resolutions;
        return std::find(list.begin(), list.end(), config_.image_size >> level) != list.end();
    }

    int residual(int x, std::int64_t out, const std::string& key)
    {
        int h = g_.norm(x, {.eps = norm_eps, .silu = true}, key + ".norm1");
        h = g_.conv(h, {.out = out}, key + ".conv1");
        const int emb = g_.linear(embedding_, out, true, key + ".temb_proj");
        // The embedding is added to h, which nothing but the norm reads.
        h = g_.norm(h, {.eps = norm_eps, .modulation = op::GroupNorm::Modulation::Add, .silu = true},
                    key + ".norm2", emb);
        h = g_.conv(h, {.out = out}, key + ".conv2");
        if (g_.channels(x) != out)
            x = g_.conv(x, {.out = out, .kernel = 1}, key + ".nin_shortcut");
        return g_.sum(x, h);
    }

    int attention(int x, const std::string& key)
    {
        const op::Conv conv{.out = g_.channels(x), .kernel = 1};
        int h = g_.norm(x, {.eps = norm_eps}, key + ".norm");
        const int q = g_.conv(h, conv, key + ".q"), k = g_.conv(h, conv, key + ".k"),
                  v = g_.conv(h, conv, key + ".v");
        h = g_.attention({q, k, v}, {.heads = 1, .order = op::Attention::Order::Separate});
        h = g_.conv(h, conv, key + ".proj_out");
        const int sum = g_.sum(x, h);
        g_.name(key, sum);
        return sum;
    }

    int down(int x, const std::string& key)
    {
        return config_.resamp_with_conv
                   ? g_.conv(x,
                             {.out = g_.channels(x), .stride = 2, .padding = op::Conv::Padding::BottomRight},
                             key + ".conv")
                   : g_.average_pool(x);
    }

    int up(int x, const std::string& key)
    {
        x = g_.upsample(x);
        return config_.resamp_with_conv ? g_.conv(x, {.out = g_.channels(x)}, key + ".conv") : x;
    }

private:
    GraphBuilder& g_;
    const DdpmConfig& config_;
    int embedding_;
};

std::string numbered(const std::string& list, std::size_t index)
{
    return list + '.' + std::to_string(index);
}

} // namespace

NetworkGraph ddpm_graph(const DdpmConfig& config)
{
    validate(config);
    const std::size_t levels = config.ch_mult.size(),
                      blocks_per_level = static_cast<std::size_t>(config.num_res_blocks);
    GraphBuilder g(config.in_channels);
    int e = g.embed({.form = op::TimestepEmbedding::Form::Ddpm, .width = config.ch});
    e = g.linear(e, 4 * config.ch, false, "temb.dense.0");
    e = g.linear(e, 4 * config.ch, true, "temb.dense.1");
    DdpmBlocks blocks(g, config, e);

    int h = g.conv(GraphBuilder::input, {.out = config.ch}, "conv_in");
    std::vector<int> skips{h};
    for (std::size_t level = 0; level < levels; ++level) {
        const std::string key = numbered("down", level);
        for (std::size_t i = 0; i < blocks_per_level; ++i) {
            h = blocks.residual(h, config.ch * config.ch_mult[level], numbered(key + ".block", i));
            g.name(numbered(key + ".block", i), h);
            if (blocks.attends(level))
                h = blocks.attention(h, numbered(key + ".attn", i));
            skips.push_back(h);
        }
        if (level + 1 < levels) {
            h = blocks.down(h, key + ".downsample");
            skips.push_back(h);
        }
    }
    h = blocks.residual(h, g.channels(h), "mid.block_1");
    g.name("mid.block_1", h);
    h = blocks.attention(h, "mid.attn_1");
    h = blocks.residual(h, g.channels(h), "mid.block_2");
    g.name("mid.block_2", h);
    for (std::size_t level = levels; level-- > 0;) {
        const std::string key = numbered("up", level);
        for (std::size_t i = 0; i <= blocks_per_level; ++i) {
            h = g.concat(h, skips.back());
            skips.pop_back();
            h = blocks.residual(h, config.ch * config.ch_mult[level], numbered(key + ".block", i));
            g.name(numbered(key + ".block", i), h);
            if (blocks.attends(level))
                h = blocks.attention(h, numbered(key + ".attn", i));
        }
        if (level > 0)
            h = blocks.up(h, key + ".upsample");
    }
    g.end_of_blocks();
    h = g.norm(h, {.eps = norm_eps, .silu = true}, "norm_out");
    g.conv(h, {.out = config.out_ch}, "conv_out");
    return g.take();
}

} // namespace lacuna
