// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/error.h"
#include "engine/scenes/worlds/portrait_parts.h"
#include "engine/scenes/worlds/world_list.h"

namespace lacuna::scenes {

namespace {

using namespace portrait;

/// The half of the face to the right of its axis.
float half_face(Point p)
{
    return -p.x;
}

struct NamedMask {
    const char* name;
    float (*distance)(Point);
};
constexpr NamedMask kMasks[] = {{"eyes-small", eyes_small},
                                {"eyes-large", eyes_large},
                                {"mouth-small", mouth_small},
                                {"mouth-large", mouth_large},
                                {"half-face", half_face},
                                {"crown", crown},
                                {"ears", ears},
                                {"hair", around_face}};

class Portraits final : public World {
public:
    Portraits()
    {
        for (const NamedMask& mask : kMasks)
            masks_.emplace_back(mask.name);
    }

    const std::string& name() const override { return name_; }
    const std::string& title() const override { return title_; }
    const std::vector<Attribute>& attributes() const override { return attributes_; }
    const std::vector<std::string>& masks() const override { return masks_; }

    Picture render(std::uint64_t seed, const Attributes& values, int size) const override
    {
        check(values.size() == kParts, "a value for every attribute of a portrait");
        const Look look(seed);
        Painting painting(size, 2);
        Stage stage(painting, look, size);
        paint_backdrop(painting, look);
        paint_hair_behind(stage, values);
        paint_body(stage);
        paint_hair_on_shoulders(stage, values);
        paint_head(stage);
        paint_eyes(stage, values);
        paint_beard(stage, values);
        paint_mouth(stage, values);
        paint_glasses(stage, values);
        paint_hair_in_front(stage, values);
        paint_hat(stage, values);
        paint_earrings(stage, values);
        return painting.develop(0.006f, look.key);
    }

    Mask mask(std::uint64_t seed, const std::string& name, int size) const override
    {
        const Look look(seed);
        for (const NamedMask& mask : kMasks)
            if (name == mask.name)
                return mask_of(size, [&](Point p) { return mask.distance(look.pose.to_face(p)); });
        throw Error(ErrorKind::Usage, printable(name), "The world portraits has no such mask.",
                    "Choose one of the masks that the world lists.");
    }

private:
    std::string name_ = "portraits", title_ = "Portraits";
    std::vector<std::string> masks_{};
    // In the order of portrait::Part, the values in the order of their enumerations.
    std::vector<Attribute> attributes_{
        {"eyes", {{"open", 0.85}, {"closed", 0.12}, {"wink", 0.03}}, "eyes-small"},
        {"glasses", {{"none", 0.88}, {"clear", 0.09}, {"dark", 0.03}}, "eyes-large"},
        {"mouth", {{"neutral", 0.45}, {"smile", 0.35}, {"teeth", 0.17}, {"tongue", 0.03}}, "mouth-small"},
        {"beard", {{"none", 0.70}, {"moustache", 0.12}, {"beard", 0.18}}, "mouth-large"},
        {"hat", {{"none", 0.85}, {"beanie", 0.10}, {"brimmed", 0.05}}, "crown"},
        {"hair", {{"short", 0.40}, {"long", 0.35}, {"bald", 0.10}, {"curly", 0.15}}, "hair"},
        {"earrings", {{"none", 0.80}, {"studs", 0.14}, {"hoops", 0.06}}, "ears"}};
};

} // namespace

const World& portraits()
{
    static const Portraits world;
    return world;
}

} // namespace lacuna::scenes
