// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/parameter_panel.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/core/default_recipe.h"
#include "ui/appearance/pieces.h"
#include "ui/language/language.h"
#include "ui/models/model_entry.h"
#include "ui/panels/cost_line.h"
#include "ui/panels/diversity_box.h"
#include "ui/panels/seed_box.h"

namespace lacuna::ui {
namespace {

constexpr int largestSet = 12;
constexpr int defaultSet = 5;
constexpr int mostSteps = 1000;
constexpr int largestPool = 1000;

/// The methods that need nothing but a picture and a hole, as Recipe::method has them.
struct Method {
    const char* id;
    const char* title;
};
constexpr Method methods[] = {{"ddnm", QT_TRANSLATE_NOOP("ParameterPanel", "DDNM")},
                              {"project", QT_TRANSLATE_NOOP("ParameterPanel", "Projection")},
                              {"diffpir", QT_TRANSLATE_NOOP("ParameterPanel", "DiffPIR")},
                              {"ddrm", QT_TRANSLATE_NOOP("ParameterPanel", "DDRM")},
                              {"repaint", QT_TRANSLATE_NOOP("ParameterPanel", "RePaint (slow)")},
                              {"dps", QT_TRANSLATE_NOOP("ParameterPanel", "DPS (slow)")}};

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
      method_(new QComboBox(this)),
      count_(numberBox(QStringLiteral("count"), 1, largestSet, tr("How many completions belong to the set"),
                       this)),
      pool_(numberBox(QStringLiteral("pool"), 0, largestPool,
                      tr("How many candidates the gallery explores as a tree; it takes as many times longer. "
                         "None: the set alone."),
                      this)),
      steps_(numberBox(QStringLiteral("steps"), 0, mostSteps,
                       tr("Steps of the sampler, each one evaluation for every completion. 0: as many as the "
                          "model suggests."),
                       this)),
      cost_(new CostLine(this)),
      diversity_(new DiversityBox(this)),
      seed_(new SeedBox(this))
{
    model_->setObjectName(QStringLiteral("model"));
    model_->setToolTip(tr("What the completions are drawn from"));
    model_->view()->setAccessibleName(tr("Models"));
    model_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    modelText_->setWordWrap(true);
    method_->setObjectName(QStringLiteral("method"));
    method_->setToolTip(tr("How the network is held to the known pixels"));
    method_->view()->setAccessibleName(tr("Methods"));
    for (const Method& method : methods)
        method_->addItem(tr(method.title), QLatin1String(method.id));
    method_->setCurrentIndex(method_->findData(QLatin1String(network_method)));
    methodLabel_ = fieldLabel(tr("Met&hod"), method_);
    count_->setValue(defaultSet);
    steps_->setSpecialValueText(tr("auto"));
    pool_->setSpecialValueText(tr("none"));
    pool_->setSingleStep(10);

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
    layout->addWidget(methodLabel_, row++, 0, 1, 2);
    layout->addWidget(method_, row++, 0, 1, 2);
    gap();
    auto* numbers = new QGridLayout;
    numbers->setHorizontalSpacing(grid);
    numbers->setVerticalSpacing(4);
    int column = 0;
    for (const auto& [title, box] : {std::pair{tr("Set si&ze"), count_}, std::pair{tr("&Pool"), pool_},
                                     std::pair{tr("S&teps"), steps_}}) {
        numbers->addWidget(fieldLabel(title, box), 0, column);
        numbers->addWidget(box, 1, column);
        numbers->setColumnStretch(column++, 1);
    }
    layout->addLayout(numbers, row++, 0, 1, 2);
    layout->addWidget(cost_, row++, 0, 1, 2);
    gap();
    layout->addWidget(diversity_, row++, 0, 1, 2);
    gap();
    layout->addWidget(fieldLabel(tr("&Seed"), seed_->field()), row++, 0, 1, 2);
    layout->addWidget(seed_, row++, 0, 1, 2);
    layout->setRowStretch(row, 1);

    connect(model_, &QComboBox::currentIndexChanged, this, &ParameterPanel::showModel);
    connect(count_, &QSpinBox::valueChanged, this, &ParameterPanel::holeChanged);
    for (QComboBox* box : {model_, method_})
        connect(box, &QComboBox::currentIndexChanged, this, &ParameterPanel::edited);
    for (QSpinBox* box : {count_, pool_, steps_})
        connect(box, &QSpinBox::valueChanged, this, &ParameterPanel::edited);
    holeChanged();
}

void ParameterPanel::setModels(const std::vector<ModelInfo>& models)
{
    models_ = models;
    {
        const QSignalBlocker quiet(model_);
        const QVariant chosen = model_->currentData();
        model_->clear();
        const ModelInfo* before = nullptr;
        for (const ModelInfo& model : models_) {
            if (!needsHoleOnly(model))
                continue;
            if (before && before->origin != model.origin)
                model_->insertSeparator(model_->count());
            model_->addItem(fromEngine(model.name), QString::fromStdString(model.id));
            model_->setItemData(model_->count() - 1, fromEngine(model.description), Qt::ToolTipRole);
            before = &model;
        }
        const int standard = model_->findData(QString::fromStdString(Recipe().model));
        const int same = chosen.isValid() ? model_->findData(chosen) : -1;
        model_->setCurrentIndex(same >= 0 ? same : std::max(0, standard));
    }
    showModel();
    Q_EMIT edited();
    chooseModelOf(wantedWorld_);
    if (wanted_ && model_->findData(QString::fromStdString(wanted_->model)) >= 0)
        setRecipe(Recipe(*wanted_));
}

void ParameterPanel::chooseModelOf(const QString& world)
{
    wantedWorld_ = world;
    for (int i = 0; i < model_->count() && !world.isEmpty(); ++i)
        if (model_->itemData(i).toString().startsWith(world + u'-')) {
            model_->setCurrentIndex(i);
            wantedWorld_.clear();
            return;
        }
}

void ParameterPanel::setPicture(QSize size)
{
    picture_ = size;
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

const ModelInfo* ParameterPanel::model() const
{
    const std::string id = model_->currentData().toString().toStdString();
    for (const ModelInfo& model : models_)
        if (model.id == id)
            return &model;
    return nullptr;
}

int ParameterPanel::nativeSize() const
{
    const ModelInfo* chosen = model();
    return chosen ? chosen->native_size : 0;
}

QString ParameterPanel::modelText() const
{
    return modelText_->text();
}

void ParameterPanel::showModel()
{
    const ModelInfo* chosen = model();
    const bool network = chosen && chosen->native_size > 0;
    methodLabel_->setVisible(network);
    method_->setVisible(network);
    diversity_->setModelKind(network ? DiversityFor::Network : DiversityFor::ThisPhoto);
    QString text = chosen ? fromEngine(chosen->description) : QString();
    const int side = std::min(picture_.width(), picture_.height());
    if (network && side > 0 && side != chosen->native_size)
        text += u' '
                + tr("It works on %1 × %1 pixels; the shorter side of this picture has %2.")
                      .arg(chosen->native_size)
                      .arg(side);
    modelText_->setText(text);
}

Recipe ParameterPanel::recipe() const
{
    Recipe recipe = default_recipe();
    if (model_->currentIndex() >= 0)
        recipe.model = model_->currentData().toString().toStdString();
    if (const ModelInfo* chosen = model(); chosen && chosen->native_size > 0)
        recipe.method = method_->currentData().toString().toStdString();
    recipe.count = count_->value();
    recipe.steps = steps_->value();
    recipe.pool = pool_->value() == 0 ? 0 : std::max(pool_->value(), recipe.count);
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

void ParameterPanel::setRecipe(const Recipe& recipe)
{
    const int index = model_->findData(QString::fromStdString(recipe.model));
    wanted_ = index < 0 ? std::optional(recipe) : std::nullopt;
    if (index >= 0) {
        model_->setCurrentIndex(index);
        wantedWorld_.clear();
    }
    if (const int method = method_->findData(QString::fromStdString(recipe.method)); method >= 0)
        method_->setCurrentIndex(method);
    count_->setValue(recipe.count);
    steps_->setValue(recipe.steps);
    pool_->setValue(recipe.pool);
    const BoundScale scale{.hole_pixels = holePixels_,
                           .members = recipe.count,
                           .picture_pixels = std::size_t(picture_.width()) * std::size_t(picture_.height())};
    const bool bounded = std::isfinite(recipe.bound.value)
                         && (holePixels_ > 0 || recipe.bound.convention == BoundConvention::GrayLevels);
    diversity_->setValues(recipe.eta,
                          bounded ? recipe.bound.in(BoundConvention::GrayLevels, scale).value : 0);
    seed_->setSeed(recipe.seed);
}

void ParameterPanel::setPool(int candidates)
{
    pool_->setValue(candidates);
}

bool ParameterPanel::keepsTwin() const
{
    return diversity_->keepsTwin();
}

void ParameterPanel::setDial(int dial)
{
    diversity_->setDial(dial);
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
