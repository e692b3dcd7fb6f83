// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "engine/diffusion/denoiser.h"
#include "golden_case.h"

namespace lacuna::golden {

/// The exact denoiser that params.problem describes; null for a kind that is not known.
std::unique_ptr<Denoiser> make_denoiser(GoldenCase&);
/// The same for a description elsewhere in the parameters.
std::unique_ptr<Denoiser> make_denoiser(GoldenCase&, const nlohmann::json& problem);

/// The array that problem[key] names.
Tensor problem_array(const GoldenCase&, const nlohmann::json& problem, const char* key);

} // namespace lacuna::golden
