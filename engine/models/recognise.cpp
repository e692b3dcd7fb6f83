// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/recognise.h"

#include <algorithm>
#include <cmath>

#include "engine/core/error.h"

namespace lacuna {

namespace {

/// Looks up shapes by name.
class Shapes {
public:
    Shapes(const ParameterShapes& shapes, const std::string& file) : shapes_(shapes), file_(file) {}

    bool has(const std::string& name) const { return shapes_.contains(name); }
    bool any_below(const std::string& prefix) const
    {
        const auto at = shapes_.lower_bound(prefix);
        return at != shapes_.end() && at->first.rfind(prefix, 0) == 0;
    }
    std::int64_t size(const std::string& name, std::size_t dimension) const
    {
        const auto found = shapes_.find(name);
        if (found == shapes_.end() || dimension >= found->second.size() || found->second[dimension] <= 0
            || found->second[dimension] > 1 << 24)
            refuse("the parameter " + name + " is missing or has no usable shape");
        return found->second[dimension];
    }
    [[noreturn]] void refuse(const std::string& cause) const
    {
        throw Error(ErrorKind::Input, file_, cause, "Choose the weights of an ADM or DDPM network");
    }

private:
    const ParameterShapes& shapes_;
    const std::string& file_;
};

std::string numbered(const std::string& list, std::int64_t index)
{
    return list + '.' + std::to_string(index);
}

/// One level of the first half.
struct Level {
    std::int64_t channels = 0;
    int blocks = 0;
    bool attention = false;
};

struct Half {
    std::vector<Level> levels{};
    bool residual_resampling = true, conv_resample = true;
};

/// The number of levels with residual resampling: all but one of them have an up-sampling block behind the others.
int count_residual_upsamplers(const Shapes& shapes)
{
    int count = 0;
    for (int k = 0; shapes.any_below(numbered("output_blocks", k) + '.'); ++k) {
        const std::string key = numbered("output_blocks", k);
        for (const char* index : {".1", ".2"})
            count += shapes.has(key + index + ".in_layers.0.weight");
    }
    return count;
}

/// Entries 1, 2 ... of input_blocks: true for a residual block, with or without attention.
std::vector<bool> input_entries(const Shapes& shapes)
{
    std::vector<bool> entries;
    // An entry without parameters is a pooling: it always has a block behind it.
    for (int k = 1; shapes.any_below(numbered("input_blocks", k) + '.')
                    || shapes.any_below(numbered("input_blocks", k + 1) + '.');
         ++k)
        entries.push_back(shapes.has(numbered("input_blocks", k) + ".0.in_layers.0.weight"));
    if (entries.empty())
        shapes.refuse("the network has no blocks");
    return entries;
}

/// Levels, widths and attention of the first half.                                       restoration.md 1.6
Half first_half(const Shapes& shapes, int residual_resamplers)
{
    const std::vector<bool> entries = input_entries(shapes);
    const bool other_resampling = std::find(entries.begin(), entries.end(), false) != entries.end();
    Half half{.residual_resampling = !other_resampling && residual_resamplers > 0};
    const auto levels = static_cast<std::size_t>(half.residual_resampling
                                                     ? residual_resamplers + 1
                                                     : 1 + std::count(entries.begin(), entries.end(), false));
    // L R residual blocks and L - 1 resamplers.
    if ((entries.size() + 1) % levels != 0)
        shapes.refuse("its blocks cannot be divided into levels");
    const std::size_t per_level = (entries.size() + 1) / levels;
    if (per_level < 2)
        shapes.refuse("its levels have no blocks");
    for (std::size_t level = 0; level < levels; ++level) {
        const std::string first = numbered("input_blocks", static_cast<std::int64_t>(1 + level * per_level));
        half.levels.push_back({.channels = shapes.size(first + ".0.out_layers.3.weight", 0),
                               .blocks = static_cast<int>(per_level) - 1,
                               .attention = shapes.has(first + ".1.qkv.weight")});
        if (level + 1 < levels && !half.residual_resampling) {
            const auto resampler = static_cast<std::int64_t>((level + 1) * per_level);
            half.conv_resample = shapes.has(numbered("input_blocks", resampler) + ".0.op.weight");
        }
    }
    return half;
}

/// The image size whose default multipliers these are; else one whose last level has 8 x 8 pixels.
int likely_image_size(const std::vector<double>& mult)
{
    for (const int size : {512, 256, 128, 64})
        if (mult == default_channel_mult(size))
            return size;
    return 8 << std::min<std::size_t>(mult.size() - 1, 12);
}

/// The side of the squares that likely become channels: the one that leaves a grey or a colour picture, of which
/// twice the channels may come out with a variance. `channels` are those inside.
int likely_unshuffle(std::int64_t channels, bool may_be_twice)
{
    for (const int side : {2, 4})
        for (const std::int64_t picture : {1, 3})
            if (channels == side * side * picture || (may_be_twice && channels == 2 * side * side * picture))
                return side;
    return 1;
}

/// `image_size` 0: not known. `unshuffle` is taken for given.
template <class Config>
void describe(const Shapes& shapes, const Half& half, int image_size, int unshuffle, Config& config)
{
    config.num_channels = shapes.size("time_embed.0.weight", 1);
    config.unshuffle = unshuffle;
    config.in_channels = shapes.size("input_blocks.0.0.weight", 1) / (unshuffle * unshuffle);
    config.num_res_blocks = half.levels.front().blocks;
    config.resblock_updown = half.residual_resampling;
    config.conv_resample = half.conv_resample;
    config.use_scale_shift_norm = shapes.size("input_blocks.1.0.emb_layers.1.weight", 0)
                                  == 2 * shapes.size("input_blocks.1.0.out_layers.3.weight", 0);
    config.channel_mult.clear();
    for (const Level& level : half.levels)
        config.channel_mult.push_back(static_cast<double>(level.channels)
                                      / static_cast<double>(config.num_channels));
    // The released networks have heads of 64 channels; narrow ones cannot.
    const bool by_64 = std::all_of(half.levels.begin(), half.levels.end(),
                                   [](const Level& level) { return level.channels % 64 == 0; });
    config.num_head_channels = by_64 ? 64 : 32;
    config.image_size = image_size > 0 ? image_size : unshuffle * likely_image_size(config.channel_mult);
    config.attention_resolutions.clear();
    for (std::size_t i = 0; i < half.levels.size(); ++i)
        if (half.levels[i].attention)
            config.attention_resolutions.push_back(config.image_size / unshuffle >> i);
}

AdmConfig adm_of(const Shapes& shapes)
{
    AdmConfig config;
    const std::int64_t in_inside = shapes.size("input_blocks.0.0.weight", 1),
                       out_inside = shapes.size("out.2.weight", 0);
    int side = likely_unshuffle(out_inside, true);
    if (in_inside % (side * side) != 0)
        side = 1;
    describe(shapes, first_half(shapes, count_residual_upsamplers(shapes)), 0, side, config);
    const std::int64_t out = out_inside / (side * side);
    config.learn_sigma = out == 6 || out == 2; // of a colour or of a grey picture
    config.out_channels = config.learn_sigma ? out / 2 : out;
    config.num_classes = shapes.has("label_emb.weight") ? shapes.size("label_emb.weight", 0) : 0;
    return config;
}

/// There is no second half whose resamplers could be counted: every number of levels that gives these parameters
/// is possible, and the one with the default multipliers of its image size is the likely one.
EncoderConfig encoder_of(const Shapes& shapes, const ParameterShapes& given)
{
    const std::int64_t positions = shapes.size("out.2.positional_embedding", 1) - 1;
    const auto side = static_cast<int>(std::lround(std::sqrt(static_cast<double>(positions))));
    const int entries = static_cast<int>(input_entries(shapes).size()) + 1;
    const int unshuffle = likely_unshuffle(shapes.size("input_blocks.0.0.weight", 1), false);
    std::vector<EncoderConfig> possible;
    for (int levels = 1; levels <= 8 && 2 * levels <= entries; ++levels) {
        if (entries % levels != 0)
            continue;
        EncoderConfig config;
        describe(shapes, first_half(shapes, levels - 1), side * unshuffle << (levels - 1), unshuffle, config);
        config.out_channels = shapes.size("out.2.c_proj.weight", 0);
        if (config.channel_mult.front() > 0 && parameter_shapes(encoder_graph(config)) == given)
            possible.push_back(config);
    }
    if (possible.empty())
        shapes.refuse("it is a classifier of an unknown form");
    for (const EncoderConfig& config : possible)
        if (config.channel_mult.size() > 1
            && unshuffle * likely_image_size(config.channel_mult) == config.image_size)
            return config;
    return possible.front();
}

DdpmConfig ddpm_of(const Shapes& shapes)
{
    DdpmConfig config;
    config.ch = shapes.size("conv_in.weight", 0);
    config.in_channels = shapes.size("conv_in.weight", 1);
    config.out_ch = shapes.size("conv_out.weight", 0);
    config.ch_mult.clear();
    config.attn_resolutions.clear();
    config.num_res_blocks = 0;
    while (shapes.has(numbered("down.0.block", config.num_res_blocks) + ".conv1.weight"))
        ++config.num_res_blocks;
    config.resamp_with_conv = shapes.has("down.0.downsample.conv.weight") || !shapes.any_below("down.1.");
    std::vector<int> attending;
    for (int level = 0; shapes.any_below(numbered("down", level) + ".block."); ++level) {
        const std::string key = numbered("down", level);
        config.ch_mult.push_back(shapes.size(key + ".block.0.conv1.weight", 0) / config.ch);
        if (shapes.has(key + ".attn.0.q.weight"))
            attending.push_back(level);
    }
    config.image_size =
        8 << std::min<std::size_t>(config.ch_mult.empty() ? 0 : config.ch_mult.size() - 1, 12);
    for (const int level : attending)
        config.attn_resolutions.push_back(config.image_size >> level);
    return config;
}

} // namespace

Recognition recognise(const ParameterShapes& given, const std::string& file)
{
    const Shapes shapes(given, file);
    Recognition found;
    if (shapes.has("out.2.positional_embedding"))
        found = {encoder_of(shapes, given),
                 {"channel_mult", "num_head_channels", "use_new_attention_order", "unshuffle", "schedule"}};
    else if (shapes.has("time_embed.0.weight"))
        found = {adm_of(shapes),
                 {"num_heads", "num_head_channels", "num_heads_upsample", "use_new_attention_order",
                  "unshuffle", "image_size", "schedule", "value_range"}};
    else if (shapes.has("temb.dense.0.weight"))
        found = {ddpm_of(shapes), {"image_size", "schedule", "value_range"}};
    else
        shapes.refuse("it is neither an ADM nor a DDPM network");
    check_parameters(parameter_shapes(network_graph(found.config)), given, file);
    return found;
}

} // namespace lacuna
