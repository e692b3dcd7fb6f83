// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>
#include <memory>

#include "engine/diffusion/denoiser.h"
#include "engine/evaluation/model_evaluation.h"
#include "engine/evaluation/report_table.h"

namespace lacuna {

/// A moving digit at the moment at which its way is drawn anew.
struct DigitMoment {
    Tensor condition; ///< [1,3,32,32] frames t-2 .. t in [-1,1]
    Tensor right;     ///< [1,1,32,32] frame t+1 if it goes right
    Tensor left;      ///< the same if it goes left
};

/// The second change of way in films of 32 frames whose digit goes right with probability p; `count` of them.
/// samplers.md 7.6
std::vector<DigitMoment> digit_moments(double p, int count, std::uint64_t seed);

/// The model of one moment: x [N,1,32,32].
using DigitModel = std::function<std::unique_ptr<Denoiser>(const DigitMoment&)>;

/// Knows the two next frames and that the right one has probability p.
DigitModel exact_digit_model(double p);

struct PriorOptions {
    int films = 200;  ///< moments behind each row
    int samples = 10; ///< of each moment; even
    int steps = 22;
    std::uint64_t seed = 0;
};

/// Table 4.1 of the thesis: how often the next frame goes right, by p: deterministic sampling, S_churn .9, and
/// particle guidance of pairs with k_PG = 3. Intervals over films. Without known pixels particles are compared on
/// clean estimates in [0, 1] with the Euclidean kernel.
ReportTable prior_probability_table(const std::string& title, const std::map<double, DigitModel>& by_p,
                                    const PriorOptions&, const Deadline&, const EvaluationProgress&);

} // namespace lacuna
