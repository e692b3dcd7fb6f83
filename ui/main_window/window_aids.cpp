// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/window_aids.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QMenu>
#include <QMenuBar>

#include <algorithm>
#include <iterator>

#include "engine/core/atomic_file.h"
#include "ui/actions/action_registry.h"
#include "ui/background/background.h"
#include "ui/commands/command_palette.h"
#include "ui/commands/why_not.h"
#include "ui/diagnostics/diagnostics.h"
#include "ui/diagnostics/event_log.h"
#include "ui/document/document.h"
#include "ui/gallery/gallery_panel.h"
#include "ui/hints/coach_marks.h"
#include "ui/main_window/main_window.h"
#include "ui/main_window/run_controller.h"
#include "ui/main_window/workspaces.h"
#include "ui/messages/message_bar.h"
#include "ui/results/results.h"

namespace lacuna::ui {

WindowAids::WindowAids(const Parts& parts)
    : QObject(&parts.window),
      parts_(parts),
      palette_(new CommandPalette(
          parts.window.actions(), [this](const QString& id) { return whyNotNow(id); }, &parts.window)),
      hints_(new CoachMarks(&parts.window))
{
    connectActions();
    connectHints();
}

void WindowAids::connectActions()
{
    const ActionRegistry& actions = parts_.window.actions();
    connect(actions.get("palette"), &QAction::triggered, palette_, &CommandPalette::open);
    connect(actions.get("hints"), &QAction::triggered, this, [this] {
        hints_->forget();
        parts_.window.messages().show(MessageBar::Kind::Note,
                                      tr("Every hint is shown again on the first use of what it explains."));
    });
    connect(actions.get("diagnostics"), &QAction::triggered, this, &WindowAids::collectDiagnostics);
    connect(actions.get("workspace-sweep"), &QAction::triggered, actions.get("sweep"), &QAction::trigger);
    connect(actions.get("full-screen"), &QAction::triggered, this, [this](bool full) {
        parts_.window.setWindowState(parts_.window.windowState().setFlag(Qt::WindowFullScreen, full));
    });
    for (const ActionSpec& spec : actions.specs())
        connect(actions.get(spec.id), &QAction::triggered, this,
                [id = spec.id] { logEvent(QStringLiteral("action ") + QLatin1String(id)); });
    connect(&parts_.window.messages(), &MessageBar::shown, this, [this](const QString& text) {
        const Document& document = parts_.window.document();
        logEvent(QStringLiteral("message: ") + text,
                 document.isOpen() ? QStringList{document.name()} : QStringList());
    });
    connect(actions.get("generate"), &QAction::triggered, this,
            [this] { parts_.workspaces.choose(Workspace::Explore); }); // else nothing would be seen of it
}

void WindowAids::connectHints()
{
    const MainWindow& window = parts_.window;
    connect(&window.document(), &Document::opened, this, [this] {
        if (parts_.window.document().holePixels() == 0)
            hints_->tell("mask", parts_.tools);
        tellAboutHole();
    });
    connect(&window.document(), &Document::maskChanged, this, &WindowAids::tellAboutHole);
    connect(&window.run(), &RunController::ended, this, &WindowAids::tellAboutResults);
    connect(&window.gallery(), &GalleryPanel::grouped, this, &WindowAids::tellAboutResults);
    for (QAction* menu : window.menuBar()->actions())
        if (menu->menu())
            connect(menu->menu(), &QMenu::aboutToHide, this, [this] {
                hints_->tell(
                    "commands", parts_.window.menuBar(),
                    parts_.window.actions().get("palette")->shortcut().toString(QKeySequence::NativeText));
            });
}

void WindowAids::tellAboutHole()
{
    if (parts_.window.document().holePixels() > 0)
        hints_->tell("generate", parts_.runBox,
                     parts_.window.actions().get("generate")->shortcut().toString(QKeySequence::NativeText));
}

/// The tree of a pool is made on a thread and may come after the end of the run.
void WindowAids::tellAboutResults()
{
    GalleryPanel& gallery = parts_.window.gallery();
    const GalleryModel& model = gallery.model();
    if (parts_.window.run().running() || gallery.count() == 0 || (model.hasPool() && !model.hasTree()))
        return;
    hints_->tell(model.hasTree() ? "gallery" : "compare", &gallery);
}

QString WindowAids::whyNotNow(const QString& id) const
{
    const MainWindow& window = parts_.window;
    const bool running = window.run().running();
    return whyNot(id, {.picture = window.document().isOpen(),
                       .running = running,
                       .results = window.gallery().count() > 0 && !running,
                       .completion = window.results().shown() >= 0});
}

void WindowAids::collectDiagnostics()
{
    const QString file = QFileDialog::getSaveFileName(
        &parts_.window, tr("Collect Diagnostics"),
        QDir::home().filePath(QStringLiteral("lacuna-diagnostics.txt")), tr("Text (*.txt)"));
    if (file.isEmpty())
        return;
    inBackground(
        this,
        [file, text = diagnosticsText().toStdString()] {
            write_file(file.toStdString(), text);
            return true;
        },
        [this](const Attempt<bool>& written) {
            if (const auto* problem = std::get_if<Problem>(&written))
                parts_.window.messages().show(MessageBar::Kind::Problem, problem->message);
            else
                parts_.window.messages().show(
                    MessageBar::Kind::Note,
                    tr("The diagnostics were saved. They hold versions, hardware, choices and the last "
                       "events, "
                       "no picture and no names of files. Read them before you send them."));
        });
}

} // namespace lacuna::ui
