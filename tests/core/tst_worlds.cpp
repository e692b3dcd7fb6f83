// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <cmath>
#include <set>

#include "engine/core/error.h"
#include "engine/scenes/worlds/world.h"

using namespace lacuna;
using namespace lacuna::scenes;

namespace {

const World& world()
{
    QFETCH_GLOBAL(QString, name);
    return find_world(name.toStdString());
}

/// Upper tail of chi-square at about 1e-4 by the cube-root approximation of Wilson and Hilferty.
double chi_square_limit(int freedom)
{
    const double v = 2.0 / (9.0 * freedom);
    return freedom * std::pow(1 - v + 3.719 * std::sqrt(v), 3);
}

struct Change {
    int inside = 0;  ///< pixels that differ in the hole
    int outside = 0; ///< and elsewhere
    int largest = 0; ///< difference of a sample in the hole
};

Change compare(const Picture& a, const Picture& b, const Mask& mask)
{
    Change change;
    for (int y = 0; y < a.height; ++y)
        for (int x = 0; x < a.width; ++x) {
            int largest = 0;
            for (int c = 0; c < 3; ++c)
                largest = std::max(largest, std::abs(a.row(y)[3 * x + c] - b.row(y)[3 * x + c]));
            (mask.is_hole(x, y) ? change.inside : change.outside) += largest > 0;
            if (mask.is_hole(x, y))
                change.largest = std::max(change.largest, largest);
        }
    return change;
}

double mean_difference(const Picture& a, const Picture& b)
{
    double sum = 0;
    for (std::size_t i = 0; i < a.bytes->size(); ++i)
        sum += std::abs((*a.bytes)[i] - (*b.bytes)[i]);
    return sum / double(a.bytes->size());
}

} // namespace

class TestWorlds : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase_data();
    void declarationsAreSound();
    void sameSeedSameBytes();
    void seedsDiffer();
    void sizesShowTheSame();
    void drawsFollowTheDeclaredProbabilities();
    void attributesAreIndependent();
    void attributesChangeOnlyTheirMask_data();
    void attributesChangeOnlyTheirMask();
    void unknownNamesAreRefused();
};

void TestWorlds::initTestCase_data()
{
    QTest::addColumn<QString>("name");
    for (const std::string& name : world_names())
        QTest::newRow(name.c_str()) << QString::fromStdString(name);
}

void TestWorlds::declarationsAreSound()
{
    const auto& masks = world().masks();
    QCOMPARE(std::set(masks.begin(), masks.end()).size(), masks.size());
    for (const Attribute& attribute : world().attributes()) {
        double sum = 0;
        for (const AttributeValue& value : attribute.values) {
            QVERIFY2(value.probability > 0, value.name.c_str());
            sum += value.probability;
        }
        QVERIFY2(std::abs(sum - 1) < 1e-9, attribute.name.c_str());
        QVERIFY2(std::find(masks.begin(), masks.end(), attribute.mask) != masks.end(),
                 attribute.mask.c_str());
    }
    for (const std::string& mask : masks)
        for (const std::uint64_t seed : {1, 2, 3}) {
            const double share = double(world().mask(seed, mask, 64).hole_pixels()) / (64 * 64);
            QVERIFY2(share > 0.01 && share < 0.95, (mask + " covers " + std::to_string(share)).c_str());
        }
}

void TestWorlds::sameSeedSameBytes()
{
    for (const std::uint64_t seed : {1ULL, 77ULL, 1ULL << 40}) {
        const Attributes drawn = world().draw(seed);
        QCOMPARE(world().draw(seed), drawn);
        QVERIFY(world().render(seed, drawn, 64) == world().render(seed, drawn, 64));
        for (const std::string& mask : world().masks())
            QVERIFY(world().mask(seed, mask, 64) == world().mask(seed, mask, 64));
    }
}

void TestWorlds::seedsDiffer()
{
    const Attributes first(world().attributes().size(), 0);
    const Picture one = world().render(5, first, 64);
    QVERIFY(mean_difference(one, world().render(6, first, 64)) > 1);
    QVERIFY(mean_difference(one, world().render(5 + (1ULL << 32), first, 64)) > 1);
}

void TestWorlds::sizesShowTheSame()
{
    for (const std::uint64_t seed : {3, 4}) {
        const Attributes drawn = world().draw(seed);
        const Picture small = world().render(seed, drawn, 64);
        const Picture large = thumbnail(world().render(seed, drawn, 256), 64);
        QCOMPARE(large.width, 64);
        QVERIFY2(mean_difference(small, large) < 8, std::to_string(mean_difference(small, large)).c_str());
    }
    for (const int size : {32, 33, 512})
        QCOMPARE(world().render(1, world().draw(1), size).width, size);
}

void TestWorlds::drawsFollowTheDeclaredProbabilities()
{
    constexpr int draws = 20000;
    const auto& attributes = world().attributes();
    std::vector<std::vector<int>> counts(attributes.size());
    for (std::size_t a = 0; a < attributes.size(); ++a)
        counts[a].resize(attributes[a].values.size());
    for (int seed = 0; seed < draws; ++seed) {
        const Attributes drawn = world().draw(std::uint64_t(seed));
        for (std::size_t a = 0; a < drawn.size(); ++a)
            ++counts[a].at(std::size_t(drawn[a]));
    }
    for (std::size_t a = 0; a < attributes.size(); ++a) {
        double chi_square = 0;
        for (std::size_t v = 0; v < counts[a].size(); ++v) {
            const double expected = draws * attributes[a].values[v].probability;
            chi_square += (counts[a][v] - expected) * (counts[a][v] - expected) / expected;
        }
        QVERIFY2(chi_square < chi_square_limit(int(counts[a].size()) - 1), attributes[a].name.c_str());
    }
}

void TestWorlds::attributesAreIndependent()
{
    constexpr int draws = 20000;
    const auto& attributes = world().attributes();
    for (std::size_t a = 0; a + 1 < attributes.size(); ++a) {
        const double p = 1 - attributes[a].values[0].probability,
                     q = 1 - attributes[a + 1].values[0].probability;
        int both = 0;
        for (int seed = 0; seed < draws; ++seed) {
            const Attributes drawn = world().draw(std::uint64_t(seed));
            both += drawn[a] > 0 && drawn[a + 1] > 0;
        }
        const double expected = draws * p * q;
        QVERIFY2(std::abs(both - expected) < 4.5 * std::sqrt(expected) + 1, attributes[a].name.c_str());
    }
}

void TestWorlds::attributesChangeOnlyTheirMask_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("seeds");
    QTest::newRow("64 pixels") << 64 << 16;
    QTest::newRow("97 pixels") << 97 << 4;
    QTest::newRow("256 pixels") << 256 << 1;
}

void TestWorlds::attributesChangeOnlyTheirMask()
{
    QFETCH(int, size);
    QFETCH(int, seeds);
    const auto& attributes = world().attributes();
    for (int i = 0; i < seeds; ++i) {
        const auto seed = std::uint64_t(1000 + i);
        for (std::size_t a = 0; a < attributes.size(); ++a) {
            const Mask mask = world().mask(seed, attributes[a].mask, size);
            Attributes values = world().draw(seed);
            values[a] = 0;
            const Picture first = world().render(seed, values, size);
            for (int v = 1; v < int(attributes[a].values.size()); ++v) {
                values[a] = v;
                const Change change = compare(first, world().render(seed, values, size), mask);
                const std::string where = attributes[a].name + "=" + attributes[a].values[std::size_t(v)].name
                                          + ", seed " + std::to_string(seed) + ": "
                                          + std::to_string(change.outside) + " pixels outside "
                                          + attributes[a].mask + ", " + std::to_string(change.inside)
                                          + " inside by up to " + std::to_string(change.largest);
                QVERIFY2(change.outside == 0, where.c_str());
                QVERIFY2(change.inside >= 4 && change.largest >= 12, where.c_str());
            }
        }
    }
}

void TestWorlds::unknownNamesAreRefused()
{
    QVERIFY_EXCEPTION_THROWN(find_world("nowhere"), Error);
    QVERIFY_EXCEPTION_THROWN(world().attribute_index("wings"), Error);
    QVERIFY_EXCEPTION_THROWN(world().mask(1, "nowhere", 64), Error);
    QCOMPARE(world().attribute_index(world().attributes().back().name), int(world().attributes().size()) - 1);
}

QTEST_APPLESS_MAIN(TestWorlds)
#include "tst_worlds.moc"
