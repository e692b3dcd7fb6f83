// SPDX-License-Identifier: GPL-3.0-or-later
// A planned study as a folder: pictures without anything that tells where they come from, and what is to be filled in.
#include <algorithm>
#include <cstring>
#include <set>
#include <system_error>

#include <nlohmann/json.hpp>

#include "engine/core/atomic_file.h"
#include "engine/core/error.h"
#include "engine/core/picture_file.h"
#include "engine/study/study_plan.h"

namespace lacuna {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

/// A mean of each block of 1/12 of the longer side: a picture that is obviously worse.
template <typename Sample> Picture blocks(const Picture& picture)
{
    const int side = std::max(2, std::max(picture.width, picture.height) / 12);
    return make_picture(
        picture.width, picture.height, picture.channels, picture.bits, [&](std::uint8_t* bytes) {
            std::memcpy(bytes, picture.bytes->data(), picture.bytes->size());
            auto* samples = reinterpret_cast<Sample*>(bytes);
            const auto at = [&](int x, int y, int c) -> Sample& {
                return samples[(std::size_t(y) * picture.width + x) * picture.channels + c];
            };
            for (int top = 0; top < picture.height; top += side)
                for (int left = 0; left < picture.width; left += side)
                    for (int c = 0; c < picture.channels; ++c) {
                        const int bottom = std::min(top + side, picture.height);
                        const int right = std::min(left + side, picture.width);
                        std::uint64_t sum = 0;
                        for (int y = top; y < bottom; ++y)
                            for (int x = left; x < right; ++x)
                                sum += at(x, y, c);
                        const auto mean =
                            static_cast<Sample>(sum / (std::uint64_t(bottom - top) * (right - left)));
                        for (int y = top; y < bottom; ++y)
                            for (int x = left; x < right; ++x)
                                at(x, y, c) = mean;
                    }
        });
}

Picture spoiled(const Picture& picture)
{
    return picture.bits == 16 ? blocks<std::uint16_t>(picture) : blocks<std::uint8_t>(picture);
}

void make_folder(const fs::path& folder)
{
    std::error_code error;
    fs::create_directories(folder, error);
    if (error || !fs::is_directory(folder))
        throw Error(ErrorKind::Output, folder.string(), "cannot be made a folder: " + error.message(),
                    "Choose another --out folder");
}

/// The files that the sets of one picture show, in all questions that are judged.
std::vector<fs::path> files_about(const StudyPlan& plan, const std::string& picture)
{
    std::vector<fs::path> files;
    for (const StudyQuestion& question : plan.questions)
        if (question.purpose == StudyPurpose::Judged && question.picture == picture)
            for (const StudySide& side : question.sides)
                files.insert(files.end(), side.files.begin(), side.files.end());
    return files;
}

/// The first candidate that is in none of the sets.
fs::path choose_target(const StudyPlan& plan, const StudyQuestion& question)
{
    if (question.purpose != StudyPurpose::Judged)
        return question.targets.front();
    std::set<std::string> taken;
    for (const fs::path& file : files_about(plan, question.picture))
        taken.insert(content_hash(read_picture(file)));
    for (const fs::path& candidate : question.targets)
        if (!taken.contains(content_hash(read_picture(candidate))))
            return candidate;
    throw Error(ErrorKind::Input, question.title, "has no target that is not in a set",
                "Give --targets more pictures than the sets have");
}

std::string side_name(const StudyQuestion& question, std::size_t side)
{
    return question.sides.size() == 1 ? "set" : side == 0 ? "left" : "right";
}

/// Throws Error{Input} before anything of the question is written if a picture is not as it must be.
void write_question(const StudyPlan& plan, StudyQuestion& question, const fs::path& folder)
{
    std::vector<std::pair<std::string, Picture>> pictures;
    for (std::size_t s = 0; s < question.sides.size(); ++s) {
        const StudySide& side = question.sides[s];
        for (std::size_t i = 0; i < side.files.size(); ++i) {
            const Picture picture = read_picture(side.files[i]);
            const Picture& first = pictures.empty() ? picture : pictures.front().second;
            if (picture.width != first.width || picture.height != first.height)
                throw Error(ErrorKind::Input, side.files[i].string(),
                            "has another size than the picture beside it, which would give it away",
                            "Use completions of one size");
            pictures.emplace_back(side_name(question, s) + "-" + std::to_string(i + 1) + ".png",
                                  side.spoiled ? spoiled(picture) : picture);
        }
    }
    if (!question.targets.empty()) {
        question.targets = {choose_target(plan, question)};
        pictures.emplace_back("target.png", read_picture(question.targets.front()));
    }
    make_folder(folder / question.id);
    for (const auto& [file, picture] : pictures)
        write_file(folder / question.id / file, encode_png(picture));
}

Json key_of(const StudyPlan& plan, std::size_t asked)
{
    Json questions = Json::array();
    for (const StudyQuestion& question : plan.questions) {
        Json entry = {{"id", question.id},
                      {"purpose", name(question.purpose)},
                      {"picture", question.picture},
                      {"title", question.title}};
        for (std::size_t s = 0; s < question.sides.size(); ++s) {
            Json files = Json::array();
            for (const fs::path& file : question.sides[s].files)
                files.push_back(file.string());
            entry[side_name(question, s)] = {{"method", question.sides[s].method},
                                             {"files", std::move(files)}};
        }
        if (!question.targets.empty())
            entry["target"] = question.targets.front().string();
        if (!question.expected.empty())
            entry["expected"] = question.expected;
        questions.push_back(std::move(entry));
    }
    return {{"schema", 1},
            {"kind", name(plan.options.kind)},
            {"seed", plan.options.seed},
            {"methods", plan.methods},
            {"judged_on_a_sheet", asked},
            {"questions", std::move(questions)}};
}

std::string sheet_csv(const std::vector<std::string>& ids)
{
    std::string csv = "person,question,answer\n";
    for (const std::string& id : ids)
        csv += "," + id + ",\n";
    return csv;
}

std::string instructions(const StudyPlan& plan)
{
    const StudyKind kind = plan.options.kind;
    const std::vector<std::string>& answers = possible_answers(kind);
    const std::string shown = kind == StudyKind::Coverage
                                  ? "the pictures of a set, set-1.png and so on, and target.png"
                              : kind == StudyKind::Diversity
                                  ? "two sets of pictures, left-1.png and so on against right-1.png and so on"
                                  : "pictures to compare, left-1.png against right-1.png and so on";
    std::string text =
        "# " + std::string(plan.options.kind == StudyKind::Quality ? "Pictures" : "Sets of pictures")
        + "\n\nEvery folder in questions/ shows " + shown + ".\n\n**" + statement(kind)
        + "**\n\nOpen your answer sheet (answers.csv, or the one with your number) in any "
          "spreadsheet. Answer the questions in the order of the sheet: write `"
        + answers[0] + "` or `" + answers[1]
        + "` in the column \"answer\". If you cannot decide, choose what seems a little more true; "
          "leave the cell empty only if you did not look. Give the sheet back under a name of "
          "its own, such as your initials, or write the name in the column \"person\".\n";
    std::string practice;
    for (const StudyQuestion& question : plan.questions)
        if (question.purpose == StudyPurpose::Practice)
            practice += "- " + question.id + ": " + question.expected + "\n";
    if (!practice.empty())
        text += "\nThe first questions are for practice. Answer them, then compare with what is meant:\n\n"
                + practice;
    return text;
}

} // namespace

std::vector<std::string> write_study(StudyPlan& plan, const fs::path& folder)
{
    make_folder(folder);
    if (!fs::is_empty(folder))
        throw Error(ErrorKind::Output, folder.string(), "is not empty",
                    "Choose another --out folder, so that no study is mixed with another");
    std::vector<std::string> problems;
    const StudyPlan whole = plan;
    std::erase_if(plan.questions, [&](StudyQuestion& question) {
        try {
            write_question(whole, question, folder / "questions");
            return false;
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::Input)
                throw;
            problems.push_back("Question " + question.id + " (" + question.title
                               + ") is left out: " + error.what());
            return true;
        }
    });
    if (std::none_of(plan.questions.begin(), plan.questions.end(),
                     [](const auto& question) { return question.purpose == StudyPurpose::Judged; })) {
        std::error_code ignored;
        fs::remove_all(folder / "questions", ignored);
        throw Error(ErrorKind::Input, folder.string(), "gets no question: " + problems.front(),
                    "Make the pictures again");
    }
    const std::vector<std::vector<std::string>> sheets = answer_sheets(plan);
    for (std::size_t s = 0; s < sheets.size(); ++s) {
        std::string number = std::to_string(s + 1);
        number.insert(0, number.size() < 2 ? 1 : 0, '0');
        write_file(folder / (sheets.size() == 1 ? "answers.csv" : "answers-" + number + ".csv"),
                   sheet_csv(sheets[s]));
    }
    write_file(folder / "instructions.md", instructions(plan));
    const auto listed = [&](const std::string& id) {
        return std::any_of(plan.questions.begin(), plan.questions.end(), [&](const auto& question) {
            return question.id == id && question.purpose == StudyPurpose::Judged;
        });
    };
    const auto asked = static_cast<std::size_t>(std::count_if(sheets[0].begin(), sheets[0].end(), listed));
    write_file(folder / "key.json",
               key_of(plan, asked).dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
    return problems;
}

} // namespace lacuna
