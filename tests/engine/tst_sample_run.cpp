// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <limits>

#include "engine/core/error.h"
#include "engine/diffusion/first_order.h"
#include "engine/diffusion/schedule.h"
#include "exact_models.h"
#include "tensor_compare.h"

using namespace lacuna;

namespace {

/// Spoils one pixel of the row that shows member `victim` in call `when`; it knows its rows through retain.
class FailingDenoiser final : public Denoiser {
public:
    FailingDenoiser(std::vector<int> members, int victim, int when, double value)
        : members_(std::move(members)),
          victim_(victim),
          when_(when),
          value_(value)
    {
    }

    Tensor x0(const Tensor& x, double sigma) override
    {
        Tensor estimate = exact_.x0(x, sigma);
        if (calls_++ == when_)
            for (std::size_t row = 0; row < members_.size(); ++row)
                if (members_[row] == victim_)
                    estimate[static_cast<std::int64_t>(row)].flatten()[0] = value_;
        return estimate;
    }
    void retain(const std::vector<std::int64_t>& rows) override
    {
        std::vector<int> kept;
        for (const auto row : rows)
            kept.push_back(members_[static_cast<std::size_t>(row)]);
        members_ = kept;
    }
    const std::vector<int>& members() const { return members_; }

private:
    GaussianDenoiser exact_{0.2, 0.3};
    std::vector<int> members_;
    int victim_, when_, calls_ = 0;
    double value_;
};

FirstOrderOptions with_history_and_noise()
{
    FirstOrderOptions options;
    options.gamma = 2;
    options.mu = 0.4;
    return options;
}

} // namespace

class TestSampleRun : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aMemberThatFailsLeaves_data();
    void aMemberThatFailsLeaves();
    void allMembersMayLeave();
    void reportsEveryStep();
    void continuesFromTheMiddle();
    void refusesBrokenLevels_data();
    void refusesBrokenLevels();
};

void TestSampleRun::aMemberThatFailsLeaves_data()
{
    QTest::addColumn<int>("victim");
    QTest::addColumn<int>("when");
    QTest::addColumn<double>("value");
    const double nan = std::numeric_limits<double>::quiet_NaN(),
                 infinity = std::numeric_limits<double>::infinity();
    QTest::newRow("first member, first step") << 10 << 0 << nan;
    QTest::newRow("middle member, fourth step") << 20 << 3 << nan;
    QTest::newRow("last member, last step") << 30 << 9 << nan;
    QTest::newRow("infinite") << 20 << 3 << infinity;
}

void TestSampleRun::aMemberThatFailsLeaves()
{
    QFETCH(int, victim);
    QFETCH(int, when);
    QFETCH(double, value);
    const std::vector<int> members{10, 20, 30};
    const std::vector<double> levels = schedule::edm(10);
    FailingDenoiser failing(members, victim, when, value);
    CounterNoise noise(5, members);
    FirstOrder sampler(with_history_and_noise());
    const Tensor z = noise.draw(at::empty({3, 3, 4, 5}, at::kDouble), Purpose::Initial, 0);
    SampleRun run(sampler, failing, noise, levels, sampler.initial(z, 80), members);
    while (!run.done())
        run.next();

    QCOMPARE(run.casualties().size(), std::size_t{1});
    QCOMPARE(run.casualties()[0].member, victim);
    QCOMPARE(run.casualties()[0].step, when);
    QCOMPARE(run.casualties()[0].sigma, levels[static_cast<std::size_t>(when)]);
    QCOMPARE(run.members().size(), std::size_t{2});
    QCOMPARE(failing.members(), run.members());
    QVERIFY(at::isfinite(run.x()).all().item<bool>());

    GaussianDenoiser exact(0.2, 0.3);
    FirstOrder untroubled(with_history_and_noise());
    const Tensor without = sample(untroubled, exact, levels, run.members(), {3, 4, 5});
    QVERIFY(same_bits(run.x(), without));
    QVERIFY(run.x0().size(0) == 2);
}

void TestSampleRun::allMembersMayLeave()
{
    FunctionDenoiser broken(
        [](const Tensor& x, double sigma) { return sigma < 5 ? x * std::nan("") : x * 0.5; });
    CounterNoise noise(5, {0, 1});
    FirstOrder sampler;
    SampleRun run(sampler, broken, noise, schedule::edm(10), at::ones({2, 4}, at::kDouble), {0, 1});
    while (!run.done())
        run.next();
    QCOMPARE(run.casualties().size(), std::size_t{2});
    QVERIFY(run.members().empty());
    QVERIFY(run.position() < 10);
    QVERIFY_EXCEPTION_THROWN(run.next(), Error);
}

void TestSampleRun::reportsEveryStep()
{
    GaussianDenoiser denoiser(0.2, 0.3);
    CounterNoise noise(5, {3});
    FirstOrder sampler;
    const std::vector<double> levels = schedule::edm(4);
    SampleRun run(sampler, denoiser, noise, levels, at::ones({1, 4}, at::kDouble) * 80, {3});
    for (int i = 0; i < 4; ++i) {
        QVERIFY(!run.done());
        QCOMPARE(run.sigma(), levels[static_cast<std::size_t>(i)]);
        const Tensor before = run.x();
        COMPARE_TENSORS(run.next(), denoiser.x0(before, levels[static_cast<std::size_t>(i)]), 0, 0);
        QCOMPARE(run.position(), i + 1);
    }
    QVERIFY(run.done());
    QCOMPARE(run.sigma(), 0.0);
    COMPARE_TENSORS(run.x(), run.x0(), 0, 1e-12); // the last step ends on the estimate
}

void TestSampleRun::continuesFromTheMiddle()
{
    GaussianDenoiser denoiser(0.2, 0.3);
    const std::vector<double> levels = schedule::edm(10);
    FirstOrder sampler(FirstOrderOptions::ddpm());
    CounterNoise noise(5, {0, 1});
    const Tensor z = noise.draw(at::empty({2, 6}, at::kDouble), Purpose::Initial, 0);
    SampleRun whole(sampler, denoiser, noise, levels, z * 80, {0, 1});
    for (int i = 0; i < 4; ++i)
        whole.next();
    SampleRun rest(sampler, denoiser, noise, {levels.begin() + 4, levels.end()}, whole.x(), {0, 1}, 4);
    while (!whole.done())
        whole.next();
    while (!rest.done())
        rest.next();
    QVERIFY(same_bits(whole.x(), rest.x()));
}

void TestSampleRun::refusesBrokenLevels_data()
{
    QTest::addColumn<QList<double>>("levels");
    QTest::newRow("one level") << QList<double>{1};
    QTest::newRow("rising") << QList<double>{1, 2};
    QTest::newRow("equal") << QList<double>{1, 1};
    QTest::newRow("below zero") << QList<double>{1, -1};
    QTest::newRow("not a number") << QList<double>{1, std::nan("")};
}

void TestSampleRun::refusesBrokenLevels()
{
    QFETCH(QList<double>, levels);
    GaussianDenoiser denoiser(0.2, 0.3);
    CounterNoise noise(5, {0});
    FirstOrder sampler;
    const auto construct = [&] {
        SampleRun(sampler, denoiser, noise, {levels.begin(), levels.end()}, at::ones({1, 2}, at::kDouble),
                  {0});
    };
    QVERIFY_EXCEPTION_THROWN(construct(), Error);
}

QTEST_APPLESS_MAIN(TestSampleRun)
#include "tst_sample_run.moc"
