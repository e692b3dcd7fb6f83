// SPDX-License-Identifier: GPL-3.0-or-later
// A researcher compares eta and D of the paper on the board, stops, goes on, and gets the tables of the command line.
#include <QCheckBox>
#include <QDateTime>
#include <QDirIterator>

#include <cmath>
#include <map>
#include <set>

#include "engine/sweep/picture_judge.h"
#include "tests/support/made_lpips.h"
#include "tests/support/test_pictures.h"
#include "tests/ui/engine_fixture.h"
#include "ui/appearance/theme.h"
#include "ui/sweep/sweep_board.h"
#include "ui/sweep/sweep_grid.h"

using namespace lacuna;
using namespace lacuna::ui;

namespace {

constexpr int patience = EngineFixture::patience;
constexpr int cells = 20;
constexpr int sets = 13; ///< one without guidance or with D = 0, which pushes nobody, and 3 x 4 others
const QString etas = QStringLiteral("0,0.07,0.1,0.3"),
              bounds = QStringLiteral("0:per-image,0.0002:per-image,0.0003:per-image,0.0004:per-image,none");

/// Every file of the finished cells, with the time of its last change.
std::map<QString, QDateTime> filesOf(const std::filesystem::path& folder)
{
    std::map<QString, QDateTime> files;
    QDirIterator all(QString::fromStdString((folder / "cells").string()), QDir::Files,
                     QDirIterator::Subdirectories);
    while (all.hasNext()) {
        const QString name = all.next();
        if (!name.contains(QStringLiteral(".tmp.")) && !name.endsWith(QStringLiteral(".claim")))
            files[name] = all.fileInfo().lastModified();
    }
    return files;
}

QByteArray contents(const QString& file)
{
    QFile read(file);
    return read.open(QIODevice::ReadOnly) ? read.readAll() : QByteArray();
}

} // namespace

class TestJourneySweep : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        loadResources();
        applyTheme(ThemeChoice::Light);
        profile_.use();
    }
    void init() { makeWindow(); }
    void cleanup() { f_.reset(); }

    void theBoardFillsLiveAndKeepsCellsThatAreStopped();
    void aRerunComputesNothing();
    void tablesAreThoseOfTheCommandLine();
    void withoutGuidanceEveryDIsTheSame();
    void missingWeightsAreExplained();
    void lpipsAndNiqeOnTheBoard();
    void niqeJudgesLargerPictures();

private:
    void makeWindow()
    {
        f_ = std::make_unique<EngineFixture>(2);
        QVERIFY(f_->exposed);
        f_->window->sweep().setJudge(make_picture_judge);
    }
    SweepBoard& board() const { return f_->window->sweep(); }
    const SweepTable& table() const { return board().sweep().table(); }
    template <typename Widget> Widget* part(const char* name) const
    {
        return board().findChild<Widget*>(QString::fromLatin1(name));
    }
    /// The board of the scene with the axes of the paper, typed in.
    bool openBoard()
    {
        f_->openScene(scene_);
        if (!f_->choose("cats-64", 2, 4, 11))
            return false;
        f_->action("sweep")->trigger();
        if (!f_->boardLooked())
            return false;
        EngineFixture::type(part<QLineEdit>("sweep-rows-values"), etas);
        if (!QTest::qWaitFor([this] { return table().axes()[0].values.back() == "0.3"; }, patience))
            return false;
        EngineFixture::type(part<QLineEdit>("sweep-columns-values"), bounds);
        return QTest::qWaitFor([this] { return table().count() == cells; }, patience) && f_->boardLooked();
    }
    bool runAll()
    {
        QTest::mouseClick(part<QPushButton>("sweep-run"), Qt::LeftButton);
        return QTest::qWaitFor([this] { return !board().sweep().running(); }, patience)
               && table().doneCells() == table().count();
    }
    bool judged() const
    {
        return QTest::qWaitFor(
            [this] {
                for (int cell = 0; cell < table().count(); ++cell)
                    if (table().done(cell) && table().entry(cell).judged.size() < 2)
                        return false;
                return !board().sweep().judging();
            },
            patience);
    }
    CliResult cli(const QString& out, int threads, const QStringList& more = {}) const
    {
        return runCli(QStringList{QStringLiteral("sweep")} + storedInputs(scene_, profile_)
                      + QStringList{"--out", out, "--model", "cats-64", "--count", "2", "--steps", "4",
                                    "--seed", "11", "--threads", QString::number(threads), "--device", "cpu",
                                    "--vary", "eta=" + etas, "--vary", "bound=" + bounds}
                      + more);
    }

    Profile profile_{};
    LoadedPicture scene_ = worldScene("cats");
    std::unique_ptr<EngineFixture> f_{};
};

void TestJourneySweep::theBoardFillsLiveAndKeepsCellsThatAreStopped()
{
    QVERIFY(openBoard());
    QVERIFY2(board().status().contains(QString::number(sets)), qPrintable(board().status()));
    QCOMPARE(table().valueTitle(1, 0), QStringLiteral("0 grey levels"));
    std::set<int> counts;
    bool estimates = false;
    QTest::mouseClick(part<QPushButton>("sweep-run"), Qt::LeftButton);
    QVERIFY(QTest::qWaitFor(
        [&] {
            counts.insert(table().doneCells());
            for (int cell = 0; cell < cells; ++cell)
                estimates = estimates || table().entry(cell).state == SweepEntry::State::Running;
            return *f_->runs >= 5;
        },
        patience));
    QTest::keyClick(board().cells().button(0), Qt::Key_Escape);
    QVERIFY(!board().sweep().running());
    QVERIFY(estimates);
    QVERIFY2(counts.size() > 2, "cells come one by one");
    QTRY_VERIFY_WITH_TIMEOUT(!f_->window->run().link().othersRunning(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(table().doneCells() >= 8, patience); // without guidance there is one set
    QVERIFY(table().doneCells() < cells);
    const auto kept = filesOf(sweepFolder());
    QVERIFY(!kept.empty());

    // Another start of the program goes on with what is missing.
    const int begun = *f_->runs;
    makeWindow();
    QVERIFY(openBoard());
    QVERIFY2(table().doneCells() >= 8, "what was finished is there");
    QVERIFY(runAll());
    QVERIFY2(begun + *f_->runs <= sets + 1, "only what was given up is made twice");
    const auto all = filesOf(sweepFolder());
    for (const auto& [file, time] : kept)
        QVERIFY2(all.contains(file) && all.at(file) == time, qPrintable(file));
}

void TestJourneySweep::aRerunComputesNothing()
{
    QVERIFY(openBoard());
    QCOMPARE(table().doneCells(), cells);
    QCOMPARE(f_->runs->load(), 0);
    QVERIFY(!part<QPushButton>("sweep-run")->isEnabled());
    // The command line finds the same cells in the same folder.
    const CliResult result = cli(QString::fromStdString(sweepFolder().string()), 1);
    QCOMPARE(result.code, 0);
    QVERIFY2(!result.err.contains("cell ") && result.out.contains("20 of 20"), result.said());
}

void TestJourneySweep::tablesAreThoseOfTheCommandLine()
{
    QVERIFY(openBoard());
    QCOMPARE(table().doneCells(), cells);
    const QString out = profile_.at(QStringLiteral("cli")); // every cell anew, with another number of threads
    const CliResult result = cli(out, 1);
    QVERIFY2(result.code == 0, result.said());
    QCOMPARE(result.err.count("cell "), sets);
    const QByteArray csv = board().exported(SweepBoard::Format::Csv);
    QCOMPARE(csv, contents(out + QStringLiteral("/sweep.csv")));
    QCOMPARE(csv.count('\n'), cells + 1);
    QCOMPARE(board().exported(SweepBoard::Format::Latex), contents(out + QStringLiteral("/sweep.tex")));
    QCOMPARE(board().exported(SweepBoard::Format::Svg), contents(out + QStringLiteral("/sweep.svg")));
    // Guidance changes something where it reaches far enough.
    QVERIFY(table().figure(table().cell(3, 4), 0) > table().figure(table().cell(3, 1), 0));
    QVERIFY(table().figure(table().cell(3, 4), 0) > table().figure(0, 0));
}

void TestJourneySweep::withoutGuidanceEveryDIsTheSame()
{
    QVERIFY(openBoard());
    const QList<QByteArray> lines = board().exported(SweepBoard::Format::Csv).trimmed().split('\n');
    const auto behindValues = [&](int line) {
        return lines[line].mid(lines[line].indexOf(',', lines[line].indexOf(',') + 1));
    };
    for (int column = 1; column < 5; ++column)
        QCOMPARE(behindValues(1 + column), behindValues(1));
    for (int row = 1; row < 4; ++row) {
        QCOMPARE(behindValues(1 + 5 * row), behindValues(1)); // D = 0
        QVERIFY(behindValues(1 + 5 * row + 4) != behindValues(1));
    }
    // They share a set because the engine makes the same of them.
    const auto session = make_fill_session(2, "cpu");
    const auto filled = [&](double eta, const Bound& bound) {
        FillRequest request{.picture = scene_.picture, .mask = *scene_.mask, .recipe = table().base()};
        request.recipe.eta = eta;
        request.recipe.bound = bound;
        const CompletionSet set = session->fill(request, [](const Progress&) {}, {});
        return composite(request.picture, request.mask, set.completions.at(1));
    };
    const Picture plain = filled(0, {});
    QVERIFY(filled(0, {0.0003, BoundConvention::PerImage}) == plain);
    QVERIFY(filled(0.3, {1e-12, BoundConvention::PerImage}) == plain); // nobody is that near
    QVERIFY(!(filled(0.3, {}) == plain));
}

void TestJourneySweep::missingWeightsAreExplained()
{
    QVERIFY(openBoard());
    const QByteArray before = board().exported(SweepBoard::Format::Csv);
    auto* lpips = part<QCheckBox>("sweep-lpips");
    QVERIFY(lpips->isVisible());
    QTest::mouseClick(lpips, Qt::LeftButton, {}, QPoint(8, lpips->height() / 2));
    QTRY_VERIFY_WITH_TIMEOUT(f_->window->messages().isVisible(), patience);
    const QString text = f_->window->messages().text();
    QVERIFY2(text.contains(QStringLiteral("vgg.pth")) && text.contains(QStringLiteral("lpips/weights/v0.1"))
                 && text.contains(QStringLiteral("Nothing was changed")),
             qPrintable(text));
    QVERIFY(!lpips->isChecked());
    QCOMPARE(board().exported(SweepBoard::Format::Csv), before);
}

void TestJourneySweep::lpipsAndNiqeOnTheBoard()
{
    const QString weights = profile_.at(QStringLiteral("XDG_DATA_HOME/lacuna/weights"));
    QVERIFY(QDir().mkpath(weights));
    test::write_lpips(weights.toStdString());
    QVERIFY(openBoard());
    for (const char* name : {"sweep-lpips", "sweep-niqe"}) {
        auto* box = part<QCheckBox>(name);
        QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(8, box->height() / 2));
    }
    QTRY_COMPARE_WITH_TIMEOUT(board().sweep().wish(), (JudgeWish{true, true}), patience);
    QVERIFY(judged());
    QCOMPARE(f_->runs->load(), 0);
    QCOMPARE(table().measures()[0].name, std::string("LPIPS"));
    QVERIFY(table().figure(0, 0) > 0);
    QVERIFY2(std::isnan(table().figure(0, 1)), "64 x 64 pixels are too few for NIQE");
    const CliResult result =
        cli(QString::fromStdString(sweepFolder().string()), 2, {"--lpips", "--niqe", "renders"});
    QVERIFY2(result.code == 0, result.said());
    const QString csv = QString::fromStdString((sweepFolder() / "sweep.csv").string());
    const auto ours = board().exported(SweepBoard::Format::Csv).split('\n'),
               theirs = contents(csv).split('\n');
    QCOMPARE(ours.size(), theirs.size());
    for (qsizetype line = 0; line < ours.size(); ++line) {
        QByteArrayList mine = ours[line].split(','), other = theirs[line].split(',');
        if (line > 0 && mine.size() > 2 && other.size() > 2) // LPIPS: sums of float32 of a network
            QVERIFY(std::abs(mine.takeAt(2).toDouble() - other.takeAt(2).toDouble()) < 1e-5);
        QCOMPARE(mine, other);
    }
    // Back to what every cell has.
    auto* lpips = part<QCheckBox>("sweep-lpips");
    QTest::mouseClick(lpips, Qt::LeftButton, {}, QPoint(8, lpips->height() / 2));
    QTRY_COMPARE_WITH_TIMEOUT(table().measures()[0].name, std::string("diversity"), patience);
}

void TestJourneySweep::niqeJudgesLargerPictures()
{
    scene_ = preparePicture(test::stripes(200, 100), QStringLiteral("stripes"),
                            test::square_mask(200, 100, 80, 40, 20));
    f_->openScene(scene_);
    QVERIFY(f_->choose("this-photo", 2, 2, 5));
    f_->action("sweep")->trigger();
    QVERIFY(f_->boardLooked());
    EngineFixture::type(part<QLineEdit>("sweep-rows-values"), QStringLiteral("0, 9.5"));
    QTRY_COMPARE_WITH_TIMEOUT(table().rows(), 2, patience);
    EngineFixture::type(part<QLineEdit>("sweep-columns-values"), QStringLiteral("none"));
    QTRY_COMPARE_WITH_TIMEOUT(table().count(), 2, patience);
    auto* niqe = part<QCheckBox>("sweep-niqe");
    QTest::mouseClick(niqe, Qt::LeftButton, {}, QPoint(8, niqe->height() / 2));
    QTRY_VERIFY_WITH_TIMEOUT(board().sweep().wish().niqe, patience);
    QVERIFY(f_->boardLooked());
    QVERIFY(runAll());
    QTRY_VERIFY_WITH_TIMEOUT(std::isfinite(table().figure(0, 1)) && std::isfinite(table().figure(1, 1)),
                             patience);
    QVERIFY(QString::fromStdString(table().measures()[1].name).contains(QStringLiteral("NIQE")));
    QVERIFY2(!table().best().empty(), "the Pareto line is that of diversity and NIQE");
}

QTEST_MAIN(TestJourneySweep)
#include "tst_journey_sweep.moc"
