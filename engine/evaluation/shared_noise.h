// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "engine/diffusion/denoiser.h"
#include "engine/evaluation/attribute_judge.h"
#include "engine/evaluation/model_evaluation.h"
#include "engine/evaluation/report_table.h"

namespace lacuna {

/// One of the models that are started from the same noise.
struct SharedStart {
    std::string name{};
    Denoiser* denoiser = nullptr;
};

struct SharedNoiseOptions {
    int samples = 100;
    int steps = 25;
    int batch = 8;
    std::uint64_t seed = 0;
};

/// Unconditional samples [samples,3,size,size] of a denoiser by a deterministic sampler (DDIM) on levels that all
/// models of a comparison share: from `high` to `low`, then 0. Sample i has the noise of member i.
Tensor samples_from_noise(Denoiser&, int size, const SharedNoiseOptions&, double high, double low,
                          const EvaluationProgress&);

/// Reproducibility (samplers.md 6): how often samples of the first model and of each other one from the same noise
/// are alike, beside samples from different noise. Descriptors are the features of the judge minus their mean over
/// `training`, and M is their cosine. `training` [n,F]: features of training pictures, for the share of samples that
/// are like none of them (GL).
ReportTable shared_noise_table(const std::vector<SharedStart>& models, const AttributeJudge&,
                               const Tensor& training, int size, const SharedNoiseOptions&,
                               const EvaluationProgress&);

} // namespace lacuna
