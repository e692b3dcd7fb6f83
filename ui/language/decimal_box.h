// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDoubleSpinBox>

#include "ui/language/language.h"

namespace lacuna::ui {

/// Takes point and comma for the decimal sign, whatever the language; groups are never typed. Shows the language's.
class DecimalBox : public QDoubleSpinBox {
public:
    explicit DecimalBox(QWidget* parent) : QDoubleSpinBox(parent)
    {
        QLocale plain = numbers();
        plain.setNumberOptions(QLocale::OmitGroupSeparator | QLocale::RejectGroupSeparator);
        setLocale(plain);
    }

    QValidator::State validate(QString& text, int& position) const override
    {
        text = withSign(text);
        return QDoubleSpinBox::validate(text, position);
    }
    double valueFromText(const QString& text) const override
    {
        return QDoubleSpinBox::valueFromText(withSign(text));
    }

private:
    QString withSign(QString text) const
    {
        const QString sign = locale().decimalPoint();
        return text.replace(sign == u"," ? u'.' : u',', sign);
    }
};

} // namespace lacuna::ui
