// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>
#include <QTimer>

#include <memory>
#include <optional>

#include "ui/engine_link/engine_link.h"

class QLabel;
class QStackedWidget;

namespace lacuna::ui {

class ActionRegistry;
class Canvas;
class CanvasHeader;
class Document;
class Files;
class GalleryPanel;
class MessageBar;
class ParameterPanel;
class Projects;
class RecentFiles;
class Results;
class RunBox;
class RunController;
class SweepBoard;
class WelcomePage;
struct RenderedCompletion;

/// Puts the parts together; what they do is theirs.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    explicit MainWindow(SessionFactory makeSession);
    ~MainWindow() override;

    Document& document() const { return *document_; }
    Canvas& canvas() const { return *canvas_; }
    Files& files() const { return *files_; }
    Results& results() const { return *results_; }
    Projects& projects() const { return *projects_; }
    GalleryPanel& gallery() const { return *gallery_; }
    RunController& run() const { return *run_; }
    ParameterPanel& parameters() const { return *parameters_; }
    MessageBar& messages() const { return *messages_; }
    ActionRegistry& actions() const { return *actions_; }
    SweepBoard& sweep() const { return *sweep_; }

    void openSweep(); ///< of the picture and its hole
    void showSweep(); ///< the board, in place of the picture
    void leaveSweep();

    /// Keeps journals and the list of recent files in the folder of this user's state.
    void startSession();
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
    void connectSweep();
    void connectParts();

    void setGalleryVisible(bool visible);
    void documentOpened();
    void showTitle();
    void showBusy(const QString& what);
    void maskEdited();
    void showResultState();
    void showProof(const std::optional<RenderedCompletion>& shown);
    void showSheet();
    void showAbout();

    std::unique_ptr<Document> document_;
    ActionRegistry* actions_;
    QStackedWidget* pages_ = nullptr;
    WelcomePage* welcome_ = nullptr;
    MessageBar* messages_ = nullptr;
    CanvasHeader* header_ = nullptr;
    Canvas* canvas_ = nullptr;
    GalleryPanel* gallery_ = nullptr;
    QWidget* side_ = nullptr;
    ParameterPanel* parameters_ = nullptr;
    RunBox* runBox_ = nullptr;
    SweepBoard* sweep_ = nullptr;
    QToolBar* tools_ = nullptr;
    QLabel* statusZoom_ = nullptr;
    QLabel* statusCursor_ = nullptr;
    QLabel* statusBrush_ = nullptr;
    Files* files_ = nullptr;
    Results* results_ = nullptr;
    QTimer textTimer_{}; ///< texts about the mask follow a stroke, they do not slow it down
    RecentFiles* recent_ = nullptr;
    std::unique_ptr<RunController> run_{};
    std::unique_ptr<Projects> projects_{}; ///< ends before the run, whose results it stores
};

} // namespace lacuna::ui
