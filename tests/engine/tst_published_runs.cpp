// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <array>
#include <limits>

#include "engine/operators/degradation.h"
#include "published_runs.h"
#include "tensor_compare.h"

using namespace lacuna;

namespace {

constexpr double none = std::numeric_limits<double>::infinity();

/// What a published run ends with: pixel is channel 0 at (3, 4) of every member, begin the first of member 0.
struct Row {
    const char* name;
    RestorationOptions options;
    Degradation degradation;
    bool learned = false;
    int draws = 0;
    double deviation = 0;
    std::array<double, 3> pixel{};
    std::vector<double> begin{};
};

RestorationOptions published(const char* method, double eta, double D)
{
    RestorationOptions options;
    options.method = method;
    options.steps = 10;
    options.guidance_eta = eta;
    options.guidance_bound = D;
    options.reference_quirks = true;
    return options;
}

RestorationOptions repaint(double eta, double D)
{
    RestorationOptions options = published("repaint", eta, D);
    options.jumps.jump = {2, 2};
    return options;
}

RestorationOptions noisy(RestorationOptions options, double sigma_y)
{
    options.sigma_y = sigma_y;
    return options;
}

RestorationOptions travelling(RestorationOptions options, int length, int repeat)
{
    options.travel_length = length;
    options.travel_repeat = repeat;
    return options;
}

RestorationOptions with_zeta(RestorationOptions options, double zeta)
{
    options.zeta = zeta;
    return options;
}

Degradation hole(std::int64_t size, int y0, int y1, int x0, int x1)
{
    const Tensor keep = at::ones({size, size}, at::kFloat);
    keep.slice(0, y0, y1 + 1).slice(1, x0, x1 + 1).zero_();
    return {.task = "inpaint", .keep = keep};
}

std::vector<Row> rows()
{
    const Degradation small = hole(8, 2, 5, 3, 6), hole16 = hole(16, 2, 7, 3, 10);
    const Degradation bicubic{.task = "sr-bicubic", .scale = 4}, average{.task = "sr-average", .scale = 4};
    const Degradation color{.task = "color"};
    return {
        // restoration.md 10.4
        {"repaint",
         repaint(0, none),
         small,
         true,
         44,
         .573348,
         {-.543216, -.593474, -.575360},
         {-.00912, .25599, .51906, .71083}},
        {"repaint eta .3", repaint(.3, none), small, true, 44, .573598, {-.545734, -.597083, -.572445}},
        {"repaint eta .3 D .01", repaint(.3, .01), small, true, 44, .573509, {-.543486, -.595739, -.573770}},
        {"repaint eta .3 D .02", repaint(.3, .02), small, true, 44, .573599, {-.545685, -.597182, -.572334}},
        // 10.5
        {"ddrm", published("ddrm", 0, none), hole16, false, 32, .590847, {-.112625, .300196, .262757}},
        {"ddrm eta .8",
         published("ddrm", .8, none),
         hole16,
         false,
         32,
         .591538,
         {-.116372, .325218, .244431}},
        {"ddrm eta .8 D .02",
         published("ddrm", .8, .02),
         hole16,
         false,
         32,
         .591447,
         {-.113899, .318393, .244205}},
        {"ddrm noisy",
         noisy(published("ddrm", 0, none), .1),
         hole16,
         false,
         32,
         .462213,
         {-.112625, .300196, .262757}},
        {"ddrm noisy eta .8",
         noisy(published("ddrm", .8, none), .1),
         hole16,
         false,
         32,
         .462755,
         {-.115724, .308954, .245097}},
        {"ddrm noisy eta .8 D .02",
         noisy(published("ddrm", .8, .02), .1),
         hole16,
         false,
         32,
         .462694,
         {-.113925, .307489, .244234}},
        // 10.6
        {"ddnm", published("ddnm", 0, none), hole16, false, 11, .642367, {-.161456, .824504, .543318}},
        {"ddnm eta .9",
         published("ddnm", .9, none),
         hole16,
         false,
         11,
         .650134,
         {-.218603, .904708, .463690}},
        {"ddnm eta .9 D .02",
         published("ddnm", .9, .02),
         hole16,
         false,
         11,
         .642367,
         {-.161456, .824504, .543318}},
        {"ddnm bicubic",
         published("ddnm", 0, none),
         bicubic,
         false,
         11,
         .808576,
         {.617470, 1.552200, 1.384196}},
        {"ddnm bicubic eta .8",
         published("ddnm", .8, none),
         bicubic,
         false,
         11,
         .834330,
         {.581188, 1.584880, 1.335753}},
        {"ddnm color eta .8",
         published("ddnm", .8, none),
         color,
         false,
         11,
         .713993,
         {.064484, 1.029992, .309640}},
        {"ddnm average eta .8",
         published("ddnm", .8, none),
         average,
         false,
         11,
         .814240,
         {.548467, 1.547993, 1.327610}},
        {"ddnm travel eta .9",
         travelling(published("ddnm", .9, none), 2, 2),
         hole16,
         false,
         27,
         .612441,
         {.161005, .648916, .117712}},
        {"ddnm noisy eta .9",
         noisy(published("ddnm", .9, none), .1),
         hole16,
         false,
         12,
         .541556,
         {-.508577, .665142, .711382}},
        // 10.7
        {"dps",
         with_zeta(published("dps", 0, none), .5),
         hole16,
         false,
         22,
         .345438,
         {-.139165, -.505163, -.133833}},
        {"dps eta .5",
         with_zeta(published("dps", .5, none), .5),
         hole16,
         false,
         22,
         .373114,
         {-.138511, -.564452, -.081317}},
        {"dps eta .5 D .06",
         with_zeta(published("dps", .5, .06), .5),
         hole16,
         false,
         22,
         .345438,
         {-.139165, -.505163, -.133833}},
        {"dps learned eta .5",
         with_zeta(published("dps", .5, none), .5),
         hole16,
         true,
         22,
         .473307,
         {-.071418, -.676108, -.243419}},
        {"dps bicubic noisy",
         noisy(with_zeta(published("dps", 0, none), 1), .1),
         bicubic,
         false,
         22,
         .359807,
         {-.107992, -.475614, -.104800}},
        {"dps bicubic noisy eta .5",
         noisy(with_zeta(published("dps", .5, none), 1), .1),
         bicubic,
         false,
         22,
         .389359,
         {-.105415, -.537249, -.051059}},
    };
}

void compare_end(const Tensor& x, const Row& row)
{
    const double error = 2e-5;
    const Tensor pixel = x.select(1, 0).select(1, 3).select(1, 4);
    COMPARE_TENSORS(pixel, at::tensor(row.pixel, at::kDouble), 0, error);
    COMPARE_TENSORS(x.std(false), at::full({}, row.deviation, at::kDouble), 0, error);
    const auto count = static_cast<std::int64_t>(row.begin.size());
    COMPARE_TENSORS(x.flatten().narrow(0, 0, count), at::tensor(row.begin, at::kDouble), 0, error);
}

} // namespace

class TestPublishedRuns : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void endAsRecorded_data();
    void endAsRecorded();
    void ddrmBicubic_data();
    void ddrmBicubic();
    void guidancePrimitive();
};

void TestPublishedRuns::endAsRecorded_data()
{
    QTest::addColumn<int>("index");
    const std::vector<Row> all = rows();
    for (std::size_t i = 0; i < all.size(); ++i)
        QTest::newRow(all[i].name) << static_cast<int>(i);
}

void TestPublishedRuns::endAsRecorded()
{
    QFETCH(int, index);
    const Row row = rows()[static_cast<std::size_t>(index)];
    const std::string& method = row.options.method;
    const std::int64_t size = method == "repaint" ? 8 : 16;
    const std::shared_ptr<const SpectralOperator> op = make_operator(row.degradation, 3, size, size);

    Tensor y = op->A(made_picture(size, size));
    const bool measured = method == "ddrm" || method == "dps" || row.options.sigma_y > 0;
    if (row.options.sigma_y > 0) {
        // Inpainting is measured as a list of the known values.
        const std::int64_t m = op->singular_values().numel();
        const Tensor n = op->keep().defined() ? op->U(made_noise(0, {1, m})) : made_noise(0, y.sizes().vec());
        y = y + row.options.sigma_y * n;
    }
    Restoration restoration =
        make_restorer(row.options, row.degradation.task, op, y, 3, schedule::ddpm_linear());
    PublishedDraws noise(method, restoration.path, measured);
    QCOMPARE(noise.count(), row.draws);
    PreconditionedDenoiser denoiser = made_denoiser(row.learned);
    const Tensor z = noise.draw(at::empty({3, 3, size, size}, at::kDouble), Purpose::Initial, 0);
    compare_end(restored(restoration, denoiser, noise, z), row);
}

void TestPublishedRuns::ddrmBicubic_data()
{
    QTest::addColumn<double>("sigma_y");
    QTest::addColumn<double>("eta");
    QTest::addColumn<std::vector<double>>("pixel");
    QTest::addColumn<double>("residual");
    QTest::newRow("exact") << 0.0 << 0.0 << std::vector<double>{.795300, .795349, .795435} << 4.707e-4;
    QTest::newRow("exact, eta .8") << 0.0 << 0.8 << std::vector<double>{.795356, .795430, .795445} << -1.0;
    QTest::newRow("noisy") << 0.1 << 0.0 << std::vector<double>{.309552, .309599, .309680} << .293481;
    QTest::newRow("noisy, eta .8") << 0.1 << 0.8 << std::vector<double>{.309606, .309675, .309689} << -1.0;
}

/// Without noise but for the start, so that the result does not depend on the basis of the null space.
void TestPublishedRuns::ddrmBicubic()
{
    QFETCH(double, sigma_y);
    QFETCH(double, eta);
    QFETCH(std::vector<double>, pixel);
    QFETCH(double, residual);
    const std::shared_ptr<const SpectralOperator> op =
        make_operator({.task = "sr-bicubic", .scale = 4}, 3, 16, 16);
    const Tensor y = op->A(made_picture(16, 16));
    COMPARE_TENSORS(y.flatten().narrow(0, 0, 4),
                    at::tensor({.556827, .808396, .011802, -.800112}, at::kDouble), 0, 2e-6);
    const Tensor member = at::arange(3, at::kDouble).reshape({3, 1, 1, 1});
    const Tensor p = 0.5 * made_noise(0, {3, 16, 16}) + 0.2 * member;
    Restoration restoration = make_restorer(noisy(published("ddrm", eta, none), sigma_y), "sr-bicubic", op, y,
                                            3, schedule::ddpm_linear());
    Silence silence;
    PreconditionedDenoiser denoiser = made_denoiser(false);
    const Tensor x = restored(restoration, denoiser, silence, op->Vt(p).reshape({3, 3, 16, 16}));
    COMPARE_TENSORS(x.select(1, 0).select(1, 3).select(1, 4), at::tensor(pixel, at::kDouble), 0, 2e-5);
    if (residual > 0)
        COMPARE_TENSORS((op->A(x) - y).square().mean().sqrt(), at::full({}, residual, at::kDouble), 5e-3, 0);
}

/// restoration.md 10.3
void TestPublishedRuns::guidancePrimitive()
{
    const Tensor scale = at::tensor({1., .9, .5, -1.}, at::kDouble).reshape({4, 1, 1, 1});
    const Tensor x0 = made_noise(0, {4, 3, 4, 4}) * scale;
    const Repulsion repulsion{.eta = .8, .bound_rms = .05, .published_divisor = 48};
    const Steering steering = repulsion.steer(x0, {}, .5);
    QCOMPARE(steering.mate, (std::vector<std::int64_t>{1, 0, 1, 2}));
    const std::vector<double> distances{.018249, .018249, .058307, .216411};
    for (std::size_t i = 0; i < 4; ++i)
        QVERIFY(std::abs(steering.nearest[i] - distances[i]) < 1e-6);
    COMPARE_TENSORS(steering.x0.flatten(1).select(1, 0),
                    at::tensor({.742272, .453095, .233931, -.357787}, at::kDouble), 0, 2e-6);
}

QTEST_GUILESS_MAIN(TestPublishedRuns)
#include "tst_published_runs.moc"
