// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

#include "engine/core/picture_file.h"

namespace lacuna {

/// What a picture file from outside holds.
struct OutsidePicture {
    Picture picture{};
    TextChunks texts{};         ///< of a PNG file
    std::string text_problem{}; ///< why they cannot be read; empty: they are all there
};

/// The program that decodes, and how long it is waited for. What it may use: 5 s of processor time and one more for
/// every 8 MB of the file, 1.5 GB of memory beside the file, no files, no other processes.
struct DecoderProgram {
    std::filesystem::path path{};
    int seconds = 120;
};

/// That of this installation.
DecoderProgram decoder_program();

/// Decodes a picture from outside as decode_picture does, but in a process of its own: a decoder that crashes, hangs or
/// takes all memory becomes Error{Input} naming `name`. May be called from any thread.
OutsidePicture decode_outside(std::span<const std::uint8_t> file, const std::string& name,
                              const DecoderProgram& = decoder_program());

/// What the decoding program does: limits itself, decodes what stands in descriptor 3, puts it into descriptor 4.
/// Returns its exit code.
int run_decoder();

} // namespace lacuna
