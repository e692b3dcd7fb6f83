// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/planned_network.h"

#include <algorithm>
#include <array>
#include <atomic>

#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>

#include "engine/core/error.h"
#include "engine/core/parallel.h"
#include "engine/models/inference_plan.h"
#include "engine/models/threads_here.h"

namespace lacuna {

namespace {

/// Plans kept: two for each of the latest sizes.
constexpr std::size_t plans_at_most = 8;

/// Threads that evaluate one picture together. Some convolutions of oneDNN take another order of sums from twelve on.
constexpr int team_at_most = 4;

/// A picture by itself is evaluated by a team; the rows of a batch by one thread each.
std::int64_t rows_alone(std::int64_t rows, int threads)
{
    return threads > 1 && rows == 1 ? 0 : rows;
}

/// The embeddings of every row; rows with the same timestep and class share them.
class RowEmbeddings {
public:
    RowEmbeddings(const PlanWeights& weights, const Tensor& t, const Tensor& y)
    {
        const Tensor times = t.to(at::kCPU, at::kFloat).contiguous();
        const Tensor labels = y.defined() ? y.to(at::kCPU, at::kLong).contiguous() : Tensor();
        for (std::int64_t i = 0; i < t.size(0); ++i) {
            const std::pair key{times.data_ptr<float>()[i],
                                y.defined() ? labels.data_ptr<std::int64_t>()[i] : 0};
            if (!known_.contains(key))
                known_.emplace(key, embeddings(weights.graph(), weights.parameters(), key.first, key.second));
            rows_.push_back(&known_.at(key));
        }
    }

    const Embeddings& row(std::int64_t i) const { return *rows_[static_cast<std::size_t>(i)]; }

private:
    std::map<std::pair<float, std::int64_t>, Embeddings> known_{};
    std::vector<const Embeddings*> rows_{};
};

} // namespace

PlannedNetwork::PlannedNetwork(EagerNetwork eager) : eager_(std::move(eager))
{
    const StateDict& parameters = eager_.parameters();
    supported_ = InferencePlan::supports(eager_.graph())
                 && std::all_of(parameters.begin(), parameters.end(), [](const auto& named) {
                        const Tensor& p = named.second;
                        return p.is_cpu() && p.scalar_type() == at::kFloat && !p.requires_grad();
                    });
    if (supported_)
        weights_ = std::make_shared<PlanWeights>(eager_.graph(), eager_.parameters());
}

std::shared_ptr<const InferencePlan> PlannedNetwork::plan(PictureSize size, int threads)
{
    const std::tuple key{size.height, size.width, threads};
    if (const auto found = plans_.find(key); found != plans_.end())
        return found->second;
    if (plans_.size() >= plans_at_most)
        plans_.clear();
    const ThreadsHere for_these(threads);
    const auto made = std::make_shared<const InferencePlan>(weights_, size, threads);
    plans_.emplace(key, made);
    return made;
}

void PlannedNetwork::prepare(std::int64_t rows, PictureSize size)
{
    const std::lock_guard lock(mutex_);
    const int threads = parallel_thread_count();
    if (supported_ && rows_alone(rows, threads) > 0)
        plan(size, 1);
    if (supported_ && rows_alone(rows, threads) < rows)
        plan(size, std::min(threads, team_at_most));
}

Tensor& PlannedNetwork::arena(std::size_t number, const InferencePlan& plan)
{
    const auto needed = static_cast<std::int64_t>(plan.arena_size());
    if (arenas_.size() <= number)
        arenas_.resize(number + 1);
    if (!arenas_[number].defined() || arenas_[number].numel() < needed)
        arenas_[number] = at::empty({needed}, at::kFloat);
    return arenas_[number];
}

Tensor PlannedNetwork::forward(const Tensor& x, const Tensor& t, const Tensor& y)
{
    const bool plain = x.is_cpu() && x.scalar_type() == at::kFloat && x.dim() == 4;
    const bool wants_gradient = c10::GradMode::is_enabled() && x.requires_grad();
    if (!supported_ || !plain || wants_gradient) {
        const ThreadsHere all(parallel_thread_count());
        return eager_.forward(x, t, y);
    }
    check(x.size(1) == graph().in_channels(), "a network is given the channels it was made for");
    check(t.dim() == 1 && t.size(0) == x.size(0), "every row has a timestep");
    check(graph().classes == 0 || (y.defined() && y.dim() == 1 && y.size(0) == x.size(0)),
          "every row of a network with classes has a class");

    const std::lock_guard lock(mutex_);
    const PictureSize size{x.size(2), x.size(3)};
    const std::int64_t rows = x.size(0);
    const int threads = parallel_thread_count();
    const std::int64_t alone = rows_alone(rows, threads);
    const RowEmbeddings embeddings(*weights_, t, graph().classes > 0 ? y : Tensor());
    const Tensor in = x.detach().contiguous();
    const Tensor out = at::empty({rows, graph().out_channels(), size.height, size.width}, in.options());
    const std::int64_t in_size = in.stride(0), out_size = out.stride(0);
    const auto picture = [&](std::int64_t row, const Tensor& arena) -> InferencePlan::Picture {
        return {in.data_ptr<float>() + row * in_size, &embeddings.row(row), arena.data_ptr<float>(),
                out.data_ptr<float>() + row * out_size};
    };
    if (alone > 0) {
        const auto single = plan(size, 1);
        const auto workers = static_cast<std::size_t>(std::min<std::int64_t>(threads, alone));
        // As many pairs as give every thread the same number, then single rows.
        const std::int64_t pairs = alone / (2 * threads) * threads, pieces = alone - pairs;
        const std::size_t arenas_each = pairs > 0 ? 2 : 1;
        for (std::size_t i = 0; i < arenas_each * workers; ++i)
            arena(i, *single);
        std::atomic<std::int64_t> next = 0;
        // Every worker takes pieces until there are none, whichever thread it comes to.
        parallel_for(workers, 1, [&](std::size_t begin, std::size_t end) {
            const ThreadsHere only_this(1);
            const c10::InferenceMode no_gradients;
            for (std::size_t worker = begin; worker < end; ++worker)
                for (std::int64_t piece = next++; piece < pieces; piece = next++) {
                    if (piece < pairs)
                        single->run(std::array{picture(2 * piece, arenas_[arenas_each * worker]),
                                               picture(2 * piece + 1, arenas_[arenas_each * worker + 1])});
                    else
                        single->run(std::array{picture(piece + pairs, arenas_[arenas_each * worker])});
                }
        });
    }
    if (alone < rows) {
        const int team = std::min(threads, team_at_most);
        const auto common = plan(size, team);
        const ThreadsHere these(team);
        common->run(std::array{picture(alone, arena(0, *common))});
    }
    return out;
}

} // namespace lacuna
