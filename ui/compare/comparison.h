// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <map>
#include <vector>

#include "ui/compare/pane_board.h"
#include "ui/results/rendered_completion.h"

namespace lacuna::ui {

class ActionRegistry;
class CanvasHeader;
class GalleryPanel;
class Results;
class TwinList;

/// What stands beside each other on the canvas: original or a pinned completion beside the one shown, several
/// completions in a grid, or a completion beside its twin without guidance.
class Comparison : public QObject {
    Q_OBJECT

public:
    struct Parts {
        Document& document;
        Canvas& canvas;
        CanvasHeader& header;
        Results& results;
        GalleryPanel& gallery;
        ActionRegistry& actions;
    };
    explicit Comparison(const Parts& parts, QObject* parent);

    PaneBoard& board() const { return *board_; }
    TwinList& twins() const { return *twins_; }
    int pinned() const { return pinned_; } ///< -1: none, then the original stands beside
    void pin(int candidate);
    void finishNow(); ///< renders what is missing before it returns; for pictures of the window

Q_SIGNALS:
    void failed(const QString& message);

private:
    /// A completion, of the set itself or of its twin without guidance.
    struct Wanted {
        SharedSet set{};
        int index = -1; ///< -1: the original
        QString title{};
    };
    using Key = const void*;

    static Key keyOf(const Wanted& one);
    void connectActions();
    std::vector<Wanted> wanted() const;
    std::vector<Wanted> inGrid() const;
    QString titleOf(int index) const;
    void followResults();
    void refresh();
    void showPanes();
    void render(const Wanted& one);
    void open(int candidate);

    Parts parts_;
    PaneBoard* board_;
    TwinList* twins_;
    int pinned_ = -1;
    std::map<Key, ShownRegion> ready_{}; ///< of what the panes show
    std::vector<Key> underway_{};
};

} // namespace lacuna::ui
