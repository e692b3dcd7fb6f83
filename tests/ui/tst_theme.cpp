// SPDX-License-Identifier: GPL-3.0-or-later
// WCAG 2.1, 1.4.3, 1.4.6 and 1.4.11: how far colours stand out.
#include <QApplication>
#include <QPalette>
#include <QTest>
#include <QToolTip>

#include <algorithm>
#include <cmath>

#include "ui/appearance/theme.h"

using namespace lacuna::ui;

namespace {

double luminance(const QColor& colour)
{
    const auto linear = [](double c) {
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF())
           + 0.0722 * linear(colour.blueF());
}

double contrast(const QColor& a, const QColor& b)
{
    const double one = luminance(a), other = luminance(b);
    return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05);
}

struct Named {
    const char* name;
    QColor Theme::*colour;
};
constexpr Named grounds[] = {{"window", &Theme::window},          {"surface", &Theme::surface},
                             {"sunken", &Theme::sunken},          {"hover", &Theme::hover},
                             {"pressed", &Theme::pressed},        {"accentSoft", &Theme::accentSoft},
                             {"problemSoft", &Theme::problemSoft}};
constexpr Named texts[] = {{"text", &Theme::text},
                           {"textSoft", &Theme::textSoft},
                           {"accent", &Theme::accent},
                           {"problem", &Theme::problem}};
constexpr Named marks[] = {{"borderStrong", &Theme::borderStrong},
                           {"accent", &Theme::accent},
                           {"good", &Theme::good},
                           {"problem", &Theme::problem}};

} // namespace

class TestTheme : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void blackOnWhiteIs21();
    void coloursStandOut_data();
    void coloursStandOut();
    void paletteStandsOut_data() { coloursStandOut_data(); }
    void paletteStandsOut();
    void namesOfThemes();
    void environmentStandsForTheSystem();
    void theSystemTells();
};

void TestTheme::blackOnWhiteIs21()
{
    QCOMPARE(contrast(Qt::black, Qt::white), 21.0);
    QVERIFY(std::abs(contrast(QColor(0x76, 0x76, 0x76), Qt::white) - 4.54) < 0.01);
}

void TestTheme::coloursStandOut_data()
{
    QTest::addColumn<ThemeChoice>("choice");
    QTest::addColumn<double>("least");
    QTest::newRow("light") << ThemeChoice::Light << 4.5;
    QTest::newRow("dark") << ThemeChoice::Dark << 4.5;
    QTest::newRow("high contrast") << ThemeChoice::HighContrast << 7.0;
}

void TestTheme::coloursStandOut()
{
    QFETCH(ThemeChoice, choice);
    QFETCH(double, least);
    applyTheme(choice);
    const Theme& t = theme();
    const auto stands = [&](const Named& ink, const Named& ground, double ratio) {
        const double found = contrast(t.*ink.colour, t.*ground.colour);
        if (found < ratio)
            QTest::qFail(qPrintable(QStringLiteral("%1 on %2: %3:1 is less than %4:1")
                                        .arg(QLatin1String(ink.name), QLatin1String(ground.name))
                                        .arg(found, 0, 'f', 2)
                                        .arg(ratio)),
                         __FILE__, __LINE__);
    };
    for (const Named& ground : grounds) {
        for (const Named& text : texts)
            stands(text, ground, least);
        for (const Named& mark : marks)
            stands(mark, ground, 3);
    }
    stands({"onAccent", &Theme::onAccent}, {"accent", &Theme::accent}, least);
    stands({"onAccent", &Theme::onAccent}, {"accentHover", &Theme::accentHover}, least);
    stands({"text", &Theme::text}, {"canvas", &Theme::canvas}, least);
    stands({"accent", &Theme::accent}, {"canvas", &Theme::canvas}, 3); // the focus frame of the canvas
    if (choice == ThemeChoice::HighContrast) // there also what is disabled can be read
        for (const Named& ground : grounds)
            stands({"textOff", &Theme::textOff}, ground, 4.5);
}

void TestTheme::paletteStandsOut()
{
    QFETCH(ThemeChoice, choice);
    QFETCH(double, least);
    applyTheme(choice);
    const QPalette p = QApplication::palette();
    using Role = QPalette::ColorRole;
    const std::pair<Role, Role> pairs[] = {
        {QPalette::WindowText, QPalette::Window},  {QPalette::Text, QPalette::Base},
        {QPalette::Text, QPalette::AlternateBase}, {QPalette::PlaceholderText, QPalette::Base},
        {QPalette::ButtonText, QPalette::Button},  {QPalette::HighlightedText, QPalette::Highlight},
        {QPalette::Link, QPalette::Base},          {QPalette::LinkVisited, QPalette::Base}};
    for (const auto& [ink, ground] : pairs)
        QVERIFY2(contrast(p.color(ink), p.color(ground)) >= least,
                 qPrintable(QStringLiteral("role %1 on role %2").arg(ink).arg(ground)));
    const QPalette tip = QToolTip::palette();
    QVERIFY(contrast(tip.color(QPalette::ToolTipText), tip.color(QPalette::ToolTipBase)) >= least);
}

void TestTheme::namesOfThemes()
{
    for (const ThemeChoice choice :
         {ThemeChoice::System, ThemeChoice::Light, ThemeChoice::Dark, ThemeChoice::HighContrast})
        QCOMPARE(parseTheme(themeName(choice)), choice);
    QCOMPARE(parseTheme(QStringLiteral("purple")), ThemeChoice::System);
}

void TestTheme::environmentStandsForTheSystem()
{
    qputenv("LACUNA_THEME", "high-contrast");
    applyTheme(ThemeChoice::System);
    QVERIFY(theme().highContrast);
    QCOMPARE(themeChoice(), ThemeChoice::System);
    applyTheme(ThemeChoice::Dark);
    QVERIFY(theme().dark && !theme().highContrast);
    qunsetenv("LACUNA_THEME");
}

void TestTheme::theSystemTells()
{
    const QPalette light(Qt::black, Qt::white, Qt::white, Qt::gray, Qt::gray, Qt::black, Qt::black, Qt::white,
                         Qt::white);
    const QPalette dark(Qt::white, Qt::black, Qt::black, Qt::gray, Qt::gray, Qt::white, Qt::white, Qt::black,
                        Qt::black);
    QCOMPARE(themeOfSystem({}, "hicolor", light), ThemeChoice::Light);
    QCOMPARE(themeOfSystem({}, "hicolor", dark), ThemeChoice::Dark);
    QCOMPARE(themeOfSystem("Adwaita:dark", "hicolor", light), ThemeChoice::Dark);
    QCOMPARE(themeOfSystem("Adwaita", "hicolor", dark), ThemeChoice::Light);
    QCOMPARE(themeOfSystem("HighContrast", {}, light), ThemeChoice::HighContrast);
    QCOMPARE(themeOfSystem({}, "HighContrastInverse", light), ThemeChoice::HighContrast);
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
