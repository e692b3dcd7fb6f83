// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/run_controller.h"

#include <QAction>

#include <algorithm>
#include <utility>

#include "ui/document/document.h"
#include "ui/gallery/gallery_panel.h"
#include "ui/language/language.h"
#include "ui/messages/message_bar.h"
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
    connect(&link_, &EngineLink::progressed, this, [this](const Progress& progress) {
        if (!abandoned_)
            showProgress(progress, remainingText(progress.seconds_left));
    });
    connect(&link_, &EngineLink::finished, this, &RunController::receive);
    link_.queryModels();
    refresh();
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
    parts_.messages.dismiss();
    parts_.results.clear();
    wantsTwin_ = parts_.parameters.keepsTwin();
    request_ = makeRequest();
    parts_.gallery.begin(request_.recipe.count);
    link_.submit(request_);
    refresh();
    parts_.runBox.showRunning();
    Q_EMIT started();
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
    abandoned_ = running();
    summary_.clear();
    stop();
}

void RunController::showProgress(const Progress& progress, const QString& remaining)
{
    if (twinRunning_)
        return parts_.runBox.showProgress(tr("Twin without guidance"), progress.done, progress.total,
                                          remaining);
    parts_.runBox.showProgress(fromEngine(progress.phase), progress.done, progress.total, remaining);
    parts_.gallery.showPreviews(progress.previews);
    if (!progress.windows.empty())
        Q_EMIT windowsKnown(progress.windows);
    if (progress.pool && running())
        parts_.results.grow(filledSet(request_, progress.pool));
}

/// The same request from the same noise, with nothing that pushes.
void RunController::startTwin()
{
    wantsTwin_ = false;
    twinRunning_ = true;
    FillRequest twin = request_;
    twin.recipe.eta = 0;
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
    if (std::exchange(twinRunning_, false)) {
        if (!std::exchange(abandoned_, false))
            finishTwin(outcome);
        refresh();
        Q_EMIT ended();
        return;
    }
    summary_.clear();
    if (std::exchange(abandoned_, false)) {
        // nothing to show
    } else if (const auto* failure = std::get_if<Failed>(&outcome.result)) {
        parts_.messages.show(MessageBar::Kind::Problem, QString::fromStdString(failure->message));
        if (!parts_.results.endGrowth())
            parts_.gallery.begin(0);
    } else {
        finish(std::get<CompletionSet>(outcome.result));
    }
    refresh();
    Q_EMIT ended();
    if (wantsTwin_ && parts_.results.filled() && !running())
        startTwin();
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
    if (failed > 0)
        parts_.messages.show(
            MessageBar::Kind::Problem,
            tr("%1 of %2 completions failed: %3")
                .arg(failed)
                .arg(size)
                .arg(QString::fromStdString(
                    std::find_if(set.completions.begin(), set.completions.end(), [](const Completion& one) {
                        return !one.problem.empty();
                    })->problem)));
    Q_EMIT windowsKnown(set.windows);
    if (size == 0)
        parts_.gallery.begin(0);
    else
        parts_.results.setFilled(filledSet(request_, set));
}

FillRequest RunController::beginShown()
{
    FillRequest request = makeRequest();
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
    summary_ = set.pool ? tr("%1 candidates.").arg(set.pool->candidates.size())
                        : tr("%1 completions.").arg(set.completions.size());
    refresh();
    Q_EMIT ended();
}

} // namespace lacuna::ui
