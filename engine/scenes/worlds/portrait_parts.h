// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/scenes/worlds/portrait_look.h"
#include "engine/scenes/worlds/world.h"

/// The parts of a portrait in the order in which they are painted. What depends on an attribute stays inside the mask
/// of that attribute.
namespace lacuna::scenes::portrait {

void paint_backdrop(Painting&, const Look&);
void paint_hair_behind(Stage&, const Attributes&);
void paint_body(Stage&);
void paint_hair_on_shoulders(Stage&, const Attributes&);
void paint_head(Stage&);
void paint_eyes(Stage&, const Attributes&);
void paint_beard(Stage&, const Attributes&);
void paint_mouth(Stage&, const Attributes&);
void paint_glasses(Stage&, const Attributes&);
void paint_hair_in_front(Stage&, const Attributes&);
void paint_hat(Stage&, const Attributes&);
void paint_earrings(Stage&, const Attributes&);

} // namespace lacuna::scenes::portrait
