// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/queue/queue.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

#include "engine/session/expected_cost.h"
#include "ui/background/background.h"
#include "ui/document/document.h"
#include "ui/language/language.h"
#include "ui/main_window/run_controller.h"
#include "ui/messages/message_bar.h"
#include "ui/panels/run_box.h"
#include "ui/results/results.h"

namespace lacuna::ui {
namespace {

constexpr int mostStarts = 2; ///< a job that has begun so often without an end may be what ends the program

QString cameOf(const CompletionSet& set)
{
    const auto finished = std::count_if(set.completions.begin(), set.completions.end(),
                                        [](const Completion& one) { return one.problem.empty(); });
    return set.stopped ? Queue::tr("stopped, %1 completions").arg(finished)
                       : Queue::tr("done, %1 completions").arg(finished);
}

} // namespace

/// The store, which is opened by the first who needs it; without a folder in one that lasts as long as the window.
struct Queue::Keeper {
    std::filesystem::path folder{};
    std::shared_ptr<QueueStore> store{};
    std::unique_ptr<QTemporaryDir> temporary{};

    bool isForeign = false; ///< another window has the folder

    QueueStore& get()
    {
        if (store)
            return *store;
        if (!folder.empty())
            store = QueueStore::open(folder);
        isForeign = !folder.empty() && !store;
        if (!store) {
            temporary = std::make_unique<QTemporaryDir>();
            store = QueueStore::open(temporary->path().toStdU16String());
        }
        return *store;
    }
};

Queue::Queue(const Parts& parts) : parts_(parts), keeper_(std::make_shared<Keeper>())
{
    pool_.setMaxThreadCount(1);
    connect(&list_, &JobList::edited, this, &Queue::save);
    connect(&list_, &JobList::edited, this, &Queue::changed);
    connect(&parts_.run, &RunController::progressed, this, &Queue::showProgress);
    connect(&parts_.run, &RunController::answered, this, &Queue::finish);
    connect(&parts_.run, &RunController::ended, this, &Queue::startNext, Qt::QueuedConnection);
}

Queue::~Queue()
{
    close();
    flush();
}

/// The program ends as it should: that is no failed start. The run is about to be stopped, and its state is written
/// once more for the next start.
void Queue::close()
{
    closed_ = true;
    if (!current_)
        return;
    if (state_)
        state_->wanted = true;
    Job job = list_.take(list_.row(*std::exchange(current_, std::nullopt)));
    job.state = Job::State::Waiting;
    job.note.clear();
    --job.starts;
    list_.insert(0, job);
}

void Queue::flush()
{
    pool_.waitForDone();
    if (!loading_)
        return;
    QCoreApplication::sendPostedEvents(this,
                                       QEvent::MetaCall); // jobs that were added before the stored ones came
    pool_.waitForDone();
}

void Queue::inTurn(std::function<void(QueueStore&)> work)
{
    pool_.start([this, keeper = keeper_, work = std::move(work)] {
        const auto done = attempt([&] {
            work(keeper->get());
            return true;
        });
        if (const auto* problem = std::get_if<Problem>(&done))
            QMetaObject::invokeMethod(
                this,
                [this, message = problem->message] {
                    parts_.messages.show(MessageBar::Kind::Problem,
                                         tr("The queue cannot be kept for the next start. %1").arg(message));
                },
                Qt::QueuedConnection);
    });
}

void Queue::startSession(const std::filesystem::path& folder)
{
    loading_ = true;
    pool_.start([keeper = keeper_, folder] { keeper->folder = folder; });
    auto stored = std::make_shared<StoredQueue>();
    pool_.start([this, keeper = keeper_, stored, folder] {
        const auto read = attempt([&] { return keeper->get().read(); });
        if (const auto* problem = std::get_if<Problem>(&read))
            stored->problem = problem->message;
        else
            *stored = std::get<StoredQueue>(read);
        QMetaObject::invokeMethod(
            this,
            [this, stored, folder, foreign = keeper->isForeign] {
                foreign_ = foreign;
                states_ = foreign ? std::filesystem::path() : folder;
                received(std::move(*stored));
            },
            Qt::QueuedConnection);
    });
}

void Queue::received(StoredQueue stored)
{
    loading_ = false;
    paused_ = paused_ || stored.paused;
    for (Job job : list_.jobs()) { // added meanwhile
        if (job.number < stored.next)
            job.number = stored.next;
        stored.next = std::max(stored.next, job.number + 1);
        stored.jobs.push_back(std::move(job));
    }
    next_ = std::max(next_, stored.next);
    const bool suspect = std::any_of(stored.jobs.begin(), stored.jobs.end(), [](const Job& job) {
        return job.state == Job::State::Waiting && job.starts >= mostStarts;
    });
    paused_ = paused_ || suspect;
    list_.assign(std::move(stored.jobs));
    if (suspect)
        parts_.messages.show(
            MessageBar::Kind::Problem,
            tr("Lacuna ended twice while the first job of the queue ran, so the queue is paused. "
               "Continue it, or remove that job."));
    else if (!stored.problem.isEmpty())
        parts_.messages.show(MessageBar::Kind::Problem, stored.problem);
    else if (paused_ && list_.firstWaiting() >= 0
             && !parts_.messages.isVisible()) // the panel may be out of sight
        parts_.messages.ask(tr("The queue is paused; %1 jobs wait.").arg(list_.count(Job::State::Waiting)),
                            tr("Continue"), [this] { setPaused(false); });
    startNext();
}

void Queue::save()
{
    if (loading_)
        return; // what was kept comes first
    inTurn(
        [queue = StoredQueue{list_.jobs(), paused_, next_, {}}](QueueStore& store) { store.write(queue); });
}

void Queue::add()
{
    if (!parts_.run.whyNot().isEmpty())
        return;
    auto request = std::make_shared<FillRequest>(parts_.run.takeRequest());
    list_.append({.number = next_++, .title = parts_.document.name(), .request = std::move(request)});
    startNext();
    if (std::exchange(foreign_, false))
        parts_.messages.show(MessageBar::Kind::Note,
                             tr("Another window of Lacuna keeps the queue: the jobs of this "
                                "one last as long as it is open."));
}

bool Queue::isOpen(const Picture& picture) const
{
    return parts_.document.isOpen() && parts_.document.picture() == picture;
}

void Queue::startNext()
{
    const int row = list_.firstWaiting();
    if (paused_ || loading_ || closed_ || current_ || parts_.run.running() || row < 0)
        return;
    Job job = list_.take(row);
    job.state = Job::State::Running;
    job.note = tr("running");
    ++job.starts;
    current_ = job.number;
    FillRequest request = *job.request;
    state_ = states_.empty() ? nullptr : std::make_shared<StateFile>();
    if (state_)
        state_->path = QueueStore::stateFile(states_, job.number);
    request.state = state_;
    list_.insert(row, job);
    parts_.run.startJob(request, isOpen(request.picture));
}

void Queue::showProgress(const Progress& progress)
{
    if (!current_)
        return;
    const int row = list_.row(*current_);
    Job job = list_.job(row);
    const QString phase = phaseText(QString::fromStdString(progress.phase));
    const QString left = remainingText(progress.seconds_left);
    const auto evaluations = [&job](int calls) {
        return count(qulonglong(single_evaluations(job.request->recipe, calls)));
    };
    job.note = progress.total > 0
                   ? tr("%1 of %2 evaluations").arg(evaluations(progress.done), evaluations(progress.total))
                   : phase;
    if (paused_)
        job.note = tr("paused") + QStringLiteral(" · ") + job.note;
    else if (!left.isEmpty())
        job.note += QStringLiteral(" · ") + left;
    list_.replace(row, job);
}

void Queue::finish(const Outcome& outcome)
{
    if (!current_)
        return;
    Job job = list_.take(list_.row(*std::exchange(current_, std::nullopt)));
    state_.reset();
    const int number = job.number;
    if (const auto* failed = std::get_if<Failed>(&outcome.result)) {
        job.state = Job::State::Done;
        job.note = tr("failed: %1").arg(QString::fromStdString(failed->message));
        job.request.reset();
        list_.append(job);
        return dropState(number);
    }
    const auto& set = std::get<CompletionSet>(outcome.result);
    if (!set.completions.empty())
        keep(std::move(job), filledSet(*job.request, set));
    dropState(number); // when what came of it is written
}

void Queue::dropState(int number)
{
    if (!states_.empty())
        inTurn([file = QueueStore::stateFile(states_, number)](QueueStore&) {
            std::error_code ignored;
            std::filesystem::remove(file, ignored);
        });
}

/// It is listed as done when its project is written: until then a restart would begin it again.
void Queue::keep(Job job, const SharedSet& set)
{
    job.note = tr("writing its project");
    job.state = Job::State::Done;
    job.set = set;
    const int number = job.number;
    list_.append(job);
    inTurn([this, job, set, number](QueueStore& store) {
        const std::filesystem::path file = store.keepResult(job, set->set);
        QMetaObject::invokeMethod(
            this,
            [this, number, file, note = cameOf(set->set)] {
                const int row = list_.row(number);
                if (row < 0)
                    return; // removed meanwhile
                Job done = list_.job(row);
                done.result = file;
                done.note = note;
                done.request.reset();
                list_.replace(row, done);
                save();
            },
            Qt::QueuedConnection);
    });
}

void Queue::remove(int row)
{
    if (row < 0 || row >= list_.rowCount())
        return;
    if (list_.job(row).state == Job::State::Running)
        return parts_.run.stop();
    const Job job = list_.take(row);
    parts_.messages.ask(tr("Job %1 was removed from the queue.").arg(job.number), tr("Undo"),
                        [this, row, job] {
                            if (list_.row(job.number) < 0)
                                list_.insert(row, job);
                            startNext();
                        });
}

void Queue::activate(int row)
{
    if (row < 0 || row >= list_.rowCount())
        return;
    const Job& job = list_.job(row);
    if (job.state != Job::State::Done)
        return;
    if (job.set && isOpen(job.set->request.picture) && !parts_.run.showsRun())
        parts_.results.setFilled(job.set);
    else if (!job.result.empty())
        openResult(job);
}

/// As a document that was never saved: its file belongs to the queue.
void Queue::openResult(const Job& job)
{
    inBackground(
        this,
        [file = job.result] {
            LoadedPicture loaded = loadPicture(file);
            auto project = std::make_shared<ProjectSource>(*loaded.source.project);
            project->file.clear();
            project->lock.reset();
            loaded.source.project = std::move(project);
            loaded.source.filePath.clear();
            return loaded;
        },
        [this, title = job.title](const Attempt<LoadedPicture>& loaded) {
            if (const auto* problem = std::get_if<Problem>(&loaded))
                return parts_.messages.show(MessageBar::Kind::Problem, problem->message);
            LoadedPicture picture = std::get<LoadedPicture>(loaded);
            picture.name = title;
            parts_.document.open(picture);
        });
}

void Queue::setPaused(bool paused)
{
    if (paused == paused_)
        return;
    paused_ = paused;
    parts_.run.setPaused(paused);
    if (current_) {
        const int row = list_.row(*current_);
        Job job = list_.job(row);
        job.note = paused ? tr("paused") : tr("running");
        list_.replace(row, job);
    }
    save();
    Q_EMIT changed();
    startNext();
}

} // namespace lacuna::ui
