// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <cmath>
#include <set>

#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>

#include "engine/core/error.h"
#include "engine/models/eager_network.h"
#include "engine/models/recognise.h"
#include "engine/models/unet_config.h"
#include "made_networks.h"
#include "tensor_compare.h"
#include "tests/engine/known_networks.h"

using namespace lacuna;

class TestNetworks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void timestepEmbedding();
    void describedNetwork_data();
    void describedNetwork();
    void releasedSizes_data();
    void releasedSizes();
    void configSurvivesJson_data();
    void configSurvivesJson();
    void unshuffledNetworkSeesWholePictures();
    void unshuffleIsTheOneOfTensors();
    void jsonOfOtherPrograms();
    void badJsonIsRefused_data();
    void badJsonIsRefused();
    void shapesTellTheNetwork_data();
    void shapesTellTheNetwork();
    void wrongParametersAreRefused();
    void rowsAreIndependent();
    void gradientsReachInputAndParameters();
    void halfPrecisionIsClose();
    void networkOfADenoiser();
    void classifierGradientIsTheDerivative();
};

void TestNetworks::timestepEmbedding()
{
    const auto embed = [](op::TimestepEmbedding::Form form, std::int64_t width) {
        GraphBuilder g(3);
        g.label(1, 1, "table"); // a network has at least one parameter
        g.embed({.form = form, .width = width});
        EagerNetwork network(g.take(), {{"table.weight", at::zeros({1, 1})}});
        return network.forward(at::zeros({1, 3, 1, 1}), at::full({1}, 10.0), at::zeros({1}, at::kLong))[0];
    };
    const Tensor adm =
        at::tensor({-.839072f, .540302f, .995004f, .99995f, -.544021f, .841471f, .099833f, .01f});
    const Tensor ddpm =
        at::tensor({-.544021f, .447671f, .021543f, .001f, -.839072f, .894198f, .999768f, 1.f});
    COMPARE_TENSORS(embed(op::TimestepEmbedding::Form::Adm, 8), adm, 0, 1e-6);
    COMPARE_TENSORS(embed(op::TimestepEmbedding::Form::Ddpm, 8), ddpm, 0, 1e-6);
    QCOMPARE(embed(op::TimestepEmbedding::Form::Adm, 7).size(0), 7);
    QCOMPARE(embed(op::TimestepEmbedding::Form::Adm, 7)[6].item<float>(), 0.f);
}

void TestNetworks::describedNetwork_data()
{
    columns(described_networks());
}

void TestNetworks::describedNetwork()
{
    QFETCH(QString, network);
    const Expected expected = find(described_networks(), network);
    const NetworkGraph graph = network_graph(expected.config);
    const ParameterShapes shapes = parameter_shapes(graph);
    QCOMPARE(shapes.size(), expected.keys);
    QCOMPARE(parameter_count(shapes), expected.parameters);

    EagerNetwork eager(graph, sine_parameters(shapes));
    const Tensor y = expected.labels ? at::tensor({std::int64_t{3}, std::int64_t{7}}) : Tensor();
    const Tensor out = eager.forward(sine_noise({2, 3, 16, 16}), at::tensor({10.f, 500.f}), y);
    const Tensor flat = out.flatten();
    const std::int64_t n = flat.size(0);
    const Tensor exact = flat.to(at::kDouble);
    QVERIFY(std::abs(exact.mean().item<double>() - expected.mean) < 2e-6);
    if (expected.deviation >= 0)
        QVERIFY(std::abs(exact.std(false).item<double>() - expected.deviation) < 2e-6);
    // The numbers are printed with five decimals; rounding of single precision adds as much.
    COMPARE_TENSORS(flat.narrow(0, 0, 3), at::tensor(expected.first), 0, 3e-5);
    COMPARE_TENSORS(flat.narrow(0, n - 3, 3), at::tensor(expected.last), 0, 3e-5);
}

void TestNetworks::releasedSizes_data()
{
    columns(released_networks());
}

void TestNetworks::releasedSizes()
{
    QFETCH(QString, network);
    const Expected expected = find(released_networks(), network);
    const ParameterShapes shapes = parameter_shapes(network_graph(expected.config));
    QCOMPARE(parameter_count(shapes), expected.parameters);
    if (expected.keys > 0)
        QCOMPARE(shapes.size(), expected.keys);
}

void TestNetworks::configSurvivesJson_data()
{
    QTest::addColumn<QString>("network");
    for (const auto& list : {released_networks(), unshuffled_networks()})
        for (const auto& [title, expected] : list)
            QTest::newRow(title) << QString(title);
}

void TestNetworks::configSurvivesJson()
{
    QFETCH(QString, network);
    Expected expected = find(released_networks(), network);
    if (expected.parameters == 0)
        expected = find(unshuffled_networks(), network);
    QVERIFY(network_config_from_json(to_json(expected.config), "a file") == expected.config);
}

void TestNetworks::unshuffledNetworkSeesWholePictures()
{
    const AdmConfig config = unshuffled_adm();
    AdmConfig plain = config;
    plain.unshuffle = 1;
    const NetworkGraph graph = adm_graph(config);
    QCOMPARE(graph.in_channels(), 3);
    QCOMPARE(graph.out_channels(), 6);
    const ParameterShapes shapes = parameter_shapes(graph);
    QVERIFY((shapes.at("input_blocks.0.0.weight") == std::vector<std::int64_t>{32, 12, 3, 3}));
    QVERIFY((shapes.at("out.2.weight") == std::vector<std::int64_t>{24, 32, 3, 3}));

    const std::vector<PictureSize> sizes = picture_sizes(graph, {64, 64});
    QVERIFY((sizes.back() == PictureSize{64, 64}));
    std::set<std::int64_t> attending;
    for (std::size_t i = 0; i < sizes.size(); ++i)
        if (std::holds_alternative<op::Attention>(graph.nodes[i].operation))
            attending.insert(sizes[i].height);
    QVERIFY((attending == std::set<std::int64_t>{8, 16}));
    QVERIFY(multiplications(graph, {64, 64}) < 0.3 * multiplications(adm_graph(plain), {64, 64}));
    QVERIFY_EXCEPTION_THROWN(picture_sizes(graph, {64, 63}), Error);
    QVERIFY_EXCEPTION_THROWN(picture_sizes(graph, {64, 60}), Error);
    QVERIFY((picture_sizes(graph, {24, 40}).back() == PictureSize{24, 40}));

    // The pooling of a classifier counts the pixels of its last level.
    const auto encoder = std::get<EncoderConfig>(find(unshuffled_networks(), "unshuffled classifier").config);
    const NetworkGraph pooling = encoder_graph(encoder);
    QVERIFY(
        (parameter_shapes(pooling).at("out.2.positional_embedding") == std::vector<std::int64_t>{64, 65}));
    EagerNetwork classifier(pooling, random_parameters(pooling, 2));
    QCOMPARE(classifier.forward(sine_noise({1, 3, 32, 32}), at::zeros({1})).size(1), 1000);
}

void TestNetworks::unshuffleIsTheOneOfTensors()
{
    // Around the same inner network.
    AdmConfig inner = unshuffled_adm();
    inner.unshuffle = 1;
    inner.image_size = 32;
    inner.in_channels = inner.out_channels = 12;
    const NetworkGraph outer_graph = adm_graph(unshuffled_adm()), inner_graph = adm_graph(inner);
    const StateDict state = random_parameters(outer_graph, 9);
    EagerNetwork outer(outer_graph, state), bare(inner_graph, state);
    const Tensor x = sine_noise({2, 3, 16, 24}).requires_grad_(true), t = at::tensor({3.f, 700.f});
    const Tensor out = outer.forward(x, t);
    QVERIFY(
        same_bits(out.detach(), at::pixel_shuffle(bare.forward(at::pixel_unshuffle(x, 2), t), 2).detach()));
    out.square().sum().backward();
    QVERIFY(x.grad().defined() && x.grad().abs().min().item<float>() > 0);
}

void TestNetworks::jsonOfOtherPrograms()
{
    const NetworkConfig adm = network_config_from_json(
        R"({"network": "adm", "image_size": 256, "num_channels": 128, "num_res_blocks": 1, "channel_mult": "",
            "learn_sigma": true, "class_cond": false, "use_checkpoint": false, "attention_resolutions": "16, 8",
            "num_heads": 4, "num_head_channels": 64, "num_heads_upsample": -1, "use_scale_shift_norm": true,
            "dropout": 0.0, "resblock_updown": true, "use_fp16": false, "use_new_attention_order": false})",
        "a file");
    QVERIFY((adm
             == NetworkConfig(AdmConfig{.image_size = 256,
                                        .num_channels = 128,
                                        .num_res_blocks = 1,
                                        .attention_resolutions = {16, 8},
                                        .num_head_channels = 64,
                                        .learn_sigma = true,
                                        .resblock_updown = true})));
    const auto classes = [](const char* text) {
        return std::get<AdmConfig>(network_config_from_json(text, "a file")).num_classes;
    };
    QCOMPARE(classes(R"({"network": "adm"})"), 0);
    QCOMPARE(classes(R"({"network": "adm", "class_cond": true})"), 1000);
    QCOMPARE(classes(R"({"network": "adm", "class_cond": true, "num_classes": 10})"), 10);
    QCOMPARE(classes(R"({"network": "adm", "class_cond": false, "num_classes": null})"), 0);
}

void TestNetworks::badJsonIsRefused_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("named");
    QTest::newRow("not JSON") << "{"
                              << "JSON";
    QTest::newRow("no network") << "{}"
                                << "network";
    QTest::newRow("another network") << R"({"network": "vae"})"
                                     << "network";
    QTest::newRow("unknown member") << R"({"network": "adm", "colour": 1})"
                                    << "colour";
    QTest::newRow("text for a number") << R"({"network": "adm", "num_heads": "4"})"
                                       << "num_heads";
    QTest::newRow("fraction") << R"({"network": "adm", "num_heads": 2.5})"
                              << "num_heads";
    QTest::newRow("list of texts") << R"({"network": "adm", "channel_mult": ["1"]})"
                                   << "channel_mult";
    QTest::newRow("fraction in a text") << R"({"network": "adm", "channel_mult": "0.5,1"})"
                                        << "channel_mult";
    QTest::newRow("number for a switch") << R"({"network": "ddpm", "resamp_with_conv": 1})"
                                         << "resamp_with_conv";
    QTest::newRow("no multipliers") << R"({"network": "adm", "image_size": 100})"
                                    << "channel_mult";
    QTest::newRow("width") << R"({"network": "adm", "num_channels": 20})"
                           << "channel_mult";
    QTest::newRow("heads") << R"({"network": "adm", "num_heads": 5})"
                           << "num_heads";
    QTest::newRow("head channels") << R"({"network": "adm", "num_head_channels": 7})"
                                   << "num_head_channels";
    QTest::newRow("no channels") << R"({"network": "ddpm", "ch": 0})"
                                 << "ch";
    QTest::newRow("no squares") << R"({"network": "adm", "unshuffle": 0})"
                                << "unshuffle";
    QTest::newRow("squares that do not fill the picture") << R"({"network": "adm", "unshuffle": 3})"
                                                          << "unshuffle";
    QTest::newRow("huge") << R"({"network": "ddpm", "ch": 1e30})"
                          << "ch";
}

void TestNetworks::badJsonIsRefused()
{
    QFETCH(QString, text);
    QFETCH(QString, named);
    try {
        network_graph(network_config_from_json(text.toStdString(), "a file"));
    } catch (const Error& error) {
        QVERIFY(error.kind() == ErrorKind::Input);
        QVERIFY2(QString(error.what()).contains(named), error.what());
        return;
    }
    QFAIL("it was accepted");
}

void TestNetworks::shapesTellTheNetwork_data()
{
    QTest::addColumn<QString>("network");
    for (const auto& list : {described_networks(), released_networks(), unshuffled_networks()})
        for (const auto& [title, expected] : list)
            QTest::newRow(title) << QString(title);
    for (const char* resampling : {"pooling", "one level", "plain DDPM"})
        QTest::newRow(resampling) << QString(resampling);
}

void TestNetworks::shapesTellTheNetwork()
{
    QFETCH(QString, network);
    Expected expected = find(described_networks(), network);
    if (expected.keys == 0)
        expected = find(released_networks(), network);
    if (expected.parameters == 0)
        expected = find(unshuffled_networks(), network);
    AdmConfig adm = tiny_adm();
    adm.resblock_updown = adm.conv_resample = false;
    if (network == "pooling")
        expected.config = adm;
    adm.channel_mult = {2};
    adm.attention_resolutions = {16};
    if (network == "one level")
        expected.config = adm;
    if (network == "plain DDPM")
        expected.config = DdpmConfig{.ch = 64, .ch_mult = {1, 2, 3}, .resamp_with_conv = false};

    const ParameterShapes shapes = parameter_shapes(network_graph(expected.config));
    const Recognition found = recognise(shapes, "a file");
    // Other heads, other order, another image size: what shapes cannot tell is asked for.
    QVERIFY(parameter_shapes(network_graph(found.config)) == shapes);
    QVERIFY(!found.questions.empty());
    QCOMPARE(found.config.index(), expected.config.index());
    if (const auto* truth = std::get_if<AdmConfig>(&expected.config)) {
        const AdmConfig& config = std::get<AdmConfig>(found.config);
        QCOMPARE(config.unshuffle, truth->unshuffle);
        QCOMPARE(config.in_channels, truth->in_channels);
        QCOMPARE(config.learn_sigma, truth->learn_sigma);
        QCOMPARE(config.num_classes, truth->num_classes);
        QCOMPARE(config.num_res_blocks, truth->num_res_blocks);
        QCOMPARE(config.resblock_updown, truth->resblock_updown && truth->channel_mult.size() != 1);
        if (truth->channel_mult.empty())
            QCOMPARE(config.image_size, truth->image_size);
    }
    if (std::holds_alternative<EncoderConfig>(expected.config) && network.startsWith("classifier"))
        QCOMPARE(std::get<EncoderConfig>(found.config).image_size,
                 std::get<EncoderConfig>(expected.config).image_size);
}

void TestNetworks::wrongParametersAreRefused()
{
    const NetworkGraph graph = adm_graph(tiny_adm());
    const StateDict right = sine_parameters(parameter_shapes(graph));
    const auto complaint = [&](const StateDict& state) -> QString {
        try {
            EagerNetwork(graph, state, "model.pt");
        } catch (const Error& error) {
            return error.what();
        }
        return {};
    };
    QCOMPARE(complaint(right), QString());
    StateDict missing = right, more = right, other = right;
    missing.erase("out.2.bias");
    more["more"] = at::zeros({1});
    other["out.2.bias"] = at::zeros({7});
    QVERIFY(complaint(missing).contains("out.2.bias is missing"));
    QVERIFY(complaint(more).contains("more"));
    QVERIFY(complaint(other).contains("(7) instead of (6)"));
    QVERIFY(complaint(other).contains("model.pt"));
    ParameterShapes shapes = parameter_shapes(graph);
    shapes.erase("out.2.bias");
    QVERIFY_EXCEPTION_THROWN(recognise(shapes, "model.pt"), Error);
    QVERIFY_EXCEPTION_THROWN(recognise({{"weight", {1}}}, "model.pt"), Error);
    QVERIFY_EXCEPTION_THROWN(recognise({}, "model.pt"), Error);
}

void TestNetworks::rowsAreIndependent()
{
    const NetworkGraph graph = adm_graph(tiny_adm());
    EagerNetwork network(graph, random_parameters(graph, 3));
    const Tensor x = sine_noise({3, 3, 16, 24}), t = at::tensor({10.f, 500.f, 2.5f});
    const Tensor all = network.forward(x, t);
    for (std::int64_t i = 0; i < 3; ++i)
        COMPARE_TENSORS(network.forward(x.narrow(0, i, 1), t.narrow(0, i, 1))[0], all[i], 0, 1e-5);
}

void TestNetworks::gradientsReachInputAndParameters()
{
    const NetworkGraph graph = adm_graph(tiny_adm());
    StateDict state = random_parameters(graph, 4);
    for (auto& [name, parameter] : state)
        parameter = parameter.to(at::kDouble).requires_grad_(true);
    EagerNetwork network(graph, state);
    const Tensor x = sine_noise({1, 3, 8, 8}).to(at::kDouble).requires_grad_(true), t = at::full({1}, 7.0);
    network.forward(x, t).square().sum().backward();
    QVERIFY(x.grad().defined());
    const Tensor step = random_parameters(graph, 5).at("out.2.weight").flatten().narrow(0, 0, 192);
    const Tensor direction = step.to(at::kDouble).reshape({1, 3, 8, 8});
    const auto loss = [&](double h) {
        const c10::NoGradGuard no_gradients;
        return network.forward(x.detach() + h * direction, t).square().sum().item<double>();
    };
    const double h = 1e-5, numeric = (loss(h) - loss(-h)) / (2 * h);
    const double exact = (x.grad() * direction).sum().item<double>();
    QVERIFY(std::abs(numeric - exact) < 1e-6 * std::abs(exact));
    for (const auto& [name, parameter] : network.parameters())
        QVERIFY2(parameter.grad().defined(), name.c_str());
}

void TestNetworks::halfPrecisionIsClose()
{
    const NetworkGraph graph = adm_graph(tiny_adm());
    EagerNetwork network(graph, random_parameters(graph, 6));
    const Tensor x = sine_noise({1, 3, 16, 16}), t = at::full({1}, 300.0);
    const Tensor full = network.forward(x, t);
    network.to(at::kCPU, at::kBFloat16);
    const Tensor low = network.forward(x, t);
    QVERIFY(low.scalar_type() == at::kFloat);
    QVERIFY(network.parameters().at("out.2.weight").scalar_type() == at::kFloat);
    QVERIFY(network.parameters().at("middle_block.1.qkv.weight").scalar_type() == at::kBFloat16);
    QVERIFY(network.parameters().at("middle_block.1.norm.weight").scalar_type() == at::kFloat);
    const double difference = ((low - full).norm() / full.norm()).item<double>();
    QVERIFY(difference > 1e-5 && difference < 0.05);
}

void TestNetworks::networkOfADenoiser()
{
    AdmConfig config = tiny_adm();
    config.in_channels = 5;
    config.num_classes = 4;
    const NetworkGraph graph = adm_graph(config);
    const auto module = std::make_shared<EagerNetwork>(graph, random_parameters(graph, 7));
    const Tensor condition = sine_noise({1, 2, 16, 16}), y = at::tensor({std::int64_t{2}});
    const Network network = as_network(module, y, condition);
    const Tensor x = sine_noise({2, 3, 16, 16});
    const Tensor expected = module->forward(at::cat({x, condition.expand({2, 2, 16, 16})}, 1),
                                            at::tensor({31.f, 31.f}), y.expand({2}));
    COMPARE_TENSORS(network(x, 31), expected, 0, 1e-6);
    // Twice as many channels as the state: the second half is a variance, which the clean estimate does not use.
    PreconditionedDenoiser denoiser(
        network, discrete_preconditioning({0.5, 1, 2}, Prediction::Eps, TimestepRule::NearestAbsolute));
    QVERIFY(denoiser.x0(x, 1).sizes() == x.sizes());
}

void TestNetworks::classifierGradientIsTheDerivative()
{
    const EncoderConfig config{.image_size = 8,
                               .out_channels = 5,
                               .num_channels = 32,
                               .num_res_blocks = 1,
                               .channel_mult = {1, 1},
                               .attention_resolutions = {4},
                               .num_head_channels = 16};
    const NetworkGraph graph = encoder_graph(config);
    StateDict state = random_parameters(graph, 8);
    for (auto& [name, parameter] : state)
        parameter = parameter.to(at::kDouble);
    EagerNetwork encoder(graph, state);
    const Tensor x = sine_noise({2, 3, 8, 8}).to(at::kDouble), t = at::tensor({5.f, 50.f});
    const Tensor y = at::tensor({std::int64_t{1}, std::int64_t{4}});
    const Tensor gradient = classifier_gradient(encoder, x, t, y, 2.5);
    const auto log_p = [&](const Tensor& at_x) {
        return encoder.forward(at_x, t).log_softmax(1).gather(1, y.unsqueeze(1)).sum().item<double>();
    };
    const Tensor direction = at::zeros_like(x);
    direction.select(0, 1).select(0, 2).fill_(1.0);
    const double h = 1e-5, numeric = 2.5 * (log_p(x + h * direction) - log_p(x - h * direction)) / (2 * h);
    const double exact = (gradient * direction).sum().item<double>();
    QVERIFY(std::abs(numeric - exact) < 1e-6 * std::max(1.0, std::abs(exact)));
    const c10::InferenceMode no_gradients;
    COMPARE_TENSORS(classifier_gradient(encoder, x.clone(), t, y, 2.5), gradient, 0, 1e-12);
}

QTEST_GUILESS_MAIN(TestNetworks)
#include "tst_networks.moc"
