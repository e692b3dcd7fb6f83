// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "engine/core/philox.h"
#include "engine/selection/toy_mixture.h"
#include "engine/selection/unseen.h"

using namespace lacuna;

namespace {

/// Draws of numbers 0 .. weights.size() - 1 with these probabilities.
std::vector<int> draw_kinds(const std::vector<double>& weights, int count, std::uint64_t seed)
{
    std::vector<int> kinds;
    for (int i = 0; i < count; ++i) {
        double left = uniform({.seed = seed}, std::uint64_t(i));
        std::size_t kind = 0;
        while (kind + 1 < weights.size() && (left -= weights[kind]) >= 0)
            ++kind;
        kinds.push_back(int(kind));
    }
    return kinds;
}

double truly_unseen(const std::vector<double>& weights, const std::vector<int>& kinds)
{
    const std::set<int> seen(kinds.begin(), kinds.end());
    double share = 0;
    for (std::size_t kind = 0; kind < weights.size(); ++kind)
        share += seen.contains(int(kind)) ? 0 : weights[kind];
    return share;
}

std::vector<double> geometric(int kinds, double ratio)
{
    std::vector<double> weights;
    double total = 0;
    for (int i = 0; i < kinds; ++i)
        total += weights.emplace_back(std::pow(ratio, i));
    for (double& weight : weights)
        weight /= total;
    return weights;
}

} // namespace

class TestUnseen : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void countsKinds();
    void isRightOnMixtures_data();
    void isRightOnMixtures();
    void foretellsNewKinds();
    void stopsWhenLittleIsLeft();
    void linksNeighbours();
    void findsTheKindsOfSeparatedGroups();
    void rulesOfTheToy();
};

void TestUnseen::countsKinds()
{
    const Unseen u = unseen({4, 4, 4, 9, 9, 1, 7, 4, 2, 4});
    QCOMPARE(u.samples, 10);
    QCOMPARE(u.kinds, 5);
    QCOMPARE(u.once, 3);
    QCOMPARE(u.share, 0.3);
    QVERIFY(u.at_most > 0.3 && u.at_most <= 1);
    QVERIFY(std::abs(u.new_kind_within(2) - 0.51) < 1e-12);
    QCOMPARE(u.new_kind_within(0), 0.0);
    QCOMPARE(unseen({}).share, 1.0);
    QVERIFY(!unseen({}).may_stop(0.5));
    QCOMPARE(unseen({3}).share, 1.0);
    QVERIFY(!unseen({3}).may_stop(0.5));
    QCOMPARE(unseen(std::vector<int>(50, 1)).share, 0.0);
    QVERIFY(unseen(std::vector<int>(50, 1)).at_most > 0.02); // seeing nothing new proves little
}

void TestUnseen::isRightOnMixtures_data()
{
    QTest::addColumn<int>("samples");
    QTest::addColumn<double>("ratio");
    for (const int samples : {30, 100, 300})
        for (const double ratio : {0.5, 0.7, 0.9, 1.0})
            QTest::addRow("%d samples, ratio %.1f", samples, ratio) << samples << ratio;
}

void TestUnseen::isRightOnMixtures()
{
    QFETCH(int, samples);
    QFETCH(double, ratio);
    const std::vector<double> weights = geometric(40, ratio);
    constexpr int runs = 1000;
    double estimated = 0, true_share = 0, squares = 0;
    int covered = 0;
    for (int run = 0; run < runs; ++run) {
        const std::vector<int> kinds = draw_kinds(weights, samples, std::uint64_t(run));
        const Unseen u = unseen(kinds);
        const double truth = truly_unseen(weights, kinds);
        estimated += u.share / runs;
        true_share += truth / runs;
        squares += (u.share - truth) * (u.share - truth) / runs;
        covered += truth <= u.at_most;
    }
    // Good-Turing is the share of one sample fewer: its bias is below 1 / samples.
    const double noise = 4 * std::sqrt(squares / runs);
    QVERIFY2(std::abs(estimated - true_share) < noise + 1.0 / samples,
             qPrintable(QString("%1 %2").arg(estimated).arg(true_share)));
    QVERIFY2(covered >= 0.93 * runs, qPrintable(QString::number(covered)));
}

void TestUnseen::foretellsNewKinds()
{
    const std::vector<double> weights = geometric(40, 0.8);
    constexpr int runs = 1000, samples = 60, further = 20;
    double foretold = 0;
    int came = 0;
    for (int run = 0; run < runs; ++run) {
        const std::vector<int> all = draw_kinds(weights, samples + further, std::uint64_t(run));
        const std::vector<int> seen(all.begin(), all.begin() + samples);
        foretold += unseen(seen).new_kind_within(further) / runs;
        const std::set<int> before(seen.begin(), seen.end()), after(all.begin(), all.end());
        came += after.size() > before.size();
    }
    QVERIFY2(std::abs(foretold - double(came) / runs) < 0.1,
             qPrintable(QString("%1 %2").arg(foretold).arg(came)));
}

void TestUnseen::stopsWhenLittleIsLeft()
{
    constexpr double limit = 0.05;
    const std::vector<double> weights = geometric(40, 0.6);
    constexpr int runs = 500;
    int wrong = 0, never = 0;
    for (int run = 0; run < runs; ++run) {
        const std::vector<int> all = draw_kinds(weights, 1000, std::uint64_t(run));
        int samples = 20; // looked at after every 20
        while (samples < 1000 && !unseen({all.begin(), all.begin() + samples}).may_stop(limit))
            samples += 20;
        never += samples == 1000;
        wrong += truly_unseen(weights, {all.begin(), all.begin() + samples}) >= limit;
    }
    QCOMPARE(never, 0);
    QVERIFY2(wrong <= 0.05 * runs, qPrintable(QString::number(wrong)));
}

void TestUnseen::linksNeighbours()
{
    const FeatureRows rows(std::vector<double>{0, 10, 1, 11, 2, 30}, 1);
    QCOMPARE(linked_kinds(rows, 1), (std::vector<int>{0, 1, 0, 1, 0, 2}));
    QCOMPARE(linked_kinds(rows, 0.5), (std::vector<int>{0, 1, 2, 3, 4, 5}));
    QCOMPARE(linked_kinds(rows, 20), (std::vector<int>{0, 0, 0, 0, 0, 0}));
    QCOMPARE(linked_kinds(FeatureRows({0, 10, 9, 1}, 1), 1.5), (std::vector<int>{0, 1, 1, 0}));
    QCOMPARE(usual_step(rows), 2.0);
    QCOMPARE(usual_step(FeatureRows({5}, 1)), 0.0);
    QVERIFY(linked_kinds(FeatureRows(), 1).empty());
    // Rows that coincide are one kind even without a step.
    QCOMPARE(linked_kinds(FeatureRows({3, 3, 3}, 1), usual_step(FeatureRows({3, 3, 3}, 1))),
             (std::vector<int>{0, 0, 0}));
}

void TestUnseen::findsTheKindsOfSeparatedGroups()
{
    constexpr int count = 120, columns = 25, groups = 6;
    std::vector<float> values(count * columns);
    standard_normals({.seed = 5}, values.data(), values.size());
    for (int i = 0; i < count; ++i)
        values[std::size_t(i * columns + i % groups)] += 40;
    const FeatureRows rows(values, columns);
    const std::vector<int> kinds = linked_kinds(rows, usual_step(rows));
    for (int i = 0; i < count; ++i)
        QCOMPARE(kinds[std::size_t(i)], i % groups);
}

void TestUnseen::rulesOfTheToy()
{
    // The paper's claims: farthest point covers more modes than K-means, K-means more than random choice, and
    // uniformization of everything can leave out the mode that has 95 % of the points.
    std::map<std::string, double> modes, without_main;
    constexpr int runs = 30;
    for (std::uint64_t seed = 0; seed < runs; ++seed) {
        const ToyMixture toy = draw_toy(1000, seed);
        QVERIFY(std::count(toy.mode.begin(), toy.mode.end(), 0) > 920);
        for (const ToyRule& rule : toy_rules()) {
            const std::vector<int> chosen = rule.choose(toy.points, 20, seed);
            QCOMPARE(int(std::set<int>(chosen.begin(), chosen.end()).size()), 20);
            modes[rule.name] += double(modes_covered(toy.points, chosen)) / runs;
            without_main[rule.name] += std::none_of(chosen.begin(), chosen.end(),
                                                    [&](int row) { return toy.mode[std::size_t(row)] == 0; })
                                       / double(runs);
        }
    }
    QVERIFY(modes["farthest point, all"] > modes["K-means"] + 0.2);
    QVERIFY(modes["K-means"] > modes["random"] + 2);
    QVERIFY(modes["farthest point, all"] > modes["farthest point, L = 300"]);
    QVERIFY(modes["farthest point, L = 300"] > modes["farthest point, L = 100"] + 1);
    QVERIFY(modes["farthest point, L = 100"] > modes["random"] + 1);
    QVERIFY(without_main["uniformization, all"] > 0);
    QVERIFY(modes["uniformization, all"] > modes["uniformization, 90 %"] + 2);
    QCOMPARE(without_main["random"], 0.0);
    QCOMPARE(without_main["K-means"], 0.0);
}

QTEST_APPLESS_MAIN(TestUnseen)
#include "tst_unseen.moc"
