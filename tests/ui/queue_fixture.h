// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>

#include "engine/core/philox.h"
#include "engine/project/project_file.h"
#include "tests/ui/window_fixture.h"
#include "ui/queue/queue.h"
#include "ui/queue/queue_panel.h"

namespace lacuna::ui {

/// What a test wants of its sessions and sees of them.
struct Gate {
    std::atomic<int> steps{12};
    std::atomic<int> holdAt{
        1 << 30};             ///< a run waits before this step, until it is more or the run is stopped
    std::atomic<int> step{0}; ///< of the run at hand
    std::atomic<int> runs{0};
};

/// Its pictures follow from seed, member and step, as those of the engine do, and from every step before.
class KeyedSession : public Session {
public:
    explicit KeyedSession(std::shared_ptr<Gate> gate) : gate_(std::move(gate)) {}

    std::vector<ModelInfo> models() const override
    {
        return FakeSession(std::make_shared<FakeScript>()).models();
    }

    CompletionSet fill(const FillRequest& request, const std::function<void(Progress)>& report,
                       std::stop_token stop) override
    {
        ++gate_->runs;
        CompletionSet set;
        set.recipe = request.recipe;
        const std::size_t bytes = request.picture.bytes->size();
        std::vector<std::vector<std::uint8_t>> values(std::size_t(request.recipe.count),
                                                      std::vector<std::uint8_t>(bytes));
        int step = 0;
        for (; step < gate_->steps && !stop.stop_requested(); ++step) {
            for (std::size_t member = 0; member < values.size(); ++member)
                for (std::size_t i = 0; i < bytes; i += 7)
                    values[member][i] ^= std::uint8_t(
                        256
                        * uniform({request.recipe.seed, std::uint32_t(member), std::uint32_t(step), 1}, i));
            Progress progress;
            progress.phase = "Sampling";
            progress.done = step + 1;
            progress.total = gate_->steps;
            progress.seconds = 0.2 * step;
            report(std::move(progress));
            gate_->step = step + 1;
            hold(stop);
        }
        set.stopped = step < gate_->steps;
        for (std::size_t member = 0; member < values.size(); ++member) {
            Completion one;
            one.member = int(member);
            one.finished = !set.stopped;
            const Picture& like = request.picture;
            one.patches.push_back(
                {0, 0, make_picture(like.width, like.height, like.channels, like.bits, [&](std::uint8_t* to) {
                     std::copy(values[member].begin(), values[member].end(), to);
                 })});
            set.completions.push_back(std::move(one));
        }
        return set;
    }

private:
    void hold(const std::stop_token& stop)
    {
        std::mutex mutex;
        std::unique_lock lock(mutex);
        std::condition_variable_any wake;
        while (gate_->step >= gate_->holdAt && !stop.stop_requested())
            wake.wait_for(lock, stop, std::chrono::milliseconds(1), [] { return false; });
    }

    std::shared_ptr<Gate> gate_;
};

/// The completions of a job, from the project that was written.
inline std::vector<Picture> picturesOf(const Job& job)
{
    const OpenedProject opened = open_project(job.result);
    std::vector<Picture> pictures;
    for (const Completion& one : opened.project.sets.at(0).set->completions)
        pictures.push_back(composite(opened.project.picture, *opened.project.sets[0].hole, one));
    return pictures;
}

/// A window whose queue is kept in the folder of the test's state.
struct QueueFixture {
    /// Runs wait before that step from the first one on.
    explicit QueueFixture(bool kept = true, int holdAt = 1 << 30, SessionFactory factory = {})
    {
        gate->holdAt = holdAt;
        if (!factory)
            factory = [gate = gate]() -> std::unique_ptr<Session> {
                return std::make_unique<KeyedSession>(gate);
            };
        window = std::make_unique<MainWindow>(std::move(factory));
        if (kept)
            window->startSession();
        window->resize(1440, 900);
        window->show();
        exposed = QTest::qWaitForWindowExposed(window.get());
    }
    /// Adds a job with this seed by the button.
    void add(int seed)
    {
        window->parameters().setSeed(std::uint64_t(seed));
        QTest::mouseClick(window->findChild<QPushButton*>(QStringLiteral("queue-button")), Qt::LeftButton);
    }
    void open(int side = 24)
    {
        window->document().open(loadedWithHole(side));
        window->refreshNow();
    }
    Queue& queue() const { return window->queue(); }
    QueuePanel& panel() const { return *window->findChild<QueuePanel*>(); }
    QueueView& view() const { return panel().view(); }
    /// Seeds of the jobs in their order.
    std::vector<int> seeds(Job::State state) const
    {
        std::vector<int> list;
        for (const Job& job : queue().list().jobs())
            if (job.state == state && job.request)
                list.push_back(int(job.request->recipe.seed));
        return list;
    }
    int count(Job::State state) const { return queue().list().count(state); }
    /// Every job is done and written.
    bool finished(int jobs)
    {
        const bool all = QTest::qWaitFor(
            [&] {
                const auto& list = queue().list().jobs();
                return count(Job::State::Done) == jobs
                       && std::all_of(list.begin(), list.end(),
                                      [](const Job& one) { return !one.result.empty(); });
            },
            30000);
        queue().flush();
        return all;
    }

    std::shared_ptr<Gate> gate = std::make_shared<Gate>();
    std::unique_ptr<MainWindow> window{};
    bool exposed = false;
};

} // namespace lacuna::ui
