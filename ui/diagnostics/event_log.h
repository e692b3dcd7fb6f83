// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace lacuna::ui {

/// The text without what could name a person or a picture: everything up to a file name, everything from a path on,
/// what stands in quotation marks, the given names, and those of the user and the computer.
QString anonymous(QString text, const QStringList& names);

/// The last things that happened, a line each, anonymous. From any thread.
void logEvent(const QString& text, const QStringList& names = {});
QStringList loggedEvents();

/// Qt's own warnings are logged, too, and still printed.
void logQtMessages();

} // namespace lacuna::ui
