// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/rows_apart.h"

#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>

#include "engine/models/threads_here.h"

namespace lacuna {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;
using RowFunction = std::function<Tensor(const Tensor&, std::int64_t)>;

/// Calls work(row) for every row on one thread, one after the other: OpenBLAS with OpenMP gives other bits when two
/// threads call it at a time.
void for_rows(std::size_t rows, const std::function<void(std::size_t)>& work)
{
    const ThreadsHere only_this(1);
    for (std::size_t row = 0; row < rows; ++row)
        work(row);
}

/// Every row has a graph of its own, which is kept with its input and its result.
struct RowsApart : torch::autograd::Function<RowsApart> {
    static Tensor forward(AutogradContext* context, const Tensor& x, const RowFunction* f)
    {
        const auto rows = static_cast<std::size_t>(x.size(0));
        variable_list inputs(rows), results(rows);
        for_rows(rows, [&](std::size_t row) {
            const c10::AutoGradMode record(true);
            const auto number = static_cast<std::int64_t>(row);
            inputs[row] = x.detach().narrow(0, number, 1).clone().requires_grad_(true);
            results[row] = (*f)(inputs[row], number);
        });
        variable_list detached, kept = inputs;
        for (const Tensor& result : results)
            detached.push_back(result.detach());
        kept.insert(kept.end(), results.begin(), results.end());
        context->save_for_backward(kept);
        return at::cat(detached);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const variable_list kept = context->get_saved_variables();
        const std::size_t rows = kept.size() / 2;
        variable_list of_inputs(rows);
        for_rows(rows, [&](std::size_t row) {
            const Tensor of_result = gradients[0].narrow(0, static_cast<std::int64_t>(row), 1).contiguous();
            of_inputs[row] = torch::autograd::grad({kept[rows + row]}, {kept[row]}, {of_result})[0];
        });
        return {at::cat(of_inputs), Tensor()};
    }
};

} // namespace

Tensor rows_apart(const Tensor& x, const RowFunction& f)
{
    return RowsApart::apply(x, &f);
}

} // namespace lacuna
