// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace lacuna::ui {

/// An action as the palette offers it.
struct Command {
    QString id{};
    QString title{};
    QString section{};
    QString tip{};
    QString keys{};
    QString whyNot{}; ///< why it cannot be run now; empty: it can
};

/// Places of the commands that have every word of the query in title, section or tip, without regard to case and
/// accents. Titles that begin with the query come first, then the recently used ones, then those of the table's
/// order. An empty query finds all, the recent ones first.
std::vector<int> findCommands(const std::vector<Command>& commands, const QString& query,
                              const QStringList& recent);

} // namespace lacuna::ui
