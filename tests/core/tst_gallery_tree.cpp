// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <cmath>
#include <limits>
#include <set>

#include "engine/core/parallel.h"
#include "engine/core/philox.h"
#include "engine/selection/gallery_tree.h"
#include "error_of.h"

using namespace lacuna;
using lacuna::test::error_of;

namespace {

FeatureRows random_rows(int rows, int columns, std::uint64_t seed = 3)
{
    std::vector<float> values(std::size_t(rows) * std::size_t(columns));
    standard_normals({.seed = seed}, values.data(), values.size());
    return {values, columns};
}

std::vector<Candidate> numbered(int count)
{
    std::vector<Candidate> candidates;
    for (int i = 0; i < count; ++i)
        candidates.push_back({.file = std::to_string(i) + ".png", .set = "set", .seed = 7, .member = i});
    return candidates;
}

/// The first rows of some features.
FeatureRows head(const FeatureRows& rows, int count)
{
    return rows.at(first_rows(count));
}

std::vector<int> candidates_of(const GalleryTree& tree, const std::vector<int>& nodes)
{
    std::vector<int> candidates;
    for (const int node : nodes)
        candidates.push_back(tree.nodes()[std::size_t(node)].candidate);
    return candidates;
}

/// The candidates on the way to a candidate, and the place of each in its branch.
std::vector<std::pair<int, int>> places_of(const GalleryTree& tree, int candidate)
{
    std::vector<std::pair<int, int>> places;
    for (const int node : tree.path(tree.node_of(candidate).value())) {
        const std::vector<int> cards = tree.children(tree.nodes()[std::size_t(node)].parent);
        const auto place = std::find(cards.begin(), cards.end(), node) - cards.begin();
        places.emplace_back(tree.nodes()[std::size_t(node)].candidate, int(place));
    }
    return places;
}

void add_rules()
{
    QTest::addColumn<QString>("rule");
    for (const char* rule : {"fps", "kmeans", "uniform", "random"})
        QTest::newRow(rule) << QString(rule);
}

} // namespace

class TestGalleryTree : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyCandidateHasOnePlace_data() { add_rules(); }
    void everyCandidateHasOnePlace();
    void branchesAreNearestToTheirCards_data() { add_rules(); }
    void branchesAreNearestToTheirCards();
    void rootSetIsTheRulesChoice_data() { add_rules(); }
    void rootSetIsTheRulesChoice();
    void isAFunctionOfSeedNotThreads_data() { add_rules(); }
    void isAFunctionOfSeedNotThreads();
    void smallPoolsAreLeaves();
    void candidatesThatCoincideAreNotSeparated();
    void notANumberIsLeftOut();
    void spreadIsThatOfTheBranch();
    void growthWithoutPinsIsBuildingAnew();
    void pinnedCardsKeepTheirPlaces_data() { add_rules(); }
    void pinnedCardsKeepTheirPlaces();
    void everythingKeepsItsPlace_data() { add_rules(); }
    void everythingKeepsItsPlace();
    void newCandidatesTakeFreePlaces();
    void softBranchesBorrowNearestNeighbours();
    void limitOfBorrowing();
    void facesAreWeights();
    void peculiarityIsOneControl();
    void peculiarityZeroAvoidsOutliers();
    void filesKeepEverything();
    void filesAreRefused_data();
    void filesAreRefused();
    void optionsAreRefused();
    void cleanup() { set_parallel_threads(1); }
};

void TestGalleryTree::everyCandidateHasOnePlace()
{
    QFETCH(QString, rule);
    for (const int count : {6, 31, 200}) {
        const TreeSnapshot tree = build_tree(random_rows(count, 5), numbered(count),
                                             {.branching = 4, .rule = parse_rule(rule.toStdString())});
        QCOMPARE(int(tree->nodes().size()), count);
        std::set<int> seen;
        int leaves = 0;
        for (int node = 0; node < count; ++node) {
            const TreeNode& n = tree->nodes()[std::size_t(node)];
            seen.insert(n.candidate);
            QCOMPARE(tree->node_of(n.candidate), std::optional(node));
            const std::vector<int> cards = tree->children(node);
            QVERIFY(cards.size() <= 4);
            QVERIFY(int(cards.size()) == std::min(4, n.size - 1));
            int below = 1;
            for (const int card : cards) {
                below += tree->nodes()[std::size_t(card)].size;
                QCOMPARE(tree->nodes()[std::size_t(card)].parent, node);
                QCOMPARE(tree->nodes()[std::size_t(card)].depth, n.depth + 1);
            }
            QCOMPARE(below, n.size);
            QCOMPARE(int(tree->members(node).size()), n.size);
            leaves += cards.empty();
        }
        QCOMPARE(int(seen.size()), count);
        QVERIFY(leaves > count / 4);
        double shares = 0;
        for (const int card : tree->children(root_branch))
            shares += tree->share(card);
        QVERIFY(std::abs(shares - 1) < 1e-12);
        QCOMPARE(int(tree->members(root_branch).size()), count);
    }
}

void TestGalleryTree::branchesAreNearestToTheirCards()
{
    QFETCH(QString, rule);
    const FeatureRows rows = random_rows(150, 4);
    const TreeSnapshot tree =
        build_tree(rows, numbered(150), {.branching = 3, .rule = parse_rule(rule.toStdString())});
    for (int branch = root_branch; branch < 150; ++branch) {
        const std::vector<int> cards = tree->children(branch);
        for (const int card : cards)
            for (const int member : tree->members(card))
                for (const int other : cards)
                    QVERIFY(rows.squared_distance(member, tree->nodes()[std::size_t(card)].candidate)
                            <= rows.squared_distance(member, tree->nodes()[std::size_t(other)].candidate));
    }
}

void TestGalleryTree::rootSetIsTheRulesChoice()
{
    QFETCH(QString, rule);
    const FeatureRows rows = random_rows(80, 6);
    const Rule parsed = parse_rule(rule.toStdString());
    const TreeSnapshot tree = build_tree(rows, numbered(80), {.rule = parsed, .seed = 5});
    QCOMPARE(candidates_of(*tree, tree->children(root_branch)), choose(rows, 5, {.rule = parsed, .seed = 5}));
}

void TestGalleryTree::isAFunctionOfSeedNotThreads()
{
    QFETCH(QString, rule);
    const FeatureRows rows = random_rows(300, 6);
    TreeOptions options{.rule = parse_rule(rule.toStdString()), .soft = 0.2};
    const std::string one = to_json(*build_tree(rows, numbered(300), options));
    set_parallel_threads(3);
    QCOMPARE(to_json(*build_tree(rows, numbered(300), options)), one);
    options.seed = 1;
    QVERIFY(to_json(*build_tree(rows, numbered(300), options)) != one);
}

void TestGalleryTree::smallPoolsAreLeaves()
{
    for (const int count : {0, 1, 2, 4, 5}) {
        const TreeSnapshot tree = build_tree(random_rows(count, 3), numbered(count), {.soft = 1});
        QCOMPARE(int(tree->children(root_branch).size()), count);
        for (int node = 0; node < count; ++node) {
            QCOMPARE(tree->nodes()[std::size_t(node)].size, 1);
            QCOMPARE(tree->share(node), 1.0 / count);
            QVERIFY(tree->children(node).empty());
        }
    }
}

void TestGalleryTree::candidatesThatCoincideAreNotSeparated()
{
    for (const Rule rule : {Rule::FarthestPoint, Rule::KMeans, Rule::Uniform, Rule::Random}) {
        const FeatureRows same(std::vector<double>(60, 2.5), 3);
        const TreeSnapshot alike = build_tree(same, numbered(20), {.rule = rule});
        QCOMPARE(int(alike->children(root_branch).size()), 20);

        // Two kinds of ten: with two cards, each kind is a card with nine leaves.
        std::vector<double> values(60, 2.5);
        std::fill(values.begin() + 30, values.end(), -1.0);
        const TreeSnapshot two =
            build_tree(FeatureRows(values, 3), numbered(20), {.branching = 2, .rule = Rule::FarthestPoint});
        for (const int card : two->children(root_branch)) {
            QCOMPARE(two->nodes()[std::size_t(card)].size, 10);
            QCOMPARE(int(two->children(card).size()), 9);
            QCOMPARE(two->nodes()[std::size_t(card)].spread, 0.0);
        }
    }
}

void TestGalleryTree::notANumberIsLeftOut()
{
    FeatureRows rows = random_rows(40, 3);
    rows.row(7)[1] = std::nan("");
    rows.row(20)[2] = std::numeric_limits<double>::infinity();
    for (const Rule rule : {Rule::FarthestPoint, Rule::KMeans, Rule::Uniform, Rule::Random}) {
        const TreeSnapshot tree = build_tree(rows, numbered(40), {.rule = rule, .soft = 1});
        QCOMPARE(tree->left_out(), (std::vector<int>{7, 20}));
        QCOMPARE(int(tree->nodes().size()), 38);
        QVERIFY(!tree->node_of(7));
        const TreeSnapshot read = tree_from_json(to_json(*tree), "tree.json");
        QCOMPARE(read->left_out(), tree->left_out());
    }
}

void TestGalleryTree::spreadIsThatOfTheBranch()
{
    const FeatureRows rows(std::vector<double>{0, 0, 2, 0, 100, 0, 100, 4, 100, 8}, 2);
    const TreeSnapshot tree = build_tree(rows, numbered(5), {.branching = 2, .rule = Rule::FarthestPoint});
    for (const int card : tree->children(root_branch)) {
        const TreeNode& n = tree->nodes()[std::size_t(card)];
        QCOMPARE(n.size, n.candidate < 2 ? 2 : 3);
        QVERIFY(std::abs(n.spread - (n.candidate < 2 ? 1 : std::sqrt(32.0 / 3))) < 1e-12);
    }
}

void TestGalleryTree::growthWithoutPinsIsBuildingAnew()
{
    const FeatureRows rows = random_rows(120, 4);
    const TreeSnapshot small = build_tree(head(rows, 50), numbered(50), {.rule = Rule::KMeans, .seed = 3});
    QCOMPARE(to_json(*grow_tree(*small, rows, numbered(120))),
             to_json(*build_tree(rows, numbered(120), small->options())));
    QVERIFY(!error_of([&] { grow_tree(*small, head(rows, 40), numbered(40)); }).isEmpty());
    auto others = numbered(120);
    others[3].member = 99;
    QVERIFY(!error_of([&] { grow_tree(*small, rows, others); }).isEmpty());
}

void TestGalleryTree::pinnedCardsKeepTheirPlaces()
{
    QFETCH(QString, rule);
    const FeatureRows rows = random_rows(300, 4);
    TreeSnapshot tree = build_tree(head(rows, 60), numbered(60),
                                   {.branching = 4, .rule = parse_rule(rule.toStdString()), .seed = 2});
    // One card of the root set, one of its grandchildren, and a leaf of another branch.
    const std::vector<int> root = tree->children(root_branch);
    std::set<int> pins{tree->nodes()[std::size_t(root[3])].candidate};
    for (int node = 0; node < 60; ++node)
        if (tree->nodes()[std::size_t(node)].depth == 2 && pins.size() < 3)
            pins.insert(tree->nodes()[std::size_t(node)].candidate);
    tree = with_pins(*tree, pins);
    QCOMPARE(int(pins.size()), 3);

    for (const int size : {61, 150, 300}) {
        const TreeSnapshot grown = grow_tree(*tree, head(rows, size), numbered(size));
        QCOMPARE(int(grown->nodes().size()), size);
        for (const int pin : pins) {
            QCOMPARE(places_of(*grown, pin), places_of(*tree, pin));
            QVERIFY(grown->nodes()[std::size_t(*grown->node_of(pin))].pinned);
        }
        std::set<int> pinned;
        for (const TreeNode& node : grown->nodes())
            if (node.pinned)
                pinned.insert(node.candidate);
        QCOMPARE(pinned, pins);
        tree = grown;
    }
}

void TestGalleryTree::everythingKeepsItsPlace()
{
    QFETCH(QString, rule);
    const FeatureRows rows = random_rows(200, 4);
    const TreeSnapshot small =
        build_tree(head(rows, 90), numbered(90), {.rule = parse_rule(rule.toStdString())});
    const TreeSnapshot grown = grow_tree(*small, rows, numbered(200), Keep::Everything);
    QCOMPARE(int(grown->nodes().size()), 200);
    for (int candidate = 0; candidate < 90; ++candidate)
        QCOMPARE(places_of(*grown, candidate), places_of(*small, candidate));
    // New candidates are in the branch of the nearest card of the root set.
    const std::vector<int> root = candidates_of(*grown, grown->children(root_branch));
    for (int candidate = 90; candidate < 200; ++candidate) {
        const int card = places_of(*grown, candidate).front().first;
        for (const int other : root)
            QVERIFY(rows.squared_distance(candidate, card) <= rows.squared_distance(candidate, other));
    }
}

void TestGalleryTree::newCandidatesTakeFreePlaces()
{
    const FeatureRows rows = random_rows(5, 3);
    const TreeSnapshot three = build_tree(head(rows, 3), numbered(3), {});
    const TreeSnapshot five = grow_tree(*three, rows, numbered(5), Keep::Everything);
    QCOMPARE(candidates_of(*five, five->children(root_branch)), (std::vector<int>{0, 1, 2, 3, 4}));
}

void TestGalleryTree::softBranchesBorrowNearestNeighbours()
{
    const FeatureRows rows = random_rows(120, 2);
    const TreeSnapshot hard = build_tree(rows, numbered(120), {.branching = 3});
    const TreeSnapshot soft = build_tree(rows, numbered(120), {.branching = 3, .soft = 1});
    int borrowed = 0;
    for (int node = 0; node < 120; ++node) {
        QVERIFY(hard->borrowed(node).empty());
        const std::vector<int> own = soft->members(node);
        const std::set<int> inside(own.begin(), own.end());
        for (const int other : soft->borrowed(node)) {
            ++borrowed;
            QVERIFY(!inside.contains(other));
            // It is the nearest neighbour of a member.
            QVERIFY(std::any_of(own.begin(), own.end(), [&](int member) {
                for (int i = 0; i < 120; ++i)
                    if (i != member
                        && rows.squared_distance(member, i) < rows.squared_distance(member, other))
                        return false;
                return true;
            }));
            // It is on no card that was passed or that lies beside one.
            for (const int step : soft->path(node))
                for (const int card : soft->children(soft->nodes()[std::size_t(step)].parent))
                    QVERIFY(soft->nodes()[std::size_t(card)].candidate != other);
        }
    }
    QVERIFY(borrowed > 10);
    QCOMPARE(soft->nodes(), hard->nodes()); // borrowed candidates are no representatives
}

void TestGalleryTree::limitOfBorrowing()
{
    // Three pairs: 0.1, 1 and 4 apart, far from each other. 15 distances.
    const FeatureRows rows(std::vector<double>{0, 0.1, 100, 101, 200, 204}, 1);
    const auto nearest = [&](double share) {
        return build_tree(rows, numbered(6), {.soft = share})->nearest();
    };
    QCOMPARE(nearest(1), (std::vector<int>{1, 0, 3, 2, 5, 4}));
    QCOMPARE(nearest(1.01 / 14), (std::vector<int>{1, 0, 3, 2, -1, -1}));
    QCOMPARE(nearest(0.01), (std::vector<int>{1, 0, -1, -1, -1, -1}));
    QCOMPARE(nearest(0), std::vector<int>{});
}

void TestGalleryTree::facesAreWeights()
{
    const TreeSnapshot tree = build_tree(random_rows(120, 2), numbered(120), {.branching = 3, .soft = 1});
    for (int node = 0; node < 120; ++node) {
        const auto representative = tree->face(node, CardFace::Representative);
        QCOMPARE(int(representative.size()), 1);
        QCOMPARE(representative[0].candidate, tree->nodes()[std::size_t(node)].candidate);
        for (const CardFace face : {CardFace::Mean, CardFace::Spread}) {
            const auto weights = tree->face(node, face);
            QCOMPARE(weights.size(), tree->members(node).size() + tree->borrowed(node).size());
            double sum = 0;
            for (const FaceWeight& weight : weights)
                sum += weight.weight;
            QVERIFY(std::abs(sum - 1) < 1e-12);
            if (!tree->borrowed(node).empty())
                QCOMPARE(weights.front().weight, 2 * weights.back().weight);
        }
    }
}

void TestGalleryTree::peculiarityIsOneControl()
{
    QCOMPARE(peculiarity(0, 100, 5).taking_part, 6);
    QCOMPARE(peculiarity(1, 100, 5).taking_part, 100);
    QCOMPARE(peculiarity(0.5, 96, 5).taking_part, 24);
    QCOMPARE(peculiarity(0, 100, 5).kept, 0.5);
    QCOMPARE(peculiarity(1, 100, 5).kept, 1.0);
    QCOMPARE(peculiarity(0.3, 3, 3).taking_part, 3);
    QVERIFY(!error_of([] { peculiarity(1.1, 10, 2); }).isEmpty());
    QVERIFY(!error_of([] { peculiarity(std::nan(""), 10, 2); }).isEmpty());
}

void TestGalleryTree::peculiarityZeroAvoidsOutliers()
{
    // One far outlier among 200: the odd end always shows it, the likely end rarely.
    FeatureRows rows = random_rows(200, 3);
    rows.row(17)[0] = 60;
    for (const Rule rule : {Rule::FarthestPoint, Rule::Uniform}) {
        int likely = 0, odd = 0;
        for (std::uint64_t seed = 0; seed < 40; ++seed)
            for (const double control : {0.0, 1.0}) {
                const auto chosen = choose(rows, 5, {.rule = rule, .peculiarity = control, .seed = seed});
                const bool shown = std::find(chosen.begin(), chosen.end(), 17) != chosen.end();
                (control > 0 ? odd : likely) += shown;
            }
        QCOMPARE(odd, 40);
        QVERIFY(likely <= 6);
    }
}

void TestGalleryTree::filesKeepEverything()
{
    std::vector<Candidate> candidates = numbered(70);
    candidates[3] = {.file = "Zażółć \"絵\" \\.png", .set = "", .seed = {}, .member = 0, .guided = true};
    candidates[4].seed = 18446744073709551615u;
    const TreeSnapshot tree = with_pins(
        *build_tree(random_rows(70, 3), candidates,
                    {.branching = 7, .rule = Rule::Uniform, .peculiarity = 0.3, .seed = 9, .soft = 0.4}),
        {3, 11});
    const TreeSnapshot read = tree_from_json(to_json(*tree), "tree.json");
    QCOMPARE(read->options(), tree->options());
    QCOMPARE(read->candidates(), tree->candidates());
    QCOMPARE(read->nodes(), tree->nodes());
    QCOMPARE(read->nearest(), tree->nearest());
    QCOMPARE(to_json(*read), to_json(*tree));
}

void TestGalleryTree::filesAreRefused_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* from, const char* to, const char* says) {
        QTest::newRow(to) << QString(from) << QString(to) << QString(says);
    };
    row("{\"schema\":1,", "", "is not a tree");
    row("\"schema\":1", "\"schema\":2", "newer version (schema 2)");
    row("\"schema\":1", "\"schema\":0", "wrong value for 'schema'");
    row("\"schema\":1", "\"schema\":1.0", "wrong value for 'schema'");
    row("\"schema\":1", "\"schema\":1,\"schema\":1", "has 'schema' twice");
    row("\"schema\":1", "\"schema\":1,\"more\":0", "members that this version does not know");
    row("\"branching\":5", "\"branching\":1", "wrong value for 'branching'");
    row("\"rule\":\"fps\"", "\"rule\":\"best\"", "wrong value for 'rule'");
    row("\"peculiarity\":1.0", "\"peculiarity\":2.0", "wrong value for 'peculiarity'");
    row("\"soft\":0.0", "\"soft\":null", "wrong value for 'soft'");
    row("\"seed\":0", "\"seed\":-1", "wrong value for 'seed'");
    row("\"guided\":false", "\"guided\":0", "wrong value for 'guided'");
    row("\"file\":\"1.png\",", "", "has no 'file'");
    row("\"candidate\":0", "\"candidate\":1", "a candidate is unknown or has two places");
    row("\"candidate\":0", "\"candidate\":9", "a candidate is unknown or has two places");
    row("\"candidate\":0", "\"candidate\":-1", "a candidate is unknown or has two places");
    row("\"candidate\":0", "\"candidate\":4294967296", "wrong value for 'candidate'");
    row("\"size\":1", "\"size\":3", "a branch is larger than the one it is in");
    row("\"size\":1", "\"size\":0", "a branch is larger than the one it is in");
    row("\"nearest\":[]", "\"nearest\":[0]", "does not know the neighbours");
    row("\"nearest\":[]", "\"nearest\":[1,2]", "a neighbour is unknown");
    row("\"nearest\":[]", "\"nearest\":{}", "wrong value for 'nearest'");
}

void TestGalleryTree::filesAreRefused()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(QString, says);
    QString text = QString::fromStdString(to_json(*build_tree(random_rows(2, 3), numbered(2), {})));
    const auto at = text.indexOf(from);
    QVERIFY2(at >= 0, qPrintable(text));
    text.replace(at, from.size(), to);
    const QString error = error_of([&] { tree_from_json(text.toStdString(), "tree.json"); });
    QVERIFY2(error.startsWith("3: ") && error.contains("tree.json") && error.contains(says),
             qPrintable(error));
}

void TestGalleryTree::optionsAreRefused()
{
    const FeatureRows rows = random_rows(9, 2);
    for (const TreeOptions& options :
         {TreeOptions{.branching = 1}, TreeOptions{.branching = 65}, TreeOptions{.peculiarity = -0.1},
          TreeOptions{.soft = 1.5}, TreeOptions{.soft = std::nan("")}})
        QVERIFY(error_of([&] { build_tree(rows, numbered(9), options); }).startsWith("2: "));
    QVERIFY(!error_of([&] { build_tree(rows, numbered(8), {}); }).isEmpty());
}

QTEST_APPLESS_MAIN(TestGalleryTree)
#include "tst_gallery_tree.moc"
