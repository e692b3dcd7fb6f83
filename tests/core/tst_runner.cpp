// SPDX-License-Identifier: GPL-3.0-or-later
// The worker thread, with sessions that do exactly what the test says.
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <random>
#include <semaphore>
#include <set>
#include <stdexcept>

#include <QtTest>

#include "engine/core/error.h"
#include "engine/session/runner.h"

using namespace lacuna;
using namespace std::chrono_literals;

namespace {

using Report = std::function<void(Progress)>;
using FillFunction = std::function<CompletionSet(const FillRequest&, const Report&, std::stop_token)>;

/// Counts what is alive and what runs at once; shared by a test and its sessions.
struct Counters {
    std::atomic<int> made{0}, alive{0}, running{0}, most_running{0};
    std::atomic<std::thread::id> thread{};
};

class FakeSession : public Session {
public:
    FakeSession(FillFunction fill, Counters& counters) : fill_(std::move(fill)), counters_(counters)
    {
        ++counters_.made;
        ++counters_.alive;
        counters_.thread = std::this_thread::get_id();
    }
    ~FakeSession() override { --counters_.alive; }
    std::vector<ModelInfo> models() const override { return {}; }
    CompletionSet fill(const FillRequest& request, const Report& report, std::stop_token stop) override
    {
        struct Running {
            std::atomic<int>& count;
            ~Running() { --count; }
        } running{counters_.running};
        const int now = ++counters_.running;
        if (now > counters_.most_running)
            counters_.most_running = now;
        return fill_(request, report, stop);
    }

private:
    FillFunction fill_;
    Counters& counters_;
};

/// Blocks until asked to stop; gives up after a minute, so that a broken stop fails instead of hanging.
bool wait_for_stop(std::stop_token stop)
{
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    wake.wait_for(lock, stop, 60s, [&] { return stop.stop_requested(); });
    return stop.stop_requested();
}

/// What the callbacks delivered.
class Log {
public:
    Runner::Callbacks callbacks()
    {
        return {[this](Progress progress) {
                    const std::lock_guard lock(mutex_);
                    progress_.push_back(std::move(progress));
                    changed_.notify_all();
                },
                [this](Outcome outcome) {
                    const std::lock_guard lock(mutex_);
                    outcomes_.push_back(std::move(outcome));
                    changed_.notify_all();
                }};
    }
    bool wait_for_outcomes(std::size_t count)
    {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, 60s, [&] { return outcomes_.size() >= count; });
    }
    bool wait_for_outcome(std::uint64_t id)
    {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, 60s, [&] {
            return std::any_of(outcomes_.begin(), outcomes_.end(),
                               [&](const Outcome& o) { return o.id == RequestId{id}; });
        });
    }
    std::vector<Outcome> outcomes()
    {
        const std::lock_guard lock(mutex_);
        return outcomes_;
    }
    std::vector<Progress> progress()
    {
        const std::lock_guard lock(mutex_);
        return progress_;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Outcome> outcomes_;
    std::vector<Progress> progress_;
};

FillRequest request(std::uint64_t id)
{
    FillRequest r;
    r.id = RequestId{id};
    r.recipe.seed = id;
    return r;
}

/// A set that says for which request it was made.
CompletionSet set_for(const FillRequest& r, bool stopped = false)
{
    CompletionSet set;
    set.recipe = r.recipe;
    set.stopped = stopped;
    return set;
}

QString message_of(const Outcome& outcome)
{
    const Failed* failed = std::get_if<Failed>(&outcome.result);
    return failed ? QString::fromStdString(failed->message) : QString();
}

} // namespace

class TestRunner : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyRequestGetsItsOutcome();
    void theEngineIsMadeOnTheWorkerThread();
    void newestWins();
    void stopEndsTheRun();
    void stopDropsTheWaitingRequest();
    void stopWithoutARunIsHarmless();
    void progressBelongsToItsRequest();
    void exceptionsBecomeText_data();
    void exceptionsBecomeText();
    void anEngineThatDoesNotStart();
    void anEngineThatIsMissing();
    void callbacksMayBeLeftOut();
    void callbacksMaySubmitAndStop();
    void destruction_data();
    void destruction();
    void aThousandActions_data();
    void aThousandActions();

private:
    std::function<std::unique_ptr<Session>()> factory(FillFunction fill)
    {
        return [this, fill] { return std::make_unique<FakeSession>(fill, counters_); };
    }
    Counters counters_;

private Q_SLOTS:
    void init()
    {
        counters_.made = 0;
        counters_.most_running = 0;
    }
    void cleanup()
    {
        QCOMPARE(counters_.alive.load(), 0); // the worker ended and took its session with it
        QVERIFY(counters_.most_running.load() <= 1);
    }
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

using Thrower = std::function<void()>;
Q_DECLARE_METATYPE(Thrower)

void TestRunner::exceptionsBecomeText_data()
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

void TestRunner::exceptionsBecomeText()
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

void TestRunner::anEngineThatDoesNotStart()
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

void TestRunner::anEngineThatIsMissing()
{
    Log log;
    Runner runner([] { return nullptr; }, log.callbacks());
    for (std::uint64_t id = 1; id <= 2; ++id) {
        runner.submit(request(id));
        QVERIFY(log.wait_for_outcomes(id));
        QVERIFY(!message_of(log.outcomes().back()).isEmpty());
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

void TestRunner::destruction_data()
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

void TestRunner::destruction()
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

void TestRunner::aThousandActions_data()
{
    QTest::addColumn<unsigned>("seed");
    for (const unsigned seed : {1u, 20240601u, 77u})
        QTest::addRow("seed %u", seed) << seed;
}

void TestRunner::aThousandActions()
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

QTEST_APPLESS_MAIN(TestRunner)
#include "tst_runner.moc"
