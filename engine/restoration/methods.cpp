// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/restoration/methods.h"

#include <algorithm>
#include <sstream>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/text.h"
#include "engine/diffusion/schedule.h"
#include "engine/diffusion/timestep_lists.h"
#include "engine/operators/degradation.h"
#include "engine/restoration/ddnm_plus.h"
#include "engine/restoration/ddrm.h"
#include "engine/restoration/diffpir.h"
#include "engine/restoration/dps.h"
#include "engine/restoration/published_guidance.h"
#include "engine/restoration/repaint.h"

namespace lacuna {

namespace {

/// What a method can do. An empty list of tasks: every linear degradation with a spectral decomposition.
struct Abilities {
    const char* method;
    std::vector<std::string> tasks;
    bool noisy;
};

const std::vector<Abilities>& abilities()
{
    static const std::vector<Abilities> table{{"repaint", {"inpaint"}, false},
                                              {"ddrm", {}, true},
                                              {"ddnm", {}, true},
                                              {"dps", {}, true},
                                              {"diffpir", {}, true}};
    return table;
}

const Abilities& abilities_of(const std::string& method)
{
    for (const Abilities& known : abilities())
        if (method == known.method)
            return known;
    throw Error(ErrorKind::Usage, "The method \"" + printable(method) + "\"", "it is not known",
                "Use one of " + joined(restoration_methods()));
}

void require_range(const char* name, double value, double least, double most)
{
    if (value >= least && value <= most)
        return;
    std::ostringstream range;
    range.imbue(std::locale::classic());
    range << "Use a value from " << least << " to " << most;
    throw Error(ErrorKind::Usage, std::string("The option ") + name, "its value is out of range",
                range.str());
}

double zeta_of(const RestorationOptions& options)
{
    return options.zeta.value_or(options.method == "dps" ? 1.0 : 0.3);
}

void check_ranges(const RestorationOptions& o, int T)
{
    require_range("steps", o.steps, 2, T);
    require_range("noise", o.sigma_y, 0, 10);
    require_range("eta", o.eta, 0, 1);
    require_range("eta-b", o.eta_b, 0, 1);
    require_range("zeta", zeta_of(o), 0, o.method == "dps" ? 1000 : 1);
    require_range("lambda", o.lambda, 1e-6, 1e6);
    require_range("travel-length", o.travel_length, 1, T);
    require_range("travel-repeat", o.travel_repeat, 1, 1000);
    require_range("time-shift", o.time_shift, 0, T);
    require_range("guidance strength", o.guidance_eta, 0, 100);
    require_range("guidance bound", o.guidance_bound, 0, std::numeric_limits<double>::infinity());
    for (const JumpSchedule::Level& level : {o.jumps.jump, o.jumps.jump2, o.jumps.jump3}) {
        require_range("jump-length", level.length, 1, T);
        require_range("jump-repeat", level.samples, 1, 1000);
    }
    require_range("single-repeat", o.jumps.single_samples, 1, 1000);
}

/// Timesteps of the run, ascending.
std::vector<std::int64_t> kept_timesteps(const RestorationOptions& options, int T)
{
    if (options.method == "ddrm")
        return strided_timesteps(T, options.steps);
    if (options.method == "ddnm")
        return first_strided_timesteps(T, options.steps);
    const std::string spacing = options.spacing.empty() ? std::to_string(options.steps) : options.spacing;
    const auto kept = schedule::respaced(T, spacing);
    require_range("steps", static_cast<double>(kept.size()), 2, T);
    return kept;
}

std::vector<int> times_of(const RestorationOptions& options, int steps)
{
    JumpSchedule jumps = options.jumps;
    jumps.steps = steps;
    if (options.method == "ddnm") {
        jumps = JumpSchedule{.steps = steps};
        jumps.jump = {options.travel_length, options.travel_repeat};
    }
    return options.method == "repaint" || options.method == "ddnm" ? jump_times(jumps) : plain_times(steps);
}

GuidanceRule guidance_rule(const RestorationOptions& options, const SpectralOperator& op, const Tensor& y,
                           std::int64_t members, const std::vector<double>& table,
                           const std::vector<std::int64_t>& kept)
{
    if (options.reference_quirks) {
        const Tensor picture = op.A_pinv(y);
        return published_guidance(options.method, options.guidance_eta, options.guidance_bound,
                                  {.members = members,
                                   .channels = picture.size(1),
                                   .height = picture.size(2),
                                   .width = picture.size(3),
                                   .keep = op.keep()},
                                  table, kept);
    }
    GuidanceRule rule{.repulsion = {.eta = options.guidance_eta, .bound_rms = options.guidance_bound}};
    if (op.keep().defined())
        rule.region = 1 - op.keep();
    return rule;
}

/// The levels of the process are those of the kept timesteps, increasing.
std::unique_ptr<Restorer> restorer_of(const RestorationOptions& options,
                                      std::shared_ptr<const SpectralOperator> op, const Tensor& y,
                                      const GuidanceRule& rule, std::vector<double> process,
                                      std::function<Tensor(const Tensor&, double)> log_gradient)
{
    const bool quirks = options.reference_quirks;
    if (options.method == "repaint")
        return std::make_unique<RePaint>(y, op->keep(),
                                         RePaintOptions{.guidance = rule,
                                                        .learned_variance = options.learned_variance,
                                                        .log_gradient = std::move(log_gradient),
                                                        .time_shift = options.time_shift,
                                                        .process = std::move(process),
                                                        .reference_quirks = quirks});
    if (options.method == "ddrm")
        return std::make_unique<Ddrm>(std::move(op), y,
                                      DdrmOptions{.eta = options.eta,
                                                  .eta_b = options.eta_b,
                                                  .sigma_y = options.sigma_y,
                                                  .guidance = rule,
                                                  .reference_quirks = quirks});
    if (options.method == "ddnm")
        return std::make_unique<DdnmPlus>(std::move(op), y,
                                          DdnmPlusOptions{.eta = options.eta,
                                                          .sigma_y = options.sigma_y,
                                                          .guidance = rule,
                                                          .reference_quirks = quirks});
    if (options.method == "dps")
        return std::make_unique<Dps>(std::move(op), y,
                                     DpsOptions{.zeta = zeta_of(options),
                                                .guidance = rule,
                                                .learned_variance = options.learned_variance,
                                                .reference_quirks = quirks});
    return std::make_unique<DiffPir>(std::move(op), y,
                                     DiffPirOptions{.lambda = options.lambda,
                                                    .zeta = zeta_of(options),
                                                    .sigma_y = options.sigma_y,
                                                    .guidance = rule});
}

} // namespace

const std::vector<std::string>& restoration_methods()
{
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        for (const Abilities& known : abilities())
            all.emplace_back(known.method);
        return all;
    }();
    return names;
}

void check_supported(const std::string& method, const std::string& task)
{
    const std::vector<std::string>& all = degradation_tasks();
    if (std::find(all.begin(), all.end(), task) == all.end())
        throw Error(ErrorKind::Usage, "The task \"" + printable(task) + "\"", "it is not known",
                    "Use one of " + joined(all));
    const Abilities& able = abilities_of(method);
    if (!able.tasks.empty() && std::find(able.tasks.begin(), able.tasks.end(), task) == able.tasks.end())
        throw Error(ErrorKind::Usage, "The method \"" + method + "\"",
                    "it cannot do " + task + ", only " + joined(able.tasks),
                    "Use ddrm, ddnm, dps or diffpir");
}

Restoration make_restorer(const RestorationOptions& options, const std::string& task,
                          std::shared_ptr<const SpectralOperator> op, const Tensor& y, std::int64_t members,
                          const std::vector<double>& table,
                          std::function<Tensor(const Tensor&, double)> log_gradient)
{
    const int T = static_cast<int>(table.size());
    check_supported(options.method, task);
    check_ranges(options, T);
    if (options.sigma_y > 0 && !abilities_of(options.method).noisy)
        throw Error(ErrorKind::Usage, "The method \"" + options.method + "\"",
                    "it cannot take a noisy measurement", "Use ddrm, ddnm, dps or diffpir");

    check((task == "inpaint") == op->keep().defined(), "the operator is that of the task");

    const auto kept = kept_timesteps(options, T);
    const GuidanceRule rule = guidance_rule(options, *op, y, members, table, kept);
    Restoration made{.restorer = restorer_of(options, std::move(op), y, rule, schedule::take(table, kept),
                                             std::move(log_gradient)),
                     .path = path_over(table, kept, times_of(options, static_cast<int>(kept.size())))};
    made.forward = made.path.falls();
    made.backward = options.method == "dps" ? made.forward : 0;
    return made;
}

} // namespace lacuna
