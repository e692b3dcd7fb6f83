// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures and masks as values: parts, scaling, conversion, compositing, identity.
#include <limits>
#include <set>

#include <QtTest>

#include "engine/core/error.h"
#include "engine/core/hash.h"
#include "engine/core/picture_codecs.h"
#include "engine/session/messages.h"
#include "tests/support/test_pictures.h"

using namespace lacuna;
using namespace lacuna::test;

namespace {

/// One sample, straight from the bytes.
int sample(const Picture& picture, int x, int y, int channel)
{
    const std::size_t at = (std::size_t(y) * picture.width + x) * picture.channels + channel;
    if (picture.bits == 8)
        return (*picture.bytes)[at];
    std::uint16_t wide = 0;
    std::memcpy(&wide, picture.bytes->data() + 2 * at, 2);
    return wide;
}

/// The picture with one sample changed by one bit.
Picture changed(const Picture& picture, int x, int y, int channel)
{
    return make_picture(
        picture.width, picture.height, picture.channels, picture.bits, [&](std::uint8_t* out) {
            std::copy(picture.bytes->begin(), picture.bytes->end(), out);
            out[((std::size_t(y) * picture.width + x) * picture.channels + channel) * (picture.bits / 8)] ^=
                1;
        });
}

void add_forms()
{
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("bits");
    for (int channels = 1; channels <= 4; ++channels)
        for (const int bits : {8, 16})
            QTest::addRow("%d channels, %d bits", channels, bits) << channels << bits;
}

} // namespace

class TestPicture : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void equality();
    void toRgb8_data();
    void toRgb8();
    void toRgb8Rounds();
    void crops_data() { add_forms(); }
    void crops();
    void cropsOutside_data();
    void cropsOutside();
    void partsOfMasks();
    void thumbnailSizes_data();
    void thumbnailSizes();
    void thumbnailAverages();
    void orientations_data() { add_forms(); }
    void orientations();
    void compositing_data() { add_forms(); }
    void compositing();
    void wrongPatches_data();
    void wrongPatches();
    void changesInKnownPixels_data() { add_forms(); }
    void changesInKnownPixels();
    void wrongComparisons();
    void sha256();
    void contentHashes();
    void everythingIsInTheHash();
    void masksCount();
};

void TestPicture::equality()
{
    const Picture a = test::ramps(5, 4, 3, 8), same = test::ramps(5, 4, 3, 8);
    QVERIFY(a == same && a == a);
    QVERIFY(Picture() == Picture());
    QVERIFY(!(a == Picture()) && !(Picture() == a));
    QVERIFY(!(a == changed(a, 4, 3, 2)));
    // The same bytes in another form are another picture.
    Picture other = a;
    std::swap(other.width, other.height);
    QVERIFY(!(a == other));
    Picture empty{5, 4, 3, 8, {}};
    QVERIFY(!(a == empty) && !(empty == a) && empty.empty() && !a.empty());
}

void TestPicture::toRgb8_data()
{
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("bits");
    QTest::addColumn<QList<int>>("samples");
    QTest::addColumn<QList<int>>("expected");
    QTest::newRow("grey") << 1 << 8 << QList<int>{0, 200} << QList<int>{0, 0, 0, 200, 200, 200};
    QTest::newRow("grey and alpha") << 2 << 8 << QList<int>{10, 0, 20, 255}
                                    << QList<int>{10, 10, 10, 20, 20, 20};
    QTest::newRow("RGB") << 3 << 8 << QList<int>{1, 2, 3, 4, 5, 6} << QList<int>{1, 2, 3, 4, 5, 6};
    QTest::newRow("RGBA") << 4 << 8 << QList<int>{1, 2, 3, 0, 4, 5, 6, 9} << QList<int>{1, 2, 3, 4, 5, 6};
    QTest::newRow("16 bit grey") << 1 << 16 << QList<int>{65535, 257} << QList<int>{255, 255, 255, 1, 1, 1};
    QTest::newRow("16 bit RGBA") << 4 << 16 << QList<int>{257, 514, 65535, 5, 0, 128, 129, 9}
                                 << QList<int>{1, 2, 255, 0, 0, 1};
}

void TestPicture::toRgb8()
{
    QFETCH(int, channels);
    QFETCH(int, bits);
    QFETCH(QList<int>, samples);
    QFETCH(QList<int>, expected);
    QVERIFY(to_rgb8(picture_of(2, 1, channels, bits, samples)) == picture_of(2, 1, 3, 8, expected));
}

void TestPicture::toRgb8Rounds()
{
    // Every 16-bit value goes to the nearest 8-bit one, and 8 bits widened come back.
    const Picture all = make_picture(65536, 1, 1, 16, [](std::uint8_t* out) {
        for (int v = 0; v < 65536; ++v, out += 2) {
            const auto wide = static_cast<std::uint16_t>(v);
            std::memcpy(out, &wide, 2);
        }
    });
    const Picture rgb = to_rgb8(all);
    for (int v = 0; v < 65536; ++v)
        QCOMPARE(sample(rgb, v, 0, 0), int(std::lround(v * 255.0 / 65535.0)));
    for (int v = 0; v < 256; ++v)
        QCOMPARE(sample(rgb, v * 257, 0, 1), v);
}

void TestPicture::crops()
{
    QFETCH(int, channels);
    QFETCH(int, bits);
    const Picture picture = test::ramps(7, 5, channels, bits);
    QVERIFY(crop(picture, 0, 0, 7, 5) == picture);
    for (const auto& [x, y, w, h] :
         {std::tuple(2, 1, 3, 4), {0, 0, 1, 1}, {6, 4, 1, 1}, {0, 2, 7, 1}, {3, 0, 1, 5}}) {
        const Picture part = crop(picture, x, y, w, h);
        QCOMPARE(part.width, w);
        QCOMPARE(part.height, h);
        QCOMPARE(part.bytes->size(), part.row_bytes() * h);
        for (int v = 0; v < h; ++v)
            for (int u = 0; u < w; ++u)
                for (int c = 0; c < channels; ++c)
                    QCOMPARE(sample(part, u, v, c), sample(picture, x + u, y + v, c));
    }
}

void TestPicture::cropsOutside_data()
{
    QTest::addColumn<QList<int>>("part");
    constexpr int highest = std::numeric_limits<int>::max(), lowest = std::numeric_limits<int>::min();
    QTest::newRow("left") << QList<int>{-1, 0, 2, 2};
    QTest::newRow("above") << QList<int>{0, -1, 2, 2};
    QTest::newRow("right") << QList<int>{6, 0, 2, 2};
    QTest::newRow("below") << QList<int>{0, 4, 2, 2};
    QTest::newRow("no width") << QList<int>{0, 0, 0, 2};
    QTest::newRow("no height") << QList<int>{0, 0, 2, 0};
    QTest::newRow("negative size") << QList<int>{3, 3, -2, -2};
    QTest::newRow("a sum that wraps") << QList<int>{1, 1, highest, highest};
    QTest::newRow("a difference that wraps") << QList<int>{lowest, 0, highest, 1};
}

void TestPicture::cropsOutside()
{
    QFETCH(QList<int>, part);
    QVERIFY_EXCEPTION_THROWN(crop(test::ramps(7, 5, 3, 8), part[0], part[1], part[2], part[3]), Error);
}

void TestPicture::partsOfMasks()
{
    const auto box = [](const Mask& mask) {
        const Area area = mask.hole_box();
        return QRect(area.x, area.y, area.width, area.height);
    };
    Mask mask(7, 5);
    QCOMPARE(box(mask), QRect());
    mask.values[2 * 7 + 6] = 255;
    QCOMPARE(box(mask), QRect(6, 2, 1, 1));
    mask.values[4 * 7 + 0] = mask.values[3 * 7 + 2] = 255;
    QCOMPARE(box(mask), QRect(0, 2, 7, 3));

    const Mask part = crop(mask, {2, 1, 5, 3});
    QCOMPARE(part.hole_pixels(), std::size_t(2));
    QVERIFY(part.is_hole(4, 1) && part.is_hole(0, 2));
    QVERIFY_EXCEPTION_THROWN(crop(mask, {3, 1, 5, 3}), Error);
}

void TestPicture::thumbnailSizes_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<int>("longest");
    QTest::addColumn<QSize>("expected");
    QTest::newRow("never larger") << QSize(20, 10) << 100 << QSize(20, 10);
    QTest::newRow("the same") << QSize(20, 10) << 20 << QSize(20, 10);
    QTest::newRow("half") << QSize(20, 10) << 10 << QSize(10, 5);
    QTest::newRow("upright") << QSize(10, 30) << 15 << QSize(5, 15);
    QTest::newRow("one pixel") << QSize(20, 10) << 1 << QSize(1, 1);
    QTest::newRow("a line across") << QSize(20000, 1) << 192 << QSize(192, 1);
    QTest::newRow("a line down") << QSize(1, 20000) << 192 << QSize(1, 192);
    QTest::newRow("1 x 1") << QSize(1, 1) << 192 << QSize(1, 1);
    QTest::newRow("uneven") << QSize(101, 67) << 50 << QSize(50, 33);
}

void TestPicture::thumbnailSizes()
{
    QFETCH(QSize, size);
    QFETCH(int, longest);
    QFETCH(QSize, expected);
    const Picture flat = make_picture(size.width(), size.height(), 3, 8, [&](std::uint8_t* out) {
        std::fill(out, out + std::size_t(3) * size.width() * size.height(), std::uint8_t(77));
    });
    const Picture small = thumbnail(flat, longest);
    QCOMPARE(QSize(small.width, small.height), expected);
    QCOMPARE(small.bytes->size(), std::size_t(3) * expected.width() * expected.height());
    // Averages of one colour are that colour.
    QVERIFY(std::all_of(small.bytes->begin(), small.bytes->end(), [](int v) { return v == 77; }));
}

void TestPicture::thumbnailAverages()
{
    const Picture four = picture_of(2, 2, 3, 8, {0, 10, 255, 10, 20, 255, 20, 30, 255, 31, 40, 255});
    QVERIFY(thumbnail(four, 1) == picture_of(1, 1, 3, 8, {15, 25, 255})); // 61 / 4 = 15.25
    const Picture row = picture_of(4, 1, 3, 8, {0, 0, 0, 1, 1, 1, 254, 254, 254, 255, 255, 255});
    QVERIFY(thumbnail(row, 2) == picture_of(2, 1, 3, 8, {1, 1, 1, 255, 255, 255})); // halves are rounded up
    QVERIFY_EXCEPTION_THROWN(thumbnail(four, 0), Error);
    QVERIFY_EXCEPTION_THROWN(thumbnail(test::ramps(4, 4, 4, 8), 2), Error);
    QVERIFY_EXCEPTION_THROWN(thumbnail(test::ramps(4, 4, 3, 16), 2), Error);
}

void TestPicture::orientations()
{
    QFETCH(int, channels);
    QFETCH(int, bits);
    const Picture stored = test::ramps(5, 3, channels, bits);
    const int right = 4, bottom = 2;
    for (int orientation = -1; orientation <= 10; ++orientation) {
        const Picture seen = oriented(stored, orientation);
        const bool turned = orientation >= 5 && orientation <= 8;
        QCOMPARE(seen.width, turned ? 3 : 5);
        QCOMPARE(seen.height, turned ? 5 : 3);
        for (int v = 0; v <= bottom; ++v)
            for (int u = 0; u <= right; ++u) {
                // Where the stored pixel (u, v) is seen, from the standard's names of row 0 and column 0.
                int x = u, y = v;
                switch (orientation) {
                case 2: // top, right
                    x = right - u;
                    break;
                case 3: // bottom, right
                    x = right - u, y = bottom - v;
                    break;
                case 4: // bottom, left
                    y = bottom - v;
                    break;
                case 5: // left, top
                    x = v, y = u;
                    break;
                case 6: // right, top
                    x = bottom - v, y = u;
                    break;
                case 7: // right, bottom
                    x = bottom - v, y = right - u;
                    break;
                case 8: // left, bottom
                    x = v, y = right - u;
                    break;
                }
                for (int c = 0; c < channels; ++c)
                    QCOMPARE(sample(seen, x, y, c), sample(stored, u, v, c));
            }
    }
}

void TestPicture::compositing()
{
    QFETCH(int, channels);
    QFETCH(int, bits);
    const Picture picture = test::ramps(9, 7, channels, bits);
    Mask mask = test::square_mask(9, 7, 2, 1, 3);
    mask.values[6 * 9 + 8] = 255;
    Mask all(9, 7);
    std::fill(all.values.begin(), all.values.end(), 255);
    // The complement of every sample: each pixel of a patch differs from the picture.
    const Picture inverse = make_picture(9, 7, channels, bits, [&](std::uint8_t* out) {
        for (const std::uint8_t byte : *picture.bytes)
            *out++ = static_cast<std::uint8_t>(~byte);
    });
    Completion completion;
    QVERIFY(composite(picture, mask, completion) == picture); // a member that failed has no patches
    completion.patches = {{1, 0, crop(inverse, 1, 0, 4, 5)}, {8, 6, crop(inverse, 8, 6, 1, 1)}};
    const Picture filled = composite(picture, mask, completion);
    for (int y = 0; y < 7; ++y)
        for (int x = 0; x < 9; ++x)
            for (int c = 0; c < channels; ++c)
                QCOMPARE(sample(filled, x, y, c), sample(mask.is_hole(x, y) ? inverse : picture, x, y, c));
    QCOMPARE(known_pixels_changed(picture, filled, mask), std::size_t(0));
    QCOMPARE(known_pixels_changed(picture, filled, Mask(9, 7)), std::size_t(10) * channels);
    completion.patches = {{0, 0, inverse}};
    QVERIFY(composite(picture, all, completion) == inverse);
    QVERIFY(composite(picture, Mask(9, 7), completion) == picture); // nothing is a hole: nothing changes
}

void TestPicture::wrongPatches_data()
{
    QTest::addColumn<QList<int>>("patch"); // x, y, width, height, channels, bits
    QTest::newRow("left of the picture") << QList<int>{-1, 0, 2, 2, 3, 8};
    QTest::newRow("above it") << QList<int>{0, -1, 2, 2, 3, 8};
    QTest::newRow("over its right border") << QList<int>{8, 0, 2, 2, 3, 8};
    QTest::newRow("over its lower border") << QList<int>{0, 6, 2, 2, 3, 8};
    QTest::newRow("far away") << QList<int>{1000000, 1000000, 2, 2, 3, 8};
    QTest::newRow("another number of channels") << QList<int>{0, 0, 2, 2, 4, 8};
    QTest::newRow("another depth") << QList<int>{0, 0, 2, 2, 3, 16};
}

void TestPicture::wrongPatches()
{
    QFETCH(QList<int>, patch);
    Completion completion;
    completion.patches = {{patch[0], patch[1], test::ramps(patch[2], patch[3], patch[4], patch[5])}};
    const Mask mask = test::square_mask(9, 7, 0, 0, 9);
    QVERIFY_EXCEPTION_THROWN(composite(test::ramps(9, 7, 3, 8), mask, completion), Error);
    QVERIFY_EXCEPTION_THROWN(composite(test::ramps(9, 7, 3, 8), Mask(7, 9), {}), Error);
}

void TestPicture::changesInKnownPixels()
{
    QFETCH(int, channels);
    QFETCH(int, bits);
    const Picture picture = test::ramps(6, 4, channels, bits);
    const Mask mask = test::square_mask(6, 4, 1, 1, 2);
    QCOMPARE(known_pixels_changed(picture, picture, mask), std::size_t(0));
    for (int y = 0; y < 4; ++y)
        for (int x = 0; x < 6; ++x)
            for (int c = 0; c < channels; ++c) // one changed bit counts, alpha too
                QCOMPARE(known_pixels_changed(picture, changed(picture, x, y, c), mask),
                         std::size_t(mask.is_hole(x, y) ? 0 : 1));
}

void TestPicture::wrongComparisons()
{
    const Picture picture = test::ramps(6, 4, 3, 8);
    for (const Picture& other : {test::ramps(4, 6, 3, 8), test::ramps(6, 4, 4, 8), test::ramps(6, 4, 3, 16)})
        QVERIFY_EXCEPTION_THROWN(known_pixels_changed(picture, other, Mask(6, 4)), Error);
    for (const Mask& mask : {Mask(4, 6), Mask(6, 3), Mask()})
        QVERIFY_EXCEPTION_THROWN(known_pixels_changed(picture, picture, mask), Error);
}

void TestPicture::sha256()
{
    // FIPS 180-2 and the one million letters of its appendix.
    const auto of = [](const std::string& text) {
        Sha256 sha;
        sha.add(text);
        return sha.hex();
    };
    QCOMPARE(Sha256().hex(), std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    QCOMPARE(of(""), Sha256().hex());
    QCOMPARE(of("abc"), std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    Sha256 pieces;
    for (int i = 0; i < 1000; ++i)
        pieces.add(std::string(1000, 'a'));
    QCOMPARE(pieces.hex(), std::string("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"));
}

void TestPicture::contentHashes()
{
    // By sha256sum, for example: printf 'picture 2 1 3 8\n\001\002\003\004\005\006' | sha256sum
    QCOMPARE(content_hash(picture_of(2, 1, 3, 8, {1, 2, 3, 4, 5, 6})),
             std::string("10e974ebf995996937d1fcd92e8bc53f26142c1aced161fc68726a4f845e8f18"));
    QCOMPARE(content_hash(picture_of(1, 2, 1, 16, {0x1234, 0x00FF})), // little-endian samples
             std::string("ed92ef1c73d198c5b14b340d832b3ec85a92d7c1f9fdb69b01bab6d263c41cdf"));
    QCOMPARE(content_hash(test::square_mask(3, 1, 1, 0, 1)),
             std::string("86cd0c660598bf8b5a2dd33edfa16de13df3ae94e539f6a72a7f32712617c8e5"));
}

void TestPicture::everythingIsInTheHash()
{
    std::set<std::string> hashes;
    const QList<int> samples{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    for (const auto& [width, height, channels, bits] : {std::tuple(12, 1, 1, 8),
                                                        {1, 12, 1, 8},
                                                        {6, 2, 1, 8},
                                                        {6, 1, 2, 8},
                                                        {4, 1, 3, 8},
                                                        {3, 1, 4, 8},
                                                        {2, 1, 3, 16}})
        QVERIFY(hashes
                    .insert(content_hash(
                        picture_of(width, height, channels, bits, samples.mid(0, 12 * 8 / bits))))
                    .second);
    const Picture picture = picture_of(4, 1, 3, 8, samples);
    for (int x = 0; x < 4; ++x)
        for (int c = 0; c < 3; ++c)
            QVERIFY(hashes.insert(content_hash(changed(picture, x, 0, c))).second);
    QVERIFY(hashes.insert(content_hash(test::square_mask(4, 3, 0, 0, 2))).second);
    QVERIFY(hashes.insert(content_hash(test::square_mask(3, 4, 0, 0, 2))).second);
    QVERIFY(hashes.insert(content_hash(test::square_mask(4, 3, 1, 0, 2))).second);
    QCOMPARE(content_hash(test::square_mask(4, 3, 1, 0, 2)), content_hash(test::square_mask(4, 3, 1, 0, 2)));
}

void TestPicture::masksCount()
{
    QCOMPARE(Mask().hole_pixels(), std::size_t(0));
    QCOMPARE(Mask(7, 5).hole_pixels(), std::size_t(0));
    const Mask mask = test::square_mask(7, 5, 5, 3, 4); // sticks out: two by two remain
    QCOMPARE(mask.hole_pixels(), std::size_t(4));
    QVERIFY(mask.is_hole(5, 3) && mask.is_hole(6, 4) && !mask.is_hole(4, 3) && !mask.is_hole(5, 2));
    QVERIFY(mask == test::square_mask(7, 5, 5, 3, 4) && !(mask == Mask(7, 5)));
}

QTEST_APPLESS_MAIN(TestPicture)
#include "tst_picture.moc"
