// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shots/rendered_pool.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

#include "engine/core/philox.h"
#include "engine/scenes/worlds/world.h"
#include "engine/selection/rows.h"

namespace lacuna::ui {
namespace {

constexpr int side = 256;
constexpr std::uint64_t scene = 4;
constexpr std::uint64_t firstFill = 1000; ///< the scene whose attributes the first candidate has
constexpr int cells = 6;                  ///< of the feature grid, on each side
constexpr int components = 8;
constexpr double texture = 1.5; ///< grey levels of a cell that candidates of one kind differ by
const char* const holes[] = {"eyes-large", "mouth-large"};

const scenes::World& world()
{
    return scenes::find_world("portraits");
}

/// Mean grey levels of the cells of the hole's box, and a little noise for what attributes do not say.
std::vector<double> cellMeans(const Picture& picture, const Area& box, std::uint64_t candidate)
{
    std::vector<double> means;
    for (int v = 0; v < cells; ++v)
        for (int u = 0; u < cells; ++u) {
            double sum = 0;
            int pixels = 0;
            for (int y = box.y + box.height * v / cells; y < box.y + box.height * (v + 1) / cells; ++y)
                for (int x = box.x + box.width * u / cells; x < box.x + box.width * (u + 1) / cells; ++x) {
                    const std::uint8_t* rgb = picture.row(y) + 3 * x;
                    sum += (rgb[0] + rgb[1] + rgb[2]) / 3.0;
                    ++pixels;
                }
            const DrawStream noise{.seed = candidate, .member = 0};
            means.push_back(sum / pixels + texture * (uniform(noise, means.size()) - 0.5));
        }
    return means;
}

/// Projections of the centred rows on their leading principal axes, found by orthogonal iteration.
std::vector<float> principalComponents(std::vector<double> values, int columns)
{
    const int rows = int(values.size()) / columns;
    for (int c = 0; c < columns; ++c) {
        double mean = 0;
        for (int r = 0; r < rows; ++r)
            mean += values[std::size_t(r) * columns + c] / rows;
        for (int r = 0; r < rows; ++r)
            values[std::size_t(r) * columns + c] -= mean;
    }
    std::vector<float> result(std::size_t(rows) * components);
    std::vector<std::vector<double>> axes;
    for (int k = 0; k < components; ++k) {
        std::vector<double> axis(std::size_t(columns), 0.0);
        for (int c = 0; c < columns; ++c)
            axis[std::size_t(c)] = 1.0 + ((c * 7 + k * 3) % 5);
        std::vector<double> scores(static_cast<std::size_t>(rows));
        for (int pass = 0; pass < 60; ++pass) {
            for (const auto& other : axes) {
                double dot = 0;
                for (int c = 0; c < columns; ++c)
                    dot += axis[std::size_t(c)] * other[std::size_t(c)];
                for (int c = 0; c < columns; ++c)
                    axis[std::size_t(c)] -= dot * other[std::size_t(c)];
            }
            double length = 0;
            for (const double a : axis)
                length += a * a;
            for (double& a : axis)
                a /= std::sqrt(std::max(length, 1e-30));
            std::vector<double> next(std::size_t(columns), 0.0);
            for (int r = 0; r < rows; ++r) {
                double& score = scores[std::size_t(r)] = 0;
                for (int c = 0; c < columns; ++c)
                    score += values[std::size_t(r) * columns + c] * axis[std::size_t(c)];
                for (int c = 0; c < columns; ++c)
                    next[std::size_t(c)] += score * values[std::size_t(r) * columns + c];
            }
            if (pass < 59)
                axis = std::move(next);
        }
        for (int r = 0; r < rows; ++r)
            result[std::size_t(r) * components + k] = float(scores[std::size_t(r)]);
        axes.push_back(std::move(axis));
    }
    return result;
}

} // namespace

LoadedPicture renderedPortrait()
{
    Mask mask(side, side);
    for (const char* name : holes) {
        const Mask part = world().mask(scene, name, side);
        std::transform(mask.values.begin(), mask.values.end(), part.values.begin(), mask.values.begin(),
                       [](std::uint8_t a, std::uint8_t b) { return std::max(a, b); });
    }
    LoadedPicture portrait = preparePicture(world().render(scene, world().draw(scene), side),
                                            QCoreApplication::translate("Examples", "Portrait"), mask);
    portrait.world = QStringLiteral("portraits");
    return portrait;
}

std::shared_ptr<const CandidatePool> renderedPool(const LoadedPicture& portrait, int count)
{
    CandidatePool pool{.columns = components};
    const Area box = portrait.mask->hole_box();
    const scenes::Attributes original = world().draw(scene);
    std::vector<double> features;
    for (int i = 0; i < count; ++i) {
        scenes::Attributes drawn = world().draw(firstFill + std::uint64_t(i));
        for (std::size_t a = 0; a < drawn.size(); ++a)
            if (const std::string& mask = world().attributes()[a].mask;
                mask.find("eyes") == std::string::npos && mask.find("mouth") == std::string::npos)
                drawn[a] = original[a]; // the hole does not reach it
        const Picture picture = world().render(scene, drawn, side);
        const std::vector<double> means = cellMeans(picture, box, std::uint64_t(i));
        features.insert(features.end(), means.begin(), means.end());
        Completion one;
        one.member = i;
        one.patches.push_back({box.x, box.y, crop(picture, box.x, box.y, box.width, box.height)});
        pool.candidates.push_back(std::move(one));
    }
    pool.features = principalComponents(std::move(features), cells * cells);
    return std::make_shared<const CandidatePool>(std::move(pool));
}

} // namespace lacuna::ui
