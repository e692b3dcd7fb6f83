// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/application/window_benchmark.h"

#include <QAbstractEventDispatcher>
#include <QAction>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimer>

#include <cstdio>
#include <ctime>

#include <sys/resource.h>
#include <unistd.h>

#include "ui/actions/action_registry.h"
#include "ui/canvas/canvas.h"
#include "ui/canvas/stroke_benchmark.h"
#include "ui/gallery/gallery_panel.h"
#include "ui/main_window/files.h"
#include "ui/main_window/main_window.h"
#include "ui/main_window/run_controller.h"
#include "ui/messages/message_bar.h"
#include "ui/results/results.h"

namespace lacuna::ui {
namespace {

constexpr int settleMs = 3000, idleMs = 10000;
constexpr int patienceMs = 900'000;

double clockMs(clockid_t clock)
{
    timespec now{};
    clock_gettime(clock, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

/// Milliseconds since this process was started, to 10.
double ageMs()
{
    QFile file(QStringLiteral("/proc/self/stat"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray text = file.readAll();
    constexpr int startTime = 19; // the 22nd field, counted behind the name
    const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    return clockMs(CLOCK_BOOTTIME)
           - 1000.0 * fields.value(startTime).toDouble() / double(sysconf(_SC_CLK_TCK));
}

/// A line of /proc/self/status in megabytes.
double memoryMb(const QByteArray& name)
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray& line : file.readAll().split('\n'))
        if (line.startsWith(name))
            return line.mid(name.size()).simplified().split(' ').first().toDouble() / 1024;
    return 0;
}

double rounded(double value)
{
    return double(qRound64(value * 1000)) / 1000;
}

/// Collects how long the event loop works each time before it looks for events again, by the processor time of its
/// thread.
class LoopWatch : public QObject {
public:
    LoopWatch()
    {
        connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::aboutToBlock, this, [this] {
            const double now = clockMs(CLOCK_THREAD_CPUTIME_ID);
            worked_.push_back(now - before_);
            before_ = now;
        });
    }
    void begin()
    {
        worked_.clear();
        before_ = clockMs(CLOCK_THREAD_CPUTIME_ID);
    }
    const std::vector<double>& worked() const { return worked_; }

private:
    std::vector<double> worked_{};
    double before_ = 0;
};

template <typename Done> void waitUntil(Done&& done)
{
    while (!done())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
}

void letTimePass(int ms)
{
    QEventLoop loop;
    QTimer::singleShot(ms, &loop, &QEventLoop::quit);
    loop.exec();
}

QJsonObject toJson(const FrameTimes& times)
{
    return {{QStringLiteral("p50_ms"), rounded(quantile(times.waited, 0.5))},
            {QStringLiteral("p99_ms"), rounded(quantile(times.waited, 0.99))},
            {QStringLiteral("p99_cpu_ms"), rounded(quantile(times.worked, 0.99))},
            {QStringLiteral("frames"), int(times.waited.size())}};
}

/// Opens it and waits until it is there or a message says why not.
bool opened(MainWindow& window, const WindowBenchmark& what)
{
    window.messages().dismiss();
    if (what.file.isEmpty())
        window.files().openExample(what.example);
    else
        window.files().openPicture(what.file, what.mask);
    waitUntil([&] { return window.document().isOpen() || window.messages().isVisible(); });
    waitUntil([&] { return !window.gallery().grouping(); });
    if (window.messages().isVisible())
        std::fprintf(stderr, "lacuna: %s\n", qUtf8Printable(window.messages().text()));
    return window.document().isOpen();
}

/// The run that Generate starts, until its first completion is on the canvas.
QJsonObject runOnce(MainWindow& window, LoopWatch& loop)
{
    window.refreshNow();
    letTimePass(settleMs);
    QElapsedTimer clock;
    clock.start();
    const double before = clockMs(CLOCK_THREAD_CPUTIME_ID);
    window.actions().get("generate")->trigger();
    const double press = clockMs(CLOCK_THREAD_CPUTIME_ID) - before;
    loop.begin();
    waitUntil([&] { return !window.run().running(); });
    const double seconds = double(clock.elapsed()) / 1000;
    waitUntil([&] { return window.canvas().completionShown() || !window.results().filled(); });
    const std::vector<double>& worked = loop.worked();
    return {{QStringLiteral("seconds"), rounded(seconds)},
            {QStringLiteral("loop_p99_cpu_ms"), rounded(quantile(worked, 0.99))},
            {QStringLiteral("loop_longest_cpu_ms"), rounded(quantile(worked, 1))},
            {QStringLiteral("loop_turns"), int(worked.size())},
            {QStringLiteral("press_cpu_ms"), rounded(press)},
            {QStringLiteral("peak_mb"), rounded(memoryMb("VmHWM:"))}};
}

QJsonObject idle(LoopWatch& loop)
{
    letTimePass(settleMs);
    rusage before{}, after{};
    getrusage(RUSAGE_SELF, &before);
    const double cpu = clockMs(CLOCK_PROCESS_CPUTIME_ID);
    loop.begin();
    letTimePass(idleMs);
    getrusage(RUSAGE_SELF, &after);
    return {{QStringLiteral("seconds"), idleMs / 1000},
            {QStringLiteral("cpu_ms"), rounded(clockMs(CLOCK_PROCESS_CPUTIME_ID) - cpu)},
            {QStringLiteral("loop_turns"), int(loop.worked().size())},
            {QStringLiteral("wakeups"), int(after.ru_nvcsw - before.ru_nvcsw)}};
}

} // namespace

int benchWindow(MainWindow& window, const WindowBenchmark& what)
{
    QTimer::singleShot(patienceMs, qApp, [] { std::_Exit(1); });
    bool models = false;
    QObject::connect(&window.run().link(), &EngineLink::modelsKnown, &window, [&models] { models = true; });
    waitUntil([&] { return models && window.isVisible(); });
    QCoreApplication::processEvents(); // paints it
    QJsonObject json{{QStringLiteral("usable_ms"), rounded(ageMs())},
                     {QStringLiteral("usable_cpu_ms"), rounded(clockMs(CLOCK_PROCESS_CPUTIME_ID))},
                     {QStringLiteral("peak_mb_empty"), rounded(memoryMb("VmHWM:"))}};
    LoopWatch loop;
    if (!what.file.isEmpty() || !what.example.isEmpty()) {
        QElapsedTimer clock;
        clock.start();
        loop.begin();
        if (!opened(window, what))
            return 1;
        json[QStringLiteral("opened_ms")] = double(clock.elapsed());
        json[QStringLiteral("opening_loop_longest_cpu_ms")] = rounded(quantile(loop.worked(), 1));
        if (window.document().holePixels() > 0 && !window.results().filled())
            json[QStringLiteral("run")] = runOnce(window, loop);
        letTimePass(settleMs);
        json[QStringLiteral("stroke")] = toJson(timeStrokes(window.canvas()));
        json[QStringLiteral("zoom")] = toJson(timeZoom(window.canvas()));
        json[QStringLiteral("pan")] = toJson(timePan(window.canvas()));
    }
    json[QStringLiteral("idle")] = idle(loop);
    json[QStringLiteral("peak_mb")] = rounded(memoryMb("VmHWM:"));
    std::puts(QJsonDocument(json).toJson(QJsonDocument::Compact).constData());
    return 0;
}

} // namespace lacuna::ui
