// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "engine/restoration/options.h"

namespace lacuna {

/// How a bound D is normalised: it bounds an L2 distance in [-1,1] by D S. M = hole pixels, N = members. The
/// published codes disagree about S, so a number is never stored without its convention.
enum class BoundConvention {
    PerImage,     ///< S = 3 M     (DDNM code, the paper's text)
    RepaintBatch, ///< S = N 3 M   (RePaint code: the mask was expanded to the batch before counting)
    PerPixel,     ///< S = M       (DPS code: one channel of the mask was counted)
    FullPicture,  ///< S = 3 H W   (DDRM code, and every code for tasks without a hole)
    GrayLevels,   ///< root mean square over the hole in levels of 255; independent of mask and N
};

/// What turns a bound of one convention into that of another.
struct BoundScale {
    std::size_t hole_pixels = 0;
    int members = 0;
    std::size_t picture_pixels = 0; ///< of what the model sees
};

/// Guidance stops pushing a member whose distance to its nearest mate exceeds the bound.
struct Bound {
    double value = std::numeric_limits<double>::infinity(); ///< infinity: no bound
    BoundConvention convention = BoundConvention::GrayLevels;

    bool operator==(const Bound&) const = default;
    /// The same threshold as root mean square per hole value in [-1,1].
    double rms(const BoundScale&) const;
    /// The same threshold in another convention, for this mask and this number of members.
    Bound in(BoundConvention, const BoundScale&) const;
};

const char* name(BoundConvention); ///< "per-image", "repaint-batch", "per-pixel", "full-picture", "gray"
Bound parse_bound(
    const std::string& text);        ///< "24", "24:gray", "0.0015:per-image", "none"; throws Error{Usage}
std::string to_string(const Bound&); ///< the inverse of parse_bound

/// Everything that decides the pixels of a set. The set is the unit: guidance couples its members.
struct Recipe {
    int schema = 2;
    std::string version{};        ///< of Lacuna, set when the set is made
    std::string picture_sha256{}; ///< content_hash, set when the set is made
    std::string mask_sha256{};
    std::string model = "this-photo";
    std::string preset{};       ///< of a file of weights that does not name its own
    std::string model_sha256{}; ///< of the weights; for closed-form models of their parameters
    int model_class = -1;       ///< for class-conditional models; -1: none
    /// "project": any sampler, known pixels put into every clean estimate. Or a published method: repaint, ddrm,
    /// ddnm, dps, diffpir, which brings its own sampler and schedule.
    std::string method = "project";
    std::string sampler = "ddim";        ///< one of sampler_names(); used by "project"
    std::string schedule = "log-linear"; ///< log-linear, edm, ddpm; used by "project"
    double gamma = 2;                    ///< [1, 10]; weight of the newest eps, sampler ge
    double mu = 0;                       ///< [0, 1); share of fresh noise, sampler ge
    double churn = 0;                    ///< [0, 100]; S_churn, sampler edm
    double particles = 0;                ///< [0, 1000]; strength of particle guidance, sampler edm; 0: none
    std::string kernel = "rbf";          ///< of particle guidance: rbf, l2 or iou
    int steps = 0;                       ///< 0: the model's own default
    int count = 5;                       ///< members of the set, 1..64
    std::uint64_t seed = 0;
    double eta = 0; ///< step size of the diversity guidance; 0: plain posterior samples
    Bound bound{};
    int pool = 0;               ///< 0: no pool; else candidates from which `count` are selected
    std::string select = "fps"; ///< fps, kmeans, uniform, random; used when pool > 0
    bool raw = false;           ///< keep what the model made of known pixels, for study
    /// What a network sees of the picture: "hole", a square of its own size around the hole; "whole", the largest
    /// square of the picture, brought to its size; "auto": whole for networks of up to 128 pixels, which learned
    /// whole scenes, else hole.
    std::string window = "auto";
    /// Width in pixels of the band inside the hole, along its border, over which a completion is blended with the
    /// picture; 0: none. [0, 1000]. It changes how a completion is put into the picture, not what a model does.
    int soft_edge = 0;
    /// Of the pictures that a conditional model is given, set when the set is made.
    std::vector<std::string> condition_sha256{};

    std::string task = "inpaint"; ///< or another of degradation_tasks(), by a published method
    int scale = 4;                ///< of the tasks sr-* and cs
    bool degrade =
        false; ///< tasks but inpaint: the picture is the truth, to be degraded; else the measurement
    /// Numbers of a published method; its method, steps and guidance are those above.
    RestorationOptions restoration{};

    bool operator==(const Recipe&) const = default;
};

/// The samplers by name: ddim, ddpm, ge, edm, dpmpp-2m, unipc, deis, ipndm, plms, fpndm, ddnm.
const std::vector<std::string>& sampler_names();

/// Strict JSON (nlohmann): unknown, missing or ill-typed members throw Error{Input} naming the member.
std::string to_json(const Recipe&);
Recipe recipe_from_json(const std::string& text, const std::string& file);

/// Throws Error{Usage} naming the first parameter out of range (count 1..64, steps 0..10000, eta finite and >= 0,
/// bound > 0, pool 0 or count..1000, known sampler, schedule and selection).
void validate(const Recipe&);

} // namespace lacuna
