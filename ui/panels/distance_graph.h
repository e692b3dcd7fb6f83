// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <map>
#include <vector>

#include "engine/session/messages.h"

namespace lacuna::ui {

/// How far every member is from its nearest mate, over the evaluations of a run: a line a member, in the accent colour
/// while guidance pushes it, the bound as a dashed line, and a dot on members that are pushed now. Distances in grey
/// levels. Remains when the run has ended.
class DistanceGraph : public QWidget {
    Q_OBJECT

public:
    explicit DistanceGraph(QWidget* parent);

    void clear();
    /// Members that begin from the first evaluation again are others: their lines replace those that were there.
    void add(const Distances& distances);
    void end(); ///< nobody is pushed any more

    bool isEmpty() const { return lines_.empty(); }
    int pushed() const; ///< members that are pushed now
    const QString& caption() const { return caption_; }
    QSize sizeHint() const override { return {200, 128}; }

protected:
    void paintEvent(QPaintEvent*) override;

private:
    struct Point {
        int evaluation = 0;
        double gray = 0;
        bool pushed = false;
    };
    using Line = std::vector<Point>;

    void tell();
    void thin();
    QRectF plot() const;
    double largest() const;
    QPointF place(const Point& point) const;
    void paintScale(QPainter& painter) const;
    void paintLine(QPainter& painter, const Line& line) const;

    std::map<int, Line> lines_{}; ///< by member
    int evaluation_ = 0, evaluations_ = 1;
    double bound_ = 0; ///< infinity: none
    bool running_ = false;
    QString caption_{};
};

} // namespace lacuna::ui
