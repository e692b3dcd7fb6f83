// SPDX-License-Identifier: GPL-3.0-or-later
// From the nodes of a graph to the steps of a plan.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "engine/core/error.h"
#include "engine/models/inference_plan.h"
#include "engine/models/threads_here.h"

namespace lacuna {

namespace {

/// With fewer pixels a convolution is limited by reading its weights: several pictures share them.
constexpr std::int64_t few_pixels = 1024;

/// Weights that Winograd's transform, which makes them four times as many, may have there.
constexpr std::int64_t few_pixels_weights = 9 * 512 * 512;

/// Below this waking a team takes as long as the work: numbers of a value in a simple operation, and multiplications
/// of a convolution.
constexpr std::size_t team_floats = 1 << 16;
constexpr std::int64_t team_multiplications = 4'000'000;

/// A primitive with the descriptions of its arguments.
struct Convolution {
    dnnl::convolution_forward primitive;
    dnnl::memory weight, bias;
    dnnl::memory::desc in, out, scratch;

    void run(dnnl::stream& stream, float* from, float* to, float* scratchpad) const
    {
        const dnnl::engine& cpu = onednn::cpu();
        primitive.execute(stream, {{DNNL_ARG_SRC, {in, cpu, from}},
                                   {DNNL_ARG_WEIGHTS, weight},
                                   {DNNL_ARG_BIAS, bias},
                                   {DNNL_ARG_DST, {out, cpu, to}},
                                   {DNNL_ARG_SCRATCHPAD, {scratch, cpu, scratchpad}}});
    }
};

struct Product {
    dnnl::matmul primitive;
    dnnl::memory::desc a, b, c, scratch;

    Product(const dnnl::matmul::primitive_desc& description)
        : primitive(description),
          a(description.src_desc()),
          b(description.weights_desc()),
          c(description.dst_desc()),
          scratch(description.scratchpad_desc())
    {
    }

    void run(dnnl::stream& stream, float* left, float* right, float* result, float* scratchpad) const
    {
        const dnnl::engine& cpu = onednn::cpu();
        primitive.execute(stream, {{DNNL_ARG_SRC, {a, cpu, left}},
                                   {DNNL_ARG_WEIGHTS, {b, cpu, right}},
                                   {DNNL_ARG_DST, {c, cpu, result}},
                                   {DNNL_ARG_SCRATCHPAD, {scratch, cpu, scratchpad}}});
    }
};

std::size_t floats(const dnnl::memory::desc& description)
{
    return (description.get_size() + sizeof(float) - 1) / sizeof(float);
}

bool can_be_winograd(const op::Conv& conv, const blocked::Shape& out)
{
    const std::int64_t tiles = (out.height + 3) / 4 * ((out.width + 3) / 4);
    return conv.kernel == 3 && conv.stride == 1 && conv.padding == op::Conv::Padding::Symmetric
           && 16 * tiles <= 2 * out.pixels()
           && (out.pixels() >= few_pixels || 9 * conv.in * conv.out <= few_pixels_weights);
}

} // namespace

void InferencePlan::lower()
{
    for (int i = 0; i < static_cast<int>(weights_->graph().nodes.size()); ++i)
        if (!is_embedding_[static_cast<std::size_t>(i)])
            lower(i);
    const int result = static_cast<int>(weights_->graph().nodes.size()) - 1;
    add_step({.reads = {result}, .writes = result}, [result, s = shape(result)](const Run& run) {
        blocked::unpack(run.at(result), run.picture.out, s);
    });
}

void InferencePlan::lower(int i)
{
    const Operation& operation = node(i).operation;
    if (std::holds_alternative<op::Conv>(operation)) {
        // A sum that is the only reader lets the convolution accumulate.
        const auto reader = std::find_if(
            weights_->graph().nodes.begin() + i, weights_->graph().nodes.end(), [i](const Node& other) {
                return std::find(other.inputs.begin(), other.inputs.end(), i) != other.inputs.end();
            });
        const bool accumulated = uses_[static_cast<std::size_t>(i)] == 1
                                 && std::holds_alternative<op::Add>(reader->operation)
                                 && reader->inputs[1] == i;
        if (!accumulated)
            lower_convolution(i, i, -1);
        return;
    }
    if (std::holds_alternative<op::GroupNorm>(operation))
        return lower_norm(i);
    if (std::holds_alternative<op::Attention>(operation))
        return lower_attention(i);
    if (std::holds_alternative<op::Concat>(operation))
        return lower_concat(i);
    if (std::holds_alternative<op::Add>(operation))
        return lower_sum(i);
    if (std::holds_alternative<op::Input>(operation)) {
        add_step({.writes = i},
                 [i, s = shape(i)](const Run& run) { blocked::pack(run.picture.x, run.at(i), s); });
        return;
    }
    if (std::holds_alternative<op::PixelUnshuffle>(operation)
        || std::holds_alternative<op::PixelShuffle>(operation))
        return lower_squares(i);
    const bool up = std::holds_alternative<op::Upsample>(operation);
    check(up || std::holds_alternative<op::AveragePool>(operation), "a plan knows the operation");
    const int from = input(i);
    add_step({.reads = {from}, .writes = i},
             [from, i, s = shape(from), threads = shape(i).size() < team_floats ? 1 : threads_,
              resample = up ? blocked::upsample : blocked::average_pool](const Run& run) {
                 resample(run.at(from), run.at(i), s, threads);
             });
}

void InferencePlan::lower_squares(int i)
{
    const auto* unshuffle = std::get_if<op::PixelUnshuffle>(&node(i).operation);
    const int side = unshuffle ? unshuffle->side : std::get<op::PixelShuffle>(node(i).operation).side;
    add_step({.reads = {input(i)}, .writes = i},
             [i, side, from = input(i), s = shape(input(i)),
              reorder = unshuffle ? blocked::pixel_unshuffle : blocked::pixel_shuffle](const Run& run) {
                 reorder(run.at(from), run.at(i), s, side);
             });
}

/// The convolution `i` into the value `result`, onto the value `accumulated` unless it is -1.
void InferencePlan::lower_convolution(int i, int result, int accumulated)
{
    const auto& conv = std::get<op::Conv>(node(i).operation);
    const blocked::Shape in = shape(input(i)), out = shape(i);
    const bool accumulate = accumulated >= 0;
    ++convolutions_;
    if (can_be_winograd(conv, out))
        return lower_winograd(i, result, accumulated);
    const bool alone = conv.in * conv.out * conv.kernel * conv.kernel * out.pixels() < team_multiplications;
    const ThreadsHere these(alone ? 1 : threads_);
    const auto description = onednn::convolution(conv, in, out, accumulate);
    const Convolution convolution{dnnl::convolution_forward(description),
                                  weights_->weight(node(i), description.weights_desc()),
                                  {description.bias_desc(), onednn::cpu(), weights_->bias(node(i))},
                                  description.src_desc(),
                                  description.dst_desc(),
                                  description.scratchpad_desc()};
    const int from = input(i), scratch = temporary(floats(convolution.scratch));
    add_step({.reads = accumulate ? std::vector{accumulated, from} : std::vector{from},
              .writes = result,
              .in_place = accumulate,
              .scratch = {scratch},
              .together = out.pixels() < few_pixels},
             [=, size = out.size()](const Run& run) {
                 if (accumulate && run.at(accumulated) != run.at(result))
                     std::copy_n(run.at(accumulated), size, run.at(result));
                 convolution.run(run.stream, run.at(from), run.at(result), run.at(scratch));
             });
}

void InferencePlan::lower_winograd(int i, int result, int accumulated)
{
    winograd::Convolution conv{.in = shape(input(i)), .out = shape(i), .accumulate = accumulated >= 0};
    conv.weight = weights_->weight(node(i), conv);
    conv.bias = weights_->bias(node(i));
    ++winograd_;
    const bool alone =
        conv.in.channels * conv.out.channels * 9 / 4 * conv.out.pixels() < team_multiplications;
    const int threads = alone ? 1 : threads_;
    const int from = input(i), scratch = temporary(winograd::scratch_size(conv, threads));
    const auto work = [=](std::span<const Run> runs) {
        std::vector<const float*> sources;
        std::vector<float*> results;
        for (const Run& run : runs) {
            if (conv.accumulate && run.at(accumulated) != run.at(result))
                std::copy_n(run.at(accumulated), conv.out.size(), run.at(result));
            sources.push_back(run.at(from));
            results.push_back(run.at(result));
        }
        winograd::run(conv, sources, results, runs.front().at(scratch), threads);
    };
    steps_.push_back({.reads = conv.accumulate ? std::vector{accumulated, from} : std::vector{from},
                      .writes = result,
                      .in_place = conv.accumulate,
                      .scratch = {scratch},
                      .work = work,
                      .together = conv.out.pixels() < few_pixels});
}

void InferencePlan::lower_norm(int i)
{
    using Modulation = op::GroupNorm::Modulation;
    const auto& operation = std::get<op::GroupNorm>(node(i).operation);
    const blocked::GroupNorm norm{.shape = shape(i),
                                  .eps = operation.eps,
                                  .weight = weights_->parameter(node(i).key + ".weight"),
                                  .bias = weights_->parameter(node(i).key + ".bias"),
                                  .silu = operation.silu,
                                  .threads = shape(i).size() < team_floats ? 1 : threads_};
    const int from = input(i);
    const int embedding = operation.modulation == Modulation::None ? -1 : input(i, 1);
    add_step({.reads = {from}, .writes = i, .in_place = true}, [=, modulation =
                                                                       operation.modulation](const Run& run) {
        blocked::GroupNorm modulated = norm;
        const float* g =
            embedding < 0 ? nullptr : (*run.picture.embeddings)[static_cast<std::size_t>(embedding)].data();
        if (modulation == Modulation::Add)
            modulated.added = g;
        if (modulation == Modulation::ScaleShift) {
            modulated.scale_by = g;
            modulated.shift_by = g + norm.shape.channels;
        }
        blocked::group_norm(modulated, run.at(from), run.at(i));
    });
}

/// Head by head: scores = Q K^T, softmax, result = scores V, with Q, K, V as matrices [H W][d]. A team shares the
/// heads.
void InferencePlan::lower_attention(int i)
{
    const auto& attention = std::get<op::Attention>(node(i).operation);
    const std::int64_t c = attention.channels, d = c / attention.heads, length = shape(i).pixels();
    // The order of the sums in a product of matrices must not depend on the number of threads: each gets one.
    const ThreadsHere one(1);
    const Product scores(onednn::matrix_product(length, d, length, true));
    const Product mix(onednn::matrix_product(length, length, d, false));
    const auto whole_lines = [](std::size_t size) { return (size + 15) / 16 * 16; };
    const std::size_t matrix = whole_lines(static_cast<std::size_t>(length * d)),
                      square = whole_lines(static_cast<std::size_t>(length * length)),
                      pad = std::max(floats(scores.scratch), floats(mix.scratch)),
                      each = 3 * matrix + square + whole_lines(pad);
    const int threads = static_cast<int>(std::min<std::int64_t>(threads_, attention.heads));
    const int scratch = temporary(each * static_cast<std::size_t>(threads));
    const auto order = attention.order;
    const auto work = [=, inputs = node(i).inputs, heads = attention.heads, in = shape(input(i)),
                       out = shape(i)](const Run& run) {
        const ThreadsHere one_again(1);
#pragma omp parallel for num_threads(threads) if (threads > 1) schedule(dynamic, 1)
        for (std::int64_t head = 0; head < heads; ++head) {
            dnnl::stream stream(onednn::cpu());
            float* const own =
                run.at(scratch) + each * static_cast<std::size_t>(threads > 1 ? omp_get_thread_num() : 0);
            float* const matrices[3] = {own, own + matrix, own + 2 * matrix};
            float *const table = own + 3 * matrix, *const scratchpad = table + square;
            for (std::int64_t part = 0; part < 3; ++part) {
                const bool separate = order == op::Attention::Order::Separate;
                const std::int64_t first = separate                                    ? head * d
                                           : order == op::Attention::Order::HeadsFirst ? (3 * head + part) * d
                                                                                       : part * c + head * d;
                blocked::gather(run.at(inputs[separate ? static_cast<std::size_t>(part) : 0]), matrices[part],
                                in, first, d);
            }
            scores.run(stream, matrices[0], matrices[1], table, scratchpad);
            blocked::softmax(table, length, length, 1 / std::sqrt(static_cast<float>(d)));
            mix.run(stream, table, matrices[2], matrices[0], scratchpad);
            blocked::scatter(matrices[0], run.at(i), out, head * d, d);
        }
    };
    add_step({.reads = node(i).inputs, .writes = i, .scratch = {scratch}}, work);
}

/// Whole blocks of channels lie one behind the other.
void InferencePlan::lower_concat(int i)
{
    const int first = input(i), second = input(i, 1);
    check(node(first).channels % onednn::channel_block() == 0,
          "joined pictures have whole blocks of channels");
    add_step({.reads = {first, second}, .writes = i, .in_place = true},
             [=, a = shape(first).size(), b = shape(second).size()](const Run& run) {
                 if (run.at(first) != run.at(i))
                     std::copy_n(run.at(first), a, run.at(i));
                 std::copy_n(run.at(second), b, run.at(i) + a);
             });
}

void InferencePlan::lower_sum(int i)
{
    const int first = input(i), second = input(i, 1);
    if (std::holds_alternative<op::Conv>(node(second).operation)
        && uses_[static_cast<std::size_t>(second)] == 1)
        return lower_convolution(second, i, first);
    add_step({.reads = {first, second}, .writes = i, .in_place = true},
             [=, size = shape(i).size()](const Run& run) {
                 if (run.at(first) != run.at(i))
                     std::copy_n(run.at(first), size, run.at(i));
                 blocked::add(run.at(second), run.at(i), size);
             });
}

} // namespace lacuna
