// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "engine/selection/rules.h"

class QAbstractButton;
class QLabel;
class QSlider;

namespace lacuna::ui {

class Segments;

/// How the cards are chosen from the candidates: the rule and, where it has one, its peculiarity.
class RuleSwitch : public QWidget {
    Q_OBJECT

public:
    explicit RuleSwitch(QWidget* parent);

    Rule rule() const { return rule_; }
    void setRule(Rule rule);           ///< without a signal
    void setPeculiarity(double value); ///< the same
    QAbstractButton* button(Rule rule) const;
    QSlider* slider() const { return slider_; }

    /// One sentence about what the rule is good for.
    static QString caption(Rule rule);

Q_SIGNALS:
    void ruleChosen(lacuna::Rule rule);
    void peculiarityChosen(double value);

private:
    Rule rule_ = Rule::FarthestPoint;
    Segments* segments_;
    QSlider* slider_;
    QLabel* likely_;
    QLabel* odd_;
};

} // namespace lacuna::ui
