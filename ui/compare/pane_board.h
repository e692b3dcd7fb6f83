// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <optional>
#include <vector>

#include "ui/canvas/canvas.h"
#include "ui/canvas/canvas_view.h"

namespace lacuna::ui {

/// One picture among those that are compared.
struct PaneContent {
    int candidate = -1; ///< -1: the original
    QString title{};    ///< number and seed
    bool waiting = false;
    std::optional<ShownRegion> region{}; ///< over the original
};

class PaneBoard;

/// One picture of the board. Wheel and arrow keys move all of them.
class Pane : public QWidget {
    Q_OBJECT

public:
    explicit Pane(PaneBoard& board);
    void setContent(const PaneContent& content, int number, int of);
    const PaneContent& content() const { return content_; }

Q_SIGNALS:
    void opened(int candidate); ///< double click or Enter

protected:
    void paintEvent(QPaintEvent*) override;
    void mousePressEvent(QMouseEvent*) override;
    void mouseMoveEvent(QMouseEvent*) override;
    void mouseReleaseEvent(QMouseEvent*) override;
    void mouseDoubleClickEvent(QMouseEvent*) override;
    void wheelEvent(QWheelEvent*) override;
    void keyPressEvent(QKeyEvent*) override;
    void focusInEvent(QFocusEvent*) override { update(); }
    void focusOutEvent(QFocusEvent*) override { update(); }

private:
    PaneBoard& board_;
    PaneContent content_{};
    std::optional<QPointF> dragged_{};
};

/// Several completions of one picture in a grid of equal panes, which show the same part of it at the same zoom.
class PaneBoard : public QWidget {
    Q_OBJECT

public:
    static constexpr int most = 9;

    PaneBoard(Document& document, QWidget* parent);

    void setPanes(const std::vector<PaneContent>& contents);
    int count() const { return int(panes_.size()); }
    Pane* pane(int number) const { return panes_[std::size_t(number)]; }
    int columns() const { return columns_; }
    /// Takes a column at the right; hidden when it is.
    void setList(QWidget* list);

    const Document& document() const { return document_; }
    const CanvasView& view() const { return view_; } ///< in every pane
    void zoomBy(double factor, QPointF anchor);      ///< anchor in the panes
    void zoomBy(double factor);                      ///< around their middle
    void zoomTo(double zoom) { zoomBy(zoom / view_.zoom()); }
    void zoomToFit();
    void pan(QPointF by);
    void setOriginalHeld(bool held);
    bool originalHeld() const { return originalHeld_; }

Q_SIGNALS:
    void opened(int candidate);
    void viewChanged();
    void shownChanged(); ///< the board came or went

protected:
    void showEvent(QShowEvent*) override { Q_EMIT shownChanged(); }
    void hideEvent(QHideEvent*) override { Q_EMIT shownChanged(); }
    void resizeEvent(QResizeEvent*) override { place(); }
    void paintEvent(QPaintEvent*) override;

private:
    void place();
    void viewMoved();

    Document& document_;
    std::vector<Pane*> panes_{};
    QWidget* list_ = nullptr;
    CanvasView view_{};
    QSize paneSize_{};
    int columns_ = 1;
    bool fitted_ = true;
    bool originalHeld_ = false;
};

} // namespace lacuna::ui
