// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures that are cut, flipped, or lie in their header.
#include "tests/core/picture_makers.h"

using namespace lacuna;
using namespace lacuna::test;

Q_DECLARE_METATYPE(File)

class TestPictureDamage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cutAnywhere_data();
    void cutAnywhere();
    void flippedBits_data();
    void flippedBits();
    void jpegFlippedBitsNeverCrash();
    void headersThatLie_data();
    void headersThatLie();
    void largestSides();
    void pnmRefusals_data();
    void pnmRefusals();
    void unknownFormats_data();
    void unknownFormats();
    void namesAreMadeSafe();
    void corpus_data();
    void corpus();
};

void TestPictureDamage::cutAnywhere_data()
{
    QTest::addColumn<File>("file");
    QTest::newRow("png, RGB") << encode_png(test::ramps(9, 7, 3, 8));
    QTest::newRow("png, 16 bit RGBA, text") << encode_png(test::ramps(5, 6, 4, 16), {{"Title", "绘"}});
    QTest::newRow("png, interlaced") << interlaced_png(test::ramps(9, 9, 1, 8));
    QTest::newRow("png, palette") << palette_png({0, 128}).bytes();
    QTest::newRow("jpeg") << jpeg_of(test::stripes(24, 24));
    QTest::newRow("jpeg, progressive") << jpeg_of(test::stripes(24, 24), true);
    QTest::newRow("jpeg, oriented") << jpeg_of(quadrants(16, 8), false, exif(false, 6));
    QTest::newRow("pgm") << pnm("P5\n# c\n5 4\n255\n", 20);
    QTest::newRow("ppm, 16 bits") << pnm("P6 2 2 65535\n", 24);
}

void TestPictureDamage::cutAnywhere()
{
    QFETCH(File, file);
    const Picture whole = decode_picture(file, "whole");
    QString why;
    const int accepted = same_or_refused(cuts_of(file), whole, why);
    QVERIFY2(accepted >= 0, qPrintable(why));
    QVERIFY2(accepted == 0, "a file that ends early is never taken for whole");
}

void TestPictureDamage::flippedBits_data()
{
    QTest::addColumn<File>("file");
    QTest::newRow("RGB") << encode_png(test::ramps(9, 7, 3, 8));
    QTest::newRow("16 bit grey and alpha") << encode_png(test::ramps(4, 5, 2, 16));
    QTest::newRow("with text") << encode_png(test::ramps(3, 3, 1, 8), {{"parameters", "Steps: 20"}});
    QTest::newRow("palette") << palette_png().bytes();
    QTest::newRow("palette with alpha") << palette_png({0, 128}).bytes();
    QTest::newRow("interlaced") << interlaced_png(test::ramps(5, 5, 3, 8));
}

void TestPictureDamage::flippedBits()
{
    QFETCH(File, file);
    const Picture whole = decode_picture(file, "whole");
    QString why;
    const int accepted = same_or_refused(bit_flips_of(file), whole, why);
    QVERIFY2(accepted >= 0, qPrintable(why));
}

void TestPictureDamage::jpegFlippedBitsNeverCrash()
{
    // A JPEG has no checksum: a flipped bit may give another picture, but only a whole one of a possible form.
    for (const bool progressive : {false, true}) {
        const File file = jpeg_of(test::stripes(24, 16), progressive, exif(true, 6));
        int refused = 0;
        for (const File& flipped : bit_flips_of(file)) {
            const Decoded decoded = decode(flipped);
            QVERIFY2(decoded.broken_contract.isEmpty(), qPrintable(decoded.broken_contract));
            refused += !decoded.picture;
            if (decoded.picture) {
                QVERIFY(!decoded.picture->empty());
                QCOMPARE(decoded.picture->bytes->size(),
                         decoded.picture->row_bytes() * decoded.picture->height);
            }
        }
        QVERIFY(refused > 0);
    }
    // And 3000 files with several damaged bytes, from a fixed seed.
    std::mt19937 random(20240601);
    const std::vector<File> files{jpeg_of(test::stripes(24, 16)), jpeg_of(test::stripes(24, 16), true),
                                  encode_png(test::ramps(9, 7, 4, 16)), palette_png({0, 128}).bytes(),
                                  pnm("P6\n# c\n5 4\n255\n", 60)};
    for (int i = 0; i < 3000; ++i) {
        File damaged = files[random() % files.size()];
        for (unsigned changes = 1 + random() % 8; changes > 0; --changes)
            damaged[random() % damaged.size()] = static_cast<std::uint8_t>(random());
        const Decoded decoded = decode(damaged);
        QVERIFY2(decoded.broken_contract.isEmpty(), qPrintable(decoded.broken_contract));
    }
}

void TestPictureDamage::headersThatLie_data()
{
    QTest::addColumn<File>("file");
    QTest::addColumn<QString>("words");
    const auto png = [](std::uint32_t width, std::uint32_t height) {
        return RawPng{.width = width, .height = height, .depth = 16, .colour = 6, .rows = {0, 1, 2, 3}};
    };
    QTest::newRow("png 100000 x 100000") << png(100000, 100000).bytes() << "too large";
    QTest::newRow("png 4294967295 x 1") << png(4294967295u, 1).bytes() << "too large";
    QTest::newRow("png 32769 x 1") << png(32769, 1).bytes() << "too large";
    QTest::newRow("png 1 x 32769") << png(1, 32769).bytes() << "too large";
    QTest::newRow("png 12001 x 10000") << png(12001, 10000).bytes() << "too large";
    QTest::newRow("png 10000 x 10000 in few bytes") << png(10000, 10000).bytes() << "cut off";
    QTest::newRow("png 0 x 5") << png(0, 5).bytes() << "no pixels";
    QTest::newRow("png 5 x 0") << png(5, 0).bytes() << "no pixels";
    // Another chunk stands where the header should; the real header follows and is far too large.
    RawPng hidden = png(32768, 32768);
    File small_header;
    append_u32(small_header, 8);
    append_u32(small_header, 8);
    small_header.insert(small_header.end(), {8, 2, 0, 0, 0});
    hidden.before_header.push_back({"teSt", small_header});
    QTest::newRow("png with its header behind another chunk") << hidden.bytes() << "";
    hidden.before_header.front().first = "IHDR";
    QTest::newRow("png with two headers") << hidden.bytes() << "";

    File jpeg = jpeg_of(test::stripes(16, 16));
    for (std::size_t i = 0; i + 9 < jpeg.size(); ++i)
        if (jpeg[i] == 0xFF && jpeg[i + 1] == 0xC0) {
            for (std::size_t k = 5; k < 9; ++k)
                jpeg[i + k] = 0xFF;
            break;
        }
    QTest::newRow("jpeg 65535 x 65535") << jpeg << "";
    QTest::newRow("ppm 100000 x 100000") << pnm("P6 100000 100000 255\n", 8) << "too large";
    QTest::newRow("ppm 10000 x 10000 in few bytes") << pnm("P6 10000 10000 255\n", 8) << "cut off";
    QTest::newRow("ppm 65536 x 65536") << pnm("P6 65536 65536 255\n", 8) << "too large";
    QTest::newRow("ppm 999999999 x 999999999") << pnm("P6 999999999 999999999 65535\n", 8) << "too large";
}

void TestPictureDamage::headersThatLie()
{
    QFETCH(File, file);
    QFETCH(QString, words);
    const QString problem = refused_cheaply(file, words);
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

void TestPictureDamage::largestSides()
{
    for (const auto& [width, height] :
         {std::pair(max_side, 1), std::pair(1, max_side), std::pair(max_side, 3)}) {
        const Picture picture = test::ramps(width, height, 1, 8);
        QVERIFY(decode_picture(encode_png(picture), "long") == picture);
    }
}

void TestPictureDamage::pnmRefusals_data()
{
    QTest::addColumn<File>("file");
    QTest::addColumn<QString>("words");
    QTest::newRow("magic only") << text("P5") << "damaged header";
    QTest::newRow("one number") << text("P5 7") << "damaged header";
    QTest::newRow("header only") << text("P5 1 1 255") << "cut off";
    QTest::newRow("no pixels after the header") << text("P5 1 1 255\n") << "cut off";
    QTest::newRow("one pixel short") << pnm("P6 2 2 255\n", 11) << "cut off";
    QTest::newRow("negative") << pnm("P5 -2 2 255\n", 9) << "damaged header";
    QTest::newRow("fraction") << pnm("P5 2.0 2 255\n", 9) << "damaged header";
    QTest::newRow("zero") << pnm("P5 0 2 255\n", 9) << "no pixels";
    QTest::newRow("20 digits") << pnm("P5 18446744073709551617 1 255\n", 9) << "impossible number";
    QTest::newRow("highest value 0") << pnm("P5 2 1 0\n", 9) << "highest value";
    QTest::newRow("highest value 100") << pnm("P5 2 1 100\n", 9) << "highest value";
    QTest::newRow("highest value 65536") << pnm("P5 2 1 65536\n", 9) << "highest value";
    QTest::newRow("a comment that never ends")
        << text("P5 2 1 # " + std::string(100000, 'x')) << "damaged header";
    QTest::newRow("no space after the magic") << pnm("P52 1 255\n", 9) << "damaged header";
    QTest::newRow("no space before the pixels") << pnm("P5 2 1 255x", 9) << "damaged header";
    QTest::newRow("plain text form") << text("P2 1 1 255 7") << "not a picture that Lacuna knows";
}

void TestPictureDamage::pnmRefusals()
{
    QFETCH(File, file);
    QFETCH(QString, words);
    const QString problem = refused_cheaply(file, words);
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

void TestPictureDamage::unknownFormats_data()
{
    QTest::addColumn<File>("file");
    QTest::addColumn<QString>("words");
    QTest::newRow("GIF87a") << text(std::string("GIF87a\1\0\1\0", 10)) << "is a GIF picture";
    QTest::newRow("GIF89a") << text("GIF89a-and-more") << "is a GIF picture";
    QTest::newRow("WebP") << text("RIFF1234WEBPVP8 ") << "damaged";
    QTest::newRow("RIFF of another kind") << text("RIFF1234WAVEfmt ") << "not a picture that Lacuna knows";
    QTest::newRow("TIFF, little-endian") << text(std::string("II*\0\x8\0\0\0", 8)) << "damaged";
    QTest::newRow("TIFF, big-endian") << text(std::string("MM\0*\0\0\0\x8", 8)) << "damaged";
    QTest::newRow("BMP") << text(std::string("BM\x46\0\0\0\0\0\0\0", 10)) << "is a BMP picture";
    QTest::newRow("SVG") << text("<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
                         << "PNG, JPEG, TIFF, WebP, PGM, PPM";
    QTest::newRow("text") << text("Dear reader,\n") << "not a picture that Lacuna knows";
    QTest::newRow("one byte") << File{0x89} << "not a picture that Lacuna knows";
    QTest::newRow("part of the PNG signature")
        << File(png_signature.begin(), png_signature.begin() + 7) << "not a picture that Lacuna knows";
    QTest::newRow("PNG signature only") << png_signature << "cut off";
    QTest::newRow("JPEG signature only") << File{0xFF, 0xD8, 0xFF} << "";
    QTest::newRow("zeros") << File(4096, 0) << "not a picture that Lacuna knows";
    QTest::newRow("empty") << File{} << "is empty";
}

void TestPictureDamage::unknownFormats()
{
    QFETCH(File, file);
    QFETCH(QString, words);
    const QString problem = refused_cheaply(file, words);
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    QTemporaryDir folder;
    const std::string path = folder.filePath("picture.png").toStdString();
    write_file(path, file);
    const Decoded decoded = attempt([&] { return read_picture(path); }, path);
    QVERIFY2(!decoded.picture && decoded.broken_contract.isEmpty(), qPrintable(decoded.broken_contract));
}

void TestPictureDamage::namesAreMadeSafe()
{
    const std::string name = "a\x1b[31m\nb\xE2\x80\xAE" + std::string(400, 'c') + "\xED\xA0\x80\xFF";
    const Decoded decoded = attempt([&] { return decode_picture({}, name); }, name);
    QVERIFY2(decoded.broken_contract.isEmpty(), qPrintable(decoded.broken_contract));
    QVERIFY(decoded.refusal.size() < 500);
    QCOMPARE(printable("Zażółć 🎨"), std::string("Zażółć 🎨"));
    QCOMPARE(printable("a\nb\tc\x7f"), std::string("a?b?c?"));
    QCOMPARE(printable("a\xE2\x80\xAE"
                       "b\xEF\xBB\xBF"),
             std::string("a?b?"));
    // Not UTF-8: lone and missing continuation bytes, overlong forms, surrogates, beyond the last code point.
    QCOMPARE(printable("\x80|\xC3|\xC0\xAF|\xFF"), std::string("?|?|??|?"));
    QCOMPARE(printable("\xE0\x80\xAF|\xF0\x80\x80\xAF"), std::string("???|????"));
    QCOMPARE(printable("\xED\xA0\x80|\xF4\x90\x80\x80|\xF5\x80\x80\x80"), std::string("???|????|????"));
}

void TestPictureDamage::corpus_data()
{
    QTest::addColumn<QJsonObject>("required");
    const auto list = read_file(LACUNA_TEST_DATA "/pictures/outcomes.json");
    const QByteArray json(reinterpret_cast<const char*>(list.data()), qsizetype(list.size()));
    for (const QJsonValue& file : QJsonDocument::fromJson(json).object()["files"].toArray())
        QTest::newRow(qPrintable(file["file"].toString())) << file.toObject();
}

void TestPictureDamage::corpus()
{
    QFETCH(QJsonObject, required);
    const std::string path = LACUNA_TEST_DATA "/pictures/" + required["file"].toString().toStdString();
    QVERIFY(std::filesystem::exists(path));
    const bool is_mask = required["kind"] == "mask";
    Mask mask;
    Decoded decoded;
    const Cost cost = cost_of([&] {
        decoded = attempt(
            [&] {
                if (is_mask)
                    mask = read_mask(path);
                return read_picture(path);
            },
            path);
    });
    QVERIFY2(decoded.broken_contract.isEmpty(), qPrintable(decoded.broken_contract));
    QVERIFY2(cost.seconds < 2 && cost.megabytes < 64,
             qPrintable(QString("%1 s, %2 MB").arg(cost.seconds).arg(cost.megabytes)));
    const QString outcome = required["outcome"].toString();
    QVERIFY(outcome == "accept" || outcome == "reject" || outcome == "either");
    if (!decoded.picture) {
        QVERIFY2(outcome != "accept", decoded.refusal.c_str());
        return;
    }
    QVERIFY2(outcome != "reject", "it was accepted");

    const Picture rgb = to_rgb8(*decoded.picture);
    const QJsonObject expected = required["expected"].toObject(), other = required["alt"].toObject();
    for (const QString& key : expected.keys())
        QVERIFY2(QStringList({"width", "height", "hole_pixels", "rgb8_sha256", "mean_rgb", "tol", "top_left",
                              "top_right", "bottom_left", "bottom_right"})
                     .contains(key),
                 qPrintable("the list asks for something that is not tested: " + key));
    if (expected.contains("width")) {
        const auto has = [&](const QJsonObject& size) {
            return size["width"].toInt() == rgb.width && size["height"].toInt() == rgb.height;
        };
        QVERIFY(has(expected) || has(other));
    }
    if (expected.contains("hole_pixels"))
        QCOMPARE(int(mask.hole_pixels()), expected["hole_pixels"].toInt());
    if (is_mask)
        QVERIFY(mask.width == rgb.width && mask.height == rgb.height);
    if (expected.contains("rgb8_sha256"))
        QCOMPARE(QString(QCryptographicHash::hash(QByteArray(reinterpret_cast<const char*>(rgb.bytes->data()),
                                                             qsizetype(rgb.bytes->size())),
                                                  QCryptographicHash::Sha256)
                             .toHex()),
                 expected["rgb8_sha256"].toString());
    const auto colour = [&](const char* key) {
        const QJsonArray values = expected[key].toArray();
        return Colour{values[0].toInt(), values[1].toInt(), values[2].toInt()};
    };
    const int tolerance = expected["tol"].toInt();
    const auto verify_corner = [&](const char* key, int x, int y) {
        return !expected.contains(key) || near(colour_at(rgb, x, y), colour(key), tolerance);
    };
    QVERIFY(verify_corner("top_left", 0, 0));
    QVERIFY(verify_corner("top_right", rgb.width - 1, 0));
    QVERIFY(verify_corner("bottom_left", 0, rgb.height - 1));
    QVERIFY(verify_corner("bottom_right", rgb.width - 1, rgb.height - 1));
    if (expected.contains("mean_rgb")) {
        std::array<double, 3> sum{};
        for (std::size_t i = 0; i < rgb.bytes->size(); ++i)
            sum[i % 3] += (*rgb.bytes)[i];
        const double pixels = double(rgb.width) * rgb.height;
        QVERIFY(near({int(sum[0] / pixels), int(sum[1] / pixels), int(sum[2] / pixels)}, colour("mean_rgb"),
                     tolerance));
    }
}

QTEST_APPLESS_MAIN(TestPictureDamage)
#include "tst_picture_damage.moc"
