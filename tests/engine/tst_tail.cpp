// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <cmath>
#include <limits>

#include "engine/core/error.h"
#include "engine/core/philox.h"
#include "engine/metrics/tail.h"
#include "engine/selection/selection.h"

using namespace lacuna;

namespace {

Tensor gaussian(std::int64_t rows, std::int64_t columns, std::uint64_t seed)
{
    const Tensor values = at::empty({rows, columns}, at::kFloat);
    standard_normals({.seed = seed}, values.data_ptr<float>(), std::size_t(values.numel()));
    return values.to(at::kDouble);
}

/// Gaussian rows of which the first `rare` are shifted.
Tensor with_rare_group(std::int64_t rows, std::int64_t columns, std::int64_t rare, double shift,
                       std::uint64_t seed)
{
    Tensor values = gaussian(rows, columns, seed);
    values.narrow(0, 0, rare).select(1, 0).add_(shift);
    return values;
}

bool says(const TailReport& report, const char* words)
{
    return report.sentence.find(words) != std::string::npos;
}

} // namespace

class TestTail : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void gaussiansHaveNone();
    void gaussianBandIsThatOfTheSpecification();
    void bandHoldsItsShareOfGaussians();
    void manyDimensionsChangeNothing();
    void rareGroupIsFound();
    void twoLargeGroupsAreTold();
    void kurtosisIsThatOfSelection();
    void twoGaussiansAreRecovered();
    void oneGaussianIsNotTwo();
    void isAFunctionOfItsSeed();
    void smallAndOddPools();
};

void TestTail::gaussiansHaveNone()
{
    int heavy = 0;
    for (std::uint64_t seed = 1; seed <= 10; ++seed)
        heavy +=
            says(tail_report(gaussian(100, 5, seed), {.resamples = 20, .gaussian_sets = 200, .seed = seed}),
                 "Heavy tail");
    QVERIFY2(heavy <= 2, qPrintable(QString::number(heavy)));
}

void TestTail::gaussianBandIsThatOfTheSpecification()
{
    // 100 samples: median about 2.88, more than 4 in 2 to 3 % of the sets.
    const TailReport report = tail_report(gaussian(100, 25, 5), {.resamples = 10, .gaussian_sets = 1500});
    QVERIFY2(std::abs(report.gaussian_median - 2.88) < 0.05,
             qPrintable(QString::number(report.gaussian_median)));
    QVERIFY2(report.gaussian_high > 3.6 && report.gaussian_high < 4.3,
             qPrintable(QString::number(report.gaussian_high)));
    QVERIFY(report.gaussian_low > 2 && report.gaussian_low < 2.5);
}

void TestTail::bandHoldsItsShareOfGaussians()
{
    const TailReport band = tail_report(gaussian(60, 8, 1), {.resamples = 10, .gaussian_sets = 1000});
    int outside = 0;
    constexpr int sets = 400;
    for (std::uint64_t seed = 100; seed < 100 + sets; ++seed) {
        const double k = first_component_kurtosis(gaussian(60, 8, seed));
        outside += k < band.gaussian_low || k > band.gaussian_high;
    }
    QVERIFY2(outside >= 5 && outside <= 40, qPrintable(QString::number(outside))); // 20 on average
}

void TestTail::manyDimensionsChangeNothing()
{
    const TailOptions options{.resamples = 10, .gaussian_sets = 300};
    const TailReport some = tail_report(gaussian(100, 100, 3), options);
    const TailReport many = tail_report(gaussian(100, 2000, 3), options);
    QCOMPARE(many.dimension, 2000);
    QVERIFY(std::abs(some.gaussian_median - many.gaussian_median) < 0.1);
    QVERIFY(!says(many, "Heavy tail"));
}

void TestTail::rareGroupIsFound()
{
    const TailReport report = tail_report(with_rare_group(100, 6, 4, 12, 2));
    QVERIFY(report.kurtosis.value > report.gaussian_high);
    QVERIFY(report.kurtosis.low < report.kurtosis.value && report.kurtosis.high > report.kurtosis.low);
    QVERIFY(report.gaussians_as_heavy < 0.01);
    QVERIFY(report.groups.better_than_one);
    QVERIFY(std::abs(report.groups.share[0] - 0.04) < 0.005);
    QVERIFY(std::abs(std::abs(report.groups.mean[0] - report.groups.mean[1]) - 12) < 1.5);
    // 0.96^5 = 0.815
    QVERIFY2(says(report, "Heavy tail") && says(report, "about 4 of 100")
                 && says(report, "5 random ones miss 82"),
             report.sentence.c_str());
    const TailReport ten = tail_report(with_rare_group(100, 6, 4, 12, 2), {.shown = 10});
    QVERIFY2(says(ten, "10 random ones miss 66"), ten.sentence.c_str());
}

void TestTail::twoLargeGroupsAreTold()
{
    const TailReport report = tail_report(with_rare_group(100, 6, 40, 12, 2), {.resamples = 50});
    QVERIFY(report.kurtosis.value < report.gaussian_low);
    QVERIFY2(says(report, "Two large groups") && says(report, "40 of 100"), report.sentence.c_str());
}

void TestTail::kurtosisIsThatOfSelection()
{
    for (const std::int64_t columns : {3, 40, 150}) {
        const Tensor rows = with_rare_group(80, columns, 3, 9, 4);
        const double kurtosis = tail_report(rows, {.resamples = 10, .gaussian_sets = 10}).kurtosis.value;
        QVERIFY(std::abs(kurtosis - first_component_kurtosis(rows)) < 1e-8);
    }
}

void TestTail::twoGaussiansAreRecovered()
{
    std::vector<double> numbers;
    const Tensor z = gaussian(1, 2000, 8);
    for (int i = 0; i < 2000; ++i)
        numbers.push_back(i < 500 ? 6 + 0.5 * z[0][i].item<double>() : 1 + 2 * z[0][i].item<double>());
    const TwoGaussians fit = fit_two_gaussians(numbers);
    QVERIFY(fit.better_than_one);
    QVERIFY(std::abs(fit.share[0] - 0.25) < 0.03 && std::abs(fit.share[0] + fit.share[1] - 1) < 1e-9);
    QVERIFY(std::abs(fit.mean[0] - 6) < 0.1 && std::abs(fit.mean[1] - 1) < 0.25);
    QVERIFY(std::abs(fit.deviation[0] - 0.5) < 0.1 && std::abs(fit.deviation[1] - 2) < 0.2);
}

void TestTail::oneGaussianIsNotTwo()
{
    int two = 0;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        const Tensor z = gaussian(1, 200, seed);
        two += fit_two_gaussians({z.data_ptr<double>(), z.data_ptr<double>() + 200}).better_than_one;
    }
    QVERIFY2(two <= 2, qPrintable(QString::number(two)));
}

void TestTail::isAFunctionOfItsSeed()
{
    const Tensor rows = with_rare_group(60, 4, 3, 8, 1);
    const TailOptions options{.resamples = 60, .gaussian_sets = 60, .seed = 3};
    const TailReport one = tail_report(rows, options), again = tail_report(rows, options);
    QCOMPARE(one.kurtosis.low, again.kurtosis.low);
    QCOMPARE(one.gaussian_high, again.gaussian_high);
    QVERIFY(tail_report(rows, {.resamples = 60, .gaussian_sets = 60, .seed = 4}).kurtosis.low
            != one.kurtosis.low);
}

void TestTail::smallAndOddPools()
{
    for (const std::int64_t rows : {0, 1, 19}) {
        const TailReport report = tail_report(gaussian(rows, 4, 1));
        QVERIFY2(says(report, "Too few candidates"), report.sentence.c_str());
        QCOMPARE(report.kurtosis.value, 0.0);
    }
    QVERIFY(says(tail_report(at::full({40, 3}, 7.0, at::kDouble)), "All 40 candidates are alike"));
    Tensor spoiled = gaussian(40, 3, 1);
    spoiled[5][1] = std::numeric_limits<double>::quiet_NaN();
    QVERIFY_THROWS_EXCEPTION(Error, tail_report(spoiled));
}

QTEST_APPLESS_MAIN(TestTail)
#include "tst_tail.moc"
