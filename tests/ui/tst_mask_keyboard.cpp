// SPDX-License-Identifier: GPL-3.0-or-later
// Holes made by keys and numbers alone.
#include <QAccessible>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

#include "engine/core/atomic_file.h"
#include "engine/core/mask_distance.h"
#include "engine/scenes/worlds/world.h"
#include "tests/ui/mask_test.h"
#include "ui/mask/mask_tools.h"

using namespace lacuna;
using namespace lacuna::ui;

class TestMaskKeyboard : public MaskTest {
    Q_OBJECT

private Q_SLOTS:
    void numbersOfTheStripAreThoseOfTheTool();
    void keysAloneMakeShapes_data();
    void keysAloneMakeShapes();
    void keysAlonePaintAndErase();
    void theKeyboardCursorIsSpoken();
    void theKeyboardCursorStaysInView();
    void escDropsWhatKeysBegan();
    void hiddenMasksAppearWhenTheyAreEdited();

private:
    void putCursor(QPoint pixel);
};

void TestMaskKeyboard::numbersOfTheStripAreThoseOfTheTool()
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

void TestMaskKeyboard::putCursor(QPoint pixel)
{
    f_->canvas.setKeyboardCursor(true);
    key(Qt::Key_Left, Qt::ShiftModifier, 40);
    key(Qt::Key_Up, Qt::ShiftModifier, 30);
    key(Qt::Key_Right, Qt::ShiftModifier, pixel.x() / 10);
    key(Qt::Key_Right, {}, pixel.x() % 10);
    key(Qt::Key_Down, Qt::ShiftModifier, pixel.y() / 10);
    key(Qt::Key_Down, {}, pixel.y() % 10);
}

void TestMaskKeyboard::keysAloneMakeShapes_data()
{
    QTest::addColumn<Tool>("tool");
    QTest::addColumn<Qt::Key>("press");
    QTest::newRow("rectangle, space") << Tool::Rectangle << Qt::Key_Space;
    QTest::newRow("ellipse, enter") << Tool::Ellipse << Qt::Key_Return;
    QTest::newRow("polygon") << Tool::Polygon << Qt::Key_Space;
}

void TestMaskKeyboard::keysAloneMakeShapes()
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

void TestMaskKeyboard::keysAlonePaintAndErase()
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

void TestMaskKeyboard::theKeyboardCursorIsSpoken()
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

void TestMaskKeyboard::theKeyboardCursorStaysInView()
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

void TestMaskKeyboard::escDropsWhatKeysBegan()
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

void TestMaskKeyboard::hiddenMasksAppearWhenTheyAreEdited()
{
    f_->canvas.setMaskShown(false);
    QVERIFY(!f_->canvas.maskShown());
    QTest::mouseClick(&f_->canvas, Qt::LeftButton, {}, f_->at({50, 50}));
    QVERIFY(f_->canvas.maskShown());
}

QTEST_MAIN(TestMaskKeyboard)
#include "moc_mask_test.cpp"
#include "tst_mask_keyboard.moc"
