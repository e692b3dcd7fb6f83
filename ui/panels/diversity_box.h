// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "engine/core/diversity.h"
#include "engine/core/recipe.h"

class QCheckBox;
class QDoubleSpinBox;
class QLabel;
class QSlider;

namespace lacuna::ui {

/// The diversity dial and what it means: eta and the bound, which can also be typed.
class DiversityBox : public QWidget {
    Q_OBJECT

public:
    explicit DiversityBox(QWidget* parent);

    double eta() const;
    Bound bound() const;
    bool keepsTwin() const; ///< the set is to be made without guidance too; never without guidance
    void setDial(int dial);
    void setValues(double eta, double gray); ///< own values; gray 0: no bound
    /// What the positions of the dial mean; puts the values of the present position.
    void setModelKind(DiversityFor kind);

    /// For the paper's D beside the bound.
    void setHole(std::size_t pixels, int members);

private:
    void dialTurned(int dial);
    void valuesTyped();
    void showD();
    void offerTwin();

    QSlider* dial_;
    QLabel* position_;
    QDoubleSpinBox* eta_;
    QDoubleSpinBox* bound_;
    QCheckBox* twin_;
    QLabel* paperD_;
    DiversityFor kind_ = DiversityFor::ThisPhoto;
    std::size_t holePixels_ = 0;
    int members_ = 1;
};

} // namespace lacuna::ui
