// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListWidget>

#include "ui/results/rendered_completion.h"

namespace lacuna::ui {

/// The member of a twin set that has the same noise as a completion of the set; -1: there is none.
int twinOf(const FilledSet& set, int index, const FilledSet& twin);

/// What guidance changed: for each completion its distance to the twin from the same noise.
class TwinList : public QListWidget {
    Q_OBJECT

public:
    explicit TwinList(QWidget* parent);

    /// Distances are measured on a thread; the texts follow.
    void setSets(const SharedSet& set, const SharedSet& twin);
    void finishNow(); ///< the texts are there before it returns; for pictures of the window
    void setShown(int index);
    /// Root mean square over the hole in grey levels; negative: not known.
    double distance(int index) const;

Q_SIGNALS:
    void picked(int index);

private:
    void show(const std::vector<double>& distances);

    SharedSet set_{}, twin_{};
    std::vector<double> distances_{};
    int shown_ = -1;
};

} // namespace lacuna::ui
