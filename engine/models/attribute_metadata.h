// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/scenes/worlds/world.h"

namespace lacuna {

/// An attribute that a network tells, with the names of its values.
struct AttributeGroup {
    std::string name{};
    std::vector<std::string> values{};

    bool operator==(const AttributeGroup&) const = default;
};

/// The attributes of a world as a network has to know them.
std::vector<AttributeGroup> groups_of(const std::vector<scenes::Attribute>&);

/// What the outputs of an attribute network mean: one for each value, group after group.
struct AttributeMetadata {
    std::string world{};
    std::vector<AttributeGroup> groups{};

    std::size_t value_count() const;
};

/// Name of the metadata entry in which the file of an attribute network keeps them:
/// {"world": name, "attributes": [{"name": ..., "values": [...]}, ...]}.
inline constexpr const char* attributes_entry = "lacuna.attributes";

std::string to_json(const AttributeMetadata&);
/// What the metadata of a file hold, if they do. Throws Error{Input} naming `file` when it is damaged.
std::optional<AttributeMetadata> stored_attributes(const std::map<std::string, std::string>& metadata,
                                                   const std::string& file);

} // namespace lacuna
