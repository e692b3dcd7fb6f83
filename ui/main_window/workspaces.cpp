// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/workspaces.h"

#include <QAction>
#include <QActionGroup>
#include <QWidget>

#include "ui/settings/settings.h"

namespace lacuna::ui {
namespace {

QString settingsKey()
{
    return QStringLiteral("workspace");
}

} // namespace

Workspaces::Workspaces(const Parts& parts, QObject* parent) : QObject(parent), parts_(parts)
{
    auto* group = new QActionGroup(this);
    group->addAction(parts_.mask);
    group->addAction(parts_.explore);
    connect(parts_.mask, &QAction::triggered, this, [this] { choose(Workspace::Mask); });
    connect(parts_.explore, &QAction::triggered, this, [this] { choose(Workspace::Explore); });
    if (settings().text(settingsKey()) == u"mask")
        current_ = Workspace::Mask;
    show();
}

void Workspaces::choose(Workspace workspace)
{
    if (workspace == current_)
        return show();
    current_ = workspace;
    settings().set(settingsKey(), workspace == Workspace::Mask ? QStringLiteral("mask") : QJsonValue());
    show();
}

void Workspaces::setGallery(bool filled)
{
    filled_ = filled;
    show();
}

void Workspaces::show()
{
    const bool explore = current_ == Workspace::Explore;
    (explore ? parts_.explore : parts_.mask)->setChecked(true);
    parts_.side->setVisible(explore);
    parts_.gallery->setVisible(explore && filled_);
    parts_.gallerySide->setVisible(explore && filled_);
}

} // namespace lacuna::ui
