// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/train_pictures.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <c10/core/GradMode.h>

#include "engine/core/picture_grid.h"
#include "engine/core/picture_tensor.h"
#include "engine/diffusion/first_order.h"
#include "engine/diffusion/preconditioning.h"
#include "engine/diffusion/sample_run.h"
#include "engine/diffusion/schedule.h"

namespace lacuna::training {

namespace {

constexpr int width = 760, height = 460, left = 64, right = 24, top = 48, bottom = 64;
constexpr Drawing::Colour grid = 0xe0ddd6, pale = 0xb3a9dc;

/// Rounded outwards to 1, 2 or 5 times a power of ten, so that an axis has numbers at its ends.
double round_down(double value)
{
    const double power = std::pow(10, std::floor(std::log10(value)));
    return (value >= 5 * power ? 5 : value >= 2 * power ? 2 : 1) * power;
}

double round_up(double value)
{
    return 1 / round_down(1 / value); // 1/5 is 2, 1/2 is 5 of the power below
}

/// Logarithmic axes: steps to the right, losses upwards.
class Plot {
public:
    Plot(Drawing& drawing, double steps, double low, double high)
        : drawing_(drawing),
          steps_(std::log(std::max(steps, 2.0))),
          low_(std::log(round_down(low))),
          high_(std::log(std::max(round_up(high), 2 * round_down(low))))
    {
        using Anchor = Drawing::Anchor;
        const bool all = high_ - low_ < std::log(1e4);
        for (double power = std::pow(10, std::floor(low_ / std::log(10) + 1e-9));
             std::log(power) <= high_ + 1e-9; power *= 10)
            for (const double loss : {power, 2 * power, 5 * power})
                if ((all || loss == power) && std::log(loss) > low_ - 1e-9 && std::log(loss) < high_ + 1e-9) {
                    drawing_.line(left, y(loss), width - right, y(loss), grid);
                    drawing_.text(left - 8, y(loss) + 4, figure_number(loss), 12, Anchor::End);
                }
        for (double step = 1; std::log(step) <= steps_; step *= 10) {
            drawing_.line(x(step), height - bottom, x(step), height - bottom + 5, Drawing::faint);
            drawing_.text(x(step), height - bottom + 20, std::to_string(std::int64_t(step)), 12,
                          Anchor::Middle);
        }
        drawing_.line(left, height - bottom, width - right, height - bottom, Drawing::faint);
        drawing_.line(left, top, left, height - bottom, Drawing::faint);
        drawing_.text((left + width - right) / 2.0, height - 20, "steps", 12, Anchor::Middle);
    }

    void line(const std::vector<std::pair<double, double>>& points, Drawing::Colour colour, double thickness)
    {
        for (std::size_t i = 1; i < points.size(); ++i)
            drawing_.line(x(points[i - 1].first), y(points[i - 1].second), x(points[i].first),
                          y(points[i].second), colour, thickness);
    }

private:
    double x(double step) const
    {
        return left + std::log(std::max(step, 1.0)) / steps_ * (width - left - right);
    }
    double y(double loss) const
    {
        return height - bottom - (std::log(loss) - low_) / (high_ - low_) * (height - bottom - top);
    }

    Drawing& drawing_;
    double steps_, low_, high_;
};

} // namespace

Drawing draw_curve(const std::vector<LogLine>& lines)
{
    std::vector<std::pair<double, double>> loss, validation;
    double low = 1e30, high = 1e-30;
    for (const LogLine& line : lines) {
        const auto add = [&](auto& points, double value) {
            const double positive = std::max(value, 1e-9);
            points.emplace_back(static_cast<double>(line.step), positive);
            low = std::min(low, positive);
            high = std::max(high, positive);
        };
        add(loss, line.loss);
        if (line.validation_loss)
            add(validation, *line.validation_loss);
    }
    Drawing drawing(width, height);
    if (!loss.empty()) {
        Plot plot(drawing, loss.back().first, low, high);
        plot.line(loss, pale, 1);
        plot.line(validation, Drawing::accent, 2);
        double at = left;
        const auto name = [&](const std::string& words, Drawing::Colour colour, double thickness) {
            drawing.line(at, 24, at + 24, 24, colour, thickness);
            drawing.text(at + 32, 28, words);
            at += 56 + Drawing::text_width(words);
        };
        name("loss", pale, 1);
        name("validation loss of the averaged weights", Drawing::accent, 2);
    }
    return drawing;
}

Picture draw_grid(const Tensor& pictures)
{
    const Tensor rgb =
        pictures.to(at::kCPU, at::kFloat).expand({pictures.size(0), 3, pictures.size(2), pictures.size(3)});
    std::vector<Picture> cells;
    for (const Tensor& picture : rgb.unbind(0))
        cells.push_back(picture_like(Picture{}, picture));
    return picture_grid(cells, static_cast<int>(std::ceil(std::sqrt(double(cells.size())))), 2);
}

Tensor draw_samples(std::shared_ptr<NetworkModule> network, const NoiseProcess& process,
                    const std::vector<std::int64_t>& shape, std::uint64_t seed, int steps,
                    const Tensor& labels, const Tensor& condition, at::Device device)
{
    const c10::NoGradGuard no_gradients;
    const std::vector<double> table = sigma_table(process);
    PreconditionedDenoiser denoiser(
        as_network(std::move(network), labels, condition),
        discrete_preconditioning(
            table, process.prediction == NoiseProcess::Output::V ? Prediction::V : Prediction::Eps,
            TimestepRule::NearestLog));
    std::vector<double> levels = schedule::take(
        table, schedule::trailing_with_end(process.timesteps, std::min(steps, process.timesteps - 1)));
    levels.back() = 0;
    std::vector<int> members(static_cast<std::size_t>(shape.front()));
    std::iota(members.begin(), members.end(), 0);
    CounterNoise noise(seed, members);
    FirstOrderOptions options = FirstOrderOptions::ddim();
    options.clip = true;
    options.unit_variance_start = true;
    FirstOrder sampler(options);
    const Tensor like = at::empty(shape, at::TensorOptions(at::kFloat).device(device));
    SampleRun run(sampler, denoiser, noise, levels,
                  sampler.initial(noise.draw(like, Purpose::Initial, 0), levels.front()), members);
    while (!run.done())
        run.next();
    return run.x();
}

} // namespace lacuna::training
