// SPDX-License-Identifier: GPL-3.0-or-later
// Where completions disagree, regions of it, and components of what they show there.
#include <QtTest>

#include <cmath>
#include <limits>

#include "engine/core/philox.h"
#include "engine/selection/leading_eigenpair.h"
#include "engine/session/disagreement.h"

using namespace lacuna;

namespace {

constexpr int side = 48;
constexpr Area holeBox{8, 4, 40, 40};

Mask hole()
{
    Mask mask(side, side);
    for (int y = holeBox.y; y < holeBox.y + holeBox.height; ++y)
        for (int x = holeBox.x; x < holeBox.x + holeBox.width; ++x)
            mask.values[std::size_t(y * side + x)] = 255;
    return mask;
}

/// Grey everywhere but two squares: the first differs much, the second half as much and in another rhythm.
Completion completion(int member)
{
    Completion one;
    one.member = member;
    one.patches.push_back({0, 0, make_picture(side, side, 3, 8, [member](std::uint8_t* to) {
                               for (int y = 0; y < side; ++y)
                                   for (int x = 0; x < side; ++x)
                                       for (int c = 0; c < 3; ++c) {
                                           const bool first = x >= 12 && x < 20 && y >= 8 && y < 16;
                                           const bool second = x >= 32 && x < 42 && y >= 28 && y < 38;
                                           *to++ = std::uint8_t(100 + (first ? 40 * (member % 2) : 0)
                                                                + (second ? 20 * (member / 2 % 2) : 0));
                                       }
                           })});
    return one;
}

std::vector<Completion> completions(int count)
{
    std::vector<Completion> list;
    for (int i = 0; i < count; ++i)
        list.push_back(completion(i));
    return list;
}

float at(const SpreadMap& map, int x, int y)
{
    return map.gray[std::size_t((y - map.grid.area.y) * map.grid.width + x - map.grid.area.x)];
}

FeatureRows gaussian(int rows, int columns, std::uint64_t seed)
{
    std::vector<float> values(std::size_t(rows * columns));
    standard_normals({.seed = seed}, values.data(), values.size());
    return {std::span<const float>(values), columns};
}

double dot(const std::vector<double>& a, const std::vector<double>& b)
{
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += a[i] * b[i];
    return sum;
}

} // namespace

class TestDisagreement : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void spreadIsTheStandardDeviation();
    void failedAndSingleCompletionsDoNotSpread();
    void hugeHolesAreLookedAtInSteps();
    void regionGrowsAroundTheHotSpot();
    void smallSpotsGetADisc();
    void nothingSpreadsNoRegion();
    void featuresSeeTheRegionOnly();
    void distanceIsThatOfTheHole();
    void eigenpairSolvesItsEquation_data();
    void eigenpairSolvesItsEquation();
    void principalRowsKeepDistances();
    void kurtosisOfKnownNumbers();
};

void TestDisagreement::spreadIsTheStandardDeviation()
{
    const SpreadMap map = spread_map(completions(4), hole());
    QCOMPARE(map.completions, 4);
    QCOMPARE(map.grid.width, 40);
    QCOMPARE(at(map, 15, 10), 20.f); // 0 and 40, half of the completions each
    QCOMPARE(at(map, 35, 30), 10.f);
    QCOMPARE(at(map, 25, 20), 0.f);
    QCOMPARE(map.largest, 20.f);

    Mask partly = hole(); // known pixels inside the box do not count
    partly.values[10 * side + 15] = 0;
    QCOMPARE(at(spread_map(completions(4), partly), 15, 10), 0.f);
}

void TestDisagreement::failedAndSingleCompletionsDoNotSpread()
{
    std::vector<Completion> some = completions(2);
    some[1].problem = "not a number";
    QCOMPARE(spread_map(some, hole()).largest, 0.f);
    QCOMPARE(spread_map(some, hole()).completions, 1);
    QCOMPARE(spread_map({}, Mask(8, 8)).grid.size(), std::size_t(0));
}

void TestDisagreement::hugeHolesAreLookedAtInSteps()
{
    const SpreadMap map = spread_map(completions(4), hole(), 15);
    QCOMPARE(map.grid.step, 3);
    QCOMPARE(map.grid.width, 14);
    QCOMPARE(map.largest, 20.f);
    const auto region = region_around(map, 16, 11);
    QVERIFY(region && region->pixels >= 4);
}

void TestDisagreement::regionGrowsAroundTheHotSpot()
{
    const SpreadMap map = spread_map(completions(4), hole());
    const auto region = region_around(map, 15, 10);
    QVERIFY(region);
    QCOMPARE(region->pixels, 64);                   // the whole first square and nothing else
    const auto second = region_around(map, 31, 33); // beside it, within reach
    QVERIFY(second);
    QCOMPARE(second->pixels, 100);
}

void TestDisagreement::smallSpotsGetADisc()
{
    SpreadMap map = spread_map(completions(4), hole());
    std::fill(map.gray.begin(), map.gray.end(), 1.f);
    map.gray[std::size_t(20 * map.grid.width + 20)] = 50;
    const auto region = region_around(map, holeBox.x + 20, holeBox.y + 20);
    QVERIFY(region);
    QCOMPARE(region->pixels, 13); // pixels within two of one
}

void TestDisagreement::nothingSpreadsNoRegion()
{
    const SpreadMap map = spread_map(completions(4), hole());
    QVERIFY(!region_around(map, 25, 20));
    QVERIFY(!region_around(map, 2, 2)); // outside the box
}

void TestDisagreement::featuresSeeTheRegionOnly()
{
    const std::vector<Completion> list = completions(8);
    const SpreadMap map = spread_map(list, hole());
    const FeatureRows rows = region_features(list, *region_around(map, 15, 10));
    QCOMPARE(rows.size(), 8);
    QVERIFY(rows.columns() >= 1 && rows.columns() <= 25);
    QVERIFY(rows.squared_distance(0, 2) < 1e-9); // equal there, though not elsewhere
    QVERIFY(std::abs(std::sqrt(rows.squared_distance(0, 1)) - 40) < 1e-9);
    const FeatureRows others = region_features(list, *region_around(map, 36, 33));
    QVERIFY(others.squared_distance(0, 1) < 1e-9);
    QVERIFY(std::abs(std::sqrt(others.squared_distance(0, 2)) - 20) < 1e-9);
}

void TestDisagreement::distanceIsThatOfTheHole()
{
    QCOMPARE(distance_gray(completion(0), completion(4), hole()), 0.0);
    // 64 pixels of 1600 differ by 40, 100 others by 20.
    QVERIFY(std::abs(distance_gray(completion(0), completion(3), hole())
                     - std::sqrt((64 * 1600.0 + 100 * 400.0) / 1600))
            < 1e-9);
    Mask one(side, side);
    one.values[10 * side + 15] = 255;
    QCOMPARE(distance_gray(completion(0), completion(1), one), 40.0);
}

void TestDisagreement::eigenpairSolvesItsEquation_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<bool>("diagonal");
    for (const int size : {1, 2, 3, 8, 25, 100})
        for (const bool diagonal : {false, true})
            QTest::addRow("%d%s", size, diagonal ? " diagonal" : "") << size << diagonal;
}

void TestDisagreement::eigenpairSolvesItsEquation()
{
    QFETCH(int, size);
    QFETCH(bool, diagonal);
    const FeatureRows z = gaussian(size, size, std::uint64_t(size));
    std::vector<double> matrix(std::size_t(size * size));
    for (int i = 0; i < size; ++i)
        for (int j = 0; j < size; ++j)
            matrix[std::size_t(i * size + j)] =
                diagonal ? (i == j ? 1.0 + i % 3 : 0) : z.row(i)[j] + z.row(j)[i];
    const Eigenpair pair = leading_eigenpair(matrix, size);
    QVERIFY(std::abs(dot(pair.vector, pair.vector) - 1) < 1e-12);
    for (int i = 0; i < size; ++i) {
        const std::vector<double> row(matrix.begin() + i * size, matrix.begin() + (i + 1) * size);
        QVERIFY(std::abs(dot(row, pair.vector) - pair.value * pair.vector[std::size_t(i)]) < 1e-11 * size);
    }
    // No direction has a larger quotient: those of 50 random ones do not.
    const FeatureRows tries = gaussian(50, size, 99);
    for (int t = 0; t < 50; ++t) {
        const std::vector<double> x(tries.row(t), tries.row(t) + size);
        double quotient = 0;
        for (int i = 0; i < size; ++i)
            for (int j = 0; j < size; ++j)
                quotient += x[std::size_t(i)] * matrix[std::size_t(i * size + j)] * x[std::size_t(j)];
        QVERIFY(quotient / dot(x, x) <= pair.value + 1e-12);
    }
}

void TestDisagreement::principalRowsKeepDistances()
{
    const FeatureRows rows = gaussian(30, 6, 4), all = principal_rows(rows, 6),
                      first = principal_rows(rows, 2);
    for (int i = 1; i < 30; ++i)
        QVERIFY(std::abs(rows.squared_distance(0, i) - all.squared_distance(0, i)) < 1e-9);
    const auto variance = [](const FeatureRows& r, int column) {
        double sum = 0;
        for (int i = 0; i < r.size(); ++i)
            sum += r.row(i)[column] * r.row(i)[column];
        return sum;
    };
    for (int c = 1; c < 6; ++c)
        QVERIFY(variance(all, c) <= variance(all, c - 1) + 1e-9);
    QCOMPARE(first.columns(), 2);
    QVERIFY(std::abs(variance(first, 1) - variance(all, 1)) < 1e-9);
}

void TestDisagreement::kurtosisOfKnownNumbers()
{
    QCOMPARE(kurtosis({-1, 1}), 1.0);
    QVERIFY(std::abs(kurtosis({0, 0, 0, 0, 5}) - 3.25) < 1e-12);
    QVERIFY(std::isnan(kurtosis({2, 2, 2})));
}

QTEST_APPLESS_MAIN(TestDisagreement)
#include "tst_disagreement.moc"
