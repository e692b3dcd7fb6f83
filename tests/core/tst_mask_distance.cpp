// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <cmath>
#include <cstring>

#include "engine/core/mask_distance.h"
#include "engine/session/messages.h"
#include "tests/support/test_pictures.h"

using namespace lacuna;

namespace {

/// Blots that look random but are the same every time.
Mask blots(int width, int height, unsigned seed)
{
    Mask mask(width, height);
    std::uint32_t state = seed * 2654435761u + 1;
    const auto next = [&state](int limit) {
        state = state * 1664525u + 1013904223u;
        return int((state >> 16) % unsigned(limit));
    };
    for (int i = 0; i < 6; ++i) {
        const int x = next(width), y = next(height), r = 1 + next(6);
        for (int v = std::max(0, y - r); v < std::min(height, y + r); ++v)
            for (int u = std::max(0, x - r); u < std::min(width, x + r); ++u)
                mask.values[std::size_t(v) * width + u] = 255;
    }
    return mask;
}

/// By looking at all pairs.
int nearest_squared(const Mask& mask, int x, int y, bool hole)
{
    int least = 1 << 30;
    for (int v = 0; v < mask.height; ++v)
        for (int u = 0; u < mask.width; ++u)
            if (mask.is_hole(u, v) == hole)
                least = std::min(least, (u - x) * (u - x) + (v - y) * (v - y));
    return least;
}

} // namespace

class TestMaskDistance : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void distancesAreExact();
    void growAndShrink_data();
    void growAndShrink();
    void edgesOfThePictureAreNotKnown();
    void softEdgesKeepKnownPixels_data();
    void softEdgesKeepKnownPixels();
    void rawPatchesStayHard();
};

void TestMaskDistance::distancesAreExact()
{
    for (unsigned seed = 0; seed < 20; ++seed) {
        const Mask mask = blots(41, 33, seed);
        const Area area{5, 3, 30, 27};
        for (const int reach : {1, 4, 100}) {
            int rows = 0;
            for_distance_rows(mask, area, Nearest::Hole, reach,
                              [&](int y, std::span<const std::int32_t> row) {
                                  QCOMPARE(y, area.y + rows++);
                                  QCOMPARE(row.size(), std::size_t(area.width));
                                  for (int x = 0; x < area.width; ++x) {
                                      const int expected = nearest_squared(mask, area.x + x, y, true);
                                      if (expected <= reach * reach)
                                          QCOMPARE(row[std::size_t(x)], expected);
                                      else
                                          QVERIFY(row[std::size_t(x)] > reach * reach);
                                  }
                              });
            QCOMPARE(rows, area.height);
        }
    }
}

void TestMaskDistance::growAndShrink_data()
{
    QTest::addColumn<int>("by");
    for (const int by : {-9, -3, -1, 0, 1, 2, 5, 60})
        QTest::addRow("by %d", by) << by;
}

void TestMaskDistance::growAndShrink()
{
    QFETCH(int, by);
    for (unsigned seed = 0; seed < 10; ++seed) {
        const Mask mask = blots(40, 31, seed), changed = grown(mask, by);
        for (int y = 0; y < mask.height; ++y)
            for (int x = 0; x < mask.width; ++x) {
                const bool expected =
                    by == 0 ? mask.is_hole(x, y)
                            : (by > 0 ? nearest_squared(mask, x, y, true) <= by * by
                                      : mask.is_hole(x, y) && nearest_squared(mask, x, y, false) > by * by);
                QCOMPARE(int(changed.values[std::size_t(y) * mask.width + x]), expected ? 255 : 0);
            }
    }
    QVERIFY(grown(Mask(9, 9), by) == Mask(9, 9)); // nothing grows out of nothing
}

void TestMaskDistance::edgesOfThePictureAreNotKnown()
{
    Mask all(20, 10);
    std::fill(all.values.begin(), all.values.end(), std::uint8_t(255));
    QVERIFY(grown(all, -5) == all);
    Mask left = all; // known in the last column only
    for (int y = 0; y < 10; ++y)
        left.values[std::size_t(y) * 20 + 19] = 0;
    const Mask shrunk = grown(left, -4);
    QCOMPARE(shrunk.hole_pixels(), std::size_t(15 * 10));
    QVERIFY(shrunk.is_hole(0, 0));
    QVERIFY(!shrunk.is_hole(15, 0));
}

void TestMaskDistance::softEdgesKeepKnownPixels_data()
{
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("bits");
    for (const int channels : {1, 2, 3, 4})
        for (const int bits : {8, 16})
            QTest::addRow("%d channels of %d bits", channels, bits) << channels << bits;
}

void TestMaskDistance::softEdgesKeepKnownPixels()
{
    QFETCH(int, channels);
    QFETCH(int, bits);
    constexpr int softness = 4;
    const Picture black = make_picture(30, 24, channels, bits, [&](std::uint8_t* to) {
        std::fill_n(to, std::size_t(30) * 24 * channels * bits / 8, 0);
    });
    const Picture white = make_picture(30, 24, channels, bits, [&](std::uint8_t* to) {
        std::fill_n(to, std::size_t(30) * 24 * channels * bits / 8, 255);
    });
    const Mask mask = blots(30, 24, 3);
    Completion completion;
    completion.patches = {{2, 1, crop(white, 2, 1, 26, 22)}};
    const Picture hard = composite(black, mask, completion);
    const Picture soft = composite(black, mask, completion, softness);
    QCOMPARE(known_pixels_changed(black, soft, mask), std::size_t(0));
    QVERIFY(composite(black, mask, completion, 0) == hard);
    std::size_t between = 0;
    for (int y = 0; y < 24; ++y)
        for (int x = 0; x < 30; ++x) {
            if (x < 2 || x >= 28 || y < 1 || y >= 23 || !mask.is_hole(x, y))
                continue;
            const double depth = std::sqrt(nearest_squared(mask, x, y, false));
            const double share = std::min(1.0, depth / (softness + 1));
            const std::uint8_t* at = soft.row(y) + std::size_t(x) * channels * bits / 8;
            double value = *at / 255.0;
            if (bits == 16) {
                std::uint16_t wide = 0;
                std::memcpy(&wide, at, 2);
                value = wide / 65535.0;
            }
            QVERIFY2(std::abs(value - share) < 0.005, qPrintable(QString::number(value - share)));
            between += share < 1;
        }
    QVERIFY(between > 20);
}

void TestMaskDistance::rawPatchesStayHard()
{
    const Picture picture = test::ramps(12, 9, 3, 8);
    const Picture inverse = make_picture(12, 9, 3, 8, [&](std::uint8_t* to) {
        for (const std::uint8_t byte : *picture.bytes)
            *to++ = static_cast<std::uint8_t>(~byte);
    });
    Completion completion;
    completion.patches = {{0, 0, inverse, true}};
    QVERIFY(composite(picture, test::square_mask(12, 9, 3, 2, 5), completion, 3) == inverse);
}

QTEST_APPLESS_MAIN(TestMaskDistance)
#include "tst_mask_distance.moc"
