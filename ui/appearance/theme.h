// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QString>

class QFont;
class QPalette;

namespace lacuna::ui {

enum class ThemeChoice { System, Light, Dark, HighContrast };

/// The colours of the window. Widgets that paint themselves read them while painting. Texts stand out from every
/// ground by 4.5:1 (7:1 in high contrast), frames, marks and borderStrong by 3:1; border only divides.
struct Theme {
    bool dark = false;
    bool highContrast = false;
    QColor window{};  ///< behind everything
    QColor surface{}; ///< panels and cards
    QColor sunken{};  ///< input fields, tracks
    QColor canvas{};  ///< neutral grey around the picture
    QColor text{};
    QColor textSoft{}; ///< units, hints; still 4.5:1 on surface
    QColor textOff{};  ///< disabled
    QColor border{};
    QColor borderStrong{}; ///< frames of controls
    QColor hover{};
    QColor pressed{};
    QColor accent{};
    QColor accentHover{};
    QColor onAccent{};
    QColor accentSoft{}; ///< background of what is selected
    QColor problem{};
    QColor problemSoft{};
    QColor good{};
};

/// The theme in use.
const Theme& theme();

/// Sets palette and style of the application. The environment variable LACUNA_THEME=light|dark|high-contrast stands
/// for the system's theme.
void applyTheme(ThemeChoice choice);
ThemeChoice themeChoice();
/// What the names of the desktop's theme and icons (which belong to it) and the lightness of its palette tell.
ThemeChoice themeOfSystem(const QString& gtkTheme, const QString& iconTheme, const QPalette& palette);

/// "light", "dark", "high-contrast", anything else: the system's.
ThemeChoice parseTheme(const QString& text);
QString themeName(ThemeChoice choice); ///< the opposite; "system"

/// The mask on the picture looks the same in all themes: a person compares pictures, not windows.
inline constexpr QRgb maskColour = 0xff7a4dff;

/// The 8 px grid.
inline constexpr int grid = 8;
inline constexpr int cardRadius = 10;
inline constexpr int controlRadius = 6;
inline constexpr int controlHeight = 32;

enum class TextRole { Title, Heading, Body, Small };
QFont textFont(TextRole role);

} // namespace lacuna::ui
