// SPDX-License-Identifier: GPL-3.0-or-later
// Training: its operations against plain ones, exact resumption, what comes out, and what goes wrong.
#include <csignal>
#include <filesystem>
#include <numeric>

#include <sys/resource.h>

#include <QtTest>

#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/autograd.h>

#include "engine/checkpoint/checkpoint.h"
#include "engine/core/atomic_file.h"
#include "engine/core/device.h"
#include "engine/core/picture_file.h"
#include "engine/diffusion/noise.h"
#include "engine/models/dataset_model.h"
#include "engine/models/eager_network.h"
#include "engine/models/random_weights.h"
#include "engine/training/batches.h"
#include "engine/training/fused_operations.h"
#include "engine/training/objective.h"
#include "engine/training/parameters.h"
#include "engine/training/train_state.h"
#include "engine/training/trained_network.h"
#include "engine/training/trainer.h"
#include "tests/core/error_of.h"
#include "tests/engine/tensor_compare.h"

using namespace lacuna;
using namespace lacuna::test;
using namespace lacuna::training;
namespace fs = std::filesystem;
using Modulation = op::GroupNorm::Modulation;

namespace {

Tensor normals(const std::vector<std::int64_t>& shape, std::uint32_t number)
{
    std::vector<int> rows(static_cast<std::size_t>(shape[0]));
    std::iota(rows.begin(), rows.end(), 0);
    return CounterNoise(number, rows).draw(at::empty(shape, at::kFloat), Purpose::Initial, 0);
}

/// A network that learns in seconds.
constexpr const char* small_network = R"("network": {"network": "adm", "image_size": 16, "num_channels": 32,
    "num_res_blocks": 1, "channel_mult": [1, 2], "attention_resolutions": [8], "num_head_channels": 32,
    "use_new_attention_order": true})";

std::string text_of(const fs::path& path)
{
    const std::vector<std::uint8_t> bytes = read_file(path);
    return {bytes.begin(), bytes.end()};
}

/// Everything but the metadata of a state.
std::map<std::string, Tensor> tensors_of(const fs::path& path)
{
    const StateDict state = read_state_dict(Checkpoint::open(path));
    return {state.begin(), state.end()};
}

/// Reference and trained result with their gradients in all inputs.
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

} // namespace

class TestTraining : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { use_threads(1); }
    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        QVERIFY(folder_->isValid());
    }

    void fusedNorm_data();
    void fusedNorm();
    void fusedNormInBfloat16();
    void movedPixels();
    void theNetworkIsTheEagerOne_data();
    void theNetworkIsTheEagerOne();
    void adamIsItsEquations();
    void batchesAreFunctionsOfTheirNumber();
    void gradientsOfTheAttributes();
    void resumedIsUninterrupted();
    void onlyAttentionIsTuned();
    void fourPicturesAreLearnt();
    void theModelLoads();
    void startsFromAModel();
    void classifiersNameTheirValues();
    void aLossThatIsNotFiniteStops();
    void aFullDiskKeepsTheCheckpoint();
    void statesOfOthersAreRefused();
    void theProgramTrainsAsTheLibrary();
    void theProgramGoesOnAfterAKill();

private:
    fs::path at(const char* name) const { return fs::path(folder_->path().toStdString()) / name; }

    /// Four pictures in a folder, and a configuration to learn them.
    std::string four_pictures(const std::string& more = "") const
    {
        fs::create_directories(at("pictures"));
        for (int i = 0; i < 4; ++i)
            write_file(at("pictures") / (std::to_string(i) + ".png"),
                       encode_png(make_picture(16, 16, 3, 8, [&](std::uint8_t* to) {
                           for (int p = 0; p < 256; ++p)
                               for (int c = 0; c < 3; ++c)
                                   *to++ = static_cast<std::uint8_t>(
                                       (p % 16 < 8) == (i % 2 == 0) ? 40 + 60 * i : 220 - 50 * c);
                       })));
        return std::string(R"({"name": "Four", "data": {"pictures": ")") + at("pictures").string()
               + R"(", "size": 16}, "batch": 8, "steps": 6, "warmup": 2, "learning_rate": 0.002, "ema": 0.9,
                "log_every": 1, "validation": {"pictures": 8, "every": 2}, "samples": {"every": 0}, )"
               + small_network + more + "}";
    }
    TrainConfig config(const std::string& more = "") const
    {
        return train_config_from_json(four_pictures(more), "test");
    }

    std::unique_ptr<QTemporaryDir> folder_{};
};

void TestTraining::fusedNorm_data()
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

void TestTraining::fusedNorm()
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

void TestTraining::fusedNormInBfloat16()
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

void TestTraining::movedPixels()
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

void TestTraining::theNetworkIsTheEagerOne_data()
{
    QTest::addColumn<QString>("json");
    QTest::newRow("adm") << QString::fromLatin1(small_network).section(':', 1);
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

void TestTraining::theNetworkIsTheEagerOne()
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

void TestTraining::adamIsItsEquations()
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

void TestTraining::batchesAreFunctionsOfTheirNumber()
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

void TestTraining::gradientsOfTheAttributes()
{
    const TrainConfig settings = train_config_from_json(
        R"({"name": "c", "objective": "attributes", "data": {"world": "cats", "size": 32}, "network":
            {"network": "encoder", "image_size": 32, "out_channels": 17, "num_channels": 32, "num_res_blocks": 1,
             "channel_mult": [1, 1, 1], "attention_resolutions": [], "num_head_channels": 32}})",
        "test");
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

void TestTraining::resumedIsUninterrupted()
{
    Trainer(config(), at("whole"), {.threads = 1}).run({});
    const auto whole = tensors_of(at("whole") / "state.safetensors");
    for (int part = 0; part < 2; ++part) {
        std::stop_source stop;
        Trainer trainer(config(), at("parts"), {.threads = 1});
        QCOMPARE(trainer.step(), std::int64_t{3 * part});
        const TrainEnd end = trainer.run(stop.get_token(), [&](const LogLine& line) {
            if (line.step == 3)
                stop.request_stop();
        });
        QVERIFY(end == (part == 0 ? TrainEnd::Stopped : TrainEnd::LastStep));
    }
    const auto parts = tensors_of(at("parts") / "state.safetensors");
    QCOMPARE(parts.size(), whole.size());
    for (const auto& [name, tensor] : whole)
        QVERIFY2(same_bits(tensor, parts.at(name)), name.c_str());
    const auto losses = [](const std::string& log) {
        QStringList columns;
        for (const QString& line : QString::fromStdString(log).split('\n', Qt::SkipEmptyParts))
            columns << line.section(',', 0, 0) + line.section(',', 2, 4);
        return columns;
    };
    QCOMPARE(losses(text_of(at("parts") / "log.csv")), losses(text_of(at("whole") / "log.csv")));
    QCOMPARE(losses(text_of(at("whole") / "log.csv")).size(), 7);
}

void TestTraining::onlyAttentionIsTuned()
{
    Trainer(config(R"(, "tune": "attention")"), at("tuned"), {.threads = 1}).run({});
    const auto state = tensors_of(at("tuned") / "state.safetensors");
    Parameters start(network_graph(config().network), at::kCPU);
    start.initialise(config().seed);
    int changed = 0;
    for (const auto& [name, value] : start.views(Part::Value)) {
        const bool same = same_bits(value.contiguous(), state.at("parameters/" + name));
        const bool attention = name.find(".qkv.") != std::string::npos
                               || name.find(".norm.") != std::string::npos
                               || name.find(".proj_out.") != std::string::npos;
        QVERIFY2(same || attention, name.c_str());
        changed += !same;
    }
    QVERIFY(changed > 0);
}

void TestTraining::fourPicturesAreLearnt()
{
    TrainConfig settings = config(R"(, "process": {"schedule": "cosine", "timesteps": 50})");
    settings.steps = 500;
    settings.validation_every = 250;
    settings.sample_every = 500;
    settings.log_every = 50;
    settings.ema = 0.98;
    std::vector<LogLine> lines;
    Trainer(settings, at("learnt"), {.threads = 1}).run({}, [&](const LogLine& line) {
        lines.push_back(line);
    });
    QVERIFY(lines.front().loss > 0.3);
    QVERIFY2(*lines.back().validation_loss < 0.03,
             qPrintable(QString::number(*lines.back().validation_loss)));
    // A sample looks like one of the four.
    const Picture grid = read_picture(at("learnt") / "samples-500.png");
    const auto nearest = [&](int x, int y) {
        double best = 1e9;
        for (int i = 0; i < 4; ++i) {
            const Picture picture = read_picture(at("pictures") / (std::to_string(i) + ".png"));
            double sum = 0;
            for (int v = 0; v < 16; ++v)
                for (int u = 0; u < 48; ++u)
                    sum += std::abs(grid.row(y + v)[3 * x + u] - picture.row(v)[u]);
            best = std::min(best, sum / 768);
        }
        return best;
    };
    QVERIFY2(nearest(2, 2) < 12, qPrintable(QString::number(nearest(2, 2))));
}

void TestTraining::theModelLoads()
{
    Trainer trainer(config(), at("out"), {.threads = 1});
    trainer.run({});
    const DatasetModel model = load_model(at("out") / "model.safetensors", "");
    QCOMPARE(model.preset.name, std::string("Four"));
    QVERIFY(model.preset.architecture == trainer.config().network);
    const Tensor x0 = make_denoiser(model)->x0(normals({1, 3, 16, 16}, 1), 1.0);
    const auto state = tensors_of(at("out") / "state.safetensors");
    StateDict average;
    for (const auto& [name, tensor] : state)
        if (name.starts_with("average/"))
            average[name.substr(8)] = tensor.to(at::kHalf).to(at::kFloat);
    const DatasetModel same{
        .preset = model.preset,
        .network = make_network(network_graph(model.preset.architecture), average, "test", {.plan = false})};
    COMPARE_TENSORS(x0, make_denoiser(same)->x0(normals({1, 3, 16, 16}, 1), 1.0), 1e-3, 1e-3);
    QVERIFY(fs::exists(at("out") / "curve.png"));
}

void TestTraining::startsFromAModel()
{
    Trainer(config(), at("first"), {.threads = 1}).run({});
    TrainConfig settings = config(R"(, "start": ")" + (at("first") / "model.safetensors").string() + "\"");
    settings.learning_rate = 0;
    Trainer(settings, at("second"), {.threads = 1}).run({});
    const auto state = tensors_of(at("second") / "state.safetensors");
    const StateDict model = read_state_dict(Checkpoint::open(at("first") / "model.safetensors"));
    for (const auto& [name, value] : model)
        QVERIFY2(same_bits(value.to(at::kFloat), state.at("parameters/" + name)), name.c_str());
}

void TestTraining::classifiersNameTheirValues()
{
    TrainConfig settings = train_config_from_json(
        R"({"name": "c", "objective": "attributes", "data": {"world": "cats", "size": 32, "scenes": 8}, "steps": 40,
            "batch": 8, "learning_rate": 0.002, "warmup": 5, "log_every": 5, "validation": {"every": 0}, "network":
            {"network": "encoder", "image_size": 32, "out_channels": 17, "num_channels": 32, "num_res_blocks": 1,
             "channel_mult": [1, 1, 1], "attention_resolutions": [], "num_head_channels": 32}})",
        "test");
    std::vector<double> losses;
    Trainer(settings, at("c"), {.threads = 1}).run({}, [&](const LogLine& line) {
        losses.push_back(line.loss);
    });
    QVERIFY2(losses.back() < 0.6 * losses.front(), qPrintable(QString::number(losses.back())));
    const Checkpoint model = Checkpoint::open(at("c") / "model.safetensors");
    const std::string named = model.metadata().at(attributes_entry);
    QVERIFY2(named.starts_with(R"([{"name":"eyes","values":["open","half-closed","odd"]})"), named.c_str());
    QVERIFY(std::holds_alternative<EncoderConfig>(stored_preset(model.metadata(), "test")->architecture));
}

void TestTraining::aLossThatIsNotFiniteStops()
{
    Trainer(config(), at("out"), {.threads = 1}).run({});
    const std::string before = text_of(at("out") / "state.safetensors");
    TrainConfig settings = config();
    settings.steps = 1000;
    settings.learning_rate = 1e30;
    settings.clip = 0;
    const QString error = error_of([&] { Trainer(settings, at("out"), {.threads = 1}).run({}); });
    QVERIFY2(error.contains(QRegularExpression("finite at step \\d+")), qPrintable(error));
    QCOMPARE(text_of(at("out") / "state.safetensors"), before);
}

void TestTraining::aFullDiskKeepsTheCheckpoint()
{
    Trainer(config(), at("out"), {.threads = 1}).run({});
    const std::string before = text_of(at("out") / "state.safetensors");
    TrainConfig settings = config();
    settings.steps = 8;
    Trainer trainer(settings, at("out"), {.threads = 1});
    rlimit limit{};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &limit), 0);
    const rlimit small{.rlim_cur = 100000, .rlim_max = limit.rlim_max};
    ::signal(SIGXFSZ, SIG_IGN);
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const QString error = error_of([&] { trainer.run({}); });
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &limit), 0);
    QVERIFY2(error.startsWith("6: "), qPrintable(error));
    QCOMPARE(text_of(at("out") / "state.safetensors"), before);
    Trainer(settings, at("out"), {.threads = 1}).run({});
}

void TestTraining::statesOfOthersAreRefused()
{
    Trainer(config(), at("out"), {.threads = 1}).run({});
    QVERIFY(error_of([&] {
                Trainer(config(R"(, "seed": 5)"), at("out"), {.threads = 1});
            }).contains("belongs to a training with another seed"));
    std::string damaged = text_of(at("out") / "state.safetensors");
    damaged.resize(damaged.size() / 2);
    write_file(at("out") / "state.safetensors", damaged);
    QVERIFY(error_of([&] { Trainer(config(), at("out"), {.threads = 1}); }).startsWith("3: "));
}

void TestTraining::theProgramTrainsAsTheLibrary()
{
    TrainConfig settings = config();
    write_file(at("config.json"), four_pictures(R"(, "precision": "float")"));
    const QString path = QString::fromStdString(at("config.json").string());
    const QStringList arguments{"train",     path, "--out",    QString::fromStdString(at("out").string()),
                                "--threads", "1",  "--device", "cpu"};
    QProcess whole;
    whole.start(QStringLiteral(LACUNA_BIN_DIR "/lacuna-cli"), arguments);
    QVERIFY(whole.waitForFinished(60000));
    QCOMPARE(whole.exitCode(), 0);
    QVERIFY(whole.readAllStandardOutput().contains("The training is complete"));
    Trainer(settings, at("same"), {.threads = 1}).run({});
    for (const auto& [name, tensor] : tensors_of(at("same") / "state.safetensors"))
        QVERIFY2(same_bits(tensor, tensors_of(at("out") / "state.safetensors").at(name)), name.c_str());
}

void TestTraining::theProgramGoesOnAfterAKill()
{
    std::string text = four_pictures(R"(, "checkpoint_minutes": 0.01)");
    const auto set = [&](const std::string& key, const std::string& value) {
        const auto start = text.find("\"" + key + "\": ") + key.size() + 4;
        text.replace(start, text.find_first_of(",}", start) - start, value);
    };
    set("steps", "1000000");
    write_file(at("config.json"), text);
    const QStringList arguments{"train",     QString::fromStdString(at("config.json").string()),
                                "--out",     QString::fromStdString(at("out").string()),
                                "--threads", "1",
                                "--device",  "cpu"};
    QProcess killed;
    killed.start(QStringLiteral(LACUNA_BIN_DIR "/lacuna-cli"), arguments);
    QTRY_VERIFY_WITH_TIMEOUT(fs::exists(at("out") / "state.safetensors"), 60000);
    killed.kill();
    QVERIFY(killed.waitForFinished(60000));
    QProcess stopped;
    stopped.start(QStringLiteral(LACUNA_BIN_DIR "/lacuna-cli"), arguments);
    QTRY_VERIFY_WITH_TIMEOUT(stopped.bytesAvailable() > 60, 60000);
    stopped.terminate();
    QVERIFY(stopped.waitForFinished(60000));
    QCOMPARE(stopped.exitCode(), 0);
    const QByteArray said = stopped.readAllStandardOutput();
    QVERIFY2(said.startsWith("Goes on after step ") && said.contains("Stopped: "), said);
}

QTEST_GUILESS_MAIN(TestTraining)
#include "tst_training.moc"
