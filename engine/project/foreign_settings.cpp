// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/project/foreign_settings.h"

#include <algorithm>

#include "engine/core/error.h"

namespace lacuna {

namespace {

using Values = std::vector<std::pair<std::string, std::string>>;

constexpr std::size_t most_values = 40, fewest_values = 3, longest_key = 60, longest_line = 20000;

std::string trimmed(const std::string& text)
{
    const auto first = text.find_first_not_of(" \t\r"), last = text.find_last_not_of(" \t\r");
    return first == std::string::npos ? std::string() : text.substr(first, last - first + 1);
}

/// The value that begins at `at`, which then stands behind it and its comma.
std::string take_value(const std::string& line, std::size_t& at)
{
    at = std::min(line.find_first_not_of(' ', at), line.size());
    std::string value;
    if (at < line.size() && line[at] == '"') {
        for (++at; at < line.size() && line[at] != '"'; ++at) {
            const bool escape = line[at] == '\\' && at + 1 < line.size();
            at += escape;
            value += escape && line[at] == 'n' ? ' ' : line[at];
        }
        at = line.find(',', std::min(at, line.size()));
    } else {
        const std::size_t end = line.find(',', at);
        value = line.substr(at, end == std::string::npos ? end : end - at);
        at = end;
    }
    at = at == std::string::npos ? line.size() : at + 1;
    return trimmed(value);
}

const std::string* find(const TextChunks& texts, const char* key)
{
    const auto found =
        std::find_if(texts.begin(), texts.end(), [&](const auto& one) { return one.first == key; });
    return found == texts.end() ? nullptr : &found->second;
}

} // namespace

Values parse_parameters(const std::string& text)
{
    const std::string whole = text.substr(0, text.find_last_not_of("\r\n ") + 1);
    const std::size_t begin = whole.find_last_of('\n');
    const std::string line = begin == std::string::npos ? whole : whole.substr(begin + 1);
    Values values;
    if (line.size() > longest_line)
        return values;
    for (std::size_t at = 0; at < line.size() && values.size() < most_values;) {
        const std::size_t colon = line.find(':', at);
        if (colon == std::string::npos)
            break;
        const std::string key = trimmed(line.substr(at, colon - at));
        if (key.empty() || key.size() > longest_key || key.find(',') != std::string::npos)
            return {}; // a sentence, not a list of settings
        at = colon + 1;
        std::string value = take_value(line, at);
        values.emplace_back(printable(key), printable(value));
    }
    return values.size() < fewest_values ? Values() : values;
}

ForeignSettings find_foreign_settings(const TextChunks& texts)
{
    if (const std::string* parameters = find(texts, "parameters"))
        return {"AUTOMATIC1111 or a similar program", parse_parameters(*parameters)};
    for (const char* key : {"invokeai_metadata", "invokeai_graph", "sd-metadata"})
        if (find(texts, key))
            return {"InvokeAI"};
    if (find(texts, "workflow") || find(texts, "prompt"))
        return {"ComfyUI"};
    return {};
}

} // namespace lacuna
