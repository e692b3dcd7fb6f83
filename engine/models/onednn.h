// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <dnnl.hpp>

#include "engine/models/blocked_kernels.h"
#include "engine/models/network_graph.h"

/// The part of oneDNN that the inference plan uses, the same for versions 2 and 3.
namespace lacuna::onednn {

const dnnl::engine& cpu();

/// Channels that lie side by side in the layouts that the processor's convolutions like: 16 or 8; 0 for a processor
/// without AVX2, which has none.
std::int64_t channel_block();

/// Calls `work`; an exception of oneDNN becomes an Error.
void guarded(const std::function<void()>& work);

/// A convolution of whole blocks of channels: others have slow kernels only. The additional weights are zero.
op::Conv whole_blocks(op::Conv);

/// A picture of the blocked layout, with the channels that fill its last block.
dnnl::memory::desc picture(const blocked::Shape&);

/// One convolution of one picture. `accumulate` adds the result to what is in the destination. Uses as many threads
/// as OpenMP has when it is made.
dnnl::convolution_forward::primitive_desc convolution(const op::Conv&, const blocked::Shape& in,
                                                      const blocked::Shape& out, bool accumulate);

/// C [m,n] = A [m,k] B, with B [k,n], or [n,k] when it is transposed; rows without gaps.
dnnl::matmul::primitive_desc matrix_product(std::int64_t m, std::int64_t k, std::int64_t n,
                                            bool b_transposed);

/// The plain format of a weight (out, in, kernel, kernel).
dnnl::memory::desc plain_weight(const op::Conv&);

} // namespace lacuna::onednn
