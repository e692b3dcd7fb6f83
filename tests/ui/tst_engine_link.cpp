// SPDX-License-Identifier: GPL-3.0-or-later
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include "tests/ui/fake_session.h"
#include "tests/ui/test_pictures.h"
#include "ui/engine_link/engine_link.h"

using namespace lacuna;
using namespace lacuna::ui;

namespace {

FillRequest request(int count = 3)
{
    FillRequest result;
    const LoadedPicture loaded = loadedWithHole(32);
    result.picture = loaded.picture;
    result.mask = *loaded.mask;
    result.recipe.count = count;
    return result;
}

/// Everything that one link said, in order.
class Listener : public QObject {
public:
    explicit Listener(EngineLink& link)
    {
        QObject::connect(&link, &EngineLink::progressed, this, [this](const Progress& progress) {
            onRightThread = onRightThread && QThread::currentThread() == thread();
            progresses.push_back(progress);
        });
        QObject::connect(&link, &EngineLink::finished, this, [this](const Outcome& outcome) {
            onRightThread = onRightThread && QThread::currentThread() == thread();
            outcomes.push_back(outcome);
        });
    }

    const CompletionSet& set(std::size_t i = 0) const { return std::get<CompletionSet>(outcomes[i].result); }

    std::vector<Progress> progresses{};
    std::vector<Outcome> outcomes{};
    bool onRightThread = true;
};

} // namespace

class TestEngineLink : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { script_ = std::make_shared<FakeScript>(); }
    void tellsTheModels();
    void tellsWhyThereAreNoModels();
    void reportsThenFinishes();
    void stopKeepsWhatIsThere();
    void stopAtOnceStillFinishes();
    void stopWithoutARunDoesNothing();
    void newestRequestWins();
    void outcomeOfAReplacedRunIsDropped();
    void exceptionBecomesFailed();
    void worksAgainAfterAFailure();
    void floodIsThinnedOut();
    void pausedUntilItGoesOn();
    void pausedAndStoppedOrDestroyed();
    void whatHasFinishedGetsThrough();
    void twoLinksShareOneEngine();
    void destroyedWhileRunning_data();
    void destroyedWhileRunning();

private:
    std::shared_ptr<FakeScript> script_;
};

void TestEngineLink::tellsTheModels()
{
    EngineLink link(fakeFactory(script_));
    std::vector<ModelInfo> models;
    connect(&link, &EngineLink::modelsKnown, this,
            [&](const std::vector<ModelInfo>& known) { models = known; });
    link.queryModels();
    QTRY_COMPARE(models.size(), FakeSession(script_).models().size());
    QCOMPARE(models[1].id, std::string("this-photo"));
}

void TestEngineLink::tellsWhyThereAreNoModels()
{
    EngineLink link([]() -> std::unique_ptr<Session> { throw std::runtime_error("no engine here"); });
    QString message;
    connect(&link, &EngineLink::modelsFailed, this, [&](const QString& text) { message = text; });
    link.queryModels();
    QTRY_VERIFY(message.contains(QStringLiteral("no engine here")));
}

void TestEngineLink::reportsThenFinishes()
{
    script_->steps = 6;
    script_->stepTime = std::chrono::milliseconds(60);
    EngineLink link(fakeFactory(script_));
    Listener heard(link);
    const RequestId id = link.submit(request());
    QVERIFY(link.running());
    QTRY_COMPARE(heard.outcomes.size(), std::size_t(1));
    QVERIFY(!link.running());
    QVERIFY(heard.onRightThread);
    QVERIFY(heard.outcomes[0].id == id);
    QCOMPARE(heard.set().completions.size(), std::size_t(3));
    QVERIFY(!heard.set().stopped);
    QVERIFY(heard.progresses.size() >= 2);
    QCOMPARE(heard.progresses.back().done, 6);
    for (std::size_t i = 1; i < heard.progresses.size(); ++i)
        QVERIFY(heard.progresses[i].done > heard.progresses[i - 1].done);
}

void TestEngineLink::stopKeepsWhatIsThere()
{
    script_->steps = 100'000;
    EngineLink link(fakeFactory(script_));
    Listener heard(link);
    link.submit(request());
    QTRY_VERIFY(script_->stepsDone > 3);
    link.stop();
    QTRY_COMPARE(heard.outcomes.size(), std::size_t(1));
    QVERIFY(heard.set().stopped);
    QCOMPARE(heard.set().completions.size(), std::size_t(3));
    QVERIFY(!heard.set().completions[0].finished);
}

void TestEngineLink::stopAtOnceStillFinishes()
{
    script_->steps = 100'000;
    EngineLink link(fakeFactory(script_));
    Listener heard(link);
    for (std::size_t i = 1; i <= 200; ++i) { // the request may wait, start or run
        link.submit(request());
        link.stop();
        QTRY_COMPARE(heard.outcomes.size(), i);
        QVERIFY(heard.set(i - 1).stopped);
        QVERIFY(!link.running());
    }
    QTRY_VERIFY(!script_->working);
    QCOMPARE(heard.outcomes.size(), std::size_t(200));
}

void TestEngineLink::stopWithoutARunDoesNothing()
{
    EngineLink link(fakeFactory(script_));
    Listener heard(link);
    link.stop();
    link.submit(request());
    QTRY_COMPARE(heard.outcomes.size(), std::size_t(1));
    link.stop();
    QVERIFY(!heard.set().stopped);
}

void TestEngineLink::newestRequestWins()
{
    script_->steps = 10;
    EngineLink link(fakeFactory(script_));
    Listener heard(link);
    RequestId last{};
    for (int count = 1; count <= 8; ++count)
        last = link.submit(request(count));
    QTRY_COMPARE(heard.outcomes.size(), std::size_t(1));
    QVERIFY(heard.outcomes[0].id == last);
    QCOMPARE(heard.set().completions.size(), std::size_t(8));
    for (const Progress& progress : heard.progresses)
        QVERIFY(progress.id == last);
}

void TestEngineLink::outcomeOfAReplacedRunIsDropped()
{
    script_->steps = 100'000;
    EngineLink link(fakeFactory(script_));
    Listener heard(link);
    link.submit(request(2));
    QTRY_VERIFY(script_->stepsDone > 2);
    const RequestId second = link.submit(request(3));
    QTRY_COMPARE(script_->runs.load(), 2); // the first has ended and said so
    QVERIFY(link.running());
    link.stop();
    QTRY_VERIFY(!link.running());
    QCOMPARE(heard.outcomes.size(), std::size_t(1));
    QVERIFY(heard.outcomes[0].id == second);
}

void TestEngineLink::exceptionBecomesFailed()
{
    script_->throwAtStep = 2;
    EngineLink link(fakeFactory(script_));
    Listener heard(link);
    link.submit(request());
    QTRY_COMPARE(heard.outcomes.size(), std::size_t(1));
    const auto* failed = std::get_if<Failed>(&heard.outcomes[0].result);
    QVERIFY(failed);
    QVERIFY(failed->message.find("the fake engine broke") != std::string::npos);
}

void TestEngineLink::worksAgainAfterAFailure()
{
    script_->throwAtStep = 2;
    EngineLink link(fakeFactory(script_));
    Listener heard(link);
    link.submit(request());
    QTRY_COMPARE(heard.outcomes.size(), std::size_t(1));
    script_->throwAtStep = -1;
    link.submit(request());
    QTRY_COMPARE(heard.outcomes.size(), std::size_t(2));
    QCOMPARE(heard.set(1).completions.size(), std::size_t(3));
}

void TestEngineLink::floodIsThinnedOut()
{
    script_->flood = true;
    script_->steps = 100;
    EngineLink link(fakeFactory(script_));
    Listener heard(link);
    link.submit(request());
    QTRY_COMPARE(heard.outcomes.size(), std::size_t(1));
    QVERIFY2(heard.progresses.size() < 100 * 200 / 50, "of 20,000 reports only a few get through");
    QCOMPARE(heard.progresses.back().done, 100);
}

void TestEngineLink::pausedUntilItGoesOn()
{
    script_->steps = 100;
    EngineLink link(fakeFactory(script_));
    Listener heard(link);
    link.submit(request());
    QTRY_VERIFY(script_->stepsDone > 3);
    link.setPaused(true);
    const int held = script_->stepsDone;
    QVERIFY(!QTest::qWaitFor([&] { return script_->stepsDone > held + 1; }, 100));
    QVERIFY(link.running() && link.paused());
    link.setPaused(false);
    QTRY_COMPARE(heard.outcomes.size(), std::size_t(1));
    QVERIFY(!heard.set().stopped);
    QCOMPARE(script_->stepsDone.load(), 100);
}

void TestEngineLink::pausedAndStoppedOrDestroyed()
{
    script_->steps = 100'000;
    auto link = std::make_unique<EngineLink>(fakeFactory(script_));
    Listener heard(*link);
    for (int i = 0; i < 2; ++i) {
        const int before = script_->stepsDone;
        link->submit(request());
        QTRY_VERIFY(script_->stepsDone > before + 2);
        link->setPaused(true);
        if (i == 1)
            break;
        link->stop();
        QTRY_COMPARE(heard.outcomes.size(), std::size_t(1));
        QVERIFY(heard.set().stopped);
    }
    link.reset(); // ends, though nobody lets it go on
    QVERIFY(!script_->working);
}

void TestEngineLink::whatHasFinishedGetsThrough()
{
    script_->stepTime = std::chrono::milliseconds(0); // far faster than reports are taken
    FillRequest pooled = request(2);
    pooled.recipe.pool = 40;
    EngineLink link(fakeFactory(script_));
    Listener heard(link);
    link.submit(pooled);
    QTRY_COMPARE(heard.outcomes.size(), std::size_t(1));
    std::vector<int> members;
    for (const Progress& progress : heard.progresses)
        for (const Completion& one : progress.arrived)
            members.push_back(one.member);
    QCOMPARE(members.size(), std::size_t(40));
    for (int i = 0; i < 40; ++i)
        QCOMPARE(members[std::size_t(i)], i);
}

void TestEngineLink::twoLinksShareOneEngine()
{
    script_->steps = 100'000;
    EngineLink first(fakeFactory(script_));
    EngineLink second(first, nullptr);
    Listener heardFirst(first), heardSecond(second);
    QSignalSpy freedFirst(&first, &EngineLink::engineFreed), freedSecond(&second, &EngineLink::engineFreed);
    first.submit(request());
    QTRY_VERIFY(script_->stepsDone > 2);
    QVERIFY(second.othersRunning() && !first.othersRunning());
    second.submit(request(2));
    QTRY_COMPARE(heardFirst.outcomes.size(), std::size_t(1));
    QVERIFY(heardFirst.set().stopped);
    QVERIFY(!first.running() && second.running());
    QTRY_VERIFY(!heardSecond.progresses.empty());

    // One that has not begun yet ends at once, and nothing more is heard of it.
    first.submit(request());
    second.submit(request(2));
    QTRY_VERIFY(!first.running() && heardFirst.outcomes.size() == 2);
    QVERIFY(heardFirst.set(1).stopped);
    freedFirst.clear();
    second.stop();
    QTRY_VERIFY(!second.running());
    QTRY_COMPARE(freedFirst.size(), 1);
    QVERIFY(!first.othersRunning());

    script_->steps = 3;
    first.submit(request());
    QTRY_VERIFY(!first.running());
    QVERIFY(!heardFirst.set(heardFirst.outcomes.size() - 1).stopped);
    QCOMPARE(heardFirst.set(heardFirst.outcomes.size() - 1).completions.size(), std::size_t(3));
    QVERIFY(!freedSecond.isEmpty());
}

void TestEngineLink::destroyedWhileRunning_data()
{
    QTest::addColumn<int>("afterSteps");
    for (const int steps : {0, 1, 2, 5, 17})
        QTest::addRow("after %d steps", steps) << steps;
}

void TestEngineLink::destroyedWhileRunning()
{
    QFETCH(int, afterSteps);
    script_->steps = 100'000;
    script_->flood = true;
    auto link = std::make_unique<EngineLink>(fakeFactory(script_));
    link->submit(request());
    link->queryModels();
    QTRY_VERIFY(script_->stepsDone >= afterSteps);
    link.reset();
    QVERIFY(!script_->working);
    const int done = script_->stepsDone;
    QCoreApplication::sendPostedEvents(); // what was under way finds nobody, and nothing runs on
    QCOMPARE(script_->stepsDone.load(), done);
}

QTEST_GUILESS_MAIN(TestEngineLink)
#include "tst_engine_link.moc"
