// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/lpips_trunks.h"

#include <sstream>

#include "engine/core/error.h"

namespace lacuna {

namespace {

/// A convolution with its ReLU, a Fire module, or a max-pooling of step 2.
struct Step {
    enum class Kind { Convolution, Fire, Pool } kind = Kind::Pool;
    int index = 0;    ///< in torchvision's `features`
    int channels = 0; ///< of a convolution; of each of the two expansions of a Fire module
    int kernel = 0;
    int stride = 2;
    int padding = 0;
    int squeeze = 0;       ///< channels between the parts of a Fire module
    bool round_up = false; ///< a pooling keeps an incomplete window at the end
    bool tap = false;      ///< LPIPS looks at the result
};

Step conv(int index, int channels, int kernel, int stride, int padding, bool tap)
{
    return {.kind = Step::Kind::Convolution,
            .index = index,
            .channels = channels,
            .kernel = kernel,
            .stride = stride,
            .padding = padding,
            .tap = tap};
}

Step conv3(int index, int channels, bool tap = false)
{
    return conv(index, channels, 3, 1, 1, tap);
}

Step fire(int index, int squeeze, int channels, bool tap = false)
{
    return {.kind = Step::Kind::Fire, .index = index, .channels = channels, .squeeze = squeeze, .tap = tap};
}

Step pool(int kernel, bool round_up = false)
{
    return {.kind = Step::Kind::Pool, .kernel = kernel, .round_up = round_up};
}

const std::vector<Step>& steps_of(Trunk trunk)
{
    static const std::vector<Step> vgg16{
        conv3(0, 64),   conv3(2, 64, true),  pool(2), // 1_1, 1_2
        conv3(5, 128),  conv3(7, 128, true), pool(2), // 2_1, 2_2
        conv3(10, 256), conv3(12, 256),      conv3(14, 256, true),
        pool(2), // 3_1 .. 3_3
        conv3(17, 512), conv3(19, 512),      conv3(21, 512, true),
        pool(2),                                                    // 4_1 .. 4_3
        conv3(24, 512), conv3(26, 512),      conv3(28, 512, true)}; // 5_1 .. 5_3
    static const std::vector<Step> alexnet{conv(0, 64, 11, 4, 2, true), pool(3),
                                           conv(3, 192, 5, 1, 2, true), pool(3),
                                           conv3(6, 384, true),         conv3(8, 256, true),
                                           conv3(10, 256, true)};
    static const std::vector<Step> squeezenet{
        conv(0, 64, 3, 2, 0, true), pool(3, true),           fire(3, 16, 64),
        fire(4, 16, 64, true),      pool(3, true),           fire(6, 32, 128),
        fire(7, 32, 128, true),     pool(3, true),           fire(9, 48, 192, true),
        fire(10, 48, 192, true),    fire(11, 64, 256, true), fire(12, 64, 256, true)};
    return trunk == Trunk::Vgg16 ? vgg16 : trunk == Trunk::AlexNet ? alexnet : squeezenet;
}

std::string feature(int index, const char* part = "")
{
    return "features." + std::to_string(index) + part;
}

std::string text_of(at::IntArrayRef shape)
{
    std::ostringstream text;
    text << shape;
    return text.str();
}

/// Convolution `name` with its bias and a ReLU.
Tensor convolved(const TrunkWeights& weights, const std::string& name, const Tensor& x, int stride,
                 int padding)
{
    return at::relu(at::conv2d(x, weights.at(name + ".weight"), weights.at(name + ".bias"), stride, padding));
}

Tensor run(const Step& step, const TrunkWeights& weights, const Tensor& x)
{
    if (step.kind == Step::Kind::Pool)
        return at::max_pool2d(x, step.kernel, step.stride, 0, 1, step.round_up);
    if (step.kind == Step::Kind::Convolution)
        return convolved(weights, feature(step.index), x, step.stride, step.padding);
    const Tensor squeezed = convolved(weights, feature(step.index, ".squeeze"), x, 1, 0);
    return at::cat({convolved(weights, feature(step.index, ".expand1x1"), squeezed, 1, 0),
                    convolved(weights, feature(step.index, ".expand3x3"), squeezed, 1, 1)},
                   1);
}

} // namespace

std::vector<TrunkParameter> trunk_parameters(Trunk trunk)
{
    std::vector<TrunkParameter> parameters;
    const auto add = [&](const std::string& name, int out, int in, int kernel) {
        parameters.push_back({name + ".weight", {out, in, kernel, kernel}});
        parameters.push_back({name + ".bias", {out}});
    };
    int channels = 3;
    for (const Step& step : steps_of(trunk)) {
        if (step.kind == Step::Kind::Convolution) {
            add(feature(step.index), step.channels, channels, step.kernel);
            channels = step.channels;
        } else if (step.kind == Step::Kind::Fire) {
            add(feature(step.index, ".squeeze"), step.squeeze, channels, 1);
            add(feature(step.index, ".expand1x1"), step.channels, step.squeeze, 1);
            add(feature(step.index, ".expand3x3"), step.channels, step.squeeze, 3);
            channels = 2 * step.channels;
        }
    }
    return parameters;
}

std::vector<std::int64_t> trunk_channels(Trunk trunk)
{
    std::vector<std::int64_t> channels;
    for (const Step& step : steps_of(trunk))
        if (step.tap)
            channels.push_back(step.kind == Step::Kind::Fire ? 2 * step.channels : step.channels);
    return channels;
}

void check_trunk(Trunk trunk, const TrunkWeights& weights)
{
    for (const auto& [name, shape] : trunk_parameters(trunk)) {
        const auto found = weights.find(name);
        if (found == weights.end())
            throw Error(ErrorKind::Input, "The network of LPIPS", "it has no " + name,
                        "Use torchvision's weights of the network.");
        if (found->second.sizes() != at::IntArrayRef(shape))
            throw Error(ErrorKind::Input, "The network of LPIPS",
                        name + " has the shape " + text_of(found->second.sizes()) + " instead of "
                            + text_of(shape),
                        "Use torchvision's weights of the network.");
    }
}

std::vector<Tensor> trunk_taps(Trunk trunk, const TrunkWeights& weights, const Tensor& images)
{
    std::vector<Tensor> taps;
    Tensor x = images;
    for (const Step& step : steps_of(trunk)) {
        x = run(step, weights, x);
        if (step.tap)
            taps.push_back(x);
    }
    return taps;
}

} // namespace lacuna
