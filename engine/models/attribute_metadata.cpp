// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/attribute_metadata.h"

#include "engine/core/error.h"
#include "engine/core/strict_json.h"

namespace lacuna {

std::vector<AttributeGroup> groups_of(const std::vector<scenes::Attribute>& attributes)
{
    std::vector<AttributeGroup> groups;
    for (const scenes::Attribute& attribute : attributes) {
        groups.push_back({.name = attribute.name});
        for (const scenes::AttributeValue& value : attribute.values)
            groups.back().values.push_back(value.name);
    }
    return groups;
}

std::size_t AttributeMetadata::value_count() const
{
    std::size_t count = 0;
    for (const AttributeGroup& group : groups)
        count += group.values.size();
    return count;
}

std::string to_json(const AttributeMetadata& metadata)
{
    using Json = nlohmann::ordered_json;
    Json attributes = Json::array();
    for (const AttributeGroup& group : metadata.groups)
        attributes.push_back({{"name", group.name}, {"values", group.values}});
    return Json{{"world", metadata.world}, {"attributes", attributes}}.dump();
}

std::optional<AttributeMetadata> stored_attributes(const std::map<std::string, std::string>& metadata,
                                                   const std::string& file)
{
    const auto entry = metadata.find(attributes_entry);
    if (entry == metadata.end())
        return {};
    const Error damaged(ErrorKind::Input, file, "has damaged metadata about its attributes",
                        "Use the file of an attribute network");
    const StrictJson parsed = parse_strict_json(entry->second);
    if (parsed.value.is_discarded() || !parsed.twice.empty() || parsed.too_deep)
        throw damaged;
    try {
        AttributeMetadata meaning{.world = parsed.value.at("world").get<std::string>()};
        for (const auto& attribute : parsed.value.at("attributes"))
            meaning.groups.push_back({.name = attribute.at("name").get<std::string>(),
                                      .values = attribute.at("values").get<std::vector<std::string>>()});
        return meaning;
    } catch (const nlohmann::json::exception&) {
        throw damaged;
    }
}

} // namespace lacuna
