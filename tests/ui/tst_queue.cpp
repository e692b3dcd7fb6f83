// SPDX-License-Identifier: GPL-3.0-or-later
// The queue: order, pause, what comes of jobs, and that it outlives the program.
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <csignal>
#include <cstdio>
#include <fstream>

#include "engine/project/recovery.h"
#include "tests/ui/queue_fixture.h"

using namespace lacuna;
using namespace lacuna::ui;

namespace {

/// The program of the test about kill -9: two jobs, the first of which is at its fifth step.
int waitToBeKilled(int argc, char** argv)
{
    QApplication application(argc, argv);
    loadResources();
    applyTheme(ThemeChoice::Light);
    QueueFixture f;
    f.gate->holdAt = 5;
    f.open();
    f.add(41);
    f.add(42);
    if (!QTest::qWaitFor([&] { return f.gate->step == 5 && f.count(Job::State::Waiting) == 1; }, 30000))
        return 1;
    f.queue().flush();
    ::kill(::getpid(), SIGKILL);
    return 2;
}

} // namespace

class TestQueue : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        loadResources();
        applyTheme(ThemeChoice::Light);
    }
    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        qputenv("XDG_STATE_HOME", folder_->path().toUtf8());
    }
    void runsOneAfterTheOther();
    void reorderedByKeysAndByDragging();
    void removedAndPutBack();
    void aPauseHoldsTheRun();
    void aPauseSurvivesARestart();
    void closingKeepsTheQueue();
    void aKilledProgramGoesOn();
    void whatKillsTheProgramIsNotBegunAgain();
    void stopAnswersAtOnceAndKeepsWhatIsThere();
    void jobsOfAnotherPictureAreNotShown();
    void damagedJobsAreLeftOut();
    void twoWindowsOneQueue();

private:
    std::filesystem::path queueFolder() const { return journal_folder().parent_path() / "queue"; }

    std::unique_ptr<QTemporaryDir> folder_;
};

void TestQueue::runsOneAfterTheOther()
{
    QueueFixture f(false);
    f.gate->holdAt = 3;
    QVERIFY(!f.panel().isVisible());
    QVERIFY(!f.window->actions().get("queue-add")->isEnabled());
    f.open();
    f.add(1);
    f.add(2);
    QTest::keyClick(f.window.get(), Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(f.gate->step.load(), 3);
    QVERIFY(f.panel().isVisible());
    QCOMPARE(f.panel().summary(), QStringLiteral("1 running, 2 waiting"));
    QCOMPARE(f.seeds(Job::State::Running), std::vector<int>{1});
    QTRY_VERIFY(f.queue().list().job(0).note.contains(QStringLiteral(" of 60")));
    const QModelIndex second = f.queue().list().index(1);
    QVERIFY(second.data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("waiting")));
    QVERIFY(second.data(JobList::DetailRole).toString().contains(QStringLiteral("seed 2")));
    QVERIFY2(f.window->run().running() && !f.window->actions().get("generate")->isEnabled(), "as any run");
    f.gate->holdAt = 1 << 30;
    QVERIFY(f.finished(3));
    QCOMPARE(f.gate->runs.load(), 3);
    QCOMPARE(f.window->gallery().count(), 5); // the last one is shown

    // What came of the first is still there.
    f.view().setFocus();
    f.view().setCurrentIndex(f.queue().list().index(0));
    QTest::keyClick(&f.view(), Qt::Key_Return);
    QTRY_COMPARE(f.window->results().filled()->request.recipe.seed, std::uint64_t(1));
}

void TestQueue::reorderedByKeysAndByDragging()
{
    QueueFixture f(false);
    f.gate->holdAt = 1;
    f.open();
    for (int seed = 1; seed <= 4; ++seed)
        f.add(seed);
    QTRY_COMPARE(f.seeds(Job::State::Waiting), (std::vector<int>{2, 3, 4}));
    QueueView& view = f.view();
    view.setFocus();
    view.setCurrentIndex(f.queue().list().index(3));
    QTest::keyClick(&view, Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(f.seeds(Job::State::Waiting), (std::vector<int>{2, 4, 3}));
    QCOMPARE(view.currentIndex().row(), 2); // the choice goes along
    QTest::keyClick(&view, Qt::Key_Up, Qt::AltModifier);
    QTest::keyClick(&view, Qt::Key_Up, Qt::AltModifier); // not before the one that runs
    QCOMPARE(f.seeds(Job::State::Waiting), (std::vector<int>{4, 2, 3}));
    QTest::keyClick(&view, Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(f.seeds(Job::State::Waiting), (std::vector<int>{2, 4, 3}));

    QCoreApplication::processEvents(); // rows have their places
    const auto middle = [&](int row) { return view.visualRect(f.queue().list().index(row)).center(); };
    QTest::mousePress(view.viewport(), Qt::LeftButton, {}, middle(1));
    for (int row = 1; row <= 3; ++row) {
        QMouseEvent move(QEvent::MouseMove, middle(row), view.viewport()->mapToGlobal(middle(row)),
                         Qt::NoButton, Qt::LeftButton, {});
        QApplication::sendEvent(view.viewport(), &move);
    }
    QTest::mouseRelease(view.viewport(), Qt::LeftButton, {}, middle(3));
    QCOMPARE(f.seeds(Job::State::Waiting), (std::vector<int>{4, 3, 2}));
    f.gate->holdAt = 1 << 30;
    QVERIFY(f.finished(4));
    std::vector<int> order;
    for (const Job& job : f.queue().list().jobs())
        order.push_back(job.number);
    QCOMPARE(order, (std::vector<int>{1, 4, 3, 2}));
}

void TestQueue::removedAndPutBack()
{
    QueueFixture f(false);
    f.gate->holdAt = 1;
    f.open();
    for (int seed = 1; seed <= 3; ++seed)
        f.add(seed);
    f.view().setFocus();
    f.view().setCurrentIndex(f.queue().list().index(1));
    QTest::keyClick(&f.view(), Qt::Key_Delete);
    QCOMPARE(f.seeds(Job::State::Waiting), std::vector<int>{3});
    QTest::mouseClick(f.window->messages().findChild<QPushButton*>(QStringLiteral("answer")), Qt::LeftButton);
    QCOMPARE(f.seeds(Job::State::Waiting), (std::vector<int>{2, 3}));
    f.gate->holdAt = 1 << 30;
    QVERIFY(f.finished(3));
}

void TestQueue::aPauseHoldsTheRun()
{
    QueueFixture f(false);
    f.gate->steps = 100'000'000;
    f.open();
    f.add(1);
    f.add(2);
    QTRY_VERIFY(f.gate->step > 2);
    auto* pause = f.window->findChild<QToolButton*>(QStringLiteral("queue-pause"));
    QTest::mouseClick(pause, Qt::LeftButton);
    QCOMPARE(pause->text(), QStringLiteral("Continue"));
    QVERIFY(f.window->actions().get("queue-pause")->isChecked());
    int before = -1; // the engine is at most one step away from its next report
    QTRY_VERIFY(std::exchange(before, f.gate->step.load()) == f.gate->step);
    QVERIFY(!QTest::qWaitFor([&] { return f.gate->step > before + 1; }, 100));
    QVERIFY(f.panel().summary().startsWith(QStringLiteral("paused")));
    QVERIFY(f.window->run().running());
    QVERIFY(f.window->findChild<RunBox*>()->sentence().startsWith(QStringLiteral("Paused")));
    QTest::mouseClick(pause, Qt::LeftButton);
    QTRY_VERIFY(f.gate->step > before + 3);

    // A run that is held can be stopped; nothing else begins while the queue is paused.
    QTest::mouseClick(pause, Qt::LeftButton);
    QTest::keyClick(f.window.get(), Qt::Key_Escape);
    QTRY_VERIFY(!f.window->run().running());
    QCOMPARE(f.seeds(Job::State::Waiting), std::vector<int>{2});
    QCoreApplication::processEvents();
    QVERIFY(!f.window->run().running());
    QTest::mouseClick(pause, Qt::LeftButton);
    QTRY_VERIFY(f.window->run().running());
}

void TestQueue::aPauseSurvivesARestart()
{
    {
        QueueFixture f;
        f.gate->holdAt = 4;
        f.open();
        f.add(7);
        f.add(8);
        QTRY_COMPARE(f.gate->step.load(), 4);
        f.queue().setPaused(true);
        f.gate->holdAt = 1 << 30;
    }
    QueueFixture f;
    QTRY_COMPARE(f.seeds(Job::State::Waiting), (std::vector<int>{7, 8}));
    QVERIFY(f.queue().paused());
    QVERIFY(!f.panel().isHidden());
    QVERIFY(f.window->messages().text().contains(QStringLiteral("2 jobs wait")));
    QCoreApplication::processEvents();
    QCOMPARE(f.gate->runs.load(), 0);
    QTest::mouseClick(f.window->messages().findChild<QPushButton*>(QStringLiteral("answer")), Qt::LeftButton);
    QVERIFY(!f.window->actions().get("queue-pause")->isChecked());
    QVERIFY(f.finished(2));
    QCOMPARE(f.gate->runs.load(), 2);
}

void TestQueue::closingKeepsTheQueue()
{
    for (int i = 0; i < 4; ++i) { // more often than a job may begin without an end
        QueueFixture f(true, 2);
        if (i == 0) {
            f.open();
            f.add(5);
        }
        QTRY_COMPARE(f.gate->step.load(), 2);
        QCOMPARE(f.seeds(Job::State::Running), std::vector<int>{5});
        QVERIFY(!f.queue().paused());
        QVERIFY(f.window->close());
        QCoreApplication::processEvents();
    }
}

void TestQueue::aKilledProgramGoesOn()
{
    QProcess program;
    program.start(QCoreApplication::applicationFilePath(), {QStringLiteral("wait-to-be-killed")});
    QVERIFY(program.waitForFinished(60000));
    QCOMPARE(program.exitStatus(), QProcess::CrashExit); // by SIGKILL

    QueueFixture f;
    QVERIFY(f.finished(2)); // nobody has to do anything
    QCOMPARE(f.gate->runs.load(), 2);
    const std::vector<Picture> again = picturesOf(f.queue().list().job(0));
    QCOMPARE(again.size(), std::size_t(5));

    // The bytes are those of a run that was never interrupted.
    QueueFixture other(false);
    other.open();
    other.add(41);
    QVERIFY(other.finished(1));
    QVERIFY(picturesOf(other.queue().list().job(0)) == again);
}

void TestQueue::whatKillsTheProgramIsNotBegunAgain()
{
    QProcess program;
    program.start(QCoreApplication::applicationFilePath(), {QStringLiteral("wait-to-be-killed")});
    QVERIFY(program.waitForFinished(60000));
    // As if it had ended the program before as well.
    const std::filesystem::path list = queueFolder() / "queue.json";
    std::ifstream in(list);
    std::string text((std::istreambuf_iterator<char>(in)), {});
    const std::size_t at = text.find("\"starts\": 1");
    QVERIFY(at != std::string::npos);
    text.replace(at, 11, "\"starts\": 2");
    std::ofstream(list) << text;

    QueueFixture f;
    QTRY_COMPARE(f.count(Job::State::Waiting), 2);
    QVERIFY(f.queue().paused());
    QVERIFY(f.window->messages().text().contains(QStringLiteral("ended twice")));
    QCOMPARE(f.gate->runs.load(), 0);
}

void TestQueue::stopAnswersAtOnceAndKeepsWhatIsThere()
{
    QueueFixture f;
    f.gate->steps = 100'000'000;
    f.open();
    f.add(1);
    QTRY_VERIFY(f.gate->step > 2);
    QElapsedTimer clock;
    clock.start();
    QTest::keyClick(f.window.get(), Qt::Key_Escape);
    QTRY_VERIFY_WITH_TIMEOUT(!f.window->run().running(), 5000);
    const qint64 answered = clock.elapsed();
    QVERIFY2(answered < 200, qPrintable(QString::number(answered)));
    QTRY_COMPARE(f.window->gallery().count(), 5);
    QVERIFY(f.window->gallery().card(0)->content().unfinished);
    QVERIFY(f.finished(1));
    QVERIFY(f.queue().list().job(0).note.contains(QStringLiteral("stopped")));
    QCOMPARE(picturesOf(f.queue().list().job(0)).size(), std::size_t(5));
}

void TestQueue::jobsOfAnotherPictureAreNotShown()
{
    QueueFixture f;
    f.gate->holdAt = 2;
    f.open(24);
    f.add(1);
    QTRY_COMPARE(f.gate->step.load(), 2);
    QCOMPARE(f.window->gallery().count(), 5);
    f.open(32); // the job goes on without being seen
    QCOMPARE(f.window->gallery().count(), 0);
    QVERIFY(f.window->run().running() && !f.window->run().showsRun());
    f.gate->holdAt = 1 << 30;
    QVERIFY(f.finished(1));
    QCOMPARE(f.window->gallery().count(), 0);
    QVERIFY(!f.window->results().filled());

    f.view().setFocus();
    f.view().setCurrentIndex(f.queue().list().index(0));
    QTest::keyClick(&f.view(), Qt::Key_Return);
    QTRY_COMPARE(f.window->document().size(), QSize(24, 24));
    QTRY_COMPARE(f.window->gallery().count(), 5);
}

void TestQueue::damagedJobsAreLeftOut()
{
    {
        QueueFixture f;
        f.queue().setPaused(true);
        f.open(24);
        f.add(1);
        f.open(32);
        f.add(2);
        f.queue().flush();
    }
    const std::string damaged = content_hash(loadedWithHole(24).picture) + ".png";
    std::ofstream(queueFolder() / damaged, std::ios::trunc) << "no picture";
    QueueFixture f;
    QTRY_COMPARE(f.seeds(Job::State::Waiting), std::vector<int>{2});
    QTRY_VERIFY(f.window->messages().text().contains(QString::fromStdString(damaged)));
}

void TestQueue::twoWindowsOneQueue()
{
    QueueFixture first;
    first.queue().setPaused(true);
    first.open();
    first.add(1);
    first.queue().flush();
    QueueFixture second;
    second.open();
    QTRY_VERIFY(second.panel().isHidden());
    second.queue().flush();
    QCoreApplication::processEvents();
    second.add(9);
    QVERIFY(second.window->messages().text().contains(QStringLiteral("Another window")));
    QVERIFY(second.finished(1));
    QCOMPARE(first.seeds(Job::State::Waiting), std::vector<int>{1});
    first.window.reset();
    QueueFixture third; // gets what the first one left
    QTRY_COMPARE(third.seeds(Job::State::Waiting), std::vector<int>{1});
}

int main(int argc, char** argv)
{
    if (argc > 1 && std::string(argv[1]) == "wait-to-be-killed")
        return waitToBeKilled(argc, argv);
    QApplication application(argc, argv);
    TestQueue test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_queue.moc"
