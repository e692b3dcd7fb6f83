// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/mask_import.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstring>

#include "engine/core/picture_file.h"
#include "ui/document/document.h"

namespace lacuna::ui {
namespace {

constexpr int middle = 128;

int alphaAt(const Picture& picture, int x, int y)
{
    const int sample = picture.bits / 8;
    const std::uint8_t* at =
        picture.row(y) + (std::size_t(x) * picture.channels + picture.channels - 1) * sample;
    if (sample == 1)
        return *at;
    std::uint16_t wide = 0;
    std::memcpy(&wide, at, 2);
    return wide / 257;
}

/// Fully opaque and fully transparent pixels are both there.
bool alphaTells(const Picture& picture)
{
    if (!picture.has_alpha())
        return false;
    bool opaque = false, transparent = false;
    for (int y = 0; y < picture.height && !(opaque && transparent); ++y)
        for (int x = 0; x < picture.width; ++x)
            (alphaAt(picture, x, y) >= middle ? opaque : transparent) = true;
    return opaque && transparent;
}

Mask lightPixels(const Picture& picture, bool alpha)
{
    Mask mask(picture.width, picture.height);
    const Picture rgb = alpha ? Picture() : to_rgb8(picture);
    for (int y = 0; y < picture.height; ++y)
        for (int x = 0; x < picture.width; ++x) {
            int value = 0;
            if (alpha) {
                value = alphaAt(picture, x, y);
            } else {
                const std::uint8_t* p = rgb.row(y) + 3 * x;
                value = (299 * p[0] + 587 * p[1] + 114 * p[2] + 500) / 1000;
            }
            mask.values[std::size_t(y) * picture.width + x] = value >= middle ? 255 : 0;
        }
    return mask;
}

bool borderIsMostlySet(const Mask& mask)
{
    std::size_t set = 0, all = 0;
    for (int y = 0; y < mask.height; ++y)
        for (int x = 0; x < mask.width;
             x += (y == 0 || y == mask.height - 1 || mask.width == 1) ? 1 : mask.width - 1) {
            set += mask.is_hole(x, y);
            ++all;
        }
    return 2 * set > all;
}

} // namespace

ImportedMask maskMeant(const Picture& picture)
{
    const bool alpha = alphaTells(picture);
    ImportedMask result{lightPixels(picture, alpha), alpha ? MaskMeaning::Opaque : MaskMeaning::White};
    const bool uniform = result.mask.hole_pixels() % result.mask.values.size() == 0;
    if (uniform || !borderIsMostlySet(result.mask))
        return result;
    for (std::uint8_t& value : result.mask.values)
        value ^= 255;
    result.meaning = alpha ? MaskMeaning::Transparent : MaskMeaning::Black;
    return result;
}

QString describe(MaskMeaning meaning, const QString& file)
{
    const auto tr = [](const char* text) { return QCoreApplication::translate("MaskImport", text); };
    switch (meaning) {
    case MaskMeaning::White:
        return tr("%1 was read as a mask whose hole is white.").arg(file);
    case MaskMeaning::Black:
        return tr("%1 was read as a mask whose hole is black, because its border is white.").arg(file);
    case MaskMeaning::Opaque:
        return tr("%1 was read by its alpha: the hole is what is opaque.").arg(file);
    case MaskMeaning::Transparent:
        return tr("%1 was read by its alpha: the hole is what is transparent.").arg(file);
    }
    return {};
}

ImportedMask importMask(const std::filesystem::path& file)
{
    return maskMeant(readOutside(file));
}

} // namespace lacuna::ui
