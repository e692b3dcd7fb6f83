// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <cmath>

#include "restoration_fixture.h"
#include "tensor_compare.h"

using namespace lacuna;

class TestRestorationPlan : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void jumpTimes_data();
    void jumpTimes();
    void costOfAWay();
    void refusals_data();
    void refusals();
};

void TestRestorationPlan::jumpTimes_data()
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

void TestRestorationPlan::jumpTimes()
{
    QFETCH(std::vector<int>, times);
    QFETCH(std::vector<int>, expected);
    QCOMPARE(times, expected);
}

void TestRestorationPlan::costOfAWay()
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

void TestRestorationPlan::refusals_data()
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
    row("no way to go", with("ddnm", 1), "inpaint", "steps");
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

void TestRestorationPlan::refusals()
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

QTEST_GUILESS_MAIN(TestRestorationPlan)
#include "tst_restoration_plan.moc"
