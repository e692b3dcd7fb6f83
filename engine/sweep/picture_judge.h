// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/sweep/sweep_report.h"

namespace lacuna {

/// Which figures of a cell are wanted beside those that are stored with it.
struct JudgeWish {
    bool lpips = false, niqe = false;

    bool any() const { return lpips || niqe; }
    bool operator==(const JudgeWish&) const = default;
};

/// Measures the completions of finished cells by LPIPS and NIQE. Not for several threads at once.
class PictureJudge {
public:
    virtual ~PictureJudge() = default;

    /// Those that were wished for.
    virtual std::optional<SweepMeasure> lpips() const = 0;
    virtual std::optional<SweepMeasure> niqe() const = 0;
    /// Figures of a set by the names of these measures; not a number where pictures are too small or too few.
    virtual std::map<std::string, double> figures(const std::vector<Picture>& completions) = 0;
};

/// Throws Error{Input} that says which file is missing and where it is published.
using JudgeFactory = std::function<std::unique_ptr<PictureJudge>(const JudgeWish&)>;

/// The measures of a sweep: with LPIPS that is the diversity and the feature distance is left out, with NIQE that is
/// the quality. See SweepReport::measures.
std::vector<SweepMeasure> sweep_measures(const std::optional<SweepMeasure>& lpips,
                                         const std::optional<SweepMeasure>& niqe);

/// The real one, by the published weights of LPIPS in weight_folder() and by the parameters of NIQE that come with
/// Lacuna. Part of lacuna_engine.
std::unique_ptr<PictureJudge> make_picture_judge(const JudgeWish&);

} // namespace lacuna
