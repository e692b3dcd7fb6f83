// SPDX-License-Identifier: GPL-3.0-or-later
// What measures models, on a world whose truth is known and fillers that are right or wrong on purpose.
#include <QtTest>

#include <cmath>

#include <nlohmann/json.hpp>

#include "engine/core/error.h"
#include "engine/diffusion/noise.h"
#include "engine/evaluation/attribute_network.h"
#include "engine/evaluation/calibration.h"
#include "engine/evaluation/fill_figures.h"
#include "engine/evaluation/filler.h"
#include "engine/evaluation/frechet.h"
#include "engine/evaluation/mode_coverage.h"
#include "engine/evaluation/report_table.h"
#include "engine/evaluation/validity.h"
#include "engine/models/eager_network.h"
#include "engine/models/random_weights.h"
#include "tests/core/error_of.h"
#include "tests/support/made_models.h"
#include "tile_world.h"

using namespace lacuna;
using namespace lacuna::test;

namespace {

constexpr int side = 32;

Tensor normals(std::int64_t rows, std::int64_t columns, std::uint64_t seed)
{
    CounterNoise noise(seed, {0});
    return noise.draw(at::empty({1, rows, columns}, at::kDouble), Purpose::Initial, 0)[0];
}

/// Draws the hue evenly, whatever is declared.
class EvenFiller final : public Filler {
public:
    Fills fill(const KnownScene& scene, int count, std::uint64_t number) override
    {
        std::vector<Picture> pictures;
        for (int i = 0; i < count; ++i) {
            scenes::Attributes values = scene.attributes;
            values[0] = int(3 * uniform({number, std::uint32_t(i), 0, 9}, 0));
            pictures.push_back(TileWorld().render(scene.seed, values, side));
        }
        return {.images = images_of(pictures)};
    }
};

/// The hole is a flat colour that no tile has.
Tensor rubbish(const KnownScene& scene)
{
    return finished_fills(scene, at::full({1, 3, side, side}, 0.2));
}

std::vector<std::vector<Reading>> readings_of(Filler& filler, int scenes, int count)
{
    const TileWorld world;
    const TileJudge judge;
    std::vector<std::vector<Reading>> readings;
    for (int i = 0; i < scenes; ++i) {
        const KnownScene scene =
            make_scene(world, held_out_seed(HeldOut::Holes, std::uint64_t(i)), "left", side);
        readings.push_back(judge.read(judge.judge(filler.fill(scene, count, std::uint64_t(i)).images)));
    }
    return readings;
}

} // namespace

class TestEvaluation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bootstrapIntervalsCover();
    void wilsonInterval();
    void frechetOfTwoGaussians();
    void mahalanobisOfAKnownGaussian();
    void placesOfAttributes();
    void truthIsCalibrated();
    void evenDrawsAreNot();
    void whatNeverHappensIsMissing();
    void rendersAreValidAndRubbishIsNot();
    void modesByHand();
    void seamsAndMirrors();
    void noiseIsNotNatural();
    void attributeNetworkOfAFile();
    void otherFilesAreRefused();
    void tablesInAllForms();
};

void TestEvaluation::bootstrapIntervalsCover()
{
    // 95 % intervals of the mean of 60 exponential numbers: percentile intervals cover a little less.
    int covered = 0;
    constexpr int rounds = 200;
    for (std::uint32_t round = 0; round < rounds; ++round) {
        std::vector<double> values;
        for (std::uint64_t i = 0; i < 60; ++i)
            values.push_back(-std::log(1 - uniform({11, round, 0, 1}, i)));
        covered += bootstrap_mean(values, {.resamples = 400, .seed = round}).contains(1);
    }
    QVERIFY2(covered >= 0.88 * rounds && covered <= 0.99 * rounds, qPrintable(QString::number(covered)));
    const Interval constant = bootstrap_mean({2, 2, 2});
    QCOMPARE(constant.low, 2.0);
    QCOMPARE(constant.high, 2.0);
    const Interval once = bootstrap_mean({1, 2, 4}, {.seed = 5}),
                   again = bootstrap_mean({1, 2, 4}, {.seed = 5});
    QCOMPARE(once.low, again.low);
    QVERIFY(once.low < once.value && once.value < once.high);
}

void TestEvaluation::wilsonInterval()
{
    const Interval half = wilson(50, 100); // published values
    QVERIFY(std::abs(half.low - 0.4038) < 1e-4 && std::abs(half.high - 0.5962) < 1e-4);
    const Interval none = wilson(0, 100);
    QCOMPARE(none.low, 0.0);
    QVERIFY(std::abs(none.high - 0.0370) < 1e-4);
}

void TestEvaluation::frechetOfTwoGaussians()
{
    // Covariances that commute: the distance is |m1 - m2|^2 + sum (s1 - s2)^2 along the common axes.
    const Tensor axes = std::get<0>(at::linalg_qr(normals(4, 4, 2)));
    const auto gaussian = [&](const std::vector<double>& spread, double mean) {
        const Tensor s = at::tensor(spread, at::kDouble);
        return FittedGaussian{at::full({4}, mean, at::kDouble), axes.mul(s.square()).mm(axes.t())};
    };
    const FittedGaussian a = gaussian({1, 2, 3, 0.5}, 0), b = gaussian({2, 2, 1, 0}, 0.5);
    QVERIFY(std::abs(frechet_distance(a, b) - (4 * 0.25 + 1 + 0 + 4 + 0.25)) < 1e-9);
    QVERIFY(frechet_distance(a, a) < 1e-9);
    QVERIFY(std::abs(frechet_distance(a, b) - frechet_distance(b, a)) < 1e-9);
    // Covariances that do not commute, in two dimensions: tr (C1 C2)^1/2 = sqrt(tr(C1 C2) + 2 sqrt(det C1 C2)).
    const Tensor c1 = at::tensor({2.0, 0.5, 0.5, 1.0}, at::kDouble).view({2, 2});
    const Tensor c2 = at::tensor({1.0, -0.7, -0.7, 3.0}, at::kDouble).view({2, 2});
    const double cross = std::sqrt(c1.mm(c2).trace().item<double>() + 2 * std::sqrt(1.75 * 2.51));
    const Tensor zero = at::zeros({2}, at::kDouble);
    QVERIFY(std::abs(frechet_distance({zero, c1}, {zero, c2}) - (3 + 4 - 2 * cross)) < 1e-9);
    // Of samples.
    const Tensor rows = normals(4000, 3, 8);
    QVERIFY(std::abs(frechet_distance(fit_gaussian(rows), fit_gaussian(2 * normals(4000, 3, 9) + 1)) - 6)
            < 0.3);
}

void TestEvaluation::mahalanobisOfAKnownGaussian()
{
    const FittedGaussian g{at::tensor({1.0, 0.0}, at::kDouble),
                           at::diag(at::tensor({4.0, 1.0}, at::kDouble))};
    const Tensor d = mahalanobis(g, at::tensor({3.0, 2.0}, at::kDouble).view({1, 2}), 0);
    QVERIFY(std::abs(d[0].item<double>() - 5) < 1e-12);
}

void TestEvaluation::placesOfAttributes()
{
    const TileWorld world;
    const AttributePlaces left = attribute_places(world, "left", side),
                          both = attribute_places(world, "both", side);
    QCOMPARE(left.inside, std::vector<int>{0});
    QCOMPARE(left.apart, std::vector<int>{1});
    QCOMPARE(both.inside, (std::vector<int>{0, 1}));
    QVERIFY(both.apart.empty());
    QVERIFY(error_of([&] { attribute_places(world, "nose", side); }).contains("left, right, both"));
}

void TestEvaluation::truthIsCalibrated()
{
    const TileWorld world;
    TruePosterior truth(world, {0});
    const Calibration calibration = calibrate(TileWorld(), {0}, readings_of(truth, 100, 10));
    QCOMPARE(calibration.fills, std::size_t(1000));
    QCOMPARE(calibration.values.size(), std::size_t(3));
    for (const ValueFrequency& value : calibration.values)
        QVERIFY2(value.found.contains(value.declared), value.value.c_str());
    QVERIFY(calibration.largest_error() <= 0.05);
    QVERIFY(calibration.missing().empty());
}

void TestEvaluation::evenDrawsAreNot()
{
    EvenFiller even;
    const Calibration calibration = calibrate(TileWorld(), {0}, readings_of(even, 100, 10));
    QVERIFY(std::abs(calibration.largest_error() - (0.6 - 1 / 3.)) < 0.05);
    QVERIFY(!calibration.values[0].found.contains(0.6));
    QVERIFY(!calibration.values[2].found.contains(0.1));
}

void TestEvaluation::whatNeverHappensIsMissing()
{
    const std::vector<std::vector<Reading>> red(20, std::vector<Reading>(5, Reading{{0, 0}, {1, 1}}));
    const Calibration calibration = calibrate(TileWorld(), {0}, red);
    const std::vector<ValueFrequency> missing = calibration.missing();
    QCOMPARE(missing.size(), std::size_t(2));
    QCOMPARE(missing[0].value, std::string("green"));
    QVERIFY(missing[0].found.high > 0 && missing[0].found.high < 0.1);
    QCOMPARE(calibration.missing(0.2).size(), std::size_t(1));
    QVERIFY(std::abs(calibration.largest_error() - 0.4) < 1e-12);
}

void TestEvaluation::rendersAreValidAndRubbishIsNot()
{
    const TileWorld world;
    const TileJudge judge;
    const Validity validity(world, judge, side, 300);
    QVERIFY(validity.accuracy()[0] > 0.99 && validity.accuracy()[1] > 0.99);
    const AttributePlaces places = attribute_places(world, "left", side);
    TruePosterior truth(world, places.inside);
    int real = 0, bad = 0, swapped = 0;
    for (std::uint64_t i = 0; i < 100; ++i) {
        const KnownScene scene = make_scene(world, held_out_seed(HeldOut::Holes, i), "left", side);
        real += validity.valid(scene, places, judge.judge(truth.fill(scene, 1, i).images))[0];
        bad += validity.valid(scene, places, judge.judge(rubbish(scene)))[0];
        scenes::Attributes other = scene.attributes; // a fill that changes what the hole cannot reach
        other[1] = 1 - other[1];
        swapped +=
            validity.valid(scene, places, judge.judge(images_of({world.render(scene.seed, other, side)})))[0];
    }
    QVERIFY2(real >= 93, qPrintable(QString::number(real)));
    QCOMPARE(bad, 0);
    QCOMPARE(swapped, 0);
}

void TestEvaluation::modesByHand()
{
    const TileWorld world;
    const Modes modes(world, {0, 1});
    QCOMPARE(modes.size(), std::size_t(6));
    const std::size_t red_light = modes.mode_of({0, 0}), red_dark = modes.mode_of({0, 1}),
                      blue_dark = modes.mode_of({2, 1});
    QVERIFY(std::abs(modes.probability(red_light) - 0.45) < 1e-12);
    QVERIFY(std::abs(modes.probability(blue_dark) - 0.025) < 1e-12);
    // .45 red light, .225 green light, .15 red dark, .075 twice, .025
    QCOMPARE(modes.likeliest(3), (std::vector<std::size_t>{red_light, modes.mode_of({1, 0}), red_dark}));
    const Coverage some = coverage(modes, {red_light, red_light, blue_dark}, 4);
    QCOMPARE(some.distinct, 2);
    QVERIFY(std::abs(some.mass - 0.475) < 1e-12);
    QCOMPARE(some.likely, 0.25);
    QVERIFY(std::abs(some.worst - 0.025) < 1e-12);
    const Coverage none = coverage(modes, {}, 5);
    QVERIFY(none.distinct == 0 && none.mass == 0 && none.likely == 0 && none.worst == 0);
    QVERIFY(!error_of([&] { Modes(world, {}); }).isEmpty());
}

void TestEvaluation::seamsAndMirrors()
{
    const TileWorld world;
    const KnownScene scene = make_scene(world, held_out_seed(HeldOut::Holes, 3), "left", side);
    const Tensor real = images_of({scene.picture})[0];
    const Tensor flat =
        finished_fills(scene, real[0][0][0] + at::zeros({1, 3, side, side}))[0]; // the colour of the wall
    QVERIFY(seam_of(scene, real) > 10 * seam_of(scene, flat));

    // A hole in the left half; the right half is its mirror image, its negative, or is in the hole too.
    const Tensor half = normals(3 * side, side / 2, 4).view({3, side, side / 2}).to(at::kFloat);
    Mask mask(side, side);
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side / 2; ++x)
            mask.values[std::size_t(y) * side + std::size_t(x)] = 255;
    QVERIFY(std::abs(*mirror_correlation(at::cat({half, half.flip(2)}, 2), mask) - 1) < 1e-9);
    QVERIFY(std::abs(*mirror_correlation(at::cat({half, -half.flip(2)}, 2), mask) + 1) < 1e-9);
    QVERIFY(!mirror_correlation(at::zeros({3, side, side}), mask));
    std::fill(mask.values.begin(), mask.values.end(), 255);
    QVERIFY(!mirror_correlation(at::cat({half, half.flip(2)}, 2), mask));
}

void TestEvaluation::noiseIsNotNatural()
{
    const TileWorld world;
    std::vector<Tensor> images;
    std::vector<Mask> masks;
    for (std::uint64_t i = 0; i < 200; ++i) {
        const KnownScene scene = make_scene(world, held_out_seed(HeldOut::Reference, i), "left", side);
        images.push_back(images_of({scene.picture})[0]);
        masks.push_back(scene.mask);
    }
    const Naturalness naturalness(images, masks);
    double real = 0, noise = 0;
    for (std::uint64_t i = 0; i < 50; ++i) {
        const KnownScene scene = make_scene(world, held_out_seed(HeldOut::Holes, i), "left", side);
        const Tensor z = 0.4 * normals(3 * side, side, i).view({1, 3, side, side});
        real += naturalness.score(images_of({scene.picture})[0], scene.mask) / 50;
        noise += naturalness.score(finished_fills(scene, z)[0], scene.mask) / 50;
    }
    QVERIFY2(std::abs(real - 1) < 0.3, qPrintable(QString::number(real)));
    QVERIFY2(noise > 2 * real, qPrintable(QString::number(noise)));
}

namespace {

EncoderConfig tiny_encoder()
{
    return {.image_size = side,
            .out_channels = 5,
            .num_channels = 32,
            .num_res_blocks = 1,
            .channel_mult = {1, 2},
            .attention_resolutions = {},
            .num_head_channels = 32};
}

void write_encoder(const std::string& file, const std::map<std::string, std::string>& more,
                   EncoderConfig config)
{
    ModelPreset preset{.id = "tiles-attributes", .name = "Tiles", .licence = "none"};
    preset.architecture = config;
    const StateDict weights = random_weights(parameter_shapes(network_graph(config)), 4);
    std::map<std::string, SafetensorsEntry> entries;
    for (const auto& [name, tensor] : weights)
        entries[name] = {DType::F32, tensor.sizes().vec()};
    std::map<std::string, std::string> metadata = more;
    metadata[preset_entry] = to_json(preset);
    write_safetensors(file, entries, metadata, [&](const std::string& name, std::span<std::byte> bytes) {
        std::memcpy(bytes.data(), weights.at(name).data_ptr(), bytes.size());
    });
}

std::string tile_attributes()
{
    return to_json(AttributeMetadata{"tiles", groups_of(TileWorld().attributes())});
}

} // namespace

void TestEvaluation::attributeNetworkOfAFile()
{
    QTemporaryDir folder;
    const std::string file = folder.filePath("a.safetensors").toStdString();
    write_encoder(file, {{attributes_entry, tile_attributes()}}, tiny_encoder());
    const AttributeNetwork network = AttributeNetwork::load(file);
    QCOMPARE(network.world(), std::string("tiles"));
    require_world(network, TileWorld(), file);

    // The same numbers as the whole network, with a softmax in each group.
    const Tensor images = normals(2 * 3 * side, side, 6).view({2, 3, side, side}).to(at::kFloat);
    const Judgement judged = network.judge(images);
    const NetworkGraph graph = encoder_graph(tiny_encoder());
    EagerNetwork whole(graph, random_weights(parameter_shapes(graph), 4));
    const Tensor logits = whole.forward(images, at::zeros({2})).to(at::kDouble);
    const Tensor expected =
        at::cat({logits.narrow(1, 0, 3).softmax(1), logits.narrow(1, 3, 2).softmax(1)}, 1);
    QVERIFY((judged.probabilities - expected).abs().max().item<double>() < 1e-5);
    QCOMPARE(judged.features.sizes().vec(), (std::vector<std::int64_t>{2, 64}));
    QCOMPARE(judged.features.scalar_type(), at::kDouble);

    const std::vector<Reading> readings = network.read(judged);
    for (std::int64_t i = 0; i < 2; ++i)
        for (int a = 0; a < 2; ++a) {
            const Tensor group = expected[i].narrow(0, a == 0 ? 0 : 3, a == 0 ? 3 : 2);
            QCOMPARE(std::int64_t(readings[std::size_t(i)].values[std::size_t(a)]),
                     group.argmax().item<std::int64_t>());
        }
}

void TestEvaluation::otherFilesAreRefused()
{
    QTemporaryDir folder;
    const std::string file = folder.filePath("a.safetensors").toStdString();
    const auto error = [&](const std::map<std::string, std::string>& metadata, int outputs) {
        EncoderConfig config = tiny_encoder();
        config.out_channels = outputs;
        write_encoder(file, metadata, config);
        return error_of([&] { AttributeNetwork::load(file); });
    };
    QVERIFY(error({}, 5).contains("does not say which attributes"));
    QVERIFY(error({{attributes_entry, "{\"world\": 3}"}}, 5).contains("damaged"));
    QVERIFY(error({{attributes_entry, tile_attributes()}}, 6).contains("number of outputs"));
    write_model(file, tiny_preset());
    QVERIFY(error_of([&] { AttributeNetwork::load(file); }).contains("no classifier"));
}

void TestEvaluation::tablesInAllForms()
{
    ReportTable table{.id = "t", .title = "A table", .note = "Note."};
    table.columns = {{.name = "modes", .decimals = 1}, {.name = "cost", .decimals = 0, .interval = false}};
    table.rows = {{"plain", 7, {Interval{2, 1.5, 2.5}, Interval{100, 0, 0}}},
                  {"best", 8, {{}, Interval{5, 5, 5}}}};
    QCOMPARE(to_text(table), std::string("A table\n"
                                         "       pictures           modes  cost\n"
                                         "plain         7  2.0 [1.5, 2.5]   100\n"
                                         "best          8               -     5\n"
                                         "Note.\n"));
    QVERIFY(to_markdown(table).find("| plain | 7 | 2.0 [1.5, 2.5] | 100 |\n") != std::string::npos);
    const auto json = nlohmann::json::parse(to_json(table));
    QCOMPARE(json["rows"][0]["cells"][0]["low"].get<double>(), 1.5);
    QVERIFY(json["rows"][1]["cells"][0].is_null());
    QCOMPARE(json["rows"][1]["pictures"].get<int>(), 8);
    const Drawing figure = report_figure(table);
    QVERIFY(figure.width() > 800 && figure.height() > 150);
    QCOMPARE(figure.pixels().width, figure.width());
    const std::string svg = figure.svg();
    for (const char* word : {">A table<", ">plain<", ">best<", ">modes<", ">cost<"})
        QVERIFY2(svg.find(word) != std::string::npos, word);
}

QTEST_GUILESS_MAIN(TestEvaluation)
#include "tst_evaluation.moc"
