// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <algorithm>
#include <filesystem>

#include "engine/core/atomic_file.h"
#include "engine/core/picture_file.h"
#include "engine/scenes/worlds/moving_digits.h"
#include "engine/scenes/worlds/world.h"
#include "tests/engine/network_requests.h"

using namespace lacuna;
namespace fs = std::filesystem;

/// The models that come with Lacuna load and do what they did when they were put in. A stored fill is replaced with
/// its model: LACUNA_STORE_FILLS=1 writes it.
class TestShippedModels : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reproducesAStoredFill_data();
    void reproducesAStoredFill();
    void cardsAndSizes();
};

namespace {

const fs::path models = fs::path(LACUNA_SOURCE_DIR) / "resources/models";

std::vector<std::string> shipped()
{
    std::vector<std::string> names;
    for (const fs::directory_entry& entry : fs::directory_iterator(models))
        if (entry.path().extension() == ".safetensors")
            names.push_back(entry.path().stem().string());
    return names;
}

bool is_classifier(const std::string& name)
{
    return name.ends_with("-attributes");
}

/// A held-out picture of the world the model is named after with a hole; of films the next frame.
FillRequest request_of(const std::string& name)
{
    constexpr std::uint64_t seed = (1ULL << 40) + 77;
    if (name.starts_with("moving-digits")) {
        const std::vector<Picture> frames =
            scenes::render_film(scenes::DigitVariant::Horizontal, seed, 4).frames;
        FillRequest request{
            .picture = frames[3], .mask = Mask(32, 32), .condition = {frames.begin(), frames.begin() + 3}};
        request.mask.values.assign(request.mask.values.size(), 255);
        return request;
    }
    const scenes::World& world = scenes::find_world(name.substr(0, name.find('-')));
    return {.picture = world.render(seed, world.draw(seed), 64),
            .mask = world.mask(seed, world.masks().front(), 64)};
}

} // namespace

void TestShippedModels::reproducesAStoredFill_data()
{
    QTest::addColumn<QString>("name");
    for (const std::string& name : shipped())
        if (!is_classifier(name))
            QTest::newRow(name.c_str()) << QString::fromStdString(name);
}

void TestShippedModels::reproducesAStoredFill()
{
    QFETCH(QString, name);
    FillRequest request = request_of(name.toStdString());
    request.recipe.model = (models / (name + ".safetensors").toStdString()).string();
    request.recipe.method = "ddnm";
    request.recipe.steps = 12;
    request.recipe.count = 2;
    request.recipe.seed = 5;
    request.recipe.eta = 0.3;
    request.recipe.bound = {24, BoundConvention::GrayLevels};
    const std::vector<Picture> filled = test::filled_pictures(request, test::run_request(request, 2));
    QCOMPARE(filled.size(), std::size_t(2));
    QCOMPARE(known_pixels_changed(request.picture, filled[1], request.mask), std::size_t(0));
    const fs::path stored = fs::path(LACUNA_TEST_DATA) / "models" / (name + "-fill.png").toStdString();
    if (qEnvironmentVariableIsSet("LACUNA_STORE_FILLS"))
        write_file(stored, encode_png(filled[1]));
    const Picture before = read_picture(stored);
    QCOMPARE(before.bytes->size(), filled[1].bytes->size());
    double difference = 0;
    for (std::size_t i = 0; i < before.bytes->size(); ++i)
        difference += std::abs((*before.bytes)[i] - (*filled[1].bytes)[i]);
    difference /= double(request.picture.channels) * double(request.mask.hole_pixels());
    // Other processors round otherwise, and guidance decides by comparing.
    QVERIFY2(difference < 2, qPrintable(QString("grey levels in the hole: %1").arg(difference)));
}

void TestShippedModels::cardsAndSizes()
{
    const std::vector<std::string> names = shipped();
    for (const std::string& world : scenes::world_names())
        for (const char* model : {"-64", "-attributes"})
            QVERIFY2(std::find(names.begin(), names.end(), world + model) != names.end(),
                     (world + model).c_str());
    QVERIFY(std::find(names.begin(), names.end(), "moving-digits-32") != names.end());
    for (const std::string& name : names) {
        QVERIFY2(fs::file_size(models / (name + ".safetensors")) <= 14'000'000, name.c_str());
        if (!is_classifier(name))
            for (const char* kind : {".md", ".png"})
                QVERIFY2(fs::exists(models / (name + kind)), (name + kind).c_str());
    }
}

QTEST_APPLESS_MAIN(TestShippedModels)
#include "tst_shipped_models.moc"
