// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/run_controller.h"

#include <QAction>

#include <algorithm>
#include <utility>

#include "engine/session/expected_cost.h"
#include "ui/document/document.h"
#include "ui/gallery/gallery_panel.h"
#include "ui/language/language.h"
#include "ui/messages/message_bar.h"
#include "ui/panels/cost_line.h"
#include "ui/panels/distance_graph.h"
#include "ui/panels/parameter_panel.h"
#include "ui/panels/run_box.h"
#include "ui/results/results.h"

namespace lacuna::ui {

RunController::RunController(SessionFactory makeSession, const Parts& parts, QObject* parent)
    : QObject(parent),
      parts_(parts),
      link_(std::move(makeSession))
{
    connect(parts_.generate, &QAction::triggered, this, &RunController::start);
    connect(parts_.stop, &QAction::triggered, this, &RunController::stop);
    connect(&link_, &EngineLink::modelsKnown, &parts_.parameters, &ParameterPanel::setModels);
    connect(&link_, &EngineLink::modelsFailed, this,
            [this](const QString& message) { parts_.messages.show(MessageBar::Kind::Problem, message); });
    connect(&link_, &EngineLink::progressed, this, &RunController::note);
    connect(&link_, &EngineLink::finished, this, &RunController::receive);
    connect(&parts_.parameters, &ParameterPanel::edited, this, &RunController::askCost);
    link_.queryModels();
    refresh();
}

void RunController::askCost()
{
    parts_.parameters.cost().ask(parts_.parameters.recipe(), parts_.document.holePixels(),
                                 parts_.parameters.nativeSize(),
                                 [this] { return parts_.document.sharedMask(); });
}

QString RunController::whyNot() const
{
    const Document& document = parts_.document;
    if (!document.isOpen())
        return tr("Open a picture first.");
    if (document.holePixels() == 0)
        return tr("Paint the hole first: nothing is marked yet.");
    if (document.holePixels() == document.mask().values.size())
        return tr("Leave a part of the picture known: all of it is marked.");
    return {};
}

void RunController::refresh()
{
    const QString reason = whyNot();
    parts_.generate->setEnabled(!running() && reason.isEmpty());
    parts_.stop->setEnabled(running());
    if (!running())
        parts_.runBox.showIdle(reason.isEmpty() ? summary_ : reason);
    askCost();
}

FillRequest RunController::makeRequest()
{
    FillRequest request;
    request.picture = parts_.document.picture();
    request.mask = parts_.document.mask();
    request.recipe = parts_.parameters.takeRecipe();
    request.recipe.soft_edge = parts_.document.maskEntry().softEdge;
    return request;
}

void RunController::start()
{
    if (running() || !whyNot().isEmpty())
        return;
    begin(makeRequest(), true, false);
    wantsTwin_ = parts_.parameters.keepsTwin();
}

void RunController::startJob(const FillRequest& request, bool shown)
{
    if (!running())
        begin(request, shown, true);
}

void RunController::begin(const FillRequest& request, bool shown, bool job)
{
    shown_ = shown;
    job_ = job;
    wantsTwin_ = false;
    told_.clear();
    request_ = request;
    if (shown) {
        parts_.messages.dismiss();
        parts_.results.clear();
        parts_.graph.clear();
        parts_.gallery.begin(request_.recipe.count);
    }
    parts_.parameters.cost().speeds().begin(request_.recipe, request_.mask.hole_pixels());
    link_.submit(request_);
    refresh();
    parts_.runBox.showRunning();
    if (shown)
        Q_EMIT started();
}

void RunController::setPaused(bool paused)
{
    link_.setPaused(paused && running());
    if (paused && running())
        parts_.runBox.showPaused();
}

void RunController::stop()
{
    if (!running())
        return;
    parts_.runBox.showStopping();
    link_.stop();
}

void RunController::abandon()
{
    summary_.clear();
    parts_.graph.clear();
    if (job_ && running()) {
        shown_ = false;
        return;
    }
    abandoned_ = running();
    stop();
}

void RunController::note(const Progress& progress)
{
    if (abandoned_)
        return;
    const QString remaining =
        remainingText(progress.seconds_left, progress.seconds_least, progress.seconds_most);
    if (twinRunning_)
        return showProgress(progress, remaining);
    parts_.parameters.cost().speeds().note(progress);
    if (!progress.note.empty() && std::exchange(told_, progress.note) != progress.note)
        parts_.messages.show(MessageBar::Kind::Note, QString::fromStdString(progress.note));
    showProgress(progress, remaining);
    if (link_.paused())
        parts_.runBox.showPaused();
    if (shown_ && !progress.arrived.empty())
        Q_EMIT arrived(progress.arrived);
    Q_EMIT progressed(progress);
}

void RunController::showProgress(const Progress& progress, const QString& remaining)
{
    const std::int64_t done = single_evaluations(request_.recipe, progress.done);
    const std::int64_t total = single_evaluations(request_.recipe, progress.total);
    if (twinRunning_)
        return parts_.runBox.showProgress(evaluationsText(tr("Twin without guidance"), done, total), done,
                                          total, remaining);
    parts_.runBox.showProgress(QString::fromStdString(progress.phase), done, total, remaining);
    if (!shown_)
        return;
    parts_.gallery.showPreviews(progress.previews);
    if (!progress.distances.members.empty())
        parts_.graph.add(progress.distances);
    if (!progress.windows.empty())
        Q_EMIT windowsKnown(progress.windows);
    if (progress.pool && running())
        parts_.results.grow(filledSet(request_, progress.pool));
}

/// The same request from the same noise, with nothing that pushes.
void RunController::startTwin()
{
    twinRunning_ = true;
    FillRequest twin = request_;
    twin.recipe.eta = 0;
    twin.state.reset();
    link_.submit(std::move(twin));
    parts_.runBox.showRunning();
    parts_.stop->setEnabled(true);
    parts_.generate->setEnabled(false);
}

void RunController::finishTwin(const Outcome& outcome)
{
    if (const auto* failure = std::get_if<Failed>(&outcome.result))
        parts_.messages.show(MessageBar::Kind::Problem, QString::fromStdString(failure->message));
    else if (const auto& set = std::get<CompletionSet>(outcome.result); !set.stopped)
        parts_.results.setTwin(filledSet(request_, set));
}

void RunController::receive(const Outcome& outcome)
{
    const bool abandoned = std::exchange(abandoned_, false);
    if (std::exchange(twinRunning_, false)) {
        if (!abandoned)
            finishTwin(outcome);
        refresh();
        Q_EMIT ended();
        return;
    }
    if (parts_.parameters.cost().speeds().end())
        parts_.parameters.cost().refresh();
    if (!abandoned && shown_) {
        summary_.clear();
        parts_.graph.end();
        if (const auto* failure = std::get_if<Failed>(&outcome.result)) {
            parts_.messages.show(MessageBar::Kind::Problem, QString::fromStdString(failure->message));
            if (!parts_.results.endGrowth())
                parts_.gallery.begin(0);
        } else {
            finish(std::get<CompletionSet>(outcome.result));
        }
    }
    twinNext_ = !abandoned && std::exchange(wantsTwin_, false) && parts_.results.filled();
    refresh();
    if (!abandoned)
        Q_EMIT answered(outcome);
    Q_EMIT ended();
    if (std::exchange(twinNext_, false))
        startTwin();
}

/// The engine names parameters as the command line does; in the window they have the same names without dashes.
void RunController::tellProblems(const CompletionSet& set)
{
    const auto fails = [](const Completion& one) { return !one.problem.empty(); };
    const auto failed = std::count_if(set.completions.begin(), set.completions.end(), fails);
    if (failed == 0)
        return;
    const auto first = std::find_if(set.completions.begin(), set.completions.end(), fails);
    parts_.messages.show(MessageBar::Kind::Problem,
                         tr("%1 of %2 completions failed: %3")
                             .arg(failed)
                             .arg(set.completions.size())
                             .arg(QString::fromStdString(first->problem).remove(QStringLiteral("--"))));
}

void RunController::finish(const CompletionSet& set)
{
    const auto failed = std::count_if(set.completions.begin(), set.completions.end(),
                                      [](const Completion& one) { return !one.problem.empty(); });
    const auto size = qsizetype(set.completions.size());
    wantsTwin_ = wantsTwin_ && !set.stopped && size > 0;
    if (set.stopped)
        summary_ =
            size > 0 ? tr("Stopped. What was there is shown.") : tr("Stopped before anything was there.");
    else
        summary_ = (set.pool ? tr("%1 candidates in %2 s.") : tr("%1 completions in %2 s."))
                       .arg(set.pool ? qsizetype(set.pool->candidates.size()) : size - failed)
                       .arg(figure(set.seconds, 1));
    tellProblems(set);
    Q_EMIT windowsKnown(set.windows);
    if (size == 0)
        parts_.gallery.begin(0);
    else
        parts_.results.setFilled(filledSet(request_, set));
}

FillRequest RunController::beginShown()
{
    FillRequest request = makeRequest();
    request_.recipe = request.recipe;
    shown_ = true;
    parts_.gallery.begin(request.recipe.count);
    parts_.generate->setEnabled(false);
    parts_.stop->setEnabled(true);
    parts_.runBox.showRunning();
    Q_EMIT started();
    return request;
}

void RunController::showCandidates(const FillRequest& request, std::shared_ptr<const CandidatePool> pool)
{
    parts_.results.growNow(filledSet(request, std::move(pool)));
}

void RunController::endShown(const FillRequest& request, const CompletionSet& set)
{
    parts_.results.setFilledNow(filledSet(request, set));
    parts_.graph.end();
    summary_ = set.pool ? tr("%1 candidates.").arg(set.pool->candidates.size())
                        : tr("%1 completions.").arg(set.completions.size());
    refresh();
    Q_EMIT ended();
}

} // namespace lacuna::ui
