// SPDX-License-Identifier: GPL-3.0-or-later
// One picture and one hole in several models: what each makes of it stands in a row, what is known stays as it is, and a
// model that is not there says how to get it.
#include <cmath>
#include <set>

#include "engine/sweep/sweep_cells.h"
#include "tests/ui/engine_fixture.h"
#include "ui/appearance/theme.h"
#include "ui/sweep/sweep_board.h"
#include "ui/sweep/sweep_grid.h"

using namespace lacuna;
using namespace lacuna::ui;

namespace {

constexpr int patience = EngineFixture::patience;
const QStringList models{"this-photo", "portraits-64", "cats-64", "skies-64"};

} // namespace

class TestJourneyProbe : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        loadResources();
        applyTheme(ThemeChoice::Light);
        profile_.use();
    }
    void init()
    {
        f_ = std::make_unique<EngineFixture>(2);
        QVERIFY(f_->exposed);
    }
    void cleanup() { f_.reset(); }

    void offersTheModelsThatAreHere();
    void fourModelsAndOneThatIsMissing();
    void theCommandLineFillsTheSame();
    void changedKnownPixelsAreMarked();

private:
    SweepBoard& board() const { return f_->window->sweep(); }
    const SweepTable& table() const { return board().sweep().table(); }
    QLineEdit* rows() const { return board().findChild<QLineEdit*>(QStringLiteral("sweep-rows-values")); }
    QPushButton* runButton() const { return board().findChild<QPushButton*>(QStringLiteral("sweep-run")); }
    bool openProbe()
    {
        f_->openScene(scene_);
        if (!f_->choose("this-photo", 2, 3, 9))
            return false;
        f_->action("probe")->trigger();
        return f_->boardLooked();
    }
    bool runToTheEnd()
    {
        QTest::mouseClick(runButton(), Qt::LeftButton);
        return QTest::qWaitFor([this] { return !board().sweep().running(); }, patience);
    }

    Profile profile_{};
    LoadedPicture scene_ = worldScene("portraits");
    std::unique_ptr<EngineFixture> f_{};
};

void TestJourneyProbe::offersTheModelsThatAreHere()
{
    QVERIFY(openProbe());
    QCOMPARE(table().axes()[0].parameter, std::string("model"));
    QCOMPARE(table().columns(), 1);
    QVERIFY(table().rows() >= 4);
    for (const QString& model : models)
        QVERIFY2(rows()->text().contains(model), qPrintable(rows()->text()));
    QVERIFY2(!rows()->text().contains(QStringLiteral("attributes")), "classifiers cannot fill");
    // Every model has the method and the step of the guidance that it starts with.
    for (int cell = 0; cell < table().count(); ++cell) {
        const Recipe& recipe = table().job(cell).recipe;
        const Recipe usual = default_recipe(recipe.model);
        QCOMPARE(recipe.method, usual.method);
        QCOMPARE(recipe.eta, usual.eta);
        QCOMPARE(recipe.seed, std::uint64_t(9));
    }
}

void TestJourneyProbe::fourModelsAndOneThatIsMissing()
{
    QVERIFY(openProbe());
    EngineFixture::type(rows(), models.join(QStringLiteral(", ")) + QStringLiteral(", lsun-cat, nobody"));
    QTRY_COMPARE_WITH_TIMEOUT(table().rows(), 6, patience);
    QVERIFY(f_->boardLooked());
    QCOMPARE(table().failedCells(), 2);
    QVERIFY(runToTheEnd());
    QCOMPARE(table().doneCells(), 4);
    QVERIFY2(board().status().contains(QStringLiteral("4 of 6 cells done, 2 failed")),
             qPrintable(board().status()));

    std::set<QByteArray> strips;
    for (int cell = 0; cell < 4; ++cell) {
        const SweepEntry& entry = table().entry(cell);
        QCOMPARE(entry.strip.size(), std::size_t(2));
        QVERIFY2(std::isinf(entry.knownDb), "known pixels are what they were");
        QVERIFY(!table().breaksKnown(cell));
        QVERIFY(board().cells().button(cell)->accessibleName().contains(QStringLiteral("known pixels kept")));
        const QImage& one = entry.strip.front();
        strips.insert(QByteArray(reinterpret_cast<const char*>(one.constBits()), one.sizeInBytes()));
    }
    QCOMPARE(strips.size(), std::size_t(4));
    const QString published = table().entry(4).problem, unknown = table().entry(5).problem;
    QVERIFY2(published.contains(QStringLiteral("not on this computer"))
                 && published.contains(QStringLiteral("Generate > Models…")),
             qPrintable(published));
    QVERIFY2(unknown.contains(QStringLiteral("nobody"))
                 && unknown.contains(QStringLiteral("Generate > Models…")),
             qPrintable(unknown));
    board().select(4);
    QVERIFY(board().cells().button(4)->accessibleName().contains(published));

    // Run looks again for what was missing, and computes nothing twice.
    const int runs = *f_->runs;
    QVERIFY(runToTheEnd());
    QCOMPARE(f_->runs->load(), runs);
    QCOMPARE(table().failedCells(), 2);
}

void TestJourneyProbe::theCommandLineFillsTheSame()
{
    QVERIFY(openProbe());
    EngineFixture::type(rows(), models.join(QStringLiteral(", ")));
    QTRY_COMPARE_WITH_TIMEOUT(table().rows(), 4, patience);
    QVERIFY(f_->boardLooked());
    if (table().doneCells() < 4)
        QVERIFY(runToTheEnd());
    const QStringList inputs = storedInputs(scene_, profile_);
    const QStringList common{"--count", "2",        "--steps", "3",         "--seed",
                             "9",       "--device", "cpu",     "--threads", "1"};
    for (int cell = 0; cell < 4; ++cell) {
        const QString out = profile_.at(models[cell]);
        const CliResult filled = runCli(QStringList{"fill"} + inputs
                                        + QStringList{"--out", out, "--model", models[cell]} + common);
        QVERIFY2(filled.code == 0 && filled.out.contains("Known samples changed: 0."), filled.said());
        const std::vector<Picture> stored = storedPictures(sweepFolder(), table().job(cell).id);
        QVERIFY(stored.at(1) == read_picture((out + "/completion-02.png").toStdString()));
    }
    const QString out = profile_.at(QStringLiteral("sweep"));
    const CliResult swept = runCli(QStringList{"sweep"} + inputs
                                   + QStringList{"--out", out, "--vary", "model=" + models.join(',')}
                                   + QStringList{"--vary", "seed=9"} + common);
    QVERIFY2(swept.code == 0, swept.said());
    const auto csv = read_file((out + "/sweep.csv").toStdString());
    QCOMPARE(board().exported(SweepBoard::Format::Csv),
             QByteArray(reinterpret_cast<const char*>(csv.data()), qsizetype(csv.size())));

    const CliResult missing =
        runCli(QStringList{"fill"} + inputs + QStringList{"--out", profile_.at("none"), "--model", "lsun-cat"}
               + common);
    QCOMPARE(missing.code, 2);
    QVERIFY2(missing.err.contains("not on this computer") && missing.err.contains("models convert"),
             missing.said());
}

/// A raw fill of a study keeps what the model made of known pixels.
void TestJourneyProbe::changedKnownPixelsAreMarked()
{
    QVERIFY(openProbe());
    EngineFixture::type(rows(), QStringLiteral("this-photo"));
    QTRY_COMPARE_WITH_TIMEOUT(table().rows(), 1, patience);
    QVERIFY(f_->boardLooked());
    auto claimed = claimCell(sweepFolder(), std::string(64, 'e'), *scene_.mask);
    QVERIFY(claimed.claim);
    FillRequest request = cell_request({.picture = scene_.picture, .mask = *scene_.mask}, table().job(0));
    CompletionSet set{.recipe = table().job(0).recipe};
    for (int member = 0; member < 2; ++member) {
        const Picture moved = make_picture(64, 64, 3, 8, [&](std::uint8_t* to) {
            std::transform(scene_.picture.bytes->begin(), scene_.picture.bytes->end(), to,
                           [&](std::uint8_t value) { return std::uint8_t(value ^ (member == 1 ? 8 : 0)); });
        });
        set.completions.push_back({.member = member, .patches = {{0, 0, moved, true}}});
    }
    const SweepEntry entry = keepCell(sweepFolder(), std::string(64, 'e'), request, set, *claimed.claim);
    // Every known sample is 8 levels off in the worse one: 20 log10(255 / 8).
    QVERIFY2(std::abs(entry.knownDb - 20 * std::log10(255.0 / 8)) < 0.01,
             qPrintable(QString::number(entry.knownDb)));

    SweepTable changed = table();
    changed.update(changed.job(0).id, [&](SweepEntry& known) { known = entry; });
    board().show({scene_.picture, *scene_.mask}, changed, false);
    QVERIFY(table().breaksKnown(0));
    const SweepCellButton* cell = board().cells().button(0);
    QVERIFY2(cell->accessibleName().contains(QStringLiteral("known pixels changed: 30.1 dB")),
             qPrintable(cell->accessibleName()));
    const QImage drawn = board().cells().button(0)->grab().toImage();
    int red = 0;
    for (int y = drawn.height() - 24; y < drawn.height(); ++y)
        for (int x = 0; x < drawn.width(); ++x)
            red += drawn.pixelColor(x, y).red() > drawn.pixelColor(x, y).green() + 60; // letters are smoothed
    QVERIFY2(red > 20, "the mark is in the colour of problems");
}

QTEST_MAIN(TestJourneyProbe)
#include "tst_journey_probe.moc"
