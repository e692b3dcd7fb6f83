// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scenes/moving_digit_paths.h"

#include <algorithm>

#include "engine/core/error.h"
#include "engine/core/philox.h"

namespace lacuna::scenes {

namespace {

constexpr int fastest = 4;                  ///< largest speed of a free digit along an axis
constexpr int stride = 2;                   ///< speed of a horizontal one
constexpr int excursion = 4;                ///< way from the middle in a circle
constexpr std::uint32_t draws_purpose = 64; ///< apart from those of samplers

/// Position and speed along one axis.
struct Axis {
    int place = 0, speed = 0;
};

/// A wall puts the digit back and turns it; the speed across is drawn after the speed away from the wall.
bool bounce(Axis& axis, Axis& across, int free, DrawSource& draws)
{
    if (axis.place < 0) {
        axis = {0, draws.integer(1, fastest + 1)};
    } else if (axis.place >= free) {
        axis = {free - 1, draws.integer(-fastest, 0)};
    } else {
        return false;
    }
    across.speed = draws.integer(-fastest, fastest + 1);
    return true;
}

int draw_side(DrawSource& draws, double right)
{
    return draws.choice({-1, 1}, {1 - right, right});
}

} // namespace

int SeededDraws::integer(int low, int high)
{
    check(low < high, "a draw has something to choose from");
    const double u =
        uniform({.seed = seed_, .member = member_, .step = 0, .purpose = draws_purpose}, count_++);
    return std::min(high - 1, low + static_cast<int>(u * (high - low)));
}

int SeededDraws::choice(const std::vector<int>& values, const std::vector<double>& probabilities)
{
    check(!values.empty() && values.size() == probabilities.size(), "every value has a probability");
    double left = uniform({.seed = seed_, .member = member_, .step = 0, .purpose = draws_purpose}, count_++);
    for (std::size_t i = 0; i + 1 < values.size(); ++i) {
        if (left < probabilities[i])
            return values[i];
        left -= probabilities[i];
    }
    return values.back();
}

DigitPath resting_path(int length, DigitFrame frame)
{
    check(length > 0, "a path has at least one frame");
    const int middle = frame.free() / 2;
    return {.corners = std::vector<DigitOffset>(static_cast<std::size_t>(length), {middle, middle}),
            .changes = {0}};
}

DigitPath free_path(int length, DrawSource& draws, DigitFrame frame)
{
    Axis x, y;
    x.place = draws.integer(0, frame.free());
    y.place = draws.integer(0, frame.free());
    x.speed = draws.integer(-fastest, fastest + 1);
    y.speed = draws.integer(-fastest, fastest + 1);

    DigitPath path;
    for (int t = 0; t < length; ++t) {
        if (bounce(y, x, frame.free(), draws))
            path.changes.push_back(t);
        if (bounce(x, y, frame.free(), draws))
            path.changes.push_back(t);
        path.corners.push_back({x.place, y.place});
        x.place += x.speed;
        y.place += y.speed;
    }
    return path;
}

std::vector<DigitOffset> circle_directions(int count)
{
    constexpr int e = excursion;
    switch (count) {
    case 8:
        return {{-e, 0}, {-e, e}, {0, e}, {e, e}, {e, 0}, {e, -e}, {0, -e}, {-e, -e}};
    case 4:
        return {{-e, 0}, {0, e}, {e, 0}, {0, -e}};
    case 2:
        return {{0, e}, {0, -e}};
    default:
        throw Error(ErrorKind::Usage, "The number of directions", "only 8, 4 and 2 are defined",
                    "Choose one of them.");
    }
}

DigitPath circle_path(int length, DrawSource& draws, std::optional<double> first, int directions,
                      DigitFrame frame)
{
    const std::vector<DigitOffset> ways = circle_directions(directions);
    std::vector<int> numbers;
    std::vector<double> probabilities;
    for (int k = 0; k < directions; ++k) {
        numbers.push_back(k);
        probabilities.push_back(k == 0 ? first.value_or(0) : (1 - first.value_or(0)) / (directions - 1));
    }

    const DigitOffset middle{frame.free() / 2, frame.free() / 2};
    DigitOffset corner = middle;
    DigitPath path;
    for (int t = 0; t < length; ++t) {
        path.corners.push_back(corner);
        if (t % 2 == 1) {
            corner = middle;
            continue;
        }
        path.changes.push_back(t);
        const int k = first ? draws.choice(numbers, probabilities) : draws.integer(0, directions);
        const DigitOffset way = ways.at(static_cast<std::size_t>(k));
        corner = {middle.x + way.x, middle.y + way.y};
    }
    return path;
}

DigitPath horizontal_path(int length, DrawSource& draws, double right, bool ends_after_change,
                          DigitFrame frame)
{
    const int free = frame.free(), half = frame.digit / 2, centre = frame.image / 2;
    const double p = ends_after_change ? 1 - right : right;
    int x = ends_after_change ? free / 2 - 2 * stride * draw_side(draws, p) : draws.integer(0, free);
    int side = draw_side(draws, p);

    DigitPath path;
    bool just_changed = false;
    for (int t = 0; t < length; ++t) {
        const int before = x + half;
        x += stride * side;
        const int now = x + half;
        // At the centre the direction is drawn anew; it acts from the next frame on.
        const bool crossed = (before < centre && now >= centre) || (before > centre && now <= centre);
        just_changed = crossed && !just_changed;
        if (just_changed) {
            side = draw_side(draws, p);
            path.changes.push_back(t);
        }
        if (x < 0) {
            x = 0;
            side = 1;
        } else if (x >= free) {
            x = free - 1;
            side = -1;
        }
        path.corners.push_back({x, free / 2});
    }
    if (ends_after_change) {
        std::reverse(path.corners.begin(), path.corners.end());
        for (int& change : path.changes)
            change = length - 1 - change;
    }
    return path;
}

} // namespace lacuna::scenes
