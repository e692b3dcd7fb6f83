// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "engine/session/session.h"

namespace lacuna {

/// The real engine behind Session. `threads`: 0 for all usable cores. Create it on the thread that will use it.
std::unique_ptr<Session> make_fill_session(int threads = 0);

/// Recipe with the model's default sampler, schedule and diversity; what the command line and the panel start from.
Recipe default_recipe();

} // namespace lacuna
