// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training/trainer.h"

#include <chrono>
#include <cmath>

#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/autograd.h>

#include "engine/core/atomic_file.h"
#include "engine/core/device.h"
#include "engine/core/error.h"
#include "engine/core/picture_file.h"
#include "engine/training/batches.h"
#include "engine/training/objective.h"
#include "engine/training/parameters.h"
#include "engine/training/train_pictures.h"
#include "engine/training/train_state.h"
#include "engine/training/trained_network.h"

namespace lacuna::training {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

void require_bfloat16(const at::Device& device)
{
    bool fast = !device.is_cpu();
#if defined(__x86_64__) && defined(__GNUC__)
    fast = fast || __builtin_cpu_supports("avx512bf16");
#endif
    if (!fast)
        throw Error(ErrorKind::Usage, "\"precision\": \"bfloat16\"",
                    "needs a processor with AVX512_BF16 or a CUDA device", "Use \"float\"",
                    "Nothing was run.");
}

constexpr double beta_1 = 0.9, beta_2 = 0.999;

/// The step of AdamW for these gradients, n = 0, 1, ...
AdamStep adam_step(const TrainConfig& config, std::int64_t n, double gradient_norm)
{
    const double count = static_cast<double>(n) + 1;
    const double scale = config.clip > 0 && gradient_norm > config.clip ? config.clip / gradient_norm : 1;
    return {.gradient_scale = static_cast<float>(scale),
            .beta_1 = static_cast<float>(beta_1),
            .beta_2 = static_cast<float>(beta_2),
            .rate = static_cast<float>(learning_rate(config, n)),
            .correction_1 = static_cast<float>(1 / (1 - std::pow(beta_1, count))),
            .correction_2 = static_cast<float>(1 / (1 - std::pow(beta_2, count))),
            .decay = static_cast<float>(config.weight_decay),
            .average_weight = static_cast<float>(1 - std::min(config.ema, (1 + count) / (10 + count)))};
}

} // namespace

struct Trainer::State {
    State(TrainConfig given, std::filesystem::path path, TrainOptions chosen)
        : config(std::move(given)),
          folder(std::move(path)),
          options(chosen),
          graph(network_graph(config.network)),
          source(make_picture_source(config.data, config.objective == TrainConfig::Objective::Attributes)),
          objective(config, *source, chosen.device),
          parameters(graph, chosen.device)
    {
        begin();
        const at::ScalarType type = config.bfloat16 ? at::kBFloat16 : at::kFloat;
        trained = std::make_shared<TrainedNetwork>(graph, parameters.leaves(), type);
        averaged = std::make_shared<TrainedNetwork>(graph, parameters.views(Part::Average), type);
    }

    void begin()
    {
        std::error_code failure;
        std::filesystem::create_directories(folder, failure);
        if (failure)
            throw Error(ErrorKind::Output, folder.string(), "cannot be made: " + failure.message(),
                        "Choose another folder");
        if (const auto found = load_state(state_path(), config, parameters)) {
            counters = *found;
        } else {
            parameters.initialise(config.seed);
            if (!config.start.empty())
                parameters.copy_values(read_start(config.start, parameters.shapes()));
        }
        if (config.attention_only)
            parameters.freeze_all_but_attention();
        log = std::make_unique<TrainLog>(folder / "log.csv", counters.step);
    }

    std::filesystem::path state_path() const { return folder / "state.safetensors"; }

    /// One step on a batch; its loss.
    double learn(const Batch& batch)
    {
        parameters.clear_gradients();
        const Objective::Outcome outcome = objective.outcome(*trained, batch);
        torch::autograd::backward({outcome.result}, {outcome.gradient});
        const double norm = parameters.gradient_norm();
        if (!std::isfinite(outcome.loss) || !std::isfinite(norm))
            throw Error(ErrorKind::SomeFailed, "The training",
                        "stopped being finite at step " + std::to_string(counters.step + 1),
                        "Lower the learning rate", "The last checkpoint is kept.");
        parameters.step(adam_step(config, counters.step, norm));
        return outcome.loss;
    }

    double validation_loss()
    {
        const c10::NoGradGuard no_gradients;
        const int rows = std::min(config.batch, config.validation_pictures);
        const int batches = config.validation_pictures / rows;
        double sum = 0;
        for (int i = 0; i < batches; ++i)
            sum += objective.outcome(*averaged, make_batch(*source, config.seed, Split::Validation, i, rows))
                       .loss;
        return sum / batches;
    }

    void write_samples()
    {
        const Batch batch = make_batch(*source, config.seed, Split::Validation, 0, config.sample_count);
        const Tensor samples =
            draw_samples(averaged, config.process, objective.shape(batch), config.seed, config.sample_steps,
                         objective.labels(batch), objective.condition(batch), options.device);
        write_file(folder / ("samples-" + std::to_string(counters.step) + ".png"),
                   encode_png(draw_grid(samples)));
    }

    void save()
    {
        save_state(state_path(), config, parameters, counters);
        save_model(folder / "model.safetensors", config, source->attributes(), parameters);
        write_file(folder / "curve.png", encode_png(draw_curve(log->lines()).pixels()));
    }

    TrainConfig config;
    std::filesystem::path folder;
    TrainOptions options;
    NetworkGraph graph;
    std::unique_ptr<PictureSource> source;
    Objective objective;
    Parameters parameters;
    Counters counters{};
    std::shared_ptr<TrainedNetwork> trained{}, averaged{};
    std::unique_ptr<TrainLog> log{};
};

Trainer::Trainer(TrainConfig config, std::filesystem::path folder, TrainOptions options)
{
    if (config.bfloat16)
        require_bfloat16(options.device);
    if (options.threads <= 0)
        options.threads = usable_cores();
    use_threads(options.threads);
    state_ = std::make_unique<State>(std::move(config), std::move(folder), options);
}

Trainer::~Trainer() = default;

std::int64_t Trainer::step() const
{
    return state_->counters.step;
}

const TrainConfig& Trainer::config() const
{
    return state_->config;
}

TrainEnd Trainer::run(std::stop_token stop, const std::function<void(const LogLine&)>& on_line)
{
    State& s = *state_;
    const TrainConfig& config = s.config;
    BatchQueue batches(*s.source, config.seed, config.batch, s.counters.step, s.options.threads);
    const Clock::time_point start = Clock::now();
    Clock::time_point saved = start, line_start = start;
    const double seconds_before = s.counters.seconds;
    std::int64_t line_pictures = 0;
    TrainEnd end = TrainEnd::LastStep;
    const auto due = [&](int every) { return every > 0 && s.counters.step % every == 0; };

    while (s.counters.step < config.steps) {
        if (stop.stop_requested()
            || (s.options.minutes > 0 && seconds_since(start) > 60 * s.options.minutes)) {
            end = stop.stop_requested() ? TrainEnd::Stopped : TrainEnd::Time;
            break;
        }
        s.counters.loss_sum += s.learn(batches.next());
        ++s.counters.loss_count;
        ++s.counters.step;
        line_pictures += config.batch;
        s.counters.seconds = seconds_before + seconds_since(start);
        const bool validate = due(config.validation_every);
        if (due(config.log_every) || validate || s.counters.step == config.steps) {
            LogLine line{.step = s.counters.step,
                         .seconds = s.counters.seconds,
                         .loss = s.counters.loss_sum / static_cast<double>(s.counters.loss_count),
                         .learning_rate = learning_rate(config, s.counters.step - 1),
                         .pictures_per_second =
                             static_cast<double>(line_pictures) / seconds_since(line_start)};
            if (validate)
                line.validation_loss = s.validation_loss();
            s.log->add(line);
            if (on_line)
                on_line(line);
            s.counters.loss_sum = 0;
            s.counters.loss_count = 0;
            line_pictures = 0;
            line_start = Clock::now();
        }
        if (due(config.sample_every) && config.objective != TrainConfig::Objective::Attributes)
            s.write_samples();
        if (seconds_since(saved) > 60 * config.checkpoint_minutes) {
            s.save();
            saved = Clock::now();
        }
    }
    s.save();
    return end;
}

} // namespace lacuna::training
