// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/runner.h"

#include <utility>

#include "engine/core/error.h"

namespace lacuna {

namespace {

/// Whatever went wrong, as text for people: our own errors are written for them, others are introduced.
std::string describe_current_exception()
{
    try {
        throw;
    } catch (const Error& error) {
        return error.what();
    } catch (const std::bad_alloc&) {
        return "There is not enough memory for this. Lower the set size or close other programs. "
               "Your picture and mask are unchanged.";
    } catch (const std::exception& error) {
        const std::string text = error.what();
        return "The engine failed: " + printable(text.substr(0, text.find('\n')))
               + ". Your picture and mask are unchanged.";
    } catch (...) {
        return "The engine failed for an unknown reason. Your picture and mask are unchanged.";
    }
}

} // namespace

Runner::Runner(std::function<std::unique_ptr<Session>()> make_session, Callbacks callbacks)
    : make_session_(std::move(make_session)),
      callbacks_(std::move(callbacks)),
      thread_([this](std::stop_token quit) { work(quit); })
{
}

Runner::~Runner()
{
    stop();
    thread_.request_stop();
    wake_.notify_all();
}

void Runner::submit(FillRequest request)
{
    {
        const std::lock_guard lock(mutex_);
        running_.request_stop();
        waiting_ = std::move(request);
    }
    wake_.notify_all();
}

void Runner::stop()
{
    const std::lock_guard lock(mutex_);
    running_.request_stop();
    waiting_.reset();
}

void Runner::unload()
{
    {
        const std::lock_guard lock(mutex_);
        unload_ = true;
    }
    wake_.notify_all();
}

void Runner::work(std::stop_token quit)
{
    std::unique_ptr<Session> session;
    while (true) {
        FillRequest request;
        std::stop_token stop;
        {
            std::unique_lock lock(mutex_);
            if (!wake_.wait(lock, quit, [this] { return waiting_.has_value() || unload_; }))
                return;
            if (quit.stop_requested())
                return;
            if (std::exchange(unload_, false)) {
                lock.unlock();
                session.reset();
                continue;
            }
            request = std::move(*waiting_);
            waiting_.reset();
            running_ = std::stop_source();
            stop = running_.get_token();
        }
        Outcome outcome{request.id, {}};
        try {
            if (!session)
                session = make_session_();
            check(session != nullptr, "there is an engine");
            outcome.result = session->fill(
                request,
                [&](Progress progress) {
                    progress.id = request.id;
                    if (callbacks_.progressed)
                        callbacks_.progressed(std::move(progress));
                },
                stop);
        } catch (...) {
            outcome.result = Failed{describe_current_exception()};
        }
        if (callbacks_.finished)
            callbacks_.finished(std::move(outcome));
    }
}

} // namespace lacuna
