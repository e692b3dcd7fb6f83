// SPDX-License-Identifier: GPL-3.0-or-later
// This photo: the patch posterior against its definition, and what fills must look like, measured.
#include <cmath>
#include <limits>

#include <QtTest>

#include "engine/closed_form/this_photo.h"
#include "engine/core/default_recipe.h"
#include "engine/core/device.h"
#include "engine/core/philox.h"
#include "engine/diffusion/recipe_sampler.h"
#include "engine/fill/fill_session.h"
#include "engine/fill/windows.h"
#include "engine/scenes/examples.h"
#include "engine/session/figures.h"
#include "tests/support/test_pictures.h"

using namespace lacuna;

namespace {

PatchLevel small_level(int hole = 6)
{
    PatchLevel level = finest_level(test::stripes(40, 32), test::square_mask(40, 32, 16, 12, hole), {});
    find_patches(level);
    return level;
}

Tensor noisy_area(const PatchLevel& level, const std::vector<int>& members, double sigma)
{
    CounterNoise noise(9, members);
    const auto n = static_cast<std::int64_t>(members.size());
    return sigma * noise.draw(at::empty({n, 4, level.area.height, level.area.width}), Purpose::Initial, 0);
}

CompletionSet fill(const Picture& picture, const Mask& mask, const Recipe& recipe, int threads = 0)
{
    return make_fill_session(threads)->fill(
        {.picture = picture, .mask = mask, .recipe = recipe, .preview_longest = 0}, [](const Progress&) {},
        {});
}

/// A part of an example with a square hole in its middle: what a person would try first, at test size.
struct Task {
    Picture picture;
    Mask mask;
};

Task meadow_task()
{
    const Example meadow = render_example("meadow");
    return {crop(meadow.picture, 192, 200, 240, 180), test::square_mask(240, 180, 90, 60, 60)};
}

/// Mean absolute Laplacian of the green channel inside or outside the hole: detail.
double laplacian(const Picture& picture, const Mask& mask, bool in_hole)
{
    double sum = 0, count = 0;
    const auto green = [&](int x, int y) { return int(picture.row(y)[3 * x + 1]); };
    for (int y = 1; y + 1 < picture.height; ++y)
        for (int x = 1; x + 1 < picture.width; ++x)
            if (mask.is_hole(x, y) == in_hole) {
                sum += std::abs(4 * green(x, y) - green(x - 1, y) - green(x + 1, y) - green(x, y - 1)
                                - green(x, y + 1));
                ++count;
            }
    return sum / count;
}

} // namespace

class TestThisPhoto : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pyramid();
    void exactPosteriorIsTheDefinition();
    void searchFindsNearlyTheNearestPatch();
    void aRowDependsOnItselfAlone();
    void notFiniteRowsStayAlone();
    void fillsAreSharpSeamlessAndDifferent();
    void guidanceSpreadsTheSet();
    void threadsAndBatchesChangeNothing();
    void windowsFollowTheHoles();
    void largePicturesCostTheirWindow();
    void levelsDecrease_data();
    void levelsDecrease();
};

void TestThisPhoto::pyramid()
{
    const std::vector<PatchLevel> levels =
        build_pyramid(finest_level(test::stripes(161, 120), test::square_mask(161, 120, 60, 40, 41), {}), 10);
    QVERIFY(levels.size() >= 3);
    for (std::size_t l = 1; l < levels.size(); ++l) {
        QCOMPARE(levels[l].width, (levels[l - 1].width + 1) / 2);
        const Area& fine = levels[l - 1].area;
        const Area& coarse = levels[l].area;
        QVERIFY(2 * coarse.x <= fine.x && 2 * (coarse.x + coarse.width) >= fine.x + fine.width);
        QVERIFY(2 * coarse.y <= fine.y && 2 * (coarse.y + coarse.height) >= fine.y + fine.height);
    }
    for (const PatchLevel& level : levels)
        for (const std::int32_t candidate : level.candidates)
            for (int dy = -patch_radius; dy <= patch_radius; ++dy)
                for (int dx = -patch_radius; dx <= patch_radius; ++dx)
                    QVERIFY(!level.hole[std::size_t(candidate + dy * level.width + dx)]);
}

/// The posterior mean of one patch, summed as the definition says in double precision.
void TestThisPhoto::exactPosteriorIsTheDefinition()
{
    const PatchLevel level = small_level();
    const Tensor x = noisy_area(level, {0, 1}, 0.7);
    const double sigma = 0.7;
    PatchDenoiser::Options options{.exact = true, .sigma_known = 0.2, .known_ratio = 1};
    PatchDenoiser denoiser(level, options, 1, 0, {0, 1});
    denoiser.set_vote_width(0.05); // only the patch centred on a pixel votes for it
    const Tensor x0 = denoiser.x0(x, sigma);

    const auto value = [&](std::int32_t at, int c, std::int64_t row) {
        const int u = at % level.width - level.area.x, v = at / level.width - level.area.y;
        return level.hole[std::size_t(at)] ? x[row][c][v][u].item<double>()
                                           : double(level.known[4 * std::size_t(at) + c]);
    };
    for (const std::int64_t row : {0, 1}) {
        const std::int32_t centre = 14 * level.width + 19;
        std::vector<double> energy;
        for (const std::int32_t candidate : level.candidates) {
            double e = 0;
            for (int dy = -patch_radius; dy <= patch_radius; ++dy)
                for (int dx = -patch_radius; dx <= patch_radius; ++dx)
                    for (int c = 0; c < 4; ++c) {
                        const std::int32_t at = centre + dy * level.width + dx;
                        const double d =
                            value(at, c, row)
                            - level.known[4 * std::size_t(candidate + dy * level.width + dx) + c];
                        e += d * d / (level.hole[std::size_t(at)] ? sigma * sigma : 0.2 * 0.2);
                    }
            energy.push_back(e);
        }
        const double least = *std::min_element(energy.begin(), energy.end());
        double total = 0, mean = 0;
        for (std::size_t i = 0; i < energy.size(); ++i) {
            const double r = std::exp(-(energy[i] - least) / 2);
            total += r;
            mean += r * level.known[4 * std::size_t(level.candidates[i]) + 1];
        }
        const double found = x0[row][1][14 - level.area.y][19 - level.area.x].item<double>();
        QVERIFY2(std::abs(found - mean / total) < 1e-4,
                 qPrintable(QString("%1 %2").arg(found).arg(mean / total)));
    }
}

void TestThisPhoto::searchFindsNearlyTheNearestPatch()
{
    const PatchLevel level = small_level(10);
    const Tensor x = noisy_area(level, {0}, 0.05);
    PatchDenoiser::Options options{.sigma_known = 0.1, .search_rounds = 12};
    PatchDenoiser searched(level, options, 1, 0, {0});
    options.exact = true;
    PatchDenoiser exact(level, options, 1, 0, {0});
    searched.x0(x, 0.1);
    exact.x0(x, 0.1);
    double ratio = 0;
    for (std::size_t p = 0; p < level.positions.size(); ++p) {
        const double best = exact.fields()[0][p][0].distance, found = searched.fields()[0][p][0].distance;
        QVERIFY2(found >= best * (1 - 1e-4), "no candidate is nearer than the nearest");
        ratio += found / best / double(level.positions.size());
    }
    QVERIFY2(ratio < 1.05, qPrintable(QString::number(ratio)));
}

void TestThisPhoto::aRowDependsOnItselfAlone()
{
    const PatchLevel level = small_level();
    const Tensor x = noisy_area(level, {4, 7, 9}, 0.5);
    for (const bool exact : {true, false}) {
        PatchDenoiser all(level, {.exact = exact}, 3, 1, {4, 7, 9}), one(level, {.exact = exact}, 3, 1, {7});
        for (int call = 0; call < 2; ++call) {
            const Tensor together = all.x0(x, 0.5), alone = one.x0(x.narrow(0, 1, 1), 0.5);
            QVERIFY(at::equal(together.narrow(0, 1, 1), alone));
        }
    }
}

void TestThisPhoto::notFiniteRowsStayAlone()
{
    const PatchLevel level = small_level();
    const Tensor good = noisy_area(level, {0, 1}, 0.5);
    Tensor bad = good.clone();
    bad[1].fill_(std::numeric_limits<float>::quiet_NaN());
    for (const bool exact : {true, false}) {
        PatchDenoiser denoiser(level, {.exact = exact}, 3, 1, {0, 1}),
            reference(level, {.exact = exact}, 3, 1, {0, 1});
        const Tensor x0 = denoiser.x0(bad, 0.5);
        QVERIFY(at::equal(x0[0], reference.x0(good, 0.5)[0]));
        QVERIFY(!at::isfinite(x0[1]).all().item<bool>());
    }
}

void TestThisPhoto::fillsAreSharpSeamlessAndDifferent()
{
    const Task task = meadow_task();
    const CompletionSet set = fill(task.picture, task.mask, default_recipe());
    QCOMPARE(set.completions.size(), std::size_t(5));
    for (const Completion& completion : set.completions) {
        const Picture filled = composite(task.picture, task.mask, completion);
        QCOMPARE(known_pixels_changed(task.picture, filled, task.mask), std::size_t(0));
        QVERIFY2(completion.seam < 1.5, qPrintable(QString::number(completion.seam)));
        const double share = laplacian(filled, task.mask, true) / laplacian(filled, task.mask, false);
        QVERIFY2(share > 0.6 && share < 1.6, qPrintable(QString("detail %1 of the known part's").arg(share)));
        QVERIFY(completion.nearest_gray > 5);
    }
}

void TestThisPhoto::guidanceSpreadsTheSet()
{
    const Task task = meadow_task();
    double plain = 0, guided = 0;
    for (const std::uint64_t seed : {1, 2, 3}) {
        Recipe recipe = default_recipe();
        recipe.seed = seed;
        guided += fill(task.picture, task.mask, recipe).mean_distance_gray;
        recipe.eta = 0;
        plain += fill(task.picture, task.mask, recipe).mean_distance_gray;
    }
    QVERIFY2(guided / plain > 1.3,
             qPrintable(QString("%1 over %2 grey levels").arg(guided / 3).arg(plain / 3)));
}

void TestThisPhoto::threadsAndBatchesChangeNothing()
{
    const Task task = meadow_task();
    Recipe recipe = default_recipe();
    recipe.steps = 14;
    const auto pixels = [](const CompletionSet& set, std::size_t i) {
        return set.completions[i].patches[0].pixels;
    };
    const CompletionSet one = fill(task.picture, task.mask, recipe, 1),
                        two = fill(task.picture, task.mask, recipe, 2);
    for (std::size_t i = 0; i < 5; ++i)
        QVERIFY(pixels(one, i) == pixels(two, i));
    QCOMPARE(one.mean_distance_gray, two.mean_distance_gray);

    // Without guidance a member is the same alone, in a set and in a pool.
    recipe.eta = 0;
    const CompletionSet five = fill(task.picture, task.mask, recipe);
    recipe.count = 1;
    QVERIFY(pixels(fill(task.picture, task.mask, recipe), 0) == pixels(five, 0));
}

void TestThisPhoto::windowsFollowTheHoles()
{
    Mask mask = test::square_mask(3000, 2000, 100, 100, 40);
    for (int y = 1500; y < 1550; ++y)
        for (int x = 2500; x < 2530; ++x)
            mask.values[std::size_t(y) * 3000 + x] = 255;
    const std::vector<Area> windows = find_windows(mask);
    QCOMPARE(windows.size(), std::size_t(2));
    for (const Area& window : windows)
        QVERIFY(window.width <= 200 && window.height <= 200);
    QCOMPARE(find_windows(test::square_mask(300, 200, 0, 0, 30)).size(), std::size_t(1));

    // Thousands of specks join into few windows, and quickly.
    Mask specks(2000, 2000);
    for (int y = 5; y < 2000; y += 20)
        for (int x = 5; x < 2000; x += 20)
            specks.values[std::size_t(y) * 2000 + x] = 255;
    QCOMPARE(find_windows(specks).size(), std::size_t(1));
}

void TestThisPhoto::largePicturesCostTheirWindow()
{
    const Task task = meadow_task();
    const int w = 3000, h = 2000;
    const Picture large = make_picture(w, h, 3, 8, [&](std::uint8_t* out) {
        for (int y = 0; y < h; ++y)
            for (int x = 0; x < w; ++x)
                for (int c = 0; c < 3; ++c)
                    *out++ = task.picture.row(y % 180)[3 * (x % 240) + c];
    });
    const Mask hole = test::square_mask(w, h, 1400, 900, 60);
    const Area window = find_windows(hole).at(0);
    Recipe recipe = default_recipe();
    recipe.steps = 12;
    const CompletionSet whole = fill(large, hole, recipe);
    const CompletionSet part =
        fill(crop(large, window.x, window.y, window.width, window.height),
             test::square_mask(window.width, window.height, 1400 - window.x, 900 - window.y, 60), recipe);
    // The same work, therefore the same pixels: what lies beyond the window plays no part.
    for (std::size_t i = 0; i < 5; ++i)
        QVERIFY(whole.completions[i].patches[0].pixels == part.completions[i].patches[0].pixels);
}

void TestThisPhoto::levelsDecrease_data()
{
    QTest::addColumn<QString>("schedule");
    for (const char* name : {"log-linear", "edm", "ddpm"})
        QTest::newRow(name) << QString(name);
}

void TestThisPhoto::levelsDecrease()
{
    QFETCH(QString, schedule);
    for (const int n : {1, 2, 9}) {
        const std::vector<double> levels = levels_between(schedule.toStdString(), n, 5, 0.02);
        QCOMPARE(levels.size(), std::size_t(n + 1));
        QVERIFY(std::abs(levels.front() - 5) < 1e-9);
        QCOMPARE(levels.back(), 0.0);
        for (int i = 0; i < n; ++i)
            QVERIFY(levels[std::size_t(i)] > levels[std::size_t(i) + 1]);
        if (n > 1)
            QVERIFY(std::abs(levels[std::size_t(n) - 1] - 0.02) < 1e-9);
    }
}

QTEST_GUILESS_MAIN(TestThisPhoto)
#include "tst_this_photo.moc"
