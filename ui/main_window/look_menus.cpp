// SPDX-License-Identifier: GPL-3.0-or-later
// How the window looks and speaks, chosen in the menu View and kept in the settings.
#include <QActionGroup>
#include <QMenu>

#include "ui/appearance/theme.h"
#include "ui/language/language.h"
#include "ui/main_window/main_window.h"
#include "ui/main_window/window_aids.h"
#include "ui/messages/message_bar.h"
#include "ui/settings/settings.h"

namespace lacuna::ui {

void addThemes(QMenu* menu)
{
    QMenu* list = menu->addMenu(MainWindow::tr("&Theme"));
    auto* group = new QActionGroup(list);
    const std::pair<QString, ThemeChoice> choices[] = {
        {MainWindow::tr("Like the &System"), ThemeChoice::System},
        {MainWindow::tr("&Light"), ThemeChoice::Light},
        {MainWindow::tr("&Dark"), ThemeChoice::Dark},
        {MainWindow::tr("&High Contrast"), ThemeChoice::HighContrast}};
    for (const auto& [text, choice] : choices) {
        QAction* action = list->addAction(text, list, [choice = choice] {
            applyTheme(choice);
            settings().set(QStringLiteral("theme"), themeName(choice));
        });
        action->setCheckable(true);
        action->setChecked(choice == themeChoice());
        group->addAction(action);
    }
}

void addLanguages(QMenu* menu, MessageBar* messages)
{
    QMenu* list = menu->addMenu(MainWindow::tr("Lan&guage"));
    auto* group = new QActionGroup(list);
    std::vector<Language> choices = languages();
    choices.insert(choices.begin(), {QString(), MainWindow::tr("Like the &System")});
    const QString chosen = settings().text(QStringLiteral("language"));
    for (const Language& language : choices) {
        QAction* action = list->addAction(language.name, list, [messages, code = language.code] {
            settings().set(QStringLiteral("language"), code.isEmpty() ? QJsonValue() : QJsonValue(code));
            messages->show(MessageBar::Kind::Note,
                           MainWindow::tr("Lacuna speaks this language when it is started again."));
        });
        action->setCheckable(true);
        action->setChecked(language.code == chosen);
        group->addAction(action);
    }
}

} // namespace lacuna::ui
