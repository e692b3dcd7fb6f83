// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fill/network_run.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "engine/core/default_recipe.h"
#include "engine/core/error.h"
#include "engine/diffusion/recipe_sampler.h"
#include "engine/diffusion/schedule.h"
#include "engine/fill/split_denoiser.h"

namespace lacuna {

namespace {

/// Counts the evaluations of the denoiser behind it.
class CountedDenoiser final : public Denoiser {
public:
    explicit CountedDenoiser(std::unique_ptr<Denoiser> denoiser) : denoiser_(std::move(denoiser)) {}

    Tensor x0(const Tensor& x, double sigma) override
    {
        ++count_;
        return denoiser_.x0(x, sigma);
    }
    Estimate estimate(const Tensor& x, double sigma) override
    {
        ++count_;
        return denoiser_.estimate(x, sigma);
    }
    void retain(const std::vector<std::int64_t>& rows) override { denoiser_.retain(rows); }
    double sigma_min() const override { return denoiser_.sigma_min(); }
    double sigma_max() const override { return denoiser_.sigma_max(); }
    double round_sigma(double sigma) const override { return denoiser_.round_sigma(sigma); }
    int count() const { return count_; }
    void exchange(StateExchange& state)
    {
        state.number("evaluations", count_, 0, std::numeric_limits<int>::max());
    }
    int at_once() const { return static_cast<int>(denoiser_.limit()); }

private:
    SplitDenoiser denoiser_;
    int count_ = 0;
};

/// The model as a denoiser of pictures, given its condition.
std::unique_ptr<Denoiser> picture_denoiser(const DatasetModel& model, int label, const Tensor& condition)
{
    const NetworkGraph& graph = model.network->graph();
    const std::optional<PictureForm> form = picture_form(graph);
    if (!form)
        throw Error(ErrorKind::Input, "The model " + model.preset.id,
                    "takes " + std::to_string(graph.in_channels()) + " channels and gives "
                        + std::to_string(graph.out_channels()) + ", so it is no model of pictures",
                    "Use a diffusion model of grey or colour pictures", "Nothing was run.");
    const std::int64_t given = condition.defined() ? condition.size(1) / form->channels : 0;
    if (given != form->frames)
        throw Error(ErrorKind::Usage, "--condition",
                    "is given " + std::to_string(given) + " times, but the model " + model.preset.id
                        + (form->frames == 0
                               ? " takes no other pictures"
                               : " takes " + std::to_string(form->frames)
                                     + (form->frames == 1 ? " other picture" : " other pictures")),
                    form->frames == 0 ? "Leave it out" : "Give as many pictures of the same size",
                    "Nothing was run.");
    return make_denoiser(model, label,
                         condition.defined() ? condition.to(model.placement.device) : condition);
}

/// Levels that the model evaluates as they are, from its highest to its lowest, then 0.
std::vector<double> levels_of(const Denoiser& denoiser, const std::string& schedule, int steps)
{
    constexpr double widest = 80; // beyond it a picture in [-1,1] has no share of the state worth a step
    const double high = std::min(widest, denoiser.sigma_max()), low = std::max(0.01, denoiser.sigma_min());
    std::vector<double> levels;
    for (const double level : levels_between(schedule, steps, high, low)) {
        const double rounded = level > 0 ? denoiser.round_sigma(level) : 0;
        if (levels.empty() || rounded < levels.back())
            levels.push_back(rounded);
    }
    return levels;
}

std::size_t hole_pixels(const Tensor& keep)
{
    return static_cast<std::size_t>((keep <= 0.5).sum().item<std::int64_t>());
}

/// The unit in which the published program of a method states its D.
BoundConvention published_convention(const std::string& method, bool inpainting)
{
    if (!inpainting || method == "ddrm")
        return BoundConvention::FullPicture;
    return method == "repaint" ? BoundConvention::RepaintBatch
           : method == "dps"   ? BoundConvention::PerPixel
                               : BoundConvention::PerImage;
}

/// sigma of the timesteps that a method visits; a continuous model takes those of the linear process.
std::vector<double> table_of(const NoiseProcess& process, const Denoiser& denoiser)
{
    if (process.kind == NoiseProcess::Kind::Discrete)
        return sigma_table(process);
    std::vector<double> table;
    for (const double sigma : schedule::ddpm_linear())
        if (sigma >= denoiser.sigma_min() && sigma <= denoiser.sigma_max())
            table.push_back(sigma);
    return table;
}

} // namespace

/// What a run refers to; later members refer to earlier ones.
struct NetworkRun::Stage {
    Stage(const DatasetModel& model, const Recipe& recipe, const Tensor& condition, std::vector<int> alive)
        : denoiser(picture_denoiser(model, recipe.model_class, condition)),
          noise(recipe.seed, alive),
          members(std::move(alive))
    {
    }

    CountedDenoiser denoiser;
    CounterNoise noise;
    std::vector<int> members;
    std::unique_ptr<Correction> correction{};
    std::unique_ptr<CorrectedDenoiser> corrected{};
    std::unique_ptr<Sampler> sampler{};
    Restorer* restorer = nullptr; ///< the sampler, where it is one
    std::unique_ptr<SampleRun> run{};
};

NetworkRun::NetworkRun(const DatasetModel& model, const Recipe& recipe, Measurement measured,
                       std::vector<int> members)
    : measured_(std::move(measured)),
      stage_(std::make_unique<Stage>(model, recipe, measured_.condition, std::move(members)))
{
    measured_.y = measured_.y.to(model.placement.device);
    if (recipe.method == "project")
        prepare_projection(model, recipe);
    else
        prepare_method(model, recipe);
}

NetworkRun::~NetworkRun() = default;

void NetworkRun::prepare_projection(const DatasetModel& model, const Recipe& recipe)
{
    Stage& s = *stage_;
    const at::Device device = model.placement.device;
    const Tensor keep = measured_.op->keep().to(device), known = measured_.op->A_pinv(measured_.y);
    bound_rms_ = recipe.bound.rms({.hole_pixels = hole_pixels(keep),
                                   .members = static_cast<int>(s.members.size()),
                                   .picture_pixels = static_cast<std::size_t>(keep.numel())});
    s.correction =
        std::make_unique<Correction>(Repulsion{.eta = recipe.eta, .bound_rms = bound_rms_}, known, keep);
    s.corrected = std::make_unique<CorrectedDenoiser>(s.denoiser, *s.correction);

    region_ = 1 - keep;
    guidance_looks_ = recipe.eta > 0;

    const int steps = recipe.steps > 0 ? recipe.steps : default_steps(recipe.method);
    std::vector<double> levels = levels_of(s.denoiser, recipe.schedule, steps);
    const int transitions = static_cast<int>(levels.size()) - 1;
    s.sampler = make_sampler(recipe, *s.correction, transitions, region_);
    cost_.forward = s.sampler->evaluations(transitions);

    Denoiser& denoiser = corrects_by_itself(recipe) ? static_cast<Denoiser&>(s.denoiser) : *s.corrected;
    std::vector<std::int64_t> shape = known.sizes().vec();
    shape[0] = static_cast<std::int64_t>(s.members.size());
    const Tensor z = s.noise.draw(at::empty(shape, known.options()), Purpose::Initial, 0);
    const Tensor x = s.sampler->initial(z, levels.front());
    s.run = std::make_unique<SampleRun>(*s.sampler, denoiser, s.noise, std::move(levels), x, s.members);
}

void NetworkRun::prepare_method(const DatasetModel& model, const Recipe& recipe)
{
    Stage& s = *stage_;
    const Tensor shown = measured_.op->A_pinv(measured_.y), keep = measured_.op->keep();
    const auto members = static_cast<std::int64_t>(s.members.size());
    const auto pixels = static_cast<std::size_t>(shown.size(2) * shown.size(3));
    const BoundScale scale{.hole_pixels = keep.defined() ? hole_pixels(keep) : pixels,
                           .members = static_cast<int>(members),
                           .picture_pixels = pixels};

    RestorationOptions options = recipe.restoration;
    options.method = recipe.method;
    options.steps = recipe.steps > 0 ? recipe.steps : default_steps(recipe.method);
    options.guidance_eta = recipe.eta;
    options.guidance_bound =
        options.reference_quirks
            ? recipe.bound.in(published_convention(recipe.method, keep.defined()), scale).value
            : recipe.bound.rms(scale);
    bound_rms_ = recipe.bound.rms(scale);
    if (keep.defined())
        region_ = (1 - keep).to(model.placement.device);
    guidance_looks_ = recipe.eta > 0 && !options.reference_quirks; // which compare other numbers
    Restoration made = make_restorer(options, measured_.task, measured_.op, measured_.y, members,
                                     table_of(model.preset.process, s.denoiser));
    cost_ = {.forward = made.forward, .backward = made.backward};
    s.restorer = made.restorer.get();
    s.sampler = std::move(made.restorer);

    std::vector<std::int64_t> shape = shown.sizes().vec();
    shape[0] = members;
    const Tensor z = s.noise.draw(at::empty(shape, shown.options()), Purpose::Initial, 0);
    const Tensor x = s.sampler->initial(z, made.path.levels.front());
    s.run = std::make_unique<SampleRun>(*s.sampler, s.denoiser, s.noise, std::move(made.path.levels), x,
                                        s.members);
}

bool NetworkRun::done() const
{
    return stage_->run->done();
}

void NetworkRun::next()
{
    stage_->run->next();
}

void NetworkRun::exchange(StateExchange& state)
{
    stage_->run->exchange(state);
    stage_->denoiser.exchange(state);
}

int NetworkRun::forward_done() const
{
    return stage_->denoiser.count();
}

const std::vector<int>& NetworkRun::members() const
{
    return stage_->run->members();
}

const std::vector<Casualty>& NetworkRun::casualties() const
{
    return stage_->run->casualties();
}

const Tensor& NetworkRun::estimates() const
{
    const SampleRun& run = *stage_->run;
    return run.done() ? run.x() : run.x0();
}

Steering NetworkRun::distances() const
{
    const bool looked = !stage_->restorer || stage_->restorer->guidance().factor > 0;
    if (!guidance_looks_ || !looked)
        return measure_mates(estimates().detach(), region_);
    return stage_->restorer ? stage_->restorer->guidance().steering : stage_->correction->last();
}

int NetworkRun::at_once() const
{
    return stage_->denoiser.at_once();
}

} // namespace lacuna
