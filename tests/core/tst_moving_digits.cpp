// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <array>
#include <numeric>

#include "engine/scenes/worlds/digit_font.h"
#include "engine/scenes/worlds/moving_digits.h"
#include "tests/core/error_of.h"

using namespace lacuna;
using namespace lacuna::scenes;
using lacuna::test::error_of;

namespace {

constexpr DigitVariant kVariants[] = {DigitVariant::Middle, DigitVariant::Free, DigitVariant::Circle,
                                      DigitVariant::Horizontal};

} // namespace

class TestMovingDigits : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sameSeedSameFilm();
    void framesShowTheDigitOnItsPath_data();
    void framesShowTheDigitOnItsPath();
    void digitsLieInsideTheirSquare();
    void allDigitsAreEquallyLikely();
    void directionsFollowTheirProbability();
    void namesAndOptionsAreChecked();
};

void TestMovingDigits::sameSeedSameFilm()
{
    for (const DigitVariant variant : kVariants) {
        const DigitFilm one = render_film(variant, 77, 6), again = render_film(variant, 77, 6);
        QCOMPARE(one.digit, again.digit);
        QCOMPARE(one.path.corners, again.path.corners);
        QVERIFY(one.frames == again.frames);
    }
    // The high half of a seed counts, too.
    QVERIFY(!(draw_digit(3, 5, 32) == draw_digit(3, 5 + (1ULL << 32), 32)));
}

void TestMovingDigits::framesShowTheDigitOnItsPath_data()
{
    QTest::addColumn<int>("side");
    QTest::newRow("32") << 32;
    QTest::newRow("64") << 64;
}

void TestMovingDigits::framesShowTheDigitOnItsPath()
{
    QFETCH(int, side);
    DigitFilmOptions options;
    options.side = side;
    for (const DigitVariant variant : kVariants)
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            const DigitFilm film = render_film(variant, seed, 9, options);
            QCOMPARE(film.frames.size(), std::size_t{9});
            const Picture digit = draw_digit(film.digit, seed, side / 2);
            for (std::size_t t = 0; t < film.frames.size(); ++t) {
                const Picture& frame = film.frames[t];
                QCOMPARE(frame.width, side);
                QCOMPARE(frame.height, side);
                QCOMPARE(frame.channels, 1);
                const DigitOffset corner = film.path.corners[t];
                QVERIFY(crop(frame, corner.x, corner.y, side / 2, side / 2) == digit);
                const auto sum = [](const Picture& picture) {
                    return std::accumulate(picture.bytes->begin(), picture.bytes->end(), 0L);
                };
                QCOMPARE(sum(frame), sum(digit)); // nothing beside it
            }
        }
}

void TestMovingDigits::digitsLieInsideTheirSquare()
{
    for (const int side : {16, 32})
        for (int digit = 0; digit < 10; ++digit)
            for (std::uint64_t seed = 0; seed < 40; ++seed) {
                const Picture picture = draw_digit(digit, seed, side);
                int ink = 0;
                for (int y = 0; y < side; ++y)
                    for (int x = 0; x < side; ++x) {
                        const bool border = x == 0 || y == 0 || x == side - 1 || y == side - 1;
                        QVERIFY(!border || picture.row(y)[x] == 0);
                        ink += picture.row(y)[x] > 127;
                    }
                QVERIFY(ink > side * side / 50);
                QVERIFY(ink < side * side / 2);
            }
}

void TestMovingDigits::allDigitsAreEquallyLikely()
{
    constexpr int n = 4000;
    std::array<int, 10> counts{};
    for (std::uint64_t seed = 0; seed < n; ++seed)
        ++counts.at(std::size_t(render_film(DigitVariant::Middle, seed, 1).digit));
    double chi_square = 0;
    for (const int count : counts)
        chi_square += (count - n / 10.0) * (count - n / 10.0) / (n / 10.0);
    QVERIFY2(chi_square < 27.9, qPrintable(QString::number(chi_square))); // 9 degrees of freedom, 0.1 %
}

void TestMovingDigits::directionsFollowTheirProbability()
{
    constexpr int films = 2000;
    DigitFilmOptions options;
    options.right = 0.7;
    int right = 0, left = 0;
    for (std::uint64_t seed = 0; seed < films; ++seed) {
        const DigitPath path = render_film(DigitVariant::Horizontal, seed, 16, options).path;
        QVERIFY(!path.changes.empty());
        const auto at = std::size_t(path.changes.front());
        QVERIFY(at + 1 < path.corners.size());
        ++(path.corners[at + 1].x > path.corners[at].x ? right : left);
    }
    const double chi_square = (right - 0.7 * films) * (right - 0.7 * films) / (0.7 * films)
                              + (left - 0.3 * films) * (left - 0.3 * films) / (0.3 * films);
    QVERIFY2(chi_square < 10.83, qPrintable(QString::number(right))); // 1 degree of freedom, 0.1 %
}

void TestMovingDigits::namesAndOptionsAreChecked()
{
    for (const DigitVariant variant : kVariants)
        QCOMPARE(find_digit_variant(digit_variant_name(variant)), variant);
    QVERIFY(error_of([] { find_digit_variant("vertical"); }).startsWith("2: vertical"));
    QVERIFY(error_of([] { render_film(DigitVariant::Free, 1, 0); }).startsWith("2: "));
    DigitFilmOptions large;
    large.side = 48;
    QVERIFY(error_of([&] { render_film(DigitVariant::Free, 1, 2, large); }).contains("side"));
    DigitFilmOptions likely;
    likely.right = 1.5;
    QVERIFY(error_of([&] { render_film(DigitVariant::Horizontal, 1, 2, likely); }).contains("probability"));
}

QTEST_APPLESS_MAIN(TestMovingDigits)
#include "tst_moving_digits.moc"
