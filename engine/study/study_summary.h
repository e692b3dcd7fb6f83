// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/evaluation/bootstrap.h"
#include "engine/study/study_plan.h"

namespace lacuna {

/// What of a question key.json tells that its folder does not.
struct StudyKeyEntry {
    StudyPurpose purpose = StudyPurpose::Judged;
    std::string picture{}, title{};
    std::vector<std::string> methods{}; ///< of the left and the right side, or of the set
    std::string expected{};             ///< of practice and attention questions
};

struct StudyKey {
    StudyKind kind = StudyKind::Diversity;
    std::vector<std::string> methods{};
    std::size_t judged_on_a_sheet = 0;
    std::map<std::string, StudyKeyEntry> questions{}; ///< by id
};

/// Reads key.json of a study's folder. Throws Error{Input}.
StudyKey read_study_key(const std::filesystem::path& folder);

struct StudyAnswer {
    std::string person{}, question{};
    std::string answer{}; ///< one of possible_answers(), or empty: not answered
    std::string where{};  ///< file and line, for sentences
};

/// The answers of one sheet: CSV in UTF-8 with or without its mark, lines ended by LF or CRLF, fields separated by
/// comma, semicolon or tab, quoted where needed. The header names `person`, `question` and `answer` among any others.
/// Zeros before a question's number may be lost. A row without a person belongs to the person that the file is named
/// after. Throws Error{Input} with the line: no such column, a row that is too
/// short or too long, a quote that is not closed, an unknown question or answer.
std::vector<StudyAnswer> read_answers(const std::string& csv, const std::string& file, const StudyKey&);

/// A share of answers, 0 to 1, with its interval.
struct StudyShare {
    std::string method{}; ///< preferred, or whose sets cover the target
    std::size_t answers = 0;
    Interval share{};
};

/// The answers of one person, or about one picture. The share is the first method's for pairs, and that of "yes" for
/// coverage, where pictures have one part for each method.
struct StudyPart {
    std::string name{}, method{};
    std::size_t answers = 0;
    double share = 0;
};

struct StudySummary {
    StudyKind kind = StudyKind::Diversity;
    std::size_t persons = 0, pictures = 0; ///< with an answer that counts
    std::size_t answers = 0;               ///< to judged questions, of the persons counted
    std::size_t missing = 0; ///< judged questions on the sheets of all persons without an answer
    std::size_t attention_wrong = 0, attention_answers = 0;
    std::vector<std::string> inattentive{}; ///< persons with a wrong answer to a question of attention
    std::vector<std::string> dropped{};     ///< those of them who are not counted
    std::vector<StudyShare> shares{};       ///< one for each method
    std::optional<Interval> difference{};   ///< coverage of two methods: the first's share minus the second's
    std::vector<StudyPart> by_person{}, by_picture{};
};

struct SummaryOptions {
    BootstrapOptions bootstrap{};
    bool drop_inattentive = false;
};

/// Shares of all judged answers. Intervals are percentiles of a bootstrap on two levels (Owen 2007, "The pigeonhole
/// bootstrap"): persons and pictures are drawn with replacement, each on their own; an answer weighs the product of
/// how often its person and its picture were drawn. Throws Error{Input}: a question answered twice by one person, or
/// nothing answered.
StudySummary summarise_study(const StudyKey&, const std::vector<StudyAnswer>&, const SummaryOptions& = {});

/// The summary as JSON in one line, and as CSV with one line for each share: of all, by picture, by person.
std::string study_json(const StudySummary&);
std::string study_csv(const StudySummary&);

} // namespace lacuna
