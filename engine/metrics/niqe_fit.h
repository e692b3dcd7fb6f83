// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "engine/metrics/niqe.h"

namespace lacuna {

/// The window of the published parameters: [7,7] Gaussian of deviation 7/6 in single precision.
Tensor niqe_window();

/// Estimates the parameters of NIQE from undistorted pictures: the features of their sharp blocks, those whose mean
/// local deviation is at least three quarters of the picture's largest. Mittal et al. 2013.
class NiqeFit {
public:
    /// Throws Error{Input} for pictures below two blocks.
    void add(const Tensor& luma);
    int pictures() const { return pictures_; }
    int blocks() const { return static_cast<int>(rows_.size()); } ///< that take part
    /// Throws Error{Input} for fewer than 72 blocks, twice the number of features.
    NiqeModel model() const;

private:
    int pictures_ = 0;
    std::vector<Tensor> rows_{}; ///< [36] each
};

/// As safetensors with the published names: mu_pris_param [1,36], cov_pris_param [36,36], gaussian_window [7,7].
void write_niqe_model(const std::filesystem::path&, const NiqeModel&,
                      const std::map<std::string, std::string>& metadata);
/// Such a file, or the published niqe_pris_params.npz or niqe_modelparameters.mat. Throws Error{Input}.
NiqeModel read_niqe_model(const std::filesystem::path&);

struct NiqeParameters {
    NiqeModel model{};
    std::string source{}; ///< what the pictures were that they were fitted on; empty for the published ones
};
NiqeParameters read_niqe_parameters(const std::filesystem::path&);

/// The set that comes with Lacuna, fitted on pictures that Lacuna renders: scores by it do not compare with published
/// ones.
inline constexpr const char* niqe_renders = "renders";
/// A file as above, or the set called "renders": resources/metrics/niqe-renders.safetensors, which is found beside
/// the programs as the models are. Throws Error{Input}.
NiqeParameters find_niqe_parameters(const std::string& name_or_file = niqe_renders);
/// What a figure by these parameters is called, "NIQE" alone for the published ones, and the sentence that goes with
/// it, empty for those.
std::string niqe_name(const NiqeParameters&);
std::string niqe_note(const NiqeParameters&);

} // namespace lacuna
