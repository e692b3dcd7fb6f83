// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractButton>
#include <QComboBox>
#include <QElapsedTimer>
#include <QSpinBox>
#include <QTest>
#include <QTimer>

#include <algorithm>

#include "tests/ui/window_fixture.h"
#include "ui/panels/cost_line.h"
#include "ui/panels/distance_graph.h"

using namespace lacuna;
using namespace lacuna::ui;

class TestRun : public QObject {
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
    }
    void cleanup()
    {
        f_->window.reset();
        QVERIFY2(!f_->script->working, "the engine has ended with the window");
    }
    void saysWhyNothingCanBeGenerated();
    void generateGivesFiveCards();
    void generateByKey();
    void previewsAndProgressWhileRunning();
    void stopKeepsPartialResults();
    void stopBySameButton();
    void closeDuringARun_data();
    void closeDuringARun();
    void engineErrorIsAMessage();
    void failedMemberIsAFailedCard();
    void openingAnotherPictureDropsTheRun();
    void usedSeedIsRolledUnlessKept();
    void distancesAreDrawnAndKept();
    void theCostIsToldBeforeTheRun();
    void theTimeLeftHasASpread_data();
    void theTimeLeftHasASpread();
    void shortMemoryIsTold();
    void eventLoopStaysFreeWhileSampling();

private:
    std::unique_ptr<WindowFixture> f_;
};

void TestRun::saysWhyNothingCanBeGenerated()
{
    QVERIFY(!f_->action("generate")->isEnabled());
    QVERIFY(f_->sentence().contains(QStringLiteral("Open a picture")));
    f_->window->document().open(loadedGradient(40, 30));
    QVERIFY(!f_->action("generate")->isEnabled());
    QVERIFY(!f_->runButton()->isEnabled());
    QVERIFY(f_->sentence().contains(QStringLiteral("nothing is marked")));
    f_->action("mask-all")->trigger();
    QTRY_VERIFY(f_->sentence().contains(QStringLiteral("all of it is marked")));
    QVERIFY(!f_->action("generate")->isEnabled());
    f_->action("clear")->trigger();
    f_->window->document().addShape(
        [](QSize bounds, const SpanSink& sink) {
            fillRect({2, 2, 5, 5}, bounds, sink);
        },
        true);
    QTRY_VERIFY(f_->action("generate")->isEnabled());
    QVERIFY(f_->runButton()->isEnabled());
}

void TestRun::generateGivesFiveCards()
{
    f_->openWithHole();
    QVERIFY(f_->generate());
    QCOMPARE(f_->window->gallery().count(), 5);
    QVERIFY(f_->window->gallery().isVisible());
    for (int i = 0; i < 5; ++i) {
        QVERIFY(f_->window->gallery().card(i)->isEnabled());
        QTRY_VERIFY(!f_->window->gallery().card(i)->content().picture.isNull());
        QCOMPARE(f_->window->gallery().card(i)->content().nearestGray, 20.0);
    }
    QCOMPARE(f_->window->results().shown(), 0);
    QTRY_VERIFY(f_->window->canvas().completionShown());
    QVERIFY(f_->action("export")->isEnabled());
}

void TestRun::generateByKey()
{
    f_->openWithHole();
    QTest::keyClick(f_->window.get(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(f_->window->gallery().count(), 5);
    QTRY_VERIFY(!f_->window->run().running());
    QCOMPARE(f_->script->runs.load(), 1);
}

void TestRun::previewsAndProgressWhileRunning()
{
    f_->script->steps = 100'000;
    f_->openWithHole();
    f_->action("generate")->trigger();
    QCOMPARE(f_->window->gallery().count(), 5);
    QVERIFY(f_->window->gallery().card(0)->content().waiting);
    QTRY_VERIFY(!f_->window->gallery().card(4)->content().picture.isNull());
    QVERIFY(f_->window->gallery().card(0)->content().pushed);
    QVERIFY(!f_->window->gallery().card(1)->content().pushed);
    QVERIFY(f_->window->gallery().card(0)->accessibleName().contains(QStringLiteral("pushed now")));
    QVERIFY(f_->sentence().contains(QStringLiteral("Sampling")));
    QVERIFY(f_->sentence().contains(QStringLiteral("500,000"))); // of five completions
    QVERIFY(!f_->action("generate")->isEnabled());
    QVERIFY(f_->action("stop")->isEnabled());
}

void TestRun::stopKeepsPartialResults()
{
    f_->script->steps = 100'000;
    f_->openWithHole();
    f_->action("generate")->trigger();
    QTRY_VERIFY(f_->script->stepsDone > 3);
    QTest::keyClick(f_->window.get(), Qt::Key_Escape);
    QTRY_VERIFY(!f_->window->run().running());
    QCOMPARE(f_->window->gallery().count(), 5);
    QVERIFY(f_->window->gallery().card(2)->content().unfinished);
    QVERIFY(f_->window->gallery().card(2)->isEnabled());
    QVERIFY(f_->sentence().contains(QStringLiteral("Stopped")));
    QVERIFY(f_->action("generate")->isEnabled());
}

void TestRun::stopBySameButton()
{
    f_->script->steps = 100'000;
    f_->openWithHole();
    const QRect place(f_->runButton()->mapToGlobal(QPoint()), f_->runButton()->size());
    QTest::mouseClick(f_->runButton(), Qt::LeftButton);
    QVERIFY(f_->window->run().running());
    QCOMPARE(f_->runButton()->text(), QStringLiteral("Stop"));
    QCOMPARE(QRect(f_->runButton()->mapToGlobal(QPoint()), f_->runButton()->size()), place);
    QTest::mouseClick(f_->runButton(), Qt::LeftButton);
    QTRY_VERIFY(!f_->window->run().running());
    QCOMPARE(f_->runButton()->text(), QStringLiteral("Generate"));
}

void TestRun::closeDuringARun_data()
{
    QTest::addColumn<int>("afterSteps");
    QTest::addColumn<bool>("stopFirst");
    for (const int steps : {0, 1, 2, 5, 11, 23})
        for (const bool stop : {false, true})
            QTest::addRow("after %d steps%s", steps, stop ? ", stopping" : "") << steps << stop;
}

void TestRun::closeDuringARun()
{
    QFETCH(int, afterSteps);
    QFETCH(bool, stopFirst);
    f_->script->steps = 100'000;
    f_->script->stepTime = std::chrono::milliseconds(5);
    f_->openWithHole();
    f_->action("generate")->trigger();
    QTRY_VERIFY(f_->script->stepsDone >= afterSteps);
    if (stopFirst)
        f_->action("stop")->trigger();
    QElapsedTimer clock;
    clock.start();
    const int before = f_->script->stepsDone;
    QVERIFY(f_->window->close());
    f_->window.reset();
    QVERIFY(!f_->script->working);
    QVERIFY2(f_->script->stepsDone <= before + 2, "it ended within a step");
    QVERIFY(clock.elapsed() < 1000);
}

void TestRun::engineErrorIsAMessage()
{
    f_->script->throwAtStep = 3;
    f_->openWithHole();
    QVERIFY(f_->generate());
    QVERIFY(f_->window->messages().isVisible());
    QVERIFY(f_->window->messages().text().contains(QStringLiteral("the fake engine broke")));
    QCOMPARE(f_->window->gallery().count(), 0);
    QVERIFY(f_->action("generate")->isEnabled());
    QVERIFY(!QApplication::activeModalWidget());
    f_->script->throwAtStep = -1;
    QVERIFY(f_->generate());
    QVERIFY2(!f_->window->messages().isVisible(), "a new run takes the old message away");
    QCOMPARE(f_->window->gallery().count(), 5);
}

void TestRun::failedMemberIsAFailedCard()
{
    f_->script->failedMember = 0;
    f_->openWithHole();
    QVERIFY(f_->generate());
    QCOMPARE(f_->window->gallery().count(), 5);
    const GalleryCard* failed = f_->window->gallery().card(0);
    QVERIFY(!failed->isEnabled());
    QVERIFY(failed->content().problem.contains(QStringLiteral("NaN")));
    QVERIFY(failed->accessibleName().contains(QStringLiteral("failed")));
    QVERIFY(f_->window->messages().text().contains(QStringLiteral("Lower eta")));
    QCOMPARE(f_->window->results().shown(), 1);
    f_->window->results().show(0);
    QCOMPARE(f_->window->results().shown(), 1);
    QTest::keyClick(f_->window.get(), Qt::Key_PageUp);
    QCOMPARE(f_->window->results().shown(), 4); // over the failed one
}

void TestRun::openingAnotherPictureDropsTheRun()
{
    f_->script->steps = 100'000;
    f_->openWithHole(64);
    f_->action("generate")->trigger();
    QTRY_VERIFY(f_->script->stepsDone > 2);
    f_->window->document().open(loadedGradient(50, 40));
    QTRY_VERIFY(!f_->window->run().running());
    QCOMPARE(f_->window->gallery().count(), 0);
    QVERIFY(!f_->window->canvas().completionShown());
    QVERIFY(!f_->window->results().filled());
}

void TestRun::usedSeedIsRolledUnlessKept()
{
    f_->openWithHole();
    f_->window->parameters().setSeed(77);
    QVERIFY(f_->generate());
    QCOMPARE(f_->window->results().filled()->request.recipe.seed, std::uint64_t(77));
    QVERIFY(f_->generate());
    const std::uint64_t second = f_->window->results().filled()->request.recipe.seed;
    QVERIFY(second != 77);
    f_->window->findChild<QAbstractButton*>(QStringLiteral("keep-seed"))->setChecked(true);
    QVERIFY(f_->generate());
    QCOMPARE(f_->window->results().filled()->request.recipe.seed, second);
}

void TestRun::distancesAreDrawnAndKept()
{
    const auto* graph = f_->window->findChild<DistanceGraph*>();
    QVERIFY(!graph->isVisible());
    f_->script->steps = 100'000;
    f_->openWithHole();
    f_->action("generate")->trigger();
    QTRY_VERIFY(graph->isVisible());
    QCOMPARE(graph->pushed(), 5);
    QCOMPARE(graph->caption(), QStringLiteral("5 of 5 pushed now"));
    QVERIFY(graph->accessibleDescription().contains(QStringLiteral("The bound is 24 grey levels.")));
    QVERIFY(graph->accessibleDescription().contains(QStringLiteral("Completion 5: 4.0, pushed now.")));
    // Pixels of the accent colour: lines of members that are pushed.
    const auto accents = [graph] {
        const QImage image = const_cast<DistanceGraph*>(graph)->grab().toImage();
        int count = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                count += image.pixelColor(x, y) == theme().accent;
        return count;
    };
    QTRY_VERIFY(accents() > 10);
    f_->action("stop")->trigger();
    QTRY_VERIFY(!f_->window->run().running());
    QVERIFY(graph->isVisible());
    QCOMPARE(graph->pushed(), 0);
    QCOMPARE(graph->caption(), QStringLiteral("at the end"));

    f_->script->steps = 20; // another run begins anew, and all but the first member leave the bound
    QVERIFY(f_->generate());
    QVERIFY(graph->accessibleDescription().contains(
        QStringLiteral("After 20 of 20 evaluations of each completion.")));
    QVERIFY(graph->accessibleDescription().contains(QStringLiteral("Completion 5: 40.")));
    f_->window->document().open(loadedGradient(40, 30));
    QVERIFY(!graph->isVisible());
}

void TestRun::theCostIsToldBeforeTheRun()
{
    const auto* cost = f_->window->findChild<CostLine*>();
    QVERIFY(cost->text().isEmpty());
    f_->openWithHole(64);
    f_->window->parameters().chooseModelOf(QStringLiteral("portraits"));
    QTRY_VERIFY2(cost->text().startsWith(QStringLiteral("500 evaluations;")), qPrintable(cost->text()));
    QVERIFY(cost->text().contains(QStringLiteral("after the first run"))); // nothing is made up
    f_->window->findChild<QSpinBox*>(QStringLiteral("steps"))->setValue(20);
    QTRY_VERIFY(cost->text().startsWith(QStringLiteral("100 evaluations;")));

    f_->script->secondsOfAStep = 0.5; // for five pictures
    QString said;
    connect(&f_->window->run(), &RunController::progressed, this, [&] { said = f_->sentence(); });
    QVERIFY(f_->generate());
    QCOMPARE(said, QStringLiteral("Sampling · 100 of 100 evaluations")); // what was announced
    QTRY_COMPARE(cost->text(), QStringLiteral("100 evaluations, about 10 s here"));
    f_->window->findChild<QSpinBox*>(QStringLiteral("pool"))->setValue(100);
    QTRY_COMPARE(cost->text(), QStringLiteral("2,000 evaluations, about 3 min 20 s here"));
    auto* method = f_->window->findChild<QComboBox*>(QStringLiteral("method"));
    method->setCurrentIndex(method->findData(QStringLiteral("project")));
    QTRY_VERIFY(cost->text().contains(QStringLiteral("after the first run"))); // that was another method
    f_->action("clear")->trigger();
    QTRY_VERIFY(cost->text().isEmpty());
}

void TestRun::theTimeLeftHasASpread_data()
{
    QTest::addColumn<double>("left");
    QTest::addColumn<double>("least");
    QTest::addColumn<double>("most");
    QTest::addColumn<QString>("text");
    QTest::newRow("not known") << -1.0 << -1.0 << -1.0 << QString();
    QTest::newRow("no spread") << 8.0 << -1.0 << -1.0 << QStringLiteral("about 8 s left");
    QTest::newRow("seconds") << 41.0 << 34.0 << 51.0 << QStringLiteral("about 40 s left, 35 s to 50 s");
    QTest::newRow("certain") << 41.0 << 40.5 << 41.5 << QStringLiteral("about 40 s left");
    QTest::newRow("minutes") << 131.0 << 100.0 << 181.0
                             << QStringLiteral("about 2 min 10 s left, 1 min 40 s to 3 min");
    QTest::newRow("hours") << 12000.0 << 9000.0 << 14500.0
                           << QStringLiteral("about 3 h 20 min left, 2 h 30 min to 4 h");
    QTest::newRow("nearly done") << 0.1 << 0.0 << 0.3 << QStringLiteral("about 1 s left");
}

void TestRun::theTimeLeftHasASpread()
{
    QFETCH(double, left);
    QFETCH(double, least);
    QFETCH(double, most);
    QTEST(remainingText(left, least, most), "text");
}

void TestRun::shortMemoryIsTold()
{
    f_->script->note = "Memory is short: the model is given 2 pictures at a time.";
    f_->openWithHole();
    QVERIFY(f_->generate());
    QVERIFY(f_->window->messages().isVisible());
    QVERIFY(f_->window->messages().text().contains(QStringLiteral("2 pictures at a time")));
    QCOMPARE(f_->window->gallery().count(), 5);
}

void TestRun::eventLoopStaysFreeWhileSampling()
{
    f_->script->flood = true;
    f_->script->steps = 600;
    f_->openWithHole(512);
    f_->action("generate")->trigger();
    std::vector<double> late; // milliseconds that a tick came after its time
    QElapsedTimer clock;
    QTimer heart;
    heart.setTimerType(Qt::PreciseTimer);
    heart.setInterval(5);
    connect(&heart, &QTimer::timeout, this, [&] {
        late.push_back(double(clock.nsecsElapsed()) / 1e6 - 5);
        clock.start();
    });
    clock.start();
    heart.start();
    QTRY_VERIFY_WITH_TIMEOUT(!f_->window->run().running(), 30000);
    QVERIFY(late.size() > 100);
    std::sort(late.begin(), late.end());
    // The machine may be shared: one tick in a hundred may be late for reasons that are not ours.
    const double p99 = late[std::size_t(0.99 * double(late.size() - 1))];
    QVERIFY2(p99 < 16, qPrintable(QStringLiteral("p99 of %1 ticks is %2 ms late").arg(late.size()).arg(p99)));
}

QTEST_MAIN(TestRun)
#include "tst_run.moc"
