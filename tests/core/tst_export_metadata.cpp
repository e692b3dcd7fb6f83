// SPDX-License-Identifier: GPL-3.0-or-later
// What exported files say beside their pixels: profile, camera data, settings, and how much of it to whom.
#include <QTemporaryDir>

#include "engine/export/colour_profile.h"
#include "engine/project/png_recipe.h"
#include "tests/core/export_makers.h"

using namespace lacuna;
using namespace lacuna::test;

class TestExportMetadata : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { folder_ = std::make_unique<QTemporaryDir>(); }

    void profileAndCameraDataComeAlong_data();
    void profileAndCameraDataComeAlong();
    void damagedMetadataIsLeftOut();
    void cutExifNeverCrashes();
    void profilesInManyParts();
    void coloursAreConverted_data();
    void coloursAreConverted();
    void privacy_data();
    void privacy();
    void settingsForOtherPrograms();

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

void TestExportMetadata::profileAndCameraDataComeAlong_data()
{
    every_form();
}

void TestExportMetadata::profileAndCameraDataComeAlong()
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

void TestExportMetadata::damagedMetadataIsLeftOut()
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

void TestExportMetadata::cutExifNeverCrashes()
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

void TestExportMetadata::profilesInManyParts()
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

void TestExportMetadata::coloursAreConverted_data()
{
    every_form();
}

void TestExportMetadata::coloursAreConverted()
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

void TestExportMetadata::privacy_data()
{
    QTest::addColumn<int>("format");
    for (const auto& [name, format] : {std::pair("png", ExportFormat::Png),
                                       {"jpeg", ExportFormat::Jpeg},
                                       {"tiff", ExportFormat::Tiff},
                                       {"webp", ExportFormat::WebP}})
        QTest::newRow(name) << int(format);
}

void TestExportMetadata::privacy()
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

void TestExportMetadata::settingsForOtherPrograms()
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

QTEST_APPLESS_MAIN(TestExportMetadata)
#include "tst_export_metadata.moc"
