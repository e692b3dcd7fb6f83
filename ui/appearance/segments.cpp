// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/appearance/segments.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPainter>

#include "ui/appearance/theme.h"

namespace lacuna::ui {
namespace {

constexpr int troughHeight = 28;
constexpr int inset = 2;

class Segment : public QAbstractButton {
public:
    Segment(const QString& text, QWidget* parent) : QAbstractButton(parent)
    {
        setText(text);
        setCheckable(true);
        setFont(textFont(TextRole::Small));
        setFocusPolicy(Qt::TabFocus);
        setFixedSize(fontMetrics().horizontalAdvance(text) + 20, troughHeight - 2 * inset);
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
        painter.drawRoundedRect(pill, controlRadius - 1, controlRadius - 1);
        painter.setPen(!isEnabled() ? t.textOff : isChecked() ? t.accent : t.text);
        painter.drawText(rect(), Qt::AlignCenter, text());
    }
    void enterEvent(QEnterEvent*) override { update(); }
    void leaveEvent(QEvent*) override { update(); }
};

} // namespace

Segments::Segments(const QStringList& titles, QWidget* parent) : QWidget(parent)
{
    setFixedHeight(troughHeight);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(inset, inset, inset, inset);
    layout->setSpacing(inset);
    auto* group = new QButtonGroup(this);
    for (const QString& title : titles) {
        auto* segment = new Segment(title, this);
        layout->addWidget(segment);
        group->addButton(segment, int(buttons_.size()));
        buttons_.push_back(segment);
    }
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(group, &QButtonGroup::idClicked, this, &Segments::chosen);
}

void Segments::setCurrent(int index)
{
    button(index)->setChecked(true);
}

void Segments::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().pressed);
    painter.drawRoundedRect(rect(), controlRadius + 1, controlRadius + 1);
}

} // namespace lacuna::ui
