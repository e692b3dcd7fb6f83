// SPDX-License-Identifier: GPL-3.0-or-later
// Plans of studies and the folders made from them.
#include <QtTest>

#include <set>

#include <nlohmann/json.hpp>

#include "engine/core/atomic_file.h"
#include "engine/core/picture_file.h"
#include "engine/study/study_summary.h"
#include "tests/core/error_of.h"
#include "tests/support/test_pictures.h"

using namespace lacuna;
namespace fs = std::filesystem;

namespace {

/// A picture that no other number has.
Picture numbered(int number, int width = 24, int height = 16)
{
    return make_picture(width, height, 3, 8, [&](std::uint8_t* out) {
        for (int i = 0; i < 3 * width * height; ++i)
            out[i] = static_cast<std::uint8_t>(i * 37 + number * 101 + i * number / 7);
    });
}

StudySet named_set(const std::string& method, const std::string& picture, int count)
{
    StudySet set{.picture = picture, .photo = picture, .title = picture};
    for (int i = 0; i < count; ++i)
        set.files.push_back(fs::path(method) / picture / (std::to_string(i) + ".png"));
    return set;
}

std::vector<StudyMethod> two_methods(int pictures, int count = 5)
{
    std::vector<StudyMethod> methods{{"plain", {}}, {"guided", {}}};
    for (StudyMethod& method : methods)
        for (int p = 0; p < pictures; ++p)
            method.sets.push_back(named_set(method.name, "picture" + std::to_string(p), count));
    return methods;
}

std::vector<StudySet> target_sets(int pictures, int count = 3)
{
    std::vector<StudySet> targets;
    for (int p = 0; p < pictures; ++p)
        targets.push_back(named_set("targets", "picture" + std::to_string(p), count));
    return targets;
}

/// All that a plan decides, as text.
std::string text_of(const StudyPlan& plan)
{
    std::string text;
    for (const StudyQuestion& question : plan.questions) {
        text += question.id + name(question.purpose) + question.picture + question.expected;
        for (const StudySide& side : question.sides) {
            text += "|" + side.method + (side.spoiled ? "!" : "");
            for (const fs::path& file : side.files)
                text += " " + file.string();
        }
        for (const fs::path& file : question.targets)
            text += ">" + file.string();
        text += "\n";
    }
    return text;
}

} // namespace

class TestStudy : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void plansDependOnTheSeedAlone_data();
    void plansDependOnTheSeedAlone();
    void pairsAreBalanced();
    void everySetIsAskedAboutOnce();
    void sheetsShareTheQuestions();
    void refusals_data();
    void refusals();
    void foldersTellNothing_data();
    void foldersTellNothing();
    void targetsAreInNoSet();
    void unreadablePicturesAreLeftOut();
    void foldersAreNotMixed();

private:
    /// The files of the plans above, `count` for each picture of each method and for the targets.
    void write_pictures(const fs::path& root, int pictures, int count) const;
    QTemporaryDir folder_;
};

void TestStudy::write_pictures(const fs::path& root, int pictures, int count) const
{
    int number = 0;
    for (const char* method : {"plain", "guided", "targets"})
        for (int p = 0; p < pictures; ++p)
            for (int i = 0; i < count; ++i) {
                const fs::path folder = root / method / ("picture" + std::to_string(p));
                fs::create_directories(folder);
                write_file(folder / (std::to_string(i) + ".png"),
                           encode_png(numbered(++number), {{"lacuna", method}, {"Software", "Lacuna"}}));
            }
}

void TestStudy::plansDependOnTheSeedAlone_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("diversity") << int(StudyKind::Diversity);
    QTest::newRow("coverage") << int(StudyKind::Coverage);
    QTest::newRow("quality") << int(StudyKind::Quality);
}

void TestStudy::plansDependOnTheSeedAlone()
{
    QFETCH(int, kind);
    const StudyOptions options{.kind = StudyKind(kind), .seed = 7};
    std::vector<StudyMethod> methods = two_methods(10);
    const std::string plan = text_of(plan_study(methods, target_sets(10), options));
    for (StudyMethod& method : methods)
        std::reverse(method.sets.begin(), method.sets.end());
    QCOMPARE(text_of(plan_study(methods, target_sets(10), options)), plan);
    StudyOptions other = options;
    other.seed = 8;
    QVERIFY(text_of(plan_study(methods, target_sets(10), other)) != plan);
}

void TestStudy::pairsAreBalanced()
{
    std::set<std::string> orders;
    int first_of_left = 0;
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        const StudyPlan plan = plan_study(two_methods(11), {}, {.seed = seed});
        int plain_left = 0;
        std::string order;
        for (const StudyQuestion& question : plan.questions)
            if (question.purpose == StudyPurpose::Judged) {
                QVERIFY(question.sides[0].method != question.sides[1].method);
                plain_left += question.sides[0].method == "plain";
                order += question.picture + question.sides[0].method + " ";
                first_of_left += question.sides[0].files.front().filename() == "0.png";
            }
        QVERIFY(plain_left == 5 || plain_left == 6);
        orders.insert(order);
    }
    QCOMPARE(orders.size(), std::size_t(40));
    // 440 sides with five pictures: the first file leads in a fifth of them, sd 8.4.
    QVERIFY2(std::abs(first_of_left - 88) < 34, qPrintable(QString::number(first_of_left)));
}

void TestStudy::everySetIsAskedAboutOnce()
{
    const StudyPlan plan =
        plan_study(two_methods(10), target_sets(10),
                   {.kind = StudyKind::Coverage, .seed = 3, .practice = 3, .attention = 4});
    QCOMPARE(plan.questions.size(), std::size_t(27));
    std::map<std::string, std::vector<fs::path>> targets;
    std::set<std::string> asked;
    int yes = 0, no = 0;
    for (std::size_t i = 0; i < plan.questions.size(); ++i) {
        const StudyQuestion& question = plan.questions[i];
        QCOMPARE(question.id, QString("%1").arg(i + 1, 3, 10, QChar('0')).toStdString());
        QCOMPARE(question.purpose == StudyPurpose::Practice, i < 3);
        QCOMPARE(question.sides.size(), std::size_t(1));
        const std::vector<fs::path>& files = question.sides[0].files;
        QCOMPARE(std::set<fs::path>(files.begin(), files.end()).size(), std::size_t(5));
        if (question.purpose == StudyPurpose::Judged) {
            QVERIFY(asked.insert(question.picture + question.sides[0].method).second);
            const auto [known, first] = targets.emplace(question.picture, question.targets);
            QVERIFY2(first || known->second == question.targets, "both methods are held to the same target");
            QCOMPARE(question.targets.front().parent_path().filename().string(), question.picture);
            continue;
        }
        const bool inside = std::find(files.begin(), files.end(), question.targets[0]) != files.end();
        QCOMPARE(question.expected, std::string(inside ? "yes" : "no"));
        QVERIFY(inside || question.targets[0].parent_path().filename() != question.picture);
        ++(inside ? yes : no);
    }
    QCOMPARE(asked.size(), std::size_t(20));
    QVERIFY(yes >= 3 && no >= 3);
}

void TestStudy::sheetsShareTheQuestions()
{
    const StudyPlan all = plan_study(two_methods(10), {}, {.seed = 2});
    QCOMPARE(answer_sheets(all).size(), std::size_t(1));
    QCOMPARE(answer_sheets(all)[0].size(), std::size_t(14));

    const StudyPlan plan = plan_study(two_methods(10), {}, {.seed = 2, .per_person = 4, .persons = 7});
    const auto sheets = answer_sheets(plan);
    QCOMPARE(sheets.size(), std::size_t(7));
    std::map<std::string, int> asked;
    for (const auto& one : sheets) {
        QCOMPARE(one.size(), std::size_t(8));
        QCOMPARE(one[0], std::string("001"));
        QCOMPARE(one[1], std::string("002"));
        QCOMPARE(std::set<std::string>(one.begin(), one.end()).size(), one.size());
        for (const std::string& id : one)
            ++asked[id];
    }
    for (const StudyQuestion& question : plan.questions)
        if (question.purpose == StudyPurpose::Judged)
            QVERIFY(asked[question.id] == 2 || asked[question.id] == 3); // 28 places for 10 questions
        else
            QCOMPARE(asked[question.id], 7);
    const StudyPlan once = plan_study(two_methods(10), {}, {.seed = 2, .per_person = 4});
    QCOMPARE(answer_sheets(once).size(), std::size_t(3));
}

void TestStudy::refusals_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<QString>("words");
    QTest::newRow("one method") << "one"
                                << "2: --b: is missing";
    QTest::newRow("no targets") << "no targets"
                                << "2: --targets: is missing";
    QTest::newRow("unpaired") << "unpaired"
                              << "3: guided/picture9: belongs to a picture that plain does not have";
    QTest::newRow("unpaired first") << "unpaired first"
                                    << "3: plain/picture9: belongs to";
    QTest::newRow("twice") << "twice"
                           << "again/picture2: belongs to the same picture of plain as plain/picture2";
    QTest::newRow("sizes") << "sizes"
                           << "has 4 pictures and plain/picture0 5";
    QTest::newRow("large") << "large"
                           << "more than a person can compare";
    QTest::newRow("too few") << "too few"
                             << "has 5 pictures. A side shows 6";
    QTest::newRow("single") << "single"
                            << "has 1 pictures. A side shows 2";
    QTest::newRow("one shown") << "one shown"
                               << "2: --pictures 1";
    QTest::newRow("names") << "names"
                           << "is the name of both methods";
    QTest::newRow("missing target") << "missing target"
                                    << "that --targets does not have";
    QTest::newRow("practice") << "practice"
                              << "2: --practice -1";
    QTest::newRow("empty") << "empty"
                           << "3: plain: has 0 sets";
}

void TestStudy::refusals()
{
    QFETCH(QString, change);
    QFETCH(QString, words);
    StudyOptions options;
    std::vector<StudyMethod> methods = two_methods(4);
    std::vector<StudySet> targets = target_sets(4);
    const std::map<QString, std::function<void()>> changes{
        {"one", [&] { methods.pop_back(); }},
        {"no targets", [&] { options.kind = StudyKind::Coverage, targets.clear(); }},
        {"unpaired", [&] { methods[1].sets.push_back(named_set("guided", "picture9", 5)); }},
        {"unpaired first", [&] { methods[0].sets.push_back(named_set("plain", "picture9", 5)); }},
        {"twice", [&] { methods[0].sets.push_back(named_set("again", "picture2", 5)); }},
        {"sizes", [&] { methods[1].sets[2].files.pop_back(); }},
        {"large", [&] { methods = two_methods(4, 100); }},
        {"too few", [&] { options.pictures = 6; }},
        {"single", [&] { methods = two_methods(4, 1); }},
        {"one shown", [&] { options.pictures = 1; }},
        {"names", [&] { methods[1].name = "plain"; }},
        {"missing target", [&] { options.kind = StudyKind::Coverage, targets.pop_back(); }},
        {"practice", [&] { options.practice = -1; }},
        {"empty", [&] { methods[0].sets.clear(); }},
    };
    QCOMPARE(test::error_of([&] { plan_study(methods, targets, options); }), QString());
    changes.at(change)();
    const QString error = test::error_of([&] { plan_study(methods, targets, options); });
    QVERIFY2(error.contains(words), qPrintable(error));
    QVERIFY2(error.contains("No study was written."), qPrintable(error));
}

void TestStudy::foldersTellNothing_data()
{
    plansDependOnTheSeedAlone_data();
}

void TestStudy::foldersTellNothing()
{
    QFETCH(int, kind);
    const fs::path root = folder_.filePath(QTest::currentDataTag()).toStdString(), out = root / "study";
    write_pictures(root, 3, 5);
    std::vector<StudyMethod> methods = two_methods(3);
    std::vector<StudySet> targets = target_sets(3);
    for (StudyMethod& method : methods)
        for (StudySet& set : method.sets)
            for (fs::path& file : set.files)
                file = root / file;
    for (StudySet& set : targets)
        for (fs::path& file : set.files)
            file = root / file;
    StudyPlan plan = plan_study(methods, targets, {.kind = StudyKind(kind), .seed = 5});
    QVERIFY(write_study(plan, out).empty());

    const bool coverage = StudyKind(kind) == StudyKind::Coverage;
    const StudyKey key = read_study_key(out);
    QCOMPARE(key.questions.size(), plan.questions.size());
    QCOMPARE(key.judged_on_a_sheet, std::size_t(coverage ? 6 : 3));
    const std::string sheet_text = [&] {
        const auto bytes = read_file(out / "answers.csv");
        return std::string(bytes.begin(), bytes.end());
    }();
    QCOMPARE(read_answers(sheet_text, "answers.csv", key).size(), plan.questions.size());
    for (const StudyQuestion& question : plan.questions) {
        std::set<std::string> expected, found;
        for (std::size_t s = 0; s < question.sides.size(); ++s)
            for (std::size_t i = 0; i < question.sides[s].files.size(); ++i) {
                const std::string file = std::string(coverage ? "set"
                                                     : s == 0 ? "left"
                                                              : "right")
                                         + "-" + std::to_string(i + 1) + ".png";
                expected.insert(file);
                const auto bytes = read_file(out / "questions" / question.id / file);
                QVERIFY2(read_png_texts(bytes, file).empty(), "text chunks are stripped");
                const bool same = decode_picture(bytes, file) == read_picture(question.sides[s].files[i]);
                QCOMPARE(same, !question.sides[s].spoiled);
            }
        if (coverage)
            expected.insert("target.png");
        for (const auto& entry : fs::directory_iterator(out / "questions" / question.id))
            found.insert(entry.path().filename().string());
        QVERIFY(found == expected);
        const StudyKeyEntry& entry = key.questions.at(question.id);
        QVERIFY(entry.purpose == question.purpose && entry.expected == question.expected);
        if (!coverage)
            QCOMPARE(entry.methods[1], question.sides[1].method);
        if (question.purpose == StudyPurpose::Judged || coverage)
            continue;
        const StudySide& right = question.sides[question.expected == "left" ? 0 : 1];
        const StudySide& wrong = question.sides[question.expected == "left" ? 1 : 0];
        QCOMPARE(std::set<fs::path>(right.files.begin(), right.files.end()).size(), right.files.size());
        QVERIFY(wrong.spoiled || std::set<fs::path>(wrong.files.begin(), wrong.files.end()).size() == 1);
    }
    // Nothing but key.json knows the methods.
    for (const auto& entry : fs::recursive_directory_iterator(out)) {
        if (!entry.is_regular_file() || entry.path().filename() == "key.json")
            continue;
        const auto bytes = read_file(entry.path());
        const std::string text(bytes.begin(), bytes.end());
        for (const char* word : {"plain", "guided", "acuna"})
            QVERIFY2(text.find(word) == std::string::npos, entry.path().c_str());
    }
    const auto bytes = read_file(out / "instructions.md");
    const std::string text(bytes.begin(), bytes.end());
    for (const StudyQuestion& question : plan.questions)
        QCOMPARE(text.find("- " + question.id + ": ") != std::string::npos,
                 question.purpose == StudyPurpose::Practice);
}

void TestStudy::targetsAreInNoSet()
{
    const fs::path root = folder_.filePath("targets").toStdString();
    write_pictures(root, 2, 4);
    std::vector<StudyMethod> methods = two_methods(2, 4);
    std::vector<StudySet> targets = target_sets(2, 1);
    for (StudyMethod& method : methods)
        for (StudySet& set : method.sets)
            for (fs::path& file : set.files)
                file = root / file;
    for (int p = 0; p < 2; ++p) { // a pool of both sets and one more picture
        targets[p].files = {root / targets[p].files[0]};
        for (const StudyMethod& method : methods)
            targets[p].files.insert(targets[p].files.end(), method.sets[p].files.begin(),
                                    method.sets[p].files.end());
    }
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
        StudyPlan plan = plan_study(methods, targets, {.kind = StudyKind::Coverage, .seed = seed});
        QVERIFY(write_study(plan, root / ("study" + std::to_string(seed))).empty());
        for (const StudyQuestion& question : plan.questions)
            if (question.purpose == StudyPurpose::Judged)
                QVERIFY(question.targets
                        == std::vector<fs::path>{root / "targets" / question.picture / "0.png"});
    }
    for (StudySet& set : targets)
        set.files.erase(set.files.begin());
    StudyPlan plan = plan_study(methods, targets, {.kind = StudyKind::Coverage});
    const QString error = test::error_of([&] { write_study(plan, root / "none"); });
    QVERIFY2(error.contains("no target that is not in a set"), qPrintable(error));
}

void TestStudy::unreadablePicturesAreLeftOut()
{
    const fs::path root = folder_.filePath("unreadable").toStdString();
    write_pictures(root, 3, 5);
    write_file(root / "guided/picture1/3.png", std::string("not a picture"));
    write_file(root / "plain/picture2/0.png", encode_png(numbered(5, 30, 16)));
    std::vector<StudyMethod> methods = two_methods(3);
    for (StudyMethod& method : methods)
        for (StudySet& set : method.sets)
            for (fs::path& file : set.files)
                file = root / file;
    StudyPlan plan = plan_study(methods, {}, {.practice = 0, .attention = 0});
    const auto problems = write_study(plan, root / "study");
    QCOMPARE(problems.size(), std::size_t(2));
    const QString both = QString::fromStdString(problems[0] + problems[1]);
    QVERIFY2(both.contains("(picture1) is left out") && both.contains("guided/picture1/3.png"),
             qPrintable(both));
    QVERIFY2(both.contains("(picture2) is left out") && both.contains("another size"), qPrintable(both));
    const StudyKey key = read_study_key(root / "study");
    QCOMPARE(key.questions.size(), std::size_t(1));
    QCOMPARE(key.judged_on_a_sheet, std::size_t(1));
    QCOMPARE(key.questions.begin()->second.title, std::string("picture0"));
    QCOMPARE(std::distance(fs::directory_iterator(root / "study/questions"), fs::directory_iterator()), 1);

    write_file(root / "guided/picture0/0.png", std::string("not a picture"));
    plan = plan_study(methods, {}, {.practice = 0, .attention = 0});
    const QString error = test::error_of([&] { write_study(plan, root / "nothing"); });
    QVERIFY2(error.startsWith("3: ") && error.contains("gets no question"), qPrintable(error));
    QVERIFY(fs::is_empty(root / "nothing"));
}

void TestStudy::foldersAreNotMixed()
{
    const fs::path root = folder_.filePath("mixed").toStdString();
    fs::create_directories(root);
    write_file(root / "notes.txt", std::string("mine"));
    StudyPlan plan = plan_study(two_methods(1), {}, {});
    const QString error = test::error_of([&] { write_study(plan, root); });
    QVERIFY2(error.startsWith("6: ") && error.contains("is not empty"), qPrintable(error));
}

QTEST_APPLESS_MAIN(TestStudy)
#include "tst_study.moc"
