// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/tensor.h"

namespace lacuna {

/// Named values of a run, on the processor.
using StateValues = std::map<std::string, Tensor>;

/// Takes down what a run needs to go on later, or gives it back: one function of every part makes the same calls for
/// both. What is given back comes from a file and is not trusted: names, formats, shapes, ranges and finite values are
/// checked. Throws Error{Input}, after which the part must not be used.
class StateExchange {
public:
    /// Takes down into values().
    StateExchange() = default;
    /// Gives back.
    explicit StateExchange(StateValues values) : values_(std::move(values)), restoring_(true) {}

    bool restoring() const { return restoring_; }
    const StateValues& values() const { return values_; }

    void number(const std::string& name, double& value);
    void number(const std::string& name, int& value, int low, int high);
    void numbers(const std::string& name, std::vector<int>& values, std::size_t most);
    void numbers(const std::string& name, std::vector<double>& values, std::size_t most);
    /// Floating, finite, of the shape of `like` and on its device. It may be undefined.
    void tensor(const std::string& name, Tensor& value, const Tensor& like);
    [[noreturn]] static void refuse(const std::string& name);

private:
    void put(const std::string& name, const Tensor& value);
    Tensor get(const std::string& name, at::ScalarType type) const;

    StateValues values_{};
    bool restoring_ = false;
};

} // namespace lacuna
