// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace lacuna::ui {

/// How long things move, in milliseconds. 0: they are there at once, because the style asks for no animation, the
/// environment has LACUNA_MOTION=off, or setMotion(false) was called.
int motionTime();
void setMotion(bool wanted);

} // namespace lacuna::ui
