// SPDX-License-Identifier: GPL-3.0-or-later
// Restoration tasks, forms of networks and noise processes, and what is refused with which sentence.
#include <QtTest>

#include <cmath>

#include "engine/core/error.h"
#include "engine/models/dataset_model.h"
#include "network_requests.h"
#include "tests/core/error_of.h"

using namespace lacuna;
using namespace lacuna::test;

class TestNetworkTasks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void tasks_data();
    void tasks();
    void thePictureIsTheMeasurement_data();
    void thePictureIsTheMeasurement();
    void noiseInTheMeasurement();
    void processes_data();
    void processes();
    void aDdpmNetwork();
    void classes();
    void refusals_data();
    void refusals();
    void filesThatDoNotNameTheirNetwork();

private:
    std::string at(const char* name) const { return folder_.filePath(name).toStdString(); }

    QTemporaryDir folder_;
};

void TestNetworkTasks::initTestCase()
{
    QVERIFY(folder_.isValid());
    write_model(at("tiny.safetensors"), tiny_preset());
    write_model(at("classes.safetensors"), tiny_classes());
    write_model(at("silent.safetensors"), tiny_preset(), {.names_preset = false});
    ModelPreset upsampler = tiny_preset();
    std::get<AdmConfig>(upsampler.architecture).in_channels = 6;
    write_model(at("upsampler.safetensors"), upsampler);
    ModelPreset classifier = tiny_preset();
    classifier.architecture = EncoderConfig{.image_size = 16,
                                            .out_channels = 7,
                                            .num_channels = 32,
                                            .num_res_blocks = 1,
                                            .channel_mult = {1, 2},
                                            .attention_resolutions = {8},
                                            .num_head_channels = 16};
    write_model(at("classifier.safetensors"), classifier);
}

void TestNetworkTasks::tasks_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("task");
    for (const char* method : {"ddrm", "ddnm", "dps", "diffpir"})
        for (const char* task : {"sr-bicubic", "sr-average", "color", "denoise", "deblur-uniform",
                                 "deblur-gauss", "deblur-aniso", "cs"})
            QTest::addRow("%s, %s", method, task) << method << task;
}

void TestNetworkTasks::tasks()
{
    QFETCH(QString, method);
    QFETCH(QString, task);
    FillRequest r = network_request(at("tiny.safetensors"));
    r.picture = stripes(40, 30);
    r.mask = {};
    r.recipe.method = method.toStdString();
    r.recipe.task = task.toStdString();
    r.recipe.degrade = true;
    const CompletionSet set = run_request(r, 1);
    QCOMPARE(set.base.width, 16);
    QCOMPARE(set.base.height, 16);
    const std::vector<Picture> made = filled_pictures(r, set);
    QCOMPARE(made.size(), std::size_t(3));
    for (const Completion& completion : set.completions) {
        QVERIFY2(completion.problem.empty(), completion.problem.c_str());
        QVERIFY(completion.consistency_db && !std::isnan(*completion.consistency_db));
        QVERIFY(completion.psnr_db && !std::isnan(*completion.psnr_db));
        if (method == "ddnm")
            QVERIFY2(*completion.consistency_db > 45, std::to_string(*completion.consistency_db).c_str());
    }
    if (task != "denoise") // whose measurement says everything
        QVERIFY(made[0] != made[1]);
    QVERIFY(filled_pictures(r, run_request(r, 2)) == made);
}

void TestNetworkTasks::thePictureIsTheMeasurement_data()
{
    QTest::addColumn<QString>("task");
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("out");
    QTest::newRow("sr-bicubic by 4") << "sr-bicubic" << 4 << 16;
    QTest::newRow("sr-average by 4") << "sr-average" << 6 << 24;
    QTest::newRow("color") << "color" << 16 << 16;
    QTest::newRow("deblur-gauss") << "deblur-gauss" << 20 << 20;
}

void TestNetworkTasks::thePictureIsTheMeasurement()
{
    QFETCH(QString, task);
    QFETCH(int, width);
    QFETCH(int, out);
    FillRequest r = network_request(at("tiny.safetensors"));
    r.picture = stripes(width, width);
    r.mask = square_mask(width, width, 0, 0, width);
    r.recipe.method = "ddnm";
    r.recipe.task = task.toStdString();
    const CompletionSet set = run_request(r);
    QCOMPARE(set.base.width, out);
    QCOMPARE(set.base.height, out);
    for (const Completion& completion : set.completions) {
        QVERIFY(completion.consistency_db && *completion.consistency_db > 45);
        QVERIFY(!completion.psnr_db);
        QCOMPARE(completion.patches.at(0).pixels.width, out);
    }
    QCOMPARE(estimate_fill(r, 1, "cpu").forward, 5);
}

void TestNetworkTasks::noiseInTheMeasurement()
{
    FillRequest r = network_request(at("tiny.safetensors"));
    r.recipe.task = "sr-average";
    r.recipe.degrade = true;
    for (const char* method : {"ddrm", "ddnm", "dps", "diffpir"}) {
        r.recipe.method = method;
        r.recipe.restoration.sigma_y = 0;
        const Picture clean = run_request(r).base;
        r.recipe.restoration.sigma_y = 0.2;
        const CompletionSet noisy = run_request(r);
        QVERIFY(noisy.base != clean);
        for (const Completion& completion : noisy.completions)
            QVERIFY2(completion.problem.empty(), completion.problem.c_str());
    }
}

void TestNetworkTasks::processes_data()
{
    using Kind = NoiseProcess::Kind;
    using Output = NoiseProcess::Output;
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("prediction");
    QTest::addColumn<QString>("schedule");
    const auto row = [](const char* name, Kind kind, Output output, const char* schedule = "linear") {
        QTest::newRow(name) << int(kind) << int(output) << QString(schedule);
    };
    row("x0", Kind::Discrete, Output::X0);
    row("v", Kind::Discrete, Output::V);
    row("cosine", Kind::Discrete, Output::Eps, "cosine");
    row("scaled-linear", Kind::Discrete, Output::Eps, "scaled-linear");
    row("sigmoid", Kind::Discrete, Output::Eps, "sigmoid");
    row("edm", Kind::Edm, Output::Eps);
    row("vp", Kind::Vp, Output::Eps);
    row("ve", Kind::Ve, Output::Eps);
    row("iddpm", Kind::Iddpm, Output::Eps);
}

void TestNetworkTasks::processes()
{
    QFETCH(int, kind);
    QFETCH(int, prediction);
    QFETCH(QString, schedule);
    ModelPreset preset = tiny_preset();
    std::get<AdmConfig>(preset.architecture).learn_sigma = false;
    preset.process = {.kind = NoiseProcess::Kind(kind), .prediction = NoiseProcess::Output(prediction)};
    preset.process.schedule = schedule.toStdString();
    const std::string model =
        at(QTest::currentDataTag()) + ".safetensors"; // sessions keep a model by its name
    write_model(model, preset);
    FillRequest r = network_request(model);
    for (const char* method : {"project", "ddnm", "dps", "repaint"}) {
        r.recipe.method = method;
        const CompletionSet set = run_request(r);
        for (const Completion& completion : set.completions)
            QVERIFY2(completion.problem.empty() && completion.finished, completion.problem.c_str());
        QVERIFY(filled_pictures(r, set).at(0) != r.picture);
    }
}

void TestNetworkTasks::aDdpmNetwork()
{
    write_model(at("ddpm.safetensors"), tiny_ddpm());
    FillRequest r = network_request(at("ddpm.safetensors"));
    for (const char* method : {"project", "repaint", "ddrm", "ddnm", "dps", "diffpir"}) {
        r.recipe.method = method;
        const std::vector<Picture> filled = filled_pictures(r, run_request(r, 1));
        QVERIFY(filled.at(0) != r.picture && filled.at(0) != filled.at(1));
        QVERIFY(filled_pictures(r, run_request(r, 2)) == filled);
    }
}

void TestNetworkTasks::classes()
{
    FillRequest r = network_request(at("classes.safetensors"));
    r.recipe.model_class = 3;
    const std::vector<Picture> three = filled_pictures(r, run_request(r));
    r.recipe.model_class = 9;
    QVERIFY(filled_pictures(r, run_request(r)) != three);
}

void TestNetworkTasks::refusals_data()
{
    using Change = std::function<void(FillRequest&)>;
    QTest::addColumn<std::function<void(FillRequest&)>>("change");
    QTest::addColumn<QString>("model");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* name, const Change& change, const char* sentence,
                        const char* model = "tiny.safetensors") {
        QTest::newRow(name) << change << QString(model) << QString(sentence);
    };
    const auto task = [](const char* method, const char* name) -> Change {
        return [=](FillRequest& r) { r.recipe.method = method, r.recipe.task = name; };
    };
    row("repaint, sr", task("repaint", "sr-bicubic"), "cannot do sr-bicubic, only inpaint");
    row("project, sr", task("project", "sr-bicubic"), "needs a published method");
    row("unknown task", task("ddnm", "colour"), "Use one of inpaint, sr-bicubic");
    row("unknown method", task("dream", "inpaint"), "Use one of repaint, ddrm, ddnm, dps, diffpir");
    row("cs of a measurement", task("ddnm", "cs"), "--degrade");
    row(
        "a measurement of a size that cannot be",
        [](FillRequest& r) {
            r.recipe.method = "ddnm";
            r.recipe.task = "color";
            r.picture = stripes(15, 15);
        },
        "would become 15 x 15 pixels");
    row(
        "a measurement that is too large",
        [](FillRequest& r) {
            r.recipe.method = "ddnm";
            r.recipe.task = "sr-average";
            r.picture = stripes(32, 32);
        },
        "would become 128 x 128 pixels");
    row(
        "a scale that does not divide",
        [](FillRequest& r) {
            r.recipe.method = "ddnm";
            r.recipe.task = "sr-average";
            r.recipe.degrade = true;
            r.recipe.scale = 3;
        },
        "multiples of 3");
    row(
        "noise for repaint",
        [](FillRequest& r) {
            r.recipe.method = "repaint";
            r.recipe.restoration.sigma_y = 0.1;
        },
        "cannot take a noisy measurement");
    row(
        "more steps than timesteps",
        [](FillRequest& r) {
            r.recipe.method = "ddnm";
            r.recipe.steps = 1001;
        },
        "from 2 to 1000");
    row(
        "a class of none", [](FillRequest& r) { r.recipe.model_class = 0; }, "has no classes");
    row(
        "no class", [](FillRequest&) {},
        "--class: is missing: the model tiny-classes makes pictures of 10 classes", "classes.safetensors");
    row(
        "a class beyond", [](FillRequest& r) { r.recipe.model_class = 10; },
        "--class 10: is not a class of the model tiny-classes. Use a number from 0 to 9",
        "classes.safetensors");
    row(
        "a class of This photo",
        [](FillRequest& r) {
            r.recipe.model = "this-photo";
            r.recipe.model_class = 1;
        },
        "This photo has no classes");
    row(
        "a method for This photo",
        [](FillRequest& r) {
            r.recipe.model = "this-photo";
            r.recipe.method = "ddnm";
        },
        "needs a network");
    row(
        "a network of two pictures", [](FillRequest&) {}, "takes 1 other picture.", "upsampler.safetensors");
    row(
        "a classifier", [](FillRequest&) {}, "holds a classifier", "classifier.safetensors");
    row(
        "no preset", [](FillRequest&) {}, "does not say which network its weights belong to",
        "silent.safetensors");
    row(
        "unknown preset", [](FillRequest& r) { r.recipe.preset = "imagenet"; },
        "--preset imagenet: is not known");
    row(
        "a preset that does not fit", [](FillRequest& r) { r.recipe.preset = "ffhq-dps"; }, "does not fit");
    row(
        "no such model", [](FillRequest&) {}, "is neither a file nor a model", "none.safetensors");
}

void TestNetworkTasks::refusals()
{
    QFETCH(std::function<void(FillRequest&)>, change);
    QFETCH(QString, model);
    QFETCH(QString, sentence);
    FillRequest r = network_request(at(qPrintable(model)));
    change(r);
    const QString filling = error_of([&] { run_request(r); });
    QVERIFY2(filling.contains(sentence), qPrintable(filling));
    QVERIFY2(filling.startsWith("2: ") || filling.startsWith("3: "), qPrintable(filling));
    QCOMPARE(error_of([&] { estimate_fill(r, 1, "cpu"); }), filling);
}

void TestNetworkTasks::filesThatDoNotNameTheirNetwork()
{
    ModelPreset preset = tiny_preset();
    const std::string file = at("mine.json");
    QFile json(QString::fromStdString(file));
    QVERIFY(json.open(QIODevice::WriteOnly));
    json.write(QByteArray::fromStdString(to_json(preset)));
    json.close();
    FillRequest r = network_request(at("silent.safetensors"));
    r.recipe.preset = file;
    const std::vector<Picture> filled = filled_pictures(r, run_request(r));
    QVERIFY(filled_pictures(r, run_request(network_request(at("tiny.safetensors")))) == filled);
}

QTEST_GUILESS_MAIN(TestNetworkTasks)
#include "tst_network_tasks.moc"
