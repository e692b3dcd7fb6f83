// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <cmath>
#include <limits>

#include "engine/diffusion/ancestral.h"
#include "engine/operators/degradation.h"
#include "engine/operators/pixel_operators.h"
#include "engine/restoration/ddnm_plus.h"
#include "engine/restoration/ddrm.h"
#include "engine/restoration/diffpir.h"
#include "engine/restoration/dps.h"
#include "engine/restoration/posterior.h"
#include "engine/restoration/repaint.h"
#include "exact_models.h"
#include "published_runs.h"
#include "tensor_compare.h"

#include <ATen/Parallel.h>

using namespace lacuna;

namespace {

const std::vector<double>& table()
{
    static const std::vector<double> sigmas = schedule::ddpm_linear();
    return sigmas;
}

Tensor left_known(std::int64_t H, std::int64_t W)
{
    const Tensor keep = at::zeros({H, W}, at::kFloat);
    keep.narrow(1, 0, W / 2).fill_(1);
    return keep;
}

std::shared_ptr<const SpectralOperator> made(const std::string& task, int scale, std::int64_t H,
                                             std::int64_t W)
{
    return make_operator({.task = task, .scale = scale, .keep = left_known(H, W), .seed = 3}, 3, H, W);
}

RestorationOptions with(const std::string& method, int steps)
{
    RestorationOptions options;
    options.method = method;
    options.steps = steps;
    options.jumps.jump = {1, 1};
    return options;
}

/// Everything from counter-based noise; the members are 0 .. N-1 unless named.
Tensor run(const RestorationOptions& options, const std::string& task,
           const std::shared_ptr<const SpectralOperator>& op, const Tensor& y, Denoiser& denoiser,
           const std::vector<int>& members, std::int64_t H, std::int64_t W,
           at::ScalarType dtype = at::kDouble)
{
    const auto N = static_cast<std::int64_t>(members.size());
    Restoration restoration = make_restorer(options, task, op, y, N, table());
    CounterNoise noise(9, members);
    const Tensor z = noise.draw(at::empty({N, 3, H, W}, dtype), Purpose::Initial, 0);
    const double first = restoration.path.levels.front();
    SampleRun walk(*restoration.restorer, denoiser, noise, restoration.path.levels,
                   restoration.restorer->initial(z, first), members);
    while (!walk.done())
        walk.next();
    return walk.x();
}

Transition between(double from, double to)
{
    return {.from = from, .to = to, .index = 3, .last = to == 0};
}

} // namespace

class TestRestorers : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void jumpTimes_data();
    void jumpTimes();
    void costOfAWay();
    void posteriorIsTheAncestralOne();
    void ddnmSpread_data();
    void ddnmSpread();
    void exactMeasurementsAreMet_data();
    void exactMeasurementsAreMet();
    void noisyMeasurementsAreSmoothed_data();
    void noisyMeasurementsAreSmoothed();
    void theBasisDoesNotMatter_data();
    void theBasisDoesNotMatter();
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
    void threadsDoNotMatter_data();
    void threadsDoNotMatter();
    void aLostMemberLeavesTheOthers_data();
    void aLostMemberLeavesTheOthers();
    void refusals_data();
    void refusals();
};

void TestRestorers::jumpTimes_data()
{
    QTest::addColumn<std::vector<int>>("times");
    QTest::addColumn<std::vector<int>>("expected");
    JumpSchedule twos{.steps = 10};
    twos.jump = {2, 2};
    QTest::newRow("length 2, twice") << jump_times(twos)
                                     << std::vector<int>{9, 8, 7, 6, 7, 8, 7, 6, 5, 4, 5, 6, 5, 4,
                                                         3, 2, 3, 4, 3, 2, 1, 0, 1, 2, 1, 0, -1};
    JumpSchedule late = twos;
    late.start_resampling = 3;
    QTest::newRow("only at the end") << jump_times(late)
                                     << std::vector<int>{9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 1, 2, 1, 0, -1};
    JumpSchedule nested{.steps = 6};
    nested.jump = {4, 2};
    nested.jump2 = {2, 2};
    QTest::newRow("a jump re-arms the shorter ones")
        << jump_times(nested) << std::vector<int>{5, 4, 3, 2, 3, 4, 3, 2, 1, 0, 1, 2, 1, 0, 1, 2,
                                                  3, 4, 3, 2, 3, 4, 3, 2, 1, 0, 1, 2, 1, 0, -1};
    JumpSchedule single{.steps = 5};
    single.jump = {1, 1};
    single.single_samples = 2;
    QTest::newRow("every step twice")
        << jump_times(single) << std::vector<int>{4, 3, 2, 3, 2, 1, 2, 1, 0, 1, 0, -1};
    QTest::newRow("plain") << plain_times(3) << std::vector<int>{2, 1, 0, -1};
    QTest::newRow("resampling") << resampling_times(2, 2, 2)
                                << std::vector<int>{2, 1, 2, 1, 0, 1, 2, 1, 0, -1, 0, 1, 0, -1};
}

void TestRestorers::jumpTimes()
{
    QFETCH(std::vector<int>, times);
    QFETCH(std::vector<int>, expected);
    QCOMPARE(times, expected);
}

void TestRestorers::costOfAWay()
{
    const auto op = made("inpaint", 1, 8, 8);
    const Tensor y = op->A(at::zeros({1, 3, 8, 8}, at::kDouble));
    const auto cost = [&](RestorationOptions options) {
        return make_restorer(options, "inpaint", op, y, 2, table());
    };
    RestorationOptions repaint = with("repaint", 250);
    repaint.jumps = {};
    const Restoration published = cost(repaint); // restoration.md 4.6
    QCOMPARE(published.forward, 2410);
    QCOMPARE(published.path.levels.size(), std::size_t(4571));
    QCOMPARE(published.backward, 0);
    QCOMPARE(cost(with("ddrm", 20)).forward, 20);
    QCOMPARE(cost(with("ddrm", 12)).forward, 13); // 12 does not divide 1000
    QCOMPARE(cost(with("ddnm", 12)).forward, 12);
    QCOMPARE(cost(with("dps", 30)).forward, 30);
    QCOMPARE(cost(with("dps", 30)).backward, 30);
    QCOMPARE(cost(with("diffpir", 30)).path.timesteps.front(), std::int64_t(999));
}

void TestRestorers::posteriorIsTheAncestralOne()
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

void TestRestorers::ddnmSpread_data()
{
    QTest::addColumn<int>("steps");
    QTest::addColumn<double>("eta");
    QTest::addColumn<double>("spread");
    // The rule spreads too little however many steps it takes; the closed form of N(0.2, 0.3^2).
    QTest::newRow("20, .85") << 20 << 0.85 << 0.212;
    QTest::newRow("50, .85") << 50 << 0.85 << 0.237;
    QTest::newRow("250, .85") << 250 << 0.85 << 0.254;
    QTest::newRow("20, 1") << 20 << 1.0 << 0.177;
    QTest::newRow("50, 1") << 50 << 1.0 << 0.192;
    QTest::newRow("250, 1") << 250 << 1.0 << 0.205;
}

void TestRestorers::ddnmSpread()
{
    QFETCH(int, steps);
    QFETCH(double, eta);
    QFETCH(double, spread);
    const auto op = made("inpaint", 1, 32, 64);
    GaussianDenoiser denoiser(0.2, 0.3);
    RestorationOptions options = with("ddnm", steps);
    options.eta = eta;
    const Tensor y = op->A(at::full({1, 3, 32, 64}, 0.7, at::kDouble));
    const Tensor x = run(options, "inpaint", op, y, denoiser, {0, 1, 2, 3}, 32, 64);
    const Tensor hole = x.slice(3, 32);
    QVERIFY2(std::abs(hole.std().item<double>() - spread) < 0.005,
             qPrintable(QString::number(hole.std().item<double>())));
    QVERIFY(std::abs(hole.mean().item<double>() - 0.2) < 0.01);
    COMPARE_TENSORS(x.slice(3, 0, 32), at::full({4, 3, 32, 32}, 0.7, at::kDouble), 0, 1e-12);
}

void TestRestorers::exactMeasurementsAreMet_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("task");
    QTest::addColumn<int>("scale");
    for (const char* method : {"ddrm", "ddnm", "diffpir"})
        for (const auto& [task, scale] :
             {std::pair{"inpaint", 1}, std::pair{"sr-bicubic", 4}, std::pair{"sr-average", 4},
              std::pair{"color", 1}, std::pair{"denoise", 1}, std::pair{"deblur-gauss", 1},
              std::pair{"deblur-aniso", 1}, std::pair{"deblur-uniform", 1}, std::pair{"cs", 4}})
            QTest::addRow("%s %s", method, task) << QString(method) << QString(task) << scale;
}

void TestRestorers::exactMeasurementsAreMet()
{
    QFETCH(QString, method);
    QFETCH(QString, task);
    QFETCH(int, scale);
    const auto op = made(task.toStdString(), scale, 16, 16);
    const Tensor y = op->A(made_picture(16, 16));
    PreconditionedDenoiser denoiser = made_denoiser(false);
    RestorationOptions options = with(method.toStdString(), 10);
    options.guidance_eta = 0.5;
    const Tensor x = run(options, task.toStdString(), op, y, denoiser, {0, 1, 2}, 16, 16);
    COMPARE_TENSORS(op->A(x), y.expand_as(op->A(x)), 0, 1e-9);
    const Tensor open = op->null_part(x);
    const bool something_open = open.abs().max().item<double>() > 1e-6;
    QCOMPARE(something_open, task != "denoise");
    if (something_open) // the members differ where the measurement leaves them room
        QVERIFY((open[0] - open[1]).abs().max().item<double>() > 1e-3);
}

void TestRestorers::noisyMeasurementsAreSmoothed_data()
{
    QTest::addColumn<QString>("method");
    for (const char* method : {"ddrm", "ddnm", "diffpir", "dps"})
        QTest::newRow(method) << QString(method);
}

/// With the exact model of N(0.2, 0.3^2) and a measurement of every pixel with noise 0.3, results lie around the
/// posterior mean, half way between both, and are closer to the truth than the measurement.
void TestRestorers::noisyMeasurementsAreSmoothed()
{
    QFETCH(QString, method);
    const std::int64_t size = 32;
    const auto op = made("denoise", 1, size, size);
    CounterNoise truth_noise(77, {0}), measurement_noise(78, {0});
    const Tensor truth =
        0.2 + 0.3 * truth_noise.draw(at::empty({1, 3, size, size}, at::kDouble), Purpose::Initial, 0);
    const Tensor y = measure(*op, truth, 0.3, measurement_noise);
    GaussianDenoiser denoiser(0.2, 0.3);
    RestorationOptions options = with(method.toStdString(), 100);
    options.sigma_y = 0.3;
    if (method == "diffpir")
        options.lambda = 1;
    const Tensor x = run(options, "denoise", op, y, denoiser, {0, 1}, size, size);
    const Tensor posterior_mean = (y + 0.2) / 2;
    const auto rms = [](const Tensor& d) { return d.square().mean().sqrt().item<double>(); };
    QVERIFY2(rms(x - posterior_mean) < 0.3, qPrintable(QString::number(rms(x - posterior_mean))));
    QVERIFY2(rms(x - truth) < rms(y - truth), qPrintable(QString::number(rms(x - truth))));
    QVERIFY(std::abs((x - posterior_mean).mean().item<double>()) < 0.02);
}

void TestRestorers::theBasisDoesNotMatter_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<double>("sigma_y");
    QTest::newRow("ddrm") << QString("ddrm") << 0.0;
    QTest::newRow("ddrm noisy") << QString("ddrm") << 0.1;
    QTest::newRow("ddnm noisy") << QString("ddnm") << 0.1;
    QTest::newRow("diffpir noisy") << QString("diffpir") << 0.1;
}

/// Q12 and Q15: noise is drawn as pixels, so that the null space of the decomposition may be any.
void TestRestorers::theBasisDoesNotMatter()
{
    QFETCH(QString, method);
    QFETCH(double, sigma_y);
    SmallSvd svd = small_svd(at::full({1, 16}, 1.0 / 16, at::kDouble));
    std::vector<std::int64_t> order(16, 0);
    for (std::int64_t i = 1; i < 16; ++i)
        order[static_cast<std::size_t>(i)] = 16 - i;
    svd.V = svd.V.index_select(1, at::tensor(order, at::kLong)).contiguous();
    const auto own = made("sr-average", 4, 16, 16);
    const std::shared_ptr<const SpectralOperator> other = std::make_shared<BlockAverage>(3, 16, 16, 4, svd);
    const Tensor y = own->A(made_picture(16, 16));
    PreconditionedDenoiser denoiser = made_denoiser(false);
    RestorationOptions options = with(method.toStdString(), 10);
    options.sigma_y = sigma_y;
    const Tensor a = run(options, "sr-average", own, y, denoiser, {0, 1}, 16, 16);
    const Tensor b = run(options, "sr-average", other, y, denoiser, {0, 1}, 16, 16);
    COMPARE_TENSORS(a, b, 0, 1e-9);
    if (method == "diffpir")
        return; // it has no spectral noise in any form
    options.reference_quirks = true;
    const Tensor c = run(options, "sr-average", own, y, denoiser, {0, 1}, 16, 16);
    const Tensor d = run(options, "sr-average", other, y, denoiser, {0, 1}, 16, 16);
    QVERIFY((c - d).abs().max().item<double>() > 1e-3);
}

void TestRestorers::diffPirSolvesItsDataStep_data()
{
    QTest::addColumn<QString>("task");
    QTest::addColumn<int>("scale");
    QTest::newRow("inpaint") << QString("inpaint") << 1;
    QTest::newRow("bicubic") << QString("sr-bicubic") << 4;
    QTest::newRow("blur") << QString("deblur-gauss") << 1;
    QTest::newRow("cs") << QString("cs") << 2;
}

void TestRestorers::diffPirSolvesItsDataStep()
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

void TestRestorers::dpsGoesDownTheGradient()
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

void TestRestorers::dpsIgnoresNoiseInHoles()
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

void TestRestorers::ddrmStartsAtItsLevel()
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

void TestRestorers::ddrmProjectsTheLastEstimate()
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

void TestRestorers::rePaintGuidesTheHoleFromTheStart()
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

void TestRestorers::rePaintFollowsAClass()
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

void TestRestorers::rePaintShiftsTheWayUp()
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

void TestRestorers::travelIsForwardDiffusion()
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

void TestRestorers::threadsDoNotMatter_data()
{
    QTest::addColumn<QString>("method");
    for (const std::string& method : restoration_methods())
        QTest::newRow(method.c_str()) << QString::fromStdString(method);
}

void TestRestorers::threadsDoNotMatter()
{
    QFETCH(QString, method);
    const auto op = made("inpaint", 1, 64, 64);
    const Tensor y = op->A(made_picture(64, 64)).to(at::kFloat);
    RestorationOptions options = with(method.toStdString(), 6);
    options.guidance_eta = 0.5;
    const auto end = [&](int threads) {
        at::set_num_threads(threads);
        PreconditionedDenoiser denoiser = made_denoiser(true);
        return run(options, "inpaint", op, y, denoiser, {0, 1, 2}, 64, 64, at::kFloat);
    };
    const int usual = at::get_num_threads();
    const Tensor one = end(1), four = end(4);
    at::set_num_threads(usual);
    QVERIFY(same_bits(one, four));
}

void TestRestorers::aLostMemberLeavesTheOthers_data()
{
    threadsDoNotMatter_data();
}

void TestRestorers::aLostMemberLeavesTheOthers()
{
    QFETCH(QString, method);
    const auto op = made("inpaint", 1, 16, 16);
    const Tensor y = op->A(made_picture(16, 16));
    RestorationOptions options = with(method.toStdString(), 8);
    options.jumps.jump = {2, 2};
    options.travel_length = options.travel_repeat = 2;
    options.reference_quirks = method == "ddnm"; // the one that remembers estimates
    PreconditionedDenoiser inner = made_denoiser(false);
    int calls = 0;
    FunctionDenoiser failing([&](const Tensor& x, double sigma) {
        const Tensor x0 = inner.x0(x, sigma);
        const Tensor row = at::arange(x.size(0), at::kLong).reshape({-1, 1, 1, 1});
        const bool now = ++calls == 4;
        return at::where(at::logical_and(row == 1, at::full({}, now, at::kBool)),
                         at::full({}, std::numeric_limits<double>::quiet_NaN(), x.options()), x0);
    });
    const Tensor survivors = run(options, "inpaint", op, y, failing, {0, 1, 2}, 16, 16);
    const Tensor alone = run(options, "inpaint", op, y, inner, {0, 2}, 16, 16);
    QCOMPARE(survivors.size(0), std::int64_t(2));
    QVERIFY(same_bits(survivors, alone));
}

void TestRestorers::refusals_data()
{
    QTest::addColumn<RestorationOptions>("options");
    QTest::addColumn<QString>("task");
    QTest::addColumn<QString>("word");
    const auto row = [](const char* name, const RestorationOptions& options, const char* task,
                        const char* word) {
        QTest::newRow(name) << options << QString(task) << QString(word);
    };
    const auto changed = [](const char* method, auto change) {
        RestorationOptions options = with(method, 10);
        change(options);
        return options;
    };
    using O = RestorationOptions;
    for (const char* task : {"sr-bicubic", "sr-average", "color", "denoise", "deblur-uniform", "cs"})
        row(task, with("repaint", 10), task, "only inpaint");
    row("unknown method", with("magic", 10), "inpaint", "diffpir");
    row("unknown task", with("ddnm", 10), "magic", "sr-bicubic");
    row("noisy repaint", changed("repaint", [](O& o) { o.sigma_y = 0.1; }), "inpaint", "noisy");
    row("no step", with("ddnm", 0), "inpaint", "steps");
    row("more steps than timesteps", with("ddnm", 1001), "inpaint", "1000");
    row("eta", changed("ddrm", [](O& o) { o.eta = 1.1; }), "inpaint", "eta");
    row("eta not a number", changed("ddrm", [](O& o) { o.eta = std::nan(""); }), "inpaint", "eta");
    row("eta-b", changed("ddrm", [](O& o) { o.eta_b = -0.1; }), "inpaint", "eta-b");
    row("zeta", changed("diffpir", [](O& o) { o.zeta = 1.5; }), "inpaint", "zeta");
    row("lambda", changed("diffpir", [](O& o) { o.lambda = 0; }), "inpaint", "lambda");
    row("travel", changed("ddnm", [](O& o) { o.travel_repeat = 0; }), "inpaint", "travel-repeat");
    row("jump", changed("repaint", [](O& o) { o.jumps.jump.length = 0; }), "inpaint", "jump-length");
    row("guidance", changed("ddnm", [](O& o) { o.guidance_eta = -1; }), "inpaint", "guidance strength");
    row("spacing", changed("dps", [](O& o) { o.spacing = "ddim7x"; }), "inpaint", "ddim50");
}

void TestRestorers::refusals()
{
    QFETCH(RestorationOptions, options);
    QFETCH(QString, task);
    QFETCH(QString, word);
    const auto op = made("inpaint", 1, 8, 8);
    const Tensor y = op->A(at::zeros({1, 3, 8, 8}, at::kDouble));
    try {
        make_restorer(options, task.toStdString(), op, y, 2, table());
        QFAIL("it is accepted");
    } catch (const Error& error) {
        QCOMPARE(error.kind(), ErrorKind::Usage);
        QVERIFY2(QString(error.what()).contains(word), error.what());
    }
}

QTEST_GUILESS_MAIN(TestRestorers)
#include "tst_restorers.moc"
