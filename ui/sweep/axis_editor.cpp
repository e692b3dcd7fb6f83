// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sweep/axis_editor.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>

#include <algorithm>

#include "ui/appearance/pieces.h"
#include "ui/sweep/sweep_table.h"

namespace lacuna::ui {

AxisEditor::AxisEditor(const QString& name, const QString& id, QWidget* parent)
    : QWidget(parent),
      parameter_(new QComboBox(this)),
      values_(new QLineEdit(this))
{
    const QString plain = QString(name).remove(u'&');
    for (const std::string& parameter : sweep_parameters())
        parameter_->addItem(parameterTitle(parameter), QString::fromStdString(parameter));
    parameter_->setObjectName(id + QStringLiteral("-parameter"));
    parameter_->setToolTip(tr("Which parameter of the recipe varies"));
    parameter_->view()->setAccessibleName(tr("Parameters"));
    values_->setObjectName(id + QStringLiteral("-values"));
    values_->setPlaceholderText(tr("values, separated by commas"));
    values_->setToolTip(
        tr("The values of this axis, separated by commas. Add one and press Enter: only its cells "
           "are new. A bound is in grey levels, or as 0.0003:per-image, or none."));
    QLabel* label = fieldLabel(name, parameter_);
    parameter_->setAccessibleName(tr("%1: parameter").arg(plain));
    values_->setAccessibleName(tr("%1: values").arg(plain));

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(grid);
    row->addWidget(label);
    row->addWidget(parameter_);
    row->addWidget(values_, 1);
    connect(parameter_, &QComboBox::activated, this, &AxisEditor::chooseParameter);
    connect(values_, &QLineEdit::editingFinished, this, &AxisEditor::tell);
}

void AxisEditor::show(const SweepAxis& axis, const Recipe& base)
{
    shown_ = axis;
    base_ = base;
    parameter_->setCurrentIndex(parameter_->findData(QString::fromStdString(axis.parameter)));
    QStringList values;
    for (const std::string& value : axis.values)
        values << QString::fromStdString(value);
    values_->setText(values.join(QStringLiteral(", ")));
}

void AxisEditor::setModels(const std::vector<std::string>& models)
{
    models_.clear();
    for (const std::string& model : models)
        models_ << QString::fromStdString(model);
}

SweepAxis AxisEditor::axis() const
{
    SweepAxis axis{.parameter = parameter_->currentData().toString().toStdString()};
    for (const QString& part : values_->text().split(u',')) {
        const std::string value = part.trimmed().toStdString();
        if (!value.empty() && std::find(axis.values.begin(), axis.values.end(), value) == axis.values.end())
            axis.values.push_back(value);
    }
    return axis;
}

void AxisEditor::chooseParameter()
{
    const std::string parameter = parameter_->currentData().toString().toStdString();
    if (parameter == shown_.parameter)
        return;
    values_->setText(parameter == "model" && !models_.isEmpty() ? models_.join(QStringLiteral(", "))
                                                                : suggestedValues(parameter, base_));
    values_->setFocus();
    values_->selectAll();
    tell();
}

void AxisEditor::tell()
{
    const SweepAxis now = axis();
    if (now.values.empty() || (now.parameter == shown_.parameter && now.values == shown_.values))
        return;
    Q_EMIT edited();
}

} // namespace lacuna::ui
