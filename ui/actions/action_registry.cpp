// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/action_registry.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <cstring>

#include "engine/core/error.h"
#include "ui/appearance/icons.h"
#include "ui/settings/settings.h"

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

/// The keys in brackets: "C held", "1 … 9", "Enter".
QList<QKeySequence> fixedSequences(const ActionSpec& spec)
{
    static const QRegularExpression range(QStringLiteral("([0-9]) … ([0-9])"));
    const QString shown = shownOnly(QString::fromUtf8(spec.shortcuts));
    QList<QKeySequence> result;
    if (const auto digits = range.match(shown); digits.hasMatch()) {
        for (int i = digits.captured(1).toInt(); i <= digits.captured(2).toInt(); ++i)
            result << QKeySequence(Qt::Key_0 + i);
        return result;
    }
    for (const QString& part : shown.split(u' ', Qt::SkipEmptyParts)) {
        const auto key = QKeySequence::fromString(part, QKeySequence::PortableText);
        if (key.count() == 1 && key[0].key() != Qt::Key_unknown)
            result << key;
        if (key == QKeySequence(Qt::Key_Enter))
            result << QKeySequence(Qt::Key_Return);
    }
    return result;
}

QString keysText(const ActionSpec& spec, const QAction& action)
{
    if (!ActionRegistry::canBind(spec))
        return translated(shownOnly(QString::fromUtf8(spec.shortcuts)).toUtf8().constData());
    QStringList shown;
    for (const QKeySequence& sequence : action.shortcuts())
        shown << sequence.toString(QKeySequence::NativeText);
    return shown.join(ActionRegistry::tr(" or "));
}

QString toolTip(const ActionSpec& spec, const QString& keys)
{
    return keys.isEmpty() ? translated(spec.tip) : QStringLiteral("%1 (%2)").arg(translated(spec.tip), keys);
}

QString settingsKey()
{
    return QStringLiteral("shortcuts");
}

} // namespace

ActionRegistry::ActionRegistry(QObject* parent) : QObject(parent), specs_(actionTable())
{
    for (const ActionSpec& spec : specs_)
        actions_.push_back(make(spec));
    const QJsonObject own = settings().value(settingsKey()).toObject();
    for (const ActionSpec& spec : specs_) {
        const QJsonValue stored = own.value(QLatin1String(spec.id));
        if (!stored.isArray() || !canBind(spec))
            continue;
        QList<QKeySequence> keys;
        for (const QJsonValue& one : stored.toArray())
            keys << QKeySequence::fromString(one.toString(), QKeySequence::PortableText);
        useKeys(spec, keys);
    }
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
    action->setToolTip(toolTip(spec, keysText(spec, *action)));
    return action;
}

void ActionRegistry::useKeys(const ActionSpec& spec, const QList<QKeySequence>& keys)
{
    QAction* action = get(spec.id);
    action->setShortcuts(keys);
    action->setToolTip(toolTip(spec, keysText(spec, *action)));
}

void ActionRegistry::setKeys(const ActionSpec& spec, const QList<QKeySequence>& keys)
{
    check(canBind(spec), "the keys of the action can be chosen");
    useKeys(spec, keys);
    store();
    Q_EMIT keysChanged();
}

void ActionRegistry::resetKeys(const ActionSpec& spec)
{
    setKeys(spec, sequences(spec.shortcuts));
}

void ActionRegistry::resetAllKeys()
{
    for (const ActionSpec& spec : specs_)
        if (canBind(spec))
            useKeys(spec, sequences(spec.shortcuts));
    store();
    Q_EMIT keysChanged();
}

bool ActionRegistry::hasOwnKeys(const ActionSpec& spec) const
{
    return canBind(spec) && get(spec.id)->shortcuts() != sequences(spec.shortcuts);
}

const ActionSpec* ActionRegistry::owner(const QKeySequence& key) const
{
    for (const ActionSpec& spec : specs_)
        if ((canBind(spec) ? get(spec.id)->shortcuts() : fixedSequences(spec)).contains(key))
            return &spec;
    return nullptr;
}

void ActionRegistry::store() const
{
    QJsonObject own;
    for (const ActionSpec& spec : specs_) {
        if (!hasOwnKeys(spec))
            continue;
        QJsonArray keys;
        for (const QKeySequence& key : get(spec.id)->shortcuts())
            keys << key.toString(QKeySequence::PortableText);
        own.insert(QLatin1String(spec.id), keys);
    }
    settings().set(settingsKey(), own.isEmpty() ? QJsonValue() : QJsonValue(own));
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

QString ActionRegistry::keys(const ActionSpec& spec) const
{
    return keysText(spec, *get(spec.id));
}

QString ActionRegistry::plainText(const ActionSpec& spec)
{
    return translated(spec.text).remove(u'&').remove(QStringLiteral("…"));
}

} // namespace lacuna::ui
