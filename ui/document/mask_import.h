// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <filesystem>

#include "engine/core/picture.h"

namespace lacuna::ui {

/// What a picture file meant by its hole. Programs do not agree: white or black, opaque or transparent.
enum class MaskMeaning {
    White,      ///< the hole is white
    Black,      ///< the hole is black
    Opaque,     ///< the hole is opaque
    Transparent ///< the hole is transparent
};

struct ImportedMask {
    Mask mask{};
    MaskMeaning meaning = MaskMeaning::White;
};

/// "eyes.png was read as a mask: the hole is white."
QString describe(MaskMeaning meaning, const QString& file);

/// Reads a picture as a mask. Alpha counts where it varies, else the luminance, each cut at the middle. A hole hardly
/// lies along most of the border of a picture: the side of the cut that most border pixels are on is known. A picture
/// of one colour is all hole if it is white.
ImportedMask maskMeant(const Picture& picture);
ImportedMask importMask(const std::filesystem::path& file); ///< throws lacuna::Error

} // namespace lacuna::ui
