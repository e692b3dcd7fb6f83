// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

namespace lacuna::ui {

class GalleryModel;

/// All candidates by their first two principal components: near ones are alike. The cards of the open branch are
/// large, the candidate on the canvas wears a ring.
class CandidateMap : public QWidget {
    Q_OBJECT

public:
    explicit CandidateMap(QWidget* parent);
    void show(const GalleryModel& model);
    void setShown(int candidate);

    QPointF placeOf(int candidate) const;
    int candidateAt(QPointF point) const; ///< -1: none is near

    QSize sizeHint() const override { return {140, 120}; }

Q_SIGNALS:
    void picked(int candidate);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent*) override;
    void mousePressEvent(QMouseEvent*) override;

private:
    struct Dot {
        QPointF at{}; ///< in [0,1]
        bool inBranch = false, card = false, starred = false;
    };
    std::vector<Dot> dots_{};
    int shown_ = -1;
};

} // namespace lacuna::ui
