// SPDX-License-Identifier: GPL-3.0-or-later
#include <QPaintEvent>
#include <QTest>

#include <cmath>

#include "tests/ui/canvas_fixture.h"
#include "ui/appearance/theme.h"
#include "ui/canvas/stroke_benchmark.h"

using namespace lacuna;
using namespace lacuna::ui;

class TestCanvasView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(ThemeChoice::Light); }
    void init()
    {
        f_ = std::make_unique<CanvasFixture>();
        QVERIFY(f_->show());
    }
    void cleanup() { f_.reset(); }
    void zoomKeepsThePixelUnderTheCursor_data();
    void zoomKeepsThePixelUnderTheCursor();
    void fitShowsTheWholePicture();
    void panning_data();
    void panning();
    void altWheelChangesTheBrush();
    void strokeRepaintsOnlyWhatChanged();
    void overlayIsDrawnAndHidden();
    void largePictureStaysFast();

private:
    std::unique_ptr<CanvasFixture> f_;
};

void TestCanvasView::zoomKeepsThePixelUnderTheCursor_data()
{
    QTest::addColumn<QPoint>("where");
    QTest::addColumn<int>("notches");
    QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
    for (const QPoint where : {QPoint(200, 150), QPoint(77, 91), QPoint(331, 222)})
        for (const int notches : {1, 3, 9, -1, -4}) {
            QTest::addRow("%d,%d by %d", where.x(), where.y(), notches)
                << where << notches << Qt::KeyboardModifiers(Qt::NoModifier);
            QTest::addRow("%d,%d by %d with Ctrl", where.x(), where.y(), notches)
                << where << notches << Qt::KeyboardModifiers(Qt::ControlModifier);
        }
}

void TestCanvasView::zoomKeepsThePixelUnderTheCursor()
{
    QFETCH(QPoint, where);
    QFETCH(int, notches);
    QFETCH(Qt::KeyboardModifiers, modifiers);
    const QPointF before = f_->pictureAt(where);
    const double zoom = f_->canvas.view().zoom();
    f_->turnWheel(where, notches, modifiers);
    QCOMPARE(f_->canvas.view().zoom() > zoom, notches > 0);
    const QPointF after = f_->pictureAt(where);
    QVERIFY2(std::abs(after.x() - before.x()) < 1e-6 && std::abs(after.y() - before.y()) < 1e-6,
             "the same point of the picture lies under the cursor");
}

void TestCanvasView::fitShowsTheWholePicture()
{
    f_->canvas.zoomTo(20, {10, 10});
    f_->canvas.zoomToFit();
    const QRectF shown = f_->canvas.view().toWidget(QRectF(QPointF(0, 0), CanvasFixture::pictureSize));
    QVERIFY(QRectF(f_->canvas.rect()).contains(shown));
    f_->canvas.resize(200, 160);
    QVERIFY(QRectF(f_->canvas.rect())
                .contains(f_->canvas.view().toWidget(QRectF(QPointF(0, 0), CanvasFixture::pictureSize))));
}

void TestCanvasView::panning_data()
{
    QTest::addColumn<QString>("how");
    QTest::newRow("middle drag") << QStringLiteral("middle");
    QTest::newRow("Space and drag") << QStringLiteral("space");
    QTest::newRow("pan tool") << QStringLiteral("tool");
    QTest::newRow("arrow key") << QStringLiteral("arrow");
}

void TestCanvasView::panning()
{
    QFETCH(QString, how);
    const QPointF before = f_->canvas.view().origin();
    if (how == u"middle") {
        f_->drag({{100, 100}, {130, 80}}, Qt::MiddleButton);
    } else if (how == u"space") {
        QTest::keyPress(&f_->canvas, Qt::Key_Space);
        f_->drag({{100, 100}, {130, 80}});
        QTest::keyRelease(&f_->canvas, Qt::Key_Space);
    } else if (how == u"tool") {
        f_->canvas.setTool(Tool::Pan);
        f_->drag({{100, 100}, {130, 80}});
    } else {
        QTest::keyClick(&f_->canvas, Qt::Key_Right);
        QVERIFY(f_->canvas.view().origin().x() < before.x());
        QCOMPARE(f_->document.holePixels(), std::size_t(0));
        return;
    }
    QCOMPARE(f_->canvas.view().origin() - before, QPointF(30, -20));
    QCOMPARE(f_->document.holePixels(), std::size_t(0));
}

void TestCanvasView::altWheelChangesTheBrush()
{
    const double zoom = f_->canvas.view().zoom();
    f_->turnWheel({200, 150}, 1, Qt::AltModifier);
    QVERIFY(f_->canvas.brushSize() > 25);
    f_->turnWheel({200, 150}, -3, Qt::AltModifier);
    QVERIFY(f_->canvas.brushSize() < 25);
    QCOMPARE(f_->canvas.view().zoom(), zoom);
    f_->canvas.setBrushSize(1);
    f_->canvas.growBrush(-5);
    QCOMPARE(f_->canvas.brushSize(), 1);
    f_->canvas.growBrush(1);
    QCOMPARE(f_->canvas.brushSize(), 2);
}

/// Notes the area of every paint event.
class PaintArea : public QObject {
public:
    QRegion area{};

protected:
    bool eventFilter(QObject*, QEvent* event) override
    {
        if (event->type() == QEvent::Paint)
            area += static_cast<QPaintEvent*>(event)->region();
        return false;
    }
};

void TestCanvasView::strokeRepaintsOnlyWhatChanged()
{
    f_->canvas.repaint();
    PaintArea watcher;
    f_->canvas.installEventFilter(&watcher);
    f_->drag({{200, 150}, {203, 151}});
    QTRY_VERIFY(!watcher.area.isEmpty());
    const QRect allowed = QRect(QPoint(200, 150), QPoint(203, 151)).adjusted(-25, -25, 25, 25);
    QVERIFY2(allowed.contains(watcher.area.boundingRect()), "no more than the stroke and the brush outline");
}

void TestCanvasView::overlayIsDrawnAndHidden()
{
    const QImage plain = f_->canvas.grab().toImage();
    f_->document.fillMask(true);
    const QImage covered = f_->canvas.grab().toImage();
    QVERIFY(covered.pixel(200, 150) != plain.pixel(200, 150));
    QCOMPARE(covered.pixel(3, 3), plain.pixel(3, 3)); // beside the picture
    f_->canvas.setMaskShown(false);
    QCOMPARE(f_->canvas.grab().toImage(), plain);
}

void TestCanvasView::largePictureStaysFast()
{
    const StrokeLatency latency = measureStrokeLatency(8000);
    QVERIFY(latency.events > 500);
    QVERIFY2(latency.paints >= latency.events, "every event was followed by a repaint");
    QVERIFY2(latency.p99 < 8, qPrintable(QStringLiteral("p99 is %1 ms").arg(latency.p99)));
}

QTEST_MAIN(TestCanvasView)
#include "tst_canvas_view.moc"
