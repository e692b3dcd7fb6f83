#include "engine/scenes/worlds/world_list.h"
namespace lacuna::scenes { const World& portraits() { return cats(); } }
