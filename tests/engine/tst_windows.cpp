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
};

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
    Mask mask(picture.width(), picture.height());
    for (const Hole& hole : holes)
        for (int y = hole.y; y < hole.y + hole.height; ++y)
            std::fill_n(&mask.values[std::size_t(y) * mask.width + hole.x], hole.width, 255);
    const auto found = find_network_windows(mask, 64, 8);
    QCOMPARE(found.size(), windows);
    QCOMPARE(QSize(found[0].area.width, found[0].area.height), area);
    QCOMPARE(QSize(found[0].width, found[0].height), brought);

    // Every hole lies in one window, whole, and every window in the picture.
    std::size_t seen = 0;
    for (const NetworkWindow& window : found) {
        QVERIFY(window.area.x >= 0 && window.area.y >= 0);
        QVERIFY(window.area.x + window.area.width <= mask.width);
        QVERIFY(window.area.y + window.area.height <= mask.height);
        for (int y = 0; y < window.area.height; ++y)
            for (int x = 0; x < window.area.width; ++x)
                seen += mask.is_hole(window.area.x + x, window.area.y + y);
    }
    QCOMPARE(seen, mask.hole_pixels());
}

QTEST_APPLESS_MAIN(TestWindows)
#include "tst_windows.moc"
