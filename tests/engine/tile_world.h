// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cmath>

#include "engine/core/philox.h"
#include "engine/evaluation/attribute_judge.h"
#include "engine/scenes/worlds/world.h"

/// A world of two coloured tiles on a shaded wall, and a judge that reads their pixels.
namespace lacuna::test {

class TileWorld final : public scenes::World {
public:
    const std::string& name() const override { return name_; }
    const std::string& title() const override { return name_; }
    const std::vector<scenes::Attribute>& attributes() const override { return attributes_; }
    const std::vector<std::string>& masks() const override { return masks_; }

    Picture render(std::uint64_t seed, const scenes::Attributes& values, int size) const override
    {
        return make_picture(size, size, 3, 8, [&](std::uint8_t* out) {
            const double shade = 20 * uniform({seed, 0, 0, 7}, 0);
            for (int y = 0; y < size; ++y)
                for (int x = 0; x < size; ++x)
                    for (int c = 0; c < 3; ++c) {
                        const double grain =
                            6 * uniform({seed, 0, 1, 7}, std::uint64_t((y * size + x) * 3 + c));
                        *out++ = std::uint8_t(colour(values, x, y, size)[std::size_t(c)] + shade + grain);
                    }
        });
    }
    Mask mask(std::uint64_t, const std::string& name, int size) const override
    {
        Mask mask(size, size);
        for (int y = 0; y < size; ++y)
            for (int x = 0; x < size; ++x)
                if ((name != "right" && in_tile(x, y, size, 0)) || (name != "left" && in_tile(x, y, size, 1)))
                    mask.values[std::size_t(y) * size + x] = 255;
        return mask;
    }

    static bool in_tile(int x, int y, int size, int tile)
    {
        const int half = size / 2, left = tile * half + size / 8;
        return x >= left && x < left + size / 4 && y >= size / 4 && y < 3 * size / 4;
    }
    static std::array<double, 3> tile_colour(int tile, int value)
    {
        if (tile == 1)
            return value == 0 ? std::array<double, 3>{200, 200, 200} : std::array<double, 3>{30, 30, 30};
        std::array<double, 3> colour{40, 40, 40};
        colour[std::size_t(value)] = 200;
        return colour;
    }

private:
    static std::array<double, 3> colour(const scenes::Attributes& values, int x, int y, int size)
    {
        for (int tile = 0; tile < 2; ++tile)
            if (in_tile(x, y, size, tile))
                return tile_colour(tile, values[std::size_t(tile)]);
        return {110, 110, 110};
    }

    std::string name_ = "tiles";
    std::vector<std::string> masks_{"left", "right", "both"};
    std::vector<scenes::Attribute> attributes_{
        {.name = "hue", .values = {{"red", 0.6}, {"green", 0.3}, {"blue", 0.1}}, .mask = "left"},
        {.name = "tone", .values = {{"light", 0.75}, {"dark", 0.25}}, .mask = "right"}};
};

/// Compares the mean colour of each tile with the colours that it can have.
class TileJudge final : public AttributeJudge {
public:
    const std::vector<AttributeGroup>& groups() const override { return groups_; }
    Judgement judge(const Tensor& images) const override
    {
        const int size = int(images.size(3));
        std::vector<Tensor> probabilities, features;
        for (const Tensor& image : ((images.to(at::kDouble) + 1) * 127.5).unbind(0)) {
            std::vector<double> row, means;
            for (int tile = 0; tile < 2; ++tile) {
                const int left = tile * size / 2 + size / 8;
                const Tensor part = image.narrow(1, size / 4, size / 2).narrow(2, left, size / 4);
                const Tensor mean = part.mean({1, 2}), spread = part.std({1, 2}, true);
                std::vector<double> score;
                double sum = 0;
                for (std::size_t v = 0; v < groups_[std::size_t(tile)].values.size(); ++v) {
                    double distance = 0;
                    for (int c = 0; c < 3; ++c)
                        distance += std::pow(mean[c].item<double>() - 13
                                                 - TileWorld::tile_colour(tile, int(v))[std::size_t(c)],
                                             2);
                    score.push_back(std::exp(-distance / 2000));
                    sum += score.back();
                }
                for (const double s : score)
                    row.push_back(s / (sum + 1e-30));
                for (int c = 0; c < 3; ++c) {
                    means.push_back(mean[c].item<double>() / 50);
                    means.push_back(spread[c].item<double>() / 10);
                }
            }
            probabilities.push_back(at::tensor(row, at::kDouble));
            features.push_back(at::tensor(means, at::kDouble));
        }
        return {at::stack(probabilities), at::stack(features)};
    }

private:
    std::vector<AttributeGroup> groups_ = groups_of(TileWorld().attributes());
};

} // namespace lacuna::test
