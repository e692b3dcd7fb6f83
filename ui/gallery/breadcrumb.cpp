// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/breadcrumb.h"

#include <QHBoxLayout>
#include <QToolButton>

#include "ui/appearance/pieces.h"

namespace lacuna::ui {

Breadcrumb::Breadcrumb(QWidget* parent) : QWidget(parent), layout_(new QHBoxLayout(this))
{
    layout_->setContentsMargins({});
    layout_->setSpacing(2);
}

void Breadcrumb::setWay(const std::vector<Part>& way)
{
    while (QLayoutItem* item = layout_->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // it may be what was pressed
        delete item;
    }
    for (const Part& part : way) {
        const bool last = &part == &way.back();
        if (&part != &way.front())
            layout_->addWidget(makeLabel(QStringLiteral("›"), TextRole::Body, true, this));
        if (last) {
            layout_->addWidget(makeLabel(part.text, TextRole::Small, false, this));
            break;
        }
        auto* button = new QToolButton(this);
        button->setText(part.text);
        button->setFont(textFont(TextRole::Small));
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        button->setAccessibleName(tr("Back to %1").arg(part.text));
        button->setToolTip(tr("Back to this branch (Backspace goes one level up)"));
        connect(button, &QToolButton::clicked, this,
                [this, candidate = part.candidate] { Q_EMIT wanted(candidate); });
        layout_->addWidget(button);
    }
    for (int i = 0; i < layout_->count(); ++i)
        layout_->itemAt(i)->widget()->show(); // now, not when the event loop comes to it
}

} // namespace lacuna::ui
