// SPDX-License-Identifier: GPL-3.0-or-later
// Masks that are ready or come from files, and how masks look.
#include <QMenu>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

#include "engine/core/atomic_file.h"
#include "engine/core/mask_distance.h"
#include "engine/core/picture_file.h"
#include "engine/scenes/worlds/world.h"
#include "tests/ui/mask_test.h"
#include "ui/canvas/mask_overlay.h"
#include "ui/document/examples.h"
#include "ui/document/mask_import.h"
#include "ui/mask/mask_presets.h"
#include "ui/mask/mask_tools.h"

using namespace lacuna;
using namespace lacuna::ui;

class TestMaskPresets : public MaskTest {
    Q_OBJECT

private Q_SLOTS:
    void presetsOfAnyPicture();
    void presetsOfAScene();
    void presetsArePlacedFromTheMenu();
    void masksAreReadAsTheyWereMeant_data();
    void masksAreReadAsTheyWereMeant();
    void theMessageInvertsAnImport();
    void appearanceIsKept();
    void overlaysFollowTheAppearance();
    void softEdgesReachTheRun();
};

void TestMaskPresets::presetsOfAnyPicture()
{
    f_->document.open(loadedGradient(101, 60));
    const QSize size(101, 60);
    const std::vector<MaskPreset> presets = maskPresets(f_->document);
    const auto named = [&presets](const char* title) {
        for (const MaskPreset& one : presets)
            if (one.title == QLatin1String(title))
                return one.make();
        return Mask();
    };
    QVERIFY(named("Left Half") == rectangle(size, {0, 0, 50, 60}));
    QVERIFY(named("Right Half") == rectangle(size, {50, 0, 51, 60}));
    QVERIFY(named("Top Half") == rectangle(size, {0, 0, 101, 30}));
    QVERIFY(named("Bottom Half") == rectangle(size, {0, 30, 101, 30}));
    QVERIFY(named("Centre Box") == rectangle(size, {25, 15, 50, 30}));
    Mask frame = rectangle(size, {7, 7, 87, 46});
    for (std::uint8_t& value : frame.values)
        value ^= 255;
    QVERIFY(named("Border Frame") == frame);
    const Mask eyes = named("Eyes, Large"), mouth = named("Mouth, Small");
    QVERIFY(eyes.hole_pixels() > named("Eyes, Small").hole_pixels());
    QVERIFY(mouth.hole_box().y > eyes.hole_box().y + eyes.hole_box().height);
    for (const MaskPreset& one : presets) {
        QCOMPARE(one.make().width, 101);
        QVERIFY(!one.description.isEmpty());
        const bool face = one.title.startsWith(QStringLiteral("Eyes"));
        QCOMPARE(one.description.contains(QStringLiteral("Move it")),
                 face || one.title.contains(QLatin1String("Mouth")) || one.title == QLatin1String("Nose")
                     || one.title == QLatin1String("Hair"));
    }
}

void TestMaskPresets::presetsOfAScene()
{
    for (const SceneWorld& kind : sceneWorlds()) {
        f_->document.open(drawScenePicture(kind, 5));
        const scenes::World& world = scenes::find_world(kind.name.toStdString());
        const std::vector<MaskPreset> presets = maskPresets(f_->document);
        QCOMPARE(presets.size(), 6 + world.masks().size());
        for (std::size_t i = 0; i < world.masks().size(); ++i)
            QVERIFY(presets[6 + i].make() == world.mask(5, world.masks()[i], f_->document.size().width()));
        QVERIFY(presets[6].separated);
    }
}

void TestMaskPresets::presetsArePlacedFromTheMenu()
{
    const auto w = window();
    w->openWithHole(64);
    auto* menu = w->window->findChild<QMenu*>(QStringLiteral("mask-presets"));
    QVERIFY(menu);
    Q_EMIT menu->aboutToShow();
    QAction* left = nullptr;
    for (QAction* action : menu->actions())
        if (action->text() == QLatin1String("Left Half"))
            left = action;
    QVERIFY(left);
    left->trigger();
    QTRY_VERIFY(w->window->document().mask() == rectangle({64, 64}, {0, 0, 32, 64}));
    w->action("undo")->trigger();
    QVERIFY(w->window->document().mask() == rectangle({64, 64}, {16, 16, 32, 32}));
}

void TestMaskPresets::masksAreReadAsTheyWereMeant_data()
{
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("bits");
    QTest::addColumn<int>("meaning");
    for (const int bits : {8, 16}) {
        for (const int channels : {1, 3, 4}) {
            QTest::addRow("white, %d channels, %d bits", channels, bits) << channels << bits << 0;
            QTest::addRow("black, %d channels, %d bits", channels, bits) << channels << bits << 1;
        }
        for (const int channels : {2, 4}) {
            QTest::addRow("opaque, %d channels, %d bits", channels, bits) << channels << bits << 2;
            QTest::addRow("transparent, %d channels, %d bits", channels, bits) << channels << bits << 3;
        }
    }
}

void TestMaskPresets::masksAreReadAsTheyWereMeant()
{
    QFETCH(int, channels);
    QFETCH(int, bits);
    QFETCH(int, meaning);
    const QSize size(40, 30);
    const QRect hole(8, 6, 15, 12);
    const Picture picture = make_picture(size.width(), size.height(), channels, bits, [&](std::uint8_t* to) {
        for (int y = 0; y < size.height(); ++y)
            for (int x = 0; x < size.width(); ++x) {
                const bool in = hole.contains(x, y);
                const bool light = meaning == 0 ? in : !in;
                for (int c = 0; c < channels; ++c) {
                    const bool alpha = channels % 2 == 0 && c == channels - 1;
                    int value = light ? 200 : 20; // grey, not black and white
                    if (meaning >= 2)
                        value = alpha ? (in == (meaning == 2) ? 255 : 0) : (x * 37 + y * 11 + c) % 256;
                    else if (alpha)
                        value = 255;
                    for (int b = 0; b < bits / 8; ++b)
                        *to++ = std::uint8_t(value);
                }
            }
    });
    const ImportedMask read = maskMeant(picture);
    QCOMPARE(int(read.meaning), meaning);
    QVERIFY(read.mask == rectangle(size, hole));
}

void TestMaskPresets::theMessageInvertsAnImport()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("from gimp.png"));
    Mask inverted = rectangle({64, 64}, {10, 10, 20, 20});
    for (std::uint8_t& value : inverted.values)
        value ^= 255;
    write_file(file.toStdString(), encode_png(inverted));
    const auto w = window();
    w->window->document().open(loadedGradient(64, 64));
    w->window->files().importMask(file);
    QTRY_VERIFY(w->window->messages().text().contains(QStringLiteral("hole is black")));
    QVERIFY(w->window->messages().text().contains(QStringLiteral("from gimp.png")));
    QVERIFY(w->window->document().mask() == rectangle({64, 64}, {10, 10, 20, 20}));
    auto* answer = w->window->messages().findChild<QPushButton*>(QStringLiteral("answer"));
    QCOMPARE(answer->text(), QStringLiteral("Invert"));
    QTest::mouseClick(answer, Qt::LeftButton);
    QVERIFY(w->window->document().mask() == inverted);
    w->window->files().exportMask(folder.filePath(QStringLiteral("out.png")));
    QTRY_VERIFY(w->window->messages().text().contains(QStringLiteral("out.png")));
    QVERIFY(mask_from_picture(read_picture(folder.filePath(QStringLiteral("out.png")).toStdString()))
            == inverted);
}

void TestMaskPresets::appearanceIsKept()
{
    const auto choose = [](const WindowFixture& w, const char* text) {
        for (QAction* action : w.window->findChild<QMenu*>(QStringLiteral("mask-appearance"))->actions())
            if (action->text().remove(u'&') == QLatin1String(text))
                action->trigger();
    };
    {
        const auto w = window();
        w->window->startSession();
        choose(*w, "Amber");
        choose(*w, "Outline");
        QCOMPARE(maskLook().style, MaskLook::Style::Outline);
    }
    setMaskLook({});
    const auto w = window();
    QVERIFY(maskLook() == MaskLook());
    w->window->startSession();
    QVERIFY(maskLook() == (MaskLook{2, MaskLook::Style::Outline}));
    choose(*w, "Violet");
    choose(*w, "Hatch");
    QVERIFY(maskLook() == MaskLook());
}

void TestMaskPresets::overlaysFollowTheAppearance()
{
    const Mask hole = rectangle({80, 80}, {20, 20, 40, 40});
    MaskPyramid pyramid;
    pyramid.reset(hole);
    const CanvasView view;
    const auto inside = [&] { return maskOverlay(hole, pyramid, view, {0, 0, 80, 80}).copy(25, 25, 30, 30); };
    const auto colours = [](const QImage& image) {
        QSet<QRgb> seen;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                seen.insert(image.pixel(x, y));
        return seen;
    };
    setMaskLook({1, MaskLook::Style::Hatch});
    QCOMPARE(colours(inside()).size(), qsizetype(2));
    setMaskLook({1, MaskLook::Style::Solid});
    QCOMPARE(colours(inside()).size(), qsizetype(1));
    const QRgb solid = *colours(inside()).begin();
    QVERIFY(qGreen(solid) > qRed(solid) && qAlpha(solid) < 255);
    setMaskLook({1, MaskLook::Style::Outline});
    QCOMPARE(colours(inside()), QSet<QRgb>{0});
    const QImage edge = maskOverlay(hole, pyramid, view, {0, 0, 80, 80});
    QVERIFY(edge.pixelColor(20, 40).green() > 150 && edge.pixelColor(20, 40).alpha() == 255);
    setMaskLook({});
}

void TestMaskPresets::softEdgesReachTheRun()
{
    const auto w = window();
    w->openWithHole(64);
    auto* edge = w->window->findChild<QSpinBox*>(QStringLiteral("soft-edge"));
    edge->setValue(6);
    QTest::keyClick(w->window.get(), Qt::Key_BraceRight);
    QCOMPARE(edge->value(), 7);
    QVERIFY(w->generate());
    const SharedSet filled = w->window->results().filled();
    QCOMPARE(filled->set.recipe.soft_edge, 7);
    const Completion& first = filled->set.completions[0];
    const RenderedCompletion shown = renderCompletion(*filled, 0);
    QCOMPARE(shown.changedSamples, std::size_t(0));
    const Picture hard = composite(filled->request.picture, filled->request.mask, first);
    const Picture soft = composite(filled->request.picture, filled->request.mask, first, 7);
    QVERIFY(!(hard == soft));
    const QImage region = shown.region.display->level(0).convertToFormat(QImage::Format_RGB888);
    for (int y = 0; y < region.height(); ++y)
        QVERIFY(std::equal(region.constScanLine(y), region.constScanLine(y) + 3 * region.width(),
                           soft.row(16 + y) + 3 * 16));
    w->action("undo")->trigger(); // the number, not the hole
    QCOMPARE(edge->value(), 0);
}

QTEST_MAIN(TestMaskPresets)
#include "moc_mask_test.cpp"
#include "tst_mask_presets.moc"
