// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/features/extractors.h"

#include "engine/core/error.h"
#include "engine/core/text.h"
#include "engine/features/colour_gradient.h"
#include "engine/features/weight_files.h"
#include "engine/metrics/sscd_preprocessing.h"
#include "engine/models/dataset_model.h"
#include "engine/models/model_folder.h"

namespace lacuna {

namespace {

/// Images in [-1,1] as bytes.
Tensor bytes_of(const Tensor& images)
{
    return ((images.to(at::kFloat) + 1) * 127.5).round().clamp(0, 255).to(at::kByte);
}

/// [3,h,w] bytes as the networks trained on ImageNet want them.
Tensor imagenet_input(const Tensor& bytes)
{
    const Tensor mean = at::tensor({0.485f, 0.456f, 0.406f}).view({3, 1, 1});
    const Tensor deviation = at::tensor({0.229f, 0.224f, 0.225f}).view({3, 1, 1});
    return (bytes.to(at::kFloat) / 255 - mean) / deviation;
}

/// Shorter side 256, then the middle 224 x 224.
Tensor middle_224(const Tensor& bytes)
{
    const std::int64_t height = bytes.size(1), width = bytes.size(2), shorter = std::min(height, width);
    const Tensor resized = metrics::resize_bytes(bytes, 256 * height / shorter, 256 * width / shorter);
    const std::int64_t top = (resized.size(1) - 224 + 1) / 2, left = (resized.size(2) - 224 + 1) / 2;
    return resized.narrow(1, top, 224).narrow(2, left, 224);
}

/// One row for each image, computed by itself.
template <typename Row> Tensor rows_of(const Tensor& images, Row&& row)
{
    const at::NoGradGuard inference;
    std::vector<Tensor> rows;
    for (std::int64_t i = 0; i < images.size(0); ++i)
        rows.push_back(row(images.narrow(0, i, 1)).reshape({1, -1}).to(at::kDouble));
    return at::cat(rows, 0);
}

TrunkWeights vgg_weights(const std::filesystem::path& path)
{
    std::map<std::string, std::vector<std::int64_t>> shapes;
    for (const TrunkParameter& parameter : trunk_parameters(Trunk::Vgg16))
        shapes[parameter.name] = parameter.shape;
    return read_state_dict(Checkpoint::open(path), shapes);
}

/// A model as a network whose inner values can be looked at.
std::unique_ptr<FeatureExtractor> make_bottleneck(const std::filesystem::path& file)
{
    const DatasetModel model = load_model(file, "", {.plan = false});
    auto network = std::dynamic_pointer_cast<EagerNetwork>(model.network);
    if (const auto form = network ? picture_form(network->graph()) : std::nullopt;
        !form || form->channels != 3 || form->frames > 0)
        throw Error(ErrorKind::Input, file.string(), "is no network whose middle tells of one colour picture",
                    "Choose other features");
    // A tenth of the way: noise hides detail, not content.
    return std::make_unique<Bottleneck>(std::move(network), 0.1 * model.preset.process.timesteps,
                                        model.native_size());
}

} // namespace

HolePixels::HolePixels(const Tensor& region) : places_(region.flatten().gt(0).nonzero().flatten()) {}

Tensor HolePixels::features(const Tensor& images) const
{
    const Tensor values = (images.to(at::kDouble).clamp(-1, 1) + 1) / 2;
    return values.flatten(2).index_select(2, places_).flatten(1);
}

VggFeatures::VggFeatures(const std::filesystem::path& weights, Kind kind)
    : weights_(vgg_weights(weights)),
      kind_(kind)
{
}

Tensor VggFeatures::features(const Tensor& images) const
{
    if (kind_ == Kind::LastPooling)
        return rows_of(images, [&](const Tensor& image) {
            const Tensor input = imagenet_input(middle_224(bytes_of(image[0]))).unsqueeze(0);
            return at::max_pool2d(trunk_taps(Trunk::Vgg16, weights_, input).back(), 2);
        });
    const Tensor shift = at::tensor({-.030f, -.088f, -.188f}).view({1, 3, 1, 1});
    const Tensor scale = at::tensor({.458f, .448f, .450f}).view({1, 3, 1, 1});
    return rows_of(images, [&](const Tensor& image) {
        std::vector<Tensor> means;
        for (const Tensor& tap : trunk_taps(Trunk::Vgg16, weights_, (image.to(at::kFloat) - shift) / scale))
            means.push_back((tap / (tap.norm(2, {1}, true) + 1e-10)).mean({2, 3}));
        return at::cat(means, 1);
    });
}

FaceAttributes::FaceAttributes(const std::filesystem::path& weights, Kind kind)
    : network_(Checkpoint::open(weights), "", 80),
      kind_(kind)
{
}

Tensor FaceAttributes::features(const Tensor& images) const
{
    return rows_of(images, [&](const Tensor& image) {
        const Tensor face = at::adaptive_avg_pool2d(image.to(at::kFloat), {256, 256});
        if (kind_ == Kind::Tap)
            return network_.tap(face, ResidualNetwork::Tap::Layer4Block1Squeeze);
        const Tensor pooled = network_.tap(face, ResidualNetwork::Tap::Activations).mean({2, 3});
        return network_.linear(pooled).view({1, 40, 2}).select(2, 0);
    });
}

CopyDescriptor::CopyDescriptor(const std::filesystem::path& weights)
    : network_(Checkpoint::open(weights), "backbone.", 512)
{
}

Tensor CopyDescriptor::features(const Tensor& images) const
{
    return rows_of(images, [&](const Tensor& image) {
        const Tensor input =
            metrics::sscd_input(bytes_of(image[0]), metrics::SscdResize::Square320).unsqueeze(0);
        const Tensor pooled = metrics::gem_pool(network_.tap(input, ResidualNetwork::Tap::Activations));
        return metrics::unit_length(network_.linear(pooled));
    });
}

FaceIdentity::FaceIdentity(const std::filesystem::path& weights) : network_(Checkpoint::open(weights)) {}

Tensor FaceIdentity::features(const Tensor& images) const
{
    return rows_of(images, [&](const Tensor& image) {
        const Tensor bytes = metrics::resize_bytes(bytes_of(image[0]), 112, 112);
        return network_.describe((bytes.to(at::kFloat) / 127.5 - 1).unsqueeze(0));
    });
}

Bottleneck::Bottleneck(std::shared_ptr<EagerNetwork> network, double timestep, int side)
    : network_(std::move(network)),
      timestep_(timestep),
      side_(side)
{
}

Tensor Bottleneck::features(const Tensor& images) const
{
    const std::int64_t classes = network_->graph().classes;
    return rows_of(images, [&](const Tensor& image) {
        std::map<std::string, Tensor> blocks;
        const Tensor label = classes > 0 ? at::zeros({1}, at::kLong) : Tensor();
        const Tensor input = at::adaptive_avg_pool2d(image.to(at::kFloat), {side_, side_});
        network_->forward(input, at::full({1}, timestep_), label, blocks);
        const auto middle =
            blocks.count("middle_block") ? blocks.find("middle_block") : blocks.find("mid.block_2");
        check(middle != blocks.end(), "the network names its middle");
        return middle->second;
    });
}

const std::vector<std::string>& feature_names()
{
    static const std::vector<std::string> names{"colours",    "pixels",     "vgg16",
                                                "vgg16-taps", "attributes", "attribute-logits",
                                                "sscd",       "face",       "bottleneck"};
    return names;
}

std::unique_ptr<FeatureExtractor> make_features(const FeatureSource& source)
{
    if (source.name == "colours")
        return std::make_unique<ColourGradient>(source.region);
    if (source.name == "pixels")
        return std::make_unique<HolePixels>(source.region);
    if (source.name == "bottleneck")
        return make_bottleneck(source.file);
    if (source.name == "vgg16" || source.name == "vgg16-taps")
        return std::make_unique<VggFeatures>(find_weight_file("vgg16", source.file),
                                             source.name == "vgg16" ? VggFeatures::Kind::LastPooling
                                                                    : VggFeatures::Kind::LpipsTaps);
    if (source.name == "attributes" || source.name == "attribute-logits")
        return std::make_unique<FaceAttributes>(find_weight_file("attributes", source.file),
                                                source.name == "attributes" ? FaceAttributes::Kind::Tap
                                                                            : FaceAttributes::Kind::Logits);
    if (source.name == "sscd")
        return std::make_unique<CopyDescriptor>(find_weight_file("sscd", source.file));
    if (source.name == "face")
        return std::make_unique<FaceIdentity>(find_weight_file("face", source.file));
    throw Error(ErrorKind::Usage, printable(source.name), "No features have this name.",
                "Choose one of: " + joined(feature_names()));
}

} // namespace lacuna
