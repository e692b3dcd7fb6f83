// SPDX-License-Identifier: GPL-3.0-or-later
#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <random>

#include "tests/ui/test_pictures.h"
#include "ui/results/rendered_completion.h"

using namespace lacuna;
using namespace lacuna::ui;

class TestDocument : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void randomEditsAreUndoneExactly();
    void historyForgetsTheOldestWhenItIsFull();
    void editOfAFewPixelsIsSmall();
    void maskPyramidFollowsEdits();
    void pyramidAverages();
    void thumbnailRectHasTheShape_data();
    void thumbnailRectHasTheShape();
    void holeBoundsAreTight();
    void renderedCompletionChangesTheHoleOnly();
};

void TestDocument::randomEditsAreUndoneExactly()
{
    std::mt19937 random(7);
    const auto number = [&random](int limit) { return int(random() % unsigned(limit)); };
    Document document;
    document.open(loadedGradient(190, 130));
    std::vector<Mask> states{document.mask()};
    for (int i = 0; i < 60; ++i) {
        document.beginEdit();
        for (int part = number(4); part >= 0; --part) {
            const QPointF a(number(190), number(130));
            const QPointF b(number(190), number(130));
            document.addShape(
                [&](QSize bounds, const SpanSink& sink) { sweepDisc(a, b, number(30) + 0.5, bounds, sink); },
                number(2));
        }
        const bool changed = !(document.mask() == states.back());
        document.endEdit();
        if (i % 7 == 0)
            document.invertMask();
        if (changed || i % 7 == 0)
            states.push_back(document.mask());
        QCOMPARE(document.holePixels(), document.mask().hole_pixels());
    }
    while (document.canUndo())
        document.undo();
    QVERIFY(document.mask() == states.front());
    while (document.canRedo())
        document.redo();
    QVERIFY(document.mask() == states.back());
    QCOMPARE(document.holePixels(), document.mask().hole_pixels());
}

void TestDocument::historyForgetsTheOldestWhenItIsFull()
{
    Document document;
    document.open(loadedGradient(512, 512));
    const std::size_t limit = 200'000;
    document.setHistoryLimit(limit);
    for (int i = 0; i < 50; ++i)
        document.invertMask(); // some 35 kB each
    QVERIFY(document.historyBytes() <= limit);
    int undone = 0;
    for (; document.canUndo(); ++undone)
        document.undo();
    QVERIFY(undone >= 3);
    QVERIFY(undone < 50);
    QCOMPARE(document.holePixels(), undone % 2 ? std::size_t(512 * 512) : std::size_t(0));
}

void TestDocument::editOfAFewPixelsIsSmall()
{
    Document document;
    document.open(loadedGradient(4000, 3000));
    document.beginEdit();
    document.addShape(
        [](QSize bounds, const SpanSink& sink) {
            fillRect({1000, 1000, 10, 10}, bounds, sink);
        },
        true);
    document.endEdit();
    QVERIFY2(document.historyBytes() < 4096, "12 million pixels, 100 of them changed");
}

void TestDocument::maskPyramidFollowsEdits()
{
    Document document;
    document.open(loadedGradient(333, 201));
    MaskPyramid followed;
    followed.reset(document.mask());
    connect(&document, &Document::maskChanged, this,
            [&](QRect changed) { followed.update(document.mask(), changed); });
    for (const QPointF at : {QPointF(10, 12), QPointF(331, 199), QPointF(170, 100)}) {
        document.beginEdit();
        document.addShape(
            [at](QSize bounds, const SpanSink& sink) {
                sweepDisc(at, {90, 40}, 17.5, bounds, sink);
            },
            true);
        document.endEdit();
    }
    document.undo();
    MaskPyramid fresh;
    fresh.reset(document.mask());
    for (int k = 0; k <= fresh.levelFor(1.0 / 64); ++k)
        QCOMPARE(followed.level(document.mask(), k), fresh.level(document.mask(), k));
}

void TestDocument::pyramidAverages()
{
    const Picture two = make_picture(130, 66, 1, 8, [](std::uint8_t* to) {
        for (int i = 0; i < 130 * 66; ++i)
            *to++ = i % 2 ? 200 : 100;
    });
    const Pyramid pyramid(two);
    QCOMPARE(pyramid.size(), QSize(130, 66));
    QCOMPARE(pyramid.levelFor(1), 0);
    QCOMPARE(pyramid.levelFor(0.51), 0);
    QCOMPARE(pyramid.levelFor(0.5), 1);
    QCOMPARE(pyramid.level(1).size(), QSize(65, 33));
    for (int y = 0; y < 33; ++y)
        for (int x = 0; x < 65; ++x)
            QCOMPARE(qGreen(pyramid.level(1).pixel(x, y)), 150);
}

void TestDocument::thumbnailRectHasTheShape_data()
{
    QTest::addColumn<QRect>("hole");
    QTest::newRow("middle") << QRect(300, 200, 60, 50);
    QTest::newRow("corner") << QRect(0, 0, 30, 20);
    QTest::newRow("other corner") << QRect(680, 470, 20, 30);
    QTest::newRow("nearly all") << QRect(1, 1, 698, 498);
    QTest::newRow("one pixel") << QRect(350, 250, 1, 1);
}

void TestDocument::thumbnailRectHasTheShape()
{
    QFETCH(QRect, hole);
    Mask mask(700, 500);
    fillRect(hole, {700, 500}, [&mask](int y, int first, int past) {
        for (int x = first; x < past; ++x)
            mask.values[std::size_t(y) * 700 + x] = 255;
    });
    QCOMPARE(holeBounds(mask), hole);
    const QRect shown = thumbnailRect(mask, {168, 112});
    QVERIFY(QRect(0, 0, 700, 500).contains(shown));
    QVERIFY(std::abs(double(shown.width()) / shown.height() - 1.5) < 0.6);
    QVERIFY(shown.intersects(hole));
}

void TestDocument::holeBoundsAreTight()
{
    Mask mask(9, 7);
    QVERIFY(holeBounds(mask).isEmpty());
    mask.values[3 * 9 + 8] = 255;
    QCOMPARE(holeBounds(mask), QRect(8, 3, 1, 1));
    mask.values[5 * 9 + 2] = 255;
    QCOMPARE(holeBounds(mask), QRect(2, 3, 7, 3));
}

void TestDocument::renderedCompletionChangesTheHoleOnly()
{
    const LoadedPicture loaded = loadedWithHole(64);
    FilledSet filled;
    filled.request.picture = loaded.picture;
    filled.request.mask = *loaded.mask;
    Completion one;
    one.patches.push_back(
        {10, 10, make_picture(50, 50, 3, 8, [](std::uint8_t* to) { std::fill(to, to + 7500, 9); })});
    filled.set.completions.push_back(one);
    const RenderedCompletion shown = renderCompletion(filled, 0);
    QCOMPARE(shown.changedSamples, std::size_t(0));
    QCOMPARE(shown.knownSamples, std::size_t(3 * (64 * 64 - 32 * 32)));
    QCOMPARE(shown.region.at, QPoint(16, 16));
    QCOMPARE(shown.region.display->size(), QSize(32, 32));
    QCOMPARE(shown.region.display->level(0).pixel(0, 0), qRgb(9, 9, 9));
    QVERIFY(!renderThumbnail(filled, 0).isNull());
}

QTEST_MAIN(TestDocument)
#include "tst_document.moc"
