// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/study/study_summary.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <set>

#include <nlohmann/json.hpp>

#include "engine/core/error.h"
#include "engine/core/philox.h"

namespace lacuna {

using Json = nlohmann::ordered_json;

namespace {

constexpr std::uint32_t study_resampling = 0x50494745; // apart from the other streams

/// One answer that counts.
struct Observation {
    std::size_t person = 0, picture = 0;
    std::size_t group = 0; ///< the method whose set was shown; pairs are one group
    double value = 0;      ///< 1: the first method is preferred, or the set covers the target
};

/// Answers of every person by question; later lines may fill in what earlier ones left open.
using Sheets = std::map<std::string, std::map<std::string, StudyAnswer>>;

Sheets sheets_of(const std::vector<StudyAnswer>& answers)
{
    Sheets sheets;
    for (const StudyAnswer& answer : answers) {
        std::map<std::string, StudyAnswer>& sheet = sheets[answer.person];
        if (answer.answer.empty())
            continue;
        const auto [known, first] = sheet.emplace(answer.question, answer);
        if (!first)
            throw Error(ErrorKind::Input, answer.where,
                        "answers question " + answer.question + " for " + answer.person + " again, after "
                            + known->second.where,
                        "Keep one answer of every person to every question", "Nothing was counted.");
    }
    return sheets;
}

std::size_t count_judged(const std::map<std::string, StudyAnswer>& sheet, const StudyKey& key)
{
    return static_cast<std::size_t>(std::count_if(sheet.begin(), sheet.end(), [&](const auto& entry) {
        return key.questions.at(entry.first).purpose == StudyPurpose::Judged;
    }));
}

/// Whether the person missed what is obvious; counts such answers.
bool inattentive(const std::map<std::string, StudyAnswer>& sheet, const StudyKey& key, StudySummary& summary)
{
    bool any = false;
    for (const auto& [id, answer] : sheet) {
        const StudyKeyEntry& entry = key.questions.at(id);
        if (entry.purpose != StudyPurpose::Attention)
            continue;
        const bool wrong = answer.answer != entry.expected;
        summary.attention_wrong += wrong;
        ++summary.attention_answers;
        any = any || wrong;
    }
    return any;
}

Observation observed(const StudyKey& key, const StudyKeyEntry& entry, const std::string& answer)
{
    Observation seen;
    if (key.kind == StudyKind::Coverage) {
        seen.group = entry.methods[0] == key.methods[0] ? 0 : 1;
        seen.value = answer == "yes";
    } else {
        seen.value = entry.methods[answer == "left" ? 0 : 1] == key.methods[0];
    }
    return seen;
}

/// How often each of `count` units is drawn with replacement.
std::vector<double> drawn_weights(std::size_t count, const DrawStream& stream)
{
    std::vector<double> weights(count, 0);
    for (std::size_t i = 0; i < count; ++i)
        weights[static_cast<std::size_t>(uniform(stream, i) * static_cast<double>(count))] += 1;
    return weights;
}

/// The weighted share of each group; not a number where no answer has a weight.
std::vector<double> shares_of(const std::vector<Observation>& seen, std::size_t groups,
                              const std::vector<double>& persons, const std::vector<double>& pictures)
{
    std::vector<double> sum(groups, 0), weight(groups, 0);
    for (const Observation& one : seen) {
        const double w = persons[one.person] * pictures[one.picture];
        sum[one.group] += w * one.value;
        weight[one.group] += w;
    }
    for (std::size_t g = 0; g < groups; ++g)
        sum[g] = weight[g] > 0 ? sum[g] / weight[g] : std::numeric_limits<double>::quiet_NaN();
    return sum;
}

Interval interval_of(double value, std::vector<double> drawn, double confidence)
{
    std::erase_if(drawn, [](double share) { return !std::isfinite(share); });
    if (drawn.empty())
        return {value, value, value};
    std::sort(drawn.begin(), drawn.end());
    const double tail = (1 - confidence) / 2;
    return {value, quantile(drawn, tail), quantile(drawn, 1 - tail)};
}

/// The pigeonhole bootstrap: the share of every group, and the first's minus the last's.
std::vector<Interval> two_level_bootstrap(const std::vector<Observation>& seen, std::size_t groups,
                                          std::size_t persons, std::size_t pictures,
                                          const BootstrapOptions& o)
{
    check(o.resamples > 0 && o.confidence > 0 && o.confidence < 1, "something to draw");
    const auto with_difference = [](std::vector<double> shares) {
        shares.push_back(shares.front() - shares.back());
        return shares;
    };
    const std::vector<double> values = with_difference(
        shares_of(seen, groups, std::vector<double>(persons, 1), std::vector<double>(pictures, 1)));
    std::vector<std::vector<double>> drawn(values.size());
    for (int b = 0; b < o.resamples; ++b) {
        const auto step = static_cast<std::uint32_t>(b);
        // Persons and pictures are drawn, each on their own.
        const std::vector<double> person = drawn_weights(persons, {o.seed, 0, step, study_resampling});
        const std::vector<double> picture = drawn_weights(pictures, {o.seed, 1, step, study_resampling});
        const std::vector<double> again = with_difference(shares_of(seen, groups, person, picture));
        for (std::size_t i = 0; i < again.size(); ++i)
            drawn[i].push_back(again[i]);
    }
    std::vector<Interval> intervals;
    for (std::size_t i = 0; i < values.size(); ++i)
        intervals.push_back(interval_of(values[i], std::move(drawn[i]), o.confidence));
    return intervals;
}

/// Answers of one unit and group, in order of the units.
std::vector<StudyPart> parts_of(const std::vector<Observation>& seen, const StudyKey& key,
                                std::size_t Observation::*unit, const std::vector<std::string>& names)
{
    std::map<std::pair<std::size_t, std::size_t>, StudyPart> parts;
    for (const Observation& one : seen) {
        StudyPart& part = parts[{one.*unit, one.group}];
        part.name = names[one.*unit];
        part.method = key.methods[one.group];
        ++part.answers;
        part.share += one.value;
    }
    std::vector<StudyPart> list;
    for (auto& [place, part] : parts) {
        part.share /= static_cast<double>(part.answers);
        list.push_back(std::move(part));
    }
    return list;
}

std::string decimals(double value)
{
    if (!std::isfinite(value))
        return {};
    std::array<char, 32> digits{};
    const auto end =
        std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed, 4);
    return {digits.data(), end.ptr};
}

std::string quoted(const std::string& text)
{
    std::string field = "\"";
    for (const char c : text)
        field += c == '"' ? std::string("\"\"") : std::string(1, c);
    return field + "\"";
}

Json to_json(const Interval& interval)
{
    return {{"share", interval.value}, {"low", interval.low}, {"high", interval.high}};
}

Json to_json(const std::vector<StudyPart>& parts)
{
    Json list = Json::array();
    for (const StudyPart& part : parts)
        list.push_back(
            {{"name", part.name}, {"method", part.method}, {"answers", part.answers}, {"share", part.share}});
    return list;
}

} // namespace

StudySummary summarise_study(const StudyKey& key, const std::vector<StudyAnswer>& answers,
                             const SummaryOptions& options)
{
    const Sheets sheets = sheets_of(answers);
    StudySummary summary{.kind = key.kind};
    std::vector<Observation> seen;
    std::vector<std::string> persons, titles;
    std::map<std::string, std::size_t> pictures; // StudyKeyEntry::picture -> its place in `titles`
    for (const auto& [person, sheet] : sheets) {
        const std::size_t judged = count_judged(sheet, key);
        summary.missing += key.judged_on_a_sheet - std::min(key.judged_on_a_sheet, judged);
        if (inattentive(sheet, key, summary)) {
            summary.inattentive.push_back(person);
            if (options.drop_inattentive) {
                summary.dropped.push_back(person);
                continue;
            }
        }
        if (judged == 0)
            continue;
        for (const auto& [id, answer] : sheet) {
            const StudyKeyEntry& entry = key.questions.at(id);
            if (entry.purpose != StudyPurpose::Judged)
                continue;
            Observation one = observed(key, entry, answer.answer);
            one.person = persons.size();
            const auto [place, first] = pictures.emplace(entry.picture, titles.size());
            if (first)
                titles.push_back(entry.title);
            one.picture = place->second;
            seen.push_back(one);
        }
        persons.push_back(person);
    }
    if (seen.empty())
        throw Error(ErrorKind::Input, "--answers", "hold no answer that counts",
                    summary.dropped.empty() ? "Give sheets that are filled in"
                                            : "Every person missed an obvious question; leave "
                                              "--drop-inattentive away to count them",
                    "Nothing was counted.");
    summary.persons = persons.size();
    summary.pictures = titles.size();
    summary.answers = seen.size();
    summary.by_person = parts_of(seen, key, &Observation::person, persons);
    summary.by_picture = parts_of(seen, key, &Observation::picture, titles);

    const bool pairs = key.kind != StudyKind::Coverage;
    const std::size_t groups = pairs ? 1 : key.methods.size();
    const std::vector<Interval> intervals =
        two_level_bootstrap(seen, groups, persons.size(), titles.size(), options.bootstrap);
    for (std::size_t m = 0; m < key.methods.size(); ++m) {
        const Interval& first = intervals.front();
        const bool other_side = pairs && m == 1;
        const auto answered = std::count_if(seen.begin(), seen.end(),
                                            [&](const Observation& one) { return pairs || one.group == m; });
        summary.shares.push_back({key.methods[m], static_cast<std::size_t>(answered),
                                  other_side ? Interval{1 - first.value, 1 - first.high, 1 - first.low}
                                  : pairs    ? first
                                             : intervals[m]});
    }
    if (groups == 2)
        summary.difference = intervals.back();
    return summary;
}

std::string study_json(const StudySummary& s)
{
    Json shares = Json::array();
    for (const StudyShare& share : s.shares) {
        Json entry = {{"method", share.method}, {"answers", share.answers}};
        entry.update(to_json(share.share));
        shares.push_back(std::move(entry));
    }
    Json json = {{"kind", name(s.kind)},
                 {"persons", s.persons},
                 {"pictures", s.pictures},
                 {"answers", s.answers},
                 {"missing", s.missing},
                 {"attention", {{"answers", s.attention_answers}, {"wrong", s.attention_wrong}}},
                 {"inattentive", s.inattentive},
                 {"dropped", s.dropped},
                 {"shares", std::move(shares)}};
    if (s.difference)
        json["difference"] = to_json(*s.difference);
    json["by_picture"] = to_json(s.by_picture);
    json["by_person"] = to_json(s.by_person);
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string study_csv(const StudySummary& s)
{
    std::string csv = "of,name,method,answers,share,low,high\n";
    for (const StudyShare& share : s.shares)
        csv += "all,," + quoted(share.method) + "," + std::to_string(share.answers) + ","
               + decimals(share.share.value) + "," + decimals(share.share.low) + ","
               + decimals(share.share.high) + "\n";
    if (s.difference)
        csv += "difference,,," + std::to_string(s.answers) + "," + decimals(s.difference->value) + ","
               + decimals(s.difference->low) + "," + decimals(s.difference->high) + "\n";
    const auto parts = [&](const std::string& of, const std::vector<StudyPart>& list) {
        for (const StudyPart& part : list)
            csv += of + "," + quoted(part.name) + "," + quoted(part.method) + ","
                   + std::to_string(part.answers) + "," + decimals(part.share) + ",,\n";
    };
    parts("picture", s.by_picture);
    parts("person", s.by_person);
    return csv;
}

} // namespace lacuna
