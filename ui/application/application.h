// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/sweep/picture_judge.h"
#include "ui/engine_link/engine_link.h"

namespace lacuna::ui {

/// The desktop application from its command line to its exit code.
int runApplication(int argc, char** argv, const SessionFactory& makeSession, const JudgeFactory& makeJudge);

} // namespace lacuna::ui
