// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <cmath>

#include "engine/diffusion/noise_plane.h"
#include "engine/metrics/moving_digits.h"
#include "engine/metrics/reproducibility.h"
#include "engine/metrics/sscd_preprocessing.h"
#include "tensor_compare.h"

using namespace lacuna;

namespace {

Tensor doubles(const std::vector<double>& values, std::vector<std::int64_t> shape)
{
    return at::tensor(values, at::kDouble).reshape(shape);
}

} // namespace

class TestReproducibility : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sharesOfCopies();
    void theThresholdIsStrict();
    void theNoisePlane();
    void resizeKeepsAndAverages();
    void networkInput();
    void pooling();
    void centroidsAndDirections();
    void shiftsAreBilinear_data();
    void shiftsAreBilinear();
    void aTranslatedDigitIsPerfect();
    void otsu_data();
    void otsu();
};

void TestReproducibility::sharesOfCopies()
{
    const Tensor a = doubles({1, 0, 0, 2, 3, 4, 0, 0}, {4, 2});
    const Tensor b = doubles({2, 0, 1, 0, 4, 3, 1, 1}, {4, 2});
    COMPARE_TENSORS(metrics::paired_similarity(a, b), doubles({1, 0, 0.96, 0}, {4}), 0, 1e-15);
    QCOMPARE(metrics::reproducibility(a, b), 0.5);
    const Tensor training = doubles({0, 1}, {1, 2});
    QCOMPARE(metrics::copied_share(a, training), 0.5); // (0, 2) and (3, 4)
    QCOMPARE(metrics::generalization(a, training), 0.5);
    QCOMPARE(metrics::reproducibility_between(a, at::stack({b, training.expand({4, 2})})), 0.75);
}

void TestReproducibility::theThresholdIsStrict()
{
    const Tensor a = doubles({3, 4}, {1, 2}), x = doubles({1, 0}, {1, 2}), y = doubles({0, 1}, {1, 2});
    QCOMPARE(metrics::reproducibility(a, x, 0.6), 0.0);
    QCOMPARE(metrics::reproducibility(a, y, 0.79), 1.0);
}

void TestReproducibility::theNoisePlane()
{
    NoisePlane plane{doubles({3, 0, 0, 0, 4, 0, 0, 0, 5}, {3, 3})};
    COMPARE_TENSORS(plane.at(0, 0), doubles({3, 0, 0}, {3}), 0, 0);
    COMPARE_TENSORS(plane.at(1, 0), doubles({0, 4, 0}, {3}), 0, 0);
    COMPARE_TENSORS(plane.at(0, 1), doubles({0, 0, 5}, {3}), 0, 0);
    COMPARE_TENSORS(plane.at(0.5, 0.25), doubles({0.75, 2, 1.25}, {3}), 0, 1e-15);
    const Tensor grid = plane.grid({0, 1}, {0, 0.5, 1});
    QCOMPARE(grid.size(0), std::int64_t{6});
    COMPARE_TENSORS(grid[4], plane.at(1, 0.5), 0, 0);
    plane.rescale = true;
    COMPARE_TENSORS(plane.at(0, 1), doubles({0, 0, 5}, {3}), 0, 1e-15);
    QVERIFY(std::abs(plane.at(0.5, 0.25).norm().item<double>() - (3 + 0.5 * 1 + 0.25 * 2)) < 1e-12);
}

void TestReproducibility::resizeKeepsAndAverages()
{
    const Tensor flat = at::full({3, 7, 5}, 137, at::kByte);
    QVERIFY(same_bits(metrics::resize_bytes(flat, 11, 13), at::full({3, 11, 13}, 137, at::kByte)));
    // Half the size: the triangle reaches over four samples with weights 1, 3, 3, 1.
    const Tensor row = at::tensor({0, 0, 80, 160, 240, 0, 0, 0}, at::kByte).reshape({1, 1, 8});
    const Tensor half = metrics::resize_bytes(row, 1, 4);
    QCOMPARE(int(half[0][0][1].item<std::uint8_t>()), (3 * 80 + 3 * 160 + 240 + 4) / 8);
    // Twice the size: a quarter and three quarters.
    const Tensor twice = metrics::resize_bytes(at::tensor({0, 100}, at::kByte).reshape({1, 1, 2}), 1, 4);
    QVERIFY(same_bits(twice, at::tensor({0, 25, 75, 100}, at::kByte).reshape({1, 1, 4})));
    // Rows and columns alike.
    const Tensor picture = at::arange(60, at::kByte).reshape({1, 6, 10});
    QVERIFY(same_bits(metrics::resize_bytes(picture, 6, 10), picture));
}

void TestReproducibility::networkInput()
{
    const Tensor picture = at::full({3, 30, 40}, 255, at::kByte);
    const Tensor square = metrics::sscd_input(picture, metrics::SscdResize::Square320);
    QVERIFY(square.sizes() == at::IntArrayRef({3, 320, 320}));
    QVERIFY(std::abs(square[1][7][9].item<double>() - (1 - 0.456) / 0.224) < 1e-6);
    const Tensor wide = metrics::sscd_input(picture, metrics::SscdResize::ShortSide288);
    QVERIFY(wide.sizes() == at::IntArrayRef({3, 288, 384}));
}

void TestReproducibility::pooling()
{
    const Tensor v = doubles({1, 2, -5, 3, 0, 0, 0, 0}, {1, 2, 2, 2});
    const Tensor pooled = metrics::gem_pool(v);
    COMPARE_TENSORS(pooled, doubles({std::cbrt(36.0 / 4), 1e-6}, {1, 2}), 1e-9, 1e-12);
    COMPARE_TENSORS(metrics::unit_length(doubles({3, 4}, {1, 2})), doubles({0.6, 0.8}, {1, 2}), 1e-12, 0);
}

void TestReproducibility::centroidsAndDirections()
{
    const Tensor images = at::zeros({2, 1, 5, 6}, at::kDouble);
    images[0][0][1][4] = 1;
    images[0][0][3][2] = 3;
    COMPARE_TENSORS(metrics::centroids(images), doubles({2.5, 2.5, 0, 0}, {2, 2}), 0, 1e-15);
    const Tensor directions = doubles({-4, 0, 0, 4, 4, 4}, {3, 2});
    const auto labels =
        metrics::nearest_directions(doubles({-9, 1, 1, 3, 2, 1.9, 0.1, 0.09}, {4, 2}), directions);
    QCOMPARE(labels, (std::vector<std::int64_t>{0, 1, 2, 2}));
    QCOMPARE(metrics::mode_count(labels), std::int64_t{3});
    QCOMPARE(metrics::label_share(labels, 2), 0.5);
}

void TestReproducibility::shiftsAreBilinear_data()
{
    QTest::addColumn<double>("x");
    QTest::addColumn<double>("y");
    QTest::newRow("none") << 0.0 << 0.0;
    QTest::newRow("whole") << 2.0 << -1.0;
    QTest::newRow("part") << 0.3 << -1.7;
    QTest::newRow("away") << 40.0 << 0.5;
}

void TestReproducibility::shiftsAreBilinear()
{
    QFETCH(double, x);
    QFETCH(double, y);
    const Tensor image = at::arange(30, at::kDouble).reshape({5, 6});
    const Tensor moved = metrics::shifted(image, {x, y}),
                 rounded = metrics::shifted(image, {x, y}, metrics::ShiftRounding::ThirtySeconds);
    const auto value = [&](std::int64_t row, std::int64_t column) {
        return row < 0 || row > 4 || column < 0 || column > 5 ? 0 : image[row][column].item<double>();
    };
    const auto sampled = [&](double row, double column) {
        const double r = std::floor(row), c = std::floor(column), fr = row - r, fc = column - c;
        const auto i = std::int64_t(r), j = std::int64_t(c);
        return (1 - fr) * ((1 - fc) * value(i, j) + fc * value(i, j + 1))
               + fr * ((1 - fc) * value(i + 1, j) + fc * value(i + 1, j + 1));
    };
    const auto nearest = [](double shift) { return std::round(32 * shift) / 32; };
    for (int row = 0; row < 5; ++row)
        for (int column = 0; column < 6; ++column) {
            QVERIFY(std::abs(moved[row][column].item<double>() - sampled(row - y, column - x)) < 1e-12);
            QVERIFY(
                std::abs(rounded[row][column].item<double>() - sampled(row - nearest(y), column - nearest(x)))
                < 1e-12);
        }
}

void TestReproducibility::aTranslatedDigitIsPerfect()
{
    const Tensor condition = at::zeros({1, 1, 12, 12}, at::kDouble),
                 generated = at::zeros({2, 1, 12, 12}, at::kDouble);
    condition[0][0].narrow(0, 4, 3).narrow(1, 4, 2).fill_(0.8);
    generated[0][0].narrow(0, 1, 3).narrow(1, 8, 2).fill_(0.8);
    generated[1] = generated[0];
    generated[1][0][2][8] = 0;
    const auto scores = metrics::quality(generated, condition, metrics::ShiftRounding::Exact);
    QVERIFY(scores[0] < 1e-12);
    QVERIFY(scores[1] > 0.5);
}

void TestReproducibility::otsu_data()
{
    QTest::addColumn<QList<int>>("values");
    QTest::addColumn<int>("threshold");
    QTest::newRow("two values") << QList<int>{10, 10, 10, 200, 200} << 10;
    QTest::newRow("one value") << QList<int>{7, 7, 7} << 0;
    QTest::newRow("two groups") << QList<int>{1, 2, 3, 250, 251, 252, 253} << 3;
    QTest::newRow("uneven") << QList<int>{0, 0, 0, 0, 90, 100, 255} << 100;
}

void TestReproducibility::otsu()
{
    QFETCH(QList<int>, values);
    QFETCH(int, threshold);
    std::vector<std::uint8_t> bytes(values.begin(), values.end());
    const Tensor picture = at::tensor(bytes, at::kByte);

    // The definition, over every threshold.
    double best = 0;
    int expected = 0;
    for (int t = 0; t < 256; ++t) {
        double n = 0, sum = 0, upper_sum = 0;
        for (const int value : values) {
            n += value <= t;
            (value <= t ? sum : upper_sum) += value;
        }
        const double m = values.size() - n;
        const double between = n > 0 && m > 0 ? n * m * std::pow(sum / n - upper_sum / m, 2) : 0;
        if (between > best * (1 + 1e-12)) {
            best = between;
            expected = t;
        }
    }
    QCOMPARE(metrics::otsu_threshold(picture), expected);
    QCOMPARE(expected, threshold);
    std::vector<std::int64_t> chosen;
    const Tensor cleared =
        metrics::without_background((picture.to(at::kDouble) / 255 + 1e-9).unsqueeze(0), chosen);
    QVERIFY(same_bits(cleared[0], at::where(picture > expected, picture, at::zeros_like(picture))));
}

QTEST_APPLESS_MAIN(TestReproducibility)
#include "tst_reproducibility.moc"
