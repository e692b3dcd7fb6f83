// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace lacuna {

/// The operations of the networks of restoration.md 1 and 2. Pictures are [N,C,H,W]; embeddings are [N,E].
namespace op {

/// The picture x.
struct Input {};

/// Sines and cosines of the timestep t.                                                restoration.md 1.2, 2
struct TimestepEmbedding {
    enum class Form {
        Adm, ///< [cos(t f_i), sin(t f_i)], f_i = exp(-ln(10000) i / half)
        Ddpm ///< [sin(t f_i), cos(t f_i)], f_i = exp(-ln(10000) i / (half - 1))
    };
    Form form = Form::Adm;
    std::int64_t width = 0; ///< half = width / 2; an odd width ends with a zero
};

/// Row y of the table `key`.weight.
struct LabelEmbedding {
    std::int64_t classes = 0;
    std::int64_t width = 0;
};

/// Of an embedding.
struct Linear {
    std::int64_t in = 0, out = 0;
    bool silu_before = false;
};

struct Conv {
    enum class Padding {
        Symmetric,  ///< (kernel - 1) / 2 on all sides
        BottomRight ///< one row below and one column to the right only
    };
    std::int64_t in = 0, out = 0;
    int kernel = 3; ///< 1 or 3
    int stride = 1; ///< 1 or 2
    Padding padding = Padding::Symmetric;
    bool one_dimensional = false; ///< the weight of a 1 x 1 convolution has the shape (out, in, 1)
};

/// 32 groups, affine. Inputs: the picture and, unless `modulation` is None, an embedding g.
struct GroupNorm {
    enum class Modulation {
        None,
        Add,       ///< norm(x + g)
        ScaleShift ///< norm(x) (1 + g[first half]) + g[second half]
    };
    std::int64_t channels = 0;
    double eps = 1e-5;
    Modulation modulation = Modulation::None;
    bool silu = false; ///< SiLU of the result
};

/// softmax(q^T k / sqrt(d)) v over all positions, in each head of d = channels / heads channels. restoration.md 1.5
struct Attention {
    enum class Order {
        HeadsFirst, ///< one input of 3 C channels: q, k, v of head 0, then of head 1 ... ("legacy")
        PartsFirst, ///< one input of 3 C channels: all of q, all of k, all of v ("new")
        Separate    ///< three inputs q, k, v of C channels
    };
    std::int64_t channels = 0;
    std::int64_t heads = 1;
    Order order = Order::HeadsFirst;
};

/// Nearest neighbour, twice the size.
struct Upsample {};

/// Mean of 2 x 2 pixels; a last odd row or column is dropped.
struct AveragePool {};

/// Squares of side x side pixels into channels: pixel (side y + i, side x + j) of channel c becomes pixel (y, x) of
/// channel side^2 c + side i + j, as at::pixel_unshuffle has it.
struct PixelUnshuffle {
    int side = 2;
};

/// The inverse of PixelUnshuffle.
struct PixelShuffle {
    int side = 2;
};

/// Along the channels.
struct Concat {};

/// Of two pictures, or of two embeddings.
struct Add {};

/// All positions behind their mean, plus the table `key`.positional_embedding: [N,C,1,count]. restoration.md 1.9
struct Tokens {
    std::int64_t channels = 0;
    std::int64_t count = 0; ///< H W + 1
};

/// The first position of a row of tokens as [N,C].
struct FirstToken {};

} // namespace op

using Operation =
    std::variant<op::Input, op::TimestepEmbedding, op::LabelEmbedding, op::Linear, op::Conv, op::GroupNorm,
                 op::Attention, op::Upsample, op::AveragePool, op::PixelUnshuffle, op::PixelShuffle,
                 op::Concat, op::Add, op::Tokens, op::FirstToken>;

/// One operation; its result is the value with the number of the node.
struct Node {
    Operation operation{};
    std::vector<int> inputs{};
    std::string key{};           ///< prefix of the parameters, such as "input_blocks.1.0.in_layers.2"
    std::int64_t channels = 0;   ///< of the result
    bool full_precision = false; ///< computed in single precision in a half-precision network too
};

/// A network as the list of its operations in the order of execution; the last node is the output. No tensors.
struct NetworkGraph {
    std::vector<Node> nodes{};
    std::map<std::string, int> named{}; ///< outputs of whole blocks, such as "middle_block" or "mid.attn_1"
    std::int64_t classes = 0;           ///< 0: the network takes no label

    std::int64_t in_channels() const { return nodes.front().channels; }
    std::int64_t out_channels() const { return nodes.back().channels; }
    /// For every node the last node that reads it; its own number where none does.
    std::vector<int> last_uses() const;
};

using ParameterShapes = std::map<std::string, std::vector<std::int64_t>>;

/// Name and shape of every parameter.
ParameterShapes parameter_shapes(const NetworkGraph&);

/// Numbers in all parameters together.
std::int64_t parameter_count(const ParameterShapes&);

/// Height and width of a picture; 0 x 0 of an embedding.
struct PictureSize {
    std::int64_t height = 0, width = 0;

    bool operator==(const PictureSize&) const = default;
    std::int64_t pixels() const { return height * width; }
};

/// Of the values of all nodes for a picture of this size. Throws Error{Input} when the network cannot take it: every
/// level but the last one halves it, and a pixel-unshuffle divides it.
std::vector<PictureSize> picture_sizes(const NetworkGraph&, PictureSize);

/// Multiplications of one evaluation of one picture in convolutions and attention, computed directly.
double multiplications(const NetworkGraph&, PictureSize);

/// f_i of the embedding in single precision, i = 0 .. width / 2 - 1.
std::vector<float> timestep_frequencies(const op::TimestepEmbedding&);

/// Throws Error{Input} naming `file` and the first parameter that is missing, is not known or has another shape.
void check_parameters(const ParameterShapes& expected, const ParameterShapes& given, const std::string& file);

/// Builds a graph node by node; every function returns the number of the new value.
class GraphBuilder {
public:
    GraphBuilder(std::int64_t in_channels) { add(op::Input{}, {}, {}, in_channels); }

    static constexpr int input = 0;
    std::int64_t channels(int value) const { return graph_.nodes[static_cast<std::size_t>(value)].channels; }

    int embed(op::TimestepEmbedding embedding) { return add(embedding, {}, {}, embedding.width); }
    int label(std::int64_t classes, std::int64_t width, const std::string& key);
    int linear(int x, std::int64_t out, bool silu_before, const std::string& key);
    /// `in`, and `channels` of the norm and of the attention, are taken from x.
    int conv(int x, op::Conv conv, const std::string& key);
    int norm(int x, op::GroupNorm norm, const std::string& key, int embedding = -1);
    int attention(std::vector<int> qkv, op::Attention attention);
    int upsample(int x) { return add(op::Upsample{}, {x}, {}, channels(x)); }
    int average_pool(int x) { return add(op::AveragePool{}, {x}, {}, channels(x)); }
    int pixel_unshuffle(int x, int side)
    {
        return add(op::PixelUnshuffle{side}, {x}, {}, channels(x) * side * side);
    }
    int pixel_shuffle(int x, int side)
    {
        return add(op::PixelShuffle{side}, {x}, {}, channels(x) / (side * side));
    }
    int concat(int a, int b) { return add(op::Concat{}, {a, b}, {}, channels(a) + channels(b)); }
    int sum(int a, int b) { return add(op::Add{}, {a, b}, {}, channels(a)); }
    int tokens(int x, std::int64_t count, const std::string& key);
    int first_token(int x) { return add(op::FirstToken{}, {x}, {}, channels(x)); }

    void name(const std::string& block, int value) { graph_.named[block] = value; }
    /// Everything from here on stays in single precision.                                    restoration.md 1.7
    void end_of_blocks() { full_precision_ = true; }
    NetworkGraph take() { return std::move(graph_); }

private:
    int add(Operation, std::vector<int> inputs, std::string key, std::int64_t channels);

    NetworkGraph graph_{};
    bool full_precision_ = false;
};

} // namespace lacuna
