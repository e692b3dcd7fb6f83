// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>

#include <chrono>
#include <fstream>
#include <set>

#include <sys/wait.h>
#include <unistd.h>

#include "engine/core/atomic_file.h"
#include "engine/core/error.h"
#include "engine/sweep/job_store.h"
#include "engine/sweep/sweep_plan.h"
#include "engine/sweep/sweep_report.h"
#include "engine/sweep/sweep_settings.h"

using namespace lacuna;
namespace fs = std::filesystem;

namespace {

const std::string id(64, 'a');

/// A finished result of one file.
void finish_job(const JobStore& store, const std::string& text)
{
    auto claim = store.claim(id);
    QVERIFY(claim.has_value());
    write_file(claim->workplace() / "set.json", text);
    claim->finish();
}

} // namespace

class TestSweep : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void axesAreRead();
    void wrongAxesAreRefused_data();
    void wrongAxesAreRefused();
    void everyCombinationOnce();
    void equalPixelsShareAnId();
    void idsOfAModelAreItsOwn();
    void thousandsOfCellsArePlannedAtOnce();
    void shardsCoverEverything();
    void slurmNumbersTheShards();
    void finishedJobsAreKnown();
    void damagedResultsAreMadeAgain();
    void oneWorkerAtATime();
    void aDeadWorkersJobIsFree();
    void marksOfFinishedJobsGo();
    void unfinishedWorkLeavesNothing();
    void settingsAreKept();
    void damagedSettingsAreNone_data();
    void damagedSettingsAreNone();
    void tablesTellWhatIsThere();

private:
    QTemporaryDir folder_{};
    JobStore store() const
    {
        return JobStore(fs::path(folder_.path().toStdString()) / QTest::currentTestFunction());
    }
};

void TestSweep::axesAreRead()
{
    const SweepAxis axis = parse_axis("bound=24:gray,0.0003:per-image,none");
    QCOMPARE(axis.parameter, std::string("bound"));
    QCOMPARE(axis.values, (std::vector<std::string>{"24:gray", "0.0003:per-image", "none"}));
}

void TestSweep::wrongAxesAreRefused_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text : {"", "eta", "eta=", "eta=1,", "eta=,1", "eta=1,1", "colour=red"})
        QTest::newRow(text) << text;
}

void TestSweep::wrongAxesAreRefused()
{
    QFETCH(QString, text);
    QVERIFY_EXCEPTION_THROWN(parse_axis(text.toStdString()), Error);
}

void TestSweep::everyCombinationOnce()
{
    const auto jobs = sweep_jobs({}, {parse_axis("eta=0.1,0.3"), parse_axis("seed=1,2,3")});
    QCOMPARE(jobs.size(), std::size_t(6));
    std::set<std::string> ids;
    for (const SweepJob& job : jobs)
        ids.insert(job.id);
    QCOMPARE(ids.size(), jobs.size());
    QCOMPARE(jobs[4].place, (std::vector<std::size_t>{1, 1}));
    QCOMPARE(jobs[4].recipe.eta, 0.3);
    QCOMPARE(jobs[4].recipe.seed, std::uint64_t(2));
    QVERIFY_EXCEPTION_THROWN(sweep_jobs({}, {parse_axis("eta=1"), parse_axis("eta=2")}), Error);
    QVERIFY_EXCEPTION_THROWN(sweep_jobs({}, {parse_axis("count=0,5")}), Error);
    QVERIFY_EXCEPTION_THROWN(sweep_jobs({}, {parse_axis("eta=zero")}), Error);
}

void TestSweep::equalPixelsShareAnId()
{
    const auto jobs = sweep_jobs({}, {parse_axis("eta=0,0.3"), parse_axis("bound=12,24,none")});
    QCOMPARE(jobs[0].id, jobs[1].id); // without guidance no bound
    QCOMPARE(jobs[1].id, jobs[2].id);
    QVERIFY(jobs[3].id != jobs[4].id);
    Recipe other;
    other.picture_sha256 = id;
    QVERIFY(sweep_jobs(other, {parse_axis("eta=0")})[0].id != jobs[0].id);
}

void TestSweep::idsOfAModelAreItsOwn()
{
    const auto recipe_of = [](const std::string& model) {
        return Recipe{.model = model, .model_sha256 = model + " hash", .steps = model == "a" ? 7 : 9};
    };
    const auto alone = sweep_jobs("a", recipe_of, {parse_axis("seed=1,2")});
    const auto both = sweep_jobs("a", recipe_of, {parse_axis("seed=1,2"), parse_axis("model=b,a")});
    QCOMPARE(both.size(), std::size_t(4));
    for (std::size_t seed = 0; seed < 2; ++seed) {
        QCOMPARE(both[2 * seed + 1].id, alone[seed].id);
        QCOMPARE(both[2 * seed].recipe.model, std::string("b"));
        QCOMPARE(both[2 * seed].recipe.model_sha256, std::string("b hash"));
        QCOMPARE(both[2 * seed].recipe.steps, 9);
        QVERIFY(both[2 * seed].id != alone[seed].id);
    }
}

void TestSweep::thousandsOfCellsArePlannedAtOnce()
{
    std::string seeds = "seed=0";
    for (int i = 1; i < 5000; ++i)
        seeds.append(",").append(std::to_string(i));
    const auto start = std::chrono::steady_clock::now();
    QCOMPARE(sweep_jobs({}, {parse_axis(seeds)}).size(), std::size_t(5000));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    QVERIFY2(took.count() < 5, std::to_string(took.count()).c_str());
    QVERIFY_EXCEPTION_THROWN(sweep_jobs({}, {parse_axis(seeds), parse_axis("steps" + seeds.substr(4))}),
                             Error);
}

void TestSweep::shardsCoverEverything()
{
    std::multiset<std::size_t> taken;
    for (const char* text : {"0/3", "1/3", "2/3"})
        for (std::size_t job = 0; job < 10; ++job)
            if (find_shard(text).has(job))
                taken.insert(job);
    QCOMPARE(taken.size(), std::size_t(10));
    QCOMPARE(std::set(taken.begin(), taken.end()).size(), std::size_t(10));
    for (const char* text : {"3/3", "1", "a/b", "/", "-1/2"})
        QVERIFY_EXCEPTION_THROWN(find_shard(text), Error);
}

void TestSweep::slurmNumbersTheShards()
{
    qputenv("SLURM_ARRAY_TASK_ID", "11");
    qputenv("SLURM_ARRAY_TASK_MIN", "10");
    qputenv("SLURM_ARRAY_TASK_COUNT", "4");
    QCOMPARE(find_shard("").number, std::size_t(1));
    QCOMPARE(find_shard("").of, std::size_t(4));
    QCOMPARE(find_shard("0/1").of, std::size_t(1));
    for (const char* name : {"SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_MIN", "SLURM_ARRAY_TASK_COUNT"})
        qunsetenv(name);
    QCOMPARE(find_shard("").of, std::size_t(1));
}

void TestSweep::finishedJobsAreKnown()
{
    const JobStore jobs = store();
    QVERIFY(!jobs.is_done(id));
    finish_job(jobs, "a result");
    QVERIFY(jobs.is_done(id));
    QVERIFY(fs::exists(jobs.result(id) / "set.json"));
}

void TestSweep::damagedResultsAreMadeAgain()
{
    const JobStore jobs = store();
    finish_job(jobs, "a result");
    std::ofstream(jobs.result(id) / "set.json") << "another";
    QVERIFY(!jobs.is_done(id));
    QVERIFY(!fs::exists(jobs.result(id)));
    finish_job(jobs, "a result");
    std::ofstream(jobs.result(id) / "done.json") << "rubbish";
    QVERIFY(!jobs.is_done(id));
}

void TestSweep::oneWorkerAtATime()
{
    const JobStore jobs = store();
    {
        auto claim = jobs.claim(id);
        QVERIFY(claim && !jobs.claim(id));
        claim->beat();
    }
    QVERIFY(jobs.claim(id).has_value());
}

void TestSweep::aDeadWorkersJobIsFree()
{
    const JobStore jobs = store();
    const pid_t worker = fork();
    if (worker == 0) {
        auto claim = jobs.claim(id);
        write_file(claim->workplace() / "half", std::string("of a file"));
        _exit(0); // no destructor runs, as after kill -9
    }
    int status = 0;
    QCOMPARE(waitpid(worker, &status, 0), worker);
    jobs.clear_marks(); // not of work that is left
    QVERIFY(fs::exists(jobs.result(id).string() + ".claim"));
    QVERIFY(jobs.claim(id).has_value());
}

void TestSweep::marksOfFinishedJobsGo()
{
    const JobStore jobs = store();
    const pid_t worker = fork();
    if (worker == 0) {
        auto claim = jobs.claim(id);
        claim->finish();
        _exit(0); // before the claim is given back
    }
    int status = 0;
    QCOMPARE(waitpid(worker, &status, 0), worker);
    fs::create_directory(jobs.result(id).string() + ".tmp.claim.1"); // killed while it was given back
    auto live = jobs.claim(std::string(64, 'b'));
    jobs.clear_marks();
    QVERIFY(jobs.is_done(id));
    for (const fs::directory_entry& entry : fs::directory_iterator(jobs.result(id).parent_path()))
        QVERIFY2(entry.path().filename() == id || entry.path().filename().string()[0] == 'b',
                 entry.path().c_str());
}

void TestSweep::unfinishedWorkLeavesNothing()
{
    const JobStore jobs = store();
    {
        auto claim = jobs.claim(id);
        write_file(claim->workplace() / "half", std::string("of a result"));
    }
    QVERIFY(!jobs.is_done(id));
    QVERIFY(fs::is_empty(jobs.result(id).parent_path()));
}

void TestSweep::settingsAreKept()
{
    SweepSettings settings{.axes = {parse_axis("eta=0,0.07"), parse_axis("bound=0.0003:per-image,none")}};
    settings.base.seed = 18446744073709551615ULL;
    settings.base.model = "portraits-64";
    const fs::path file = fs::path(folder_.path().toStdString()) / "settings.json";
    write_file(file, to_json(settings));
    const auto read = read_sweep_settings(file);
    QVERIFY(read.has_value());
    QCOMPARE(read->base, settings.base);
    QCOMPARE(read->axes.size(), std::size_t(2));
    QCOMPARE(read->axes[1].parameter, std::string("bound"));
    QCOMPARE(read->axes[1].values, settings.axes[1].values);
    QVERIFY(!read_sweep_settings(file.string() + ".missing"));
}

void TestSweep::damagedSettingsAreNone_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::newRow("cut off") << "]"
                             << "";
    QTest::newRow("of a later version") << "\"schema\": 1,"
                                        << "\"schema\": 2,";
    QTest::newRow("a value that is no text") << "\"0.07\""
                                             << "7";
    QTest::newRow("no axes") << "\"axes\""
                             << "\"axis\"";
}

void TestSweep::damagedSettingsAreNone()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QString text = QString::fromStdString(to_json(SweepSettings{.axes = {parse_axis("eta=0,0.07")}}));
    QVERIFY(text.contains(from));
    const fs::path file = fs::path(folder_.path().toStdString()) / "damaged.json";
    write_file(file, text.replace(from, to).toStdString());
    QVERIFY(!read_sweep_settings(file));
}

void TestSweep::tablesTellWhatIsThere()
{
    SweepReport report{.axes = {parse_axis("eta=0,0.3"), parse_axis("bound=12,none")},
                       .measures = {{"diversity", "grey levels", true}, {"seam", "", false}}};
    report.jobs = sweep_jobs(Recipe(), report.axes);
    report.cells = {SweepCell{{10.5, 1.25}, {}}, SweepCell{{10.5, 1.25}, {}}, {}, SweepCell{{30, 2}, {}}};
    const std::string csv = sweep_csv(report);
    QVERIFY(csv.starts_with("eta,bound,diversity,seam,id\n0,12,10.5,1.25," + report.jobs[0].id + "\n"));
    QVERIFY(csv.find("0.3,12,,," + report.jobs[2].id + "\n") != std::string::npos);
    const std::string latex = sweep_latex(report);
    QVERIFY(latex.find("0 & 10.5 & 10.5 \\\\\n0.3 & -- & 30 \\\\\n") != std::string::npos);
    QCOMPARE(pareto_cells(report), (std::vector<std::size_t>{0, 1, 3}));
}

QTEST_APPLESS_MAIN(TestSweep)
#include "tst_sweep.moc"
