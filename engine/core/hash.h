// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace lacuna {

/// SHA-256 of what is added, in pieces.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    void add(std::span<const std::uint8_t> bytes);
    void add(const std::string& text);
    std::string hex(); ///< 64 lower-case digits; call once, at the end

private:
    struct Context;
    std::unique_ptr<Context> context_;
};

} // namespace lacuna
