// SPDX-License-Identifier: GPL-3.0-or-later
// The states of the window that shots and tests of the whole window look at.
#include "ui/shots/scenes.h"

#include <QApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QThreadPool>

#include <algorithm>
#include <functional>

#include "engine/core/error.h"
#include "engine/session/disagreement.h"
#include "ui/actions/action_registry.h"
#include "ui/canvas/canvas.h"
#include "ui/commands/command_palette.h"
#include "ui/compare/comparison.h"
#include "ui/document/examples.h"
#include "ui/export/exporter.h"
#include "ui/gallery/gallery_panel.h"
#include "ui/hints/coach_marks.h"
#include "ui/lens/lens.h"
#include "ui/main_window/main_window.h"
#include "ui/main_window/run_controller.h"
#include "ui/main_window/window_aids.h"
#include "ui/main_window/workspaces.h"
#include "ui/models/model_details.h"
#include "ui/models/models_window.h"
#include "ui/panels/parameter_panel.h"
#include "ui/panels/run_box.h"
#include "ui/queue/queue.h"
#include "ui/results/results.h"
#include "ui/shots/rendered_pool.h"
#include "ui/shots/rendered_run.h"
#include "ui/shots/rendered_sweep.h"
#include "ui/sweep/sweep_board.h"
#include "ui/tail/tail_sheet.h"

namespace lacuna::ui {
namespace {

constexpr std::uint64_t shotSeed = 1;
constexpr int shownCard = 1;
constexpr int shownSweepCell = 10;
constexpr int portraitSide = 64; ///< of what the model of portraits sees

const Example& firstExample()
{
    if (examples().empty())
        throw Error(ErrorKind::Input, "The scene", "needs an example, and none is part of this build",
                    "Build with the files of resources/examples.");
    return examples().front();
}

void openFirstExample(MainWindow& window)
{
    const LoadedPicture loaded = loadExample(firstExample());
    window.document().open(loaded);
    window.parameters().chooseModelOf(loaded.world);
    window.parameters().setSeed(shotSeed);
    window.refreshNow();
}

/// A portrait with a hole, and the settings for it.
void openPortrait(MainWindow& window)
{
    const LoadedPicture portrait = renderedPortrait();
    window.document().open(portrait);
    window.parameters().chooseModelOf(portrait.world);
    window.parameters().setSeed(shotSeed);
    window.refreshNow();
}

void showRunning(MainWindow& window)
{
    openPortrait(window);
    const FillRequest request = window.run().beginShown();
    for (const Progress& report : renderedRun(request, portraitSide))
        window.run().showProgress(report, remainingText(8, 7, 10));
}

/// One job is done, the run at hand is the second, two wait.
void showQueue(MainWindow& window)
{
    showRunning(window);
    JobList& list = window.queue().list();
    for (int number = 1; number <= 4; ++number) {
        auto request = std::make_shared<FillRequest>();
        request->picture = window.document().picture();
        request->mask = window.document().mask();
        request->recipe = window.parameters().recipe();
        request->recipe.seed = std::uint64_t(number);
        list.append({.number = number, .title = window.document().name(), .request = std::move(request)});
    }
    Job done = list.take(0), now = list.take(0);
    done.state = Job::State::Done;
    done.note = QObject::tr("done, %1 completions").arg(5);
    now.state = Job::State::Running;
    now.note =
        QObject::tr("%1 of %2 evaluations").arg(250).arg(500) + QStringLiteral(" · ") + remainingText(8);
    list.insert(0, done);
    list.insert(1, now);
}

void showResults(MainWindow& window, Session& session)
{
    const FillRequest request = window.run().beginShown();
    CompletionSet set = session.fill(request, [](const Progress&) {}, {});
    window.run().endShown(request, set);
    window.results().show(shownCard);
}

constexpr int poolSize = 100;
constexpr int poolSoFar = 35;
constexpr int callsOfOne = 20;    ///< candidate: 100 for five at once
constexpr QPoint mouth{127, 170}; ///< of the portrait

/// The gallery over true fills of a portrait: complete, with its largest branch open, or while candidates come.
void showGallery(MainWindow& window, bool branch, bool growing)
{
    const LoadedPicture portrait = renderedPortrait();
    window.document().open(portrait);
    window.parameters().chooseModelOf(portrait.world);
    window.parameters().setSeed(shotSeed);
    window.parameters().setPool(poolSize);
    window.parameters().setDial(0);
    window.refreshNow();
    const FillRequest request = window.run().beginShown();
    GalleryPanel& gallery = window.gallery();
    if (growing) {
        Progress progress{
            .phase = "Sampling", .done = poolSoFar * callsOfOne, .total = poolSize * callsOfOne};
        window.run().showProgress(progress, QObject::tr("about 2 min left"));
        window.run().showCandidates(request, renderedPool(portrait, 10));
        window.run().showCandidates(request, renderedPool(portrait, poolSoFar));
        return;
    }
    CompletionSet set;
    set.recipe = request.recipe;
    set.pool = renderedPool(portrait, poolSize);
    window.run().endShown(request, set);
    gallery.pick(1);
    Q_EMIT gallery.stage().starPressed(gallery.stage().candidate(1));
    if (!branch)
        return;
    std::vector<int> cards = gallery.model().cards();
    gallery.open(*std::max_element(cards.begin(), cards.end(), [&gallery](int a, int b) {
        return gallery.model().size(a) < gallery.model().size(b);
    }));
    gallery.pick(2);
}

void showGrid(MainWindow& window)
{
    showGallery(window, false, false);
    for (const int place : {0, 2, 3, 4}) // the second has its star already
        Q_EMIT window.gallery().stage().starPressed(window.gallery().stage().candidate(place));
    window.canvas().setCompare(Compare::Grid);
    window.comparison().finishNow();
}

/// What was begun on threads comes to its end.
void finishThreads()
{
    QThreadPool::globalInstance()->waitForDone();
    QCoreApplication::processEvents();
}

void showLens(MainWindow& window)
{
    showGallery(window, false, false);
    window.actions().get("lens")->setChecked(true);
    window.lens().finishNow();
    window.lens().pick(mouth);
    window.gallery().finishGrouping();
    finishThreads();
}

void showTail(MainWindow& window)
{
    showGallery(window, false, false);
    window.tail().open();
    window.tail().finishNow();
}

/// The true fills of another portrait stand for a run without guidance.
void showTwin(MainWindow& window)
{
    openPortrait(window);
    const FillRequest request = window.run().beginShown();
    CompletionSet set, twin;
    set.recipe = twin.recipe = request.recipe;
    const auto pool = renderedPool(renderedPortrait(), 2 * request.recipe.count);
    for (int i = 0; i < request.recipe.count; ++i) {
        set.completions.push_back(pool->candidates[std::size_t(i)]);
        Completion other = pool->candidates[std::size_t(i + request.recipe.count)];
        other.member = i;
        twin.completions.push_back(std::move(other));
    }
    const auto apart = [&request](const Completion& a, const Completion& b) {
        return distance_gray(a, b, request.mask);
    };
    for (Completion& one : set.completions) {
        one.nearest_gray = 255;
        for (const Completion& other : set.completions)
            if (&one != &other) {
                const double away = apart(one, other);
                one.nearest_gray = std::min(one.nearest_gray, away);
                set.mean_distance_gray +=
                    away / double(set.completions.size() * (set.completions.size() - 1));
            }
    }
    window.run().endShown(request, set);
    window.results().setTwin(filledSet(request, twin));
    window.results().show(shownCard);
    window.canvas().setCompare(Compare::Twin);
    window.comparison().finishNow();
    finishThreads();
}

/// A second mask with a soft edge, the polygon tool and the keyboard cursor.
void showMasks(MainWindow& window)
{
    window.document().addMask(QObject::tr("Upper left"));
    window.document().beginEdit();
    window.document().addShape(
        [](QSize all, const SpanSink& sink) {
            fillEllipse({0.1 * all.width(), 0.1 * all.height(), 0.4 * all.width(), 0.3 * all.height()}, all,
                        sink);
        },
        true);
    window.document().endEdit();
    window.document().setSoftEdge(6);
    window.canvas().setTool(Tool::Polygon);
    window.canvas().setKeyboardCursor(true);
}

void showExport(MainWindow& window, Session& session)
{
    showResults(window, session);
    window.exporter().open(ExportWhat::Shown);
    window.exportPage().setFolder(QStringLiteral("/home/ada/Pictures")); // the same on every computer
    QThreadPool::globalInstance()->waitForDone();                        // the preview
}

/// The manager of models over the window, before a download begins.
void showModels(MainWindow& window, Session& session)
{
    ModelManager& manager = window.models();
    DownloadRules rules;
    rules.freeSpace = [](const std::filesystem::path&) { return 50'000'000'000u; };
    manager.setRules(rules);
    ModelsWindow& models = window.showModels();
    manager.show(session.models(), session.devices());
    models.choose(QStringLiteral("published/imagenet-256"));
    models.details().findChild<QPushButton*>(QStringLiteral("download"))->click();
    models.setFocus(); // where the text cursor is depends on the screen
}

/// The board while a sweep runs, one of its best cells large.
void showBoard(MainWindow& window)
{
    const LoadedPicture portrait = renderedPortrait();
    window.document().open(portrait);
    window.sweep().show({portrait.picture, *portrait.mask}, renderedSweep(portrait), true);
    window.sweep().select(shownSweepCell);
    window.showSweep();
}

void showSplit(MainWindow& window)
{
    showGallery(window, false, false);
    window.canvas().setCompare(Compare::Split);
}

void showCommands(MainWindow& window)
{
    window.aids().palette().open();
    window.findChild<QLineEdit*>(QStringLiteral("command-search"))->setText(QStringLiteral("o"));
}

void showHint(MainWindow& window)
{
    window.aids().hints().enable();
    window.aids().hints().forget();
    window.aids().hints().tell("generate", window.findChild<RunBox*>(), QStringLiteral("Ctrl+Return"));
}

struct SceneSetup {
    Scene scene;
    std::function<void(MainWindow&, Session&)> prepare; ///< with the first example open
};

const std::vector<SceneSetup>& setups()
{
    const auto nothing = [](MainWindow&, Session&) {};
    const auto gallery = [](bool branch, bool growing) {
        return [=](MainWindow& w, Session&) { showGallery(w, branch, growing); };
    };
    const auto alone = [](void (*show)(MainWindow&)) { return [=](MainWindow& w, Session&) { show(w); }; };
    static const std::vector<SceneSetup> all = {
        {{"welcome", "the window before a picture is open"}, nothing},
        {{"mask", "an example with its mask and the brush"}, nothing},
        {{"masks", "one of several masks, with the keyboard cursor"}, alone(showMasks)},
        {{"running", "half way through a run"}, alone(showRunning)},
        {{"queue", "the same with jobs that are done and that wait"}, alone(showQueue)},
        {{"results", "a set of five, the second one shown"}, showResults},
        {{"dark", "the same in the dark theme"}, showResults},
        {{"gallery", "a pool of 100 as five cards"}, gallery(false, false)},
        {{"branch", "the largest branch of that pool"}, gallery(true, false)},
        {{"growing", "the gallery while candidates come"}, gallery(false, true)},
        {{"sweep", "a board of eta and D while it fills"}, alone(showBoard)},
        {{"compare", "original and candidate on both sides of a line"}, alone(showSplit)},
        {{"grid", "five candidates beside each other"}, alone(showGrid)},
        {{"lens", "where the candidates disagree, and the gallery grouped by one such region"},
         alone(showLens)},
        {{"tail", "what a few random samples of the pool would miss"}, alone(showTail)},
        {{"twin", "a completion beside the one from the same noise without guidance"}, alone(showTwin)},
        {{"export", "the page of exports for that set"}, showExport},
        {{"batch", "the page on which a folder is filled"},
         [](MainWindow& w, Session&) { w.actions().get("batch")->trigger(); }},
        {{"high-contrast", "a set of five in the theme of high contrast"}, showResults},
        {{"commands", "the command palette"}, alone(showCommands)},
        {{"shortcuts", "the sheet of shortcuts"}, [](MainWindow& w, Session&) { w.showSheet(); }},
        {{"hint", "a hint of the first use"}, alone(showHint)},
        {{"workspace-mask", "the workspace that gives the window to the picture"},
         [](MainWindow& w, Session&) { w.workspaces().choose(Workspace::Mask); }},
        {{"models", "the models that there are and could be"}, showModels},
    };
    return all;
}

} // namespace

const std::vector<Scene>& scenes()
{
    static const std::vector<Scene> all = [] {
        std::vector<Scene> list;
        for (const SceneSetup& one : setups())
            list.push_back(one.scene);
        return list;
    }();
    return all;
}

void prepareScene(const QString& scene, MainWindow& window, Session& session)
{
    if (scene != QLatin1String("welcome"))
        openFirstExample(window);
    for (const SceneSetup& one : setups())
        if (scene == QLatin1String(one.scene.name))
            one.prepare(window, session);
}

} // namespace lacuna::ui
