// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

/// What the decoding program and the one that waits for it agree on; internal to engine/core. The answer is a file in
/// memory: the header, then the pixels, then the texts, each as two lengths of 4 bytes (key, value) and its bytes.
namespace lacuna::decoder {

inline constexpr int file_descriptor = 3;   ///< of the file, for reading
inline constexpr int answer_descriptor = 4; ///< for the answer
inline constexpr int alive_descriptor = 5;  ///< closes when the program ends

inline constexpr std::uint32_t magic = 0x4C444331;
inline constexpr std::size_t longest_sentence = 400; ///< bytes of a cause or an action
inline constexpr std::uint64_t most_texts = 1000, most_text_bytes = 16 << 20;

struct Header {
    std::uint32_t magic = 0;
    std::int32_t width = 0, height = 0, channels = 0, bits = 0; ///< width 0: refused
    std::uint32_t texts = 0;
    char cause[longest_sentence] = "";  ///< of the refusal, or why the texts cannot be read
    char action[longest_sentence] = ""; ///< of the refusal
};

} // namespace lacuna::decoder
