// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <cmath>
#include <limits>

#include "engine/closed_form/finite_set.h"
#include "engine/closed_form/gaussian_mixture.h"
#include "engine/diffusion/correction.h"
#include "engine/diffusion/guided_heun.h"
#include "exact_models.h"
#include "tensor_compare.h"

#include <ATen/Parallel.h>

using namespace lacuna;

Q_DECLARE_METATYPE(Kernel)
Q_DECLARE_METATYPE(Bandwidth)

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// n different particles of 2 x 3 values in (0, 1), no two values of a pixel equal.
Tensor particles(int n)
{
    std::vector<int> members;
    for (int i = 0; i < n; ++i)
        members.push_back(i);
    return CounterNoise(11, members).draw(at::empty({n, 2, 3}, at::kDouble), Purpose::Initial, 0).sigmoid();
}

double distance(Kernel kernel, const Tensor& a, const Tensor& b)
{
    if (kernel == Kernel::Iou)
        return 1 - at::minimum(a, b).sum().item<double>() / at::maximum(a, b).sum().item<double>();
    return (a - b).norm().item<double>();
}

/// S = sum_{i<j} k(x_i, x_j) from the definition, h from the definition or as given.
double plain_sum(const Tensor& x, Kernel kernel, double h)
{
    std::vector<double> d;
    for (std::int64_t i = 0; i < x.size(0); ++i)
        for (std::int64_t j = i + 1; j < x.size(0); ++j)
            d.push_back(distance(kernel, x[i], x[j]));
    if (h <= 0) {
        std::vector<double> sorted = d;
        std::sort(sorted.begin(), sorted.end());
        const double median = sorted[(sorted.size() - 1) / 2];
        h = median * median / std::log(double(x.size(0)));
    }
    double sum = 0;
    for (const double value : d)
        sum += std::exp(-(kernel == Kernel::Rbf ? value * value : value) / h);
    return sum;
}

/// Central differences of S.
Tensor numeric_gradient(const Tensor& x, Kernel kernel, double h)
{
    const Tensor flat = x.reshape({-1}), gradient = at::zeros_like(flat);
    const double step = 1e-6;
    for (std::int64_t k = 0; k < flat.numel(); ++k) {
        const Tensor more = flat.clone(), less = flat.clone();
        more[k] += step;
        less[k] -= step;
        gradient[k] =
            (plain_sum(more.reshape(x.sizes()), kernel, h) - plain_sum(less.reshape(x.sizes()), kernel, h))
            / (2 * step);
    }
    return gradient.reshape(x.sizes());
}

ParticleGuidance unlimited(double strength, Kernel kernel = Kernel::Rbf)
{
    ParticleGuidance guidance;
    guidance.strength = strength;
    guidance.kernel.kernel = kernel;
    guidance.from_sigma = 0;
    guidance.cap = infinity;
    return guidance;
}

double mean_distance(const Tensor& x)
{
    double sum = 0;
    for (std::int64_t i = 0; i < x.size(0); ++i)
        for (std::int64_t j = 0; j < i; ++j)
            sum += (x[i] - x[j]).norm().item<double>();
    return sum / double(x.size(0) * (x.size(0) - 1) / 2);
}

} // namespace

class TestParticle : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void gradientIsTheSlopeOfTheSum_data();
    void gradientIsTheSlopeOfTheSum();
    void perParticleBandwidth();
    void nothingToDo_data();
    void nothingToDo();
    void onlyTheRegionCounts_data();
    void onlyTheRegionCounts();
    void tiesOfTheOverlap();
    void anglesWrap();
    void plusRepelsAndMinusAttracts_data();
    void plusRepelsAndMinusAttracts();
    void theCapHolds();
    void actsFromItsLevelOn();
    void notFiniteLeavesThePlainStep();
    void decayEndsInNothing();
    void theSpaceIsWhatTheKernelSees();
    void stepIsAlgorithmTwo();
    void finishedOnesPushAndStay();
    void threadsDoNotMatter();
    void knownPixelsStayAndMembersSpread();
    void aLoneMemberRunsAsWithoutGuidance();
};

void TestParticle::gradientIsTheSlopeOfTheSum_data()
{
    QTest::addColumn<Kernel>("kernel");
    QTest::addColumn<Bandwidth>("bandwidth");
    QTest::addColumn<int>("n");
    const std::pair<const char*, Kernel> kernels[] = {
        {"RBF", Kernel::Rbf}, {"Euclidean", Kernel::Euclidean}, {"IoU", Kernel::Iou}};
    for (const auto& [name, kernel] : kernels)
        for (const int n : {2, 3, 5}) {
            QTest::addRow("%s, fixed, %d", name, n) << kernel << Bandwidth::Fixed << n;
            QTest::addRow("%s, median, %d", name, n) << kernel << Bandwidth::Median << n;
            QTest::addRow("%s, through the median, %d", name, n) << kernel << Bandwidth::ThroughMedian << n;
        }
}

void TestParticle::gradientIsTheSlopeOfTheSum()
{
    QFETCH(Kernel, kernel);
    QFETCH(Bandwidth, bandwidth);
    QFETCH(int, n);
    const Tensor x = particles(n);
    const KernelOptions options{.kernel = kernel, .bandwidth = bandwidth, .fixed = 0.4};
    const KernelSum sum = kernel_sum(x, options);
    // A detached bandwidth is a constant of the sum; otherwise it is computed anew for every point.
    const double h = bandwidth == Bandwidth::ThroughMedian ? 0 : sum.bandwidth.front();
    COMPARE_TENSORS(sum.gradient, numeric_gradient(x, kernel, h), 1e-6, 1e-8);
    QCOMPARE(sum.distances[1][0].item<double>(), sum.distances[0][1].item<double>());
    QVERIFY(std::abs(sum.distances[0][1].item<double>() - distance(kernel, x[0], x[1])) < 1e-14);
}

void TestParticle::perParticleBandwidth()
{
    const Tensor x = particles(4);
    const KernelSum sum = kernel_sum(x, {.bandwidth = Bandwidth::PerParticle});
    for (std::int64_t i = 0; i < 4; ++i) {
        std::vector<double> d;
        for (std::int64_t j = 0; j < 4; ++j)
            if (j != i)
                d.push_back(distance(Kernel::Rbf, x[i], x[j]));
        std::sort(d.begin(), d.end());
        const double h = d[1] * d[1] / std::log(3.0);
        Tensor expected = at::zeros_like(x[i]);
        for (std::int64_t j = 0; j < 4; ++j) {
            const Tensor gap = x[i] - x[j];
            expected = expected - 2 / h * gap * at::exp(-gap.square().sum() / h);
        }
        COMPARE_TENSORS(sum.gradient[i], expected, 1e-12, 1e-14);
        QVERIFY(std::abs(sum.bandwidth[std::size_t(i)] - h) < 1e-14);
    }
}

void TestParticle::nothingToDo_data()
{
    QTest::addColumn<Kernel>("kernel");
    QTest::addColumn<Bandwidth>("bandwidth");
    QTest::addColumn<int>("n");
    QTest::addColumn<bool>("identical");
    for (const Kernel kernel : {Kernel::Rbf, Kernel::Euclidean, Kernel::Iou})
        for (const Bandwidth bandwidth :
             {Bandwidth::Fixed, Bandwidth::Median, Bandwidth::ThroughMedian, Bandwidth::PerParticle}) {
            const int k = int(kernel), b = int(bandwidth);
            QTest::addRow("one, %d %d", k, b) << kernel << bandwidth << 1 << false;
            QTest::addRow("identical pair, %d %d", k, b) << kernel << bandwidth << 2 << true;
            QTest::addRow("four identical, %d %d", k, b) << kernel << bandwidth << 4 << true;
        }
    QTest::addRow("two with a bandwidth each") << Kernel::Rbf << Bandwidth::PerParticle << 2 << false;
}

void TestParticle::nothingToDo()
{
    QFETCH(Kernel, kernel);
    QFETCH(Bandwidth, bandwidth);
    QFETCH(int, n);
    QFETCH(bool, identical);
    const Tensor x = identical ? particles(1).expand({n, 2, 3}).contiguous() : particles(n);
    const KernelSum sum = kernel_sum(x, {.kernel = kernel, .bandwidth = bandwidth});
    QVERIFY(same_bits(sum.gradient, at::zeros_like(x)));
}

void TestParticle::onlyTheRegionCounts_data()
{
    QTest::addColumn<Kernel>("kernel");
    QTest::newRow("RBF") << Kernel::Rbf;
    QTest::newRow("Euclidean") << Kernel::Euclidean;
    QTest::newRow("IoU") << Kernel::Iou;
}

void TestParticle::onlyTheRegionCounts()
{
    QFETCH(Kernel, kernel);
    const Tensor x = particles(3), region = at::zeros({1, 1, 3}, at::kDouble);
    region.narrow(2, 1, 2).fill_(1);
    const KernelSum sum = kernel_sum(x, {.kernel = kernel}, region);
    const KernelSum inner = kernel_sum(x.narrow(2, 1, 2), {.kernel = kernel});
    COMPARE_TENSORS(sum.gradient.narrow(2, 1, 2), inner.gradient, 1e-12, 1e-14);
    COMPARE_TENSORS(sum.gradient.narrow(2, 0, 1), at::zeros({3, 2, 1}, at::kDouble), 0, 0);
}

void TestParticle::tiesOfTheOverlap()
{
    const Tensor x = at::tensor({0.5, 0.2, 0.5, 0.6}, at::kDouble).reshape({2, 2});
    KernelOptions options{.kernel = Kernel::Iou, .bandwidth = Bandwidth::Fixed, .fixed = 0.7};
    const double I = 0.7, U = 1.1, k = std::exp(-(1 - I / U) / 0.7) / 0.7;
    const Tensor none = kernel_sum(x, options).gradient;
    options.tie = Tie::Half;
    const Tensor half = kernel_sum(x, options).gradient;
    COMPARE_TENSORS(none, k * at::tensor({0.0, 1 / U, 0.0, -I / (U * U)}, at::kDouble).reshape({2, 2}), 1e-12,
                    0);
    COMPARE_TENSORS(half - none,
                    k * at::tensor({1.0, 0.0, 1.0, 0.0}, at::kDouble).reshape({2, 2}) * (U - I) / (2 * U * U),
                    0, 1e-14);
    // Rounding does not make a difference of a tie.
    const Tensor rounded = x.clone();
    rounded[0][0] += 3e-16;
    options.tie = Tie::Zero;
    QCOMPARE(kernel_sum(rounded, options).gradient[0][0].item<double>(), 0.0);
}

void TestParticle::anglesWrap()
{
    // 3 and -3 are 0.28 apart across pi; far more the other way round.
    const double gap = 2 * std::acos(-1.0) - 6, h = 0.5;
    const Tensor g = angular_gradient(at::tensor({3.0, -3.0}, at::kDouble), h);
    const double expected = 2 / h * gap * std::exp(-gap * gap / h);
    COMPARE_TENSORS(g, at::tensor({expected, -expected}, at::kDouble), 1e-12, 0);
}

void TestParticle::plusRepelsAndMinusAttracts_data()
{
    onlyTheRegionCounts_data();
}

void TestParticle::plusRepelsAndMinusAttracts()
{
    // One step with a plain slope of zero shows the push alone; the level falls, as it does in a run.
    QFETCH(Kernel, kernel);
    const Tensor x = particles(4), zero = at::zeros_like(x);
    ParticleGuidance guidance = unlimited(0.01, kernel);
    const double before = mean_distance(x), dt = -0.1;
    const Tensor plus = x + dt * guidance.guide(zero, x, x, 1, 0);
    guidance.quirks.literal_sign = true;
    const Tensor minus = x + dt * guidance.guide(zero, x, x, 1, 0);
    QVERIFY(mean_distance(plus) > before);
    QVERIFY(mean_distance(minus) < before);
}

void TestParticle::theCapHolds()
{
    const Tensor x = particles(4), d = 0.01 * particles(4);
    ParticleGuidance guidance = unlimited(1e3);
    QVERIFY((guidance.guide(d, x, x, 2, 0) - d).norm().item<double>() > 1);
    guidance.cap = 0.5;
    const Tensor push = guidance.guide(d, x, x, 2, 0) - d;
    for (int row = 0; row < 4; ++row)
        QVERIFY(std::abs(push[row].norm().item<double>() - 0.5 * d[row].norm().item<double>()) < 1e-12);
    // A weak push is left alone.
    guidance.strength = 1e-4;
    const Tensor weak = guidance.guide(d, x, x, 2, 0);
    guidance.cap = infinity;
    QVERIFY(same_bits(weak, guidance.guide(d, x, x, 2, 0)));
}

void TestParticle::actsFromItsLevelOn()
{
    const Tensor x = particles(3), d = at::ones_like(x);
    ParticleGuidance guidance = unlimited(1);
    guidance.from_sigma = 1;
    QVERIFY(same_bits(guidance.guide(d, x, x, 0.99, 0), d));
    QVERIFY(!at::allclose(guidance.guide(d, x, x, 1, 0), d));
}

void TestParticle::notFiniteLeavesThePlainStep()
{
    const Tensor x = particles(3), d = at::ones_like(x);
    x[1][0][0] = std::numeric_limits<double>::quiet_NaN();
    QVERIFY(same_bits(unlimited(1).guide(d, x, x, 2, 0), d));
    // Two empty pictures have no union.
    const Tensor empty = at::zeros({2, 2, 3}, at::kDouble), ones = at::ones_like(empty);
    QVERIFY(same_bits(unlimited(1, Kernel::Iou).guide(ones, empty, empty, 2, 0), ones));
}

void TestParticle::decayEndsInNothing()
{
    const Tensor x = particles(3), d = at::zeros_like(x);
    ParticleGuidance guidance = unlimited(1);
    const Tensor whole = guidance.guide(d, x, x, 2, 0);
    guidance.decay = {.weight = true, .steps = 8};
    QVERIFY(same_bits(guidance.guide(d, x, x, 2, 0), whole));
    COMPARE_TENSORS(guidance.guide(d, x, x, 2, 4), 0.5 * whole, 1e-12, 0);
    COMPARE_TENSORS(guidance.guide(d, x, x, 2, 8), d, 0, 1e-15);
    // The exponent divides the bandwidth.
    guidance.decay = {.exponent = true, .steps = 8};
    guidance.kernel = {.bandwidth = Bandwidth::Fixed, .fixed = 0.3};
    const Tensor halved = guidance.guide(d, x, x, 2, 4);
    guidance.decay = {};
    guidance.kernel.fixed = 0.6;
    COMPARE_TENSORS(halved, guidance.guide(d, x, x, 2, 4), 1e-12, 0);
}

void TestParticle::theSpaceIsWhatTheKernelSees()
{
    const Tensor x = particles(3), x0 = 2 * x - 1, d = at::zeros_like(x);
    ParticleGuidance guidance = unlimited(0.5);
    const auto expected = [](const Tensor& points, double t) {
        return 0.5 * t * kernel_sum(points, {}).gradient;
    };
    COMPARE_TENSORS(guidance.guide(d, x, x0, 2, 0), expected(x, 2), 1e-12, 0);
    guidance.space = KernelSpace::VariancePreserving;
    COMPARE_TENSORS(guidance.guide(d, x, x0, 2, 0), expected(x / std::sqrt(5.0), 2), 1e-12, 0);
    guidance.point = KernelPoint::Denoised;
    guidance.space = KernelSpace::UnitRange;
    COMPARE_TENSORS(guidance.guide(d, x, x0, 2, 0), expected((x0 + 1) / 2, 2), 1e-12, 1e-15);
}

void TestParticle::stepIsAlgorithmTwo()
{
    GaussianDenoiser denoiser(0.2, 0.3);
    CounterNoise noise(1, {0, 1, 2});
    Churn churn;
    churn.amount = 0.9;
    churn.steps = 9;
    const Tensor x = 3 * particles(3);
    const double t = 3, to = 2, t_hat = 3 * 1.1;
    const Tensor x_hat = x + std::sqrt(t_hat * t_hat - t * t) * noise.draw(x, Purpose::Churn, 0);
    const Tensor d = (x_hat - denoiser.x0(x_hat, t_hat)) / t_hat + 0.7 * t * kernel_sum(x_hat, {}).gradient;
    const Tensor euler = x_hat + (to - t_hat) * d;
    const auto corrected = [&](const Tensor& at_point) {
        return x_hat + (to - t_hat) * 0.5 * (d + (euler - denoiser.x0(at_point, to)) / to);
    };
    ParticleGuidance guidance = unlimited(0.7);
    const Transition step{t, to, 0, false};
    COMPARE_TENSORS(GuidedHeun(guidance, churn).step(x, step, denoiser, noise).x, corrected(euler), 0, 1e-12);
    COMPARE_TENSORS(GuidedHeun(guidance, churn, false).step(x, step, denoiser, noise).x, euler, 0, 1e-12);
    guidance.quirks.corrector_at_x_hat = true;
    COMPARE_TENSORS(GuidedHeun(guidance, churn).step(x, step, denoiser, noise).x, corrected(x_hat), 0, 1e-12);
    guidance.quirks.start_scale = 0.1;
    COMPARE_TENSORS(GuidedHeun(guidance).initial(x, 80), 8 * x, 1e-14, 0);
}

void TestParticle::finishedOnesPushAndStay()
{
    const Tensor x = particles(3), d = at::zeros({1, 2, 3}, at::kDouble);
    const Tensor pushed =
        unlimited(1).guide(d, x.narrow(0, 0, 1), x.narrow(0, 0, 1), 1, 0, x.narrow(0, 1, 2));
    COMPARE_TENSORS(pushed, kernel_sum(x, {}).gradient.narrow(0, 0, 1), 1e-12, 0);
    GuidedHeun sampler(unlimited(1)), alone(unlimited(1));
    sampler.set_finished(x.narrow(0, 1, 2));
    GaussianDenoiser denoiser(0.2, 0.3);
    CounterNoise noise(1, {0});
    const Transition step{3, 2, 0, false};
    QVERIFY(!at::allclose(sampler.step(x.narrow(0, 0, 1), step, denoiser, noise).x,
                          alone.step(x.narrow(0, 0, 1), step, denoiser, noise).x));
}

void TestParticle::threadsDoNotMatter()
{
    const Tensor x =
        CounterNoise(3, {0, 1, 2}).draw(at::empty({3, 3, 150, 150}, at::kFloat), Purpose::Initial, 0);
    const int threads = at::get_num_threads();
    std::vector<Tensor> results;
    for (const int count : {1, 2, 5}) {
        at::set_num_threads(count);
        for (const Kernel kernel : {Kernel::Rbf, Kernel::Euclidean})
            results.push_back(kernel_sum(x, {.kernel = kernel}).gradient);
        results.push_back(kernel_sum(x.sigmoid(), {.kernel = Kernel::Iou}).gradient);
    }
    at::set_num_threads(threads);
    for (std::size_t i = 3; i < results.size(); ++i)
        QVERIFY(same_bits(results[i], results[i % 3]));
}

void TestParticle::knownPixelsStayAndMembersSpread()
{
    // Pictures that agree with the known upper half have three different lower halves.
    const Tensor upper = at::linspace(-0.8, 0.8, 6, at::kDouble).reshape({1, 2, 3});
    std::vector<Tensor> pictures;
    for (const double value : {-0.7, 0.0, 0.7})
        pictures.push_back(at::cat({upper, at::full({1, 2, 3}, value, at::kDouble)}, 1));
    FiniteSet plain(at::stack(pictures));
    const Tensor known = pictures.front().unsqueeze(0), keep = at::zeros({1, 1, 4, 3}, at::kDouble);
    keep.narrow(2, 0, 2).fill_(1);

    const auto fill = [&](double strength) {
        Correction correction(Repulsion{.eta = 0, .bound_rms = infinity}, known, keep);
        CorrectedDenoiser denoiser(plain, correction);
        ParticleGuidance guidance;
        guidance.strength = strength;
        guidance.region = 1 - keep;
        double spread = 0;
        for (std::uint64_t seed = 0; seed < 12; ++seed) {
            GuidedHeun sampler(guidance);
            const Tensor x = sample(sampler, denoiser, schedule::edm(18), {0, 1, 2}, {1, 4, 3}, seed);
            if (!at::allclose(x.narrow(2, 0, 2), known.narrow(2, 0, 2).expand({3, 1, 2, 3}), 0, 1e-12))
                return std::numeric_limits<double>::quiet_NaN();
            spread += mean_distance(x);
        }
        return spread / 12;
    };
    const double without = fill(0), with = fill(3);
    QVERIFY2(with > 1.15 * without, qPrintable(QString("%1 without, %2 with").arg(without).arg(with)));
}

void TestParticle::aLoneMemberRunsAsWithoutGuidance()
{
    GaussianDenoiser denoiser(0.2, 0.3);
    GuidedHeun guided(unlimited(5));
    Heun plain;
    QVERIFY(same_bits(sample(guided, denoiser, schedule::edm(9), {4}, {5}),
                      sample(plain, denoiser, schedule::edm(9), {4}, {5})));
}

QTEST_APPLESS_MAIN(TestParticle)
#include "tst_particle.moc"
