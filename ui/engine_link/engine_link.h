// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "engine/session/runner.h"

namespace lacuna::ui {

using SessionFactory = std::function<std::unique_ptr<Session>()>;

/// The engine as seen from the window: requests go in, signals come out on the thread of this object. Messages of
/// any request but the newest are dropped. Destroying it while the engine works stops the engine and waits for
/// the step at hand.
class EngineLink : public QObject {
    Q_OBJECT

public:
    explicit EngineLink(SessionFactory makeSession, QObject* parent = nullptr);

    /// Asks for the models of the session; modelsKnown or modelsFailed follows.
    void queryModels();

    /// Starts filling; progressed and then exactly one finished follow, unless a newer request replaces it.
    RequestId submit(FillRequest request);
    void stop();
    /// Holds the engine at its next report, with everything it has in memory, until it goes on or is stopped.
    void setPaused(bool paused);
    bool paused() const { return paused_; }
    ~EngineLink() override; ///< see above

    bool running() const { return running_; }
    /// The network that the newest request has loaded, by its id; empty: none.
    const QString& loadedModel() const { return loaded_; }
    /// Frees the memory of the loaded network, after the run at hand; the next run makes its session anew.
    void unload();

Q_SIGNALS:
    void modelsKnown(const std::vector<lacuna::ModelInfo>& models);
    void modelsFailed(const QString& message);
    void progressed(const lacuna::Progress& progress);
    void finished(const lacuna::Outcome& outcome);
    void loadedChanged();

private:
    class Watched;

    void reportOnWorker(Progress progress);
    void holdWhilePaused();
    void receive(const Progress& progress);
    void receive(const Outcome& outcome);

    SessionFactory makeSession_;
    std::uint64_t newest_ = 0;
    bool running_ = false;
    QString loaded_{};
    std::atomic<std::uint64_t> started_{0}; ///< the request that the session has been given last
    std::atomic<bool> paused_{false};
    std::mutex pauseMutex_{};
    std::condition_variable pauseEnds_{};
    std::atomic<bool> underway_{false};                  ///< a progress report waits in the event queue
    std::chrono::steady_clock::time_point lastReport_{}; ///< worker thread only
    Runner runner_;                                      ///< last: its thread ends before anything above goes
};

} // namespace lacuna::ui
