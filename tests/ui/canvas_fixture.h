// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMouseEvent>
#include <QTest>
#include <QWheelEvent>

#include <memory>

#include "tests/ui/test_pictures.h"
#include "ui/canvas/canvas.h"

namespace lacuna::ui {

/// A shown canvas with a picture at actual size, and hands for mouse and wheel.
struct CanvasFixture {
    static constexpr QSize pictureSize{300, 200};
    static constexpr QSize canvasSize{400, 300};

    Document document{};
    Canvas canvas{document};

    bool show()
    {
        canvas.resize(canvasSize);
        canvas.show();
        if (!QTest::qWaitForWindowExposed(&canvas))
            return false;
        document.open(loadedGradient(pictureSize.width(), pictureSize.height()));
        canvas.zoomTo(1);
        canvas.setBrushSize(25);
        return true;
    }

    QPoint at(QPointF picture) const { return canvas.view().toWidget(picture).toPoint(); }
    QPointF pictureAt(QPoint widget) const { return canvas.view().toPicture(widget); }

    QPolygonF inPicture(const QList<QPoint>& path) const
    {
        QPolygonF result;
        for (const QPoint& point : path)
            result << pictureAt(point);
        return result;
    }

    void drag(const QList<QPoint>& path, Qt::MouseButton button = Qt::LeftButton,
              Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mousePress(&canvas, button, modifiers, path.first());
        for (const QPoint& point : path.mid(1)) {
            QMouseEvent move(QEvent::MouseMove, point, canvas.mapToGlobal(QPointF(point)), Qt::NoButton,
                             button, modifiers);
            QCoreApplication::sendEvent(&canvas, &move);
        }
        QTest::mouseRelease(&canvas, button, modifiers, path.last());
    }

    void turnWheel(QPoint where, int notches, Qt::KeyboardModifiers modifiers = {})
    {
        QWheelEvent event(where, canvas.mapToGlobal(QPointF(where)), {}, {0, 120 * notches}, Qt::NoButton,
                          modifiers, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&canvas, &event);
    }
};

} // namespace lacuna::ui
