// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mask/mask_look.h"

#include <QCoreApplication>

#include <algorithm>

#include "ui/appearance/theme.h"

#include "ui/settings/settings.h"

namespace lacuna::ui {
namespace {

constexpr QRgb colours[] = {maskColour, 0xff00a86b, 0xffffb000, 0xffe5383b};

MaskLook used;

QString tr(const char* text)
{
    return QCoreApplication::translate("MaskLook", text);
}

} // namespace

std::array<MaskColour, 4> maskColours()
{
    return {MaskColour{tr("Violet"), colours[0]}, MaskColour{tr("Green"), colours[1]},
            MaskColour{tr("Amber"), colours[2]}, MaskColour{tr("Red"), colours[3]}};
}

QRgb MaskLook::rgb() const
{
    return colours[std::clamp(colour, 0, 3)];
}

const MaskLook& maskLook()
{
    return used;
}

void setMaskLook(const MaskLook& look)
{
    used = look;
}

MaskLook storedMaskLook()
{
    const int colour = settings().value(QStringLiteral("mask-colour")).toInt();
    const int style = settings().value(QStringLiteral("mask-style")).toInt();
    MaskLook look;
    if (colour >= 0 && colour < int(maskColours().size()))
        look.colour = colour;
    if (style >= 0 && style <= int(MaskLook::Style::Outline))
        look.style = MaskLook::Style(style);
    return look;
}

void storeMaskLook(const MaskLook& look)
{
    settings().set(QStringLiteral("mask-colour"), look.colour);
    settings().set(QStringLiteral("mask-style"), int(look.style));
}

} // namespace lacuna::ui
