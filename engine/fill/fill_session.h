// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "engine/fill/window_fill.h"
#include "engine/session/session.h"

namespace lacuna {

/// The real engine behind Session. `threads`: 0 for all usable cores. `device`: cpu, cuda, cuda:N, or auto for CUDA
/// where there is some; networks run on it, with convolutions in `precision` (float; bfloat16 or half on CUDA). Create
/// it on the thread that will use it.
std::unique_ptr<Session> make_fill_session(int threads = 0, const std::string& device = "auto",
                                           const std::string& precision = "float");

/// What a request will take, told by its first steps. Throws as Session::fill does.
FillEstimate estimate_fill(const FillRequest&, int threads, const std::string& device,
                           const std::string& precision = "float");

} // namespace lacuna
