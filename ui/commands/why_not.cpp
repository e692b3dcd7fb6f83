// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/commands/why_not.h"

#include <QCoreApplication>

namespace lacuna::ui {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("WhyNot", text);
}

} // namespace

QString whyNot(const QString& id, const WindowState& state)
{
    if (id == u"stop")
        return tr("No run is going on.");
    if (!state.picture)
        return tr("Open a picture first.");
    if (id == u"undo")
        return tr("There is nothing to take back.");
    if (id == u"redo")
        return tr("Nothing was taken back.");
    if (state.running)
        return tr("Wait until the run has ended, or stop it.");
    if (id == u"generate")
        return tr("Paint a hole first, and leave a part of the picture known.");
    if (!state.results)
        return tr("Generate a set first.");
    if (!state.completion)
        return tr("Show a completion first.");
    return tr("This is not possible now.");
}

} // namespace lacuna::ui
