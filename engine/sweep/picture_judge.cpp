// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sweep/picture_judge.h"

#include <c10/core/GradMode.h>

#include <cmath>

#include "engine/core/error.h"
#include "engine/core/picture_tensor.h"
#include "engine/evaluation/set_quality.h"
#include "engine/features/weight_files.h"
#include "engine/metrics/niqe_fit.h"

namespace lacuna {

namespace {

class Judge final : public PictureJudge {
public:
    explicit Judge(const JudgeWish& wish)
    {
        if (wish.lpips)
            lpips_ = read_lpips(find_weight_file("vgg16"), find_weight_file("lpips"));
        if (wish.niqe)
            niqe_ = find_niqe_parameters();
    }

    std::optional<SweepMeasure> lpips() const override
    {
        return lpips_ ? std::optional(lpips_measure()) : std::nullopt;
    }

    std::optional<SweepMeasure> niqe() const override
    {
        return niqe_ ? std::optional(niqe_measure(*niqe_)) : std::nullopt;
    }

    std::map<std::string, double> figures(const std::vector<Picture>& completions) override
    {
        const c10::NoGradGuard no_gradients;
        std::map<std::string, double> values;
        std::string problem;
        if (lpips_)
            values[lpips_measure().name] = set_lpips(*lpips_, completions);
        if (niqe_)
            values[niqe_measure(*niqe_).name] = mean_of(niqe_of(completions, niqe_->model, problem));
        return values;
    }

private:
    std::optional<Lpips> lpips_{};
    std::optional<NiqeParameters> niqe_{};
};

} // namespace

std::unique_ptr<PictureJudge> make_picture_judge(const JudgeWish& wish)
{
    return std::make_unique<Judge>(wish);
}

} // namespace lacuna
