// SPDX-License-Identifier: GPL-3.0-or-later
// The configuration of a training: what it means, and that nothing in it is ignored.
#include <cmath>
#include <filesystem>
#include <fstream>
#include <numeric>

#include <QtTest>

#include <nlohmann/json.hpp>

#include "engine/core/atomic_file.h"
#include "engine/training/picture_source.h"
#include "engine/training/train_config.h"
#include "engine/training/train_log.h"
#include "tests/core/error_of.h"

using namespace lacuna;
using namespace lacuna::test;
using namespace lacuna::training;
using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

namespace {

Json smallest()
{
    return Json::parse(R"({"name": "n", "data": {"world": "cats", "size": 32}, "network": {"network": "adm",
        "image_size": 32, "num_channels": 32, "channel_mult": [1, 2]}})");
}

TrainConfig parsed(const Json& json)
{
    return train_config_from_json(json.dump(), "config.json");
}

std::string text_of(const fs::path& path)
{
    const std::vector<std::uint8_t> bytes = read_file(path);
    return {bytes.begin(), bytes.end()};
}

} // namespace

class TestTrainConfig : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void defaultsAndValues();
    void refusals_data();
    void refusals();
    void theIdentityIsWhatMustStay();
    void theLearningRateRisesAndFalls();
    void shippedConfigurations_data();
    void shippedConfigurations();
    void theLogIsCutAtTheStep();
};

void TestTrainConfig::defaultsAndValues()
{
    const TrainConfig plain = parsed(smallest());
    QCOMPARE(plain.batch, 16);
    QVERIFY(!plain.bfloat16 && !plain.attention_only);
    QCOMPARE(plain.process.schedule, std::string("linear"));
    Json json = smallest();
    json["precision"] = "bfloat16";
    json["tune"] = "attention";
    json["process"] = {{"schedule", "cosine"}, {"timesteps", 100}};
    json["samples"] = {{"count", 9}};
    const TrainConfig other = parsed(json);
    QVERIFY(other.bfloat16 && other.attention_only);
    QCOMPARE(other.process.timesteps, 100);
    QCOMPARE(other.sample_count, 9);
    QCOMPARE(other.sample_steps, plain.sample_steps);
}

void TestTrainConfig::refusals_data()
{
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("named");
    QTest::newRow("unknown member") << "/bach"
                                    << "3"
                                    << "'bach'";
    QTest::newRow("unknown member inside") << "/validation"
                                           << R"({"evry": 3})"
                                           << "'validation.evry'";
    QTest::newRow("unknown network option") << "/network/depth"
                                            << "3"
                                            << "depth";
    QTest::newRow("a fraction") << "/batch"
                                << "1.5"
                                << "'batch'";
    QTest::newRow("too small") << "/batch"
                               << "0"
                               << "'batch'";
    QTest::newRow("a text for a number") << "/learning_rate"
                                         << R"("fast")"
                                         << "'learning_rate'";
    QTest::newRow("unknown precision") << "/precision"
                                       << R"("half")"
                                       << "'precision'";
    QTest::newRow("unknown schedule") << "/process"
                                      << R"({"schedule": "steep"})"
                                      << "'process.schedule'";
    QTest::newRow("two sources") << "/data/digits"
                                 << R"("free")"
                                 << "'data'";
    QTest::newRow("size beyond the network") << "/data/size"
                                             << "33"
                                             << "33 x 33";
    QTest::newRow("encoder for eps") << "/objective"
                                     << R"("attributes")"
                                     << "\"attributes\"";
    QTest::newRow("classes without attribute") << "/network/num_classes"
                                               << "2"
                                               << "'class'";
    QTest::newRow("condition without channels") << "/data"
                                                << R"({"digits": "free", "size": 32})"
                                                << "4 input";
}

void TestTrainConfig::refusals()
{
    QFETCH(QString, place);
    QFETCH(QString, value);
    QFETCH(QString, named);
    Json json = smallest();
    json[Json::json_pointer(place.toStdString())] = Json::parse(value.toStdString());
    const QString error = error_of([&] { parsed(json); });
    QVERIFY2(error.startsWith("3: ") && error.contains(named), qPrintable(error));
}

void TestTrainConfig::theIdentityIsWhatMustStay()
{
    Json longer = smallest(), other = smallest();
    longer["steps"] = 7;
    other["seed"] = 7;
    QCOMPARE(parsed(longer).identity, parsed(smallest()).identity);
    QVERIFY(parsed(other).identity != parsed(smallest()).identity);
}

void TestTrainConfig::theLearningRateRisesAndFalls()
{
    const TrainConfig config{.steps = 1000, .warmup = 10, .learning_rate = 2};
    QCOMPARE(learning_rate(config, 4), 2 * 0.5 * 0.5 * (1 + std::cos(M_PI * 0.005)));
    QCOMPARE(learning_rate(config, 499), 1.0);
    QVERIFY(learning_rate(config, 999) < 1e-12);
}

void TestTrainConfig::shippedConfigurations_data()
{
    QTest::addColumn<QString>("file");
    int count = 0;
    for (const auto& entry : fs::directory_iterator(LACUNA_SOURCE_DIR "/resources/training")) {
        const QString path = QString::fromStdString(entry.path().string());
        QTest::newRow(qPrintable(path.section('/', -1))) << path;
        ++count;
    }
    QVERIFY(count >= 8);
}

void TestTrainConfig::shippedConfigurations()
{
    QFETCH(QString, file);
    const TrainConfig config = train_config_from_json(text_of(file.toStdString()), file.toStdString());
    const bool attributes = config.objective == TrainConfig::Objective::Attributes;
    const auto source = make_picture_source(config.data, attributes);
    const Example example = source->example(5);
    const auto samples =
        static_cast<std::size_t>(config.data.size) * static_cast<std::size_t>(config.data.size);
    QCOMPARE(example.pixels.size(), samples * static_cast<std::size_t>(source->channels()));
    QCOMPARE(example.condition.size(), samples * static_cast<std::size_t>(source->condition_channels()));
    QCOMPARE(example.attributes.size(), source->attributes().size());
    std::size_t values = 0;
    for (const scenes::Attribute& attribute : source->attributes())
        values += attribute.values.size();
    if (attributes)
        QCOMPARE(static_cast<std::size_t>(network_graph(config.network).out_channels()), values);
}

void TestTrainConfig::theLogIsCutAtTheStep()
{
    const QTemporaryDir folder;
    const fs::path path = fs::path(folder.path().toStdString()) / "log.csv";
    {
        TrainLog log(path, 0);
        for (int step = 10; step <= 40; step += 10)
            log.add({.step = step, .seconds = 0.1 * step, .loss = 1.0 / step, .learning_rate = 1e-3});
    }
    const std::string whole = text_of(path);
    {
        TrainLog log(path, 25);
        QCOMPARE(log.lines().size(), std::size_t(2));
        QCOMPARE(log.lines()[1].loss, 0.05);
        log.add({.step = 30, .seconds = 3, .loss = 1.0 / 30, .learning_rate = 1e-3});
        log.add({.step = 40, .seconds = 4, .loss = 1.0 / 40, .learning_rate = 1e-3});
    }
    QCOMPARE(text_of(path), whole);
    write_file(path, "something else\n");
    QVERIFY(error_of([&] { TrainLog(path, 0); }).startsWith("3: "));
}

QTEST_GUILESS_MAIN(TestTrainConfig)
#include "tst_train_config.moc"
