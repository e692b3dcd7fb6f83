// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "engine/evaluation/calibration.h"
#include "engine/evaluation/filler.h"
#include "engine/evaluation/report_table.h"
#include "engine/evaluation/validity.h"

namespace lacuna {

/// Called between pictures with what is being done and how far it is; false: stop there.
using EvaluationProgress = std::function<bool(const std::string& what, std::size_t done, std::size_t of)>;

/// When a measurement must end, with the pictures that are done by then.
class Deadline {
public:
    Deadline() = default; ///< never
    /// 0 or less: never.
    static Deadline in_minutes(double minutes);
    bool passed() const { return limited_ && std::chrono::steady_clock::now() >= at_; }
    /// The point at which the first `part` of `parts` equal shares of what is left from now are over.
    Deadline share(std::size_t part, std::size_t parts) const;

private:
    bool limited_ = false;
    std::chrono::steady_clock::time_point at_{};
};

/// Unguided fills of one named mask, beside real renders of the same scenes.
struct MaskEvaluation {
    std::string mask{};
    std::size_t scenes = 0, fills = 0;
    std::size_t failed = 0;               ///< members that were not finite; they count as not valid
    Interval valid{}, valid_renders{};    ///< share of valid fills and renders
    Interval relative{};                  ///< the first over the second
    Interval seam{}, seam_renders{};      ///< measure_seam, mean over scenes
    Interval seam_ratio{};                ///< the first over the second
    Calibration calibration{};            ///< of the attributes inside; without values where there are none
    Calibration calibration_of_renders{}; ///< the same readings of true fills: what the judge adds
};

struct EvaluationOptions {
    int fills = 1000;  ///< of each mask
    int per_scene = 5; ///< fills of each scene
    std::uint64_t seed = 0;
};

/// Fills held-out scenes and true ones beside them, until there are enough or the deadline is over. At least one
/// scene is filled.
MaskEvaluation evaluate_mask(const scenes::World&, const AttributeJudge&, const Validity&, Filler&,
                             const std::string& mask, int size, const EvaluationOptions&, const Deadline&,
                             const EvaluationProgress&);

/// A figure that a model has to reach.
struct Target {
    enum class Verdict {
        Met,
        Missed,
        Open, ///< too few pictures to say that it is met
    };
    std::string name{}, goal{}, measured{};
    Verdict verdict = Verdict::Missed;
};

/// What the report of a model says.
struct ModelEvaluation {
    std::string model{}, sha256{}, world{}, sampling{};
    int size = 0;
    int renders = 0; ///< that the attribute network was measured on
    std::vector<AttributeGroup> attributes{};
    std::vector<double> accuracy{}; ///< of the attribute network, by attribute
    std::vector<MaskEvaluation> masks{};
    std::size_t masks_of_world = 0; ///< figures are met with all of them only
    double seconds_of_five = 0;     ///< five unguided fills at 25 steps, median of some
    int cores = 0;                  ///< that they were measured on
};

/// The figures of the dataset models: fills valid at least 97 % as often as renders, no seam (at most 1.1 times that of renders),
/// five fills at 25 steps below 4 s on two cores, error of the calibration at most .05 above a probability of .1,
/// every value of at least .03 occurs, attribute network right on 99 % of renders.
std::vector<Target> targets_of(const ModelEvaluation&);

/// Tables of a report: masks, then calibration.
std::vector<ReportTable> tables_of(const ModelEvaluation&);
std::string to_text(const ModelEvaluation&);
std::string to_markdown(const ModelEvaluation&);
std::string to_json(const ModelEvaluation&);

} // namespace lacuna
