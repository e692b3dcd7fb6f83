// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/rule_switch.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QSlider>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "ui/appearance/pieces.h"
#include "ui/appearance/segments.h"
#include "ui/gallery/gallery_model.h"

namespace lacuna::ui {
namespace {

constexpr int sliderSteps = 20;

constexpr Rule order[] = {Rule::FarthestPoint, Rule::KMeans, Rule::Uniform, Rule::Random};

QString title(Rule rule)
{
    switch (rule) {
    case Rule::FarthestPoint:
        return RuleSwitch::tr("Farthest");
    case Rule::KMeans:
        return RuleSwitch::tr("K-means");
    case Rule::Uniform:
        return RuleSwitch::tr("Uniform");
    case Rule::Random:
        return RuleSwitch::tr("Random");
    }
    return {};
}

QStringList titles()
{
    QStringList list;
    for (const Rule rule : order)
        list << title(rule);
    return list;
}

} // namespace

QString RuleSwitch::caption(Rule rule)
{
    switch (rule) {
    case Rule::FarthestPoint:
        return tr("Farthest points give diversity: cards as different as the candidates allow.");
    case Rule::KMeans:
        return tr("K-means gives coverage: cards in the middle of the largest groups.");
    case Rule::Uniform:
        return tr("Uniformization levels the density: common and rare kinds alike; it may leave out the main "
                  "kind.");
    case Rule::Random:
        return tr("Random shows what the model finds likely: cards may be much alike.");
    }
    return {};
}

RuleSwitch::RuleSwitch(QWidget* parent)
    : QWidget(parent),
      segments_(new Segments(titles(), this)),
      slider_(new QSlider(Qt::Horizontal, this)),
      likely_(makeLabel(tr("likely"), TextRole::Small, true, this)),
      odd_(makeLabel(tr("odd"), TextRole::Small, true, this))
{
    for (std::size_t i = 0; i < std::size(order); ++i) {
        QAbstractButton* segment = button(order[i]);
        segment->setObjectName(QStringLiteral("rule-") + QLatin1String(name(order[i])));
        segment->setToolTip(caption(order[i]));
        segment->setAccessibleName(tr("Choose cards by: %1").arg(title(order[i])));
        segment->setAccessibleDescription(caption(order[i]));
    }
    connect(segments_, &Segments::chosen, this, [this](int index) {
        setRule(order[index]);
        Q_EMIT ruleChosen(rule_);
    });
    slider_->setObjectName(QStringLiteral("peculiarity"));
    slider_->setRange(0, sliderSteps);
    slider_->setValue(sliderSteps);
    slider_->setFixedWidth(96);
    slider_->setAccessibleName(tr("Peculiarity, from likely to odd"));
    slider_->setToolTip(
        tr("From likely candidates to odd ones: how much of the pool the cards are chosen from"));
    connect(slider_, &QSlider::valueChanged, this,
            [this](int value) { Q_EMIT peculiarityChosen(double(value) / sliderSteps); });

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(6);
    layout->addWidget(segments_);
    layout->addSpacing(8);
    layout->addWidget(likely_);
    layout->addWidget(slider_);
    layout->addWidget(odd_);
    setRule(rule_);
}

QAbstractButton* RuleSwitch::button(Rule rule) const
{
    return segments_->button(int(std::find(std::begin(order), std::end(order), rule) - std::begin(order)));
}

void RuleSwitch::setPeculiarity(double value)
{
    const QSignalBlocker quiet(slider_);
    slider_->setValue(int(std::lround(value * sliderSteps)));
}

void RuleSwitch::setRule(Rule rule)
{
    rule_ = rule;
    button(rule)->setChecked(true);
    const bool has = GalleryModel::hasPeculiarity(rule);
    slider_->setEnabled(has);
    likely_->setEnabled(has);
    odd_->setEnabled(has);
}

} // namespace lacuna::ui
