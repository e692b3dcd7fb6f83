// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <cmath>

#include "engine/diffusion/ancestral.h"
#include "engine/operators/pixel_operators.h"
#include "engine/restoration/ddnm_plus.h"
#include "engine/restoration/ddrm.h"
#include "engine/restoration/diffpir.h"
#include "engine/restoration/dps.h"
#include "engine/restoration/posterior.h"
#include "engine/restoration/repaint.h"
#include "restoration_fixture.h"
#include "tensor_compare.h"

using namespace lacuna;

class TestRestorerSteps : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void posteriorIsTheAncestralOne();
    void diffPirSolvesItsDataStep_data();
    void diffPirSolvesItsDataStep();
    void dpsGoesDownTheGradient();
    void dpsIgnoresNoiseInHoles();
    void ddrmStartsAtItsLevel();
    void ddrmProjectsTheLastEstimate();
    void rePaintGuidesTheHoleFromTheStart();
    void rePaintFollowsAClass();
    void rePaintShiftsTheWayUp();
    void travelIsForwardDiffusion();
};

void TestRestorerSteps::posteriorIsTheAncestralOne()
{
    const std::vector<double> abar = schedule::cumulative_alphas(schedule::linear_betas());
    const RespacedProcess process(abar, {0, 400, 999});
    const Tensor z = made_noise(1, {2, 3, 4, 4}), eps = made_noise(2, {2, 3, 4, 4});
    const Tensor v = 0.5 * made_noise(3, {2, 3, 4, 4});
    for (const int k : {1, 2}) {
        const AncestralMoments expected = ancestral_moments(process, k, z, eps, v, true);
        const double from = std::sqrt(1 / process.abar(k) - 1), to = std::sqrt(1 / process.abar(k - 1) - 1);
        const Posterior actual =
            ancestral_posterior(z / std::sqrt(process.abar(k)), expected.x0, v, from, to);
        const double scale = std::sqrt(process.abar(k - 1));
        COMPARE_TENSORS(scale * actual.mean, expected.mean, 1e-10, 1e-12);
        COMPARE_TENSORS(scale * actual.deviation, (0.5 * expected.log_variance).exp(), 1e-10, 0);
    }
}

void TestRestorerSteps::diffPirSolvesItsDataStep_data()
{
    QTest::addColumn<QString>("task");
    QTest::addColumn<int>("scale");
    QTest::newRow("inpaint") << QString("inpaint") << 1;
    QTest::newRow("bicubic") << QString("sr-bicubic") << 4;
    QTest::newRow("blur") << QString("deblur-gauss") << 1;
    QTest::newRow("cs") << QString("cs") << 2;
}

void TestRestorerSteps::diffPirSolvesItsDataStep()
{
    QFETCH(QString, task);
    QFETCH(int, scale);
    const auto op = made(task.toStdString(), scale, 16, 16);
    const Tensor y = op->A(made_picture(16, 16)) + 0.1;
    const Tensor x0 = made_noise(4, {2, 3, 16, 16});
    FunctionDenoiser denoiser([&](const Tensor&, double) { return x0; });
    const double from = 2, lambda = 3, sigma_y = 0.4, rho = lambda * sigma_y * sigma_y / (from * from);
    DiffPir sampler(op, y, {.lambda = lambda, .sigma_y = sigma_y});
    Silence silence;
    const Tensor u = sampler.step(x0, between(from, 0), denoiser, silence).x;
    // The gradient of |y - A u|^2 + rho |u - x0|^2 vanishes.
    COMPARE_TENSORS(op->At(op->A(u) - y) + rho * (u - x0), at::zeros_like(u), 0, 1e-10);
}

void TestRestorerSteps::dpsGoesDownTheGradient()
{
    // A linear model has the gradient at hand: r = |y - A (a x)|, so that dr/dx = -a A^T (y - A a x) / r.
    const auto op = made("sr-bicubic", 4, 16, 16);
    const Tensor y = op->A(made_picture(16, 16));
    const double a = 0.1, from = 1.5, zeta = 0.7;
    FunctionDenoiser denoiser([&](const Tensor& x, double) { return a * x; });
    Dps sampler(op, y, {.zeta = zeta});
    const Tensor x = made_noise(5, {2, 3, 16, 16});
    Silence silence;
    const Tensor end = sampler.step(x, between(from, 0), denoiser, silence).x;
    const Tensor residual = y - op->A(a * x);
    const Tensor norms = residual.flatten(1).norm(2, 1);
    const Tensor gradient = -a * op->At(residual) / norms.reshape({2, 1, 1, 1});
    COMPARE_TENSORS(sampler.residual_norms(), norms, 1e-12, 0);
    COMPARE_TENSORS(end, a * x - zeta * std::sqrt(1 + from * from) * gradient, 0, 1e-12);
    QVERIFY(!end.requires_grad());
}

void TestRestorerSteps::dpsIgnoresNoiseInHoles()
{
    const auto op = made("inpaint", 1, 16, 16);
    const Tensor y = op->A(made_picture(16, 16));
    const Tensor spoilt = y + (1 - op->keep()) * made_noise(1, {1, 3, 16, 16});
    PreconditionedDenoiser denoiser = made_denoiser(false);
    RestorationOptions options = with("dps", 10);
    const auto end = [&](const Tensor& measured) {
        return run(options, "inpaint", op, measured, denoiser, {0, 1}, 16, 16);
    };
    QVERIFY(same_bits(end(y), end(spoilt)));
    options.reference_quirks = true;
    QVERIFY(!at::allclose(end(y), end(spoilt)));
}

void TestRestorerSteps::ddrmStartsAtItsLevel()
{
    // Q11, and a measurement that is noisier than the state is not used.
    const auto op = made("sr-average", 2, 16, 16);
    const Tensor y = op->A(made_picture(16, 16)), z = made_noise(2, {2, 3, 16, 16});
    const double from = 3;
    const Ddrm exact(op, y, {}), published(op, y, {.reference_quirks = true}),
        useless(op, y, {.sigma_y = 100});
    const Tensor x = exact.initial(z, from);
    COMPARE_TENSORS(op->A(x), y + from * op->A(z), 0, 1e-10);
    COMPARE_TENSORS(op->null_part(x), from * op->null_part(z), 0, 1e-10);
    COMPARE_TENSORS(useless.initial(z, from), from * z, 0, 1e-10);
    // The published start has the same components, taken from the elements of z as they come, and is too large.
    const Tensor rotated = op->Vt(z).reshape({2, 3, 16, 16});
    COMPARE_TENSORS(published.initial(rotated, from), std::sqrt(1 + from * from) / from * x, 0, 1e-10);
}

void TestRestorerSteps::ddrmProjectsTheLastEstimate()
{
    // Q13
    const auto op = made("sr-average", 2, 16, 16);
    const Tensor y = op->A(made_picture(16, 16)), x0 = made_noise(2, {2, 3, 16, 16});
    FunctionDenoiser denoiser([&](const Tensor&, double) { return x0; });
    Silence silence;
    Ddrm exact(op, y, {}), published(op, y, {.reference_quirks = true}), noisy(op, y, {.sigma_y = 0.1});
    COMPARE_TENSORS(op->A(exact.step(x0, between(1, 0), denoiser, silence).x), y.expand({2, 3, 8, 8}), 0,
                    1e-12);
    QVERIFY(same_bits(published.step(x0, between(1, 0), denoiser, silence).x, x0));
    QVERIFY(same_bits(noisy.step(x0, between(1, 0), denoiser, silence).x, x0));
}

void TestRestorerSteps::rePaintGuidesTheHoleFromTheStart()
{
    // Q7: members that differ in the known half only have nothing to say to each other in the hole.
    const Tensor keep = left_known(8, 8).reshape({1, 1, 8, 8});
    Tensor x0 = at::zeros({2, 3, 8, 8}, at::kDouble);
    x0[1].slice(2, 0, 4).fill_(0.5);
    FunctionDenoiser denoiser([&](const Tensor&, double) { return x0; });
    Silence silence;
    const auto first_step = [&](bool quirks) {
        const auto op = make_operator({.task = "inpaint", .keep = keep}, 3, 8, 8);
        RestorationOptions options = with("repaint", 10);
        options.guidance_eta = 1;
        options.guidance_bound = 1e-6;
        options.reference_quirks = quirks;
        const Restoration made_one = make_restorer(options, "inpaint", std::make_shared<Inpainting>(keep, 3),
                                                   op->A(x0.narrow(0, 0, 1)), 2, table());
        made_one.restorer->step(x0, {.from = 100, .to = 50, .index = 0}, denoiser, silence);
        return made_one.restorer->guidance().steering;
    };
    QCOMPARE(first_step(false).pushed, (std::vector<bool>{false, false}));
    QCOMPARE(first_step(false).nearest[0], 0.0);
    QCOMPARE(first_step(true).pushed, (std::vector<bool>{true, true}));
}

void TestRestorerSteps::rePaintFollowsAClass()
{
    const Tensor picture = made_picture(8, 8), keep = left_known(8, 8).reshape({1, 1, 8, 8});
    const Tensor gradient = made_noise(6, {2, 3, 8, 8});
    FunctionDenoiser denoiser([&](const Tensor& x, double) { return at::zeros_like(x); });
    Silence silence;
    const Transition t = between(2, 1);
    const Tensor x = made_noise(7, {2, 3, 8, 8});
    RePaint plain(picture, keep),
        guided(picture, keep, {.log_gradient = [&](const Tensor&, double) { return gradient; }});
    const Tensor moved = guided.step(x, t, denoiser, silence).x - plain.step(x, t, denoiser, silence).x;
    // Variance preserving: mean + variance * gradient, with sqrt(1 + sigma^2) between the coordinates.
    const double variance = 1.0 / 4 * (4 - 1);
    COMPARE_TENSORS(moved, variance * std::sqrt(5.0 / 2) * gradient, 0, 1e-12);
}

void TestRestorerSteps::rePaintShiftsTheWayUp()
{
    const Tensor picture = made_picture(8, 8), keep = left_known(8, 8).reshape({1, 1, 8, 8});
    const std::vector<double> process{0.1, 0.5, 1, 2, 4};
    const Tensor x = made_noise(7, {2, 3, 8, 8});
    const Transition up{.from = 0.5, .to = 1, .index = 2};
    RePaint shifted(picture, keep, {.time_shift = 2, .process = process}), plain(picture, keep);
    CounterNoise noise(3, {0, 1});
    // Signal and noise shares of the level two above, from 1 to 2.
    const double keeps = (1 + 1) / (1 + 4.0);
    const Tensor n = noise.draw(x, Purpose::Travel, 2);
    const Tensor z = x / std::sqrt(1.25);
    COMPARE_TENSORS(shifted.rise(x, up, noise),
                    std::sqrt(2.0) * (std::sqrt(keeps) * z + std::sqrt(1 - keeps) * n), 0, 1e-12);
    COMPARE_TENSORS(plain.rise(x, up, noise), x + std::sqrt(0.75) * n, 0, 1e-12);
}

void TestRestorerSteps::travelIsForwardDiffusion()
{
    const auto op = made("inpaint", 1, 8, 8);
    const Tensor y = op->A(made_picture(8, 8)), x = made_noise(1, {2, 3, 8, 8});
    FunctionDenoiser denoiser([](const Tensor& state, double) { return 0.5 * state; });
    CounterNoise noise(3, {0, 1});
    DdnmPlus exact(op, y), published(op, y, {.reference_quirks = true});
    for (DdnmPlus* sampler : {&exact, &published})
        sampler->step(x, between(2, 1), denoiser, noise);
    const Transition up{.from = 1, .to = 2, .index = 4};
    const Tensor n = noise.draw(x, Purpose::Travel, 4);
    COMPARE_TENSORS(exact.rise(x, up, noise), x + std::sqrt(3.0) * n, 0, 1e-12);
    COMPARE_TENSORS(published.rise(x, up, noise), 0.5 * x + 2 * n, 0, 1e-12);
    published.retain({1});
    CounterNoise one(3, {1});
    COMPARE_TENSORS(published.rise(x.slice(0, 1), up, one), (0.5 * x + 2 * n).slice(0, 1), 0, 1e-12);
}

QTEST_GUILESS_MAIN(TestRestorerSteps)
#include "tst_restorer_steps.moc"
