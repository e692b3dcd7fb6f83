// SPDX-License-Identifier: GPL-3.0-or-later
// Masks of large pictures: what looks at every pixel happens on a thread, and is seen at once all the same.
#include <QTest>
#include <QThreadPool>

#include "tests/ui/window_fixture.h"
#include "ui/mask/mask_tools.h"

using namespace lacuna;
using namespace lacuna::ui;

class TestLargeMask : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        loadResources();
        applyTheme(ThemeChoice::Light);
    }
    void init()
    {
        f_ = std::make_unique<WindowFixture>();
        QVERIFY(f_->show());
        f_->window->document().open(loadedGradient(3000, 2000));
    }
    void cleanup() { f_.reset(); }
    void allOfItChangesOnAThread();
    void anotherOneIsSeenAtOnce();
    void strokesGoOnMeanwhile();

private:
    static constexpr std::size_t all = std::size_t(3000) * 2000;
    Document& document() const { return f_->window->document(); }
    QColor middle() const
    {
        const QImage image = f_->window->canvas().grab().toImage();
        return image.pixelColor(image.width() / 2, image.height() / 2);
    }
    std::unique_ptr<WindowFixture> f_;
};

void TestLargeMask::allOfItChangesOnAThread()
{
    f_->action("mask-all")->trigger();
    QVERIFY(f_->window->maskTools().busy());
    QTRY_COMPARE(document().holePixels(), all);
    f_->action("invert")->trigger();
    QTRY_COMPARE(document().holePixels(), std::size_t(0));
    QCOMPARE(document().mask().hole_pixels(), std::size_t(0));
    f_->action("undo")->trigger();
    QCOMPARE(document().holePixels(), all);
    f_->action("clear")->trigger();
    QTRY_COMPARE(document().holePixels(), std::size_t(0));
    for (int i = 0; i < 3; ++i)
        f_->action("undo")->trigger();
    QCOMPARE(document().mask().hole_pixels(), std::size_t(0));
    QVERIFY(!document().canUndo());
    f_->action("redo")->trigger();
    QCOMPARE(document().mask().hole_pixels(), all);
}

void TestLargeMask::anotherOneIsSeenAtOnce()
{
    const QColor known = middle();
    f_->action("mask-all")->trigger();
    QTRY_COMPARE(document().holePixels(), all);
    const QColor hole = middle();
    QVERIFY(hole != known);
    document().addMask();
    QCOMPARE(middle(), known);
    f_->action("use-mask-1")->trigger();
    QCOMPARE(middle(), hole);
}

void TestLargeMask::strokesGoOnMeanwhile()
{
    f_->action("mask-all")->trigger();
    QTRY_COMPARE(document().holePixels(), all);
    const QColor hole = middle(); // its averages are still made
    document().beginEdit();
    document().addShape(
        [](QSize size, const SpanSink& sink) {
            fillRect({1400, 900, 200, 200}, size, sink);
        },
        false);
    document().endEdit();
    QCOMPARE(document().holePixels(), all - 40000);
    const QColor known = middle();
    QVERIFY(known != hole);
    QThreadPool::globalInstance()->waitForDone();
    QCoreApplication::processEvents();
    QCOMPARE(middle(), known);
}

QTEST_MAIN(TestLargeMask)
#include "tst_large_mask.moc"
