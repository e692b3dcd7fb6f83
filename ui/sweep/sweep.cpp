// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sweep/sweep.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/document/pyramid.h"

namespace lacuna::ui {
namespace {

using namespace std::chrono_literals;
using State = SweepEntry::State;

constexpr auto lookAgain = 1000ms; ///< at cells that another program works on
constexpr qint64 beatEvery = 5000; ///< milliseconds
constexpr int previewLongest = 128;

} // namespace

Sweep::Sweep(const EngineLink& beside, std::filesystem::path folder, QObject* parent)
    : QObject(parent),
      link_(beside, nullptr),
      folder_(std::move(folder))
{
    again_.setSingleShot(true);
    again_.setInterval(lookAgain);
    connect(&again_, &QTimer::timeout, this, &Sweep::next);
    connect(&link_, &EngineLink::progressed, this, &Sweep::progressed);
    connect(&link_, &EngineLink::finished, this, &Sweep::finished);
    connect(&link_, &EngineLink::engineFreed, this, &Sweep::next);
}

QSize Sweep::shape() const
{
    return stripShape(subject_.mask);
}

SweepSettings Sweep::settings() const
{
    return {table_.base(), table_.axes()};
}

void Sweep::open(const Picture& picture, const Mask& mask, const Recipe& wanted,
                 const std::optional<std::vector<SweepAxis>>& axes)
{
    const bool same = picture.bytes == subject_.picture.bytes && mask == subject_.mask && !table_.empty();
    if (same && !axes)
        return;
    if (!same) {
        close();
        subject_ = {picture, mask};
    }
    plan(axes ? std::optional(SweepSettings{wanted, *axes}) : std::nullopt, wanted);
}

void Sweep::close()
{
    stop();
    ++plan_;
    planning_ = false;
    toLook_.clear();
    subject_ = {};
    inputs_ = {};
    missing_.clear();
    table_ = {};
    filled_ = 0;
    seconds_ = 0;
    Q_EMIT planned();
    Q_EMIT stateChanged();
}

void Sweep::setBase(const Recipe& base)
{
    SweepSettings changed = settings();
    changed.base = base;
    plan(std::move(changed), base);
}

void Sweep::setAxes(std::vector<SweepAxis> axes)
{
    SweepSettings changed = settings();
    changed.axes = std::move(axes);
    plan(std::move(changed), table_.base());
}

void Sweep::plan(std::optional<SweepSettings> settings, const Recipe& wanted)
{
    planning_ = true;
    Q_EMIT stateChanged();
    inBackground(
        this,
        [folder = folder_, subject = subject_, inputs = inputs_, settings = std::move(settings), wanted] {
            return planSweep(folder, subject, inputs, settings, wanted);
        },
        [this, number = ++plan_](const Attempt<PlannedSweep>& plan) {
            if (number != plan_)
                return;
            planning_ = false;
            if (const auto* problem = std::get_if<Problem>(&plan))
                Q_EMIT failed(problem->message);
            else
                accept(std::get<PlannedSweep>(plan));
            Q_EMIT stateChanged();
            next();
        });
}

void Sweep::accept(PlannedSweep plan)
{
    inputs_ = std::move(plan.inputs);
    const BoundScale scale{.hole_pixels = subject_.mask.hole_pixels(),
                           .members = plan.settings.base.count,
                           .picture_pixels =
                               std::size_t(subject_.picture.width) * std::size_t(subject_.picture.height)};
    SweepTable table(plan.settings.base, plan.settings.axes, std::move(plan.jobs), scale);
    table.adopt(table_);
    if (!table_.empty())
        table.setMeasures(table_.measures());
    else if (judge_)
        table.setMeasures(sweep_measures(judge_->lpips(), judge_->niqe()));
    table_ = std::move(table);
    missing_ = std::move(plan.missing);
    for (const auto& [model, problem] : missing_)
        for (int cell = 0; cell < table_.count(); ++cell)
            if (table_.job(cell).recipe.model == model)
                table_.update(table_.job(cell).id, [&](SweepEntry& entry) {
                    entry = {.state = State::Failed, .problem = problem};
                });
    toLook_.clear();
    std::set<std::string> seen;
    for (int cell = 0; cell < table_.count(); ++cell)
        if (table_.entry(cell).state == State::Waiting && seen.insert(table_.job(cell).id).second)
            toLook_.push_back(table_.job(cell).id);
    Q_EMIT planned();
    lookAtNext();
}

void Sweep::lookAtNext()
{
    if (toLook_.empty()) {
        judgeNext();
        Q_EMIT stateChanged();
        return next();
    }
    inBackground(
        this,
        [folder = folder_, id = toLook_.front(), mask = subject_.mask] { return loadCell(folder, id, mask); },
        [this, id = toLook_.front(), number = plan_](const Attempt<std::optional<SweepEntry>>& cell) {
            if (number != plan_ || toLook_.empty())
                return; // another grid has come
            toLook_.pop_front();
            if (const auto* found = std::get_if<0>(&cell); found && *found)
                change(id, [&](SweepEntry& entry) { entry = **found; });
            lookAtNext();
        });
}

void Sweep::start()
{
    if (running_ || !isOpen())
        return;
    running_ = true;
    for (int cell = 0; cell < table_.count(); ++cell)
        if (table_.entry(cell).state == State::Failed && !missing_.contains(table_.job(cell).recipe.model))
            change(table_.job(cell).id, [](SweepEntry& entry) { entry = {}; });
    if (!missing_.empty())
        return plan(settings(), table_.base()); // they may have come meanwhile
    Q_EMIT stateChanged();
    next();
}

void Sweep::stop()
{
    running_ = held_ = false;
    again_.stop();
    elsewhere_.clear();
    link_.stop(); // finished() gives the cell up
    Q_EMIT stateChanged();
}

void Sweep::giveUp(const QString& message)
{
    stop();
    Q_EMIT failed(message);
}

void Sweep::change(const std::string& id, const std::function<void(SweepEntry&)>& how)
{
    for (const int cell : table_.update(id, how))
        Q_EMIT cellChanged(cell);
}

/// Begins the first cell that nobody has begun.
void Sweep::next()
{
    if (!running_ || claiming_ || current_ || looking())
        return;
    held_ = link_.othersRunning(); // engineFreed comes
    if (held_) {
        Q_EMIT stateChanged();
        return;
    }
    for (int cell = 0; cell < table_.count(); ++cell) {
        const std::string& id = table_.job(cell).id;
        if (table_.entry(cell).state != State::Waiting || keeping_.contains(id) || elsewhere_.contains(id))
            continue;
        claiming_ = true;
        inBackground(
            this, [folder = folder_, id, mask = subject_.mask] { return claimCell(folder, id, mask); },
            [this, id](const Attempt<ClaimedCell>& result) { claimed(id, result); });
        return;
    }
    if (!elsewhere_.empty()) {
        held_ = true;
        elsewhere_.clear();
        again_.start();
    } else if (keeping_.empty()) {
        running_ = false;
    }
    Q_EMIT stateChanged();
}

void Sweep::claimed(const std::string& id, const Attempt<ClaimedCell>& result)
{
    claiming_ = false;
    if (const auto* problem = std::get_if<Problem>(&result))
        return giveUp(problem->message);
    const ClaimedCell& cell = std::get<ClaimedCell>(result);
    if (cell.done)
        change(id, [&](SweepEntry& entry) { entry = *cell.done; });
    else if (!cell.claim)
        elsewhere_.insert(id);
    else if (running_ && !link_.othersRunning())
        return fill(id, cell.claim);
    next();
}

void Sweep::fill(const std::string& id, std::shared_ptr<JobStore::Claim> claim)
{
    int cell = 0;
    while (cell < table_.count() && table_.job(cell).id != id)
        ++cell;
    if (cell == table_.count())
        return next(); // another grid has come
    current_ = std::make_shared<Current>();
    current_->id = id;
    current_->claim = std::move(claim);
    current_->request =
        cell_request({.picture = subject_.picture, .mask = subject_.mask, .preview_longest = previewLongest},
                     table_.job(cell));
    current_->beat.start();
    current_->clock.start();
    change(id, [](SweepEntry& entry) { entry = {.state = State::Running}; });
    link_.submit(current_->request);
    Q_EMIT stateChanged();
}

void Sweep::progressed(const Progress& progress)
{
    if (!current_)
        return;
    if (current_->beat.elapsed() > beatEvery) {
        current_->beat.start();
        inBackground(
            this, [claim = current_->claim] { return claim->beat(), true; }, [](const auto&) {});
    }
    change(current_->id, [&](SweepEntry& entry) {
        entry.share = progress.total > 0 ? double(progress.done) / progress.total : 0;
        entry.strip.resize(std::size_t(current_->request.recipe.count));
        for (const Preview& preview : progress.previews)
            if (preview.member >= 0 && std::size_t(preview.member) < entry.strip.size())
                entry.strip[std::size_t(preview.member)] = asImage(preview.picture);
    });
}

void Sweep::finished(const Outcome& outcome)
{
    if (!current_)
        return;
    const std::shared_ptr<const Current> current = std::exchange(current_, nullptr);
    if (const auto* failure = std::get_if<Failed>(&outcome.result)) {
        change(current->id, [&](SweepEntry& entry) {
            entry = {.state = State::Failed, .problem = QString::fromStdString(failure->message)};
        });
    } else if (const auto& set = std::get<CompletionSet>(outcome.result); set.stopped) {
        change(current->id, [](SweepEntry& entry) { entry = {}; });
    } else {
        seconds_ += double(current->clock.elapsed()) / 1000;
        ++filled_;
        keeping_.insert(current->id);
        inBackground(
            this,
            [folder = folder_, current, set] {
                return keepCell(folder, current->id, current->request, set, *current->claim);
            },
            [this, id = current->id](const Attempt<SweepEntry>& result) { kept(id, result); });
    }
    Q_EMIT stateChanged();
    next();
}

void Sweep::kept(const std::string& id, const Attempt<SweepEntry>& result)
{
    keeping_.erase(id);
    if (const auto* problem = std::get_if<Problem>(&result)) {
        change(id, [](SweepEntry& entry) { entry = {}; });
        return giveUp(problem->message);
    }
    change(id, [&](SweepEntry& entry) { entry = std::get<SweepEntry>(result); });
    judgeNext();
    next();
    Q_EMIT stateChanged();
}

void Sweep::setWish(const JudgeWish& wish)
{
    if (!makeJudge_)
        return;
    inBackground(
        this,
        [make = makeJudge_, wish] {
            return std::shared_ptr<PictureJudge>(wish.any() ? make(wish) : nullptr);
        },
        [this, wish, number = ++wishes_](const Attempt<std::shared_ptr<PictureJudge>>& judge) {
            if (number != wishes_)
                return; // another wish has come
            if (const auto* problem = std::get_if<Problem>(&judge))
                return Q_EMIT refused(problem->message);
            wish_ = wish;
            judge_ = std::get<0>(judge);
            table_.setMeasures(judge_ ? sweep_measures(judge_->lpips(), judge_->niqe()) : stored_measures());
            Q_EMIT planned();
            judgeNext();
            Q_EMIT stateChanged();
        });
}

/// Measures the first finished cell that lacks a figure, then the next.
void Sweep::judgeNext()
{
    if (judging_ || !judge_)
        return;
    const auto lacks = [this](int cell) {
        const auto& judged = table_.entry(cell).judged;
        return table_.done(cell)
               && ((judge_->lpips() && !judged.contains(judge_->lpips()->name))
                   || (judge_->niqe() && !judged.contains(judge_->niqe()->name)));
    };
    int cell = 0;
    while (cell < table_.count() && !lacks(cell))
        ++cell;
    if (cell == table_.count())
        return;
    judging_ = true;
    inBackground(
        this,
        [folder = folder_, id = table_.job(cell).id, judge = judge_] {
            return judge->figures(storedPictures(folder, id));
        },
        [this, id = table_.job(cell).id,
         judge = judge_](const Attempt<std::map<std::string, double>>& figures) {
            judging_ = false;
            std::map<std::string, double> known;
            if (const auto* values = std::get_if<0>(&figures))
                known = *values;
            else // a cell that cannot be read: its figures are not known, and it is not tried again
                for (const auto& measure : {judge->lpips(), judge->niqe()})
                    if (measure)
                        known[measure->name] = std::nan("");
            change(id, [&](SweepEntry& entry) { entry.judged.merge(known); });
            judgeNext();
            Q_EMIT stateChanged();
        });
}

double Sweep::secondsLeft() const
{
    return filled_ == 0 ? -1 : seconds_ / filled_ * table_.openSets();
}

void Sweep::show(const SweepSubject& subject, SweepTable table, bool running)
{
    subject_ = subject;
    table_ = std::move(table);
    running_ = running;
    Q_EMIT planned();
    Q_EMIT stateChanged();
}

} // namespace lacuna::ui
