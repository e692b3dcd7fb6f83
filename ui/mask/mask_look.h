// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QString>

#include <array>

namespace lacuna::ui {

/// How the hole is drawn over the picture. The same in all themes: a person compares pictures, not windows.
struct MaskLook {
    enum class Style { Hatch, Solid, Outline };

    int colour = 0; ///< position in maskColours()
    Style style = Style::Hatch;

    QRgb rgb() const;
    bool operator==(const MaskLook&) const = default;
};

struct MaskColour {
    QString name{};
    QRgb rgb = 0;
};
std::array<MaskColour, 4> maskColours();

/// The look in use; read while painting.
const MaskLook& maskLook();
void setMaskLook(const MaskLook& look);

/// From and to the settings of this user; what is stored wrongly is ignored.
MaskLook storedMaskLook();
void storeMaskLook(const MaskLook& look);

} // namespace lacuna::ui
