// SPDX-License-Identifier: GPL-3.0-or-later
// Saving, opening, recovering and sharing of projects in the window.
#include <QAbstractButton>
#include <QComboBox>
#include <QDropEvent>
#include <QFileDialog>
#include <QListWidget>
#include <QMenu>
#include <QMimeData>
#include <QProcess>
#include <QSlider>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

#include "engine/core/atomic_file.h"
#include "engine/core/picture_file.h"
#include "engine/project/recovery.h"
#include "tests/core/project_makers.h"
#include "tests/ui/window_fixture.h"
#include "ui/gallery/rule_switch.h"
#include "ui/main_window/projects.h"
#include "ui/main_window/recent_files.h"

using namespace lacuna;
using namespace lacuna::ui;

namespace {

std::filesystem::path toPath(const QString& file)
{
    return file.toStdU16String();
}

/// One stroke of the brush from corner to corner of the inner square, by mouse.
void paint(const WindowFixture& f, QPoint from = {4, 4}, QPoint to = {20, 6})
{
    Canvas& canvas = f.window->canvas();
    const auto at = [&](QPoint pixel) { return canvas.view().toWidget(pixel).toPoint(); };
    QTest::mousePress(&canvas, Qt::LeftButton, {}, at(from));
    QTest::mouseMove(&canvas, at(to));
    QTest::mouseRelease(&canvas, Qt::LeftButton, {}, at(to));
}

void writePicture(const QString& file)
{
    write_file(toPath(file), encode_png(gradient(64, 64), {{"Comment", "kept byte for byte"}}));
}

std::vector<LeftJournal> leftJournals()
{
    return find_left_journals(journal_folder());
}

bool sameSets(const SharedSet& a, const SharedSet& b)
{
    return a && b && a->request.mask == b->request.mask && a->set.recipe == b->set.recipe
           && std::equal(a->set.completions.begin(), a->set.completions.end(), b->set.completions.begin(),
                         b->set.completions.end(),
                         [](const Completion& p, const Completion& q) { return test::same(p, q); });
}

} // namespace

class TestProjects : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        loadResources();
        applyTheme(ThemeChoice::Light);
    }
    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        qputenv("XDG_STATE_HOME", folder_->filePath(QStringLiteral("state")).toUtf8());
        f_ = begin();
    }
    void cleanup() { f_.reset(); }

    void savedAndOpenedAgain();
    void theTitleTellsWhatIsNotSaved();
    void savingGoesOnWhileOneWorks();
    void aPictureThatWasDrawnIsSavedToo();
    void whatWasNotSavedIsRecovered();
    void recoveryGoesOn();
    void anInterruptedRunIsToldWithItsSettings();
    void aKilledProgramLosesNothing_data();
    void aKilledProgramLosesNothing();
    void aKilledRunKeepsWhatHasFinished();
    void twoWindowsOneWriter();
    void damagedProjectsAreReadOnly();
    void marksAndTreeComeBack_data();
    void marksAndTreeComeBack();
    void theArrangementComesBack_data();
    void theArrangementComesBack();
    void twinsComeBack_data();
    void twinsComeBack();
    void picturesCarryTheirRecipe();
    void picturesOfTheCommandLineToo();
    void settingsOfOtherProgramsAreShown();
    void hostileTextsAreRefused_data();
    void hostileTextsAreRefused();
    void recentFilesAreKept();
    void saveAsksForAName();

private:
    static std::unique_ptr<WindowFixture> begin()
    {
        auto f = std::make_unique<WindowFixture>();
        f->script->stepTime = std::chrono::milliseconds(0);
        f->window->startSession();
        return f->show() ? std::move(f) : nullptr;
    }
    QString at(const char* name) const { return folder_->filePath(QString::fromUtf8(name)); }
    static bool opened(const WindowFixture& f, const QString& file)
    {
        f.window->files().openPicture(file);
        return QTest::qWaitFor([&] { return f.window->document().isOpen(); }, 10000);
    }
    static bool saved(const WindowFixture& f, const QString& file)
    {
        f.window->projects().saveAs(file);
        return QTest::qWaitFor([&] { return !f.window->projects().saving(); }, 10000);
    }

    static void savedOrRecovered()
    {
        QTest::addColumn<bool>("saves");
        QTest::newRow("saved") << true;
        QTest::newRow("recovered") << false;
    }
    /// The project in another window, with its last set.
    bool openedAgain(bool saves)
    {
        if (saves && !saved(*f_, at("p.lacuna")))
            return false;
        f_.reset();
        f_ = begin();
        if (saves)
            f_->window->files().openPicture(at("p.lacuna"));
        else
            f_->window->files().openRecovered(leftJournals().at(0).path);
        return QTest::qWaitFor([this] { return f_->window->results().filled() != nullptr; }, 10000);
    }

    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<WindowFixture> f_;
};

void TestProjects::savedAndOpenedAgain()
{
    writePicture(at("picture.png"));
    QVERIFY(opened(*f_, at("picture.png")));
    paint(*f_);
    f_->window->findChild<QSpinBox*>(QStringLiteral("count"))->setValue(3);
    f_->window->refreshNow(); // the run button follows the mask a moment later
    QVERIFY(f_->generate());
    QTRY_VERIFY(f_->window->results().filled());
    paint(*f_, {40, 40}, {50, 40}); // the hole has changed since
    const Mask mask = f_->window->document().mask();
    const SharedSet set = f_->window->results().filled();
    QVERIFY(saved(*f_, at("Zażółć.lacuna")));
    QVERIFY2(f_->window->messages().text().isEmpty(), qPrintable(f_->window->messages().text()));
    QVERIFY(f_->window->windowTitle().startsWith(QStringLiteral("Zażółć")));
    QVERIFY(!f_->window->isWindowModified());
    f_.reset();
    QVERIFY(leftJournals().empty()); // all of it is in the file

    f_ = begin();
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(at("Zażółć.lacuna"))});
    QDragEnterEvent enter({40, 40}, Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(f_->window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop({40, 40}, Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(f_->window.get(), &drop);
    QTRY_VERIFY2(f_->window->document().isOpen(), qPrintable(f_->window->messages().text()));
    QVERIFY(f_->window->document().picture() == gradient(64, 64));
    QVERIFY(f_->window->document().mask() == mask);
    QVERIFY(sameSets(f_->window->results().filled(), set));
    QTRY_VERIFY(f_->window->canvas().completionShown());
    QTRY_COMPARE(f_->window->parameters().recipe().count, 3);
    QCOMPARE(f_->window->parameters().recipe().seed, set->request.recipe.seed);
    QVERIFY(f_->window->gallery().isVisible());
    QVERIFY(!f_->window->isWindowModified());
    const Project project = f_->window->projects().snapshot();
    QVERIFY(*project.picture_file == read_file(toPath(at("picture.png")))); // untouched
    QCOMPARE(project.picture_name, std::string("picture.png"));
}

void TestProjects::theTitleTellsWhatIsNotSaved()
{
    f_->openWithHole();
    QVERIFY(!f_->window->isWindowModified());
    paint(*f_);
    QVERIFY(f_->window->isWindowModified());
    QVERIFY(saved(*f_, at("p.lacuna")));
    QVERIFY(!f_->window->isWindowModified());
    f_->action("undo")->trigger();
    QVERIFY(f_->window->isWindowModified());
    f_->action("save")->trigger(); // it has a name now
    QTRY_VERIFY(!f_->window->isWindowModified());
    QVERIFY(f_->generate());
    QTRY_VERIFY(f_->window->isWindowModified());
}

void TestProjects::savingGoesOnWhileOneWorks()
{
    f_->openWithHole();
    paint(*f_);
    f_->window->projects().saveAs(at("p.lacuna"));
    QVERIFY(f_->window->projects().saving());
    QVERIFY(!QApplication::activeModalWidget());
    paint(*f_, {30, 4}, {44, 5}); // belongs to the next version
    const Mask mask = f_->window->document().mask();
    QTRY_VERIFY(!f_->window->projects().saving());
    QVERIFY(f_->window->isWindowModified());
    QVERIFY(!(*open_project(toPath(at("p.lacuna"))).project.masks[0].mask == mask));
    f_.reset();
    QCOMPARE(leftJournals().size(), std::size_t(1)); // and is in the journal of the next one
    QVERIFY(*recover(leftJournals()[0].path).project.masks[0].mask == mask);
}

void TestProjects::aPictureThatWasDrawnIsSavedToo()
{
    f_->openWithHole();
    QVERIFY(saved(*f_, at("drawn.lacuna")));
    const OpenedProject opened = open_project(toPath(at("drawn.lacuna")));
    QVERIFY(opened.project.picture == gradient(64, 64));
    QCOMPARE(opened.project.masks[0].mask->hole_pixels(), f_->window->document().holePixels());
    QVERIFY(!saved(*f_, at("no folder/p.lacuna")) || f_->window->messages().text().contains("no folder"));
    QVERIFY(f_->window->messages().text().contains(QStringLiteral("no folder")));
}

void TestProjects::whatWasNotSavedIsRecovered()
{
    f_->openWithHole();
    paint(*f_);
    QVERIFY(f_->generate());
    QTRY_VERIFY(f_->window->results().filled());
    f_->action("invert")->trigger();
    f_->action("undo")->trigger();
    paint(*f_, {40, 50}, {60, 50});
    const Mask mask = f_->window->document().mask();
    const SharedSet set = f_->window->results().filled();
    f_.reset(); // closed, nothing was asked
    QCOMPARE(leftJournals().size(), std::size_t(1));
    QVERIFY(!leftJournals()[0].crashed);

    f_ = begin();
    QTest::qWait(0);
    QVERIFY(!f_->window->messages().isVisible()); // one who closes does not want to be asked
    f_->action("recover")->trigger();
    QTRY_VERIFY(f_->window->findChild<QListWidget*>(QStringLiteral("left-journals")));
    auto* list = f_->window->findChild<QListWidget*>(QStringLiteral("left-journals"));
    QCOMPARE(list->count(), 1);
    QVERIFY(list->item(0)->text().startsWith(QStringLiteral("with hole, ")));
    QTest::mouseClick(f_->window->findChild<QPushButton*>(QStringLiteral("recover")), Qt::LeftButton);
    QTRY_VERIFY(f_->window->document().isOpen());
    QVERIFY(f_->window->document().mask() == mask);
    QVERIFY(sameSets(f_->window->results().filled(), set));
    QVERIFY(f_->window->isWindowModified());
    QVERIFY(f_->window->messages().text().contains(QStringLiteral("Save it to keep it")));
}

void TestProjects::recoveryGoesOn()
{
    f_->openWithHole();
    paint(*f_);
    f_.reset();
    for (int session = 0; session < 3; ++session) { // each adds a stroke to the same journal
        f_ = begin();
        QCOMPARE(leftJournals().size(), std::size_t(1));
        f_->window->files().openRecovered(leftJournals()[0].path);
        QTRY_VERIFY(f_->window->document().isOpen());
        QVERIFY(leftJournals().empty()); // it is in use
        paint(*f_, {4, 20 + 10 * session}, {30, 20 + 10 * session});
        const Mask mask = f_->window->document().mask();
        f_.reset();
        QCOMPARE(leftJournals().size(), std::size_t(1));
        QVERIFY(*recover(leftJournals()[0].path).project.masks[0].mask == mask);
    }
    f_ = begin();
    f_->window->files().openRecovered(leftJournals()[0].path);
    QTRY_VERIFY(f_->window->document().isOpen());
    QVERIFY(saved(*f_, at("p.lacuna")));
    f_.reset();
    QVERIFY(leftJournals().empty());
}

void TestProjects::anInterruptedRunIsToldWithItsSettings()
{
    f_->script->stepTime = std::chrono::milliseconds(10000);
    f_->openWithHole();
    f_->window->parameters().setSeed(4711);
    QTest::mouseClick(f_->runButton(), Qt::LeftButton);
    QTRY_VERIFY(f_->script->working);
    f_->window->projects().flush();
    f_.reset();
    QCOMPARE(leftJournals().size(), std::size_t(1));
    const Project project = recover(leftJournals()[0].path).project;
    QCOMPARE(project.sets.size(), std::size_t(1));
    QVERIFY(project.sets[0].set->stopped && project.sets[0].set->completions.empty());
    QCOMPARE(project.sets[0].set->recipe.seed, std::uint64_t(4711));
    f_ = begin();
    f_->window->files().openRecovered(leftJournals()[0].path);
    QTRY_VERIFY(f_->window->document().isOpen());
    QCOMPARE(f_->window->parameters().recipe().seed, std::uint64_t(4711));
    QVERIFY(f_->window->messages().text().contains(QStringLiteral("run was interrupted")));
}

void TestProjects::aKilledProgramLosesNothing_data()
{
    QTest::addColumn<int>("strokes");
    QTest::addColumn<bool>("runs");
    QTest::newRow("one stroke") << 1 << false;
    QTest::newRow("strokes and a set") << 4 << true;
}

void TestProjects::aKilledProgramLosesNothing()
{
    QFETCH(int, strokes);
    QFETCH(bool, runs);
    QProcess program;
    program.start(QCoreApplication::applicationFilePath(),
                  {QStringLiteral("paint-and-die"), QString::number(strokes), QString::number(runs)});
    QVERIFY(program.waitForFinished(60000));
    QCOMPARE(program.exitStatus(), QProcess::CrashExit); // by SIGKILL
    QCOMPARE(leftJournals().size(), std::size_t(1));
    QVERIFY(leftJournals()[0].crashed);

    f_ = begin();
    QTRY_VERIFY(f_->window->messages().text().contains(QStringLiteral("ended before this was saved")));
    QTest::mouseClick(f_->window->messages().findChild<QPushButton*>(QStringLiteral("answer")),
                      Qt::LeftButton);
    QTRY_VERIFY(f_->window->document().isOpen());
    // The same strokes in this window make the same mask.
    const auto other = begin();
    other->openWithHole();
    for (int i = 0; i < strokes; ++i)
        paint(*other, {2, 2 + 4 * i}, {30, 2 + 4 * i});
    QVERIFY(f_->window->document().mask() == other->window->document().mask());
    if (runs) {
        QVERIFY(f_->window->results().filled());
        QCOMPARE(f_->window->results().filled()->set.completions.size(), std::size_t(5));
    }
}

void TestProjects::aKilledRunKeepsWhatHasFinished()
{
    QProcess program;
    program.start(QCoreApplication::applicationFilePath(), {QStringLiteral("die-in-a-run")});
    QVERIFY(program.waitForFinished(60000));
    QCOMPARE(program.exitStatus(), QProcess::CrashExit); // by SIGKILL
    QCOMPARE(leftJournals().size(), std::size_t(1));
    const Project project = recover(leftJournals()[0].path).project;
    QCOMPARE(project.sets.size(), std::size_t(1));
    const CompletionSet& set = *project.sets[0].set;
    QVERIFY(set.stopped);
    QCOMPARE(set.completions.size(), std::size_t(10)); // of 20, two groups of five
    FillRequest request;
    request.picture = project.picture;
    const auto candidates = FakeSession::pool(request, 10)->candidates;
    for (std::size_t i = 0; i < 10; ++i)
        QVERIFY(test::same(set.completions[i], candidates[i]));

    f_ = begin();
    f_->window->files().openRecovered(leftJournals()[0].path);
    QTRY_VERIFY(f_->window->document().isOpen());
    QVERIFY(f_->window->messages().text().contains(QStringLiteral("10 of 20")));
    QVERIFY(f_->window->results().filled());
}

void TestProjects::twoWindowsOneWriter()
{
    f_->openWithHole();
    QVERIFY(saved(*f_, at("p.lacuna")));
    const auto before = read_file(toPath(at("p.lacuna")));
    const auto other = begin();
    QVERIFY(opened(*other, at("p.lacuna")));
    QVERIFY(other->window->messages().text().contains(QStringLiteral("open in another window since")));
    QVERIFY(other->window->windowTitle().contains(QStringLiteral("read-only")));
    paint(*other);
    QVERIFY(saved(*other, at("p.lacuna")));
    QVERIFY(other->window->messages().text().contains(QStringLiteral("is in use")));
    QVERIFY(read_file(toPath(at("p.lacuna"))) == before);
    QVERIFY(saved(*other, at("copy.lacuna")));
    QVERIFY(!other->window->windowTitle().contains(QStringLiteral("read-only")));
    f_->window->document().open(loadedWithHole(32)); // gives the lock back
    const auto third = begin();
    QVERIFY(opened(*third, at("p.lacuna")));
    QVERIFY(third->window->projects().readOnly().isEmpty());
}

void TestProjects::damagedProjectsAreReadOnly()
{
    f_->openWithHole();
    QVERIFY(f_->generate());
    QTRY_VERIFY(f_->window->results().filled());
    QVERIFY(saved(*f_, at("p.lacuna")));
    auto bytes = read_file(toPath(at("p.lacuna")));
    bytes.resize(bytes.size() - 100); // a part of the list of members
    write_file(toPath(at("damaged.lacuna")), bytes);
    const auto other = begin();
    QVERIFY(opened(*other, at("damaged.lacuna")));
    QVERIFY(other->window->document().picture() == gradient(64, 64));
    QVERIFY(other->window->projects().readOnly().contains(QStringLiteral("damaged")));
    QVERIFY(other->window->messages().text().contains(QStringLiteral("list of its members")));
    bytes.resize(60);
    write_file(toPath(at("destroyed.lacuna")), bytes);
    const QString name = other->window->windowTitle();
    other->window->files().openPicture(at("destroyed.lacuna"));
    QTRY_VERIFY(other->window->messages().text().contains(QStringLiteral("destroyed.lacuna")));
    QCOMPARE(other->window->windowTitle(), name); // what was open stays open
}

void TestProjects::marksAndTreeComeBack_data()
{
    QTest::addColumn<bool>("saves");
    QTest::addColumn<int>("pool");
    QTest::newRow("a set, saved") << true << 0;
    QTest::newRow("a set, recovered") << false << 0;
    QTest::newRow("a pool, saved") << true << 40;
    QTest::newRow("a pool, recovered") << false << 40;
}

void TestProjects::marksAndTreeComeBack()
{
    QFETCH(bool, saves);
    QFETCH(int, pool);
    f_->openWithHole();
    f_->window->parameters().setPool(pool);
    QVERIFY(f_->generate());
    QTRY_VERIFY(f_->window->results().filled());
    QTRY_VERIFY(f_->window->gallery().count() == 5);
    GalleryStage& stage = f_->window->gallery().stage();
    stage.settle();
    const int star = stage.candidate(1), cross = stage.candidate(3);
    QVERIFY(!saves || saved(*f_, at("p.lacuna")));
    QTest::keyClick(stage.card(1), Qt::Key_S);
    QTest::keyClick(stage.card(3), Qt::Key_X);
    QTest::keyClick(stage.card(4), Qt::Key_S);
    QTest::keyClick(stage.card(4), Qt::Key_S); // taken back
    QVERIFY(f_->window->isWindowModified());
    const std::vector<Mark> marks = f_->window->gallery().marks();
    QVERIFY(marks[std::size_t(star)] == Mark::Star && marks[std::size_t(cross)] == Mark::Reject);
    const std::vector<int> cards = f_->window->gallery().model().cards();
    QVERIFY(openedAgain(saves));
    QTRY_COMPARE(f_->window->gallery().count(), 5);
    QVERIFY(f_->window->gallery().marks() == marks);
    QCOMPARE(f_->window->gallery().model().hasTree(), pool > 0);
    QCOMPARE(f_->window->gallery().model().cards(), cards);
    QCOMPARE(f_->window->isWindowModified(), !saves);
}

void TestProjects::theArrangementComesBack_data()
{
    savedOrRecovered();
}

void TestProjects::theArrangementComesBack()
{
    QFETCH(bool, saves);
    f_->openWithHole();
    f_->window->parameters().setPool(40);
    QVERIFY(f_->generate());
    GalleryPanel* gallery = &f_->window->gallery();
    QTRY_VERIFY(gallery->model().hasTree() && !gallery->grouping());
    gallery->rules().slider()->setValue(5);
    QTest::mouseClick(gallery->rules().button(Rule::Uniform), Qt::LeftButton);
    QTRY_VERIFY(!gallery->grouping());
    for (const int candidate : gallery->model().cards())
        if (gallery->model().branch() == GalleryModel::root)
            gallery->open(candidate);
    const int branch = gallery->model().branch();
    QVERIFY(branch != GalleryModel::root);
    const std::vector<int> cards = gallery->model().cards();
    const std::string tree = to_json(*gallery->model().tree());

    QVERIFY(openedAgain(saves));
    gallery = &f_->window->gallery();
    QTRY_VERIFY(gallery->model().hasTree());
    QCOMPARE(gallery->rules().rule(), Rule::Uniform);
    QCOMPARE(gallery->rules().slider()->value(), 5);
    QCOMPARE(gallery->model().branch(), branch);
    QCOMPARE(gallery->model().cards(), cards);
    QCOMPARE(to_json(*gallery->model().tree()), tree);
    QCOMPARE(f_->window->isWindowModified(), !saves);
    QTest::mouseClick(gallery->rules().button(Rule::KMeans),
                      Qt::LeftButton); // is not held to what was stored
    QTRY_VERIFY(!gallery->grouping());
    QCOMPARE(gallery->model().tree()->options().rule, Rule::KMeans);
    QCOMPARE(gallery->model().branch(), int(GalleryModel::root));
    QVERIFY(f_->window->isWindowModified());
}

void TestProjects::twinsComeBack_data()
{
    savedOrRecovered();
}

void TestProjects::twinsComeBack()
{
    QFETCH(bool, saves);
    f_->script->plainShift = 4;
    f_->openWithHole();
    f_->window->findChild<QAbstractButton*>(QStringLiteral("twin"))->setChecked(true);
    QVERIFY(f_->generate());
    QVERIFY(f_->window->results().twin());
    const SharedSet set = f_->window->results().filled(), twin = f_->window->results().twin();
    QVERIFY(f_->window->isWindowModified());

    QVERIFY(openedAgain(saves));
    QVERIFY(sameSets(f_->window->results().filled(), set));
    QVERIFY(sameSets(f_->window->results().twin(), twin));
    QCOMPARE(f_->window->results().twin()->set.recipe.eta, 0.0);
    QVERIFY(f_->action("compare-twin")->isEnabled());
    QCOMPARE(f_->window->isWindowModified(), !saves);
}

void TestProjects::picturesCarryTheirRecipe()
{
    f_->openWithHole();
    paint(*f_);
    f_->window->findChild<QSpinBox*>(QStringLiteral("count"))->setValue(4);
    f_->window->findChild<QSpinBox*>(QStringLiteral("steps"))->setValue(17);
    f_->window->parameters().setSeed(4182);
    QVERIFY(f_->generate());
    QTRY_VERIFY(f_->window->results().filled());
    f_->window->files().exportCompletion(1, at("filled.png"));
    QTRY_VERIFY(f_->window->messages().text().contains(QStringLiteral("filled.png")));
    const Mask hole = f_->window->document().mask();
    const auto other = begin();
    QVERIFY(opened(*other, at("filled.png")));
    QVERIFY(other->window->document().mask() == hole);
    const Recipe recipe = other->window->parameters().recipe();
    QCOMPARE(recipe.count, 4);
    QCOMPARE(recipe.steps, 17);
    QCOMPARE(recipe.seed, std::uint64_t(4182));
}

void TestProjects::picturesOfTheCommandLineToo()
{
    Recipe recipe;
    recipe.count = 7;
    recipe.bound = {0.0015, BoundConvention::PerImage};
    std::string text = to_json(recipe);
    text.insert(text.rfind('}'), ", \"set_index\": 2, \"member\": 1");
    write_file(toPath(at("line.png")), encode_png(gradient(64, 64), {{"lacuna", text}}));
    QVERIFY(opened(*f_, at("line.png")));
    QTRY_COMPARE(f_->window->parameters().recipe().count, 7);
    // A recipe that cannot be read keeps nobody from the picture.
    write_file(toPath(at("odd.png")), encode_png(gradient(32, 32), {{"lacuna", "{\"schema\": 99}"}}));
    f_->window->files().openPicture(at("odd.png"));
    QTRY_COMPARE(f_->window->document().size(), QSize(32, 32));
    QVERIFY(f_->window->messages().text().contains(QStringLiteral("settings in this picture cannot")));
}

void TestProjects::settingsOfOtherProgramsAreShown()
{
    const Recipe before = f_->window->parameters().recipe();
    write_file(toPath(at("a1111.png")),
               encode_png(gradient(64, 64),
                          {{"parameters", "a red chair, Steps: many\nNegative prompt: x\nSteps: 20, Sampler: "
                                          "Euler a, Seed: 42, Model: \"odd, name\""}}));
    QVERIFY(opened(*f_, at("a1111.png")));
    const QString text = f_->window->messages().text();
    for (const char* part : {"AUTOMATIC1111", "Steps 20", "Sampler Euler a", "Seed 42", "Model odd, name"})
        QVERIFY2(text.contains(QString::fromUtf8(part)), qPrintable(text));
    QVERIFY(!text.contains(QStringLiteral("chair"))); // settings, not the prompt
    QCOMPARE(f_->window->parameters().recipe().steps, before.steps);
    write_file(toPath(at("comfy.png")), encode_png(gradient(32, 32), {{"workflow", "{}"}}));
    f_->window->files().openPicture(at("comfy.png"));
    QTRY_VERIFY(f_->window->messages().text().contains(QStringLiteral("ComfyUI")));
}

void TestProjects::hostileTextsAreRefused_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("said");
    QTest::newRow("no JSON") << QByteArray("Lacuna recipe") << QByteArray("{\"schema\": ") << true;
    QTest::newRow("deep") << QByteArray("Lacuna recipe") << QByteArray(100000, '[') << true;
    QTest::newRow("deep, command line") << QByteArray("lacuna") << QByteArray(100000, '{') << true;
    QTest::newRow("numbers beyond") << QByteArray("lacuna") << QByteArray("{\"member\": 1e999}") << true;
    QTest::newRow("larger than is read") << QByteArray("lacuna") << QByteArray(2000000, '1') << true;
    QTest::newRow("one long line") << QByteArray("parameters") << QByteArray(900000, ':') << true;
    QTest::newRow("control characters") << QByteArray("parameters")
                                        << QByteArray("A: \x1b[31m, B: \xe2\x80\xae"
                                                      "evil, C: 3")
                                        << true;
}

void TestProjects::hostileTextsAreRefused()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, value);
    QFETCH(bool, said);
    const Recipe before = f_->window->parameters().recipe();
    write_file(toPath(at("h.png")), encode_png(gradient(64, 64), {{key.toStdString(), value.toStdString()}}));
    QVERIFY(opened(*f_, at("h.png")));
    QVERIFY(f_->window->document().picture() == gradient(64, 64)); // the picture itself is good
    QCOMPARE(!f_->window->messages().text().isEmpty(), said);
    const QString text = f_->window->messages().text();
    QVERIFY2(text.size() < 1000, qPrintable(text));
    for (const QChar c : text)
        QVERIFY(c.isPrint() && c != QChar(0x202E));
    QCOMPARE(f_->window->parameters().recipe().steps, before.steps);
    QCOMPARE(f_->window->document().holePixels(), std::size_t(0));
}

void TestProjects::recentFilesAreKept()
{
    for (const char* name : {"a.png", "b.png"}) {
        writePicture(at(name));
        f_->window->files().openPicture(at(name));
        QTRY_COMPARE(f_->window->document().name(), QFileInfo(at(name)).completeBaseName());
    }
    QVERIFY(saved(*f_, at("c.lacuna")));
    auto* recent = f_->window->findChild<RecentFiles*>();
    QCOMPARE(recent->files(), QStringList({at("c.lacuna"), at("b.png"), at("a.png")}));
    QThreadPool::globalInstance()->waitForDone();
    f_.reset();
    f_ = begin();
    recent = f_->window->findChild<RecentFiles*>();
    QTRY_COMPARE(recent->files().size(), 3);
    qobject_cast<QMenu*>(recent->parent())->actions().constLast()->trigger();
    QTRY_COMPARE(f_->window->document().name(), QStringLiteral("a"));
    QTRY_COMPARE(recent->files().constFirst(), at("a.png"));
}

void TestProjects::saveAsksForAName()
{
    QVERIFY(!f_->action("save")->isEnabled());
    f_->openWithHole();
    QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    QTest::keyClick(f_->window.get(), Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(f_->window->findChild<QFileDialog*>());
    auto* dialog = f_->window->findChild<QFileDialog*>();
    dialog->setDirectory(folder_->path());
    dialog->selectFile(QStringLiteral("typed")); // without an ending
    QTest::keyClick(dialog->findChild<QWidget*>(QStringLiteral("fileNameEdit")), Qt::Key_Return);
    QTRY_VERIFY(QFile::exists(at("typed.lacuna")));
    QTRY_VERIFY(f_->window->windowTitle().startsWith(QStringLiteral("typed")));
}

/// Paints and generates in a window of its own, then ends as by kill -9 once the last stroke is in the journal.
static int paintAndDie(int strokes, bool runs)
{
    loadResources();
    WindowFixture f;
    f.script->stepTime = std::chrono::milliseconds(0);
    f.window->startSession();
    if (!f.show())
        return 1;
    f.openWithHole();
    if (runs && !(f.generate() && QTest::qWaitFor([&] { return bool(f.window->results().filled()); }, 10000)))
        return 1;
    for (int i = 0; i < strokes; ++i)
        paint(f, {2, 2 + 4 * i}, {30, 2 + 4 * i});
    f.window->projects().flush();
    return std::raise(SIGKILL);
}

/// The same while a run waits for its third group of candidates.
static int dieInARun()
{
    loadResources();
    WindowFixture f;
    f.script->stepTime = std::chrono::milliseconds(0);
    f.script->holdAfter = 10;
    f.window->startSession();
    if (!f.show())
        return 1;
    f.openWithHole();
    f.window->parameters().setPool(20);
    QTest::mouseClick(f.runButton(), Qt::LeftButton);
    const auto arrived = [&f] {
        const SharedSet& set = f.window->results().filled();
        return set && set->set.completions.size() == 10;
    };
    if (!QTest::qWaitFor(arrived, 10000))
        return 1;
    f.window->projects().flush();
    return std::raise(SIGKILL);
}

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    if (argc == 2 && qstrcmp(argv[1], "die-in-a-run") == 0)
        return dieInARun();
    if (argc == 4 && qstrcmp(argv[1], "paint-and-die") == 0)
        return paintAndDie(QByteArray(argv[2]).toInt(), QByteArray(argv[3]).toInt() != 0);
    TestProjects tests;
    return QTest::qExec(&tests, argc, argv);
}

#include "tst_projects.moc"
