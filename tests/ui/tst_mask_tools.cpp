// SPDX-License-Identifier: GPL-3.0-or-later
// Every way to make a hole beside the brush, by mouse, pen and keys.
#include <QAccessible>
#include <QCheckBox>
#include <QMenu>
#include <QPainter>
#include <QPointingDevice>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabletEvent>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <cmath>

#include "engine/core/atomic_file.h"
#include "engine/core/mask_distance.h"
#include "engine/core/picture_file.h"
#include "engine/scenes/worlds/world.h"
#include "tests/ui/canvas_fixture.h"
#include "tests/ui/window_fixture.h"
#include "ui/canvas/mask_overlay.h"
#include "ui/document/examples.h"
#include "ui/document/flood.h"
#include "ui/document/mask_import.h"
#include "ui/mask/mask_presets.h"
#include "ui/mask/mask_tools.h"

using namespace lacuna;
using namespace lacuna::ui;

namespace {

constexpr QSize pictureSize = CanvasFixture::pictureSize;

/// The pixels whose centre is inside.
template <typename Inside> Mask maskOf(QSize size, const Inside& inside)
{
    Mask mask(size.width(), size.height());
    for (int y = 0; y < size.height(); ++y)
        for (int x = 0; x < size.width(); ++x)
            if (inside(x + 0.5, y + 0.5))
                mask.values[std::size_t(y) * size.width() + x] = 255;
    return mask;
}

Mask rectangle(QSize size, QRect rect)
{
    return maskOf(size, [&](double x, double y) { return rect.contains(int(x), int(y)); });
}

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

class TestMaskTools : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(settings_.isValid());
        qputenv("XDG_CONFIG_HOME", settings_.path().toUtf8());
        qputenv("XDG_STATE_HOME", settings_.path().toUtf8());
        loadResources();
        applyTheme(ThemeChoice::Light);
    }
    void init()
    {
        f_ = std::make_unique<CanvasFixture>();
        QVERIFY(f_->show());
    }
    void cleanup() { f_.reset(); }

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
    void numbersOfTheStripAreThoseOfTheTool();
    void keysAloneMakeShapes_data();
    void keysAloneMakeShapes();
    void keysAlonePaintAndErase();
    void theKeyboardCursorIsSpoken();
    void theKeyboardCursorStaysInView();
    void escDropsWhatKeysBegan();
    void hiddenMasksAppearWhenTheyAreEdited();
    void presetsOfAnyPicture();
    void presetsOfAScene();
    void presetsArePlacedFromTheMenu();
    void masksAreReadAsTheyWereMeant_data();
    void masksAreReadAsTheyWereMeant();
    void theMessageInvertsAnImport();
    void appearanceIsKept();
    void overlaysFollowTheAppearance();
    void softEdgesReachTheRun();

private:
    const Mask& mask() const { return f_->document.mask(); }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}, int times = 1)
    {
        for (int i = 0; i < times; ++i)
            QTest::keyClick(&f_->canvas, key, modifiers);
    }
    void putCursor(QPoint pixel);
    static std::unique_ptr<WindowFixture> window()
    {
        auto made = std::make_unique<WindowFixture>();
        return made->show() ? std::move(made) : nullptr;
    }

    QTemporaryDir settings_{};
    std::unique_ptr<CanvasFixture> f_;
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

void TestMaskTools::numbersOfTheStripAreThoseOfTheTool()
{
    const auto w = window();
    w->openWithHole();
    Canvas& canvas = w->window->canvas();
    auto* size = w->window->findChild<QSpinBox*>(QStringLiteral("brush-size"));
    auto* tolerance = w->window->findChild<QSpinBox*>(QStringLiteral("tolerance"));
    QVERIFY(size->isVisible() && !tolerance->isVisible());
    QCOMPARE(size->value(), canvas.brushSize());
    QVERIFY(size->suffix().contains(QStringLiteral("px")));
    QTest::keyClick(w->window.get(), Qt::Key_BracketRight);
    QCOMPARE(size->value(), canvas.brushSize());
    size->setFocus();
    size->selectAll();
    QTest::keyClicks(size, QStringLiteral("33"));
    QTest::keyClick(size, Qt::Key_Return);
    QCOMPARE(canvas.brushSize(), 33);
    w->action("bucket")->trigger();
    QVERIFY(!size->isVisible() && tolerance->isVisible());
    w->action("polygon")->trigger();
    QVERIFY(!size->isVisible() && !tolerance->isVisible());
    for (QWidget* one : w->window->findChild<MaskStrip*>()->findChildren<QWidget*>())
        if (one->focusPolicy() & Qt::TabFocus && one->isVisible()
            && !one->objectName().startsWith(QStringLiteral("qt_")))
            QVERIFY2(!one->accessibleName().isEmpty(), qPrintable(one->objectName()));
}

void TestMaskTools::putCursor(QPoint pixel)
{
    f_->canvas.setKeyboardCursor(true);
    key(Qt::Key_Left, Qt::ShiftModifier, 40);
    key(Qt::Key_Up, Qt::ShiftModifier, 30);
    key(Qt::Key_Right, Qt::ShiftModifier, pixel.x() / 10);
    key(Qt::Key_Right, {}, pixel.x() % 10);
    key(Qt::Key_Down, Qt::ShiftModifier, pixel.y() / 10);
    key(Qt::Key_Down, {}, pixel.y() % 10);
}

void TestMaskTools::keysAloneMakeShapes_data()
{
    QTest::addColumn<Tool>("tool");
    QTest::addColumn<Qt::Key>("press");
    QTest::newRow("rectangle, space") << Tool::Rectangle << Qt::Key_Space;
    QTest::newRow("ellipse, enter") << Tool::Ellipse << Qt::Key_Return;
    QTest::newRow("polygon") << Tool::Polygon << Qt::Key_Space;
}

void TestMaskTools::keysAloneMakeShapes()
{
    QFETCH(Tool, tool);
    QFETCH(Qt::Key, press);
    f_->canvas.setTool(tool);
    putCursor({23, 17});
    key(press);
    key(Qt::Key_Right, Qt::ShiftModifier, 4);
    if (tool == Tool::Polygon)
        key(press);
    key(Qt::Key_Down, Qt::ShiftModifier, 2);
    key(Qt::Key_Down);
    key(press);
    if (tool == Tool::Polygon)
        key(Qt::Key_Return);
    const Area hole = mask().hole_box();
    if (tool == Tool::Polygon) { // corners are centres of pixels
        QVERIFY(f_->document.holePixels() > 350 && mask().is_hole(60, 25) && !mask().is_hole(24, 37));
    } else {
        QCOMPARE(QRect(hole.x, hole.y, hole.width, hole.height), QRect(23, 17, 41, 22));
        QCOMPARE(mask() == rectangle(pictureSize, {23, 17, 41, 22}), tool == Tool::Rectangle);
    }
    if (tool == Tool::Rectangle) { // Delete takes a part away again
        key(Qt::Key_Delete);
        key(Qt::Key_Left, Qt::ShiftModifier, 1);
        key(Qt::Key_Delete);
        QCOMPARE(f_->document.holePixels(), std::size_t(41 * 22 - 11));
    }
}

void TestMaskTools::keysAlonePaintAndErase()
{
    f_->canvas.setBrushSize(1);
    putCursor({50, 40});
    key(Qt::Key_Space);
    key(Qt::Key_Right, {}, 5);
    key(Qt::Key_Down, {}, 2);
    key(Qt::Key_Space);
    key(Qt::Key_Down, {}, 3); // not painting any more
    QCOMPARE(f_->document.holePixels(), std::size_t(8));
    QVERIFY(mask().is_hole(50, 40) && mask().is_hole(55, 40) && mask().is_hole(55, 42));
    key(Qt::Key_Up, {}, 3);
    f_->canvas.setTool(Tool::Eraser);
    key(Qt::Key_Return);
    key(Qt::Key_Return);
    QCOMPARE(f_->document.holePixels(), std::size_t(7));
    f_->document.undo();
    f_->document.undo();
    QCOMPARE(f_->document.holePixels(), std::size_t(0));
}

void TestMaskTools::theKeyboardCursorIsSpoken()
{
    f_->canvas.setTool(Tool::Rectangle);
    QSignalSpy spoken(&f_->canvas, &Canvas::spoken);
    putCursor({23, 17});
    QVERIFY(f_->canvas.hasFocus());
    QAccessibleInterface* seen = QAccessible::queryAccessibleInterface(&f_->canvas);
    const auto said = [seen] { return seen->text(QAccessible::Description); };
    QCOMPARE(said(), QStringLiteral("x 23, y 17"));
    key(Qt::Key_Space);
    key(Qt::Key_Right, {}, 3);
    key(Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(said(), QStringLiteral("x 26, y 27, rectangle of 4 × 11 pixels"));
    key(Qt::Key_Space);
    QVERIFY(said().contains(QStringLiteral("44 pixels")));
    QVERIFY(spoken.count() > 5);
    f_->canvas.setKeyboardCursor(false);
    const CanvasView before = f_->canvas.view();
    key(Qt::Key_Right); // arrows move the picture again
    QVERIFY(f_->canvas.view().origin() != before.origin());
}

void TestMaskTools::theKeyboardCursorStaysInView()
{
    f_->canvas.zoomTo(20);
    putCursor({299, 199});
    const QPointF at = f_->canvas.view().toWidget(QPointF(299.5, 199.5));
    QVERIFY(QRectF(f_->canvas.rect()).contains(at));
    key(Qt::Key_Right); // the last pixel is the last
    key(Qt::Key_Space);
    key(Qt::Key_Space);
    QVERIFY(mask().is_hole(299, 199));
}

void TestMaskTools::escDropsWhatKeysBegan()
{
    for (const Tool tool : {Tool::Rectangle, Tool::Brush}) {
        f_->canvas.setTool(tool);
        putCursor({20, 20});
        key(Qt::Key_Space);
        key(Qt::Key_Right, {}, 4);
        key(Qt::Key_Escape);
        key(Qt::Key_Right, {}, 4);
        QCOMPARE(f_->document.holePixels(), std::size_t(0));
        QVERIFY(!f_->document.canUndo());
    }
}

void TestMaskTools::hiddenMasksAppearWhenTheyAreEdited()
{
    f_->canvas.setMaskShown(false);
    QVERIFY(!f_->canvas.maskShown());
    QTest::mouseClick(&f_->canvas, Qt::LeftButton, {}, f_->at({50, 50}));
    QVERIFY(f_->canvas.maskShown());
}

void TestMaskTools::presetsOfAnyPicture()
{
    f_->document.open(loadedGradient(101, 60));
    const QSize size(101, 60);
    const std::vector<MaskPreset> presets = maskPresets(f_->document);
    const auto named = [&presets](const char* title) {
        for (const MaskPreset& one : presets)
            if (one.title == QLatin1String(title))
                return one.make();
        return Mask();
    };
    QVERIFY(named("Left Half") == rectangle(size, {0, 0, 50, 60}));
    QVERIFY(named("Right Half") == rectangle(size, {50, 0, 51, 60}));
    QVERIFY(named("Top Half") == rectangle(size, {0, 0, 101, 30}));
    QVERIFY(named("Bottom Half") == rectangle(size, {0, 30, 101, 30}));
    QVERIFY(named("Centre Box") == rectangle(size, {25, 15, 50, 30}));
    Mask frame = rectangle(size, {7, 7, 87, 46});
    for (std::uint8_t& value : frame.values)
        value ^= 255;
    QVERIFY(named("Border Frame") == frame);
    const Mask eyes = named("Eyes, Large"), mouth = named("Mouth, Small");
    QVERIFY(eyes.hole_pixels() > named("Eyes, Small").hole_pixels());
    QVERIFY(mouth.hole_box().y > eyes.hole_box().y + eyes.hole_box().height);
    for (const MaskPreset& one : presets) {
        QCOMPARE(one.make().width, 101);
        QVERIFY(!one.description.isEmpty());
        const bool face = one.title.startsWith(QStringLiteral("Eyes"));
        QCOMPARE(one.description.contains(QStringLiteral("Move it")),
                 face || one.title.contains(QLatin1String("Mouth")) || one.title == QLatin1String("Nose")
                     || one.title == QLatin1String("Hair"));
    }
}

void TestMaskTools::presetsOfAScene()
{
    for (const SceneWorld& kind : sceneWorlds()) {
        f_->document.open(drawScenePicture(kind, 5));
        const scenes::World& world = scenes::find_world(kind.name.toStdString());
        const std::vector<MaskPreset> presets = maskPresets(f_->document);
        QCOMPARE(presets.size(), 6 + world.masks().size());
        for (std::size_t i = 0; i < world.masks().size(); ++i)
            QVERIFY(presets[6 + i].make() == world.mask(5, world.masks()[i], f_->document.size().width()));
        QVERIFY(presets[6].separated);
    }
}

void TestMaskTools::presetsArePlacedFromTheMenu()
{
    const auto w = window();
    w->openWithHole(64);
    auto* menu = w->window->findChild<QMenu*>(QStringLiteral("mask-presets"));
    QVERIFY(menu);
    Q_EMIT menu->aboutToShow();
    QAction* left = nullptr;
    for (QAction* action : menu->actions())
        if (action->text() == QLatin1String("Left Half"))
            left = action;
    QVERIFY(left);
    left->trigger();
    QTRY_VERIFY(w->window->document().mask() == rectangle({64, 64}, {0, 0, 32, 64}));
    w->action("undo")->trigger();
    QVERIFY(w->window->document().mask() == rectangle({64, 64}, {16, 16, 32, 32}));
}

void TestMaskTools::masksAreReadAsTheyWereMeant_data()
{
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("bits");
    QTest::addColumn<int>("meaning");
    for (const int bits : {8, 16}) {
        for (const int channels : {1, 3, 4}) {
            QTest::addRow("white, %d channels, %d bits", channels, bits) << channels << bits << 0;
            QTest::addRow("black, %d channels, %d bits", channels, bits) << channels << bits << 1;
        }
        for (const int channels : {2, 4}) {
            QTest::addRow("opaque, %d channels, %d bits", channels, bits) << channels << bits << 2;
            QTest::addRow("transparent, %d channels, %d bits", channels, bits) << channels << bits << 3;
        }
    }
}

void TestMaskTools::masksAreReadAsTheyWereMeant()
{
    QFETCH(int, channels);
    QFETCH(int, bits);
    QFETCH(int, meaning);
    const QSize size(40, 30);
    const QRect hole(8, 6, 15, 12);
    const Picture picture = make_picture(size.width(), size.height(), channels, bits, [&](std::uint8_t* to) {
        for (int y = 0; y < size.height(); ++y)
            for (int x = 0; x < size.width(); ++x) {
                const bool in = hole.contains(x, y);
                const bool light = meaning == 0 ? in : !in;
                for (int c = 0; c < channels; ++c) {
                    const bool alpha = channels % 2 == 0 && c == channels - 1;
                    int value = light ? 200 : 20; // grey, not black and white
                    if (meaning >= 2)
                        value = alpha ? (in == (meaning == 2) ? 255 : 0) : (x * 37 + y * 11 + c) % 256;
                    else if (alpha)
                        value = 255;
                    for (int b = 0; b < bits / 8; ++b)
                        *to++ = std::uint8_t(value);
                }
            }
    });
    const ImportedMask read = maskMeant(picture);
    QCOMPARE(int(read.meaning), meaning);
    QVERIFY(read.mask == rectangle(size, hole));
}

void TestMaskTools::theMessageInvertsAnImport()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("from gimp.png"));
    Mask inverted = rectangle({64, 64}, {10, 10, 20, 20});
    for (std::uint8_t& value : inverted.values)
        value ^= 255;
    write_file(file.toStdString(), encode_png(inverted));
    const auto w = window();
    w->window->document().open(loadedGradient(64, 64));
    w->window->files().importMask(file);
    QTRY_VERIFY(w->window->messages().text().contains(QStringLiteral("hole is black")));
    QVERIFY(w->window->messages().text().contains(QStringLiteral("from gimp.png")));
    QVERIFY(w->window->document().mask() == rectangle({64, 64}, {10, 10, 20, 20}));
    auto* answer = w->window->messages().findChild<QPushButton*>(QStringLiteral("answer"));
    QCOMPARE(answer->text(), QStringLiteral("Invert"));
    QTest::mouseClick(answer, Qt::LeftButton);
    QVERIFY(w->window->document().mask() == inverted);
    w->window->files().exportMask(folder.filePath(QStringLiteral("out.png")));
    QTRY_VERIFY(w->window->messages().text().contains(QStringLiteral("out.png")));
    QVERIFY(mask_from_picture(read_picture(folder.filePath(QStringLiteral("out.png")).toStdString()))
            == inverted);
}

void TestMaskTools::appearanceIsKept()
{
    const auto choose = [](const WindowFixture& w, const char* text) {
        for (QAction* action : w.window->findChild<QMenu*>(QStringLiteral("mask-appearance"))->actions())
            if (action->text().remove(u'&') == QLatin1String(text))
                action->trigger();
    };
    {
        const auto w = window();
        w->window->startSession();
        choose(*w, "Amber");
        choose(*w, "Outline");
        QCOMPARE(maskLook().style, MaskLook::Style::Outline);
    }
    setMaskLook({});
    const auto w = window();
    QVERIFY(maskLook() == MaskLook());
    w->window->startSession();
    QVERIFY(maskLook() == (MaskLook{2, MaskLook::Style::Outline}));
    choose(*w, "Violet");
    choose(*w, "Hatch");
    QVERIFY(maskLook() == MaskLook());
}

void TestMaskTools::overlaysFollowTheAppearance()
{
    const Mask hole = rectangle({80, 80}, {20, 20, 40, 40});
    MaskPyramid pyramid;
    pyramid.reset(hole);
    const CanvasView view;
    const auto inside = [&] { return maskOverlay(hole, pyramid, view, {0, 0, 80, 80}).copy(25, 25, 30, 30); };
    const auto colours = [](const QImage& image) {
        QSet<QRgb> seen;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                seen.insert(image.pixel(x, y));
        return seen;
    };
    setMaskLook({1, MaskLook::Style::Hatch});
    QCOMPARE(colours(inside()).size(), qsizetype(2));
    setMaskLook({1, MaskLook::Style::Solid});
    QCOMPARE(colours(inside()).size(), qsizetype(1));
    const QRgb solid = *colours(inside()).begin();
    QVERIFY(qGreen(solid) > qRed(solid) && qAlpha(solid) < 255);
    setMaskLook({1, MaskLook::Style::Outline});
    QCOMPARE(colours(inside()), QSet<QRgb>{0});
    const QImage edge = maskOverlay(hole, pyramid, view, {0, 0, 80, 80});
    QVERIFY(edge.pixelColor(20, 40).green() > 150 && edge.pixelColor(20, 40).alpha() == 255);
    setMaskLook({});
}

void TestMaskTools::softEdgesReachTheRun()
{
    const auto w = window();
    w->openWithHole(64);
    auto* edge = w->window->findChild<QSpinBox*>(QStringLiteral("soft-edge"));
    edge->setValue(6);
    QTest::keyClick(w->window.get(), Qt::Key_BraceRight);
    QCOMPARE(edge->value(), 7);
    QVERIFY(w->generate());
    const SharedSet filled = w->window->results().filled();
    QCOMPARE(filled->set.recipe.soft_edge, 7);
    const Completion& first = filled->set.completions[0];
    const RenderedCompletion shown = renderCompletion(*filled, 0);
    QCOMPARE(shown.changedSamples, std::size_t(0));
    const Picture hard = composite(filled->request.picture, filled->request.mask, first);
    const Picture soft = composite(filled->request.picture, filled->request.mask, first, 7);
    QVERIFY(!(hard == soft));
    const QImage region = shown.region.display->level(0).convertToFormat(QImage::Format_RGB888);
    for (int y = 0; y < region.height(); ++y)
        QVERIFY(std::equal(region.constScanLine(y), region.constScanLine(y) + 3 * region.width(),
                           soft.row(16 + y) + 3 * 16));
    w->action("undo")->trigger(); // the number, not the hole
    QCOMPARE(edge->value(), 0);
}

QTEST_MAIN(TestMaskTools)
#include "tst_mask_tools.moc"
