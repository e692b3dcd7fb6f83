// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/action_registry.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstring>

#include "engine/core/error.h"
#include "ui/appearance/icons.h"

namespace lacuna::ui {
namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("Actions", text);
}

QString shownOnly(const QString& shortcuts)
{
    return shortcuts.startsWith(u'(') ? shortcuts.mid(1, shortcuts.size() - 2) : QString();
}

QList<QKeySequence> sequences(const char* shortcuts)
{
    QList<QKeySequence> result;
    const QString text = QString::fromUtf8(shortcuts);
    if (shownOnly(text).isEmpty())
        for (const QString& part : text.split(u' ', Qt::SkipEmptyParts))
            result << QKeySequence::fromString(part, QKeySequence::PortableText);
    return result;
}

} // namespace

ActionRegistry::ActionRegistry(QObject* parent) : QObject(parent), specs_(actionTable())
{
    for (const ActionSpec& spec : specs_)
        actions_.push_back(make(spec));
}

QAction* ActionRegistry::make(const ActionSpec& spec)
{
    auto* action = new QAction(actionIcon(QString::fromLatin1(spec.icon)), translated(spec.text), this);
    action->setObjectName(QString::fromLatin1(spec.id));
    action->setCheckable(spec.checkable);
    action->setShortcuts(sequences(spec.shortcuts));
    action->setStatusTip(translated(spec.tip));
    action->setWhatsThis(translated(spec.tip));
    action->setIconVisibleInMenu(false);
    const QString shown = keys(spec);
    action->setToolTip(shown.isEmpty() ? translated(spec.tip)
                                       : QStringLiteral("%1 (%2)").arg(translated(spec.tip), shown));
    return action;
}

QAction* ActionRegistry::get(const char* id) const
{
    const auto found = std::find_if(specs_.begin(), specs_.end(),
                                    [id](const ActionSpec& spec) { return std::strcmp(spec.id, id) == 0; });
    check(found != specs_.end(), "an action has been registered");
    return actions_[std::size_t(found - specs_.begin())];
}

QString ActionRegistry::title(Section section)
{
    switch (section) {
    case Section::File:
        return tr("&File");
    case Section::Edit:
        return tr("&Edit");
    case Section::View:
        return tr("&View");
    case Section::Mask:
        return tr("&Mask");
    case Section::Generate:
        return tr("&Generate");
    case Section::Help:
        return tr("&Help");
    }
    return {};
}

QString ActionRegistry::keys(const ActionSpec& spec)
{
    const QString only = shownOnly(QString::fromUtf8(spec.shortcuts));
    if (!only.isEmpty())
        return only;
    QStringList shown;
    for (const QKeySequence& sequence : sequences(spec.shortcuts))
        shown << sequence.toString(QKeySequence::NativeText);
    return shown.join(tr(" or "));
}

QString ActionRegistry::plainText(const ActionSpec& spec)
{
    return translated(spec.text).remove(u'&').remove(QStringLiteral("…"));
}

} // namespace lacuna::ui
