// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/core/picture.h"
#include "engine/core/recipe.h"
#include "engine/session/state_file.h"

/// The values that cross the thread border between the user interface and the engine.
namespace lacuna {

enum class RequestId : std::uint64_t {};

struct FillRequest {
    RequestId id{};
    Picture picture{};
    Mask mask{};
    Recipe recipe{};
    /// What a conditional model is given beside the noisy picture, in the order in which it was trained (frames: the
    /// oldest first); of the size of the picture.
    std::vector<Picture> condition{};
    int preview_longest = 192;          ///< longest side of previews in pixels; 0: none
    bool compare = false;               ///< measure CompletionSet::feature_distance, too
    std::shared_ptr<StateFile> state{}; ///< where the run keeps how far it is; null: nowhere
};

/// What a network sees of a picture.
struct NetworkWindow {
    Area area{};   ///< in the picture
    int width = 0; ///< that the area is brought to, in pixels of the network
    int height = 0;

    /// Pixels of the picture for one of the network.
    double scale() const { return double(area.width) / width; }
};

/// How far a member is from its nearest mate.
struct MemberDistance {
    int member = 0;
    double nearest_gray =
        0;               ///< distance to the nearest mate, RMS in the hole in grey levels; 0 for a set of one
    bool pushed = false; ///< guidance moved this member in the last step
};

/// The distances of members that are sampled together, after one of their evaluations.
struct Distances {
    int evaluation = 0;                                          ///< of these members in this window, from 1
    int evaluations = 0;                                         ///< that they need
    double bound_gray = std::numeric_limits<double>::infinity(); ///< members that are nearer are pushed
    std::vector<MemberDistance> members{};                       ///< empty: not known
};

/// The clean estimate of one member while the run goes on.
struct Preview {
    int member = 0;
    Picture picture{};       ///< 8-bit RGB of the surroundings of the hole
    double nearest_gray = 0; ///< as in MemberDistance
    bool pushed = false;
};

/// The filled rectangle of one hole region. Only hole pixels of it are used, unless it is raw.
struct Patch {
    int x = 0;
    int y = 0;
    Picture pixels{}; ///< same channels and bits as the picture
    bool raw = false; ///< for study: what the model made of known pixels is used too
};

struct Completion {
    int member = 0;        ///< number of the member whose noise it has; counts from 0
    bool finished = true;  ///< false: the run was stopped, this is the clean estimate so far
    std::string problem{}; ///< not empty: this member failed (then `patches` is empty)
    std::vector<Patch> patches{};
    double nearest_gray = 0; ///< to its nearest mate in the set, RMS in the hole in grey levels
    double seam = 0;         ///< mean step across the hole's border over the mean step beside it; 1 = no seam
    /// Tasks but inpaint: how well the completion, degraded again, agrees with the measurement, in dB (LR-PSNR).
    std::optional<double> consistency_db{};
    /// And where the truth is known: PSNR to it, in dB.
    std::optional<double> psnr_db{};
};

/// The finished candidates of a run with a pool and how they differ, for trees and maps of them.
struct CandidatePool {
    std::vector<Completion> candidates{}; ///< in the order they came; later snapshots begin with these
    int columns = 0;                      ///< at most 25
    /// [candidates, columns] principal components of the features of the hole: distances between rows tell how
    /// different the candidates are. The axes are those of this snapshot.
    std::vector<float> features{};
};

struct Progress {
    RequestId id{};
    std::string phase{}; ///< "Preparing", "Loading", "Sampling", "Selecting", "Measuring"
    int done = 0;        ///< denoiser evaluations of the whole batch
    int total = 0;
    int finished = 0;                ///< members that are finished
    double seconds = 0;              ///< since the start, without pauses that the receiver of reports made
    double seconds_left = -1;        ///< estimate; negative: not known yet
    double seconds_least = -1;       ///< about as surely as 19 of 20 the time left lies from here ...
    double seconds_most = -1;        ///< ... to here
    Distances distances{};           ///< without members when nothing new is known
    std::string note{};              ///< what people should know of this run, a sentence; empty: nothing
    std::vector<Preview> previews{}; ///< empty when nothing new is to be shown
    std::vector<NetworkWindow> windows{}; ///< of a network, once, when they are known
    /// All candidates so far of a run with a pool, whenever there are more; else none.
    std::shared_ptr<const CandidatePool> pool{};
    /// Members that have finished since the report before. Their distances are measured at the end of the run.
    std::vector<Completion> arrived{};
};

struct CompletionSet {
    Recipe recipe{}; ///< completed with hashes, version and defaults
    /// Tasks but inpaint: what the measurement alone says, in the size of the completions, which replace all of it.
    Picture base{};
    std::vector<Completion> completions{};
    /// With a pool: the candidates that the completions were selected from. None without, and for a run that was
    /// stopped before there were more candidates than the set needs.
    std::shared_ptr<const CandidatePool> pool{};
    std::vector<NetworkWindow>
        windows{};                 ///< that were sampled; none for This photo and for tasks but inpaint
    double mean_distance_gray = 0; ///< mean pairwise RMS in the hole in grey levels
    double seconds = 0;
    std::string note{};   ///< as in Progress
    bool stopped = false; ///< asked to stop before the end
    /// Where it was asked for: mean distance of all pairs in the colours and gradients of the hole, without unit.
    std::optional<double> feature_distance{};
};

/// The picture that completions are put into, and where: the one asked about and its hole, or all of `base`.
const Picture& canvas(const FillRequest&, const CompletionSet&);
Mask canvas_hole(const FillRequest&, const CompletionSet&);

/// The picture with the hole of one completion composited in; known pixels are the input's, bit for bit.
/// soft_edge: as in the recipe. A mask has two values, because a pixel is either given to a model or made by it; what
/// is soft is the way back, and only inside the hole: weights rise from the border inwards (soft_weights) and are 0 at
/// every known pixel. So a soft edge cannot change what is known. Raw patches are put in as they are.
Picture composite(const Picture&, const Mask&, const Completion&, int soft_edge = 0);

/// How many known samples differ between the two pictures; 0 is the promise.
std::size_t known_pixels_changed(const Picture& original, const Picture& filled, const Mask&);

struct Failed {
    std::string message; ///< for people, in full
};

struct Outcome {
    RequestId id{};
    std::variant<CompletionSet, Failed> result{};
};

} // namespace lacuna
