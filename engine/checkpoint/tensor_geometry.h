// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lacuna {

/// The product, or nothing when a size is negative or the product, in the given order, leaves 63 bits.
std::optional<std::int64_t> element_count(const std::vector<std::int64_t>& shape);

/// Why a view does not lie in a block of `block` elements, as the rest of a sentence ("whose ..."); empty when it
/// does. At most 8 dimensions; sizes, strides and offset not negative; no more elements than the block has.
std::string geometry_problem(const std::vector<std::int64_t>& shape, const std::vector<std::int64_t>& strides,
                             std::int64_t offset, std::int64_t block);

/// Strides of a packed row-major tensor. The shape must have an element_count.
std::vector<std::int64_t> packed_strides(const std::vector<std::int64_t>& shape);

/// "(3, 64, 64)"
std::string shape_text(const std::vector<std::int64_t>& shape);

} // namespace lacuna
