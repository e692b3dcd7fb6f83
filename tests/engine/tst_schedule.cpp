// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/core/error.h"
#include "engine/diffusion/schedule.h"
#include "engine/diffusion/timestep.h"
#include "engine/diffusion/timestep_lists.h"

using namespace lacuna;
using namespace lacuna::schedule;
using Levels = std::vector<double>;
using Timesteps = std::vector<std::int64_t>;

Q_DECLARE_METATYPE(Levels)
Q_DECLARE_METATYPE(Timesteps)

class TestSchedule : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tablesHavePublishedValues_data();
    void tablesHavePublishedValues();
    void tablesIncrease_data();
    void tablesIncrease();
    void levelsDecrease_data();
    void levelsDecrease();
    void timestepListsArePublished_data();
    void timestepListsArePublished();
    void respacingRefuses_data();
    void respacingRefuses();
    void vpTimeInverts();
    void rulesOfTimesteps_data();
    void rulesOfTimesteps();
};

namespace {

bool near(double a, double b, double relative)
{
    return std::abs(a - b) <= relative * std::abs(b);
}

} // namespace

void TestSchedule::tablesHavePublishedValues_data()
{
    // samplers.md 2.1
    QTest::addColumn<Levels>("table");
    QTest::addColumn<int>("index");
    QTest::addColumn<double>("sigma");
    QTest::newRow("ddpm first") << ddpm_linear() << 0 << 0.01000050;
    QTest::newRow("ddpm middle") << ddpm_linear() << 499 << 3.424137;
    QTest::newRow("ddpm last") << ddpm_linear() << 999 << 157.407281;
    QTest::newRow("ldm first") << ldm() << 0 << 0.0291672;
    QTest::newRow("ldm last") << ldm() << 999 << 14.614641;
    QTest::newRow("sigmoid first") << sigmoid() << 0 << 0.0122159;
    QTest::newRow("sigmoid last") << sigmoid() << 999 << 158.743369;
    QTest::newRow("cosine first") << cosine() << 0 << 0.00642541;
    QTest::newRow("cosine last") << cosine() << 999 << 20291.2;
    QTest::newRow("edm third") << edm(10) << 2 << 21.10868;
    QTest::newRow("edm ninth") << edm(10) << 8 << 0.02043533;
}

void TestSchedule::tablesHavePublishedValues()
{
    QFETCH(Levels, table);
    QFETCH(int, index);
    QFETCH(double, sigma);
    QVERIFY(near(table.at(static_cast<std::size_t>(index)), sigma, 3e-6)); // digits printed
}

void TestSchedule::tablesIncrease_data()
{
    QTest::addColumn<Levels>("table");
    for (const int T : {1, 2, 10, 1000}) {
        QTest::addRow("ddpm %d", T) << ddpm_linear(T);
        QTest::addRow("ldm %d", T) << ldm(T);
        QTest::addRow("sigmoid %d", T) << sigmoid(T);
        QTest::addRow("cosine %d", T) << cosine(T);
        QTest::addRow("log linear %d", T) << log_linear(T);
        QTest::addRow("flow %d", T) << flow(T);
    }
}

void TestSchedule::tablesIncrease()
{
    QFETCH(Levels, table);
    QVERIFY(table.front() > 0);
    QVERIFY(std::isfinite(table.back()));
    QVERIFY(std::adjacent_find(table.begin(), table.end(), std::greater_equal<>()) == table.end());
}

void TestSchedule::levelsDecrease_data()
{
    QTest::addColumn<Levels>("levels");
    QTest::addColumn<int>("steps");
    QTest::addColumn<double>("first");
    for (const int steps : {1, 2, 3, 22, 200}) {
        QTest::addRow("edm %d", steps) << edm(steps) << steps << 80.0;
        QTest::addRow("vp %d", steps) << vp(steps) << steps << VpTime{}.sigma(1);
        QTest::addRow("ve %d", steps) << ve(steps) << steps << 100.0;
        QTest::addRow("geometric to 0, %d", steps) << geometric(steps, 0.01, 50, true) << steps << 50.0;
        QTest::addRow("flow %d", steps) << flow_levels(steps) << steps << 1.0;
    }
    QTest::newRow("iddpm 20") << iddpm(20) << 20 << 80.20362;
}

void TestSchedule::levelsDecrease()
{
    QFETCH(Levels, levels);
    QFETCH(int, steps);
    QFETCH(double, first);
    QCOMPARE(levels.size(), static_cast<std::size_t>(steps) + 1);
    QVERIFY(near(levels.front(), first, 1e-3)); // iDDPM's level is known to the accuracy of float32
    QCOMPARE(levels.back(), 0.0);
    QVERIFY(std::adjacent_find(levels.begin(), levels.end(), std::less_equal<>()) == levels.end());
}

void TestSchedule::timestepListsArePublished_data()
{
    // samplers.md 2.3, restoration.md 3.2
    QTest::addColumn<Timesteps>("actual");
    QTest::addColumn<Timesteps>("expected");
    const Levels table = ddpm_linear();
    QTest::newRow("ddim") << tri_ddim(table, 10, 157)
                          << Timesteps{999, 899, 799, 699, 599, 499, 399, 299, 199, 99, 0};
    QTest::newRow("ddim from 40") << tri_ddim(table, 10, 40)
                                  << Timesteps{853, 767, 682, 597, 511, 426, 341, 255, 170, 85, 0};
    QTest::newRow("edm") << tri_edm(table, 10) << Timesteps{930, 868, 794, 705, 591, 441, 252, 93, 22, 2, 0};
    QTest::newRow("log linear from 40")
        << tri_log_linear(table, 10, 40) << Timesteps{853, 765, 665, 549, 415, 270, 148, 73, 33, 14, 0};
    QTest::newRow("trailing with the end") << trailing_with_end(10, 4) << Timesteps{9, 7, 4, 1, 0};
    QTest::newRow("leading") << leading(1000, 4, 1) << Timesteps{751, 501, 251, 1};
    QTest::newRow("linspaced") << linspaced(10, 3) << Timesteps{9, 4, 0};
    QTest::newRow("trailing") << trailing(1000, 4) << Timesteps{999, 749, 499, 249};
    QTest::newRow("stride") << respaced(10, "ddim5") << Timesteps{0, 2, 4, 6, 8};
    QTest::newRow("sections") << respaced(10, "2,1") << Timesteps{0, 4, 5};
    QTest::newRow("first sections get more") << respaced(11, "2,2") << Timesteps{0, 5, 6, 10};
    QTest::newRow("everything") << respaced(3, "3") << Timesteps{0, 1, 2};
    const Timesteps kept = respaced(1000, "250");
    QTest::newRow("250 of 1000") << Timesteps{kept[1], kept[2], kept[120], kept[121], kept[122], kept[249]}
                                 << Timesteps{4, 8, 481, 485, 489, 999};
}

void TestSchedule::timestepListsArePublished()
{
    QFETCH(Timesteps, actual);
    QFETCH(Timesteps, expected);
    QCOMPARE(actual, expected);
}

void TestSchedule::respacingRefuses_data()
{
    QTest::addColumn<std::string>("spec");
    for (const char* spec :
         {"", ",", "5,", "a", "0", "-3", "11", "6,6", "ddim", "ddim7", "ddim0", "5.5", "ddim5x"})
        QTest::addRow("\"%s\"", spec) << std::string(spec);
}

void TestSchedule::respacingRefuses()
{
    QFETCH(std::string, spec);
    try {
        respaced(10, spec);
    } catch (const Error& error) {
        QCOMPARE(error.kind(), ErrorKind::Usage);
        return;
    }
    QFAIL("it was accepted");
}

void TestSchedule::vpTimeInverts()
{
    const VpTime time;
    for (const double tau : {1e-5, 1e-3, 0.1, 0.5, 1.0})
        QVERIFY(near(time.tau(time.sigma(tau)), tau, 1e-9));
    QVERIFY(near(time.sigma(1), 152.17, 1e-4));
    QVERIFY(near(time.sigma(1e-5), 1.0005e-3, 1e-4));
    const VpTime fitted = VpTime::fitted(time.sigma(1e-3), time.sigma(1), 1e-3);
    QVERIFY(near(fitted.beta_d, 19.9, 1e-9));
    QVERIFY(near(fitted.beta_min, 0.1, 1e-6));
}

void TestSchedule::rulesOfTimesteps_data()
{
    // Table 1, 2, 4, 8.
    QTest::addColumn<int>("rule");
    QTest::addColumn<double>("sigma");
    QTest::addColumn<double>("expected");
    const auto add = [](const char* name, TimestepRule rule, double sigma, double expected) {
        QTest::addRow("%s %g", name, sigma) << static_cast<int>(rule) << sigma << expected;
    };
    add("nearest log", TimestepRule::NearestLog, 2.7, 1);
    add("nearest log", TimestepRule::NearestLog, 2.9, 2);
    add("nearest absolute", TimestepRule::NearestAbsolute, 2.9, 1);
    add("nearest absolute, tie", TimestepRule::NearestAbsolute, 3, 1);
    add("interpolated", TimestepRule::Interpolated, std::sqrt(8.0), 1.5);
    add("interpolated below", TimestepRule::Interpolated, 0.5, 0);
    add("interpolated above", TimestepRule::Interpolated, 100, 3);
    add("floor below", TimestepRule::Floor, 0.5, -1);
    add("floor on an entry", TimestepRule::Floor, 2, 1);
    add("next on an entry", TimestepRule::Next, 2, 2);
    add("next above", TimestepRule::Next, 100, 4);
    add("ceil on an entry", TimestepRule::Ceil, 2, 1);
    add("ceil between", TimestepRule::Ceil, 2.1, 2);
}

void TestSchedule::rulesOfTimesteps()
{
    QFETCH(int, rule);
    QFETCH(double, sigma);
    QFETCH(double, expected);
    const Levels table{1, 2, 4, 8};
    QVERIFY(std::abs(timestep_of(table, sigma, static_cast<TimestepRule>(rule)) - expected) < 1e-12);
    QVERIFY(near(sigma_at(table, 1.5), std::sqrt(8.0), 1e-12));
    QCOMPARE(sigma_at(table, -1), 1.0);
    QCOMPARE(sigma_at(table, 4), 8.0);
}

QTEST_APPLESS_MAIN(TestSchedule)
#include "tst_schedule.moc"
