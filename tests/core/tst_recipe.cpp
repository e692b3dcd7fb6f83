// SPDX-License-Identifier: GPL-3.0-or-later
// Recipes as JSON: every member, every refusal.
#include <functional>
#include <set>

#include <nlohmann/json.hpp>

#include <QtTest>

#include "engine/core/error.h"
#include "engine/core/recipe.h"
#include "tests/core/error_of.h"
#include "tests/core/german_numbers.h"

using namespace lacuna;
using namespace lacuna::test;

using Json = nlohmann::ordered_json;
using Change = std::function<void(Json&)>;
using RecipeChange = std::function<void(Recipe&)>;
Q_DECLARE_METATYPE(Change)
Q_DECLARE_METATYPE(RecipeChange)
Q_DECLARE_METATYPE(BoundConvention)

namespace {

RestorationOptions unusual_numbers()
{
    RestorationOptions options{.spacing = "10,20",
                               .sigma_y = 0.05,
                               .eta = 0.5,
                               .eta_b = 0.25,
                               .zeta = 0.125,
                               .lambda = 9,
                               .travel_length = 3,
                               .travel_repeat = 4,
                               .time_shift = 2,
                               .learned_variance = false,
                               .reference_quirks = true};
    options.jumps = {
        .single_samples = 2, .jump = {5, 6}, .jump2 = {7, 8}, .jump3 = {9, 10}, .start_resampling = 100};
    return options;
}

/// Every member differs from its default.
Recipe unusual_recipe()
{
    return {.schema = 2,
            .version = "9.8.7",
            .picture_sha256 = std::string(64, 'a'),
            .mask_sha256 = std::string(64, 'b'),
            .model = "Zażółć \"绘\" \\ \n",
            .preset = "imagenet-64",
            .model_sha256 = std::string(64, 'c'),
            .model_class = 7,
            .method = "ddnm",
            .sampler = "ddpm",
            .schedule = "edm",
            .gamma = 2.5,
            .mu = 0.25,
            .churn = 3.5,
            .particles = 0.75,
            .kernel = "iou",
            .steps = 73,
            .count = 11,
            .seed = 18446744073709551615u,
            .eta = 0.1,
            .bound = {0.0015, BoundConvention::PerImage},
            .pool = 99,
            .select = "kmeans",
            .raw = true,
            .window = "hole",
            .condition_sha256 = {std::string(64, 'd'), "e"},
            .task = "sr-bicubic",
            .scale = 8,
            .degrade = true,
            .restoration = unusual_numbers()};
}

} // namespace

class TestRecipe : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void jsonRoundTrip_data();
    void jsonRoundTrip();
    void jsonHasEveryMember();
    void jsonIsTheSameInEveryLocale();
    void recipesWithoutRareMembers();
    void strictness_data();
    void strictness();
    void damagedText_data();
    void damagedText();
    void everyCutIsRefused();
};

void TestRecipe::jsonRoundTrip_data()
{
    QTest::addColumn<RecipeChange>("change");
    QTest::newRow("all members unusual") << RecipeChange([](Recipe& r) { r = unusual_recipe(); });
    QTest::newRow("defaults") << RecipeChange([](Recipe& r) { r = Recipe(); });
    for (const std::uint64_t seed :
         {std::uint64_t(0), std::uint64_t(1) << 53, (std::uint64_t(1) << 53) + 1, std::uint64_t(1) << 63})
        QTest::addRow("seed %llu", static_cast<unsigned long long>(seed))
            << RecipeChange([seed](Recipe& r) { r.seed = seed; });
    for (const double eta : {1.0, 0.1, 1.0 / 3, 1e-300, 5e-324, 99.999999999999986, 0.30000000000000004})
        QTest::addRow("eta %.17g", eta) << RecipeChange([eta](Recipe& r) { r.eta = eta; });
    for (const double value : {24.0, 0.1, 1.0 / 3, 1e300, 5e-324})
        for (const auto convention :
             {BoundConvention::PerImage, BoundConvention::RepaintBatch, BoundConvention::GrayLevels})
            QTest::addRow("bound %.17g:%s", value, name(convention)) << RecipeChange([=](Recipe& r) {
                r.bound = {value, convention};
            });
}

void TestRecipe::jsonRoundTrip()
{
    QFETCH(RecipeChange, change);
    Recipe recipe = unusual_recipe();
    change(recipe);
    const std::string json = to_json(recipe);
    QVERIFY(recipe_from_json(json, "file") == recipe);
    QCOMPARE(to_json(recipe_from_json(json, "file")), json);
}

void TestRecipe::jsonHasEveryMember()
{
    // Changing one member changes the text: nothing that decides the pixels is forgotten.
    Recipe base = unusual_recipe();
    base.bound.convention = BoundConvention::GrayLevels;
    const std::vector<RecipeChange> changes{
        [](Recipe& r) { r.version = "1"; },
        [](Recipe& r) { r.picture_sha256 = "1"; },
        [](Recipe& r) { r.mask_sha256 = "1"; },
        [](Recipe& r) { r.model = "1"; },
        [](Recipe& r) { r.model_sha256 = "1"; },
        [](Recipe& r) { r.sampler = "1"; },
        [](Recipe& r) { r.schedule = "1"; },
        [](Recipe& r) { r.steps = 1; },
        [](Recipe& r) { r.count = 1; },
        [](Recipe& r) { r.seed = 1; },
        [](Recipe& r) { r.eta = 1; },
        [](Recipe& r) { r.bound.value = 1; },
        [](Recipe& r) { r.bound.convention = BoundConvention::PerImage; },
        [](Recipe& r) { r.pool = 1; },
        [](Recipe& r) { r.select = "1"; },
        [](Recipe& r) { r.preset = "1"; },
        [](Recipe& r) { r.model_class = 1; },
        [](Recipe& r) { r.method = "dps"; },
        [](Recipe& r) { r.gamma = 1; },
        [](Recipe& r) { r.mu = 0; },
        [](Recipe& r) { r.churn = 1; },
        [](Recipe& r) { r.particles = 1; },
        [](Recipe& r) { r.kernel = "1"; },
        [](Recipe& r) { r.raw = false; },
        [](Recipe& r) { r.task = "1"; },
        [](Recipe& r) { r.scale = 1; },
        [](Recipe& r) { r.degrade = false; },
        [](Recipe& r) { r.window = "whole"; },
        [](Recipe& r) { r.window = "auto"; },
        [](Recipe& r) { r.condition_sha256 = {"1"}; },
        [](Recipe& r) { r.condition_sha256.clear(); },
        [](Recipe& r) { r.restoration.spacing = "1"; },
        [](Recipe& r) { r.restoration.sigma_y = 1; },
        [](Recipe& r) { r.restoration.eta = 1; },
        [](Recipe& r) { r.restoration.eta_b = 1; },
        [](Recipe& r) { r.restoration.zeta.reset(); },
        [](Recipe& r) { r.restoration.lambda = 1; },
        [](Recipe& r) { r.restoration.travel_length = 1; },
        [](Recipe& r) { r.restoration.travel_repeat = 1; },
        [](Recipe& r) { r.restoration.jumps.jump.length = 1; },
        [](Recipe& r) { r.restoration.jumps.jump.samples = 1; },
        [](Recipe& r) { r.restoration.jumps.jump2.length = 1; },
        [](Recipe& r) { r.restoration.jumps.jump2.samples = 1; },
        [](Recipe& r) { r.restoration.jumps.jump3.length = 1; },
        [](Recipe& r) { r.restoration.jumps.jump3.samples = 1; },
        [](Recipe& r) { r.restoration.jumps.single_samples = 1; },
        [](Recipe& r) { r.restoration.jumps.start_resampling = 1; },
        [](Recipe& r) { r.restoration.time_shift = 1; },
        [](Recipe& r) { r.restoration.learned_variance = true; },
        [](Recipe& r) { r.restoration.reference_quirks = false; },
    };
    std::set<std::string> texts{to_json(base)};
    for (const RecipeChange& change : changes) {
        Recipe recipe = base;
        change(recipe);
        QVERIFY(texts.insert(to_json(recipe)).second);
        QVERIFY(recipe_from_json(to_json(recipe), "file") == recipe);
    }
    QCOMPARE(Json::parse(to_json(base)).size(), std::size_t(30));
    QCOMPARE(Json::parse(to_json(base))["restoration"].size(), std::size_t(19));
}

void TestRecipe::jsonIsTheSameInEveryLocale()
{
    Recipe recipe = unusual_recipe();
    recipe.steps = 9876;
    recipe.eta = 0.85;
    const std::string here = to_json(recipe);
    const GermanNumbers german;
    QCOMPARE(to_json(recipe), here);
    QVERIFY(recipe_from_json(here, "file") == recipe);
    recipe.count = 1000;
    QVERIFY(error_of([&] { validate(recipe); }).contains("--count 1000:"));
}

void TestRecipe::recipesWithoutRareMembers()
{
    Json json = Json::parse(to_json(unusual_recipe()));
    json.erase("window");
    json.erase("condition_sha256");
    Recipe expected = unusual_recipe();
    expected.window = "auto";
    expected.condition_sha256.clear();
    QVERIFY(recipe_from_json(json.dump(), "file") == expected);
    QCOMPARE(Json::parse(to_json(expected)).size(), json.size());
    Recipe sampled{.sampler = "ddnm"}; // its share of fresh noise
    sampled.restoration.eta = 0.3;
    QVERIFY(recipe_from_json(to_json(sampled), "file") == sampled);
    QVERIFY(!Json::parse(to_json(Recipe())).contains("method_eta"));
}

void TestRecipe::strictness_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("words");
    QTest::newRow("unknown member") << Change([](Json& j) { j["colour"] = 1; }) << "does not know";
    QTest::newRow("newer schema") << Change([](Json& j) { j["schema"] = 3; }) << "newer version (schema 3)";
    QTest::newRow("older schema") << Change([](Json& j) { j["schema"] = 1; }) << "older version (schema 1)";
    QTest::newRow("unknown number of the method")
        << Change([](Json& j) { j["restoration"]["colour"] = 1; }) << "does not know";
    QTest::newRow("a number of the method is missing")
        << Change([](Json& j) { j["restoration"].erase("lambda"); }) << "has no 'lambda'";
    QTest::newRow("a number of the method is text")
        << Change([](Json& j) { j["restoration"]["lambda"] = "9"; }) << "wrong value for 'lambda'";
    QTest::newRow("newer schema with its own members") << Change([](Json& j) {
        j = {{"schema", 7}};
    }) << "newer version";
    QTest::newRow("schema 0") << Change([](Json& j) { j["schema"] = 0; }) << "wrong value for 'schema'";
    QTest::newRow("negative schema") << Change([](Json& j) { j["schema"] = -1; })
                                     << "wrong value for 'schema'";
    const Json base = Json::parse(to_json(unusual_recipe()));
    for (const auto& [key, value] : base.items()) {
        const std::string member = key;
        const QString quoted = QString("'%1'").arg(QString::fromStdString(member));
        const bool rare =
            member == "window" || member == "condition_sha256"; // stored where it is not the default
        if (!rare)
            QTest::addRow("no %s", member.c_str())
                << Change([=](Json& j) { j.erase(member); }) << "has no " + quoted;
        std::vector<std::pair<std::string, Json>> wrong{{"null", nullptr}, {"a list", Json::array({1})}};
        if (!value.is_object())
            wrong.emplace_back("an object", Json::object());
        if (!value.is_boolean())
            wrong.emplace_back("true", true);
        if (value.is_string())
            wrong.insert(wrong.end(), {{"a number", 5}, {"a fraction", 0.5}});
        else
            wrong.insert(wrong.end(), {{"text", "5"}, {"empty text", ""}});
        if (value.is_number_integer())
            wrong.insert(wrong.end(), {{"a fraction", 1.5}, {"a whole fraction", 1.0}, {"1e300", 1e300}});
        if (value.is_number_integer() && member != "seed")
            wrong.insert(wrong.end(), {{"4294967297", 4294967297},
                                       {"2147483648", 2147483648},
                                       {"-2147483649", -2147483649},
                                       {"18446744073709551615", 18446744073709551615u}});
        if (member == "seed")
            wrong.insert(wrong.end(),
                         {{"-1", -1}, {"1e19", 1e19}, {"2 to the 64th", 18446744073709551616.0}});
        for (const auto& [what, json] : wrong)
            QTest::addRow("%s is %s", member.c_str(), what.c_str())
                << Change([member, j2 = json](Json& j) { j[member] = j2; }) << "wrong value for " + quoted;
    }
    for (const char* bound : {"", "24,5:gray", "inf", "-3", "24:metres"})
        QTest::addRow("bound '%s'", bound)
            << Change([bound](Json& j) { j["bound"] = bound; }) << "wrong value for 'bound'";
}

void TestRecipe::strictness()
{
    QFETCH(Change, change);
    QFETCH(QString, words);
    Json json = Json::parse(to_json(unusual_recipe()));
    change(json);
    const QString error = error_of([&] { recipe_from_json(json.dump(), "my set.json"); });
    QVERIFY2(error.startsWith("3: my set.json: "), qPrintable(error));
    QVERIFY2(error.contains(words), qPrintable(error));
}

void TestRecipe::damagedText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("words");
    const QByteArray good = QByteArray::fromStdString(to_json(unusual_recipe()));
    QTest::newRow("empty") << QByteArray() << "is not a recipe";
    QTest::newRow("a number") << QByteArray("1") << "is not a recipe";
    QTest::newRow("a list") << "[" + good + "]"
                            << "is not a recipe";
    QTest::newRow("null") << QByteArray("null") << "is not a recipe";
    QTest::newRow("no members") << QByteArray("{}") << "has no 'schema'";
    QTest::newRow("something behind it") << good + "{}"
                                         << "is not a recipe";
    QTest::newRow("a comment") << "/* mine */" + good << "is not a recipe";
    QTest::newRow("a byte that is not UTF-8")
        << QByteArray(good).replace("9.8.7", "9.\xFF.7") << "is not a recipe";
    QTest::newRow("a decimal comma") << QByteArray(good).replace("0.1,", "0,1,") << "is not a recipe";
    QTest::newRow("NaN") << QByteArray(good).replace("0.1,", "NaN,") << "is not a recipe";
    QTest::newRow("1e999") << QByteArray(good).replace("0.1,", "1e999,") << "is not a recipe";
    QTest::newRow("a member twice, the same")
        << QByteArray(good).replace("\"count\"", "\"steps\": 73, \"count\"") << "has 'steps' twice";
    QTest::newRow("a member twice, another value")
        << QByteArray(good).replace("\"count\"", "\"seed\": 1, \"count\"") << "has 'seed' twice";
    QTest::newRow("a member twice, escaped")
        << QByteArray(good).replace("\"count\"", "\"\\u0073eed\": 1, \"count\"") << "has 'seed' twice";
    QTest::newRow("100000 levels") << QByteArray(100000, '[') + QByteArray(100000, ']') << "is not a recipe";
    QTest::newRow("100000 levels in a member")
        << QByteArray(good).replace(": 73", ": " + QByteArray(100000, '[') + QByteArray(100000, ']'))
        << "is not a recipe";
}

void TestRecipe::damagedText()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, words);
    const QString error = error_of([&] { recipe_from_json(text.toStdString(), "my set.json"); });
    QVERIFY2(error.startsWith("3: my set.json: "), qPrintable(error));
    QVERIFY2(error.contains(words), qPrintable(error));
}

void TestRecipe::everyCutIsRefused()
{
    const std::string text = to_json(unusual_recipe());
    for (std::size_t size = 0; size < text.size(); ++size) {
        const QString error = error_of([&] { recipe_from_json(text.substr(0, size), "cut"); });
        QVERIFY2(error.startsWith("3: cut: "), qPrintable(QString::number(size) + " " + error));
    }
}

QTEST_APPLESS_MAIN(TestRecipe)
#include "tst_recipe.moc"
