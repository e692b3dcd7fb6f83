// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/core/picture.h"
#include "engine/core/recipe.h"
#include "engine/fill/kept_state.h"
#include "engine/fill/windows.h"
#include "engine/session/messages.h"

namespace lacuna {

/// What came of some members in one window.
struct WindowFill {
    bool finished = true;                  ///< false: stopped, the patches are the clean estimates so far
    std::map<int, Patch> patches{};        ///< by member
    std::map<int, std::string> problems{}; ///< of the members that failed
};

/// How far a window is, told after every step.
struct WindowProgress {
    int evaluations_done = 0;
    int evaluations = 0;
    double work_left = 1; ///< 1 .. 0
    Distances distances{};
    int at_once = 0; ///< pictures that the model is given at once because memory is short; 0: all
    std::vector<Preview> previews{};
};

/// What a request will take.
struct FillEstimate {
    int forward = 0;  ///< evaluations of the model for all windows and members
    int backward = 0; ///< of these, with their gradient
    int batch = 0;    ///< pictures an evaluation has
    double seconds = 0;
};

/// Evaluations of This photo in one window, and seconds by its first steps.
FillEstimate estimate_window(const Picture&, const Mask&, const Area&, const Recipe&,
                             const std::vector<int>& members);

/// How the owner of a run follows it.
struct Watch {
    std::function<bool(WindowProgress)> report; ///< after every step; whether the next should carry previews
    std::stop_token stop;
    KeptState& kept; ///< where it begins, and what is kept of it
};

/// Samples the given members of a recipe together in one window of a picture with This photo.
WindowFill fill_window(const Picture&, const Mask&, const Area&, const Recipe&,
                       const std::vector<int>& members, int preview_longest, const Watch&);

} // namespace lacuna
