// SPDX-License-Identifier: GPL-3.0-or-later
// The tail report of a pool in the window.
#include <QTest>
#include <QToolButton>

#include "tests/ui/window_fixture.h"
#include "ui/appearance/motion.h"
#include "ui/gallery/gallery_side.h"
#include "ui/tail/tail_sheet.h"

using namespace lacuna;
using namespace lacuna::ui;

class TestTailReport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        loadResources();
        applyTheme(ThemeChoice::Light);
        setMotion(false);
    }
    void init()
    {
        f_ = std::make_unique<WindowFixture>();
        QVERIFY(f_->show());
        f_->openWithHole();
    }
    void cleanup() { f_->window.reset(); }
    void saysWhatTheEngineSays();
    void fewCandidatesTellNothing();
    void closesByKeyAndButton();
    void followsAGrowingPool();

private:
    TailSheet& sheet() const { return f_->window->tail(); }
    bool explore(int pool)
    {
        f_->window->parameters().setPool(pool);
        f_->window->parameters().setDial(0);
        return f_->generate();
    }
    QToolButton* button() const { return f_->window->gallery().side().tailButton(); }

    std::unique_ptr<WindowFixture> f_;
};

void TestTailReport::saysWhatTheEngineSays()
{
    QVERIFY(!f_->action("tail")->isEnabled());
    QVERIFY(explore(100));
    QVERIFY(button()->isVisible());
    QTest::mouseClick(button(), Qt::LeftButton);
    QVERIFY(sheet().isVisible());
    QVERIFY(sheet().sentence().contains(QStringLiteral("100")));
    QTRY_VERIFY_WITH_TIMEOUT(sheet().report().has_value(), 60000);
    const CandidatePool& pool = *f_->window->results().filled()->set.pool;
    const TailReport expected = tail_report(FeatureRows(pool.features, pool.columns));
    QCOMPARE(sheet().sentence(), QString::fromStdString(expected.sentence));
    QVERIFY(sheet().sentence().startsWith(QStringLiteral("Heavy tail"))
            || sheet().sentence().startsWith(QStringLiteral("Two large groups"))
            || sheet().sentence().startsWith(QStringLiteral("No heavy tail")));
    QVERIFY(sheet().figures().contains(QString::number(expected.gaussian_high, 'f', 1)));
    const auto* chart = sheet().findChild<TailChart*>();
    QVERIFY(chart->bins() > 0);
    QVERIFY(chart->accessibleName().contains(QStringLiteral("100 candidates")));
}

void TestTailReport::fewCandidatesTellNothing()
{
    QVERIFY(explore(12));
    f_->action("tail")->trigger();
    QTRY_VERIFY(sheet().report().has_value());
    QVERIFY(sheet().sentence().startsWith(QStringLiteral("Too few candidates")));
    QVERIFY(sheet().figures().isEmpty());
    QCOMPARE(sheet().findChild<TailChart*>()->bins(), 0);
}

void TestTailReport::closesByKeyAndButton()
{
    QVERIFY(explore(12));
    f_->action("tail")->trigger();
    QVERIFY(sheet().isVisible());
    QVERIFY(sheet().isAncestorOf(QApplication::focusWidget()));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QVERIFY(!sheet().isVisible());
    f_->action("tail")->trigger();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space); // the close button has the keyboard
    QVERIFY(!sheet().isVisible());
    f_->action("tail")->trigger();
    QVERIFY(explore(12)); // another run
    QVERIFY(!sheet().isVisible());
}

void TestTailReport::followsAGrowingPool()
{
    f_->script->holdAfter = 10;
    f_->window->parameters().setPool(40);
    f_->window->parameters().setDial(0);
    f_->action("generate")->trigger();
    QTRY_COMPARE(f_->window->gallery().model().count(), 10);
    f_->action("tail")->trigger();
    QTRY_VERIFY(sheet().report() && sheet().report()->candidates == 10);
    f_->script->holdAfter = 1000;
    QTRY_VERIFY_WITH_TIMEOUT(sheet().report() && sheet().report()->candidates == 40, 60000);
}

QTEST_MAIN(TestTailReport)
#include "tst_tail_report.moc"
