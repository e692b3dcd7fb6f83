// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <cmath>
#include <limits>

#include "engine/diffusion/correction.h"
#include "engine/diffusion/noise.h"
#include "engine/guidance/repulsion.h"
#include "tensor_compare.h"

using namespace lacuna;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Members that are constant pictures of these values.
Tensor flat_members(const std::vector<double>& values)
{
    return at::tensor(values, at::kDouble).reshape({-1, 1, 1, 1}).expand({-1, 3, 4, 4}).contiguous();
}

std::vector<double> values_of(const Tensor& members)
{
    std::vector<double> values;
    for (std::int64_t row = 0; row < members.size(0); ++row)
        values.push_back(members[row].flatten()[0].item<double>());
    return values;
}

Tensor left_half()
{
    const Tensor region = at::zeros({1, 1, 4, 4}, at::kDouble);
    region.narrow(3, 0, 2).fill_(1);
    return region;
}

} // namespace

class TestGuidance : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pushesAwayFromTheNearestMate_data();
    void pushesAwayFromTheNearestMate();
    void boundStopsThePush_data();
    void boundStopsThePush();
    void leavesTheSetAlone_data();
    void leavesTheSetAlone();
    void distancesCountInTheRegionOnly();
    void scalesWithStrengthAndTime();
    void aMateThatIsNotFinitePushesNobody();
    void isExactForNearDuplicates();
    void theFormForDevicesIsTheSame_data();
    void theFormForDevicesIsTheSame();
    void remainingTimeRunsFromOneToZero();
    void correctionProjectsAfterGuidance();
    void correctionFollowsItsMembers();
};

void TestGuidance::pushesAwayFromTheNearestMate_data()
{
    QTest::addColumn<QList<double>>("before");
    QTest::addColumn<QList<double>>("after"); // eta 0.5, all from old values
    QTest::newRow("pair") << QList<double>{0, 1} << QList<double>{-0.5, 1.5};
    QTest::newRow("three") << QList<double>{0, 1, 4} << QList<double>{-0.5, 1.5, 5.5};
    QTest::newRow("tie: the lowest index counts") << QList<double>{-1, 0, 1} << QList<double>{-1.5, 0.5, 1.5};
    QTest::newRow("tie, other order") << QList<double>{1, 0, -1} << QList<double>{1.5, -0.5, -1.5};
}

void TestGuidance::pushesAwayFromTheNearestMate()
{
    QFETCH(QList<double>, before);
    QFETCH(QList<double>, after);
    const Tensor x0 = flat_members({before.begin(), before.end()});
    const Steering steering = Repulsion{.eta = 0.5, .bound_rms = infinity}.steer(x0, {}, 1);
    COMPARE_TENSORS(steering.x0, flat_members({after.begin(), after.end()}), 0, 1e-15);
    QVERIFY(same_bits(x0, flat_members({before.begin(), before.end()}))); // the input is a value
    for (const bool pushed : steering.pushed)
        QVERIFY(pushed);
}

void TestGuidance::boundStopsThePush_data()
{
    QTest::addColumn<double>("bound");
    QTest::addColumn<QList<double>>("after");
    QTest::newRow("nobody is near enough") << 0.5 << QList<double>{0, 1, 4};
    QTest::newRow("on the bound") << 1.0 << QList<double>{-0.5, 1.5, 4};
    QTest::newRow("all") << 3.0 << QList<double>{-0.5, 1.5, 5.5};
}

void TestGuidance::boundStopsThePush()
{
    QFETCH(double, bound);
    QFETCH(QList<double>, after);
    const Steering steering = Repulsion{.eta = 0.5, .bound_rms = bound}.steer(flat_members({0, 1, 4}), {}, 1);
    COMPARE_TENSORS(steering.x0, flat_members({after.begin(), after.end()}), 0, 1e-15);
    QCOMPARE(steering.nearest, (std::vector<double>{1, 1, 3}));
    QCOMPARE(steering.pushed, (std::vector<bool>{bound >= 1, bound >= 1, bound >= 3}));
}

void TestGuidance::leavesTheSetAlone_data()
{
    QTest::addColumn<QList<double>>("members");
    QTest::addColumn<double>("eta");
    QTest::addColumn<double>("remaining");
    QTest::newRow("one member") << QList<double>{0.3} << 0.5 << 1.0;
    QTest::newRow("no strength") << QList<double>{0.3, 0.4} << 0.0 << 1.0;
    QTest::newRow("no time left") << QList<double>{0.3, 0.4} << 0.5 << 0.0;
    QTest::newRow("identical members") << QList<double>{0.3, 0.3} << 0.5 << 1.0;
}

void TestGuidance::leavesTheSetAlone()
{
    QFETCH(QList<double>, members);
    QFETCH(double, eta);
    QFETCH(double, remaining);
    const Tensor x0 = flat_members({members.begin(), members.end()});
    const Steering steering = Repulsion{.eta = eta, .bound_rms = infinity}.steer(x0, {}, remaining);
    QVERIFY(same_bits(steering.x0, x0));
    QCOMPARE(steering.pushed, std::vector<bool>(static_cast<std::size_t>(members.size()), false));
    QCOMPARE(steering.nearest.size(), static_cast<std::size_t>(members.size()));
}

void TestGuidance::distancesCountInTheRegionOnly()
{
    // Left half: 0, 1, 5; right half: 0, 9, 1. Member 2 is nearer to 0 on the right, but to 1 where it counts.
    Tensor x0 = flat_members({0, 1, 5});
    x0[1].narrow(2, 2, 2).fill_(9);
    x0[2].narrow(2, 2, 2).fill_(1);
    const Steering steering = Repulsion{.eta = 1, .bound_rms = infinity}.steer(x0, left_half(), 1);
    QCOMPARE(steering.nearest, (std::vector<double>{1, 1, 4}));
    // The push itself covers the whole picture; what is known is put back later.
    COMPARE_TENSORS(steering.x0[2], 2 * x0[2] - x0[1], 0, 1e-15);
    COMPARE_TENSORS(pairwise_rms(x0, left_half()),
                    at::tensor({0., 1., 5., 1., 0., 4., 5., 4., 0.}, at::kDouble).reshape({3, 3}), 0, 1e-15);
    // An empty region has no distances.
    QCOMPARE(Repulsion({.eta = 1, .bound_rms = infinity}).steer(x0, at::zeros({1, 1, 4, 4}), 1).pushed,
             std::vector<bool>(3, false));
}

void TestGuidance::scalesWithStrengthAndTime()
{
    const Tensor x0 = flat_members({0, 1});
    const auto spread = [&](double eta, double remaining) {
        const std::vector<double> values =
            values_of(Repulsion{.eta = eta, .bound_rms = infinity}.steer(x0, {}, remaining).x0);
        return values[1] - values[0] - 1;
    };
    QVERIFY(std::abs(spread(0.3, 1) - 0.6) < 1e-12);
    QVERIFY(std::abs(spread(0.6, 0.25) - 0.3) < 1e-12);
}

void TestGuidance::aMateThatIsNotFinitePushesNobody()
{
    Tensor x0 = flat_members({0, 0.1, 1});
    x0[1].fill_(std::nan(""));
    const Steering steering = Repulsion{.eta = 0.5, .bound_rms = infinity}.steer(x0, {}, 1);
    const std::vector<double> values = values_of(steering.x0);
    QCOMPARE(values[0], -0.5);
    QCOMPARE(values[2], 1.5);
    QCOMPARE(steering.pushed, (std::vector<bool>{true, false, true}));
}

void TestGuidance::isExactForNearDuplicates()
{
    // Two pictures that differ by 1e-6 in float32 are neighbours, whatever their norm.
    CounterNoise noise(1, {0});
    const Tensor a = noise.draw(at::empty({1, 3, 64, 64}, at::kFloat), Purpose::Initial, 0);
    Tensor b = a.clone(), c = a + 0.01f;
    b[0][0][0][0] += 1e-4f;
    const Tensor x0 = at::cat({a, c, b});
    const Steering steering = Repulsion{.eta = 1, .bound_rms = infinity}.steer(x0, {}, 1);
    const double expected = (b - a).abs().max().item<double>() / std::sqrt(3 * 64 * 64);
    QVERIFY(std::abs(steering.nearest[0] - expected) < 1e-12);
    QVERIFY(std::abs(steering.nearest[2] - expected) < 1e-12);
    QVERIFY(steering.x0.scalar_type() == at::kFloat);
}

void TestGuidance::theFormForDevicesIsTheSame_data()
{
    QTest::addColumn<double>("bound");
    QTest::addColumn<double>("divisor");
    QTest::addColumn<double>("remaining");
    QTest::addColumn<bool>("region");
    QTest::newRow("no bound") << infinity << 0.0 << 0.7 << true;
    QTest::newRow("a bound that some exceed") << 1.4 << 0.0 << 0.7 << true;
    QTest::newRow("everywhere") << 1.4 << 0.0 << 0.7 << false;
    QTest::newRow("the published rule") << 0.2 << 48.0 << 0.7 << true;
    QTest::newRow("at the end") << infinity << 0.0 << 0.0 << true;
}

void TestGuidance::theFormForDevicesIsTheSame()
{
    QFETCH(double, bound);
    QFETCH(double, divisor);
    QFETCH(double, remaining);
    QFETCH(bool, region);
    CounterNoise noise(3, {0, 1, 2, 3, 4});
    const Tensor x0 = noise.draw(at::empty({5, 3, 4, 4}, at::kDouble), Purpose::Initial, 0);
    const Repulsion repulsion{.eta = 0.8, .bound_rms = bound, .published_divisor = divisor};
    const Tensor where = region ? left_half() : Tensor();
    const Steering host = repulsion.steer(x0, where, remaining);
    const Steering device = repulsion.steer_on_device(x0, where, remaining);
    QVERIFY(device.nearest.empty()); // not before somebody asks
    const Steering fetched = on_host(device);
    COMPARE_TENSORS(device.x0, host.x0, 0, 1e-14);
    QCOMPARE(fetched.pushed, host.pushed);
    QCOMPARE(fetched.mate, host.mate);
    for (std::size_t i = 0; i < host.nearest.size(); ++i)
        QVERIFY(std::abs(fetched.nearest[i] - host.nearest[i]) < 1e-13);
    QCOMPARE(retained(device, {0, 2}).nearest.size(), std::size_t{2});
    // Measured without guidance, the distances are the same, and nobody moves.
    const Steering measured = measure_mates(x0, where);
    QVERIFY(same_bits(measured.x0, x0));
    QCOMPARE(measured.mate, host.mate);
    QCOMPARE(measured.pushed, std::vector<bool>(5, false));
    if (divisor == 0) {
        QCOMPARE(measured.nearest, host.nearest);
    }
}

void TestGuidance::remainingTimeRunsFromOneToZero()
{
    QCOMPARE(remaining_time(1e6), 1.0);
    QCOMPARE(remaining_time(0), 0.0);
    double before = 0;
    for (const double sigma : {0.002, 0.1, 1.0, 10.0, 80.0}) {
        QVERIFY(remaining_time(sigma) > before && remaining_time(sigma) < 1);
        before = remaining_time(sigma);
    }
    // Middle of the linear schedule: sigma_499 of 1000 is 3.424.
    QVERIFY(std::abs(remaining_time(3.424) - 0.5) < 0.002);
}

void TestGuidance::correctionProjectsAfterGuidance()
{
    const Tensor known = at::full({1, 3, 4, 4}, 0.7, at::kDouble), keep = 1 - left_half();
    Correction correction(Repulsion{.eta = 0.5, .bound_rms = infinity}, known, keep);
    Tensor x0 = flat_members({0, 1});
    x0[1].narrow(2, 2, 2).fill_(6); // what is known does not count for the distance
    const Tensor corrected = correction.apply(x0, 1e6);
    COMPARE_TENSORS(corrected.narrow(3, 0, 2), flat_members({-0.5, 1.5}).narrow(3, 0, 2), 0, 1e-15);
    COMPARE_TENSORS(corrected.narrow(3, 2, 2), at::full({2, 3, 4, 2}, 0.7, at::kDouble), 0, 0);
    QCOMPARE(correction.last().nearest, (std::vector<double>{1, 1}));
}

void TestGuidance::correctionFollowsItsMembers()
{
    Correction correction(Repulsion{.eta = 0.5, .bound_rms = infinity}, flat_members({7, 8, 9}),
                          at::ones({1, 1, 4, 4}, at::kDouble));
    correction.apply(flat_members({0, 1, 4}), 1);
    correction.retain({0, 2});
    QCOMPARE(correction.last().pushed.size(), std::size_t{2});
    COMPARE_TENSORS(correction.apply(flat_members({0, 4}), 1), flat_members({7, 9}), 0, 0);
}

QTEST_APPLESS_MAIN(TestGuidance)
#include "tst_guidance.moc"
