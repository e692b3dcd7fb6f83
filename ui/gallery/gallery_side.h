// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QStackedWidget;
class QToolButton;

namespace lacuna::ui {

class CandidateMap;
class GalleryModel;
class TreeMinimap;
class UnseenGauge;

/// Where the cards lie among all candidates, for the side of the window. Without a pool it says how to get one.
class GallerySide : public QWidget {
    Q_OBJECT

public:
    explicit GallerySide(QWidget* parent);
    void show(const GalleryModel& model);

    CandidateMap& map() const { return *map_; }
    TreeMinimap& minimap() const { return *minimap_; }
    UnseenGauge& gauge() const { return *gauge_; }
    QToolButton* tailButton() const { return tail_; }
    QString explanation() const; ///< empty when there is a pool

private:
    QStackedWidget* pages_;
    QLabel* empty_;
    CandidateMap* map_;
    TreeMinimap* minimap_;
    UnseenGauge* gauge_;
    QToolButton* tail_;
};

} // namespace lacuna::ui
