// SPDX-License-Identifier: GPL-3.0-or-later
// A picture of many megapixels with 16 bits: opened, painted, filled in windows, exported. LACUNA_BIG_PICTURE is its
// width (of 4:3); 12000 makes 108 megapixels.
#include <QDropEvent>
#include <QElapsedTimer>
#include <QMimeData>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <sys/resource.h>

#include "engine/core/atomic_file.h"
#include "engine/core/picture_file.h"
#include "tests/ui/window_fixture.h"
#include "tests/ui/worked_time.h"

using namespace lacuna;
using namespace lacuna::ui;

namespace {

constexpr int holes = 3; ///< one in each third of the picture
constexpr int around = 48;

/// Fills the hole of each third in a window of its own, with samples as deep as the picture's.
class WindowSession : public FakeSession {
public:
    WindowSession() : FakeSession(std::make_shared<FakeScript>()) {}

    CompletionSet fill(const FillRequest& request, const std::function<void(Progress)>& report,
                       std::stop_token) override
    {
        const Picture& picture = request.picture;
        CompletionSet set;
        set.recipe = request.recipe;
        for (int third = 0; third < holes; ++third)
            set.windows.push_back({windowOf(request.mask, third), 64, 64});
        for (int member = 0; member < request.recipe.count; ++member) {
            Completion one;
            one.member = member;
            for (const NetworkWindow& window : set.windows)
                one.patches.push_back({window.area.x, window.area.y,
                                       make_picture(window.area.width, window.area.height, picture.channels,
                                                    picture.bits, [&](std::uint8_t* to) {
                                                        std::fill_n(to, bytesOf(window.area, picture),
                                                                    std::uint8_t(40 + 30 * member));
                                                    })});
            set.completions.push_back(std::move(one));
        }
        Progress progress;
        progress.phase = "Sampling";
        progress.done = progress.total = 1;
        progress.windows = set.windows;
        report(progress);
        return set;
    }

private:
    static std::size_t bytesOf(const Area& area, const Picture& like)
    {
        return std::size_t(area.width) * area.height * like.channels * (like.bits / 8);
    }
    static Area windowOf(const Mask& mask, int third)
    {
        const int width = mask.width / holes, left = third * width;
        const Area hole = crop(mask, {left, 0, width, mask.height}).hole_box();
        return {left + hole.x - around, hole.y - around, hole.width + 2 * around, hole.height + 2 * around};
    }
};

/// Slow ramps of 16 bits, no two channels alike.
Picture deepPicture(int width, int height)
{
    return make_picture(width, height, 3, 16, [=](std::uint8_t* to) {
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x)
                for (int c = 0; c < 3; ++c, to += 2) {
                    const auto value = std::uint16_t(7 * x + 3 * y + 9000 * c);
                    memcpy(to, &value, 2);
                }
    });
}

double peakMegabytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_maxrss) / 1024;
}

/// A stroke in circles around the point of the picture; how long each of its events worked until it was painted.
void scribble(Canvas& canvas, QPointF middle, std::vector<double>& times)
{
    canvas.zoomToFit();
    canvas.zoomTo(1, canvas.view().toWidget(middle));
    const QPointF at = canvas.view().toWidget(middle);
    constexpr int steps = 120;
    for (int i = 0; i <= steps; ++i) {
        const double turn = 6 * M_PI * i / steps;
        const QPoint to = (at + i * 0.5 * QPointF(std::cos(turn), std::sin(turn))).toPoint();
        const double before = workedMs();
        if (i == 0)
            QTest::mousePress(&canvas, Qt::LeftButton, {}, to);
        else if (i == steps)
            QTest::mouseRelease(&canvas, Qt::LeftButton, {}, to);
        else
            QTest::mouseMove(&canvas, to);
        canvas.repaint(0, 0, 1, 1); // and everything else that is to be painted
        times.push_back(workedMs() - before);
    }
}

double percentile99(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[std::size_t(0.99 * double(values.size() - 1))];
}

} // namespace

class TestJourneyBigPicture : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        loadResources();
        applyTheme(ThemeChoice::Light);
    }
    void openedPaintedFilledExported();
    void rowsAtATimeShowTheSame_data();
    void rowsAtATimeShowTheSame();
    void cardsOfHugeHolesShowTheSame();
};

void TestJourneyBigPicture::openedPaintedFilledExported()
{
    bool given = false;
    const int asked = qEnvironmentVariableIntValue("LACUNA_BIG_PICTURE", &given);
    const int width = given ? asked : 3000, height = width * 3 / 4;
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("big.png"));
    write_file(file.toStdU16String(), encode_png(deepPicture(width, height)));
    WindowFixture f{.window = std::make_unique<MainWindow>([] { return std::make_unique<WindowSession>(); })};
    QVERIFY(f.show());
    Document& document = f.window->document();
    const double before = peakMegabytes();

    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(file)});
    QDragEnterEvent enter({40, 40}, Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(f.window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop({40, 40}, Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(f.window.get(), &drop);
    QElapsedTimer clock;
    clock.start();
    QTRY_VERIFY_WITH_TIMEOUT(document.isOpen() || f.window->messages().isVisible(), 180000);
    QVERIFY2(document.isOpen(), qPrintable(f.window->messages().text()));
    qInfo("opened after %.1f s", double(clock.elapsed()) / 1000);
    QCOMPARE(document.size(), QSize(width, height));
    QCOMPARE(document.picture().bits, 16);
    QVERIFY(document.picture() == deepPicture(width, height));

    Canvas& canvas = f.window->canvas();
    canvas.setBrushSize(60);
    std::vector<double> times;
    for (int third = 0; third < holes; ++third)
        scribble(canvas, {(third + 0.5) * width / holes, height * (0.3 + 0.2 * third)}, times);
    qInfo("stroke: 99 of 100 events painted within %.2f ms", percentile99(times));
    QVERIFY2(percentile99(times) < 8, qPrintable(QString::number(percentile99(times))));
    for (int third = 0; third < holes; ++third)
        QVERIFY(crop(document.mask(), {third * width / holes, 0, width / holes, height}).hole_pixels()
                > 5000);

    std::optional<RenderedCompletion> counted;
    connect(&f.window->results(), &Results::counted, this,
            [&counted](const auto& shown) { counted = shown; });
    f.window->refreshNow();
    QTest::mouseClick(f.runButton(), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(counted && counted->region.display, 180000);
    QCOMPARE(canvas.windows().size(), std::size_t(holes));
    QCOMPARE(counted->changedSamples, std::size_t(0));
    QCOMPARE(counted->knownSamples, 3 * (std::size_t(width) * height - document.holePixels()));

    const QString out = folder.filePath(QStringLiteral("out.png"));
    f.window->messages().dismiss();
    f.window->files().exportCompletion(f.window->results().shown(), out);
    QTRY_VERIFY_WITH_TIMEOUT(f.window->messages().isVisible(), 600000);
    const double peak = peakMegabytes(), one = double(document.picture().bytes->size()) / (1 << 20);
    qInfo("at most %.0f MB for a picture of %.0f MB; %.0f MB before", peak, one, before);
#if !defined(__SANITIZE_ADDRESS__)
    QVERIFY2(peak - before < 5 * one + 150, qPrintable(QString::number(peak)));
#endif
    const SharedSet set = f.window->results().filled();
    const auto& shown = set->set.completions[std::size_t(f.window->results().shown())];
    QVERIFY(read_picture(out.toStdU16String()) == composite(set->request.picture, set->request.mask, shown));
}

void TestJourneyBigPicture::rowsAtATimeShowTheSame_data()
{
    QTest::addColumn<int>("softEdge");
    QTest::addColumn<bool>("raw");
    for (const int softEdge : {0, 30, 300})
        for (const bool raw : {false, true})
            QTest::addRow("soft edge %d%s", softEdge, raw ? ", raw" : "") << softEdge << raw;
}

void TestJourneyBigPicture::rowsAtATimeShowTheSame()
{
    QFETCH(int, softEdge);
    QFETCH(bool, raw);
    FilledSet filled;
    filled.request.picture = deepPicture(90, 1100);
    filled.request.mask = Mask(90, 1100);
    for (int y = 130; y < 1000; ++y)
        std::fill_n(&filled.request.mask.values[std::size_t(y) * 90 + 20], 30 + y % 30, 255);
    filled.set.recipe.soft_edge = softEdge;
    Completion one;
    for (const int y : {100, 500})
        one.patches.push_back({10, y, crop(deepPicture(500, 900), 400, y / 2, 75, 550), raw});
    filled.set.completions.push_back(one);

    const Picture whole = composite(filled.request.picture, filled.request.mask, one, softEdge);
    const QRect hole = holeBounds(filled.request.mask);
    const RenderedCompletion shown = renderCompletion(filled, 0);
    QCOMPARE(shown.changedSamples, known_pixels_changed(filled.request.picture, whole, filled.request.mask));
    QCOMPARE(shown.changedSamples > 0, raw);
    QCOMPARE(shown.region.at, hole.topLeft());
    const Picture part = to_rgb8(crop(whole, {hole.x(), hole.y(), hole.width(), hole.height()}));
    QCOMPARE(shown.region.display->level(0), asImage(part).convertToFormat(QImage::Format_RGB32));
}

void TestJourneyBigPicture::cardsOfHugeHolesShowTheSame()
{
    FilledSet filled;
    filled.request.picture = deepPicture(4000, 2800);
    filled.request.mask = Mask(4000, 2800);
    for (const int y : {100, 2500})
        for (int row = y; row < y + 200; ++row)
            std::fill_n(&filled.request.mask.values[std::size_t(row) * 4000 + 200], 3600, 255);
    Completion one;
    one.patches.push_back({0, 0, make_picture(4000, 2800, 3, 16, [](std::uint8_t*) {})});
    filled.set.completions.push_back(one);
    const QImage card = renderThumbnail(filled, 0);
    const QRect rect = thumbnailRect(filled.request.mask, GalleryCard::pictureSize);
    const Picture whole = composite(filled.request.picture, filled.request.mask, one);
    const Picture expected =
        thumbnail(to_rgb8(crop(whole, {rect.x(), rect.y(), rect.width(), rect.height()})), card.width());
    QCOMPARE(card.size(), QSize(expected.width, expected.height));
    int sum = 0;
    for (int y = 0; y < expected.height; ++y)
        for (int x = 0; x < expected.width; ++x)
            sum += std::abs(qRed(card.pixel(x, y)) - expected.row(y)[3 * x]);
    QVERIFY2(sum < 2 * expected.width * expected.height, qPrintable(QString::number(sum)));
}

QTEST_MAIN(TestJourneyBigPicture)
#include "tst_journey_big_picture.moc"
