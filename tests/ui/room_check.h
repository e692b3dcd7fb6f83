// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QScrollArea>
#include <QStyle>
#include <QStyleOptionComboBox>

#include "ui/appearance/elided_label.h"

/// Finds texts that have less room than they need, and parts that another one cuts off.
namespace lacuna::ui {

inline QString described(const QWidget& widget, const QString& text)
{
    return QStringLiteral("%1 “%2” has %3 x %4")
        .arg(QLatin1String(widget.metaObject()->className()), text)
        .arg(widget.width())
        .arg(widget.height());
}

/// What is wrong with the place of a text; empty: nothing.
inline QString clipped(const QLabel& label)
{
    if (label.text().isEmpty() || dynamic_cast<const ElidedLabel*>(&label))
        return {};
    const int width = label.wordWrap() ? label.minimumSizeHint().width() : label.sizeHint().width();
    const int height = label.wordWrap() ? label.heightForWidth(label.width()) : label.sizeHint().height();
    if (width <= label.width() && height <= label.height())
        return {};
    return described(label, label.text()) + QStringLiteral(", needs %1 x %2").arg(width).arg(height);
}

inline QString clipped(const QAbstractButton& button)
{
    const QSize needed = button.sizeHint();
    if (button.text().isEmpty()
        || (needed.width() <= button.width() && needed.height() <= button.height() + 8))
        return {};
    const bool painted =
        button.fontMetrics().horizontalAdvance(button.text().remove(u'&')) + 8 <= button.width();
    return painted ? QString()
                   : described(button, button.text()) + QStringLiteral(", needs %1").arg(needed.width());
}

inline QString clipped(const QComboBox& box)
{
    QStyleOptionComboBox option;
    option.initFrom(&box);
    const int room =
        box.style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, &box).width();
    const int needed = box.fontMetrics().horizontalAdvance(box.currentText());
    return needed <= room ? QString()
                          : described(box, box.currentText()) + QStringLiteral(", needs %1").arg(needed);
}

/// A part that another one cuts off, unless it can be scrolled to.
inline QString outside(const QWidget& widget, const QWidget& window)
{
    for (const QWidget* parent = &widget; parent != &window; parent = parent->parentWidget())
        if (qobject_cast<const QScrollArea*>(parent->parentWidget() ? parent->parentWidget()->parentWidget()
                                                                    : nullptr))
            return {};
    const QRect place(widget.mapTo(&window, QPoint()), widget.size());
    return window.rect().contains(place) ? QString()
                                         : QString(widget.metaObject()->className()) + " outside the window";
}

inline QStringList problemsOf(const QWidget& window)
{
    QStringList found;
    const auto add = [&](const QString& problem) {
        if (!problem.isEmpty())
            found << problem;
    };
    for (const QWidget* widget : window.findChildren<QWidget*>()) {
        if (!widget->isVisible() || widget->window() != &window)
            continue;
        if (const auto* label = qobject_cast<const QLabel*>(widget))
            add(clipped(*label)), add(outside(*widget, window));
        else if (const auto* button = qobject_cast<const QAbstractButton*>(widget))
            add(clipped(*button)), add(outside(*widget, window));
        else if (const auto* box = qobject_cast<const QComboBox*>(widget))
            add(clipped(*box)), add(outside(*widget, window));
    }
    return found;
}

/// The same of a window of that size and of its dialogs.
inline QStringList problemsOf(const QWidget& window, QSize size)
{
    QStringList problems = problemsOf(window);
    if (window.size() != size)
        problems << QStringLiteral("the window has %1 x %2").arg(window.width()).arg(window.height());
    for (const QDialog* dialog : window.findChildren<QDialog*>())
        if (dialog->isVisible())
            problems << problemsOf(*dialog);
    return problems;
}

} // namespace lacuna::ui
