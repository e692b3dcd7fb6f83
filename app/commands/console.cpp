// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/console.h"

#include <array>
#include <charconv>
#include <cmath>
#include <iostream>

#include <unistd.h>

#include "engine/core/error.h"

namespace lacuna::cli {

ProgressLine::ProgressLine() : terminal_(isatty(STDERR_FILENO)) {}

ProgressLine::~ProgressLine()
{
    if (terminal_)
        std::cerr << "\r\033[K" << std::flush;
}

void ProgressLine::show(const Progress& progress)
{
    if (!terminal_)
        return;
    constexpr int width = 30;
    std::cerr << "\r\033[K" << progress.phase;
    if (progress.total > 0) {
        const int filled = width * progress.done / progress.total;
        std::cerr << "  [" << std::string(std::size_t(filled), '#')
                  << std::string(std::size_t(width - filled), '.') << "]  " << progress.done << "/"
                  << progress.total;
        if (progress.seconds_left >= 0)
            std::cerr << "  about " << static_cast<long>(std::ceil(progress.seconds_left)) << " s left";
    }
    std::cerr << std::flush;
}

double parse_number(const std::string& parameter, const std::string& text)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        throw Error(ErrorKind::Usage, parameter + " " + text, "is not a number", "Write it like 0.5",
                    "Nothing was run.");
    return value;
}

std::string fixed(double value, int decimals)
{
    std::array<char, 64> text{};
    const auto [end, error] =
        std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, decimals);
    return std::string(text.data(), end);
}

} // namespace lacuna::cli
