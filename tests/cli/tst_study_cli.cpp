// SPDX-License-Identifier: GPL-3.0-or-later
// `study make` and `study run-summary` as a process: sets in folders, answers in CSV, shares.
#include <QtTest>

#include <filesystem>

#include "engine/core/atomic_file.h"
#include "engine/core/picture_file.h"
#include "tests/support/test_pictures.h"

using namespace lacuna;
namespace fs = std::filesystem;

namespace {

struct Result {
    int code = -1;
    QByteArray out, err;
};

Result run(const QStringList& arguments)
{
    QProcess process;
    process.start(QStringLiteral(LACUNA_BIN_DIR "/lacuna-cli"), arguments);
    if (!process.waitForFinished(300000))
        return {};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2,
            process.readAllStandardOutput(), process.readAllStandardError()};
}

QJsonObject object_of(const QByteArray& text)
{
    return QJsonDocument::fromJson(text).object();
}

/// What key.json lists of one purpose.
QJsonArray questions_of(const QString& study, const QString& purpose)
{
    QFile file(study + "/key.json");
    QJsonArray found;
    if (file.open(QIODevice::ReadOnly))
        for (const auto& question : object_of(file.readAll())["questions"].toArray())
            if (question.toObject()["purpose"] == purpose)
                found.append(question);
    return found;
}

} // namespace

class TestStudyCli : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void setsOfFillArePairedByTheirPicture();
    void baselinesAreAskedAndCounted();
    void coverageTargets();
    void aSpoiledPictureLeavesTheRest();
    void refusals_data();
    void refusals();
    void help_data();
    void help();

private:
    QString at(const QString& name) const { return folder_.filePath(name); }
    /// NAME/images/{k}_NAME.png in the layout of the published baselines, with what readers ignore.
    void write_baseline(const QString& method, const QString& name, int count, int shade) const
    {
        const fs::path images = at(method + "/" + name + "/images").toStdString();
        fs::create_directories(images);
        for (int k = 0; k < count; ++k)
            write_file(images / (std::to_string(k) + "_" + name.toStdString() + ".png"),
                       encode_png(test::picture_of(2, 1, 3, 8, std::vector{shade, k, 1, 2, 3, shade})));
        write_file(images / ("0_masked_" + name.toStdString() + ".png"), std::string("ignored"));
    }
    /// A sheet that prefers the method wherever it is.
    QByteArray sheet_for(const QString& study, const QString& method) const
    {
        QByteArray csv = "person;question;answer\r\n";
        for (const char* purpose : {"judged", "attention"})
            for (const auto& entry : questions_of(study, purpose)) {
                const QJsonObject question = entry.toObject();
                const bool left = question["left"].toObject()["method"] == method;
                const QString answer = question.contains("expected") ? question["expected"].toString()
                                       : left                        ? "left"
                                                                     : "right";
                csv += (";" + question["id"].toString() + ";" + answer + "\r\n").toUtf8();
            }
        return csv;
    }
    void write(const QString& name, const QByteArray& text) const
    {
        write_file(at(name).toStdString(), text.toStdString());
    }

    QTemporaryDir folder_;
};

void TestStudyCli::initTestCase()
{
    QVERIFY(folder_.isValid());
    int shade = 0;
    for (const char* method : {"plain", "guided"})
        for (const char* name : {"face", "boat", "wall"})
            write_baseline(method, name, 5, shade += 20);
    for (const char* name : {"face", "boat", "wall"})
        write_baseline("pool", name, 12, shade += 20);
    write_baseline("one more", "meadow", 5, 3);
}

void TestStudyCli::setsOfFillArePairedByTheirPicture()
{
    const auto fill = [&](int width, const QString& out, const QString& eta) {
        const QString n = QString::number(width);
        write_file(at(n + ".png").toStdString(), encode_png(test::stripes(width, 40)));
        write_file(at(n + "m.png").toStdString(), encode_png(test::square_mask(width, 40, 16, 14, 12)));
        const Result filled = run({"fill", at(n + ".png"), "--mask", at(n + "m.png"), "--out", at(out),
                                   "--steps", "4", "--count", "3", "--eta", eta});
        QVERIFY2(filled.code == 0, filled.err);
    };
    // Two pictures and two methods; the names of the folders would pair them wrongly.
    fill(48, "sets 0/x", "0");
    fill(49, "sets 0/y", "0");
    fill(48, "sets 0.3/y", "0.3");
    fill(49, "sets 0.3/x", "0.3");
    const Result made = run({"study", "make", "--kind", "diversity", "--a", at("sets 0"), "--b",
                             at("sets 0.3"), "--out", at("own"), "--seed", "4", "--json"});
    QVERIFY2(made.code == 0, made.err);
    QCOMPARE(object_of(made.out)["judged"].toInt(), 2);
    const QJsonArray judged = questions_of(at("own"), "judged");
    QCOMPARE(judged.size(), 2);
    for (const auto& entry : judged) {
        const QJsonObject question = entry.toObject();
        const fs::path shown = at("own/questions/" + question["id"].toString()).toStdString();
        for (const QString side : {"left", "right"}) {
            const QJsonArray files = question[side].toObject()["files"].toArray();
            QCOMPARE(files.size(), 3);
            for (int i = 0; i < 3; ++i) {
                const auto bytes = read_file(shown / QString("%1-%2.png").arg(side).arg(i + 1).toStdString());
                QVERIFY(read_png_texts(bytes, "shown").empty());
                QVERIFY(decode_picture(bytes, "shown") == read_picture(files[i].toString().toStdString()));
            }
        }
    }
    // The picture that a set was made from is its target.
    const Result coverage = run({"study", "make", "--kind", "coverage", "--a", at("sets 0"), "--out",
                                 at("own coverage"), "--practice", "0", "--attention", "0"});
    QVERIFY2(coverage.code == 0, coverage.err);
    for (const auto& entry : questions_of(at("own coverage"), "judged")) {
        const fs::path shown =
            at("own coverage/questions/" + entry.toObject()["id"].toString()).toStdString();
        const Picture target = read_picture(shown / "target.png");
        QVERIFY(target == test::stripes(target.width, 40));
        QCOMPARE(read_picture(shown / "set-1.png").width, target.width);
    }
}

void TestStudyCli::baselinesAreAskedAndCounted()
{
    const QStringList make{"study",    "make",       "--kind", "diversity", "--a",      at("plain"),
                           "--b",      at("guided"), "--out",  at("pairs"), "--name-a", "plain",
                           "--name-b", "guided",     "--seed", "9"};
    const Result made = run(make);
    QVERIFY2(made.code == 0, made.err);
    QVERIFY2(made.out.contains("3 questions on 1 answer sheet, with 2 for practice and 2 of attention"),
             made.out);
    QVERIFY2(made.out.contains("Keep key.json to yourself"), made.out);
    QCOMPARE(run(make).code, 6);

    write("ann.csv", "\xEF\xBB\xBF" + sheet_for(at("pairs"), "guided"));
    write("bob.csv", sheet_for(at("pairs"), "guided"));
    const Result counted =
        run({"study", "run-summary", at("pairs"), "--answers", at("ann.csv"), at("bob.csv")});
    QVERIFY2(counted.code == 0, counted.err);
    QVERIFY2(counted.out.contains("6 answers of 2 persons on 3 pictures; 0 missing"), counted.out);
    QVERIFY2(counted.out.contains("guided                    100.0   100.0 to 100.0"), counted.out);
    QVERIFY2(counted.out.contains("guided is ahead"), counted.out);
    QVERIFY2(counted.out.contains("Questions of attention: 4 of 4 right"), counted.out);

    const QStringList three{"study",       "run-summary", at("pairs"),  "--answers",
                            at("ann.csv"), at("bob.csv"), at("cat.csv")};
    write("cat.csv", sheet_for(at("pairs"), "plain"));
    const QJsonObject json = object_of(run(three + QStringList{"--json"}).out);
    QCOMPARE(json["persons"].toInt(), 3);
    QVERIFY(std::abs(json["shares"].toArray()[1].toObject()["share"].toDouble() - 2.0 / 3) < 1e-9);
    const QByteArray csv = run(three + QStringList{"--csv"}).out;
    QVERIFY2(csv.startsWith("of,name,method,answers,share,low,high\nall,,\"plain\",9,0.3333,"), csv);
    QVERIFY2(csv.contains("person,\"cat\",\"plain\",3,1.0000,,\n"), csv);

    const Result twice =
        run({"study", "run-summary", at("pairs"), "--answers", at("ann.csv"), at("ann.csv")});
    QCOMPARE(twice.code, 3);
    QVERIFY2(twice.err.contains("again"), twice.err);
}

void TestStudyCli::coverageTargets()
{
    const Result made = run({"study", "make", "--kind", "coverage", "--a", at("plain"), "--b", at("guided"),
                             "--targets", at("pool"), "--out", at("cover"), "--per-person", "4"});
    QVERIFY2(made.code == 0, made.err);
    QVERIFY2(made.out.contains("6 questions on 2 answer sheets"), made.out);
    QVERIFY(QFile::exists(at("cover/answers-02.csv")));
    QByteArray csv = "person,question,answer\n";
    for (const auto& entry : questions_of(at("cover"), "judged")) {
        const QJsonObject question = entry.toObject();
        QVERIFY(question["target"].toString().contains("pool/" + question["title"].toString()));
        const bool plain = question["set"].toObject()["method"] == "A";
        csv += ("ann," + question["id"].toString() + (plain ? ",no\n" : ",yes\n")).toUtf8();
    }
    write("covered.csv", csv);
    const Result counted = run({"study", "run-summary", at("cover"), "--answers", at("covered.csv")});
    QVERIFY2(counted.code == 0, counted.err);
    QVERIFY2(counted.out.contains("A                           0.0   0.0 to 0.0   of 3"), counted.out);
    QVERIFY2(counted.out.contains("B                         100.0   100.0 to 100.0   of 3"), counted.out);
    QVERIFY2(counted.out.contains("difference               -100.0"), counted.out);
    QVERIFY2(counted.out.contains("With one person"), counted.out);

    // Single pictures as targets, by their names.
    fs::create_directories(at("truth").toStdString());
    for (const char* name : {"face", "boat", "wall"})
        fs::copy(at(QString("pool/%1/images/7_%1.png").arg(name)).toStdString(),
                 at(QString("truth/%1.png").arg(name)).toStdString());
    const Result single =
        run({"study", "make", "--kind", "coverage", "--a", at("plain"), "--targets", at("truth/boat.png"),
             at("truth/face.png"), at("truth/wall.png"), "--out", at("single")});
    QVERIFY2(single.code == 0, single.err);
    const Result folder = run({"study", "make", "--kind", "coverage", "--a", at("plain"), "--targets",
                               at("truth"), "--out", at("folder")});
    QVERIFY2(folder.code == 0, folder.err);
}

void TestStudyCli::aSpoiledPictureLeavesTheRest()
{
    for (const char* name : {"face", "boat", "wall"})
        write_baseline("spoiled", name, 5, 9);
    write("spoiled/boat/images/3_boat.png", "no picture");
    const Result made = run({"study", "make", "--kind", "diversity", "--a", at("plain"), "--b", at("spoiled"),
                             "--out", at("rest"), "--practice", "0", "--attention", "0"});
    QCOMPARE(made.code, 4);
    QVERIFY2(made.err.contains("(boat) is left out") && made.err.contains("3_boat.png"), made.err);
    QCOMPARE(questions_of(at("rest"), "judged").size(), 2);
}

void TestStudyCli::refusals_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("sentence");
    const auto make = [&](const QStringList& more, const char* kind = "diversity") {
        return QStringList{"study", "make", "--kind", kind, "--out", at("refused")} + more;
    };
    QTest::newRow("no command") << QStringList{"study"} << 2 << QByteArray("subcommand");
    QTest::newRow("unknown kind") << make({"--a", at("plain"), "--b", at("guided")}, "taste") << 2
                                  << QByteArray("taste");
    QTest::newRow("one method") << make({"--a", at("plain")}) << 2 << QByteArray("compares two methods");
    QTest::newRow("no targets") << make({"--a", at("plain")}, "coverage") << 2 << QByteArray("--targets");
    QTest::newRow("unpaired") << make({"--a", at("plain"), "--b", at("guided/face")}) << 3
                              << QByteArray("belongs to a picture that B does not have");
    QTest::newRow("other names") << make({"--a", at("plain"), "--b", at("one more")}) << 3
                                 << QByteArray("does not have");
    QTest::newRow("other sizes") << make({"--a", at("plain"), "--b", at("pool")}) << 3
                                 << QByteArray("Use sets of one size");
    QTest::newRow("same picture twice") << make({"--a", at("plain"), at("plain/face"), "--b", at("guided")})
                                        << 3 << QByteArray("same picture");
    QTest::newRow("no folder") << make({"--a", at("absent"), "--b", at("guided")}) << 3
                               << QByteArray("is not a folder");
    QTest::newRow("no set") << make({"--a", at("plain/face/images"), "--b", at("guided")}) << 3
                            << QByteArray("holds no set");
    QTest::newRow("no study") << QStringList{"study", "run-summary", at("plain"), "--answers", at("x.csv")}
                              << 3 << QByteArray("key.json");
}

void TestStudyCli::refusals()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    QFETCH(QByteArray, sentence);
    const Result result = run(arguments);
    QVERIFY2(result.code == code, result.err);
    QVERIFY2(result.err.startsWith("lacuna-cli: ") && result.err.contains(sentence), result.err);
    QCOMPARE(result.err.count('\n'), 1);
    QVERIFY(!QFile::exists(at("refused")));
}

void TestStudyCli::help_data()
{
    QTest::addColumn<QStringList>("command");
    QTest::newRow("study") << QStringList{"study"};
    QTest::newRow("make") << QStringList{"study", "make"};
    QTest::newRow("run-summary") << QStringList{"study", "run-summary"};
}

void TestStudyCli::help()
{
    QFETCH(QStringList, command);
    const Result result = run(command + QStringList{"--help"});
    QCOMPARE(result.code, 0);
    QVERIFY(result.out.contains("Usage:"));
}

QTEST_APPLESS_MAIN(TestStudyCli)
#include "tst_study_cli.moc"
