// SPDX-License-Identifier: GPL-3.0-or-later
// Holes filled by a small network with random weights: every sampler and method, windows, pools, stopping, failures.
#include <QtTest>

#include "engine/checkpoint/checkpoint.h"
#include "engine/session/expected_cost.h"
#include "network_requests.h"
#include "tests/core/error_of.h"

using namespace lacuna;
using namespace lacuna::test;

class TestNetworkFill : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyWay_data();
    void everyWay();
    void plainMembersDoNotDependOnTheCount_data() { everyWay_data(); }
    void plainMembersDoNotDependOnTheCount();
    void theEstimateIsWhatItTakes_data() { everyWay_data(); }
    void theEstimateIsWhatItTakes();
    void stopping_data();
    void stopping();
    void aLargeHoleIsReduced();
    void aSceneIsSeenWhole_data();
    void aSceneIsSeenWhole();
    void aPictureFromOthers();
    void wrongConditions();
    void rawKeepsWhatTheModelMade();
    void severalWindows();
    void aPool_data();
    void aPool();
    void formsOfPictures_data();
    void formsOfPictures();
    void distancesToTheNearestMate_data();
    void distancesToTheNearestMate();
    void membersThatAreNotFinite();
    void theParameterToLower();
    void noMemberIsFinite_data();
    void noMemberIsFinite();

private:
    std::string at(const char* name) const { return folder_.filePath(name).toStdString(); }

    QTemporaryDir folder_;
};

void TestNetworkFill::initTestCase()
{
    QVERIFY(folder_.isValid());
    write_model(at("tiny.safetensors"), tiny_preset());
    write_model(at("scenes.safetensors"), tiny_scenes());
    write_model(at("frames.safetensors"), tiny_frames());
    write_model(at("broken.safetensors"), tiny_preset(), {.output_scale = 3e38});
}

void TestNetworkFill::everyWay_data()
{
    add_every_way();
}

void TestNetworkFill::everyWay()
{
    QFETCH(QString, method);
    QFETCH(QString, sampler);
    FillRequest r = network_request(at("tiny.safetensors"));
    r.recipe.method = method.toStdString();
    r.recipe.sampler = sampler.toStdString();
    r.recipe.restoration.jumps.jump = {2, 2};
    std::size_t previews = 0;
    const CompletionSet set = run_request(r, 1, [&](const Progress& progress) {
        for (const Preview& preview : progress.previews) {
            ++previews;
            QCOMPARE(preview.picture.channels, 3);
            QVERIFY(preview.picture.width <= 192 && preview.picture.height <= 192);
        }
    });
    QVERIFY(previews >= 3);
    QVERIFY(!set.stopped);
    QCOMPARE(set.completions.size(), std::size_t(3));
    QCOMPARE(set.recipe.model_sha256, Checkpoint::open(at("tiny.safetensors")).sha256());
    const std::vector<Picture> filled = filled_pictures(r, set);
    for (std::size_t i = 0; i < filled.size(); ++i) {
        QVERIFY2(set.completions[i].problem.empty(), set.completions[i].problem.c_str());
        QVERIFY(set.completions[i].finished);
        QCOMPARE(known_pixels_changed(r.picture, filled[i], r.mask), std::size_t(0));
        QVERIFY(filled[i] != r.picture);
        QVERIFY(filled[i] != filled[(i + 1) % 3]);
    }
    // The same bytes whatever the number of threads.
    QVERIFY(filled_pictures(r, run_request(r, 2)) == filled);
}

void TestNetworkFill::plainMembersDoNotDependOnTheCount()
{
    QFETCH(QString, method);
    QFETCH(QString, sampler);
    FillRequest r = network_request(at("tiny.safetensors"));
    r.recipe.method = method.toStdString();
    r.recipe.sampler = sampler.toStdString();
    r.recipe.eta = 0;
    const std::vector<Picture> three = filled_pictures(r, run_request(r));
    for (const int count : {1, 2}) {
        r.recipe.count = count;
        const std::vector<Picture> fewer = filled_pictures(r, run_request(r));
        for (std::size_t i = 0; i < fewer.size(); ++i)
            QVERIFY(fewer[i] == three[i]);
    }
}

void TestNetworkFill::theEstimateIsWhatItTakes()
{
    QFETCH(QString, method);
    QFETCH(QString, sampler);
    FillRequest r = network_request(at("tiny.safetensors"));
    r.recipe.method = method.toStdString();
    r.recipe.sampler = sampler.toStdString();
    r.recipe.restoration.jumps.jump = {2, 2};
    r.recipe.steps = 7;
    const FillEstimate estimate = estimate_fill(r, 1, "cpu");
    int done = 0, total = 0;
    run_request(r, 1, [&](const Progress& progress) {
        done = progress.done;
        total = progress.total;
    });
    QCOMPARE(done, estimate.forward);
    QCOMPARE(total, estimate.forward);
    QCOMPARE(estimate.batch, 3);
    QCOMPARE(estimate.backward, method == "dps" ? estimate.forward : 0);
    const ExpectedCost expected = expected_cost(r.recipe, r.mask, 16);
    QCOMPARE(expected.calls, estimate.forward);
    QCOMPARE(expected.evaluations, std::int64_t(3 * estimate.forward));
    QVERIFY(estimate.seconds > 0);
}

void TestNetworkFill::stopping_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<int>("after");
    for (const std::string method : {"project", "repaint", "ddnm", "dps"})
        for (const int after : {0, 1, 4})
            QTest::addRow("%s after report %d", method.c_str(), after)
                << QString::fromStdString(method) << after;
}

void TestNetworkFill::stopping()
{
    QFETCH(QString, method);
    QFETCH(int, after);
    FillRequest r = network_request(at("tiny.safetensors"));
    r.recipe.method = method.toStdString();
    r.recipe.steps = 900;
    std::stop_source stop;
    int reports = 0, when_asked = 0, at_end = 0;
    const CompletionSet set = run_request(
        r, 1,
        [&](const Progress& progress) {
            at_end = progress.done;
            if (reports++ == after) {
                when_asked = progress.done;
                stop.request_stop();
            }
        },
        stop.get_token());
    QVERIFY(set.stopped);
    QVERIFY(at_end - when_asked <= 1);
    QCOMPARE(set.completions.size(), std::size_t(3));
    for (const Completion& completion : set.completions) {
        QVERIFY(!completion.finished);
        QCOMPARE(completion.patches.size(), std::size_t(1));
        QCOMPARE(known_pixels_changed(r.picture, composite(r.picture, r.mask, completion), r.mask),
                 std::size_t(0));
    }
}

void TestNetworkFill::aLargeHoleIsReduced()
{
    FillRequest r = network_request(at("tiny.safetensors"));
    r.picture = stripes(90, 70);
    r.mask = square_mask(90, 70, 20, 15, 36);
    const CompletionSet set = run_request(r);
    for (const Completion& completion : set.completions) {
        QCOMPARE(completion.patches.size(), std::size_t(1));
        const Picture& pixels = completion.patches[0].pixels;
        QVERIFY(pixels.width >= 54 && pixels.height >= 54); // a hole fills two thirds of a window at most
        const Picture filled = composite(r.picture, r.mask, completion);
        QCOMPARE(known_pixels_changed(r.picture, filled, r.mask), std::size_t(0));
        QVERIFY(crop(filled, 20, 15, 36, 36) != crop(r.picture, 20, 15, 36, 36));
    }
}

void TestNetworkFill::aSceneIsSeenWhole_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<QRect>("area");
    QTest::newRow("native") << QSize(16, 16) << QRect(0, 0, 16, 16);
    QTest::newRow("smaller") << QSize(11, 13) << QRect(0, 1, 11, 11);
    QTest::newRow("larger") << QSize(70, 50) << QRect(10, 0, 50, 50);
}

void TestNetworkFill::aSceneIsSeenWhole()
{
    QFETCH(QSize, size);
    QFETCH(QRect, area);
    FillRequest r = network_request(at("scenes.safetensors"));
    r.picture = stripes(size.width(), size.height());
    r.mask = square_mask(size.width(), size.height(), size.width() / 2 - 2, size.height() / 2 - 2, 5);
    std::vector<NetworkWindow> told;
    const CompletionSet set = run_request(r, 1, [&](const Progress& progress) {
        if (!progress.windows.empty())
            told = progress.windows;
    });
    QCOMPARE(set.windows.size(), std::size_t(1));
    QCOMPARE(told.size(), std::size_t(1));
    const NetworkWindow& window = set.windows[0];
    QCOMPARE(QRect(window.area.x, window.area.y, window.area.width, window.area.height), area);
    QCOMPARE(QSize(window.width, window.height), QSize(16, 16));
    QCOMPARE(window.scale(), area.width() / 16.0);
    for (const Picture& filled : filled_pictures(r, set)) {
        QCOMPARE(known_pixels_changed(r.picture, filled, r.mask), std::size_t(0));
        QVERIFY(filled != r.picture);
    }
    r.recipe.window = "hole";
    const CompletionSet near = run_request(r);
    QVERIFY(near.windows[0].area.width <= 16 && near.windows[0].scale() <= 1);
}

void TestNetworkFill::aPictureFromOthers()
{
    FillRequest r = network_request(at("frames.safetensors"));
    r.picture = ramps(20, 20, 1, 8);
    r.mask = square_mask(20, 20, 0, 0, 20);
    r.condition = {ramps(20, 20, 1, 8), ramps(20, 20, 3, 8)};
    const CompletionSet set = run_request(r);
    QCOMPARE(set.recipe.condition_sha256.size(), std::size_t(2));
    const std::vector<Picture> made = filled_pictures(r, set);
    QCOMPARE(made.size(), std::size_t(3));
    QVERIFY(made[0] != made[1] && made[0].channels == 1);
    QVERIFY(filled_pictures(r, run_request(r, 2)) == made);
    // What is to be made anew does not count; the order of what is given does.
    FillRequest other = r;
    other.picture = crop(ramps(24, 20, 1, 8), 4, 0, 20, 20);
    QVERIFY(filled_pictures(other, run_request(other)) == made);
    std::swap(other.condition[0], other.condition[1]);
    QVERIFY(filled_pictures(other, run_request(other)) != made);
    // A part of a frame, by a published method too.
    r.mask = square_mask(20, 20, 5, 6, 8);
    for (const char* method : {"project", "ddnm"}) {
        r.recipe.method = method;
        for (const Picture& filled : filled_pictures(r, run_request(r)))
            QCOMPARE(known_pixels_changed(r.picture, filled, r.mask), std::size_t(0));
    }
    QVERIFY(estimate_fill(r, 1, "cpu").forward > 0);
}

void TestNetworkFill::wrongConditions()
{
    FillRequest r = network_request(at("frames.safetensors"));
    r.condition = {stripes(16, 16)};
    QVERIFY(error_of([&] { run_request(r); }).contains("takes 2 other pictures"));
    r.condition.clear();
    QVERIFY(error_of([&] { run_request(r); }).contains("is given 0 times"));
    r.condition = {stripes(16, 16), stripes(16, 15)};
    QVERIFY(error_of([&] { run_request(r); }).contains("another size"));
    r.condition = {stripes(16, 16), stripes(16, 16)};
    r.recipe.task = "sr-average";
    r.recipe.method = "ddnm";
    QVERIFY(error_of([&] { run_request(r); }).contains("--condition"));
    r.condition.clear();
    QVERIFY(error_of([&] { run_request(r); }).contains("grey pictures"));
    FillRequest colour = network_request(at("tiny.safetensors"));
    colour.condition = {stripes(16, 16)};
    QVERIFY(error_of([&] { run_request(colour); }).contains("takes no other pictures"));
}

void TestNetworkFill::rawKeepsWhatTheModelMade()
{
    FillRequest r = network_request(at("tiny.safetensors"));
    r.picture = stripes(48, 40);
    r.mask = square_mask(48, 40, 14, 10, 20);
    r.recipe.raw = true;
    const CompletionSet set = run_request(r);
    for (const Completion& completion : set.completions) {
        const Patch& patch = completion.patches.at(0);
        const Picture filled = composite(r.picture, r.mask, completion);
        QVERIFY(crop(filled, patch.x, patch.y, patch.pixels.width, patch.pixels.height) == patch.pixels);
        QVERIFY(known_pixels_changed(r.picture, filled, r.mask) > 0);
    }
}

void TestNetworkFill::severalWindows()
{
    FillRequest r = network_request(at("tiny.safetensors"));
    r.picture = stripes(120, 40);
    r.mask = square_mask(120, 40, 10, 10, 6);
    const Mask other = square_mask(120, 40, 100, 20, 7);
    for (std::size_t i = 0; i < other.values.size(); ++i)
        r.mask.values[i] |= other.values[i];
    int done = 0, last = -1;
    const CompletionSet set = run_request(r, 1, [&](const Progress& progress) {
        if (progress.phase != "Sampling")
            return;
        QVERIFY(progress.done >= last && progress.done <= progress.total);
        last = progress.done;
        done += progress.done == progress.total;
    });
    QCOMPARE(done, 1);
    QCOMPARE(estimate_fill(r, 1, "cpu").forward, last);
    for (const Completion& completion : set.completions) {
        QCOMPARE(completion.patches.size(), std::size_t(2));
        const Picture filled = composite(r.picture, r.mask, completion);
        QCOMPARE(known_pixels_changed(r.picture, filled, r.mask), std::size_t(0));
        QVERIFY(crop(filled, 10, 10, 6, 6) != crop(r.picture, 10, 10, 6, 6));
        QVERIFY(crop(filled, 100, 20, 7, 7) != crop(r.picture, 100, 20, 7, 7));
    }
}

void TestNetworkFill::aPool_data()
{
    QTest::addColumn<QString>("rule");
    for (const char* rule : {"fps", "kmeans", "uniform", "random"})
        QTest::newRow(rule) << QString(rule);
}

void TestNetworkFill::aPool()
{
    QFETCH(QString, rule);
    FillRequest r = network_request(at("tiny.safetensors"));
    r.recipe.count = 2;
    r.recipe.pool = 7;
    r.recipe.eta = 0;
    r.recipe.select = rule.toStdString();
    const CompletionSet set = run_request(r);
    QCOMPARE(set.completions.size(), std::size_t(2));
    QVERIFY(set.completions[0].member != set.completions[1].member);
    // A selected member is the one that a set of that size has.
    FillRequest all = r;
    all.recipe.pool = 0;
    all.recipe.count = 7;
    const std::vector<Picture> every = filled_pictures(all, run_request(all)),
                               selected = filled_pictures(r, set);
    for (std::size_t i = 0; i < 2; ++i)
        QVERIFY(selected[i] == every.at(static_cast<std::size_t>(set.completions[i].member)));
}

void TestNetworkFill::formsOfPictures_data()
{
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("bits");
    for (const int channels : {1, 2, 3, 4})
        for (const int bits : {8, 16})
            QTest::addRow("%d channels of %d bits", channels, bits) << channels << bits;
}

void TestNetworkFill::formsOfPictures()
{
    QFETCH(int, channels);
    QFETCH(int, bits);
    FillRequest r = network_request(at("tiny.safetensors"));
    r.picture = ramps(21, 19, channels, bits);
    r.mask = square_mask(21, 19, 5, 6, 5);
    const Picture filled = filled_pictures(r, run_request(r)).at(0);
    QCOMPARE(filled.channels, channels);
    QCOMPARE(filled.bits, bits);
    QCOMPARE(known_pixels_changed(r.picture, filled, r.mask), std::size_t(0));
    QVERIFY(filled != r.picture);
}

void TestNetworkFill::distancesToTheNearestMate_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<double>("eta");
    for (const char* method : {"project", "ddnm"})
        for (const double eta : {0.0, 0.3})
            QTest::addRow("%s, eta %g", method, eta) << QString(method) << eta;
}

/// They are told with the bound and who is pushed; estimates of this network leave the range of pictures.
void TestNetworkFill::distancesToTheNearestMate()
{
    QFETCH(QString, method);
    QFETCH(double, eta);
    FillRequest r = network_request(at("tiny.safetensors"));
    r.recipe.method = method.toStdString();
    r.recipe.eta = eta;
    r.recipe.bound = {200, BoundConvention::GrayLevels};
    std::vector<Distances> told;
    std::vector<int> arrived;
    const CompletionSet set = run_request(r, 1, [&](const Progress& progress) {
        if (!progress.distances.members.empty())
            told.push_back(progress.distances);
        for (const Completion& one : progress.arrived)
            arrived.push_back(one.member);
        QCOMPARE(progress.finished, int(arrived.size()));
    });
    QVERIFY(!told.empty());
    QCOMPARE(arrived, (std::vector<int>{0, 1, 2}));
    for (const Distances& distances : told) {
        QCOMPARE(distances.evaluations, 5);
        QVERIFY(distances.evaluation >= 1 && distances.evaluation <= 5);
        QVERIFY(std::abs(distances.bound_gray - 200) < 1e-9);
        QCOMPARE(distances.members.size(), std::size_t(3));
        for (const MemberDistance& one : distances.members) {
            QVERIFY(std::isfinite(one.nearest_gray) && one.nearest_gray > 0);
            QVERIFY(eta > 0 || !one.pushed);
        }
    }
    QCOMPARE(told.back().evaluation, 5);
    for (const Distances& distances : told)
        for (const MemberDistance& one : distances.members)
            QVERIFY(distances.evaluation == 5 || one.pushed == (eta > 0 && one.nearest_gray <= 200));
}

void TestNetworkFill::membersThatAreNotFinite()
{
    // The largest output of a member decides whether it overflows: some scale between none and all of them does it.
    FillRequest r = network_request({});
    int tries = 0;
    r.recipe.count = 8;
    r.recipe.steps = 1;
    r.recipe.eta = 0;
    for (double scale = 1e35; scale < 1e38; scale *= 1.05) {
        r.recipe.model = at(("scaled-" + std::to_string(tries++) + ".safetensors").c_str());
        write_model(r.recipe.model, tiny_preset(), {.output_scale = scale});
        const CompletionSet set = run_request(r);
        const auto failed = std::count_if(set.completions.begin(), set.completions.end(),
                                          [](const Completion& c) { return !c.problem.empty(); });
        QCOMPARE(set.completions.size(), std::size_t(8));
        if (failed == 0)
            continue;
        QVERIFY2(failed < 8, "the scales are too far apart");
        for (const Completion& completion : set.completions) {
            if (completion.problem.empty()) {
                QVERIFY(completion.finished && completion.patches.size() == 1);
                continue;
            }
            QVERIFY(completion.patches.empty());
            QVERIFY2(
                completion.problem.starts_with("stopped at step 1 (sigma ")
                    && completion.problem.ends_with("were not finite. Raise --steps, or use another model"),
                completion.problem.c_str());
        }
        return;
    }
    QVERIFY2(false, "no scale overflowed");
}

void TestNetworkFill::theParameterToLower()
{
    FillRequest r = network_request(at("broken.safetensors"));
    r.recipe.eta = 0;
    const auto advice = [&] { return QString::fromStdString(run_request(r).completions.at(0).problem); };
    r.recipe.method = "dps";
    QVERIFY(advice().contains(QStringLiteral("Lower --zeta (now 1)")));
    r.recipe.method = "project";
    r.recipe.sampler = "ge";
    QVERIFY(advice().contains(QStringLiteral("Lower --gamma (now 2)")));
    r.recipe.sampler = "edm";
    r.recipe.particles = 4;
    QVERIFY(advice().contains(QStringLiteral("Lower --particles (now 4)")));
}

void TestNetworkFill::noMemberIsFinite_data()
{
    everyWay_data();
}

void TestNetworkFill::noMemberIsFinite()
{
    QFETCH(QString, method);
    QFETCH(QString, sampler);
    FillRequest r = network_request(at("broken.safetensors"));
    r.recipe.method = method.toStdString();
    r.recipe.sampler = sampler.toStdString();
    const CompletionSet set = run_request(r);
    QCOMPARE(set.completions.size(), std::size_t(3));
    for (const Completion& completion : set.completions) {
        QVERIFY2(completion.problem.find("Lower --eta (now 0.3)") != std::string::npos,
                 completion.problem.c_str());
        QVERIFY(completion.patches.empty());
    }
}

QTEST_GUILESS_MAIN(TestNetworkFill)
#include "tst_network_fill.moc"
