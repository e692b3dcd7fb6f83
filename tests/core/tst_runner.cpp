// SPDX-License-Identifier: GPL-3.0-or-later
#include <atomic>
#include <chrono>
#include <semaphore>

#include <QtTest>

#include "engine/session/runner.h"
#include "tests/core/runner_test.h"

using namespace lacuna;
using namespace std::chrono_literals;

class TestRunner : public RunnerTest {
    Q_OBJECT

private Q_SLOTS:
    void everyRequestGetsItsOutcome();
    void theEngineIsMadeOnTheWorkerThread();
    void newestWins();
    void stopEndsTheRun();
    void stopDropsTheWaitingRequest();
    void stopWithoutARunIsHarmless();
    void progressBelongsToItsRequest();
    void callbacksMayBeLeftOut();
    void callbacksMaySubmitAndStop();
};

void TestRunner::everyRequestGetsItsOutcome()
{
    Log log;
    {
        Runner runner(
            factory([](const FillRequest& r, const Report&, std::stop_token) { return set_for(r); }),
            log.callbacks());
        for (std::uint64_t id = 1; id <= 20; ++id) {
            runner.submit(request(id));
            QVERIFY(log.wait_for_outcomes(id));
        }
    }
    const std::vector<Outcome> outcomes = log.outcomes();
    QCOMPARE(outcomes.size(), std::size_t(20));
    for (std::uint64_t id = 1; id <= 20; ++id) {
        const Outcome& outcome = outcomes[id - 1];
        QCOMPARE(std::uint64_t(outcome.id), id);
        QVERIFY(std::holds_alternative<CompletionSet>(outcome.result));
        QCOMPARE(std::get<CompletionSet>(outcome.result).recipe.seed, id);
    }
    QCOMPARE(counters_.made.load(), 1); // one session for all of them
}

void TestRunner::theEngineIsMadeOnTheWorkerThread()
{
    Log log;
    std::thread::id ran_on{};
    {
        Runner runner(factory([&](const FillRequest& r, const Report&, std::stop_token) {
                          ran_on = std::this_thread::get_id();
                          return set_for(r);
                      }),
                      log.callbacks());
        QCOMPARE(counters_.made.load(), 0); // nothing is made before it is needed
        runner.submit(request(1));
        QVERIFY(log.wait_for_outcomes(1));
    }
    QVERIFY(counters_.thread.load() == ran_on);
    QVERIFY(ran_on != std::this_thread::get_id());
}

void TestRunner::newestWins()
{
    Log log;
    std::binary_semaphore started{0};
    std::atomic<int> fills{0};
    {
        Runner runner(factory([&](const FillRequest& r, const Report&, std::stop_token stop) {
                          ++fills;
                          if (r.id != RequestId{1})
                              return set_for(r);
                          started.release();
                          return set_for(r, wait_for_stop(stop));
                      }),
                      log.callbacks());
        runner.submit(request(1));
        started.acquire();
        for (std::uint64_t id = 2; id <= 50; ++id)
            runner.submit(request(id));
        QVERIFY(log.wait_for_outcome(50));
    }
    const std::vector<Outcome> outcomes = log.outcomes();
    QCOMPARE(std::uint64_t(outcomes.front().id), 1u);
    QVERIFY(std::get<CompletionSet>(outcomes.front().result).stopped);
    QCOMPARE(std::uint64_t(outcomes.back().id), 50u);
    // Those in between were replaced while they waited, or were taken up; none was answered twice or out of order.
    QCOMPARE(outcomes.size(), std::size_t(fills));
    for (std::size_t i = 1; i < outcomes.size(); ++i)
        QVERIFY(outcomes[i - 1].id < outcomes[i].id);
}

void TestRunner::stopEndsTheRun()
{
    Log log;
    std::binary_semaphore started{0};
    Runner runner(factory([&](const FillRequest& r, const Report&, std::stop_token stop) {
                      started.release();
                      return set_for(r, wait_for_stop(stop));
                  }),
                  log.callbacks());
    for (std::uint64_t id = 1; id <= 5; ++id) {
        runner.submit(request(id));
        started.acquire();
        runner.stop();
        QVERIFY(log.wait_for_outcomes(id));
        QVERIFY(std::get<CompletionSet>(log.outcomes().back().result).stopped);
    }
}

void TestRunner::stopDropsTheWaitingRequest()
{
    Log log;
    std::binary_semaphore started{0}, go_on{0};
    {
        Runner runner(factory([&](const FillRequest& r, const Report&, std::stop_token stop) {
                          if (r.id == RequestId{1}) {
                              started.release();
                              go_on.acquire(); // does not listen
                          }
                          return set_for(r, stop.stop_requested());
                      }),
                      log.callbacks());
        runner.submit(request(1));
        started.acquire();
        runner.submit(request(2));
        runner.stop();
        go_on.release();
        QVERIFY(log.wait_for_outcomes(1));
        runner.submit(request(3)); // works as ever, and was not asked to stop
        QVERIFY(log.wait_for_outcome(3));
    }
    const std::vector<Outcome> outcomes = log.outcomes();
    QCOMPARE(outcomes.size(), std::size_t(2));
    QVERIFY(std::get<CompletionSet>(outcomes[0].result).stopped);
    QCOMPARE(std::uint64_t(outcomes[1].id), 3u);
    QVERIFY(!std::get<CompletionSet>(outcomes[1].result).stopped);
}

void TestRunner::stopWithoutARunIsHarmless()
{
    Log log;
    Runner runner(factory([](const FillRequest& r, const Report&, std::stop_token stop) {
                      return set_for(r, stop.stop_requested());
                  }),
                  log.callbacks());
    runner.stop();
    runner.stop();
    runner.submit(request(1));
    QVERIFY(log.wait_for_outcomes(1));
    runner.stop();
    runner.submit(request(2));
    QVERIFY(log.wait_for_outcomes(2));
    for (const Outcome& outcome : log.outcomes())
        QVERIFY(!std::get<CompletionSet>(outcome.result).stopped);
}

void TestRunner::progressBelongsToItsRequest()
{
    Log log;
    {
        Runner runner(factory([](const FillRequest& r, const Report& report, std::stop_token) {
                          for (int done = 1; done <= 3; ++done)
                              report(
                                  {.phase = "Sampling", .done = done, .total = 3}); // the id is the runner's
                          return set_for(r);
                      }),
                      log.callbacks());
        for (std::uint64_t id = 7; id <= 8; ++id) {
            runner.submit(request(id));
            QVERIFY(log.wait_for_outcome(id));
        }
    }
    const std::vector<Progress> progress = log.progress();
    QCOMPARE(progress.size(), std::size_t(6));
    for (int i = 0; i < 6; ++i) {
        QCOMPARE(std::uint64_t(progress[i].id), i < 3 ? 7u : 8u);
        QCOMPARE(progress[i].done, i % 3 + 1);
        QCOMPARE(progress[i].phase, std::string("Sampling"));
    }
}

void TestRunner::callbacksMayBeLeftOut()
{
    std::binary_semaphore finished{0};
    bool reported = false, failed = true;
    const auto fill = [&](const FillRequest& r, const Report& report, std::stop_token) {
        report({});
        reported = true;
        return set_for(r);
    };
    {
        Runner runner(factory(fill), {.finished = [&](Outcome outcome) {
                          failed = std::holds_alternative<Failed>(outcome.result);
                          finished.release();
                      }});
        runner.submit(request(1));
        QVERIFY(finished.try_acquire_for(60s));
    }
    QVERIFY(reported && !failed);
    std::binary_semaphore filled{0};
    {
        Runner runner(factory([&](const FillRequest& r, const Report&, std::stop_token) {
                          filled.release();
                          return set_for(r);
                      }),
                      {});
        for (std::uint64_t id = 1; id <= 2; ++id) {
            runner.submit(request(id));
            QVERIFY(filled.try_acquire_for(60s));
        }
    }
}

void TestRunner::callbacksMaySubmitAndStop()
{
    // From the worker thread itself: no deadlock, and the follow-up runs.
    Log log;
    const Runner::Callbacks to_log = log.callbacks();
    Runner* self = nullptr;
    Runner::Callbacks callbacks{[&](Progress progress) {
                                    self->stop();
                                    to_log.progressed(std::move(progress));
                                },
                                [&](Outcome outcome) {
                                    const std::uint64_t id = std::uint64_t(outcome.id);
                                    to_log.finished(std::move(outcome));
                                    if (id < 10)
                                        self->submit(request(id + 1));
                                }};
    Runner runner(factory([](const FillRequest& r, const Report& report, std::stop_token stop) {
                      report({});
                      return set_for(r, stop.stop_requested());
                  }),
                  callbacks);
    self = &runner;
    runner.submit(request(1));
    QVERIFY(log.wait_for_outcome(10));
    QCOMPARE(log.outcomes().size(), std::size_t(10));
    for (const Outcome& outcome : log.outcomes())
        QVERIFY(std::get<CompletionSet>(outcome.result).stopped);
}

QTEST_APPLESS_MAIN(TestRunner)
#include "moc_runner_test.cpp"
#include "tst_runner.moc"
