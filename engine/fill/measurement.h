// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "engine/core/picture.h"
#include "engine/core/recipe.h"
#include "engine/fill/windows.h"
#include "engine/models/dataset_model.h"
#include "engine/operators/linear_operator.h"
#include "engine/session/messages.h"

namespace lacuna {

/// What is known of a picture of the network's size.
struct Measurement {
    std::string task = "inpaint";
    std::shared_ptr<const SpectralOperator> op{};
    Tensor y{};         ///< [1,...] as the operator makes it
    Tensor truth{};     ///< [1,3,h,w] where it is known
    Tensor condition{}; ///< [1,frames channels,h,w] in [-1,1], for a network that is given pictures
};

/// The known pixels of a window, brought to the network's size and form, and its condition. A pixel of the network is
/// known where all pixels that it stands for are. Nothing need be known where there is a condition.
Measurement measure_window(const DatasetModel&, const FillRequest&, const NetworkWindow&);

/// Tasks without a hole: the picture is the measurement (a smaller one for sr-*, a coloured one for color is made
/// grey), or with `degrade` the truth, whose middle square is brought to the network's size and measured. Throws Error{Input} for a
/// size that the network cannot have, naming it.
Measurement measure_task(const DatasetModel&, const Picture&, const Recipe&);

/// [1,C,h,w] by area averaging where it shrinks, bicubic where it grows.
Tensor resized(const Tensor& picture, std::int64_t height, std::int64_t width);

/// A mask that covers a picture.
Mask whole_mask(int width, int height);

} // namespace lacuna
