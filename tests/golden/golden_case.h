// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/core/tensor.h"
#include "npy.h"

namespace lacuna::golden {

/// How far a value may be from the expected one: at most absolute + relative |expected|.
struct Allowed {
    double absolute = 0;
    double relative = 0;
};

/// One case: what its manifest entry says, its arrays, and the result of the comparisons made so far.
class GoldenCase {
public:
    /// `entry` is the case in the manifest; `folder` holds its arrays, `root` the common ones.
    GoldenCase(nlohmann::json entry, std::filesystem::path folder, std::filesystem::path root);

    const std::string& name() const { return name_; }
    const nlohmann::json& params() const { return params_; }
    /// Where the case is; files that it names are relative to it.
    const std::filesystem::path& folder() const { return folder_; }
    bool has_param(const std::string& key) const { return params_.contains(key); }
    double number(const std::string& key, double otherwise) const;
    bool source_mentions(const std::string& text) const;

    bool has(const std::string& array) const { return names_.contains(array); }
    const std::set<std::string>& arrays() const { return names_; }
    /// An array of the case; it counts as looked at.
    Tensor array(const std::string& name);
    std::vector<double> numbers(const std::string& name);
    /// An array beside the cases, such as "common/features".
    Tensor common(const std::string& path) const;

    /// A number of the case's tolerance.
    double tolerance(const std::string& key, double otherwise) const;
    bool has_tolerance(const std::string& key) const { return tolerance_.contains(key); }

    void compare(const Tensor& actual, const std::string& array, Allowed allowed);
    void compare(const std::vector<double>& actual, const std::string& array, Allowed allowed);
    void compare_integers(const std::vector<std::int64_t>& actual, const std::string& array,
                          std::int64_t allowed = 0);
    void compare_integers(const std::vector<int>& actual, const std::string& array);
    /// As compare, against values that are not an array of the case; `what` names them in messages.
    void compare_values(const Tensor& actual, const Tensor& expected, const std::string& what,
                        Allowed allowed);
    /// An error bound for each value.
    void compare_within(const Tensor& actual, const Tensor& expected, const std::string& what,
                        const Tensor& bound);

    /// Arrays of the manifest that no comparison looked at.
    std::vector<std::string> untouched() const;
    bool compared_anything() const { return compared_; }
    bool failed() const { return failed_; }
    void fail(const std::string& why);
    /// Error and bound of the comparison that came closest to its bound, or went furthest beyond it.
    double worst_error() const { return worst_error_; }
    double worst_bound() const { return worst_bound_; }

private:
    std::string name_;
    nlohmann::json params_, tolerance_;
    std::string source_;
    std::filesystem::path folder_, root_;
    std::set<std::string> names_{}, touched_{};
    bool compared_ = false, failed_ = false;
    double worst_error_ = 0, worst_bound_ = 0, worst_ratio_ = -1;
};

/// The rest of a name after a prefix, or nothing; such as "N10_rho7" of "sigma_N10_rho7".
bool starts_with(const std::string& name, const std::string& prefix);
/// The number after the last occurrence of `key` in a name: number_after("w_k6_t0.2", "_t") is 0.2. Throws
/// BrokenData when there is none.
double number_after(const std::string& name, const std::string& key);

/// A family looks at what a case contains; it returns false, having compared nothing, when the case is not its own.
using Family = bool (*)(GoldenCase&);
bool run_operator_case(GoldenCase&);
bool run_process_case(GoldenCase&);
bool run_network_case(GoldenCase&);
bool run_schedule_case(GoldenCase&);
bool run_denoiser_case(GoldenCase&);
bool run_checkpoint_case(GoldenCase&);
bool run_sampler_case(GoldenCase&);
bool run_selection_case(GoldenCase&);
bool run_trajectory_case(GoldenCase&);
bool run_wrapper_case(GoldenCase&);
bool run_comparison_case(GoldenCase&);
bool run_particle_case(GoldenCase&);
bool run_particle_experiment_case(GoldenCase&);
bool run_thesis_case(GoldenCase&);
bool run_reproducibility_case(GoldenCase&);
bool run_quality_case(GoldenCase&);
bool run_baseline_case(GoldenCase&);

} // namespace lacuna::golden
