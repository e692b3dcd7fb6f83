// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diffusion/state_exchange.h"

#include <algorithm>
#include <cmath>

#include "engine/core/error.h"

namespace lacuna {

namespace {

template <typename T> std::vector<T> list_of(const Tensor& values)
{
    return {values.data_ptr<T>(), values.data_ptr<T>() + values.numel()};
}

} // namespace

void StateExchange::refuse(const std::string& name)
{
    throw Error(ErrorKind::Input, "The saved state", "has no usable '" + name + "'", "Begin the run again");
}

void StateExchange::put(const std::string& name, const Tensor& value)
{
    const bool is_new =
        values_.emplace(name, value.detach().to(at::kCPU, /*non_blocking=*/false, /*copy=*/true)).second;
    check(is_new, "values of a state have different names");
}

Tensor StateExchange::get(const std::string& name, at::ScalarType type) const
{
    const auto found = values_.find(name);
    if (found == values_.end() || found->second.scalar_type() != type)
        refuse(name);
    return found->second;
}

void StateExchange::numbers(const std::string& name, std::vector<double>& values, std::size_t most)
{
    if (!restoring_)
        return put(name, at::tensor(values, at::kDouble));
    values = list_of<double>(get(name, at::kDouble));
    if (values.size() > most
        || !std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); }))
        refuse(name);
}

void StateExchange::numbers(const std::string& name, std::vector<int>& values, std::size_t most)
{
    if (!restoring_)
        return put(name, at::tensor(values, at::kInt));
    values = list_of<int>(get(name, at::kInt));
    if (values.size() > most)
        refuse(name);
}

void StateExchange::number(const std::string& name, double& value)
{
    std::vector<double> one{value};
    numbers(name, one, 1);
    if (one.empty())
        refuse(name);
    value = one.front();
}

void StateExchange::number(const std::string& name, int& value, int low, int high)
{
    std::vector<int> one{value};
    numbers(name, one, 1);
    if (one.empty() || one.front() < low || one.front() > high)
        refuse(name);
    value = one.front();
}

void StateExchange::tensor(const std::string& name, Tensor& value, const Tensor& like)
{
    if (restoring_) {
        const auto found = values_.find(name);
        value = found == values_.end() ? Tensor() : found->second.to(like.device());
    }
    if (!value.defined())
        return;
    if (!value.is_floating_point() || value.sizes() != like.sizes()
        || !at::isfinite(value).all().item<bool>())
        refuse(name);
    if (!restoring_)
        put(name, value);
}

} // namespace lacuna
