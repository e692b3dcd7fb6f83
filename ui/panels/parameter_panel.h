// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

#include "engine/core/recipe.h"
#include "engine/session/session.h"

class QComboBox;
class QLabel;
class QSpinBox;

namespace lacuna::ui {

class DiversityBox;
class SeedBox;

/// Everything that decides a set beside picture and mask.
class ParameterPanel : public QWidget {
    Q_OBJECT

public:
    explicit ParameterPanel(QWidget* parent);

    void setModels(const std::vector<ModelInfo>& models);
    void setHole(std::size_t pixels);

    Recipe recipe() const;
    Recipe takeRecipe(); ///< for a run that starts now: a used seed is rolled
    void setSeed(std::uint64_t seed);
    void rollSeed();

private:
    void showModel();
    void holeChanged();

    QComboBox* model_;
    QLabel* modelText_;
    QSpinBox* count_;
    QSpinBox* steps_;
    DiversityBox* diversity_;
    SeedBox* seed_;
    std::vector<ModelInfo> models_{};
    std::size_t holePixels_ = 0;
};

} // namespace lacuna::ui
