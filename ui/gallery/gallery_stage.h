// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVariantAnimation>
#include <QWidget>

#include <vector>

#include "ui/gallery/gallery_card.h"

namespace lacuna::ui {

/// The row of cards. Each card belongs to a candidate; when other candidates are to be shown, those that stay fly to
/// their new places, those that go and come do so from and to a place that says why.
class GalleryStage : public QWidget {
    Q_OBJECT

public:
    static constexpr int gap = 12;

    explicit GalleryStage(QWidget* parent);

    /// Where cards come from and go to that are on one side only: nowhere, or the card of a candidate on the side
    /// where it is (that of the branch which is opened or closed).
    struct Change {
        int through = -1;
    };
    void setCards(const std::vector<int>& candidates, Change change);

    int count() const { return int(row_.size()); }
    GalleryCard* card(int place) const { return row_[std::size_t(place)].card; }
    int candidate(int place) const { return row_[std::size_t(place)].candidate; }
    int placeOf(int candidate) const; ///< -1: it has no card
    void settle();                    ///< ends what moves

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void picked(int candidate);
    void opened(int candidate);
    void starPressed(int candidate);
    void crossPressed(int candidate);
    void closed(); ///< Backspace

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Placed {
        int candidate = 0;
        GalleryCard* card = nullptr;
    };
    struct Flight {
        GalleryCard* card = nullptr;
        QRect from{}, to{};
        double opacityFrom = 1, opacityTo = 1;
        bool leaves = false;
    };

    GalleryCard* make(int candidate);
    QRect slot(int place) const;
    void fly(std::vector<Flight> flights);
    void moveTo(double t);
    bool handleKey(int place, int key);
    void focusCard(int place);

    std::vector<Placed> row_{};
    std::vector<Flight> flights_{};
    QVariantAnimation animation_{};
};

} // namespace lacuna::ui
