// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "engine/checkpoint/contents.h"
#include "engine/checkpoint/tensor_geometry.h"

namespace lacuna {

namespace {

using nlohmann::json;

constexpr std::uint64_t largest_header = 100000000;
constexpr std::size_t most_tensors = 65536, longest_name = 1000, deepest = 8;
constexpr const char* again = "Download it again, or convert it again";

/// A tensor as the header describes it.
struct Described {
    std::string dtype{};
    std::vector<std::int64_t> shape{};
    std::vector<std::int64_t> range{}; ///< begin, end
    bool has_dtype = false, has_shape = false, has_range = false;
};

std::optional<DType> find_dtype(const std::string& name)
{
    for (const DType dtype : {DType::F32, DType::F64, DType::F16, DType::BF16, DType::I64, DType::I32,
                              DType::I16, DType::I8, DType::U8, DType::Bool})
        if (name == name_of(dtype))
            return dtype;
    return std::nullopt;
}

/// Takes the header apart while it is parsed, so that nothing but tensor descriptions is ever stored.
class HeaderReader : public nlohmann::json_sax<json> {
public:
    explicit HeaderReader(const ByteSource& source) : source_(source) {}

    std::map<std::string, Described> tensors{};
    std::map<std::string, std::string> metadata{};

    bool null() override { return unexpected(); }
    bool boolean(bool) override { return unexpected(); }
    bool number_float(double, const std::string&) override { return unexpected(); }
    bool binary(binary_t&) override { return unexpected(); }
    bool number_integer(std::int64_t) override
    {
        source_.refuse("has a header with a negative number at " + in_quotes(name_), again);
    }
    bool number_unsigned(std::uint64_t number) override;
    bool string(std::string& text) override;
    bool start_object(std::size_t) override;
    bool end_object() override;
    bool start_array(std::size_t) override;
    bool end_array() override;
    bool key(std::string& name) override;
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override
    {
        source_.refuse("has a header that is not correct JSON", again);
    }

private:
    /// Where the parser is: outside, in the header, in a tensor or the metadata, in one of the arrays.
    enum class Place { Outside, Header, Tensor, Metadata, Shape, Range };

    bool unexpected() const
    {
        source_.refuse("has a header with a value of the wrong kind, or nested too deep"
                           + (name_.empty() ? std::string() : ", at " + in_quotes(name_)),
                       again);
    }
    [[noreturn]] void twice(const std::string& name) const
    {
        source_.refuse("has the name " + in_quotes(name) + " twice", again);
    }

    const ByteSource& source_;
    Place place_ = Place::Outside;
    std::string name_{}, member_{};
    Described* tensor_ = nullptr;
    bool has_metadata_ = false;
};

bool HeaderReader::start_object(std::size_t)
{
    if (place_ == Place::Outside)
        place_ = Place::Header;
    else if (place_ == Place::Header && name_ == "__metadata__")
        place_ = Place::Metadata;
    else if (place_ == Place::Header) {
        const auto [tensor, fresh] = tensors.emplace(name_, Described{});
        if (!fresh)
            twice(name_);
        if (tensors.size() > most_tensors)
            source_.refuse("holds more than 65536 tensors", "Save only the weights of one model");
        tensor_ = &tensor->second;
        place_ = Place::Tensor;
    } else
        return unexpected();
    return true;
}

bool HeaderReader::end_object()
{
    if (place_ == Place::Tensor && !(tensor_->has_dtype && tensor_->has_shape && tensor_->has_range))
        source_.refuse("does not describe the tensor " + in_quotes(name_) + " in full", again);
    place_ = place_ == Place::Header ? Place::Outside : Place::Header;
    return true;
}

bool HeaderReader::key(std::string& name)
{
    if (name.size() > longest_name)
        source_.refuse("has a name of more than 1000 characters", again);
    if (place_ == Place::Header) {
        name_ = name;
        if (name == "__metadata__" && std::exchange(has_metadata_, true))
            twice(name);
        return true;
    }
    member_ = name;
    if (place_ == Place::Metadata) {
        if (metadata.contains(name))
            twice(name);
        return true;
    }
    bool* flag = name == "dtype"          ? &tensor_->has_dtype
                 : name == "shape"        ? &tensor_->has_shape
                 : name == "data_offsets" ? &tensor_->has_range
                                          : nullptr;
    if (!flag)
        source_.refuse(
            "says " + in_quotes(name) + " of the tensor " + in_quotes(name_) + ", which is unknown", again);
    if (std::exchange(*flag, true))
        twice(name);
    return true;
}

bool HeaderReader::string(std::string& text)
{
    if (place_ == Place::Metadata)
        metadata.emplace(member_, text);
    else if (place_ == Place::Tensor && member_ == "dtype")
        tensor_->dtype = text;
    else
        return unexpected();
    return true;
}

bool HeaderReader::start_array(std::size_t)
{
    if (place_ != Place::Tensor || member_ == "dtype")
        return unexpected();
    place_ = member_ == "shape" ? Place::Shape : Place::Range;
    return true;
}

bool HeaderReader::end_array()
{
    place_ = Place::Tensor;
    return true;
}

bool HeaderReader::number_unsigned(std::uint64_t number)
{
    if (place_ != Place::Shape && place_ != Place::Range)
        return unexpected();
    std::vector<std::int64_t>& numbers = place_ == Place::Shape ? tensor_->shape : tensor_->range;
    if (number > std::uint64_t(INT64_MAX))
        source_.refuse("has the tensor " + in_quotes(name_) + " whose size overflows", again);
    if (numbers.size() == deepest)
        source_.refuse("has the tensor " + in_quotes(name_) + " with more than 8 dimensions", again);
    numbers.push_back(static_cast<std::int64_t>(number));
    return true;
}

/// The header text, which must begin with '{' after white space at most and hold no control characters.
std::string header_text(const ByteSource& source)
{
    if (source.size() < 8)
        source.refuse("ends too early, it is damaged or was not downloaded in full", again);
    const std::uint64_t length = ByteReader(source, 0, 8).number(8);
    if (length > source.size() - 8)
        source.refuse("ends too early: its header is announced longer than the file", again);
    if (length > largest_header)
        source.refuse("has a header of more than 100 MB", again);
    std::string text = ByteReader(source, 8, 8 + length).text(length);
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    const bool control = std::any_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\r' && c != '\n';
    });
    if (begin == std::string::npos || text[begin] != '{' || control)
        source.refuse("has a header that is not correct JSON", again);
    return text;
}

TensorEntry entry_of(const ByteSource& source, const std::string& name, const Described& described)
{
    const std::string tensor = "has the tensor " + in_quotes(name) + " ";
    const std::optional<DType> dtype = find_dtype(described.dtype);
    if (!dtype)
        source.refuse(tensor + "in the number format " + in_quotes(described.dtype)
                          + ", which is not supported",
                      "Convert the weights to F32");
    const std::optional<std::int64_t> count = element_count(described.shape);
    std::int64_t bytes = 0;
    if (!count || __builtin_mul_overflow(*count, std::int64_t(size_of(*dtype)), &bytes))
        source.refuse(tensor + "whose size overflows", again);
    if (described.range.size() != 2 || described.range[0] > described.range[1])
        source.refuse(tensor + "without a correct range of bytes", again);
    if (described.range[1] - described.range[0] != bytes)
        source.refuse(tensor + "whose range of bytes does not fit its shape " + shape_text(described.shape),
                      again);
    return {*dtype, described.shape, packed_strides(described.shape), 0, 0};
}

} // namespace

CheckpointContents read_safetensors(const ByteSource& source)
{
    HeaderReader header(source);
    std::uint64_t data = 0;
    {
        const std::string text = header_text(source);
        data = 8 + text.size();
        json::sax_parse(text, &header);
    }
    CheckpointContents contents;
    contents.metadata = std::move(header.metadata);
    std::vector<std::pair<std::pair<std::int64_t, std::int64_t>, std::string>> ranges;
    for (const auto& [name, described] : header.tensors) {
        contents.tensors.emplace(name, entry_of(source, name, described));
        ranges.push_back({{described.range[0], described.range[1]}, name});
    }
    std::sort(ranges.begin(), ranges.end());
    std::int64_t end = 0;
    for (const auto& [range, name] : ranges) {
        if (range.first != end)
            source.refuse("has a hole or an overlap before the tensor " + in_quotes(name), again);
        end = range.second;
        contents.tensors.at(name).block = contents.blocks.size();
        contents.blocks.push_back({name,
                                   data + static_cast<std::uint64_t>(range.first),
                                   static_cast<std::uint64_t>(range.second - range.first),
                                   {}});
    }
    if (static_cast<std::uint64_t>(end) != source.size() - data)
        source.refuse("holds more or fewer bytes than its tensors need", again);
    return contents;
}

} // namespace lacuna
