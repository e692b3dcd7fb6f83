// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/checkpoint/dtype.h"

#include <bit>
#include <cmath>
#include <cstring>

#include "engine/core/error.h"

namespace lacuna {

static_assert(std::endian::native == std::endian::little, "values of files are used as they are");

namespace {

/// The bits of the two short formats, as types that overloads can tell apart.
struct Half {
    std::uint16_t bits;
};
struct Brain {
    std::uint16_t bits;
};
struct Truth {
    std::uint8_t byte;
};

float widen(Half half)
{
    const std::uint32_t sign = std::uint32_t(half.bits & 0x8000) << 16, exponent = half.bits >> 10 & 31;
    const std::uint32_t fraction = half.bits & 0x3FF;
    if (exponent == 31) // infinity and NaN
        return std::bit_cast<float>(sign | 0x7F800000 | fraction << 13);
    if (exponent != 0)
        return std::bit_cast<float>(sign | (exponent + 112) << 23 | fraction << 13);
    const float small = static_cast<float>(fraction) * 0x1p-24f; // subnormal or zero, exact
    return sign ? -small : small;
}

float widen(Brain brain)
{
    return std::bit_cast<float>(std::uint32_t(brain.bits) << 16);
}

/// The upper bits of `value` after dropping `count` of them, to nearest, ties to even.
std::uint32_t round_off(std::uint32_t value, unsigned count)
{
    const std::uint32_t half = std::uint32_t(1) << (count - 1);
    const std::uint32_t rest = value & (2 * half - 1);
    const std::uint32_t kept = value >> count;
    return kept + (rest > half || (rest == half && (kept & 1)));
}

void narrow(float value, Half& half)
{
    const std::uint32_t bits = std::bit_cast<std::uint32_t>(value), magnitude = bits & 0x7FFFFFFF;
    const std::uint32_t sign = bits >> 16 & 0x8000;
    std::uint32_t result = 0;
    if (magnitude > 0x7F800000)
        result = 0x7E00; // NaN
    else if (magnitude >= 0x477FF000)
        result = 0x7C00; // rounds to 65536 or more
    else if (magnitude >= 0x38800000)
        result = round_off(magnitude - (112u << 23), 13); // a carry moves into the exponent, as it should
    else if (magnitude >= 0x33000000) {
        const unsigned exponent = magnitude >> 23; // subnormal: in units of 2^-24
        result = round_off((magnitude & 0x7FFFFF) | 0x800000, 126 - exponent);
    }
    half.bits = static_cast<std::uint16_t>(sign | result);
}

void narrow(float value, Brain& brain)
{
    const std::uint32_t bits = std::bit_cast<std::uint32_t>(value);
    const bool nan = (bits & 0x7FFFFFFF) > 0x7F800000;
    brain.bits = static_cast<std::uint16_t>(nan ? bits >> 16 | 0x40 : round_off(bits, 16));
}

template <typename To, typename From> To converted(From from)
{
    if constexpr (std::is_same_v<From, Half> || std::is_same_v<From, Brain>)
        return converted<To>(widen(from));
    else if constexpr (std::is_same_v<From, Truth>)
        return converted<To>(static_cast<float>(from.byte != 0));
    else if constexpr (std::is_same_v<To, Half> || std::is_same_v<To, Brain>) {
        To to{};
        narrow(static_cast<float>(from), to);
        return to;
    } else
        return static_cast<To>(from);
}

template <typename From, typename To>
void convert_all(const std::byte* source, std::byte* target, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i) {
        From from;
        std::memcpy(&from, source + i * sizeof(From), sizeof(From));
        const To to = converted<To>(from);
        std::memcpy(target + i * sizeof(To), &to, sizeof(To));
    }
}

template <typename To>
void convert_to(DType from, const std::byte* source, std::byte* target, std::size_t count)
{
    switch (from) {
    case DType::F32:
        return convert_all<float, To>(source, target, count);
    case DType::F64:
        return convert_all<double, To>(source, target, count);
    case DType::F16:
        return convert_all<Half, To>(source, target, count);
    case DType::BF16:
        return convert_all<Brain, To>(source, target, count);
    case DType::I64:
        return convert_all<std::int64_t, To>(source, target, count);
    case DType::I32:
        return convert_all<std::int32_t, To>(source, target, count);
    case DType::I16:
        return convert_all<std::int16_t, To>(source, target, count);
    case DType::I8:
        return convert_all<std::int8_t, To>(source, target, count);
    case DType::U8:
        return convert_all<std::uint8_t, To>(source, target, count);
    case DType::Bool:
        return convert_all<Truth, To>(source, target, count);
    }
}

template <typename Number> std::size_t count_extreme(std::span<const std::byte> values, Number exponent_bits)
{
    std::size_t found = 0;
    for (std::size_t at = 0; at + sizeof(Number) <= values.size(); at += sizeof(Number)) {
        Number bits;
        std::memcpy(&bits, values.data() + at, sizeof(Number));
        found += (bits & exponent_bits) == exponent_bits;
    }
    return found;
}

} // namespace

std::size_t size_of(DType dtype)
{
    switch (dtype) {
    case DType::F64:
    case DType::I64:
        return 8;
    case DType::F32:
    case DType::I32:
        return 4;
    case DType::F16:
    case DType::BF16:
    case DType::I16:
        return 2;
    case DType::I8:
    case DType::U8:
    case DType::Bool:
        return 1;
    }
    return 0;
}

const char* name_of(DType dtype)
{
    constexpr const char* names[] = {"F32", "F64", "F16", "BF16", "I64", "I32", "I16", "I8", "U8", "BOOL"};
    return names[static_cast<std::size_t>(dtype)];
}

bool is_floating(DType dtype)
{
    return dtype == DType::F32 || dtype == DType::F64 || dtype == DType::F16 || dtype == DType::BF16;
}

bool converts(DType from, DType to)
{
    return from == to || (is_floating(from) && is_floating(to)) || to == DType::F32 || to == DType::F64;
}

void convert(DType from, const std::byte* source, DType to, std::byte* target, std::size_t count)
{
    check(converts(from, to), "number formats convert only where nothing is lost but precision");
    if (from == DType::Bool && to == DType::Bool) {
        for (std::size_t i = 0; i < count; ++i)
            target[i] = std::byte(source[i] != std::byte(0));
    } else if (from == to)
        std::memmove(target, source, count * size_of(from));
    else if (to == DType::F32)
        convert_to<float>(from, source, target, count);
    else if (to == DType::F64)
        convert_to<double>(from, source, target, count);
    else if (to == DType::F16)
        convert_to<Half>(from, source, target, count);
    else
        convert_to<Brain>(from, source, target, count);
}

std::size_t count_non_finite(DType dtype, std::span<const std::byte> values)
{
    switch (dtype) {
    case DType::F32:
        return count_extreme<std::uint32_t>(values, 0x7F800000);
    case DType::F64:
        return count_extreme<std::uint64_t>(values, 0x7FF0000000000000);
    case DType::F16:
        return count_extreme<std::uint16_t>(values, 0x7C00);
    case DType::BF16:
        return count_extreme<std::uint16_t>(values, 0x7F80);
    default:
        return 0;
    }
}

} // namespace lacuna
