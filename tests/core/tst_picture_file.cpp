// SPDX-License-Identifier: GPL-3.0-or-later
// Reading and writing pictures: every form, every kind of damage, every lie in a header.
#include "tests/core/picture_makers.h"

using namespace lacuna;
using namespace lacuna::test;

Q_DECLARE_METATYPE(File)

class TestPictureFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pngRoundTrip_data();
    void pngRoundTrip();
    void pngInterlaced_data();
    void pngInterlaced();
    void pngPackedForms_data();
    void pngPackedForms();
    void pngTexts_data();
    void pngTexts();
    void pngTextsOfOthers();
    void maskRoundTrip();
    void jpegGreyAndColour_data();
    void jpegGreyAndColour();
    void jpegCmyk_data();
    void jpegCmyk();
    void jpegOrientation_data();
    void jpegOrientation();
    void jpegStrangeExif_data();
    void jpegStrangeExif();
    void masks_data();
    void masks();
    void cutAnywhere_data();
    void cutAnywhere();
    void flippedBits_data();
    void flippedBits();
    void jpegFlippedBitsNeverCrash();
    void headersThatLie_data();
    void headersThatLie();
    void largestSides();
    void pnmForms_data();
    void pnmForms();
    void pnmRefusals_data();
    void pnmRefusals();
    void unknownFormats_data();
    void unknownFormats();
    void namesAreMadeSafe();
    void corpus_data();
    void corpus();
};

void TestPictureFile::pngRoundTrip_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("bits");
    for (const auto& [width, height] :
         {std::pair(17, 11), std::pair(1, 1), std::pair(1, 300), std::pair(300, 1)})
        for (int channels = 1; channels <= 4; ++channels)
            for (const int bits : {8, 16})
                QTest::addRow("%d x %d, %d channels, %d bits", width, height, channels, bits)
                    << width << height << channels << bits;
}

void TestPictureFile::pngRoundTrip()
{
    QFETCH(int, width);
    QFETCH(int, height);
    QFETCH(int, channels);
    QFETCH(int, bits);
    const Picture picture = test::ramps(width, height, channels, bits);
    const File file = encode_png(picture);
    QVERIFY(decode_picture(file, "round trip") == picture);
    QVERIFY2(encode_png(picture) == file, "the same picture gives the same bytes");
    // The file says itself what it is: depth and colour type of the header.
    constexpr int colours[] = {0, 4, 2, 6};
    QCOMPARE(int(file[24]), bits);
    QCOMPARE(int(file[25]), colours[channels - 1]);
}

void TestPictureFile::pngInterlaced_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("bits");
    for (const auto& [width, height] : {std::pair(19, 13), std::pair(3, 2), std::pair(1, 1)})
        for (int channels = 1; channels <= 4; ++channels)
            for (const int bits : {8, 16})
                QTest::addRow("%d x %d, %d channels, %d bits", width, height, channels, bits)
                    << width << height << channels << bits;
}

void TestPictureFile::pngInterlaced()
{
    QFETCH(int, width);
    QFETCH(int, height);
    QFETCH(int, channels);
    QFETCH(int, bits);
    const Picture picture = test::ramps(width, height, channels, bits);
    const File file = interlaced_png(picture);
    QCOMPARE(int(file[28]), 1);
    QVERIFY(decode_picture(file, "interlaced") == picture);
}

void TestPictureFile::pngPackedForms_data()
{
    QTest::addColumn<File>("file");
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("bits");
    QTest::addColumn<QList<int>>("samples");
    const RawPng one_bit{
        .width = 10, .height = 2, .depth = 1, .rows = {0, 0b10110000, 0b01000000, 0, 0x00, 0x80}};
    QTest::newRow("1 bit grey") << one_bit.bytes() << 1 << 8
                                << QList<int>{255, 0, 255, 255, 0, 0, 0, 0, 0,   255,
                                              0,   0, 0,   0,   0, 0, 0, 0, 255, 0};
    const RawPng two_bits{.width = 4, .height = 1, .depth = 2, .rows = {0, 0b00011011}};
    QTest::newRow("2 bit grey") << two_bits.bytes() << 1 << 8 << QList<int>{0, 85, 170, 255};
    const RawPng four_bits{.width = 3, .height = 1, .depth = 4, .rows = {0, 0x0F, 0x80}};
    QTest::newRow("4 bit grey") << four_bits.bytes() << 1 << 8 << QList<int>{0, 255, 136};
    QTest::newRow("palette") << palette_png().bytes() << 3 << 8
                             << QList<int>{255, 0,  0,  0, 255, 0,   0, 0,   255, 10,  20, 30,
                                           10,  20, 30, 0, 0,   255, 0, 255, 0,   255, 0,  0};
    QTest::newRow("palette with alpha")
        << palette_png({0, 128}).bytes() << 4 << 8
        << QList<int>{255, 0,  0,  0,   0, 255, 0,   128, 0, 0,   255, 255, 10,  20, 30, 255,
                      10,  20, 30, 255, 0, 0,   255, 255, 0, 255, 0,   128, 255, 0,  0,  0};
    RawPng keyed{.width = 2, .height = 1, .depth = 8, .colour = 2, .rows = {0, 1, 2, 3, 4, 5, 6}};
    keyed.before_data.push_back({"tRNS", {0, 4, 0, 5, 0, 6}});
    QTest::newRow("one transparent colour")
        << keyed.bytes() << 4 << 8 << QList<int>{1, 2, 3, 255, 4, 5, 6, 0};
    const RawPng wide{.width = 2, .height = 1, .depth = 16, .rows = {0, 0x12, 0x34, 0xFF, 0x00}};
    QTest::newRow("16 bits are big-endian in the file")
        << wide.bytes() << 1 << 16 << QList<int>{0x1234, 0xFF00};
}

void TestPictureFile::pngPackedForms()
{
    QFETCH(File, file);
    QFETCH(int, channels);
    QFETCH(int, bits);
    QFETCH(QList<int>, samples);
    const Picture picture = decode_picture(file, "packed");
    QCOMPARE(picture.channels, channels);
    QCOMPARE(picture.bits, bits);
    QVERIFY(picture
            == picture_of(picture.width, picture.height, channels, bits, {samples.begin(), samples.end()}));
}

void TestPictureFile::pngTexts_data()
{
    QTest::addColumn<QString>("value");
    QTest::newRow("plain") << "Steps: 20, Sampler: ddim, Seed: 7";
    QTest::newRow("empty") << "";
    QTest::newRow("several lines") << "first\nsecond\n\nfourth";
    QTest::newRow("tabulator and quotes") << "a\tb \"c\" 'd' \\";
    QTest::newRow("Western") << "Größe, façade, Ærø";
    QTest::newRow("not Latin") << "Zażółć gęślą jaźń, картина, 絵, תמונה";
    QTest::newRow("beyond the first plane") << "🎨 𝛼";
    QTest::newRow("long") << QString(70000, 'x');
    QTest::newRow("long, not Latin") << QString(30000, QChar(0x7d75));
}

void TestPictureFile::pngTexts()
{
    QFETCH(QString, value);
    const Picture picture = test::ramps(5, 4, 3, 8);
    const TextChunks texts{{"parameters", value.toStdString()}, {"lacuna", "{\"schema\": 1}"}};
    const File file = encode_png(picture, texts);
    QVERIFY(read_png_texts(file, "texts") == texts);
    QVERIFY2(decode_picture(file, "texts") == picture, "texts do not touch the pixels");
    const std::string bytes(file.begin(), file.end());
    QVERIFY2(bytes.find("zTXt") == std::string::npos, "no text is compressed");
    const bool latin = value.toLatin1() == value.toUtf8() && !value.contains('\t');
    QCOMPARE(bytes.find("iTXt") == std::string::npos, latin);
}

void TestPictureFile::pngTextsOfOthers()
{
    // tEXt is Latin-1 by the standard: other programs' texts come out as UTF-8, like everything else.
    RawPng png{.rows = {0, 7}};
    png.before_data.push_back({"tEXt", text(std::string("Author\0Andr\xE9", 12))});
    const TextChunks expected{{"Author", "Andr\xC3\xA9"}};
    QVERIFY(read_png_texts(png.bytes(), "other") == expected);
    QVERIFY_EXCEPTION_THROWN(read_png_texts(text("no PNG at all, but long enough to be one"), "x"), Error);
    QVERIFY_EXCEPTION_THROWN(read_png_texts({}, "x"), Error);
}

void TestPictureFile::maskRoundTrip()
{
    const Mask mask = test::square_mask(23, 9, 4, 2, 5);
    const File file = encode_png(mask);
    QVERIFY(mask_from_picture(decode_picture(file, "mask")) == mask);
    const Mask inverted = mask_from_picture(decode_picture(file, "mask"), true);
    QCOMPARE(inverted.hole_pixels(), std::size_t(23 * 9 - 25));
    QVERIFY(inverted.is_hole(0, 0) && !inverted.is_hole(4, 2));
}

void TestPictureFile::jpegGreyAndColour_data()
{
    QTest::addColumn<bool>("grey");
    QTest::addColumn<bool>("progressive");
    QTest::addColumn<bool>("stored_as_rgb");
    QTest::newRow("grey") << true << false << false;
    QTest::newRow("grey, progressive") << true << true << false;
    QTest::newRow("YCbCr") << false << false << false;
    QTest::newRow("YCbCr, progressive") << false << true << false;
    QTest::newRow("RGB with Adobe marker") << false << false << true;
}

void TestPictureFile::jpegGreyAndColour()
{
    QFETCH(bool, grey);
    QFETCH(bool, progressive);
    QFETCH(bool, stored_as_rgb);
    const int channels = grey ? 1 : 3;
    const Picture picture = test::ramps(37, 21, channels, 8);
    JpegForm form{.components = channels, .progressive = progressive};
    form.in = grey ? JCS_GRAYSCALE : JCS_RGB;
    form.stored = grey ? JCS_GRAYSCALE : stored_as_rgb ? JCS_RGB : JCS_YCbCr;
    form.adobe = stored_as_rgb;
    const Picture decoded = decode_picture(make_jpeg(37, 21, form, *picture.bytes), "jpeg");
    QCOMPARE(decoded.width, 37);
    QCOMPARE(decoded.height, 21);
    QCOMPARE(decoded.channels, channels);
    QCOMPARE(decoded.bits, 8);
    double error = 0;
    for (std::size_t i = 0; i < picture.bytes->size(); ++i)
        error += std::abs((*decoded.bytes)[i] - (*picture.bytes)[i]) / double(picture.bytes->size());
    QVERIFY2(error < 2, qPrintable(QString::number(error)));
}

void TestPictureFile::jpegCmyk_data()
{
    QTest::addColumn<bool>("adobe");
    QTest::addColumn<bool>("ycck");
    QTest::newRow("CMYK as it is") << false << false;
    QTest::newRow("CMYK with Adobe marker, inverted") << true << false;
    QTest::newRow("YCCK with Adobe marker, inverted") << true << true;
}

void TestPictureFile::jpegCmyk()
{
    QFETCH(bool, adobe);
    QFETCH(bool, ycck);
    // Ink from 0 to 255 in four flat blocks; Adobe stores 255 - ink.
    constexpr std::array<std::array<int, 4>, 4> inks{
        {{0, 255, 255, 0}, {255, 0, 255, 0}, {0, 0, 0, 0}, {0, 0, 0, 153}}};
    const std::array<Colour, 4> expected{{red, green, white, {102, 102, 102}}};
    std::vector<std::uint8_t> pixels;
    for (int y = 0; y < 8; ++y)
        for (int x = 0; x < 32; ++x)
            for (const int ink : inks[x / 8])
                pixels.push_back(static_cast<std::uint8_t>(adobe ? 255 - ink : ink));
    const JpegForm form{
        .components = 4, .in = JCS_CMYK, .stored = ycck ? JCS_YCCK : JCS_CMYK, .adobe = adobe};
    const Picture decoded = decode_picture(make_jpeg(32, 8, form, pixels), "cmyk");
    QCOMPARE(decoded.channels, 3);
    for (int block = 0; block < 4; ++block) {
        const Colour colour = colour_at(decoded, 8 * block + 4, 4);
        QVERIFY2(near(colour, expected[block], 4),
                 qPrintable(QString("%1: %2 %3 %4").arg(block).arg(colour[0]).arg(colour[1]).arg(colour[2])));
    }
}

void TestPictureFile::jpegOrientation_data()
{
    QTest::addColumn<int>("value");
    QTest::addColumn<QString>("corners");
    // Stored: R G over B W. Top left, top right, bottom left, bottom right as a person sees them.
    const QStringList corners{"RGBW", "RGBW", "GRWB", "WBGR", "BWRG", "RBGW", "BRWG", "WGBR", "GWRB", "RGBW"};
    for (int value = 0; value <= 9; ++value)
        QTest::addRow("%d", value) << value << corners[value];
    QTest::newRow("65535") << 65535 << corners[0];
    QTest::newRow("262") << 262 << corners[0]; // 6 in its lower byte
}

void TestPictureFile::jpegOrientation()
{
    QFETCH(int, value);
    QFETCH(QString, corners);
    const Picture stored = quadrants(32, 16);
    for (const bool little : {true, false}) {
        const Picture seen = decode_picture(jpeg_of(stored, false, exif(little, value)), "oriented");
        const bool turned = value >= 5 && value <= 8;
        QCOMPARE(seen.width, turned ? 16 : 32);
        QCOMPARE(seen.height, turned ? 32 : 16);
        QString found;
        for (const auto& [x, y] :
             {std::pair(1, 1), std::pair(seen.width - 2, 1), std::pair(1, seen.height - 2),
              std::pair(seen.width - 2, seen.height - 2)}) {
            const Colour colour = colour_at(seen, x, y);
            found += near(colour, red, 10)     ? 'R'
                     : near(colour, green, 10) ? 'G'
                     : near(colour, blue, 10)  ? 'B'
                     : near(colour, white, 10) ? 'W'
                                               : '?';
        }
        QCOMPARE(found, corners);
    }
}

void TestPictureFile::jpegStrangeExif_data()
{
    QTest::addColumn<File>("block");
    const File good = exif(true, 6);
    for (const std::size_t size : {0, 4, 6, 10, 13, 14, 15, 20, 25})
        QTest::addRow("cut at %d", int(size))
            << File(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size));
    QTest::newRow("table behind the end") << exif(true, 6, 3, 1, 0xFFFFFFF0);
    QTest::newRow("table at the last byte")
        << exif(false, 6, 3, 1, static_cast<std::uint32_t>(good.size() - 7));
    QTest::newRow("two values") << exif(true, 6, 3, 2);
    QTest::newRow("2147483647 values") << exif(true, 6, 3, 0x7FFFFFFF);
    QTest::newRow("not a short") << exif(true, 6, 4);
    QTest::newRow("other data") << text("http://ns.adobe.com/xap/1.0/");
    File many = good;
    many[14] = 0xFF; // the number of entries
    many[15] = 0xFF;
    many[16] = 0; // another tag
    QTest::newRow("65535 entries promised") << many;
}

void TestPictureFile::jpegStrangeExif()
{
    QFETCH(File, block);
    const Picture seen = decode_picture(jpeg_of(quadrants(32, 16), false, block), "exif");
    QCOMPARE(seen.width, 32);
    QVERIFY(near(colour_at(seen, 1, 1), red, 10));
}

void TestPictureFile::masks_data()
{
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("bits");
    QTest::addColumn<QList<int>>("samples");
    QTest::addColumn<QString>("holes"); // one letter a pixel
    QTest::newRow("grey, threshold 128") << 1 << 8 << QList<int>{0, 1, 127, 128, 254, 255} << "...###";
    QTest::newRow("16 bits, threshold in the middle")
        << 1 << 16 << QList<int>{0, 32767, 32768, 65535} << "..##";
    QTest::newRow("grey in RGB") << 3 << 8 << QList<int>{127, 127, 127, 128, 128, 128} << ".#";
    QTest::newRow("red, green, blue are as bright as they look")
        << 3 << 8 << QList<int>{255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 0} << ".#.#";
    QTest::newRow("colour counts before alpha") << 2 << 8 << QList<int>{0, 255, 255, 0} << ".#";
    QTest::newRow("black with alpha: the opaque part is white")
        << 2 << 8 << QList<int>{0, 0, 0, 127, 0, 128, 0, 255} << "..##";
    QTest::newRow("white with alpha") << 4 << 8 << QList<int>{255, 255, 255, 0, 255, 255, 255, 255} << ".#";
    QTest::newRow("16 bit alpha") << 2 << 16 << QList<int>{9, 0, 9, 30000, 9, 35000, 9, 65535} << "..##";
    QTest::newRow("black and opaque is an empty mask")
        << 4 << 8 << QList<int>{0, 0, 0, 255, 0, 0, 0, 255} << "..";
    QTest::newRow("white and opaque is a full mask")
        << 4 << 8 << QList<int>{255, 255, 255, 255, 255, 255, 255, 255} << "##";
    QTest::newRow("black and transparent is an empty mask")
        << 4 << 8 << QList<int>{0, 0, 0, 0, 0, 0, 0, 0} << "..";
    QTest::newRow("all black") << 1 << 8 << QList<int>{0, 0} << "..";
    QTest::newRow("all white") << 1 << 8 << QList<int>{255, 255} << "##";
}

void TestPictureFile::masks()
{
    QFETCH(int, channels);
    QFETCH(int, bits);
    QFETCH(QList<int>, samples);
    QFETCH(QString, holes);
    const Picture picture =
        picture_of(int(holes.size()), 1, channels, bits, {samples.begin(), samples.end()});
    const Picture stored = decode_picture(encode_png(picture), "mask");
    const Mask mask = mask_from_picture(stored), inverted = mask_from_picture(stored, true);
    for (int x = 0; x < holes.size(); ++x) {
        QCOMPARE(int(mask.values[x]), holes[x] == '#' ? 255 : 0);
        QCOMPARE(int(inverted.values[x]), holes[x] == '#' ? 0 : 255);
    }
}

void TestPictureFile::cutAnywhere_data()
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

void TestPictureFile::cutAnywhere()
{
    QFETCH(File, file);
    const Picture whole = decode_picture(file, "whole");
    QString why;
    const int accepted = same_or_refused(cuts_of(file), whole, why);
    QVERIFY2(accepted >= 0, qPrintable(why));
    QVERIFY2(accepted == 0, "a file that ends early is never taken for whole");
}

void TestPictureFile::flippedBits_data()
{
    QTest::addColumn<File>("file");
    QTest::newRow("RGB") << encode_png(test::ramps(9, 7, 3, 8));
    QTest::newRow("16 bit grey and alpha") << encode_png(test::ramps(4, 5, 2, 16));
    QTest::newRow("with text") << encode_png(test::ramps(3, 3, 1, 8), {{"parameters", "Steps: 20"}});
    QTest::newRow("palette") << palette_png().bytes();
    QTest::newRow("palette with alpha") << palette_png({0, 128}).bytes();
    QTest::newRow("interlaced") << interlaced_png(test::ramps(5, 5, 3, 8));
}

void TestPictureFile::flippedBits()
{
    QFETCH(File, file);
    const Picture whole = decode_picture(file, "whole");
    QString why;
    const int accepted = same_or_refused(bit_flips_of(file), whole, why);
    QVERIFY2(accepted >= 0, qPrintable(why));
}

void TestPictureFile::jpegFlippedBitsNeverCrash()
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

void TestPictureFile::headersThatLie_data()
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

void TestPictureFile::headersThatLie()
{
    QFETCH(File, file);
    QFETCH(QString, words);
    const QString problem = refused_cheaply(file, words);
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

void TestPictureFile::largestSides()
{
    for (const auto& [width, height] :
         {std::pair(max_side, 1), std::pair(1, max_side), std::pair(max_side, 3)}) {
        const Picture picture = test::ramps(width, height, 1, 8);
        QVERIFY(decode_picture(encode_png(picture), "long") == picture);
    }
}

void TestPictureFile::pnmForms_data()
{
    QTest::addColumn<File>("file");
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("bits");
    QTest::addColumn<QList<int>>("samples");
    QTest::newRow("pgm") << pnm("P5\n2 1\n255\n", 2) << 1 << 8 << QList<int>{1, 2};
    QTest::newRow("ppm") << pnm("P6\n1 2\n255\n", 6) << 3 << 8 << QList<int>{1, 2, 3, 4, 5, 6};
    QTest::newRow("16 bits are big-endian")
        << pnm("P5 2 1 65535\n", 4) << 1 << 16 << QList<int>{0x0102, 0x0304};
    QTest::newRow("comments") << pnm("P5 # made by hand\n# 9 9\n2# wide\n#\n1 #high\n255\n", 2) << 1 << 8
                              << QList<int>{1, 2};
    QTest::newRow("tabulators and carriage returns")
        << pnm("P5\t\r\n2\v1\f255\t", 2) << 1 << 8 << QList<int>{1, 2};
    QTest::newRow("white space is a pixel too")
        << pnm("P5 2 1 255\n", 2, ' ') << 1 << 8 << QList<int>{32, 33};
    QTest::newRow("a number sign is a pixel too")
        << pnm("P5 2 1 255 ", 2, '#') << 1 << 8 << QList<int>{35, 36};
    QTest::newRow("leading zeros") << pnm("P5 002 01 0255 ", 2) << 1 << 8 << QList<int>{1, 2};
    QTest::newRow("bytes behind the picture") << pnm("P5 2 1 255 ", 9) << 1 << 8 << QList<int>{1, 2};
}

void TestPictureFile::pnmForms()
{
    QFETCH(File, file);
    QFETCH(int, channels);
    QFETCH(int, bits);
    QFETCH(QList<int>, samples);
    const Picture picture = decode_picture(file, "pnm");
    QCOMPARE(picture.width * picture.height * picture.channels, int(samples.size()));
    QVERIFY(picture
            == picture_of(picture.width, picture.height, channels, bits, {samples.begin(), samples.end()}));
}

void TestPictureFile::pnmRefusals_data()
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

void TestPictureFile::pnmRefusals()
{
    QFETCH(File, file);
    QFETCH(QString, words);
    const QString problem = refused_cheaply(file, words);
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

void TestPictureFile::unknownFormats_data()
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

void TestPictureFile::unknownFormats()
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

void TestPictureFile::namesAreMadeSafe()
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

void TestPictureFile::corpus_data()
{
    QTest::addColumn<QJsonObject>("required");
    const auto list = read_file(LACUNA_TEST_DATA "/pictures/outcomes.json");
    const QByteArray json(reinterpret_cast<const char*>(list.data()), qsizetype(list.size()));
    for (const QJsonValue& file : QJsonDocument::fromJson(json).object()["files"].toArray())
        QTest::newRow(qPrintable(file["file"].toString())) << file.toObject();
}

void TestPictureFile::corpus()
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

QTEST_APPLESS_MAIN(TestPictureFile)
#include "tst_picture_file.moc"
