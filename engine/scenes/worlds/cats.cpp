// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/error.h"
#include "engine/scenes/worlds/cat_parts.h"
#include "engine/scenes/worlds/world_list.h"

namespace lacuna::scenes {

namespace {

/// Faces of cats from the front with a bit of chest.
class Cats : public World {
public:
    const std::string& name() const override { return name_; }
    const std::string& title() const override { return title_; }
    const std::vector<Attribute>& attributes() const override { return attributes_; }
    const std::vector<std::string>& masks() const override { return masks_; }
    Picture render(std::uint64_t seed, const Attributes&, int size) const override;
    Mask mask(std::uint64_t seed, const std::string& name, int size) const override;

private:
    std::string name_ = "cats", title_ = "Cats";
    // The order of the values is that of the enumerations in cat_parts.h and cat_coat.h.
    std::vector<Attribute> attributes_{
        {"eyes", {{"open", 0.82}, {"half-closed", 0.15}, {"odd", 0.03}}, "eyes"},
        {"mouth", {{"closed", 0.80}, {"tongue", 0.12}, {"open", 0.08}}, "muzzle"},
        {"nose", {{"pink", 0.6}, {"dark", 0.4}}, "muzzle"},
        {"marking", {{"none", 0.55}, {"blaze", 0.30}, {"patch", 0.15}}, "face"},
        {"collar", {{"none", 0.60}, {"collar", 0.22}, {"bell", 0.15}, {"bow-tie", 0.03}}, "neck"},
        {"ears", {{"upright", 0.86}, {"folded", 0.14}}, "ears"},
    };
    std::vector<std::string> masks_{"face", "half", "eyes", "muzzle", "neck", "ears"};
};

Picture Cats::render(std::uint64_t seed, const Attributes& values, int size) const
{
    check(values.size() == attributes_.size(), "a cat has a value for every attribute");
    const CatLook look = cat_look(seed);
    const CatCoat coat(look, CatMarking(values[3]), size > 64);
    Painting painting(size);
    paint_cat_backdrop(painting, look);
    paint_cat_chest(painting, look, coat);
    paint_cat_collar(painting, look, CatCollar(values[4]));
    paint_cat_head(painting, look, coat);
    paint_cat_ears(painting, look, coat, CatEars(values[5]));
    paint_cat_eyes(painting, look, CatEyes(values[0]));
    paint_cat_muzzle(painting, look, CatNose(values[2]), CatMouth(values[1]));
    paint_cat_whiskers(painting, look);
    return painting.develop(0.005f, look.seed);
}

Mask Cats::mask(std::uint64_t seed, const std::string& name, int size) const
{
    const CatLook look = cat_look(seed);
    const auto mask_with = [&](float (*distance)(Point)) {
        return mask_of(size, [&](Point p) { return distance(look.local(p)); });
    };
    if (name == "face")
        return mask_with(cat_mask::face);
    if (name == "eyes")
        return mask_with(cat_mask::eyes);
    if (name == "muzzle")
        return mask_with(cat_mask::muzzle);
    if (name == "neck")
        return mask_with(cat_mask::neck);
    if (name == "ears")
        return mask_with(cat_mask::ears);
    if (name == "half")
        return mask_with([](Point q) { return -q.x; });
    throw Error(ErrorKind::Usage, printable(name), "The world cats has no such mask.",
                "Choose face, half, eyes, muzzle, neck or ears.");
}

} // namespace

const World& cats()
{
    static const Cats world;
    return world;
}

} // namespace lacuna::scenes
