// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/error.h"

#include <cstdint>

namespace lacuna {

namespace {

/// Decodes one UTF-8 sequence at `i`; returns its length, 0 if it is not valid.
std::size_t decode_utf8(const std::string& s, std::size_t i, std::uint32_t& code)
{
    const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(s[k]); };
    const unsigned char first = byte(i);
    if (first < 0x80) {
        code = first;
        return 1;
    }
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
    if (length == 0 || first > 0xF4 || i + length > s.size())
        return 0;
    code = first & (0xFF >> (length + 1));
    for (std::size_t k = 1; k < length; ++k) {
        if ((byte(i + k) & 0xC0) != 0x80)
            return 0;
        code = code << 6 | (byte(i + k) & 0x3F);
    }
    constexpr std::uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    return code < least[length] || code > 0x10FFFF || surrogate ? 0 : length;
}

bool is_unsafe(std::uint32_t code)
{
    const bool control = code < 0x20 || (code >= 0x7F && code < 0xA0);
    const bool bidirectional = code == 0x200E || code == 0x200F || (code >= 0x202A && code <= 0x202E)
                               || (code >= 0x2066 && code <= 0x2069) || code == 0x061C;
    return control || bidirectional || code == 0x2028 || code == 0x2029 || code == 0xFEFF;
}

} // namespace

std::string printable(const std::string& text)
{
    constexpr std::size_t longest = 200;
    std::string safe;
    for (std::size_t i = 0; i < text.size();) {
        std::uint32_t code = 0;
        const std::size_t length = decode_utf8(text, i, code);
        const std::string piece = length == 0 || is_unsafe(code) ? "?" : text.substr(i, length);
        if (safe.size() + piece.size() > longest)
            return safe + "…";
        safe += piece;
        i += length == 0 ? 1 : length;
    }
    return safe;
}

Error::Error(ErrorKind kind, std::string subject, std::string cause, std::string action, std::string kept)
    : kind_(kind),
      subject_(printable(subject)),
      cause_(printable(cause)),
      action_(printable(action)),
      kept_(printable(kept))
{
    message_ = subject_ + ": " + cause_ + ".";
    if (!action_.empty())
        message_ += " " + action_ + ".";
    if (!kept_.empty())
        message_ += " " + kept_;
}

void check(bool condition, const char* what, const char* file, int line)
{
    if (!condition)
        throw Error(ErrorKind::Internal, std::string(file) + ":" + std::to_string(line),
                    std::string("this should hold but does not: ") + what, "Please report it");
}

} // namespace lacuna
