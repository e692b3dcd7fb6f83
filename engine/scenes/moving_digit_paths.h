// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

/// The ways of a digit in the Moving-MNIST data of the particle guidance experiments. samplers.md 7.1.
namespace lacuna::scenes {

/// Where the random numbers come from; a path asks in a fixed order.
class DrawSource {
public:
    virtual ~DrawSource() = default;
    /// An integer in [low, high), all equally likely.
    virtual int integer(int low, int high) = 0;
    /// One of the values with the probabilities beside them.
    virtual int choice(const std::vector<int>& values, const std::vector<double>& probabilities) = 0;
};

/// Draws as functions of (seed, member) and of how many came before.
class SeededDraws final : public DrawSource {
public:
    SeededDraws(std::uint64_t seed, std::uint32_t member) : seed_(seed), member_(member) {}
    int integer(int low, int high) override;
    int choice(const std::vector<int>& values, const std::vector<double>& probabilities) override;

private:
    std::uint64_t seed_;
    std::uint32_t member_;
    std::uint64_t count_ = 0;
};

struct DigitOffset {
    int x = 0, y = 0; ///< y downwards
    bool operator==(const DigitOffset&) const = default;
};

/// Frame sizes in pixels.
struct DigitFrame {
    int image = 32;
    int digit = 16;
    int free() const
    {
        return image - digit;
    } ///< number of corner positions along a side that a draw may choose
};

struct DigitPath {
    std::vector<DigitOffset> corners; ///< top left corner of the digit in every frame
    std::vector<int> changes;         ///< frames at which the way changed, in the order of the events
};

/// The digit rests in the middle.
DigitPath resting_path(int length, DigitFrame frame = {});

/// Straight lines; at a wall new speeds are drawn, away from it. Order of draws: x, y, dx, dy; then dy, dx at a
/// horizontal wall and dx, dy at a vertical one.
DigitPath free_path(int length, DrawSource&, DigitFrame frame = {});

/// 8: left, down-left, and on through down to up-left; 4: left, down, right, up; 2: down, up. 4 pixels each way.
std::vector<DigitOffset> circle_directions(int count = 8);

/// From the middle to one of the directions and back. `first`: the probability of the first direction, the others
/// share the rest; without it all are equally likely.
DigitPath circle_path(int length, DrawSource&, std::optional<double> first = {}, int directions = 8,
                      DigitFrame frame = {});

/// Left and right at 2 pixels a frame; at the centre the direction is drawn anew, right with probability
/// `right`. `ends_after_change`: the mirrored process, run backwards in time.
DigitPath horizontal_path(int length, DrawSource&, double right, bool ends_after_change = false,
                          DigitFrame frame = {});

} // namespace lacuna::scenes
