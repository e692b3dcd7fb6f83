// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/study/study_plan.h"

#include <algorithm>
#include <numeric>

#include "engine/core/error.h"
#include "engine/core/philox.h"

namespace lacuna {

namespace fs = std::filesystem;

namespace {

constexpr std::uint32_t study_draws = 0x53545544; // apart from the streams of the samplers
constexpr int most_shown = 12;                    // pictures of a set that a person can take in
constexpr std::size_t most_pictures = 10000;

/// What a permutation is drawn for; together with a number it names the stream.
enum class Draw : std::uint32_t { Order, Sides, Members, Targets, Sheets, Obvious };

std::vector<std::size_t> permutation(std::size_t count, std::uint64_t seed, Draw draw, std::size_t number = 0)
{
    const DrawStream stream{seed, static_cast<std::uint32_t>(number), static_cast<std::uint32_t>(draw),
                            study_draws};
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t(0));
    for (std::size_t i = count; i > 1; --i) // Fisher and Yates, from the end
        std::swap(order[i - 1], order[static_cast<std::size_t>(uniform(stream, i) * static_cast<double>(i))]);
    return order;
}

template <typename T>
std::vector<T> in_order(const std::vector<T>& values, const std::vector<std::size_t>& order)
{
    std::vector<T> ordered;
    for (const std::size_t i : order)
        ordered.push_back(values[i]);
    return ordered;
}

[[noreturn]] void refuse(const std::string& subject, const std::string& cause, const std::string& action)
{
    throw Error(ErrorKind::Input, subject, cause, action, "No study was written.");
}

/// Where a set lies, for sentences.
std::string place(const StudySet& set)
{
    return set.files.empty() ? set.title : set.files.front().parent_path().string();
}

void sort_sets(std::vector<StudySet>& sets, const std::string& whose)
{
    for (StudySet& set : sets)
        if (set.files.empty())
            refuse(set.title, "has no pictures", "Leave it out");
    std::sort(sets.begin(), sets.end(), [](const auto& a, const auto& b) { return a.picture < b.picture; });
    const auto twice = std::adjacent_find(
        sets.begin(), sets.end(), [](const auto& a, const auto& b) { return a.picture == b.picture; });
    if (twice != sets.end())
        refuse(place(*(twice + 1)), "belongs to the same picture of " + whose + " as " + place(*twice),
               "Give one set for every picture");
}

/// Every set of `some` has its counterpart in `others`, both sorted.
void require_counterparts(const std::vector<StudySet>& some, const std::vector<StudySet>& others,
                          const std::string& whose)
{
    for (const StudySet& set : some)
        if (!std::binary_search(others.begin(), others.end(), set,
                                [](const auto& a, const auto& b) { return a.picture < b.picture; }))
            refuse(place(set), "belongs to a picture that " + whose + " does not have",
                   "Give sets of the same pictures with the same masks");
}

void require_counts(const StudyOptions& o, std::size_t methods, std::size_t targets)
{
    const auto usage = [](const std::string& subject, const std::string& cause, const std::string& action) {
        throw Error(ErrorKind::Usage, subject, cause, action, "No study was written.");
    };
    if (o.kind != StudyKind::Coverage && methods != 2)
        usage("--b", "is missing", "A study of " + name(o.kind) + " compares two methods");
    if (o.kind == StudyKind::Coverage && targets == 0)
        usage("--targets", "is missing", "A study of coverage asks for pictures that a set may cover");
    const auto range = [&](const char* option, int value, int least, int most) {
        if (value < least || value > most)
            usage(option + (" " + std::to_string(value)), "is out of range",
                  "Use " + std::to_string(least) + " to " + std::to_string(most));
    };
    range("--pictures", o.pictures, 0, most_shown);
    range("--per-person", o.per_person, 0, 10000);
    range("--persons", o.persons, 0, 10000);
    range("--practice", o.practice, 0, 100);
    range("--attention", o.attention, 0, 100);
    if (o.kind == StudyKind::Diversity && o.pictures == 1)
        usage("--pictures 1", "leaves nothing to compare in a set", "Use 2 to 12");
}

/// How many pictures a side shows; all sets are looked at.
int shown_pictures(const std::vector<StudyMethod>& methods, const StudyOptions& o)
{
    const StudySet& first = methods.front().sets.front();
    const int least = o.kind == StudyKind::Diversity ? 2 : 1;
    const int asked = o.pictures > 0 ? o.pictures : (o.kind == StudyKind::Quality ? 1 : 0);
    for (const StudyMethod& method : methods)
        for (const StudySet& set : method.sets) {
            const std::string holds = "has " + std::to_string(set.files.size()) + " pictures";
            if (set.files.size() < std::size_t(std::max(asked, least)))
                refuse(place(set), holds, "A side shows " + std::to_string(std::max(asked, least)));
            if (asked == 0 && set.files.size() != first.files.size())
                refuse(place(set), holds + " and " + place(first) + " " + std::to_string(first.files.size()),
                       "Use sets of one size, or --pictures to show as many of each");
            if (asked == 0 && set.files.size() > most_shown)
                refuse(place(set), holds + ", more than a person can compare",
                       "Say with --pictures how many of them are shown");
        }
    return asked > 0 ? asked : static_cast<int>(first.files.size());
}

/// Makes the questions of a study, picture by picture.
class Planner {
public:
    Planner(const std::vector<StudyMethod>& methods, const std::vector<StudySet>& targets,
            const StudyOptions& o)
        : methods_(methods),
          targets_(targets),
          options_(o),
          shown_(shown_pictures(methods, o))
    {
    }

    std::vector<StudyQuestion> judged() const
    {
        const std::size_t pictures = methods_.front().sets.size();
        const std::vector<std::size_t> swaps = permutation(pictures, options_.seed, Draw::Sides);
        std::vector<StudyQuestion> questions;
        for (std::size_t i = 0; i < pictures; ++i) {
            std::vector<StudySide> sides;
            for (std::size_t m = 0; m < methods_.size(); ++m)
                sides.push_back(side(m, i));
            StudyQuestion question = about(i, StudyPurpose::Judged);
            if (options_.kind == StudyKind::Coverage) {
                question.targets = in_order(targets_[i].files, permutation(targets_[i].files.size(),
                                                                           options_.seed, Draw::Targets, i));
                for (StudySide& one : sides) {
                    question.sides = {std::move(one)};
                    questions.push_back(question);
                }
            } else {
                if (swaps[i] % 2 == 1) // odd numbers are half of a permutation
                    std::swap(sides[0], sides[1]);
                question.sides = std::move(sides);
                questions.push_back(std::move(question));
            }
        }
        return questions;
    }

    /// Question `number` of those with an obvious answer; the answers alternate in a drawn order.
    StudyQuestion obvious(std::size_t number, StudyPurpose purpose) const
    {
        const std::size_t pictures = methods_.front().sets.size();
        const std::size_t i = permutation(pictures, options_.seed, Draw::Obvious)[number % pictures];
        const bool first = permutation(2, options_.seed, Draw::Obvious, 1 + number / 2)[number % 2] == 0;
        StudyQuestion question = about(i, purpose);
        StudySide good = side(number % methods_.size(), i);
        good.method.clear();
        if (options_.kind == StudyKind::Coverage) {
            const std::size_t other = of_another_photo(i); // its target is nowhere in the set
            const bool yes = first || other == i;
            question.targets = {yes ? good.files.back() : targets_[other].files.front()};
            question.expected = yes ? "yes" : "no";
            question.sides = {std::move(good)};
            return question;
        }
        StudySide poor = good; // the same picture again and again, or a spoiled one
        if (options_.kind == StudyKind::Diversity)
            poor.files.assign(good.files.size(), good.files.front());
        else
            poor.spoiled = true;
        question.expected = first ? "left" : "right";
        question.sides = {first ? good : poor, first ? poor : good};
        return question;
    }

private:
    StudyQuestion about(std::size_t picture, StudyPurpose purpose) const
    {
        const StudySet& set = methods_.front().sets[picture];
        return {.purpose = purpose, .picture = set.picture, .title = set.title};
    }

    /// The next picture of another photo; the picture itself if there is none.
    std::size_t of_another_photo(std::size_t picture) const
    {
        const std::vector<StudySet>& sets = methods_.front().sets;
        for (std::size_t step = 1; step < sets.size(); ++step)
            if (const std::size_t i = (picture + step) % sets.size(); sets[i].photo != sets[picture].photo)
                return i;
        return picture;
    }

    StudySide side(std::size_t method, std::size_t picture) const
    {
        const std::vector<fs::path>& files = methods_[method].sets[picture].files;
        StudySide side{.method = methods_[method].name};
        side.files = in_order(
            files, permutation(files.size(), options_.seed, Draw::Members, method * most_pictures + picture));
        side.files.resize(static_cast<std::size_t>(shown_));
        return side;
    }

    const std::vector<StudyMethod>& methods_;
    const std::vector<StudySet>& targets_;
    const StudyOptions& options_;
    int shown_;
};

std::string question_id(std::size_t number)
{
    const std::string digits = std::to_string(number);
    return std::string(digits.size() < 3 ? 3 - digits.size() : 0, '0') + digits;
}

} // namespace

std::string name(StudyKind kind)
{
    return kind == StudyKind::Diversity ? "diversity" : kind == StudyKind::Coverage ? "coverage" : "quality";
}

std::string name(StudyPurpose purpose)
{
    return purpose == StudyPurpose::Judged     ? "judged"
           : purpose == StudyPurpose::Practice ? "practice"
                                               : "attention";
}

StudyKind study_kind(const std::string& text)
{
    for (const StudyKind kind : {StudyKind::Diversity, StudyKind::Coverage, StudyKind::Quality})
        if (text == name(kind))
            return kind;
    throw Error(ErrorKind::Usage, "--kind " + text, "is no kind of study",
                "Use diversity, coverage or quality", "No study was written.");
}

std::string statement(StudyKind kind)
{
    if (kind == StudyKind::Diversity)
        return "Which of the two sets has the more different pictures? Look for differences in what the "
               "pictures "
               "show, not in small details.";
    if (kind == StudyKind::Coverage)
        return "Is at least one picture of the set very similar to the target?";
    return "Which of the two pictures looks better: more natural, with fewer faults?";
}

const std::vector<std::string>& possible_answers(StudyKind kind)
{
    static const std::vector<std::string> sides{"left", "right"}, truths{"yes", "no"};
    return kind == StudyKind::Coverage ? truths : sides;
}

StudyPlan plan_study(std::vector<StudyMethod> methods, std::vector<StudySet> targets,
                     const StudyOptions& options)
{
    require_counts(options, methods.size(), targets.size());
    for (StudyMethod& method : methods) {
        if (method.sets.empty() || method.sets.size() > most_pictures)
            refuse(method.name, "has " + std::to_string(method.sets.size()) + " sets",
                   "Give 1 to 10000 sets");
        sort_sets(method.sets, method.name);
    }
    if (methods.size() == 2) {
        if (methods[0].name == methods[1].name)
            throw Error(ErrorKind::Usage, methods[0].name, "is the name of both methods",
                        "Name them with --name-a and --name-b", "No study was written.");
        require_counterparts(methods[0].sets, methods[1].sets, methods[1].name);
        require_counterparts(methods[1].sets, methods[0].sets, methods[0].name);
    }
    if (options.kind == StudyKind::Coverage) {
        sort_sets(targets, "--targets");
        require_counterparts(methods[0].sets, targets, "--targets");
        std::erase_if(targets, [&](const StudySet& target) { // pictures that are not asked for
            return std::none_of(methods[0].sets.begin(), methods[0].sets.end(),
                                [&](const auto& set) { return set.picture == target.picture; });
        });
    }

    StudyPlan plan{.options = options};
    for (const StudyMethod& method : methods)
        plan.methods.push_back(method.name);
    const Planner planner(methods, targets, options);
    std::size_t obvious = 0;
    for (int i = 0; i < options.practice; ++i)
        plan.questions.push_back(planner.obvious(obvious++, StudyPurpose::Practice));
    std::vector<StudyQuestion> others = planner.judged();
    for (int i = 0; i < options.attention; ++i)
        others.push_back(planner.obvious(obvious++, StudyPurpose::Attention));
    for (StudyQuestion& question : in_order(others, permutation(others.size(), options.seed, Draw::Order)))
        plan.questions.push_back(std::move(question));
    for (std::size_t i = 0; i < plan.questions.size(); ++i)
        plan.questions[i].id = question_id(i + 1);
    return plan;
}

std::vector<std::vector<std::string>> answer_sheets(const StudyPlan& plan)
{
    std::vector<std::string> practice, judged, attention;
    for (const StudyQuestion& question : plan.questions)
        (question.purpose == StudyPurpose::Judged     ? judged
         : question.purpose == StudyPurpose::Practice ? practice
                                                      : attention)
            .push_back(question.id);
    check(!judged.empty(), "a study asks something");
    const StudyOptions& o = plan.options;
    const std::size_t each =
        o.per_person > 0 ? std::min(std::size_t(o.per_person), judged.size()) : judged.size();
    const std::size_t count = o.persons > 0 ? std::size_t(o.persons) : (judged.size() + each - 1) / each;
    std::vector<std::vector<std::string>> sheets;
    std::size_t next = 0; // the questions in a circle: no sheet asks one twice
    for (std::size_t s = 0; s < count; ++s) {
        std::vector<std::string> asked = attention;
        for (std::size_t i = 0; i < each; ++i, ++next)
            asked.push_back(judged[next % judged.size()]);
        asked = in_order(asked, permutation(asked.size(), o.seed, Draw::Sheets, s));
        asked.insert(asked.begin(), practice.begin(), practice.end());
        sheets.push_back(std::move(asked));
    }
    return sheets;
}

} // namespace lacuna
