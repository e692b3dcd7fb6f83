// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/canvas/stroke_benchmark.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <ctime>

#include "ui/canvas/canvas.h"

namespace lacuna::ui {
namespace {

constexpr int brush = 60;
constexpr int movesPerStroke = 400;
constexpr QSize canvasSize{1072, 660}; ///< as in the window of 1440 x 900

Picture testPicture(int side)
{
    return make_picture(side, side, 3, 8, [side](std::uint8_t* to) {
        for (int y = 0; y < side; ++y)
            for (int x = 0; x < side; ++x) {
                *to++ = std::uint8_t(x >> 4);
                *to++ = std::uint8_t(y >> 4);
                *to++ = std::uint8_t((x ^ y) >> 3);
            }
    });
}

/// A path that turns and crosses itself.
QPointF pathPoint(const Canvas& canvas, int step)
{
    const double t = 2 * M_PI * step / movesPerStroke;
    return {canvas.width() * (0.5 + 0.4 * std::sin(2 * t)), canvas.height() * (0.5 + 0.4 * std::sin(3 * t))};
}

double workedMs()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

/// Counts paint events and lets the window appear.
class PaintCounter : public QObject {
public:
    explicit PaintCounter(Canvas& canvas) { canvas.installEventFilter(this); }

    int count() const { return count_; }
    void waitForFirst()
    {
        if (count_ == 0)
            loop_.exec();
    }

protected:
    bool eventFilter(QObject*, QEvent* event) override
    {
        if (event->type() == QEvent::Paint) {
            ++count_;
            loop_.quit();
        }
        return false;
    }

private:
    QEventLoop loop_{};
    int count_ = 0;
};

/// Sends the event and paints what it made dirty, at once instead of at the next turn of the event loop.
void time(Canvas& canvas, QEvent& event, FrameTimes& times)
{
    QElapsedTimer clock;
    clock.start();
    const double before = workedMs();
    QCoreApplication::sendEvent(&canvas, &event);
    canvas.repaint(0, 0, 1, 1); // paints everything that is dirty, now
    times.worked.push_back(workedMs() - before);
    times.waited.push_back(double(clock.nsecsElapsed()) / 1e6);
}

/// Along the path with a button held.
void drag(Canvas& canvas, Qt::MouseButton button, FrameTimes& times)
{
    for (int step = 0; step <= movesPerStroke; ++step) {
        const bool first = step == 0, last = step == movesPerStroke;
        const QPointF at = pathPoint(canvas, std::min(step, movesPerStroke - 1));
        QMouseEvent event(first  ? QEvent::MouseButtonPress
                          : last ? QEvent::MouseButtonRelease
                                 : QEvent::MouseMove,
                          at, canvas.mapToGlobal(at), first || last ? button : Qt::NoButton,
                          last ? Qt::NoButton : button, Qt::NoModifier);
        time(canvas, event, times);
    }
}

} // namespace

StrokeLatency measureStrokeLatency(int side)
{
    Document document;
    Canvas canvas(document);
    canvas.resize(canvasSize);
    PaintCounter paints(canvas);
    canvas.show();
    paints.waitForFirst();
    document.open(preparePicture(testPicture(side), QStringLiteral("benchmark")));
    const FrameTimes times = timeStrokes(canvas);
    return {quantile(times.waited, 0.5), quantile(times.waited, 0.99), int(times.waited.size()),
            paints.count()};
}

FrameTimes timeStrokes(Canvas& canvas)
{
    canvas.setBrushSize(brush);
    FrameTimes times;
    for (const bool actualSize : {true, false}) {
        if (actualSize)
            canvas.zoomTo(1);
        else
            canvas.zoomToFit();
        canvas.repaint();
        drag(canvas, Qt::LeftButton, times);
    }
    return times;
}

FrameTimes timeZoom(Canvas& canvas)
{
    canvas.zoomToFit();
    canvas.repaint();
    FrameTimes times;
    const QPointF at(0.4 * canvas.width(), 0.6 * canvas.height());
    constexpr int steps = 60;
    for (int i = 0; i < 2 * steps; ++i) {
        QWheelEvent event(at, canvas.mapToGlobal(at), {}, {0, i < steps ? 60 : -60}, Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        time(canvas, event, times);
    }
    return times;
}

FrameTimes timePan(Canvas& canvas)
{
    FrameTimes times;
    canvas.zoomToFit();
    for (const double zoom : {1.0, 2 * canvas.view().zoom()}) {
        canvas.zoomTo(zoom);
        canvas.repaint();
        drag(canvas, Qt::MiddleButton, times);
    }
    return times;
}

double quantile(std::vector<double> times, double share)
{
    if (times.empty())
        return 0;
    std::sort(times.begin(), times.end());
    return times[std::size_t(share * double(times.size() - 1))];
}

} // namespace lacuna::ui
