// SPDX-License-Identifier: GPL-3.0-or-later
// Comparing the completion on the canvas with the picture.
#include <QSignalSpy>
#include <QTest>

#include "tests/ui/canvas_fixture.h"
#include "tests/ui/window_fixture.h"
#include "ui/appearance/segments.h"
#include "ui/canvas/canvas_header.h"

using namespace lacuna;
using namespace lacuna::ui;

class TestCompare : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        loadResources();
        applyTheme(ThemeChoice::Light);
    }
    void sliderParts();
    void sliderFollowsTheMouse();
    void differenceIsBlackWhereNothingChanged();
    void blinkShowsBothInTurn();
    void holdingTheOriginalComesFirst();
    void actionsAndSegmentsAgree();
    void theProofShowsItsDifference();
};

namespace {

constexpr QRect filledPart{100, 50, 100, 100};
constexpr int filledLevel = 200;

/// A canvas on which a grey square is filled in.
struct Comparing : CanvasFixture {
    bool show()
    {
        if (!CanvasFixture::show())
            return false;
        canvas.setTool(Tool::Pan); // no brush outline
        const Picture grey =
            make_picture(filledPart.width(), filledPart.height(), 3, 8, [](std::uint8_t* to) {
                std::fill(to, to + 3 * filledPart.width() * filledPart.height(), std::uint8_t(filledLevel));
            });
        canvas.showCompletion({filledPart.topLeft(), std::make_shared<const Pyramid>(grey)});
        return true;
    }
    QColor colourAt(QPoint pixel) { return canvas.grab().toImage().pixelColor(at(pixel)); }
    static QColor original(QPoint p) { return {p.x() % 256, p.y() % 256, (p.x() + p.y()) % 256}; }
    static QColor filled() { return {filledLevel, filledLevel, filledLevel}; }
};

constexpr QPoint leftInside{110, 60}, rightInside{190, 60}, outside{20, 20};

} // namespace

void TestCompare::sliderParts()
{
    Comparing c;
    QVERIFY(c.show());
    QCOMPARE(c.colourAt(leftInside), Comparing::filled());
    c.canvas.setCompare(Compare::Split);
    QCOMPARE(c.canvas.splitX(), CanvasFixture::canvasSize.width() / 2.0);
    QCOMPARE(c.colourAt(leftInside), Comparing::original(leftInside));
    QCOMPARE(c.colourAt(rightInside), Comparing::filled());
    QCOMPARE(c.colourAt(outside), Comparing::original(outside));
    c.canvas.showOriginal();
    QCOMPARE(c.colourAt(rightInside), Comparing::original(rightInside));
}

void TestCompare::sliderFollowsTheMouse()
{
    Comparing c;
    QVERIFY(c.show());
    c.canvas.setTool(Tool::Brush);
    c.canvas.setCompare(Compare::Split);
    const QPoint line(int(c.canvas.splitX()), 250);
    c.drag({line, {line.x() - 40, 250}, {60, 250}});
    QCOMPARE(c.canvas.splitX(), 60.0);
    QCOMPARE(c.document.holePixels(), std::size_t(0)); // it did not paint
    QCOMPARE(c.colourAt(leftInside), Comparing::filled());
    c.drag({{60, 250}, {-500, 250}}); // the line can still be reached
    QVERIFY(c.canvas.splitX() > 0);
}

void TestCompare::differenceIsBlackWhereNothingChanged()
{
    Comparing c;
    QVERIFY(c.show());
    c.canvas.setCompare(Compare::Difference);
    QCOMPARE(c.colourAt(outside), QColor(Qt::black));
    const QColor before = Comparing::original(leftInside);
    QCOMPARE(c.colourAt(leftInside),
             QColor(std::abs(filledLevel - before.red()), std::abs(filledLevel - before.green()),
                    std::abs(filledLevel - before.blue())));
}

void TestCompare::blinkShowsBothInTurn()
{
    Comparing c;
    QVERIFY(c.show());
    c.canvas.setCompare(Compare::Blink);
    QTRY_COMPARE(c.colourAt(leftInside), Comparing::original(leftInside));
    QTRY_COMPARE(c.colourAt(leftInside), Comparing::filled());
    c.canvas.setCompare(Compare::Off);
    QCOMPARE(c.colourAt(leftInside), Comparing::filled());
}

void TestCompare::holdingTheOriginalComesFirst()
{
    Comparing c;
    QVERIFY(c.show());
    for (const Compare mode : {Compare::Off, Compare::Split, Compare::Difference, Compare::Blink}) {
        c.canvas.setCompare(mode);
        c.canvas.setOriginalHeld(true);
        QCOMPARE(c.colourAt(rightInside), Comparing::original(rightInside));
        QCOMPARE(c.colourAt(outside), Comparing::original(outside));
        c.canvas.setOriginalHeld(false);
    }
}

void TestCompare::actionsAndSegmentsAgree()
{
    WindowFixture f;
    QVERIFY(f.show());
    QVERIFY(!f.action("compare-split")->isEnabled());
    f.openWithHole();
    QVERIFY(f.generate());
    Segments& modes = f.window->findChild<CanvasHeader*>()->compare();
    QVERIFY(modes.isVisible());
    f.window->canvas().setFocus();
    QTest::keyClick(&f.window->canvas(), Qt::Key_V);
    QCOMPARE(f.window->canvas().compare(), Compare::Split);
    QVERIFY(modes.button(int(Compare::Split))->isChecked());
    QTest::mouseClick(modes.button(int(Compare::Difference)), Qt::LeftButton);
    QCOMPARE(f.window->canvas().compare(), Compare::Difference);
    QVERIFY(f.action("compare-difference")->isChecked() && !f.action("compare-split")->isChecked());
    QTest::keyClick(&f.window->canvas(), Qt::Key_D);
    QCOMPARE(f.window->canvas().compare(), Compare::Off);
    QVERIFY(modes.button(int(Compare::Off))->isChecked());
}

/// The badge that counts changed samples leads to the picture of the difference, by mouse and by keyboard.
void TestCompare::theProofShowsItsDifference()
{
    WindowFixture f;
    QVERIFY(f.show());
    f.openWithHole();
    QVERIFY(f.generate());
    auto* proof = f.window->findChild<Badge*>(QStringLiteral("proof"));
    QTRY_VERIFY(proof->isVisible() && proof->text().startsWith(QStringLiteral("0 of ")));
    QTest::mouseClick(proof, Qt::LeftButton);
    QCOMPARE(f.window->canvas().compare(), Compare::Difference);
    f.window->canvas().setCompare(Compare::Off);
    proof->setFocus();
    QTest::keyClick(proof, Qt::Key_Return);
    QCOMPARE(f.window->canvas().compare(), Compare::Difference);
}

QTEST_MAIN(TestCompare)
#include "tst_compare.moc"
