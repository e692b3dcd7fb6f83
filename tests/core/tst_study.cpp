// SPDX-License-Identifier: GPL-3.0-or-later
// Blind studies: what is planned, what the folder tells, what comes back, and how certain the shares are.
#include <QtTest>

#include <set>

#include <nlohmann/json.hpp>

#include "engine/core/atomic_file.h"
#include "engine/core/philox.h"
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

/// A key of one question for each picture, the first method on the left of the odd ones, and one of attention.
StudyKey key_of(StudyKind kind, int pictures)
{
    StudyKey key{.kind = kind, .methods = {"plain", "guided"}};
    const auto id = [](int number) { return QString("%1").arg(number, 3, 10, QChar('0')).toStdString(); };
    int number = 0;
    for (int p = 0; p < pictures; ++p) {
        const std::string picture = "picture" + std::to_string(p);
        std::vector<std::string> methods = key.methods;
        if (p % 2 == 1)
            std::swap(methods[0], methods[1]);
        if (kind == StudyKind::Coverage)
            for (const std::string& method : methods)
                key.questions[id(++number)] = {StudyPurpose::Judged, picture, picture, {method}, ""};
        else
            key.questions[id(++number)] = {StudyPurpose::Judged, picture, picture, methods, ""};
    }
    key.judged_on_a_sheet = std::size_t(number);
    key.questions[id(++number)] = {StudyPurpose::Attention, "picture0", "picture0",
                                   std::vector<std::string>(kind == StudyKind::Coverage ? 1 : 2),
                                   possible_answers(kind)[1]};
    return key;
}

std::vector<StudyAnswer> sheet(const std::string& person, const std::vector<std::string>& answers)
{
    std::vector<StudyAnswer> sheet;
    for (std::size_t i = 0; i < answers.size(); ++i)
        sheet.push_back({person, QString("%1").arg(i + 1, 3, 10, QChar('0')).toStdString(), answers[i],
                         person + ".csv, line " + std::to_string(i + 2)});
    return sheet;
}

std::vector<StudyAnswer> joined(std::initializer_list<std::vector<StudyAnswer>> sheets)
{
    std::vector<StudyAnswer> all;
    for (const auto& one : sheets)
        all.insert(all.end(), one.begin(), one.end());
    return all;
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
    void formsOfCsv_data();
    void formsOfCsv();
    void wrongCsv_data();
    void wrongCsv();
    void damagedKeys();
    void sharesOfPairs();
    void sharesOfCoverage();
    void peopleWhoDoNotLook();
    void wrongAnswers();
    void agreementLeavesNoDoubt();
    void intervalsHoldTheTruth();
    void tables();

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

void TestStudy::formsOfCsv_data()
{
    QTest::addColumn<QByteArray>("csv");
    const QByteArray plain = "person,question,answer\nann,001,left\nann,002,right\n,003,\n";
    QTest::newRow("as written") << plain;
    QTest::newRow("mark of UTF-8") << "\xEF\xBB\xBF" + plain;
    QTest::newRow("CRLF") << QByteArray(plain).replace("\n", "\r\n");
    QTest::newRow("semicolons") << QByteArray(plain).replace(",", ";");
    QTest::newRow("tabs") << QByteArray(plain).replace(",", "\t");
    QTest::newRow("no last end of line") << plain.chopped(1);
    QTest::newRow("lost zeros") << QByteArray(plain).replace("00", "");
    QTest::newRow("capitals and blanks")
        << QByteArray("Person , Question, ANSWER\n ann ,001, Left\nann,002,RIGHT \n,003,\n");
    QTest::newRow("quotes") << QByteArray(
        "\"person\",\"question\",\"answer\"\n\"ann\",\"001\",\"left\"\nann,002,right\n,\"003\",\n");
    QTest::newRow("other columns in another order") << QByteArray(
        "answer,note,question,person\nleft,\"well, \"\"sharp\"\"\",1,ann\nright,,2,ann\n,,3,\n");
    QTest::newRow("empty lines") << QByteArray(
        "person,question,answer\n\nann,1,left\n,,\nann,2,right\n,3,\n\n");
}

void TestStudy::formsOfCsv()
{
    QFETCH(QByteArray, csv);
    const auto answers =
        read_answers(csv.toStdString(), "some/folder/bob.csv", key_of(StudyKind::Diversity, 4));
    QCOMPARE(answers.size(), std::size_t(3));
    const std::vector<std::string> persons{"ann", "ann", "bob"}, given{"left", "right", ""};
    for (std::size_t i = 0; i < 3; ++i) {
        QCOMPARE(answers[i].person, persons[i]);
        QCOMPARE(answers[i].question, "00" + std::to_string(i + 1));
        QCOMPARE(answers[i].answer, given[i]);
    }
}

void TestStudy::wrongCsv_data()
{
    QTest::addColumn<QByteArray>("csv");
    QTest::addColumn<QString>("words");
    const QByteArray head = "person,question,answer\n";
    QTest::newRow("empty") << QByteArray() << "is empty";
    QTest::newRow("only a mark") << QByteArray("\xEF\xBB\xBF") << "is empty";
    QTest::newRow("other columns") << QByteArray("who,what\n1,2\n") << "called person";
    QTest::newRow("a column twice") << QByteArray("person,question,answer,answer\n") << "called answer";
    QTest::newRow("no header") << QByteArray("ann,001,left\n") << "called person";
    QTest::newRow("unknown question") << head + "ann,009,left\n"
                                      << "line 2: answers question '009'";
    QTest::newRow("no number") << head + "ann,,left\n"
                               << "line 2: answers question ''";
    QTest::newRow("zero") << head + "ann,000,left\n"
                          << "question '000'";
    QTest::newRow("unknown answer") << head + "ann,001,left\nann,002,both\n"
                                    << "line 3: has the answer 'both'";
    QTest::newRow("answer of another kind") << head + "ann,001,yes\n"
                                            << "Answer left or right";
    QTest::newRow("short row") << head + "ann,001\n"
                               << "has 2 fields and the first line 3";
    QTest::newRow("long row") << head + "ann,001,left,left\n"
                              << "has 4 fields";
    QTest::newRow("open quote") << head + "ann,001,\"left\n"
                                << "quote that is not closed";
    QTest::newRow("UTF-16") << QByteArray("p\0e\0r\0", 6) << "is not text in UTF-8";
    QTest::newRow("control characters") << head + "ann,\x1b[31m,left\n"
                                        << "question '?[31m'";
}

void TestStudy::wrongCsv()
{
    QFETCH(QByteArray, csv);
    QFETCH(QString, words);
    const QString error =
        test::error_of([&] { read_answers(csv.toStdString(), "ann.csv", key_of(StudyKind::Diversity, 4)); });
    QVERIFY2(error.startsWith("3: ann.csv"), qPrintable(error));
    QVERIFY2(error.contains(words), qPrintable(error));
    QVERIFY2(error.contains("Nothing was counted."), qPrintable(error));
}

void TestStudy::damagedKeys()
{
    const fs::path root = folder_.filePath("keys").toStdString();
    fs::create_directories(root);
    const std::string good =
        R"({"schema":1,"kind":"quality","seed":0,"methods":["a","b"],"judged_on_a_sheet":1,
        "questions":[{"id":"001","purpose":"judged","picture":"p","title":"p","left":{"method":"a","files":[]},
        "right":{"method":"b","files":[]}}]})";
    write_file(root / "key.json", good);
    QCOMPARE(read_study_key(root).questions.size(), std::size_t(1));
    const std::vector<std::pair<std::string, std::string>> changes{{"\"schema\":1", "\"schema\":2"},
                                                                   {"quality", "taste"},
                                                                   {"\"judged\"", "\"judge\""},
                                                                   {"\"a\",\"b\"", "\"a\""},
                                                                   {"\"method\":\"b\"", "\"method\":\"a\""},
                                                                   {"\"method\":\"b\"", "\"method\":\"c\""},
                                                                   {"\"right\"", "\"set\":1,\"right\""},
                                                                   {"\"id\":\"001\"", "\"id\":1"},
                                                                   {"\"seed\":0", "\"kind\":0"},
                                                                   {"]})", "]"},
                                                                   {"\"judged_on_a_sheet\":1,", ""},
                                                                   {"\"judged\"", "\"attention\""}};
    for (const auto& [part, other] : changes) {
        std::string text = good;
        const std::size_t place = text.find(part);
        if (place != std::string::npos)
            text.replace(place, part.size(), other);
        else
            text.pop_back();
        write_file(root / "key.json", text);
        const QString error = test::error_of([&] { read_study_key(root); });
        QVERIFY2(error.contains("is not the key of a study"), (part + " -> " + other).c_str());
    }
}

void TestStudy::sharesOfPairs()
{
    // plain is on the left of 1 and 3 and on the right of 2 and 4; 5 is of attention.
    const StudyKey key = key_of(StudyKind::Diversity, 4);
    const auto summary = summarise_study(
        key, joined({sheet("ann", {"left", "right", "left", "left", "right"}),
                     sheet("bob", {"right", "", "right"}), sheet("eve", {"", "", "", "", ""})}));
    QCOMPARE(summary.persons, std::size_t(2));
    QCOMPARE(summary.pictures, std::size_t(4));
    QCOMPARE(summary.answers, std::size_t(6));
    QCOMPARE(summary.missing, std::size_t(2 + 4));
    QCOMPARE(summary.attention_answers, std::size_t(1));
    QCOMPARE(summary.attention_wrong, std::size_t(0));
    QCOMPARE(summary.shares[0].method, std::string("plain"));
    QCOMPARE(summary.shares[0].share.value, 0.5);
    QCOMPARE(summary.shares[1].share.value, 0.5);
    QCOMPARE(summary.shares[1].share.low, 1 - summary.shares[0].share.high);
    QVERIFY(!summary.difference);
    QCOMPARE(summary.by_person.size(), std::size_t(2));
    QCOMPARE(summary.by_person[0].share, 0.75);
    QCOMPARE(summary.by_person[1].share, 0.0);
    const std::map<std::string, double> by_picture{
        {"picture0", 0.5}, {"picture1", 1.0}, {"picture2", 0.5}, {"picture3", 0.0}};
    for (const StudyPart& part : summary.by_picture)
        QCOMPARE(part.share, by_picture.at(part.name));
}

void TestStudy::sharesOfCoverage()
{
    // plain: questions 1, 4, 5, 8; guided: 2, 3, 6, 7.
    const StudyKey key = key_of(StudyKind::Coverage, 4);
    const auto summary =
        summarise_study(key, joined({sheet("ann", {"no", "yes", "yes", "no", "yes", "yes", "yes", "no"}),
                                     sheet("bob", {"yes", "yes", "no", "no", "no", "yes", "no", "no"})}));
    QCOMPARE(summary.shares[0].answers, std::size_t(8));
    QCOMPARE(summary.shares[0].share.value, 0.25);
    QCOMPARE(summary.shares[1].share.value, 0.75);
    QCOMPARE(summary.difference->value, -0.5);
    QVERIFY(summary.difference->low <= -0.5 && summary.difference->high >= -0.5);
    QCOMPARE(summary.by_picture.size(), std::size_t(8));
    QCOMPARE(summary.missing, std::size_t(0));
}

void TestStudy::peopleWhoDoNotLook()
{
    const StudyKey key = key_of(StudyKind::Quality, 4);
    const auto answers = joined({sheet("ann", {"left", "right", "left", "right", "right"}),
                                 sheet("bob", {"right", "left", "right", "left", "left"})});
    const auto all = summarise_study(key, answers);
    QCOMPARE(all.inattentive, std::vector<std::string>{"bob"});
    QVERIFY(all.dropped.empty());
    QCOMPARE(all.attention_wrong, std::size_t(1));
    QCOMPARE(all.shares[0].share.value, 0.5);
    const auto attentive = summarise_study(key, answers, {.drop_inattentive = true});
    QCOMPARE(attentive.dropped, std::vector<std::string>{"bob"});
    QCOMPARE(attentive.persons, std::size_t(1));
    QCOMPARE(attentive.answers, std::size_t(4));
    QCOMPARE(attentive.shares[0].share.value, 1.0);
    const QString error = test::error_of([&] {
        summarise_study(key, sheet("bob", {"right", "left", "right", "left", "left"}),
                        {.drop_inattentive = true});
    });
    QVERIFY2(error.contains("--drop-inattentive"), qPrintable(error));
}

void TestStudy::wrongAnswers()
{
    const StudyKey key = key_of(StudyKind::Diversity, 4);
    const auto ann = sheet("ann", {"left", "right"});
    const QString twice = test::error_of([&] {
        summarise_study(key, joined({ann, sheet("ann", {"", "right"})}));
    });
    QVERIFY2(twice.contains("line 3: answers question 002 for ann again, after ann.csv, line 3"),
             qPrintable(twice));
    // An open question may be answered later.
    QCOMPARE(summarise_study(key, joined({ann, sheet("ann", {"", "", "left"})})).answers, std::size_t(3));
    for (const auto& nothing :
         {std::vector<StudyAnswer>{}, sheet("ann", {"", ""}), sheet("ann", {"", "", "", "", "left"})})
        QVERIFY(
            test::error_of([&] { summarise_study(key, nothing); }).contains("hold no answer that counts"));
}

void TestStudy::agreementLeavesNoDoubt()
{
    const StudyKey key = key_of(StudyKind::Diversity, 4);
    const std::vector<std::string> plain{"left", "right", "left", "right"};
    const auto summary = summarise_study(key, joined({sheet("ann", plain), sheet("bob", plain)}));
    QCOMPARE(summary.shares[0].share.low, 1.0);
    QCOMPARE(summary.shares[1].share.high, 0.0);
    // One person with an opinion on each picture: only the draw of pictures matters, so that a share of one half of
    // 4 lies between 0 and 1 with 95 %, as the binomial distribution of 4 draws says.
    const auto one = summarise_study(key, sheet("ann", {"left", "right", "right", "left"}));
    QCOMPARE(one.shares[0].share.value, 0.5);
    QCOMPARE(one.shares[0].share.low, 0.0);
    QCOMPARE(one.shares[0].share.high, 1.0);
}

void TestStudy::intervalsHoldTheTruth()
{
    // Persons and pictures have leanings of their own. The interval has to hold the share of the population in about
    // 95 of 100 studies; one that takes answers as independent does so far more seldom.
    constexpr int studies = 200, persons = 15, pictures = 15;
    constexpr double truth = 0.6;
    const StudyKey key = key_of(StudyKind::Diversity, pictures);
    int held = 0, held_by_independence = 0;
    for (std::uint32_t study = 0; study < studies; ++study) {
        const auto draw = [&](std::uint32_t purpose, std::uint64_t i) {
            return uniform({11, 0, study, purpose}, i);
        };
        std::vector<StudyAnswer> answers;
        for (int p = 0; p < persons; ++p) {
            std::vector<std::string> given;
            for (int q = 0; q < pictures; ++q) {
                const double leaning = truth + 0.5 * (draw(0, p) - 0.5) + 0.25 * (draw(1, q) - 0.5);
                const bool plain = draw(2, std::uint64_t(p) * pictures + q) < leaning;
                given.push_back(plain == (q % 2 == 0) ? "left" : "right");
            }
            for (const StudyAnswer& answer : sheet("person" + std::to_string(p), given))
                answers.push_back(answer);
        }
        const auto summary = summarise_study(key, answers, {.bootstrap = {.resamples = 300, .seed = study}});
        held += summary.shares[0].share.contains(truth);
        const double share = summary.shares[0].share.value;
        const auto hits = static_cast<std::size_t>(std::lround(share * persons * pictures));
        held_by_independence += wilson(hits, persons * pictures).contains(truth);
    }
    QVERIFY2(held >= 182, qPrintable(QString::number(held)));
    QVERIFY2(held_by_independence < held, qPrintable(QString::number(held_by_independence)));
}

void TestStudy::tables()
{
    const StudyKey key = key_of(StudyKind::Coverage, 2);
    const auto summary = summarise_study(key, sheet("ann \"a\"", {"yes", "no", "no", "no"}));
    const auto json = nlohmann::json::parse(study_json(summary));
    QCOMPARE(json["kind"].get<std::string>(), std::string("coverage"));
    QCOMPARE(json["shares"][0]["share"].get<double>(), 0.5);
    QCOMPARE(json["difference"]["share"].get<double>(), 0.5);
    QCOMPARE(json["by_person"][0]["name"].get<std::string>(), std::string("ann \"a\""));
    const QStringList lines = QString::fromStdString(study_csv(summary)).split('\n');
    QCOMPARE(lines[0], QString("of,name,method,answers,share,low,high"));
    QCOMPARE(lines[1], QString("all,,\"plain\",2,0.5000,0.0000,1.0000"));
    QCOMPARE(lines[2], QString("all,,\"guided\",2,0.0000,0.0000,0.0000"));
    QCOMPARE(lines[3], QString("difference,,,4,0.5000,0.0000,1.0000"));
    QVERIFY(lines.contains("person,\"ann \"\"a\"\"\",\"plain\",2,0.5000,,"));
    QCOMPARE(lines.last(), QString());
    // The same answers give the same figures; the draws follow the seed.
    QCOMPARE(study_json(summarise_study(key, sheet("ann \"a\"", {"yes", "no", "no", "no"}))),
             study_json(summary));
}

QTEST_APPLESS_MAIN(TestStudy)
#include "tst_study.moc"
