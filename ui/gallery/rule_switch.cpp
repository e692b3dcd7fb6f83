// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/rule_switch.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPainter>
#include <QSlider>

#include "ui/appearance/pieces.h"
#include "ui/gallery/gallery_model.h"

namespace lacuna::ui {
namespace {

constexpr int troughHeight = 28;
constexpr int sliderSteps = 20;

/// One of several words side by side, of which one is chosen.
class Segment : public QAbstractButton {
public:
    Segment(const QString& text, QWidget* parent) : QAbstractButton(parent)
    {
        setText(text);
        setCheckable(true);
        setFont(textFont(TextRole::Small));
        setFocusPolicy(Qt::StrongFocus);
        setFixedSize(fontMetrics().horizontalAdvance(text) + 22, troughHeight - 4);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const Theme& t = theme();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF pill = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
        painter.setPen(hasFocus() ? QPen(t.accent, 1.5) : isChecked() ? QPen(t.border, 1) : QPen(Qt::NoPen));
        painter.setBrush(isChecked() ? t.surface : underMouse() ? t.hover : QColor(Qt::transparent));
        if (isChecked() || underMouse() || hasFocus())
            painter.drawRoundedRect(pill, controlRadius - 1, controlRadius - 1);
        painter.setPen(!isEnabled() ? t.textOff : isChecked() ? t.accent : t.text);
        painter.drawText(rect(), Qt::AlignCenter, text());
    }
    void enterEvent(QEnterEvent*) override { update(); }
    void leaveEvent(QEvent*) override { update(); }
};

/// The trough that segments lie in.
class Trough : public QWidget {
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().pressed);
        painter.drawRoundedRect(rect(), controlRadius + 1, controlRadius + 1);
    }
};

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
      slider_(new QSlider(Qt::Horizontal, this)),
      likely_(makeLabel(tr("likely"), TextRole::Small, true, this)),
      odd_(makeLabel(tr("odd"), TextRole::Small, true, this))
{
    auto* trough = new Trough(this);
    trough->setFixedHeight(troughHeight);
    auto* inside = new QHBoxLayout(trough);
    inside->setContentsMargins(2, 2, 2, 2);
    inside->setSpacing(2);
    auto* group = new QButtonGroup(this);
    for (const Rule rule : order) {
        auto* segment = new Segment(title(rule), trough);
        segment->setObjectName(QStringLiteral("rule-") + QLatin1String(name(rule)));
        segment->setToolTip(caption(rule));
        segment->setAccessibleName(tr("Choose cards by: %1").arg(title(rule)));
        segment->setAccessibleDescription(caption(rule));
        inside->addWidget(segment);
        group->addButton(segment);
        buttons_.push_back(segment);
        connect(segment, &QAbstractButton::clicked, this, [this, rule] {
            setRule(rule);
            Q_EMIT ruleChosen(rule);
        });
    }
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
    layout->addWidget(trough);
    layout->addSpacing(8);
    layout->addWidget(likely_);
    layout->addWidget(slider_);
    layout->addWidget(odd_);
    setRule(rule_);
}

QAbstractButton* RuleSwitch::button(Rule rule) const
{
    for (std::size_t i = 0; i < buttons_.size(); ++i)
        if (order[i] == rule)
            return buttons_[i];
    return nullptr;
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
