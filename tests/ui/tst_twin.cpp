// SPDX-License-Identifier: GPL-3.0-or-later
// A set that is made a second time from the same noise without guidance, and what is shown of it.
#include <QAbstractButton>
#include <QCheckBox>
#include <QTest>

#include "tests/ui/window_fixture.h"
#include "ui/appearance/segments.h"
#include "ui/canvas/canvas_header.h"
#include "ui/compare/comparison.h"
#include "ui/compare/twin_list.h"

using namespace lacuna;
using namespace lacuna::ui;

class TestTwin : public QObject {
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
        f_->script->plainShift = 4;
    }
    void cleanup() { f_->window.reset(); }
    void isMadeFromTheSameNoiseWithoutGuidance();
    void isNotMadeUnasked();
    void plainSetsHaveNone();
    void stoppingItKeepsTheSet();
    void segmentShowsBoth();
    void listTellsWhatGuidanceChanged();
    void goesWithItsSet();

private:
    QCheckBox* box() const { return f_->window->findChild<QCheckBox*>(QStringLiteral("twin")); }
    Results& results() const { return f_->window->results(); }
    /// True when set and twin are there.
    bool makeBoth()
    {
        box()->setChecked(true);
        return f_->generate() && results().twin();
    }

    std::unique_ptr<WindowFixture> f_;
};

void TestTwin::isMadeFromTheSameNoiseWithoutGuidance()
{
    QVERIFY(makeBoth());
    QCOMPARE(f_->script->runs.load(), 2);
    const Recipe &guided = results().filled()->set.recipe, &plain = results().twin()->set.recipe;
    QVERIFY(guided.eta > 0);
    QCOMPARE(plain.eta, 0.0);
    QCOMPARE(plain.seed, guided.seed);
    QCOMPARE(plain.count, guided.count);
    QVERIFY(f_->sentence().contains(QStringLiteral("completions")));
    QVERIFY(f_->action("generate")->isEnabled());
}

void TestTwin::isNotMadeUnasked()
{
    QVERIFY(f_->generate());
    QCOMPARE(f_->script->runs.load(), 1);
    QVERIFY(!results().twin());
    QVERIFY(!f_->action("compare-twin")->isEnabled());
}

void TestTwin::plainSetsHaveNone()
{
    box()->setChecked(true);
    f_->window->parameters().setDial(0);
    QVERIFY(!box()->isEnabled());
    QVERIFY(f_->generate());
    QCOMPARE(f_->script->runs.load(), 1);
    f_->window->parameters().setDial(50);
    QVERIFY(box()->isEnabled() && box()->isChecked());
}

void TestTwin::stoppingItKeepsTheSet()
{
    box()->setChecked(true);
    connect(&results(), &Results::changed, this, [this] {
        if (results().filled())
            f_->script->steps = 1 << 20; // the twin will not end by itself
    });
    QTest::mouseClick(f_->runButton(), Qt::LeftButton);
    QTRY_COMPARE(f_->script->runs.load(), 2);
    QVERIFY(f_->window->run().running());
    f_->action("stop")->trigger();
    QTRY_VERIFY(!f_->window->run().running());
    QVERIFY(!results().twin());
    QCOMPARE(results().filled()->set.completions.size(), std::size_t(5));
    QVERIFY(results().filled()->set.completions[0].finished);
}

void TestTwin::segmentShowsBoth()
{
    QVERIFY(makeBoth());
    QTRY_VERIFY(f_->window->canvas().completionShown());
    f_->window->gallery().pick(2);
    QAbstractButton* segment = f_->window->findChild<CanvasHeader*>()->compare().button(int(Compare::Twin));
    QVERIFY(segment->isVisible());
    QTest::mouseClick(segment, Qt::LeftButton);
    PaneBoard& board = f_->window->comparison().board();
    QCOMPARE(board.count(), 2);
    QTRY_VERIFY(!board.pane(0)->content().waiting && !board.pane(1)->content().waiting);
    QVERIFY(board.pane(0)->accessibleName().contains(QStringLiteral("without guidance")));
    const auto middle = [](Pane* pane) {
        const QImage image = pane->grab().toImage();
        return image.pixelColor(image.width() / 2, image.height() / 2).red();
    };
    QCOMPARE(middle(board.pane(0)), FakeSession::level(2) + 4);
    QCOMPARE(middle(board.pane(1)), int(FakeSession::level(2)));
    f_->window->gallery().pick(4);
    QTRY_COMPARE(middle(board.pane(0)), FakeSession::level(4) + 4);
}

void TestTwin::listTellsWhatGuidanceChanged()
{
    QVERIFY(makeBoth());
    TwinList& list = f_->window->comparison().twins();
    QTRY_COMPARE(list.count(), 6); // with a heading
    QCOMPARE(list.distance(3), 4.0);
    QCOMPARE(list.item(4)->text(), QStringLiteral("4: moved by 4.0 grey levels"));
    f_->window->canvas().setFocus();
    QTest::keyClick(f_->window.get(), Qt::Key_T);
    QVERIFY(list.isVisible());
    list.setFocus();
    list.setCurrentRow(1);
    QTest::keyClick(&list, Qt::Key_Down);
    QCOMPARE(results().shown(), 1);
    f_->window->gallery().pick(4);
    QCOMPARE(list.currentRow(), 5);
}

void TestTwin::goesWithItsSet()
{
    QVERIFY(makeBoth());
    box()->setChecked(false);
    QVERIFY(f_->generate());
    QVERIFY(!results().twin());
    QVERIFY(!f_->action("compare-twin")->isEnabled());
}

QTEST_MAIN(TestTwin)
#include "tst_twin.moc"
