// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "engine/checkpoint/byte_source.h"
#include "engine/checkpoint/dtype.h"

namespace lacuna {

/// A storage as a pickle names it; where its bytes are is the container's business.
struct PickledStorage {
    std::string key{}; ///< digits only
    DType dtype = DType::F32;
    std::int64_t elements = 0;
};

/// A view into a storage, counted in elements. It lies inside of the storage (checked).
struct PickledTensor {
    std::size_t storage = 0; ///< index of Pickle::storages
    std::int64_t offset = 0;
    std::vector<std::int64_t> shape{}, strides{};
};

/// One object of a pickle. Objects refer to others by index, so freeing them never recurses.
struct PickleValue {
    enum class Kind {
        None,
        Bool,
        Integer,
        Real,
        Text,
        Tuple,
        List,
        Dict,
        OrderedDict, ///< what files contain
        Callable,
        StorageClass,
        Storage,
        Tensor ///< what torch.save needs besides
    };
    Kind kind = Kind::None;
    std::int64_t number = 0; ///< Bool, Integer; index of a Callable, a DType, a storage, a tensor
    double real = 0;
    std::string text{};
    std::vector<std::uint32_t> items{}; ///< indices of Pickle::values; a dict has key, value, key, value ...
};

/// What a pickle holds. No container contains itself and none is nested deeper than 32.
struct Pickle {
    std::deque<PickleValue> values{};
    std::uint32_t root = 0;
    std::vector<PickledStorage> storages{};
    std::vector<PickledTensor> tensors{};
    std::uint64_t end = 0; ///< position after STOP

    const PickleValue& value(std::uint32_t id) const { return values[id]; }
};

/// Reads one pickle with the 32 operations that torch.save needs and no others (reliability.md 3.2). Nothing is
/// imported or called: names are looked up in a table of five functions and the storage classes. It stops after
/// STOP; `storage_parts` is 5 in zip files and 6 in legacy streams. Throws Error{Input}.
///
/// Protocol 4, which users of torch.save can ask for, writes four of the operations in another way; these are
/// accepted in files that say protocol 4 and only there, so that a file has one reading.
Pickle read_pickle(ByteReader&, int storage_parts);

} // namespace lacuna
