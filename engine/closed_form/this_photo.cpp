// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/closed_form/this_photo.h"

#include <algorithm>
#include <cmath>

#include "engine/core/error.h"
#include "engine/diffusion/recipe_sampler.h"

namespace lacuna {

namespace {

Tensor row_major(const std::vector<float>& values, int height, int width)
{
    return at::from_blob(const_cast<float*>(values.data()), {1, 1, height, width}, at::kFloat).clone();
}

} // namespace

/// What one level of the pyramid needs while it is sampled; later members refer to earlier ones.
struct ThisPhotoRun::Stage {
    Stage(const PatchLevel& level, const PatchDenoiser::Options& patch_options, const Recipe& recipe,
          int index, double bound_rms, const std::vector<int>& members, std::vector<MatchField> start,
          NoiseSource& noise, std::vector<double> sigmas, const Tensor& x, Tensor keep, const Tensor& hole)
        : region(hole),
          patches(level, patch_options, recipe.seed, static_cast<std::uint32_t>(index), members,
                  std::move(start)),
          correction(Repulsion{recipe.eta, bound_rms}, at::zeros_like(x.narrow(0, 0, 1)), std::move(keep),
                     region),
          corrected(patches, correction),
          sampler(make_sampler(recipe, correction, static_cast<int>(sigmas.size()) - 1, region)),
          run(*sampler, corrects_by_itself(recipe) ? static_cast<Denoiser&>(patches) : corrected, noise,
              std::move(sigmas), x, members, index * most_steps_of_level)
    {
    }

    Tensor region; ///< where distances count
    PatchDenoiser patches;
    Correction correction;
    CorrectedDenoiser corrected;
    std::unique_ptr<Sampler> sampler;
    SampleRun run;
};

ThisPhotoRun::ThisPhotoRun(PatchLevel finest, const Recipe& recipe, std::vector<int> members,
                           const ThisPhotoOptions& options)
    : recipe_(recipe),
      options_(options),
      levels_(build_pyramid(std::move(finest), options.coarsest_hole)),
      steps_(distribute_steps(recipe.steps, levels_.size(), options)),
      bound_rms_(recipe.bound.rms({.hole_pixels = static_cast<std::size_t>(
                                       std::count(levels_[0].hole.begin(), levels_[0].hole.end(), 1)),
                                   .members = static_cast<int>(members.size()),
                                   .picture_pixels = levels_[0].hole.size()})),
      members_(std::move(members)),
      noise_(recipe.seed, members_)
{
    if (levels_[0].candidates.empty())
        throw Error(ErrorKind::Input, "mask",
                    "leaves no 7 x 7 pixels of the picture known, so there is nothing to learn from",
                    "Paint a smaller hole, or use a larger picture");
    for (const int n : steps_)
        evaluations_ += denoiser_calls(recipe, n);
    enter(static_cast<int>(levels_.size()) - 1);
}

ThisPhotoRun::~ThisPhotoRun() = default;

bool ThisPhotoRun::done() const
{
    return members_.empty() || (level_ == 0 && stage_->run.done());
}

Steering ThisPhotoRun::distances() const
{
    return recipe_.eta > 0 ? stage_->correction.last() : measure_mates(x0_, stage_->region);
}

/// About how long a step takes: the exact sums touch every candidate, the search a fixed number of patches.
double ThisPhotoRun::step_work(int level) const
{
    constexpr double searched = 200;
    const PatchLevel& l = levels_[level];
    const bool coarsest = level + 1 == static_cast<int>(levels_.size());
    return double(l.positions.size())
           * (coarsest
                  ? std::min<double>(double(l.candidates.size()), PatchDenoiser::Options().most_candidates)
                  : searched);
}

double ThisPhotoRun::work_left() const
{
    double total = 0, left = (steps_[level_] - stage_->run.position()) * step_work(level_);
    for (int level = 0; level < static_cast<int>(levels_.size()); ++level) {
        total += steps_[level] * step_work(level);
        if (level < level_)
            left += steps_[level] * step_work(level);
    }
    return left / total;
}

/// Starts a level: from pure noise at the coarsest, else from the enlarged estimate with noise put back.
void ThisPhotoRun::enter(int level)
{
    const PatchLevel& now = levels_[level];
    const Area& area = now.area;
    const bool coarsest = level + 1 == static_cast<int>(levels_.size());
    const auto N = static_cast<std::int64_t>(members_.size());
    const double high = coarsest ? options_.sigma_max : options_.sigma_again;

    const Tensor z = noise_.draw(at::empty({N, 4, area.height, area.width}), Purpose::Level, level);
    Tensor x = high * z;
    std::vector<MatchField> start;
    if (!coarsest) {
        const Area& below = levels_[level + 1].area;
        const Tensor enlarged = at::upsample_bilinear2d(x0_, {2 * below.height, 2 * below.width}, false);
        x = x
            + enlarged.narrow(2, area.y - 2 * below.y, area.height)
                  .narrow(3, area.x - 2 * below.x, area.width);
        for (const MatchField& field : stage_->patches.fields())
            start.push_back(refine_matches(levels_[level + 1], field, now));
    }
    prepare(level, x, std::move(start));
}

/// What a level needs, with the state x that it begins with.
void ThisPhotoRun::prepare(int level, const Tensor& x, std::vector<MatchField> start)
{
    const PatchLevel& now = levels_[level];
    const Area& area = now.area;
    const bool coarsest = level + 1 == static_cast<int>(levels_.size());
    const double high = coarsest ? options_.sigma_max : options_.sigma_again;

    std::vector<float> hole;
    for (int y = 0; y < area.height; ++y)
        for (int u = 0; u < area.width; ++u)
            hole.push_back(now.hole[std::size_t(area.y + y) * now.width + area.x + u]);
    const Tensor in_hole = row_major(hole, area.height, area.width);
    // Distances count colours only, not the texture channel. The denoiser itself keeps the known pixels.
    const Tensor region = at::cat({in_hole, in_hole, in_hole, at::zeros_like(in_hole)}, 1);

    PatchDenoiser::Options patch_options;
    patch_options.exact = coarsest;
    patch_options.sigma_known = coarsest ? options_.sigma_known_coarse : options_.sigma_known_fine;
    patch_options.known_ratio = options_.known_ratio;
    auto next = std::make_unique<Stage>(
        now, patch_options, recipe_, level, bound_rms_, members_, std::move(start), noise_,
        levels_between(recipe_.schedule, steps_[level], high, options_.sigma_min), x, at::zeros_like(in_hole),
        region);
    stage_ = std::move(next);
    level_ = level;
}

void ThisPhotoRun::next()
{
    check(!done(), "a run that is done takes no further step");
    if (stage_->run.done())
        enter(level_ - 1);
    const double progress = double(stage_->run.position()) / std::max(1, steps_[level_] - 1);
    stage_->patches.set_vote_width(level_ == 0 ? options_.vote_first
                                                     + progress * (options_.vote_last - options_.vote_first)
                                               : options_.vote_first);
    const bool last = stage_->run.position() + 2 == steps_[level_] + 1;
    const std::size_t lost = stage_->run.casualties().size();
    x0_ = stage_->run.next();
    evaluations_done_ += recipe_.sampler == "edm" && !last ? 2 : 1;
    members_ = stage_->run.members();
    const auto& casualties = stage_->run.casualties();
    casualties_.insert(casualties_.end(), casualties.begin() + static_cast<std::ptrdiff_t>(lost),
                       casualties.end());
}

void ThisPhotoRun::exchange(StateExchange& state)
{
    int level = level_;
    std::vector<int> members = members_;
    state.number("level", level, 0, static_cast<int>(levels_.size()) - 1);
    state.numbers("photo.members", members, members_.size());
    lacuna::exchange(state, "photo.lost", casualties_);
    state.number("evaluations", evaluations_done_, 0, evaluations_);
    if (state.restoring()) {
        leave_all_but(members);
        const Area& area = levels_[level].area;
        const auto N = static_cast<std::int64_t>(members_.size());
        prepare(level, at::zeros({N, 4, area.height, area.width}), {});
    }
    stage_->patches.exchange(state);
    stage_->run.exchange(state);
    x0_ = stage_->run.x0();
    members_ = stage_->run.members();
}

/// For a run that goes on: the others were lost on the way.
void ThisPhotoRun::leave_all_but(const std::vector<int>& members)
{
    std::vector<std::int64_t> rows;
    std::vector<int> alive;
    for (std::size_t row = 0; row < members_.size(); ++row)
        if (std::find(members.begin(), members.end(), members_[row]) != members.end()) {
            rows.push_back(static_cast<std::int64_t>(row));
            alive.push_back(members_[row]);
        }
    if (alive.empty() || alive != members)
        StateExchange::refuse("photo.members");
    noise_.retain(rows);
    members_ = alive;
}

Tensor ThisPhotoRun::pictures() const
{
    Tensor x = x0_.narrow(1, 0, 3);
    Area have = levels_[level_].area;
    for (int level = level_ - 1; level >= 0; --level) {
        const Area& area = levels_[level].area;
        x = at::upsample_bilinear2d(x, {2 * have.height, 2 * have.width}, false)
                .narrow(2, area.y - 2 * have.y, area.height)
                .narrow(3, area.x - 2 * have.x, area.width);
        have = area;
    }
    return x.clamp(-1, 1).contiguous();
}

} // namespace lacuna
