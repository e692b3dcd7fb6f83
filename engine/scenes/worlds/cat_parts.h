// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/scenes/worlds/cat_coat.h"

/// The parts of a cat's portrait in the order in which they are painted. What an attribute changes is clipped to the
/// attribute's mask.
namespace lacuna::scenes {

enum class CatEyes { Open, HalfClosed, Odd };
enum class CatMouth { Closed, Tongue, Open };
enum class CatNose { Pink, Dark };
enum class CatCollar { None, Plain, Bell, BowTie };
enum class CatEars { Upright, Folded };

void paint_cat_backdrop(Painting&, const CatLook&);
void paint_cat_chest(Painting&, const CatLook&, const CatCoat&);
void paint_cat_collar(Painting&, const CatLook&, CatCollar);
void paint_cat_head(Painting&, const CatLook&, const CatCoat&);
void paint_cat_ears(Painting&, const CatLook&, const CatCoat&, CatEars);
void paint_cat_eyes(Painting&, const CatLook&, CatEyes);
void paint_cat_muzzle(Painting&, const CatLook&, CatNose, CatMouth);
void paint_cat_whiskers(Painting&, const CatLook&);

} // namespace lacuna::scenes
