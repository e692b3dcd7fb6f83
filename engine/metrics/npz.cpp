// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/npz.h"

#include <bit>
#include <charconv>
#include <cstring>
#include <span>

#include "engine/checkpoint/crc32.h"
#include "engine/core/atomic_file.h"
#include "engine/core/error.h"

namespace lacuna {

namespace {

static_assert(std::endian::native == std::endian::little);

constexpr std::uint64_t most_bytes = 64 << 20;
constexpr std::size_t end_record = 22, central_record = 46, local_record = 30;

/// The bytes of a file, with every access checked.
class Bytes {
public:
    Bytes(std::vector<std::uint8_t> bytes, std::string name)
        : bytes_(std::move(bytes)),
          name_(std::move(name))
    {
    }

    [[noreturn]] void refuse(const std::string& cause) const
    {
        throw Error(ErrorKind::Input, name_, cause, "Use a file that numpy's savez wrote");
    }
    std::size_t size() const { return bytes_.size(); }
    const std::uint8_t* at(std::size_t position, std::size_t count) const
    {
        if (position > size() || count > size() - position)
            refuse("ends too early");
        return bytes_.data() + position;
    }
    template <typename T> T number(std::size_t position) const
    {
        T value;
        std::memcpy(&value, at(position, sizeof value), sizeof value);
        return value;
    }
    std::string text(std::size_t position, std::size_t count) const
    {
        return {reinterpret_cast<const char*>(at(position, count)), count};
    }

private:
    std::vector<std::uint8_t> bytes_;
    std::string name_;
};

/// The text after `key` in the header of an array, which is a Python dictionary as numpy writes it.
std::string after(const Bytes& file, const std::string& header, const std::string& key)
{
    const std::size_t found = header.find("'" + key + "': ");
    if (found == std::string::npos)
        file.refuse("holds an array without '" + key + "'");
    return header.substr(found + key.size() + 4);
}

std::vector<std::int64_t> shape_from(const Bytes& file, const std::string& text)
{
    std::vector<std::int64_t> shape;
    const std::size_t close = text.find(')');
    if (text.empty() || text[0] != '(' || close == std::string::npos)
        file.refuse("holds an array without a shape");
    const char *at = text.data() + 1, *end = text.data() + close;
    while (at < end) {
        std::int64_t side = 0;
        const auto [next, error] = std::from_chars(at, end, side);
        if (error != std::errc() || side < 0 || side > static_cast<std::int64_t>(most_bytes)
            || shape.size() == 8)
            file.refuse("holds an array with a wrong shape");
        shape.push_back(side);
        for (at = next; at < end && (*at == ',' || *at == ' '); ++at) {
        }
    }
    return shape;
}

NumberArray array_from(const Bytes& file, std::size_t begin, std::size_t size)
{
    const std::size_t end = begin + size;
    if (size < 12 || file.text(begin, 6) != "\x93NUMPY")
        file.refuse("holds something that is no array");
    const bool first_version = *file.at(begin + 6, 1) == 1;
    const std::size_t header_begin = begin + (first_version ? 10 : 12);
    const std::size_t length =
        first_version ? file.number<std::uint16_t>(begin + 8) : file.number<std::uint32_t>(begin + 8);
    const std::string header = file.text(header_begin, length);
    const std::string type = after(file, header, "descr").substr(0, 5);
    const std::size_t width = type == "'<f8'" ? 8 : type == "'<f4'" ? 4 : 0;
    if (width == 0 || after(file, header, "fortran_order").rfind("False", 0) != 0)
        file.refuse("holds an array that is not of floating point numbers in C order");

    NumberArray array{.shape = shape_from(file, after(file, header, "shape"))};
    std::size_t count = 1;
    for (const std::int64_t side : array.shape) {
        count *= static_cast<std::size_t>(side);
        if (count > most_bytes)
            file.refuse("holds an array with a wrong shape");
    }
    const std::size_t values = header_begin + length;
    if (values > end || count * width != end - values)
        file.refuse("holds an array whose shape and size disagree");
    for (std::size_t i = 0; i < count; ++i)
        array.values.push_back(width == 8 ? file.number<double>(values + 8 * i)
                                          : static_cast<double>(file.number<float>(values + 4 * i)));
    return array;
}

} // namespace

std::map<std::string, NumberArray> read_npz(const std::filesystem::path& path)
{
    const Bytes file(read_file(path, most_bytes), path.string());
    if (file.size() < end_record || file.number<std::uint32_t>(file.size() - end_record) != 0x06054b50)
        file.refuse("is not a zip file without a comment");
    const std::size_t members = file.number<std::uint16_t>(file.size() - 12);
    std::size_t central = file.number<std::uint32_t>(file.size() - 6);
    std::map<std::string, NumberArray> arrays;
    for (std::size_t i = 0; i < members; ++i) {
        if (file.number<std::uint32_t>(central) != 0x02014b50)
            file.refuse("has a damaged directory");
        const std::size_t name_length = file.number<std::uint16_t>(central + 28);
        const std::size_t size = file.number<std::uint32_t>(central + 24);
        const std::size_t local = file.number<std::uint32_t>(central + 42);
        const std::string name = file.text(central + central_record, name_length);
        if (file.number<std::uint16_t>(central + 10) != 0 || file.number<std::uint32_t>(central + 20) != size)
            file.refuse("holds compressed arrays");
        if (file.number<std::uint32_t>(local) != 0x04034b50)
            file.refuse("has a damaged directory");
        const std::size_t begin = local + local_record + file.number<std::uint16_t>(local + 26)
                                  + file.number<std::uint16_t>(local + 28);
        if (crc32(0, std::span(file.at(begin, size), size)) != file.number<std::uint32_t>(central + 16))
            file.refuse("is damaged: a checksum differs");
        arrays[name.ends_with(".npy") ? name.substr(0, name.size() - 4) : name] =
            array_from(file, begin, size);
        central += central_record + name_length + file.number<std::uint16_t>(central + 30)
                   + file.number<std::uint16_t>(central + 32);
    }
    return arrays;
}

} // namespace lacuna
