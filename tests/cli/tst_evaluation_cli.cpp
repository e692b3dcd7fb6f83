// SPDX-License-Identifier: GPL-3.0-or-later
// `models evaluate` and `benchmark` as processes, with networks whose weights are random: they run for any model, and
// say that such a one misses its figures.
#include <QtTest>

#include <nlohmann/json.hpp>

#include "engine/core/atomic_file.h"
#include "engine/core/picture_file.h"
#include "engine/scenes/worlds/world.h"
#include "tests/support/made_models.h"

using namespace lacuna;
using namespace lacuna::test;

namespace {

constexpr int side = 32;

struct Result {
    int code = -1;
    std::string out, err;
};

Result run(const QStringList& arguments)
{
    QProcess process;
    process.start(QStringLiteral(LACUNA_BIN_DIR "/lacuna-cli"), arguments);
    if (!process.waitForFinished(500000))
        return {};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2,
            process.readAllStandardOutput().toStdString(), process.readAllStandardError().toStdString()};
}

nlohmann::json json_of(const Result& result)
{
    return nlohmann::json::parse(result.out, nullptr, false);
}

} // namespace

class TestEvaluationCli : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void randomWeightsMissTheirFigures();
    void theCardIsReplaced();
    void methodsOfAModel();
    void selectionOutOfAPool();
    void strengthOfParticles();
    void sweepsAndDomains();
    void sharedNoise();
    void priorProbability();
    void refusals();

private:
    QString at(const QString& name) const { return folder_.filePath(name); }
    QStringList with(const QStringList& more) const
    {
        return more + QStringList{at("portraits-tiny.safetensors"),
                                  "--attributes",
                                  at("a.safetensors"),
                                  "--renders",
                                  "40",
                                  "--steps",
                                  "3"};
    }

    QTemporaryDir folder_;
};

void TestEvaluationCli::initTestCase()
{
    ModelPreset model = tiny_preset();
    model.id = "portraits-tiny";
    std::get<AdmConfig>(model.architecture).image_size = side;
    write_model(at("portraits-tiny.safetensors").toStdString(), model);

    nlohmann::ordered_json attributes = nlohmann::ordered_json::array();
    std::int64_t outputs = 0;
    for (const scenes::Attribute& attribute : scenes::find_world("portraits").attributes()) {
        attributes.push_back({{"name", attribute.name}, {"values", nlohmann::json::array()}});
        for (const scenes::AttributeValue& value : attribute.values)
            attributes.back()["values"].push_back(value.name);
        outputs += std::int64_t(attribute.values.size());
    }
    ModelPreset judge = tiny_preset();
    judge.id = "portraits-attributes";
    judge.architecture = EncoderConfig{.image_size = side,
                                       .out_channels = outputs,
                                       .num_channels = 32,
                                       .num_res_blocks = 1,
                                       .channel_mult = {1, 2},
                                       .attention_resolutions = {},
                                       .num_head_channels = 32};
    const nlohmann::ordered_json meaning{{"world", "portraits"}, {"attributes", attributes}};
    write_model(at("a.safetensors").toStdString(), judge,
                {.metadata = {{"lacuna.attributes", meaning.dump()}}});
}

void TestEvaluationCli::randomWeightsMissTheirFigures()
{
    const Result result = run(with({"models", "evaluate", "--fills", "6", "--per-scene", "3", "--json"}));
    QVERIFY2(result.code == 4, result.err.c_str());
    const nlohmann::json json = json_of(result);
    QVERIFY(!json.is_discarded());
    QCOMPARE(json["masks"].size(), scenes::find_world("portraits").masks().size());
    QCOMPARE(json["masks"][0]["fills"].get<int>(), 6);
    QCOMPARE(json["masks"][0]["scenes"].get<int>(), 2);
    QVERIFY(json["seconds_of_five"].get<double>() > 0);
    std::map<std::string, std::string> verdicts;
    for (const auto& target : json["targets"])
        verdicts[target["name"]] = target["verdict"];
    QCOMPARE(verdicts.size(), std::size_t(6));
    QCOMPARE(verdicts["attribute network"], std::string("missed"));
    for (const auto& [name, verdict] : verdicts) // so few fills decide nothing for the better
        QVERIFY2(name == "speed" || verdict != "met", name.c_str());
}

void TestEvaluationCli::theCardIsReplaced()
{
    const std::string card = at("card.md").toStdString();
    write_file(card, std::string("# A model\n"));
    for (const char* mask : {"eyes-large", "mouth-small"}) {
        const Result result = run(with(
            {"models", "evaluate", "--fills", "2", "--mask", mask, "--card", QString::fromStdString(card)}));
        QVERIFY2(result.code == 4, result.err.c_str());
        QVERIFY(result.out.find("MISSED: attribute network") != std::string::npos);
    }
    const std::vector<std::uint8_t> bytes = read_file(card);
    const std::string text(bytes.begin(), bytes.end());
    QVERIFY(text.starts_with("# A model\n"));
    QVERIFY(text.find("mouth-small: mouth smile") != std::string::npos);
    QVERIFY(text.find("eyes-large") == std::string::npos);
}

void TestEvaluationCli::methodsOfAModel()
{
    const Result result = run(with({"benchmark", "--mask", "eyes-large", "--limit-pictures", "2", "--pool",
                                    "6", "--out", at("out"), "--json"}));
    QVERIFY2(result.code == 0, result.err.c_str());
    const nlohmann::json table = json_of(result)[0];
    const auto columns = table["columns"].get<std::vector<std::string>>();
    const auto column = [&](const char* name) {
        return std::size_t(std::find(columns.begin(), columns.end(), name) - columns.begin());
    };
    std::map<std::string, nlohmann::json> rows;
    for (const auto& row : table["rows"]) {
        QCOMPARE(row["pictures"].get<int>(), 2);
        rows[row["name"]] = row["cells"];
    }
    QCOMPARE(rows.size(), std::size_t(18));
    const auto value = [&](const std::string& row, const char* name) {
        return rows.at(row)[column(name)]["value"].get<double>();
    };
    QCOMPARE(value("true posterior", "forward"), 0.0);
    QCOMPARE(value("posterior samples", "forward"), 15.0);
    QCOMPARE(value("farthest points of 6", "forward"), 18.0);
    QCOMPARE(value("dps", "backward"), 15.0);
    QVERIFY(value("true posterior", "Frechet") < value("posterior samples", "Frechet"));
    QVERIFY(value("true posterior", "NIQE-like") < value("posterior samples", "NIQE-like"));
    QVERIFY(read_picture(at("out/methods.png").toStdString()).width > 1000);
    QVERIFY(std::filesystem::exists(at("out/benchmark.md").toStdString()));
}

void TestEvaluationCli::selectionOutOfAPool()
{
    const QStringList command{"benchmark", "--mask",           "mouth-large", "--part",
                              "selection", "--limit-pictures", "3",           "--pool",
                              "20",        "--world",          "portraits",   "--json"};
    QStringList photo = with(command);
    photo.replaceInStrings(at("portraits-tiny.safetensors"), "this-photo");
    for (const QStringList& arguments : {photo, with(command)}) {
        const Result result = run(arguments);
        QVERIFY2(result.code == 0, result.err.c_str());
        const nlohmann::json rows = json_of(result)[0]["rows"];
        QCOMPARE(rows.size(), std::size_t(5));
        const auto diversity = [&](std::size_t row) { return rows[row]["cells"][0]["value"].get<double>(); };
        QCOMPARE(rows[3]["name"].get<std::string>(), "farthest points of 20");
        QVERIFY(diversity(3) > diversity(0)); // farther apart than samples as they come
        const auto forward = [&](std::size_t row) {
            return rows[row]["cells"].back()["value"].get<double>();
        };
        QVERIFY(forward(0) > 0);
        QCOMPARE(forward(3), 4 * forward(0)); // twenty instead of five
        QCOMPARE(forward(4), forward(0));
        for (const auto& row : rows)
            QVERIFY(row["cells"][1]["value"].get<double>() > 0);
    }
    const Result networks_only = run({"benchmark", "this-photo", "--world", "portraits"});
    QVERIFY(networks_only.code == 2
            && networks_only.err.find("--part methods: needs a network") != std::string::npos);
}

void TestEvaluationCli::strengthOfParticles()
{
    const Result result =
        run({"benchmark", "--part", "particle-strength", "--out", at("strength"), "--json"});
    QVERIFY2(result.code == 0, result.err.c_str());
    const nlohmann::json tables = json_of(result);
    QCOMPARE(tables.size(), std::size_t(2));
    const auto value = [&](int table, int row, int column) {
        return tables[table]["rows"][row]["cells"][column]["value"].get<double>();
    };
    QCOMPARE(tables[0]["rows"].size(), std::size_t(6));
    QCOMPARE(tables[0]["columns"].size(), std::size_t(10));
    for (int churn = 0; churn < 6; ++churn) {
        // Eight independent draws out of eight are 5.25 different ones on average; every strength shows more of them.
        QVERIFY(std::abs(value(0, churn, 0) - 5.25) < 0.6);
        for (int strength = 1; strength < 10; ++strength) {
            QVERIFY2(value(0, churn, strength) > value(0, churn, 0), qPrintable(QString::number(strength)));
            QVERIFY(value(1, churn, strength) < 0.1); // an exact denoiser ends at one of the frames
        }
    }
    QVERIFY(read_picture(at("strength/particle-strength-modes.png").toStdString()).width > 600);
}

void TestEvaluationCli::sweepsAndDomains()
{
    const Result result =
        run(with({"benchmark", "--mask", "half-face", "--limit-pictures", "2", "--part", "eta", "--part",
                  "bound", "--part", "out-of-domain", "--etas", "0,0.3", "--bounds", "0,24,none", "--json"}));
    QVERIFY2(result.code == 0, result.err.c_str());
    const nlohmann::json tables = json_of(result);
    QCOMPARE(tables.size(), std::size_t(3));
    QCOMPARE(tables[0]["rows"].size(), std::size_t(2));
    QCOMPARE(tables[1]["rows"][2]["name"].get<std::string>(), std::string("D unlimited"));
    const auto diversity = [&](int table, int row) {
        return tables[std::size_t(table)]["rows"][std::size_t(row)]["cells"][0]["value"].get<double>();
    };
    QCOMPARE(diversity(1, 0), diversity(0, 0)); // no bound is reached: no guidance
    QVERIFY(diversity(1, 2) != diversity(1, 0));
    QCOMPARE(tables[2]["rows"].size(), std::size_t(4));
    QCOMPARE(tables[2]["rows"][1]["name"].get<std::string>(), std::string("cats, filled"));
}

void TestEvaluationCli::sharedNoise()
{
    const Result result =
        run(with({"benchmark", "--part", "shared-noise", "--limit-pictures", "4", "--second",
                  at("portraits-tiny.safetensors"), "--training", "20", "--json"}));
    QVERIFY2(result.code == 0, result.err.c_str());
    const nlohmann::json rows = json_of(result)[0]["rows"];
    QCOMPARE(rows.size(), std::size_t(3));
    QCOMPARE(rows[1]["cells"][0]["value"].get<double>(), 1.0); // the same model reproduces itself
    QCOMPARE(rows[2]["cells"][3]["value"].get<double>(), 0.0); // the closed form copies
}

void TestEvaluationCli::priorProbability()
{
    const Result result =
        run({"benchmark", "--part", "prior-probability", "--limit-pictures", "12", "--json"});
    QVERIFY2(result.code == 0, result.err.c_str());
    const nlohmann::json rows = json_of(result)[0]["rows"];
    QCOMPARE(rows.size(), std::size_t(3));
    for (std::size_t i = 0; i < 3; ++i) {
        const nlohmann::json cells = rows[i]["cells"];
        const double p = cells[0]["value"];
        QCOMPARE(rows[i]["pictures"].get<int>(), 12);
        QVERIFY(std::abs(cells[2]["value"].get<double>() - p)
                < 3 * std::max(0.02, cells[2]["high"].get<double>() - cells[2]["low"].get<double>()));
        QVERIFY(std::abs(cells[3]["value"].get<double>() - 0.5) < 0.1); // pairs split evenly
    }
}

void TestEvaluationCli::refusals()
{
    const Result none = run({"benchmark"});
    QCOMPARE(none.code, 2);
    QVERIFY(none.err.find("Name the dataset model") != std::string::npos);
    const Result mask = run(with({"models", "evaluate", "--mask", "nose"}));
    QCOMPARE(mask.code, 2);
    QVERIFY(mask.err.find("eyes-small") != std::string::npos);
    const Result world = run(with({"benchmark", "--world", "cats"}));
    QCOMPARE(world.code, 3);
    QVERIFY(world.err.find("does not tell the attributes of the world cats") != std::string::npos);
    const Result alone = run(with({"benchmark", "--part", "shared-noise"}));
    QCOMPARE(alone.code, 2);
    QVERIFY(alone.err.find("--second") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestEvaluationCli)
#include "tst_evaluation_cli.moc"
