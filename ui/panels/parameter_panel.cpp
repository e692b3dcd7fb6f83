// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/parameter_panel.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>

#include "ui/appearance/pieces.h"
#include "ui/panels/diversity_box.h"
#include "ui/panels/seed_box.h"

namespace lacuna::ui {
namespace {

constexpr int largestSet = 12;
constexpr int defaultSet = 5;
constexpr int mostSteps = 1000;

QSpinBox* numberBox(const QString& name, int low, int high, const QString& tip, QWidget* parent)
{
    auto* box = new QSpinBox(parent);
    box->setObjectName(name);
    box->setRange(low, high);
    box->setToolTip(tip);
    return box;
}

} // namespace

ParameterPanel::ParameterPanel(QWidget* parent) // created in the order of the Tab key
    : QWidget(parent),
      model_(new QComboBox(this)),
      modelText_(makeLabel({}, TextRole::Small, true, this)),
      count_(numberBox(QStringLiteral("count"), 1, largestSet, tr("How many completions belong to the set"),
                       this)),
      steps_(numberBox(QStringLiteral("steps"), 0, mostSteps,
                       tr("Steps of the sampler, each one evaluation for every completion. 0: as many as the "
                          "model suggests."),
                       this)),
      diversity_(new DiversityBox(this)),
      seed_(new SeedBox(this))
{
    model_->setObjectName(QStringLiteral("model"));
    model_->setToolTip(tr("What the completions are drawn from"));
    model_->view()->setAccessibleName(tr("Models"));
    model_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    modelText_->setWordWrap(true);
    count_->setValue(defaultSet);
    steps_->setSpecialValueText(tr("automatic"));

    auto* layout = new QGridLayout(this);
    layout->setContentsMargins({});
    layout->setHorizontalSpacing(2 * grid);
    layout->setVerticalSpacing(4);
    layout->setColumnStretch(0, 1);
    layout->setColumnStretch(1, 1);
    int row = 0;
    const auto gap = [&] { layout->setRowMinimumHeight(row++, 2 * grid - 4); };
    layout->addWidget(fieldLabel(tr("Dataset &model"), model_), row++, 0, 1, 2);
    layout->addWidget(model_, row++, 0, 1, 2);
    layout->addWidget(modelText_, row++, 0, 1, 2);
    gap();
    layout->addWidget(fieldLabel(tr("Set si&ze"), count_), row, 0);
    layout->addWidget(fieldLabel(tr("S&teps"), steps_), row++, 1);
    layout->addWidget(count_, row, 0);
    layout->addWidget(steps_, row++, 1);
    gap();
    layout->addWidget(diversity_, row++, 0, 1, 2);
    gap();
    layout->addWidget(fieldLabel(tr("&Seed"), seed_->field()), row++, 0, 1, 2);
    layout->addWidget(seed_, row++, 0, 1, 2);
    layout->setRowStretch(row, 1);

    connect(model_, &QComboBox::currentIndexChanged, this, &ParameterPanel::showModel);
    connect(count_, &QSpinBox::valueChanged, this, &ParameterPanel::holeChanged);
    holeChanged();
}

void ParameterPanel::setModels(const std::vector<ModelInfo>& models)
{
    models_ = models;
    const QSignalBlocker quiet(model_);
    model_->clear();
    for (const ModelInfo& model : models_)
        model_->addItem(QString::fromStdString(model.name), QString::fromStdString(model.id));
    const int standard = model_->findData(QString::fromStdString(Recipe().model));
    model_->setCurrentIndex(standard < 0 ? 0 : standard);
    showModel();
}

void ParameterPanel::setHole(std::size_t pixels)
{
    if (pixels == holePixels_)
        return;
    holePixels_ = pixels;
    holeChanged();
}

void ParameterPanel::holeChanged()
{
    diversity_->setHole(holePixels_, count_->value());
}

void ParameterPanel::showModel()
{
    const int index = model_->currentIndex();
    const bool known = index >= 0 && index < int(models_.size());
    modelText_->setText(known ? QString::fromStdString(models_[std::size_t(index)].description) : QString());
}

Recipe ParameterPanel::recipe() const
{
    Recipe recipe;
    if (model_->currentIndex() >= 0)
        recipe.model = model_->currentData().toString().toStdString();
    recipe.count = count_->value();
    recipe.steps = steps_->value();
    recipe.eta = diversity_->eta();
    recipe.bound = diversity_->bound();
    recipe.seed = seed_->seed();
    return recipe;
}

Recipe ParameterPanel::takeRecipe()
{
    seed_->take();
    return recipe();
}

void ParameterPanel::setSeed(std::uint64_t seed)
{
    seed_->setSeed(seed);
}

void ParameterPanel::rollSeed()
{
    seed_->roll();
}

} // namespace lacuna::ui
