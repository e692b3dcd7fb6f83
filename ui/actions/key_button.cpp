// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/key_button.h"

#include <QKeyEvent>

#include "ui/appearance/theme.h"

namespace lacuna::ui {
namespace {

constexpr int shortest = 20 * grid;

bool isModifier(int key)
{
    return key == Qt::Key_Shift || key == Qt::Key_Control || key == Qt::Key_Alt || key == Qt::Key_Meta
           || key == Qt::Key_AltGr || key == Qt::Key_unknown || key == 0;
}

/// A Shift that only makes another character of the key ("+") is part of that character.
QKeySequence sequenceOf(const QKeyEvent& event)
{
    Qt::KeyboardModifiers modifiers =
        event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier | Qt::ShiftModifier);
    const QString text = event.text();
    if (!text.isEmpty() && text[0].isPrint() && !text[0].isLetterOrNumber() && !text[0].isSpace())
        modifiers &= ~Qt::ShiftModifier;
    return QKeySequence(QKeyCombination(modifiers, Qt::Key(event.key())));
}

} // namespace

KeyButton::KeyButton(QWidget* parent) : QToolButton(parent)
{
    setProperty("framed", true);
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(shortest, controlHeight - 4);
    setSizePolicy(QSizePolicy::MinimumExpanding, QSizePolicy::Fixed);
    setToolTip(tr("Press to choose another key"));
    connect(this, &KeyButton::clicked, this, [this] { listen(!listening_); });
}

void KeyButton::setKeys(const QString& shown)
{
    keys_ = shown;
    listen(false);
}

void KeyButton::listen(bool on)
{
    listening_ = on;
    setDown(on);
    setText(on ? tr("Press a key…") : keys_.isEmpty() ? tr("none") : keys_);
    setAccessibleDescription(on ? tr("Press the new key. Esc leaves it as it is, Backspace takes it away.")
                                : tr("Press to choose another key"));
}

bool KeyButton::event(QEvent* event)
{
    if (listening_ && event->type() == QEvent::ShortcutOverride) {
        event->accept(); // no action of the window takes the key that is being chosen
        return true;
    }
    return QToolButton::event(event);
}

void KeyButton::keyPressEvent(QKeyEvent* event)
{
    if (!listening_ && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter))
        return click();
    if (!listening_ || isModifier(event->key()))
        return QToolButton::keyPressEvent(event);
    const bool plain = event->modifiers() == Qt::NoModifier;
    listen(false);
    if (event->key() == Qt::Key_Escape && plain)
        return;
    Q_EMIT chosen(event->key() == Qt::Key_Backspace && plain ? QKeySequence() : sequenceOf(*event));
}

void KeyButton::focusOutEvent(QFocusEvent* event)
{
    if (listening_)
        listen(false);
    QToolButton::focusOutEvent(event);
}

} // namespace lacuna::ui
