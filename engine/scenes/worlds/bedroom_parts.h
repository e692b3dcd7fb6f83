// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/scenes/worlds/bedroom_room.h"

/// The things of a bedroom, in the order in which they are painted.
namespace lacuna::scenes {

enum class Lamps { BothLit, BothDark, None, LeftOnly, RightOnly };
enum class WallThing { Bare, Picture, TwoPictures, Mirror, Clock };
enum class Cushions { Two, One, Many };
enum class Throw { None, Blanket, Cat };
enum class Plant { None, Left, Right };
enum class Window { None, Day, Night };

void paint_shell(RoomPainting&);
void paint_window(RoomPainting&, Window);
void paint_wall_thing(RoomPainting&, WallThing);
void paint_headboard(RoomPainting&);
void paint_tables(RoomPainting&);
void paint_bed(RoomPainting&);
void paint_cushions(RoomPainting&, Cushions);
void paint_throw(RoomPainting&, Throw);
void paint_lamps(RoomPainting&, Lamps);
void paint_plant(RoomPainting&, Plant);
/// The colour and slope of the room's light over everything.
void paint_light(RoomPainting&);

/// Parts of the above.
void paint_blanket(RoomPainting&);
void paint_cat(RoomPainting&);

} // namespace lacuna::scenes
