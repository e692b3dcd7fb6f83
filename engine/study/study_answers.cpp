// SPDX-License-Identifier: GPL-3.0-or-later
// The key of a study and the answer sheets that come back.
#include <algorithm>
#include <array>
#include <span>

#include <nlohmann/json.hpp>

#include "engine/core/atomic_file.h"
#include "engine/core/error.h"
#include "engine/core/strict_json.h"
#include "engine/study/study_summary.h"

namespace lacuna {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

[[noreturn]] void refuse(const std::string& where, const std::string& cause, const std::string& action)
{
    throw Error(ErrorKind::Input, where, cause, action, "Nothing was counted.");
}

std::string trimmed(const std::string& text)
{
    const auto first = text.find_first_not_of(" \t"), last = text.find_last_not_of(" \t");
    return first == std::string::npos ? std::string() : text.substr(first, last - first + 1);
}

std::string lower(std::string text)
{
    for (char& c : text)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return text;
}

/// Spreadsheets take 007 for the number 7.
std::string question_number(const std::string& text)
{
    const std::size_t digit = text.find_first_not_of('0');
    return digit == std::string::npos ? text : text.substr(digit);
}

std::vector<std::string> lines_of(const std::string& csv, const std::string& file)
{
    std::string text = csv;
    if (text.rfind("\xEF\xBB\xBF", 0) == 0)
        text.erase(0, 3);
    if (text.find('\0') != std::string::npos)
        refuse(file, "is not text in UTF-8", "Save the sheet as CSV in UTF-8");
    std::vector<std::string> lines;
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        std::string line = text.substr(start, end - start);
        if (!line.empty() && line.back() == '\r')
            line.pop_back();
        lines.push_back(std::move(line));
        start = end + 1;
    }
    return lines;
}

/// The fields of one line; "" inside quotes is a quote.
std::vector<std::string> fields_of(const std::string& line, char separator, const std::string& where)
{
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"')
            fields.back() += line[++i];
        else if (c == '"' && (quoted || trimmed(fields.back()).empty()))
            quoted = !quoted;
        else if (c == separator && !quoted)
            fields.emplace_back();
        else
            fields.back() += c;
    }
    if (quoted)
        refuse(where, "has a quote that is not closed", "Close it or take it out");
    for (std::string& field : fields)
        field = trimmed(field);
    return fields;
}

char separator_of(const std::string& header)
{
    const std::array<char, 3> separators{',', ';', '\t'};
    return *std::max_element(separators.begin(), separators.end(), [&](char a, char b) {
        return std::count(header.begin(), header.end(), a) < std::count(header.begin(), header.end(), b);
    });
}

/// The places of `person`, `question` and `answer` among the columns.
std::array<std::size_t, 3> columns_of(const std::vector<std::string>& header, const std::string& file)
{
    std::array<std::size_t, 3> columns{};
    const std::array<std::string, 3> names{"person", "question", "answer"};
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto is_it = [&](const std::string& field) { return lower(field) == names[i]; };
        if (std::count_if(header.begin(), header.end(), is_it) != 1)
            refuse(file, "has not one column called " + names[i] + " in its first line",
                   "Keep the line person,question,answer of the answer sheet");
        columns[i] =
            static_cast<std::size_t>(std::find_if(header.begin(), header.end(), is_it) - header.begin());
    }
    return columns;
}

StudyKeyEntry entry_of(const Json& json, const StudyKey& key)
{
    StudyKeyEntry entry{.picture = json.at("picture").get<std::string>(),
                        .title = json.at("title").get<std::string>()};
    const auto purpose = json.at("purpose").get<std::string>();
    for (const StudyPurpose one : {StudyPurpose::Judged, StudyPurpose::Practice, StudyPurpose::Attention})
        if (purpose == name(one))
            entry.purpose = one;
    const bool judged = entry.purpose == StudyPurpose::Judged;
    if (purpose != name(entry.purpose))
        throw std::invalid_argument("purpose");
    for (const char* side : {"left", "right", "set"})
        if (json.contains(side))
            entry.methods.push_back(json[side].at("method").get<std::string>());
    if (!judged)
        entry.expected = json.at("expected").get<std::string>();
    const std::vector<std::string>& answers = possible_answers(key.kind);
    if (!judged && std::find(answers.begin(), answers.end(), entry.expected) == answers.end())
        throw std::invalid_argument("expected");
    if (entry.methods.size() != (key.kind == StudyKind::Coverage ? 1 : 2))
        throw std::invalid_argument("sides");
    for (const std::string& method : entry.methods)
        if (judged && std::find(key.methods.begin(), key.methods.end(), method) == key.methods.end())
            throw std::invalid_argument("method");
    if (judged && entry.methods.size() == 2 && entry.methods[0] == entry.methods[1])
        throw std::invalid_argument("sides");
    return entry;
}

} // namespace

StudyKey read_study_key(const fs::path& folder)
{
    const std::string file = (folder / "key.json").string();
    const auto bytes = read_file(file, 64 << 20);
    const StrictJson parsed = parse_strict_json({bytes.begin(), bytes.end()});
    const Error damaged(ErrorKind::Input, file, "is not the key of a study that Lacuna made",
                        "Use the folder made by 'lacuna-cli study make', with its key.json as it was",
                        "Nothing was counted.");
    if (parsed.value.is_discarded() || parsed.too_deep || !parsed.twice.empty())
        throw damaged;
    StudyKey key;
    try {
        const Json& json = parsed.value;
        if (json.at("schema").get<int>() != 1)
            throw damaged;
        key.kind = study_kind(json.at("kind").get<std::string>());
        key.methods = json.at("methods").get<std::vector<std::string>>();
        key.judged_on_a_sheet = json.at("judged_on_a_sheet").get<std::size_t>();
        for (const Json& question : json.at("questions"))
            key.questions[question.at("id").get<std::string>()] = entry_of(question, key);
    } catch (const std::exception&) {
        throw damaged;
    }
    if (key.methods.size() != 2 && (key.kind != StudyKind::Coverage || key.methods.size() != 1))
        throw damaged;
    return key;
}

std::vector<StudyAnswer> read_answers(const std::string& csv, const std::string& file, const StudyKey& key)
{
    const std::vector<std::string> lines = lines_of(csv, file);
    if (lines.empty())
        refuse(file, "is empty", "Give an answer sheet of this study");
    const char separator = separator_of(lines.front());
    const std::vector<std::string> header = fields_of(lines.front(), separator, file);
    const std::array<std::size_t, 3> columns = columns_of(header, file);
    std::map<std::string, std::string> ids; // by number
    for (const auto& [id, entry] : key.questions)
        ids[question_number(id)] = id;
    const std::vector<std::string>& possible = possible_answers(key.kind);
    const std::string choice = possible[0] + " or " + possible[1];

    std::vector<StudyAnswer> answers;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        const std::string where = file + ", line " + std::to_string(i + 1);
        const std::vector<std::string> fields = fields_of(lines[i], separator, where);
        if (std::all_of(fields.begin(), fields.end(), [](const auto& field) { return field.empty(); }))
            continue;
        if (fields.size() != header.size())
            refuse(where,
                   "has " + std::to_string(fields.size()) + " fields and the first line "
                       + std::to_string(header.size()),
                   "Put text that has a separator in quotes");
        const std::string &person = fields[columns[0]], question = question_number(fields[columns[1]]);
        const std::string answer = lower(fields[columns[2]]);
        if (!ids.contains(question))
            refuse(where, "answers question '" + fields[columns[1]] + "', which this study does not have",
                   "Give the answers of this study");
        if (!answer.empty() && std::find(possible.begin(), possible.end(), answer) == possible.end())
            refuse(where, "has the answer '" + fields[columns[2]] + "'", "Answer " + choice);
        answers.push_back({.person = person.empty() ? fs::path(file).stem().string() : person,
                           .question = ids[question],
                           .answer = answer,
                           .where = where});
    }
    return answers;
}

} // namespace lacuna
