// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/evaluation/fill_figures.h"
#include "engine/evaluation/filler.h"
#include "engine/evaluation/mode_coverage.h"
#include "engine/evaluation/model_evaluation.h"
#include "engine/evaluation/report_table.h"
#include "engine/evaluation/validity.h"
#include "engine/selection/selection.h"

namespace lacuna {

/// Sets made from the same candidates: each row of a table takes the members of its set by a rule.
struct Contest {
    struct Row {
        std::string name{};
        std::string rule = "first"; ///< the first members, or a rule of select() on the candidates' features
    };
    std::shared_ptr<Filler> filler{};
    int candidates = 0; ///< 0: as many as members
    std::vector<Row> rows{};
};

struct BenchmarkOptions {
    int pictures = 100; ///< scenes behind each row
    int members = 5;    ///< N
    int renders = 1000; ///< real renders that thresholds and Gaussians are learned from
    std::uint64_t seed = 0;
};

/// Which figures a table shows.
enum class Figures {
    Modes,   ///< what sets show of the truth, quality and cost
    Quality, ///< diversity against quality, as in tables 6 and 7 of Cohen et al. 2024
};

/// Measures sets of fills of one mask of a world against the truth.
class Benchmark {
public:
    /// Learns from real renders. Throws Error{Usage} for a mask that the world does not have.
    Benchmark(const scenes::World&, const AttributeJudge&, std::string mask, int size, BenchmarkOptions);

    const AttributePlaces& places() const { return places_; }
    const Validity& validity() const { return validity_; }
    int size() const { return size_; }

    /// Every contest on the same scenes, scene by scene, so that rows always have the same pictures. Ends with the
    /// scene during which the deadline passes; at least one is done.
    ReportTable run(const std::string& id, const std::string& title, const std::vector<Contest>&, Figures,
                    const Deadline&, const EvaluationProgress&) const;

    /// Pictures of another world in this world's model: how far fills are from real renders of this world, beside
    /// fills of its own pictures and the pictures themselves.
    ReportTable out_of_domain(const scenes::World& other, Filler&, const Deadline&,
                              const EvaluationProgress&) const;

private:
    /// What is measured of one set; rows of `features` are its members on the axes.
    struct SetFigures {
        std::optional<Coverage> covered{};
        double valid = 0, natural = 0, distance = 0, gray = 0;
        std::optional<double> mirror{}, seam{};
        double forward = 0, backward = 0;
        Tensor features{};
    };
    SetFigures measure(const KnownScene&, const Tensor& images, const Judgement&) const;
    std::vector<SetFigures> measure_contest(const KnownScene&, const Contest&, std::uint64_t number) const;
    ReportRow row_of(const std::string& name, const std::vector<SetFigures>&, Figures) const;
    KnownScene scene(std::uint64_t number) const;

    const scenes::World& world_;
    const AttributeJudge& judge_;
    std::string mask_;
    int size_;
    BenchmarkOptions options_;
    AttributePlaces places_;
    std::optional<Modes> modes_{}; ///< where there are attributes inside
    Validity validity_;
    std::optional<Naturalness> naturalness_{};
    PrincipalAxes axes_{};
    FittedGaussian real_{}; ///< true fills of the scenes on the axes
};

/// The rows of the methods: the truth; unguided samples, and K-means, uniformization and farthest points out of `pool`;
/// every method plain and guided; particle guidance. `base`: sampling of the pool; its eta and bound guide. The model must outlive the contests.
std::vector<Contest> method_contests(const scenes::World&, const AttributePlaces&, const DatasetModel&,
                                     const Recipe& base, int pool, int members);

/// What rules take from one pool: samples as they come, K-means, uniformization and farthest points; beside them
/// samples that are guided apart, if there are any.
std::vector<Contest> selection_contests(std::shared_ptr<Filler> plain, std::shared_ptr<Filler> guided,
                                        int pool, int members);

/// eta with the bound of `base` (table 6), or bounds in grey levels with the eta of `base` (table 7).
std::vector<Contest> eta_contests(const DatasetModel&, const Recipe& base, const std::vector<double>& etas);
std::vector<Contest> bound_contests(const DatasetModel&, const Recipe& base,
                                    const std::vector<double>& bounds);

} // namespace lacuna
