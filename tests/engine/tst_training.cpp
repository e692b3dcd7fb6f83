// SPDX-License-Identifier: GPL-3.0-or-later
// Trainings: exact resumption, what comes out, and what goes wrong.
#include <csignal>
#include <filesystem>

#include <sys/resource.h>

#include <QtTest>

#include "engine/checkpoint/checkpoint.h"
#include "engine/core/device.h"
#include "engine/diffusion/noise.h"
#include "engine/models/attribute_metadata.h"
#include "engine/models/dataset_model.h"
#include "engine/training/parameters.h"
#include "engine/training/train_state.h"
#include "engine/training/trainer.h"
#include "tests/core/error_of.h"
#include "tests/engine/tensor_compare.h"
#include "tests/engine/training_fixture.h"

using namespace lacuna;
using namespace lacuna::test;
using namespace lacuna::training;
namespace fs = std::filesystem;

namespace {

std::string text_of(const fs::path& path)
{
    const std::vector<std::uint8_t> bytes = read_file(path);
    return {bytes.begin(), bytes.end()};
}

Tensor noise()
{
    return CounterNoise(1, {0}).draw(at::empty({1, 3, 16, 16}), Purpose::Initial, 0);
}

/// Everything but the metadata of a state.
std::map<std::string, Tensor> tensors_of(const fs::path& path)
{
    const StateDict state = read_state_dict(Checkpoint::open(path));
    return {state.begin(), state.end()};
}

} // namespace

class TestTraining : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { use_threads(1); }
    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        QVERIFY(folder_->isValid());
    }

    void resumedIsUninterrupted();
    void onlyAttentionIsTuned();
    void fourPicturesAreLearnt();
    void theModelLoads();
    void startsFromAModel();
    void classifiersNameTheirValues();
    void aLossThatIsNotFiniteStops();
    void aFullDiskKeepsTheCheckpoint();
    void statesOfOthersAreRefused();
    void theProgramTrainsAsTheLibrary();
    void theProgramGoesOnAfterAKill();

private:
    fs::path at(const char* name) const { return fs::path(folder_->path().toStdString()) / name; }
    TrainConfig config(const std::string& more = "") const
    {
        return train_config_from_json(four_pictures(at(""), more), "test");
    }

    std::unique_ptr<QTemporaryDir> folder_{};
};

void TestTraining::resumedIsUninterrupted()
{
    Trainer(config(), at("whole"), {.threads = 1}).run({});
    const auto whole = tensors_of(at("whole") / "state.safetensors");
    for (int part = 0; part < 2; ++part) {
        std::stop_source stop;
        Trainer trainer(config(), at("parts"), {.threads = 1});
        QCOMPARE(trainer.step(), std::int64_t{3 * part});
        const TrainEnd end = trainer.run(stop.get_token(), [&](const LogLine& line) {
            if (line.step == 3)
                stop.request_stop();
        });
        QVERIFY(end == (part == 0 ? TrainEnd::Stopped : TrainEnd::LastStep));
    }
    const auto parts = tensors_of(at("parts") / "state.safetensors");
    QCOMPARE(parts.size(), whole.size());
    for (const auto& [name, tensor] : whole)
        QVERIFY2(same_bits(tensor, parts.at(name)), name.c_str());
    const auto losses = [](const std::string& log) {
        QStringList columns;
        for (const QString& line : QString::fromStdString(log).split('\n', Qt::SkipEmptyParts))
            columns << line.section(',', 0, 0) + line.section(',', 2, 4);
        return columns;
    };
    QCOMPARE(losses(text_of(at("parts") / "log.csv")), losses(text_of(at("whole") / "log.csv")));
    QCOMPARE(losses(text_of(at("whole") / "log.csv")).size(), 7);
}

void TestTraining::onlyAttentionIsTuned()
{
    Trainer(config(), at("first"), {.threads = 1}).run({});
    const std::string start = (at("first") / "model.safetensors").string();
    Trainer(config(R"(, "tune": "attention", "start": ")" + start + "\""), at("tuned"), {.threads = 1})
        .run({});
    const auto state = tensors_of(at("tuned") / "state.safetensors");
    int changed = 0;
    for (const auto& [name, value] : read_state_dict(Checkpoint::open(start))) {
        const bool same = same_bits(value.to(at::kFloat), state.at("parameters/" + name));
        const bool attention = name.find(".qkv.") != std::string::npos
                               || name.find(".norm.") != std::string::npos
                               || name.find(".proj_out.") != std::string::npos;
        QVERIFY2(same || attention, name.c_str());
        changed += !same;
    }
    QVERIFY(changed > 0);
}

void TestTraining::fourPicturesAreLearnt()
{
    TrainConfig settings = config(R"(, "process": {"schedule": "cosine", "timesteps": 50})");
    settings.steps = 300;
    settings.validation_every = 300;
    settings.sample_every = 300;
    settings.log_every = 5;
    settings.ema = 0.98;
    std::vector<LogLine> lines;
    Trainer(settings, at("learnt"), {.threads = 1}).run({}, [&](const LogLine& line) {
        lines.push_back(line);
    });
    QVERIFY(lines.front().loss > 0.3);
    QVERIFY2(*lines.back().validation_loss < 0.03,
             qPrintable(QString::number(*lines.back().validation_loss)));
    const Picture grid = read_picture(at("learnt") / "samples-300.png");
    QCOMPARE(grid.width, 4 * 18 + 2);
    QCOMPARE(grid.height, 4 * 18 + 2);
}

void TestTraining::theModelLoads()
{
    Trainer trainer(config(), at("out"), {.threads = 1});
    trainer.run({});
    const DatasetModel model = load_model(at("out") / "model.safetensors", "");
    QCOMPARE(model.preset.name, std::string("Four"));
    QVERIFY(model.preset.architecture == trainer.config().network);
    const Tensor x0 = make_denoiser(model)->x0(noise(), 1.0);
    const auto state = tensors_of(at("out") / "state.safetensors");
    StateDict average;
    for (const auto& [name, tensor] : state)
        if (name.starts_with("average/"))
            average[name.substr(8)] = tensor.to(at::kHalf).to(at::kFloat);
    const DatasetModel same{
        .preset = model.preset,
        .network = make_network(network_graph(model.preset.architecture), average, "test", {.plan = false})};
    COMPARE_TENSORS(x0, make_denoiser(same)->x0(noise(), 1.0), 1e-3, 1e-3);
    QVERIFY(fs::exists(at("out") / "curve.png"));
}

void TestTraining::startsFromAModel()
{
    Trainer(config(), at("first"), {.threads = 1}).run({});
    TrainConfig settings = config(R"(, "start": ")" + (at("first") / "model.safetensors").string() + "\"");
    settings.learning_rate = 0;
    Trainer(settings, at("second"), {.threads = 1}).run({});
    const auto state = tensors_of(at("second") / "state.safetensors");
    const StateDict model = read_state_dict(Checkpoint::open(at("first") / "model.safetensors"));
    for (const auto& [name, value] : model)
        QVERIFY2(same_bits(value.to(at::kFloat), state.at("parameters/" + name)), name.c_str());
}

void TestTraining::classifiersNameTheirValues()
{
    const TrainConfig settings = train_config_from_json(cat_classifier, "test");
    std::vector<double> losses;
    Trainer(settings, at("c"), {.threads = 1}).run({}, [&](const LogLine& line) {
        losses.push_back(line.loss);
    });
    QVERIFY2(losses.back() < 0.6 * losses.front(), qPrintable(QString::number(losses.back())));
    const Checkpoint model = Checkpoint::open(at("c") / "model.safetensors");
    const std::string named = model.metadata().at(attributes_entry);
    QVERIFY2(named.starts_with(
                 R"({"world":"cats","attributes":[{"name":"eyes","values":["open","half-closed","odd"]})"),
             named.c_str());
    QVERIFY(std::holds_alternative<EncoderConfig>(stored_preset(model.metadata(), "test")->architecture));
}

void TestTraining::aLossThatIsNotFiniteStops()
{
    Trainer(config(), at("out"), {.threads = 1}).run({});
    const std::string before = text_of(at("out") / "state.safetensors");
    TrainConfig settings = config();
    settings.steps = 1000;
    settings.learning_rate = 1e30;
    settings.clip = 0;
    const QString error = error_of([&] { Trainer(settings, at("out"), {.threads = 1}).run({}); });
    QVERIFY2(error.contains(QRegularExpression("finite at step \\d+")), qPrintable(error));
    QCOMPARE(text_of(at("out") / "state.safetensors"), before);
}

void TestTraining::aFullDiskKeepsTheCheckpoint()
{
    Trainer(config(), at("out"), {.threads = 1}).run({});
    const std::string before = text_of(at("out") / "state.safetensors");
    TrainConfig settings = config();
    settings.steps = 8;
    Trainer trainer(settings, at("out"), {.threads = 1});
    rlimit limit{};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &limit), 0);
    const rlimit small{.rlim_cur = 100000, .rlim_max = limit.rlim_max};
    ::signal(SIGXFSZ, SIG_IGN);
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const QString error = error_of([&] { trainer.run({}); });
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &limit), 0);
    QVERIFY2(error.startsWith("6: "), qPrintable(error));
    QCOMPARE(text_of(at("out") / "state.safetensors"), before);
    Trainer(settings, at("out"), {.threads = 1}).run({});
}

void TestTraining::statesOfOthersAreRefused()
{
    Trainer(config(), at("out"), {.threads = 1}).run({});
    QVERIFY(error_of([&] {
                Trainer(config(R"(, "seed": 5)"), at("out"), {.threads = 1});
            }).contains("belongs to a training with another seed"));
    std::string damaged = text_of(at("out") / "state.safetensors");
    damaged.resize(damaged.size() / 2);
    write_file(at("out") / "state.safetensors", damaged);
    QVERIFY(error_of([&] { Trainer(config(), at("out"), {.threads = 1}); }).startsWith("3: "));
}

void TestTraining::theProgramTrainsAsTheLibrary()
{
    TrainConfig settings = config();
    write_file(at("config.json"), four_pictures(at(""), R"(, "precision": "float")"));
    const QString path = QString::fromStdString(at("config.json").string());
    const QStringList arguments{"train",     path, "--out",    QString::fromStdString(at("out").string()),
                                "--threads", "1",  "--device", "cpu"};
    QProcess whole;
    whole.start(QStringLiteral(LACUNA_BIN_DIR "/lacuna-cli"), arguments);
    QVERIFY(whole.waitForFinished(60000));
    QCOMPARE(whole.exitCode(), 0);
    QVERIFY(whole.readAllStandardOutput().contains("The training is complete"));
    Trainer(settings, at("same"), {.threads = 1}).run({});
    for (const auto& [name, tensor] : tensors_of(at("same") / "state.safetensors"))
        QVERIFY2(same_bits(tensor, tensors_of(at("out") / "state.safetensors").at(name)), name.c_str());
}

void TestTraining::theProgramGoesOnAfterAKill()
{
    std::string text = four_pictures(at(""), R"(, "checkpoint_minutes": 0.01)");
    const auto set = [&](const std::string& key, const std::string& value) {
        const auto start = text.find("\"" + key + "\": ") + key.size() + 4;
        text.replace(start, text.find_first_of(",}", start) - start, value);
    };
    set("steps", "1000000");
    write_file(at("config.json"), text);
    const QStringList arguments{"train",     QString::fromStdString(at("config.json").string()),
                                "--out",     QString::fromStdString(at("out").string()),
                                "--threads", "1",
                                "--device",  "cpu"};
    QProcess killed;
    killed.start(QStringLiteral(LACUNA_BIN_DIR "/lacuna-cli"), arguments);
    QTRY_VERIFY_WITH_TIMEOUT(fs::exists(at("out") / "state.safetensors"), 60000);
    killed.kill();
    QVERIFY(killed.waitForFinished(60000));
    QProcess stopped;
    stopped.start(QStringLiteral(LACUNA_BIN_DIR "/lacuna-cli"), arguments);
    QTRY_VERIFY_WITH_TIMEOUT(stopped.bytesAvailable() > 60, 60000);
    stopped.terminate();
    QVERIFY(stopped.waitForFinished(60000));
    QCOMPARE(stopped.exitCode(), 0);
    const QByteArray said = stopped.readAllStandardOutput();
    QVERIFY2(said.startsWith("Goes on after step ") && said.contains("Stopped: "), said);
}

QTEST_GUILESS_MAIN(TestTraining)
#include "tst_training.moc"
