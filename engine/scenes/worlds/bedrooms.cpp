// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/error.h"
#include "engine/scenes/worlds/bedroom_parts.h"
#include "engine/scenes/worlds/world_list.h"

namespace lacuna::scenes {

namespace {

/// Bedrooms seen from the foot of the bed, in one-point perspective.
class Bedrooms : public World {
public:
    const std::string& name() const override { return name_; }
    const std::string& title() const override { return title_; }
    const std::vector<Attribute>& attributes() const override { return attributes_; }
    const std::vector<std::string>& masks() const override { return masks_; }

    Picture render(std::uint64_t seed, const Attributes& values, int size) const override
    {
        check(values.size() == attributes_.size(), "one value for every attribute");
        const Bedroom room(seed);
        Painting painting(size);
        RoomPainting in_room(painting, room);
        paint_shell(in_room);
        paint_window(in_room, Window(values[5]));
        paint_wall_thing(in_room, WallThing(values[1]));
        paint_headboard(in_room);
        paint_tables(in_room);
        paint_bed(in_room);
        paint_cushions(in_room, Cushions(values[2]));
        paint_throw(in_room, Throw(values[3]));
        paint_lamps(in_room, Lamps(values[0]));
        paint_plant(in_room, Plant(values[4]));
        paint_light(in_room);
        return painting.develop(0.006f, room.seed);
    }

    Mask mask(std::uint64_t seed, const std::string& wanted, int size) const override
    {
        const Bedroom room(seed);
        if (wanted == "left-half")
            return mask_of(size, [](Point p) { return p.x - 0.5f; });
        if (wanted == "right-half")
            return mask_of(size, [](Point p) { return 0.5f - p.x; });
        using Region = float (*)(Point);
        Region region = nullptr;
        if (wanted == "above-bed")
            region = above_bed_region;
        else if (wanted == "lamps")
            region = lamps_region;
        else if (wanted == "pillows")
            region = pillows_region;
        else if (wanted == "bed-foot")
            region = bed_foot_region;
        else if (wanted == "corners")
            region = corners_region;
        else if (wanted == "right-wall")
            region = right_wall_region;
        else
            throw Error(
                ErrorKind::Usage, printable(wanted), "Bedrooms have no mask of this name.",
                "Choose one of left-half, right-half, above-bed, lamps, pillows, bed-foot, corners and "
                "right-wall.");
        return mask_of(size, [&](Point p) { return region(room.room_of(p)); });
    }

private:
    std::string name_ = "bedrooms", title_ = "Bedrooms";
    std::vector<Attribute> attributes_{
        {"lamps",
         {{"both-lit", 0.50}, {"both-dark", 0.22}, {"none", 0.18}, {"left-only", 0.05}, {"right-only", 0.05}},
         "lamps"},
        {"wall",
         {{"bare", 0.40}, {"picture", 0.30}, {"two-pictures", 0.15}, {"mirror", 0.10}, {"clock", 0.05}},
         "above-bed"},
        {"cushions", {{"two", 0.60}, {"one", 0.25}, {"many", 0.15}}, "pillows"},
        {"throw", {{"none", 0.70}, {"blanket", 0.25}, {"cat", 0.05}}, "bed-foot"},
        {"plant", {{"none", 0.75}, {"left", 0.12}, {"right", 0.13}}, "corners"},
        {"window", {{"none", 0.45}, {"day", 0.35}, {"night", 0.20}}, "right-wall"}};
    std::vector<std::string> masks_{"left-half", "right-half", "above-bed", "lamps",
                                    "pillows",   "bed-foot",   "corners",   "right-wall"};
};

} // namespace

const World& bedrooms()
{
    static const Bedrooms world;
    return world;
}

} // namespace lacuna::scenes
