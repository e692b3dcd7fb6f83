// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cctype>

#include "engine/checkpoint/contents.h"

namespace lacuna {

namespace {

bool begins(const std::string& text, const std::string& with)
{
    return text.compare(0, with.size(), with) == 0;
}

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
}

/// The size that a Git LFS pointer names, with its unit; empty if it names none.
std::string pointer_size(const std::string& text)
{
    const std::size_t found = text.find("\nsize ");
    if (found == std::string::npos)
        return {};
    const std::size_t end = text.find_first_not_of("0123456789", found + 6);
    const std::string digits = text.substr(found + 6, std::min(end, text.size()) - found - 6);
    return digits.empty() || digits.size() > 19 ? std::string() : " of " + digits + " bytes";
}

} // namespace

void refuse_other_file(const ByteSource& source)
{
    if (source.size() == 0)
        source.refuse("is empty: it ends before it begins", "Download it again");
    const std::uint64_t length = std::min<std::uint64_t>(source.size(), 512);
    const std::string text = ByteReader(source, 0, length).text(length);
    const std::size_t word = text.find_first_not_of(" \t\r\n");
    if (begins(text, "version https://git-lfs"))
        source.refuse("is a Git LFS pointer, not the file" + pointer_size(text) + " itself",
                      "Run git lfs pull, or download the file itself");
    if (word != std::string::npos && text[word] == '<')
        source.refuse("is an HTML page, not a checkpoint", "Download the file itself");
    if (begins(text, "PK"))
        source.refuse("is a zip file, but not one of torch.save", "Give the file that torch.save wrote");
    if (text.size() > 262 && text.substr(257, 5) == "ustar")
        source.refuse("is a tar archive", "Unpack it and give the file inside of it, or save it again");
    if (begins(text, "\x1f\x8b") || begins(text, "BZh")
        || begins(text, "\xfd"
                        "7zXZ")
        || begins(text, "7z\xbc\xaf") || begins(text, "Rar!"))
        source.refuse("is a compressed archive", "Unpack it and give the file inside of it");
    if (begins(text, "\x89HDF"))
        source.refuse("is an HDF5 file (Keras), not a PyTorch checkpoint", "Convert it to safetensors");
    if (begins(text, "GGUF"))
        source.refuse("is a GGUF file, not a PyTorch checkpoint", "Give the file in safetensors form");
    if (begins(text, "\x93NUMPY"))
        source.refuse("is a NumPy array, not a checkpoint", "Give a PyTorch checkpoint");
    if (begins(text, "\x80"))
        source.refuse("is a Python pickle that torch.save did not write; nothing of it was run",
                      "Give the file that torch.save wrote");
    if (word != std::string::npos && lower(text.substr(word, 1)) == "{")
        source.refuse("is a JSON text, not a checkpoint", "Give the file with the weights");
    source.refuse("is not a checkpoint: neither safetensors nor written by torch.save, or it ends too early",
                  "Give a .safetensors, .pt, .pth or .ckpt file");
}

} // namespace lacuna
