// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/diffusion/history.h"

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

} // namespace lacuna
