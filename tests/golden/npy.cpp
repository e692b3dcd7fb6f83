// SPDX-License-Identifier: GPL-3.0-or-later
#include "npy.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>
#include <fstream>
#include <limits>
#include <vector>

namespace lacuna::golden {

static_assert(std::endian::native == std::endian::little, "the files are read as they are");

namespace {

constexpr std::uintmax_t largest_file = std::uintmax_t(1) << 30;

/// The text after "'key':" in the header, which is a literal of a Python dictionary.
std::string after_key(const std::filesystem::path& file, const std::string& header, const std::string& key)
{
    const std::size_t found = header.find("'" + key + "':");
    if (found == std::string::npos)
        throw BrokenData(file, "the header has no " + key);
    const std::size_t value = header.find_first_not_of(' ', found + key.size() + 3);
    return value == std::string::npos ? std::string() : header.substr(value);
}

at::ScalarType dtype_of(const std::filesystem::path& file, const std::string& descr)
{
    for (const auto& [name, dtype] :
         {std::pair{"'<f4'", at::kFloat}, std::pair{"'<f8'", at::kDouble}, std::pair{"'<f2'", at::kHalf},
          std::pair{"'<i8'", at::kLong}, std::pair{"'<i4'", at::kInt}, std::pair{"'|u1'", at::kByte},
          std::pair{"'|i1'", at::kChar}, std::pair{"'|b1'", at::kBool}})
        if (descr.rfind(name, 0) == 0)
            return dtype;
    throw BrokenData(file, "the type of its values is not one of <f2, <f4, <f8, <i4, <i8, |u1, |i1 and |b1");
}

std::vector<std::int64_t> shape_of(const std::filesystem::path& file, const std::string& text)
{
    const std::size_t close = text.find(')');
    if (text.empty() || text.front() != '(' || close == std::string::npos)
        throw BrokenData(file, "the header has no readable shape");
    std::vector<std::int64_t> shape;
    const char* at = text.data() + 1;
    const char* const end = text.data() + close;
    while (true) {
        at = std::find_if(at, end, [](char c) { return c != ' ' && c != ','; });
        if (at == end)
            return shape;
        std::int64_t size = 0;
        const auto [stop, error] = std::from_chars(at, end, size);
        if (error != std::errc{} || size < 0 || shape.size() >= 16)
            throw BrokenData(file, "the header has no readable shape");
        shape.push_back(size);
        at = stop;
    }
}

/// Bytes of the values, or a throw when they are more than a file may have.
std::size_t value_bytes(const std::filesystem::path& file, const std::vector<std::int64_t>& shape,
                        std::size_t item)
{
    std::uintmax_t bytes = item;
    for (const std::int64_t size : shape) {
        if (size > 0 && bytes > largest_file / static_cast<std::uintmax_t>(size))
            throw BrokenData(file, "the header announces more values than fit");
        bytes *= static_cast<std::uintmax_t>(size);
    }
    return static_cast<std::size_t>(bytes);
}

} // namespace

std::string read_file(const std::filesystem::path& file)
{
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(file, error);
    if (error)
        throw BrokenData(file, "it cannot be read");
    if (size > largest_file)
        throw BrokenData(file, "it is larger than 1 GiB");
    std::string content(static_cast<std::size_t>(size), '\0');
    std::ifstream stream(file, std::ios::binary);
    stream.read(content.data(), static_cast<std::streamsize>(content.size()));
    if (!stream || stream.gcount() != static_cast<std::streamsize>(content.size()))
        throw BrokenData(file, "it cannot be read");
    return content;
}

Tensor read_npy(const std::filesystem::path& file)
{
    const std::string content = read_file(file);
    const std::string magic("\x93NUMPY\x01\x00", 8);
    if (content.size() < 10 || content.compare(0, 8, magic) != 0)
        throw BrokenData(file, "it is not a .npy file of format 1.0");
    const std::size_t header_size =
        static_cast<unsigned char>(content[8]) + 256u * static_cast<unsigned char>(content[9]);
    if (content.size() - 10 < header_size)
        throw BrokenData(file, "it ends inside of its header");
    const std::string header = content.substr(10, header_size);

    if (after_key(file, header, "fortran_order").rfind("False", 0) != 0)
        throw BrokenData(file, "it is not in C order");
    const at::ScalarType dtype = dtype_of(file, after_key(file, header, "descr"));
    const std::vector<std::int64_t> shape = shape_of(file, after_key(file, header, "shape"));
    const std::size_t bytes = value_bytes(file, shape, at::elementSize(dtype));
    if (content.size() - 10 - header_size != bytes)
        throw BrokenData(file, "its size does not agree with its header");

    Tensor values = at::empty(shape, dtype);
    if (bytes > 0)
        std::memcpy(values.data_ptr(), content.data() + 10 + header_size, bytes);
    return values;
}

} // namespace lacuna::golden
