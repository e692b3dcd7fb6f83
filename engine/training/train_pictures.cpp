// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/train_pictures.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>

#include <c10/core/GradMode.h>
#include <opencv2/imgproc.hpp>

#include "engine/core/error.h"
#include "engine/diffusion/first_order.h"
#include "engine/diffusion/preconditioning.h"
#include "engine/diffusion/sample_run.h"
#include "engine/diffusion/schedule.h"

namespace lacuna::training {

namespace {

Picture picture_of(const cv::Mat& rgb)
{
    return make_picture(rgb.cols, rgb.rows, 3, 8,
                        [&](std::uint8_t* to) { std::memcpy(to, rgb.data, rgb.total() * rgb.elemSize()); });
}

/// Logarithmic axes in a box of the drawing.
class Plot {
public:
    Plot(cv::Mat& canvas, cv::Rect box, double steps, double low, double high)
        : canvas_(canvas),
          box_(box),
          steps_(std::log(std::max(steps, 2.0))),
          low_(std::log(low)),
          high_(std::log(high))
    {
        cv::rectangle(canvas_, box_, cv::Scalar(160, 160, 160));
        for (double power = std::floor(std::log10(low)); power <= std::log10(high); ++power)
            for (const double digit : {1, 2, 5})
                horizontal(digit * std::pow(10, power));
        for (double step = 1; std::log(step) <= steps_; step *= 10)
            label(number(step), {at(step, std::exp(low_)).x - 8, box_.y + box_.height + 18});
    }

    void line(const std::vector<std::pair<double, double>>& points, const cv::Scalar& colour, int width)
    {
        for (std::size_t i = 1; i < points.size(); ++i)
            cv::line(canvas_, at(points[i - 1].first, points[i - 1].second),
                     at(points[i].first, points[i].second), colour, width, cv::LINE_AA);
    }
    void label(const std::string& text, cv::Point where, const cv::Scalar& colour = {60, 60, 60})
    {
        cv::putText(canvas_, text, where, cv::FONT_HERSHEY_SIMPLEX, 0.42, colour, 1, cv::LINE_AA);
    }

private:
    cv::Point at(double step, double loss) const
    {
        const double x = std::log(std::max(step, 1.0)) / steps_, y = (std::log(loss) - low_) / (high_ - low_);
        return {box_.x + static_cast<int>(x * box_.width),
                box_.y + box_.height - static_cast<int>(std::clamp(y, 0.0, 1.0) * box_.height)};
    }
    void horizontal(double loss)
    {
        if (std::log(loss) < low_ || std::log(loss) > high_)
            return;
        const int y = at(1, loss).y;
        cv::line(canvas_, {box_.x, y}, {box_.x + box_.width, y}, cv::Scalar(225, 225, 225));
        label(number(loss), {4, y + 4});
    }
    static std::string number(double value)
    {
        std::ostringstream out;
        out.imbue(std::locale::classic());
        out << value;
        return out.str();
    }

    cv::Mat& canvas_;
    cv::Rect box_;
    double steps_, low_, high_;
};

} // namespace

Picture draw_curve(const std::vector<LogLine>& lines)
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
    cv::Mat canvas(440, 760, CV_8UC3, cv::Scalar(255, 255, 255));
    if (!loss.empty()) {
        Plot plot(canvas, {56, 30, 680, 370}, loss.back().first, low * 0.9, high * 1.1);
        const cv::Scalar grey(150, 170, 200), dark(180, 60, 30);
        plot.line(loss, grey, 1);
        plot.line(validation, dark, 2);
        plot.label("loss", {60, 20}, grey);
        plot.label("validation loss of the averaged weights", {120, 20}, dark);
        plot.label("steps", {700, 434});
    }
    return picture_of(canvas);
}

Picture draw_grid(const Tensor& pictures)
{
    const int count = static_cast<int>(pictures.size(0)), height = static_cast<int>(pictures.size(2)),
              width = static_cast<int>(pictures.size(3));
    const int across = static_cast<int>(std::ceil(std::sqrt(count))), down = (count + across - 1) / across;
    const Tensor bytes = ((pictures.to(at::kCPU, at::kFloat) + 1) * 127.5)
                             .round()
                             .clamp(0, 255)
                             .to(at::kByte)
                             .expand({count, 3, height, width})
                             .permute({0, 2, 3, 1})
                             .contiguous();
    constexpr int gap = 2;
    cv::Mat canvas(down * (height + gap) + gap, across * (width + gap) + gap, CV_8UC3,
                   cv::Scalar(255, 255, 255));
    for (int i = 0; i < count; ++i) {
        const cv::Mat one(height, width, CV_8UC3, bytes[i].data_ptr());
        one.copyTo(
            canvas({gap + i % across * (width + gap), gap + i / across * (height + gap), width, height}));
    }
    return picture_of(canvas);
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
