// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <functional>

#include <c10/core/InferenceMode.h>

#include "engine/core/device.h"
#include "engine/core/error.h"
#include "engine/models/arena_layout.h"
#include "engine/models/planned_network.h"
#include "made_networks.h"
#include "tensor_compare.h"

using namespace lacuna;

namespace {

/// Every option of the builders at least once, small.
std::vector<std::pair<const char*, NetworkConfig>> planned_networks()
{
    const AdmConfig a = tiny_adm();
    std::vector<std::pair<const char*, NetworkConfig>> list = {{"residual resampling", a}};
    const auto variant = [&](const char* name, const std::function<void(AdmConfig&)>& change) {
        AdmConfig config = a;
        change(config);
        list.emplace_back(name, config);
    };
    variant("new order", [](AdmConfig& c) { c.use_new_attention_order = true; });
    variant("added embedding, strided convolutions", [](AdmConfig& c) {
        c.use_scale_shift_norm = c.resblock_updown = false;
        c.num_head_channels = -1;
        c.num_heads = 2;
        c.num_heads_upsample = 4;
    });
    variant("resampling without parameters",
            [](AdmConfig& c) { c.resblock_updown = c.conv_resample = false; });
    variant("classes", [](AdmConfig& c) { c.num_classes = 10; });
    variant("more input channels, one output", [](AdmConfig& c) {
        c.in_channels = 20;
        c.out_channels = 1;
        c.learn_sigma = false;
    });
    variant("one level, two blocks, attention", [](AdmConfig& c) {
        c.channel_mult = {1};
        c.num_res_blocks = 2;
        c.attention_resolutions = {16};
        c.num_head_channels = 8;
    });
    variant("three levels, groups across blocks", [](AdmConfig& c) {
        c.channel_mult = {3, 1, 2};
        c.num_head_channels = 32;
    });
    variant("as many channels before as behind", [](AdmConfig& c) { c.channel_mult = {2, 1}; });
    list.emplace_back("unshuffled", unshuffled_adm());
    variant("unshuffled by four, with a condition", [](AdmConfig& c) {
        c.in_channels = 4;
        c.out_channels = 1;
        c.learn_sigma = false;
        c.channel_mult = {1};
        c.unshuffle = 4;
    });
    const DdpmConfig d{
        .image_size = 16, .ch = 32, .ch_mult = {1, 2}, .num_res_blocks = 1, .attn_resolutions = {8}};
    DdpmConfig plain = d;
    plain.resamp_with_conv = false;
    plain.ch_mult = {1, 1, 3};
    list.emplace_back("DDPM", d);
    list.emplace_back("DDPM without convolutions", plain);
    return list;
}

/// Whole pictures of a network are multiples of this.
int multiple(const NetworkConfig& config)
{
    return config == NetworkConfig(unshuffled_adm()) ? 8 : 4;
}

double relative_error(const Tensor& actual, const Tensor& expected)
{
    return ((actual - expected).norm() / expected.norm()).item<double>();
}

} // namespace

class TestInferencePlan : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void planIsTheNetwork_data();
    void planIsTheNetwork();
    void planDoesNotDependOnBatchOrThreads();
    void planLeavesGradientsToTensors();
    void badSizesAreRefused();
    void blocksInUseDoNotOverlap();
};

void TestInferencePlan::planIsTheNetwork_data()
{
    QTest::addColumn<QString>("network");
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("width");
    for (const auto& [name, config] : planned_networks())
        for (const auto& [height, width] : {std::pair{16, 16}, {12, 20}, {36, 44}, {24, 8}}) {
            if (height % multiple(config) != 0 || width % multiple(config) != 0)
                continue;
            QTest::addRow("%s %dx%d", name, width, height) << QString(name) << height << width;
        }
    QTest::newRow("odd sides") << "one level, two blocks, attention" << 7 << 13;
    QTest::newRow("few pixels") << "one level, two blocks, attention" << 3 << 2;
}

void TestInferencePlan::planIsTheNetwork()
{
    QFETCH(QString, network);
    QFETCH(int, height);
    QFETCH(int, width);
    for (const auto& [name, config] : planned_networks()) {
        if (network != QLatin1String(name))
            continue;
        const c10::InferenceMode no_gradients;
        const NetworkGraph graph = network_graph(config);
        EagerNetwork eager(graph, random_parameters(graph, 11));
        const Tensor x = sine_noise({3, graph.in_channels(), height, width});
        const Tensor t = at::tensor({10.f, 500.f, 10.f});
        const Tensor y =
            graph.classes > 0 ? at::tensor({std::int64_t{3}, std::int64_t{7}, std::int64_t{4}}) : Tensor();
        const Tensor expected = eager.forward(x, t, y);
        PlannedNetwork plan(eager);
        const double error = relative_error(plan.forward(x, t, y), expected);
        QVERIFY2(error <= 1e-5, qPrintable(QString::number(error)));
    }
}

void TestInferencePlan::planDoesNotDependOnBatchOrThreads()
{
    AdmConfig config = tiny_adm();
    config.channel_mult = {2, 2};
    const NetworkGraph graph = adm_graph(config);
    PlannedNetwork network(EagerNetwork(graph, random_parameters(graph, 12)));
    const Tensor x = sine_noise({5, 3, 36, 32}), t = at::full({5}, 77.0);
    use_threads(1);
    const Tensor expected = network.forward(x, t);
    for (const int threads : {1, 2, 3, 8}) {
        use_threads(threads);
        network.prepare(5, {36, 32});
        QVERIFY(same_bits(network.forward(x, t), expected));
        for (std::int64_t i = 0; i < 5; ++i)
            QVERIFY(
                same_bits(network.forward(x.narrow(0, i, 1), t.narrow(0, i, 1)), expected.narrow(0, i, 1)));
    }
    use_threads();
}

void TestInferencePlan::planLeavesGradientsToTensors()
{
    const NetworkGraph graph = adm_graph(tiny_adm());
    const auto network = make_network(graph, random_parameters(graph, 13), "weights");
    const Tensor x = sine_noise({1, 3, 16, 16}), t = at::full({1}, 7.0);
    const Tensor free = x.clone().requires_grad_(true);
    network->forward(free, t).sum().backward();
    QVERIFY(free.grad().defined());
    const auto eager = make_network(graph, random_parameters(graph, 13), "weights", {.plan = false});
    QVERIFY(dynamic_cast<EagerNetwork*>(eager.get()));
    QVERIFY(relative_error(network->forward(x, t), eager->forward(x, t)) < 1e-5);
    QVERIFY(network->forward(x.to(at::kDouble), t).scalar_type() == at::kDouble);
}

void TestInferencePlan::badSizesAreRefused()
{
    const NetworkGraph graph = adm_graph(tiny_adm());
    for (const bool plan : {false, true}) {
        const auto network = make_network(graph, random_parameters(graph, 14), "weights", {.plan = plan});
        try {
            network->forward(sine_noise({1, 3, 15, 16}), at::full({1}, 7.0));
            QFAIL("it was accepted");
        } catch (const Error& error) {
            QVERIFY2(QString(error.what()).contains("divisible by 2"), error.what());
        }
    }
}

void TestInferencePlan::blocksInUseDoNotOverlap()
{
    std::vector<Lifetime> blocks;
    for (int i = 0; i < 40; ++i)
        blocks.push_back(
            {.size = static_cast<std::size_t>(1 + 37 * i % 101), .first = i, .last = i + 13 * i % 7});
    const ArenaLayout layout = lay_out(blocks);
    std::size_t together = 0;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        QVERIFY(layout.offsets[i] % 16 == 0 && layout.offsets[i] + blocks[i].size <= layout.size);
        together += blocks[i].size;
        for (std::size_t j = 0; j < i; ++j)
            if (blocks[i].first <= blocks[j].last && blocks[j].first <= blocks[i].last)
                QVERIFY(layout.offsets[i] + blocks[i].size <= layout.offsets[j]
                        || layout.offsets[j] + blocks[j].size <= layout.offsets[i]);
    }
    QVERIFY(layout.size < together / 2);
}

QTEST_GUILESS_MAIN(TestInferencePlan)
#include "tst_inference_plan.moc"
