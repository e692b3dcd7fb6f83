// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>
#include <QTimer>

#include <memory>
#include <optional>

#include "ui/engine_link/engine_link.h"

class QLabel;
class QStackedWidget;
class QVBoxLayout;

namespace lacuna::ui {

class ActionRegistry;
class Batch;
class BatchPage;
class Canvas;
class CanvasHeader;
class Comparison;
class DistanceGraph;
class Document;
class Exporter;
class ExportPage;
class Files;
class GalleryPanel;
class Lens;
class MaskTools;
class MessageBar;
class ModelManager;
class ModelsWindow;
class ParameterPanel;
class Projects;
class Queue;
class RecentFiles;
class Results;
class RunBox;
class RunController;
class TailSheet;
class Verifier;
class SweepBoard;
class WelcomePage;
class WindowAids;
class Workspaces;
struct RenderedCompletion;

/// Puts the parts together; what they do is theirs.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    explicit MainWindow(SessionFactory makeSession);
    ~MainWindow() override;

    Document& document() const { return *document_; }
    Canvas& canvas() const { return *canvas_; }
    MaskTools& maskTools() const { return *maskTools_; }
    Files& files() const { return *files_; }
    Results& results() const { return *results_; }
    Comparison& comparison() const { return *comparison_; }
    Lens& lens() const { return *lens_; }
    TailSheet& tail() const { return *tail_; }
    Exporter& exporter() const { return *exporter_; }
    ExportPage& exportPage() const { return *exportPage_; }
    BatchPage& batchPage() const { return *batchPage_; }
    Projects& projects() const { return *projects_; }
    GalleryPanel& gallery() const { return *gallery_; }
    RunController& run() const { return *run_; }
    Queue& queue() const { return *queue_; }
    ParameterPanel& parameters() const { return *parameters_; }
    MessageBar& messages() const { return *messages_; }
    ActionRegistry& actions() const { return *actions_; }
    WindowAids& aids() const { return *aids_; }
    Workspaces& workspaces() const { return *workspaces_; }
    void showSheet();
    ModelManager& models() const { return *models_; }
    SweepBoard& sweep() const { return *sweep_; }
    Verifier& verifier() const { return *verifier_; }

    void openSweep();     ///< of the picture and its hole
    void openProbe();     ///< the same with the models down
    void showSweep();     ///< the board, in place of the picture
    void showWorkspace(); ///< the picture, or what there is to open

    /// Keeps journals and the list of recent files in the folder of this user's state.
    void startSession();
    ModelsWindow& showModels();
    /// Brings every text up to date that otherwise follows a moment later.
    void refreshNow();

protected:
    void closeEvent(QCloseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    QWidget* makeWorkspace();
    QWidget* makeSidePanel();
    void makeMenus();
    void makeToolBar();
    void makeStatusBar();
    void connectActions();
    void connectTools();
    void connectCompare();
    void connectStudy();
    void showZoom();
    void connectSweep();
    void connectParts();
    void connectQueue();

    void connectPages();
    void showPage(QWidget* page);
    void leavePage();
    void setGalleryVisible(bool visible);
    void documentOpened();
    void showTitle();
    void showBusy(const QString& what);
    void maskEdited();
    void showResultState();
    void connectVerifier();
    Recipe recipeOfSweep() const;
    void showProof(const std::optional<RenderedCompletion>& shown);
    void showAbout();

    std::unique_ptr<Document> document_;
    ActionRegistry* actions_;
    QStackedWidget* pages_ = nullptr;
    WelcomePage* welcome_ = nullptr;
    MessageBar* messages_ = nullptr;
    CanvasHeader* header_ = nullptr;
    Canvas* canvas_ = nullptr;
    MaskTools* maskTools_ = nullptr;
    GalleryPanel* gallery_ = nullptr;
    QWidget* side_ = nullptr;
    ParameterPanel* parameters_ = nullptr;
    RunBox* runBox_ = nullptr;
    DistanceGraph* graph_ = nullptr;
    QVBoxLayout* sideBottom_ = nullptr;
    QWidget* queuePanel_ = nullptr;
    SweepBoard* sweep_ = nullptr;
    Verifier* verifier_ = nullptr;
    QToolBar* tools_ = nullptr;
    QLabel* statusZoom_ = nullptr;
    QLabel* statusCursor_ = nullptr;
    QLabel* statusBrush_ = nullptr;
    Files* files_ = nullptr;
    Results* results_ = nullptr;
    Comparison* comparison_ = nullptr;
    Lens* lens_ = nullptr;
    TailSheet* tail_ = nullptr;
    Exporter* exporter_ = nullptr;
    ExportPage* exportPage_ = nullptr;
    Batch* batch_ = nullptr;
    BatchPage* batchPage_ = nullptr;
    QTimer textTimer_{}; ///< texts about the mask follow a stroke, they do not slow it down
    RecentFiles* recent_ = nullptr;
    Workspaces* workspaces_ = nullptr;
    WindowAids* aids_ = nullptr;
    ModelManager* models_ = nullptr;
    ModelsWindow* modelsWindow_ = nullptr; ///< made when it is first wanted
    std::unique_ptr<RunController> run_{};
    std::unique_ptr<Queue> queue_{};       ///< of runs
    std::unique_ptr<Projects> projects_{}; ///< ends before the run, whose results it stores
};

} // namespace lacuna::ui
