// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/main_window.h"

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMimeData>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolBar>

#include "engine/project/recovery.h"
#include "ui/actions/action_registry.h"
#include "ui/appearance/icons.h"
#include "ui/appearance/pieces.h"
#include "ui/batch/batch_page.h"
#include "ui/canvas/canvas.h"
#include "ui/canvas/canvas_header.h"
#include "ui/compare/comparison.h"
#include "ui/document/document.h"
#include "ui/export/card_drag.h"
#include "ui/export/exporter.h"
#include "ui/gallery/gallery_panel.h"
#include "ui/gallery/gallery_side.h"
#include "ui/hints/coach_marks.h"
#include "ui/language/language.h"
#include "ui/lens/lens.h"
#include "ui/main_window/files.h"
#include "ui/main_window/projects.h"
#include "ui/main_window/recent_files.h"
#include "ui/main_window/run_controller.h"
#include "ui/main_window/window_aids.h"
#include "ui/main_window/workspaces.h"
#include "ui/mask/mask_tools.h"
#include "ui/messages/message_bar.h"
#include "ui/models/models_window.h"
#include "ui/panels/cost_line.h"
#include "ui/panels/distance_graph.h"
#include "ui/panels/parameter_panel.h"
#include "ui/panels/run_box.h"
#include "ui/panels/side_scroll.h"
#include "ui/queue/queue.h"
#include "ui/results/results.h"
#include "ui/sweep/sweep_board.h"
#include "ui/tail/tail_sheet.h"
#include "ui/verify/verifier.h"
#include "ui/welcome/welcome_page.h"

namespace lacuna::ui {
namespace {

constexpr int sideWidth = 320;
constexpr int textDelay = 30; // milliseconds

} // namespace

MainWindow::MainWindow(SessionFactory makeSession)
    : document_(std::make_unique<Document>()),
      actions_(new ActionRegistry(this))
{
    setWindowTitle(tr("Lacuna"));
    setWindowIcon(applicationIcon());
    setAcceptDrops(true);
    resize(1440, 900);

    auto* centre = new QWidget(this);
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins({});
    column->setSpacing(0);
    messages_ = new MessageBar(centre);
    pages_ = new QStackedWidget(centre);
    pages_->setMinimumSize(704, 400); // a page that is not shown does not widen the window
    welcome_ = new WelcomePage(actions_->get("open"), actions_->get("new-example"), pages_);
    pages_->addWidget(welcome_);
    pages_->addWidget(makeWorkspace());
    pages_->addWidget(exportPage_ = new ExportPage(pages_));
    batch_ = new Batch({[this] { return run_->running(); },
                        [this](const FillRequest& request) { run_->startJob(request, false); },
                        [this] { run_->stop(); }},
                       this);
    pages_->addWidget(batchPage_ = new BatchPage(
                          *batch_, [this] { return parameters_->recipe(); }, pages_));
    column->addWidget(messages_);
    column->addWidget(pages_, 1);
    setCentralWidget(centre);

    results_ = new Results(*canvas_, *gallery_, this);
    comparison_ = new Comparison({*document_, *canvas_, *header_, *results_, *gallery_, *actions_}, canvas_);
    lens_ = new Lens(*canvas_, *results_, *gallery_);
    tail_ = new TailSheet(*gallery_, canvas_);
    files_ = new Files(*document_, *results_, *messages_, this);
    exporter_ = new Exporter({*document_, *results_, *gallery_, *messages_, *exportPage_}, this);
    makeMenus();
    makeToolBar();
    makeStatusBar();
    models_ = new ModelManager(makeSession, this);
    run_ = std::make_unique<RunController>(
        std::move(makeSession),
        RunController::Parts{*document_, *parameters_, *runBox_, *gallery_, *results_, *messages_, *graph_,
                             actions_->get("generate"), actions_->get("stop")},
        nullptr);
    queue_ = std::make_unique<Queue>(Queue::Parts{*document_, *run_, *results_, *messages_});
    projects_ = std::make_unique<Projects>(
        Projects::Parts{*document_, *parameters_, *results_, *gallery_, *run_, *messages_, this});
    connectActions();
    connectTools();
    connectCompare();
    connectStudy();
    connectParts();
    connectPages();
    aids_ = new WindowAids({*this, *workspaces_, tools_, runBox_, side_});
    connectQueue();
    connectSweep();
    connectVerifier();
    showResultState();
}

/// The engine ends first, then everything that looks at the document, then the document.
MainWindow::~MainWindow()
{
    delete modelsWindow_;
    projects_.reset();
    delete queuePanel_;
    queue_.reset();
    delete sweep_;
    delete verifier_;
    run_.reset();
    delete exporter_;
    delete files_;
    delete results_;
    delete takeCentralWidget();
    delete batch_;
}

QWidget* MainWindow::makeWorkspace()
{
    auto* workspace = new QWidget(pages_);
    auto* row = new QHBoxLayout(workspace);
    row->setContentsMargins({});
    row->setSpacing(0);
    auto* column = new QVBoxLayout;
    column->setSpacing(0);
    canvas_ = new Canvas(*document_, workspace);
    header_ = new CanvasHeader(*document_, actions_->get("show-mask"), workspace);
    gallery_ = new GalleryPanel({actions_->get("export")}, workspace);
    maskTools_ = new MaskTools({*document_, *canvas_, *actions_, *messages_}, workspace);
    column->addWidget(header_);
    column->addWidget(&maskTools_->strip());
    column->addWidget(canvas_, 1);
    column->addWidget(gallery_);
    row->addLayout(column, 1);
    row->addWidget(makeSidePanel());
    workspaces_ = new Workspaces({side_, gallery_, &gallery_->side(), actions_->get("workspace-mask"),
                                  actions_->get("workspace-explore")},
                                 this);
    return workspace;
}

QWidget* MainWindow::makeSidePanel()
{
    side_ = new Ground(Ground::Shade::Surface, Qt::LeftEdge, pages_);
    side_->setFixedWidth(sideWidth);
    parameters_ = new ParameterPanel(side_);
    auto* scroll = new SideScroll(parameters_, 20, side_);
    graph_ = new DistanceGraph(side_);
    runBox_ = new RunBox(actions_->get("generate"), actions_->get("stop"), actions_->get("queue-add"), side_);

    auto* column = new QVBoxLayout(side_);
    column->setContentsMargins(1, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(scroll, 1);
    auto* bottom = sideBottom_ = new QVBoxLayout;
    bottom->setContentsMargins(20, grid, 20, 20);
    bottom->setSpacing(2 * grid);
    bottom->addWidget(&gallery_->side());
    bottom->addWidget(graph_);
    bottom->addWidget(runBox_);
    column->addLayout(bottom);
    return side_;
}

void MainWindow::connectParts()
{
    textTimer_.setSingleShot(true);
    textTimer_.setInterval(textDelay);
    connect(&textTimer_, &QTimer::timeout, this, &MainWindow::refreshNow);
    connect(document_.get(), &Document::opened, this, &MainWindow::documentOpened);
    connect(document_.get(), &Document::maskChanged, this, &MainWindow::maskEdited);
    connect(document_.get(), &Document::maskReplaced, this, &MainWindow::maskEdited);
    connect(maskTools_, &MaskTools::busyWith, this, &MainWindow::showBusy);
    connect(document_.get(), &Document::historyChanged, this, [this] {
        actions_->get("undo")->setEnabled(document_->canUndo());
        actions_->get("redo")->setEnabled(document_->canRedo());
    });
    connect(welcome_, &WelcomePage::examplePicked, files_, &Files::openExample);
    connect(files_, &Files::sceneOpened, parameters_, &ParameterPanel::chooseModelOf);
    connect(header_, &CanvasHeader::originalHeld, canvas_, &Canvas::setOriginalHeld);
    connect(files_, &Files::busy, this, &MainWindow::showBusy);
    connect(projects_.get(), &Projects::busy, this, &MainWindow::showBusy);
    connect(projects_.get(), &Projects::changed, this, &MainWindow::showTitle);
    connect(projects_.get(), &Projects::recoverRequested, files_, &Files::openRecovered);
    connect(projects_.get(), &Projects::restored, this, [this] {
        setGalleryVisible(true);
        showResultState();
    });
    connect(projects_.get(), &Projects::stored, recent_, &RecentFiles::add);
    connect(recent_, &RecentFiles::picked, files_,
            [this](const QString& file) { files_->openPicture(file); });
    connect(models_, &ModelManager::modelsKnown, parameters_, &ParameterPanel::setModels);
    connect(models_, &ModelManager::deviceChanged, this, [this] { run_->link().unload(); });
    connect(results_, &Results::changed, this, &MainWindow::showResultState);
    connect(results_, &Results::counted, this, &MainWindow::showProof);
    connect(results_, &Results::failed, this,
            [this](const QString& message) { messages_->show(MessageBar::Kind::Problem, message); });
    connect(run_.get(), &RunController::windowsKnown, canvas_, &Canvas::setWindows);
    connect(run_.get(), &RunController::started, this, [this] {
        canvas_->setWindows({});
        setGalleryVisible(true);
        showResultState();
    });
    connect(run_.get(), &RunController::ended, this, [this] {
        setGalleryVisible(gallery_->count() > 0);
        showResultState();
    });
}

/// The pages that take the place of the workspace for a while.
void MainWindow::connectPages()
{
    new CardDrag(gallery_->stage(), *exporter_, exporter_);
    connect(exporter_, &Exporter::opened, this, [this] { showPage(exportPage_); });
    connect(exporter_, &Exporter::busy, this, &MainWindow::showBusy);
    connect(exporter_, &Exporter::written, this, &MainWindow::leavePage);
    connect(exportPage_, &ExportPage::left, this, &MainWindow::leavePage);
    connect(run_.get(), &RunController::answered, batch_, &Batch::receive);
    connect(run_.get(), &RunController::progressed, batch_, &Batch::showProgress);
    connect(run_.get(), &RunController::ended, batch_, &Batch::engineFree, Qt::QueuedConnection);
    connect(batchPage_, &BatchPage::left, this, &MainWindow::leavePage);
    connect(run_.get(), &RunController::started, this, &MainWindow::leavePage);
}

void MainWindow::showPage(QWidget* page)
{
    pages_->setCurrentWidget(page);
    tools_->setVisible(false);
    if (page == batchPage_)
        batchPage_->open();
}

void MainWindow::leavePage()
{
    if (pages_->currentWidget() == exportPage_ || pages_->currentWidget() == batchPage_)
        showWorkspace();
}

/// The picture, or what there is to open.
void MainWindow::showWorkspace()
{
    pages_->setCurrentIndex(document_->isOpen() ? 1 : 0);
    tools_->setVisible(document_->isOpen());
    canvas_->setFocus(Qt::OtherFocusReason);
}

void MainWindow::setGalleryVisible(bool visible)
{
    workspaces_->setGallery(visible);
}

void MainWindow::documentOpened()
{
    run_->abandon();
    sweep_->close();
    results_->clear();
    gallery_->begin(0);
    setGalleryVisible(false);
    parameters_->setPicture(document_->size());
    pages_->setCurrentIndex(1);
    tools_->show();
    for (const char* id : {"zoom-in", "zoom-out", "zoom-fit", "zoom-actual", "show-mask", "brush", "eraser",
                           "rectangle", "lasso", "pan", "brush-smaller", "brush-larger", "mask-all", "clear",
                           "invert", "import-mask", "export-mask", "save", "save-as"})
        actions_->get(id)->setEnabled(true);
    refreshNow();
    projects_->documentOpened();
    if (!document_->source().filePath.isEmpty())
        recent_->add(document_->source().filePath);
    canvas_->setFocus(Qt::OtherFocusReason);
}

void MainWindow::showTitle()
{
    setWindowTitle(projects_->readOnly().isEmpty() ? tr("%1[*] – Lacuna").arg(projects_->name())
                                                   : tr("%1[*] (read-only) – Lacuna").arg(projects_->name()));
    setWindowModified(projects_->modified());
}

void MainWindow::showBusy(const QString& what)
{
    statusBar()->showMessage(what);
}

void MainWindow::startSession()
{
    const std::filesystem::path journals = journal_folder();
    recent_->setFile(journals.parent_path() / "recent.json");
    projects_->startAutosave(journals);
    aids_->hints().enable();
    maskTools_->useSettings();
    models_->startSession(journals.parent_path() / "models.json");
    parameters_->cost().speeds().setFile(journals.parent_path() / "speeds.ini");
    queue_->startSession(journals.parent_path() / "queue");
}

ModelsWindow& MainWindow::showModels()
{
    if (!modelsWindow_)
        modelsWindow_ = new ModelsWindow(*models_, run_->link(), this);
    models_->refresh();
    modelsWindow_->show();
    modelsWindow_->raise();
    modelsWindow_->activateWindow();
    return *modelsWindow_;
}

void MainWindow::maskEdited()
{
    if (results_->shown() >= 0)
        results_->showOriginal();
    if (!textTimer_.isActive())
        textTimer_.start();
}

void MainWindow::refreshNow()
{
    header_->refresh();
    parameters_->setHole(document_->holePixels());
    run_->refresh();
    actions_->get("queue-add")->setEnabled(run_->whyNot().isEmpty());
}

void MainWindow::showResultState()
{
    const int shown = results_->shown();
    const bool any = results_->filled() && !run_->showsRun();
    const bool pool = results_->filled() && results_->filled()->set.pool;
    header_->setShown(shown < 0 ? QString()
                                : (pool ? tr("Candidate %1") : tr("Completion %1")).arg(shown + 1));
    actions_->get("export")->setEnabled(any);
    actions_->get("copy")->setEnabled(any && shown >= 0);
    actions_->get("verify")->setEnabled(any || (document_->source().recipe && !run_->showsRun()));
    for (const char* id : {"show-original", "compare-split", "compare-difference", "compare-blink"})
        actions_->get(id)->setEnabled(shown >= 0);
    actions_->get("lens")->setEnabled(results_->filled() != nullptr);
    actions_->get("tail")->setEnabled(gallery_->model().hasTree());
    actions_->get("next")->setEnabled(any);
    actions_->get("previous")->setEnabled(any);
}

void MainWindow::showProof(const std::optional<RenderedCompletion>& shown)
{
    if (!shown)
        return header_->setProof(Badge::Kind::Plain, {}, {});
    header_->setProof(
        shown->changedSamples == 0 ? Badge::Kind::Good : Badge::Kind::Bad,
        tr("%1 of %2 known samples changed").arg(count(shown->changedSamples), count(shown->knownSamples)),
        tr("Counted by comparing every sample of the %1 pixels outside the hole with the picture you "
           "opened")
            .arg(count(shown->knownPixels)));
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    queue_->close();
    run_->stop(); // the destructor waits for the step at hand
    event->accept();
}

void MainWindow::keyPressEvent(QKeyEvent* event)
{
    const int digit = event->key() - Qt::Key_0;
    if (event->key() == Qt::Key_C && event->modifiers() == Qt::NoModifier)
        canvas_->setOriginalHeld(true);
    else if (digit >= 1 && digit <= 9 && event->modifiers() == Qt::NoModifier)
        gallery_->pick(digit - 1);
    else
        QMainWindow::keyPressEvent(event);
}

void MainWindow::keyReleaseEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_C && !event->isAutoRepeat())
        canvas_->setOriginalHeld(false);
    else
        QMainWindow::keyReleaseEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (!Files::canTake(event->mimeData()))
        return;
    welcome_->setDropping(true);
    event->acceptProposedAction();
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent*)
{
    welcome_->setDropping(false);
}

void MainWindow::dropEvent(QDropEvent* event)
{
    welcome_->setDropping(false);
    files_->take(event->mimeData());
    event->acceptProposedAction();
}

} // namespace lacuna::ui
