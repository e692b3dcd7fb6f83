// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/fill/window_fill.h"
#include "engine/models/dataset_model.h"

namespace lacuna {

/// As fill_window, with a network: the window is brought to the network's size, sampled, and brought back.
WindowFill fill_network_window(const DatasetModel&, const FillRequest&, const NetworkWindow&,
                               const std::vector<int>& members, const Watch&);

/// What of the picture the network sees, by the recipe's window.
std::vector<NetworkWindow> windows_of(const DatasetModel&, const FillRequest&);

/// What came of a task that has no hole.
struct TaskFill {
    WindowFill fill{};
    std::map<int, double> consistency_db{}; ///< by member
    std::map<int, double> psnr_db{};        ///< by member, where the truth is known
};

/// What the measurement of such a task alone says, in the size of its completions.
Picture base_of_task(const DatasetModel&, const Picture&, const Recipe&);

/// Restores a whole picture: the recipe's picture is the measurement (a smaller one for sr-*, a grey one for color),
/// or with `degrade` the truth, which is first brought to the network's size. Throws Error{Input} for a size that
/// the network cannot have, naming it.
TaskFill fill_task(const DatasetModel&, const Picture&, const Recipe&, const std::vector<int>& members,
                   int preview_longest, const Watch&);

/// Evaluations of the network for all windows and members, and seconds by one measured step. restoration.md 4.6.
FillEstimate estimate_network_fill(const DatasetModel&, const FillRequest&);

} // namespace lacuna
