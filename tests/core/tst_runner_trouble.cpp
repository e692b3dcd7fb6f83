// SPDX-License-Identifier: GPL-3.0-or-later
// Engines that fail, runners that go away, and a thousand actions.
#include <atomic>
#include <chrono>
#include <random>
#include <semaphore>
#include <set>
#include <stdexcept>

#include <QtTest>

#include "engine/core/error.h"
#include "engine/session/runner.h"
#include "tests/core/runner_test.h"

using namespace lacuna;
using namespace std::chrono_literals;

namespace {

QString message_of(const Outcome& outcome)
{
    const Failed* failed = std::get_if<Failed>(&outcome.result);
    return failed ? QString::fromStdString(failed->message) : QString();
}

} // namespace

class TestRunnerTrouble : public RunnerTest {
    Q_OBJECT

private Q_SLOTS:
    void exceptionsBecomeText_data();
    void exceptionsBecomeText();
    void anEngineThatDoesNotStart();
    void anEngineThatIsMissing();
    void destruction_data();
    void destruction();
    void aThousandActions_data();
    void aThousandActions();
};

using Thrower = std::function<void()>;
Q_DECLARE_METATYPE(Thrower)

void TestRunnerTrouble::exceptionsBecomeText_data()
{
    QTest::addColumn<Thrower>("thrower");
    QTest::addColumn<QString>("words");
    QTest::newRow("our own error") << Thrower([] {
        throw Error(ErrorKind::Input, "mask.png", "has another size", "Choose another mask");
    }) << "mask.png: has another size. Choose another mask. Nothing was changed.";
    QTest::newRow("no memory") << Thrower([] { throw std::bad_alloc(); }) << "not enough memory";
    QTest::newRow("too long for a vector")
        << Thrower([] { throw std::length_error("vector"); }) << "The engine failed";
    QTest::newRow("runtime error") << Thrower([] {
        throw std::runtime_error(
            "bad\tweights\nException raised from forward at model.cpp:12\n#1 0xdeadbeef");
    }) << "The engine failed: bad?weights. Your picture and mask are unchanged.";
    QTest::newRow("empty text") << Thrower([] { throw std::runtime_error(""); }) << "The engine failed";
    QTest::newRow("very long text") << Thrower([] { throw std::runtime_error(std::string(100000, 'x')); })
                                    << "The engine failed: xxx";
    QTest::newRow("a number") << Thrower([] { throw 42; }) << "unknown reason";
}

void TestRunnerTrouble::exceptionsBecomeText()
{
    QFETCH(Thrower, thrower);
    QFETCH(QString, words);
    Log log;
    Runner runner(factory([&](const FillRequest& r, const Report& report, std::stop_token) {
                      report({.phase = "Preparing"});
                      if (std::uint64_t(r.id) % 2 == 1)
                          thrower();
                      return set_for(r);
                  }),
                  log.callbacks());
    for (std::uint64_t id = 1; id <= 4; ++id) { // twice: it fails, the next one works
        runner.submit(request(id));
        QVERIFY(log.wait_for_outcomes(id));
        const Outcome outcome = log.outcomes().back();
        QCOMPARE(std::uint64_t(outcome.id), id);
        const QString message = message_of(outcome);
        QCOMPARE(message.isEmpty(), id % 2 == 0);
        if (id % 2 == 1) {
            QVERIFY2(message.contains(words), qPrintable(message));
            QVERIFY(message.size() < 600);
            for (const char* unwanted : {"0x", "\n", "xception"})
                QVERIFY2(!message.contains(unwanted), qPrintable(message));
        }
    }
    QCOMPARE(counters_.made.load(), 1); // the session outlives its failures
}

void TestRunnerTrouble::anEngineThatDoesNotStart()
{
    Log log;
    int attempts = 0;
    Runner runner(
        [&]() -> std::unique_ptr<Session> {
            if (++attempts <= 2)
                throw std::runtime_error("libtorch_cuda.so is missing");
            return std::make_unique<FakeSession>(
                [](const FillRequest& r, const Report&, std::stop_token) { return set_for(r); }, counters_);
        },
        log.callbacks());
    for (std::uint64_t id = 1; id <= 4; ++id) {
        runner.submit(request(id));
        QVERIFY(log.wait_for_outcomes(id));
        const QString message = message_of(log.outcomes().back());
        QCOMPARE(message.contains("libtorch_cuda.so is missing"), id <= 2);
        QCOMPARE(message.isEmpty(), id > 2);
    }
    QCOMPARE(attempts, 3);
}

void TestRunnerTrouble::anEngineThatIsMissing()
{
    Log log;
    Runner runner([] { return nullptr; }, log.callbacks());
    for (std::uint64_t id = 1; id <= 2; ++id) {
        runner.submit(request(id));
        QVERIFY(log.wait_for_outcomes(id));
        QVERIFY(!message_of(log.outcomes().back()).isEmpty());
    }
}

void TestRunnerTrouble::destruction_data()
{
    QTest::addColumn<QString>("moment");
    QTest::addColumn<int>("most_outcomes");
    QTest::newRow("before any request") << "unused" << 0;
    QTest::newRow("right after the request") << "submitted" << 1;
    QTest::newRow("while the engine starts") << "starting" << 1;
    QTest::newRow("while the engine fails to start") << "failing" << 1;
    QTest::newRow("at the beginning of the run") << "running" << 1;
    QTest::newRow("in the run, with another one waiting") << "waiting" << 1;
    QTest::newRow("in a report") << "reporting" << 1;
    QTest::newRow("while the run throws") << "throwing" << 1;
    QTest::newRow("while the outcome is delivered") << "finishing" << 1;
    QTest::newRow("after the outcome") << "finished" << 1;
}

void TestRunnerTrouble::destruction()
{
    QFETCH(QString, moment);
    QFETCH(int, most_outcomes);
    for (int repeat = 0; repeat < 40; ++repeat) {
        std::counting_semaphore<8> arrived{0}, leave{0};
        // The worker announces that it is there and goes on when the destructor is about to be called.
        const auto meet = [&](const char* here) {
            if (moment == here) {
                arrived.release();
                leave.acquire();
            }
        };
        std::atomic<int> outcomes{0};
        std::atomic<bool> destroyed{false}, late{false};
        auto runner = std::make_unique<Runner>(
            [&]() -> std::unique_ptr<Session> {
                meet("starting");
                meet("failing");
                if (moment == "failing")
                    throw std::runtime_error("no engine");
                return std::make_unique<FakeSession>(
                    [&](const FillRequest& r, const Report& report, std::stop_token stop) {
                        meet("running");
                        meet("waiting");
                        report({});
                        meet("throwing");
                        if (moment == "throwing")
                            throw std::runtime_error("broken");
                        const bool ends_itself = moment == "finishing" || moment == "finished";
                        return set_for(r, !ends_itself && wait_for_stop(stop));
                    },
                    counters_);
            },
            Runner::Callbacks{[&](Progress) {
                                  late = late || destroyed;
                                  meet("reporting");
                              },
                              [&](Outcome outcome) {
                                  late = late || destroyed;
                                  meet("finishing");
                                  ++outcomes;
                                  if (moment == "finished")
                                      arrived.release();
                                  if (std::holds_alternative<CompletionSet>(outcome.result)
                                      && std::get<CompletionSet>(outcome.result).recipe.seed != 1)
                                      outcomes += 100; // the waiting one must not run
                              }});
        if (moment != "unused")
            runner->submit(request(1));
        if (moment != "unused" && moment != "submitted")
            QVERIFY(arrived.try_acquire_for(60s));
        if (moment == "waiting")
            runner->submit(request(2));
        leave.release();
        runner.reset();
        destroyed = true;
        QVERIFY(outcomes <= most_outcomes);
        if (moment != "submitted")
            QCOMPARE(outcomes.load(), most_outcomes); // a run that began is answered, even now
        QVERIFY(!late);
        QCOMPARE(counters_.alive.load(), 0);
        QCOMPARE(counters_.running.load(), 0);
    }
}

void TestRunnerTrouble::aThousandActions_data()
{
    QTest::addColumn<unsigned>("seed");
    for (const unsigned seed : {1u, 20240601u, 77u})
        QTest::addRow("seed %u", seed) << seed;
}

void TestRunnerTrouble::aThousandActions()
{
    QFETCH(unsigned, seed);
    std::mt19937 random(seed);
    const auto fill = [](const FillRequest& r, const Report& report, std::stop_token stop) {
        switch (std::uint64_t(r.id) % 7) {
        case 0:
            throw std::runtime_error("seven");
        case 1:
            throw Error(ErrorKind::Memory, "set", "is too large", "Lower the set size");
        case 2:
            return set_for(r, wait_for_stop(stop));
        case 3:
            for (int i = 0; i < 50 && !stop.stop_requested(); ++i)
                report({.done = i});
            return set_for(r, stop.stop_requested());
        default:
            return set_for(r, stop.stop_requested());
        }
    };
    Log log;
    auto runner = std::make_unique<Runner>(factory(fill), log.callbacks());
    std::uint64_t id = 0;
    int destroyed = 0;
    for (int action = 0; action < 1000; ++action) {
        const unsigned choice = random() % 10;
        if (choice < 6)
            runner->submit(request(++id));
        else if (choice < 9)
            runner->stop();
        else {
            runner.reset();
            runner = std::make_unique<Runner>(factory(fill), log.callbacks());
            ++destroyed;
        }
        for (unsigned yields = random() % 20; yields > 0; --yields)
            std::this_thread::yield();
    }
    // After all that a request is answered as ever. Identifier 4 (of 7): a plain one.
    const std::uint64_t last = id - id % 7 + 11;
    runner->submit(request(last));
    QVERIFY(log.wait_for_outcome(last));
    runner.reset();
    QVERIFY(destroyed > 50);
    QVERIFY(counters_.made <= destroyed + 1);
    std::set<std::uint64_t> seen;
    std::uint64_t before = 0;
    for (const Outcome& outcome : log.outcomes()) {
        const std::uint64_t this_id = std::uint64_t(outcome.id);
        QVERIFY2(seen.insert(this_id).second, "answered twice");
        QVERIFY2(this_id > before, "in the order of the requests");
        before = this_id;
        QVERIFY(this_id <= id || this_id == last);
        QCOMPARE(std::holds_alternative<Failed>(outcome.result), this_id % 7 < 2);
        if (const auto* set = std::get_if<CompletionSet>(&outcome.result)) {
            QCOMPARE(set->recipe.seed, this_id);
            QVERIFY(this_id % 7 != 2 || set->stopped);
        }
    }
    for (const Progress& progress : log.progress())
        QCOMPARE(std::uint64_t(progress.id) % 7, std::uint64_t(3));
}

QTEST_APPLESS_MAIN(TestRunnerTrouble)
#include "moc_runner_test.cpp"
#include "tst_runner_trouble.moc"
