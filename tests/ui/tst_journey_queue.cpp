// SPDX-License-Identifier: GPL-3.0-or-later
// Stop, pause, kill: a long job of the real engine is paused, the program killed, and the next one goes on at the step
// that was saved and comes to the same bytes.
#include <QComboBox>
#include <QElapsedTimer>
#include <QProcess>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <csignal>

#include "engine/checkpoint/checkpoint.h"
#include "engine/fill/fill_session.h"
#include "engine/models/model_folder.h"
#include "engine/project/recovery.h"
#include "tests/support/made_models.h"
#include "tests/ui/queue_fixture.h"

using namespace lacuna;
using namespace lacuna::ui;

namespace {

constexpr int side = 48, longSteps = 100;
constexpr int enough = 60; ///< evaluations: more than a run makes before it is first heard of

std::unique_ptr<Session> realSession()
{
    return make_fill_session(1, "cpu");
}

/// A window on the real engine with a small network.
struct JourneyWindow : QueueFixture {
    JourneyWindow() : QueueFixture(true, 1 << 30, realSession)
    {
        QObject::connect(&window->run(), &RunController::progressed, window.get(),
                         [this](const Progress& progress) {
                             if (progress.phase != "Sampling")
                                 return;
                             first = first < 0 ? progress.done : first;
                             done = progress.done;
                         });
    }

    bool reaches(int evaluations) const
    {
        return QTest::qWaitFor([&] { return done >= evaluations; }, 60000);
    }
    int first = -1, done = -1; ///< evaluations that were told of

    /// Sets a field of the panel by keys.
    template <typename Field> Field* field(const char* name) const
    {
        auto* found = window->findChild<Field*>(QLatin1String(name));
        found->setFocus();
        return found;
    }
    bool choose(const char* name, const char* id) const
    {
        auto* box = field<QComboBox>(name);
        if (!QTest::qWaitFor([&] { return box->findData(QLatin1String(id)) >= 0; }, 30000))
            return false;
        QTest::keyClick(box, Qt::Key_Home);
        for (int i = 1; i < box->count() && box->currentData() != QLatin1String(id); ++i)
            QTest::keyClick(box, Qt::Key_Down);
        return box->currentData() == QLatin1String(id);
    }
    void setNumber(const char* name, int value) const
    {
        auto* box = field<QSpinBox>(name);
        box->selectAll();
        QTest::keyClicks(box, QString::number(value));
        QTest::keyClick(box, Qt::Key_Tab);
    }
    void clickPause() const
    {
        QTest::mouseClick(window->findChild<QToolButton*>(QStringLiteral("queue-pause")), Qt::LeftButton);
    }
    /// One long job with this seed and two short ones with the next.
    bool addThree(int seed)
    {
        if (!choose("model", "tiny") || !choose("method", "repaint"))
            return false;
        setNumber("count", 2);
        setNumber("steps", longSteps);
        add(seed);
        if (!choose("method", "project"))
            return false;
        setNumber("steps", 10);
        add(seed + 1);
        add(seed + 2);
        return count(Job::State::Running) + count(Job::State::Waiting) == 3;
    }
};

std::filesystem::path queueFolder()
{
    return journal_folder().parent_path() / "queue";
}

/// What the killed program does; the exit code tells how far it came.
int workUntilKilled(int argc, char** argv)
{
    QApplication application(argc, argv);
    loadResources();
    applyTheme(ThemeChoice::Light);
    JourneyWindow f;
    f.open(side);
    f.window->document().addShape(
        [](QSize bounds, const SpanSink& sink) {
            fillRect({2, 2, 5, 5}, bounds, sink);
        },
        true);
    f.window->document().endEdit();
    f.window->refreshNow();
    if (!f.addThree(41) || !QTest::qWaitFor([&] { return f.count(Job::State::Running) == 1; }, 60000))
        return 1;
    f.view().setFocus();
    f.view().setCurrentIndex(f.queue().list().index(2));
    QTest::keyClick(&f.view(), Qt::Key_Up, Qt::AltModifier);
    if (f.seeds(Job::State::Waiting) != std::vector<int>{43, 42})
        return 2;
    if (!f.reaches(enough))
        return 3;
    f.clickPause();
    if (!QTest::qWaitFor([] { return std::filesystem::exists(queueFolder() / "job-1.state"); }, 60000))
        return 4;
    f.queue().flush();
    ::kill(::getpid(), SIGKILL);
    return 5;
}

/// Evaluations that the kept run of the job had made.
int savedEvaluations(int job)
{
    const Checkpoint state = Checkpoint::open(queueFolder() / ("job-" + std::to_string(job) + ".state"));
    std::int32_t value = -1;
    state.read("run.evaluations", DType::I32, std::as_writable_bytes(std::span(&value, 1)));
    return value;
}

} // namespace

class TestJourneyQueue : public QObject {
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
        qputenv("XDG_DATA_HOME", folder_->path().toUtf8());
        std::filesystem::create_directories(user_model_folder());
        test::write_model(user_model_folder() / "tiny.safetensors", test::tiny_preset());
    }
    void stopPauseKill();
    void closingWritesTheState();
    void cancelAnswersAtOnce();

private:
    std::unique_ptr<QTemporaryDir> folder_;
};

void TestJourneyQueue::stopPauseKill()
{
    QProcess program;
    program.start(QCoreApplication::applicationFilePath(), {QStringLiteral("work-until-killed")});
    QVERIFY(program.waitForFinished(180000));
    QVERIFY2(program.exitStatus() == QProcess::CrashExit, qPrintable(QString::number(program.exitCode())));
    const int saved = savedEvaluations(1);
    QVERIFY(saved >= enough);

    // Everything is there again, and nothing goes on by itself.
    JourneyWindow f;
    QTRY_COMPARE(f.seeds(Job::State::Waiting), (std::vector<int>{41, 43, 42}));
    QVERIFY(f.queue().paused());
    QVERIFY(!f.panel().isHidden());
    QTRY_VERIFY(f.window->messages().text().contains(QStringLiteral("ended before this was saved")));
    QTest::mouseClick(f.window->messages().findChild<QPushButton*>(QStringLiteral("answer")), Qt::LeftButton);
    QTRY_COMPARE(f.window->document().size(), QSize(side, side));
    const std::size_t hole = f.window->document().holePixels();
    QCOMPARE(hole, f.queue().list().job(0).request->mask.hole_pixels());
    const FillRequest request = *f.queue().list().job(0).request;
    QCOMPARE(request.recipe.method, std::string("repaint"));

    // It goes on at the saved step.
    f.clickPause();
    QVERIFY(f.finished(3));
    QVERIFY2(f.first >= saved, qPrintable(QStringLiteral("%1 after %2").arg(f.first).arg(saved)));
    QVERIFY(!std::filesystem::exists(queueFolder() / "job-1.state"));

    // With the bytes of a run that was never interrupted.
    const CompletionSet set = realSession()->fill(request, [](const Progress&) {}, {});
    const std::vector<Picture> kept = picturesOf(f.queue().list().job(0));
    QCOMPARE(kept.size(), std::size_t(2));
    for (std::size_t i = 0; i < kept.size(); ++i) {
        QVERIFY(kept[i] == composite(request.picture, request.mask, set.completions[i]));
        QVERIFY(kept[i] != request.picture);
    }
}

void TestJourneyQueue::closingWritesTheState()
{
    int done = 0;
    {
        JourneyWindow f;
        f.open(side);
        QVERIFY(f.addThree(51) && f.reaches(enough));
        done = f.done;
        QVERIFY(f.window->close());
    }
    const int saved = savedEvaluations(1);
    QVERIFY2(saved >= done, "it was written at the end");
    { // held, so that this test sees its first step
        const auto store = QueueStore::open(queueFolder());
        StoredQueue stored = store->read();
        stored.paused = true;
        store->write(stored);
    }
    JourneyWindow f;
    QTRY_COMPARE(f.count(Job::State::Waiting), 3);
    f.clickPause();
    QVERIFY(f.reaches(saved));
    QVERIFY2(f.first >= saved, qPrintable(QStringLiteral("%1 after %2").arg(f.first).arg(saved)));
    QTest::keyClick(f.window.get(), Qt::Key_Escape);
    QVERIFY(f.finished(3));
    QVERIFY(!std::filesystem::exists(queueFolder() / "job-1.state"));
}

void TestJourneyQueue::cancelAnswersAtOnce()
{
    JourneyWindow f;
    f.open(side);
    QVERIFY(f.choose("model", "tiny") && f.choose("method", "repaint"));
    qint64 shortest = 1 << 30; // whatever else the computer does meanwhile
    for (int seed = 1; seed <= 3; ++seed) {
        f.add(seed);
        const int row = seed - 1;
        QTRY_VERIFY(f.queue().list().job(row).note.contains(QStringLiteral(" of ")));
        QElapsedTimer clock;
        clock.start();
        QTest::keyClick(f.window.get(), Qt::Key_Escape);
        QTRY_VERIFY(!f.window->run().running());
        shortest = std::min(shortest, clock.elapsed());
        QVERIFY(f.finished(seed));
        QVERIFY(f.queue().list().job(row).note.contains(QStringLiteral("stopped")));
        QCOMPARE(picturesOf(f.queue().list().job(row)).size(), std::size_t(5)); // what was there is kept
    }
    QVERIFY2(shortest < 200, qPrintable(QString::number(shortest)));
}

int main(int argc, char** argv)
{
    if (argc > 1 && std::string(argv[1]) == "work-until-killed")
        return workUntilKilled(argc, argv);
    QApplication application(argc, argv);
    TestJourneyQueue test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_journey_queue.moc"
