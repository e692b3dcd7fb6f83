// SPDX-License-Identifier: GPL-3.0-or-later
// Exported files: known pixels, layers, other kinds of files that are read, and no torn ones.
#include <QTemporaryDir>

#include "engine/checkpoint/zip_directory.h"
#include "tests/core/export_makers.h"
#include "tests/core/killed_child.h"

using namespace lacuna;
using namespace lacuna::test;

class TestPictureWriters : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { folder_ = std::make_unique<QTemporaryDir>(); }

    void losslessFormatsKeepEverySample_data();
    void losslessFormatsKeepEverySample();
    void orientationIsAppliedOnce_data();
    void orientationIsAppliedOnce();
    void formsThatFormatsCannotHold();
    void layers();
    void sheet();
    void sizesThatFormatsCannotHold();
    void otherKindsOfTiff_data();
    void otherKindsOfTiff();
    void turnedTiff();
    void damagedFilesAreRefusedOrRead_data();
    void damagedFilesAreRefusedOrRead();
    void killedAtEverySystemCall_data();
    void killedAtEverySystemCall();

private:
    fs::path at(const std::string& name) const { return fs::path(folder_->path().toStdString()) / name; }
    File exported(const ExportSource& source, const ExportOptions& options) const
    {
        const fs::path path = at("out." + ending(options.format));
        export_completion(path, source, 1, options);
        return read_file(path);
    }

    std::unique_ptr<QTemporaryDir> folder_;
};

void TestPictureWriters::losslessFormatsKeepEverySample_data()
{
    every_form();
}

void TestPictureWriters::losslessFormatsKeepEverySample()
{
    QFETCH(int, channels);
    QFETCH(int, bits);
    const ExportSource source = source_of(ramps(19, 13, channels, bits));
    const Picture expected = filled(source, 1);
    QCOMPARE(known_pixels_changed(source.request.picture, expected, source.request.mask), std::size_t(0));
    QVERIFY(!(expected == source.request.picture));
    QVERIFY(decode_picture(exported(source, {}), "png") == expected);
    exported(source, {.format = ExportFormat::Tiff});
    QVERIFY(read_tiff(at("out.tif")).picture == expected);
    QVERIFY(read_picture(at("out.tif")) == expected); // our own reader as well
    const Picture wide = in_colour(with_bits(expected, 8));
    const File webp = exported(source, {.format = ExportFormat::WebP, .quality = 100});
    QVERIFY(read_webp(webp, wide.channels) == wide);
    QVERIFY(decode_picture(webp, "webp") == wide);
}

void TestPictureWriters::orientationIsAppliedOnce_data()
{
    QTest::addColumn<int>("orientation");
    for (int orientation = 1; orientation <= 8; ++orientation)
        QTest::addRow("%d", orientation) << orientation;
}

void TestPictureWriters::orientationIsAppliedOnce()
{
    QFETCH(int, orientation);
    File app1{'E', 'x', 'i', 'f', 0, 0};
    const File exif = made_exif(orientation);
    app1.insert(app1.end(), exif.begin(), exif.end());
    const Picture stored = ramps(24, 16, 3, 8);
    const File jpeg = make_jpeg(24, 16, {.app1 = app1}, *stored.bytes);
    const Picture picture = decode_picture(jpeg, "camera");
    QCOMPARE(picture.width, orientation < 5 ? 24 : 16);
    const ExportSource source = source_of(picture, read_metadata(jpeg, picture));
    QCOMPARE(source.metadata.exif.main.size(), std::size_t(2)); // no orientation among them
    const Picture expected = filled(source, 1);
    QVERIFY(decode_picture(exported(source, {}), "png") == expected);
    exported(source, {.format = ExportFormat::Tiff});
    QVERIFY(read_tiff(at("out.tif")).picture == expected);
    QCOMPARE(read_tiff(at("out.tif")).orientation, 1);
    const Picture again =
        decode_picture(exported(source, {.format = ExportFormat::Jpeg, .quality = 100}), "jpeg");
    QCOMPARE(again.width, picture.width);
    for (std::size_t i = 0; i < again.bytes->size(); ++i)
        QVERIFY(std::abs(int((*again.bytes)[i]) - int((*expected.bytes)[i])) <= 4);
}

void TestPictureWriters::formsThatFormatsCannotHold()
{
    const ExportSource deep = source_of(ramps(19, 13, 4, 16));
    const Picture jpeg =
        decode_picture(exported(deep, {.format = ExportFormat::Jpeg, .quality = 100}), "jpeg");
    QCOMPARE(jpeg.channels, 3);
    const Picture white = with_bits(on_white(filled(deep, 1)), 8);
    for (std::size_t i = 0; i < jpeg.bytes->size(); ++i)
        QVERIFY(std::abs(int((*jpeg.bytes)[i]) - int((*white.bytes)[i])) <= 6);
    QVERIFY(decode_picture(exported(deep, {.bits = 8}), "png") == with_bits(filled(deep, 1), 8));
    QVERIFY(decode_picture(exported(deep, {.transparency = false}), "png") == on_white(filled(deep, 1)));
    const ExportSource flat = source_of(ramps(19, 13, 1, 8));
    const Picture wide = decode_picture(exported(flat, {.bits = 16}), "png");
    QVERIFY(wide.bits == 16 && with_bits(wide, 8) == filled(flat, 1));
    const Picture clear = picture_of(2, 1, 4, 8, {10, 20, 30, 0, 10, 20, 30, 128});
    QVERIFY(on_white(clear) == picture_of(2, 1, 3, 8, {255, 255, 255, 132, 137, 142}));
}

void TestPictureWriters::layers()
{
    for (const int channels : {1, 3}) {
        const ExportSource source =
            source_of(ramps(300, 40, channels, 16), {.profile = made_profile(1.8, channels < 3)});
        export_layers(at("out.ora"), source, {0, 1}, 1, {.format = ExportFormat::OpenRaster});
        const File file = read_file(at("out.ora"));
        QVERIFY(holds(File(file.begin() + 30, file.begin() + 54), "mimetypeimage/openraster"));
        const ByteSource bytes = ByteSource::memory(file, "ora");
        std::map<std::string, File> members;
        for (const auto& [name, entry] : read_stored_zip(bytes)) {
            check_crc(bytes, name, entry);
            members[name] = File(file.begin() + std::ptrdiff_t(entry.begin),
                                 file.begin() + std::ptrdiff_t(entry.begin + entry.size));
        }
        QCOMPARE(members.size(), std::size_t(8));
        const File& xml = members["stack.xml"];
        const QString stack =
            QString::fromUtf8(reinterpret_cast<const char*>(xml.data()), qsizetype(xml.size()));
        QVERIFY(stack.contains("w=\"300\" h=\"40\""));
        QVERIFY(stack.indexOf("name=\"Hole\"") < stack.indexOf("name=\"Completion 1\""));
        QVERIFY(stack.indexOf("name=\"Completion 2\"") < stack.indexOf("name=\"Picture\""));
        QCOMPARE(stack.count("visibility=\"visible\""), 2);
        QCOMPARE(stack.count("x=\"3\" y=\"2\""), 3);
        const auto layer = [&](const char* name) { return decode_picture(members[name], name); };
        QVERIFY(layer("data/layer3.png") == source.request.picture);
        QVERIFY(layer("mergedimage.png") == filled(source, 1));
        const Picture cut = layer("data/layer2.png");
        QCOMPARE(cut.width, 5);
        QCOMPARE(cut.channels, channels + 1);
        QVERIFY(on_white(cut) == crop(filled(source, 1), 3, 2, 5, 5));
        QVERIFY(read_metadata(members["data/layer2.png"], source.request.picture).profile
                == source.metadata.profile);
        QCOMPARE(layer("Thumbnails/thumbnail.png").width, 256);
    }
}

void TestPictureWriters::sheet()
{
    const ExportSource source = source_of(ramps(60, 40, 3, 8));
    export_sheet(at("sheet.png"), source, {0, 1}, {});
    const Picture picture = decode_picture(read_file(at("sheet.png")), "sheet");
    QCOMPARE(picture.width, 16 + 3 * (56 + 16));
    QVERIFY(holds(read_file(at("sheet.png")), "4182"));
    export_sheet(at("sheet.jpg"), source, {1}, {.format = ExportFormat::Jpeg, .privacy = Privacy::Nothing});
    QVERIFY(!holds(read_file(at("sheet.jpg")), "4182"));
}

void TestPictureWriters::sizesThatFormatsCannotHold()
{
    const ExportSource wide = source_of(ramps(16384, 12, 3, 8));
    QVERIFY_EXCEPTION_THROWN(exported(wide, {.format = ExportFormat::WebP}), Error);
    QVERIFY(fs::is_empty(at("")));
    QCOMPARE(decode_picture(exported(wide, {.format = ExportFormat::Jpeg}), "jpeg").width, 16384);
}

namespace {

/// A TIFF file that libtiff writes, of one row of samples for each line.
File tiff_of(int width, int height, int samples, int bits, int photometric, int compression, int orientation,
             const std::vector<File>& rows, bool tiled = false)
{
    QTemporaryDir folder;
    const std::string path = folder.filePath("x.tif").toStdString();
    TIFF* tiff = TIFFOpen(path.c_str(), "wb"); // big-endian
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, width), TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, height);
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, samples), TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, bits);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, photometric),
        TIFFSetField(tiff, TIFFTAG_COMPRESSION, compression);
    TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    TIFFSetField(tiff, TIFFTAG_ORIENTATION, orientation);
    if (photometric == PHOTOMETRIC_PALETTE) {
        std::vector<std::uint16_t> ramp(256);
        for (int i = 0; i < 256; ++i)
            ramp[std::size_t(i)] = std::uint16_t(257 * (255 - i));
        TIFFSetField(tiff, TIFFTAG_COLORMAP, ramp.data(), ramp.data(), ramp.data());
    }
    if (tiled) {
        TIFFSetField(tiff, TIFFTAG_TILEWIDTH, 16), TIFFSetField(tiff, TIFFTAG_TILELENGTH, 16);
        File tile(std::size_t(16 * 16 * samples), 0);
        for (int y = 0; y < height; ++y)
            std::copy(rows[std::size_t(y)].begin(), rows[std::size_t(y)].end(),
                      tile.begin() + y * 16 * samples);
        TIFFWriteTile(tiff, tile.data(), 0, 0, 0, 0);
    } else {
        for (int y = 0; y < height; ++y) {
            File row = rows[std::size_t(y)];
            TIFFWriteScanline(tiff, row.data(), std::uint32_t(y), 0);
        }
    }
    TIFFClose(tiff);
    return read_file(path);
}

} // namespace

void TestPictureWriters::otherKindsOfTiff_data()
{
    QTest::addColumn<File>("file");
    QTest::addColumn<QList<int>>("samples"); // RGB of two rows of two pixels
    const QList<int> ramp{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12},
        grey{5, 5, 5, 250, 250, 250, 0, 0, 0, 9, 9, 9},
        inverted{250, 250, 250, 5, 5, 5, 255, 255, 255, 246, 246, 246};
    const std::vector<File> colours{{1, 2, 3, 4, 5, 6}, {7, 8, 9, 10, 11, 12}}, greys{{5, 250}, {0, 9}};
    QTest::newRow("LZW") << tiff_of(2, 2, 3, 8, PHOTOMETRIC_RGB, COMPRESSION_LZW, 1, colours) << ramp;
    QTest::newRow("no compression") << tiff_of(2, 2, 3, 8, PHOTOMETRIC_RGB, COMPRESSION_NONE, 1, colours)
                                    << ramp;
    QTest::newRow("tiles") << tiff_of(2, 2, 3, 8, PHOTOMETRIC_RGB, COMPRESSION_LZW, 1, colours, true) << ramp;
    QTest::newRow("grey") << tiff_of(2, 2, 1, 8, PHOTOMETRIC_MINISBLACK, COMPRESSION_PACKBITS, 1, greys)
                          << grey;
    QTest::newRow("white is zero") << tiff_of(2, 2, 1, 8, PHOTOMETRIC_MINISWHITE, COMPRESSION_NONE, 1, greys)
                                   << inverted;
    QTest::newRow("palette") << tiff_of(2, 2, 1, 8, PHOTOMETRIC_PALETTE, COMPRESSION_NONE, 1, greys)
                             << inverted;
}

void TestPictureWriters::otherKindsOfTiff()
{
    QFETCH(File, file);
    QFETCH(QList<int>, samples);
    QVERIFY(to_rgb8(decode_picture(file, "tiff")) == picture_of(2, 2, 3, 8, samples));
}

void TestPictureWriters::turnedTiff()
{
    const File file =
        tiff_of(2, 2, 1, 8, PHOTOMETRIC_MINISBLACK, COMPRESSION_NONE, ORIENTATION_RIGHTTOP, {{1, 2}, {3, 4}});
    QVERIFY(decode_picture(file, "tiff") == picture_of(2, 2, 1, 8, {3, 1, 4, 2}));
}

void TestPictureWriters::damagedFilesAreRefusedOrRead_data()
{
    QTest::addColumn<int>("format");
    QTest::newRow("tiff") << int(ExportFormat::Tiff);
    QTest::newRow("webp") << int(ExportFormat::WebP);
}

/// Cut anywhere and bent anywhere: a sentence or a picture of a possible size, never a crash.
void TestPictureWriters::damagedFilesAreRefusedOrRead()
{
    QFETCH(int, format);
    FileMetadata metadata{made_profile(1.8, false), read_exif(made_exif(6))};
    const File whole =
        exported(source_of(ramps(19, 13, 3, 8), metadata),
                 {.format = ExportFormat(format), .quality = 100, .privacy = Privacy::Nothing});
    int refused = 0;
    const auto look = [&](const File& file) {
        const Decoded decoded = attempt([&] { return decode_picture(file, "x"); }, "x");
        QVERIFY2(decoded.broken_contract.isEmpty(), qPrintable(decoded.broken_contract));
        refused += !decoded.picture;
        read_metadata(file, decoded.picture ? *decoded.picture : ramps(2, 2, 3, 8));
    };
    for (std::size_t size = 12; size < whole.size(); size += 1 + whole.size() / 500)
        look(File(whole.begin(), whole.begin() + std::ptrdiff_t(size)));
    QVERIFY(refused > 0);
    std::mt19937 random(2);
    for (int i = 0; i < 2000; ++i) {
        File bent = whole;
        bent[12 + random() % (bent.size() - 12)] = static_cast<std::uint8_t>(random());
        look(bent);
    }
}

void TestPictureWriters::killedAtEverySystemCall_data()
{
    QTest::addColumn<int>("format");
    QTest::addColumn<bool>("sheet");

    QTest::newRow("sheet") << int(ExportFormat::Png) << true;
    for (const auto& [name, format] : {std::pair("png", ExportFormat::Png),
                                       {"jpeg", ExportFormat::Jpeg},
                                       {"tiff", ExportFormat::Tiff},
                                       {"webp", ExportFormat::WebP},
                                       {"openraster", ExportFormat::OpenRaster}})
        QTest::newRow(name) << int(format) << false;
}

void TestPictureWriters::killedAtEverySystemCall()
{
    QFETCH(int, format);
    QFETCH(bool, sheet);
    const ExportOptions options{.format = ExportFormat(format)};
    const ExportSource source = source_of(ramps(64, 48, 3, 8));
    const fs::path path = at("out");
    const auto work = [&] {
        if (sheet)
            export_sheet(path, source, {0, 1}, options);
        else if (options.format == ExportFormat::OpenRaster)
            export_layers(path, source, {0, 1}, 1, options);
        else
            export_completion(path, source, 1, options);
    };
    work();
    const File whole = read_file(path), old{'o', 'l', 'd'};
    int kills = 0;
    for (bool ended = false; !ended; kills += !ended) {
        write_file(path, old);
        const KilledChild outcome = run_and_kill_at(kills + 1, work);
        QVERIFY(outcome != KilledChild::Failed);
        ended = outcome == KilledChild::Ended;
        const File found = read_file(path);
        QVERIFY(found == whole || (!ended && found == old));
    }
    QVERIFY2(kills >= 6, qPrintable(QString::number(kills)));
    remove_stale_temporaries(at(""), 0);
    QCOMPARE(std::distance(fs::directory_iterator(at("")), {}), 1);
}

QTEST_APPLESS_MAIN(TestPictureWriters)
#include "tst_picture_writers.moc"
