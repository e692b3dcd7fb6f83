// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/appearance/theme.h"

#include <QApplication>
#include <QFont>
#include <QPalette>
#include <QToolTip>

#include "ui/appearance/style.h"

namespace lacuna::ui {
namespace {

Theme lightTheme()
{
    Theme t;
    t.window = QColor(0xf3, 0xf3, 0xf5);
    t.surface = QColor(0xff, 0xff, 0xff);
    t.sunken = QColor(0xf6, 0xf6, 0xf8);
    t.canvas = QColor(0xd2, 0xd2, 0xd2);
    t.text = QColor(0x1c, 0x1b, 0x22);
    t.textSoft = QColor(0x5f, 0x5e, 0x6b);
    t.textOff = QColor(0xa2, 0xa1, 0xab);
    t.border = QColor(0xe1, 0xe1, 0xe6);
    t.borderStrong = QColor(0xc8, 0xc8, 0xd0);
    t.hover = QColor(0xec, 0xec, 0xf0);
    t.pressed = QColor(0xe0, 0xe0, 0xe7);
    t.accent = QColor(0x5b, 0x3f, 0xd6);
    t.accentHover = QColor(0x4c, 0x32, 0xbf);
    t.onAccent = QColor(0xff, 0xff, 0xff);
    t.accentSoft = QColor(0xec, 0xe8, 0xfc);
    t.problem = QColor(0xb3, 0x26, 0x1e);
    t.problemSoft = QColor(0xfd, 0xec, 0xea);
    t.good = QColor(0x1c, 0x7a, 0x4a);
    return t;
}

Theme darkTheme()
{
    Theme t;
    t.dark = true;
    t.window = QColor(0x1a, 0x1a, 0x1d);
    t.surface = QColor(0x24, 0x24, 0x28);
    t.sunken = QColor(0x1d, 0x1d, 0x20);
    t.canvas = QColor(0x30, 0x30, 0x30);
    t.text = QColor(0xec, 0xec, 0xf1);
    t.textSoft = QColor(0xa6, 0xa5, 0xb2);
    t.textOff = QColor(0x66, 0x66, 0x70);
    t.border = QColor(0x36, 0x36, 0x3c);
    t.borderStrong = QColor(0x4c, 0x4c, 0x55);
    t.hover = QColor(0x2f, 0x2f, 0x35);
    t.pressed = QColor(0x3a, 0x3a, 0x42);
    t.accent = QColor(0x9d, 0x8a, 0xff);
    t.accentHover = QColor(0xb1, 0xa2, 0xff);
    t.onAccent = QColor(0x17, 0x12, 0x2e);
    t.accentSoft = QColor(0x36, 0x30, 0x57);
    t.problem = QColor(0xff, 0x8a, 0x80);
    t.problemSoft = QColor(0x45, 0x26, 0x26);
    t.good = QColor(0x6f, 0xcf, 0x97);
    return t;
}

QPalette paletteOf(const Theme& t)
{
    QPalette p(t.text, t.surface, t.hover, t.borderStrong, t.border, t.text, t.text, t.surface, t.window);
    p.setColor(QPalette::AlternateBase, t.sunken);
    p.setColor(QPalette::ToolTipBase, t.dark ? t.pressed : t.text);
    p.setColor(QPalette::ToolTipText, t.dark ? t.text : t.surface);
    p.setColor(QPalette::PlaceholderText, t.textSoft);
    p.setColor(QPalette::Highlight, t.accent);
    p.setColor(QPalette::HighlightedText, t.onAccent);
    p.setColor(QPalette::Link, t.accent);
    p.setColor(QPalette::LinkVisited, t.accent);
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, t.textOff);
    p.setColor(QPalette::Disabled, QPalette::Highlight, t.borderStrong);
    return p;
}

/// Qt 6.4 does not know the colour scheme; the platform's own palette and GTK_THEME tell it where they exist.
bool systemIsDark()
{
    static const bool dark = [] {
        const QString gtk = qEnvironmentVariable("GTK_THEME");
        if (!gtk.isEmpty())
            return gtk.endsWith(QLatin1String("dark"), Qt::CaseInsensitive);
        const QPalette system = QGuiApplication::palette();
        return system.color(QPalette::Window).lightness() < system.color(QPalette::WindowText).lightness();
    }();
    return dark;
}

Theme& current()
{
    static Theme present = lightTheme();
    return present;
}

ThemeChoice& currentChoice()
{
    static ThemeChoice choice = ThemeChoice::System;
    return choice;
}

} // namespace

const Theme& theme()
{
    return current();
}

ThemeChoice themeChoice()
{
    return currentChoice();
}

ThemeChoice parseTheme(const QString& text)
{
    if (text == QLatin1String("light"))
        return ThemeChoice::Light;
    return text == QLatin1String("dark") ? ThemeChoice::Dark : ThemeChoice::System;
}

void applyTheme(ThemeChoice choice)
{
    const ThemeChoice wish = parseTheme(qEnvironmentVariable("LACUNA_THEME"));
    const bool system = systemIsDark(); // before the first palette of ours hides it
    if (choice == ThemeChoice::System)
        choice = wish;
    currentChoice() = choice;
    current() =
        choice == ThemeChoice::Dark || (choice == ThemeChoice::System && system) ? darkTheme() : lightTheme();
    if (!dynamic_cast<Style*>(QApplication::style()))
        QApplication::setStyle(new Style); // the application takes ownership
    QApplication::setPalette(paletteOf(theme()));
    QToolTip::setPalette(paletteOf(theme()));
}

QFont textFont(TextRole role)
{
    QFont font = QApplication::font();
    const auto scale = [&font](double factor) {
        if (font.pixelSize() > 0)
            font.setPixelSize(qRound(font.pixelSize() * factor));
        else
            font.setPointSizeF(font.pointSizeF() * factor);
    };
    switch (role) {
    case TextRole::Title:
        scale(2.3);
        font.setWeight(QFont::Bold);
        break;
    case TextRole::Heading:
        scale(1.0);
        font.setWeight(QFont::Bold);
        break;
    case TextRole::Body:
        break;
    case TextRole::Small:
        scale(0.88);
        break;
    }
    return font;
}

} // namespace lacuna::ui
