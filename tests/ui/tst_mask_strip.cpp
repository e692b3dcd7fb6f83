// SPDX-License-Identifier: GPL-3.0-or-later
// The line of mask tools in narrow windows.
#include <QLayout>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

#include "tests/ui/window_fixture.h"
#include "ui/mask/mask_strip.h"

using namespace lacuna;
using namespace lacuna::ui;

class TestMaskStrip : public QObject {
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
        f_->openWithHole();
    }
    void cleanup() { f_.reset(); }
    void nothingIsFoldedInWideWindows();
    void whatHasNoRoomIsInASheet();
    void theSheetWorksByKeyboard();
    void toolsWithLittleFoldLess();

private:
    template <class T> T* part(const char* name) const
    {
        return f_->window->findChild<T*>(QLatin1String(name));
    }
    QToolButton* more() const { return part<QToolButton>("mask-more"); }
    bool inSheet(const char* name) const
    {
        return part<QWidget>("mask-sheet")->isAncestorOf(part<QWidget>(name));
    }
    std::unique_ptr<WindowFixture> f_;
};

void TestMaskStrip::nothingIsFoldedInWideWindows()
{
    QVERIFY(!more()->isVisible());
    for (const char* name : {"pen-pressure", "soft-edge", "grow-by"})
        QVERIFY(part<QWidget>(name)->isVisible() && !inSheet(name));
}

void TestMaskStrip::whatHasNoRoomIsInASheet()
{
    const auto places = [this] {
        std::vector<int> all;
        for (const char* name : {"brush-size", "pen-pressure", "soft-edge", "grow-by"})
            all.push_back(part<QWidget>(name)->mapTo(f_->window.get(), QPoint()).x());
        return all;
    };
    const std::vector<int> before = places();
    f_->window->resize(1024, 700);
    QTRY_VERIFY(more()->isVisible());
    QCOMPARE(f_->window->width(), 1024);
    QVERIFY(inSheet("grow-by") && !inSheet("pen-pressure"));
    const auto* strip = f_->window->findChild<MaskStrip*>();
    QVERIFY(strip->layout()->minimumSize().width() <= strip->width());
    f_->window->resize(1440, 900);
    QTRY_VERIFY(!more()->isVisible());
    QVERIFY(!inSheet("grow-by"));
    QTRY_COMPARE(places(), before);
}

void TestMaskStrip::theSheetWorksByKeyboard()
{
    f_->window->resize(1024, 700);
    QTRY_VERIFY(more()->isVisible());
    QVERIFY(!more()->accessibleName().isEmpty());
    f_->window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(f_->window.get()));
    more()->setFocus();
    QTest::keyClick(more(), Qt::Key_Space);
    auto* sheet = part<QWidget>("mask-sheet");
    QVERIFY(sheet->isVisible());
    QSpinBox* border = part<QSpinBox>("grow-by");
    QTest::keyClick(border, Qt::Key_Up);
    QCOMPARE(border->value(), 5);
    const std::size_t hole = f_->window->document().holePixels();
    for (QToolButton* button : sheet->findChildren<QToolButton*>())
        if (button->defaultAction() == f_->action("grow"))
            QTest::keyClick(button, Qt::Key_Space);
    QTRY_VERIFY(f_->window->document().holePixels() > hole);
    QTest::keyClick(sheet, Qt::Key_Escape);
    QVERIFY(!sheet->isVisible());
    QVERIFY(more()->hasFocus());
}

void TestMaskStrip::toolsWithLittleFoldLess()
{
    f_->window->resize(1180, 700);
    QTRY_VERIFY(more()->isVisible());
    f_->action("bucket")->trigger(); // no size, no pen
    QVERIFY(!more()->isVisible());
    f_->action("brush")->trigger();
    QVERIFY(more()->isVisible());
}

QTEST_MAIN(TestMaskStrip)
#include "tst_mask_strip.moc"
