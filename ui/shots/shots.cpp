// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shots/shots.h"

#include <QApplication>
#include <QFontDatabase>
#include <QStatusBar>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <thread>

#include "engine/core/error.h"
#include "ui/appearance/motion.h"
#include "ui/background/background.h"
#include "ui/canvas/canvas.h"
#include "ui/document/examples.h"
#include "ui/gallery/gallery_panel.h"
#include "ui/main_window/main_window.h"
#include "ui/main_window/run_controller.h"
#include "ui/panels/cost_line.h"
#include "ui/panels/parameter_panel.h"
#include "ui/queue/queue.h"
#include "ui/results/results.h"
#include "ui/shots/rendered_pool.h"

namespace lacuna::ui {
namespace {

using namespace std::chrono_literals;

constexpr QSize windowSize{1440, 900};
constexpr int fontPixels = 13;
constexpr std::uint64_t shotSeed = 1;
constexpr int shownCard = 1;
constexpr auto reportPause = 100ms; ///< the session reports some twelve times a second at most

/// What the window's own engine is while a scene is drawn: it knows the models and is never asked to fill.
class KnownModels : public Session {
public:
    explicit KnownModels(std::vector<ModelInfo> models) : models_(std::move(models)) {}
    std::vector<ModelInfo> models() const override { return models_; }
    CompletionSet fill(const FillRequest&, const std::function<void(Progress)>&, std::stop_token) override
    {
        return {};
    }

private:
    std::vector<ModelInfo> models_;
};

void useFixedFont()
{
    const QString family = QStringLiteral("DejaVu Sans");
    QFont font = QFontDatabase::families().contains(family) ? QFont(family) : QApplication::font();
    font.setPixelSize(fontPixels);
    font.setHintingPreference(QFont::PreferNoHinting);
    QApplication::setFont(font);
}

const Example& firstExample()
{
    if (examples().empty())
        throw Error(ErrorKind::Input, "The scene", "needs an example, and none is part of this build",
                    "Build with the files of resources/examples.");
    return examples().front();
}

/// Steps the session to half way and stops it. Pausing after each report keeps the session's own limit of reports
/// out of the picture: it then reports every step, and the same one is nearest half way each time.
Progress progressHalfWay(Session& session, const FillRequest& request, std::vector<Distances>& distances)
{
    Progress nearest;
    const auto away = [](const Progress& progress) { return std::abs(2 * progress.done - progress.total); };
    std::stop_source enough;
    session.fill(
        request,
        [&](Progress progress) {
            const bool past = 2 * progress.done >= progress.total && progress.total > 0;
            if (!progress.distances.members.empty() && !past)
                distances.push_back(progress.distances);
            if (!progress.previews.empty() && (nearest.previews.empty() || away(progress) < away(nearest)))
                nearest = std::move(progress);
            if (past && !nearest.previews.empty())
                enough.request_stop();
            else
                std::this_thread::sleep_for(reportPause);
        },
        enough.get_token());
    return nearest;
}

void openExampleWithBrush(MainWindow& window)
{
    const LoadedPicture loaded = loadExample(firstExample());
    window.document().open(loaded);
    window.parameters().chooseModelOf(loaded.world);
    window.parameters().setSeed(shotSeed);
    window.refreshNow();
}

void showRunning(MainWindow& window, Session& session)
{
    const FillRequest request = window.run().beginShown();
    std::vector<Distances> distances;
    const Progress half = progressHalfWay(session, request, distances);
    for (Distances& one : distances)
        if (one.evaluation < half.distances.evaluation)
            window.run().showProgress({.distances = std::move(one)}, {});
    window.run().showProgress(half, QObject::tr("about 8 s left, 7 to 10 s"));
}

/// One job is done, the run at hand is the second, two wait.
void showQueue(MainWindow& window, Session& session)
{
    showRunning(window, session);
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
    now.note = QObject::tr("Sampling · %1 of %2 · about 8 s left").arg(12).arg(24);
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
        Progress progress{.phase = "Sampling", .done = poolSoFar * 25, .total = poolSize * 25};
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

/// Lets layouts settle and everything that was scheduled be drawn.
QImage grabbed(MainWindow& window)
{
    window.parameters().cost().refreshNow();
    QCoreApplication::sendPostedEvents();
    window.canvas().zoomToFit();
    QCoreApplication::sendPostedEvents();
    return window.grab().toImage();
}

} // namespace

const std::vector<Scene>& scenes()
{
    static const std::vector<Scene> all = {
        {"welcome", "the window before a picture is open"},
        {"mask", "an example with its mask and the brush"},
        {"running", "half way through a run"},
        {"queue", "the same with jobs that are done and that wait"},
        {"results", "a set of five, the second one shown"},
        {"dark", "the same in the dark theme"},
        {"gallery", "a pool of 100 as five cards"},
        {"branch", "the largest branch of that pool"},
        {"growing", "the gallery while candidates come"},
        {"compare", "original and candidate on both sides of a line"},
    };
    return all;
}

QImage drawScene(const QString& scene, ThemeChoice theme, const SessionFactory& makeSession)
{
    useFixedFont();
    setMotion(false);
    applyTheme(scene == QLatin1String("dark") ? ThemeChoice::Dark
               : theme == ThemeChoice::System ? ThemeChoice::Light
                                              : theme);
    const std::unique_ptr<Session> session = makeSession();
    MainWindow window([models = session->models()] { return std::make_unique<KnownModels>(models); });
    window.parameters().setModels(session->models());
    window.resize(windowSize);
    window.show();
    window.setFocus();
    if (scene != QLatin1String("welcome"))
        openExampleWithBrush(window);
    if (scene == QLatin1String("running"))
        showRunning(window, *session);
    else if (scene == QLatin1String("queue"))
        showQueue(window, *session);
    else if (scene == QLatin1String("results") || scene == QLatin1String("dark"))
        showResults(window, *session);
    else if (scene == QLatin1String("gallery") || scene == QLatin1String("branch"))
        showGallery(window, scene == QLatin1String("branch"), false);
    else if (scene == QLatin1String("growing"))
        showGallery(window, false, true);
    else if (scene == QLatin1String("compare")) {
        showGallery(window, false, false);
        window.canvas().setCompare(Compare::Split);
    }
    QImage image = grabbed(window);
    if (scene == QLatin1String("mask")) {
        window.canvas().showBrushAt(QPointF(window.canvas().width() * 0.66, window.canvas().height() * 0.42));
        QCoreApplication::sendPostedEvents();
        image = window.grab().toImage();
    }
    return image.convertToFormat(QImage::Format_RGB888);
}

QString takeShot(const QString& scene, const QString& file, ThemeChoice theme,
                 const SessionFactory& makeSession)
{
    const bool known = std::any_of(scenes().begin(), scenes().end(),
                                   [&scene](const Scene& one) { return scene == QLatin1String(one.name); });
    if (!known)
        return QObject::tr("There is no scene called “%1”. --list-shots prints the names.").arg(scene);
    const auto drawn = attempt([&] { return drawScene(scene, theme, makeSession); });
    if (const auto* problem = std::get_if<Problem>(&drawn))
        return problem->message;
    if (!std::get<QImage>(drawn).save(file, "PNG"))
        return QObject::tr("The scene could not be written to %1. Check the folder and the free space.")
            .arg(file);
    return {};
}

} // namespace lacuna::ui
