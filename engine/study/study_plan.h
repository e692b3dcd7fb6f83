// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

/// Blind user studies of sets of completions, as in section 4.1 of Cohen et al. 2024, "From Posterior Sampling to
/// Meaningful Diversity in Image Restoration".
namespace lacuna {

enum class StudyKind {
    Diversity, ///< paired: which of two sets has the more different pictures?
    Coverage,  ///< unpaired: does a set have a picture that is very similar to a target?
    Quality    ///< paired: which of two pictures looks better?
};

std::string name(StudyKind); ///< "diversity", "coverage" or "quality"
/// Throws Error{Usage} for another name.
StudyKind study_kind(const std::string& name);
/// What a person is asked.
std::string statement(StudyKind);
/// What a person may answer: left and right, or yes and no.
const std::vector<std::string>& possible_answers(StudyKind);

/// Pictures that belong to one picture: completions by one method, or candidates for its target.
struct StudySet {
    std::string picture{}; ///< what it belongs to; sets with equal names are compared
    std::string photo{};   ///< what that was made from: equal for one photo with several masks
    std::string title{};   ///< how people call the picture
    std::vector<std::filesystem::path> files{};
};

struct StudyMethod {
    std::string name{};
    std::vector<StudySet> sets{};
};

struct StudyOptions {
    StudyKind kind = StudyKind::Diversity;
    std::uint64_t seed = 0;
    int pictures = 0; ///< of a set that are shown, drawn from it; 0: one for quality, otherwise the whole set
    int per_person = 0; ///< judged questions on one answer sheet; 0: all
    int persons = 0;    ///< answer sheets; 0: as many as ask every question once
    int practice = 2;   ///< questions at the start whose answers the instructions tell
    int attention = 2;  ///< questions with an obvious answer among the others
};

/// What one side of a question shows.
struct StudySide {
    std::string method{};                       ///< empty where the side is made for practice or attention
    std::vector<std::filesystem::path> files{}; ///< in the order in which they are shown
    bool spoiled = false;                       ///< shown as coarse blocks
};

enum class StudyPurpose { Judged, Practice, Attention };
std::string name(StudyPurpose); ///< "judged", "practice" or "attention"

struct StudyQuestion {
    std::string id{}; ///< "001" ..., the folder of its pictures
    StudyPurpose purpose = StudyPurpose::Judged;
    std::string picture{};          ///< StudySet::picture
    std::string title{};            ///< StudySet::title
    std::vector<StudySide> sides{}; ///< left and right; one for coverage
    std::string expected{};         ///< the right answer of practice and attention questions
    /// Coverage: candidates in drawn order. The first that is in no set of its picture is shown; for practice and
    /// attention there is one, which is shown.
    std::vector<std::filesystem::path> targets{};
};

struct StudyPlan {
    StudyOptions options{};
    std::vector<std::string> methods{};     ///< the first is the one whose share is told for pairs
    std::vector<StudyQuestion> questions{}; ///< in order of their ids, practice first
};

/// Two methods for diversity and quality, one or two for coverage, which also needs `targets` for every picture.
/// Orders, sides and draws depend on the seed and the names of pictures and files, not on the order of the sets.
/// Each method is on the left as often as on the right, give or take one. Throws Error{Usage or Input}: a picture
/// without its counterpart or target, two sets of one picture, sets of different sizes, too few or too many pictures.
StudyPlan plan_study(std::vector<StudyMethod> methods, std::vector<StudySet> targets, const StudyOptions&);

/// The ids of questions on every answer sheet: practice first, then the judged ones and those of attention in an
/// order of its own. With `per_person` every judged question is on as many sheets as any other, give or take one.
std::vector<std::vector<std::string>> answer_sheets(const StudyPlan&);

/// Writes questions/NNN/ with left-1.png, right-1.png ... (coverage: set-1.png ..., target.png) without any text
/// chunk and with the samples of the originals, instructions.md, answers.csv (answers-01.csv ... for several sheets),
/// and last key.json. A question with a picture that cannot be read, or that has another size than its mates, is left
/// out of `plan` and of the study; the sentences returned tell which. Throws Error{Output} if the folder is not
/// empty or cannot be written, and Error{Input} if no question is left.
std::vector<std::string> write_study(StudyPlan& plan, const std::filesystem::path& folder);

} // namespace lacuna
