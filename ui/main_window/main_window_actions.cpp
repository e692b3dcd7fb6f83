// SPDX-License-Identifier: GPL-3.0-or-later
// Menus, tool bar and status bar, and what the actions call.
#include <QActionGroup>
#include <QApplication>
#include <QLabel>
#include <QMenuBar>
#include <QMessageBox>
#include <QStatusBar>
#include <QToolBar>
#include <QToolButton>

#include <array>
#include <utility>

#include "ui/actions/action_registry.h"
#include "ui/appearance/pieces.h"
#include "ui/appearance/segments.h"
#include "ui/batch/batch_page.h"
#include "ui/canvas/canvas.h"
#include "ui/canvas/canvas_header.h"
#include "ui/compare/comparison.h"
#include "ui/document/examples.h"
#include "ui/export/exporter.h"
#include "ui/gallery/gallery_panel.h"
#include "ui/gallery/gallery_side.h"
#include "ui/lens/lens.h"
#include "ui/main_window/files.h"
#include "ui/main_window/main_window.h"
#include "ui/main_window/projects.h"
#include "ui/main_window/recent_files.h"
#include "ui/main_window/run_controller.h"
#include "ui/main_window/shortcut_sheet.h"
#include "ui/main_window/window_aids.h"
#include "ui/mask/mask_tools.h"
#include "ui/messages/message_bar.h"
#include "ui/models/model_manager.h"
#include "ui/panels/parameter_panel.h"
#include "ui/queue/queue.h"
#include "ui/queue/queue_panel.h"
#include "ui/results/results.h"
#include "ui/sweep/sweep_board.h"
#include "ui/tail/tail_sheet.h"
#include "ui/verify/verifier.h"

namespace lacuna::ui {
namespace {

constexpr double zoomStep = 1.25;

struct ToolAction {
    const char* id;
    Tool tool;
};

constexpr ToolAction toolActions[] = {{"brush", Tool::Brush},         {"eraser", Tool::Eraser},
                                      {"rectangle", Tool::Rectangle}, {"ellipse", Tool::Ellipse},
                                      {"lasso", Tool::Lasso},         {"polygon", Tool::Polygon},
                                      {"bucket", Tool::Bucket},       {"pan", Tool::Pan}};

void addExamples(QMenu* menu, Files* files)
{
    QMenu* list = menu->addMenu(MainWindow::tr("E&xamples"));
    for (const Example& example : examples())
        list->addAction(example.title, files, [files, id = example.id] { files->openExample(id); });
    list->addSeparator();
    for (const SceneWorld& world : sceneWorlds())
        list->addAction(MainWindow::tr("New %1").arg(world.title), files,
                        [files, name = world.name] { files->openNewScene(name); });
}

} // namespace

void MainWindow::makeMenus()
{
    using enum Section;
    for (const Section section : {File, Edit, View, Mask, Generate, Help}) {
        QMenu* menu = menuBar()->addMenu(ActionRegistry::title(section));
        for (const ActionSpec& spec : actions_->specs()) {
            if (spec.section != section || spec.numbered || !ActionRegistry::canBind(spec))
                continue;
            if (spec.separated)
                menu->addSeparator();
            menu->addAction(actions_->get(spec.id));
            if (actions_->get(spec.id) == actions_->get("open")) {
                recent_ = new RecentFiles(menu->addMenu(tr("Open Recen&t")));
                addExamples(menu, files_);
            }
        }
        if (section == Mask) {
            maskTools_->addNumbered(menu);
            maskTools_->addPresets(menu);
        }
        if (section == View) {
            menu->addSeparator();
            maskTools_->addAppearance(menu);
            addThemes(menu);
            addLanguages(menu, messages_);
        }
    }
}

void MainWindow::makeToolBar()
{
    tools_ = new QToolBar(tr("Tools"), this);
    tools_->setObjectName(QStringLiteral("tools"));
    tools_->setMovable(false);
    tools_->setIconSize({24, 24});
    const std::vector<std::vector<const char*>> groups = {
        {"brush", "eraser", "rectangle", "ellipse", "lasso", "polygon", "bucket", "pan"},
        {"undo", "redo"},
        {"invert", "clear"},
        {"zoom-in", "zoom-out", "zoom-fit", "zoom-actual"}};
    for (const auto& group : groups) {
        if (&group != &groups.front())
            tools_->addSeparator();
        for (const char* id : group) {
            QAction* action = actions_->get(id);
            tools_->addAction(action);
            QWidget* button = tools_->widgetForAction(action);
            button->setFixedSize(action->icon().isNull() ? 72 : 40, 40);
            button->setAccessibleName(action->text().remove(u'&'));
            button->setFocusPolicy(Qt::TabFocus);
        }
    }
    addToolBar(isRightToLeft() ? Qt::RightToolBarArea : Qt::LeftToolBarArea, tools_);
    setContextMenuPolicy(Qt::NoContextMenu); // the tool bar stays
    tools_->hide();
}

void MainWindow::makeStatusBar()
{
    statusZoom_ = makeLabel({}, TextRole::Small, true, this);
    statusCursor_ = makeLabel({}, TextRole::Small, true, this);
    statusBrush_ = makeLabel({}, TextRole::Small, true, this);
    statusBar()->setSizeGripEnabled(false);
    for (QLabel* label : {statusCursor_, statusBrush_, statusZoom_}) {
        label->setContentsMargins(grid, 0, grid, 0);
        statusBar()->addPermanentWidget(label);
    }
    connect(canvas_, &Canvas::viewChanged, this, &MainWindow::showZoom);
    connect(&comparison_->board(), &PaneBoard::viewChanged, this, &MainWindow::showZoom);
    connect(&comparison_->board(), &PaneBoard::shownChanged, this, &MainWindow::showZoom);
    connect(canvas_, &Canvas::cursorMoved, this, [this](std::optional<QPoint> pixel) {
        statusCursor_->setText(pixel ? tr("x %1  y %2").arg(pixel->x()).arg(pixel->y()) : QString());
    });
    connect(canvas_, &Canvas::brushSizeChanged, this,
            [this](int size) { statusBrush_->setText(tr("brush %1 px").arg(size)); });
}

void MainWindow::showZoom()
{
    const PaneBoard& board = comparison_->board();
    const double zoom = board.isVisible() ? board.view().zoom() : canvas_->view().zoom();
    statusZoom_->setText(document_->isOpen() ? tr("zoom %1 %").arg(QString::number(100 * zoom, 'f', 0))
                                             : QString());
}

void MainWindow::connectTools()
{
    auto* group = new QActionGroup(this);
    for (const ToolAction& entry : toolActions) {
        QAction* action = actions_->get(entry.id);
        group->addAction(action);
        action->setChecked(entry.tool == canvas_->tool());
        connect(action, &QAction::triggered, canvas_, [this, tool = entry.tool] { canvas_->setTool(tool); });
    }
    connect(canvas_, &Canvas::toolChanged, this, [this](Tool tool) {
        for (const ToolAction& entry : toolActions)
            if (entry.tool == tool)
                actions_->get(entry.id)->setChecked(true);
    });
    connect(canvas_, &Canvas::maskShownChanged, actions_->get("show-mask"), &QAction::setChecked);
    actions_->get("show-mask")->setChecked(canvas_->maskShown());
}

void MainWindow::connectActions()
{
    const auto on = [this](const char* id, auto call) {
        connect(actions_->get(id), &QAction::triggered, this, std::move(call));
    };
    on("open", [this] { files_->openByDialog(); });
    on("new-example", [this] { files_->openNewScene(); });
    on("paste", [this] { files_->paste(); });
    on("save", [this] { projects_->save(); });
    on("save-as", [this] { projects_->saveAsByDialog(); });
    on("recover", [this] { projects_->recoverByDialog(); });
    on("export", [this] { exporter_->open(ExportWhat::Shown); });
    on("batch", [this] { showPage(batchPage_); });
    on("copy", [this] { exporter_->copyShown(); });
    on("quit", [this] { close(); });
    on("undo", [this] { document_->undo(); });
    on("redo", [this] { document_->redo(); });
    on("zoom-in", [this] { canvas_->zoomTo(canvas_->view().zoom() * zoomStep); });
    on("zoom-out", [this] { canvas_->zoomTo(canvas_->view().zoom() / zoomStep); });
    on("zoom-fit", [this] { canvas_->zoomToFit(); });
    on("zoom-actual", [this] { canvas_->zoomTo(1); });
    on("show-mask", [this](bool shown) { canvas_->setMaskShown(shown); });
    on("show-original", [this] { results_->showOriginal(); });
    on("brush-smaller", [this] { canvas_->growBrush(-1); });
    on("brush-larger", [this] { canvas_->growBrush(1); });
    on("import-mask", [this] { files_->importMaskByDialog(); });
    on("export-mask", [this] { files_->exportMaskByDialog(); });
    on("new-seed", [this] { parameters_->rollSeed(); });
    on("next", [this] { gallery_->step(1); });
    on("previous", [this] { gallery_->step(-1); });
    on("models", [this] { showModels(); });
    on("shortcuts", [this] { showSheet(); });
    on("about", [this] { showAbout(); });
    on("about-qt", [] { QApplication::aboutQt(); });
    for (const char* id :
         {"undo",     "redo",   "zoom-in",   "zoom-out",    "zoom-fit",    "zoom-actual",   "show-mask",
          "brush",    "eraser", "rectangle", "lasso",       "pan",         "brush-smaller", "brush-larger",
          "mask-all", "clear",  "invert",    "import-mask", "export-mask", "save",          "save-as"})
        actions_->get(id)->setEnabled(false); // until a picture is open
}

void MainWindow::connectQueue()
{
    queuePanel_ = new QueuePanel(*queue_, side_);
    sideBottom_->insertWidget(0, queuePanel_);
    QAction* pause = actions_->get("queue-pause");
    actions_->get("queue-add")->setEnabled(false); // until there is a hole
    connect(actions_->get("queue-add"), &QAction::triggered, queue_.get(), &Queue::add);
    connect(pause, &QAction::triggered, queue_.get(), &Queue::setPaused);
    connect(queue_.get(), &Queue::changed, pause,
            [pause, queue = queue_.get()] { pause->setChecked(queue->paused()); });
}

void MainWindow::connectCompare()
{
    constexpr std::array modes{
        std::pair{"compare-split", Compare::Split}, std::pair{"compare-difference", Compare::Difference},
        std::pair{"compare-blink", Compare::Blink}, std::pair{"compare-side", Compare::SideBySide},
        std::pair{"compare-grid", Compare::Grid},   std::pair{"compare-twin", Compare::Twin}};
    for (const auto& [id, mode] : modes)
        connect(actions_->get(id), &QAction::triggered, canvas_,
                [this, mode = mode](bool on) { canvas_->setCompare(on ? mode : Compare::Off); });
    connect(&header_->compare(), &Segments::chosen, canvas_,
            [this](int index) { canvas_->setCompare(Compare(index)); });
    connect(canvas_, &Canvas::compareChanged, this, [this, modes](Compare compare) {
        header_->compare().setCurrent(int(compare));
        for (const auto& [id, mode] : modes)
            actions_->get(id)->setChecked(mode == compare);
    });
}

void MainWindow::connectStudy()
{
    const auto tell = [this](const QString& message) { messages_->show(MessageBar::Kind::Problem, message); };
    connect(comparison_, &Comparison::failed, this, tell);
    connect(lens_, &Lens::failed, this, tell);
    connect(actions_->get("lens"), &QAction::toggled, lens_, &Lens::setOn);
    connect(actions_->get("tail"), &QAction::triggered, tail_, &TailSheet::open);
    connect(gallery_, &GalleryPanel::grouped, this, [this] { actions_->get("tail")->setEnabled(true); });
    gallery_->side().tailButton()->setDefaultAction(actions_->get("tail"));
    connect(header_, &CanvasHeader::proofPressed, this, [this] { canvas_->setCompare(Compare::Difference); });
}

void MainWindow::connectSweep()
{
    sweep_ = new SweepBoard(run_->link(), sweepFolder(), pages_);
    pages_->addWidget(sweep_);
    connect(actions_->get("sweep"), &QAction::triggered, this, &MainWindow::openSweep);
    connect(actions_->get("probe"), &QAction::triggered, this, &MainWindow::openProbe);
    connect(models_, &ModelManager::modelsKnown, sweep_, &SweepBoard::setModels);
    connect(&run_->link(), &EngineLink::modelsKnown, sweep_, &SweepBoard::setModels);
    connect(sweep_, &SweepBoard::left, this, &MainWindow::showWorkspace);
    connect(sweep_, &SweepBoard::used, this, [this](const Recipe& cell) {
        showWorkspace();
        parameters_->setRecipe(cell);
    });
    connect(sweep_, &SweepBoard::told, this, [this](const QString& text, bool problem) {
        messages_->show(problem ? MessageBar::Kind::Problem : MessageBar::Kind::Note, text);
    });
}

void MainWindow::connectVerifier()
{
    verifier_ = new Verifier({*document_, *results_, *messages_}, run_->link(), this);
    connect(actions_->get("verify"), &QAction::triggered, verifier_, &Verifier::start);
    connect(verifier_, &Verifier::busy, this, &MainWindow::showBusy);
}

Recipe MainWindow::recipeOfSweep() const
{
    Recipe recipe = parameters_->recipe();
    recipe.soft_edge = document_->isOpen() ? document_->maskEntry().softEdge : 0;
    return recipe;
}

void MainWindow::openSweep()
{
    sweep_->open(document_->picture(), document_->mask(), recipeOfSweep());
    showSweep();
}

void MainWindow::openProbe()
{
    sweep_->openProbe(document_->picture(), document_->mask(), recipeOfSweep());
    showSweep();
}

void MainWindow::showSweep()
{
    tools_->hide();
    pages_->setCurrentWidget(sweep_);
    sweep_->setFocus(Qt::OtherFocusReason);
}

void MainWindow::showSheet()
{
    if (auto* open = findChild<ShortcutSheet*>(); open && open->isVisible()) {
        open->raise();
        return open->activateWindow();
    }
    auto* sheet = new ShortcutSheet(*actions_, this);
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    sheet->show();
}

void MainWindow::showAbout()
{
    auto* box =
        new QMessageBox(QMessageBox::NoIcon, tr("About Lacuna"),
                        tr("<b>Lacuna %1</b><p>Several meaningfully different ways to fill a hole in a "
                           "picture.</p><p>Free software under the GNU General Public License, version 3 or "
                           "later.</p>")
                            .arg(QStringLiteral(LACUNA_VERSION)),
                        QMessageBox::Close, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

} // namespace lacuna::ui
