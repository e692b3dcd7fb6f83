// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "engine/sweep/sweep_plan.h"

class QComboBox;
class QLineEdit;

namespace lacuna::ui {

/// A parameter and the values that it takes, separated by commas.
class AxisEditor : public QWidget {
    Q_OBJECT

public:
    /// `name`: of the axis for people, with mnemonic, such as "&Rows"; `id` is part of the objects' names.
    AxisEditor(const QString& name, const QString& id, QWidget* parent);

    void show(const SweepAxis& axis, const Recipe& base);   ///< without a signal
    void setModels(const std::vector<std::string>& models); ///< to be suggested
    /// What is in the fields; values that are there twice count once.
    SweepAxis axis() const;

Q_SIGNALS:
    void edited(); ///< to another axis with values

private:
    void chooseParameter();
    void tell();

    SweepAxis shown_{};
    QStringList models_{};
    Recipe base_{};
    QComboBox* parameter_;
    QLineEdit* values_;
};

} // namespace lacuna::ui
