// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "engine/session/messages.h"
#include "ui/appearance/pieces.h"
#include "ui/results/result_card.h"

class QHBoxLayout;
class QScrollArea;

namespace lacuna::ui {

/// The cards of a set in one row, during the run and after it.
class ResultStrip : public Ground {
    Q_OBJECT

public:
    /// The actions become buttons at the right of the heading.
    ResultStrip(const std::vector<QAction*>& actions, QWidget* parent);

    void begin(int count); ///< waiting cards for a run
    void showPreviews(const std::vector<Preview>& previews);
    void showSet(const CompletionSet& set); ///< thumbnails follow by setPicture
    void setPicture(int index, const QImage& picture);
    void setShown(int index); ///< -1: none
    void setSummary(const QString& summary);

    int count() const { return int(cards_.size()); }
    ResultCard* card(int index) const { return cards_[std::size_t(index)]; }

Q_SIGNALS:
    void picked(int index);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void setCount(int count);

    QLabel* summary_;
    QScrollArea* scroll_;
    QHBoxLayout* row_;
    std::vector<ResultCard*> cards_{};
};

} // namespace lacuna::ui
