// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <cmath>
#include <functional>
#include <limits>
#include <memory>

#include "engine/diffusion/ddnm.h"
#include "engine/diffusion/first_order.h"
#include "engine/diffusion/heun.h"
#include "engine/diffusion/preconditioning.h"
#include "engine/diffusion/schedule.h"
#include "exact_models.h"
#include "tensor_compare.h"

using namespace lacuna;
using MakeSampler = std::function<std::unique_ptr<Sampler>()>;

Q_DECLARE_METATYPE(MakeSampler)

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

MakeSampler first_order(FirstOrderOptions options)
{
    return [=] { return std::make_unique<FirstOrder>(options); };
}

MakeSampler heun(double churn, int steps, bool corrector = true)
{
    return [=] {
        Churn settings;
        settings.amount = churn;
        settings.steps = steps;
        return std::make_unique<Heun>(settings, corrector);
    };
}

MakeSampler general_heun(double churn, int steps)
{
    return [=] {
        Churn settings;
        settings.amount = churn;
        settings.steps = steps;
        return std::make_unique<GeneralHeun>(ScaledProcess::variance_preserving(), settings);
    };
}

void add_all_samplers(int steps)
{
    QTest::addColumn<MakeSampler>("make");
    FirstOrderOptions mixed;
    mixed.gamma = 1.5;
    mixed.mu = 0.3;
    QTest::newRow("DDIM") << first_order({});
    QTest::newRow("DDIM, eta 0.5") << first_order(FirstOrderOptions::ddim(0.5));
    QTest::newRow("DDPM") << first_order(FirstOrderOptions::ddpm());
    QTest::newRow("gradient estimation") << first_order(FirstOrderOptions::gradient_estimation());
    QTest::newRow("gamma 1.5, mu 0.3") << first_order(mixed);
    QTest::newRow("Heun") << heun(0, steps);
    QTest::newRow("Heun with churn") << heun(5, steps);
    QTest::newRow("Euler") << heun(0, steps, false);
    QTest::newRow("Heun, variance preserving") << general_heun(0, steps);
    QTest::newRow("Heun with churn, variance preserving") << general_heun(5, steps);
}

} // namespace

class TestSamplers : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void endsInTheDistribution_data();
    void endsInTheDistribution();
    void deterministicOnesFollowTheFlow_data();
    void deterministicOnesFollowTheFlow();
    void sameAloneAndInABatch_data();
    void sameAloneAndInABatch();
    void sameAfterAMateLeft_data();
    void sameAfterAMateLeft();
    void ddimIsTheSigmaForm();
    void ddpmIsAncestral();
    void muAndEtaAgreeOnDdpm();
    void historyIsForgottenAtAJump();
    void clippingComesBeforeTheCombination();
    void churnIsCappedAndBounded();
    void generalHeunIsHeunWithoutScaling();
    void ddnmKeepsTheKnownPixels();
    void ddnmUsesTheOriginalEps();
    void correctedDenoiserServesAnySampler();
    void networksKeepTheStatesPrecision();
    void evaluationsAreCounted_data();
    void evaluationsAreCounted();
};

void TestSamplers::endsInTheDistribution_data()
{
    add_all_samplers(300);
}

void TestSamplers::endsInTheDistribution()
{
    QFETCH(MakeSampler, make);
    GaussianDenoiser denoiser(0.2, 0.3);
    const auto sampler = make();
    const Tensor x = sample(*sampler, denoiser, schedule::edm(300), {0, 1, 2, 3}, {2500});
    // 4 standard errors for 10,000 pixels, and 2 % for the finite steps.
    QVERIFY(std::abs(x.mean().item<double>() - 0.2) < 4 * 0.3 / 100);
    QVERIFY(std::abs(x.std().item<double>() - 0.3) < 4 * 0.3 / std::sqrt(2.0 * 10000) + 0.006);
}

void TestSamplers::deterministicOnesFollowTheFlow_data()
{
    QTest::addColumn<MakeSampler>("make");
    QTest::addColumn<double>("order");
    QTest::newRow("DDIM") << first_order({}) << 1.0;
    QTest::newRow("gradient estimation") << first_order(FirstOrderOptions::gradient_estimation()) << 1.0;
    QTest::newRow("Euler") << heun(0, 1, false) << 1.0;
    QTest::newRow("Heun") << heun(0, 1) << 2.0;
    QTest::newRow("Heun, variance preserving") << general_heun(0, 1) << 2.0;
}

void TestSamplers::deterministicOnesFollowTheFlow()
{
    // The probability flow of a Gaussian is known; twice the steps leave 2^-order of the error.
    QFETCH(MakeSampler, make);
    QFETCH(double, order);
    GaussianDenoiser denoiser(0.2, 0.3);
    CounterNoise noise(5, {0});
    const Tensor z = noise.draw(at::empty({1, 50}, at::kDouble), Purpose::Initial, 0);
    const auto error = [&](int steps) {
        const auto sampler = make();
        const Tensor x = sample(*sampler, denoiser, schedule::edm(steps), {0}, {50});
        return (x - denoiser.flow_end(80 * z, 80)).abs().max().item<double>();
    };
    const double coarse = error(100), fine = error(200);
    QVERIFY2(std::abs(std::log2(coarse / fine) - order) < 0.3,
             qPrintable(QString::number(std::log2(coarse / fine))));
    QVERIFY2(fine < (order > 1 ? 5e-4 : 0.02), qPrintable(QString::number(fine)));
}

void TestSamplers::sameAloneAndInABatch_data()
{
    add_all_samplers(12);
}

void TestSamplers::sameAloneAndInABatch()
{
    QFETCH(MakeSampler, make);
    GaussianDenoiser denoiser(0.2, 0.3);
    for (const auto dtype : {at::kDouble, at::kFloat}) {
        const auto together = make();
        const Tensor batch = sample(*together, denoiser, schedule::edm(12), {4, 9, 2}, {3, 5, 7}, 5, dtype);
        for (int row = 0; row < 3; ++row) {
            const auto alone = make();
            const Tensor single = sample(*alone, denoiser, schedule::edm(12),
                                         {std::vector{4, 9, 2}[std::size_t(row)]}, {3, 5, 7}, 5, dtype);
            QVERIFY(same_bits(batch[row], single[0]));
        }
    }
}

void TestSamplers::sameAfterAMateLeft_data()
{
    add_all_samplers(12);
}

void TestSamplers::sameAfterAMateLeft()
{
    QFETCH(MakeSampler, make);
    GaussianDenoiser denoiser(0.2, 0.3);
    const std::vector<double> levels = schedule::edm(12);
    const auto full_sampler = make();
    const Tensor full = sample(*full_sampler, denoiser, levels, {0, 1, 2}, {20});

    // Member 1 leaves after five steps.
    const auto sampler = make();
    CounterNoise noise(5, {0, 1, 2});
    Tensor x = sampler->initial(noise.draw(at::empty({3, 20}, at::kDouble), Purpose::Initial, 0), levels[0]);
    for (int i = 0; i < 12; ++i) {
        if (i == 5) {
            x = at::stack({x[0], x[2]});
            sampler->retain({0, 2});
            noise.retain({0, 2});
        }
        const Transition step{levels[std::size_t(i)], levels[std::size_t(i) + 1], i, i == 11};
        x = sampler->step(x, step, denoiser, noise).x;
    }
    QVERIFY(same_bits(x[0], full[0]));
    QVERIFY(same_bits(x[1], full[2]));
}

void TestSamplers::ddimIsTheSigmaForm()
{
    GaussianDenoiser denoiser(0.2, 0.3);
    CounterNoise noise(1, {0});
    const Tensor x = noise.draw(at::empty({1, 30}, at::kDouble), Purpose::Initial, 0) * 3;
    FirstOrder sampler;
    const Tensor next = sampler.step(x, {3, 2, 0, false}, denoiser, noise).x;
    const Tensor x0 = denoiser.x0(x, 3);
    COMPARE_TENSORS(next, x0 + 2 * (x - x0) / 3, 1e-13, 1e-13);

    // The same step in abar: z' = sqrt(abar') x0 + sqrt(1 - abar') eps.
    const double abar = 1 / 5.0; // 1 / (1 + 2^2)
    COMPARE_TENSORS(next * std::sqrt(abar), std::sqrt(abar) * x0 + std::sqrt(1 - abar) * (x - x0) / 3, 1e-13,
                    1e-13);
}

void TestSamplers::ddpmIsAncestral()
{
    GaussianDenoiser denoiser(0.2, 0.3);
    CounterNoise noise(1, {0});
    const Tensor x = noise.draw(at::empty({1, 30}, at::kDouble), Purpose::Initial, 0) * 3;
    FirstOrder sampler(FirstOrderOptions::ddpm());
    const Tensor next = sampler.step(x, {3, 2, 7, false}, denoiser, noise).x;
    // q(x_2 | x_3, x0): mean x0 + (2/3)^2 (x - x0), variance 2^2 (3^2 - 2^2) / 3^2.
    const Tensor x0 = denoiser.x0(x, 3), n = noise.draw(x, Purpose::Step, 7);
    COMPARE_TENSORS(next, x0 + 4.0 / 9 * (x - x0) + std::sqrt(20.0 / 9) * n, 1e-12, 1e-12);
}

void TestSamplers::muAndEtaAgreeOnDdpm()
{
    GaussianDenoiser denoiser(0.2, 0.3);
    FirstOrder by_mu(FirstOrderOptions::ddpm()), by_eta(FirstOrderOptions::ddim(1));
    const auto levels = schedule::edm(20);
    COMPARE_TENSORS(sample(by_mu, denoiser, levels, {0, 1}, {9}),
                    sample(by_eta, denoiser, levels, {0, 1}, {9}), 1e-9, 1e-9);
}

void TestSamplers::historyIsForgottenAtAJump()
{
    GaussianDenoiser denoiser(0.2, 0.3);
    CounterNoise noise(1, {0});
    const Tensor x = noise.draw(at::empty({1, 30}, at::kDouble), Purpose::Initial, 0) * 3;
    const FirstOrderOptions options = FirstOrderOptions::gradient_estimation();
    FirstOrder used(options), fresh(options), continued(options);
    used.step(x, {9, 5, 0, false}, denoiser, noise);
    continued.step(2 * x, {9, 3, 0, false}, denoiser, noise);
    const Transition step{3, 2, 1, false};
    const Tensor expected = fresh.step(x, step, denoiser, noise).x;
    QVERIFY(same_bits(used.step(x, step, denoiser, noise).x, expected));
    QVERIFY(!at::allclose(continued.step(x, step, denoiser, noise).x, expected));
}

void TestSamplers::clippingComesBeforeTheCombination()
{
    FunctionDenoiser denoiser([](const Tensor& x, double sigma) { return x * (sigma > 2.5 ? 4 : 0.1); });
    CounterNoise noise(1, {0});
    FirstOrderOptions options = FirstOrderOptions::gradient_estimation();
    options.clip = true;
    FirstOrder sampler(options);
    const Tensor x = at::tensor({3.0, -2.0}).to(at::kDouble).unsqueeze(0);
    const StepResult first = sampler.step(x, {3, 2, 0, false}, denoiser, noise);
    const Tensor x0 = at::tensor({1.0, -1.0}).to(at::kDouble).unsqueeze(0), eps = (x - x0) / 3;
    COMPARE_TENSORS(first.x0, x0, 0, 0);
    COMPARE_TENSORS(first.x, x - eps, 0, 1e-14);
    const Tensor eps_next = (first.x - 0.1 * first.x) / 2;
    COMPARE_TENSORS(sampler.step(first.x, {2, 1, 1, false}, denoiser, noise).x,
                    first.x - (2 * eps_next - eps), 0, 1e-14);
}

void TestSamplers::churnIsCappedAndBounded()
{
    Churn churn;
    churn.amount = 40;
    churn.steps = 20;
    churn.min = 0.1;
    churn.max = 50;
    QCOMPARE(churn.gamma(1), std::sqrt(2.0) - 1); // 40 / 20 is more than a step may add
    QCOMPARE(churn.gamma(0.05), 0.0);
    QCOMPARE(churn.gamma(80), 0.0);
    churn.amount = 2;
    QCOMPARE(churn.gamma(50), 0.1);
}

void TestSamplers::generalHeunIsHeunWithoutScaling()
{
    GaussianDenoiser denoiser(0.2, 0.3);
    const auto constant = [](double value) { return [value](double) { return value; }; };
    const auto same = [](double value) { return value; };
    const ScaledProcess plain{
        .sigma = same, .sigma_slope = constant(1), .s = constant(1), .s_slope = constant(0), .time = same};
    Churn churn;
    churn.amount = 4;
    churn.steps = 15;
    churn.noise = 1.007;
    GeneralHeun general(plain, churn);
    Heun heun(churn);
    const auto levels = schedule::edm(15);
    COMPARE_TENSORS(sample(general, denoiser, levels, {0, 1}, {9}),
                    sample(heun, denoiser, levels, {0, 1}, {9}), 1e-10, 1e-10);
}

void TestSamplers::ddnmKeepsTheKnownPixels()
{
    GaussianDenoiser denoiser(0.2, 0.3);
    const Tensor known = at::linspace(-1, 1, 3 * 6 * 6, at::kDouble).reshape({1, 3, 6, 6});
    const Tensor keep = at::zeros({1, 1, 6, 6}, at::kDouble);
    keep.narrow(3, 0, 3).fill_(1);
    Correction correction(Repulsion{.eta = 0.4, .bound_rms = infinity}, known, keep);
    Ddnm sampler(correction);
    const Tensor x = sample(sampler, denoiser, schedule::edm(20), {0, 1, 2}, {3, 6, 6});
    for (int row = 0; row < 3; ++row)
        QVERIFY(same_bits(x[row].narrow(2, 0, 3), known[0].narrow(2, 0, 3)));
    QVERIFY(!at::allclose(x[0].narrow(2, 3, 3), x[1].narrow(2, 3, 3)));
    QCOMPARE(correction.last().nearest.size(), std::size_t{3});
}

void TestSamplers::ddnmUsesTheOriginalEps()
{
    GaussianDenoiser denoiser(0.2, 0.3);
    CounterNoise noise(3, {0, 1});
    const Tensor x = noise.draw(at::empty({2, 1, 4, 4}, at::kDouble), Purpose::Initial, 0) * 3;
    const Tensor known = at::full({1, 1, 4, 4}, 0.7, at::kDouble),
                 keep = at::zeros({1, 1, 4, 4}, at::kDouble);
    keep.narrow(2, 0, 2).fill_(1);
    Correction correction(Repulsion{.eta = 0.5, .bound_rms = infinity}, known, keep);
    Ddnm sampler(correction, 0.6);
    const Tensor next = sampler.step(x, {3, 2, 4, false}, denoiser, noise).x;

    const Tensor x0 = denoiser.x0(x, 3), eps = (x - x0) / 3, push = 0.5 * remaining_time(3) * (x0[0] - x0[1]);
    const Tensor guided = at::stack({x0[0] + push, x0[1] - push});
    const Tensor projected = keep * known + (1 - keep) * guided;
    const Tensor n = noise.draw(x, Purpose::Step, 4);
    COMPARE_TENSORS(next, projected + 2 * (0.6 * n + 0.8 * eps), 0, 1e-13);
}

void TestSamplers::correctedDenoiserServesAnySampler()
{
    GaussianDenoiser plain(0.2, 0.3);
    const Tensor known = at::full({1, 1, 4, 4}, 0.7, at::kDouble),
                 keep = at::zeros({1, 1, 4, 4}, at::kDouble);
    keep.narrow(2, 0, 2).fill_(1);
    Correction correction(Repulsion{.eta = 0, .bound_rms = infinity}, known, keep);
    CorrectedDenoiser corrected(plain, correction);
    Heun sampler;
    const Tensor x = sample(sampler, corrected, schedule::edm(15), {0, 1}, {1, 4, 4});
    COMPARE_TENSORS(x.narrow(2, 0, 2), at::full({2, 1, 2, 4}, 0.7, at::kDouble), 0, 1e-12);
    Heun other;
    const Tensor free = sample(other, plain, schedule::edm(15), {0, 1}, {1, 4, 4});
    QVERIFY(same_bits(x.narrow(2, 2, 2), free.narrow(2, 2, 2)));
}

void TestSamplers::networksKeepTheStatesPrecision()
{
    at::ScalarType seen = at::kDouble;
    const Network network = [&](const Tensor& in, double) {
        seen = in.scalar_type();
        return at::zeros_like(in);
    };
    PreconditionedDenoiser denoiser(network, edm_preconditioning(0.5));
    const Tensor x = at::full({2, 3}, 1.0 / 3, at::kDouble);
    const Tensor x0 = denoiser.x0(x, 0.5);
    QVERIFY(seen == at::kFloat);
    QVERIFY(x0.scalar_type() == at::kDouble);
    COMPARE_TENSORS(x0, x * 0.5, 0, 1e-16); // c_skip at sigma = sigma_data is 1/2
}

void TestSamplers::evaluationsAreCounted_data()
{
    add_all_samplers(9);
}

void TestSamplers::evaluationsAreCounted()
{
    QFETCH(MakeSampler, make);
    int calls = 0;
    GaussianDenoiser exact(0.2, 0.3);
    FunctionDenoiser denoiser([&](const Tensor& x, double sigma) {
        ++calls;
        return exact.x0(x, sigma);
    });
    const auto sampler = make();
    sample(*sampler, denoiser, schedule::edm(9), {0}, {4});
    QCOMPARE(calls, sampler->evaluations(9));
}

QTEST_APPLESS_MAIN(TestSamplers)
#include "tst_samplers.moc"
