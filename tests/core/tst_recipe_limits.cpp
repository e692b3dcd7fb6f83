// SPDX-License-Identifier: GPL-3.0-or-later
// Bounds in their conventions, and which recipes are valid.
#include <functional>
#include <limits>

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

constexpr double infinity = std::numeric_limits<double>::infinity();

bool close_to(double a, double b, double relative = 1e-12)
{
    return std::abs(a - b) <= relative * std::max(std::abs(a), std::abs(b));
}

} // namespace

class TestRecipeLimits : public QObject {
    Q_OBJECT

private Q_SLOTS:
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

void TestRecipeLimits::bounds_data()
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

void TestRecipeLimits::bounds()
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

void TestRecipeLimits::wrongBounds_data()
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

void TestRecipeLimits::wrongBounds()
{
    QFETCH(QString, text);
    QFETCH(QString, words);
    const QString error = error_of([&] { parse_bound(text.toStdString()); });
    QVERIFY2(error.startsWith("2: --bound"), qPrintable(error));
    QVERIFY2(error.contains(words), qPrintable(error));
    QVERIFY2(error.contains("0.0015:per-image"), "the sentence shows how to write it");
}

void TestRecipeLimits::boundsInEveryLocale()
{
    const GermanNumbers german;
    QCOMPARE(parse_bound("0.85").value, 0.85);
    QCOMPARE(parse_bound("1234.5").value, 1234.5);
    QCOMPARE(to_string(Bound{12345.5, BoundConvention::GrayLevels}), std::string("12345.5:gray"));
    QVERIFY(!error_of([] { parse_bound("0,85"); }).isEmpty());
    QVERIFY(!error_of([] { parse_bound("1.234,5"); }).isEmpty());
}

void TestRecipeLimits::rms_data()
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

void TestRecipeLimits::rms()
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

void TestRecipeLimits::conversions_data()
{
    QTest::addColumn<int>("hole");
    QTest::addColumn<int>("members");
    for (const int hole : {1, 17, 4096, 12250, 100000000})
        for (const int members : {1, 2, 5, 64})
            QTest::addRow("%d pixels, %d members", hole, members) << hole << members;
}

void TestRecipeLimits::conversions()
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

void TestRecipeLimits::noBoundStaysNone()
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

void TestRecipeLimits::validRecipes_data()
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

void TestRecipeLimits::validRecipes()
{
    QFETCH(RecipeChange, change);
    Recipe recipe;
    change(recipe);
    QCOMPARE(error_of([&] { validate(recipe); }), QString());
}

void TestRecipeLimits::invalidRecipes_data()
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

void TestRecipeLimits::invalidRecipes()
{
    QFETCH(RecipeChange, change);
    QFETCH(QString, words);
    Recipe recipe;
    change(recipe);
    const QString error = error_of([&] { validate(recipe); });
    QVERIFY2(error.startsWith("2: "), qPrintable(error));
    QVERIFY2(error.contains(words), qPrintable(error));
}

QTEST_APPLESS_MAIN(TestRecipeLimits)
#include "tst_recipe_limits.moc"
