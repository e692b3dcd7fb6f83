// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/mat_file.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <bit>
#include <memory>
#include <new>

#include "engine/checkpoint/byte_source.h"
#include "engine/core/atomic_file.h"

namespace lacuna {

namespace {

static_assert(std::endian::native == std::endian::little);

constexpr std::uint64_t most_bytes = 16 << 20, most_bytes_of_numbers = 8 << 20, most_variables = 1000;
constexpr std::uint64_t header_bytes = 128, version_place = 124, byte_order_place = 126;
constexpr const char* action = "Save the variables again in MATLAB with -v7";

/// Types of elements and classes of arrays, by the format's numbers.
enum Type : std::uint32_t { Int32 = 5, UInt32 = 6, Matrix = 14, Compressed = 15 };
constexpr std::uint32_t first_numeric_class = 6, last_numeric_class = 15, complex_flag = 0x800;

struct Element {
    std::uint32_t type = 0;
    std::uint64_t begin = 0, size = 0; ///< of its data
    std::uint64_t next = 0;            ///< where the element after it begins
};

template <typename T> T number_at(const ByteSource& source, std::uint64_t position)
{
    std::array<std::uint8_t, sizeof(T)> bytes{};
    source.read(position, bytes);
    return std::bit_cast<T>(bytes);
}

/// The element at `position` of a range that ends at `end`.
Element element_at(const ByteSource& source, std::uint64_t position, std::uint64_t end)
{
    const auto refuse_short = [&] { source.refuse("ends too early, or is damaged", action); };
    if (end - position < 8)
        refuse_short();
    const auto word = number_at<std::uint32_t>(source, position);
    if (word >> 16 != 0) { // up to four bytes of data are in the tag itself
        if (word >> 16 > 4)
            source.refuse("is damaged: a short element has more than four bytes", action);
        return {word & 0xffff, position + 4, word >> 16, position + 8};
    }
    Element element{word, position + 8, number_at<std::uint32_t>(source, position + 4)};
    if (element.size > end - element.begin)
        refuse_short();
    const std::uint64_t padded = word == Compressed ? element.size : (element.size + 7) / 8 * 8;
    element.next = std::min(end, element.begin + padded);
    return element;
}

template <typename T> void append(std::vector<double>& numbers, const ByteSource& source, const Element& e)
{
    if (e.size % sizeof(T) != 0)
        source.refuse("is damaged: an array ends within a number", action);
    for (std::uint64_t i = 0; i < e.size; i += sizeof(T))
        numbers.push_back(static_cast<double>(number_at<T>(source, e.begin + i)));
}

/// Numbers may be stored in a smaller type than that of their array.
std::vector<double> numbers_of(const ByteSource& source, const Element& element)
{
    std::vector<double> numbers;
    switch (element.type) {
    case 1:
        append<std::int8_t>(numbers, source, element);
        break;
    case 2:
        append<std::uint8_t>(numbers, source, element);
        break;
    case 3:
        append<std::int16_t>(numbers, source, element);
        break;
    case 4:
        append<std::uint16_t>(numbers, source, element);
        break;
    case Int32:
        append<std::int32_t>(numbers, source, element);
        break;
    case UInt32:
        append<std::uint32_t>(numbers, source, element);
        break;
    case 7:
        append<float>(numbers, source, element);
        break;
    case 9:
        append<double>(numbers, source, element);
        break;
    case 12:
        append<std::int64_t>(numbers, source, element);
        break;
    case 13:
        append<std::uint64_t>(numbers, source, element);
        break;
    default:
        source.refuse("is damaged: an array of numbers holds something else", action);
    }
    return numbers;
}

class MatFile {
public:
    /// All elements of a range of the file, or of what one of its elements was inflated to.
    void read(const ByteSource& source, std::uint64_t begin, bool inflated)
    {
        for (std::uint64_t position = begin; position < source.size();) {
            const Element element = element_at(source, position, source.size());
            if (++variables_ > 2 * most_variables) // a compressed one counts twice
                source.refuse("holds more than 1000 variables", action);
            if (element.type == Matrix)
                read_matrix(source, element);
            else if (element.type == Compressed && !inflated)
                read_compressed(source, element);
            else
                source.refuse("is damaged: it holds something that is no variable", action);
            position = element.next;
        }
    }
    std::map<std::string, NumberArray> take() { return std::move(arrays_); }

private:
    void read_compressed(const ByteSource& source, const Element& element)
    {
        const std::vector<std::uint8_t> bytes = inflated(source, element);
        inflated_ += bytes.size();
        read(ByteSource::memory(bytes, source.name()), 0, /*inflated=*/true);
    }

    std::vector<std::uint8_t> inflated(const ByteSource& source, const Element& element) const
    {
        std::vector<std::uint8_t> packed = source.read(element.begin, static_cast<std::size_t>(element.size));
        std::vector<std::uint8_t> bytes;
        z_stream stream{};
        if (inflateInit(&stream) != Z_OK)
            throw std::bad_alloc();
        const std::unique_ptr<z_stream, int (*)(z_stream*)> end(&stream, &inflateEnd);
        stream.next_in = packed.data();
        stream.avail_in = static_cast<uInt>(packed.size());
        int result = Z_OK;
        std::array<std::uint8_t, 1 << 15> piece{};
        while (result == Z_OK && inflated_ + bytes.size() <= most_bytes) {
            stream.next_out = piece.data();
            stream.avail_out = piece.size();
            result = inflate(&stream, Z_NO_FLUSH);
            bytes.insert(bytes.end(), piece.begin(), piece.end() - stream.avail_out);
        }
        if (inflated_ + bytes.size() > most_bytes)
            source.refuse("holds more than 16 MB when it is inflated", action);
        if (result != Z_STREAM_END)
            source.refuse("is damaged: a compressed variable cannot be inflated", action);
        return bytes;
    }

    void read_matrix(const ByteSource& source, const Element& matrix)
    {
        const std::uint64_t end = matrix.begin + matrix.size;
        if (matrix.size == 0) // an empty place
            return;
        const Element flags = element_at(source, matrix.begin, end);
        if (flags.type != UInt32 || flags.size != 8)
            source.refuse("is damaged: a variable has no class", action);
        const auto flag = number_at<std::uint32_t>(source, flags.begin);
        const std::uint32_t kind = flag & 0xff;
        if (kind < first_numeric_class || kind > last_numeric_class || (flag & complex_flag) != 0)
            return;
        const Element sides = element_at(source, flags.next, end);
        if (sides.type != Int32 || sides.size < 8)
            source.refuse("is damaged: a variable has no size", action);
        if (sides.size != 8)
            return; // no matrix
        const Element name = element_at(source, sides.next, end);
        const std::vector<std::uint8_t> text = source.read(name.begin, static_cast<std::size_t>(name.size));
        add({text.begin(), text.end()}, source, sides, element_at(source, name.next, end));
    }

    void add(const std::string& name, const ByteSource& source, const Element& sides, const Element& data)
    {
        const auto rows = number_at<std::int32_t>(source, sides.begin),
                   columns = number_at<std::int32_t>(source, sides.begin + 4);
        bytes_of_numbers_ += data.size;
        if (bytes_of_numbers_ > most_bytes_of_numbers)
            source.refuse("holds more than 8 MB of numbers", action);
        const std::vector<double> numbers = numbers_of(source, data);
        if (rows < 0 || columns < 0
            || static_cast<std::uint64_t>(rows) * static_cast<std::uint64_t>(columns) != numbers.size())
            source.refuse("is damaged: the size of a variable is not that of its numbers", action);
        std::vector<double> values(numbers.size());
        for (std::size_t i = 0; i < numbers.size(); ++i) { // stored column after column
            const auto height = static_cast<std::size_t>(rows), width = static_cast<std::size_t>(columns);
            values[i % height * width + i / height] = numbers[i];
        }
        arrays_[name] = {.shape = {rows, columns}, .values = std::move(values)};
    }

    std::map<std::string, NumberArray> arrays_{};
    std::uint64_t inflated_ = 0, bytes_of_numbers_ = 0, variables_ = 0;
};

} // namespace

std::map<std::string, NumberArray> read_mat(const std::filesystem::path& path)
{
    const std::vector<std::uint8_t> bytes = read_file(path, most_bytes);
    const ByteSource file = ByteSource::memory(bytes, path.string());
    if (file.size() < header_bytes)
        file.refuse("is no MAT-file of level 5", action);
    const auto order = file.read(byte_order_place, 2);
    if (order[0] == 'M' && order[1] == 'I')
        file.refuse("was written on a big-endian machine, which is not supported", action);
    if (order[0] != 'I' || order[1] != 'M')
        file.refuse("is no MAT-file of level 5", action);
    if (number_at<std::uint16_t>(file, version_place) != 0x0100)
        file.refuse("is a MAT-file of another version than level 5, such as -v7.3", action);
    MatFile mat;
    mat.read(file, header_bytes, /*inflated=*/false);
    return mat.take();
}

} // namespace lacuna
