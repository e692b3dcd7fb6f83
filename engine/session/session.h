// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/session/messages.h"

namespace lacuna {

/// What the model combo box and `models list` show.
struct ModelInfo {
    std::string id{};          ///< as in Recipe::model
    std::string name{};        ///< for people
    std::string description{}; ///< one sentence
    int native_size = 0;       ///< side of the squares it was trained on, in pixels; 0: any size
    enum class Origin { BuiltIn, Bundled, User };
    Origin origin = Origin::BuiltIn;
    std::uintmax_t bytes = 0; ///< of its file
    std::string card{};       ///< path of the text about it; empty: none
    bool fills = true; ///< false: a classifier, or a file that cannot be used; the description says why
    int condition_frames = 0; ///< pictures that it must be given beside the one to be filled
    int classes = 0;          ///< 0: not conditioned on a class
    std::string file{};       ///< path of its weights; empty: it has none
    std::string preset{};     ///< id of the published checkpoint that it is; empty: not known
    std::string licence{};    ///< of the weights; empty: not known
    std::uint64_t memory = 0; ///< bytes that a set of five takes beside the program, about; 0: not known
};

/// What networks can run on.
struct DeviceInfo {
    std::string id{};   ///< cpu, cuda:0 ...
    std::string name{}; ///< for people
};

/// What the application can ask of the engine. Blocking; no Qt, no tensors. Implemented by engine/fill; tests of
/// the user interface implement a small one of their own.
class Session {
public:
    virtual ~Session() = default;

    virtual std::vector<ModelInfo> models() const = 0;

    /// The processor first.
    virtual std::vector<DeviceInfo> devices() const { return {{"cpu", "Processor"}}; }

    /// Fills the hole recipe.count times. Reports at most some twelve times a second, from the calling thread.
    /// Stops within one step of the sampler when asked; what was finished or estimated by then is returned.
    /// Throws Error, or whatever the libraries throw.
    virtual CompletionSet fill(const FillRequest&, const std::function<void(Progress)>& report,
                               std::stop_token stop) = 0;
};

} // namespace lacuna
