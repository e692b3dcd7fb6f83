// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diffusion/history.h"

#include <string>
#include <utility>

namespace lacuna {

void History::begin(const Transition& t, const Tensor& x)
{
    if (end_ != t.from || (!entries_.empty() && entries_.front().value.sizes() != x.sizes()))
        entries_.clear();
    end_ = t.to;
}

void History::remember(Tensor value, double sigma, std::size_t kept)
{
    entries_.insert(entries_.begin(), {std::move(value), sigma});
    if (entries_.size() > kept)
        entries_.resize(kept);
}

void History::retain(const std::vector<std::int64_t>& rows)
{
    const Tensor kept = at::tensor(rows, at::kLong);
    for (Entry& entry : entries_)
        entry.value = entry.value.index_select(0, kept.to(entry.value.device()));
}

void History::exchange(StateExchange& state, const Tensor& x)
{
    constexpr std::size_t most = 8;
    std::vector<double> levels;
    for (const Entry& entry : entries_)
        levels.push_back(entry.sigma);
    state.numbers("history", levels, most);
    state.number("history.end", end_);
    entries_.resize(levels.size());
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        const std::string name = "history." + std::to_string(i);
        entries_[i].sigma = levels[i];
        state.tensor(name, entries_[i].value, x);
        if (!entries_[i].value.defined())
            StateExchange::refuse(name);
    }
}

} // namespace lacuna
