// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/models/unet_config.h"

namespace lacuna {

/// The noise process a network was trained for: what turns its output into a clean estimate at any sigma.
struct NoiseProcess {
    enum class Kind {
        Discrete, ///< a table of timesteps, variance preserving                        samplers.md 1.3
        Edm,      ///< continuous, preconditioned by sigma_data                         samplers.md 1.5
        Vp,
        Ve,
        Iddpm
    };
    enum class Output { Eps, X0, V };
    /// Of the discrete process: what the network says about the variance of a step.
    enum class Variance { Learned, FixedSmall, FixedLarge };

    Kind kind = Kind::Discrete;
    Output prediction = Output::Eps;
    Variance variance = Variance::FixedSmall;
    std::string schedule = "linear"; ///< linear, scaled-linear, cosine or sigmoid
    int timesteps = 1000;
    double beta_first = 1e-4;
    double beta_last = 2e-2;
    double sigma_data = 0.5;

    bool operator==(const NoiseProcess&) const = default;
};

/// sigma of every timestep of a discrete process, increasing.
std::vector<double> sigma_table(const NoiseProcess&);

/// All that a file of weights does not say about itself.
struct ModelPreset {
    int schema = 1;
    std::string id{};   ///< such as "imagenet-256"
    std::string name{}; ///< for people
    std::string file{}; ///< name of the published file
    std::optional<std::uint64_t> bytes{};
    std::optional<std::string> sha256{}; ///< of the published file
    std::string page{};                  ///< where to read about it
    std::string download{};              ///< where the file was published; empty: see the page
    std::string licence{};
    std::string note{};
    NetworkConfig architecture{};
    NoiseProcess process{};

    bool operator==(const ModelPreset&) const = default;
    /// Side of the squares that the network was trained on, in pixels.
    int native_size() const;
};

/// Name of the metadata entry in which converted files keep their preset.
inline constexpr const char* preset_entry = "lacuna.preset";
/// The preset that the metadata of a file hold, if they do. Throws Error{Input} naming `file` when it is damaged.
std::optional<ModelPreset> stored_preset(const std::map<std::string, std::string>& metadata,
                                         const std::string& file);

/// Strict JSON: unknown, missing, doubled or ill-typed members throw Error{Input} naming the member and `file`.
ModelPreset preset_from_json(const std::string& text, const std::string& file);
std::string to_json(const ModelPreset&);

/// The presets of resources/presets, in the order of their ids; they are part of the program.
const std::vector<ModelPreset>& known_presets();
/// The known presets whose networks have exactly these parameters.
std::vector<ModelPreset> presets_with(const ParameterShapes&);
/// A known preset by its id, or one's own by its file, which ends with .json. Throws Error{Usage} when
/// there is none of this id.
ModelPreset find_preset(const std::string& id_or_file);

} // namespace lacuna
