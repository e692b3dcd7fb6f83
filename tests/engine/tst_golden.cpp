// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <QDir>
#include <QDirIterator>
#include <QProcess>
#include <QTemporaryDir>

namespace {

struct Outcome {
    int exit_code = -1;
    QStringList lines{};
    QString complaint{};
};

Outcome golden(const QStringList& folders)
{
    QProcess process;
    process.start(QStringLiteral(LACUNA_BIN_DIR "/lacuna-golden"), folders);
    if (!process.waitForFinished(120000) || process.exitStatus() != QProcess::NormalExit)
        return {};
    return {process.exitCode(),
            QString::fromUtf8(process.readAllStandardOutput()).split('\n', Qt::SkipEmptyParts),
            QString::fromUtf8(process.readAllStandardError())};
}

const QString data = QStringLiteral(LACUNA_TEST_DATA "/golden/samplers");
const QString other = QStringLiteral(LACUNA_TEST_DATA "/golden/described");

/// A copy that a test may spoil.
bool copy_data(const QString& to)
{
    QDirIterator files(data, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString file = files.next();
        const QString target = to + file.mid(data.size());
        if (!QDir().mkpath(QFileInfo(target).path()) || !QFile::copy(file, target))
            return false;
        QFile(target).setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    }
    return true;
}

QByteArray content(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool replace(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(bytes) == bytes.size();
}

} // namespace

class TestGolden : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void allCasesPass_data();
    void allCasesPass();
    void oneCaseIsAFolderToo();
    void aChangedNumberFails_data();
    void aChangedNumberFails();
    void anUnknownCaseIsSkipped();
    void aBrokenFolderIsSaid_data();
    void aBrokenFolderIsSaid();
    void withoutFoldersItSaysHow();
};

void TestGolden::allCasesPass_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<int>("cases");
    QTest::newRow("samplers") << data << 10;
    QTest::newRow("baselines") << QStringLiteral(LACUNA_TEST_DATA "/golden/baselines") << 2;
    QTest::newRow("networks and restorers")
        << QStringLiteral(LACUNA_TEST_DATA "/golden/official/given") << 13;
}

void TestGolden::allCasesPass()
{
    QFETCH(QString, folder);
    QFETCH(int, cases);
    const Outcome outcome = golden({folder});
    QCOMPARE(outcome.exit_code, 0);
    QVERIFY(outcome.lines.size() > cases);
    for (const QString& line : outcome.lines.mid(0, outcome.lines.size() - 1))
        QVERIFY2(line.startsWith("PASS ") && line.split(' ').size() == 4, qPrintable(line));
    QCOMPARE(outcome.lines.back(), QString("%1 passed, 0 failed, 0 skipped").arg(outcome.lines.size() - 1));
}

void TestGolden::oneCaseIsAFolderToo()
{
    const Outcome outcome = golden({data + "/sel_fps", data + "/wrap_prediction_types/"});
    QCOMPARE(outcome.exit_code, 0);
    QCOMPARE(outcome.lines.size(), 3);
    QVERIFY(outcome.lines[0].startsWith("PASS sel_fps "));
    QVERIFY(outcome.lines[1].startsWith("PASS wrap_prediction_types "));
    QCOMPARE(outcome.lines[2], QString("2 passed, 0 failed, 0 skipped"));
}

void TestGolden::aChangedNumberFails_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("schedule") << "sched_edm_rho/sigma_N10_rho7.npy";
    QTest::newRow("integers") << "sched_subsets/gd_ddim25.npy";
    QTest::newRow("denoiser") << "den_gmm_full_cond/D_cond_sy0_s1.npy";
    QTest::newRow("final state") << "edm_heun_thesis0.7_gmm_ring_N22/x_final.npy";
    QTest::newRow("trajectory") << "samp_general_g1.5_mu0.3_ring_N12/traj.npy";
    QTest::newRow("levels of the calls") << "edm_ablation_vp_heun/call_sigmas.npy";
    QTest::newRow("wrapper") << "precond/cnoise_vp.npy";
    QTest::newRow("selection") << "sel_fps/idx_S10_L50.npy";
}

void TestGolden::aChangedNumberFails()
{
    QFETCH(QString, file);
    QTemporaryDir folder;
    QVERIFY(copy_data(folder.path()));
    QByteArray bytes = content(folder.filePath(file));
    // The second most significant byte of the last number: another exponent, or another integer.
    const qsizetype byte =
        file.startsWith("sched_subsets") || file.startsWith("sel_") ? bytes.size() - 8 : bytes.size() - 2;
    bytes[byte] = static_cast<char>(bytes[byte] ^ 0x41);
    QVERIFY(replace(folder.filePath(file), bytes));

    const Outcome outcome = golden({folder.path()});
    QCOMPARE(outcome.exit_code, 4);
    const QString name = file.section('/', 0, 0);
    QCOMPARE(outcome.lines.filter("FAIL ").size(), 1);
    QVERIFY(outcome.lines.filter("FAIL ")[0].startsWith("FAIL " + name + " "));
    QVERIFY(outcome.lines.back().endsWith(" passed, 1 failed, 0 skipped"));
}

void TestGolden::anUnknownCaseIsSkipped()
{
    const Outcome outcome = golden({other});
    QCOMPARE(outcome.lines, (QStringList{"UNSUPPORTED unknown_kind 0 0", "0 passed, 0 failed, 1 skipped"}));
    QCOMPARE(outcome.exit_code, 4);
    QCOMPARE(golden({other + "/unknown_kind"}).lines, outcome.lines);
}

void TestGolden::aBrokenFolderIsSaid_data()
{
    QTest::addColumn<QString>("spoil");
    for (const char* how :
         {"no folder", "empty folder", "manifest is cut", "manifest is a list", "array is missing",
          "array is cut", "array has no header", "case folder is missing", "shape is huge"})
        QTest::newRow(how) << QString(how);
}

void TestGolden::aBrokenFolderIsSaid()
{
    QFETCH(QString, spoil);
    QTemporaryDir folder;
    const QString array = folder.filePath("sched_edm_rho/sigma_N10_rho7.npy");
    const QString manifest = folder.filePath("manifest.json");
    QString named = folder.path();
    if (spoil != "empty folder")
        QVERIFY(copy_data(folder.path()));
    if (spoil == "no folder")
        named += "/there_is_none";
    if (spoil == "manifest is cut")
        QVERIFY(replace(manifest, content(manifest).left(300)));
    if (spoil == "manifest is a list")
        QVERIFY(replace(manifest, "[1, 2]"));
    if (spoil == "array is missing")
        QVERIFY(QFile::remove(array));
    if (spoil == "array is cut")
        QVERIFY(replace(array, content(array).chopped(5)));
    if (spoil == "array has no header")
        QVERIFY(replace(array, "\x93NUMPY"));
    if (spoil == "case folder is missing")
        QVERIFY(QDir(folder.filePath("sched_edm_rho")).removeRecursively());
    if (spoil == "shape is huge")
        QVERIFY(replace(array, content(array).replace("(11,)", "(9999999999999999999999,)")));

    const Outcome outcome = golden({named});
    QCOMPARE(outcome.exit_code, 3);
    QVERIFY2(outcome.complaint.contains(folder.path()), qPrintable(outcome.complaint));
    QCOMPARE(outcome.complaint.count('\n'), 1);
}

void TestGolden::withoutFoldersItSaysHow()
{
    const Outcome outcome = golden({});
    QCOMPARE(outcome.exit_code, 2);
    QVERIFY(outcome.complaint.startsWith("usage: "));
}

QTEST_GUILESS_MAIN(TestGolden)
#include "tst_golden.moc"
