// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampler_walk.h"

#include <limits>

#include "engine/core/error.h"
#include "engine/diffusion/sample_run.h"

namespace lacuna::golden {

namespace {

/// The noise that a case stores, one row a step; undefined: the case needs none.
class RecordedNoise final : public NoiseSource {
public:
    explicit RecordedNoise(Tensor rows) : rows_(std::move(rows)) {}

    Tensor draw(const Tensor& like, Purpose, int step) override
    {
        check(rows_.defined() && step < rows_.size(0),
              "the case stores the noise of every step that needs it");
        return rows_[step].to(like.options());
    }
    void retain(const std::vector<std::int64_t>&) override {}

private:
    Tensor rows_;
};

/// Writes down at which levels a denoiser is called.
class RecordingDenoiser final : public Denoiser {
public:
    explicit RecordingDenoiser(Denoiser& denoiser) : denoiser_(denoiser) {}

    Tensor x0(const Tensor& x, double sigma) override
    {
        calls_.push_back(sigma);
        return denoiser_.x0(x, sigma);
    }
    const std::vector<double>& calls() const { return calls_; }

private:
    Denoiser& denoiser_;
    std::vector<double> calls_{};
};

} // namespace

Tensor recorded_noise(GoldenCase& golden)
{
    return golden.has("noise") ? golden.array("noise") : Tensor();
}

Walk walk_path(GoldenCase& golden, Sampler& sampler, Denoiser& denoiser, const Tensor& x,
               const std::vector<double>& levels, const Tensor& noise_rows)
{
    RecordedNoise noise(noise_rows);
    RecordingDenoiser recording(denoiser);
    SampleRun run(sampler, recording, noise, levels, x,
                  std::vector<int>(static_cast<std::size_t>(x.size(0))));
    Walk walk;
    while (!run.done() && run.casualties().empty()) {
        run.next();
        walk.states.push_back(run.x());
    }
    if (!run.casualties().empty())
        golden.fail("a state is not finite");
    walk.calls = recording.calls();
    return walk;
}

void compare_walk(GoldenCase& golden, const Walk& walk, Allowed allowed, const Tensor& undetermined)
{
    for (const char* trajectory : {"traj", "traj_own"}) {
        if (!golden.has(trajectory))
            continue;
        std::vector<Tensor> chosen = walk.states;
        if (golden.has("traj_index")) {
            chosen.clear();
            for (const double index : golden.numbers("traj_index"))
                chosen.push_back(walk.states.at(static_cast<std::size_t>(index)));
        }
        const Tensor expected = golden.array(trajectory);
        Tensor bound = at::full_like(expected, allowed.absolute, at::kDouble);
        if (undetermined.defined())
            bound = bound.masked_fill(undetermined > 0.5, std::numeric_limits<double>::infinity());
        golden.compare_within(at::stack(chosen), expected, trajectory, bound);
    }
    golden.compare(walk.states.back(), "x_final", allowed);
    if (golden.has("call_sigmas"))
        golden.compare(walk.calls, "call_sigmas", {.absolute = allowed.absolute, .relative = 1e-12});
}

Churn churn_of(const GoldenCase& golden)
{
    Churn churn;
    churn.amount = golden.number("S_churn", 0);
    churn.min = golden.number("S_min", 0);
    churn.max = golden.number("S_max", churn.max);
    churn.noise = golden.number("S_noise", 1);
    churn.steps = static_cast<int>(golden.number("steps", 1));
    return churn;
}

} // namespace lacuna::golden
