// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/appearance/style.h"

#include <QPainter>
#include <QPushButton>
#include <QStyleFactory>
#include <QStyleOption>

#include "ui/appearance/style_parts.h"
#include "ui/appearance/theme.h"

namespace lacuna::ui {

Style::Style() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}

int Style::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (metric) {
    case PM_SliderThickness:
    case PM_SliderControlThickness:
        return 24;
    case PM_SliderLength:
        return 18;
    case PM_ScrollBarExtent:
        return 12;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return 18;
    case PM_ToolBarIconSize:
        return 24;
    case PM_SmallIconSize:
        return 16;
    case PM_ButtonIconSize:
        return 20;
    case PM_ToolBarFrameWidth:
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    case PM_ToolBarItemSpacing:
        return 4;
    case PM_ToolBarItemMargin:
        return 4;
    case PM_ToolBarSeparatorExtent:
        return 13;
    case PM_MenuBarItemSpacing:
        return 2;
    case PM_MenuBarPanelWidth:
        return 0;
    case PM_MenuBarHMargin:
    case PM_MenuBarVMargin:
        return 4;
    case PM_MenuHMargin:
    case PM_MenuVMargin:
        return 4;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return grid;
    case PM_ToolTipLabelFrameWidth:
        return 4;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                     QStyleHintReturn* data) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_UnderlineShortcut:
        return 0;
    case SH_Slider_AbsoluteSetButtons:
        return Qt::LeftButton;
    case SH_FormLayoutLabelAlignment:
        return Qt::AlignLeft | Qt::AlignVCenter;
    default:
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                              const QWidget* widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    switch (type) {
    case CT_PushButton:
        result.setWidth(qMax(result.width(), size.width() + 3 * grid));
        result.setHeight(
            qMax(result.height(), widget && widget->property("primary").toBool() ? 40 : controlHeight));
        break;
    case CT_LineEdit:
    case CT_ComboBox:
    case CT_SpinBox:
        result.setHeight(qMax(result.height(), controlHeight));
        break;
    case CT_MenuItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option);
            item && item->menuItemType != QStyleOptionMenuItem::Separator)
            result.setHeight(qMax(result.height(), 28));
        break;
    case CT_MenuBarItem:
        result += QSize(4, 4);
        break;
    default:
        break;
    }
    return result;
}

QRect Style::subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const
{
    if (element == SE_ProgressBarGroove || element == SE_ProgressBarContents)
        return option->rect;
    QRect rect = QProxyStyle::subElementRect(element, option, widget);
    if (element == SE_LineEditContents)
        rect.adjust(6, 0, -6, 0);
    return rect;
}

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
                            const QWidget* widget) const
{
    const QRect all = option->rect;
    if (control == CC_SpinBox) {
        const int button = 22;
        const QRect buttons(all.right() - button, all.top() + 2, button, all.height() - 4);
        const int half = buttons.height() / 2;
        switch (part) {
        case SC_SpinBoxUp:
            return visualRect(option->direction, all, buttons.adjusted(0, 0, 0, -half));
        case SC_SpinBoxDown:
            return visualRect(option->direction, all, buttons.adjusted(0, half, 0, 0));
        case SC_SpinBoxEditField:
            return visualRect(option->direction, all, all.adjusted(4, 1, -button - 1, -1));
        default:
            return all;
        }
    }
    if (control == CC_ComboBox) {
        if (part == SC_ComboBoxArrow)
            return visualRect(option->direction, all, {all.right() - 26, all.top(), 26, all.height()});
        if (part == SC_ComboBoxEditField)
            return visualRect(option->direction, all, all.adjusted(9, 1, -27, -1));
    }
    if (control == CC_ScrollBar && (part == SC_ScrollBarAddLine || part == SC_ScrollBarSubLine))
        return {};
    if (control == CC_ScrollBar && part == SC_ScrollBarGroove)
        return all;
    if (control == CC_ScrollBar && part == SC_ScrollBarSlider) {
        const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
        const bool flat = bar->orientation == Qt::Horizontal;
        const int length = flat ? all.width() : all.height();
        const double span = double(bar->maximum) - bar->minimum;
        const int handle =
            span > 0 ? qBound(28, int(length * (bar->pageStep / (span + bar->pageStep))), length) : length;
        const int at = sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition,
                                               length - handle, bar->upsideDown);
        return flat ? QRect(all.x() + at, all.y(), handle, all.height())
                    : QRect(all.x(), all.y() + at, all.width(), handle);
    }
    return QProxyStyle::subControlRect(control, option, part, widget);
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                          const QWidget* widget) const
{
    switch (element) {
    case PE_PanelButtonCommand:
        return parts::pushButton(painter, *option, widget);
    case PE_PanelButtonTool:
    case PE_PanelButtonBevel:
        return parts::toolButton(painter, *option, widget);
    case PE_PanelLineEdit:
        if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
            frame && !frame->lineWidth)
            return; // the editor inside a spin box: the box draws the frame
        return parts::field(painter, *option);
    case PE_FrameLineEdit:
    case PE_FrameStatusBarItem:
    case PE_PanelStatusBar:
    case PE_FrameDefaultButton:
        return;
    case PE_IndicatorCheckBox:
        return parts::checkMark(painter, *option, false);
    case PE_IndicatorRadioButton:
        return parts::checkMark(painter, *option, true);
    case PE_FrameFocusRect:
        return parts::focusRing(painter, option->rect, controlRadius);
    case PE_IndicatorToolBarSeparator:
        if (option->state & State_Horizontal)
            painter->fillRect(
                QRect(option->rect.center().x(), option->rect.y() + 6, 1, option->rect.height() - 12),
                theme().border);
        else
            painter->fillRect(
                QRect(option->rect.x() + 6, option->rect.center().y(), option->rect.width() - 12, 1),
                theme().border);
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                        const QWidget* widget) const
{
    switch (element) {
    case CE_PushButton: // without Fusion's focus rectangle: the bevel draws the ring
        drawControl(CE_PushButtonBevel, option, painter, widget);
        return drawControl(CE_PushButtonLabel, option, painter, widget);
    case CE_PushButtonBevel:
        return drawPrimitive(PE_PanelButtonCommand, option, painter, widget);
    case CE_PushButtonLabel:
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option))
            return parts::pushButtonLabel(painter, *button, widget);
        break;
    case CE_MenuBarEmptyArea:
        painter->fillRect(option->rect, theme().window);
        return;
    case CE_MenuBarItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option)) {
            painter->fillRect(option->rect, theme().window);
            if (item->state & (State_Selected | State_Sunken))
                parts::roundedBox(painter, option->rect, theme().pressed, Qt::transparent, 4);
            drawItemText(painter, option->rect, Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextHideMnemonic,
                         item->palette, item->state & State_Enabled, item->text, QPalette::WindowText);
            return;
        }
        break;
    case CE_ToolBar:
        return;
    case CE_ProgressBarGroove:
    case CE_ProgressBarLabel:
        return;
    case CE_ProgressBarContents:
        if (const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option))
            return parts::progress(painter, *bar);
        break;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                               const QWidget* widget) const
{
    const bool enabled = option->state & State_Enabled;
    switch (control) {
    case CC_Slider:
        if (const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option))
            return parts::slider(painter, *slider, subControlRect(control, option, SC_SliderGroove, widget),
                                 subControlRect(control, option, SC_SliderHandle, widget));
        break;
    case CC_ComboBox:
        parts::field(painter, *option);
        return parts::chevron(painter, subControlRect(control, option, SC_ComboBoxArrow, widget), false,
                              enabled);
    case CC_SpinBox:
        if (const auto* box = qstyleoption_cast<const QStyleOptionSpinBox*>(option)) {
            parts::field(painter, *option);
            const QRect up = subControlRect(control, option, SC_SpinBoxUp, widget);
            const QRect down = subControlRect(control, option, SC_SpinBoxDown, widget);
            parts::chevron(painter, up.translated(-2, 1), true,
                           box->stepEnabled & QAbstractSpinBox::StepUpEnabled);
            parts::chevron(painter, down.translated(-2, -1), false,
                           box->stepEnabled & QAbstractSpinBox::StepDownEnabled);
            return;
        }
        break;
    case CC_ScrollBar:
        if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option))
            return parts::scrollHandle(painter, *bar,
                                       subControlRect(control, option, SC_ScrollBarSlider, widget));
        break;
    default:
        break;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

} // namespace lacuna::ui
