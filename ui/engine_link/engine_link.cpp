// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine_link/engine_link.h"

#include <QMetaObject>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>

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

/// Notes which request the session works on, so that stop() knows whether an outcome will come, and holds it at its
/// reports.
class EngineLink::Watched : public Session {
public:
    using Hold = std::function<void(const FillRequest&)>;

    Watched(std::unique_ptr<Session> session, std::atomic<std::uint64_t>& started, Hold hold)
        : session_(std::move(session)),
          started_(started),
          hold_(std::move(hold))
    {
    }

    std::vector<ModelInfo> models() const override { return session_->models(); }

    CompletionSet fill(const FillRequest& request, const std::function<void(Progress)>& report,
                       std::stop_token stop) override
    {
        started_ = std::uint64_t(request.id);
        return session_->fill(
            request,
            [&](Progress progress) {
                report(std::move(progress));
                hold_(request);
            },
            stop);
    }

private:
    std::unique_ptr<Session> session_;
    std::atomic<std::uint64_t>& started_;
    Hold hold_;
};

/// The engine and its thread, and who may hear of it.
class EngineLink::Worker : public QObject {
public:
    explicit Worker(SessionFactory makeSession)
        : makeSession_(std::move(makeSession)),
          runner_(
              [this]() -> std::unique_ptr<Session> {
                  yieldToTheWindow();
                  return std::make_unique<Watched>(
                      makeSession_(), started_,
                      [this](const FillRequest& request) { holdWhilePaused(request); });
              },
              {[this](Progress progress) { reportOnWorker(std::move(progress)); },
               [this](Outcome outcome) { post(std::move(outcome)); }})
    {
    }

    const SessionFactory& makeSession() const { return makeSession_; }
    Runner& runner() { return runner_; }
    std::vector<EngineLink*>& links() { return links_; }
    std::uint64_t nextId() { return ++last_; }
    bool started(std::uint64_t id) const { return started_ == id; }
    const QString& loaded() const { return loaded_; }
    void setLoaded(const QString& model)
    {
        loaded_ = model;
        const std::vector<EngineLink*> links = links_;
        for (EngineLink* link : links)
            Q_EMIT link->loadedChanged();
    }
    bool paused() const { return paused_; }
    void setPaused(bool paused)
    {
        {
            const std::lock_guard lock(pauseMutex_);
            paused_ = paused;
        }
        pauseEnds_.notify_all();
    }
    ~Worker() override { setPaused(false); } // or its thread would never end

private:
    /// Hands a message of the worker thread to the links, each of which knows its own.
    template <typename Message> void post(Message message)
    {
        QMetaObject::invokeMethod(
            this,
            [this, message = std::move(message)] {
                if constexpr (std::is_same_v<Message, Progress>)
                    underway_ = false;
                const std::vector<EngineLink*> links = links_;
                for (EngineLink* link : links)
                    link->receive(message);
            },
            Qt::QueuedConnection);
    }

    /// At most one report is in the event queue; the last one and new candidates always get through.
    void reportOnWorker(Progress progress)
    {
        const auto now = std::chrono::steady_clock::now();
        const bool last = progress.total > 0 && progress.done >= progress.total;
        // Candidates may be long in coming, and what has finished must be kept.
        const bool must = last || progress.pool || !progress.arrived.empty();
        if (!must && (now - lastReport_ < shortestPause || underway_))
            return;
        lastReport_ = now;
        underway_ = true;
        post(std::move(progress));
    }

    /// What is held may never go on in this program.
    void holdWhilePaused(const FillRequest& request)
    {
        std::unique_lock lock(pauseMutex_);
        if (!paused_)
            return;
        lock.unlock();
        if (request.state && request.state->write)
            request.state->write();
        lock.lock();
        pauseEnds_.wait(lock, [this] { return !paused_; });
    }

    SessionFactory makeSession_;
    std::vector<EngineLink*> links_{};
    QString loaded_{};
    std::uint64_t last_ = 0;
    std::atomic<std::uint64_t> started_{0}; ///< the request that the session has been given last
    std::atomic<bool> paused_{false};
    std::mutex pauseMutex_{};
    std::condition_variable pauseEnds_{};
    std::atomic<bool> underway_{false};                  ///< a progress report waits in the event queue
    std::chrono::steady_clock::time_point lastReport_{}; ///< worker thread only
    Runner runner_;                                      ///< last: its thread ends before anything above goes
};

EngineLink::EngineLink(SessionFactory makeSession, QObject* parent)
    : QObject(parent),
      worker_(std::make_shared<Worker>(std::move(makeSession)))
{
    worker_->links().push_back(this);
}

EngineLink::EngineLink(const EngineLink& beside, QObject* parent) : QObject(parent), worker_(beside.worker_)
{
    worker_->links().push_back(this);
}

EngineLink::~EngineLink()
{
    std::erase(worker_->links(), this);
    if (running_) {
        worker_->runner().stop();
        worker_->setPaused(false);
    }
}

void EngineLink::queryModels()
{
    inBackground(
        this, [make = worker_->makeSession()] { return make()->models(); },
        [this](const Attempt<std::vector<ModelInfo>>& models) {
            if (const auto* problem = std::get_if<Problem>(&models))
                Q_EMIT modelsFailed(problem->message);
            else
                Q_EMIT modelsKnown(std::get<0>(models));
        });
}

bool EngineLink::othersRunning() const
{
    const auto& links = worker_->links();
    return std::any_of(links.begin(), links.end(),
                       [this](const EngineLink* link) { return link != this && link->running_; });
}

RequestId EngineLink::submit(FillRequest request)
{
    newest_ = worker_->nextId();
    request.id = RequestId(newest_);
    running_ = true;
    const RequestId id = request.id;
    const QString model = QString::fromStdString(request.recipe.model);
    worker_->setPaused(false); // one that is replaced must end
    worker_->runner().submit(std::move(request));
    const std::vector<EngineLink*> links = worker_->links();
    for (EngineLink* link : links)
        if (link != this && link->running_ && !worker_->started(link->newest_))
            link->endAsStopped();
    worker_->setLoaded(model == QLatin1String(this_photo_model) ? QString() : model);
    return id;
}

const QString& EngineLink::loadedModel() const
{
    return worker_->loaded();
}

void EngineLink::unload()
{
    worker_->runner().unload();
    worker_->setLoaded({});
}

void EngineLink::stop()
{
    if (!running_)
        return;
    worker_->runner().stop();
    worker_->setPaused(false);
    if (!worker_->started(newest_)) // else the session ends it and says so
        endAsStopped();
}

void EngineLink::setPaused(bool paused)
{
    worker_->setPaused(paused);
}

bool EngineLink::paused() const
{
    return worker_->paused();
}

/// For a request that was still waiting: the runner drops it silently. Should it start this moment, its outcome is
/// stale.
void EngineLink::endAsStopped()
{
    CompletionSet nothing;
    nothing.stopped = true;
    end({RequestId(std::exchange(newest_, 0)), std::move(nothing)});
}

void EngineLink::receive(const Progress& progress)
{
    if (running_ && std::uint64_t(progress.id) == newest_)
        Q_EMIT progressed(progress);
}

void EngineLink::receive(const Outcome& outcome)
{
    if (running_ && std::uint64_t(outcome.id) == newest_)
        end(outcome);
}

void EngineLink::end(const Outcome& outcome)
{
    running_ = false;
    Q_EMIT finished(outcome);
    const std::vector<EngineLink*> links = worker_->links();
    for (EngineLink* link : links)
        if (link != this && !running_ && !link->othersRunning())
            Q_EMIT link->engineFreed();
}

} // namespace lacuna::ui
