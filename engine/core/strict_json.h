// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/core/error.h"

/// For include in .cpp files only: nlohmann's header is large.
namespace lacuna {

struct StrictJson {
    nlohmann::ordered_json value{}; ///< discarded where the text is not JSON
    std::string twice{};            ///< a member that an object has twice, of which parsers silently take one
    bool too_deep = false;          ///< nested more than 32 times
};

StrictJson parse_strict_json(const std::string& text);

/// Whether the value is of this type and fits, and then the value: nlohmann's own conversions take 2.7 and true for an
/// integer and cut numbers that do not fit. Numbers with a point are finite; null is an empty optional.
bool read_value(const nlohmann::ordered_json&, std::string&);
bool read_value(const nlohmann::ordered_json&, std::vector<std::string>&);
bool read_value(const nlohmann::ordered_json&, bool&);
bool read_value(const nlohmann::ordered_json&, double&);
bool read_value(const nlohmann::ordered_json&, std::optional<double>&);
bool read_value(const nlohmann::ordered_json&, std::uint64_t&);
bool read_value(const nlohmann::ordered_json&, int&);

/// What is said when a kind of file is not as it should be. {key} stands for a member, {path} for the same with the
/// name of its object before it.
struct JsonWords {
    std::string action{};
    std::string before{}; ///< every cause
    std::string no_object = "it is not a JSON object";
    std::string no_object_inside = "'{path}' is not an object"; ///< for one that is a member itself
    std::string missing = "'{path}' is missing";
    std::string wrong = "'{path}' has a wrong value";
    std::string unknown = "it has an unknown member '{path}'";
};

/// The members of one object of a file, taken one by one; every one that nobody took is refused in the end. All
/// refusals are Error{Input}. The object and the words must outlive this.
class Members {
public:
    using Json = nlohmann::ordered_json;

    /// where: the name of the object in its file; empty for the file itself.
    Members(const Json& object, const JsonWords&, std::string file, std::string where = "");

    Error refusal(const std::string& cause) const;
    Error wrong(const std::string& key) const { return refusal(filled(words_.wrong, key)); }
    std::string path(const std::string& key) const { return where_.empty() ? key : where_ + "." + key; }
    const std::string& file() const { return file_; }

    bool has(const std::string& key) const { return json_.contains(key); }
    /// nullptr where it is missing.
    const Json* find(const std::string& key);
    const Json& take(const std::string& key);
    /// Fills the value; one of another type is refused.
    template <class T> void take(const std::string& key, T& value)
    {
        if (!read_value(take(key), value))
            throw wrong(key);
    }
    template <class T> T get(const std::string& key)
    {
        T value{};
        take(key, value);
        return value;
    }
    /// Members that may be there and are not looked at.
    void forget(const std::set<std::string>& keys) { taken_.insert(keys.begin(), keys.end()); }
    void finish() const;

private:
    std::string filled(std::string words, const std::string& key) const;

    const Json& json_;
    const JsonWords& words_;
    std::string file_, where_;
    std::set<std::string> taken_{};
};

} // namespace lacuna
