// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <cstring>

#include "engine/closed_form/this_photo.h"
#include "engine/core/error.h"
#include "engine/core/hash.h"

namespace lacuna {

namespace {

float sample(const Picture& picture, int x, int y, int channel)
{
    const std::size_t at = std::size_t(x) * picture.channels + channel;
    if (picture.bits == 8)
        return picture.row(y)[at] / 127.5f - 1;
    std::uint16_t wide = 0;
    std::memcpy(&wide, picture.row(y) + 2 * at, 2);
    return wide / 32767.5f - 1;
}

/// Running sums of a plane, so that the sum over any rectangle takes four reads.
class BoxSums {
public:
    BoxSums(int width, int height) : width_(width), sums_(std::size_t(width + 1) * (height + 1), 0) {}
    void set(int x, int y, double value)
    {
        at(x + 1, y + 1) = value + at(x, y + 1) + at(x + 1, y) - at(x, y);
    }
    double sum(int left, int top, int right, int bottom)
    {
        return at(right, bottom) - at(left, bottom) - at(right, top) + at(left, top);
    }

private:
    double& at(int x, int y) { return sums_[std::size_t(y) * (width_ + 1) + x]; }

    int width_;
    std::vector<double> sums_;
};

struct Moments {
    double sum = 0, squares = 0, count = 0;

    void add(double value)
    {
        sum += value;
        squares += value * value;
        ++count;
    }
    double mean() const { return count > 0 ? sum / count : 0; }
    double deviation() const
    {
        return count > 0 ? std::sqrt(std::max(0.0, squares / count - mean() * mean())) : 0;
    }
};

/// Square root of the mean gradient around each known pixel, from known pixels alone.
std::vector<double> texture_energy(const PatchLevel& level, int reach)
{
    const int w = level.width, h = level.height;
    BoxSums gradients(w, h), counts(w, h);
    for (int y = 0; y < h; ++y)
        for (int x = 0; x < w; ++x) {
            const std::size_t i = std::size_t(y) * w + x;
            double gradient = 0;
            const bool known =
                x + 1 < w && y + 1 < h && !level.hole[i] && !level.hole[i + 1] && !level.hole[i + w];
            for (std::size_t c = 0; known && c < 3; ++c)
                gradient += std::abs(level.known[4 * i + c] - level.known[4 * (i + 1) + c])
                            + std::abs(level.known[4 * i + c] - level.known[4 * (i + w) + c]);
            gradients.set(x, y, gradient);
            counts.set(x, y, known ? 1 : 0);
        }
    std::vector<double> energy(level.hole.size(), 0);
    for (int y = 0; y < h; ++y)
        for (int x = 0; x < w; ++x) {
            const int left = std::max(0, x - reach), right = std::min(w, x + reach + 1);
            const int top = std::max(0, y - reach), bottom = std::min(h, y + reach + 1);
            const double count = counts.sum(left, top, right, bottom);
            if (count > 0)
                energy[std::size_t(y) * w + x] =
                    std::sqrt(std::max(0.0, gradients.sum(left, top, right, bottom)) / count);
        }
    return energy;
}

} // namespace

PatchLevel finest_level(const Picture& picture, const Mask& mask, const ThisPhotoOptions& options)
{
    check(picture.width == mask.width && picture.height == mask.height, "the mask has the picture's size");
    PatchLevel level;
    level.width = picture.width;
    level.height = picture.height;
    level.known.assign(std::size_t(level.width) * level.height * 4, 0.f);
    level.hole.resize(std::size_t(level.width) * level.height);
    Moments brightness;
    for (int y = 0; y < level.height; ++y)
        for (int x = 0; x < level.width; ++x) {
            const std::size_t i = std::size_t(y) * level.width + x;
            level.hole[i] = mask.is_hole(x, y) ? 1 : 0;
            if (level.hole[i])
                continue;
            for (int c = 0; c < 3; ++c)
                level.known[4 * i + c] = sample(picture, x, y, picture.channels < 3 ? 0 : c);
            brightness.add((level.known[4 * i] + level.known[4 * i + 1] + level.known[4 * i + 2]) / 3);
        }

    const std::vector<double> energy = texture_energy(level, options.texture_reach);
    Moments moments;
    for (std::size_t i = 0; i < energy.size(); ++i)
        if (!level.hole[i])
            moments.add(energy[i]);
    const double scale =
        options.texture_weight * brightness.deviation() / std::max(moments.deviation(), 1e-3);
    for (std::size_t i = 0; i < energy.size(); ++i)
        if (!level.hole[i])
            level.known[4 * i + 3] = static_cast<float>((energy[i] - moments.mean()) * scale);
    return level;
}

std::string this_photo_hash(const ThisPhotoOptions& o)
{
    Sha256 sha;
    const double values[] = {1, // version of the method
                             double(o.coarsest_hole),
                             o.texture_weight,
                             double(o.texture_reach),
                             o.sigma_max,
                             o.sigma_again,
                             o.sigma_min,
                             o.sigma_known_coarse,
                             o.sigma_known_fine,
                             o.known_ratio,
                             o.vote_first,
                             o.vote_last,
                             double(o.steps_coarsest),
                             double(o.steps_next),
                             double(o.steps_fine),
                             double(patch_radius),
                             double(kept_candidates)};
    sha.add({reinterpret_cast<const std::uint8_t*>(values), sizeof values});
    return sha.hex();
}

} // namespace lacuna
