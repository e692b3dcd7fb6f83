// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <optional>
#include <vector>

namespace lacuna::ui {

class GalleryModel;

/// The whole tree at a glance: a row for each level, every card as wide as its share. The open branch is marked; a
/// press goes to where a card lies.
class TreeMinimap : public QWidget {
    Q_OBJECT

public:
    static constexpr int levels = 3;

    explicit TreeMinimap(QWidget* parent);
    void show(const GalleryModel& model);

    /// The block of a candidate, empty when it is too deep or too narrow.
    QRectF blockOf(int candidate) const;

    QSize sizeHint() const override { return {284, 52}; }

Q_SIGNALS:
    void wanted(int branch); ///< the candidate whose branch holds what was pressed, or the root

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent*) override;
    void mousePressEvent(QMouseEvent*) override;

private:
    struct Block {
        int candidate = 0;
        int parent = -1; ///< candidate or root
        int size = 1;
        int level = 0;
        double left = 0, right = 0; ///< 0..1
        bool inBranch = false, card = false, starred = false;
    };
    QRectF area(const Block& block) const;
    std::optional<Block> blockAt(QPointF point) const;

    std::vector<Block> blocks_{};
    int of_ = 0;
};

} // namespace lacuna::ui
