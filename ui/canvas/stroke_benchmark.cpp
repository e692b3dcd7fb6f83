// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/canvas/stroke_benchmark.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QMouseEvent>

#include <algorithm>
#include <cmath>
#include <vector>

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
QPointF pathPoint(int step)
{
    const double t = 2 * M_PI * step / movesPerStroke;
    return {canvasSize.width() * (0.5 + 0.4 * std::sin(2 * t)),
            canvasSize.height() * (0.5 + 0.4 * std::sin(3 * t))};
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
double timed(Canvas& canvas, QEvent::Type type, QPointF at, Qt::MouseButton button, Qt::MouseButtons buttons)
{
    QElapsedTimer clock;
    clock.start();
    QMouseEvent event(type, at, canvas.mapToGlobal(at), button, buttons, Qt::NoModifier);
    QCoreApplication::sendEvent(&canvas, &event);
    canvas.repaint(0, 0, 1, 1); // paints everything that is dirty, now
    return double(clock.nsecsElapsed()) / 1e6;
}

void paintStroke(Canvas& canvas, std::vector<double>& times)
{
    times.push_back(timed(canvas, QEvent::MouseButtonPress, pathPoint(0), Qt::LeftButton, Qt::LeftButton));
    for (int step = 1; step < movesPerStroke; ++step)
        times.push_back(timed(canvas, QEvent::MouseMove, pathPoint(step), Qt::NoButton, Qt::LeftButton));
    times.push_back(timed(canvas, QEvent::MouseButtonRelease, pathPoint(movesPerStroke - 1), Qt::LeftButton,
                          Qt::NoButton));
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
    canvas.setBrushSize(brush);
    std::vector<double> times;
    for (const bool actualSize : {true, false}) {
        if (actualSize)
            canvas.zoomTo(1);
        else
            canvas.zoomToFit();
        canvas.repaint();
        paintStroke(canvas, times);
    }
    std::sort(times.begin(), times.end());
    const auto quantile = [&times](double share) {
        return times[std::size_t(share * double(times.size() - 1))];
    };
    return {quantile(0.5), quantile(0.99), int(times.size()), paints.count()};
}

} // namespace lacuna::ui
