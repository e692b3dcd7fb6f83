// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/fused_operations.h"

#include <cstring>
#include <vector>

#include <ATen/Parallel.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>

#include "engine/core/error.h"
#include "engine/training/row_kernels.h"

namespace lacuna::training {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;
using Modulation = op::GroupNorm::Modulation;

Tensor channels_last(const Tensor& x)
{
    return x.contiguous(at::MemoryFormat::ChannelsLast);
}

/// Picture i of a channels-last batch.
template <class Pointer> Pointer picture(const Tensor& batch, std::int64_t i)
{
    const std::int64_t bytes =
        batch.numel() / batch.size(0) * static_cast<std::int64_t>(batch.element_size());
    return {static_cast<char*>(batch.data_ptr()) + i * bytes, batch.scalar_type() == at::kBFloat16};
}

/// The lists of row i for the kernels.
NormRow norm_row(const op::GroupNorm& norm, const Tensor& x, const Tensor& weight, const Tensor& bias,
                 const Tensor& embedding, std::int64_t i)
{
    NormRow row{.pixels = x.size(2) * x.size(3),
                .channels = x.size(1),
                .eps = norm.eps,
                .silu = norm.silu,
                .weight = weight.data_ptr<float>(),
                .bias = bias.data_ptr<float>()};
    if (norm.modulation == Modulation::Add)
        row.added = embedding.data_ptr<float>() + i * row.channels;
    if (norm.modulation == Modulation::ScaleShift) {
        row.scale = embedding.data_ptr<float>() + 2 * i * row.channels;
        row.shift = row.scale + row.channels;
    }
    return row;
}

struct FusedNorm : torch::autograd::Function<FusedNorm> {
    static Tensor forward(AutogradContext* context, const Tensor& given, const Tensor& weight,
                          const Tensor& bias, const Tensor& given_embedding, const op::GroupNorm* norm,
                          at::ScalarType as)
    {
        const Tensor x = channels_last(given);
        const Tensor embedding = given_embedding.contiguous();
        const Tensor y = at::empty(x.sizes(), x.options().dtype(as), at::MemoryFormat::ChannelsLast);
        const Tensor moments = at::empty({x.size(0), 2, 32}, at::kFloat);
        at::parallel_for(0, x.size(0), 1, [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t i = begin; i < end; ++i) {
                const NormRow row = norm_row(*norm, x, weight, bias, embedding, i);
                std::vector<float> scratch(static_cast<std::size_t>(norm_forward_scratch(row)));
                float* const mean = moments.data_ptr<float>() + 64 * i;
                row_kernels().norm_forward(row, picture<Numbers>(x, i), picture<Results>(y, i), mean,
                                           mean + 32, scratch.data());
            }
        });
        context->save_for_backward({x, weight, bias, embedding, moments});
        context->saved_data["silu"] = norm->silu;
        context->saved_data["eps"] = norm->eps;
        context->saved_data["modulation"] = static_cast<std::int64_t>(norm->modulation);
        return y;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const variable_list saved = context->get_saved_variables();
        const Tensor &x = saved[0], &weight = saved[1], &bias = saved[2], &embedding = saved[3];
        const op::GroupNorm norm{.channels = x.size(1),
                                 .eps = context->saved_data["eps"].toDouble(),
                                 .modulation =
                                     static_cast<Modulation>(context->saved_data["modulation"].toInt()),
                                 .silu = context->saved_data["silu"].toBool()};
        const Tensor dy = channels_last(gradients[0]);
        const Tensor dx = at::empty_like(x);
        const std::int64_t n = x.size(0), c = x.size(1);
        const Tensor d_weight = at::empty({n, c}, at::kFloat), d_bias = at::empty({n, c}, at::kFloat);
        const Tensor d_embedding = at::empty_like(embedding);
        at::parallel_for(0, n, 1, [&](std::int64_t begin, std::int64_t end) {
            std::vector<float> scratch;
            for (std::int64_t i = begin; i < end; ++i) {
                const NormRow row = norm_row(norm, x, weight, bias, embedding, i);
                scratch.resize(static_cast<std::size_t>(norm_backward_scratch(row)));
                NormGradients to{.weight = d_weight.data_ptr<float>() + i * c,
                                 .bias = d_bias.data_ptr<float>() + i * c};
                if (row.added)
                    to.added = d_embedding.data_ptr<float>() + i * c;
                if (row.scale) {
                    to.scale = d_embedding.data_ptr<float>() + 2 * i * c;
                    to.shift = to.scale + c;
                }
                const float* const mean = saved[4].data_ptr<float>() + 64 * i;
                row_kernels().norm_backward(row, picture<Numbers>(x, i), picture<Numbers>(dy, i),
                                            picture<Results>(dx, i), mean, mean + 32, to, scratch.data());
            }
        });
        // Columns are summed from the first row to the last one, whatever the number of threads.
        return {dx, d_weight.sum(0), d_bias.sum(0), d_embedding, Tensor(), Tensor()};
    }
};

Tensor norm_of_operations(const Tensor& x, const op::GroupNorm& norm, const Tensor& weight,
                          const Tensor& bias, const Tensor& embedding, at::ScalarType as)
{
    Tensor h = x.to(at::kFloat);
    const Tensor g = embedding.defined() ? embedding.unsqueeze(-1).unsqueeze(-1) : Tensor();
    if (norm.modulation == Modulation::Add)
        h = h + g;
    h = at::group_norm(h, 32, weight, bias, norm.eps);
    if (norm.modulation == Modulation::ScaleShift)
        h = h * (1 + g.narrow(1, 0, norm.channels)) + g.narrow(1, norm.channels, norm.channels);
    if (norm.silu)
        h = at::silu(h);
    return channels_last(h.to(as));
}

struct FusedUpsample : torch::autograd::Function<FusedUpsample> {
    static Tensor forward(AutogradContext*, const Tensor& given)
    {
        const Tensor x = channels_last(given);
        const std::int64_t height = x.size(2), width = x.size(3);
        const Tensor y = at::empty({x.size(0), x.size(1), 2 * height, 2 * width}, x.options(),
                                   at::MemoryFormat::ChannelsLast);
        const auto pixel = static_cast<std::size_t>(x.size(1)) * x.element_size();
        const char* from = static_cast<const char*>(x.data_ptr());
        char* to = static_cast<char*>(y.data_ptr());
        at::parallel_for(0, x.size(0) * height, 16, [&](std::int64_t begin, std::int64_t end) {
            const auto across = static_cast<std::size_t>(width);
            for (auto row = static_cast<std::size_t>(begin); row < static_cast<std::size_t>(end); ++row) {
                char* const upper = to + 4 * row * across * pixel;
                for (std::size_t i = 0; i < 2 * across; ++i)
                    std::memcpy(upper + i * pixel, from + (row * across + i / 2) * pixel, pixel);
                std::memcpy(upper + 2 * across * pixel, upper, 2 * across * pixel);
            }
        });
        return y;
    }

    static variable_list backward(AutogradContext*, variable_list gradients)
    {
        const Tensor dy = channels_last(gradients[0]);
        const Tensor dx = at::empty({dy.size(0), dy.size(1), dy.size(2) / 2, dy.size(3) / 2}, dy.options(),
                                    at::MemoryFormat::ChannelsLast);
        at::parallel_for(0, dy.size(0), 1, [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t i = begin; i < end; ++i)
                row_kernels().sum_of_four(picture<Numbers>(dy, i).at, dy.scalar_type() == at::kBFloat16,
                                          dx.size(2), dx.size(3), dx.size(1), picture<Results>(dx, i).at);
        });
        return {dx};
    }
};

/// Copies `pixels` pieces of `bytes` bytes that lie `from_step` and `to_step` bytes apart.
void copy_pieces(const char* from, std::size_t from_step, char* to, std::size_t to_step, std::size_t bytes,
                 std::int64_t pixels)
{
    at::parallel_for(0, pixels, 4096, [&](std::int64_t begin, std::int64_t end) {
        for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i)
            std::memcpy(to + i * to_step, from + i * from_step, bytes);
    });
}

struct FusedJoin : torch::autograd::Function<FusedJoin> {
    static Tensor forward(AutogradContext* context, const Tensor& one, const Tensor& two)
    {
        const Tensor a = channels_last(one), b = channels_last(two);
        const Tensor y = at::empty({a.size(0), a.size(1) + b.size(1), a.size(2), a.size(3)}, a.options(),
                                   at::MemoryFormat::ChannelsLast);
        const std::size_t of_a = static_cast<std::size_t>(a.size(1)) * a.element_size(),
                          of_b = static_cast<std::size_t>(b.size(1)) * b.element_size();
        const std::int64_t pixels = a.size(0) * a.size(2) * a.size(3);
        char* const to = static_cast<char*>(y.data_ptr());
        copy_pieces(static_cast<const char*>(a.data_ptr()), of_a, to, of_a + of_b, of_a, pixels);
        copy_pieces(static_cast<const char*>(b.data_ptr()), of_b, to + of_a, of_a + of_b, of_b, pixels);
        context->saved_data["channels"] = a.size(1);
        return y;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const Tensor dy = channels_last(gradients[0]);
        const std::int64_t channels = context->saved_data["channels"].toInt();
        const std::int64_t pixels = dy.size(0) * dy.size(2) * dy.size(3);
        const std::size_t whole = static_cast<std::size_t>(dy.size(1)) * dy.element_size();
        const char* from = static_cast<const char*>(dy.data_ptr());
        variable_list parts;
        for (const std::int64_t c : {channels, dy.size(1) - channels}) {
            const std::size_t bytes = static_cast<std::size_t>(c) * dy.element_size();
            parts.push_back(at::empty({dy.size(0), c, dy.size(2), dy.size(3)}, dy.options(),
                                      at::MemoryFormat::ChannelsLast));
            copy_pieces(from, whole, static_cast<char*>(parts.back().data_ptr()), bytes, bytes, pixels);
            from += bytes;
        }
        return parts;
    }
};

} // namespace

Tensor group_norm(const Tensor& x, const op::GroupNorm& norm, const Tensor& weight, const Tensor& bias,
                  const Tensor& embedding, at::ScalarType as)
{
    check(x.dim() == 4 && x.size(1) == norm.channels, "a norm is given its channels");
    if (!x.is_cpu())
        return norm_of_operations(x, norm, weight, bias, embedding, as);
    // A function of the gradient graph takes no undefined tensors.
    return FusedNorm::apply(x, weight, bias, embedding.defined() ? embedding : at::empty({0}), &norm, as);
}

Tensor upsample(const Tensor& x)
{
    if (!x.is_cpu() || x.size(1) % 16 != 0)
        return at::upsample_nearest2d(x, {2 * x.size(2), 2 * x.size(3)});
    return FusedUpsample::apply(x);
}

Tensor join(const Tensor& a, const Tensor& b)
{
    return a.is_cpu() ? FusedJoin::apply(a, b) : at::cat({a, b}, 1);
}

} // namespace lacuna::training
