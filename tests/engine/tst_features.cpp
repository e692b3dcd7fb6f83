// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>

#include "engine/checkpoint/safetensors_writer.h"
#include "engine/core/error.h"
#include "engine/features/extractors.h"
#include "engine/features/feature_cache.h"
#include "engine/features/weight_files.h"
#include "engine/models/dataset_model.h"
#include "tests/engine/tensor_compare.h"
#include "tests/support/made_models.h"

using namespace lacuna;

namespace {

/// Random parameters of networks written down a second time, for the tests: names and shapes come from here.
class MadeWeights {
public:
    void conv(const std::string& name, std::int64_t out, std::int64_t in, int kernel, bool bias = false)
    {
        add(name + ".weight", {out, in, kernel, kernel}, std::sqrt(2.0 / double(in * kernel * kernel)));
        if (bias)
            add(name + ".bias", {out}, 0.1);
    }
    void norm(const std::string& name, std::int64_t channels)
    {
        add(name + ".weight", {channels}, 0.1, 0.7);
        add(name + ".bias", {channels}, 0.1);
        add(name + ".running_mean", {channels}, 0.1);
        add(name + ".running_var", {channels}, 0, 0.8);
    }
    void add(const std::string& name, std::vector<std::int64_t> shape, double scale, double offset = 0)
    {
        values[name] = (at::randn(shape, generator_) * scale + offset).to(at::kHalf);
    }
    std::filesystem::path write(const QTemporaryDir& folder, const std::string& name) const
    {
        std::map<std::string, SafetensorsEntry> entries;
        for (const auto& [key, tensor] : values)
            entries[key] = {DType::F16, tensor.sizes().vec()};
        const std::filesystem::path path = folder.path().toStdString() + "/" + name;
        write_safetensors(path, entries, {}, [&](const std::string& key, std::span<std::byte> bytes) {
            std::memcpy(bytes.data(), values.at(key).data_ptr(), bytes.size());
        });
        return path;
    }
    Tensor operator[](const std::string& name) const { return values.at(name).to(at::kFloat); }

    std::map<std::string, Tensor> values{};

private:
    at::Generator generator_ = at::detail::createCPUGenerator(11);
};

Tensor batch_norm(const MadeWeights& w, const std::string& name, const Tensor& x)
{
    return at::batch_norm(x, w[name + ".weight"], w[name + ".bias"], w[name + ".running_mean"],
                          w[name + ".running_var"], false, 0, 1e-5, false);
}

/// ResNet-50 of He et al. with separate batch norms; `made` fills the parameters while it walks.
Tensor resnet50(MadeWeights& w, bool made, const std::string& prefix, Tensor x, Tensor& squeeze)
{
    const auto unit = [&](const std::string& conv, const std::string& norm, const Tensor& v, std::int64_t out,
                          int kernel, int stride) {
        if (made) {
            w.conv(prefix + conv, out, v.size(1), kernel);
            w.norm(prefix + norm, out);
        }
        return batch_norm(w, prefix + norm,
                          at::conv2d(v, w[prefix + conv + ".weight"], {}, stride, kernel / 2));
    };
    x = at::max_pool2d(at::relu(unit("conv1", "bn1", x, 64, 7, 2)), 3, 2, 1);
    const int counts[] = {3, 4, 6, 3};
    for (int layer = 1; layer <= 4; ++layer)
        for (int block = 0; block < counts[layer - 1]; ++block) {
            const std::string n = "layer" + std::to_string(layer) + "." + std::to_string(block);
            const int inner = 32 << layer, stride = layer > 1 && block == 0 ? 2 : 1;
            const Tensor first = at::relu(unit(n + ".conv1", n + ".bn1", x, inner, 1, 1));
            if (layer == 4 && block == 1)
                squeeze = first;
            const Tensor second = at::relu(unit(n + ".conv2", n + ".bn2", first, inner, 3, stride));
            const Tensor third = unit(n + ".conv3", n + ".bn3", second, 4 * inner, 1, 1);
            const Tensor shortcut =
                block == 0 ? unit(n + ".downsample.0", n + ".downsample.1", x, 4 * inner, 1, stride) : x;
            x = at::relu(third + shortcut);
        }
    return x;
}

MadeWeights made_resnet(const std::string& prefix, std::int64_t outputs)
{
    MadeWeights w;
    Tensor squeeze;
    resnet50(w, true, prefix, at::zeros({1, 3, 32, 32}), squeeze);
    w.add(prefix + "fc.weight", {outputs, 2048}, 0.02);
    w.add(prefix + "fc.bias", {outputs}, 0.02);
    return w;
}

MadeWeights made_face(bool excitation)
{
    MadeWeights w;
    w.conv("input_layer.0", 64, 3, 3);
    w.norm("input_layer.1", 64);
    w.add("input_layer.2.weight", {64}, 0.05, 0.25);
    const int counts[] = {3, 4, 14, 3};
    int index = 0;
    std::int64_t in = 64;
    for (int stage = 0; stage < 4; ++stage)
        for (int i = 0; i < counts[stage]; ++i, ++index) {
            const std::int64_t out = 64 << stage;
            const std::string n = "body." + std::to_string(index), r = n + ".res_layer.";
            if (in != out) {
                w.conv(n + ".shortcut_layer.0", out, in, 1);
                w.norm(n + ".shortcut_layer.1", out);
            }
            w.norm(r + "0", in);
            w.conv(r + "1", out, in, 3);
            w.add(r + "2.weight", {out}, 0.05, 0.25);
            w.conv(r + "3", out, out, 3);
            w.norm(r + "4", out);
            if (excitation) {
                w.conv(r + "5.fc1", out / 16, out, 1);
                w.conv(r + "5.fc2", out, out / 16, 1);
            }
            in = out;
        }
    w.norm("output_layer.0", 512);
    w.add("output_layer.3.weight", {512, 512 * 49}, 0.01);
    w.add("output_layer.3.bias", {512}, 0.01);
    w.norm("output_layer.4", 512);
    return w;
}

MadeWeights made_vgg()
{
    MadeWeights w;
    for (const TrunkParameter& parameter : trunk_parameters(Trunk::Vgg16)) {
        const double inputs = parameter.shape.size() == 4 ? 9.0 * double(parameter.shape[1]) : 200;
        w.add(parameter.name, parameter.shape, std::sqrt(2 / inputs));
    }
    return w;
}

Tensor noise_images(std::int64_t count, std::int64_t side)
{
    return at::rand({count, 3, side, side}, at::detail::createCPUGenerator(5)) * 2 - 1;
}

QString sentence_of(const std::function<void()>& work)
{
    try {
        work();
    } catch (const Error& error) {
        return QString::fromStdString(error.what());
    }
    return {};
}

} // namespace

class TestFeatures : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pixelsOfTheHole();
    void residualNetworkIsHes();
    void attributesAndDescriptors();
    void faceNetworkWithAndWithoutExcitation_data();
    void faceNetworkWithAndWithoutExcitation();
    void vggFeatures();
    void bottleneckOfAModel();
    void cacheLooksOnce();
    void notANumberIsNamed();
    void missingWeightsSayWhereTheyAre();
    void weightsOfAnotherNetworkAreRefused();

private:
    QTemporaryDir folder_{};
};

void TestFeatures::pixelsOfTheHole()
{
    Tensor region = at::zeros({1, 1, 2, 3});
    region[0][0][1][2] = 1;
    region[0][0][0][0] = 1;
    const Tensor images = at::arange(18, at::kFloat).view({1, 3, 2, 3}) / 9 - 1;
    const Tensor expected = at::tensor({0., 5., 6., 11., 12., 17.}, at::kDouble).view({1, 6}) / 18;
    COMPARE_TENSORS(HolePixels(region).features(images), expected, 1e-6, 1e-7);
}

void TestFeatures::residualNetworkIsHes()
{
    MadeWeights weights = made_resnet("", 80);
    const auto path = weights.write(folder_, "resnet.safetensors");
    const ResidualNetwork network(Checkpoint::open(path), "", 80);
    const Tensor images = noise_images(1, 64);
    Tensor squeeze;
    const Tensor activations = resnet50(weights, false, "", images, squeeze);
    COMPARE_TENSORS(network.tap(images, ResidualNetwork::Tap::Activations), activations, 1e-3, 1e-3);
    COMPARE_TENSORS(network.tap(images, ResidualNetwork::Tap::Layer4Block1Squeeze), squeeze, 1e-3, 1e-3);
    QCOMPARE(network.tap(images, ResidualNetwork::Tap::Layer4Block2Middle).size(1), 512);
    QCOMPARE(network.linear(at::ones({2, 2048})).size(1), 80);
}

void TestFeatures::attributesAndDescriptors()
{
    const auto attributes = made_resnet("", 80).write(folder_, "attributes.safetensors");
    const Tensor images = noise_images(2, 64);
    const auto taps = make_features({.name = "attributes", .file = attributes})->features(images);
    QCOMPARE(taps.size(1), 32768);
    const auto logits = make_features({.name = "attribute-logits", .file = attributes})->features(images);
    QCOMPARE(logits.size(1), 40);
    QVERIFY(!at::equal(logits[0], logits[1]));

    const auto sscd = made_resnet("backbone.", 512).write(folder_, "sscd.safetensors");
    const auto descriptor = make_features({.name = "sscd", .file = sscd});
    const Tensor rows = descriptor->features(images);
    QCOMPARE(rows.size(1), 512);
    COMPARE_TENSORS(rows.norm(2, {1}), at::ones({2}), 1e-5, 1e-6);
    QVERIFY(same_bits(rows.narrow(0, 1, 1), descriptor->features(images.narrow(0, 1, 1))));
}

void TestFeatures::faceNetworkWithAndWithoutExcitation_data()
{
    QTest::addColumn<bool>("excitation");
    QTest::newRow("IR-50") << false;
    QTest::newRow("IR-SE-50") << true;
}

void TestFeatures::faceNetworkWithAndWithoutExcitation()
{
    QFETCH(bool, excitation);
    const auto path = made_face(excitation).write(folder_, "face.safetensors");
    const Tensor rows = make_features({.name = "face", .file = path})->features(noise_images(2, 64));
    QCOMPARE(rows.size(1), 512);
    COMPARE_TENSORS(rows.norm(2, {1}), at::ones({2}), 1e-5, 1e-6);
    QVERIFY((rows[0] - rows[1]).norm().item<double>() > 1e-3);
}

void TestFeatures::vggFeatures()
{
    const auto path = made_vgg().write(folder_, "vgg.safetensors");
    const Tensor images = noise_images(1, 48);
    QCOMPARE(make_features({.name = "vgg16", .file = path})->features(images).size(1), 25088);
    const Tensor taps = make_features({.name = "vgg16-taps", .file = path})->features(images);
    QCOMPARE(taps.size(1), 1472);
    // Rectified and of length 1 at every position: so are the means, at most.
    QVERIFY(taps.min().item<double>() >= 0 && taps.narrow(1, 0, 64).norm().item<double>() <= 1.0001);
}

void TestFeatures::bottleneckOfAModel()
{
    const std::filesystem::path path = folder_.path().toStdString() + "/tiny.safetensors";
    test::write_model(path, test::tiny_preset());
    const Tensor images = noise_images(2, 16);
    const Tensor rows = make_features({.name = "bottleneck", .file = path})->features(images);
    QCOMPARE(rows.sizes().vec(), (std::vector<std::int64_t>{2, 64 * 8 * 8}));
    QVERIFY(!at::equal(rows[0], rows[1]));
}

void TestFeatures::cacheLooksOnce()
{
    const auto grey = [](std::uint8_t level) {
        return make_picture(4, 4, 3, 8, [&](std::uint8_t* bytes) { std::fill_n(bytes, 48, level); });
    };
    FeatureCache cache(std::make_shared<HolePixels>(at::ones({1, 1, 4, 4})));
    const Tensor rows = cache.features({grey(10), grey(20), grey(10)});
    QCOMPARE(cache.computed(), 2U);
    QVERIFY(at::equal(rows[0], rows[2]) && !at::equal(rows[0], rows[1]));
    cache.features({grey(20), grey(30)});
    QCOMPARE(cache.computed(), 3U);
}

void TestFeatures::notANumberIsNamed()
{
    class Broken final : public FeatureExtractor {
        Tensor features(const Tensor& images) const override
        {
            return images.mean({1, 2, 3}).view({-1, 1}).to(at::kDouble) / 0 * 0;
        }
    };
    const Picture picture = make_picture(2, 2, 3, 8, [](std::uint8_t* bytes) { std::fill_n(bytes, 12, 9); });
    FeatureCache cache(std::make_shared<Broken>());
    QVERIFY(sentence_of([&] { cache.features({picture}); }).contains("Picture 1"));
}

void TestFeatures::missingWeightsSayWhereTheyAre()
{
    const QString sentence = sentence_of(
        [&] { make_features({.name = "vgg16", .file = folder_.path().toStdString() + "/none.pth"}); });
    QVERIFY2(sentence.contains("vgg16-397923af.pth") && sentence.contains("https://")
                 && sentence.contains("397923af)"),
             qPrintable(sentence));
    QVERIFY(sentence_of([] { make_features({.name = "magic"}); }).contains("bottleneck"));
    QVERIFY(sentence_of([] { weight_file("magic"); }).contains("lpips"));
}

void TestFeatures::weightsOfAnotherNetworkAreRefused()
{
    const auto path = made_vgg().write(folder_, "other.safetensors");
    for (const char* name : {"attributes", "sscd", "face", "bottleneck"})
        QVERIFY2(
            sentence_of([&] { make_features({.name = name, .file = path}); }).contains("other.safetensors"),
            name);
}

QTEST_APPLESS_MAIN(TestFeatures)
#include "tst_features.moc"
