// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/features/face_network.h"
#include "engine/features/feature_extractor.h"
#include "engine/features/residual_network.h"
#include "engine/metrics/lpips_trunks.h"
#include "engine/models/eager_network.h"

namespace lacuna {

/// The values of the hole's pixels in [0,1]: [N, 3 M] for M pixels.                                restoration.md 5.1
class HolePixels final : public FeatureExtractor {
public:
    explicit HolePixels(const Tensor& region); ///< [1,1,H,W], 1 in the hole
    Tensor features(const Tensor& images) const override;

private:
    Tensor places_{}; ///< of the hole pixels in a flattened plane
};

/// VGG-16 of torchvision.                                                                    restoration.md 5.1, 6.1
class VggFeatures final : public FeatureExtractor {
public:
    enum class Kind {
        LastPooling, ///< shorter side 256, middle 224 x 224, after the last max-pooling: [N, 25088]
        LpipsTaps ///< the five taps of LPIPS at the picture's own size, of length 1 at every position, averaged
                  ///< over positions: [N, 1472]
    };
    VggFeatures(const std::filesystem::path& weights, Kind);
    Tensor features(const Tensor& images) const override;

private:
    TrunkWeights weights_{};
    Kind kind_;
};

/// The attribute predictor of AnyCost GAN: ResNet-50 with 40 pairs of logits; pictures are brought to 256 x 256.
class FaceAttributes final : public FeatureExtractor {
public:
    enum class Kind {
        Tap,   ///< layer 4: [N, 32768]
        Logits ///< the first of every pair: [N, 40]
    };
    FaceAttributes(const std::filesystem::path& weights, Kind);
    Tensor features(const Tensor& images) const override;

private:
    ResidualNetwork network_;
    Kind kind_;
};

/// SSCD: ResNet-50, generalised mean, linear layer, length 1; [N, 512].                              samplers.md 6
class CopyDescriptor final : public FeatureExtractor {
public:
    explicit CopyDescriptor(const std::filesystem::path& weights);
    Tensor features(const Tensor& images) const override;

private:
    ResidualNetwork network_;
};

/// ArcFace: who it is. The whole picture is taken for the face, at 112 x 112; [N, 512].
class FaceIdentity final : public FeatureExtractor {
public:
    explicit FaceIdentity(const std::filesystem::path& weights);
    Tensor features(const Tensor& images) const override;

private:
    FaceNetwork network_;
};

/// What the sampling network itself makes of clean pictures in its middle, at one timestep: [N, C h w]. Pictures are
/// brought to the size that it was trained on.
class Bottleneck final : public FeatureExtractor {
public:
    Bottleneck(std::shared_ptr<EagerNetwork>, double timestep, int side);
    Tensor features(const Tensor& images) const override;

private:
    std::shared_ptr<EagerNetwork> network_;
    double timestep_;
    int side_;
};

struct FeatureSource {
    std::string name = "colours"; ///< one of feature_names()
    Tensor region{};              ///< [1,1,H,W], 1 in the hole: for colours and pixels
    std::filesystem::path file{}; ///< of weights or of a model; empty: where such files are kept
};

/// colours, pixels, vgg16, vgg16-taps, attributes, attribute-logits, sscd, face, bottleneck.
const std::vector<std::string>& feature_names();
/// Throws Error{Usage} for a name that is none, Error{Input} for weights that are missing or of another network.
std::unique_ptr<FeatureExtractor> make_features(const FeatureSource&);

} // namespace lacuna
