// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <set>

#include "engine/core/error.h"
#include "engine/core/parallel.h"
#include "engine/diffusion/noise.h"
#include "engine/selection/selection.h"
#include "tensor_compare.h"

using namespace lacuna;

namespace {

Tensor random_features(std::int64_t rows, std::int64_t columns, std::uint64_t seed = 3)
{
    CounterNoise noise(seed, {0});
    return noise.draw(at::empty({1, rows, columns}, at::kDouble), Purpose::Initial, 0)[0];
}

Tensor column(const std::vector<double>& values)
{
    return at::tensor(values, at::kDouble).unsqueeze(1);
}

/// Groups of rows far apart: row i belongs to group i % groups.
Tensor grouped(int rows, int groups)
{
    Tensor features = random_features(rows, 4) * 0.1;
    for (int i = 0; i < rows; ++i)
        features[i][0] += 10.0 * (i % groups);
    return features;
}

/// 100 rows with known choices.
Tensor waves()
{
    const Tensor i = at::arange(100, at::kDouble).unsqueeze(1), j = at::arange(25, at::kDouble);
    return ((0.37 * i * (1 + 0.1 * j) + 0.9 * j).sin() * (1 + 0.5 * (0.11 * i).cos())).to(at::kFloat);
}

/// numpy's random() after seed().
class NumpyUniforms {
public:
    explicit NumpyUniforms(std::uint32_t seed) : generator_(seed) {}
    double operator()()
    {
        const double high = generator_() >> 5, low = generator_() >> 6;
        return (high * 67108864 + low) / 9007199254740992;
    }

private:
    std::mt19937 generator_;
};

KMeansResult kmeans_at(const Tensor& features, const std::vector<int>& initial_rows)
{
    const FeatureRows rows = rows_of(features);
    return kmeans(rows, rows.at(initial_rows));
}

void add_rules()
{
    QTest::addColumn<QString>("rule");
    for (const char* rule : {"fps", "kmeans", "uniform", "random"})
        QTest::newRow(rule) << QString(rule);
}

} // namespace

class TestSelection : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void choosesDistinctRows_data();
    void choosesDistinctRows();
    void isAFunctionOfTheSeed_data();
    void isAFunctionOfTheSeed();
    void refusesWhatItCannotChooseFrom_data();
    void refusesWhatItCannotChooseFrom();
    void coversEveryGroup_data();
    void coversEveryGroup();
    void farthestPointIsGreedy();
    void farthestPointFollowsAPermutation();
    void farthestPairStartsAtTheLargestDistance();
    void kmeansIsAtAFixedPoint();
    void kmeansNeverGetsWorseThanItsStart();
    void neighbourDistanceCountsAsAsked();
    void uniformizationWeightsAreProbabilities();
    void uniformizationFollowsThePower();
    void uniformizationSurvivesHighDimensions();
    void drawingFollowsTheWeights();
    void componentsKeepDistances();
    void componentsAreOrderedAndSigned();
    void publishedChoicesOfTheWaves();
    void roundsKeepWhatIsNew();
    void distancesFromElsewhereChooseTheSame();
    void directionsForgetTheLength();
    void kmeansStartsFromCentres();
    void neighboursAreThoseOfTheSortedDistances_data();
    void neighboursAreThoseOfTheSortedDistances();
    void threadsChangeNothing();
    void kurtosisOfKnownRows();
    void cleanup() { set_parallel_threads(1); }
};

void TestSelection::choosesDistinctRows_data()
{
    add_rules();
}

void TestSelection::choosesDistinctRows()
{
    QFETCH(QString, rule);
    Tensor two_values = at::zeros({30, 3});
    two_values[4].fill_(1);
    two_values[9].fill_(2);
    const std::vector<Tensor> tables{random_features(30, 5), random_features(30, 60), at::zeros({30, 3}),
                                     two_values, grouped(30, 3).to(at::kFloat)};
    for (const Tensor& features : tables)
        for (const int k : {1, 2, 7, 30}) {
            const std::vector<int> chosen = select(features, k, rule.toStdString(), 11);
            QCOMPARE(chosen.size(), static_cast<std::size_t>(k));
            const std::set<int> distinct(chosen.begin(), chosen.end());
            QCOMPARE(distinct.size(), static_cast<std::size_t>(k));
            QVERIFY(*distinct.begin() >= 0 && *distinct.rbegin() < 30);
        }
    QCOMPARE(select(random_features(1, 2), 1, rule.toStdString(), 0), std::vector<int>{0});
}

void TestSelection::isAFunctionOfTheSeed_data()
{
    add_rules();
}

void TestSelection::isAFunctionOfTheSeed()
{
    QFETCH(QString, rule);
    const Tensor features = random_features(50, 6);
    std::set<std::vector<int>> seen;
    for (std::uint64_t seed = 0; seed < 8; ++seed) {
        const std::vector<int> chosen = select(features, 4, rule.toStdString(), seed);
        QCOMPARE(select(features, 4, rule.toStdString(), seed), chosen);
        seen.insert(chosen);
    }
    QVERIFY(seen.size() > 1);
}

void TestSelection::refusesWhatItCannotChooseFrom_data()
{
    QTest::addColumn<QString>("rule");
    QTest::addColumn<int>("k");
    QTest::addColumn<double>("spoiled");
    QTest::addColumn<int>("kind");
    const int input = static_cast<int>(ErrorKind::Input), usage = static_cast<int>(ErrorKind::Usage);
    for (const char* rule : {"fps", "kmeans", "uniform", "random"}) {
        QTest::addRow("%s: too few rows", rule) << QString(rule) << 6 << 0.0 << input;
        QTest::addRow("%s: none wanted", rule) << QString(rule) << 0 << 0.0 << input;
        QTest::addRow("%s: not a number", rule) << QString(rule) << 2 << std::nan("") << input;
        QTest::addRow("%s: infinite", rule)
            << QString(rule) << 2 << std::numeric_limits<double>::infinity() << input;
    }
    QTest::newRow("unknown rule") << QString("best") << 2 << 0.0 << usage;
}

void TestSelection::refusesWhatItCannotChooseFrom()
{
    QFETCH(QString, rule);
    QFETCH(int, k);
    QFETCH(double, spoiled);
    QFETCH(int, kind);
    Tensor features = random_features(5, 3);
    features[2][1] = spoiled;
    try {
        select(features, k, rule.toStdString(), 0);
    } catch (const Error& error) {
        QCOMPARE(static_cast<int>(error.kind()), kind);
        return;
    }
    QFAIL("it was accepted");
}

void TestSelection::coversEveryGroup_data()
{
    QTest::addColumn<QString>("rule");
    QTest::newRow("fps") << QString("fps");
    QTest::newRow("kmeans") << QString("kmeans");
}

void TestSelection::coversEveryGroup()
{
    QFETCH(QString, rule);
    std::set<int> groups;
    for (const int row : select(grouped(60, 5), 5, rule.toStdString(), 2))
        groups.insert(row % 5);
    QCOMPARE(groups.size(), std::size_t{5});
}

void TestSelection::farthestPointIsGreedy()
{
    const Tensor features = column({0, 1, 10, 4, 10, -3});
    QCOMPARE(farthest_point(rows_of(features), 4, {0}),
             (std::vector<int>{0, 2, 3, 5})); // 2 before 4: lowest index on ties
    QCOMPARE(farthest_point(rows_of(features), 2, {0}, {0, 1}),
             (std::vector<int>{0, 1})); // only two rows take part
}

void TestSelection::farthestPointFollowsAPermutation()
{
    const Tensor features = random_features(40, 7);
    std::vector<std::int64_t> order(40);
    for (std::int64_t i = 0; i < 40; ++i)
        order[static_cast<std::size_t>(i)] = (i * 17 + 5) % 40; // row i of the permuted table
    const Tensor permuted = features.index_select(0, at::tensor(order, at::kLong));
    const std::vector<int> chosen = farthest_point(rows_of(features), 9, {static_cast<int>(order[3])});
    const std::vector<int> other = farthest_point(rows_of(permuted), 9, {3});
    for (std::size_t i = 0; i < chosen.size(); ++i)
        QCOMPARE(static_cast<int>(order[static_cast<std::size_t>(other[i])]), chosen[i]);
}

void TestSelection::farthestPairStartsAtTheLargestDistance()
{
    const Tensor features = column({3, -4, 0, 9, 5});
    QCOMPARE(farthest_pair_first(rows_of(features)), 1);
    const Tensor distances = pairwise_distances(features);
    QCOMPARE(distances.max().item<double>(), 13.0);
    QVERIFY(at::equal(distances, distances.transpose(0, 1)));
}

void TestSelection::kmeansIsAtAFixedPoint()
{
    const Tensor features = random_features(80, 3);
    const KMeansResult result = kmeans_at(features, {0, 1, 2, 3, 4});
    const Tensor squared = at::cdist(features, tensor_of(result.centers)).square();
    double inertia = 0;
    for (int i = 0; i < 80; ++i) {
        const int c = result.assign[static_cast<std::size_t>(i)];
        QCOMPARE(static_cast<std::int64_t>(c), squared[i].argmin().item<std::int64_t>());
        inertia += squared[i][c].item<double>();
    }
    QVERIFY(std::abs(inertia - result.inertia) < 1e-9);
    for (int c = 0; c < 5; ++c) {
        Tensor sum = at::zeros({3}, at::kDouble);
        int count = 0;
        for (int i = 0; i < 80; ++i)
            if (result.assign[static_cast<std::size_t>(i)] == c) {
                sum = sum + features[i];
                ++count;
            }
        COMPARE_TENSORS(tensor_of(result.centers)[c], sum / count, 0, 1e-12);
        QCOMPARE(static_cast<std::int64_t>(result.representatives[static_cast<std::size_t>(c)]),
                 squared.select(1, c).argmin().item<std::int64_t>());
    }
}

void TestSelection::kmeansNeverGetsWorseThanItsStart()
{
    const Tensor features = grouped(60, 4);
    const double started = kmeans_at(features, {0, 4, 8, 12}).inertia; // four rows of one group
    const double restarted = kmeans_plus_plus(rows_of(features), 4, {.seed = 1}).inertia;
    QVERIFY(restarted <= started);
    QVERIFY(restarted < 60 * 4 * 0.1 * 0.1 * 2); // the spread inside of the groups
}

void TestSelection::neighbourDistanceCountsAsAsked()
{
    const Tensor features = column({0, 1, 3, 7});
    QCOMPARE(neighbour_distance(rows_of(features), 1, false), (std::vector<double>{1, 1, 2, 4}));
    QCOMPARE(neighbour_distance(rows_of(features), 1, true), (std::vector<double>{0, 0, 0, 0}));
    QCOMPARE(neighbour_distance(rows_of(features), 3, true), neighbour_distance(rows_of(features), 2, false));
}

void TestSelection::uniformizationWeightsAreProbabilities()
{
    const Tensor features = random_features(40, 3);
    for (const double discard : {0.0, 0.1, 0.5}) {
        const std::vector<double> weights =
            uniformization_weights(neighbour_distance(rows_of(features), 4, false), 3, discard);
        QVERIFY(std::abs(std::accumulate(weights.begin(), weights.end(), 0.0) - 1) < 1e-12);
        QCOMPARE(std::count(weights.begin(), weights.end(), 0.0), std::lround(40 * discard));
        // Those left are the ones with the smaller distances.
        const std::vector<double> rho = neighbour_distance(rows_of(features), 4, false);
        double kept = 0, dropped = std::numeric_limits<double>::infinity();
        for (std::size_t i = 0; i < rho.size(); ++i)
            weights[i] > 0 ? kept = std::max(kept, rho[i]) : dropped = std::min(dropped, rho[i]);
        QVERIFY(kept <= dropped);
    }
}

void TestSelection::uniformizationFollowsThePower()
{
    const std::vector<double> weights =
        uniformization_weights(neighbour_distance(rows_of(column({0, 1, 3, 7})), 1, false), 2, 0);
    const double total = 1 + 1 + 4 + 16;
    const std::vector<double> expected{1 / total, 1 / total, 4 / total, 16 / total};
    for (std::size_t i = 0; i < 4; ++i)
        QVERIFY(std::abs(weights[i] - expected[i]) < 1e-12);
    QCOMPARE(uniformization_k(100, 25), 6);
    QCOMPARE(uniformization_k(100, 5), 11);
    QCOMPARE(uniformization_k(1000, 2), 83);
}

void TestSelection::uniformizationSurvivesHighDimensions()
{
    // 1e30^100 is beyond any number.
    const std::vector<double> weights =
        uniformization_weights(neighbour_distance(rows_of(column({0, 1e30, 3e30, 7e30})), 1, false), 100, 0);
    QVERIFY(std::abs(std::accumulate(weights.begin(), weights.end(), 0.0) - 1) < 1e-12);
}

void TestSelection::drawingFollowsTheWeights()
{
    int first = 0;
    constexpr int draws = 4000;
    for (int seed = 0; seed < draws; ++seed) {
        const std::vector<int> drawn =
            draw_without_replacement({0.7, 0, 0.3}, 2, {.seed = static_cast<std::uint64_t>(seed)});
        QVERIFY(drawn[0] != 1 && drawn[1] != 1 && drawn[0] != drawn[1]);
        first += drawn[0] == 0;
    }
    QVERIFY(std::abs(first - 0.7 * draws) < 4 * std::sqrt(draws * 0.7 * 0.3)); // 4 standard errors
}

void TestSelection::componentsKeepDistances()
{
    const Tensor features = random_features(12, 40);
    COMPARE_TENSORS(pairwise_distances(principal_components(features, 25)), pairwise_distances(features), 0,
                    1e-10);
    QVERIFY(principal_components(features, 25).sizes() == at::IntArrayRef({12, 12}));
    QVERIFY(principal_components(random_features(50, 3), 25).sizes() == at::IntArrayRef({50, 3}));
}

void TestSelection::componentsAreOrderedAndSigned()
{
    const Tensor features = random_features(30, 8) * at::tensor({1, 5, 1, 1, 9, 1, 1, 1}, at::kDouble);
    const Tensor components = principal_components(features, 3);
    const Tensor spread = components.var(0);
    QVERIFY(spread[0].item<double>() > spread[1].item<double>());
    QVERIFY(spread[1].item<double>() > spread[2].item<double>());
    COMPARE_TENSORS(components.mean(0), at::zeros({3}, at::kDouble), 0, 1e-12);
    // The leading direction is mostly column 4, whose loading is positive.
    const Tensor centred = features.select(1, 4) - features.select(1, 4).mean();
    QVERIFY((centred * components.select(1, 0)).sum().item<double>() > 0);
    QVERIFY(same_bits(components, principal_components(features, 3)));
}

void TestSelection::publishedChoicesOfTheWaves()
{
    const Tensor features = waves();
    const Tensor distances = pairwise_distances(features);
    QVERIFY(std::abs(distances.mean().item<double>() - 4.869036) < 1e-6);
    QCOMPARE(farthest_point(rows_of(features), 5, {61}), (std::vector<int>{61, 58, 64, 2, 5}));
    QCOMPARE(farthest_point(rows_of(features), 5, {29}, first_rows(50)), (std::vector<int>{29, 2, 4, 0, 6}));
    QCOMPARE(farthest_point(rows_of(features), 5, {farthest_pair_first(rows_of(features))}),
             (std::vector<int>{58, 62, 56, 53, 49}));
    const std::vector<double> rho = neighbour_distance(rows_of(features), 6, true);
    const std::vector<double> first{5.498339, 5.450873, 5.605896, 5.464149};
    for (std::size_t i = 0; i < first.size(); ++i)
        QVERIFY(std::abs(rho[i] - first[i]) < 1e-6);

    const std::vector<std::pair<double, std::vector<int>>> drawn{
        {0, {62, 58, 56, 5, 4}}, {.05, {3, 0, 4, 61, 5}}, {.2, {49, 9, 51, 67, 52}}};
    for (const auto& [discard, rows] : drawn)
        QCOMPARE(draw_in_rounds(uniformization_weights(rho, 25, discard), 5, NumpyUniforms(125)), rows);
    QVERIFY(std::abs(uniformization_weights(rho, 25, 0)[62] - .918463) < 1e-5);
    QVERIFY(std::abs(first_component_kurtosis(features) - 14.7053) < 1e-4);
}

void TestSelection::roundsKeepWhatIsNew()
{
    const std::vector<double> numbers{0.1, 0.15, 0.6, 0.9, 0.05};
    std::size_t used = 0;
    const auto next = [&] { return numbers.at(used++); };
    // Shares 0.25, 0.25, 0, 0.5: the second number finds row 0 again. Without rows 0 and 3, row 1 is certain.
    QCOMPARE(draw_in_rounds({1, 1, 0, 2}, 3, next), (std::vector<int>{0, 3, 1}));
    QCOMPARE(used, std::size_t{4});
    QCOMPARE(draw_in_rounds({1, 1, 0, 2}, 0, next), std::vector<int>{});
    // A number on the border between two rows belongs to the later one.
    QCOMPARE(draw_in_rounds({1, 1}, 1, [] { return 0.5; }), std::vector<int>{1});
    QVERIFY_THROWS_EXCEPTION(Error, draw_in_rounds({1, 0}, 2, next));
}

void TestSelection::distancesFromElsewhereChooseTheSame()
{
    const Tensor table = random_features(30, 6);
    const FeatureRows features = rows_of(table), distances = rows_of(pairwise_distances(table));
    QCOMPARE(farthest_point_of_distances(distances, 8, {4}), farthest_point(features, 8, {4}));
    QCOMPARE(farthest_point_of_distances(distances, 8, {4}, first_rows(20)),
             farthest_point(features, 8, {4}, first_rows(20)));
    QCOMPARE(farthest_pair_first_of_distances(distances), farthest_pair_first(features));
    QCOMPARE(neighbour_distance_of_distances(distances, 4, true), neighbour_distance(features, 4, true));
    QCOMPARE(neighbour_distance_of_distances(distances, 4, false), neighbour_distance(features, 4, false));
    QVERIFY_THROWS_EXCEPTION(Error, farthest_point_of_distances(features, 2, {0}));
}

void TestSelection::directionsForgetTheLength()
{
    const Tensor rows = at::tensor({2., 0., 0., 5., -1., 0., 0.1, 0., 0., 0.}).reshape({5, 2});
    const double root = std::sqrt(2.0);
    const Tensor expected = at::tensor({0.,   root, 2.,   0.,   1., //
                                        root, 0.,   root, root, 1., //
                                        2.,   root, 0.,   2.,   1., //
                                        0.,   root, 2.,   0.,   1., //
                                        1.,   1.,   1.,   1.,   0.})
                                .reshape({5, 5});
    COMPARE_TENSORS(direction_distances(rows), expected, 0, 1e-12);
}

void TestSelection::kmeansStartsFromCentres()
{
    const Tensor features = random_features(70, 4);
    const KMeansResult rows = kmeans_at(features, {3, 1, 4});
    const KMeansResult centers =
        kmeans(rows_of(features), rows_of(features.index_select(0, at::tensor({3, 1, 4}, at::kLong))));
    QVERIFY(same_bits(tensor_of(rows.centers), tensor_of(centers.centers)));
    QCOMPARE(rows.assign, centers.assign);
    QCOMPARE(rows.iterations, centers.iterations);
    // From where it ended nothing moves; one assignment finds that out.
    const KMeansResult again = kmeans(rows_of(features), rows.centers);
    QVERIFY(same_bits(tensor_of(rows.centers), tensor_of(again.centers)));
    QCOMPARE(again.iterations, 1);
    // A generous tolerance stops after one step, assigned to the centres that it gives back.
    const KMeansResult early = kmeans(rows_of(features), rows_of(features.slice(0, 0, 3)), 300, 1e9);
    QCOMPARE(early.iterations, 1);
    QVERIFY(rows.iterations > 1);
    const Tensor nearest = at::cdist(features, tensor_of(early.centers)).argmin(1);
    for (std::int64_t i = 0; i < 70; ++i)
        QCOMPARE(static_cast<std::int64_t>(early.assign[static_cast<std::size_t>(i)]),
                 nearest[i].item<std::int64_t>());
}

void TestSelection::neighboursAreThoseOfTheSortedDistances_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("columns");
    for (const auto& [rows, columns] :
         {std::pair{16, 3}, std::pair{17, 1}, std::pair{37, 25}, std::pair{2, 2}})
        QTest::addRow("%d x %d", rows, columns) << rows << columns;
}

void TestSelection::neighboursAreThoseOfTheSortedDistances()
{
    QFETCH(int, rows);
    QFETCH(int, columns);
    const Tensor features = random_features(rows, columns);
    const Tensor sorted = std::get<0>(pairwise_distances(features).sort(1));
    for (const int k : {1, rows / 2, rows - 1}) {
        const std::vector<double> rho = neighbour_distance(rows_of(features), k, false);
        QVERIFY(at::equal(at::tensor(rho, at::kDouble), sorted.select(1, k)));
    }
}

void TestSelection::threadsChangeNothing()
{
    const Tensor features = random_features(500, 7);
    const KMeansResult one = kmeans_plus_plus(rows_of(features), 6, {.seed = 3});
    const std::vector<double> rho = neighbour_distance(rows_of(features), 5, false);
    set_parallel_threads(3);
    const KMeansResult three = kmeans_plus_plus(rows_of(features), 6, {.seed = 3});
    QVERIFY(same_bits(tensor_of(one.centers), tensor_of(three.centers)));
    QCOMPARE(one.representatives, three.representatives);
    QCOMPARE(one.inertia, three.inertia);
    QCOMPARE(neighbour_distance(rows_of(features), 5, false), rho);
}

void TestSelection::kurtosisOfKnownRows()
{
    QCOMPARE(first_component_kurtosis(column({-1, 1, -1, 1})), 1.0);
    // One outlier among n: ((n - 1)^3 + 1) / (n (n - 1)); here n = 5.
    QVERIFY(std::abs(first_component_kurtosis(column({0, 0, 7, 0, 0})) - 65.0 / 20) < 1e-12);
    // Only the direction of the largest spread counts, wherever it points.
    const Tensor rows = column({-1, 1, -1, 1}) * at::tensor({3., 4.}) + 7;
    QVERIFY(std::abs(first_component_kurtosis(rows) - 1) < 1e-12);
}

QTEST_APPLESS_MAIN(TestSelection)
#include "tst_selection.moc"
