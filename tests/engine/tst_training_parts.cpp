// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of training against plain operations and equations.
#include <cmath>
#include <memory>
#include <numeric>

#include <QtTest>

#include <torch/csrc/autograd/autograd.h>

#include "engine/core/device.h"
#include "engine/diffusion/noise.h"
#include "engine/models/eager_network.h"
#include "engine/models/random_weights.h"
#include "engine/training/batches.h"
#include "engine/training/fused_operations.h"
#include "engine/training/objective.h"
#include "engine/training/parameters.h"
#include "engine/training/train_pictures.h"
#include "engine/training/trained_network.h"
#include "tests/engine/tensor_compare.h"
#include "tests/engine/training_fixture.h"

using namespace lacuna;
using namespace lacuna::test;
using namespace lacuna::training;
using Modulation = op::GroupNorm::Modulation;

namespace {

Tensor normals(const std::vector<std::int64_t>& shape, std::uint32_t number)
{
    std::vector<int> rows(static_cast<std::size_t>(shape[0]));
    std::iota(rows.begin(), rows.end(), 0);
    return CounterNoise(number, rows).draw(at::empty(shape, at::kFloat), Purpose::Initial, 0);
}

/// A result with the gradients of a weighted sum of it in all inputs.
struct Differentiated {
    Tensor result;
    std::vector<Tensor> gradients;
};

template <class Function> Differentiated differentiated(Function&& f, const std::vector<Tensor>& inputs)
{
    std::vector<Tensor> leaves;
    for (const Tensor& input : inputs)
        leaves.push_back(input.detach().clone().requires_grad_(true));
    const Tensor result = f(leaves);
    const Tensor weights = (at::arange(result.numel(), at::kFloat) * 0.37).sin().view(result.sizes());
    return {result.detach(), torch::autograd::grad({(result * weights).sum()}, leaves)};
}

/// A network that knows its only picture, and so the noise in every x.
class KnownPicture final : public NetworkModule {
public:
    KnownPicture(Tensor picture, const NoiseProcess& process)
        : picture_(std::move(picture)),
          sigmas_(sigma_table(process))
    {
    }

    const NetworkGraph& graph() const override { return graph_; }
    Tensor forward(const Tensor& x, const Tensor& t, const Tensor&) override
    {
        const double sigma = sigmas_[static_cast<std::size_t>(t[0].item<float>())],
                     root = std::sqrt(1 + sigma * sigma);
        return (x * root - picture_) / sigma;
    }

private:
    NetworkGraph graph_{};
    Tensor picture_;
    std::vector<double> sigmas_;
};

} // namespace

class TestTrainingParts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { use_threads(1); }
    void fusedNorm_data();
    void fusedNorm();
    void fusedNormInBfloat16();
    void movedPixels();
    void theNetworkIsTheEagerOne_data();
    void theNetworkIsTheEagerOne();
    void adamIsItsEquations();
    void batchesAreFunctionsOfTheirNumber();
    void weightsOfTheAttributes();
    void theLossIsWeighted();
    void gradientsOfTheAttributes();
    void samplesOfAKnownPicture();
};

void TestTrainingParts::fusedNorm_data()
{
    QTest::addColumn<int>("modulation");
    QTest::addColumn<bool>("silu");
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("side");
    QTest::newRow("plain") << 0 << false << 32 << 5;
    QTest::newRow("plain, SiLU") << 0 << true << 96 << 4;
    QTest::newRow("added") << 1 << true << 64 << 7;
    QTest::newRow("scaled and shifted") << 2 << true << 128 << 4;
    QTest::newRow("scaled and shifted, linear") << 2 << false << 160 << 1;
}

void TestTrainingParts::fusedNorm()
{
    QFETCH(int, modulation);
    QFETCH(bool, silu);
    QFETCH(int, channels);
    QFETCH(int, side);
    const op::GroupNorm norm{
        .channels = channels, .eps = 1e-5, .modulation = static_cast<Modulation>(modulation), .silu = silu};
    std::vector<Tensor> inputs{normals({3, channels, side, side}, 1) * 2 + 0.7, normals({channels}, 2),
                               normals({channels}, 3)};
    if (modulation != 0)
        inputs.push_back(normals({3, modulation * channels}, 4));
    const auto plain = [&](const std::vector<Tensor>& in) {
        Tensor x = in[0];
        const Tensor g = modulation ? in[3].unsqueeze(-1).unsqueeze(-1) : Tensor();
        if (modulation == 1)
            x = x + g;
        Tensor y = at::group_norm(x, 32, in[1], in[2], norm.eps);
        if (modulation == 2)
            y = y * (1 + g.narrow(1, 0, channels)) + g.narrow(1, channels, channels);
        return silu ? at::silu(y) : y;
    };
    const auto fused = [&](const std::vector<Tensor>& in) {
        return group_norm(in[0], norm, in[1], in[2], modulation ? in[3] : Tensor(), at::kFloat);
    };
    const Differentiated expected = differentiated(plain, inputs), actual = differentiated(fused, inputs);
    COMPARE_TENSORS(actual.result, expected.result, 1e-4, 2e-5);
    for (std::size_t i = 0; i < inputs.size(); ++i)
        COMPARE_TENSORS(actual.gradients[i], expected.gradients[i], 1e-4, 2e-4);
}

void TestTrainingParts::fusedNormInBfloat16()
{
    const op::GroupNorm norm{.channels = 64, .modulation = Modulation::ScaleShift, .silu = true};
    const Tensor x = normals({2, 64, 6, 6}, 1).to(at::kBFloat16), weight = normals({64}, 2),
                 bias = normals({64}, 3), g = normals({2, 128}, 4);
    const auto of = [&](at::ScalarType type) {
        return differentiated(
            [&](const std::vector<Tensor>& in) {
                return group_norm(in[0].to(type), norm, in[1], in[2], in[3], type).to(at::kFloat);
            },
            {x.to(at::kFloat), weight, bias, g});
    };
    const Differentiated exact = of(at::kFloat), rounded = of(at::kBFloat16);
    COMPARE_TENSORS(rounded.result, exact.result, 1.0 / 256, 1e-6); // one rounding of the result
    for (std::size_t i = 0; i < exact.gradients.size(); ++i)
        COMPARE_TENSORS(rounded.gradients[i], exact.gradients[i], 0.02,
                        0.02 * exact.gradients[i].abs().max().item<double>());
}

void TestTrainingParts::movedPixels()
{
    const Tensor a = normals({2, 32, 3, 5}, 1), b = normals({2, 64, 3, 5}, 2);
    const auto compare = [](const Differentiated& actual, const Differentiated& expected) {
        COMPARE_TENSORS(actual.result, expected.result, 0, 0);
        for (std::size_t i = 0; i < actual.gradients.size(); ++i)
            COMPARE_TENSORS(actual.gradients[i], expected.gradients[i], 1e-6, 1e-6);
    };
    compare(differentiated([](const auto& in) { return join(in[0], in[1]); }, {a, b}),
            differentiated(
                [](const auto& in) {
                    return at::cat({in[0], in[1]}, 1);
                },
                {a, b}));
    compare(differentiated([](const auto& in) { return upsample(in[0]); }, {a}),
            differentiated(
                [](const auto& in) {
                    return at::upsample_nearest2d(in[0], {6, 10});
                },
                {a}));
}

void TestTrainingParts::theNetworkIsTheEagerOne_data()
{
    QTest::addColumn<QString>("json");
    QTest::newRow("adm") << small_network;
    QTest::newRow("adm, shuffled, residual resampling, classes")
        << R"({"network": "adm", "image_size": 16, "unshuffle": 2, "num_channels": 32, "num_res_blocks": 1,
            "channel_mult": [1, 2], "attention_resolutions": [4], "num_heads": 2, "resblock_updown": true,
            "num_classes": 3})";
    QTest::newRow("adm, embedding added") << R"({"network": "adm", "image_size": 16, "num_channels": 32,
            "num_res_blocks": 1, "channel_mult": [1, 1], "attention_resolutions": [], "num_heads": 1,
            "use_scale_shift_norm": false, "conv_resample": false})";
    QTest::newRow("ddpm") << R"({"network": "ddpm", "image_size": 16, "ch": 32, "ch_mult": [1, 2],
            "num_res_blocks": 1, "attn_resolutions": [8]})";
    QTest::newRow("encoder") << R"({"network": "encoder", "image_size": 16, "num_channels": 32,
            "out_channels": 5, "num_res_blocks": 1, "channel_mult": [1, 2], "attention_resolutions": [8],
            "num_head_channels": 32})";
}

void TestTrainingParts::theNetworkIsTheEagerOne()
{
    QFETCH(QString, json);
    const NetworkGraph graph = network_graph(network_config_from_json(json.toStdString(), "test"));
    Parameters parameters(graph, at::kCPU);
    const StateDict weights = random_weights(parameter_shapes(graph), 3);
    parameters.copy_values(weights);
    TrainedNetwork trained(graph, parameters.leaves(), at::kFloat);
    StateDict leaves;
    for (const auto& [name, tensor] : weights)
        leaves[name] = tensor.clone().requires_grad_(true);
    EagerNetwork eager(graph, leaves);
    const Tensor x = normals({2, 3, 16, 16}, 5), t = at::tensor({3.0f, 700.0f}),
                 y = graph.classes > 0 ? at::tensor({2, 0}, at::kLong) : Tensor();
    const Tensor expected = eager.forward(x, t, y), actual = trained.forward(x, t, y);
    COMPARE_TENSORS(actual.detach(), expected.detach(), 1e-4, 1e-4);
    const Tensor weigh = (at::arange(expected.numel(), at::kFloat) * 0.37).sin().view(expected.sizes());
    torch::autograd::backward({expected}, {weigh});
    parameters.clear_gradients();
    torch::autograd::backward({actual}, {weigh});
    for (const auto& [name, leaf] : parameters.leaves()) {
        const Tensor wanted = leaves.at(name).grad();
        const QByteArray difference =
            tensor_difference(leaf.grad(), wanted, 1e-3, 1e-4 + 1e-3 * wanted.abs().max().item<double>());
        QVERIFY2(difference.isEmpty(), name.c_str() + difference);
    }
}

void TestTrainingParts::adamIsItsEquations()
{
    const NetworkGraph graph = network_graph(AdmConfig{.image_size = 16,
                                                       .num_channels = 32,
                                                       .num_res_blocks = 1,
                                                       .channel_mult = {1},
                                                       .attention_resolutions = {}});
    Parameters parameters(graph, at::kCPU);
    parameters.initialise(4);
    const std::string name = "input_blocks.1.0.in_layers.2.weight";
    Tensor value = parameters.views(Part::Value).at(name).to(at::kDouble), first = at::zeros_like(value),
           second = at::zeros_like(value), average = value.clone();
    for (int n = 1; n <= 3; ++n) {
        parameters.clear_gradients();
        const Tensor g = normals({32, 32, 3, 3}, static_cast<std::uint32_t>(n));
        parameters.leaves().at(name).mutable_grad().copy_(g);
        QVERIFY(std::abs(parameters.gradient_norm() / g.to(at::kDouble).norm().item<double>() - 1) < 1e-5);
        const double c_1 = 1 - std::pow(0.9, n), c_2 = 1 - std::pow(0.999, n);
        parameters.step({.gradient_scale = 0.5f,
                         .rate = 0.01f,
                         .correction_1 = static_cast<float>(1 / c_1),
                         .correction_2 = static_cast<float>(1 / c_2),
                         .decay = 0.1f,
                         .average_weight = 0.25f});
        const Tensor half = 0.5 * g.to(at::kDouble);
        first = 0.9 * first + 0.1 * half;
        second = 0.999 * second + 0.001 * half * half;
        value = value - 0.01 * (first / c_1 / ((second / c_2).sqrt() + 1e-8) + 0.1 * value);
        average = 0.75 * average + 0.25 * value;
    }
    COMPARE_TENSORS(parameters.views(Part::Value).at(name), value, 1e-4, 1e-6);
    COMPARE_TENSORS(parameters.views(Part::Average).at(name), average, 1e-4, 1e-6);
    COMPARE_TENSORS(parameters.views(Part::SecondMoment).at(name), second, 1e-4, 1e-9);
}

void TestTrainingParts::batchesAreFunctionsOfTheirNumber()
{
    DataConfig data{.name = "cats", .size = 32};
    const auto source = make_picture_source(data, false);
    BatchQueue queue(*source, 9, 3, 2, 3);
    for (int number = 2; number < 6; ++number) {
        const Batch actual = queue.next(), expected = make_batch(*source, 9, Split::Training, number, 3);
        QCOMPARE(actual.pictures, expected.pictures);
        QCOMPARE(actual.noise, expected.noise);
        QCOMPARE(actual.times, expected.times);
        QVERIFY(actual.attributes == expected.attributes);
    }
    const Batch training = make_batch(*source, 9, Split::Training, 0, 3),
                validation = make_batch(*source, 9, Split::Validation, 0, 3);
    QVERIFY(training.pictures != validation.pictures && training.noise != validation.noise);
}

void TestTrainingParts::weightsOfTheAttributes()
{
    const auto& world = scenes::find_world("cats");
    const DataConfig data{.name = "cats", .size = 32, .attribute_share = 0.5};
    const auto source = make_picture_source(data, false);
    const std::vector<float> weights = source->example(7).weights;
    QCOMPARE(weights.size(), std::size_t(32 * 32));
    QVERIFY(std::abs(std::accumulate(weights.begin(), weights.end(), 0.0) / (32 * 32) - 1) < 1e-5);
    // Half the loss for all pixels, half in equal parts for the attributes.
    for (const int pixel : {0, 32 * 12 + 16, 32 * 16 + 10, 32 * 20 + 16, 32 * 30 + 16}) {
        double expected = 0.5;
        for (const scenes::Attribute& attribute : world.attributes())
            if (const Mask mask = world.mask(7, attribute.mask, 32); mask.is_hole(pixel % 32, pixel / 32))
                expected += 0.5 / static_cast<double>(world.attributes().size())
                            * (32 * 32 / static_cast<double>(mask.hole_pixels()));
        QVERIFY(std::abs(weights[static_cast<std::size_t>(pixel)] - expected) < 1e-5);
    }
    QVERIFY(make_picture_source({.name = "cats", .size = 32}, false)->example(7).weights.empty());
}

void TestTrainingParts::theLossIsWeighted()
{
    const TrainConfig settings = train_config_from_json(
        std::string(R"({"name": "d", "data": {"world": "cats", "size": 32}, "steps": 9, "network": )")
            + small_network + "}",
        "test");
    const auto source = make_picture_source(settings.data, false);
    const Objective objective(settings, *source, at::kCPU);
    Parameters parameters(network_graph(settings.network), at::kCPU);
    parameters.initialise(1);
    TrainedNetwork network(network_graph(settings.network), parameters.leaves(), at::kFloat);
    Batch batch = make_batch(*source, 1, Split::Training, 0, 2);
    const Objective::Outcome even = objective.outcome(network, batch);
    const std::size_t pixels = batch.pictures.size() / 3;
    batch.weights.assign(pixels, 1);
    batch.weights[5] = 3;
    batch.weights[6] = 0;
    const Objective::Outcome weighted = objective.outcome(network, batch);
    Tensor expected = even.gradient.clone();
    const auto row = expected[0].flatten(1);
    row.select(1, 5).mul_(3);
    row.select(1, 6).zero_();
    COMPARE_TENSORS(weighted.gradient, expected, 1e-6, 1e-9);
    const double half = static_cast<double>(even.gradient.numel()) / 2;
    const Tensor errors = (even.gradient[0].flatten(1) * half).square().sum(0);
    const double change =
        (2 * errors[5] - errors[6]).item<double>() / static_cast<double>(even.gradient.numel());
    QVERIFY(std::abs(weighted.loss - even.loss - change) < 1e-6);
}

void TestTrainingParts::gradientsOfTheAttributes()
{
    const TrainConfig settings = train_config_from_json(cat_classifier, "test");
    const auto source = make_picture_source(settings.data, true);
    const Objective objective(settings, *source, at::kCPU);
    Parameters parameters(network_graph(settings.network), at::kCPU);
    parameters.initialise(1);
    TrainedNetwork network(network_graph(settings.network), parameters.leaves(), at::kFloat);
    const Batch batch = make_batch(*source, 1, Split::Training, 0, 4);
    const Objective::Outcome outcome = objective.outcome(network, batch);
    const Tensor logits = outcome.result.detach().clone().requires_grad_(true);
    Tensor loss = at::zeros({});
    std::int64_t first = 0;
    for (std::size_t i = 0; i < source->attributes().size(); ++i) {
        const auto count = static_cast<std::int64_t>(source->attributes()[i].values.size());
        for (int row = 0; row < 4; ++row)
            loss = loss
                   - logits[row]
                             .narrow(0, first, count)
                             .log_softmax(0)[batch.attributes[static_cast<std::size_t>(row)][i]]
                         / (4.0 * static_cast<double>(source->attributes().size()));
        first += count;
    }
    QVERIFY(std::abs(loss.item<double>() - outcome.loss) < 1e-5);
    COMPARE_TENSORS(outcome.gradient, torch::autograd::grad({loss}, {logits}).front(), 1e-4, 1e-7);
}

void TestTrainingParts::samplesOfAKnownPicture()
{
    const NoiseProcess process{.schedule = "cosine", .timesteps = 100};
    const Tensor picture = normals({1, 3, 8, 8}, 1).clamp(-1, 1);
    const Tensor samples = draw_samples(std::make_shared<KnownPicture>(picture, process), process,
                                        {2, 3, 8, 8}, 5, 10, {}, {}, at::kCPU);
    COMPARE_TENSORS(samples, picture.expand({2, 3, 8, 8}), 0, 2e-3);
}

QTEST_GUILESS_MAIN(TestTrainingParts)
#include "tst_training_parts.moc"
