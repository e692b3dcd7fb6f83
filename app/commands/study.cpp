// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <filesystem>
#include <iomanip>
#include <iostream>
#include <memory>
#include <sstream>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/commands/commands.h"
#include "app/commands/console.h"
#include "app/commands/study_sets.h"
#include "engine/core/atomic_file.h"
#include "engine/core/error.h"
#include "engine/study/study_summary.h"

namespace lacuna::cli {

namespace {

using Json = nlohmann::ordered_json;

struct MakeArguments {
    std::string kind{}, name_a = "A", name_b = "B", out{};
    std::vector<std::string> a{}, b{}, targets{};
    StudyOptions options{};
};

struct SummaryArguments {
    std::string folder{};
    std::vector<std::string> answers{};
    SummaryOptions options{};
    bool csv = false;
};

std::size_t count(const StudyPlan& plan, StudyPurpose purpose)
{
    return static_cast<std::size_t>(
        std::count_if(plan.questions.begin(), plan.questions.end(),
                      [&](const auto& question) { return question.purpose == purpose; }));
}

int make(MakeArguments a, bool json)
{
    a.options.kind = study_kind(a.kind);
    std::vector<std::vector<std::string>> paths{a.a};
    if (!a.b.empty())
        paths.push_back(a.b);
    StudySources sources = find_study_sets(paths, a.targets);
    std::vector<StudyMethod> methods;
    for (std::size_t m = 0; m < paths.size(); ++m)
        methods.push_back({m == 0 ? a.name_a : a.name_b, std::move(sources.methods[m])});
    StudyPlan plan = plan_study(std::move(methods), std::move(sources.targets), a.options);
    const std::vector<std::string> problems = write_study(plan, a.out);

    const std::size_t judged = count(plan, StudyPurpose::Judged), sheets = answer_sheets(plan).size();
    if (json) {
        std::cout << Json{{"folder", a.out},
                          {"kind", a.kind},
                          {"judged", judged},
                          {"practice", count(plan, StudyPurpose::Practice)},
                          {"attention", count(plan, StudyPurpose::Attention)},
                          {"sheets", sheets},
                          {"left_out", problems}}
                         .dump(-1, ' ', false, Json::error_handler_t::replace)
                  << "\n";
    } else {
        std::cout << a.out << ": " << judged << " questions on " << sheets
                  << (sheets == 1 ? " answer sheet" : " answer sheets") << ", with "
                  << count(plan, StudyPurpose::Practice) << " for practice and "
                  << count(plan, StudyPurpose::Attention) << " of attention\n"
                  << "Give people questions/, instructions.md and a sheet each. Keep key.json to yourself.\n";
    }
    for (const std::string& problem : problems)
        std::cerr << "lacuna-cli: " << problem << "\n";
    return problems.empty() ? 0 : static_cast<int>(ErrorKind::SomeFailed);
}

std::string percent(double share)
{
    return fixed(100 * share, 1);
}

std::string row(const std::string& label, const Interval& share, const std::string& answers)
{
    const bool known = share.value == share.value; // a method without answers has no share
    std::ostringstream line;
    line << "  " << std::left << std::setw(24) << label << std::right << std::setw(7)
         << (known ? percent(share.value) : "-") << "   "
         << (known ? percent(share.low) + " to " + percent(share.high) : "-") << answers << "\n";
    return line.str();
}

/// One sentence: what the interval of a pair or of a difference allows to say.
std::string verdict(const StudySummary& s)
{
    if (s.kind == StudyKind::Coverage && !s.difference)
        return {};
    const Interval& share = s.difference ? *s.difference : s.shares.front().share;
    const double chance = s.difference ? 0 : 0.5;
    if (share.low > chance || share.high < chance)
        return printable(s.shares[share.low > chance ? 0 : 1].method) + " is ahead: the interval leaves out "
               + (s.difference ? "no difference.\n" : "50 %.\n");
    return std::string("Neither is ahead: the interval holds ")
           + (s.difference ? "no difference.\n" : "50 %.\n");
}

void print(const StudySummary& s)
{
    std::cout << statement(s.kind) << "\n"
              << s.answers << " answers of " << s.persons << (s.persons == 1 ? " person" : " persons")
              << " on " << s.pictures << (s.pictures == 1 ? " picture" : " pictures") << "; " << s.missing
              << " missing\n";
    if (s.attention_answers > 0)
        std::cout << "Questions of attention: " << s.attention_answers - s.attention_wrong << " of "
                  << s.attention_answers << " right\n";
    for (const std::string& person : s.inattentive)
        std::cout << "  " << printable(person) << " missed an obvious question"
                  << (s.dropped.empty() ? "" : " and is not counted") << "\n";
    std::cout << "\n  " << std::left << std::setw(24)
              << (s.kind == StudyKind::Coverage ? "covered" : "preferred") << std::right << std::setw(7)
              << "%"
              << "   95 % interval\n";
    for (const StudyShare& share : s.shares)
        std::cout << row(printable(share.method), share.share,
                         s.kind == StudyKind::Coverage ? "   of " + std::to_string(share.answers) : "");
    if (s.difference)
        std::cout << row("difference", *s.difference, "");
    std::cout << "\n" << verdict(s);
    if (s.persons == 1 || s.pictures == 1)
        std::cout << "With one " << (s.persons == 1 ? "person" : "picture")
                  << " the interval cannot tell how others would differ.\n";
}

int summarise(const SummaryArguments& a, bool json)
{
    const StudyKey key = read_study_key(a.folder);
    std::vector<StudyAnswer> answers;
    for (const std::string& file : a.answers) {
        const auto bytes = read_file(file, 64 << 20);
        const std::vector<StudyAnswer> sheet = read_answers({bytes.begin(), bytes.end()}, file, key);
        answers.insert(answers.end(), sheet.begin(), sheet.end());
    }
    const StudySummary summary = summarise_study(key, answers, a.options);
    if (json)
        std::cout << study_json(summary) << "\n";
    else if (a.csv)
        std::cout << study_csv(summary);
    else
        print(summary);
    return 0;
}

void add_make(CLI::App& study, Chosen& chosen)
{
    auto a = std::make_shared<MakeArguments>();
    CLI::App* command = study.add_subcommand(
        "make", "Prepare a blind test: questions with shuffled pictures, answer sheets and a key");
    command
        ->add_option("--kind", a->kind,
                     "diversity (pairs of sets), coverage (a set and a target) or quality "
                     "(pairs of pictures)")
        ->required()
        ->check(CLI::IsMember({"diversity", "coverage", "quality"}));
    command
        ->add_option("--a", a->a,
                     "Sets of one method: folders written by fill, NAME/images/0_NAME.png ..., or folders of "
                     "such folders")
        ->required();
    command->add_option("--b", a->b,
                        "Sets of the other method; they are paired by their picture and mask, or by "
                        "the names of the folders");
    command->add_option("--targets", a->targets,
                        "Coverage: pictures NAME.png, or sets of which one picture is drawn; otherwise the "
                        "picture that a set was made from");
    command->add_option("--name-a", a->name_a, "What the first method is called in the table")
        ->capture_default_str();
    command->add_option("--name-b", a->name_b, "What the second is called")->capture_default_str();
    command->add_option("--out", a->out, "A new folder for the study")->required();
    command->add_option("--seed", a->options.seed, "Decides orders, sides and draws")->capture_default_str();
    command
        ->add_option("--pictures", a->options.pictures,
                     "Pictures shown of a set; 0: all, but one for quality")
        ->capture_default_str();
    command->add_option("--per-person", a->options.per_person, "Judged questions on one answer sheet; 0: all")
        ->capture_default_str();
    command
        ->add_option("--persons", a->options.persons, "Answer sheets; 0: as many as ask every question once")
        ->capture_default_str();
    command->add_option("--practice", a->options.practice, "Questions at the start whose answers are told")
        ->capture_default_str();
    command
        ->add_option("--attention", a->options.attention, "Questions with an obvious answer among the others")
        ->capture_default_str();
    command->add_flag("--json", chosen.json, "Print one line of JSON");
    command->callback([a, &chosen] { chosen.run = [a, &chosen] { return make(*a, chosen.json); }; });
}

void add_summary(CLI::App& study, Chosen& chosen)
{
    auto a = std::make_shared<SummaryArguments>();
    CLI::App* command =
        study.add_subcommand("run-summary", "Count the answers and tell how certain they are");
    command->add_option("folder", a->folder, "Folder of the study, with its key.json")->required();
    command->add_option("--answers", a->answers, "Answer sheets that came back, CSV")->required();
    command->add_flag("--drop-inattentive", a->options.drop_inattentive,
                      "Do not count persons who missed an obvious question");
    command->add_option("--resamples", a->options.bootstrap.resamples, "Draws of the bootstrap")
        ->check(CLI::Range(100, 1000000))
        ->capture_default_str();
    command->add_option("--seed", a->options.bootstrap.seed, "Decides the draws")->capture_default_str();
    CLI::Option* csv = command->add_flag("--csv", a->csv, "Print CSV: shares of all, by picture, by person");
    command->add_flag("--json", chosen.json, "Print one line of JSON")->excludes(csv);
    command->callback([a, &chosen] { chosen.run = [a, &chosen] { return summarise(*a, chosen.json); }; });
}

} // namespace

void add_study(CLI::App& app, Chosen& chosen)
{
    CLI::App* study =
        app.add_subcommand("study", "Ask people: blind tests of diversity, coverage and quality");
    study->require_subcommand(1);
    add_make(*study, chosen);
    add_summary(*study, chosen);
}

} // namespace lacuna::cli
