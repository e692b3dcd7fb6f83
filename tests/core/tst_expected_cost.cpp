// SPDX-License-Identifier: GPL-3.0-or-later
// What a run takes, told before it and while it runs.
#include <QtTest>

#include "engine/session/expected_cost.h"
#include "engine/session/remaining_time.h"

using namespace lacuna;

namespace {

Mask with_hole(int side, int hole)
{
    Mask mask(side, side);
    for (int y = 0; y < hole; ++y)
        for (int x = 0; x < hole; ++x)
            mask.values[std::size_t((side - hole) / 2 + y) * side + (side - hole) / 2 + x] = 255;
    return mask;
}

} // namespace

class TestExpectedCost : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void networks_data();
    void networks();
    void poolsAndSeveralHoles();
    void thisPhoto();
    void timeLeftOfASteadyRun();
    void timeLeftOfAnUnsteadyRun();
    void timeLeftIsNotKnownAtOnce();
};

void TestExpectedCost::networks_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("sampler");
    QTest::addColumn<int>("steps");
    QTest::addColumn<int>("calls");
    QTest::newRow("ddnm") << "ddnm"
                          << "ddim" << 0 << 100;
    QTest::newRow("ddnm, 25") << "ddnm"
                              << "ddim" << 25 << 25;
    QTest::newRow("ddrm") << "ddrm"
                          << "ddim" << 0 << 20;
    QTest::newRow("repaint as published") << "repaint"
                                          << "ddim" << 0 << 2410; // 4,571 schedule entries
    QTest::newRow("dps") << "dps"
                         << "ddim" << 0 << 1000;
    QTest::newRow("projection") << "project"
                                << "ddim" << 0 << 50;
    QTest::newRow("projection, edm") << "project"
                                     << "edm" << 18 << 35;
}

void TestExpectedCost::networks()
{
    QFETCH(QString, method);
    QFETCH(QString, sampler);
    QFETCH(int, steps);
    QFETCH(int, calls);
    Recipe recipe;
    recipe.model = "portraits-64";
    recipe.method = method.toStdString();
    recipe.sampler = sampler.toStdString();
    recipe.steps = steps;
    const ExpectedCost cost = expected_cost(recipe, with_hole(200, 50), 64);
    QCOMPARE(cost.calls, calls);
    QCOMPARE(cost.evaluations, std::int64_t(5) * calls);
}

void TestExpectedCost::poolsAndSeveralHoles()
{
    Recipe recipe;
    recipe.method = "ddnm";
    recipe.pool = 12; // groups of 5, 5 and 2
    QCOMPARE(expected_cost(recipe, with_hole(200, 50), 64).calls, 300);
    QCOMPARE(expected_cost(recipe, with_hole(200, 50), 64).evaluations, std::int64_t(1200));
    QCOMPARE(single_evaluations(recipe, 300), std::int64_t(1200)); // the same when the run is at its end
    QCOMPARE(single_evaluations(recipe, 150), std::int64_t(600));
    recipe.pool = 0;
    Mask two = with_hole(2000, 10);
    two.values[0] = 255;
    QCOMPARE(expected_cost(recipe, two, 256).calls, 200);
    QCOMPARE(expected_cost(recipe, two, 64).calls, 100); // a network of whole scenes sees both at once
}

void TestExpectedCost::thisPhoto()
{
    Recipe recipe;
    QCOMPARE(expected_cost(recipe, with_hole(300, 10), 0).calls, 24);
    QCOMPARE(expected_cost(recipe, with_hole(300, 20), 0).calls, 24 + 12);
    QCOMPARE(expected_cost(recipe, with_hole(600, 80), 0).calls, 24 + 12 + 8 + 8);
    recipe.steps = 26;
    QCOMPARE(expected_cost(recipe, with_hole(600, 80), 0).calls, 12 + 6 + 4 + 4);
}

void TestExpectedCost::timeLeftOfASteadyRun()
{
    RemainingTime time;
    for (int second = 5; second <= 45; ++second) // 5 seconds of preparation, then one per cent a second
        time.note((second - 5) / 100.0, second);
    const auto left = time.left();
    QVERIFY(left);
    QVERIFY(std::abs(left->seconds - 60) < 1e-6);
    QVERIFY(std::abs(left->least - 60) < 1e-3 && std::abs(left->most - 60) < 1e-3);
}

void TestExpectedCost::timeLeftOfAnUnsteadyRun()
{
    // Parts that take 0.5 or 1.5 seconds in turn: the rest is between, and the interval says that it is not certain.
    RemainingTime time;
    double seconds = 0;
    for (int part = 0; part <= 20; ++part) {
        time.note(part / 40.0, seconds);
        seconds += part % 2 ? 1.5 : 0.5;
    }
    const auto left = time.left();
    QVERIFY(left);
    QVERIFY(std::abs(left->seconds - 20) < 1);
    QVERIFY(left->least < 18 && left->least > 8);
    QVERIFY(left->most > 22 && left->most < 32);
    // Much later the rest is shorter and better known.
    for (int part = 21; part <= 36; ++part) {
        time.note(part / 40.0, seconds);
        seconds += part % 2 ? 1.5 : 0.5;
    }
    const auto later = time.left();
    QVERIFY(later->most - later->least < left->most - left->least);
    QVERIFY(std::abs(later->seconds - 4) < 0.5);
}

void TestExpectedCost::timeLeftIsNotKnownAtOnce()
{
    RemainingTime time;
    QVERIFY(!time.left());
    for (int i = 0; i < 3; ++i)
        time.note(i / 100.0, i);
    QVERIFY(!time.left());
    time.note(0.03, 3);
    QVERIFY(time.left());
}

QTEST_GUILESS_MAIN(TestExpectedCost)
#include "tst_expected_cost.moc"
