// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/hash.h"

#include <array>

#include <openssl/evp.h>

#include "engine/core/error.h"

namespace lacuna {

struct Sha256::Context {
    EVP_MD_CTX* md = EVP_MD_CTX_new();
    ~Context() { EVP_MD_CTX_free(md); }
};

Sha256::Sha256() : context_(std::make_unique<Context>())
{
    check(context_->md && EVP_DigestInit_ex(context_->md, EVP_sha256(), nullptr) == 1,
          "SHA-256 is available");
}

Sha256::~Sha256() = default;

void Sha256::add(std::span<const std::uint8_t> bytes)
{
    check(EVP_DigestUpdate(context_->md, bytes.data(), bytes.size()) == 1, "SHA-256 takes bytes");
}

void Sha256::add(const std::string& text)
{
    add({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

std::string Sha256::hex()
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    check(EVP_DigestFinal_ex(context_->md, digest.data(), &length) == 1, "SHA-256 ends");
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (unsigned int i = 0; i < length; ++i) {
        text += digits[digest[i] >> 4];
        text += digits[digest[i] & 15];
    }
    return text;
}

} // namespace lacuna
