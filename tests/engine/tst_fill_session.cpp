// SPDX-License-Identifier: GPL-3.0-or-later
// The engine behind the Session interface: progress, stopping, several holes, pools, forms of pictures.
#include <QtTest>

#include "engine/core/default_recipe.h"
#include "engine/core/error.h"
#include "engine/export/contact_sheet.h"
#include "engine/fill/fill_session.h"
#include "engine/selection/rows.h"
#include "tests/support/test_pictures.h"

using namespace lacuna;

namespace {

FillRequest request(int count = 3)
{
    FillRequest r{.picture = test::stripes(120, 90),
                  .mask = test::square_mask(120, 90, 48, 36, 24),
                  .recipe = default_recipe()};
    r.id = RequestId(7);
    r.recipe.count = count;
    r.recipe.steps = 12;
    return r;
}

} // namespace

class TestFillSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void progressAndPreviews();
    void theLastDistancesAreThoseOfTheSet();
    void stopsWithinOneStep_data();
    void stopsWithinOneStep();
    void twoHolesGiveTwoPatches();
    void aPoolKeepsTheAskedNumber_data();
    void aPoolKeepsTheAskedNumber();
    void aPoolArrivesWithItsFeatures();
    void recipeIsCompleted();
    void theSheetHoldsEveryCompletion();
    void holesAtTheBorder_data();
    void holesAtTheBorder();
    void refusals();
};

void TestFillSession::progressAndPreviews()
{
    const auto session = make_fill_session();
    int last = -1;
    std::size_t previews = 0;
    const CompletionSet set =
        session->fill(request(),
                      [&](const Progress& p) {
                          if (p.phase != "Sampling")
                              return;
                          QVERIFY(p.id == RequestId(7));
                          QVERIFY(p.done > last && p.done <= p.total);
                          last = p.done;
                          for (const Preview& preview : p.previews) {
                              ++previews;
                              QCOMPARE(preview.picture.channels, 3);
                              QVERIFY(preview.picture.width <= 192 && preview.picture.height <= 192);
                          }
                      },
                      {});
    QVERIFY(last > 0);
    QVERIFY(previews >= 3);
    QVERIFY(!set.stopped);
    QVERIFY(set.mean_distance_gray > 0);
}

void TestFillSession::theLastDistancesAreThoseOfTheSet()
{
    for (const double eta : {0.0, 3.0}) {
        FillRequest r = request();
        r.recipe.eta = eta;
        Distances last;
        std::size_t arrived = 0;
        bool pushed = false;
        const CompletionSet set = make_fill_session()->fill(r,
                                                            [&](const Progress& p) {
                                                                arrived += p.arrived.size();
                                                                if (p.distances.members.empty())
                                                                    return;
                                                                last = p.distances;
                                                                for (const MemberDistance& one : last.members)
                                                                    pushed = pushed || one.pushed;
                                                            },
                                                            {});
        QCOMPARE(arrived, std::size_t(3));
        QCOMPARE(pushed, eta > 0);
        QCOMPARE(last.evaluation, last.evaluations);
        QCOMPARE(last.members.size(), std::size_t(3));
        // Pictures have whole grey levels, and guidance looks before its last push.
        for (std::size_t i = 0; i < 3; ++i)
            QVERIFY2(std::abs(last.members[i].nearest_gray - set.completions[i].nearest_gray) < 1,
                     qPrintable(QStringLiteral("%1 and %2")
                                    .arg(last.members[i].nearest_gray)
                                    .arg(set.completions[i].nearest_gray)));
    }
}

void TestFillSession::stopsWithinOneStep_data()
{
    QTest::addColumn<int>("after");
    for (const int after : {0, 1, 2, 5, 9})
        QTest::addRow("after report %d", after) << after;
}

void TestFillSession::stopsWithinOneStep()
{
    QFETCH(int, after);
    const auto session = make_fill_session();
    std::stop_source stop;
    FillRequest r = request();
    r.recipe.steps = 4000;
    int reports = 0, done_when_asked = 0, done_at_end = 0;
    const CompletionSet set = session->fill(
        r,
        [&](const Progress& p) {
            done_at_end = p.done;
            if (reports++ == after) {
                done_when_asked = p.done;
                stop.request_stop();
            }
        },
        stop.get_token());
    QVERIFY(set.stopped);
    QVERIFY(done_at_end - done_when_asked <= 1);
    QCOMPARE(set.completions.size(), std::size_t(3));
    for (const Completion& completion : set.completions) {
        QVERIFY(!completion.finished);
        QCOMPARE(completion.patches.size(), std::size_t(1));
    }
    // The session works on as if nothing had happened.
    const CompletionSet next = session->fill(request(), [](const Progress&) {}, {});
    const CompletionSet fresh = make_fill_session()->fill(request(), [](const Progress&) {}, {});
    for (std::size_t i = 0; i < 3; ++i)
        QVERIFY(next.completions[i].patches[0].pixels == fresh.completions[i].patches[0].pixels);
}

void TestFillSession::twoHolesGiveTwoPatches()
{
    FillRequest r = request(2);
    r.picture = test::stripes(500, 400);
    r.mask = test::square_mask(500, 400, 40, 40, 20);
    for (int y = 330; y < 350; ++y)
        for (int x = 420; x < 445; ++x)
            r.mask.values[std::size_t(y) * 500 + x] = 255;
    const CompletionSet set = make_fill_session()->fill(r, [](const Progress&) {}, {});
    for (const Completion& completion : set.completions) {
        QCOMPARE(completion.patches.size(), std::size_t(2));
        const Picture filled = composite(r.picture, r.mask, completion);
        QCOMPARE(known_pixels_changed(r.picture, filled, r.mask), std::size_t(0));
        QVERIFY(crop(filled, 40, 40, 20, 20) != crop(r.picture, 40, 40, 20, 20));
        QVERIFY(crop(filled, 420, 330, 25, 20) != crop(r.picture, 420, 330, 25, 20));
    }
}

void TestFillSession::aPoolKeepsTheAskedNumber_data()
{
    QTest::addColumn<QString>("rule");
    for (const char* rule : {"fps", "kmeans", "uniform", "random"})
        QTest::newRow(rule) << QString(rule);
}

void TestFillSession::aPoolKeepsTheAskedNumber()
{
    QFETCH(QString, rule);
    FillRequest r = request(2);
    r.recipe.pool = 7;
    r.recipe.select = rule.toStdString();
    const CompletionSet set = make_fill_session()->fill(r, [](const Progress&) {}, {});
    QCOMPARE(set.completions.size(), std::size_t(2));
    QVERIFY(set.completions[0].member != set.completions[1].member);
    QVERIFY(set.completions[0].member < 7 && set.completions[1].member < 7);
}

void TestFillSession::aPoolArrivesWithItsFeatures()
{
    FillRequest r = request(2);
    r.recipe.pool = 7;
    std::vector<std::shared_ptr<const CandidatePool>> arrived;
    const auto note = [&](const Progress& progress) {
        if (progress.pool)
            arrived.push_back(progress.pool);
    };
    const CompletionSet set = make_fill_session()->fill(r, note, {});

    // Groups of the set's size: 2, 4, 6 and 7 candidates, each snapshot beginning with the one before.
    QCOMPARE(arrived.size(), std::size_t(4));
    for (std::size_t i = 0; i < arrived.size(); ++i) {
        const CandidatePool& pool = *arrived[i];
        QCOMPARE(pool.candidates.size(), std::min<std::size_t>(2 * (i + 1), 7));
        QCOMPARE(pool.features.size(), pool.candidates.size() * std::size_t(pool.columns));
        QVERIFY(pool.columns >= 1 && pool.columns <= 25);
        for (std::size_t c = 0; c < pool.candidates.size(); ++c)
            QCOMPARE(pool.candidates[c].member, int(c));
    }
    QVERIFY(set.pool);
    QCOMPARE(set.pool->candidates.size(), std::size_t(7));
    QCOMPARE(set.pool->features, arrived.back()->features);
    const FeatureRows rows(set.pool->features, set.pool->columns);
    for (int i = 1; i < rows.size(); ++i)
        QVERIFY(rows.squared_distance(0, i) > 0);
    for (const Completion& completion : set.completions)
        QVERIFY(composite(r.picture, r.mask, completion)
                == composite(r.picture, r.mask, set.pool->candidates[std::size_t(completion.member)]));

    r.recipe.pool = 0;
    QVERIFY(!make_fill_session()->fill(r, [](const Progress&) {}, {}).pool);
}

void TestFillSession::recipeIsCompleted()
{
    const FillRequest r = request(1);
    const CompletionSet set = make_fill_session()->fill(r, [](const Progress&) {}, {});
    QCOMPARE(set.recipe.picture_sha256, content_hash(r.picture));
    QCOMPARE(set.recipe.mask_sha256, content_hash(r.mask));
    QVERIFY(!set.recipe.version.empty() && set.recipe.model_sha256.size() == 64);
    QVERIFY(recipe_from_json(to_json(set.recipe), "recipe") == set.recipe);
}

void TestFillSession::theSheetHoldsEveryCompletion()
{
    const FillRequest r = request(3);
    const CompletionSet set = make_fill_session()->fill(r, [](const Progress&) {}, {});
    const Picture four = contact_sheet(r.picture, r.mask, set);
    CompletionSet less = set;
    less.completions.pop_back();
    const Picture three = contact_sheet(r.picture, r.mask, less);
    QCOMPARE(three.width, four.width);
    QVERIFY(three.height < four.height);
}

void TestFillSession::holesAtTheBorder_data()
{
    QTest::addColumn<int>("x");
    QTest::addColumn<int>("y");
    QTest::newRow("top left") << 0 << 0;
    QTest::newRow("bottom right") << 120 - 24 << 90 - 24;
    QTest::newRow("left edge") << 0 << 30;
    QTest::newRow("one row below the top") << 50 << 1;
}

void TestFillSession::holesAtTheBorder()
{
    QFETCH(int, x);
    QFETCH(int, y);
    FillRequest r = request(2);
    r.mask = test::square_mask(120, 90, x, y, 24);
    const CompletionSet set = make_fill_session()->fill(r, [](const Progress&) {}, {});
    const Picture filled = composite(r.picture, r.mask, set.completions[0]);
    QCOMPARE(known_pixels_changed(r.picture, filled, r.mask), std::size_t(0));
    QVERIFY(crop(filled, x, y, 24, 24) != crop(r.picture, x, y, 24, 24));
    QVERIFY(set.completions[0].problem.empty());
}

void TestFillSession::refusals()
{
    const auto session = make_fill_session();
    const auto refused = [&](FillRequest r) {
        try {
            session->fill(r, [](const Progress&) {}, {});
        } catch (const Error& error) {
            return error.kind() == ErrorKind::Input || error.kind() == ErrorKind::Usage;
        }
        return false;
    };
    FillRequest r = request();
    r.mask = Mask(120, 90);
    QVERIFY(refused(r));
    r = request();
    r.mask = test::square_mask(60, 45, 5, 5, 5);
    QVERIFY(refused(r));
    r = request();
    r.picture = {};
    QVERIFY(refused(r));
    r = request();
    r.recipe.model = "faces";
    QVERIFY(refused(r));
    r = request();
    r.mask = test::square_mask(120, 90, 3, 3, 200); // leaves a frame too narrow for any patch
    QVERIFY(refused(r));
}

QTEST_GUILESS_MAIN(TestFillSession)
#include "tst_fill_session.moc"
