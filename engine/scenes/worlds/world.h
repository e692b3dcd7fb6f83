// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/core/picture.h"

namespace lacuna::scenes {

struct AttributeValue {
    std::string name;       ///< such as "dark"
    double probability = 0; ///< declared; those of an attribute sum to 1
};

/// A property of a scene with a few values. It is drawn independently of the seed's nuisance (pose, light, colours,
/// texture) and of the other attributes, so that its posterior given the pixels outside `mask` is the declared prior.
struct Attribute {
    std::string name; ///< such as "glasses"
    std::vector<AttributeValue> values{};
    std::string mask; ///< the smallest named mask that covers every pixel which this attribute can change
};

/// The value of every attribute of a scene, in the order of the world's list.
using Attributes = std::vector<int>;

/// A rendered world: pictures as a function of a seed and of the attributes. Stateless; all functions may be called
/// from several threads.
class World {
public:
    virtual ~World() = default;

    virtual const std::string& name() const = 0;  ///< such as "portraits"
    virtual const std::string& title() const = 0; ///< for people
    virtual const std::vector<Attribute>& attributes() const = 0;
    virtual const std::vector<std::string>& masks() const = 0; ///< names, such as "eyes-large"

    /// size x size pixels, 8-bit RGB, size in [32, 512]; the same bytes on every run. The seed decides everything but
    /// the attributes, and two pictures that differ in one attribute only differ inside its mask only.
    virtual Picture render(std::uint64_t seed, const Attributes&, int size) const = 0;
    /// A hole of this name for the scene `seed`: it depends on the nuisance, never on the attributes.
    virtual Mask mask(std::uint64_t seed, const std::string& name, int size) const = 0;

    /// The attributes of scene `seed`, drawn with the declared probabilities.
    Attributes draw(std::uint64_t seed) const;
    /// Position of an attribute in the list; throws Error{Usage} naming those there are.
    int attribute_index(const std::string& name) const;
};

/// The names of all worlds in the order they are shown.
std::vector<std::string> world_names();
/// Throws Error{Usage} naming those there are.
const World& find_world(const std::string& name);

} // namespace lacuna::scenes
