// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <cmath>
#include <limits>

#include "engine/operators/pixel_operators.h"
#include "restoration_fixture.h"
#include "tensor_compare.h"

#include <ATen/Parallel.h>

using namespace lacuna;

class TestRestorers : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ddnmSpread_data();
    void ddnmSpread();
    void exactMeasurementsAreMet_data();
    void exactMeasurementsAreMet();
    void noisyMeasurementsAreSmoothed_data();
    void noisyMeasurementsAreSmoothed();
    void theBasisDoesNotMatter_data();
    void theBasisDoesNotMatter();
    void threadsDoNotMatter_data();
    void threadsDoNotMatter();
    void aLostMemberLeavesTheOthers_data();
    void aLostMemberLeavesTheOthers();
};

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
    // The members differ where the measurement leaves them room, and only there.
    const Tensor values = op->singular_values();
    const bool room = values.numel() < x[0].numel() || values.min().item<double>() == 0;
    const double difference = (x[0] - x[1]).abs().max().item<double>();
    QVERIFY(room ? difference > 1e-3 : difference < 1e-9);
}

void TestRestorers::noisyMeasurementsAreSmoothed_data()
{
    QTest::addColumn<QString>("method");
    for (const char* method : {"ddrm", "ddnm", "diffpir"})
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
    options.lambda = 1;
    options.zeta = 0.3;
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

void TestRestorers::threadsDoNotMatter_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("task");
    for (const std::string& method : restoration_methods())
        QTest::newRow(method.c_str()) << QString::fromStdString(method) << QString("inpaint");
    for (const char* method : {"ddrm", "ddnm", "dps"})
        QTest::addRow("%s bicubic", method) << QString(method) << QString("sr-bicubic");
}

void TestRestorers::threadsDoNotMatter()
{
    QFETCH(QString, method);
    QFETCH(QString, task);
    const std::int64_t size = 128;
    const auto op = made(task.toStdString(), 4, size, size);
    const Tensor y = op->A(made_picture(size, size)).to(at::kFloat);
    RestorationOptions options = with(method.toStdString(), 5);
    options.guidance_eta = 0.5;
    const auto end = [&](int threads) {
        at::set_num_threads(threads);
        PreconditionedDenoiser denoiser = made_denoiser(true);
        return run(options, task.toStdString(), op, y, denoiser, {0, 1, 2}, size, size, at::kFloat);
    };
    const int usual = at::get_num_threads();
    const Tensor one = end(1), four = end(4);
    at::set_num_threads(usual);
    QVERIFY(same_bits(one, four));
}

void TestRestorers::aLostMemberLeavesTheOthers_data()
{
    QTest::addColumn<QString>("method");
    for (const std::string& method : restoration_methods())
        QTest::newRow(method.c_str()) << QString::fromStdString(method);
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

QTEST_GUILESS_MAIN(TestRestorers)
#include "tst_restorers.moc"
