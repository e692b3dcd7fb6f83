// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <cmath>
#include <vector>

#include "engine/core/philox.h"

using namespace lacuna;

class TestPhilox : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void knownAnswers_data();
    void knownAnswers();
    void elementsDoNotDependOnTheCount();
    void everyPartOfTheNameMatters_data();
    void everyPartOfTheNameMatters();
    void normalsHaveTheirMoments();
    void uniformsFillTheUnitInterval();
};

Q_DECLARE_METATYPE(PhiloxBlock)
Q_DECLARE_METATYPE(PhiloxKey)
Q_DECLARE_METATYPE(DrawStream)

void TestPhilox::knownAnswers_data()
{
    // philox4x32, 10 rounds, from the known-answer file of Random123.
    QTest::addColumn<PhiloxBlock>("counter");
    QTest::addColumn<PhiloxKey>("key");
    QTest::addColumn<PhiloxBlock>("expected");
    QTest::newRow("zeros") << PhiloxBlock{0, 0, 0, 0} << PhiloxKey{0, 0}
                           << PhiloxBlock{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8};
    QTest::newRow("ones") << PhiloxBlock{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}
                          << PhiloxKey{0xffffffff, 0xffffffff}
                          << PhiloxBlock{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd};
    QTest::newRow("digits of pi") << PhiloxBlock{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}
                                  << PhiloxKey{0xa4093822, 0x299f31d0}
                                  << PhiloxBlock{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1};
}

void TestPhilox::knownAnswers()
{
    QFETCH(PhiloxBlock, counter);
    QFETCH(PhiloxKey, key);
    QFETCH(PhiloxBlock, expected);
    const PhiloxBlock actual = philox4x32(counter, key);
    for (std::size_t word = 0; word < 4; ++word)
        QCOMPARE(actual[word], expected[word]);
}

void TestPhilox::elementsDoNotDependOnTheCount()
{
    const DrawStream stream{.seed = 7, .member = 1, .step = 2, .purpose = 3};
    std::vector<float> all(103);
    standard_normals(stream, all.data(), all.size());
    for (const std::size_t count : {0u, 1u, 2u, 3u, 4u, 5u, 64u, 101u}) {
        std::vector<float> part(count + 1, 99.f);
        standard_normals(stream, part.data(), count);
        QVERIFY(std::equal(part.begin(), part.end() - 1, all.begin()));
        QCOMPARE(part.back(), 99.f); // nothing is written behind the end
    }
}

void TestPhilox::everyPartOfTheNameMatters_data()
{
    QTest::addColumn<DrawStream>("other");
    QTest::newRow("seed") << DrawStream{.seed = 8, .member = 1, .step = 2, .purpose = 3};
    QTest::newRow("upper half of the seed")
        << DrawStream{.seed = 7 + (std::uint64_t(1) << 32), .member = 1, .step = 2, .purpose = 3};
    QTest::newRow("member") << DrawStream{.seed = 7, .member = 2, .step = 2, .purpose = 3};
    QTest::newRow("step") << DrawStream{.seed = 7, .member = 1, .step = 3, .purpose = 3};
    QTest::newRow("purpose") << DrawStream{.seed = 7, .member = 1, .step = 2, .purpose = 4};
    QTest::newRow("member and step exchanged") << DrawStream{.seed = 7, .member = 2, .step = 1, .purpose = 3};
}

void TestPhilox::everyPartOfTheNameMatters()
{
    QFETCH(DrawStream, other);
    const DrawStream stream{.seed = 7, .member = 1, .step = 2, .purpose = 3};
    std::vector<float> a(1000), b(1000);
    standard_normals(stream, a.data(), a.size());
    standard_normals(other, b.data(), b.size());
    double correlation = 0;
    int equal = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        correlation += double(a[i]) * b[i] / 1000;
        equal += a[i] == b[i];
    }
    QVERIFY(equal < 5);
    QVERIFY(std::abs(correlation) < 4 / std::sqrt(1000.0)); // 4 standard errors of independent draws
    QVERIFY(uniform(stream, 0) != uniform(other, 0));
}

void TestPhilox::normalsHaveTheirMoments()
{
    constexpr int n = 200000;
    std::vector<float> values(n);
    standard_normals({.seed = 20240501, .member = 0, .step = 0, .purpose = 0}, values.data(), values.size());
    double sum = 0, squares = 0, fourth = 0, neighbours = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double v = values[i];
        QVERIFY(std::isfinite(v));
        sum += v;
        squares += v * v;
        fourth += v * v * v * v;
        neighbours += v * values[(i + 1) % values.size()];
    }
    // 4 standard errors: variances of v, v^2, v^4 and v v' are 1, 2, 96 and 1.
    const double error = 4 / std::sqrt(double(n));
    QVERIFY(std::abs(sum / n) < error);
    QVERIFY(std::abs(squares / n - 1) < error * std::sqrt(2.0));
    QVERIFY(std::abs(fourth / n - 3) < error * std::sqrt(96.0));
    QVERIFY(std::abs(neighbours / n) < error);
}

void TestPhilox::uniformsFillTheUnitInterval()
{
    const DrawStream stream{.seed = 3, .member = 0, .step = 0, .purpose = 5};
    constexpr int n = 40000;
    std::vector<int> bins(10, 0);
    for (int i = 0; i < n; ++i) {
        const double u = uniform(stream, static_cast<std::uint64_t>(i));
        QVERIFY(u >= 0 && u < 1);
        ++bins[static_cast<std::size_t>(u * 10)];
    }
    for (const int count : bins)
        QVERIFY(std::abs(count - n / 10) < 4 * std::sqrt(n * 0.1 * 0.9));
}

QTEST_APPLESS_MAIN(TestPhilox)
#include "tst_philox.moc"
