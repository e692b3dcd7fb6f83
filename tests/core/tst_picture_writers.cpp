// SPDX-License-Identifier: GPL-3.0-or-later
// Exported files: known pixels, profile and camera data, layers, what is told to whom, and no torn files.
#include <QTemporaryDir>

#include <lcms2.h>
#include <tiffio.h>
#include <webp/decode.h>
#include <webp/mux.h>

#include "engine/checkpoint/zip_directory.h"
#include "engine/export/colour_profile.h"
#include "engine/export/export.h"
#include "engine/project/png_recipe.h"
#include "tests/core/killed_child.h"
#include "tests/core/picture_makers.h"

using namespace lacuna;
using namespace lacuna::test;
namespace fs = std::filesystem;

namespace {

/// A profile with this gamma, of RGB or grey.
File made_profile(double gamma, bool grey)
{
    cmsToneCurve* curve = cmsBuildGamma(nullptr, gamma);
    cmsToneCurve* three[3] = {curve, curve, curve};
    const cmsCIExyY white{0.3127, 0.3290, 1};
    const cmsCIExyYTRIPLE primaries{{0.64, 0.33, 1}, {0.30, 0.60, 1}, {0.15, 0.06, 1}};
    cmsHPROFILE profile =
        grey ? cmsCreateGrayProfile(cmsD50_xyY(), curve) : cmsCreateRGBProfile(&white, &primaries, three);
    cmsUInt32Number size = 0;
    cmsSaveProfileToMem(profile, nullptr, &size);
    File bytes(size);
    cmsSaveProfileToMem(profile, bytes.data(), &size);
    cmsCloseProfile(profile);
    cmsFreeToneCurve(curve);
    return bytes;
}

/// A big-endian EXIF block: orientation, artist, a thumbnail, an exposure time, a serial number and a place.
File made_exif(int orientation)
{
    File block;
    const auto put = [&block](std::uint32_t value, int bytes) {
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
            block.push_back(static_cast<std::uint8_t>(value >> shift));
    };
    const auto entry = [&put](std::uint32_t tag, std::uint32_t type, std::uint32_t count,
                              std::uint32_t value) {
        put(tag, 2), put(type, 2), put(count, 4), put(value, 4);
    };
    const auto text = [&block](const char* value) {
        block.insert(block.end(), value, value + std::strlen(value) + 1);
    };
    text("MM"), put(42, 1), put(8, 4);
    put(5, 2); // at 8: the first directory, 5 entries, ends at 74
    entry(0x010F, 2, 8, 200);
    entry(0x0112, 3, 1, std::uint32_t(orientation) << 16);
    entry(0x013B, 2, 9, 208);
    entry(0x8769, 4, 1, 80);
    entry(0x8825, 4, 1, 130);
    put(74, 4); // the thumbnail's directory, which says nothing
    put(0, 6);
    put(3, 2); // at 80: the camera, 3 entries, ends at 122
    entry(0x829A, 5, 1, 217);
    entry(0xA002, 4, 1, 9999);
    entry(0xA431, 2, 10, 225);
    put(0, 4), put(0, 8);
    put(1, 2); // at 130: the place
    entry(0x001D, 2, 11, 235);
    put(0, 4);
    block.resize(200);
    text("Pinhole");
    text("Jane Doe");
    put(1, 4), put(125, 4);
    text("SERIAL-42");
    text("2026:11:22");
    return block;
}

const ExifEntry* find(const std::vector<ExifEntry>& entries, int tag)
{
    const auto found =
        std::find_if(entries.begin(), entries.end(), [tag](const ExifEntry& one) { return one.tag == tag; });
    return found == entries.end() ? nullptr : &*found;
}

File png_with(const Picture& picture, const File& profile, const File& exif)
{
    File png = encode_png(picture);
    add_to_png(png, profile, exif);
    return png;
}

/// What libtiff makes of a file: pixels in our form, profile, exposure time.
struct ReadTiff {
    Picture picture{};
    File profile{};
    float exposure = 0;
    int orientation = 0;
};

ReadTiff read_tiff(const fs::path& path)
{
    ReadTiff read;
    TIFF* tiff = TIFFOpen(path.c_str(), "r");
    if (!tiff)
        return read;
    std::uint32_t width = 0, height = 0, count = 0;
    std::uint16_t channels = 0, bits = 0, orientation = 0;
    void* profile = nullptr;
    TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &width), TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &height);
    TIFFGetField(tiff, TIFFTAG_SAMPLESPERPIXEL, &channels), TIFFGetField(tiff, TIFFTAG_BITSPERSAMPLE, &bits);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_ORIENTATION, &orientation);
    read.orientation = orientation;
    if (TIFFGetField(tiff, TIFFTAG_ICCPROFILE, &count, &profile))
        read.profile.assign(static_cast<std::uint8_t*>(profile), static_cast<std::uint8_t*>(profile) + count);
    read.picture = make_picture(int(width), int(height), channels, bits, [&](std::uint8_t* to) {
        for (std::uint32_t y = 0; y < height; ++y)
            TIFFReadScanline(tiff, to + TIFFScanlineSize(tiff) * tmsize_t(y), y, 0);
    });
    toff_t camera = 0;
    if (TIFFGetField(tiff, TIFFTAG_EXIFIFD, &camera) && TIFFReadEXIFDirectory(tiff, camera))
        TIFFGetField(tiff, EXIFTAG_EXPOSURETIME, &read.exposure);
    TIFFClose(tiff);
    return read;
}

Picture read_webp(const File& file, int channels)
{
    int width = 0, height = 0;
    std::uint8_t* pixels = channels == 4 ? WebPDecodeRGBA(file.data(), file.size(), &width, &height)
                                         : WebPDecodeRGB(file.data(), file.size(), &width, &height);
    const Picture picture = make_picture(width, height, channels, 8, [&](std::uint8_t* to) {
        std::copy_n(pixels, std::size_t(width) * height * channels, to);
    });
    WebPFree(pixels);
    return picture;
}

File webp_chunk(const File& file, const char* name)
{
    const WebPData whole{file.data(), file.size()};
    WebPMux* mux = WebPMuxCreate(&whole, 0);
    WebPData chunk{};
    File bytes;
    if (WebPMuxGetChunk(mux, name, &chunk) == WEBP_MUX_OK)
        bytes.assign(chunk.bytes, chunk.bytes + chunk.size);
    WebPMuxDelete(mux);
    return bytes;
}

/// The picture and a set of two that fills a square of it.
ExportSource source_of(const Picture& picture, const FileMetadata& metadata = {})
{
    ExportSource source{.metadata = metadata};
    source.request.picture = picture;
    source.request.mask = square_mask(picture.width, picture.height, 3, 2, 5);
    source.set.recipe.seed = 4182;
    source.set.recipe.model = "/home/jane/models/faces.safetensors";
    source.set.recipe.picture_sha256 = std::string(64, 'a');
    source.set.recipe.mask_sha256 = std::string(64, 'b');
    for (int i = 0; i < 2; ++i) {
        Completion one{.member = i};
        one.patches.push_back({2, 1, ramps(8, 7 + i, picture.channels, picture.bits)});
        source.set.completions.push_back(std::move(one));
    }
    return source;
}

Picture filled(const ExportSource& source, std::size_t index)
{
    return composite(source.request.picture, source.request.mask, source.set.completions[index]);
}

bool holds(const File& file, const std::string& text)
{
    return std::search(file.begin(), file.end(), text.begin(), text.end()) != file.end();
}

} // namespace

class TestPictureWriters : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { folder_ = std::make_unique<QTemporaryDir>(); }

    void losslessFormatsKeepEverySample_data();
    void losslessFormatsKeepEverySample();
    void profileAndCameraDataComeAlong_data();
    void profileAndCameraDataComeAlong();
    void orientationIsAppliedOnce_data();
    void orientationIsAppliedOnce();
    void damagedMetadataIsLeftOut();
    void cutExifNeverCrashes();
    void profilesInManyParts();
    void coloursAreConverted_data();
    void coloursAreConverted();
    void formsThatFormatsCannotHold();
    void privacy_data();
    void privacy();
    void settingsForOtherPrograms();
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
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("bits");
    for (const int channels : {1, 2, 3, 4})
        for (const int bits : {8, 16})
            QTest::addRow("%d channels of %d bits", channels, bits) << channels << bits;
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

void TestPictureWriters::profileAndCameraDataComeAlong_data()
{
    losslessFormatsKeepEverySample_data();
}

void TestPictureWriters::profileAndCameraDataComeAlong()
{
    QFETCH(int, channels);
    QFETCH(int, bits);
    const File profile = made_profile(1.8, channels < 3);
    const Picture picture = ramps(19, 13, channels, bits);
    const File file = png_with(picture, profile, made_exif(1));
    QVERIFY(decode_picture(file, "source") == picture);
    const FileMetadata metadata = read_metadata(file, picture);
    QVERIFY2(metadata.note.empty(), metadata.note.c_str());
    QVERIFY(metadata.profile == profile);
    QCOMPARE(metadata.exif.main.size(), std::size_t(2)); // make and artist
    QVERIFY(find(metadata.exif.camera, 0xA002)->value == File({19, 0, 0, 0}));
    const ExportSource source = source_of(picture, metadata);
    const Picture expected = filled(source, 1);

    const File png = exported(source, {});
    QVERIFY(decode_picture(png, "png") == expected);
    QVERIFY(read_metadata(png, expected).profile == profile);
    QVERIFY(read_metadata(png, expected).exif == metadata.exif);

    exported(source, {.format = ExportFormat::Tiff});
    const ReadTiff tiff = read_tiff(at("out.tif"));
    QVERIFY(tiff.picture == expected);
    QVERIFY(tiff.profile == profile);
    QCOMPARE(tiff.exposure, 1.f / 125);
    QCOMPARE(tiff.orientation, 1);

    const File jpeg = exported(source, {.format = ExportFormat::Jpeg, .quality = 95});
    const Picture lossy = decode_picture(jpeg, "jpeg");
    QCOMPARE(lossy.channels, channels < 3 ? 1 : 3);
    QVERIFY(read_metadata(jpeg, lossy).profile == profile);
    QVERIFY(read_metadata(jpeg, lossy).exif == metadata.exif);

    const File webp = exported(source, {.format = ExportFormat::WebP, .quality = 100});
    QVERIFY(webp_chunk(webp, "ICCP") == (channels < 3 ? File() : profile));
    QVERIFY(read_exif(webp_chunk(webp, "EXIF")) == metadata.exif);
    const Picture wide = decode_picture(webp, "webp");
    QVERIFY(read_metadata(webp, wide).profile == (channels < 3 ? File() : profile));
    QVERIFY(read_metadata(webp, wide).exif == metadata.exif);
    const FileMetadata of_tiff = read_metadata(read_file(at("out.tif")), expected);
    QVERIFY(of_tiff.profile == profile);
    QVERIFY(find(of_tiff.exif.camera, 0x829A) && of_tiff.exif.place == metadata.exif.place);
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

void TestPictureWriters::damagedMetadataIsLeftOut()
{
    const Picture picture = ramps(9, 7, 3, 8);
    const auto note = [&](const File& profile) {
        return read_metadata(png_with(picture, profile, {}), picture).note;
    };
    File profile = made_profile(1.8, false);
    QCOMPARE(note(profile), std::string());
    QVERIFY(note(made_profile(1.8, true)).find("not for this kind") != std::string::npos);
    QVERIFY(note(File(profile.begin(), profile.begin() + 100)).find("damaged") != std::string::npos);
    QVERIFY(note(File(profile.begin(), profile.end() - 1)).find("damaged") != std::string::npos);
    profile[36] = 'x';
    QVERIFY(note(profile).find("damaged") != std::string::npos);
    QVERIFY(note(File(largest_profile + 1, 0)).find("too large") != std::string::npos);
    QVERIFY_EXCEPTION_THROWN(to_srgb(picture, File(200, 7)), Error);
    QVERIFY(profile_name(File(200, 7)).empty());
}

void TestPictureWriters::cutExifNeverCrashes()
{
    const File whole = made_exif(6);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const File cut(whole.begin(), whole.begin() + std::ptrdiff_t(size));
        const Exif exif = read_exif(cut);
        QVERIFY(read_exif(exif_block(exif)) == exif);
    }
    std::mt19937 random(1);
    for (int i = 0; i < 5000; ++i) {
        File bent = whole;
        for (int k = 0; k < 3; ++k)
            bent[random() % bent.size()] = static_cast<std::uint8_t>(random());
        const Exif exif = read_exif(bent);
        const File again = exif_block(exif);
        QVERIFY(again.size() < 64 * whole.size());
        QVERIFY(read_exif(again) == exif);
    }
}

void TestPictureWriters::profilesInManyParts()
{
    File profile = made_profile(1.8, false);
    profile.resize(200000, 7); // behind what it says; three markers of JPEG
    const Picture picture = ramps(19, 13, 3, 8);
    const ExportSource source = source_of(picture, {.profile = profile});
    const File jpeg = exported(source, {.format = ExportFormat::Jpeg});
    QVERIFY(read_metadata(jpeg, picture).profile == profile);
    exported(source, {.format = ExportFormat::Tiff});
    QVERIFY(read_tiff(at("out.tif")).profile == profile);
    QVERIFY(read_metadata(exported(source, {}), picture).profile == profile);
}

void TestPictureWriters::coloursAreConverted_data()
{
    losslessFormatsKeepEverySample_data();
}

void TestPictureWriters::coloursAreConverted()
{
    QFETCH(int, channels);
    QFETCH(int, bits);
    // Half the light of a linear profile is 188 of 255 in sRGB.
    const int half = bits == 8 ? 128 : 32896, expected = bits == 8 ? 188 : 48332;
    std::vector<int> samples(std::size_t(16 * 12 * channels), half);
    const Picture picture = picture_of(16, 12, channels, bits, samples);
    const Picture converted = to_srgb(picture, made_profile(1.0, channels < 3));
    QCOMPARE(converted.channels, channels);
    QCOMPARE(converted.bits, bits);
    for (std::size_t i = 0; i < samples.size(); ++i) {
        std::uint16_t value = 0;
        if (bits == 8)
            value = (*converted.bytes)[i];
        else
            std::memcpy(&value, converted.bytes->data() + 2 * i, 2);
        const bool alpha = picture.has_alpha() && int(i) % channels == channels - 1;
        const int error = std::abs(int(value) - (alpha ? half : expected));
        QVERIFY2(alpha ? error == 0 : error <= (bits == 8 ? 1 : 257), qPrintable(QString::number(value)));
    }
    const ExportSource source = source_of(picture, {.profile = made_profile(1.0, channels < 3)});
    const File png = exported(source, {.srgb = true});
    QVERIFY(read_metadata(png, picture).profile.empty());
    QVERIFY(holds(png, "sRGB"));
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

void TestPictureWriters::privacy_data()
{
    QTest::addColumn<int>("format");
    for (const auto& [name, format] : {std::pair("png", ExportFormat::Png),
                                       {"jpeg", ExportFormat::Jpeg},
                                       {"tiff", ExportFormat::Tiff},
                                       {"webp", ExportFormat::WebP}})
        QTest::newRow(name) << int(format);
}

void TestPictureWriters::privacy()
{
    QFETCH(int, format);
    const Picture picture = ramps(19, 13, 3, 8);
    FileMetadata metadata{made_profile(1.8, false), read_exif(made_exif(6))};
    QCOMPARE(default_privacy(metadata), Privacy::Settings);
    QCOMPARE(default_privacy({}), Privacy::Everything);
    const ExportSource source = source_of(picture, metadata);
    const auto file = [&](Privacy privacy) {
        return exported(source, {.format = ExportFormat(format), .quality = 100, .privacy = privacy});
    };
    const File everything = file(Privacy::Everything), settings = file(Privacy::Settings),
               nothing = file(Privacy::Nothing);
    for (const char* words : {"/home", "jane/", "models/"}) // no folder, at any level
        for (const File* one : {&everything, &settings, &nothing})
            QVERIFY2(!holds(*one, words), words);
    for (const char* words : {"Jane Doe", "SERIAL-42", "2026:11:22"}) {
        QVERIFY2(holds(everything, words), words);
        QVERIFY2(!holds(settings, words) && !holds(nothing, words), words);
    }
    const std::string print(64, 'b');
    QVERIFY(holds(everything, print) && !holds(settings, print) && !holds(nothing, print));
    for (const char* words :
         {"4182", "faces.safetensors", "Pinhole", "compositeWithTrainedAlgorithmicMedia"}) {
        QVERIFY2(holds(everything, words) && holds(settings, words), words);
        QVERIFY2(!holds(nothing, words), words);
    }
    QVERIFY(!holds(nothing, "Lacuna") && !holds(nothing, "Exif"));
    if (ExportFormat(format) != ExportFormat::Png)
        return;
    const auto restored = [&](const File& png) {
        return find_recipe(read_png_texts(png, "png"), picture.width, picture.height, "png");
    };
    QVERIFY(restored(everything)->hole == source.request.mask);
    QCOMPARE(restored(everything)->recipe.seed, std::uint64_t(4182));
    QCOMPARE(restored(everything)->member, 1);
    QVERIFY(!restored(settings)->hole);
    QCOMPARE(restored(settings)->recipe.seed, std::uint64_t(4182));
    QVERIFY(!restored(nothing));
}

void TestPictureWriters::settingsForOtherPrograms()
{
    ExportSource source = source_of(ramps(19, 13, 3, 8));
    source.set.recipe.steps = 50;
    source.set.recipe.eta = 0.3;
    source.set.recipe.bound = {24, BoundConvention::GrayLevels};
    source.set.recipe.model_sha256 = std::string(64, 'c');
    source.set.recipe.model = "a, \"b\"";
    const TextChunks texts = read_png_texts(exported(source, {}), "png");
    QCOMPARE(texts[0].first, std::string("parameters"));
    QCOMPARE(texts[0].second,
             "\nSteps: 50, Sampler: ddim, Seed: 4182, Size: 19x13, Model: \"a, \\\"b\\\"\", Model hash: "
             "cccccccccc, "
             "Guidance eta: 0.3, Guidance D: 24, D convention: gray, Set size: 5, Set index: 2, Mask sha256: "
                 + std::string(64, 'b') + ", Version: Lacuna " LACUNA_VERSION);
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

    for (const auto& [name, format] : {std::pair("png", ExportFormat::Png),
                                       {"jpeg", ExportFormat::Jpeg},
                                       {"tiff", ExportFormat::Tiff},
                                       {"webp", ExportFormat::WebP},
                                       {"openraster", ExportFormat::OpenRaster}})
        QTest::newRow(name) << int(format);
}

void TestPictureWriters::killedAtEverySystemCall()
{
    QFETCH(int, format);
    const ExportOptions options{.format = ExportFormat(format)};
    const ExportSource source = source_of(ramps(64, 48, 3, 8));
    const fs::path path = at("out");
    const auto work = [&] {
        if (options.format == ExportFormat::OpenRaster)
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
