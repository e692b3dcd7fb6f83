// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine_link/engine_link.h"

#include <QMetaObject>

#ifdef __linux__
#include <sys/resource.h>
#endif

#include "engine/core/default_recipe.h"
#include "ui/background/background.h"

namespace lacuna::ui {
namespace {

using namespace std::chrono_literals;

/// The session promises some twelve reports a second; one that breaks the promise must not freeze the window.
constexpr auto shortestPause = 40ms;

/// The window comes first when cores are short. Threads that the engine starts later inherit this.
void yieldToTheWindow()
{
#ifdef __linux__
    constexpr int politeness = 5;
    setpriority(PRIO_PROCESS, 0, politeness); // on Linux: of the calling thread only
#endif
}

} // namespace

/// Notes which request the session works on, so that stop() knows whether an outcome will come.
class EngineLink::Watched : public Session {
public:
    Watched(std::unique_ptr<Session> session, std::atomic<std::uint64_t>& started)
        : session_(std::move(session)),
          started_(started)
    {
    }

    std::vector<ModelInfo> models() const override { return session_->models(); }

    CompletionSet fill(const FillRequest& request, const std::function<void(Progress)>& report,
                       std::stop_token stop) override
    {
        started_ = std::uint64_t(request.id);
        return session_->fill(request, report, stop);
    }

private:
    std::unique_ptr<Session> session_;
    std::atomic<std::uint64_t>& started_;
};

EngineLink::EngineLink(SessionFactory makeSession, QObject* parent)
    : QObject(parent),
      makeSession_(std::move(makeSession)),
      runner_(
          [this]() -> std::unique_ptr<Session> {
              yieldToTheWindow();
              return std::make_unique<Watched>(makeSession_(), started_);
          },
          {[this](Progress progress) { reportOnWorker(std::move(progress)); },
           [this](Outcome outcome) {
               QMetaObject::invokeMethod(
                   this, [this, outcome = std::move(outcome)] { receive(outcome); }, Qt::QueuedConnection);
           }})
{
}

EngineLink::~EngineLink()
{
    setPaused(false); // or its thread would never end
}

void EngineLink::queryModels()
{
    inBackground(
        this, [make = makeSession_] { return make()->models(); },
        [this](const Attempt<std::vector<ModelInfo>>& models) {
            if (const auto* problem = std::get_if<Problem>(&models))
                Q_EMIT modelsFailed(problem->message);
            else
                Q_EMIT modelsKnown(std::get<0>(models));
        });
}

RequestId EngineLink::submit(FillRequest request)
{
    request.id = RequestId(++newest_);
    running_ = true;
    const RequestId id = request.id;
    loaded_ =
        request.recipe.model == this_photo_model ? QString() : QString::fromStdString(request.recipe.model);
    setPaused(false); // one that is replaced must end
    runner_.submit(std::move(request));
    Q_EMIT loadedChanged();
    return id;
}

void EngineLink::unload()
{
    runner_.unload();
    loaded_.clear();
    Q_EMIT loadedChanged();
}

void EngineLink::stop()
{
    if (!running_)
        return;
    runner_.stop();
    setPaused(false);
    if (started_ == newest_)
        return; // the session ends it and says so
    // It was still waiting: the runner drops it silently. Should it start this moment, its outcome is stale.
    CompletionSet nothing;
    nothing.stopped = true;
    running_ = false;
    const Outcome outcome{RequestId(newest_++), std::move(nothing)};
    Q_EMIT finished(outcome);
}

void EngineLink::setPaused(bool paused)
{
    {
        const std::lock_guard lock(pauseMutex_);
        paused_ = paused;
    }
    pauseEnds_.notify_all();
}

void EngineLink::holdWhilePaused()
{
    std::unique_lock lock(pauseMutex_);
    pauseEnds_.wait(lock, [this] { return !paused_; });
}

/// On the worker thread. At most one report is in the event queue; the last one and new candidates always get through.
void EngineLink::reportOnWorker(Progress progress)
{
    const auto now = std::chrono::steady_clock::now();
    const bool last = progress.total > 0 && progress.done >= progress.total;
    // Candidates may be long in coming, and what has finished must be kept.
    const bool must = last || progress.pool || !progress.arrived.empty();
    if (!must && (now - lastReport_ < shortestPause || underway_))
        return holdWhilePaused();
    lastReport_ = now;
    underway_ = true;
    QMetaObject::invokeMethod(
        this,
        [this, progress = std::move(progress)] {
            underway_ = false;
            receive(progress);
        },
        Qt::QueuedConnection);
    holdWhilePaused();
}

void EngineLink::receive(const Progress& progress)
{
    if (running_ && std::uint64_t(progress.id) == newest_)
        Q_EMIT progressed(progress);
}

void EngineLink::receive(const Outcome& outcome)
{
    if (std::uint64_t(outcome.id) != newest_)
        return;
    running_ = false;
    Q_EMIT finished(outcome);
}

} // namespace lacuna::ui
