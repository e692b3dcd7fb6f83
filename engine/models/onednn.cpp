// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/onednn.h"

#include <string>

#include "engine/core/error.h"

namespace lacuna::onednn {

namespace {

using Memory = dnnl::memory;
using Tag = Memory::format_tag;
using Description = dnnl::convolution_forward::primitive_desc;
constexpr auto single = Memory::data_type::f32;

dnnl::primitive_attr attributes(bool accumulate)
{
    dnnl::primitive_attr attributes;
    attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
    if (accumulate) {
        dnnl::post_ops operations;
        operations.append_sum(1.0f);
        attributes.set_post_ops(operations);
    }
    return attributes;
}

bool has(dnnl::cpu_isa isa)
{
    const auto bits = static_cast<unsigned>(isa);
    return (static_cast<unsigned>(dnnl::get_effective_cpu_isa()) & bits) == bits;
}

} // namespace

const dnnl::engine& cpu()
{
    static const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
    return engine;
}

std::int64_t channel_block()
{
#if defined(__x86_64__)
    return has(dnnl::cpu_isa::avx512_core) ? 16 : has(dnnl::cpu_isa::avx2) ? 8 : 0;
#else
    return 0;
#endif
}

void guarded(const std::function<void()>& work)
{
    try {
        work();
    } catch (const dnnl::error& error) {
        if (error.status == dnnl_out_of_memory)
            throw Error(ErrorKind::Memory, "The network", "needs more memory than there is",
                        "Use a smaller window or fewer members");
        throw Error(ErrorKind::Internal, "oneDNN", error.what(), "Report this, please");
    }
}

Memory::desc picture(const blocked::Shape& shape)
{
    return {{1, shape.blocks() * shape.block, shape.height, shape.width},
            single,
            shape.block == 16 ? Tag::nChw16c : Tag::nChw8c};
}

Description convolution(const op::Conv& conv, const blocked::Shape& in, const blocked::Shape& out,
                        bool accumulate)
{
    const auto algorithm = dnnl::algorithm::convolution_direct;
    const op::Conv padded = whole_blocks(conv);
    const Memory::desc weight({padded.out, padded.in, conv.kernel, conv.kernel}, single, Tag::any);
    const Memory::desc bias({padded.out}, single, Tag::x);
    const bool symmetric = conv.padding == op::Conv::Padding::Symmetric;
    const std::int64_t before = symmetric ? (conv.kernel - 1) / 2 : 0, after = symmetric ? before : 1;
    const Memory::dims stride{conv.stride, conv.stride}, top_left{before, before}, bottom_right{after, after};
#if DNNL_VERSION_MAJOR >= 3
    return {cpu(),
            dnnl::prop_kind::forward_inference,
            algorithm,
            picture(in),
            weight,
            bias,
            picture(out),
            stride,
            top_left,
            bottom_right,
            attributes(accumulate)};
#else
    const dnnl::convolution_forward::desc description(dnnl::prop_kind::forward_inference, algorithm,
                                                      picture(in), weight, bias, picture(out), stride,
                                                      top_left, bottom_right);
    return {description, attributes(accumulate), cpu()};
#endif
}

dnnl::matmul::primitive_desc matrix_product(std::int64_t m, std::int64_t k, std::int64_t n, bool b_transposed)
{
    const Memory::desc a({m, k}, single, Tag::ab), b({k, n}, single, b_transposed ? Tag::ba : Tag::ab),
        c({m, n}, single, Tag::ab);
#if DNNL_VERSION_MAJOR >= 3
    return {cpu(), a, b, c, attributes(false)};
#else
    return {dnnl::matmul::desc(a, b, c), attributes(false), cpu()};
#endif
}

op::Conv whole_blocks(op::Conv conv)
{
    const std::int64_t block = channel_block();
    conv.in = (conv.in + block - 1) / block * block;
    conv.out = (conv.out + block - 1) / block * block;
    return conv;
}

Memory::desc plain_weight(const op::Conv& conv)
{
    return {{conv.out, conv.in, conv.kernel, conv.kernel}, single, Tag::oihw};
}

} // namespace lacuna::onednn
