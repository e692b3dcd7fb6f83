// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QPolygonF>
#include <QTimer>
#include <QWidget>

#include <optional>

#include "engine/session/messages.h"
#include "ui/canvas/canvas_view.h"
#include "ui/document/document.h"

namespace lacuna::ui {

/// How the shown completion stands beside the picture.
enum class Compare {
    Off,        ///< the completion alone
    Split,      ///< the picture left of a line, the completion right of it
    Difference, ///< what changed, on black
    Blink,      ///< one after the other
    SideBySide, ///< with the original or a pinned completion; this and the next on the board over the canvas
    Grid,       ///< several completions
    Twin        ///< with the completion from the same noise without guidance
};
inline constexpr int compareModes = 7;

enum class Tool { Brush, Eraser, Rectangle, Ellipse, Lasso, Polygon, Bucket, Pan };

/// A completion as the canvas shows it: the filled rectangle of the picture.
struct ShownRegion {
    QPoint at{};
    SharedPyramid display{};
};

/// Shows the picture and its mask, and lets the mask be painted. Paints only the part that changed.
class Canvas : public QWidget {
    Q_OBJECT

public:
    explicit Canvas(Document& document, QWidget* parent = nullptr);

    const CanvasView& view() const { return view_; }
    void zoomTo(double zoom, QPointF anchor); ///< anchor in the widget
    void zoomTo(double zoom) { zoomTo(zoom, QRectF(rect()).center()); }
    void zoomToFit();

    Tool tool() const { return tool_; }
    void setTool(Tool tool);
    int brushSize() const { return brushSize_; } ///< diameter in source pixels
    void setBrushSize(int size);
    void growBrush(int steps);
    bool penSizes() const { return penSizes_; }
    void setPenSizes(bool on) { penSizes_ = on; } ///< the pressure of a pen makes the brush smaller

    /// A cursor that arrow keys move, pixel by pixel, and that Space, Enter and Delete use like mouse buttons.
    bool keyboardCursor() const { return keyCursor_.has_value(); }
    void setKeyboardCursor(bool on);

    void showCompletion(const ShownRegion& region);
    void showOriginal();
    bool completionShown() const { return region_.has_value(); }
    void setOriginalHeld(bool held); ///< shows the original as long as it is held

    Compare compare() const { return compare_; }
    void setCompare(Compare compare);
    double splitX() const; ///< of the line, in the widget

    /// Draws what a network sees of the picture, with its size there.
    void setWindows(const std::vector<lacuna::NetworkWindow>& windows);
    const std::vector<NetworkWindow>& windows() const { return windows_; }

    /// The mask is remembered as visible apart for the picture and for completions.
    bool maskShown() const { return completionShown() ? maskOnCompletion_ : maskOnPicture_; }
    void setMaskShown(bool shown);

    /// Puts the brush outline somewhere without a mouse; for pictures of the window.
    void showBrushAt(QPointF widget) { moveCursorTo(widget); }

    QSize sizeHint() const override { return {640, 480}; }
    QSize minimumSizeHint() const override { return {240, 180}; }

Q_SIGNALS:
    void viewChanged();
    void cursorMoved(std::optional<QPoint> pixel); ///< none: the cursor is not over the picture
    void brushSizeChanged(int size);
    void toolChanged(lacuna::ui::Tool tool);
    void maskShownChanged(bool shown);
    void compareChanged(lacuna::ui::Compare compare);
    void originalHeldChanged(bool held);
    void keyboardCursorChanged(bool on);
    void spoken(const QString& text);            ///< for those who do not see the cursor
    void similarWanted(QPoint pixel, bool hole); ///< the bucket was used there
    void holeMoved(QPoint by);                   ///< it is to be moved so far, in source pixels

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void tabletEvent(QTabletEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    enum class Drag { None, Pan, Stroke, Rectangle, Ellipse, Lasso, Split, Hole };

    void documentOpened();
    void maskReplaced();
    void readMask(bool wait);
    void averageMask();
    void maskPainted(QRect changed);
    void viewMoved();
    bool outlinesBrush() const;
    QRect brushRect(QPointF widget) const;
    QRect dragRect() const;
    void moveCursorTo(QPointF widget);
    void updateCursorShape();

    void paintPart(QPainter& painter, QRect part) const;
    void paintCompletion(QPainter& painter, QRect part) const;
    void paintSplit(QPainter& painter) const;
    void setSplit(double share);
    bool isOnSplit(QPointF widget) const;
    void blinkNow();
    void paintWindows(QPainter& painter) const;
    void paintDrag(QPainter& painter) const;
    void paintBrush(QPainter& painter) const;

    void press(QPointF widget, Qt::MouseButton button, Qt::KeyboardModifiers modifiers);
    void startDrag(Drag drag, QPointF widget, bool hole);
    void continueDrag(QPointF widget, Qt::KeyboardModifiers modifiers);
    void finishDrag(QPointF widget, Qt::KeyboardModifiers modifiers);
    QPointF shapeCorner(QPointF at, Qt::KeyboardModifiers modifiers) const;
    void stroke(QPointF from, QPointF to);
    double strokeSize() const;

    void addCorner(QPointF widget, Qt::KeyboardModifiers modifiers, bool hole);
    void aimPolygon(QPointF widget, Qt::KeyboardModifiers modifiers);
    void removeCorner();
    void dropPolygon();
    void closePolygon();
    QRect polygonRect() const;
    void paintPolygon(QPainter& painter) const;

    bool wantsKey(const QKeyEvent& event) const;
    bool polygonKey(int key);
    bool cursorKey(QKeyEvent* event);
    void moveKeyCursor(QPoint by);
    void pressKeyCursor(bool hole);
    QPointF keyCursorCentre() const;
    QRect keyCursorRect() const;
    QString keyCursorText() const;
    void paintKeyCursor(QPainter& painter) const;
    void say(const QString& text);

    Document& document_;
    MaskPyramid maskPyramid_{}; ///< without levels while they are made on a thread
    std::uint64_t levelsAsked_ = 0;
    bool averaging_ = false, averageAgain_ = false; ///< on a thread; the mask has changed since then
    QRect changedSince_{};                          ///< the levels were asked for
    CanvasView view_{};
    bool fitted_ = true; ///< follows the size of the widget until a person zooms
    std::optional<ShownRegion> region_{};
    std::vector<NetworkWindow> windows_{};
    bool originalHeld_ = false;
    Compare compare_ = Compare::Off;
    double split_ = 0.5; ///< share of the width
    QTimer blink_{};
    bool blinkedAway_ = false;
    bool maskOnPicture_ = true;
    bool maskOnCompletion_ = false;

    Tool tool_ = Tool::Brush;
    int brushSize_ = 40;
    bool spaceHeld_ = false;
    Drag drag_ = Drag::None;
    Qt::MouseButton dragButton_ = Qt::NoButton;
    bool dragMakesHole_ = true;
    QPointF dragStart_{}; ///< in the picture
    QPointF dragLast_{};  ///< in the picture; for Pan in the widget
    QRect dragHole_{};    ///< that is moved, where it was
    QPolygonF lasso_{};   ///< in the picture
    QPolygonF polygon_{}; ///< its corners so far, in the picture
    QPointF aim_{};       ///< where its next one would be
    bool polygonHole_ = true;
    std::optional<QPoint> keyCursor_{}; ///< pixel of the picture
    double pressure_ = 1;               ///< of the pen, 0..1
    double strokeFrom_ = 0;             ///< size of the brush at dragLast_
    bool penSizes_ = true;
    bool penErases_ = false;
    std::optional<QPointF> strokeEnd_{}; ///< where Shift+click draws from, in the picture
    std::optional<QPointF> cursor_{};    ///< in the widget
};

} // namespace lacuna::ui
