// SPDX-License-Identifier: GPL-3.0-or-later
// The page of exports in the window: what it promises, what it writes, what it tells, and how it is left.
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QLineEdit>
#include <QMimeData>
#include <QRadioButton>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <lcms2.h>

#include "engine/core/atomic_file.h"
#include "engine/core/picture_file.h"
#include "engine/export/file_metadata.h"
#include "tests/ui/window_fixture.h"
#include "ui/appearance/segments.h"
#include "ui/export/card_drag.h"
#include "ui/export/exporter.h"

using namespace lacuna;
using namespace lacuna::ui;

namespace {

std::filesystem::path toPath(const QString& file)
{
    return file.toStdU16String();
}

Picture deepGradient(int side)
{
    return make_picture(side, side, 3, 16, [side](std::uint8_t* to) {
        for (int i = 0; i < side * side * 3; ++i) {
            const auto value = std::uint16_t(i * 37);
            memcpy(to + 2 * i, &value, 2);
        }
    });
}

/// A camera that knows where it is.
Exif placedExif()
{
    Exif exif;
    exif.main.push_back({0x010F, 2, 8, {'P', 'i', 'n', 'h', 'o', 'l', 'e', 0}});
    exif.place.push_back({0x001D, 2, 11, {'2', '0', '2', '6', ':', '1', '1', ':', '2', '2', 0}});
    return exif;
}

bool holds(const QString& file, const std::string& text)
{
    const auto bytes = read_file(toPath(file));
    return std::search(bytes.begin(), bytes.end(), text.begin(), text.end()) != bytes.end();
}

} // namespace

class TestExport : public QObject {
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
        f_ = std::make_unique<WindowFixture>();
        f_->script->stepTime = std::chrono::milliseconds(0);
        QVERIFY(f_->show());
    }
    void cleanup() { f_.reset(); }

    void byKeyboard();
    void everyFormat_data();
    void everyFormat();
    void deepPicturesKeepSamplesAndProfile();
    void profilesAreShownInTheirColours();
    void placesAreKeptBackByDefault();
    void choicesNeverBecomeLooser();
    void starredAllSheetAndLayers();
    void whatCannotBeIsNotOffered();
    void problemsAreSaidAndThePageStays();
    void whatIsReplacedIsSaid();
    void theShownCompletionIsCopied();
    void cardsAreDraggedOut();

private:
    ExportPage& page() const { return f_->window->exportPage(); }
    QString at(const QString& name) const { return folder_->filePath(name); }
    QPushButton* exportNow() const { return page().findChild<QPushButton*>(QStringLiteral("export-now")); }
    bool filled() const
    {
        return f_->generate()
               && QTest::qWaitFor([this] { return f_->window->results().shown() >= 0; }, 10000);
    }
    Picture expected(int index) const
    {
        const SharedSet set = f_->window->results().filled();
        return composite(set->request.picture, set->request.mask, set->set.completions[std::size_t(index)]);
    }
    void openPage() const
    {
        f_->action("export")->trigger();
        page().findChild<QLineEdit*>(QStringLiteral("export-folder"))->setText(folder_->path());
        page().findChild<QLineEdit*>(QStringLiteral("export-name"))->setText(QStringLiteral("out"));
    }
    /// True when it was written and the window is back.
    bool exported() const
    {
        f_->window->messages().dismiss();
        QTest::mouseClick(exportNow(), Qt::LeftButton);
        return QTest::qWaitFor([this] { return f_->window->messages().isVisible(); }, 20000)
               && !page().isVisible();
    }
    bool openFile(const Picture& picture, const std::vector<std::uint8_t>& profile, const Exif& exif) const
    {
        auto png = encode_png(picture);
        add_to_png(png, profile, exif_block(exif));
        write_file(toPath(at(QStringLiteral("holiday.png"))), png);
        Mask mask(picture.width, picture.height);
        for (int y = 4; y < 9; ++y)
            for (int x = 3; x < 11; ++x)
                mask.values[std::size_t(y) * mask.width + x] = 255;
        write_file(toPath(at(QStringLiteral("mask.png"))), encode_png(mask));
        f_->window->files().openPicture(at(QStringLiteral("holiday.png")), at(QStringLiteral("mask.png")));
        return QTest::qWaitFor([this] { return f_->window->document().isOpen(); }, 10000);
    }

    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<WindowFixture> f_;
};

void TestExport::byKeyboard()
{
    QVERIFY(!f_->action("export")->isEnabled());
    f_->openWithHole();
    QVERIFY(filled());
    QTest::keyClick(f_->window.get(), Qt::Key_E, Qt::ControlModifier);
    QTRY_VERIFY(page().isVisible());
    auto* name = page().findChild<QLineEdit*>(QStringLiteral("export-name"));
    QTRY_VERIFY(name->hasFocus());
    QCOMPARE(name->text(), QStringLiteral("with hole"));
    QTest::keyClick(name, Qt::Key_Escape);
    QTRY_VERIFY(!page().isVisible());
    QTest::keyClick(f_->window.get(), Qt::Key_E, Qt::ControlModifier);
    QTRY_VERIFY(name->hasFocus());
    name->selectAll();
    QTest::keyClicks(name, QStringLiteral("typed"));
    auto* folder = page().findChild<QLineEdit*>(QStringLiteral("export-folder"));
    folder->setFocus();
    folder->selectAll();
    QTest::keyClicks(folder, folder_->path());
    QVERIFY2(page().target().contains(QStringLiteral("typed-1.png")), qPrintable(page().target()));
    QTest::keyClick(folder, Qt::Key_Return);
    QTRY_VERIFY(f_->window->messages().text().contains(QStringLiteral("typed-1.png was saved")));
    QVERIFY(!page().isVisible());
    QVERIFY(read_picture(toPath(at(QStringLiteral("typed-1.png")))) == expected(0));
}

void TestExport::everyFormat_data()
{
    QTest::addColumn<int>("format");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("promise");
    const QString same = QStringLiteral("every sample stays"), less = QStringLiteral("with losses");
    QTest::newRow("png") << 0 << "out-1.png" << same;
    QTest::newRow("jpeg") << 1 << "out-1.jpg" << less;
    QTest::newRow("tiff") << 2 << "out-1.tif" << same;
    QTest::newRow("webp") << 3 << "out-1.webp" << less;
    QTest::newRow("openraster") << 4 << "out.ora" << same;
}

void TestExport::everyFormat()
{
    QFETCH(int, format);
    QFETCH(QString, file);
    QFETCH(QString, promise);
    f_->openWithHole();
    QVERIFY(filled());
    openPage();
    for (Segments* box : page().findChildren<Segments*>())
        if (box->accessibleName() == QStringLiteral("Format"))
            QTest::mouseClick(box->button(format), Qt::LeftButton);
    QCOMPARE(int(page().choice().options.format), format);
    QVERIFY2(page().promise().contains(promise), qPrintable(page().promise()));
    QCOMPARE(page().findChild<QSpinBox*>(QStringLiteral("export-quality"))->isEnabled(),
             format == 1 || format == 3);
    QVERIFY2(exported(), qPrintable(f_->window->messages().text()));
    QVERIFY(QFile::exists(at(file)));
    QVERIFY(QFileInfo(at(file)).size() > 100);
    QCOMPARE(QDir(folder_->path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
}

void TestExport::deepPicturesKeepSamplesAndProfile()
{
    // A profile is a header that says what it is; nothing converts here.
    std::vector<std::uint8_t> profile(200, 0);
    profile[3] = 200;
    memcpy(profile.data() + 16, "RGB ", 4);
    memcpy(profile.data() + 36, "acsp", 4);
    QVERIFY(openFile(deepGradient(48), profile, {}));
    f_->window->refreshNow();
    const Picture original = f_->window->document().picture();
    QCOMPARE(original.bits, 16);
    // The fake session fills with 8 bits; a completion of the picture's own depth stands in for it.
    FillRequest request{.picture = original, .mask = f_->window->document().mask()};
    CompletionSet set;
    set.completions.push_back({.patches = {{0, 0, make_picture(48, 48, 3, 16, [](std::uint8_t* to) {
                                                memset(to, 0x5A, 48 * 48 * 6);
                                            })}}});
    f_->window->results().setFilledNow(filledSet(request, set));
    QTRY_COMPARE(f_->window->results().shown(), 0);
    openPage();
    QVERIFY(exported());
    const auto file = read_file(toPath(at(QStringLiteral("out-1.png"))));
    const Picture out = decode_picture(file, "out");
    QCOMPARE(out.bits, 16);
    QCOMPARE(known_pixels_changed(original, out, request.mask), std::size_t(0));
    QVERIFY(!(out == original));
    QVERIFY(read_metadata(file, out).profile == profile);
    openPage();
    page().findChild<QComboBox*>(QStringLiteral("export-depth"))->setCurrentIndex(1);
    QVERIFY(page().promise().contains(QStringLiteral("8 bits instead of 16")));
    QVERIFY(exported());
    QCOMPARE(read_picture(toPath(at(QStringLiteral("out-1.png")))).bits, 8);
}

void TestExport::profilesAreShownInTheirColours()
{
    // Half the light of a linear profile is 188 of 255 on the screen; the samples stay 128.
    cmsToneCurve* line = cmsBuildGamma(nullptr, 1);
    cmsToneCurve* three[3] = {line, line, line};
    const cmsCIExyY white{0.3127, 0.3290, 1};
    const cmsCIExyYTRIPLE primaries{{0.64, 0.33, 1}, {0.30, 0.60, 1}, {0.15, 0.06, 1}};
    cmsHPROFILE made = cmsCreateRGBProfile(&white, &primaries, three);
    std::vector<std::uint8_t> profile(4096);
    cmsUInt32Number size = cmsUInt32Number(profile.size());
    QVERIFY(cmsSaveProfileToMem(made, profile.data(), &size));
    profile.resize(size);
    cmsCloseProfile(made);
    cmsFreeToneCurve(line);
    const Picture grey = make_picture(48, 48, 3, 8, [](std::uint8_t* to) { memset(to, 128, 48 * 48 * 3); });
    QVERIFY(openFile(grey, profile, {}));
    f_->window->refreshNow();
    const auto near = [](QRgb colour, int value) { return std::abs(qRed(colour) - value) <= 1; };
    QVERIFY(near(f_->window->document().display()->level(0).pixel(1, 1), 188));
    QVERIFY(f_->window->document().picture() == grey);
    QVERIFY(filled()); // the first completion is of grey 10
    const RenderedCompletion shown = renderCompletion(*f_->window->results().filled(), 4);
    const int dark = qRed(shown.region.display->level(0).pixel(2, 2)); // of grey 90
    QVERIFY2(std::abs(dark - 160) <= 2, qPrintable(QString::number(dark)));
    QGuiApplication::clipboard()->clear();
    f_->action("copy")->trigger();
    QTRY_VERIFY(!QGuiApplication::clipboard()->image().isNull());
    QVERIFY(near(QGuiApplication::clipboard()->image().pixel(1, 1), 188));
    openPage();
    QVERIFY(exported());
    const auto file = read_file(toPath(at(QStringLiteral("out-1.png"))));
    QCOMPARE(int(decode_picture(file, "out").row(0)[0]), 128);
    QVERIFY(read_metadata(file, grey).profile == profile);
    openPage();
    page().findChild<QCheckBox*>(QStringLiteral("export-srgb"))->click();
    QVERIFY(page().promise().contains(QStringLiteral("colours converted")));
    QVERIFY(exported());
    const Picture converted = read_picture(toPath(at(QStringLiteral("out-1.png"))));
    QVERIFY(std::abs(int(converted.row(0)[0]) - 188) <= 1);
}

void TestExport::placesAreKeptBackByDefault()
{
    QVERIFY(openFile(gradient(64, 64), {}, placedExif()));
    f_->window->refreshNow();
    QVERIFY(filled());
    openPage();
    auto* settings = page().findChild<QRadioButton*>(QStringLiteral("export-settings"));
    QVERIFY(settings->isChecked());
    QVERIFY(settings->accessibleDescription().contains(QStringLiteral("no place")));
    QVERIFY(exported());
    const QString file = at(QStringLiteral("out-1.png"));
    QVERIFY(holds(file, "Pinhole") && holds(file, "Lacuna recipe") && !holds(file, "2026:11:22"));
    QVERIFY(!holds(file, folder_->path().toStdString()) && !holds(file, "holiday"));
    openPage();
    page().findChild<QRadioButton*>(QStringLiteral("export-everything"))->click();
    QVERIFY(exported());
    QVERIFY(holds(file, "2026:11:22") && holds(file, "Lacuna hole"));
    openPage();
    QVERIFY2(settings->isChecked(), "the next page begins with care again");
    page().findChild<QRadioButton*>(QStringLiteral("export-nothing"))->click();
    QVERIFY(exported());
    QVERIFY(!holds(file, "Pinhole") && !holds(file, "Lacuna"));
}

void TestExport::choicesNeverBecomeLooser()
{
    f_->openWithHole();
    QVERIFY(filled());
    openPage();
    QVERIFY(page().findChild<QRadioButton*>(QStringLiteral("export-everything"))->isChecked());
    page().choose(Privacy::Nothing);
    QVERIFY(exported());
    openPage();
    QCOMPARE(page().choice().options.privacy, Privacy::Nothing);
}

void TestExport::starredAllSheetAndLayers()
{
    f_->openWithHole();
    QVERIFY(filled());
    const auto files = [this] { return QDir(folder_->path()).entryList(QDir::Files, QDir::Name); };
    openPage();
    page().choose(ExportWhat::All);
    QVERIFY(page().target().contains(QStringLiteral("5 files")));
    QVERIFY(exported());
    QCOMPARE(files(), QStringList({"out-1.png", "out-2.png", "out-3.png", "out-4.png", "out-5.png"}));
    for (int i = 0; i < 5; ++i)
        QVERIFY(read_picture(toPath(at(QStringLiteral("out-%1.png").arg(i + 1)))) == expected(i));
    for (const QString& file : files())
        QFile::remove(at(file));
    Q_EMIT f_->window->gallery().stage().starPressed(2);
    Q_EMIT f_->window->gallery().stage().starPressed(4);
    openPage();
    page().choose(ExportWhat::Starred);
    QVERIFY(exported());
    QCOMPARE(files(), QStringList({"out-3.png", "out-5.png"}));
    openPage();
    page().choose(ExportWhat::Sheet);
    QVERIFY(exported());
    QVERIFY(files().contains(QStringLiteral("out-sheet.png")));
    openPage();
    page().choose(ExportWhat::Sheet);
    page().choose(ExportFormat::OpenRaster);
    QCOMPARE(page().choice().what, ExportWhat::All); // a sheet has no layers
    QVERIFY(exported());
    QVERIFY(holds(at(QStringLiteral("out.ora")), "data/layer6.png"));
}

void TestExport::whatCannotBeIsNotOffered()
{
    f_->openWithHole();
    QVERIFY(filled());
    f_->window->results().showOriginal();
    openPage();
    QCOMPARE(page().choice().what, ExportWhat::All);
    const auto* transparency = page().findChild<QCheckBox*>(QStringLiteral("export-transparency"));
    QVERIFY(!transparency->isEnabled()); // the picture has none
    QVERIFY(!page().findChild<QCheckBox*>(QStringLiteral("export-srgb"))->isEnabled());
    page().findChild<QLineEdit*>(QStringLiteral("export-name"))->clear();
    QVERIFY(!exportNow()->isEnabled());
    QVERIFY(page().target().contains(QStringLiteral("Give a name")));
    QTest::mouseClick(page().findChild<QPushButton*>(QStringLiteral("export-back")), Qt::LeftButton);
    QVERIFY(!page().isVisible());
}

void TestExport::problemsAreSaidAndThePageStays()
{
    f_->openWithHole();
    QVERIFY(filled());
    openPage();
    write_file(toPath(at(QStringLiteral("file"))), std::string("no folder"));
    page().findChild<QLineEdit*>(QStringLiteral("export-folder"))->setText(at(QStringLiteral("file")));
    QVERIFY(!exported());
    QVERIFY(f_->window->messages().text().contains(QStringLiteral("file")));
    QVERIFY(page().isVisible());
    QVERIFY(read_file(toPath(at(QStringLiteral("file")))).size() == 9);
}

void TestExport::whatIsReplacedIsSaid()
{
    f_->openWithHole();
    QVERIFY(filled());
    openPage();
    QVERIFY(exported());
    openPage();
    QTRY_VERIFY(page().target().contains(QStringLiteral("will be replaced")));
    page().findChild<QLineEdit*>(QStringLiteral("export-name"))->setText(QStringLiteral("other"));
    QTRY_VERIFY(!page().target().contains(QStringLiteral("will be replaced")));
}

void TestExport::theShownCompletionIsCopied()
{
    f_->openWithHole();
    QVERIFY(!f_->action("copy")->isEnabled());
    QVERIFY(filled());
    QGuiApplication::clipboard()->clear();
    QTest::keyClick(f_->window.get(), Qt::Key_C, Qt::ControlModifier);
    QTRY_VERIFY(!QGuiApplication::clipboard()->image().isNull());
    const QImage image = QGuiApplication::clipboard()->image().convertToFormat(QImage::Format_RGB888);
    const Picture wanted = expected(0);
    QCOMPARE(image.size(), QSize(wanted.width, wanted.height));
    for (int y = 0; y < wanted.height; ++y)
        QVERIFY(std::equal(wanted.row(y), wanted.row(y) + wanted.row_bytes(), image.constScanLine(y)));
}

void TestExport::cardsAreDraggedOut()
{
    f_->openWithHole();
    QVERIFY(filled());
    GalleryStage& stage = f_->window->gallery().stage();
    stage.settle();
    QStringList files;
    f_->window->exporter().findChild<CardDrag*>()->setStart(
        [&](GalleryCard*, std::unique_ptr<QMimeData> data) {
            for (const QUrl& url : data->urls())
                files << url.toLocalFile();
        });
    GalleryCard* card = stage.card(2);
    QTest::mousePress(card, Qt::LeftButton, {}, {60, 60});
    QTest::mouseMove(card, {62, 60});
    QTest::mouseMove(card, {110, 70});
    QTRY_COMPARE(files.size(), 1);
    QVERIFY(!card->isDown());
    QTest::mouseRelease(card, Qt::LeftButton, {}, {110, 70});
    QVERIFY2(files[0].endsWith(QStringLiteral("with hole-3.png")), qPrintable(files[0]));
    QVERIFY(read_picture(toPath(files[0])) == expected(2));
    QTest::mouseClick(stage.card(1), Qt::LeftButton, {}, {60, 60}); // no drag: the card is picked
    QTRY_COMPARE(f_->window->results().shown(), 1);
    QCOMPARE(files.size(), 1);
}

QTEST_MAIN(TestExport)
#include "tst_export.moc"
