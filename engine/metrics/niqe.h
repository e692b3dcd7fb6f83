// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/picture.h"
#include "engine/core/tensor.h"

namespace lacuna {

/// The Gaussian of features that undistorted photographs have, and the window they were measured with.
struct NiqeModel {
    Tensor mu;         ///< [36]
    Tensor covariance; ///< [36,36]
    Tensor window;     ///< [7,7] Gaussian, sums to 1
};

/// Which brightness NIQE looks at: that of YIQ in [0,255] (pyiqa, the paper's numbers) or that of YCbCr in [16,235]
/// (BasicSR and MATLAB).
enum class Luma { Yiq, YCbCr };

/// Side of the blocks; the columns and rows that do not fill a block, at the right and the bottom, are not looked at.
inline constexpr int niqe_block = 96;

/// Rounded brightness of a picture as 8-bit RGB, [H,W] float64.
Tensor niqe_luma(const Picture&, Luma);

/// Mean-subtracted, contrast-normalised values (I - mu) / (sigma + 1) of a plane [H,W], replicated at its edges.
Tensor niqe_normalised(const Tensor& plane, const Tensor& window);
/// The local deviation sigma of the same.
Tensor niqe_deviation(const Tensor& plane, const Tensor& window);
/// A plane [H,W] with even sides at half its size: bicubic with antialiasing, mirrored at its edges.
Tensor niqe_halved(const Tensor& plane);

/// 36 features of each block, 18 at full and 18 at half size, [blocks,36] float64; blocks go down the columns first.
/// A block without variation has features that are not numbers. Throws Error{Input} for fewer than two blocks.
Tensor niqe_features(const Tensor& luma, const Tensor& window);

/// Naturalness of a picture by itself: 0 for the texture of undistorted photographs, larger is worse. In double
/// throughout. Mittal et al. 2013; restoration.md 6.2. Throws Error{Input} for pictures below two blocks of
/// 96 x 96 pixels, and for those with almost no variation.
double niqe(const Tensor& luma, const NiqeModel&);
double niqe(const Picture&, const NiqeModel&, Luma = Luma::Yiq);

} // namespace lacuna
