// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "engine/core/error.h"
#include "engine/models/unet_config.h"

namespace lacuna {

namespace {

void require(bool condition, const std::string& option, const std::string& cause)
{
    if (!condition)
        throw Error(ErrorKind::Input, option, cause, "Correct the description of the network");
}

/// What both halves of the network and the classifier share.
struct Options {
    std::int64_t width = 0; ///< of the embedding
    double eps = 1e-5;
    bool scale_shift = true, residual_resampling = false, conv_resample = true;
    int num_heads = 1, num_head_channels = -1;
    op::Attention::Order order = op::Attention::Order::HeadsFirst;
    std::vector<int> factors{}; ///< down-sampling factors of the picture that have attention
    std::vector<std::int64_t> level_channels{};
    int num_res_blocks = 2;
    int unshuffle = 1;

    bool attends(int factor) const
    {
        return std::find(factors.begin(), factors.end(), factor) != factors.end();
    }
};

template <class Config> Options options_of(const Config& config)
{
    require(config.image_size > 0 && config.image_size <= 1 << 16, "image_size", "must be 1 to 65536");
    require(config.num_channels > 0 && config.num_channels <= 1 << 14, "num_channels", "must be 1 to 16384");
    require(config.num_res_blocks > 0 && config.num_res_blocks <= 64, "num_res_blocks", "must be 1 to 64");
    require(config.in_channels > 0 && config.in_channels <= 4096, "in_channels", "must be 1 to 4096");
    require(config.out_channels > 0 && config.out_channels <= 1 << 20, "out_channels",
            "must be 1 to 1048576");
    Options options{.width = 4 * config.num_channels,
                    .scale_shift = config.use_scale_shift_norm,
                    .residual_resampling = config.resblock_updown,
                    .conv_resample = config.conv_resample,
                    .num_heads = config.num_heads,
                    .num_head_channels = config.num_head_channels,
                    .order = config.use_new_attention_order ? op::Attention::Order::PartsFirst
                                                            : op::Attention::Order::HeadsFirst,
                    .num_res_blocks = config.num_res_blocks,
                    .unshuffle = config.unshuffle};
    require(config.unshuffle > 0 && config.unshuffle <= 16 && config.image_size % config.unshuffle == 0,
            "unshuffle", "must be 1 to 16 and divide image_size");
    for (const int resolution : config.attention_resolutions) {
        require(resolution > 0, "attention_resolutions", "must be greater than 0");
        options.factors.push_back(config.image_size / resolution);
    }
    const std::vector<double> mult =
        config.channel_mult.empty() ? default_channel_mult(config.image_size) : config.channel_mult;
    require(mult.size() <= 12, "channel_mult", "has more than 12 levels");
    for (const double m : mult) {
        require(m > 0 && m <= 64, "channel_mult", "must be greater than 0 and at most 64");
        options.level_channels.push_back(
            static_cast<std::int64_t>(m * static_cast<double>(config.num_channels)));
        require(options.level_channels.back() % 32 == 0 && options.level_channels.back() > 0, "channel_mult",
                "must give multiples of 32 channels");
    }
    return options;
}

/// The blocks of restoration.md 1.3 and 1.4.
class AdmBlocks {
public:
    enum class Resample { None, Up, Down };

    AdmBlocks(GraphBuilder& builder, Options options, int embedding)
        : g_(builder),
          options_(std::move(options)),
          embedding_(embedding)
    {
    }

    const Options& options() const { return options_; }
    void set_heads(int heads) { options_.num_heads = heads; }

    int residual(int x, std::int64_t out, const std::string& key, Resample resample = Resample::None)
    {
        using Modulation = op::GroupNorm::Modulation;
        int h = g_.norm(x, {.eps = options_.eps, .silu = true}, key + ".in_layers.0");
        h = resampled(h, resample);
        x = resampled(x, resample);
        h = g_.conv(h, {.out = out}, key + ".in_layers.2");
        const int emb =
            g_.linear(embedding_, options_.scale_shift ? 2 * out : out, true, key + ".emb_layers.1");
        h = g_.norm(h,
                    {.eps = options_.eps,
                     .modulation = options_.scale_shift ? Modulation::ScaleShift : Modulation::Add,
                     .silu = true},
                    key + ".out_layers.0", emb);
        h = g_.conv(h, {.out = out}, key + ".out_layers.3");
        if (g_.channels(x) != out)
            x = g_.conv(x, {.out = out, .kernel = 1}, key + ".skip_connection");
        return g_.sum(x, h);
    }

    int attention(int x, const std::string& key)
    {
        const std::int64_t channels = g_.channels(x);
        const std::int64_t heads =
            options_.num_head_channels == -1 ? options_.num_heads : channels / options_.num_head_channels;
        require(heads > 0 && channels % heads == 0
                    && (options_.num_head_channels == -1 || channels % options_.num_head_channels == 0),
                options_.num_head_channels == -1 ? "num_heads" : "num_head_channels",
                "does not divide the channels of " + key);
        int h = g_.norm(x, {.eps = options_.eps}, key + ".norm");
        h = g_.conv(h, {.out = 3 * channels, .kernel = 1, .one_dimensional = true}, key + ".qkv");
        h = g_.attention({h}, {.heads = heads, .order = options_.order});
        h = g_.conv(h, {.out = channels, .kernel = 1, .one_dimensional = true}, key + ".proj_out");
        return g_.sum(x, h);
    }

    int down(int x, const std::string& key)
    {
        if (options_.residual_resampling)
            return residual(x, g_.channels(x), key, Resample::Down);
        return options_.conv_resample ? g_.conv(x, {.out = g_.channels(x), .stride = 2}, key + ".op")
                                      : g_.average_pool(x);
    }

    int up(int x, const std::string& key)
    {
        if (options_.residual_resampling)
            return residual(x, g_.channels(x), key, Resample::Up);
        x = g_.upsample(x);
        return options_.conv_resample ? g_.conv(x, {.out = g_.channels(x)}, key + ".conv") : x;
    }

private:
    int resampled(int x, Resample resample)
    {
        return resample == Resample::Up     ? g_.upsample(x)
               : resample == Resample::Down ? g_.average_pool(x)
                                            : x;
    }

    GraphBuilder& g_;
    Options options_;
    int embedding_;
};

std::string numbered(const std::string& list, int index)
{
    return list + '.' + std::to_string(index);
}

/// t -> [N, 4 num_channels].                                                             restoration.md 1.2
int time_embedding(GraphBuilder& g, std::int64_t num_channels)
{
    int e = g.embed({.form = op::TimestepEmbedding::Form::Adm, .width = num_channels});
    e = g.linear(e, 4 * num_channels, false, "time_embed.0");
    return g.linear(e, 4 * num_channels, true, "time_embed.2");
}

struct Encoded {
    int value = 0;
    int factor = 1;           ///< side of the picture / side of the value
    std::vector<int> skips{}; ///< results of all input blocks
};

/// input_blocks and middle_block.                                                        restoration.md 1.6
Encoded encode(GraphBuilder& g, AdmBlocks& blocks)
{
    const Options& options = blocks.options();
    const std::vector<std::int64_t>& channels = options.level_channels;
    Encoded encoded{.factor = options.unshuffle};
    int h = GraphBuilder::input;
    if (options.unshuffle > 1)
        h = g.pixel_unshuffle(h, options.unshuffle);
    h = g.conv(h, {.out = channels.front()}, "input_blocks.0.0");
    int index = 0;
    const auto finish = [&] {
        g.name(numbered("input_blocks", index++), h);
        encoded.skips.push_back(h);
    };
    finish();
    for (std::size_t level = 0; level < channels.size(); ++level) {
        for (int i = 0; i < options.num_res_blocks; ++i) {
            const std::string key = numbered("input_blocks", index);
            h = blocks.residual(h, channels[level], key + ".0");
            if (options.attends(encoded.factor))
                h = blocks.attention(h, key + ".1");
            finish();
        }
        if (level + 1 < channels.size()) {
            h = blocks.down(h, numbered("input_blocks", index) + ".0");
            finish();
            encoded.factor *= 2;
        }
    }
    h = blocks.residual(h, g.channels(h), "middle_block.0");
    h = blocks.attention(h, "middle_block.1");
    h = blocks.residual(h, g.channels(h), "middle_block.2");
    g.name("middle_block", h);
    encoded.value = h;
    return encoded;
}

/// output_blocks: every one takes the latest skip that is left.                          restoration.md 1.6
int decode(GraphBuilder& g, AdmBlocks& blocks, Encoded encoded)
{
    const Options& options = blocks.options();
    int h = encoded.value, index = 0;
    for (std::size_t level = options.level_channels.size(); level-- > 0;) {
        for (int i = 0; i <= options.num_res_blocks; ++i) {
            const std::string key = numbered("output_blocks", index);
            h = g.concat(h, encoded.skips.back());
            encoded.skips.pop_back();
            h = blocks.residual(h, options.level_channels[level], key + ".0");
            int next = 1;
            if (options.attends(encoded.factor))
                h = blocks.attention(h, numbered(key, next++));
            if (level > 0 && i == options.num_res_blocks) {
                h = blocks.up(h, numbered(key, next));
                encoded.factor /= 2;
            }
            g.name(numbered("output_blocks", index++), h);
        }
    }
    return h;
}

} // namespace

std::vector<double> default_channel_mult(int image_size)
{
    switch (image_size) {
    case 512:
        return {0.5, 1, 1, 2, 2, 4, 4};
    case 256:
        return {1, 1, 2, 2, 4, 4};
    case 128:
        return {1, 1, 2, 3, 4};
    case 64:
        return {1, 2, 3, 4};
    default:
        throw Error(ErrorKind::Input, "channel_mult",
                    "must be given when image_size is not 64, 128, 256 or 512",
                    "Correct the description of the network");
    }
}

NetworkGraph adm_graph(const AdmConfig& config)
{
    const Options options = options_of(config);
    require(config.num_classes >= 0 && config.num_classes <= 1 << 20, "num_classes", "must be 0 to 1048576");
    GraphBuilder g(config.in_channels);
    int e = time_embedding(g, config.num_channels);
    if (config.num_classes > 0)
        e = g.sum(e, g.label(config.num_classes, options.width, "label_emb"));
    AdmBlocks blocks(g, options, e);
    const Encoded encoded = encode(g, blocks);
    if (config.num_heads_upsample != -1)
        blocks.set_heads(config.num_heads_upsample);
    int h = decode(g, blocks, encoded);
    g.end_of_blocks();
    h = g.norm(h, {.eps = options.eps, .silu = true}, "out.0");
    const std::int64_t out = config.learn_sigma ? 2 * config.out_channels : config.out_channels;
    h = g.conv(h, {.out = out * config.unshuffle * config.unshuffle}, "out.2");
    if (config.unshuffle > 1)
        g.pixel_shuffle(h, config.unshuffle);
    return g.take();
}

NetworkGraph encoder_graph(const EncoderConfig& config)
{
    const Options options = options_of(config);
    GraphBuilder g(config.in_channels);
    AdmBlocks blocks(g, options, time_embedding(g, config.num_channels));
    const Encoded encoded = encode(g, blocks);
    g.end_of_blocks();
    int h = g.norm(encoded.value, {.eps = options.eps, .silu = true}, "out.0");
    const std::int64_t channels = g.channels(h), side = config.image_size / encoded.factor;
    require(config.num_head_channels > 0 && channels % config.num_head_channels == 0, "num_head_channels",
            "does not divide the channels of the pooling");
    h = g.tokens(h, side * side + 1, "out.2");
    h = g.conv(h, {.out = 3 * channels, .kernel = 1, .one_dimensional = true}, "out.2.qkv_proj");
    h = g.attention(
        {h}, {.heads = channels / config.num_head_channels, .order = op::Attention::Order::PartsFirst});
    h = g.conv(h, {.out = config.out_channels, .kernel = 1, .one_dimensional = true}, "out.2.c_proj");
    g.first_token(h);
    return g.take();
}

NetworkGraph network_graph(const NetworkConfig& config)
{
    if (const auto* adm = std::get_if<AdmConfig>(&config))
        return adm_graph(*adm);
    if (const auto* encoder = std::get_if<EncoderConfig>(&config))
        return encoder_graph(*encoder);
    return ddpm_graph(std::get<DdpmConfig>(config));
}

} // namespace lacuna
