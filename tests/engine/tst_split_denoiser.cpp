// SPDX-License-Identifier: GPL-3.0-or-later
// Batches in parts when memory is short.
#include <QtTest>

#include "engine/fill/split_denoiser.h"

using namespace lacuna;

namespace {

/// Has memory for so many rows; half of x is its estimate.
class Small final : public Denoiser {
public:
    Small(std::int64_t most, bool general) : most_(most), general_(general) {}

    Tensor x0(const Tensor& x, double) override
    {
        rows.push_back(x.size(0));
        if (x.size(0) > most_ && general_)
            TORCH_CHECK(false, "DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes.");
        if (x.size(0) > most_)
            throw std::bad_alloc();
        return x / 2;
    }
    Estimate estimate(const Tensor& x, double sigma) override { return {x0(x, sigma), x * 3}; }

    std::vector<std::int64_t> rows{};

private:
    std::int64_t most_;
    bool general_;
};

} // namespace

class TestSplitDenoiser : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void partsGiveTheSame_data();
    void partsGiveTheSame();
    void oneRowThatDoesNotFit();
    void otherFailuresAreThrownOn();
};

void TestSplitDenoiser::partsGiveTheSame_data()
{
    QTest::addColumn<int>("most");
    QTest::addColumn<int>("limit");
    QTest::newRow("all fit") << 5 << 0;
    QTest::newRow("four fit") << 4 << 3;
    QTest::newRow("two fit") << 2 << 2;
    QTest::newRow("one fits") << 1 << 1;
}

void TestSplitDenoiser::partsGiveTheSame()
{
    QFETCH(int, most);
    QFETCH(int, limit);
    const Tensor x = at::arange(5 * 12, at::kFloat).view({5, 3, 2, 2});
    for (const bool general : {false, true}) {
        auto small = std::make_unique<Small>(most, general);
        Small& seen = *small;
        SplitDenoiser split(std::move(small));
        QVERIFY(at::equal(split.x0(x, 1), x / 2));
        const std::size_t first = seen.rows.size();
        const Estimate estimate = split.estimate(x, 1);
        QVERIFY(at::equal(estimate.x0, x / 2) && at::equal(estimate.variance, x * 3));
        QCOMPARE(split.limit(), std::int64_t(limit));
        for (std::size_t call = first; call < seen.rows.size(); ++call) // it has learned
            QVERIFY(seen.rows[call] <= most);
    }
}

void TestSplitDenoiser::oneRowThatDoesNotFit()
{
    SplitDenoiser split(std::make_unique<Small>(0, false));
    QVERIFY_EXCEPTION_THROWN(split.x0(at::zeros({4, 1, 1, 1}), 1), std::bad_alloc);
}

void TestSplitDenoiser::otherFailuresAreThrownOn()
{
    struct Broken final : Denoiser {
        Tensor x0(const Tensor&, double) override
        {
            ++calls;
            throw std::runtime_error("no memory of what it was");
        }
        int calls = 0;
    };
    auto broken = std::make_unique<Broken>();
    const Broken& seen = *broken;
    SplitDenoiser split(std::move(broken));
    QVERIFY_EXCEPTION_THROWN(split.x0(at::zeros({4, 1, 1, 1}), 1), std::runtime_error);
    QCOMPARE(seen.calls, 1);
}

QTEST_GUILESS_MAIN(TestSplitDenoiser)
#include "tst_split_denoiser.moc"
