// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/host_copy.h"

#include <thread>

#include <c10/core/Event.h>
#include <c10/core/impl/VirtualGuardImpl.h>

namespace lacuna {

struct HostCopy::Mark {
    explicit Mark(const c10::Device& device) : event(device.type())
    {
        event.record(c10::impl::VirtualGuardImpl(device.type()).getStream(device));
    }

    c10::Event event;
};

HostCopy::HostCopy(const Tensor& values)
{
    if (values.is_cpu()) {
        values_ = values;
        return;
    }
    values_ = at::empty(values.sizes(), values.options().device(at::kCPU).pinned_memory(true));
    values_.copy_(values, /*non_blocking=*/true);
    mark_ = std::make_shared<Mark>(values.device());
}

bool HostCopy::ready() const
{
    return !mark_ || mark_->event.query();
}

const Tensor& HostCopy::wait() const
{
    while (!ready())
        std::this_thread::yield();
    return values_;
}

} // namespace lacuna
