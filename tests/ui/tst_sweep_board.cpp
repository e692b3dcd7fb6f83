// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSlider>
#include <QTemporaryDir>

#include <set>

#include "engine/core/atomic_file.h"
#include "engine/core/default_recipe.h"
#include "tests/ui/window_fixture.h"
#include "ui/appearance/theme.h"
#include "ui/sweep/heat_map.h"
#include "ui/sweep/pareto_plot.h"
#include "ui/sweep/sweep_board.h"
#include "ui/sweep/sweep_detail.h"
#include "ui/sweep/sweep_grid.h"

using namespace lacuna;
using namespace lacuna::ui;
namespace fs = std::filesystem;

namespace {

constexpr int patience = 30000;
constexpr int cells = 16,
              sets = 13; ///< of the grid that is proposed: without guidance the bound has no meaning

/// A fake session whose sets differ the more the stronger the guidance is.
struct SweepScript : FakeScript {
    std::atomic<double> failingEta{-1};
};

class SweepSession : public FakeSession {
public:
    explicit SweepSession(std::shared_ptr<SweepScript> script) : FakeSession(script), sweep_(script) {}

    CompletionSet fill(const FillRequest& request, const std::function<void(Progress)>& report,
                       std::stop_token stop) override
    {
        if (request.recipe.eta == sweep_->failingEta)
            throw std::runtime_error("the fake engine broke");
        CompletionSet set = FakeSession::fill(request, report, stop);
        const double bound = std::min(request.recipe.bound.value, 60.0);
        set.mean_distance_gray = 8 + request.recipe.eta * bound / 30;
        for (Completion& one : set.completions)
            one.seam = 1 + request.recipe.eta / 40;
        if (request.compare)
            set.feature_distance = 0.125 + request.recipe.eta / 7;
        return set;
    }

private:
    std::shared_ptr<SweepScript> sweep_;
};

} // namespace

class TestSweepBoard : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        loadResources();
        applyTheme(ThemeChoice::Light);
    }
    void init()
    {
        cache_ = std::make_unique<QTemporaryDir>();
        qputenv("XDG_CACHE_HOME", cache_->path().toUtf8());
        makeWindow();
    }
    void cleanup() { f_.reset(); }

    void emptyBoardExplainsItself();
    void fillsLive();
    void stopKeepsAndNothingIsComputedTwice();
    void goesOnAfterARestart();
    void anAddedValueRunsItsCellsOnly();
    void anotherParameter();
    void wrongValuesAreRefused();
    void cellsWithoutGuidanceAreShared();
    void tablesAreThoseOfTheEngine();
    void figureIsWritten();
    void useByKeys();
    void slidersMapsAndPlotSelect();
    void aRunOfTheWindowGoesFirst();
    void aFailedCellLeavesTheOthers();
    void anotherPictureHasItsOwnBoard();
    void fitsSmallWindows();

private:
    void makeWindow()
    {
        f_ = std::make_unique<WindowFixture>();
        f_->script = script_ = std::make_shared<SweepScript>();
        script_->steps = 3;
        f_->window = std::make_unique<MainWindow>([script = script_]() -> std::unique_ptr<Session> {
            return std::make_unique<SweepSession>(script);
        });
        QVERIFY(f_->show());
    }
    SweepBoard& board() const { return f_->window->sweep(); }
    const SweepTable& table() const { return board().sweep().table(); }
    QPushButton* runButton() const { return board().findChild<QPushButton*>(QStringLiteral("sweep-run")); }
    QLineEdit* field(const char* name) const
    {
        return board().findChild<QLineEdit*>(QString::fromLatin1(name));
    }

    /// Opens the board on a picture with a hole.
    bool openBoard()
    {
        if (!f_->window->document().isOpen())
            f_->openWithHole();
        f_->action("sweep")->trigger();
        return QTest::qWaitFor([this] { return table().count() > 0 && !board().sweep().looking(); },
                               patience);
    }
    /// True when all cells have been filled in time.
    bool runAll()
    {
        QTest::mouseClick(runButton(), Qt::LeftButton);
        return QTest::qWaitFor([this] { return !board().sweep().running(); }, patience)
               && table().doneCells() == table().count();
    }
    void type(QLineEdit* into, const QString& text) const
    {
        into->setFocus();
        into->selectAll();
        QTest::keyClicks(into, text);
        QTest::keyClick(into, Qt::Key_Return);
    }

    std::unique_ptr<QTemporaryDir> cache_{};
    std::unique_ptr<WindowFixture> f_{};
    std::shared_ptr<SweepScript> script_{};
};

void TestSweepBoard::emptyBoardExplainsItself()
{
    const auto* explanation = board().findChild<QLabel*>(QStringLiteral("sweep-explanation"));
    f_->action("sweep")->trigger();
    QVERIFY(explanation->isVisible());
    QVERIFY(explanation->text().contains(QStringLiteral("Open a picture")));
    QVERIFY(!runButton()->isEnabled());
    f_->window->document().open(loadedGradient(40, 30));
    QVERIFY2(!board().isVisible(), "a picture that opens is shown");
    f_->action("sweep")->trigger();
    QVERIFY(explanation->text().contains(QStringLiteral("Paint the hole")));
    QTest::mouseClick(board().findChild<QPushButton*>(QStringLiteral("sweep-back")), Qt::LeftButton);
    QVERIFY(f_->window->canvas().isVisible());
    f_->openWithHole();
    QVERIFY(openBoard());
    QVERIFY(!explanation->isVisible());
    QCOMPARE(table().count(), cells);
    QVERIFY2(board().status().contains(QString::number(sets)), qPrintable(board().status()));
    QVERIFY(board().cells().button(5)->accessibleName().endsWith(QStringLiteral("not run yet")));
    QVERIFY(!board().findChild<QPushButton*>(QStringLiteral("sweep-export"))->isEnabled());
}

void TestSweepBoard::fillsLive()
{
    script_->steps = 12;
    QVERIFY(openBoard());
    QTest::mouseClick(runButton(), Qt::LeftButton);
    // A cell that runs shows estimates, and those behind it are there one by one.
    std::set<int> counts;
    bool estimates = false;
    QVERIFY(QTest::qWaitFor(
        [&] {
            counts.insert(table().doneCells());
            for (int cell = 0; cell < table().count(); ++cell)
                estimates = estimates
                            || (table().entry(cell).state == SweepEntry::State::Running
                                && table().entry(cell).strip.size() == 5
                                && board().cells().button(cell)->accessibleName().contains("running, "));
            return !board().sweep().running();
        },
        patience));
    QVERIFY(estimates);
    QVERIFY2(counts.size() > 4, "cells come one by one");
    QCOMPARE(table().doneCells(), cells);
    QCOMPARE(script_->runs.load(), sets);
    const int cell = table().cell(1, 1);
    QCOMPARE(table().entry(cell).strip.size(), std::size_t(5));
    const QString spoken = board().cells().button(cell)->accessibleName();
    QVERIFY2(spoken.startsWith(QStringLiteral("eta 4.8, D 24 grey levels: diversity 11.8, done")),
             qPrintable(spoken));
    QVERIFY(!runButton()->isEnabled());
}

void TestSweepBoard::stopKeepsAndNothingIsComputedTwice()
{
    script_->steps = 12;
    QVERIFY(openBoard());
    QTest::mouseClick(runButton(), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(table().doneCells() >= 6, patience);
    QTest::keyClick(board().cells().button(0), Qt::Key_Escape);
    QVERIFY(!board().sweep().running());
    QTRY_VERIFY(!script_->working);
    const int kept = table().doneCells();
    QVERIFY(kept >= 6 && kept < cells);
    QVERIFY(runAll());
    // Only what was given up in the middle was begun twice.
    QVERIFY2(script_->runs <= sets + 1, qPrintable(QString::number(script_->runs)));
    const int runs = script_->runs;
    board().sweep().start();
    QTRY_VERIFY(!board().sweep().running());
    f_->window->showWorkspace();
    QVERIFY(openBoard());
    QCOMPARE(script_->runs.load(), runs);
    QCOMPARE(table().doneCells(), cells);
}

void TestSweepBoard::goesOnAfterARestart()
{
    script_->steps = 12;
    f_->openWithHole();
    f_->window->parameters().setSeed(4182);
    QVERIFY(openBoard());
    QTest::mouseClick(runButton(), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(table().doneCells() >= 6, patience);
    f_->window.reset(); // in the middle of a cell
    const int begun = script_->runs;

    makeWindow();
    f_->openWithHole();
    f_->window->parameters().setSeed(5);
    QVERIFY(openBoard());
    const int found = table().doneCells();
    QVERIFY2(found >= 6, "what was finished is there");
    QCOMPARE(table().base().seed, std::uint64_t(4182));
    QVERIFY(board().findChild<QPushButton*>(QStringLiteral("sweep-anew"))->isVisible());
    QVERIFY(runAll());
    QVERIFY2(begun + script_->runs <= sets + 1, "one set was lost with the window");

    // Other settings of the panel are another sweep; the first one is still there behind it.
    QTest::mouseClick(board().findChild<QPushButton*>(QStringLiteral("sweep-anew")), Qt::LeftButton);
    QTRY_COMPARE(table().base().seed, std::uint64_t(5));
    QTRY_VERIFY(!board().sweep().looking());
    QCOMPARE(table().doneCells(), 0);
}

void TestSweepBoard::anAddedValueRunsItsCellsOnly()
{
    QVERIFY(openBoard());
    QVERIFY(runAll());
    type(field("sweep-columns-values"), QStringLiteral("12, 24, 36, 48, none"));
    QTRY_COMPARE(table().columns(), 5);
    QTRY_VERIFY(!board().sweep().looking());
    QCOMPARE(table().doneCells(), cells + 1); // that without guidance is there already
    QVERIFY(runAll());
    QCOMPARE(script_->runs.load(), sets + 3);
    QCOMPARE(table().valueTitle(1, 3), QStringLiteral("48 grey levels"));
    // A value that goes takes nothing with it.
    type(field("sweep-rows-values"), QStringLiteral("0, 9.5"));
    QTRY_COMPARE(table().rows(), 2);
    QCOMPARE(table().doneCells(), 10);
    type(field("sweep-rows-values"), QStringLiteral("0, 4.8, 9.5, 19"));
    QTRY_COMPARE(table().rows(), 4);
    QTRY_COMPARE(table().doneCells(), 20);
    QCOMPARE(script_->runs.load(), sets + 3);
}

void TestSweepBoard::anotherParameter()
{
    QVERIFY(openBoard());
    auto* parameter = board().findChild<QComboBox*>(QStringLiteral("sweep-columns-parameter"));
    parameter->setFocus();
    parameter->setCurrentIndex(parameter->findData(QStringLiteral("seed")));
    Q_EMIT parameter->activated(parameter->currentIndex());
    QTRY_COMPARE(table().axes()[1].parameter, std::string("seed"));
    QCOMPARE(table().columns(), 4);
    QTRY_VERIFY(!board().sweep().looking());
    QVERIFY(runAll());
    QCOMPARE(script_->runs.load(), cells);
    // Chosen for the rows, too, it changes places with what they had.
    auto* rows = board().findChild<QComboBox*>(QStringLiteral("sweep-rows-parameter"));
    rows->setCurrentIndex(rows->findData(QStringLiteral("seed")));
    Q_EMIT rows->activated(rows->currentIndex());
    QTRY_COMPARE(table().axes()[1].parameter, std::string("eta"));
    QTRY_COMPARE(table().doneCells(), cells);
}

void TestSweepBoard::wrongValuesAreRefused()
{
    QVERIFY(openBoard());
    type(field("sweep-rows-values"), QStringLiteral("0, wild"));
    QTRY_VERIFY(f_->window->messages().isVisible());
    QVERIFY(f_->window->messages().text().contains(QStringLiteral("eta=wild")));
    QCOMPARE(table().count(), cells);
    QVERIFY2(!field("sweep-rows-values")->text().contains("wild"), "the fields show what is swept");
}

void TestSweepBoard::cellsWithoutGuidanceAreShared()
{
    QVERIFY(openBoard());
    QVERIFY(runAll());
    for (int column = 1; column < 4; ++column) {
        QCOMPARE(table().job(column).id, table().job(0).id);
        QCOMPARE(table().figure(column, 0), table().figure(0, 0));
        QVERIFY(table().job(4 + column).id != table().job(4).id);
    }
}

void TestSweepBoard::tablesAreThoseOfTheEngine()
{
    f_->openWithHole();
    f_->window->parameters().setSeed(77);
    QVERIFY(openBoard());
    QVERIFY(runAll());

    // The way of the command line: a recipe from its options, the plan, and what the store holds.
    const Document& document = f_->window->document();
    SweepInputs inputs{content_hash(document.picture()), content_hash(document.mask())};
    Recipe recipe = default_recipe();
    recipe.seed = 77;
    const std::vector<SweepAxis> axes{parse_axis("eta=0,4.8,9.5,19"), parse_axis("bound=12,24,36,none")};
    SweepReport report{.axes = axes, .measures = stored_measures()};
    report.jobs = sweep_jobs(
        recipe.model, [&](const std::string&) { return identified(recipe, inputs); }, axes);
    const JobStore store(sweepFolder() / "cells");
    for (const SweepJob& job : report.jobs) {
        QVERIFY(store.is_done(job.id));
        const auto values = stored_figures(read_set(SetFolder{store.result(job.id)}));
        SweepCell cell;
        for (const SweepMeasure& measure : report.measures)
            cell.figures.push_back(values.at(measure.name));
        report.cells.emplace_back(cell);
    }
    const QByteArray csv = board().exported(SweepBoard::Format::Csv);
    QCOMPARE(csv, QByteArray::fromStdString(sweep_csv(report)));
    QCOMPARE(csv.count('\n'), cells + 1);
    QVERIFY(csv.startsWith("eta,bound,diversity,seam,nearest,feature distance,id\n0,12,8,1,20,0.125,"));
    const QByteArray latex = board().exported(SweepBoard::Format::Latex);
    QCOMPARE(latex, QByteArray::fromStdString(sweep_latex(report)));
    QVERIFY(latex.contains("4.8 & 9.92 & 11.84 & 13.76 & 17.6 \\\\"));

    const QString file = cache_->filePath(QStringLiteral("sweep.csv"));
    board().exportTo(SweepBoard::Format::Csv, file);
    QTRY_VERIFY(f_->window->messages().isVisible());
    const auto written = read_file(file.toStdString());
    QCOMPARE(QByteArray(reinterpret_cast<const char*>(written.data()), qsizetype(written.size())), csv);
}

void TestSweepBoard::figureIsWritten()
{
    QVERIFY(openBoard());
    QVERIFY(runAll());
    const QByteArray svg = board().exported(SweepBoard::Format::Svg);
    QCOMPARE(svg, QByteArray::fromStdString(sweep_figure(table().report()).svg()));
    QVERIFY(svg.contains("bound 24") && svg.contains("seam over diversity"));
    const QImage png = QImage::fromData(board().exported(SweepBoard::Format::Png), "PNG");
    const Drawing figure = sweep_figure(table().report());
    QCOMPARE(png.size(), QSize(2 * figure.width(), 2 * figure.height()));
    std::set<QRgb> colours;
    for (int y = 0; y < png.height(); y += 3)
        for (int x = 0; x < png.width(); x += 3)
            colours.insert(png.pixel(x, y));
    QVERIFY2(colours.size() > 20, "pictures and colours of the maps");
}

void TestSweepBoard::useByKeys()
{
    f_->openWithHole();
    f_->window->parameters().setSeed(31);
    QVERIFY(openBoard());
    QVERIFY(runAll());
    board().cells().button(0)->setFocus();
    for (const Qt::Key key : {Qt::Key_Right, Qt::Key_Down, Qt::Key_Down})
        QTest::keyClick(QApplication::focusWidget(), key);
    QCOMPARE(board().selected(), table().cell(2, 1));
    QVERIFY(board().cells().button(board().selected())->hasFocus());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QVERIFY(f_->window->canvas().isVisible());
    const Recipe recipe = f_->window->parameters().recipe();
    QCOMPARE(recipe.eta, 9.5);
    QCOMPARE(recipe.bound.value, 24.0);
    QCOMPARE(recipe.seed, std::uint64_t(31));
    QVERIFY(f_->window->messages().text().contains(QStringLiteral("eta 9.5, D 24 grey levels")));
}

void TestSweepBoard::slidersMapsAndPlotSelect()
{
    QVERIFY(openBoard());
    QVERIFY(runAll());
    QSlider* down = board().detail().slider(0);
    down->setFocus();
    QTest::keyClick(down, Qt::Key_Right);
    QTest::keyClick(board().detail().slider(1), Qt::Key_End);
    QCOMPARE(board().selected(), table().cell(1, 3));
    QVERIFY(board().cells().button(table().cell(1, 3))->isChecked());
    HeatMap& map = board().heatMap(0);
    QTest::mouseClick(&map, Qt::LeftButton, {}, QPoint(map.width() - 8, 22 + 4));
    QCOMPARE(board().selected(), table().cell(0, 3));
    QTest::keyClick(&map, Qt::Key_Left);
    QCOMPARE(board().selected(), table().cell(0, 2));
    const int best = table().best().back();
    QTest::mouseClick(&board().plot(), Qt::LeftButton, {}, board().plot().placeOf(best).toPoint());
    QCOMPARE(board().selected(), best);
    QCOMPARE(down->value(), table().rowOf(best));
    QTest::mouseClick(board().findChild<QPushButton*>(QStringLiteral("sweep-use")), Qt::LeftButton);
    QCOMPARE(f_->window->parameters().recipe().eta, table().job(best).recipe.eta);
}

void TestSweepBoard::aRunOfTheWindowGoesFirst()
{
    script_->steps = 30;
    QVERIFY(openBoard());
    QTest::mouseClick(runButton(), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(table().doneCells() >= 5, patience);
    f_->window->showWorkspace();
    QVERIFY2(f_->generate(), "the picture's own set does not wait for the board");
    QCOMPARE(f_->window->gallery().count(), 5);
    QVERIFY(f_->window->results().filled());
    QTRY_VERIFY_WITH_TIMEOUT(!board().sweep().running(), patience);
    QCOMPARE(table().doneCells(), cells);
    QVERIFY(script_->runs <= sets + 2);
}

void TestSweepBoard::aFailedCellLeavesTheOthers()
{
    script_->failingEta = 4.8;
    QVERIFY(openBoard());
    QTest::mouseClick(runButton(), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!board().sweep().running(), patience);
    QCOMPARE(table().doneCells(), cells - 4);
    const int failed = table().cell(1, 2);
    QCOMPARE(table().entry(failed).state, SweepEntry::State::Failed);
    QVERIFY(
        board().cells().button(failed)->accessibleName().contains(QStringLiteral("the fake engine broke")));
    script_->failingEta = -1;
    QVERIFY(runAll());
}

void TestSweepBoard::anotherPictureHasItsOwnBoard()
{
    QVERIFY(openBoard());
    QVERIFY(runAll());
    f_->openWithHole(48);
    QCOMPARE(table().count(), 0);
    QVERIFY(openBoard());
    QCOMPARE(table().doneCells(), 0);
    f_->openWithHole(64);
    QVERIFY(openBoard());
    QCOMPARE(table().doneCells(), cells);
}

void TestSweepBoard::fitsSmallWindows()
{
    f_->window->resize(1280, 720);
    QVERIFY(openBoard());
    QCOMPARE(f_->window->size(), QSize(1280, 720));
    for (QWidget* part : board().findChildren<QWidget*>())
        if (part->isVisible() && part->inherits("QPushButton"))
            QVERIFY2(board().rect().contains(QRect(part->mapTo(&board(), QPoint()), part->size())),
                     qPrintable(part->objectName()));
    SweepGrid& grid = board().cells();
    const SweepCellButton* last = grid.button(table().cell(0, table().columns() - 1));
    QVERIFY2(last->mapTo(&grid, QPoint(last->width(), 0)).x() <= grid.width(), "all columns are seen");
}

QTEST_MAIN(TestSweepBoard)
#include "tst_sweep_board.moc"
