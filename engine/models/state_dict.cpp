// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/state_dict.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "engine/core/error.h"

namespace lacuna {

namespace {

constexpr std::array<std::pair<DType, at::ScalarType>, 10> formats{{{DType::F32, at::kFloat},
                                                                    {DType::F64, at::kDouble},
                                                                    {DType::F16, at::kHalf},
                                                                    {DType::BF16, at::kBFloat16},
                                                                    {DType::I64, at::kLong},
                                                                    {DType::I32, at::kInt},
                                                                    {DType::I16, at::kShort},
                                                                    {DType::I8, at::kChar},
                                                                    {DType::U8, at::kByte},
                                                                    {DType::Bool, at::kBool}}};

Tensor read_tensor_values(const Checkpoint& checkpoint, const std::string& name, const TensorEntry& entry,
                          DType as)
{
    Tensor values = at::empty(entry.shape, scalar_type_of(as));
    const std::span<std::byte> bytes(static_cast<std::byte*>(values.data_ptr()), values.nbytes());
    checkpoint.read(name, as, bytes);
    if (const std::size_t wrong = count_non_finite(as, bytes))
        checkpoint.refuse("holds NaN or infinite values in the tensor " + in_quotes(name) + " ("
                              + std::to_string(wrong) + " of them)",
                          "The weights are broken; give another checkpoint");
    return values;
}

/// Reads the named tensors in the order in which they lie in the file, which disks are made for.
StateDict read_all(const Checkpoint& checkpoint, const std::map<std::string, DType>& wanted)
{
    std::vector<std::pair<std::string, DType>> order(wanted.begin(), wanted.end());
    std::stable_sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
        const TensorEntry &one = checkpoint.tensors().at(a.first), &two = checkpoint.tensors().at(b.first);
        return std::pair(one.block, one.offset) < std::pair(two.block, two.offset);
    });
    StateDict state;
    for (const auto& [name, as] : order)
        state.emplace(name, read_tensor_values(checkpoint, name, checkpoint.tensors().at(name), as));
    return state;
}

} // namespace

DType dtype_of(at::ScalarType dtype)
{
    for (const auto& [ours, theirs] : formats)
        if (theirs == dtype)
            return ours;
    check(false, "the number format is one of those of checkpoints");
    return DType::F32;
}

at::ScalarType scalar_type_of(DType dtype)
{
    for (const auto& [ours, theirs] : formats)
        if (ours == dtype)
            return theirs;
    check(false, "every number format has a LibTorch name");
    return at::kFloat;
}

StateDict read_state_dict(const Checkpoint& checkpoint,
                          const std::map<std::string, std::vector<std::int64_t>>& expected,
                          at::ScalarType dtype)
{
    require_shapes(checkpoint, expected, /*allow_extra=*/true);
    std::map<std::string, DType> wanted;
    for (const auto& [name, shape] : expected)
        wanted.emplace(name, dtype_of(dtype));
    return read_all(checkpoint, wanted);
}

StateDict read_state_dict(const Checkpoint& checkpoint)
{
    std::map<std::string, DType> wanted;
    for (const auto& [name, entry] : checkpoint.tensors())
        wanted.emplace(name, entry.dtype);
    return read_all(checkpoint, wanted);
}

} // namespace lacuna
