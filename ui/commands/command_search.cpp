// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/commands/command_search.h"

#include <algorithm>
#include <tuple>

namespace lacuna::ui {
namespace {

QString folded(const QString& text)
{
    QString plain = text.normalized(QString::NormalizationForm_D);
    plain.removeIf([](QChar c) { return c.category() == QChar::Mark_NonSpacing; });
    return plain.toCaseFolded();
}

/// How far the title is from the query: 0 it begins with it, 1 a word of it does, 2 it holds the words, 3 the tip or
/// the section does; -1 not found.
int distance(const Command& command, const QString& query)
{
    const QString title = folded(command.title);
    const QString all = title + u'\n' + folded(command.section) + u'\n' + folded(command.tip);
    const QStringList words = query.split(u' ', Qt::SkipEmptyParts);
    const auto holds = [&words](const QString& text) {
        return std::all_of(words.begin(), words.end(),
                           [&](const QString& word) { return text.contains(word); });
    };
    if (!holds(all))
        return -1;
    if (title.startsWith(query))
        return 0;
    if ((u' ' + title).contains(u' ' + query))
        return 1;
    return holds(title) ? 2 : 3;
}

} // namespace

std::vector<int> findCommands(const std::vector<Command>& commands, const QString& query,
                              const QStringList& recent)
{
    using Found = std::tuple<int, qsizetype, int>; // distance, how long ago it was used, place in the table
    std::vector<Found> found;
    const QString wanted = folded(query.simplified());
    for (int i = 0; i < int(commands.size()); ++i) {
        const Command& command = commands[std::size_t(i)];
        const qsizetype used = recent.indexOf(command.id);
        if (const int away = distance(command, wanted); away >= 0)
            found.emplace_back(away, used < 0 ? recent.size() : used, i);
    }
    std::sort(found.begin(), found.end());
    std::vector<int> places;
    for (const Found& one : found)
        places.push_back(std::get<2>(one));
    return places;
}

} // namespace lacuna::ui
