// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <cmath>
#include <functional>
#include <memory>

#include "engine/closed_form/finite_set.h"
#include "engine/closed_form/gaussian_mixture.h"
#include "engine/diffusion/deterministic_dps.h"
#include "engine/diffusion/first_order.h"
#include "engine/diffusion/guided_heun.h"
#include "engine/diffusion/multistep.h"
#include "engine/diffusion/pndm.h"
#include "engine/diffusion/preconditioning.h"
#include "exact_models.h"
#include "tensor_compare.h"

using namespace lacuna;
using MakeSampler = std::function<std::unique_ptr<Sampler>()>;
using MakeDenoiser = std::function<std::unique_ptr<Denoiser>(const Tensor& data)>;

Q_DECLARE_METATYPE(MakeSampler)
Q_DECLARE_METATYPE(MakeDenoiser)

namespace {

template <typename Kind, typename... Arguments> MakeSampler make(Arguments... arguments)
{
    return [=] { return std::make_unique<Kind>(arguments...); };
}

MakeSampler deis(DeisBasis basis, int order)
{
    DeisOptions options;
    options.basis = basis;
    options.order = order;
    return make<Deis>(options);
}

struct Named {
    const char* name;
    MakeSampler make;
    double order; ///< of convergence on equal steps in ln sigma, at least (the start is of lower order)
};

std::vector<Named> multistep_samplers()
{
    return {
        {"DPM-Solver++(2M)", make<DpmSolver2M>(DpmSolverOptions{}), 2},
        {"UniPC bh1", make<UniPc2>(UniPcVariant::Bh1), 2},
        {"UniPC bh2", make<UniPc2>(UniPcVariant::Bh2), 2},
        {"DEIS log-rho 2", deis(DeisBasis::LogSigma, 2), 2},
        {"DEIS log-rho 3", deis(DeisBasis::LogSigma, 3), 2},
        {"DEIS rho-AB 3", deis(DeisBasis::Sigma, 3), 2},
        {"DEIS t-AB 3", deis(DeisBasis::VpTime, 3), 2},
        {"iPNDM", make<Ipndm>(4), 2},
        {"PLMS", make<Plms>(), 2},
        {"F-PNDM", make<Fpndm>(), 2},
    };
}

void add_multistep_samplers()
{
    QTest::addColumn<MakeSampler>("make");
    QTest::addColumn<double>("order");
    for (const Named& named : multistep_samplers())
        QTest::newRow(named.name) << named.make << named.order;
}

/// Four pictures of 2 x 3 values, far from each other.
Tensor some_data()
{
    const Tensor signs = at::tensor(
        {1, 1, 1, -1, -1, -1, -1, 1, -1, 1, -1, 1, 1, -1, -1, 1, 1, -1, -1, -1, 1, 1, -1, 1}, at::kDouble);
    return 0.7 * signs.reshape({4, 1, 2, 3});
}

/// The exact denoiser as the network of a prediction: what a perfect network would say.
std::unique_ptr<Denoiser> as_network(const Tensor& data, Prediction prediction)
{
    auto exact = std::make_shared<FiniteSet>(data);
    // The scaled network sees x / sqrt(1 + sigma^2); its label is here sigma itself.
    const Network network = [exact, prediction](const Tensor& in, double sigma) {
        const double abar = 1 / (1 + sigma * sigma);
        const Tensor x = in / std::sqrt(abar), x0 = exact->x0(x, sigma), eps = (x - x0) / sigma;
        return prediction == Prediction::Eps ? eps : std::sqrt(abar) * eps - std::sqrt(1 - abar) * x0;
    };
    Preconditioning preconditioning = continuous_preconditioning(prediction, /*scale_input=*/true);
    return std::make_unique<PreconditionedDenoiser>(
        network,
        Preconditioning{.at =
                            [inner = preconditioning.at](double sigma) {
                                Scaling scaling = inner(sigma);
                                scaling.noise = sigma;
                                return scaling;
                            }},
        at::kDouble);
}

/// Distance of every row of x to the nearest row of the data, the largest of them.
double distance_to(const Tensor& x, const Tensor& data)
{
    const Tensor gaps = x.flatten(1).unsqueeze(1) - data.flatten(1);
    return gaps.abs().amax(2).amin(1).max().item<double>();
}

} // namespace

class TestMultistep : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void errorFallsAsStepsDouble_data();
    void errorFallsAsStepsDouble();
    void exactForASinglePoint_data();
    void exactForASinglePoint();
    void aJumpStartsAnew_data();
    void aJumpStartsAnew();
    void sameAfterAMateLeft_data();
    void sameAfterAMateLeft();
    void evaluationsAreCounted_data();
    void evaluationsAreCounted();
    void deisCoefficientsAreTheClosedForms();
    void deisCoefficientsIntegratePolynomials();
    void lastStepsMayLoseOrder();
    void timestepMiddleRoundsDown();
    void everySamplerRunsWithEveryDenoiser_data();
    void everySamplerRunsWithEveryDenoiser();
    void dpsFollowsTheMeasurement_data();
    void dpsFollowsTheMeasurement();
    void dpsRunsInInferenceMode();
};

void TestMultistep::errorFallsAsStepsDouble_data()
{
    add_multistep_samplers();
}

void TestMultistep::errorFallsAsStepsDouble()
{
    // The probability flow of a Gaussian is known: x scales with sqrt(spread^2 + sigma^2).
    QFETCH(MakeSampler, make);
    QFETCH(double, order);
    GaussianDenoiser denoiser(0.2, 0.3);
    const Tensor x = at::linspace(-60, 60, 7, at::kDouble).reshape({1, 7});
    const auto error = [&](int steps) {
        const std::vector<double> levels = schedule::geometric(steps, 0.05, 20);
        CounterNoise noise(1, {0});
        const auto sampler = make();
        SampleRun run(*sampler, denoiser, noise, levels, x, {0});
        while (!run.done())
            run.next();
        const Tensor end = 0.2 + (x - 0.2) * std::sqrt((0.09 + 0.05 * 0.05) / (0.09 + 400));
        return (run.x() - end).abs().max().item<double>();
    };
    // Over four doublings: a single one may meet a change of sign of the error.
    const double coarse = error(40), fine = error(640), rate = std::log2(coarse / fine) / 4;
    QVERIFY2(rate > order - 0.4,
             qPrintable(QString("rate %1, errors %2 and %3").arg(rate).arg(coarse).arg(fine)));
    QVERIFY2(fine < 1e-4, qPrintable(QString::number(fine)));
}

void TestMultistep::exactForASinglePoint_data()
{
    add_multistep_samplers();
}

void TestMultistep::exactForASinglePoint()
{
    // One point: the estimate and eps are the same everywhere, so that every order gives the straight line.
    QFETCH(MakeSampler, make);
    FiniteSet point(at::linspace(-1, 1, 6, at::kDouble).reshape({1, 6}));
    const Tensor y = at::linspace(-1, 1, 6, at::kDouble).reshape({1, 6});
    for (const double end : {0.0, 0.01}) {
        const std::vector<double> levels = end > 0 ? schedule::geometric(9, end, 80) : schedule::edm(9);
        const auto sampler = make();
        const Tensor x = sample(*sampler, point, levels, {3}, {6});
        CounterNoise noise(5, {3});
        const Tensor z = noise.draw(x, Purpose::Initial, 0);
        COMPARE_TENSORS(x, y + (80 * z - y) * (end / 80), 0, 1e-9);
    }
}

void TestMultistep::aJumpStartsAnew_data()
{
    add_multistep_samplers();
}

void TestMultistep::aJumpStartsAnew()
{
    QFETCH(MakeSampler, make);
    GaussianDenoiser denoiser(0.2, 0.3);
    CounterNoise noise(1, {0});
    const Tensor x = noise.draw(at::empty({1, 30}, at::kDouble), Purpose::Initial, 0) * 3;
    const auto used = make(), fresh = make(), continued = make(), wider = make();
    used->step(x, {9, 5, 0, false}, denoiser, noise);
    const double levels[] = {40, 30, 20, 9, 3};
    for (int i = 0; i < 4; ++i)
        continued->step(2 * x, {levels[i], levels[i + 1], i, false}, denoiser, noise);
    CounterNoise two(1, {0, 1});
    wider->step(at::cat({x, x}), {9, 3, 0, false}, denoiser, two);
    const Transition step{3, 2, 1, false};
    const Tensor expected = fresh->step(x, step, denoiser, noise).x;
    QVERIFY(same_bits(used->step(x, step, denoiser, noise).x, expected));
    QVERIFY(same_bits(wider->step(x, step, denoiser, noise).x, expected));
    QVERIFY(!at::allclose(continued->step(x, step, denoiser, noise).x, expected));
}

void TestMultistep::sameAfterAMateLeft_data()
{
    add_multistep_samplers();
}

void TestMultistep::sameAfterAMateLeft()
{
    QFETCH(MakeSampler, make);
    GaussianDenoiser denoiser(0.2, 0.3);
    const std::vector<double> levels = schedule::geometric(8, 0.05, 20);
    const Tensor x = at::linspace(-30, 30, 12, at::kDouble).reshape({3, 4});
    const auto run = [&](const Tensor& start, bool lose) {
        const auto sampler = make();
        CounterNoise noise(1, std::vector<int>(static_cast<std::size_t>(start.size(0))));
        Tensor state = start;
        for (int i = 0; i < 8; ++i) {
            const auto k = static_cast<std::size_t>(i);
            state = sampler->step(state, {levels[k], levels[k + 1], i, i == 7}, denoiser, noise).x;
            if (lose && i == 4) {
                state = state.index_select(0, at::tensor({2L, 0L}, at::kLong));
                sampler->retain({2, 0});
            }
        }
        return state;
    };
    const Tensor lost = run(x, true), whole = run(x, false);
    QVERIFY(same_bits(lost[0], whole[2]));
    QVERIFY(same_bits(lost[1], whole[0]));
}

void TestMultistep::evaluationsAreCounted_data()
{
    add_multistep_samplers();
}

void TestMultistep::evaluationsAreCounted()
{
    QFETCH(MakeSampler, make);
    int calls = 0;
    GaussianDenoiser exact(0.2, 0.3);
    FunctionDenoiser denoiser([&](const Tensor& x, double sigma) {
        ++calls;
        return exact.x0(x, sigma);
    });
    const auto sampler = make();
    sample(*sampler, denoiser, schedule::geometric(9, 0.01, 80), {0}, {4});
    QCOMPARE(calls, sampler->evaluations(9));
}

void TestMultistep::deisCoefficientsAreTheClosedForms()
{
    // samplers.md 3.3: antiderivatives of the Lagrange basis in ln sigma.
    const double b = 3, c = 5, d = 9, end = 1.2;
    const auto two = [](double s, double own, double other) {
        return s * (std::log(s) - std::log(other) - 1) / (std::log(own) - std::log(other));
    };
    const auto three = [](double s, double own, double p, double q) {
        const double l = std::log(s), lp = std::log(p), lq = std::log(q);
        return s * (l * l - (lp + lq + 2) * l + lp * lq + lp + lq + 2)
               / ((std::log(own) - lp) * (std::log(own) - lq));
    };
    const Deis solver;
    const std::vector<double> C2 = solver.coefficients({b, c}, end), C3 = solver.coefficients({b, c, d}, end);
    const std::vector<double> expected2{two(end, b, c) - two(b, b, c), two(end, c, b) - two(b, c, b)};
    const std::vector<double> expected3{three(end, b, c, d) - three(b, b, c, d),
                                        three(end, c, b, d) - three(b, c, b, d),
                                        three(end, d, b, c) - three(b, d, b, c)};
    COMPARE_TENSORS(at::tensor(C2, at::kDouble), at::tensor(expected2, at::kDouble), 0, 1e-10);
    COMPARE_TENSORS(at::tensor(C3, at::kDouble), at::tensor(expected3, at::kDouble), 0, 1e-10);
}

void TestMultistep::deisCoefficientsIntegratePolynomials()
{
    // With nodes of sigma, every polynomial of degree < order is integrated exactly.
    DeisOptions options;
    options.basis = DeisBasis::Sigma;
    const std::vector<double> nodes{3, 5, 9, 20};
    const std::vector<double> C = Deis(options).coefficients(nodes, 1.2);
    for (int degree = 0; degree < 4; ++degree) {
        double sum = 0;
        for (std::size_t j = 0; j < 4; ++j)
            sum += C[j] * std::pow(nodes[j], degree);
        const double exact = (std::pow(1.2, degree + 1) - std::pow(3.0, degree + 1)) / (degree + 1);
        QVERIFY2(std::abs(sum - exact) < 1e-8, qPrintable(QString::number(sum - exact)));
    }
}

void TestMultistep::lastStepsMayLoseOrder()
{
    GaussianDenoiser denoiser(0.2, 0.3);
    CounterNoise noise(1, {0});
    const Tensor x = at::linspace(-9, 9, 5, at::kDouble).reshape({1, 5});
    DpmSolver2M lowered({.lower_order_final = true}), plain, first;
    DeisOptions capped;
    capped.lower_order_final_of = 2;
    Deis deis_lowered(capped), deis_plain, deis_first;
    for (Sampler* sampler : std::initializer_list<Sampler*>{&lowered, &plain, &deis_lowered, &deis_plain})
        sampler->step(2 * x, {9, 3, 0, false}, denoiser, noise);
    const Transition last{3, 2, 1, true};
    const auto end = [&](Sampler& sampler) { return sampler.step(x, last, denoiser, noise).x; };
    const Tensor of_first = end(first), of_first_deis = end(deis_first);
    QVERIFY(same_bits(end(lowered), of_first));
    QVERIFY(!at::allclose(end(plain), of_first));
    QVERIFY(same_bits(end(deis_lowered), of_first_deis));
    QVERIFY(!at::allclose(end(deis_plain), of_first_deis));
}

void TestMultistep::timestepMiddleRoundsDown()
{
    const std::vector<double> table = schedule::ddpm_linear();
    const auto middle = Fpndm::timestep_middle(table);
    QCOMPARE(middle(table[900], table[800]), table[850]);
    QCOMPARE(middle(table[900], table[835]), table[868]); // 900 - floor(65 / 2)
}

void TestMultistep::everySamplerRunsWithEveryDenoiser_data()
{
    std::vector<Named> samplers = multistep_samplers();
    FirstOrderOptions mixed;
    mixed.gamma = 1.5;
    mixed.mu = 0.3;
    samplers.push_back({"DDIM", make<FirstOrder>(FirstOrderOptions{}), 0});
    samplers.push_back({"DDIM, eta 0.5", make<FirstOrder>(FirstOrderOptions::ddim(0.5)), 0});
    samplers.push_back({"DDPM", make<FirstOrder>(FirstOrderOptions::ddpm()), 0});
    samplers.push_back(
        {"gradient estimation", make<FirstOrder>(FirstOrderOptions::gradient_estimation()), 0});
    samplers.push_back({"gamma 1.5, mu 0.3", make<FirstOrder>(mixed), 0});
    Churn churn;
    churn.amount = 0.9;
    churn.steps = 40;
    samplers.push_back({"Heun", make<Heun>(Churn{}), 0});
    samplers.push_back({"Heun with churn", make<Heun>(churn), 0});
    ParticleGuidance guidance;
    guidance.strength = 1;
    samplers.push_back({"guided Heun", make<GuidedHeun>(guidance, churn), 0});

    const std::vector<std::pair<const char*, MakeDenoiser>> denoisers{
        {"finite set", [](const Tensor& data) { return std::make_unique<FiniteSet>(data); }},
        {"mixture",
         [](const Tensor& data) {
             return std::make_unique<DiagonalMixture>(at::ones({4}, at::kDouble), data.flatten(1),
                                                      at::full({4}, 1e-4, at::kDouble));
         }},
        {"eps network", [](const Tensor& data) { return as_network(data, Prediction::Eps); }},
        {"v network", [](const Tensor& data) { return as_network(data, Prediction::V); }},
    };
    QTest::addColumn<MakeSampler>("make");
    QTest::addColumn<MakeDenoiser>("model");
    for (const Named& sampler : samplers)
        for (const auto& [name, model] : denoisers)
            QTest::addRow("%s, %s", sampler.name, name) << sampler.make << model;
}

void TestMultistep::everySamplerRunsWithEveryDenoiser()
{
    QFETCH(MakeSampler, make);
    QFETCH(MakeDenoiser, model);
    const Tensor data = some_data();
    const auto denoiser = model(data);
    const auto sampler = make();
    const Tensor x = sample(*sampler, *denoiser, schedule::geometric(40, 0.01, 20), {0, 1, 2}, {1, 2, 3});
    QCOMPARE(x.size(0), std::int64_t{3});
    // A mixture's own spread is 0.01, the last level is 0.01.
    QVERIFY2(distance_to(x, data) < 0.1, qPrintable(QString::number(distance_to(x, data))));
}

void TestMultistep::dpsFollowsTheMeasurement_data()
{
    QTest::addColumn<bool>("root");
    QTest::newRow("squared norm") << false;
    QTest::newRow("norm") << true;
}

void TestMultistep::dpsFollowsTheMeasurement()
{
    // One step on pixels that are N(0, s^2): D = a x with a = s^2 / (s^2 + sigma^2), so that the gradient is known.
    QFETCH(bool, root);
    const double spread = 0.5, sigma = 2, to = 1, xi = 0.3;
    GaussianDenoiser denoiser(0, spread);
    const Tensor x = at::tensor({1.0, -2.0, 0.5, 3.0, 1.0, -1.0}, at::kDouble).reshape({2, 3});
    const Tensor y = at::tensor({0.4, 0.1, 7.0}, at::kDouble).reshape({1, 3});
    const Tensor keep = at::tensor({1.0, 1.0, 0.0}, at::kDouble).reshape({1, 3});
    DeterministicDps sampler(y, keep, {.xi = xi, .loss = root ? DpsLoss::Norm : DpsLoss::SquaredNorm});
    CounterNoise noise(1, {0, 1});
    const StepResult result = sampler.step(x, {sigma, to, 0, false}, denoiser, noise);

    const double a = spread * spread / (spread * spread + sigma * sigma);
    const Tensor off = keep * (y - a * x);
    Tensor gradient = -2 * a * off;
    if (root)
        gradient = gradient / (2 * off.square().sum(1, true).sqrt());
    COMPARE_TENSORS(result.x, a * x + to / sigma * (x - a * x) - xi * gradient, 0, 1e-13);
    COMPARE_TENSORS(result.x0, a * x, 0, 1e-15);
    QVERIFY(!result.x.requires_grad() && !result.x0.requires_grad());
}

void TestMultistep::dpsRunsInInferenceMode()
{
    const Tensor data = some_data(), keep = at::zeros({1, 1, 2, 3}, at::kDouble);
    keep.narrow(2, 0, 1).fill_(1);
    FiniteSet denoiser(data);
    DeterministicDps sampler(data.narrow(0, 2, 1), keep, {.xi = 0.3});
    const Tensor outside = sample(sampler, denoiser, schedule::edm(12), {0, 1}, {1, 2, 3});
    const c10::InferenceMode inference;
    const Tensor inside = sample(sampler, denoiser, schedule::edm(12), {0, 1}, {1, 2, 3});
    QVERIFY(same_bits(inside, outside));
}

QTEST_APPLESS_MAIN(TestMultistep)
#include "tst_multistep.moc"
