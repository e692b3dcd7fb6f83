// SPDX-License-Identifier: GPL-3.0-or-later
// Folders of candidates on the command line: ours, those of other programs, and damaged ones.
#include <QtTest>

#include "engine/core/atomic_file.h"
#include "engine/core/philox.h"
#include "engine/core/picture_file.h"
#include "engine/selection/gallery_tree.h"
#include "tests/support/made_lpips.h"
#include "tests/support/test_pictures.h"

using namespace lacuna;

namespace {

struct Result {
    int code = -1;
    QByteArray out, err;

    QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
};

Result run(const QStringList& arguments)
{
    QProcess process;
    process.start(QStringLiteral(LACUNA_BIN_DIR "/lacuna-cli"), arguments);
    if (!process.waitForFinished(120000))
        return {};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2,
            process.readAllStandardOutput(), process.readAllStandardError()};
}

constexpr int side = 24;

/// A flat picture with a square of some grey in the hole, and a grain by the seed.
Picture candidate(int gray, std::uint64_t seed, int width = side)
{
    return make_picture(width, side, 3, 8, [&](std::uint8_t* out) {
        for (int y = 0; y < side; ++y)
            for (int x = 0; x < width; ++x)
                for (int c = 0; c < 3; ++c) {
                    const bool hole = x >= 6 && x < 18 && y >= 6 && y < 18;
                    const double grain = 20 * uniform({.seed = seed}, std::uint64_t((y * width + x) * 3 + c));
                    *out++ = static_cast<std::uint8_t>(hole ? gray + grain : 90);
                }
    });
}

} // namespace

class TestPoolsCli : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void treeOfTheBaselinesLayout();
    void treeIsWrittenAndRead();
    void formsOfTables();
    void unreadableFilesAreLeftOut();
    void smallPools();
    void tailFindsTheRareGroup();
    void metricsOfAPool();
    void importMakesAPool();
    void setsOfLacunaAreRead();
    void regionsAndRefusals_data();
    void regionsAndRefusals();
    void selectReadsWhatTheOthersRead();
    void featuresByName_data();
    void featuresByName();
    void lpipsOfAPool();
    void distanceFromAReference();
    void branchesHaveNames();
    void toyIsDrawn();
    void niqeIsFitted();

private:
    QString at(const QString& name) const { return folder_.filePath(name); }
    void write(const QString& name, const std::vector<std::uint8_t>& bytes) const
    {
        QDir().mkpath(QFileInfo(at(name)).path());
        write_file(at(name).toStdString(), bytes);
    }

    QTemporaryDir folder_;
};

void TestPoolsCli::initTestCase()
{
    QVERIFY(folder_.isValid());
    // 40 dark fills and 2 bright ones, numbered out of alphabetical order.
    for (int k = 0; k < 42; ++k)
        write(QString("face/images/%1_face.png").arg(k),
              encode_png(candidate(k == 9 || k == 10 ? 220 : 40, std::uint64_t(k))));
    write("face/images/masked_face.png", encode_png(candidate(0, 1)));
    write("mask.png", encode_png(test::square_mask(side, side, 6, 6, 12)));
    write("picture.png", encode_png(candidate(128, 77)));
}

void TestPoolsCli::treeOfTheBaselinesLayout()
{
    for (const char* folder : {".", "face", "face/images"}) {
        const Result result = run({"tree", at(folder), "--mask", at("mask.png"), "--branch", "3", "--json"});
        QVERIFY2(result.code == 0, result.err);
        const QJsonObject json = result.json();
        QCOMPARE(json["candidates"].toInt(), 42);
        const QJsonArray rows = json["rows"].toArray();
        int root = 0, stands_for = 0;
        QStringList bright;
        for (const auto& row : rows)
            if (!row.toObject()["card"].toString().contains('.')) {
                ++root;
                stands_for += row.toObject()["stands for"].toInt();
                bright << row.toObject()["file"].toString();
            }
        QCOMPARE(root, 3);
        QCOMPARE(stands_for, 42);
        QVERIFY(bright.contains("9_face.png")
                || bright.contains("10_face.png")); // farthest points show the rare kind
        QCOMPARE(json["unseen"].toObject()["kinds"].toInt(), 2);
    }
}

void TestPoolsCli::treeIsWrittenAndRead()
{
    QCOMPARE(run({"tree", at("face"), "--out", at("tree.json"), "--soft", "0.2", "--seed", "4"}).code, 0);
    const auto bytes = read_file(at("tree.json").toStdString());
    const TreeSnapshot tree = tree_from_json(std::string(bytes.begin(), bytes.end()), "tree.json");
    QCOMPARE(int(tree->nodes().size()), 42);
    QCOMPARE(tree->options().seed, 4u);
    QCOMPARE(tree->candidates()[10].file, std::string("10_face.png")); // in the order of the numbers
    QVERIFY(!tree->candidates()[0].seed);
    QCOMPARE(run({"tree", at("face"), "--out", at("again.json"), "--soft", "0.2", "--seed", "4"}).code, 0);
    QCOMPARE(read_file(at("again.json").toStdString()), bytes);
}

void TestPoolsCli::formsOfTables()
{
    const Result csv = run({"metrics", at("face"), "--mask", at("mask.png"), "--csv"});
    QVERIFY2(csv.code == 0, csv.err);
    const QList<QByteArray> lines = csv.out.trimmed().split('\n');
    QCOMPARE(lines[0], QByteArray("figure,value,value low,value high"));
    QCOMPARE(lines[1], QByteArray("candidates,42,,"));
    QVERIFY2(lines[2].startsWith("mean distance of pairs: colours and gradients (not LPIPS),"), lines[2]);
    for (const QByteArray& line : lines)
        QCOMPARE(line.count(','), 3);
    const Result latex = run({"metrics", at("face"), "--latex"});
    QVERIFY(latex.out.startsWith("\\begin{tabular}{lr}\n\\toprule\nfigure & value \\\\\n\\midrule\n"));
    QVERIFY(latex.out.endsWith("\\bottomrule\n\\end{tabular}\n"));
    QCOMPARE(run({"metrics", at("face"), "--latex", "--csv"}).code, 2);
    const Result each = run({"metrics", at("face"), "--truth", at("picture.png"), "--each", "--latex"});
    QVERIFY(each.out.contains("10\\_face.png & "));
    QCOMPARE(each.out.count('\n'), 42 + 6);
}

void TestPoolsCli::unreadableFilesAreLeftOut()
{
    for (int k = 0; k < 12; ++k)
        write(QString("mixed/%1.png").arg(k), encode_png(candidate(20 * k, std::uint64_t(k))));
    write("mixed/3.png", {'n', 'o', 't', ' ', 'a'});
    write("mixed/5.png", encode_png(candidate(100, 5, side + 2)));
    for (const QString command : {"tree", "metrics", "tail"}) {
        const Result text = run({command, at("mixed")});
        QCOMPARE(text.code, 4);
        QVERIFY2(text.err.contains("3.png")
                     && text.err.contains("26 x 24 pixels where most candidates have 24 x 24"),
                 text.err);
        QCOMPARE(text.err.count("It was left out."), 2);
        const Result json = run({command, at("mixed"), "--json"});
        QCOMPARE(json.code, 4);
        QCOMPARE(json.json()["problems"].toArray().size(), 2);
    }
    QCOMPARE(run({"tree", at("mixed"), "--json"}).json()["candidates"].toInt(), 10);
}

void TestPoolsCli::smallPools()
{
    QDir().mkpath(at("none"));
    const Result none = run({"tree", at("none")});
    QCOMPARE(none.code, 3);
    QVERIFY2(none.err.contains("has no candidates"), none.err);
    write("broken/1.png", {1, 2, 3});
    const Result broken = run({"tree", at("broken")});
    QCOMPARE(broken.code, 3);
    QVERIFY2(broken.err.contains("has no candidate that can be read"), broken.err);
    for (int k = 0; k < 4; ++k) {
        write(QString("few/%1.png").arg(k), encode_png(candidate(40 * k, std::uint64_t(k))));
        const Result few = run({"tree", at("few")});
        QCOMPARE(few.code, 0);
        QVERIFY2(few.out.contains("all of them are leaves"), few.out);
        QVERIFY2(run({"tail", at("few")}).out.contains("Too few candidates to tell"), few.out);
        QCOMPARE(run({"metrics", at("few")}).code, 0);
    }
    for (int k = 0; k < 25; ++k)
        write(QString("alike/%1.png").arg(k), encode_png(candidate(40, 1)));
    QVERIFY(run({"tail", at("alike")}).out.contains("All 25 candidates are alike"));
    QCOMPARE(run({"tree", at("alike"), "--json"}).json()["unseen"].toObject()["kinds"].toInt(), 1);
}

void TestPoolsCli::tailFindsTheRareGroup()
{
    const QStringList arguments{"tail",        at("face"), "--mask",      at("mask.png"),
                                "--resamples", "50",       "--gaussians", "50"};
    const Result text = run(arguments);
    QVERIFY2(text.code == 0, text.err);
    QVERIFY2(text.out.contains("Heavy tail") && text.out.contains("about 5 of 100"), text.out); // 2 of 42
    const QJsonObject json = run(arguments + QStringList{"--json"}).json();
    QCOMPARE(json["scores"].toArray().size(), 42);
    QVERIFY(json["two_groups"].toBool());
}

void TestPoolsCli::metricsOfAPool()
{
    const QJsonArray rows = run({"metrics", at("face"), "--mask", at("mask.png"), "--truth",
                                 at("picture.png"), "--task", "sr-average", "--scale", "4", "--json"})
                                .json()["rows"]
                                .toArray();
    QStringList figures;
    for (const auto& row : rows) {
        figures << row.toObject()["figure"].toString();
        const QJsonValue value = row.toObject()["value"];
        if (value.isObject()) {
            QVERIFY(value["low"].toDouble() <= value["value"].toDouble());
            QVERIFY(value["high"].toDouble() >= value["value"].toDouble());
        }
    }
    QCOMPARE(figures,
             (QStringList{"candidates", "mean distance of pairs: colours and gradients (not LPIPS)",
                          "mean PSNR to the truth [dB]", "mean SSIM to the truth",
                          "mean LR-PSNR, at full size [dB]", "mean LR-PSNR, of the measurement [dB]"}));
    QCOMPARE(run({"metrics", at("face"), "--task", "sr-average"}).code, 2);
    QCOMPARE(run({"metrics", at("face"), "--lpips"}).code, 3); // says which file is missing
}

void TestPoolsCli::importMakesAPool()
{
    const QStringList arguments{"import",          at("face"), "--mask",   at("mask.png"), "--picture",
                                at("picture.png"), "--out",    at("pool"), "--seed",       "12"};
    const Result made = run(arguments);
    QVERIFY2(made.code == 0, made.err);
    QVERIFY(made.out.contains("42 candidates in "));
    QCOMPARE(run(arguments).code, 6); // not without --force
    QCOMPARE(run(arguments + QStringList{"--force"}).code, 0);
    const Result metrics = run({"metrics", at("pool"), "--json"});
    QVERIFY2(metrics.code == 0, metrics.err);
    // The picture has another grain only in the hole.
    QVERIFY2(metrics.out.contains("0 of 18144 known pixels changed"), metrics.out);
    QCOMPARE(run({"tree", at("pool"), "--out", at("pool_tree.json")}).code, 0);
    const auto bytes = read_file(at("pool_tree.json").toStdString());
    const TreeSnapshot tree = tree_from_json(std::string(bytes.begin(), bytes.end()), "pool_tree.json");
    QCOMPARE(tree->candidates()[9].seed.value(), 12u);
    QCOMPARE(tree->candidates()[9].member, 9);

    QFile pool(at("pool/pool.json"));
    QVERIFY(pool.open(QIODevice::ReadOnly));
    QByteArray text = pool.readAll();
    write_file(at("pool/pool.json").toStdString(),
               text.replace("candidate-0001.png", "../picture.png").toStdString());
    const Result outside = run({"tree", at("pool")});
    QCOMPARE(outside.code, 3);
    QVERIFY2(outside.err.contains("is not a pool that Lacuna wrote"), outside.err);
}

void TestPoolsCli::setsOfLacunaAreRead()
{
    write("stripes.png", encode_png(test::stripes(96, 72)));
    write("stripes_mask.png", encode_png(test::square_mask(96, 72, 36, 26, 22)));
    QCOMPARE(run({"fill", at("stripes.png"), "--mask", at("stripes_mask.png"), "--out", at("set"), "--steps",
                  "4", "--count", "6", "--eta", "0", "--seed", "31"})
                 .code,
             0);
    const Result tree = run({"tree", at("set"), "--branch", "2", "--out", at("set_tree.json"), "--json"});
    QVERIFY2(tree.code == 0, tree.err);
    QVERIFY(tree.json()["unseen"].isObject());
    const auto bytes = read_file(at("set_tree.json").toStdString());
    const TreeSnapshot read = tree_from_json(std::string(bytes.begin(), bytes.end()), "set_tree.json");
    QCOMPARE(int(read->nodes().size()), 6);
    QCOMPARE(read->candidates()[2].seed.value(), 31u);
    QCOMPARE(read->candidates()[2].member, 2);
    QVERIFY(!read->candidates()[2].guided);
    QVERIFY(run({"metrics", at("set"), "--json"}).out.contains(" known pixels changed"));
    QVERIFY(run({"metrics", at("set")}).out.contains("\n0 of "));
}

void TestPoolsCli::regionsAndRefusals_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, QStringList arguments, int code, const char* says) {
        QTest::newRow(name) << arguments << code << QString(says);
    };
    row("part of the hole", {"--region", "6,6,4,4"}, 0, "");
    row("outside of the hole", {"--region", "0,0,3,3"}, 2, "no pixel of the hole");
    row("no rectangle", {"--region", "1,2,3"}, 2, "is not a rectangle");
    row("empty rectangle", {"--region", "1,2,3,0"}, 2, "is not a rectangle");
    row("trailing text", {"--region", "1,2,3,4x"}, 2, "is not a rectangle");
    row("pixels", {"--features", "pixels"}, 0, "");
    row("weights that are not there", {"--features", "vgg16", "--weights", "/none.pth"}, 3, "/none.pth");
    row("unknown rule", {"--rule", "best"}, 2, "best");
    row("peculiarity", {"--peculiarity", "1.5"}, 2, "1.5");
    row("branch", {"--branch", "1"}, 2, "1");
}

void TestPoolsCli::regionsAndRefusals()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    QFETCH(QString, says);
    const Result result = run(QStringList{"tree", at("face"), "--mask", at("mask.png")} + arguments);
    QVERIFY2(result.code == code, result.err);
    QVERIFY2(result.err.contains(says.toUtf8()), result.err);
}

void TestPoolsCli::selectReadsWhatTheOthersRead()
{
    const QStringList pool{"select", at("face"), "--mask", at("mask.png")};
    const Result text = run(pool + QStringList{"--count", "2", "--rule", "fps"});
    QVERIFY2(text.code == 0, text.err);
    const QList<QByteArray> lines = text.out.trimmed().split('\n');
    QCOMPARE(lines.size(), 2);
    QCOMPARE(int(lines.contains("9_face.png")) + int(lines.contains("10_face.png")), 1); // one of each kind
    const QJsonObject json = run(pool + QStringList{"--count", "2", "--json"}).json();
    QCOMPARE(json["candidates"].toInt(), 42);
    int stand_for = 0;
    for (const auto& row : json["rows"].toArray())
        stand_for += row.toObject()["stands for"].toInt();
    QCOMPARE(stand_for, 42);
    QVERIFY(run(pool + QStringList{"--csv"}).out.startsWith("file,index,stands for\n"));

    for (const char* rule : {"fps", "kmeans", "uniform", "random"}) {
        const Result alike = run({"select", at("alike"), "--rule", rule, "--count", "3", "--json"});
        QVERIFY2(alike.code == 0, alike.err);
        QSet<int> indices;
        for (const auto& row : alike.json()["rows"].toArray())
            indices << row.toObject()["index"].toInt();
        QCOMPARE(indices.size(), 3); // different files, if equal ones
    }
    const Result mixed = run({"select", at("mixed"), "--count", "3", "--json"});
    QVERIFY2(mixed.code == 4, mixed.err);
    QCOMPARE(mixed.json()["rows"].toArray().size(), 3);
    QCOMPARE(mixed.json()["problems"].toArray().size(), 2);
    const Result few = run({"select", at("few")});
    QCOMPARE(few.code, 3);
    QVERIFY2(few.err.contains("has 4 candidates where 5 are to be chosen. Use --count 4 or less"), few.err);
    const Result one = run({"select", at("few/1.png"), "--count", "1"});
    QCOMPARE(one.out.trimmed(), at("few/1.png").toUtf8());
    QCOMPARE(run({"select", at("none")}).code, 3);

    // Files that are named one by one go into every command.
    const Result named = run({"tree", at("few/0.png"), at("few/2.png"), at("mixed/3.png"), "--json"});
    QCOMPARE(named.code, 4);
    QCOMPARE(named.json()["candidates"].toInt(), 2);
}

void TestPoolsCli::featuresByName_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, QStringList arguments, int code, const char* says) {
        QTest::newRow(name) << arguments << code << QString(says);
    };
    row("pixels", {"--features", "pixels"}, 0, "pixels (not LPIPS)");
    row("a network", {"--features", "network:cats-64"}, 0, "network:cats-64");
    row("attributes", {"--features", "attributes:cats"}, 0, "attributes:cats");
    row("no such name", {"--features", "magic"}, 2, "network:MODEL, attributes:WORLD");
    row("no such model", {"--features", "network:dogs-64"}, 2, "models list");
    row("no such world", {"--features", "attributes:dogs"}, 2, "models list");
    row("no generator", {"--features", "network:cats-attributes"}, 3, "cats-attributes");
    row("whole pictures", {"--features", "attributes:cats", "--region", "6,6,4,4"}, 2, "sees whole pictures");
    for (const char* name : {"vgg16", "vgg16-taps", "attribute-logits", "sscd", "face"})
        QTest::addRow("no weights of %s", name)
            << QStringList{"--features", name, "--weights", folder_.path()} << 3 << QString("is not there");
}

void TestPoolsCli::featuresByName()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    QFETCH(QString, says);
    for (const char* command : {"select", "tree", "metrics", "tail"}) {
        const Result result =
            run(QStringList{command, at("few"), "--json"} + arguments
                + (command == std::string_view("select") ? QStringList{"--count", "2"} : QStringList()));
        QVERIFY2(result.code == code, result.err);
        QVERIFY2((code == 0 ? result.out : result.err).contains(says.toUtf8()), result.out + result.err);
    }
}

void TestPoolsCli::lpipsOfAPool()
{
    QVERIFY(QDir().mkpath(at("weights")));
    test::write_lpips(at("weights").toStdString());
    const Result result = run({"metrics", at("set"), "--lpips", "--weights", at("weights"), "--truth",
                               at("stripes.png"), "--json"});
    QVERIFY2(result.code == 0, result.err);
    QMap<QString, QJsonObject> values;
    for (const auto& row : result.json()["rows"].toArray())
        values[row.toObject()["figure"].toString()] = row.toObject()["value"].toObject();
    for (const char* name : {"LPIPS diversity (VGG-16, v0.1)", "mean LPIPS to the truth (VGG-16, v0.1)"}) {
        const QJsonObject value = values[name];
        QVERIFY2(value["value"].toDouble() > 0, name);
        QVERIFY(value["low"].toDouble() <= value["value"].toDouble());
        QVERIFY(value["high"].toDouble() >= value["value"].toDouble());
    }
    const Result features =
        run({"metrics", at("set"), "--features", "vgg16-taps", "--weights", at("weights"), "--json"});
    QVERIFY2(features.out.contains("mean distance of pairs: vgg16-taps (not LPIPS)"), features.err);
}

void TestPoolsCli::distanceFromAReference()
{
    const auto frechet = [&](const QString& reference, const QStringList& more = {}) {
        const Result result = run(QStringList{"metrics", at("face"), "--mask", at("mask.png"), "--json",
                                              "--reference", at(reference)}
                                  + more);
        for (const auto& row : result.json()["rows"].toArray())
            if (row.toObject()["figure"].toString().startsWith("Frechet distance to the reference: "))
                return row.toObject()["value"].toObject();
        return QJsonObject();
    };
    for (int k = 0; k < 30; ++k)
        write(QString("bright/%1.png").arg(k), encode_png(candidate(220, std::uint64_t(100 + k))));
    const QJsonObject itself = frechet("face"), other = frechet("bright"),
                      all = frechet("bright", {"--pca", "0"});
    QVERIFY(std::abs(itself["value"].toDouble()) < 1e-6);
    for (const QJsonObject& value : {itself, other, all}) {
        QVERIFY(value["low"].toDouble() <= value["value"].toDouble());
        QVERIFY2(value["high"].toDouble() > value["value"].toDouble(),
                 QJsonDocument(value).toJson().constData());
    }
    QVERIFY2(other["low"].toDouble() > itself["high"].toDouble(),
             (QJsonDocument(other).toJson() + QJsonDocument(itself).toJson()).constData());
    QVERIFY(all["value"].toDouble() >= other["value"].toDouble());
    const Result sizes = run({"metrics", at("face"), "--reference", at("set")});
    QCOMPARE(sizes.code, 3);
    QVERIFY2(sizes.err.contains("has pictures of 96 x 72 pixels, the candidates have 24 x 24"), sizes.err);
    QCOMPARE(run({"metrics", at("face"), "--reference", at("none")}).code, 3);
}

void TestPoolsCli::branchesHaveNames()
{
    const QString cats = at("cats");
    QCOMPARE(run({"scenes", "cats", "--count", "10", "--seed", "1", "--size", "64", "--out", cats}).code, 0);
    const Result tree = run({"tree", cats, "--features", "attributes:cats", "--branch", "4", "--json"});
    QVERIFY2(tree.code == 0, tree.err);
    int named = 0;
    for (const auto& row : tree.json()["rows"].toArray())
        named += row.toObject()["named"].toString().contains(QRegularExpression("^[a-z ]+, \\d+ of 10$"));
    QVERIFY2(named >= 2, tree.out);
    QVERIFY(!run({"tree", cats, "--json"}).out.contains("\"named\"")); // nothing says what world it is

    const Result fill =
        run({"fill", cats + "/000001.png", "--mask", cats + "/masks/000001-eyes.png", "--model", "cats-64",
             "--steps", "3", "--count", "5", "--device", "cpu", "--out", at("filled")});
    QVERIFY2(fill.code == 0, fill.err);
    QVERIFY(run({"tree", at("filled"), "--branch", "2", "--json"}).out.contains("\"named\""));
}

void TestPoolsCli::toyIsDrawn()
{
    const Result result = run({"toy", "--seeds", "5", "--out", at("toy.png"), "--json"});
    QVERIFY2(result.code == 0, result.err);
    const QJsonArray rows = result.json()["rows"].toArray();
    QCOMPARE(rows.size(), 7);
    for (const auto& row : rows)
        QVERIFY(row.toObject()["modes of 10"].toObject()["value"].toDouble() >= 1);
    const Picture picture = read_picture(at("toy.png").toStdString());
    QVERIFY(picture.width > 4 * 240 && picture.height > 2 * 240);
    QCOMPARE(run({"toy", "--seeds", "1", "--out", at("toy.svg")}).code, 0);
    const auto svg = read_file(at("toy.svg").toStdString());
    QVERIFY(std::string(svg.begin(), svg.end()).find("K-means: ") != std::string::npos);
}

void TestPoolsCli::niqeIsFitted()
{
    const Result few = run({"niqe", "fit", at("few"), "--out", at("niqe.safetensors")});
    QCOMPARE(few.code, 3);
    QVERIFY2(few.err.contains("sharp blocks"), few.err);
    for (int k = 0; k < 3; ++k)
        write(QString("pristine/%1.png").arg(k), encode_png(test::stripes(480 + 96 * k, 480)));
    write("pristine/note.txt", {'n', 'o', 't', 'e'});
    const Result fitted = run({"niqe", "fit", at("pristine"), "--out", at("niqe.safetensors"), "--json"});
    QVERIFY2(fitted.code == 4, fitted.err); // one file is no picture
    QCOMPARE(fitted.json()["problems"].toArray().size(), 1);
    QDir().mkpath(at("judged"));
    QVERIFY(QFile::copy(at("pristine/0.png"), at("judged/0.png")));
    QVERIFY(QFile::copy(at("pristine/0.png"), at("judged/1.png")));
    const Result judged = run({"metrics", at("judged"), "--niqe", at("niqe.safetensors")});
    QVERIFY2(judged.code == 0 && judged.out.contains("mean NIQE"), judged.err);
    // Without a file by the set that comes with Lacuna, which says so.
    const Result bundled = run({"metrics", at("judged")});
    QVERIFY2(bundled.code == 0 && bundled.out.contains("mean NIQE by fitted parameters"), bundled.err);
    QVERIFY2(bundled.out.contains("fitted on Lacuna's renders; not comparable with published NIQE"),
             bundled.out);
}

QTEST_MAIN(TestPoolsCli)
#include "tst_pools_cli.moc"
