// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "engine/core/error.h"
#include "engine/core/strict_json.h"
#include "engine/project/project.h"

/// Sets and their completions as JSON, for project files and journals; for include in .cpp files only.
namespace lacuna {

using Json = nlohmann::ordered_json;

/// Takes values out of JSON; what is missing or has another type throws Error{Input} that names the file. Members
/// that this version does not know are ignored: a newer one may have written them.
class JsonFields {
public:
    JsonFields(const Json& json, std::string file);

    Error damaged(const std::string& cause) const;
    bool has(const char* key) const { return json_.contains(key); }
    const Json& member(const char* key) const;
    const Json& list(const char* key) const;
    JsonFields object(const char* key) const { return {member(key), file_}; }
    std::string text(const char* key) const;
    bool flag(const char* key) const;
    double number(const char* key) const; ///< finite
    int integer(const char* key, int low, int high) const;
    const std::string& file() const { return file_; }

private:
    const Json& json_;
    std::string file_;
};

/// Parses an object of at most 16 MB; a key that occurs twice is refused.
Json parse_object(const std::string& text, const std::string& file);

/// Puts the pixels of a patch somewhere and says where.
using KeepPixels = std::function<std::string(std::size_t patch, const Picture&)>;
Json describe(const Completion&, const KeepPixels&);
/// Fetches them; none where they are lost, which makes the completion one that failed.
using FetchPixels = std::function<std::optional<Picture>(const std::string& where, const Area&)>;
/// `canvas`: what the patches must lie in and look like.
Completion read_completion(const JsonFields&, const Picture& canvas, const FetchPixels&);

/// The figures of a set, without recipe and completions.
Json describe_figures(const CompletionSet&);
void read_figures(const JsonFields&, CompletionSet&);
/// The completions of a set that was made with a pool are its candidates: puts them into the pool that read_figures has
/// prepared. A pool of another number of candidates is given up.
void complete_pool(CompletionSet&);

/// Recipe and figures of a set.
Json describe_set(const CompletionSet&);

Json describe(const Recipe&);
Recipe read_recipe(const JsonFields&, const char* key);

const char* name(Mark); ///< "none", "star", "reject"
Mark parse_mark(const JsonFields&, const char* key);

} // namespace lacuna
