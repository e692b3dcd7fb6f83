// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <cmath>
#include <limits>

#include "engine/core/error.h"
#include "engine/diffusion/noise.h"
#include "engine/metrics/psnr.h"
#include "engine/operators/degradation.h"
#include "engine/operators/pixel_operators.h"
#include "engine/operators/separable_operator.h"
#include "engine/operators/walsh_hadamard.h"
#include "tensor_compare.h"

using namespace lacuna;

namespace {

Tensor normal(const Tensor& like, int which)
{
    std::vector<int> members(static_cast<std::size_t>(like.size(0)));
    for (std::size_t i = 0; i < members.size(); ++i)
        members[i] = static_cast<int>(i);
    return CounterNoise(11, members).draw(like, Purpose::Step, which);
}

Tensor picture(std::int64_t H, std::int64_t W, int which = 0)
{
    return normal(at::empty({2, 3, H, W}, at::kDouble), which);
}

/// Known but for a hole in the middle.
Tensor keep_around_hole(std::int64_t H, std::int64_t W)
{
    const Tensor keep = at::ones({H, W}, at::kFloat);
    keep.narrow(0, H / 4, H / 2).narrow(1, W / 3, W / 3).zero_();
    return keep;
}

std::unique_ptr<SpectralOperator> made(const QString& task, int scale, int H, int W)
{
    return make_operator(
        {.task = task.toStdString(), .scale = scale, .keep = keep_around_hole(H, W), .seed = 3}, 3, H, W);
}

double inner_product(const Tensor& a, const Tensor& b)
{
    return (a * b).sum().item<double>();
}

/// What an operator does, written another way; undefined where only the singular values say it.
Tensor straightforward(const QString& task, int scale, const Tensor& x)
{
    if (task == "inpaint")
        return x * keep_around_hole(x.size(2), x.size(3)).to(x.options());
    if (task == "sr-average")
        return at::avg_pool2d(x, {scale, scale});
    if (task == "color")
        return (0.3333 * x.select(1, 0) + 0.3334 * x.select(1, 1) + 0.3333 * x.select(1, 2)).unsqueeze(1);
    if (task == "denoise")
        return x;
    return {};
}

/// Convolution of every channel with an outer product of kernels, zero beyond the border.
Tensor convolved(const Tensor& x, const std::vector<double>& vertical, const std::vector<double>& horizontal,
                 std::int64_t stride, std::int64_t padding)
{
    const Tensor kernel = at::outer(at::tensor(vertical, at::kDouble), at::tensor(horizontal, at::kDouble));
    const Tensor weight = kernel.expand({3, 1, kernel.size(0), kernel.size(1)});
    return at::conv2d(x, weight, {}, at::IntArrayRef(stride), at::IntArrayRef(padding), at::IntArrayRef(1),
                      3);
}

} // namespace

class TestOperators : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void laws_data();
    void laws();
    void bicubicTaps();
    void bicubicInside_data();
    void bicubicInside();
    void bicubicKeepsConstants();
    void bicubicSingularValues();
    void blurIsConvolution();
    void publishedBlurLosesATap();
    void givenBasis();
    void walshHadamardIsItsOwnInverse();
    void theSeedShuffles();
    void measurementLeavesHolesEmpty();
    void consistencyFigures();
    void refusals_data();
    void refusals();
};

void TestOperators::laws_data()
{
    QTest::addColumn<QString>("task");
    QTest::addColumn<int>("scale");
    QTest::addColumn<int>("H");
    QTest::addColumn<int>("W");
    const auto row = [](const char* task, int scale, int H, int W) {
        QTest::addRow("%s %d, %d x %d", task, scale, W, H) << QString(task) << scale << H << W;
    };
    for (const char* task : {"inpaint", "color", "denoise", "deblur-uniform", "deblur-gauss", "deblur-aniso"})
        for (const int W : {16, 24})
            row(task, 1, 16, W);
    row("sr-average", 2, 8, 12);
    row("sr-average", 4, 16, 24);
    row("sr-bicubic", 2, 16, 16);
    row("sr-bicubic", 3, 12, 18);
    row("sr-bicubic", 4, 16, 24);
    row("sr-bicubic", 8, 8, 16);
    row("cs", 2, 16, 16);
    row("cs", 4, 8, 32);
    row("cs", 5, 16, 16);
}

void TestOperators::laws()
{
    QFETCH(QString, task);
    QFETCH(int, scale);
    QFETCH(int, H);
    QFETCH(int, W);
    const auto op = made(task, scale, H, W);
    const Tensor x = picture(H, W), y = op->A(x), z = normal(y, 1);
    const std::int64_t m = op->singular_values().numel(), n = x[0].numel();

    // The adjoint, and the four laws of the pseudo-inverse that matter here.
    QVERIFY(std::abs(inner_product(y, z) - inner_product(x, op->At(z)))
            < 1e-10 * std::sqrt(inner_product(y, y) * inner_product(z, z)));
    COMPARE_TENSORS(op->A(op->A_pinv(y)), y, 0, 1e-10);
    COMPARE_TENSORS(op->A_pinv(op->A(op->A_pinv(z))), op->A_pinv(z), 0, 1e-9);
    COMPARE_TENSORS(op->A(op->null_part(x)), at::zeros_like(y), 0, 1e-10);
    COMPARE_TENSORS(op->null_part(op->null_part(x)), op->null_part(x), 0, 1e-9);

    // The spectral form.
    QCOMPARE(op->Vt(x).sizes().vec(), (std::vector<std::int64_t>{2, n}));
    QCOMPARE(op->Ut(y).sizes().vec(), (std::vector<std::int64_t>{2, m}));
    COMPARE_TENSORS(op->V(op->Vt(x)), x, 0, 1e-10);
    COMPARE_TENSORS(op->Vt(op->V(normal(at::empty({2, n}, at::kDouble), 2))),
                    normal(at::empty({2, n}, at::kDouble), 2), 0, 1e-10);
    QVERIFY(std::abs(inner_product(op->Vt(x), op->Vt(x)) - inner_product(x, x)) < 1e-9 * inner_product(x, x));
    const Tensor w = normal(at::empty({2, m}, at::kDouble), 3);
    COMPARE_TENSORS(op->Ut(op->U(w)), w, 0, 1e-10);
    COMPARE_TENSORS(op->Ut(y), op->singular_values() * op->Vt(x).narrow(1, 0, m), 0, 1e-10);
    QVERIFY((op->singular_values() >= 0).all().item<bool>());

    // Another way to compute it, and single precision.
    if (const Tensor expected = straightforward(task, scale, x); expected.defined())
        COMPARE_TENSORS(y, expected, 0, 1e-10);
    const Tensor single = op->A(x.to(at::kFloat));
    QCOMPARE(single.scalar_type(), at::kFloat);
    COMPARE_TENSORS(single, y, 0, 1e-5);
}

void TestOperators::bicubicTaps()
{
    // restoration.md 10.5
    const std::vector<double> half{-.001709, -.0109863, -.0183105, -.0119629,
                                   .0227051, .0974121,  .1818848,  .2409668};
    const std::vector<double> taps = bicubic_taps(4);
    QCOMPARE(taps.size(), std::size_t(16));
    for (std::size_t i = 0; i < half.size(); ++i) {
        QVERIFY(std::abs(taps[i] - half[i]) < 1e-6);
        QVERIFY(std::abs(taps[15 - i] - taps[i]) < 1e-15);
    }
}

void TestOperators::bicubicInside_data()
{
    QTest::addColumn<int>("factor");
    for (const int factor : {2, 3, 4})
        QTest::addRow("factor %d", factor) << factor;
}

void TestOperators::bicubicInside()
{
    // Away from the border it is a convolution with a stride. Output r of an axis has its first tap at
    // factor r + ceil((factor - 1) / 2 - 2 factor), so that output 2 is the first without a mirror.
    QFETCH(int, factor);
    const int size = 8 * factor;
    const Tensor x = picture(size, size);
    const Tensor y = made("sr-bicubic", factor, size, size)->A(x);
    const std::vector<double> taps = bicubic_taps(factor);
    const auto start = 2 * factor + static_cast<std::int64_t>(std::ceil((factor - 1) / 2.0 - 2.0 * factor));
    const Tensor inside = x.slice(2, start).slice(3, start);
    const Tensor expected = convolved(inside, taps, taps, factor, 0);
    COMPARE_TENSORS(y.narrow(2, 2, 4).narrow(3, 2, 4), expected.narrow(2, 0, 4).narrow(3, 0, 4), 0, 1e-12);
}

void TestOperators::bicubicKeepsConstants()
{
    for (const int n : {4, 8, 12})
        COMPARE_TENSORS(bicubic_matrix(n, 4).sum(1), at::ones({n / 4}, at::kDouble), 0, 1e-13);
}

void TestOperators::bicubicSingularValues()
{
    // restoration.md 10.5
    COMPARE_TENSORS(small_svd(bicubic_matrix(16, 4)).S, at::tensor({.5, .4978, .4705, .3991}, at::kDouble), 0,
                    5e-5);
    const std::vector<std::array<double, 3>> ranges{
        {2, .486226, .707107}, {4, .348517, .5}, {8, .247091, .353553}, {16, .176179, .25}};
    for (const auto& [factor, least, most] : ranges) {
        const Tensor S = small_svd(bicubic_matrix(256, static_cast<int>(factor))).S;
        QVERIFY(std::abs(S.min().item<double>() - least) < 1e-6);
        QVERIFY(std::abs(S.max().item<double>() - most) < 1e-6);
    }
}

void TestOperators::blurIsConvolution()
{
    const std::vector<double> vertical = gaussian_kernel(9, 1), horizontal = gaussian_kernel(9, 20);
    const Tensor x = picture(16, 24);
    const Tensor blurred =
        at::matmul(at::matmul(blur_matrix(16, vertical), x), blur_matrix(24, horizontal).t());
    COMPARE_TENSORS(blurred, convolved(x, vertical, horizontal, 1, 4), 0, 1e-12);
    // The operator leaves out the components that are not inverted.
    const Tensor y = made("deblur-aniso", 1, 16, 24)->A(x);
    const double rest = ((y - blurred).square().sum() / x.square().sum()).item<double>();
    QVERIFY(rest > 0 && rest < smallest_singular_value * smallest_singular_value);
}

void TestOperators::publishedBlurLosesATap()
{
    // Q10: a constant becomes 8/9 of itself along each axis.
    const Tensor whole = blur_matrix(32, uniform_kernel(9)),
                 published = blur_matrix(32, uniform_kernel(9), true);
    COMPARE_TENSORS(whole.sum(1).narrow(0, 8, 16), at::ones({16}, at::kDouble), 0, 1e-12);
    COMPARE_TENSORS(published.sum(1).narrow(0, 8, 16), at::full({16}, 8.0 / 9, at::kDouble), 0, 1e-12);
    const Tensor x = at::ones({1, 3, 32, 32}, at::kDouble);
    const auto centre = [&](bool quirks) {
        return make_operator({.task = "deblur-gauss", .reference_quirks = quirks}, 3, 32, 32)
            ->A(x)[0][0][16][16]
            .item<double>();
    };
    QVERIFY(std::abs(centre(false) - 1) < 0.01);
    QVERIFY(centre(true) < 0.7);
}

void TestOperators::givenBasis()
{
    // Another basis of the null space: the same operator in other spectral coordinates.
    SmallSvd svd = small_svd(at::full({1, 4}, 0.25, at::kDouble));
    svd.V = svd.V.index_select(1, at::tensor({0, 2, 3, 1}, at::kLong)).contiguous();
    const BlockAverage other(3, 8, 8, 2, svd), own(3, 8, 8, 2);
    const Tensor x = picture(8, 8);
    COMPARE_TENSORS(other.A(x), own.A(x), 0, 1e-12);
    COMPARE_TENSORS(other.V(other.Vt(x)), x, 0, 1e-12);
    QVERIFY(!at::allclose(other.Vt(x), own.Vt(x)));
}

void TestOperators::walshHadamardIsItsOwnInverse()
{
    const Tensor x = normal(at::empty({3, 64}, at::kDouble), 0);
    COMPARE_TENSORS(walsh_hadamard(walsh_hadamard(x)), x, 0, 1e-12);
    // The matrix of two and of four values.
    const Tensor H4 =
        at::tensor({1., 1., 1., 1., 1., -1., 1., -1., 1., 1., -1., -1., 1., -1., -1., 1.}, at::kDouble)
            .reshape({4, 4});
    COMPARE_TENSORS(walsh_hadamard(at::eye(4, at::kDouble)), H4 / 2, 0, 1e-15);
}

void TestOperators::theSeedShuffles()
{
    const Tensor x = picture(16, 16);
    const auto y = [&](std::uint64_t seed) {
        return make_operator({.task = "cs", .scale = 4, .seed = seed}, 3, 16, 16)->A(x);
    };
    QVERIFY(same_bits(y(5), y(5)));
    QVERIFY(!at::allclose(y(5), y(6)));
}

void TestOperators::measurementLeavesHolesEmpty()
{
    CounterNoise noise(1, {0});
    const Tensor x = picture(16, 16).narrow(0, 0, 1);
    const auto op = made("inpaint", 1, 16, 16);
    const Tensor y = measure(*op, x, 0.5, noise), holes = 1 - op->keep();
    QCOMPARE((y * holes).abs().max().item<double>(), 0.0);
    const double deviation =
        ((y - op->A(x)).square().sum() / op->singular_values().numel()).sqrt().item<double>();
    QVERIFY(std::abs(deviation - 0.5) < 0.05);
    QVERIFY(same_bits(measure(*op, x, 0, noise), op->A(x)));
}

void TestOperators::consistencyFigures()
{
    const Tensor x = picture(16, 16).clamp(-1, 1);
    const auto op = made("sr-average", 4, 16, 16);
    const auto A = [&](const Tensor& images) { return op->A(images); };
    const auto A_pinv = [&](const Tensor& measured) { return op->A_pinv(measured); };
    const Tensor y = op->A(x.narrow(0, 0, 1));
    QCOMPARE(measurement_psnr(x.narrow(0, 0, 1), y, A)[0], std::numeric_limits<double>::infinity());
    // 0.2 everywhere is 0.1 of the range of a picture: 20 dB, in both spaces.
    const Tensor flat = at::zeros({1, 3, 16, 16}, at::kDouble);
    QVERIFY(std::abs(low_resolution_psnr(flat + 0.2, op->A(flat), A, A_pinv)[0] - 20) < 1e-9);
    QVERIFY(std::abs(measurement_psnr(flat + 0.2, op->A(flat), A)[0] - 20) < 1e-9);
    // The mean of 20 dB and 40 dB.
    const auto both = low_resolution_psnr(at::cat({flat + 0.2, flat + 0.02}), op->A(flat), A, A_pinv);
    QVERIFY(std::abs((both[0] + both[1]) / 2 - 30) < 1e-9);
    // Pictures are clamped before they are compared.
    QVERIFY(low_resolution_psnr(flat + 3, op->A(flat + 1), A, A_pinv)[0] > 200);
}

void TestOperators::refusals_data()
{
    QTest::addColumn<QString>("task");
    QTest::addColumn<int>("scale");
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("W");
    QTest::addColumn<QString>("word");
    QTest::newRow("unknown") << "magic" << 1 << 3 << 16 << "sr-bicubic";
    QTest::newRow("width not divisible") << "sr-average" << 4 << 3 << 18 << "multiples of 4";
    QTest::newRow("bicubic not divisible") << "sr-bicubic" << 3 << 3 << 16 << "multiples of 3";
    QTest::newRow("scale 0") << "sr-bicubic" << 0 << 3 << 16 << "1 or more";
    QTest::newRow("gray picture") << "color" << 1 << 1 << 16 << "colour picture";
    QTest::newRow("not a power of two") << "cs" << 2 << 3 << 24 << "power of two";
    QTest::newRow("nothing measured") << "cs" << 1000 << 3 << 16 << "number of pixels";
    QTest::newRow("no mask") << "inpaint" << 1 << 3 << 16 << "mask of the same size";
}

void TestOperators::refusals()
{
    QFETCH(QString, task);
    QFETCH(int, scale);
    QFETCH(int, channels);
    QFETCH(int, W);
    QFETCH(QString, word);
    try {
        make_operator({.task = task.toStdString(), .scale = scale}, channels, 16, W);
        QFAIL("it is accepted");
    } catch (const Error& error) {
        QCOMPARE(error.kind(), ErrorKind::Usage);
        QVERIFY2(QString(error.what()).contains(word), error.what());
    }
}

QTEST_GUILESS_MAIN(TestOperators)
#include "tst_operators.moc"
