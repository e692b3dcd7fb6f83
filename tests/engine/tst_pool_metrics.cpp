// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <zlib.h>

#include <cmath>

#include "engine/core/atomic_file.h"
#include "engine/core/error.h"
#include "engine/core/known_pixels.h"
#include "engine/evaluation/branch_names.h"
#include "engine/evaluation/frechet.h"
#include "engine/features/region.h"
#include "engine/metrics/ssim.h"
#include "engine/scenes/worlds/world.h"
#include "tests/engine/noise.h"
#include "tests/support/test_pictures.h"

using namespace lacuna;

namespace {

/// The definition, position by position, of one plane.
double ssim_by_loops(const Tensor& a, const Tensor& b)
{
    constexpr int side = 11;
    std::vector<double> weight(side * side);
    double total = 0;
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x)
            total += weight[std::size_t(y * side + x)] =
                std::exp(-((y - 5.) * (y - 5) + (x - 5.) * (x - 5)) / (2 * 2.25));
    double sum = 0;
    int positions = 0;
    for (int top = 0; top + side <= a.size(0); ++top)
        for (int left = 0; left + side <= a.size(1); ++left, ++positions) {
            double ma = 0, mb = 0, aa = 0, bb = 0, ab = 0;
            for (int y = 0; y < side; ++y)
                for (int x = 0; x < side; ++x) {
                    const double w = weight[std::size_t(y * side + x)] / total;
                    const double p = (a[top + y][left + x].item<double>() + 1) / 2;
                    const double q = (b[top + y][left + x].item<double>() + 1) / 2;
                    ma += w * p;
                    mb += w * q;
                    aa += w * p * p;
                    bb += w * q * q;
                    ab += w * p * q;
                }
            sum += (2 * ma * mb + 1e-4) * (2 * (ab - ma * mb) + 9e-4)
                   / ((ma * ma + mb * mb + 1e-4) * (aa - ma * ma + bb - mb * mb + 9e-4));
        }
    return sum / positions;
}

} // namespace

class TestPoolMetrics : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ssimOfEqualImagesIsOne();
    void ssimIsItsDefinition();
    void ssimComparesEveryRow();
    void knownPixelsAreCounted();
    void regionsAreCutOut();
    void frechetIntervals();
    void branchesAreNamedByWhatSetsThemApart();
};

void TestPoolMetrics::ssimOfEqualImagesIsOne()
{
    const Tensor image = noise({1, 3, 16, 20}, 1).clamp(-1, 1);
    QVERIFY(std::abs(ssim(image, image)[0] - 1) < 1e-12);
    QVERIFY_THROWS_EXCEPTION(Error, ssim(image.narrow(2, 0, 10), image.narrow(2, 0, 10)));
}

void TestPoolMetrics::ssimIsItsDefinition()
{
    const Tensor a = (noise({1, 1, 14, 13}, 1) * 0.3).clamp(-1, 1);
    const Tensor b = (a + noise({1, 1, 14, 13}, 2) * 0.2).clamp(-1, 1);
    QVERIFY(std::abs(ssim(a, b)[0] - ssim_by_loops(a[0][0], b[0][0])) < 1e-12);
    // The opposite image is anti-correlated.
    QVERIFY(ssim(a, -a)[0] < 0);
}

void TestPoolMetrics::ssimComparesEveryRow()
{
    const Tensor truth = noise({1, 3, 12, 12}, 1).clamp(-1, 1);
    const Tensor images = at::cat({truth, truth + 0.5, -truth});
    const std::vector<double> all = ssim(images, truth);
    for (std::int64_t i = 0; i < 3; ++i)
        QCOMPARE(all[std::size_t(i)], ssim(images.narrow(0, i, 1), truth)[0]);
}

void TestPoolMetrics::knownPixelsAreCounted()
{
    for (const auto& [channels, bits] :
         {std::pair{3, 8}, std::pair{4, 8}, std::pair{1, 16}, std::pair{2, 8}}) {
        const Picture original = test::ramps(20, 12, channels, bits);
        const Mask hole = test::square_mask(20, 12, 4, 4, 5);
        QCOMPARE(changed_known_pixels(original, original, hole), std::size_t{0});
        const std::size_t pixel = original.row_bytes() / 20;
        const auto changed_at = [&](const std::vector<std::pair<int, int>>& places) {
            return make_picture(20, 12, channels, bits, [&, pixel = pixel](std::uint8_t* out) {
                std::copy(original.bytes->begin(), original.bytes->end(), out);
                for (const auto& [x, y] : places)
                    out[(std::size_t(y) * 20 + std::size_t(x)) * pixel + pixel - 1] ^= 1; // the last byte
            });
        };
        QCOMPARE(changed_known_pixels(changed_at({{5, 5}, {8, 8}}), original, hole), std::size_t{0});
        QCOMPARE(changed_known_pixels(changed_at({{5, 5}, {0, 0}, {19, 11}, {9, 5}}), original, hole),
                 std::size_t{3});
    }
    // Other forms are compared as 8-bit RGB.
    const Picture gray = test::ramps(20, 12, 1, 8);
    QCOMPARE(changed_known_pixels(to_rgb8(gray), gray, Mask(20, 12)), std::size_t{0});
}

void TestPoolMetrics::regionsAreCutOut()
{
    const Mask hole = test::square_mask(40, 30, 10, 8, 12); // x 10..21, y 8..19
    const FeatureRegion all = region_of(hole);
    QCOMPARE(all.area.x, 10);
    QCOMPARE(all.area.y, 8);
    QVERIFY(all.hole.sizes() == at::IntArrayRef({1, 1, 12, 12}) && all.hole.min().item<float>() == 1);
    const FeatureRegion part = region_of(hole, {-5, 15, 20, 100});
    QCOMPARE(part.area.x, 10);
    QCOMPARE(part.area.y, 15);
    QCOMPARE(part.area.width, 5);
    QCOMPARE(part.area.height, 5);
    const Tensor images = at::arange(2 * 3 * 30 * 40, at::kFloat).reshape({2, 3, 30, 40});
    QVERIFY(at::equal(part_of(images, part), images.slice(2, 15, 20).slice(3, 10, 15)));
    QVERIFY_THROWS_EXCEPTION(Error, region_of(hole, {0, 0, 8, 30}));
    QVERIFY_THROWS_EXCEPTION(Error, region_of(Mask(40, 30)));
    // Parts of the picture that are not in the hole do not count.
    Mask two(20, 20);
    two.values[5 * 20 + 3] = two.values[7 * 20 + 9] = 255;
    const FeatureRegion sparse = region_of(two);
    QCOMPARE(sparse.hole.sum().item<float>(), 2.f);
    QVERIFY(sparse.hole.sizes() == at::IntArrayRef({1, 1, 3, 7}));
}

void TestPoolMetrics::frechetIntervals()
{
    const Tensor a = noise({200, 3}, 1), b = noise({150, 3}, 2), far = b + 2;
    const Interval same = frechet_interval(a, b), other = frechet_interval(a, far);
    for (const Interval& interval : {same, other})
        QVERIFY(interval.low <= interval.value && interval.value < interval.high);
    QCOMPARE(other.value, frechet_distance(fit_gaussian(a), fit_gaussian(far)));
    QVERIFY2(other.contains(12), qPrintable(QString::number(other.low))); // the squared distance of the means
    QVERIFY(other.high - other.low > 0.5 && other.high - other.low < 6);
    QVERIFY2(10 * same.high < other.low,
             qPrintable(QString("%1 [%2, %3]").arg(same.value).arg(same.low).arg(same.high)));
    const Interval again = frechet_interval(a, b);
    QVERIFY(again.low == same.low && again.high == same.high);
}

void TestPoolMetrics::branchesAreNamedByWhatSetsThemApart()
{
    // Eleven candidates on a line: one alone far away, five at each of two other places.
    std::vector<double> places;
    std::vector<scenes::Attributes> values;
    for (int i = 0; i < 11; ++i) {
        places.push_back(i == 0 ? 100 : (i % 2 == 0 ? 0 : 10) + 0.01 * i);
        values.push_back({i == 0 ? 1 : 0, i % 2, 0});
    }
    const std::vector<AttributeGroup> groups{
        {"glasses", {"none", "dark"}}, {"mouth", {"closed", "open"}}, {"hat", {"none", "straw"}}};
    const TreeSnapshot tree =
        build_tree(FeatureRows(places, 1), std::vector<Candidate>(11), {.branching = 3});
    std::map<int, std::string> names; // by the candidate of the card
    for (const int node : tree->children(root_branch))
        names[tree->nodes()[std::size_t(node)].candidate % 2
              + (tree->nodes()[std::size_t(node)].size == 1 ? 2 : 0)] =
            to_string(name_branch(*tree, node, groups, values), groups);
    QCOMPARE(names.size(), std::size_t(3));
    QCOMPARE(names[2], std::string("glasses dark, 1 of 11"));
    QCOMPARE(names[1], std::string("mouth open, 5 of 11"));
    QCOMPARE(names[0], std::string("mouth closed, 6 of 11"));
    // Where all are alike, nothing sets a branch apart.
    const std::vector<scenes::Attributes> alike(11, {0, 0, 0});
    for (const int node : tree->children(root_branch))
        QVERIFY(!name_branch(*tree, node, groups, alike));
}

QTEST_MAIN(TestPoolMetrics)
#include "tst_pool_metrics.moc"
