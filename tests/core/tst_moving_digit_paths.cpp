// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <array>
#include <map>

#include "engine/core/error.h"
#include "engine/scenes/moving_digit_paths.h"

using namespace lacuna;
using namespace lacuna::scenes;

namespace {

/// Answers with a list; keeps what was asked.
class ListedDraws final : public DrawSource {
public:
    explicit ListedDraws(std::vector<int> answers) : answers_(std::move(answers)) {}
    int integer(int low, int high) override
    {
        asked.push_back({low, high});
        return answers_.at(next_++);
    }
    int choice(const std::vector<int>&, const std::vector<double>& probabilities) override
    {
        chances.push_back(probabilities);
        return answers_.at(next_++);
    }
    bool used_up() const { return next_ == answers_.size(); }

    std::vector<std::array<int, 2>> asked{};
    std::vector<std::vector<double>> chances{};

private:
    std::vector<int> answers_;
    std::size_t next_ = 0;
};

std::vector<DigitOffset> at_height(int y, const std::vector<int>& xs)
{
    std::vector<DigitOffset> corners;
    for (const int x : xs)
        corners.push_back({x, y});
    return corners;
}

} // namespace

class TestMovingDigitPaths : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void restingStays();
    void freeTurnsAtWalls();
    void circleGoesAndReturns();
    void horizontalTurnsAtTheCentre();
    void mirroredRunsBackwards();
    void everyFrameIsInside_data();
    void everyFrameIsInside();
    void seededDrawsRepeat();
    void choicesFollowTheirProbabilities();
    void otherDirectionCountsAreRefused();
};

void TestMovingDigitPaths::restingStays()
{
    const DigitPath path = resting_path(3, {64, 32});
    QCOMPARE(path.corners, at_height(16, {16, 16, 16}));
    QCOMPARE(path.changes, (std::vector<int>{0}));
}

void TestMovingDigitPaths::freeTurnsAtWalls()
{
    // Starts at (1, 14) with (-1, 3): the lower wall in frame 1, the left one in frame 2.
    ListedDraws draws({1, 14, -1, 3, -2, -1, 2, -4});
    const DigitPath path = free_path(5, draws);
    QCOMPARE(path.corners, (std::vector<DigitOffset>{{1, 14}, {0, 15}, {0, 13}, {2, 9}, {4, 5}}));
    QCOMPARE(path.changes, (std::vector<int>{1, 2}));
    QVERIFY(draws.used_up());
    const std::vector<std::array<int, 2>> asked{{0, 16}, {0, 16}, {-4, 5}, {-4, 5},
                                                {-4, 0}, {-4, 5}, {1, 5},  {-4, 5}};
    QCOMPARE(draws.asked, asked);
}

void TestMovingDigitPaths::circleGoesAndReturns()
{
    ListedDraws uniform({2, 7, 5});
    const DigitPath path = circle_path(5, uniform);
    QCOMPARE(path.corners, (std::vector<DigitOffset>{{8, 8}, {8, 12}, {8, 8}, {4, 4}, {8, 8}}));
    QCOMPARE(path.changes, (std::vector<int>{0, 2, 4}));
    ListedDraws weighted({0, 3});
    circle_path(4, weighted, 0.4, 4);
    QCOMPARE(weighted.chances.front().size(), std::size_t{4});
    QCOMPARE(weighted.chances.front()[0], 0.4);
    QVERIFY(std::abs(weighted.chances.front()[1] - 0.2) < 1e-15);
}

void TestMovingDigitPaths::horizontalTurnsAtTheCentre()
{
    ListedDraws draws({4, 1, -1});
    const DigitPath path = horizontal_path(8, draws, 0.7);
    // Reaches 8 in frame 1, turns, meets the wall in frame 6.
    QCOMPARE(path.corners, at_height(8, {6, 8, 6, 4, 2, 0, 0, 2}));
    QCOMPARE(path.changes, (std::vector<int>{1}));
    QVERIFY(std::abs(draws.chances.front()[1] - 0.7) < 1e-15);
}

void TestMovingDigitPaths::mirroredRunsBackwards()
{
    ListedDraws draws({1, 1, -1});
    const DigitPath path = horizontal_path(4, draws, 0.7, /*ends_after_change=*/true);
    QCOMPARE(path.corners, at_height(8, {4, 6, 8, 6}));
    QCOMPARE(path.changes, (std::vector<int>{2}));
    QVERIFY(std::abs(draws.chances.front()[1] - 0.3) < 1e-15);
}

void TestMovingDigitPaths::everyFrameIsInside_data()
{
    QTest::addColumn<int>("image");
    QTest::addColumn<int>("digit");
    QTest::newRow("32 and 16") << 32 << 16;
    QTest::newRow("64 and 32") << 64 << 32;
}

void TestMovingDigitPaths::everyFrameIsInside()
{
    QFETCH(int, image);
    QFETCH(int, digit);
    const DigitFrame frame{image, digit};
    for (std::uint32_t member = 0; member < 50; ++member) {
        SeededDraws draws(1, member);
        for (const DigitPath& path : {free_path(40, draws, frame), circle_path(40, draws, {}, 8, frame),
                                      horizontal_path(40, draws, 0.7, false, frame)}) {
            QCOMPARE(path.corners.size(), std::size_t{40});
            for (const DigitOffset& corner : path.corners) {
                QVERIFY(corner.x >= 0 && corner.x <= image - digit);
                QVERIFY(corner.y >= 0 && corner.y <= image - digit);
            }
        }
    }
}

void TestMovingDigitPaths::seededDrawsRepeat()
{
    SeededDraws first(9, 2), second(9, 2), other(9, 3);
    const auto corners = [](SeededDraws& draws) { return free_path(60, draws).corners; };
    const auto expected = corners(first);
    QCOMPARE(corners(second), expected);
    QVERIFY(corners(other) != expected);
}

void TestMovingDigitPaths::choicesFollowTheirProbabilities()
{
    SeededDraws draws(4, 0);
    std::map<int, int> counts, integers;
    for (int i = 0; i < 10000; ++i) {
        ++counts[draws.choice({-1, 1}, {0.3, 0.7})];
        ++integers[draws.integer(-2, 2)];
    }
    // 4 standard errors.
    QVERIFY(std::abs(counts[1] - 7000) < 4 * 46);
    QCOMPARE(integers.size(), std::size_t{4});
    QCOMPARE(integers.begin()->first, -2);
    for (const auto& [value, count] : integers)
        QVERIFY(std::abs(count - 2500) < 4 * 44);
}

void TestMovingDigitPaths::otherDirectionCountsAreRefused()
{
    QVERIFY_EXCEPTION_THROWN(circle_directions(5), Error);
}

QTEST_APPLESS_MAIN(TestMovingDigitPaths)
#include "tst_moving_digit_paths.moc"
