// SPDX-License-Identifier: GPL-3.0-or-later
// The recipe of a set: what is written is read again, anything else is refused, and bounds mean what they say.
#include <clocale>
#include <functional>
#include <limits>
#include <locale>
#include <set>

#include <nlohmann/json.hpp>

#include <QtTest>

#include "engine/core/error.h"
#include "engine/core/recipe.h"
#include "tests/core/error_of.h"

using namespace lacuna;
using namespace lacuna::test;

using Json = nlohmann::ordered_json;
using Change = std::function<void(Json&)>;
using RecipeChange = std::function<void(Recipe&)>;
Q_DECLARE_METATYPE(Change)
Q_DECLARE_METATYPE(RecipeChange)
Q_DECLARE_METATYPE(BoundConvention)

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

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

bool close_to(double a, double b, double relative = 1e-12)
{
    return std::abs(a - b) <= relative * std::max(std::abs(a), std::abs(b));
}

/// Numbers as in Germany: 1.234,5 - for streams and, where the system has the locale, for printf and strtod.
class GermanNumbers {
public:
    GermanNumbers() : c_locale_(std::setlocale(LC_ALL, nullptr)), before_(std::locale())
    {
        struct Comma : std::numpunct<char> {
            char do_decimal_point() const override { return ','; }
            char do_thousands_sep() const override { return '.'; }
            std::string do_grouping() const override { return "\3"; }
        };
        std::locale::global(std::locale(std::locale::classic(), new Comma));
        std::setlocale(LC_ALL, "de_DE.UTF-8"); // stays as it is where there is none
    }
    ~GermanNumbers()
    {
        std::locale::global(before_);
        std::setlocale(LC_ALL, c_locale_.c_str());
    }

private:
    std::string c_locale_;
    std::locale before_;
};

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
    void bounds_data();
    void bounds();
    void wrongBounds_data();
    void wrongBounds();
    void boundsInEveryLocale();
    void rms_data();
    void rms();
    void conversions_data();
    void conversions();
    void noBoundStaysNone();
    void validRecipes_data();
    void validRecipes();
    void invalidRecipes_data();
    void invalidRecipes();
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

void TestRecipe::bounds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("value");
    QTest::addColumn<BoundConvention>("convention");
    QTest::addColumn<QString>("written");
    constexpr auto gray = BoundConvention::GrayLevels;
    QTest::newRow("whole") << "24" << 24.0 << gray << "24:gray";
    QTest::newRow("fraction") << "24.5" << 24.5 << gray << "24.5:gray";
    QTest::newRow("named grey levels") << "24:gray" << 24.0 << gray << "24:gray";
    QTest::newRow("DDNM's") << "0.0015:per-image" << 0.0015 << BoundConvention::PerImage
                            << "0.0015:per-image";
    QTest::newRow("RePaint's") << "0.00028:repaint-batch" << 0.00028 << BoundConvention::RepaintBatch
                               << "0.00028:repaint-batch";
    QTest::newRow("exponent") << "3e-4:per-image" << 0.0003 << BoundConvention::PerImage << "3e-04:per-image";
    QTest::newRow("no digit before the point") << ".5" << 0.5 << gray << "0.5:gray";
    QTest::newRow("none") << "none" << infinity << gray << "none";
}

void TestRecipe::bounds()
{
    QFETCH(QString, text);
    QFETCH(double, value);
    QFETCH(BoundConvention, convention);
    QFETCH(QString, written);
    const Bound bound = parse_bound(text.toStdString());
    QCOMPARE(bound.value, value);
    QVERIFY(bound.convention == convention);
    QCOMPARE(QString::fromStdString(to_string(bound)), written);
    QVERIFY(parse_bound(to_string(bound)) == bound);
}

void TestRecipe::wrongBounds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    for (const char* text : {"",    ":",         ":gray", "abc",   "24 ",    " 24",    "24,5", "1.000,5",
                             "+24", "0x18",      "24px",  "1e999", "1e-999", "inf",    "-inf", "infinity",
                             "nan", "none:gray", "NONE",  "--24",  "1e",     "24;gray"})
        QTest::addRow("'%s'", text) << text << "is not a number";
    for (const char* text : {"0", "-0", "-1", "-0.0003:per-image", "0:gray"})
        QTest::addRow("'%s'", text) << text << "must be greater than 0";
    for (const char* text :
         {"24:", "24:grey", "24:GRAY", "24:gray ", "24: gray", "24:gray:gray", "24:per image"})
        QTest::addRow("'%s'", text) << text << "has no convention called";
}

void TestRecipe::wrongBounds()
{
    QFETCH(QString, text);
    QFETCH(QString, words);
    const QString error = error_of([&] { parse_bound(text.toStdString()); });
    QVERIFY2(error.startsWith("2: --bound"), qPrintable(error));
    QVERIFY2(error.contains(words), qPrintable(error));
    QVERIFY2(error.contains("0.0015:per-image"), "the sentence shows how to write it");
}

void TestRecipe::boundsInEveryLocale()
{
    const GermanNumbers german;
    QCOMPARE(parse_bound("0.85").value, 0.85);
    QCOMPARE(parse_bound("1234.5").value, 1234.5);
    QCOMPARE(to_string(Bound{12345.5, BoundConvention::GrayLevels}), std::string("12345.5:gray"));
    QVERIFY(!error_of([] { parse_bound("0,85"); }).isEmpty());
    QVERIFY(!error_of([] { parse_bound("1.234,5"); }).isEmpty());
}

void TestRecipe::rms_data()
{
    // The figures of the specification (product.md F2, restoration.md 4.0), to the digits given there.
    QTest::addColumn<double>("value");
    QTest::addColumn<BoundConvention>("convention");
    QTest::addColumn<int>("hole");
    QTest::addColumn<int>("members");
    QTest::addColumn<double>("rms");
    QTest::addColumn<double>("tolerance");
    constexpr auto image = BoundConvention::PerImage, batch = BoundConvention::RepaintBatch;
    QTest::newRow("0.0003 on 64 x 64 is 4.2 grey levels")
        << 0.0003 << image << 64 * 64 << 5 << 4.24 / 127.5 << 0.01 / 127.5;
    QTest::newRow("0.0003 on 64 x 96 is 5") << 0.0003 << image << 64 * 96 << 5 << 5 / 127.5 << 0.5 / 127.5;
    QTest::newRow("0.0003 on half of 256 x 256 is 12")
        << 0.0003 << image << 256 * 128 << 5 << 12 / 127.5 << 0.5 / 127.5;
    QTest::newRow("0.003 on 64 x 64 is 42") << 0.003 << image << 64 * 64 << 5 << 42 / 127.5 << 0.5 / 127.5;
    QTest::newRow("0.003 on 64 x 96 is 52") << 0.003 << image << 64 * 96 << 5 << 52 / 127.5 << 0.5 / 127.5;
    QTest::newRow("0.003 on half of 256 x 256 is 120")
        << 0.003 << image << 256 * 128 << 5 << 120 / 127.5 << 0.5 / 127.5;
    QTest::newRow("0.009 on 64 x 64 is no cap") << 0.009 << image << 64 * 64 << 5 << 1.0 << 0.005;
    QTest::newRow("DDNM on the eye mask") << 0.0015 << image << 12250 << 5 << 0.288 << 0.0005;
    QTest::newRow("RePaint on the eye mask") << 0.00028 << batch << 12250 << 5 << 0.268 << 0.0005;
    QTest::newRow("RePaint, one member") << 0.00028 << batch << 12250 << 1 << 0.268 / 5 << 0.0001;
    QTest::newRow("DPS on the eye mask")
        << 0.009 << BoundConvention::PerPixel << 12250 << 5 << 0.575 << 0.0005;
    QTest::newRow("DDRM on a whole picture")
        << 0.0004 << BoundConvention::FullPicture << 256 * 256 << 5 << 0.1774 << 0.0005;
    QTest::newRow("grey levels do not know the mask")
        << 25.5 << BoundConvention::GrayLevels << 1 << 1 << 0.2 << 1e-15;
    QTest::newRow("nor the members") << 25.5 << BoundConvention::GrayLevels << 99999 << 64 << 0.2 << 1e-15;
    // By hand: one pixel has 3 values, so D = 1 allows a norm of 3, and 3 / sqrt(3) is their root mean square.
    QTest::newRow("one pixel") << 1.0 << image << 1 << 1 << std::sqrt(3.0) << 1e-15;
}

void TestRecipe::rms()
{
    QFETCH(double, value);
    QFETCH(BoundConvention, convention);
    QFETCH(int, hole);
    QFETCH(int, members);
    QFETCH(double, rms);
    QFETCH(double, tolerance);
    const double actual = Bound{value, convention}.rms({std::size_t(hole), members, 256 * 256});
    QVERIFY2(std::abs(actual - rms) <= tolerance, qPrintable(QString::number(actual, 'g', 10)));
}

void TestRecipe::conversions_data()
{
    QTest::addColumn<int>("hole");
    QTest::addColumn<int>("members");
    for (const int hole : {1, 17, 4096, 12250, 100000000})
        for (const int members : {1, 2, 5, 64})
            QTest::addRow("%d pixels, %d members", hole, members) << hole << members;
}

void TestRecipe::conversions()
{
    QFETCH(int, hole);
    QFETCH(int, members);
    const BoundScale scale{std::size_t(hole), members, 2 * std::size_t(hole)};
    constexpr std::array all{BoundConvention::PerImage, BoundConvention::RepaintBatch,
                             BoundConvention::PerPixel, BoundConvention::FullPicture,
                             BoundConvention::GrayLevels};
    for (const auto from : all)
        for (const auto to : all) {
            const Bound bound{0.0021, from};
            const Bound other = bound.in(to, scale);
            QVERIFY(other.convention == to);
            QVERIFY(close_to(other.rms(scale), bound.rms(scale)));
            QVERIFY(close_to(other.in(from, scale).value, bound.value));
        }
    // RePaint's number counts every member: the same threshold has a number smaller by their count.
    const Bound image{0.0015, BoundConvention::PerImage};
    QVERIFY(close_to(image.in(BoundConvention::RepaintBatch, scale).value * members, image.value));
    QVERIFY(
        close_to(image.in(BoundConvention::GrayLevels, scale).value, 127.5 * 0.0015 * std::sqrt(3.0 * hole)));
}

void TestRecipe::noBoundStaysNone()
{
    for (const auto convention :
         {BoundConvention::PerImage, BoundConvention::RepaintBatch, BoundConvention::PerPixel,
          BoundConvention::FullPicture, BoundConvention::GrayLevels}) {
        const BoundScale scale{4096, 5, 65536};
        const Bound none = Bound{}.in(convention, scale);
        QCOMPARE(none.value, infinity);
        QCOMPARE(none.rms(scale), infinity);
        QCOMPARE(to_string(none), std::string("none"));
        // An empty hole has no threshold to convert; nothing is divided by zero.
        QCOMPARE((Bound{7, BoundConvention::GrayLevels}.in(convention, {0, 5, 65536}).value), 7.0);
    }
}

void TestRecipe::validRecipes_data()
{
    QTest::addColumn<RecipeChange>("change");
    QTest::newRow("defaults") << RecipeChange([](Recipe&) {});
    QTest::newRow("least") << RecipeChange(
        [](Recipe& r) { r.count = 1, r.steps = 0, r.eta = 0, r.pool = 0; });
    QTest::newRow("most") << RecipeChange(
        [](Recipe& r) { r.count = 64, r.steps = 10000, r.eta = 100, r.pool = 1000; });
    QTest::newRow("pool of the count") << RecipeChange([](Recipe& r) { r.count = r.pool = 7; });
    QTest::newRow("smallest bound") << RecipeChange([](Recipe& r) { r.bound.value = 5e-324; });
    for (const std::string& sampler : sampler_names())
        QTest::addRow("%s", sampler.c_str()) << RecipeChange([=](Recipe& r) { r.sampler = sampler; });
    QTest::newRow("particle guidance")
        << RecipeChange([](Recipe& r) { r.sampler = "edm", r.particles = 1, r.kernel = "l2"; });
    QTest::newRow("a task of a published method")
        << RecipeChange([](Recipe& r) { r.method = "ddrm", r.task = "color"; });
    for (const char* schedule : {"log-linear", "edm", "ddpm"})
        QTest::addRow("levels %s", schedule) << RecipeChange([=](Recipe& r) { r.schedule = schedule; });
    for (const char* select : {"fps", "kmeans", "uniform", "random"})
        QTest::addRow("%s", select) << RecipeChange([=](Recipe& r) { r.select = select; });
}

void TestRecipe::validRecipes()
{
    QFETCH(RecipeChange, change);
    Recipe recipe;
    change(recipe);
    QCOMPARE(error_of([&] { validate(recipe); }), QString());
}

void TestRecipe::invalidRecipes_data()
{
    QTest::addColumn<RecipeChange>("change");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* title, RecipeChange change, const char* words) {
        QTest::newRow(title) << change << words;
    };
    constexpr int lowest = std::numeric_limits<int>::min(), highest = std::numeric_limits<int>::max();
    const double nan = std::numeric_limits<double>::quiet_NaN();
    row(
        "no members", [](Recipe& r) { r.count = 0; }, "--count 0");
    row(
        "-1 members", [](Recipe& r) { r.count = -1; }, "--count -1");
    row(
        "65 members", [](Recipe& r) { r.count = 65; }, "--count 65");
    row(
        "most members", [](Recipe& r) { r.count = highest; }, "--count 2147483647");
    row(
        "-1 steps", [](Recipe& r) { r.steps = -1; }, "--steps -1");
    row(
        "10001 steps", [](Recipe& r) { r.steps = 10001; }, "--steps 10001");
    row(
        "2000000000 steps", [](Recipe& r) { r.steps = 2000000000; }, "--steps 2000000000");
    row(
        "lowest steps", [](Recipe& r) { r.steps = lowest; }, "--steps -2147483648");
    row(
        "pool below the count", [](Recipe& r) { r.count = 5, r.pool = 4; }, "--pool 4");
    row(
        "negative pool", [](Recipe& r) { r.pool = -1; }, "--pool -1");
    row(
        "pool of 1001", [](Recipe& r) { r.pool = 1001; }, "--pool 1001");
    row(
        "negative eta", [](Recipe& r) { r.eta = -0.001; }, "--eta -0.001");
    row(
        "eta above 100", [](Recipe& r) { r.eta = 100.5; }, "--eta 100.5");
    row(
        "eta nan", [=](Recipe& r) { r.eta = nan; }, "--eta nan");
    row(
        "eta inf", [](Recipe& r) { r.eta = infinity; }, "--eta inf");
    row(
        "bound 0", [](Recipe& r) { r.bound.value = 0; }, "--bound 0");
    row(
        "negative bound", [](Recipe& r) { r.bound.value = -3; }, "--bound -3");
    row(
        "bound nan", [=](Recipe& r) { r.bound.value = nan; }, "--bound nan");
    row(
        "noise above 1", [](Recipe& r) { r.restoration.eta = 1.5; }, "--method-eta 1.5");
    row(
        "noise nan", [=](Recipe& r) { r.restoration.eta = nan; }, "--method-eta nan");
    row(
        "no sampler", [](Recipe& r) { r.sampler = ""; }, "--sampler");
    row(
        "other sampler", [](Recipe& r) { r.sampler = "DDIM"; }, "Use one of: ddim, ddpm, ge, edm,");
    row(
        "particles in another sampler", [](Recipe& r) { r.particles = 1; }, "--particles");
    row(
        "particles in a published method",
        [](Recipe& r) { r.particles = 1, r.sampler = "edm", r.method = "dps"; }, "--particles");
    row(
        "a task without a method", [](Recipe& r) { r.task = "color"; }, "needs a published method");
    row(
        "gamma below 1", [](Recipe& r) { r.gamma = 0.5; }, "--gamma 0.5");
    row(
        "mu of 1", [](Recipe& r) { r.mu = 1; }, "--mu 1");
    row(
        "scale 0", [](Recipe& r) { r.scale = 0; }, "--scale 0");
    row(
        "other kernel", [](Recipe& r) { r.kernel = "dino"; }, "Use one of: rbf, l2, iou");
    row(
        "other levels", [](Recipe& r) { r.schedule = "linear"; }, "Use one of: log-linear, edm, ddpm");
    row(
        "other selection", [](Recipe& r) { r.select = "best"; }, "Use one of: fps, kmeans, uniform, random");
    row(
        "a sampler with control characters", [](Recipe& r) { r.sampler = "dd\x1b[31m"; },
        "--sampler dd?[31m");
}

void TestRecipe::invalidRecipes()
{
    QFETCH(RecipeChange, change);
    QFETCH(QString, words);
    Recipe recipe;
    change(recipe);
    const QString error = error_of([&] { validate(recipe); });
    QVERIFY2(error.startsWith("2: "), qPrintable(error));
    QVERIFY2(error.contains(words), qPrintable(error));
}

QTEST_APPLESS_MAIN(TestRecipe)
#include "tst_recipe.moc"
