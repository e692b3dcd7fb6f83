// SPDX-License-Identifier: GPL-3.0-or-later
// Answers of a study: their forms, who is left out, shares and agreement.
#include <QtTest>

#include <nlohmann/json.hpp>

#include "engine/core/atomic_file.h"
#include "engine/core/philox.h"
#include "engine/study/study_summary.h"
#include "tests/core/error_of.h"
#include "tests/support/test_pictures.h"

using namespace lacuna;
namespace fs = std::filesystem;

namespace {

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

class TestStudyAnswers : public QObject {
    Q_OBJECT

private Q_SLOTS:
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
    QTemporaryDir folder_;
};

void TestStudyAnswers::formsOfCsv_data()
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

void TestStudyAnswers::formsOfCsv()
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

void TestStudyAnswers::wrongCsv_data()
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

void TestStudyAnswers::wrongCsv()
{
    QFETCH(QByteArray, csv);
    QFETCH(QString, words);
    const QString error =
        test::error_of([&] { read_answers(csv.toStdString(), "ann.csv", key_of(StudyKind::Diversity, 4)); });
    QVERIFY2(error.startsWith("3: ann.csv"), qPrintable(error));
    QVERIFY2(error.contains(words), qPrintable(error));
    QVERIFY2(error.contains("Nothing was counted."), qPrintable(error));
}

void TestStudyAnswers::damagedKeys()
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

void TestStudyAnswers::sharesOfPairs()
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

void TestStudyAnswers::sharesOfCoverage()
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

void TestStudyAnswers::peopleWhoDoNotLook()
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

void TestStudyAnswers::wrongAnswers()
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

void TestStudyAnswers::agreementLeavesNoDoubt()
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

void TestStudyAnswers::intervalsHoldTheTruth()
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

void TestStudyAnswers::tables()
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

QTEST_APPLESS_MAIN(TestStudyAnswers)
#include "tst_study_answers.moc"
