// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <cmath>

#include "engine/closed_form/finite_set.h"
#include "engine/closed_form/gaussian_mixture.h"
#include "engine/core/error.h"
#include "engine/diffusion/noise.h"
#include "exact_models.h"
#include "tensor_compare.h"

using namespace lacuna;

namespace {

Tensor normals(std::vector<std::int64_t> shape, std::uint64_t seed)
{
    shape.insert(shape.begin(), 1);
    CounterNoise noise(seed, {0});
    return noise.draw(at::empty(shape, at::kDouble), Purpose::Initial, 0)[0];
}

Tensor numbers(const std::vector<double>& values)
{
    return at::tensor(values, at::kDouble);
}

/// Three components in two dimensions, as diagonal and as full covariances.
struct Mixtures {
    Tensor weights = numbers({0.5, 0.3, 0.2});
    Tensor means = numbers({0, 0, 1, -1, -2, 0.5}).reshape({3, 2});
    Tensor variances = numbers({0.1, 0.2, 0.05, 0.3, 0.4, 0.01}).reshape({3, 2});
    DiagonalMixture diagonal{weights, means, variances};
    FullMixture full{weights, means, at::diag_embed(variances)};
};

} // namespace

class TestClosedForm : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void onePointIsTheAnswer();
    void lowNoiseFindsTheNearestPoint_data();
    void lowNoiseFindsTheNearestPoint();
    void lowNoiseWeighsFloatStatesExactly();
    void highNoiseIsTheMean();
    void isTheGradientOfTheEvidence_data();
    void isTheGradientOfTheEvidence();
    void rowsAreIndependent_data();
    void rowsAreIndependent();
    void blocksAddUp();
    void exactConditionKeepsKnownPixels();
    void exactConditionThatNothingMeets();
    void noisyConditionWeighsPoints();
    void oneGaussianIsTheWienerFilter();
    void diagonalAndFullAgree_data();
    void diagonalAndFullAgree();
    void conditionWithoutNoiseFixesTheCoordinate();
};

void TestClosedForm::onePointIsTheAnswer()
{
    const Tensor y = normals({1, 3, 4, 4}, 1);
    FiniteSet set(y);
    for (const double sigma : {1e-4, 1.0, 1e4})
        COMPARE_TENSORS(set.x0(normals({2, 3, 4, 4}, 2) * sigma, sigma), y.expand({2, 3, 4, 4}), 0, 1e-14);
}

void TestClosedForm::lowNoiseFindsTheNearestPoint_data()
{
    QTest::addColumn<int>("dtype");
    QTest::newRow("float32") << static_cast<int>(at::kFloat);
    QTest::newRow("float64") << static_cast<int>(at::kDouble);
}

void TestClosedForm::lowNoiseFindsTheNearestPoint()
{
    QFETCH(int, dtype);
    const auto type = static_cast<at::ScalarType>(dtype);
    // Points that differ by 1e-3 in one pixel of 3000: the expanded square loses them in float32.
    const Tensor base = normals({3000}, 3);
    const Tensor near = base.clone();
    near[17] += 1e-3;
    const Tensor points = at::stack({base, near}).to(type);
    FiniteSet set(points);
    COMPARE_TENSORS(set.x0(points, 1e-4), points, 0, 0);
    QVERIFY(set.x0(points, 1e-4).scalar_type() == type);
}

void TestClosedForm::lowNoiseWeighsFloatStatesExactly()
{
    // Squares 1 and (1 - 1e-6)^2: float32 differences would be off by several per cent of what decides here.
    const Tensor points = at::tensor({0.f, 1e-6f}).reshape({2, 1});
    FiniteSet set(points);
    const double sigma = 1e-3, odds = std::exp((2e-6 - 1e-12) / (2 * sigma * sigma));
    const Tensor r = set.responsibilities(at::ones({1}, at::kFloat), sigma);
    COMPARE_TENSORS(r, numbers({1 / (1 + odds), odds / (1 + odds)}), 0, 1e-6);
}

void TestClosedForm::highNoiseIsTheMean()
{
    const Tensor points = normals({20, 6}, 4);
    FiniteSet set(points);
    const Tensor x = normals({3, 6}, 5) * 1e6;
    COMPARE_TENSORS(set.x0(x, 1e6), points.mean(0, true).expand({3, 6}), 0, 1e-4);
}

void TestClosedForm::isTheGradientOfTheEvidence_data()
{
    QTest::addColumn<double>("sigma");
    for (const double sigma : {0.3, 1.0, 5.0})
        QTest::addRow("sigma %g", sigma) << sigma;
}

void TestClosedForm::isTheGradientOfTheEvidence()
{
    // Tweedie: D = x + sigma^2 grad log p(x; sigma), here by central differences.
    QFETCH(double, sigma);
    const Tensor points = normals({9, 3}, 6), prior = normals({9}, 7);
    FiniteSet set(points, prior);
    const auto log_evidence = [&](const Tensor& x) {
        return at::logsumexp(prior - (points - x).square().sum(1) / (2 * sigma * sigma), {0}).item<double>();
    };
    const Tensor x = normals({3}, 8);
    const Tensor gradient = at::zeros({3}, at::kDouble);
    const double h = 1e-5;
    for (int i = 0; i < 3; ++i) {
        const Tensor shift = at::zeros({3}, at::kDouble);
        shift[i] = h;
        gradient[i] = (log_evidence(x + shift) - log_evidence(x - shift)) / (2 * h);
    }
    COMPARE_TENSORS(set.x0(x.unsqueeze(0), sigma)[0], x + sigma * sigma * gradient, 0, 1e-6);
}

void TestClosedForm::rowsAreIndependent_data()
{
    QTest::addColumn<int>("dtype");
    QTest::newRow("float32") << static_cast<int>(at::kFloat);
    QTest::newRow("float64") << static_cast<int>(at::kDouble);
}

void TestClosedForm::rowsAreIndependent()
{
    QFETCH(int, dtype);
    const auto type = static_cast<at::ScalarType>(dtype);
    FiniteSet set(normals({37, 19}, 1).to(type));
    DiagonalMixture diagonal(normals({5}, 2).exp(), normals({5, 19}, 3), normals({5, 19}, 4).square());
    FullMixture full(normals({5}, 2).exp(), normals({5, 19}, 3),
                     at::diag_embed(normals({5, 19}, 4).square()));
    const Tensor x = normals({11, 19}, 5).to(type);
    for (Denoiser* denoiser : std::initializer_list<Denoiser*>{&set, &diagonal, &full})
        for (const double sigma : {0.05, 1.0}) {
            const Tensor batch = denoiser->x0(x, sigma);
            QVERIFY(batch.scalar_type() == type && batch.sizes() == x.sizes());
            for (std::int64_t row = 0; row < x.size(0); ++row)
                QVERIFY(same_bits(denoiser->x0(x.narrow(0, row, 1), sigma), batch.narrow(0, row, 1)));
        }
}

void TestClosedForm::blocksAddUp()
{
    // 90 points of 60,000 elements are more than one block of differences.
    const Tensor points = normals({90, 60000}, 1).to(at::kFloat);
    FiniteSet set(points);
    const Tensor x = (points[3] * 0.5 + points[88] * 0.5).unsqueeze(0);
    COMPARE_TENSORS(set.x0(x, 1.0), x, 0, 2e-3);
    const Tensor r = set.responsibilities(x[0], 1.0);
    QVERIFY(r.numel() == 90);
    QVERIFY(std::abs(r.sum().item<double>() - 1) < 1e-12);
}

void TestClosedForm::exactConditionKeepsKnownPixels()
{
    Tensor points = normals({12, 1, 4, 4}, 1);
    const Tensor keep = at::zeros({1, 4, 4}, at::kDouble);
    keep.narrow(1, 0, 2).fill_(1);
    for (const int row : {3, 7, 8})
        points[row].narrow(1, 0, 2).fill_(0.25);
    Tensor known = points[3].clone();
    known.narrow(1, 2, 2).fill_(std::nan("")); // what is not known may be anything
    FiniteSet set = FiniteSet::matching(points, known, keep);
    QCOMPARE(set.rows(), (std::vector<std::int64_t>{3, 7, 8}));
    const Tensor x0 = set.x0(normals({2, 1, 4, 4}, 2), 1.0);
    COMPARE_TENSORS(x0.narrow(2, 0, 2), at::full({2, 1, 2, 4}, 0.25, at::kDouble), 0, 1e-15);
}

void TestClosedForm::exactConditionThatNothingMeets()
{
    const Tensor points = normals({5, 4}, 1);
    try {
        FiniteSet::matching(points, points[0] + 1, at::ones({4}, at::kDouble), 1e-3);
    } catch (const Error& error) {
        QCOMPARE(error.kind(), ErrorKind::Input);
        return;
    }
    QFAIL("a set without a matching point was made");
}

void TestClosedForm::noisyConditionWeighsPoints()
{
    const Tensor points = numbers({0, 0, 1, 0}).reshape({2, 2});
    FiniteSet set = FiniteSet::weighted(points, numbers({0.25, 100}), numbers({1, 0}), 0.5);
    // The state says nothing between the two; only the first pixel is measured.
    const double a = std::exp(-0.0625 / 0.5), b = std::exp(-0.5625 / 0.5);
    COMPARE_TENSORS(set.responsibilities(numbers({0.5, 3}), 1), numbers({a / (a + b), b / (a + b)}), 0,
                    1e-12);
}

void TestClosedForm::oneGaussianIsTheWienerFilter()
{
    DiagonalMixture one(numbers({2}), at::full({1, 5}, 0.2, at::kDouble), numbers({0.09}));
    FullMixture full(numbers({2}), at::full({1, 5}, 0.2, at::kDouble),
                     0.09 * at::eye(5, at::kDouble).unsqueeze(0));
    GaussianDenoiser exact(0.2, 0.3);
    const Tensor x = normals({4, 5}, 9);
    for (const double sigma : {1e-3, 0.5, 1e3}) {
        COMPARE_TENSORS(one.x0(x * sigma, sigma), exact.x0(x * sigma, sigma), 0, 1e-12);
        COMPARE_TENSORS(full.x0(x * sigma, sigma), exact.x0(x * sigma, sigma), 0, 1e-12);
    }
}

void TestClosedForm::diagonalAndFullAgree_data()
{
    QTest::addColumn<bool>("conditioned");
    QTest::addColumn<double>("sigma_y");
    QTest::newRow("free") << false << 0.0;
    QTest::newRow("measured") << true << 0.2;
    QTest::newRow("measured without noise") << true << 0.0;
}

void TestClosedForm::diagonalAndFullAgree()
{
    QFETCH(bool, conditioned);
    QFETCH(double, sigma_y);
    Mixtures mixtures;
    const Tensor y = numbers({0.4, std::nan("")}), keep = numbers({1, 0});
    DiagonalMixture diagonal = conditioned ? mixtures.diagonal.given(y, keep, sigma_y) : mixtures.diagonal;
    FullMixture full = conditioned ? mixtures.full.given(y, keep, sigma_y) : mixtures.full;
    const Tensor x = normals({20, 2}, 3);
    for (const double sigma : {0.05, 0.5, 20.0})
        COMPARE_TENSORS(diagonal.x0(x * (1 + sigma), sigma), full.x0(x * (1 + sigma), sigma), 0, 1e-9);
}

void TestClosedForm::conditionWithoutNoiseFixesTheCoordinate()
{
    Mixtures mixtures;
    DiagonalMixture posterior = mixtures.diagonal.given(numbers({0.4, 0}), numbers({1, 0}), 0);
    const Tensor x0 = posterior.x0(normals({20, 2}, 3), 0.7);
    COMPARE_TENSORS(x0.select(1, 0), at::full({20}, 0.4, at::kDouble), 0, 1e-12);
}

QTEST_APPLESS_MAIN(TestClosedForm)
#include "tst_closed_form.moc"
