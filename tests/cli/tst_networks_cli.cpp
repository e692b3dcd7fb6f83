// SPDX-License-Identifier: GPL-3.0-or-later
// Networks from the command line: inspect, convert, presets, list, fill and verify.
#include <QtTest>

#include "engine/checkpoint/checkpoint.h"
#include "engine/core/atomic_file.h"
#include "engine/core/picture_file.h"
#include "tests/support/made_models.h"
#include "tests/support/test_pictures.h"

using namespace lacuna;

namespace {

struct Result {
    int code = -1;
    QByteArray out, err;
    QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
};

} // namespace

class TestNetworksCli : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void inspectNamesTheNetwork();
    void inspectAsJson();
    void inspectNamesThePresets();
    void inspectOfSomethingElse();
    void convertWithAPreset();
    void convertRefusesWhatDoesNotFit_data();
    void convertRefusesWhatDoesNotFit();
    void presets();
    void listOfTheModelFolder();
    void modelsThatComeWithLacuna();
    void aFrameFromOthers();
    void methodsByDefault();
    void fillAndVerify_data();
    void fillAndVerify();
    void aTaskWithoutAHole();
    void dryRun();
    void refusals_data();
    void refusals();

private:
    QString at(const QString& name) const { return folder_.filePath(name); }
    std::string path(const char* name) const { return at(name).toStdString(); }
    QStringList fill(const QString& out, const QStringList& more) const
    {
        return QStringList{"fill", at("picture.png"), "--out", at(out),   "--model", "tiny", "--device",
                           "cpu",  "--steps",         "5",     "--count", "2"}
               + more;
    }
    Result run(const QStringList& arguments) const
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("XDG_DATA_HOME", folder_.path());
        environment.insert("LACUNA_MODELS", at("bundled"));
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(LACUNA_BIN_DIR "/lacuna-cli"), arguments);
        if (!process.waitForFinished(120000))
            return {};
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2,
                process.readAllStandardOutput(), process.readAllStandardError()};
    }

    QTemporaryDir folder_;
};

void TestNetworksCli::initTestCase()
{
    QVERIFY(folder_.isValid());
    QVERIFY(QDir(folder_.path()).mkpath("lacuna/models"));
    test::write_model(path("silent.safetensors"), test::tiny_preset(), {.names_preset = false});
    test::write_model(path("lacuna/models/classes.safetensors"), test::tiny_classes());
    write_file(path("tiny.json"), to_json(test::tiny_preset()));
    const Result result = run({"models", "convert", at("silent.safetensors"),
                               at("lacuna/models/tiny.safetensors"), "--preset", at("tiny.json")});
    QVERIFY2(result.code == 0, result.err);
    write_file(path("picture.png"), encode_png(test::stripes(20, 16)));
    write_file(path("mask.png"), encode_png(test::square_mask(20, 16, 7, 5, 5)));
    write_file(path("small.png"), encode_png(test::stripes(4, 8)));
}

void TestNetworksCli::inspectNamesTheNetwork()
{
    const Result silent = run({"models", "inspect", at("silent.safetensors")});
    QVERIFY2(silent.code == 0, silent.err);
    for (const char* words : {"network of 828358 parameters", "num_channels\t32", "learn_sigma\ttrue",
                              "The shapes leave open:", "num_head_channels (guessed 32)", "--noise_schedule",
                              "No known preset has these parameters"})
        QVERIFY2(silent.out.contains(words), silent.out);
    const Result converted = run({"models", "inspect", at("lacuna/models/tiny.safetensors")});
    QVERIFY2(converted.out.contains("by the preset tiny (A tiny network)"), converted.out);
    QVERIFY2(!converted.out.contains("leave open"), converted.out);
}

void TestNetworksCli::inspectAsJson()
{
    const QJsonObject network = run({"models", "inspect", at("lacuna/models/tiny.safetensors"), "--json"})
                                    .json()["network"]
                                    .toObject();
    QCOMPARE(network["parameters"].toInt(), 828358);
    QCOMPARE(network["architecture"].toObject()["channel_mult"].toArray(), (QJsonArray{1.0, 2.0}));
    QCOMPARE(network["stored_preset"].toObject()["id"].toString(), QString("tiny"));
    QVERIFY(network["presets_that_fit"].toArray().isEmpty());
    QStringList options;
    for (const auto& question : network["open"].toArray()) {
        options << question.toObject()["option"].toString();
        QVERIFY(!question.toObject()["how_to_answer"].toString().isEmpty());
    }
    QVERIFY(options.contains("num_head_channels") && options.contains("schedule"));
}

void TestNetworksCli::inspectNamesThePresets()
{
    // The header of a published network without its 374 MB: a file with a hole in it.
    const ModelPreset preset = find_preset("ffhq-dps");
    QJsonObject header;
    qint64 end = 0;
    for (const auto& [name, shape] : parameter_shapes(network_graph(preset.architecture))) {
        QJsonArray sizes;
        qint64 bytes = 4;
        for (const std::int64_t size : shape) {
            sizes << qint64(size);
            bytes *= size;
        }
        header[QString::fromStdString(name)] =
            QJsonObject{{"dtype", "F32"}, {"shape", sizes}, {"data_offsets", QJsonArray{end, end + bytes}}};
        end += bytes;
    }
    QByteArray text = QJsonDocument(header).toJson(QJsonDocument::Compact);
    QFile file(at("faces.safetensors"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const quint64 length = qToLittleEndian(quint64(text.size()));
    file.write(reinterpret_cast<const char*>(&length), 8);
    file.write(text);
    QVERIFY(file.resize(8 + text.size() + end));
    file.close();
    const Result result = run({"models", "inspect", at("faces.safetensors")});
    QVERIFY2(result.code == 0, result.err);
    QVERIFY2(result.out.contains("ffhq-dps\tFFHQ 256 (DPS); size not published, SHA-256 not published"),
             result.out);
}

void TestNetworksCli::inspectOfSomethingElse()
{
    write_safetensors(path("other.safetensors"), {{"w", {DType::F32, {2}}}}, {},
                      [](const std::string&, std::span<std::byte> bytes) {
                          std::fill(bytes.begin(), bytes.end(), std::byte(0));
                      });
    const Result result = run({"models", "inspect", at("other.safetensors")});
    QCOMPARE(result.code, 0);
    QVERIFY2(result.out.contains("no network that Lacuna knows: it is neither an ADM nor a DDPM network."),
             result.out);
    const QJsonObject json = run({"models", "inspect", at("other.safetensors"), "--json"}).json();
    QVERIFY(json["network"].toObject()["why"].toString().contains("neither"));
}

void TestNetworksCli::convertWithAPreset()
{
    const Result result = run({"models", "convert", at("silent.safetensors"), at("said.safetensors"),
                               "--preset", at("tiny.json"), "--json"});
    QVERIFY2(result.code == 0, result.err);
    QCOMPARE(result.json()["preset"].toString(), QString("tiny"));
    const Checkpoint said = Checkpoint::open(path("said.safetensors"));
    QVERIFY(stored_preset(said.metadata(), "said") == test::tiny_preset());
    QCOMPARE(said.metadata().at("source_sha256"), Checkpoint::open(path("silent.safetensors")).sha256());
    QCOMPARE(said.metadata().at("licence"), test::tiny_preset().licence);
    // Once said, it stays; a licence that is given stands above the preset's.
    const Result again = run(
        {"models", "convert", at("said.safetensors"), at("half.safetensors"), "--half", "--licence", "CC0"});
    QVERIFY2(again.out.contains("needs nothing else"), again.out);
    const Checkpoint half = Checkpoint::open(path("half.safetensors"));
    QVERIFY(stored_preset(half.metadata(), "half") == test::tiny_preset());
    QCOMPARE(half.metadata().at("licence"), std::string("CC0"));
    // A file that is no network is converted without.
    const Result silent = run({"models", "convert", at("silent.safetensors"), at("still.safetensors")});
    QVERIFY2(silent.code == 0 && silent.out.contains("will need --preset"), silent.out);
}

void TestNetworksCli::convertRefusesWhatDoesNotFit_data()
{
    QTest::addColumn<QString>("preset");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("words");
    ModelPreset wide = test::tiny_preset(), longer = test::tiny_preset(), classes = test::tiny_classes();
    std::get<AdmConfig>(wide.architecture).num_channels = 64;
    std::get<AdmConfig>(longer.architecture).num_res_blocks = 2;
    write_file(path("wide.json"), to_json(wide));
    write_file(path("longer.json"), to_json(longer));
    write_file(path("classes.json"), to_json(classes));
    std::string text = to_json(wide);
    write_file(path("damaged.json"), text.replace(text.find("licence"), 7, "license"));
    QTest::newRow("another width") << at("wide.json") << 3
                                   << QByteArray("input_blocks.0.0.bias has the shape (32) instead of (64)");
    QTest::newRow("more blocks") << at("longer.json") << 3
                                 << QByteArray("does not fit the preset tiny: the parameter");
    QTest::newRow("classes") << at("classes.json") << 3 << QByteArray("label_emb.weight is missing");
    QTest::newRow("a published one") << "imagenet-256" << 3
                                     << QByteArray("does not fit the preset imagenet-256");
    QTest::newRow("unknown") << "imagenet" << 2 << QByteArray("models presets");
    QTest::newRow("damaged") << at("damaged.json") << 3 << QByteArray("'licence' is missing");
    QTest::newRow("no such file") << at("none.json") << 3 << QByteArray("cannot be opened");
}

void TestNetworksCli::convertRefusesWhatDoesNotFit()
{
    QFETCH(QString, preset);
    QFETCH(int, code);
    QFETCH(QByteArray, words);
    const Result result =
        run({"models", "convert", at("silent.safetensors"), at("refused.safetensors"), "--preset", preset});
    QCOMPARE(result.code, code);
    QVERIFY2(result.err.contains(words), result.err);
    QVERIFY(!QFile::exists(at("refused.safetensors")));
}

void TestNetworksCli::presets()
{
    const QJsonArray list = QJsonDocument::fromJson(run({"models", "presets", "--json"}).out).array();
    QCOMPARE(std::size_t(list.size()), known_presets().size());
    for (const auto& entry : list)
        for (const char* key :
             {"id", "name", "file", "bytes", "sha256", "page", "licence", "native_size", "parameters"})
            QVERIFY2(entry.toObject().contains(key), key);
    const QByteArray text = run({"models", "presets"}).out;
    QVERIFY2(text.contains("imagenet-256\tImageNet 256") && text.contains("2211 MB"), text);
    const Result one = run({"models", "presets", "ffhq-dps"});
    QVERIFY(preset_from_json(one.out.toStdString(), "printed") == find_preset("ffhq-dps"));
    QCOMPARE(run({"models", "presets", "ffhq"}).code, 2);
}

void TestNetworksCli::listOfTheModelFolder()
{
    write_file(path("lacuna/models/broken.safetensors"), std::string("no weights"));
    const QJsonArray list = QJsonDocument::fromJson(run({"models", "list", "--json"}).out).array();
    QVERIFY(QFile::remove(at("lacuna/models/broken.safetensors")));
    QStringList ids;
    for (const auto& model : list)
        ids << model.toObject()["id"].toString();
    QCOMPARE(ids, (QStringList{"this-photo", "broken", "classes", "tiny"}));
    QVERIFY(list[1].toObject()["description"].toString().startsWith("Cannot be used:"));
    QCOMPARE(list[3].toObject()["name"].toString(), QString("A tiny network"));
    QCOMPARE(list[3].toObject()["native_size"].toInt(), 16);
}

void TestNetworksCli::modelsThatComeWithLacuna()
{
    QVERIFY(QDir(folder_.path()).mkpath("bundled"));
    test::write_model(path("bundled/scenes.safetensors"), test::tiny_scenes());
    test::write_model(path("bundled/tiny.safetensors"), test::tiny_ddpm());
    write_file(path("bundled/scenes.md"), std::string("# Scenes\n"));
    const QJsonArray list = QJsonDocument::fromJson(run({"models", "list", "--json"}).out).array();
    QStringList ids;
    for (const auto& model : list)
        ids << model.toObject()["origin"].toString() + ' ' + model.toObject()["id"].toString();
    // The user's model stands for the one of the same name.
    QCOMPARE(ids, (QStringList{"built-in this-photo", "bundled scenes", "user classes", "user tiny"}));
    const QJsonObject scenes = list[1].toObject();
    QCOMPARE(scenes["bytes"].toInteger(), QFileInfo(at("bundled/scenes.safetensors")).size());
    QCOMPARE(scenes["card"].toString(), at("bundled/scenes.md"));
    QCOMPARE(list[2].toObject()["classes"].toInt(), 10);
    const QByteArray text = run({"models", "list"}).out;
    QVERIFY2(text.contains("\nModels that come with Lacuna\nscenes\tTiny scenes\t3.")
                 && text.contains(" MB\t16 x 16\n") && text.contains("\nModels of your folder\nclasses\t"),
             text);

    // A picture larger than the network's: the whole of it, and what that means.
    write_file(path("large.png"), encode_png(test::stripes(60, 48)));
    write_file(path("large-mask.png"), encode_png(test::square_mask(60, 48, 20, 15, 12)));
    const QStringList arguments{"fill",    at("large.png"),
                                "--mask",  at("large-mask.png"),
                                "--out",   at("whole"),
                                "--model", "scenes",
                                "--steps", "3",
                                "--count", "2",
                                "--force", "--device",
                                "cpu"};
    const Result whole = run(arguments);
    QVERIFY2(whole.code == 0, whole.err);
    QVERIFY2(
        whole.out.contains("The network saw 48 x 48 pixels from 6, 0 reduced to 16 x 16. What it made is "
                           "enlarged 3.0 times"),
        whole.out);
    QVERIFY2(whole.out.contains("Known samples changed: 0."), whole.out);
    QCOMPARE(run({"verify", at("whole")}).code, 0);
    const Result hole = run(arguments + QStringList{"--window", "hole"});
    QVERIFY2(hole.out.contains("The network saw 18 x 18 pixels from"), hole.out);
    QCOMPARE(run({"verify", at("whole")}).code, 0);
    QCOMPARE(run(arguments + QStringList{"--window", "half"}).code, 2);
    QVERIFY(QDir(at("bundled")).removeRecursively());
}

void TestNetworksCli::aFrameFromOthers()
{
    test::write_model(path("lacuna/models/frames.safetensors"), test::tiny_frames());
    const Picture second = test::ramps(20, 16, 1, 8);
    write_file(path("second.png"), encode_png(second));
    const QStringList arguments{"fill",          at("picture.png"),
                                "--out",         at("frame"),
                                "--model",       "frames",
                                "--steps",       "4",
                                "--count",       "2",
                                "--device",      "cpu",
                                "--condition",   at("picture.png"),
                                at("second.png")};
    const Result result = run(arguments);
    QVERIFY2(result.code == 0, result.err);
    QVERIFY2(result.out.contains("Hole: 100.0 % of the picture."), result.out);
    QCOMPARE(QDir(at("frame")).entryList({"condition-*.png"}),
             (QStringList{"condition-01.png", "condition-02.png"}));
    QCOMPARE(run({"verify", at("frame")}).out.count("exact, byte for byte"), 2);
    write_file(path("frame/condition-02.png"), encode_png(test::stripes(20, 16)));
    const Result changed = run({"verify", at("frame")});
    QVERIFY2(changed.code == 3 && changed.err.contains("is not the condition of the recipe"), changed.err);
    const Result none = run({"fill", at("picture.png"), "--mask", at("mask.png"), "--out", at("refused"),
                             "--model", "frames", "--device", "cpu"});
    QVERIFY2(none.code == 2 && none.err.contains("takes 2 other pictures"), none.err);
    QVERIFY(QFile::remove(at("lacuna/models/frames.safetensors")));
}

void TestNetworksCli::methodsByDefault()
{
    const auto method = [&](const QStringList& options) {
        const Result result =
            run(fill("by_default", {"--mask", at("mask.png"), "--force", "--json"}) + options);
        return result.json()["recipe"].toObject()["method"].toString();
    };
    QCOMPARE(method({}), QString("ddnm"));
    QCOMPARE(method({"--sampler", "ddpm"}), QString("project")); // the options of samplers mean something
    QCOMPARE(method({"--sampler", "ddpm", "--method", "ddrm"}), QString("ddrm"));
    QCOMPARE(method({"--method", "diffpir"}), QString("diffpir"));
}

void TestNetworksCli::fillAndVerify_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("the default") << QStringList{};
    QTest::newRow("project") << QStringList{"--method", "project"};
    QTest::newRow("two-step sampler") << QStringList{"--sampler", "edm", "--schedule", "edm"};
    QTest::newRow("repaint") << QStringList{"--method", "repaint",       "--jump-length",
                                            "2",        "--jump-repeat", "2"};
    QTest::newRow("ddrm") << QStringList{"--method", "ddrm"};
    QTest::newRow("ddnm") << QStringList{"--method", "ddnm", "--travel-length", "2", "--travel-repeat", "2"};
    QTest::newRow("dps") << QStringList{"--method", "dps"};
    QTest::newRow("diffpir") << QStringList{"--method", "diffpir"};
    QTest::newRow("a pool") << QStringList{"--pool", "4", "--select", "kmeans"};
    QTest::newRow("classes") << QStringList{"--model", "classes", "--class", "3"};
}

void TestNetworksCli::fillAndVerify()
{
    QFETCH(QStringList, options);
    QStringList arguments = fill("set", {"--mask", at("mask.png"), "--force", "--threads", "1"});
    if (options.contains("--model"))
        arguments.remove(arguments.indexOf("--model"), 2);
    const Result result = run(arguments + options);
    QVERIFY2(result.code == 0, result.err);
    QVERIFY2(result.out.contains("Known samples changed: 0."), result.out);
    const Result verified = run({"verify", at("set"), "--threads", "2"});
    QVERIFY2(verified.code == 0, verified.out + verified.err);
    QCOMPARE(verified.out.count("exact, byte for byte"), 2);
}

void TestNetworksCli::aTaskWithoutAHole()
{
    const Result degraded = run(fill("sr", {"--method", "ddnm", "--task", "sr-bicubic", "--degrade"}));
    QVERIFY2(degraded.code == 0, degraded.err);
    QVERIFY2(degraded.out.contains("agrees with the measurement to")
                 && degraded.out.contains("with the truth to")
                 && degraded.out.contains("Below 45 dB of agreement: 0 of 2."),
             degraded.out);
    QCOMPARE(run({"verify", at("sr")}).out.count("exact, byte for byte"), 2);
    QCOMPARE(read_picture(path("sr/completion-01.png")).width, 16);

    QStringList measured = fill("sr4", {"--method", "ddnm", "--task", "sr-average", "--json"});
    measured[1] = at("small.png");
    const Result result = run(measured);
    QVERIFY2(result.code == 0, result.err);
    const QJsonObject first = result.json()["completions"].toArray()[0].toObject();
    QVERIFY(first["consistency_db"].toDouble() > 45 || first["consistency_db"].toString() == "exact");
    QVERIFY(!first.contains("psnr_db") && !first.contains("seam"));
    QCOMPARE(read_picture(path("sr4/completion-02.png")).height, 32);
    QCOMPARE(run({"verify", at("sr4")}).code, 0);
}

void TestNetworksCli::dryRun()
{
    const QStringList options{"--mask", at("mask.png"), "--method", "dps", "--dry-run"};
    const Result text = run(fill("dry", options));
    QVERIFY2(text.code == 0, text.err);
    QVERIFY2(text.out.startsWith("Evaluations of the model: 5, each of 2 pictures, 5 of them with their "
                                 "gradient.\nBy a measured step it will take about "),
             text.out);
    const QJsonObject json = run(fill("dry", options + QStringList{"--json"})).json();
    QCOMPARE(json["evaluations"].toInt(), 5);
    QCOMPARE(json["with_gradient"].toInt(), 5);
    QCOMPARE(json["pictures_an_evaluation"].toInt(), 2);
    QVERIFY(json["seconds"].toDouble() > 0);
    QVERIFY(!QFile::exists(at("dry")));
}

void TestNetworksCli::refusals_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char* name, const QStringList& options, int code, const char* words) {
        QTest::newRow(name) << options << code << QByteArray(words);
    };
    const QString mask = at("mask.png");
    row("repaint with sr", {"--method", "repaint", "--task", "sr-bicubic"}, 2, "cannot do sr-bicubic");
    row("sr by project", {"--method", "project", "--task", "sr-bicubic"}, 2, "needs a published method");
    row("a mask with color", {"--method", "ddnm", "--task", "color", "--mask", mask}, 2, "has no meaning");
    row("no mask", {}, 2, "--mask");
    row("unknown preset", {"--mask", mask, "--preset", "imagenet"}, 2, "models presets");
    row("unknown method", {"--mask", mask, "--method", "dream"}, 2, "repaint, ddrm, ddnm, dps, diffpir");
    row("unknown task", {"--method", "ddnm", "--task", "colour"}, 2, "sr-bicubic");
    row("no such device", {"--mask", mask, "--device", "cuda:9"}, 2, "--device cuda:9");
    row("no device at all", {"--mask", mask, "--device", "tpu"}, 2, "there are auto, cpu, cuda");
    row("a class of none", {"--mask", mask, "--class", "1"}, 2, "has no classes");
    row("a size that cannot be", {"--method", "ddnm", "--task", "sr-average", "--scale", "8"}, 3,
        "would become 160 x 128 pixels");
    row("zeta with a comma", {"--mask", mask, "--method", "dps", "--zeta", "0,5"}, 2, "is not a number");
}

void TestNetworksCli::refusals()
{
    QFETCH(QStringList, options);
    QFETCH(int, code);
    QFETCH(QByteArray, words);
    QStringList arguments = fill("refused", options);
    if (options.contains("--device"))
        arguments.remove(arguments.indexOf("--device"), 2);
    const Result result = run(arguments);
    QVERIFY2(result.code == code, result.err);
    QVERIFY2(result.err.startsWith("lacuna-cli: ") && result.err.contains(words), result.err);
    QCOMPARE(result.err.count('\n'), 1);
    QVERIFY(!QFile::exists(at("refused/set.json")));
}

QTEST_GUILESS_MAIN(TestNetworksCli)
#include "tst_networks_cli.moc"
