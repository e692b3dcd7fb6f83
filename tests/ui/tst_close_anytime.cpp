// SPDX-License-Identifier: GPL-3.0-or-later
// The window is closed at random moments of runs of every kind. It must end at once with all its threads, and what had
// finished by then must be found again. LACUNA_CLOSINGS says how often.
#include <QAbstractButton>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

#include <random>

#include "engine/project/project_file.h"
#include "engine/project/recovery.h"
#include "tests/ui/window_fixture.h"
#include "ui/queue/queue.h"
#include "ui/queue/queue_store.h"

using namespace lacuna;
using namespace lacuna::ui;

namespace {

constexpr int jobs = 3;

enum class Kind { Plain, Twin, Pool, Queue, HeldQueue, Count };

std::ptrdiff_t threads()
{
    const std::filesystem::directory_iterator tasks("/proc/self/task");
    return std::distance(begin(tasks), end(tasks));
}

/// One window, from its start to its end at a moment that the seed decides.
class Closing {
public:
    explicit Closing(unsigned seed) : random_(seed), kind_(Kind(below(int(Kind::Count))))
    {
        qputenv("XDG_STATE_HOME", state_.path().toUtf8());
        f_.script->steps = 24;
        f_.script->stepTime = std::chrono::milliseconds(1);
        QObject::connect(&f_.window->run(), &RunController::arrived, f_.window.get(),
                         [this](const std::vector<Completion>& some) { arrived_ += some.size(); });
    }

    bool begin();
    void waitForTheMoment();
    void close();
    bool ended() const { return !f_.script->working; }
    /// What is kept of it; empty, or what is missing.
    QString missing() const;
    QString text() const { return QStringLiteral("kind %1 after %2 steps").arg(int(kind_)).arg(moment_); }

private:
    int below(int n) { return std::uniform_int_distribution<int>(0, n - 1)(random_); }
    bool queued() const { return kind_ == Kind::Queue || kind_ == Kind::HeldQueue; }
    QString missingJobs() const;
    QString missingCompletions() const;

    std::mt19937 random_;
    Kind kind_;
    QTemporaryDir state_;
    WindowFixture f_;
    int moment_ = 0;
    std::size_t arrived_ = 0; ///< completions that the window was told of
};

bool Closing::begin()
{
    f_.window->startSession();
    if (!f_.show())
        return false;
    f_.openWithHole(32);
    f_.window->refreshNow();
    if (kind_ == Kind::Pool)
        f_.window->parameters().setPool(100);
    if (kind_ == Kind::Twin)
        f_.window->findChild<QAbstractButton*>(QStringLiteral("twin"))->setChecked(true);
    if (!queued()) {
        QTest::mouseClick(f_.runButton(), Qt::LeftButton);
        return f_.window->run().running();
    }
    for (int i = 0; i < jobs; ++i)
        QTest::mouseClick(f_.window->findChild<QPushButton*>(QStringLiteral("queue-button")), Qt::LeftButton);
    return f_.window->queue().list().rowCount() == jobs;
}

/// A number of steps of the session, then of turns of the event loop.
void Closing::waitForTheMoment()
{
    moment_ = below(kind_ == Kind::Plain ? 26 : kind_ == Kind::Pool ? 22 : kind_ == Kind::Twin ? 50 : 74);
    const auto idle = [this] {
        return !f_.window->run().running() && f_.window->queue().list().firstWaiting() < 0;
    };
    static_cast<void>(QTest::qWaitFor([&] { return f_.script->stepsDone >= moment_ || idle(); }, 60000));
    for (int turns = below(6); turns > 0; --turns)
        QCoreApplication::processEvents();
    if (kind_ == Kind::HeldQueue)
        f_.window->queue().setPaused(true);
    if (below(4) == 0)
        f_.action("stop")->trigger();
}

/// As a person does it, or as the session manager does.
void Closing::close()
{
    const int way = below(3);
    if (way > 0)
        f_.window->close();
    for (int turns = way == 2 ? below(20) : 0; turns > 0; --turns)
        QCoreApplication::processEvents();
    f_.window.reset();
}

QString Closing::missing() const
{
    const QString jobsText = missingJobs();
    return jobsText.isEmpty() ? missingCompletions() : jobsText;
}

/// Every job waits, or what came of it is there.
QString Closing::missingJobs() const
{
    const auto store = QueueStore::open(journal_folder().parent_path() / "queue");
    if (!store)
        return QStringLiteral("the queue is still locked");
    const StoredQueue stored = store->read();
    if (!stored.problem.isEmpty())
        return stored.problem;
    if (queued() && stored.jobs.size() != std::size_t(jobs))
        return QStringLiteral("%1 jobs are left").arg(stored.jobs.size());
    for (const Job& job : stored.jobs)
        if (job.state == Job::State::Done
            && open_project(job.result).project.sets.at(0).set->completions.size() != 5)
            return QStringLiteral("job %1 is not whole").arg(job.number);
    return {};
}

QString Closing::missingCompletions() const
{
    std::size_t kept = 0;
    for (const LeftJournal& journal : find_left_journals(journal_folder()))
        for (const ProjectSet& set : recover(journal.path).project.sets)
            kept += set.set->completions.size();
    return kept >= arrived_ ? QString()
                            : QStringLiteral("%1 of %2 completions are kept").arg(kept).arg(arrived_);
}

} // namespace

class TestCloseAnytime : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        loadResources();
        applyTheme(ThemeChoice::Light);
    }
    void closing();
};

void TestCloseAnytime::closing()
{
    const int asked = qEnvironmentVariableIntValue("LACUNA_CLOSINGS");
    const std::ptrdiff_t before = threads();
    for (unsigned seed = 0; seed < unsigned(asked > 0 ? asked : 50); ++seed) {
        Closing window(seed);
        QVERIFY2(window.begin(), qPrintable(window.text()));
        window.waitForTheMoment();
        QElapsedTimer clock;
        clock.start();
        window.close();
        QVERIFY2(clock.elapsed() < 10000, qPrintable(window.text()));
        QVERIFY2(window.ended(), qPrintable(window.text()));
        const QString missing = window.missing();
        QVERIFY2(missing.isEmpty(), qPrintable(QStringLiteral("%1, %2").arg(window.text(), missing)));
    }
    // Every window had threads of its own; what is left are those of the shared pool.
    QThreadPool::globalInstance()->waitForDone();
    const std::ptrdiff_t left = threads() - before - QThreadPool::globalInstance()->maxThreadCount();
    QVERIFY2(left <= 2, qPrintable(QString::number(left)));
}

QTEST_MAIN(TestCloseAnytime)
#include "tst_close_anytime.moc"
