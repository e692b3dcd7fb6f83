// SPDX-License-Identifier: GPL-3.0-or-later
// Ways to make a hole beside the brush, by mouse and pen.
#include <QPointingDevice>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabletEvent>
#include <QTest>

#include <cmath>

#include "engine/core/atomic_file.h"
#include "engine/core/mask_distance.h"
#include "engine/scenes/worlds/world.h"
#include "tests/ui/mask_test.h"
#include "ui/document/flood.h"
#include "ui/mask/mask_presets.h"
#include "ui/mask/mask_tools.h"

using namespace lacuna;
using namespace lacuna::ui;

namespace {

/// Grey on the left, a lighter square in it, red on the right.
Picture flats()
{
    return make_picture(60, 40, 3, 8, [](std::uint8_t* to) {
        for (int y = 0; y < 40; ++y)
            for (int x = 0; x < 60; ++x) {
                const bool red = x >= 30, light = x >= 10 && x < 20 && y >= 10 && y < 20;
                *to++ = red ? 200 : light ? 110 : 100;
                *to++ = red ? 20 : light ? 110 : 100;
                *to++ = red ? 20 : light ? 110 : 100;
            }
    });
}

class Pen {
public:
    explicit Pen(Canvas& canvas, QPointingDevice::PointerType end = QPointingDevice::PointerType::Pen)
        : canvas_(canvas),
          device_(QStringLiteral("pen"), 77, QInputDevice::DeviceType::Stylus, end,
                  QInputDevice::Capability::Position | QInputDevice::Capability::Pressure, 1, 2)
    {
    }
    void send(QEvent::Type type, QPointF at, double pressure)
    {
        const bool button = type != QEvent::TabletMove;
        QTabletEvent event(type, &device_, at, canvas_.mapToGlobal(at), pressure, 0, 0, 0, 0, 0, {},
                           button ? Qt::LeftButton : Qt::NoButton,
                           type == QEvent::TabletRelease ? Qt::NoButton : Qt::LeftButton);
        QCoreApplication::sendEvent(&canvas_, &event);
        QVERIFY(event.isAccepted());
    }

private:
    Canvas& canvas_;
    QPointingDevice device_;
};

} // namespace

class TestMaskTools : public MaskTest {
    Q_OBJECT

private Q_SLOTS:
    void ellipsesTouchTheirBox();
    void shiftMakesSquaresAndCircles();
    void polygonsAreClicked_data();
    void polygonsAreClicked();
    void polygonCornersCanBeTakenBack();
    void polygonCornersSnap();
    void anotherToolDropsThePolygon();
    void similarPixelsHangTogether();
    void theBucketFillsByClick();
    void growAndShrinkByButton();
    void theHoleIsMoved();
    void workIsMadeAgainWhenItWasOvertaken();
    void workForAnotherMaskIsForgotten();
    void penPressureMakesTheBrushSmaller();
    void thePensOtherEndErases();
};

void TestMaskTools::ellipsesTouchTheirBox()
{
    f_->canvas.setTool(Tool::Ellipse);
    f_->drag({f_->at({40, 30}), f_->at({90, 60}), f_->at({139, 89})});
    const QPoint from = f_->at({40, 30}), to = f_->at({139, 89});
    const QRectF box = pixelRect(f_->pictureAt(from), f_->pictureAt(to));
    const Mask expected = maskOf(pictureSize, [&](double x, double y) {
        const double u = (x - box.center().x()) / (box.width() / 2);
        const double v = (y - box.center().y()) / (box.height() / 2);
        return u * u + v * v <= 1;
    });
    QVERIFY(expected.hole_pixels() > 4000);
    QVERIFY(mask() == expected);
    const Area hole = mask().hole_box();
    QCOMPARE(QRect(hole.x, hole.y, hole.width, hole.height), box.toRect());
    f_->drag({f_->at({40, 30}), f_->at({139, 89})}, Qt::RightButton);
    QCOMPARE(f_->document.holePixels(), std::size_t(0));
}

void TestMaskTools::shiftMakesSquaresAndCircles()
{
    for (const Tool tool : {Tool::Rectangle, Tool::Ellipse}) {
        f_->document.fillMask(false);
        f_->canvas.setTool(tool);
        f_->drag({f_->at({20, 20}), f_->at({60, 31})}, Qt::LeftButton, Qt::ShiftModifier);
        const Area hole = mask().hole_box();
        QCOMPARE(hole.width, 41);
        QCOMPARE(hole.height, 41);
        QCOMPARE(hole.y, 20);
    }
}

void TestMaskTools::polygonsAreClicked_data()
{
    QTest::addColumn<QString>("closedBy");
    for (const char* way : {"enter", "double click", "first corner"})
        QTest::newRow(way) << QString::fromLatin1(way);
}

void TestMaskTools::polygonsAreClicked()
{
    QFETCH(QString, closedBy);
    const QList<QPoint> corners{f_->at({30, 20}), f_->at({150, 40}), f_->at({120, 140}), f_->at({50, 110})};
    f_->canvas.setTool(Tool::Polygon);
    for (const QPoint& corner : corners) {
        QCOMPARE(f_->document.holePixels(), std::size_t(0));
        QTest::mouseMove(&f_->canvas, corner);
        QTest::mouseClick(&f_->canvas, Qt::LeftButton, {}, corner);
    }
    if (closedBy == QLatin1String("enter"))
        key(Qt::Key_Return);
    else if (closedBy == QLatin1String("double click"))
        QTest::mouseDClick(&f_->canvas, Qt::LeftButton, {}, corners.last());
    else
        QTest::mouseClick(&f_->canvas, Qt::LeftButton, {}, corners.first() + QPoint(3, 2));
    const QPolygonF polygon = f_->inPicture(corners);
    const Mask expected = maskOf(pictureSize, [&polygon](double x, double y) {
        return polygon.containsPoint({x, y}, Qt::WindingFill);
    });
    QVERIFY(expected.hole_pixels() > 5000);
    QVERIFY(mask() == expected);
    QVERIFY(f_->document.canUndo());
    f_->document.undo();
    QCOMPARE(f_->document.holePixels(), std::size_t(0));
}

void TestMaskTools::polygonCornersCanBeTakenBack()
{
    f_->canvas.setTool(Tool::Polygon);
    const QList<QPoint> corners{f_->at({30, 20}), f_->at({150, 40}), f_->at({120, 140})};
    for (const QPoint& corner : corners)
        QTest::mouseClick(&f_->canvas, Qt::LeftButton, {}, corner);
    QTest::mouseClick(&f_->canvas, Qt::LeftButton, {}, f_->at({290, 190}));
    key(Qt::Key_Backspace);
    key(Qt::Key_Enter);
    const Mask three = mask();
    QVERIFY(three.hole_pixels() > 1000);
    QVERIFY(!three.is_hole(200, 130));
    for (const QPoint& corner : corners)
        QTest::mouseClick(&f_->canvas, Qt::RightButton, {}, corner);
    key(Qt::Key_Escape); // dropped
    key(Qt::Key_Return);
    QVERIFY(mask() == three);
    QTest::mouseClick(&f_->canvas, Qt::LeftButton, {}, corners[0]);
    key(Qt::Key_Return); // one corner has no inside
    QVERIFY(mask() == three);
    for (const QPoint& corner : corners)
        QTest::mouseClick(&f_->canvas, Qt::RightButton, {}, corner);
    key(Qt::Key_Return);
    QCOMPARE(f_->document.holePixels(), std::size_t(0));
}

void TestMaskTools::polygonCornersSnap()
{
    f_->canvas.setTool(Tool::Polygon);
    QTest::mouseClick(&f_->canvas, Qt::LeftButton, {}, f_->at({50, 50}));
    QTest::mouseClick(&f_->canvas, Qt::LeftButton, Qt::ShiftModifier, f_->at({130, 56}));  // level
    QTest::mouseClick(&f_->canvas, Qt::LeftButton, Qt::ShiftModifier, f_->at({125, 120})); // upright
    key(Qt::Key_Return);
    const Area hole = mask().hole_box();
    QVERIFY(std::abs(hole.x - 50) <= 1);
    QCOMPARE(hole.y, 50);
    QVERIFY(std::abs(hole.width - 80) <= 1);
    QVERIFY(std::abs(hole.height - 70) <= 1);
    QVERIFY(mask().is_hole(125, 52) && mask().is_hole(128, 110));
}

void TestMaskTools::anotherToolDropsThePolygon()
{
    f_->canvas.setTool(Tool::Polygon);
    for (const QPointF corner : {QPointF(50, 50), QPointF(100, 50), QPointF(80, 90)})
        QTest::mouseClick(&f_->canvas, Qt::LeftButton, {}, f_->at(corner));
    f_->canvas.setTool(Tool::Rectangle);
    f_->canvas.setTool(Tool::Polygon);
    key(Qt::Key_Return);
    QCOMPARE(f_->document.holePixels(), std::size_t(0));
}

void TestMaskTools::similarPixelsHangTogether()
{
    const auto filled = [](const QImage& picture, QPoint seed, int tolerance) {
        Mask mask(picture.width(), picture.height());
        floodSimilar(picture, seed, tolerance, [&](int y, int first, int past) {
            for (int x = first; x < past; ++x)
                mask.values[std::size_t(y) * mask.width + x] += 1; // never twice
        });
        return mask;
    };
    QImage picture(7, 5, QImage::Format_RGB32);
    picture.fill(qRgb(50, 50, 50));
    for (int y = 0; y < 5; ++y)
        picture.setPixel(3, y, qRgb(90, 50, 50)); // a wall
    picture.setPixel(5, 1, qRgb(50, 58, 50));
    for (const QImage& form : {picture, picture.convertToFormat(QImage::Format_RGB888)}) {
        QCOMPARE(filled(form, {0, 0}, 10).hole_pixels(), std::size_t(15));
        QCOMPARE(filled(form, {6, 4}, 10).hole_pixels(), std::size_t(15));
        QCOMPARE(filled(form, {6, 4}, 7).hole_pixels(), std::size_t(14)); // without the green one
        QCOMPARE(filled(form, {3, 2}, 10).hole_pixels(), std::size_t(5));
        QCOMPARE(filled(form, {0, 0}, 40).hole_pixels(), std::size_t(35));
        QCOMPARE(filled(form, {0, 9}, 40).hole_pixels(), std::size_t(0));
        for (const std::uint8_t value : filled(form, {0, 0}, 40).values)
            QCOMPARE(int(value), 1);
    }
    QImage comb(9, 9, QImage::Format_RGB32); // teeth that hang together above only
    comb.fill(Qt::black);
    for (int y = 1; y < 9; ++y)
        for (int x = 1; x < 9; x += 2)
            comb.setPixel(x, y, qRgb(255, 255, 255));
    QCOMPARE(filled(comb, {4, 8}, 0).hole_pixels(), std::size_t(9 + 8 * 5));
}

void TestMaskTools::theBucketFillsByClick()
{
    const auto w = window();
    QVERIFY(w);
    w->window->document().open(preparePicture(flats(), QStringLiteral("flats")));
    Canvas& canvas = w->window->canvas();
    QTest::keyClick(w->window.get(), Qt::Key_G);
    QCOMPARE(canvas.tool(), Tool::Bucket);
    auto* tolerance = w->window->findChild<QSpinBox*>(QStringLiteral("tolerance"));
    QVERIFY(tolerance->isVisible());
    const auto click = [&](QPointF pixel, Qt::MouseButton button) {
        QTest::mouseClick(&canvas, button, {}, canvas.view().toWidget(pixel).toPoint());
    };
    tolerance->setValue(5);
    click({2.5, 2.5}, Qt::LeftButton);
    QTRY_COMPARE(w->window->document().holePixels(), std::size_t(30 * 40 - 100));
    tolerance->setValue(10);
    click({2.5, 2.5}, Qt::LeftButton);
    QTRY_COMPARE(w->window->document().holePixels(), std::size_t(30 * 40));
    tolerance->setValue(5);
    click({15.5, 15.5}, Qt::RightButton);
    QTRY_COMPARE(w->window->document().holePixels(), std::size_t(30 * 40 - 100));
    w->action("undo")->trigger();
    QCOMPARE(w->window->document().holePixels(), std::size_t(30 * 40));
}

void TestMaskTools::growAndShrinkByButton()
{
    const auto w = window();
    w->openWithHole(96);
    const Mask before = w->window->document().mask();
    auto* by = w->window->findChild<QSpinBox*>(QStringLiteral("grow-by"));
    by->setValue(7);
    w->action("grow")->trigger();
    w->action("grow")->trigger(); // waits for the first
    QTRY_VERIFY(!w->window->maskTools().busy());
    QVERIFY(w->window->document().mask() == grown(grown(before, 7), 7));
    by->setValue(3);
    w->action("shrink")->trigger();
    QTRY_VERIFY(!w->window->maskTools().busy());
    QVERIFY(w->window->document().mask() == grown(grown(grown(before, 7), 7), -3));
    for (int i = 0; i < 3; ++i)
        w->action("undo")->trigger();
    QVERIFY(w->window->document().mask() == before);
}

void TestMaskTools::theHoleIsMoved()
{
    const auto w = window();
    w->openWithHole(64); // 16..47
    Canvas& canvas = w->window->canvas();
    const auto at = [&](QPointF pixel) { return canvas.view().toWidget(pixel).toPoint(); };
    QTest::mousePress(&canvas, Qt::LeftButton, Qt::ControlModifier, at({30.5, 30.5}));
    QTest::mouseMove(&canvas, at({35.5, 30.5}));
    QTest::mouseRelease(&canvas, Qt::LeftButton, Qt::ControlModifier, at({40.5, 28.5}));
    QTRY_VERIFY(w->window->document().mask() == rectangle({64, 64}, {26, 14, 32, 32}));
    QTest::keyClick(&canvas, Qt::Key_Left, Qt::ControlModifier);
    QTest::keyClick(&canvas, Qt::Key_Down, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(w->window->document().mask() == rectangle({64, 64}, {25, 24, 32, 32}));
    for (int i = 0; i < 3; ++i)
        w->action("undo")->trigger();
    QVERIFY(w->window->document().mask() == rectangle({64, 64}, {16, 16, 32, 32}));
}

void TestMaskTools::workIsMadeAgainWhenItWasOvertaken()
{
    f_->document.open(loadedWithHole(64));
    MaskWork work(f_->document, nullptr);
    work.start(QStringLiteral("growing"), [](Mask& mask, MaskFlips& flips) { growInPlace(mask, flips, 4); });
    f_->document.fillMask(false); // while it is made
    f_->document.beginEdit();
    f_->document.addShape(
        [](QSize bounds, const SpanSink& sink) {
            fillRect({2, 2, 10, 10}, bounds, sink);
        },
        true);
    f_->document.endEdit();
    QTRY_VERIFY(!work.busy());
    QVERIFY(mask() == grown(rectangle({64, 64}, {2, 2, 10, 10}), 4));
}

void TestMaskTools::workForAnotherMaskIsForgotten()
{
    f_->document.open(loadedWithHole(64));
    MaskWork work(f_->document, nullptr);
    QSignalSpy told(&work, &MaskWork::busyWith);
    work.start(QStringLiteral("growing"), [](Mask& mask, MaskFlips& flips) { growInPlace(mask, flips, 4); });
    f_->document.addMask();
    QVERIFY(!work.busy());
    QCOMPARE(told.last().first().toString(), QString());
    work.start(QStringLiteral("all"), [](Mask& mask, MaskFlips& flips) {
        for (int y = 0; y < mask.height; ++y)
            flips.setSpan(mask, y, 0, mask.width, true);
    });
    QTRY_VERIFY(!work.busy());
    QCOMPARE(f_->document.holePixels(), std::size_t(64 * 64));
    QCOMPARE(f_->document.masks()[0].holePixels, std::size_t(32 * 32)); // not grown
}

void TestMaskTools::penPressureMakesTheBrushSmaller()
{
    f_->canvas.setBrushSize(40);
    Pen pen(f_->canvas);
    const QPoint at = f_->at({100, 100});
    pen.send(QEvent::TabletPress, at, 0.5);
    pen.send(QEvent::TabletRelease, at, 0);
    const Area half = mask().hole_box();
    QVERIFY(std::abs(half.width - 20) <= 1);
    f_->document.undo();
    pen.send(QEvent::TabletPress, at, 0.25);
    pen.send(QEvent::TabletMove, at + QPoint(60, 0), 1.0);
    pen.send(QEvent::TabletRelease, at + QPoint(60, 0), 0);
    const auto heightAt = [this](int x) {
        int height = 0;
        for (int y = 0; y < pictureSize.height(); ++y)
            height += mask().is_hole(x, y);
        return height;
    };
    QVERIFY(std::abs(heightAt(100) - 10) <= 1);
    QVERIFY(std::abs(heightAt(160) - 40) <= 1);
    f_->document.undo();
    QCOMPARE(f_->document.holePixels(), std::size_t(0)); // a stroke is one step
    f_->canvas.setPenSizes(false);
    pen.send(QEvent::TabletPress, at, 0.1);
    pen.send(QEvent::TabletRelease, at, 0);
    QVERIFY(std::abs(mask().hole_box().width - 40) <= 1);
    f_->document.undo();
    f_->canvas.setPenSizes(true);
    QTest::mouseClick(&f_->canvas, Qt::LeftButton, {}, at); // a mouse has no pressure
    QVERIFY(std::abs(mask().hole_box().width - 40) <= 1);
}

void TestMaskTools::thePensOtherEndErases()
{
    f_->document.fillMask(true);
    Pen pen(f_->canvas, QPointingDevice::PointerType::Eraser);
    const QPoint at = f_->at({100, 100});
    pen.send(QEvent::TabletPress, at, 1);
    pen.send(QEvent::TabletRelease, at, 0);
    QVERIFY(!mask().is_hole(100, 100));
    QVERIFY(f_->document.holePixels() > mask().values.size() / 2);
    QTest::mouseClick(&f_->canvas, Qt::LeftButton, {}, at); // the mouse paints as before
    QVERIFY(mask().is_hole(100, 100));
}

QTEST_MAIN(TestMaskTools)
#include "moc_mask_test.cpp"
#include "tst_mask_tools.moc"
