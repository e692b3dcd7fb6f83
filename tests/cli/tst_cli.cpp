// SPDX-License-Identifier: GPL-3.0-or-later
// The command line as a process: exit codes, sentences, files, signals.
#include <csignal>

#include <QtTest>

#include "engine/core/atomic_file.h"
#include "engine/core/picture_file.h"
#include "engine/session/messages.h"
#include "tests/support/test_pictures.h"

using namespace lacuna;

namespace {

struct Result {
    int code = -1;
    QByteArray out, err;
};

Result run(const QStringList& arguments, int timeout_ms = 120000)
{
    QProcess process;
    process.start(QStringLiteral(LACUNA_BIN_DIR "/lacuna-cli"), arguments);
    if (!process.waitForFinished(timeout_ms))
        return {};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2,
            process.readAllStandardOutput(), process.readAllStandardError()};
}

} // namespace

class TestCli : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void fillWritesASet();
    void aFolderIsFilled();
    void theSameRecipeGivesTheSameBytes_data();
    void theSameRecipeGivesTheSameBytes();
    void verifyReportsDifferences();
    void aPoolIsSampledAndSelectedFrom();
    void theInterruptKeepsWhatIsDone();
    void refusals_data();
    void refusals();
    void errorsAsJson();
    void outputFolders();
    void formsAreKept_data();
    void formsAreKept();
    void helpOfEveryCommand_data();
    void helpOfEveryCommand();
    void doctorAndModels();
    void selectChoosesDifferentFiles();

private:
    QString at(const QString& name) const { return folder_.filePath(name); }
    QStringList fill(const QString& out, const QStringList& more = {}) const
    {
        return QStringList{"fill",  at("picture.png"), "--mask",  at("mask.png"),
                           "--out", at(out),           "--steps", "8"}
               + more;
    }
    void write(const QString& name, const std::vector<std::uint8_t>& bytes) const
    {
        write_file(at(name).toStdString(), bytes);
    }

    QTemporaryDir folder_;
};

void TestCli::initTestCase()
{
    QVERIFY(folder_.isValid());
    write("picture.png", encode_png(test::stripes(96, 72)));
    write("mask.png", encode_png(test::square_mask(96, 72, 36, 26, 22)));
    write("empty.png", encode_png(Mask(96, 72)));
    Mask full(96, 72);
    std::fill(full.values.begin(), full.values.end(), 255);
    write("full.png", encode_png(full));
    write("small_mask.png", encode_png(test::square_mask(64, 64, 20, 20, 10)));
    auto cut = encode_png(test::stripes(96, 72));
    cut.resize(cut.size() / 2);
    write("cut.png", cut);
    write_file(at("text.png").toStdString(), std::string("no picture at all"));
    write("one.png", encode_png(test::stripes(1, 1)));
    write("one_mask.png", encode_png(test::square_mask(1, 1, 0, 0, 1)));
    write("strip.png", encode_png(test::stripes(1, 20000)));
    write("strip_mask.png", encode_png(test::square_mask(1, 20000, 0, 100, 50)));
}

void TestCli::fillWritesASet()
{
    const Result result = run(fill("set", {"--json"}));
    QCOMPARE(result.code, 0);
    QVERIFY2(result.err.isEmpty(), "no progress bar in a pipe");
    const QJsonObject json = QJsonDocument::fromJson(result.out).object();
    QCOMPARE(json["completions"].toArray().size(), 5);
    QVERIFY(json["mean_distance_gray"].toDouble() > 1);

    const Picture input = read_picture(at("picture.png").toStdString());
    const Mask mask = read_mask(at("mask.png").toStdString());
    std::vector<Picture> completions;
    for (int i = 1; i <= 5; ++i) {
        completions.push_back(read_picture(at(QString("set/completion-0%1.png").arg(i)).toStdString()));
        QCOMPARE(known_pixels_changed(input, completions.back(), mask), std::size_t(0));
        QVERIFY(completions.back() != input);
        const auto texts =
            read_png_texts(read_file(at(QString("set/completion-0%1.png").arg(i)).toStdString()), "set");
        QVERIFY(
            std::any_of(texts.begin(), texts.end(), [](const auto& t) { return t.first == "parameters"; }));
        QVERIFY(std::any_of(texts.begin(), texts.end(), [](const auto& t) { return t.first == "lacuna"; }));
    }
    for (int i = 1; i < 5; ++i)
        QVERIFY(completions[i] != completions[0]);
    const Picture sheet = read_picture(at("set/sheet.png").toStdString());
    QVERIFY(sheet.width > input.width && sheet.height > input.height);
    QVERIFY(QFile::exists(at("set/set.json")));
}

void TestCli::aFolderIsFilled()
{
    QDir(at("")).mkpath("many");
    for (const char* name : {"a", "b", "none"})
        QVERIFY(QFile::copy(at("picture.png"), at(QString("many/%1.png").arg(name))));
    for (const char* name : {"a_mask", "b_mask"})
        QVERIFY(QFile::copy(at("mask.png"), at(QString("many/%1.png").arg(name))));
    const QStringList options{"--steps", "4", "--count", "2"};
    const Result result =
        run(QStringList{"fill", at("many"), "--mask", at("many"), "--out", at("filled")} + options);
    QVERIFY2(result.code == 0, result.err.constData());
    QVERIFY2(result.err.contains("none.png has no mask"), result.err.constData());
    for (const char* name : {"a", "b"})
        QVERIFY(QFile::exists(at(QString("filled/%1/completion-02.png").arg(name))));
    QVERIFY(!QFile::exists(at("filled/none")));
    // One that cannot be filled does not keep the others from it.
    write_file(at("many/a.png").toStdString(), std::string("no picture"));
    const Result partly =
        run(QStringList{"fill", at("many"), "--mask", at("many"), "--out", at("partly")} + options);
    QCOMPARE(partly.code, 4);
    QVERIFY(partly.err.contains("a.png"));
    QVERIFY(QFile::exists(at("partly/b/completion-02.png")));
    QCOMPARE(run({"fill", at("many"), "--out", at("partly")}).code, 2);
}

void TestCli::theSameRecipeGivesTheSameBytes_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("default") << QStringList{};
    QTest::newRow("ddim, no guidance") << QStringList{"--sampler", "ddim", "--eta", "0"};
    QTest::newRow("gradient estimation, edm levels") << QStringList{"--sampler", "ge", "--schedule", "edm"};
    QTest::newRow("ddnm, ddpm levels, D per image")
        << QStringList{"--sampler", "ddnm", "--schedule", "ddpm", "--bound", "0.01:per-image"};
    QTest::newRow("edm") << QStringList{"--sampler", "edm", "--bound", "none"};
}

void TestCli::theSameRecipeGivesTheSameBytes()
{
    QFETCH(QStringList, options);
    const QString one = QString("one %1").arg(QTest::currentDataTag()),
                  two = QString("two %1").arg(QTest::currentDataTag());
    QCOMPARE(run(fill(one, options + QStringList{"--threads", "1"})).code, 0);
    QCOMPARE(run(fill(two, options + QStringList{"--threads", "2"})).code, 0);
    for (const char* name : {"completion-01.png", "completion-05.png", "sheet.png", "set.json"})
        QCOMPARE(read_file(at(one + "/" + name).toStdString()),
                 read_file(at(two + "/" + name).toStdString()));
    const Result verified = run({"verify", at(one)});
    QVERIFY2(verified.code == 0, verified.out + verified.err);
    QCOMPARE(verified.out.count("exact, byte for byte"), 5);
}

void TestCli::verifyReportsDifferences()
{
    QCOMPARE(run(fill("changed")).code, 0);
    const std::string file = at("changed/completion-02.png").toStdString();
    const Picture before = read_picture(file);
    const Picture changed = make_picture(before.width, before.height, 3, 8, [&](std::uint8_t* out) {
        std::copy(before.bytes->begin(), before.bytes->end(), out);
        out[3 * (40 * 96 + 45)] ^= 8;
    });
    write_file(file, encode_png(changed));
    const Result result = run({"verify", at("changed")});
    QCOMPARE(result.code, 4);
    QVERIFY2(result.out.contains("completion-02.png: 1 samples differ, by at most 8 levels"), result.out);
    QCOMPARE(result.out.count("exact, byte for byte"), 4);
}

void TestCli::aPoolIsSampledAndSelectedFrom()
{
    const Result result =
        run(fill("pool", {"--pool", "12", "--count", "3", "--select", "kmeans", "--eta", "0", "--json"}));
    QCOMPARE(result.code, 0);
    QSet<int> members;
    for (const auto& completion : QJsonDocument::fromJson(result.out).object()["completions"].toArray())
        members.insert(completion.toObject()["member"].toInt());
    QCOMPARE(members.size(), 3);
    QCOMPARE(run({"verify", at("pool")}).code, 0);

    // A plain member is the same picture in a pool and in a set of its own: noise is keyed by the member.
    QCOMPARE(run(fill("alone", {"--count", "12", "--eta", "0"})).code, 0);
    const int member = *members.begin();
    const auto file = [&](const char* folder, int index) {
        return read_picture(
            at(QString("%1/completion-%2.png").arg(folder).arg(index, 2, 10, QChar('0'))).toStdString());
    };
    const Picture alone = file("alone", member + 1);
    QVERIFY(file("pool", 1) == alone || file("pool", 2) == alone || file("pool", 3) == alone);
}

void TestCli::theInterruptKeepsWhatIsDone()
{
    QProcess process;
    process.start(QStringLiteral(LACUNA_BIN_DIR "/lacuna-cli"),
                  {"fill", at("picture.png"), "--mask", at("mask.png"), "--out", at("stopped"), "--steps",
                   "10000", "--count", "8", "--sampler", "ddim"});
    QVERIFY(process.waitForStarted());
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(at("stopped")), 30000);
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(30000));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 130);
    const QJsonObject json = QJsonDocument::fromJson([&] {
                                 QFile file(at("stopped/set.json"));
                                 return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
                             }())
                                 .object();
    QCOMPARE(json["stopped"].toBool(), true);
    QCOMPARE(json["completions"].toArray().size(), 8);
    QCOMPARE(json["completions"].toArray()[0].toObject()["finished"].toBool(), false);
    QVERIFY(QFile::exists(at("stopped/completion-01.png")));
}

void TestCli::refusals_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("sentence");
    const auto fill = [&](const QStringList& more, const QString& picture = "picture.png",
                          const QString& mask = "mask.png") {
        return QStringList{"fill", at(picture), "--mask", at(mask), "--out", at("refused")} + more;
    };
    QTest::newRow("no command") << QStringList{} << 2 << QByteArray("subcommand");
    QTest::newRow("no such file") << fill({}, "absent.png") << 3 << QByteArray("cannot be opened");
    QTest::newRow("not a picture") << fill({}, "text.png") << 3 << QByteArray("is not a picture");
    QTest::newRow("truncated") << fill({}, "cut.png") << 3 << QByteArray("is cut off");
    QTest::newRow("mask of another size")
        << fill({}, "picture.png", "small_mask.png") << 3 << QByteArray("64 x 64");
    QTest::newRow("empty mask") << fill({}, "picture.png", "empty.png") << 3 << QByteArray("is empty");
    QTest::newRow("full mask") << fill({}, "picture.png", "full.png") << 3
                               << QByteArray("covers the whole picture");
    QTest::newRow("1 x 1") << fill({}, "one.png", "one_mask.png") << 3
                           << QByteArray("covers the whole picture");
    QTest::newRow("1 x 20000") << fill({}, "strip.png", "strip_mask.png") << 3 << QByteArray("7 x 7");
    QTest::newRow("unknown model") << fill({"--model", "faces"}) << 2 << QByteArray("models list");
    QTest::newRow("count 0") << fill({"--count", "0"}) << 2 << QByteArray("from 1 to 64");
    QTest::newRow("count 10000") << fill({"--count", "10000"}) << 2 << QByteArray("from 1 to 64");
    QTest::newRow("eta nan") << fill({"--eta", "nan"}) << 2 << QByteArray("--eta");
    QTest::newRow("eta 1e999") << fill({"--eta", "1e999"}) << 2 << QByteArray("--eta");
    QTest::newRow("eta with a comma") << fill({"--eta", "0,5"}) << 2 << QByteArray("is not a number");
    QTest::newRow("bound negative") << fill({"--bound", "-3"}) << 2 << QByteArray("greater than 0");
    QTest::newRow("short precision on the processor")
        << fill({"--precision", "half", "--device", "cpu"}) << 2 << QByteArray("--precision half");
    QTest::newRow("bound convention") << fill({"--bound", "3:per-inch"}) << 2 << QByteArray("per-inch");
    QTest::newRow("steps beyond") << fill({"--steps", "2000000000"}) << 2 << QByteArray("--steps");
    QTest::newRow("steps not a number") << fill({"--steps", "many"}) << 2 << QByteArray("many");
    QTest::newRow("pool smaller than set") << fill({"--pool", "2"}) << 2 << QByteArray("--pool");
    QTest::newRow("unknown option") << fill({"--colour", "red"}) << 2 << QByteArray("--colour");
    QTest::newRow("verify no set") << QStringList{"verify", at("nowhere")} << 3
                                   << QByteArray("cannot be opened");
    QTest::newRow("select too few") << QStringList{"select", at("picture.png"), "--count", "2"} << 3
                                    << QByteArray("has 1 candidate where 2 are to be chosen");
}

void TestCli::refusals()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    QFETCH(QByteArray, sentence);
    const Result result = run(arguments);
    QVERIFY2(result.code == code, result.err);
    QVERIFY2(result.err.startsWith("lacuna-cli: "), result.err);
    QVERIFY2(result.err.contains(sentence), result.err);
    QVERIFY2(!result.err.contains("xception") && !result.err.contains("0x"), result.err);
    QCOMPARE(result.err.count('\n'), 1);
    QVERIFY(!QFile::exists(at("refused/set.json")));
}

void TestCli::errorsAsJson()
{
    const Result result = run(fill("json", {"--json", "--count", "0"}));
    QCOMPARE(result.code, 2);
    const QJsonObject json = QJsonDocument::fromJson(result.err).object();
    QCOMPARE(json["exit_code"].toInt(), 2);
    QVERIFY(json["subject"].toString().contains("--count"));
}

void TestCli::outputFolders()
{
    QCOMPARE(run(fill("twice")).code, 0);
    const Result again = run(fill("twice"));
    QCOMPARE(again.code, 6);
    QVERIFY2(again.err.contains("--force"), again.err);
    QVERIFY(QFile::exists(at("twice/completion-05.png")));
    QCOMPARE(run(fill("twice", {"--force", "--seed", "3", "--count", "2"})).code, 0);
    QVERIFY(QFile::exists(at("twice/completion-02.png")));
    QVERIFY2(!QFile::exists(at("twice/completion-03.png")), "nothing of the replaced set stays");
    const Result file = run(fill("picture.png"));
    QCOMPARE(file.code, 6);
    const Result device =
        run({"fill", at("picture.png"), "--mask", at("mask.png"), "--out", "/dev/full/set"});
    QCOMPARE(device.code, 6);
}

void TestCli::formsAreKept_data()
{
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("bits");
    QTest::newRow("grey") << 1 << 8;
    QTest::newRow("grey, 16 bits") << 1 << 16;
    QTest::newRow("grey and alpha") << 2 << 8;
    QTest::newRow("RGB, 16 bits") << 3 << 16;
    QTest::newRow("RGBA") << 4 << 8;
    QTest::newRow("RGBA, 16 bits") << 4 << 16;
}

void TestCli::formsAreKept()
{
    QFETCH(int, channels);
    QFETCH(int, bits);
    const Picture input = test::ramps(64, 48, channels, bits);
    write("form.png", encode_png(input));
    write("form_mask.png", encode_png(test::square_mask(64, 48, 24, 16, 12)));
    const Result result = run({"fill", at("form.png"), "--mask", at("form_mask.png"), "--out", at("form"),
                               "--count", "2", "--steps", "6", "--force"});
    QVERIFY2(result.code == 0, result.err);
    const Picture filled = read_picture(at("form/completion-01.png").toStdString());
    QCOMPARE(filled.channels, channels);
    QCOMPARE(filled.bits, bits);
    QCOMPARE(known_pixels_changed(input, filled, read_mask(at("form_mask.png").toStdString())),
             std::size_t(0));
}

void TestCli::helpOfEveryCommand_data()
{
    QTest::addColumn<QStringList>("command");
    for (const char* command : {"fill", "select", "tree", "metrics", "tail", "toy", "import", "niqe",
                                "verify", "models", "doctor", "bench"})
        QTest::newRow(command) << QStringList{command};
    for (const char* command : {"list", "inspect", "convert", "presets"})
        QTest::addRow("models %s", command) << QStringList{"models", command};
}

void TestCli::helpOfEveryCommand()
{
    QFETCH(QStringList, command);
    const Result result = run(command + QStringList{"--help"});
    QCOMPARE(result.code, 0);
    QVERIFY(result.out.size() > 60);
}

void TestCli::doctorAndModels()
{
    const Result doctor = run({"doctor", "--json"});
    QCOMPARE(doctor.code, 0);
    const QJsonObject json = QJsonDocument::fromJson(doctor.out).object();
    QVERIFY(json["cores"].toInt() >= 1);
    QVERIFY(json["blas_gflops"].toDouble() > 0);
    QVERIFY(!json["blas_advice"].toString().isEmpty());
    const Result models = run({"models", "list", "--json"});
    QCOMPARE(QJsonDocument::fromJson(models.out).array()[0].toObject()["id"].toString(),
             QString("this-photo"));
}

void TestCli::selectChoosesDifferentFiles()
{
    QStringList files;
    for (int i = 0; i < 6; ++i) {
        const QString name = QString("candidate%1.png").arg(i);
        write(name, encode_png(i < 3 ? test::stripes(32, 32) : test::ramps(32, 32, 3, 8)));
        files << at(name);
    }
    const Result result = run(QStringList{"select"} + files + QStringList{"--count", "2"});
    QCOMPARE(result.code, 0);
    const QList<QByteArray> lines = result.out.trimmed().split('\n');
    QCOMPARE(lines.size(), 2);
    // Two kinds of pictures: farthest points take one of each.
    const auto kind = [](const QByteArray& line) { return line.mid(line.size() - 5, 1).toInt() < 3; };
    QVERIFY(kind(lines[0]) != kind(lines[1]));
}

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
