// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "engine/core/recipe.h"
#include "engine/evaluation/known_scene.h"
#include "engine/models/dataset_model.h"
#include "engine/session/session.h"

namespace lacuna {

/// Some fills of one hole.
struct Fills {
    /// [n,3,H,W] float32 with 8-bit values in [-1,1]; known pixels are those of the scene. n is smaller than what
    /// was asked for where members were not finite.
    Tensor images{};
    std::int64_t forward = 0;  ///< evaluations of the network, each of one picture
    std::int64_t backward = 0; ///< of these, with their gradient
    double seconds = 0;
};

/// Anything that fills the holes of scenes.
class Filler {
public:
    virtual ~Filler() = default;
    /// `count` fills; `number` makes the scene's draws its own.
    virtual Fills fill(const KnownScene&, int count, std::uint64_t number) = 0;
};

/// The truth: the scene rendered again with the attributes inside the mask drawn from their declared probabilities.
/// What the hole hides besides attributes stays as it is.
class TruePosterior final : public Filler {
public:
    /// `stream` keeps independent draws apart.
    TruePosterior(const scenes::World& world, std::vector<int> inside, std::uint64_t stream = 0)
        : world_(world),
          inside_(std::move(inside)),
          stream_(stream)
    {
    }
    Fills fill(const KnownScene&, int count, std::uint64_t number) override;

private:
    const scenes::World& world_;
    std::vector<int> inside_;
    std::uint64_t stream_;
};

/// A network with a recipe; members of a set are sampled together. The model must outlive it.
class ModelFiller final : public Filler {
public:
    ModelFiller(const DatasetModel& model, Recipe recipe) : model_(model), recipe_(std::move(recipe)) {}
    Fills fill(const KnownScene&, int count, std::uint64_t number) override;

private:
    const DatasetModel& model_;
    Recipe recipe_;
};

/// Whatever the application fills with, This photo as well, out of a session. More than 64 fills are several sets.
class SessionFiller final : public Filler {
public:
    SessionFiller(std::shared_ptr<Session> session, Recipe recipe)
        : session_(std::move(session)),
          recipe_(std::move(recipe))
    {
    }
    Fills fill(const KnownScene&, int count, std::uint64_t number) override;

private:
    std::shared_ptr<Session> session_;
    Recipe recipe_;
};

/// Pictures [N,3,H,W] as they would be after a file: clamped, rounded to 8 bits, with the known pixels of the scene.
Tensor finished_fills(const KnownScene&, const Tensor& pictures);

} // namespace lacuna
