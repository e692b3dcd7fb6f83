// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <optional>
#include <vector>

#include "engine/core/recipe.h"
#include "engine/session/session.h"

class QComboBox;
class QLabel;
class QSpinBox;

namespace lacuna::ui {

class CostLine;
class DiversityBox;
class SeedBox;

/// Everything that decides a set beside picture and mask.
class ParameterPanel : public QWidget {
    Q_OBJECT

public:
    explicit ParameterPanel(QWidget* parent);

    void setModels(const std::vector<ModelInfo>& models);
    void setPicture(QSize size); ///< for what a model will see of it
    void setHole(std::size_t pixels);
    /// Chooses the model of a world of scenes, such as portraits-64 for portraits, also when it becomes known later.
    void chooseModelOf(const QString& world);
    QString modelText() const; ///< what is said about the chosen model
    int nativeSize() const;    ///< of the chosen model; 0: it works at any size
    CostLine& cost() const { return *cost_; }

    Recipe recipe() const;
    Recipe takeRecipe(); ///< for a run that starts now: a used seed is rolled
    /// The settings of another run, as far as the panel has them; its model also when it becomes known later.
    void setRecipe(const Recipe& recipe);
    bool keepsTwin() const;       ///< the set is to be made without guidance too
    void setPool(int candidates); ///< 0: none
    void setDial(int dial);       ///< of diversity, 0 for plain
    void setSeed(std::uint64_t seed);
    void rollSeed();

Q_SIGNALS:
    void edited(); ///< something that the cost of a run depends on

private:
    void showModel();
    const ModelInfo* model() const;
    void holeChanged();

    QComboBox* model_;
    QLabel* modelText_;
    QLabel* methodLabel_;
    QComboBox* method_; ///< of networks
    QSpinBox* count_;
    QSpinBox* pool_;
    QSpinBox* steps_;
    CostLine* cost_;
    DiversityBox* diversity_;
    SeedBox* seed_;
    std::vector<ModelInfo> models_{};
    QString wantedWorld_{};
    std::optional<Recipe> wanted_{}; ///< settings of a model that is not known yet
    QSize picture_{};
    std::size_t holePixels_ = 0;
};

} // namespace lacuna::ui
