// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/metrics/lpips.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/error.h"
#include "engine/core/parallel.h"

namespace lacuna {

namespace {

constexpr std::int64_t least_side = 32;
/// Values of two embeddings that are compared at a time; those of all images stay in the cache meanwhile.
constexpr std::int64_t piece = 4096;

/// Sum of squared differences in eight interleaved sums, which a compiler can make vectors of.
double squared_distance(const float* a, const float* b, std::int64_t count)
{
    std::array<float, 8> sums{};
    std::int64_t i = 0;
    for (; i + 8 <= count; i += 8)
        for (std::size_t k = 0; k < 8; ++k) {
            const float d = a[i + static_cast<std::int64_t>(k)] - b[i + static_cast<std::int64_t>(k)];
            sums[k] += d * d;
        }
    double total = 0;
    for (const float sum : sums)
        total += sum;
    for (; i < count; ++i)
        total += static_cast<double>(a[i] - b[i]) * (a[i] - b[i]);
    return total;
}

double squared_distance(const Tensor& a, const Tensor& b)
{
    double total = 0;
    for (std::int64_t begin = 0; begin < a.numel(); begin += piece)
        total += squared_distance(a.data_ptr<float>() + begin, b.data_ptr<float>() + begin,
                                  std::min(piece, a.numel() - begin));
    return total;
}

void check_images(const Tensor& images)
{
    check(images.dim() == 4 && images.size(1) == 3, "images are [N,3,H,W]");
    if (images.size(2) < least_side || images.size(3) < least_side)
        throw Error(ErrorKind::Input, "LPIPS",
                    "the pictures of " + std::to_string(images.size(3)) + " x "
                        + std::to_string(images.size(2)) + " pixels are too small to be compared",
                    "Use pictures of at least 32 x 32 pixels.");
}

} // namespace

Lpips::Lpips(Trunk trunk, TrunkWeights weights, std::vector<Tensor> heads) : trunk_(trunk)
{
    check_trunk(trunk, weights);
    for (const TrunkParameter& parameter : trunk_parameters(trunk))
        weights_[parameter.name] = weights.at(parameter.name).to(at::kCPU, at::kFloat).contiguous();
    const std::vector<std::int64_t> channels = trunk_channels(trunk);
    for (std::size_t i = 0; i < std::max(channels.size(), heads.size()); ++i) {
        if (channels.size() != heads.size() || heads[i].numel() != channels[i]
            || (heads[i] < 0).any().item<bool>())
            throw Error(ErrorKind::Input, "The linear weights of LPIPS",
                        "they are not one non-negative number for each channel of the network",
                        "Use the weights of version 0.1 for this network.");
        roots_.push_back(heads[i].to(at::kCPU, at::kFloat).sqrt().reshape({1, -1, 1, 1}));
    }
}

/// For each tap a vector whose squared Euclidean distances are the parts.
std::vector<Tensor> Lpips::embed(const Tensor& image) const
{
    // The statistics that the trunks were trained with, in [-1,1].
    const Tensor shift = at::tensor({-.030f, -.088f, -.188f}).reshape({1, 3, 1, 1});
    const Tensor scale = at::tensor({.458f, .448f, .450f}).reshape({1, 3, 1, 1});
    std::vector<Tensor> taps = trunk_taps(trunk_, weights_, (image.to(at::kCPU, at::kFloat) - shift) / scale);
    for (std::size_t i = 0; i < taps.size(); ++i) {
        const Tensor length = taps[i].square().sum(1, /*keepdim=*/true).sqrt() + 1e-10f;
        const float positions = static_cast<float>(taps[i].size(2) * taps[i].size(3));
        taps[i] = (taps[i] / length * (roots_[i] / std::sqrt(positions))).contiguous().reshape({-1});
    }
    return taps;
}

Tensor Lpips::parts(const Tensor& a, const Tensor& b) const
{
    check(a.sizes() == b.sizes(), "as many images of the same size are compared");
    check_images(a);
    const Tensor parts = at::empty({a.size(0), static_cast<std::int64_t>(roots_.size())}, at::kDouble);
    double* part = parts.data_ptr<double>();
    for (std::int64_t n = 0; n < a.size(0); ++n) {
        const std::vector<Tensor> first = embed(a.narrow(0, n, 1)), second = embed(b.narrow(0, n, 1));
        for (std::size_t tap = 0; tap < first.size(); ++tap)
            *part++ = squared_distance(first[tap], second[tap]);
    }
    return parts;
}

Tensor Lpips::pairwise(const Tensor& images) const
{
    check_images(images);
    const std::int64_t N = images.size(0);
    std::vector<Tensor> embedded;
    for (std::int64_t n = 0; n < N; ++n)
        embedded.push_back(at::cat(embed(images.narrow(0, n, 1))));

    // Piece by piece of the vectors, so that every value is fetched once and not once a pair.
    Tensor distances = at::zeros({N, N}, at::kDouble);
    double* d = distances.data_ptr<double>();
    const std::int64_t values = N > 0 ? embedded.front().numel() : 0;
    parallel_for(static_cast<std::size_t>(N), 1, [&](std::size_t first, std::size_t last) {
        for (std::int64_t begin = 0; begin < values; begin += piece)
            for (std::int64_t i = static_cast<std::int64_t>(first); i < static_cast<std::int64_t>(last); ++i)
                for (std::int64_t j = 0; j < i; ++j)
                    d[i * N + j] +=
                        squared_distance(embedded[static_cast<std::size_t>(i)].data_ptr<float>() + begin,
                                         embedded[static_cast<std::size_t>(j)].data_ptr<float>() + begin,
                                         std::min(piece, values - begin));
    });
    return distances + distances.t();
}

double mean_of_pairs(const Tensor& distances)
{
    check(distances.dim() == 2 && distances.size(0) == distances.size(1), "distances of all pairs");
    const std::int64_t N = distances.size(0);
    if (N < 2)
        return 0;
    const Tensor pairs = distances.to(at::kCPU, at::kDouble).triu(1);
    return pairs.sum(1).sum().item<double>() / (static_cast<double>(N) * static_cast<double>(N - 1) / 2);
}

double lpips_diversity(const Lpips& lpips, const Tensor& images)
{
    return mean_of_pairs(lpips.pairwise(images));
}

} // namespace lacuna
