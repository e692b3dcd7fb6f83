// SPDX-License-Identifier: GPL-3.0-or-later
// Sweeps as processes: killed, stopped, shared, and always ending with the same files.
#include <csignal>

#include <QtTest>

#include "engine/core/atomic_file.h"
#include "engine/core/picture_file.h"
#include "engine/models/preset.h"
#include "tests/support/made_lpips.h"
#include "tests/support/made_models.h"
#include "tests/support/test_pictures.h"

using namespace lacuna;

namespace {

constexpr int cells = 6;
constexpr int patience_ms = 60000;
using Files = QMap<QString, QByteArray>;

/// A sweep that runs, with what it has said so far.
class Sweep {
public:
    explicit Sweep(const QStringList& arguments)
    {
        process_.start(QStringLiteral(LACUNA_BIN_DIR "/lacuna-cli"), QStringList{"sweep"} + arguments);
    }

    /// Looks again and again; false: the sweep ended before.
    bool reaches(const std::function<bool(const QByteArray& said)>& moment)
    {
        while (!moment(said())) {
            process_.waitForReadyRead(1);
            if (process_.state() == QProcess::NotRunning)
                return false;
        }
        return true;
    }
    void send(int signal)
    {
        if (const auto id = static_cast<pid_t>(process_.processId()); id > 0)
            ::kill(id, signal);
    }
    bool ends() { return process_.state() == QProcess::NotRunning || process_.waitForFinished(patience_ms); }
    bool was_killed() const { return process_.exitStatus() == QProcess::CrashExit; }
    int code() const { return process_.exitStatus() == QProcess::NormalExit ? process_.exitCode() : -2; }
    const QByteArray& said()
    {
        process_.setReadChannel(QProcess::StandardError);
        return said_ += process_.readAllStandardError();
    }
    /// How many cells it has begun.
    int begun() { return int(said().count("cell ")); }

private:
    QProcess process_{};
    QByteArray said_{};
};

/// Parameters of NIQE that read: features of mean 0 and covariance 1, a flat window.
void write_niqe(const std::filesystem::path& path)
{
    const std::map<std::string, SafetensorsEntry> entries{{"mu_pris_param", {DType::F64, {1, 36}}},
                                                          {"cov_pris_param", {DType::F64, {36, 36}}},
                                                          {"gaussian_window", {DType::F64, {7, 7}}}};
    write_safetensors(path, entries, {}, [](const std::string& name, std::span<std::byte> bytes) {
        std::vector<double> values(bytes.size() / sizeof(double), name == "gaussian_window" ? 1.0 / 49 : 0.0);
        for (std::size_t i = 0; name == "cov_pris_param" && i < 36; ++i)
            values[37 * i] = 1;
        std::memcpy(bytes.data(), values.data(), bytes.size());
    });
}

Files files_below(const QString& folder)
{
    Files files;
    QDirIterator all(folder, QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot,
                     QDirIterator::Subdirectories);
    while (all.hasNext()) {
        const QFileInfo entry(all.next());
        QFile file(entry.filePath());
        files[QDir(folder).relativeFilePath(entry.filePath())] =
            entry.isFile() && file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    return files;
}

} // namespace

class TestSweepCli : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void killedAtAnyMoment_data();
    void killedAtAnyMoment();
    void killedAgainAndAgain();
    void shardsKilledAtOnce();
    void workersShareAFolder();
    void stopsOnASignal_data();
    void stopsOnASignal();
    void onlyDamagedCellsAreMadeAgain();
    void measures();
    void idsOfAModelAreItsOwn();

private:
    QString at(const QString& name) const { return folder_.filePath(name); }
    QStringList arguments(const QString& out, const QStringList& more = {}) const
    {
        return QStringList{
                   at("picture.png"), "--mask", at("mask.png"), "--out", at(out),  "--threads", "1",
                   "--steps",         "12",     "--count",      "2",     "--vary", "eta=0,9.5", "--vary",
                   "seed=1,2,3"}
               + more;
    }
    QStringList in_cells(const QString& out, const QString& pattern) const
    {
        return QDir(at(out) + "/cells").entryList({pattern}, QDir::Dirs | QDir::NoDotAndDotDot);
    }
    QStringList done(const QString& out) const
    {
        return in_cells(out, "*").filter(QRegularExpression("^[0-9a-f]{64}$"));
    }
    /// Goes on to the end and compares everything with the sweep that nothing disturbed.
    void finish_and_compare(const QString& out, int begun_before, int disturbances)
    {
        Sweep rest(arguments(out));
        QVERIFY(rest.ends());
        QVERIFY2(rest.code() == 0, rest.said());
        QVERIFY2(begun_before + rest.begun() <= cells + disturbances, "no finished cell is made again");
        const Files files = files_below(at(out));
        QCOMPARE(files.keys(), undisturbed_.keys());
        for (auto file = files.begin(); file != files.end(); ++file)
            QVERIFY2(file.value() == undisturbed_[file.key()], qPrintable(file.key()));
    }

    QTemporaryDir folder_{};
    Files undisturbed_{};
};

void TestSweepCli::initTestCase()
{
    QVERIFY(folder_.isValid());
    write_file(at("picture.png").toStdString(), encode_png(test::stripes(192, 96)));
    write_file(at("mask.png").toStdString(), encode_png(test::square_mask(192, 96, 80, 36, 22)));
    Sweep sweep(arguments("undisturbed"));
    QVERIFY(sweep.ends());
    QVERIFY2(sweep.code() == 0, sweep.said());
    QCOMPARE(sweep.begun(), cells);
    undisturbed_ = files_below(at("undisturbed"));
    QCOMPARE(done("undisturbed").size(), cells);
    for (const char* name : {"sweep.csv", "sweep.tex", "sweep.json", "sweep.svg", "sweep.png"})
        QVERIFY2(undisturbed_.contains(name), name);
}

void TestSweepCli::killedAtAnyMoment_data()
{
    QTest::addColumn<int>("moment");
    QTest::newRow("the first cell is begun") << 0;
    QTest::newRow("the first cell is done") << 1;
    QTest::newRow("the fourth cell is begun") << 2;
    QTest::newRow("files of a cell are written") << 3;
    QTest::newRow("the report is begun") << 4;
    QTest::newRow("the report is written") << 5;
}

void TestSweepCli::killedAtAnyMoment()
{
    QFETCH(int, moment);
    const QString out = QString("killed%1").arg(moment);
    Sweep sweep(arguments(out));
    const bool reached = sweep.reaches([&](const QByteArray& said) {
        switch (moment) {
        case 0:
            return !in_cells(out, "*.tmp.*").isEmpty();
        case 1:
            return !done(out).isEmpty();
        case 2:
            return said.contains("cell 4 of 6");
        case 3:
            for (const QString& cell : in_cells(out, "*.tmp.*"))
                if (QFile::exists(at(out) + "/cells/" + cell + "/completion-01.png"))
                    return true;
            return false;
        case 4:
            return QFile::exists(at(out) + "/cells/report.claim");
        default:
            return QFile::exists(at(out) + "/sweep.csv");
        }
    });
    sweep.send(SIGKILL);
    QVERIFY(sweep.ends());
    QVERIFY2(reached || moment >= 3, sweep.said()); // the last ones are short
    QCOMPARE(sweep.was_killed(), reached);
    finish_and_compare(out, sweep.begun(), 1);
}

void TestSweepCli::killedAgainAndAgain()
{
    int begun = 0, kills = 0;
    for (bool finished = false; !finished; ++kills) {
        // Each time the first cell that it begins is lost, from the second time on one is done before.
        Sweep sweep(arguments("again"));
        finished = !sweep.reaches([&](const QByteArray&) { return sweep.begun() == (kills == 0 ? 1 : 2); });
        sweep.send(SIGKILL);
        QVERIFY(sweep.ends());
        begun += sweep.begun();
        QVERIFY2(kills < 2 * cells, "every run but the first finishes a cell");
    }
    QVERIFY(kills >= 5);
    finish_and_compare("again", begun, kills);
}

void TestSweepCli::shardsKilledAtOnce()
{
    int begun = 0;
    for (int round = 0; round < 2; ++round) {
        Sweep even(arguments("shards", {"--shard", "0/2"})), odd(arguments("shards", {"--shard", "1/2"}));
        even.reaches([&](const QByteArray&) { return done("shards").size() > round; });
        even.send(SIGKILL);
        odd.send(SIGKILL);
        QVERIFY(even.ends() && odd.ends());
        begun += even.begun() + odd.begun();
    }
    QVERIFY(done("shards").size() >= 2 && done("shards").size() <= cells);
    Sweep even(arguments("shards", {"--shard", "0/2"})), odd(arguments("shards", {"--shard", "1/2"}));
    QVERIFY(even.ends() && odd.ends());
    QVERIFY2(even.code() == 0 && odd.code() == 0, even.said() + odd.said());
    QCOMPARE(done("shards").size(), cells);
    begun += even.begun() + odd.begun();
    const Files files = files_below(at("shards")); // the last of them wrote the whole report
    QCOMPARE(files, undisturbed_);
    finish_and_compare("shards", begun, 4);
}

void TestSweepCli::workersShareAFolder()
{
    Sweep one(arguments("shared")), other(arguments("shared"));
    QVERIFY(one.ends() && other.ends());
    QVERIFY2(one.code() == 0 && other.code() == 0, one.said() + other.said());
    QCOMPARE(one.begun() + other.begun(), cells);
    finish_and_compare("shared", cells, 0);
}

void TestSweepCli::stopsOnASignal_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGUSR1") << SIGUSR1;
    QTest::newRow("SIGUSR2") << SIGUSR2;
}

void TestSweepCli::stopsOnASignal()
{
    QFETCH(int, signal);
    const QString out = QString("signal%1").arg(signal);
    Sweep sweep(arguments(out));
    QVERIFY(sweep.reaches([](const QByteArray& said) { return said.contains("cell 2 of 6"); }));
    sweep.send(signal);
    QVERIFY(sweep.ends());
    QCOMPARE(sweep.code(), 128 + signal);
    QCOMPARE(in_cells(out, "*").size(), done(out).size()); // no claims, nothing half done
    QVERIFY(QFile::exists(at(out) + "/sweep.csv"));
    finish_and_compare(out, sweep.begun(), 1);
}

void TestSweepCli::onlyDamagedCellsAreMadeAgain()
{
    Sweep whole(arguments("damaged"));
    QVERIFY(whole.ends());
    const QStringList ids = done("damaged");
    QVERIFY(QFile::remove(at("damaged/cells/" + ids[1] + "/done.json")));
    write_file((at("damaged/cells/") + ids[4] + "/completion-02.png").toStdString(), std::string("rubbish"));
    Sweep again(arguments("damaged"));
    QVERIFY(again.ends());
    QCOMPARE(again.begun(), 2);
    finish_and_compare("damaged", cells, 0);
}

void TestSweepCli::measures()
{
    const QJsonObject report = QJsonDocument::fromJson(undisturbed_["sweep.json"]).object();
    QStringList names;
    for (const auto& measure : report["measures"].toArray())
        names << measure.toObject()["name"].toString();
    QCOMPARE(names, (QStringList{"diversity", "seam", "nearest", "feature distance"}));
    QVERIFY(report["measures"].toArray()[3].toObject()["unit"].toString().contains("not LPIPS"));
    for (const auto& cell : report["cells"].toArray())
        QVERIFY(cell.toObject()["feature distance"].toDouble() > 0);
    QVERIFY(undisturbed_["sweep.csv"].startsWith("eta,seed,diversity,seam,nearest,feature distance,id\n"));
    QVERIFY(undisturbed_["sweep.tex"].contains("% feature distance in colours and gradients (not LPIPS)"));
    QVERIFY(undisturbed_["sweep.svg"].contains("feature distance (colours and gradients (not LPIPS))"));

    // Asked for, LPIPS and NIQE are the two of the Pareto line.
    QVERIFY(QDir().mkpath(at("weights")));
    test::write_lpips(at("weights").toStdString());
    write_niqe(at("niqe.safetensors").toStdString());
    Sweep asked(
        arguments("damaged", {"--lpips", "--weights", at("weights"), "--niqe", at("niqe.safetensors")}));
    QVERIFY(asked.ends());
    QVERIFY2(asked.code() == 0, asked.said());
    QCOMPARE(asked.begun(), 0);
    const Files files = files_below(at("damaged"));
    const QList<QByteArray> lines = files["sweep.csv"].trimmed().split('\n');
    QCOMPARE(lines[0], QByteArray("eta,seed,LPIPS,NIQE by fitted parameters,diversity,seam,nearest,id"));
    for (const QByteArray& line : lines.mid(1)) {
        QVERIFY2(line.split(',')[2].toDouble() > 0, line);
        QVERIFY2(line.split(',')[3].toDouble() > 0, line);
    }
    QVERIFY(files["sweep.svg"].contains("NIQE by fitted parameters over LPIPS"));
    QVERIFY(files["sweep.tex"].contains("% LPIPS in VGG-16, v0.1, mean of pairs"));

    Sweep niqe(arguments("refused", {"--niqe", at("none.npz")}));
    QVERIFY(niqe.ends());
    QCOMPARE(niqe.code(), 3);
    QVERIFY2(niqe.said().contains("none.npz"), niqe.said());
    Sweep lpips(arguments("refused", {"--lpips", "--weights", folder_.path()}));
    QVERIFY(lpips.ends());
    QCOMPARE(lpips.code(), 3);
    QVERIFY2(lpips.said().contains("vgg16-397923af.pth") && lpips.said().contains("https://"), lpips.said());
    QVERIFY(!QFile::exists(at("refused")));
}

void TestSweepCli::idsOfAModelAreItsOwn()
{
    test::write_model(at("one.safetensors").toStdString(), test::tiny_preset());
    test::write_model(at("two.safetensors").toStdString(), test::tiny_ddpm());
    write_file(at("small.png").toStdString(), encode_png(test::stripes(20, 16)));
    write_file(at("small_mask.png").toStdString(), encode_png(test::square_mask(20, 16, 7, 5, 5)));
    const auto sweep = [&](const QString& models) {
        Sweep run({at("small.png"), "--mask", at("small_mask.png"), "--out", at("models"), "--steps", "2",
                   "--count", "2", "--device", "cpu", "--vary", "model=" + models});
        return run.ends() && run.code() == 0 ? run.begun() : -1;
    };
    const QString one = at("one.safetensors"), two = at("two.safetensors");
    QCOMPARE(sweep(one), 1);
    QCOMPARE(sweep(one + "," + two), 1); // the first is there already
    QCOMPARE(sweep(two + ",this-photo," + one), 1);
    QStringList methods;
    for (const QString& id : done("models")) {
        QFile file(at("models/cells/" + id + "/set.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonObject recipe = QJsonDocument::fromJson(file.readAll()).object()["recipe"].toObject();
        methods << (recipe["model"] == "this-photo" ? "this-photo " : "network ")
                       + recipe["method"].toString();
    }
    methods.sort();
    QCOMPARE(methods, (QStringList{"network ddnm", "network ddnm", "this-photo project"}));
}

QTEST_GUILESS_MAIN(TestSweepCli)
#include "tst_sweep_cli.moc"
