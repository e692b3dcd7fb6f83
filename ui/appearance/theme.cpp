// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/appearance/theme.h"

#include <QApplication>
#include <QFont>
#include <QIcon>
#include <QPalette>
#include <QToolTip>

#include <utility>

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
    t.borderStrong = QColor(0x7e, 0x7d, 0x89);
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
    t.borderStrong = QColor(0x83, 0x83, 0x8f);
    t.hover = QColor(0x2f, 0x2f, 0x35);
    t.pressed = QColor(0x3a, 0x3a, 0x42);
    t.accent = QColor(0xad, 0x9d, 0xff);
    t.accentHover = QColor(0xbd, 0xb0, 0xff);
    t.onAccent = QColor(0x17, 0x12, 0x2e);
    t.accentSoft = QColor(0x36, 0x30, 0x57);
    t.problem = QColor(0xff, 0x8a, 0x80);
    t.problemSoft = QColor(0x45, 0x26, 0x26);
    t.good = QColor(0x6f, 0xcf, 0x97);
    return t;
}

/// Light on black, frames as bright as text, one strong colour.
Theme highContrastTheme()
{
    Theme t;
    t.dark = t.highContrast = true;
    t.window = QColor(0x00, 0x00, 0x00);
    t.surface = QColor(0x00, 0x00, 0x00);
    t.sunken = QColor(0x00, 0x00, 0x00);
    t.canvas = QColor(0x20, 0x20, 0x20);
    t.text = QColor(0xff, 0xff, 0xff);
    t.textSoft = QColor(0xed, 0xed, 0xed);
    t.textOff = QColor(0xa8, 0xa8, 0xa8);
    t.border = QColor(0xb0, 0xb0, 0xb0);
    t.borderStrong = QColor(0xff, 0xff, 0xff);
    t.hover = QColor(0x22, 0x22, 0x22);
    t.pressed = QColor(0x30, 0x30, 0x30);
    t.accent = QColor(0xff, 0xd6, 0x33);
    t.accentHover = QColor(0xff, 0xe6, 0x80);
    t.onAccent = QColor(0x00, 0x00, 0x00);
    t.accentSoft = QColor(0x2b, 0x26, 0x00);
    t.problem = QColor(0xff, 0xb3, 0xad);
    t.problemSoft = QColor(0x3d, 0x00, 0x00);
    t.good = QColor(0x80, 0xf0, 0xa8);
    return t;
}

Theme coloursOf(ThemeChoice choice)
{
    switch (choice) {
    case ThemeChoice::HighContrast:
        return highContrastTheme();
    case ThemeChoice::Dark:
        return darkTheme();
    default:
        return lightTheme();
    }
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

/// Qt 6.4 does not know the colour scheme.
ThemeChoice themeOfSystem(const QString& gtkTheme, const QString& iconTheme, const QPalette& palette)
{
    const QLatin1String contrast("HighContrast"), dark("dark");
    for (const QString& name : {gtkTheme, iconTheme})
        if (name.startsWith(contrast, Qt::CaseInsensitive))
            return ThemeChoice::HighContrast;
    const bool isDark = gtkTheme.isEmpty() ? palette.color(QPalette::Window).lightness()
                                                 < palette.color(QPalette::WindowText).lightness()
                                           : gtkTheme.endsWith(dark, Qt::CaseInsensitive);
    return isDark ? ThemeChoice::Dark : ThemeChoice::Light;
}

constexpr std::pair<ThemeChoice, const char*> names[] = {
    {ThemeChoice::Light, "light"}, {ThemeChoice::Dark, "dark"}, {ThemeChoice::HighContrast, "high-contrast"}};

ThemeChoice parseTheme(const QString& text)
{
    for (const auto& [choice, name] : names)
        if (text == QLatin1String(name))
            return choice;
    return ThemeChoice::System;
}

QString themeName(ThemeChoice choice)
{
    for (const auto& [one, name] : names)
        if (one == choice)
            return QString::fromLatin1(name);
    return QStringLiteral("system");
}

void applyTheme(ThemeChoice choice)
{
    static const ThemeChoice system = // before the first palette of ours hides it
        themeOfSystem(qEnvironmentVariable("GTK_THEME"), QIcon::themeName(), QGuiApplication::palette());
    currentChoice() = choice;
    if (choice == ThemeChoice::System)
        choice = parseTheme(qEnvironmentVariable("LACUNA_THEME"));
    current() = coloursOf(choice == ThemeChoice::System ? system : choice);
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
