// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>
#include <memory>
#include <vector>

#include "engine/session/runner.h"

namespace lacuna::ui {

using SessionFactory = std::function<std::unique_ptr<Session>()>;

/// The engine as seen from the window: requests go in, signals come out on the thread of this object. Messages of
/// any request but the newest are dropped. Destroying it while the engine works stops the engine and waits for
/// the step at hand.
///
/// Several links may share one engine, which does one request at a time: who submits takes it from the others, whose
/// requests end as stopped.
class EngineLink : public QObject {
    Q_OBJECT

public:
    explicit EngineLink(SessionFactory makeSession, QObject* parent = nullptr);
    /// Another link to the same engine.
    explicit EngineLink(const EngineLink& beside, QObject* parent);
    ~EngineLink() override;

    /// Asks for the models of the session; modelsKnown or modelsFailed follows.
    void queryModels();

    /// Starts filling; progressed and then exactly one finished follow, unless a newer request of this link replaces
    /// it.
    RequestId submit(FillRequest request);
    void stop();
    /// Holds the engine at its next report, with everything it has in memory, until it goes on or is stopped. A run
    /// with a file for its state writes it first.
    void setPaused(bool paused);
    bool paused() const;

    bool running() const { return running_; }
    bool othersRunning() const; ///< another link has a request
    /// The network that the newest request has loaded, by its id; empty: none.
    const QString& loadedModel() const;
    /// Frees the memory of the loaded network, after the run at hand; the next run makes its session anew.
    void unload();

Q_SIGNALS:
    void modelsKnown(const std::vector<lacuna::ModelInfo>& models);
    void modelsFailed(const QString& message);
    void progressed(const lacuna::Progress& progress);
    void finished(const lacuna::Outcome& outcome);
    void engineFreed(); ///< the request of another link has ended, and no other follows at once
    void loadedChanged();

private:
    class Watched;
    class Worker;

    void receive(const Progress& progress);
    void receive(const Outcome& outcome);
    void end(const Outcome& outcome);
    void endAsStopped();

    std::uint64_t newest_ = 0; ///< 0: none, or its outcome does not matter any more
    bool running_ = false;
    std::shared_ptr<Worker> worker_;
};

} // namespace lacuna::ui
