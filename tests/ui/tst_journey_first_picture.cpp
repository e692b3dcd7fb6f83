// SPDX-License-Identifier: GPL-3.0-or-later
// An artist's first picture: a photo with its colours and its camera's notes, from the drop to a TIFF file.
#include "tests/core/export_makers.h"
#include "tests/ui/journey_steps.h"
#include "ui/appearance/segments.h"
#include "ui/mask/mask_strip.h"

using namespace lacuna;
using namespace lacuna::ui;

namespace {

constexpr int wide = 240, high = 360; ///< of the photo as people see it

/// AdobeRGB (1998): its primaries, daylight, gamma 563/256.
test::File adobeProfile()
{
    cmsToneCurve* curve = cmsBuildGamma(nullptr, 563.0 / 256);
    cmsToneCurve* three[3] = {curve, curve, curve};
    const cmsCIExyY daylight{0.3127, 0.3290, 1};
    const cmsCIExyYTRIPLE primaries{{0.64, 0.33, 1}, {0.21, 0.71, 1}, {0.15, 0.06, 1}};
    cmsHPROFILE profile = cmsCreateRGBProfile(&daylight, &primaries, three);
    test::File bytes(4096);
    auto size = cmsUInt32Number(bytes.size());
    cmsSaveProfileToMem(profile, bytes.data(), &size);
    bytes.resize(size);
    cmsCloseProfile(profile);
    cmsFreeToneCurve(curve);
    return bytes;
}

test::File segment(int marker, const std::string& head, const test::File& data)
{
    const std::size_t length = 2 + head.size() + data.size();
    test::File bytes{0xFF, std::uint8_t(marker), std::uint8_t(length >> 8), std::uint8_t(length)};
    bytes.insert(bytes.end(), head.begin(), head.end());
    bytes.insert(bytes.end(), data.begin(), data.end());
    return bytes;
}

/// What a camera writes that was held upright: rows lie on their side (orientation 6), the place is there.
test::File photo(const test::File& profile)
{
    test::File file = test::jpeg_of(test::stripes(high, wide));
    test::File beside = segment(0xE1, std::string("Exif\0\0", 6), test::made_exif(6));
    const test::File colours = segment(0xE2, std::string("ICC_PROFILE\0\1\1", 14), profile);
    beside.insert(beside.end(), colours.begin(), colours.end());
    constexpr std::ptrdiff_t behindHeader = 20; // SOI and APP0
    file.insert(file.begin() + behindHeader, beside.begin(), beside.end());
    return file;
}

/// The same pixels turned by a quarter to the right, by another way than the program's.
Picture upright()
{
    const Picture lying = decode_picture(test::jpeg_of(test::stripes(high, wide)), "lying");
    return make_picture(wide, high, 3, 8, [&lying](std::uint8_t* to) {
        for (int y = 0; y < high; ++y)
            for (int x = 0; x < wide; ++x)
                to = std::copy_n(lying.row(wide - 1 - x) + 3 * y, 3, to);
    });
}

} // namespace

class TestJourneyFirstPicture : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        loadResources();
        applyTheme(ThemeChoice::Light);
    }
    void fromADropToATiff();

private:
    void keepMask() { masks_.push_back(f_->window->document().mask()); }
    void marksTheHole();
    void looksAndStars();
    void exportsATiff();
    void undoesEverything();
    void checkTiff() const;

    test::File colours_ = adobeProfile();
    std::unique_ptr<Journey> f_{};
    std::vector<Mask> masks_{}; ///< before and after every change
};

void TestJourneyFirstPicture::fromADropToATiff()
{
    f_ = std::make_unique<Journey>();
    QVERIFY(f_->begin());
    const ModalWatch watch;
    f_->person.drop(f_->write(QStringLiteral("gate.jpg"), photo(colours_)));
    QVERIFY(until([this] { return f_->window->document().isOpen(); }));
    QVERIFY(f_->window->document().picture() == upright());

    marksTheHole();
    QVERIFY(generates(*f_));
    QCOMPARE(f_->window->gallery().count(), 5);
    looksAndStars();
    exportsATiff();
    QVERIFY2(f_->person.acts() < 12, qPrintable(QString::number(f_->person.acts())));
    QCOMPARE(watch.seen(), QStringList());
    checkTiff();
    undoesEverything();
    f_.reset();
}

/// One stroke that slips, what is too much erased, then a pixel more all around and a soft edge.
void TestJourneyFirstPicture::marksTheHole()
{
    const Document& document = f_->window->document();
    keepMask();
    f_->person.stroke({{90, 120}, {140, 160}, {140, 220}, {200, 300}});
    keepMask();
    QVERIFY(document.mask().is_hole(140, 200) && document.mask().is_hole(200, 300));
    f_->person.stroke({{200, 310}, {185, 285}}, Qt::RightButton);
    keepMask();
    QVERIFY(document.mask().is_hole(140, 200) && !document.mask().is_hole(200, 300));
    f_->person.press(Qt::Key_G, Qt::ShiftModifier);
    const std::size_t before = masks_.back().hole_pixels();
    QTRY_VERIFY(document.holePixels() > before);
    keepMask();
    f_->person.hold(Qt::Key_BraceRight, 6);
    QCOMPARE(document.maskEntry().softEdge, 6);
}

void TestJourneyFirstPicture::looksAndStars()
{
    GalleryCard* card = f_->window->gallery().card(2);
    QTRY_VERIFY(!card->content().picture.isNull());
    f_->person.click(card);
    QTRY_COMPARE(f_->window->results().shown(), 2);
    f_->person.press(Qt::Key_S);
    QVERIFY(card->content().starred);
    QTRY_VERIFY(f_->window->canvas().completionShown());
    auto* proof = f_->window->findChild<Badge*>(QStringLiteral("proof"));
    QTRY_VERIFY2(proof->text().startsWith(QStringLiteral("0 of ")), qPrintable(proof->text()));
}

void TestJourneyFirstPicture::exportsATiff()
{
    f_->person.press(Qt::Key_E, Qt::ControlModifier);
    ExportPage& page = f_->window->exportPage();
    QTRY_VERIFY(page.isVisible());
    for (Segments* box : page.findChildren<Segments*>())
        if (box->accessibleName() == QStringLiteral("Format"))
            f_->person.click(box->button(int(ExportFormat::Tiff)));
    QVERIFY2(page.promise().contains(QStringLiteral("every sample stays")), qPrintable(page.promise()));
    f_->person.click(page.findChild<QPushButton*>(QStringLiteral("export-now")));
    QVERIFY(untilTold(*f_, QStringLiteral("gate-3.tif was saved")));
    QVERIFY(!page.isVisible());
}

/// By libtiff: the pixels outside of the hole, the colours, and what the camera wrote but for the place.
void TestJourneyFirstPicture::checkTiff() const
{
    const QString file = f_->file(QStringLiteral("gate-3.tif"));
    const test::ReadTiff tiff = test::read_tiff(FreshProfile::path(file));
    const Picture photo = upright();
    const Mask& hole = masks_.back();
    QCOMPARE(QSize(tiff.picture.width, tiff.picture.height), QSize(wide, high));
    QCOMPARE(tiff.picture.channels, 3);
    int changed = 0;
    for (int y = 0; y < high; ++y)
        for (int x = 0; x < wide; ++x)
            if (!hole.is_hole(x, y))
                changed +=
                    !std::equal(photo.row(y) + 3 * x, photo.row(y) + 3 * x + 3, tiff.picture.row(y) + 3 * x);
    QCOMPARE(changed, 0);
    QCOMPARE(int(tiff.picture.row(190)[3 * 140]), int(FakeSession::level(2))); // deep in the hole
    QCOMPARE(tiff.orientation, 1);
    QVERIFY(tiff.profile == colours_);
    QCOMPARE(tiff.exposure, 1 / 125.f);
    const test::File bytes = read_file(FreshProfile::path(file));
    QVERIFY(test::holds(bytes, "Pinhole"));
    QVERIFY(!test::holds(bytes, "2026:11:22") && !test::holds(bytes, "SERIAL-42"));
}

/// Back to the first mask and forth again, every step exact.
void TestJourneyFirstPicture::undoesEverything()
{
    const Document& document = f_->window->document();
    const auto step = [&](Qt::KeyboardModifiers modifiers) { f_->person.press(Qt::Key_Z, modifiers); };
    step(Qt::ControlModifier);
    QCOMPARE(document.maskEntry().softEdge, 0);
    for (std::size_t i = masks_.size(); i-- > 1;) {
        QVERIFY(document.mask() == masks_[i]);
        step(Qt::ControlModifier);
    }
    QVERIFY(document.mask() == masks_.front());
    QVERIFY(!document.canUndo());
    for (std::size_t i = 1; i < masks_.size(); ++i) {
        step(Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(document.mask() == masks_[i]);
    }
    step(Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(document.maskEntry().softEdge, 6);
    QVERIFY(!document.canRedo());
}

QTEST_MAIN(TestJourneyFirstPicture)
#include "tst_journey_first_picture.moc"
