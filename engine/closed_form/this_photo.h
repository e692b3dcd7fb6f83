// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/closed_form/patch_denoiser.h"
#include "engine/closed_form/photo_steps.h"
#include "engine/core/picture.h"
#include "engine/core/recipe.h"
#include "engine/diffusion/correction.h"
#include "engine/diffusion/sample_run.h"

namespace lacuna {

/// Spaces the noise keys of the pyramid's levels; Casualty::step % this is the step within a level.
inline constexpr int most_steps_of_level = 10000;

/// The identity of the model: a hash of its options, stored in recipes.
std::string this_photo_hash(const ThisPhotoOptions&);

/// The finest pyramid level of a picture: RGB in [-1,1], and in the fourth channel the texture energy (mean
/// gradient around a pixel, standardised), which lets coarse levels tell textured from plain regions whose mean
/// colour is the same. After Newson et al., Video Inpainting of Complex Scenes, 2014, section 3.3.
PatchLevel finest_level(const Picture&, const Mask&, const ThisPhotoOptions&);

/// This photo: samples completions of a picture from the optimal denoiser of its own patches, coarse to fine.
/// The caller owns the loop; one call of next() is one sampler step of all members.
class ThisPhotoRun {
public:
    /// `members` key the noise. The recipe's sampler, schedule, steps, eta, bound and seed are used.
    ThisPhotoRun(PatchLevel finest, const Recipe& recipe, std::vector<int> members,
                 const ThisPhotoOptions& options = {});
    ~ThisPhotoRun();

    bool done() const;
    void next();
    /// See SampleRun::exchange.
    void exchange(StateExchange&);
    int evaluations() const { return evaluations_; } ///< denoiser calls of the whole run
    int evaluations_done() const { return evaluations_done_; }
    double work_left() const; ///< share of the run's work still ahead, 1 at the start: coarse steps cost less
    /// The rectangle of the picture that pictures() covers.
    const Area& area() const { return levels_[0].area; }

    /// Members still alive, in the order of the rows of pictures(), and those that failed.
    const std::vector<int>& members() const { return members_; }
    const std::vector<Casualty>& casualties() const { return casualties_; }
    /// The clean estimates so far at full size, [alive,3,height,width] in [-1,1]; coarse ones are enlarged.
    Tensor pictures() const;
    /// The same at the size of the present level: small and cheap, for previews.
    const Tensor& level_pictures() const { return x0_; }
    /// How far each member is from its nearest mate: what guidance looked at in the latest step, without guidance
    /// measured now.
    Steering distances() const;
    double bound_rms() const { return bound_rms_; } ///< in [-1,1] units

private:
    struct Stage;
    void enter(int level);
    void prepare(int level, const Tensor& x, std::vector<MatchField> start);
    void leave_all_but(const std::vector<int>& members);
    double step_work(int level) const;

    Recipe recipe_;
    ThisPhotoOptions options_;
    std::vector<PatchLevel> levels_; ///< finest first
    std::vector<int> steps_;         ///< per level
    double bound_rms_;
    std::vector<int> members_;
    std::vector<Casualty> casualties_{};
    CounterNoise noise_;
    Tensor x0_{}; ///< [alive,4,...] at the present level
    std::unique_ptr<Stage> stage_;
    int level_ = 0;
    int evaluations_ = 0;
    int evaluations_done_ = 0;
};

} // namespace lacuna
