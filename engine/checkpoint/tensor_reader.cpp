// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/checkpoint/tensor_reader.h"

#include <algorithm>
#include <numeric>

#include "engine/checkpoint/crc32.h"
#include "engine/checkpoint/tensor_geometry.h"

namespace lacuna {

namespace {

constexpr std::uint64_t buffer_bytes = std::uint64_t(4) << 20; ///< a multiple of every element size

std::span<std::uint8_t> as_bytes(std::span<std::byte> bytes)
{
    return {reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size()};
}

/// Reads [from, to) of the block in pieces and hands each to `use(position in the block, bytes)`. With `check` the
/// range is the whole block, and its CRC-32 is compared at the end.
class BlockStream {
public:
    BlockStream(const ByteSource& source, const TensorBlock& block) : source_(source), block_(block) {}

    template <typename Use> void read(std::uint64_t from, std::uint64_t to, bool check, Use&& use)
    {
        std::uint32_t crc = 0;
        buffer_.resize(static_cast<std::size_t>(std::min(buffer_bytes, to - from)));
        for (std::uint64_t at = from; at < to;) {
            const std::uint64_t count = std::min(buffer_bytes, to - at);
            const auto piece = std::span(buffer_).first(static_cast<std::size_t>(count));
            source_.read(block_.begin + at, piece);
            if (check)
                crc = crc32(crc, piece);
            use(at, piece);
            at += count;
        }
        if (check && crc != *block_.crc)
            refuse_checksum(source_, block_.name, *block_.crc);
    }

private:
    const ByteSource& source_;
    const TensorBlock& block_;
    std::vector<std::uint8_t> buffer_{};
};

bool is_packed(const TensorEntry& entry)
{
    const std::vector<std::int64_t> packed = packed_strides(entry.shape);
    for (std::size_t d = 0; d < entry.shape.size(); ++d)
        if (entry.shape[d] > 1 && entry.strides[d] != packed[d])
            return false;
    return true;
}

/// Straight into the destination. With `check` the tensor is the whole block.
void read_directly(const ByteSource& source, const TensorBlock& block, std::uint64_t from,
                   std::span<std::byte> destination, bool check)
{
    std::uint32_t crc = 0;
    for (std::size_t at = 0; at < destination.size();) {
        const std::size_t count =
            static_cast<std::size_t>(std::min<std::uint64_t>(buffer_bytes, destination.size() - at));
        const auto piece = as_bytes(destination.subspan(at, count));
        source.read(block.begin + from + at, piece);
        if (check)
            crc = crc32(crc, piece); // while the piece is in the cache
        at += count;
    }
    if (check && crc != *block.crc)
        refuse_checksum(source, block.name, *block.crc);
}

/// A packed tensor, converted on the way.
void read_packed(const ByteSource& source, const TensorBlock& block, const TensorEntry& entry, DType as,
                 std::span<std::byte> destination, bool check)
{
    const std::uint64_t item = size_of(entry.dtype), from = static_cast<std::uint64_t>(entry.offset) * item,
                        to = from + static_cast<std::uint64_t>(entry.elements()) * item;
    if (as == entry.dtype && as != DType::Bool && (!check || (from == 0 && to == block.size)))
        return read_directly(source, block, from, destination, check);
    const auto use = [&](std::uint64_t at, std::span<const std::uint8_t> piece) {
        // Pieces begin at multiples of the element size, so each holds whole elements of the tensor.
        const std::uint64_t first = std::max(at, from), last = std::min(at + piece.size(), to);
        if (first >= last)
            return;
        convert(entry.dtype, reinterpret_cast<const std::byte*>(piece.data() + (first - at)), as,
                destination.data() + (first - from) / item * size_of(as),
                static_cast<std::size_t>((last - first) / item));
    };
    BlockStream stream(source, block);
    if (check)
        stream.read(0, block.size, true, use);
    else
        stream.read(from, to, false, use);
}

/// A view with other strides: walks the elements in the order in which they lie in the file, through a window that
/// moves on when the next element is not in it.
class StridedReader {
public:
    StridedReader(const ByteSource& source, const TensorBlock& block, const TensorEntry& entry, DType as,
                  std::span<std::byte> destination)
        : source_(source),
          block_(block),
          entry_(entry),
          as_(as),
          destination_(destination)
    {
        const std::vector<std::int64_t> packed = packed_strides(entry.shape);
        std::vector<std::size_t> order(entry.shape.size());
        std::iota(order.begin(), order.end(), std::size_t(0));
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return entry.strides[a] > entry.strides[b]; });
        for (const std::size_t d : order)
            dimensions_.push_back({entry.shape[d], entry.strides[d], packed[d]});
    }

    void read() { walk(0, entry_.offset, 0); }

private:
    struct Dimension {
        std::int64_t size, from_stride, to_stride;
    };

    void walk(std::size_t dimension, std::int64_t from, std::int64_t to)
    {
        if (dimension == dimensions_.size())
            return copy(from, to);
        const Dimension& d = dimensions_[dimension];
        for (std::int64_t i = 0; i < d.size; ++i)
            walk(dimension + 1, from + i * d.from_stride, to + i * d.to_stride);
    }

    void copy(std::int64_t from, std::int64_t to)
    {
        const std::uint64_t item = size_of(entry_.dtype), at = static_cast<std::uint64_t>(from) * item;
        if (at < begin_ || at + item > begin_ + window_.size()) {
            begin_ = at;
            window_.resize(static_cast<std::size_t>(std::min(buffer_bytes, block_.size - at)));
            source_.read(block_.begin + at, std::span(window_));
        }
        convert(entry_.dtype, reinterpret_cast<const std::byte*>(window_.data() + (at - begin_)), as_,
                destination_.data() + static_cast<std::uint64_t>(to) * size_of(as_), 1);
    }

    const ByteSource& source_;
    const TensorBlock& block_;
    const TensorEntry& entry_;
    DType as_;
    std::span<std::byte> destination_;
    std::vector<Dimension> dimensions_{};
    std::vector<std::uint8_t> window_{};
    std::uint64_t begin_ = 0;
};

} // namespace

void read_tensor(const ByteSource& source, const TensorBlock& block, const TensorEntry& entry, DType as,
                 std::span<std::byte> destination, bool check)
{
    const bool empty = entry.elements() == 0;
    if (!empty && is_packed(entry))
        return read_packed(source, block, entry, as, destination, check);
    if (check)
        BlockStream(source, block).read(0, block.size, true, [](std::uint64_t, std::span<std::uint8_t>) {});
    if (!empty)
        StridedReader(source, block, entry, as, destination).read();
}

} // namespace lacuna
