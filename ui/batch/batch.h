// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <vector>

#include "engine/export/batch_plan.h"
#include "engine/export/export.h"
#include "ui/engine_link/engine_link.h"

namespace lacuna::ui {

/// Fills the pictures of a folder one after the other with one recipe and writes the completions and a report into
/// another. What goes wrong with one picture is said in its place and the next one follows.
class Batch : public QObject {
    Q_OBJECT

public:
    enum class State { Waiting, Working, Done, Failed };
    struct Item {
        BatchItem files{};
        State state = State::Waiting;
        QString text{}; ///< about the state, for people
        int written = 0;
        double seconds = 0; ///< of its run
    };
    struct Settings {
        QString folder{}; ///< to write to; made if it is not there
        Recipe recipe{};
        ExportOptions options{}; ///< any format but OpenRaster, which gets one file with layers
    };

    explicit Batch(SessionFactory makeSession, QObject* parent = nullptr);

    /// Looks which pictures have masks; planned() follows.
    void plan(const QString& pictures, const QString& masks);
    void start(const Settings& settings);
    void stop(); ///< what is written stays; the picture at hand is given up

    bool running() const { return running_; }
    const std::vector<Item>& items() const { return items_; }
    const QString& problem() const { return problem_; } ///< of the plan, a sentence; empty: none

Q_SIGNALS:
    void planned();
    void itemChanged(int index);
    void progressed(int index, int done, int total); ///< evaluations
    void ended(const QString& sentence);

private:
    void next();
    void fill(const FillRequest& request, const FileMetadata& metadata);
    void receive(const Outcome& outcome);
    void finish(int written, double seconds);
    void fail(const QString& problem);
    void setState(State state, const QString& text);
    void writeReport(std::function<void(const QString& problem)> done);
    void end();

    SessionFactory makeSession_;
    std::unique_ptr<EngineLink> link_{}; ///< from the first picture on
    std::vector<Item> items_{};
    QString problem_{};
    Settings settings_{};
    std::shared_ptr<ExportSource> source_{}; ///< the picture at hand
    std::size_t current_ = 0;
    std::uint64_t newestPlan_ = 0;
    bool running_ = false, stopping_ = false;
};

} // namespace lacuna::ui
