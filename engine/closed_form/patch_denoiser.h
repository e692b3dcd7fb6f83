// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/closed_form/patch_match.h"
#include "engine/closed_form/patch_posterior.h"
#include "engine/diffusion/denoiser.h"
#include "engine/diffusion/state_exchange.h"

namespace lacuna {

/// The optimal denoiser of the patches of a picture's own known region (samplers.md 5.1 and 5.3, soft
/// conditioning, applied to patches): for every patch position that touches the hole the posterior mean over the
/// known patches y_i,
///   r_i ~ exp(-|u (x - y_i)|^2 / (2 sigma^2) - |k (x - y_i)|^2 / (2 sigma_k^2)),
/// u and k selecting the unknown and the known pixels of the position; overlapping estimates are averaged, the
/// nearer to its centre the more an estimate counts.
/// x [N,4,area.height,area.width] float32: the level's area, RGB in [-1,1] and texture energy; known pixels of the
/// result are the picture's.
class PatchDenoiser final : public Denoiser {
public:
    struct Options {
        bool exact = false; ///< exact sums (PatchPosterior), else the truncated posterior over matches
        int most_candidates = 4096; ///< of the exact sums
        double sigma_known = 0.08;  ///< largest standard deviation granted to known pixels
        double known_ratio = 0.3;   ///< and at most this share of sigma
        int search_rounds = 2;      ///< propagation rounds a call
    };
    /// `start`: one field a member to begin the search with; empty: begin with nothing.
    PatchDenoiser(const PatchLevel& level, const Options& options, std::uint64_t seed,
                  std::uint32_t level_index, const std::vector<int>& members,
                  std::vector<MatchField> start = {});

    Tensor x0(const Tensor& x, double sigma) override;
    void retain(const std::vector<std::int64_t>& rows) override;
    /// The matches and how often it was called: what a search begins with.
    void exchange(StateExchange&);

    /// Averaging window of overlapping estimates, standard deviation in pixels.
    void set_vote_width(double pixels);
    /// One field a member, in the order of the batch: the last call's best matches.
    const std::vector<MatchField>& fields() const { return fields_; }

private:
    float known_precision(double sigma) const;
    void load(const Tensor& x, double sigma);
    void estimate_exactly(double sigma, float* out);
    void estimate_by_matches(float* out);
    void search(std::size_t row);
    /// Averages over the patches that cover a hole pixel: add(position index, offset 0..48, vote weight).
    template <typename Add> void vote(std::int32_t pixel, Add&& add) const;
    void store(float* out, std::size_t row, std::int32_t pixel, const std::array<float, 4>& sum,
               float total) const;

    const PatchLevel& level_;
    Options options_;
    std::uint64_t seed_;
    std::uint32_t level_index_;
    std::uint32_t call_ = 0;
    std::vector<std::uint32_t> members_;
    std::vector<MatchField> fields_;
    std::vector<std::int32_t> hole_pixels_{};
    std::optional<PatchPosterior> posterior_{};
    std::vector<float> vote_weight_{}; ///< [49]
    PixelPlane pixels_{};              ///< [N][area * 4], the noisy pictures with the known pixels put in
    PixelPlane precision_{};           ///< [area * 4]
};

} // namespace lacuna
