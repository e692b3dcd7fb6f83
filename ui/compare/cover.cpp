// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/cover.h"

#include <QEvent>
#include <QWidget>

namespace lacuna::ui {
namespace {

class Follower : public QObject {
public:
    explicit Follower(QWidget* widget) : QObject(widget), widget_(widget)
    {
        widget->parentWidget()->installEventFilter(this);
        widget->setGeometry(widget->parentWidget()->rect());
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Resize)
            widget_->setGeometry(widget_->parentWidget()->rect());
        return QObject::eventFilter(watched, event);
    }

private:
    QWidget* widget_;
};

} // namespace

void coverParent(QWidget* widget)
{
    new Follower(widget); // belongs to the widget
}

} // namespace lacuna::ui
