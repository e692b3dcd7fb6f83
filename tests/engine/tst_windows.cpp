// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "engine/fill/windows.h"

using namespace lacuna;

struct Hole {
    int x, y, width, height;
};
Q_DECLARE_METATYPE(std::vector<Hole>)

/// Which part of a picture a network sees.
class TestWindows : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void networkWindows_data();
    void networkWindows();
    void wholeScenes_data();
    void wholeScenes();
    void theRecipeDecides();
};

namespace {

Mask mask_of(QSize picture, const std::vector<Hole>& holes)
{
    Mask mask(picture.width(), picture.height());
    for (const Hole& hole : holes)
        for (int y = hole.y; y < hole.y + hole.height; ++y)
            std::fill_n(&mask.values[std::size_t(y) * mask.width + hole.x], hole.width, 255);
    return mask;
}

/// Every hole lies in one window, whole, and every window in the picture.
void check_cover(const Mask& mask, const std::vector<NetworkWindow>& windows)
{
    std::size_t seen = 0;
    for (const NetworkWindow& window : windows) {
        QVERIFY(window.area.x >= 0 && window.area.y >= 0);
        QVERIFY(window.area.x + window.area.width <= mask.width);
        QVERIFY(window.area.y + window.area.height <= mask.height);
        for (int y = 0; y < window.area.height; ++y)
            for (int x = 0; x < window.area.width; ++x)
                seen += mask.is_hole(window.area.x + x, window.area.y + y);
    }
    QCOMPARE(seen, mask.hole_pixels());
}

} // namespace

void TestWindows::networkWindows_data()
{
    QTest::addColumn<QSize>("picture");
    QTest::addColumn<std::vector<Hole>>("holes");
    QTest::addColumn<std::size_t>("windows");
    QTest::addColumn<QSize>("area");    ///< of the first window
    QTest::addColumn<QSize>("brought"); ///< to this size
    const auto row = [](const char* name, QSize picture, std::vector<Hole> holes, std::size_t windows,
                        QSize area, QSize brought) {
        QTest::newRow(name) << picture << holes << windows << area << brought;
    };
    row("a picture of the native size", {64, 64}, {{20, 20, 20, 20}}, 1, {64, 64}, {64, 64});
    row("a small hole is seen at full size", {500, 400}, {{200, 200, 30, 20}}, 1, {64, 64}, {64, 64});
    row("a large hole is reduced", {500, 400}, {{100, 100, 200, 100}}, 1, {300, 300}, {64, 64});
    row("a hole in a corner", {500, 400}, {{0, 0, 30, 30}}, 1, {64, 64}, {64, 64});
    row("a hole wider than the picture is high", {600, 100}, {{50, 20, 300, 50}}, 1, {450, 100}, {64, 16});
    row("a picture smaller than the native size is not enlarged", {40, 30}, {{10, 10, 5, 5}}, 1, {40, 30},
        {40, 32});
    row("the multiple is kept", {43, 43}, {{10, 10, 5, 5}}, 1, {43, 43}, {40, 40});
    row("two holes far apart", {500, 400}, {{10, 10, 20, 20}, {400, 300, 20, 20}}, 2, {64, 64}, {64, 64});
    row("two holes that one window sees", {500, 400}, {{200, 200, 10, 10}, {225, 225, 10, 10}}, 1, {64, 64},
        {64, 64});
}

void TestWindows::networkWindows()
{
    QFETCH(QSize, picture);
    QFETCH(std::vector<Hole>, holes);
    QFETCH(std::size_t, windows);
    QFETCH(QSize, area);
    QFETCH(QSize, brought);
    const Mask mask = mask_of(picture, holes);
    const auto found = find_network_windows(mask, 64, 8);
    QCOMPARE(found.size(), windows);
    QCOMPARE(QSize(found[0].area.width, found[0].area.height), area);
    QCOMPARE(QSize(found[0].width, found[0].height), brought);
    check_cover(mask, found);
}

void TestWindows::wholeScenes_data()
{
    QTest::addColumn<QSize>("picture");
    QTest::addColumn<std::vector<Hole>>("holes");
    QTest::addColumn<std::size_t>("windows");
    QTest::addColumn<QRect>("area"); ///< of the first window
    QTest::addColumn<QSize>("brought");
    const auto row = [](const char* name, QSize picture, std::vector<Hole> holes, std::size_t windows,
                        QRect area, QSize brought) {
        QTest::newRow(name) << picture << holes << windows << area << brought;
    };
    row("native size", {64, 64}, {{20, 20, 20, 20}}, 1, {0, 0, 64, 64}, {64, 64});
    row("a portrait of 512", {512, 512}, {{150, 180, 200, 60}}, 1, {0, 0, 512, 512}, {64, 64});
    row("the middle of a long picture", {600, 400}, {{280, 100, 40, 40}}, 1, {100, 0, 400, 400}, {64, 64});
    row("moved to the hole", {600, 400}, {{560, 100, 40, 40}}, 1, {200, 0, 400, 400}, {64, 64});
    row("a hole that no square holds", {600, 100}, {{50, 20, 300, 50}}, 1, {50, 0, 300, 100}, {64, 24});
    row("a small picture is enlarged", {40, 30}, {{10, 10, 5, 5}}, 1, {5, 0, 30, 30}, {64, 64});
    row("two holes in one square", {500, 400}, {{60, 10, 20, 20}, {400, 300, 20, 20}}, 1, {50, 0, 400, 400},
        {64, 64});
    row("two holes at the ends", {900, 300}, {{10, 10, 20, 20}, {800, 200, 20, 20}}, 2, {10, 0, 300, 300},
        {64, 64});
}

void TestWindows::wholeScenes()
{
    QFETCH(QSize, picture);
    QFETCH(std::vector<Hole>, holes);
    QFETCH(std::size_t, windows);
    QFETCH(QRect, area);
    QFETCH(QSize, brought);
    const Mask mask = mask_of(picture, holes);
    const auto found = find_network_windows(mask, 64, 8, View::Whole);
    QCOMPARE(found.size(), windows);
    const Area& first = found[0].area;
    QCOMPARE(QRect(first.x, first.y, first.width, first.height), area);
    QCOMPARE(QSize(found[0].width, found[0].height), brought);
    check_cover(mask, found);
}

void TestWindows::theRecipeDecides()
{
    QVERIFY(view_of("auto", 64) == View::Whole && view_of("auto", 256) == View::Hole);
    QVERIFY(view_of("hole", 64) == View::Hole && view_of("whole", 256) == View::Whole);
}

QTEST_APPLESS_MAIN(TestWindows)
#include "tst_windows.moc"
