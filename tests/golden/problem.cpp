// SPDX-License-Identifier: GPL-3.0-or-later
#include "problem.h"

#include "engine/closed_form/finite_set.h"
#include "engine/closed_form/gaussian_mixture.h"

namespace lacuna::golden {

Tensor problem_array(const GoldenCase& golden, const nlohmann::json& problem, const char* key)
{
    return golden.common(problem.at(key).get<std::string>());
}

namespace {

/// `expected` lists the rows, or holds the first and one past the last.
bool agrees(const std::vector<std::int64_t>& rows, const std::vector<std::int64_t>& expected)
{
    const auto count = static_cast<std::int64_t>(rows.size());
    return rows == expected
           || (expected.size() == 2 && rows.front() == expected[0] && rows.back() == expected[1] - 1
               && expected[1] - expected[0] == count);
}

std::unique_ptr<Denoiser> hard_condition(GoldenCase& golden, const nlohmann::json& problem)
{
    auto set = std::make_unique<FiniteSet>(
        FiniteSet::matching(problem_array(golden, problem, "Y"), problem_array(golden, problem, "y_obs"),
                            problem_array(golden, problem, "mask_known"), 1e-6));
    if (problem.contains("rows") && !agrees(set->rows(), problem["rows"].get<std::vector<std::int64_t>>()))
        golden.fail("other rows agree with the known pixels than the case says");
    return set;
}

} // namespace

std::unique_ptr<Denoiser> make_denoiser(GoldenCase& golden)
{
    if (!golden.has_param("problem") || !golden.params()["problem"].is_object())
        return nullptr;
    return make_denoiser(golden, golden.params()["problem"]);
}

std::unique_ptr<Denoiser> make_denoiser(GoldenCase& golden, const nlohmann::json& problem)
{
    const std::string kind = problem.value("kind", "");
    if (kind == "gmm_iso")
        return std::make_unique<DiagonalMixture>(problem_array(golden, problem, "w"),
                                                 problem_array(golden, problem, "mu"),
                                                 problem_array(golden, problem, "var"));
    if (kind == "gmm_full")
        return std::make_unique<FullMixture>(problem_array(golden, problem, "w"),
                                             problem_array(golden, problem, "mu"),
                                             problem_array(golden, problem, "cov"));
    if (kind == "finite_data")
        return std::make_unique<FiniteSet>(problem_array(golden, problem, "Y"));
    if (kind == "finite_data_cond_hard")
        return hard_condition(golden, problem);
    if (kind == "finite_data_cond_soft")
        return std::make_unique<FiniteSet>(FiniteSet::weighted(
            problem_array(golden, problem, "Y"), problem_array(golden, problem, "y_obs"),
            problem_array(golden, problem, "mask_known"), problem.at("sigma_y").get<double>()));
    return nullptr;
}

} // namespace lacuna::golden
