// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <algorithm>
#include <cmath>

#include "tests/ui/canvas_fixture.h"
#include "ui/appearance/theme.h"

using namespace lacuna;
using namespace lacuna::ui;

namespace {

constexpr QSize pictureSize = CanvasFixture::pictureSize;

double squared(double value)
{
    return value * value;
}

/// Distance from a point to a segment, by projection: not the way the canvas computes it.
double distanceTo(QPointF point, QPointF a, QPointF b)
{
    const QPointF d = b - a;
    const double length2 = QPointF::dotProduct(d, d);
    const double t = length2 == 0 ? 0 : std::clamp(QPointF::dotProduct(point - a, d) / length2, 0.0, 1.0);
    const QPointF nearest = a + t * d;
    return std::sqrt(squared(point.x() - nearest.x()) + squared(point.y() - nearest.y()));
}

/// The pixels whose centre the disc covers somewhere on its way along the path.
Mask sweptDisc(const QPolygonF& path, double radius, QSize size)
{
    Mask mask(size.width(), size.height());
    for (int y = 0; y < size.height(); ++y)
        for (int x = 0; x < size.width(); ++x)
            for (qsizetype i = 0; i < path.size(); ++i)
                if (distanceTo({x + 0.5, y + 0.5}, path[std::max<qsizetype>(0, i - 1)], path[i]) <= radius)
                    mask.values[std::size_t(y) * size.width() + x] = 255;
    return mask;
}

Mask minus(Mask mask, const Mask& other)
{
    for (std::size_t i = 0; i < mask.values.size(); ++i)
        if (other.values[i])
            mask.values[i] = 0;
    return mask;
}

Mask filled(QSize size)
{
    Mask mask(size.width(), size.height());
    std::fill(mask.values.begin(), mask.values.end(), std::uint8_t(255));
    return mask;
}

} // namespace

class TestCanvas : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(ThemeChoice::Light); }
    void init()
    {
        f_ = std::make_unique<CanvasFixture>();
        QVERIFY(f_->show());
    }
    void cleanup() { f_.reset(); }
    void strokeGivesTheSweptDisc_data();
    void strokeGivesTheSweptDisc();
    void smallestBrushPaintsThePixelUnderTheCursor();
    void eraserMakesKnown();
    void rightDragErasesWithAnyTool_data();
    void rightDragErasesWithAnyTool();
    void shiftClickDrawsAStraightLine();
    void rectangleCoversBothCorners();
    void lassoFillsWhatItWindsAround();
    void escapeDropsAStroke();
    void undoAndRedoRestoreEveryByte();
    void invertAllAndClear();

private:
    std::unique_ptr<CanvasFixture> f_;
};

void TestCanvas::strokeGivesTheSweptDisc_data()
{
    QTest::addColumn<QList<QPoint>>("path");
    QTest::addColumn<double>("zoom");
    QTest::addColumn<int>("brush");
    QTest::newRow("one click") << QList<QPoint>{{200, 150}} << 1.0 << 25;
    QTest::newRow("two pixels") << QList<QPoint>{{200, 150}, {233, 161}} << 1.0 << 2;
    QTest::newRow("level") << QList<QPoint>{{120, 150}, {260, 150}} << 1.0 << 25;
    QTest::newRow("upright") << QList<QPoint>{{200, 90}, {200, 210}} << 1.0 << 24;
    QTest::newRow("slanted, turning back")
        << QList<QPoint>{{120, 110}, {231, 173}, {150, 190}, {133, 97}} << 1.0 << 31;
    QTest::newRow("over the border") << QList<QPoint>{{60, 60}, {40, 120}, {390, 240}} << 1.0 << 40;
    QTest::newRow("zoomed in") << QList<QPoint>{{120, 110}, {231, 173}} << 3.7 << 17;
    QTest::newRow("zoomed out") << QList<QPoint>{{180, 140}, {221, 163}} << 0.31 << 43;
}

void TestCanvas::strokeGivesTheSweptDisc()
{
    QFETCH(QList<QPoint>, path);
    QFETCH(double, zoom);
    QFETCH(int, brush);
    f_->canvas.zoomTo(zoom);
    f_->canvas.setBrushSize(brush);
    f_->drag(path);
    const Mask expected = sweptDisc(f_->inPicture(path), brush / 2.0, pictureSize);
    QVERIFY(expected.hole_pixels() > 0);
    QCOMPARE(f_->document.mask().hole_pixels(), expected.hole_pixels());
    QVERIFY(f_->document.mask() == expected);
    QCOMPARE(f_->document.holePixels(), expected.hole_pixels());
}

void TestCanvas::smallestBrushPaintsThePixelUnderTheCursor()
{
    f_->canvas.setBrushSize(1);
    f_->drag({{200, 150}});
    const QPointF at = f_->pictureAt({200, 150});
    Mask expected(pictureSize.width(), pictureSize.height());
    expected.values[std::size_t(at.y()) * pictureSize.width() + std::size_t(at.x())] = 255;
    QVERIFY(f_->document.mask() == expected);
    f_->drag({{200, 150}, {240, 163}}); // a line without gaps: one pixel in each column at least
    QVERIFY(f_->document.holePixels() >= 41);
    QVERIFY(f_->document.holePixels() <= 55);
}

void TestCanvas::eraserMakesKnown()
{
    f_->document.fillMask(true);
    f_->canvas.setTool(Tool::Eraser);
    const QList<QPoint> path{{120, 110}, {231, 173}};
    f_->drag(path);
    QVERIFY(f_->document.mask()
            == minus(filled(pictureSize), sweptDisc(f_->inPicture(path), 12.5, pictureSize)));
}

void TestCanvas::rightDragErasesWithAnyTool_data()
{
    QTest::addColumn<Tool>("tool");
    QTest::newRow("brush") << Tool::Brush;
    QTest::newRow("eraser") << Tool::Eraser;
    QTest::newRow("rectangle") << Tool::Rectangle;
    QTest::newRow("lasso") << Tool::Lasso;
}

void TestCanvas::rightDragErasesWithAnyTool()
{
    QFETCH(Tool, tool);
    f_->document.fillMask(true);
    f_->canvas.setTool(tool);
    f_->drag({{120, 110}, {231, 120}, {231, 173}, {120, 173}}, Qt::RightButton);
    QVERIFY(f_->document.holePixels() < f_->document.mask().values.size());
    QVERIFY(f_->document.holePixels() > 0);
}

void TestCanvas::shiftClickDrawsAStraightLine()
{
    const QList<QPoint> ends{{110, 100}, {270, 190}};
    f_->drag({ends[0]});
    f_->drag({ends[1]}, Qt::LeftButton, Qt::ShiftModifier);
    QVERIFY(f_->document.mask() == sweptDisc(f_->inPicture(ends), 12.5, pictureSize));
}

void TestCanvas::rectangleCoversBothCorners()
{
    f_->canvas.setTool(Tool::Rectangle);
    f_->drag({f_->at({120, 90}), f_->at({40, 10}), f_->at({20, 30})}); // from below right to above left
    Mask expected(pictureSize.width(), pictureSize.height());
    for (int y = 30; y <= 90; ++y)
        for (int x = 20; x <= 120; ++x)
            expected.values[std::size_t(y) * pictureSize.width() + x] = 255;
    QVERIFY(f_->document.mask() == expected);
}

void TestCanvas::lassoFillsWhatItWindsAround()
{
    f_->canvas.setTool(Tool::Lasso);
    const QList<QPoint> path{{100, 80}, {260, 97}, {243, 201}, {141, 183}, {301, 122}, {83, 140}};
    f_->drag(path);
    const QPolygonF polygon = f_->inPicture(path);
    Mask expected(pictureSize.width(), pictureSize.height());
    for (int y = 0; y < pictureSize.height(); ++y)
        for (int x = 0; x < pictureSize.width(); ++x)
            if (polygon.containsPoint({x + 0.5, y + 0.5}, Qt::WindingFill))
                expected.values[std::size_t(y) * pictureSize.width() + x] = 255;
    QVERIFY(expected.hole_pixels() > 0);
    QVERIFY(f_->document.mask() == expected);
}

void TestCanvas::escapeDropsAStroke()
{
    f_->drag({{120, 110}});
    const Mask before = f_->document.mask();
    QTest::mousePress(&f_->canvas, Qt::LeftButton, {}, {200, 150});
    QVERIFY(!(f_->document.mask() == before));
    QTest::keyClick(&f_->canvas, Qt::Key_Escape);
    QTest::mouseRelease(&f_->canvas, Qt::LeftButton, {}, {220, 150});
    QVERIFY(f_->document.mask() == before);
    QCOMPARE(f_->document.holePixels(), before.hole_pixels());
}

void TestCanvas::undoAndRedoRestoreEveryByte()
{
    std::vector<Mask> states{f_->document.mask()};
    const auto done = [&] { states.push_back(f_->document.mask()); };
    f_->drag({{120, 110}, {231, 173}});
    done();
    f_->drag({{150, 90}, {150, 200}}, Qt::RightButton);
    done();
    f_->document.invertMask();
    done();
    f_->canvas.setTool(Tool::Rectangle);
    f_->drag({{100, 100}, {220, 180}});
    done();
    f_->document.fillMask(false);
    done();
    for (int i = int(states.size()) - 1; i > 0; --i) {
        QVERIFY(f_->document.mask() == states[std::size_t(i)]);
        QVERIFY(f_->document.canUndo());
        f_->document.undo();
    }
    QVERIFY(f_->document.mask() == states.front());
    QVERIFY(!f_->document.canUndo());
    for (std::size_t i = 1; i < states.size(); ++i) {
        f_->document.redo();
        QVERIFY(f_->document.mask() == states[i]);
        QCOMPARE(f_->document.holePixels(), states[i].hole_pixels());
    }
    QVERIFY(!f_->document.canRedo());
}

void TestCanvas::invertAllAndClear()
{
    f_->drag({{120, 110}, {231, 173}});
    const Mask painted = f_->document.mask();
    f_->document.invertMask();
    QVERIFY(f_->document.mask() == minus(filled(pictureSize), painted));
    f_->document.fillMask(true);
    QVERIFY(f_->document.mask() == filled(pictureSize));
    QCOMPARE(f_->document.coverage(), 1.0);
    f_->document.fillMask(false);
    QVERIFY(f_->document.mask() == Mask(pictureSize.width(), pictureSize.height()));
    QCOMPARE(f_->document.coverage(), 0.0);
}

QTEST_MAIN(TestCanvas)
#include "tst_canvas.moc"
