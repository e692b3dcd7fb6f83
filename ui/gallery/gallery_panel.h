// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCache>
#include <QImage>

#include <vector>

#include "engine/project/project.h"
#include "engine/session/messages.h"
#include "ui/appearance/pieces.h"
#include "ui/gallery/gallery_model.h"
#include "ui/gallery/gallery_stage.h"
#include "ui/gallery/grouper.h"

class QHBoxLayout;
class QPushButton;
class QScrollArea;

namespace lacuna::ui {

class Breadcrumb;
class GallerySide;
class RuleSwitch;

/// The completions of a set in a row, or the candidates of a pool as a tree of a few cards a branch; during the run
/// and after it.
class GalleryPanel : public Ground {
    Q_OBJECT

public:
    /// The actions become buttons at the right of the heading.
    GalleryPanel(const std::vector<QAction*>& actions, QWidget* parent);

    void begin(int count); ///< waiting cards for a run
    void showPreviews(const std::vector<Preview>& previews);
    /// Another set; one with a pool, whose candidates are then its completions, as a tree. Pictures follow.
    void showSet(const CompletionSet& set);
    /// The next set has had this tree, and this branch of it was open (a candidate, or GalleryModel::root).
    void expectTree(const TreeSnapshot& stored, int branch);
    /// More candidates of the same run: the cards keep their places.
    void growSet(const CompletionSet& set);
    /// Trees are made on a thread: this long cards, map and gauge are those before the last change.
    bool grouping() const { return grouper_.busy(); }
    void finishGrouping() { grouper_.finishNow(); } ///< for pictures of the window
    /// The run has ended. Cards that were chosen from fewer candidates are chosen anew, unless someone is at them.
    void endGrowth();

    void setPicture(int candidate, const QImage& picture);
    void setShown(int candidate); ///< -1: none
    void setSummary(const QString& summary);

    int count() const { return stage_->count(); } ///< cards
    GalleryCard* card(int place) const { return stage_->card(place); }
    void pick(int place); ///< as if its card were pressed
    void step(int by);    ///< to another card that can be shown

    const GalleryModel& model() const { return model_; }
    GalleryStage& stage() const { return *stage_; }
    GallerySide& side() const { return *side_; } ///< to be put elsewhere in the window
    RuleSwitch& rules() const { return *rules_; }
    QPushButton* regroupButton() const { return regroup_; }
    QString captionText() const;

    /// Tells candidates apart by what they show inside; none: by all of the hole.
    void groupBy(std::shared_ptr<const PixelRegion> region);
    QPushButton* regionChip() const { return chip_; } ///< says so, and takes it back
    std::vector<Mark> marks() const;                  ///< of all candidates
    void setMarks(const std::vector<Mark>& marks);

    void open(int candidate); ///< or GalleryModel::root
    void close();

Q_SIGNALS:
    void picked(int candidate);
    void picturesWanted(const std::vector<int>& candidates);
    void cardsChanged(); ///< other cards are in the row, or other marks on them
    void grouped();      ///< there is another tree, or the first one
    void arranged();     ///< another tree, or another branch is open
    void regionChanged();
    void begun(); ///< for another run
    void failed(const QString& message);

protected:
    void resizeEvent(QResizeEvent*) override;

private:
    QHBoxLayout* makeHeading(const std::vector<QAction*>& actions);
    QWidget* makeFoot();
    void connectParts();
    CardContent contentOf(int candidate) const;
    void refresh(GalleryStage::Change change = {}); ///< cards, texts, maps after a change of the model
    void refreshCards();
    void ask(bool anew);
    void take(const SharedGrouping& grouping);
    void wantPictures();
    void star(int candidate);
    void reject(int candidate);
    bool attended() const;

    GalleryModel model_{};
    CompletionSet set_{};
    CompletionSet next_{}; ///< will be the set when its tree is there
    Grouper grouper_{};
    QCache<int, QImage> pictures_; ///< by candidate; cost in bytes
    int shown_ = -1;
    bool running_ = false;

    QLabel* title_;
    QLabel* summary_;
    Breadcrumb* way_;
    RuleSwitch* rules_;
    QPushButton* regroup_;
    QPushButton* chip_;
    GalleryStage* stage_;
    QScrollArea* scroll_;
    GallerySide* side_;
    QLabel* caption_;
    QWidget* foot_;
};

} // namespace lacuna::ui
