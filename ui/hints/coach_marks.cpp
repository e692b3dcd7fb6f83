// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/hints/coach_marks.h"

#include <QAction>
#include <QApplication>
#include <QCoreApplication>
#include <QJsonArray>
#include <QKeyEvent>
#include <QWidget>

#include <algorithm>
#include <cstring>
#include <iterator>

#include "engine/core/error.h"
#include "ui/hints/hint_bubble.h"
#include "ui/settings/settings.h"

namespace lacuna::ui {
namespace {

struct Hint {
    const char* id;
    const char* text; ///< %1: keys
};
constexpr Hint hints[] = {
    {"mask",
     QT_TRANSLATE_NOOP("CoachMarks",
                       "Paint over what should be replaced. The right button erases; the wheel zooms.")},
    {"generate",
     QT_TRANSLATE_NOOP("CoachMarks", "There is a hole now. %1 fills it in several different ways.")},
    {"compare",
     QT_TRANSLATE_NOOP("CoachMarks",
                       "Every card is another completion. Press 1 to 9 to look at one, and hold C to see "
                       "the original.")},
    {"gallery",
     QT_TRANSLATE_NOOP("CoachMarks",
                       "A card stands for all candidates that are like it; the bar shows how many. Enter "
                       "opens them, S stars a card.")},
    {"commands", QT_TRANSLATE_NOOP("CoachMarks", "%1 finds every command by a word, without the menus.")}};

QString seenKey()
{
    return QStringLiteral("hints-seen");
}

} // namespace

CoachMarks::CoachMarks(QWidget* window) : QObject(window), window_(window)
{
    qApp->installEventFilter(this);
}

int CoachMarks::count()
{
    return int(std::size(hints));
}

void CoachMarks::tell(const char* id, QWidget* beside, const QString& keys)
{
    const auto* hint = std::find_if(std::begin(hints), std::end(hints),
                                    [id](const Hint& one) { return std::strcmp(one.id, id) == 0; });
    check(hint != std::end(hints), "the hint exists");
    QStringList seen = settings().list(seenKey());
    if (!enabled_ || !beside->isVisible() || seen.contains(QLatin1String(id)))
        return;
    settings().set(seenKey(), QJsonArray::fromStringList(seen << QString::fromLatin1(id)));
    dismiss();
    QString text = QCoreApplication::translate("CoachMarks", hint->text);
    if (text.contains(QStringLiteral("%1")))
        text = text.arg(keys);
    bubble_ = new HintBubble(text, beside, window_);
    connect(bubble_, &HintBubble::dismissed, this, &CoachMarks::dismiss);
}

void CoachMarks::forget()
{
    settings().set(seenKey(), {});
    dismiss();
}

void CoachMarks::dismiss()
{
    if (!bubble_)
        return;
    bubble_->hide();
    bubble_->setObjectName({});
    bubble_->deleteLater(); // its button may have been pressed
    bubble_ = nullptr;
}

QString CoachMarks::shown() const
{
    return bubble_ ? bubble_->text() : QString();
}

/// Esc of the window belongs to the hint where no action and no panel above the window wants it.
bool CoachMarks::eventFilter(QObject* watched, QEvent* event)
{
    if (!bubble_)
        return false;
    if (watched == window_ && event->type() == QEvent::Resize)
        bubble_->place();
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape
        && QApplication::activeWindow() == window_ && watched == QApplication::focusWidget()) {
        dismiss();
        return true;
    }
    return false;
}

} // namespace lacuna::ui
