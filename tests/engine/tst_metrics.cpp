// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <cmath>
#include <limits>

#include "engine/core/error.h"
#include "engine/core/parallel.h"
#include "engine/diffusion/noise.h"
#include "engine/metrics/lpips.h"
#include "engine/metrics/niqe.h"
#include "engine/metrics/psnr.h"
#include "npy.h"
#include "tensor_compare.h"

using namespace lacuna;

namespace {

Tensor published(const std::string& name)
{
    return golden::read_npy(std::filesystem::path(LACUNA_TEST_DATA) / "metrics" / (name + ".npy"));
}

NiqeModel niqe_model()
{
    return {published("niqe_mu"), published("niqe_covariance"), published("niqe_window")};
}

/// A colourful texture with known scores.
Picture texture(int width, int height)
{
    return make_picture(width, height, 3, 8, [&](std::uint8_t* value) {
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x)
                for (int c = 0; c < 3; ++c) {
                    const double v = 0.5 + 0.2 * std::sin(.05 * x + .03 * y + c)
                                     + 0.15 * std::sin(.31 * x - .23 * y + 2 * c)
                                     + 0.1 * std::sin(1.1 * x + .7 * y * (1 + .1 * c))
                                     + 0.05 * std::sin(.013 * x * y);
                    *value++ = static_cast<std::uint8_t>(std::floor(255 * std::clamp(v, 0.0, 1.0) + .5));
                }
    });
}

Picture uniform_picture(int width, int height, std::uint8_t value)
{
    return make_picture(width, height, 3, 8,
                        [&](std::uint8_t* bytes) { std::fill_n(bytes, 3 * width * height, value); });
}

Tensor random_images(std::int64_t count, std::int64_t side, std::uint64_t seed = 5)
{
    CounterNoise noise(seed, {0});
    return noise.draw(at::empty({1, count * 3, side, side}), Purpose::Initial, 0)
        .reshape({count, 3, side, side})
        .mul(0.4)
        .clamp(-1, 1);
}

/// Weights of a trunk from a hash of convolution and element; no biases.
TrunkWeights synthetic_weights(Trunk trunk)
{
    TrunkWeights weights;
    std::uint32_t convolution = 0;
    for (const auto& [name, shape] : trunk_parameters(trunk)) {
        const Tensor values = at::zeros(shape, at::kFloat);
        weights[name] = values;
        if (shape.size() == 1)
            continue;
        const double scale = std::sqrt(6.0 / static_cast<double>(shape[1] * shape[2] * shape[3]));
        float* value = values.data_ptr<float>();
        for (std::int64_t i = 0; i < values.numel(); ++i) {
            std::uint32_t h = static_cast<std::uint32_t>(i) * 2654435761u + convolution * 40503u + 12345u;
            h ^= h >> 15;
            h *= 2246822519u;
            h ^= h >> 13;
            value[i] = static_cast<float>(scale * (2 * (h / 4294967296.0) - 1));
        }
        ++convolution;
    }
    return weights;
}

std::vector<Tensor> equal_heads(Trunk trunk)
{
    std::vector<Tensor> heads;
    for (const std::int64_t channels : trunk_channels(trunk))
        heads.push_back(at::full({channels}, 1.0f / static_cast<float>(channels)));
    return heads;
}

Lpips small_lpips()
{
    return {Trunk::SqueezeNet, synthetic_weights(Trunk::SqueezeNet), equal_heads(Trunk::SqueezeNet)};
}

/// The kind of the error that is thrown, or nothing.
template <typename Action> std::optional<ErrorKind> refusal(Action&& action)
{
    try {
        action();
    } catch (const Error& error) {
        return error.kind();
    }
    return std::nullopt;
}

constexpr double infinite = std::numeric_limits<double>::infinity();

} // namespace

class TestMetrics : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { set_parallel_threads(1); }
    void niqeHasTheKnownScores_data();
    void niqeHasTheKnownScores();
    void niqeStepsHaveTheKnownValues();
    void niqeBrightness_data();
    void niqeBrightness();
    void niqeRefuses_data();
    void niqeRefuses();
    void lpipsHasTheKnownParts();
    void lpipsTrunksAreThePublishedOnes_data();
    void lpipsTrunksAreThePublishedOnes();
    void lpipsIsADistance();
    void lpipsOfPairsIsThatOfEach();
    void lpipsRefuses_data();
    void lpipsRefuses();
    void diversityIsTheMeanOfPairs();
    void psnrOfAKnownDifference_data();
    void psnrOfAKnownDifference();
    void psnrIsThatOfEachImage();
    void psnrOfMeasurements();
};

void TestMetrics::niqeHasTheKnownScores_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::addColumn<double>("score");
    QTest::newRow("square") << 256 << 256 << 51.505273;
    QTest::newRow("whole blocks of it") << 192 << 192 << 51.505273;
    QTest::newRow("wide") << 480 << 384 << 23.083268;
}

void TestMetrics::niqeHasTheKnownScores()
{
    QFETCH(int, width);
    QFETCH(int, height);
    QFETCH(double, score);
    const double actual = niqe(texture(width, height), niqe_model());
    QVERIFY2(std::abs(actual - score) < 2e-3, qPrintable(QString::number(actual, 'g', 10)));
}

void TestMetrics::niqeStepsHaveTheKnownValues()
{
    const Tensor luma = niqe_luma(texture(192, 192), Luma::Yiq);
    QVERIFY(at::equal(luma[0].slice(0, 0, 6), at::tensor({175, 198, 195, 168, 144, 146}, at::kDouble)));
    const Tensor normalised = niqe_normalised(luma, published("niqe_window"));
    COMPARE_TENSORS(normalised[0].slice(0, 0, 4), at::tensor({-.8826, .7586, .7508, -.0219}, at::kDouble), 0,
                    1e-4);
    QVERIFY(std::abs(normalised.std().item<double>() - .676675) < 1e-5);
    COMPARE_TENSORS(niqe_halved(luma)[0].slice(0, 0, 4),
                    at::tensor({192.2591, 174.7867, 152.5256, 178.2586}, at::kDouble), 0, 1e-4);
    const Tensor first_block =
        at::tensor({10.0, 1.04589, 1.765, .198759, .182583, .515225, 1.51, .246163, .13225, .50727, 2.197,
                    -.080978, .466576, .317994, 1.469, .3006, .085819, .534881},
                   at::kDouble);
    const Tensor features = niqe_features(luma, published("niqe_window"));
    QCOMPARE(features.size(0), std::int64_t{4});
    COMPARE_TENSORS(features[0].slice(0, 0, 18), first_block, 0, 2e-5);
}

void TestMetrics::niqeBrightness_data()
{
    QTest::addColumn<int>("grey");
    QTest::addColumn<bool>("limited");
    QTest::addColumn<double>("brightness");
    QTest::newRow("black") << 0 << false << 0.0;
    QTest::newRow("white") << 255 << false << 255.0;
    QTest::newRow("grey") << 77 << false << 77.0;
    QTest::newRow("black, limited range") << 0 << true << 16.0;
    QTest::newRow("white, limited range") << 255 << true << 235.0;
    QTest::newRow("grey, limited range") << 100 << true << 102.0; // 16 + 219 / 2.55
}

void TestMetrics::niqeBrightness()
{
    QFETCH(int, grey);
    QFETCH(bool, limited);
    QFETCH(double, brightness);
    const Picture picture = uniform_picture(3, 2, static_cast<std::uint8_t>(grey));
    QVERIFY(at::equal(niqe_luma(picture, limited ? Luma::YCbCr : Luma::Yiq),
                      at::full({2, 3}, brightness, at::kDouble)));
}

void TestMetrics::niqeRefuses_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::addColumn<bool>("textured");
    QTest::newRow("smaller than a block") << 95 << 300 << true;
    QTest::newRow("one block") << 191 << 191 << true;
    QTest::newRow("a single colour") << 256 << 256 << false;
}

void TestMetrics::niqeRefuses()
{
    QFETCH(int, width);
    QFETCH(int, height);
    QFETCH(bool, textured);
    const Picture picture = textured ? texture(width, height) : uniform_picture(width, height, 0);
    QVERIFY(refusal([&] { niqe(picture, niqe_model()); }) == ErrorKind::Input);
    QVERIFY(!refusal([&] { niqe(texture(192, 96), niqe_model()); }));
}

void TestMetrics::lpipsHasTheKnownParts()
{
    std::vector<Tensor> heads;
    for (int i = 0; i < 5; ++i)
        heads.push_back(published("lpips_vgg_lin" + std::to_string(i)));
    const std::vector<double> sums{6.92599, 8.85833, 17.51501, 51.52132, 47.03485};
    for (std::size_t i = 0; i < 5; ++i)
        QVERIFY(std::abs(heads[i].to(at::kDouble).sum().item<double>() - sums[i]) < 1e-4);

    const Tensor c = at::arange(3, at::kDouble).reshape({1, 3, 1, 1}),
                 y = at::arange(64, at::kDouble).reshape({1, 1, 64, 1}), x = y.transpose(2, 3);
    const Tensor a = 0.9 * (0.3 * (c + 1) * x + 0.2 * y + 0.1 * c).sin();
    const Tensor b = 0.7 * a.roll(5, 3);
    const Lpips lpips(Trunk::Vgg16, synthetic_weights(Trunk::Vgg16), heads);
    COMPARE_TENSORS(lpips.parts(a, b),
                    at::tensor({.161441, .032391, .016558, .007291, .003638}, at::kDouble).unsqueeze(0), 0,
                    1e-6);
    COMPARE_TENSORS(lpips.distance(a, b), at::tensor({.221319}, at::kDouble), 0, 2e-6);
}

void TestMetrics::lpipsTrunksAreThePublishedOnes_data()
{
    QTest::addColumn<int>("trunk");
    QTest::addColumn<int>("parameters");
    QTest::addColumn<QString>("last");
    QTest::addColumn<int>("taps");
    QTest::newRow("VGG16") << static_cast<int>(Trunk::Vgg16) << 14714688 << "features.28.bias" << 5;
    QTest::newRow("AlexNet") << static_cast<int>(Trunk::AlexNet) << 2469696 << "features.10.bias" << 5;
    QTest::newRow("SqueezeNet") << static_cast<int>(Trunk::SqueezeNet) << 722496
                                << "features.12.expand3x3.bias" << 7;
}

void TestMetrics::lpipsTrunksAreThePublishedOnes()
{
    QFETCH(int, trunk);
    QFETCH(int, parameters);
    QFETCH(QString, last);
    QFETCH(int, taps);
    const Trunk kind = static_cast<Trunk>(trunk);
    TrunkWeights weights;
    int count = 0;
    for (const auto& [name, shape] : trunk_parameters(kind)) {
        weights[name] = at::zeros(shape);
        count += static_cast<int>(weights[name].numel());
    }
    QCOMPARE(count, parameters);
    QCOMPARE(QString::fromStdString(trunk_parameters(kind).back().name), last);
    // The features have the channels that were announced, down to the smallest picture.
    const std::vector<Tensor> features = trunk_taps(kind, weights, at::zeros({1, 3, 32, 32}));
    QCOMPARE(features.size(), static_cast<std::size_t>(taps));
    for (std::size_t i = 0; i < features.size(); ++i)
        QCOMPARE(features[i].size(1), trunk_channels(kind)[i]);
}

void TestMetrics::lpipsIsADistance()
{
    const Lpips lpips = small_lpips();
    const Tensor a = random_images(3, 40), b = random_images(3, 40, 6);
    QVERIFY(at::equal(lpips.parts(a, a), at::zeros({3, 7}, at::kDouble)));
    QVERIFY(same_bits(lpips.parts(a, b), lpips.parts(b, a)));
    QVERIFY((lpips.parts(a, b) > 0).all().item<bool>());
    // Closer pictures are closer.
    const Tensor near = lpips.distance(a, a + 0.05 * (b - a)), far = lpips.distance(a, b);
    QVERIFY((near < far).all().item<bool>());
    // Weights twice as large double a distance.
    std::vector<Tensor> heads = equal_heads(Trunk::SqueezeNet);
    for (Tensor& head : heads)
        head = 2 * head.reshape({1, -1, 1, 1});
    const Lpips twice(Trunk::SqueezeNet, synthetic_weights(Trunk::SqueezeNet), heads);
    COMPARE_TENSORS(twice.distance(a, b), 2 * far, 1e-5, 0);
}

void TestMetrics::lpipsOfPairsIsThatOfEach()
{
    const Lpips lpips = small_lpips();
    const Tensor images = random_images(5, 37);
    const Tensor all = lpips.pairwise(images);
    QVERIFY(at::equal(all, all.t()));
    QVERIFY(at::equal(all.diagonal(), at::zeros({5}, at::kDouble)));
    for (std::int64_t i = 0; i < 5; ++i)
        for (std::int64_t j = 0; j < i; ++j)
            COMPARE_TENSORS(lpips.distance(images.narrow(0, i, 1), images.narrow(0, j, 1)),
                            all[i].narrow(0, j, 1), 1e-6, 0);
    set_parallel_threads(3);
    QVERIFY(same_bits(lpips.pairwise(images), all));
    QVERIFY(same_bits(lpips.pairwise(images.narrow(0, 1, 3)), all.slice(0, 1, 4).slice(1, 1, 4)));
    QVERIFY(std::abs(lpips_diversity(lpips, images) - all.sum().item<double>() / 20) < 1e-12);
}

void TestMetrics::lpipsRefuses_data()
{
    QTest::addColumn<QString>("spoil");
    for (const char* what : {"a missing weight", "a weight of another shape", "a missing head",
                             "a head of another size", "a negative head", "a small picture"})
        QTest::newRow(what) << QString(what);
}

void TestMetrics::lpipsRefuses()
{
    QFETCH(QString, spoil);
    TrunkWeights weights = synthetic_weights(Trunk::SqueezeNet);
    std::vector<Tensor> heads = equal_heads(Trunk::SqueezeNet);
    Tensor images = random_images(1, 32);
    const auto compare = [&] { Lpips(Trunk::SqueezeNet, weights, heads).distance(images, images); };
    QVERIFY(!refusal(compare));
    if (spoil == "a missing weight")
        weights.erase("features.6.squeeze.weight");
    if (spoil == "a weight of another shape")
        weights["features.0.weight"] = at::zeros({64, 3, 5, 5});
    if (spoil == "a missing head")
        heads.pop_back();
    if (spoil == "a head of another size")
        heads[2] = at::ones({5});
    if (spoil == "a negative head")
        heads[2][1] = -0.1;
    if (spoil == "a small picture")
        images = random_images(1, 31);
    QVERIFY(refusal(compare) == ErrorKind::Input);
}

void TestMetrics::diversityIsTheMeanOfPairs()
{
    QCOMPARE(mean_of_pairs(at::tensor({0., 1., 2., 1., 0., 6., 2., 6., 0.}).reshape({3, 3})), 3.0);
    QCOMPARE(mean_of_pairs(at::zeros({1, 1})), 0.0);
    QCOMPARE(mean_of_pairs(at::zeros({0, 0})), 0.0);
}

void TestMetrics::psnrOfAKnownDifference_data()
{
    QTest::addColumn<double>("image");
    QTest::addColumn<double>("truth");
    QTest::addColumn<double>("decibels");
    QTest::addColumn<double>("rounded");
    QTest::newRow("equal") << 0.3 << 0.3 << infinite << infinite;
    QTest::newRow("a fifth of the range")
        << 0.2 << 0.6 << 20 * std::log10(5) << 20 * std::log10(5); // 153 and 204
    QTest::newRow("the whole range") << -1.0 << 1.0 << 0.0 << 0.0;
    QTest::newRow("beyond the range") << 1.5 << 1.0 << infinite << infinite;
    QTest::newRow("below a grey level") << 0.2 / 255 << 0.4 / 255 << 20 * std::log10(255 * 10.0) << infinite;
}

void TestMetrics::psnrOfAKnownDifference()
{
    QFETCH(double, image);
    QFETCH(double, truth);
    QFETCH(double, decibels);
    QFETCH(double, rounded);
    const Tensor a = at::full({1, 3, 4, 5}, image, at::kDouble),
                 b = at::full({1, 3, 4, 5}, truth, at::kDouble);
    const auto near = [](double x, double y) { return x == y || std::abs(x - y) < 1e-9; };
    QVERIFY(near(psnr(a, b).at(0), decibels));
    QVERIFY(near(psnr(b, a).at(0), decibels));
    QVERIFY2(near(psnr_8bit(a, b).at(0), rounded), qPrintable(QString::number(psnr_8bit(a, b).at(0))));
}

void TestMetrics::psnrIsThatOfEachImage()
{
    const Tensor images = random_images(3, 8), truth = random_images(1, 8, 7);
    const std::vector<double> all = psnr(images, truth);
    QCOMPARE(all.size(), std::size_t{3});
    for (std::int64_t n = 0; n < 3; ++n)
        QCOMPARE(psnr(images.narrow(0, n, 1), truth).at(0), all[static_cast<std::size_t>(n)]);
}

void TestMetrics::psnrOfMeasurements()
{
    // The mean of two neighbouring columns, as a picture of half the width.
    const LinearMap A = [](const Tensor& x) { return at::avg_pool2d(x, {1, 2}); };
    const LinearMap A_pinv = [](const Tensor& y) { return y.repeat_interleave(2, 3); };
    const Tensor truth = random_images(1, 8).to(at::kDouble) / 2;
    const Tensor y = A(truth);
    const Tensor invisible = 0.1 * at::tensor({1., -1.}, at::kDouble).repeat({4}).reshape({1, 1, 1, 8});
    const Tensor images = at::cat({truth, truth + invisible, truth + 0.2});

    const std::vector<double> consistency = low_resolution_psnr(images, y, A, A_pinv),
                              measured = measurement_psnr(images, y, A);
    for (const std::vector<double>& decibels : {consistency, measured}) {
        QVERIFY(decibels.at(0) == infinite);
        QVERIFY(decibels.at(1) > 200); // only rounding
        QVERIFY(std::abs(decibels.at(2) - 20) < 1e-9);
    }
    QVERIFY(std::abs(psnr(images, truth).at(1) - 20 * std::log10(20)) < 1e-9);
}

QTEST_APPLESS_MAIN(TestMetrics)
#include "tst_metrics.moc"
