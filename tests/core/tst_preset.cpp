// SPDX-License-Identifier: GPL-3.0-or-later
// The presets of published checkpoints are right, and files that are not exactly presets are refused.
#include <functional>
#include <set>

#include <QtTest>

#include <nlohmann/json.hpp>

#include "engine/core/atomic_file.h"
#include "engine/models/embedded_presets.h"
#include "engine/models/preset.h"
#include "tests/core/error_of.h"

using namespace lacuna;
using namespace lacuna::test;
using Json = nlohmann::ordered_json;

namespace {

std::string text_of(const char* id)
{
    for (const auto& [file, text] : embedded_presets())
        if (file == std::string(id) + ".json")
            return text;
    return {};
}

std::string with(const std::string& text, const std::function<void(Json&)>& change)
{
    Json json = Json::parse(text);
    change(json);
    return json.dump();
}

QString reading(const std::string& text)
{
    return error_of([&] { preset_from_json(text, "mine.json"); });
}

} // namespace

class TestPreset : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyPresetReadsAndRoundTrips();
    void everyPresetBuildsItsNetwork();
    void publishedCounts_data();
    void publishedCounts();
    void publishedHashAndSize();
    void presetsOfTheSameShapes();
    void everyMemberIsNeeded();
    void strictness_data();
    void strictness();
    void textsThatAreNoPresets_data();
    void textsThatAreNoPresets();
    void unknownSizesAndHashesAreNull();
    void findPreset();
    void presetsInMetadata();
};

void TestPreset::everyPresetReadsAndRoundTrips()
{
    const auto embedded = embedded_presets();
    QCOMPARE(known_presets().size(), embedded.size());
    std::set<std::string> ids;
    for (const auto& [file, text] : embedded) {
        const ModelPreset preset = preset_from_json(text, file);
        QCOMPARE(preset.id + ".json", file);
        QVERIFY(ids.insert(preset.id).second);
        QVERIFY(preset_from_json(to_json(preset), file) == preset);
        QVERIFY(find_preset(preset.id) == preset);
        QVERIFY(!preset.name.empty() && !preset.file.empty() && !preset.licence.empty());
        QVERIFY(preset.page.starts_with("https://"));
    }
}

void TestPreset::everyPresetBuildsItsNetwork()
{
    for (const ModelPreset& preset : known_presets()) {
        const NetworkGraph graph = network_graph(preset.architecture);
        QVERIFY(parameter_count(parameter_shapes(graph)) > 40'000'000);
        const int side = preset.native_size();
        QVERIFY(side >= 64 && side <= 512);
        const auto sizes = picture_sizes(graph, {side, side});
        const bool classifier = std::holds_alternative<EncoderConfig>(preset.architecture);
        QVERIFY(sizes.back() == (classifier ? PictureSize{} : PictureSize{side, side}));
        const std::vector<double> levels = sigma_table(preset.process);
        QCOMPARE(levels.size(), std::size_t(preset.process.timesteps));
        QVERIFY(levels.front() > 0 && std::is_sorted(levels.begin(), levels.end()));
    }
}

void TestPreset::publishedCounts_data()
{
    // restoration.md 1.8, 1.9 and 2
    QTest::addColumn<qint64>("parameters");
    QTest::addColumn<int>("keys"); // 0: not stated
    const auto row = [](const char* id, qint64 parameters, int keys) {
        QTest::newRow(id) << parameters << keys;
    };
    row("imagenet-256", 552814086, 566);
    row("imagenet-256-classes", 553838086, 567);
    for (const char* id : {"lsun-bedroom", "lsun-cat", "lsun-horse", "lsun-horse-nodropout",
                           "celeba-hq-repaint", "places2-repaint"})
        row(id, 552814086, 566);
    row("imagenet-128", 421529606, 493);
    row("imagenet-64", 295904454, 541);
    row("imagenet-512", 558997638, 645);
    row("ffhq-dps", 93563910, 362);
    row("classifier-64", 65438568, 0);
    row("classifier-128", 42568040, 0);
    row("classifier-256", 54096360, 0);
    row("classifier-512", 54448360, 0);
    row("celeba-hq-ddpm", 113673219, 450);
}

void TestPreset::publishedCounts()
{
    QFETCH(qint64, parameters);
    QFETCH(int, keys);
    const ModelPreset preset = find_preset(QTest::currentDataTag());
    const ParameterShapes shapes = parameter_shapes(network_graph(preset.architecture));
    QCOMPARE(qint64(parameter_count(shapes)), parameters);
    if (keys > 0)
        QCOMPARE(shapes.size(), std::size_t(keys));
}

void TestPreset::publishedHashAndSize()
{
    const ModelPreset preset = find_preset("imagenet-256");
    QCOMPARE(preset.bytes, std::optional<std::uint64_t>(2211383297));
    QCOMPARE(preset.sha256,
             std::optional<std::string>("a37c32fffd316cd494cf3f35b339936debdc1576dad13fe57c42399a5dbc78b1"));
    QCOMPARE(find_preset("imagenet-256-classes").bytes, std::optional<std::uint64_t>(2215479544));
    QCOMPARE(find_preset("imagenet-64").process.schedule, std::string("cosine"));
}

void TestPreset::presetsOfTheSameShapes()
{
    std::vector<std::string> ids;
    const NetworkConfig config = find_preset("lsun-cat").architecture;
    for (const ModelPreset& preset : presets_with(parameter_shapes(network_graph(config))))
        ids.push_back(preset.id);
    QCOMPARE(ids, (std::vector<std::string>{"celeba-hq-repaint", "imagenet-256", "lsun-bedroom", "lsun-cat",
                                            "lsun-horse", "lsun-horse-nodropout", "places2-repaint"}));
    QVERIFY(presets_with({{"w", {3}}}).empty());
}

void TestPreset::everyMemberIsNeeded()
{
    const Json whole = Json::parse(text_of("imagenet-256"));
    for (const auto& [key, value] : whole.items()) {
        const QString error = reading(with(whole.dump(), [&](Json& json) { json.erase(key); }));
        QVERIFY2(error.contains(QString("'%1' is missing").arg(key.c_str())), qPrintable(error));
    }
    for (const auto& [key, value] : whole["process"].items()) {
        const QString error = reading(with(whole.dump(), [&](Json& json) { json["process"].erase(key); }));
        QVERIFY2(error.contains(QString("'process.%1' is missing").arg(key.c_str())), qPrintable(error));
    }
}

void TestPreset::strictness_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* pointer, const char* value, const char* words) {
        QTest::addRow("%s = %.40s", pointer, value) << QString(pointer) << QString(value) << QString(words);
    };
    row("/colour", "1", "unknown member 'colour'");
    row("/process/colour", "1", "unknown member 'colour'");
    row("/process/sigma_data", "0.5", "unknown member 'sigma_data'");
    row("/architecture/colour", "1", "colour is not an option of this network");
    row("/schema", "2", "'schema' has a wrong value");
    row("/schema", "\"1\"", "'schema' has a wrong value");
    row("/id", "7", "'id' has a wrong value");
    row("/name", "null", "'name' has a wrong value");
    row("/licence", "[]", "'licence' has a wrong value");
    row("/bytes", "-1", "'bytes' has a wrong value");
    row("/bytes", "1.5", "'bytes' has a wrong value");
    row("/bytes", "\"2 GB\"", "'bytes' has a wrong value");
    row("/sha256", "\"abc\"", "'sha256' has a wrong value");
    row("/sha256", "\"A37C32FFFD316CD494CF3F35B339936DEBDC1576DAD13FE57C42399A5DBC78B1\"",
        "'sha256' has a wrong value");
    row("/sha256", "\"a37c32fffd316cd494cf3f35b339936debdc1576dad13fe57c42399a5dbc78bg\"",
        "'sha256' has a wrong value");
    row("/sha256", "12", "'sha256' has a wrong value");
    row("/process", "[]", "'process' is not an object");
    row("/process/kind", "\"flow\"", "'process.kind' has a wrong value");
    row("/process/prediction", "\"score\"", "'process.prediction' has a wrong value");
    row("/process/variance", "1", "'process.variance' has a wrong value");
    row("/process/schedule", "\"quadratic\"", "'process.schedule' has a wrong value");
    row("/process/timesteps", "1", "'process.timesteps' has a wrong value");
    row("/process/timesteps", "10.5", "'process.timesteps' has a wrong value");
    row("/process/timesteps", "1000000000", "'process.timesteps' has a wrong value");
    row("/process/beta_first", "0", "'process.beta_first' has a wrong value");
    row("/process/beta_last", "0.00001", "'process.beta_last' has a wrong value");
    row("/process/beta_last", "1", "'process.beta_last' has a wrong value");
    row("/architecture", "[]", "is not a JSON object");
    row("/architecture/network", "\"gan\"", "must be adm, encoder or ddpm");
    row("/architecture/num_channels", "\"256\"", "must be a whole number");
    row("/architecture/learn_sigma", "1", "must be true or false");
    row("/architecture/attention_resolutions", "[1.5]", "must be a whole number");
}

void TestPreset::strictness()
{
    QFETCH(QString, pointer);
    QFETCH(QString, value);
    QFETCH(QString, words);
    const std::string text = with(text_of("imagenet-256"), [&](Json& json) {
        json[Json::json_pointer(pointer.toStdString())] = Json::parse(value.toStdString());
    });
    const QString error = reading(text);
    QVERIFY2(error.startsWith("3: mine.json") && error.contains(words), qPrintable(error));
}

void TestPreset::textsThatAreNoPresets_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("words");
    const QByteArray good = QByteArray::fromStdString(text_of("imagenet-256"));
    const QByteArray inside = good.mid(good.indexOf('{') + 1);
    const auto row = [](const char* name, const QByteArray& text, const char* words) {
        QTest::newRow(name) << text << QString(words);
    };
    row("empty", "", "not a JSON object");
    row("cut off", good.left(good.size() / 2), "not a JSON object");
    row("something behind it", good + "{}", "not a JSON object");
    row("a list", "[" + good + "]", "not a JSON object");
    row("not UTF-8", QByteArray(good).replace("ImageNet 256", "ImageNet \xff\xfe"), "not a JSON object");
    row("a number that is too large", QByteArray(good).replace("0.0001", "1e999"), "not a JSON object");
    row("a member twice", "{\"id\": \"other\"," + inside, "has 'id' twice");
    row("a member of a member twice",
        QByteArray(good).replace("\"kind\"", "\"schedule\": \"cosine\", \"kind\""), "has 'schedule' twice");
    row("too deep", "{\"note\": " + QByteArray(100, '[') + QByteArray(100, ']') + "," + inside,
        "nested too deeply");
    row("far too deep", QByteArray(100000, '['), "nested too deeply");
    row("too long", good + QByteArray(2 << 20, ' '), "not a JSON object");
}

void TestPreset::textsThatAreNoPresets()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, words);
    const QString error = reading(text.toStdString());
    QVERIFY2(error.startsWith("3: mine.json") && error.contains(words), qPrintable(error));
}

void TestPreset::unknownSizesAndHashesAreNull()
{
    const ModelPreset preset = preset_from_json(
        with(text_of("imagenet-256"), [](Json& json) { json["bytes"] = json["sha256"] = Json(); }),
        "mine.json");
    QVERIFY(!preset.bytes && !preset.sha256);
    QVERIFY(preset_from_json(to_json(preset), "mine.json") == preset);
}

void TestPreset::findPreset()
{
    const QString unknown = error_of([] { find_preset("imagenet"); });
    QVERIFY2(unknown.startsWith("2: --preset imagenet: is not known") && unknown.contains("models presets"),
             qPrintable(unknown));
    const QTemporaryDir folder;
    const std::string mine = folder.filePath("mine.json").toStdString();
    QVERIFY(error_of([&] { find_preset(mine); }).startsWith("3: "));
    ModelPreset preset = find_preset("ffhq-dps");
    preset.id = "mine";
    preset.process = {.kind = NoiseProcess::Kind::Edm, .sigma_data = 0.25};
    write_file(mine, to_json(preset));
    QVERIFY(find_preset(mine) == preset);
}

void TestPreset::presetsInMetadata()
{
    QVERIFY(!stored_preset({{"format", "pt"}}, "a.safetensors"));
    const ModelPreset preset = find_preset("ffhq-dps");
    QVERIFY(stored_preset({{preset_entry, to_json(preset)}}, "a.safetensors") == preset);
    const QString damaged = error_of([] { stored_preset({{preset_entry, "{}"}}, "a.safetensors"); });
    QVERIFY2(damaged.startsWith("3: a.safetensors"), qPrintable(damaged));
}

QTEST_APPLESS_MAIN(TestPreset)
#include "tst_preset.moc"
