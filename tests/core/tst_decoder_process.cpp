// SPDX-License-Identifier: GPL-3.0-or-later
// Decoding in another process: the same pictures and refusals, and a decoder that misbehaves becomes a sentence.
#include <QTemporaryDir>

#include <sys/stat.h>

#include "engine/core/decoder_process.h"
#include "tests/core/error_of.h"
#include "tests/core/picture_makers.h"

using namespace lacuna;
using namespace lacuna::test;

namespace {

DecoderProgram built()
{
    return {LACUNA_DECODER};
}

int open_descriptors()
{
    return int(std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {}));
}

} // namespace

class TestDecoderProcess : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theSameAsHere_data();
    void theSameAsHere();
    void textsComeAlong();
    void damagedTextsKeepThePicture();
    void corpusComesOutAsHere_data();
    void corpusComesOutAsHere();
    void misbehavingDecoders_data();
    void misbehavingDecoders();
    void answersThatLie_data();
    void answersThatLie();
    void nothingIsLeftOpen();
    void smallPicturesAreQuick();

private:
    DecoderProgram script(const QByteArray& lines)
    {
        const std::string path = folder_.filePath("decoder").toStdString();
        write_file(path, "#!/bin/sh\n" + lines.toStdString() + "\n");
        ::chmod(path.c_str(), 0755);
        return {path, 2};
    }
    QTemporaryDir folder_;
};

void TestDecoderProcess::theSameAsHere_data()
{
    QTest::addColumn<File>("file");
    for (int channels = 1; channels <= 4; ++channels)
        for (const int bits : {8, 16})
            QTest::addRow("png, %d channels, %d bits", channels, bits)
                << encode_png(ramps(37, 23, channels, bits));
    QTest::newRow("jpeg") << jpeg_of(ramps(37, 23, 3, 8));
    QTest::newRow("turned jpeg") << jpeg_of(ramps(37, 23, 3, 8), false, exif(true, 6));
    QTest::newRow("pnm") << pnm("P6\n4 2\n255\n", 24);
    QTest::newRow("large") << encode_png(ramps(3000, 2000, 3, 8));
}

void TestDecoderProcess::theSameAsHere()
{
    QFETCH(File, file);
    QVERIFY(decode_outside(file, "x", built()).picture == decode_picture(file, "x"));
}

void TestDecoderProcess::textsComeAlong()
{
    const TextChunks texts{{"parameters", "Steps: 20"}, {"empty", ""}, {"Größe", "Zażółć\nsecond"}};
    const OutsidePicture found = decode_outside(encode_png(ramps(5, 4, 3, 8), texts), "x", built());
    QVERIFY(found.text_problem.empty());
    QCOMPARE(found.texts.size(), std::size_t(3));
    QVERIFY(found.texts[0] == texts[0] && found.texts[1] == texts[1]
            && found.texts[2].second == texts[2].second);
}

void TestDecoderProcess::damagedTextsKeepThePicture()
{
    const File file = encode_png(ramps(5, 4, 3, 8), {{"long", std::string(2 << 20, 'x')}});
    const OutsidePicture found = decode_outside(file, "x", built());
    QVERIFY(found.picture == ramps(5, 4, 3, 8));
    QVERIFY(found.texts.empty() && !found.text_problem.empty());
}

void TestDecoderProcess::corpusComesOutAsHere_data()
{
    QTest::addColumn<QString>("path");
    for (const auto& entry : std::filesystem::directory_iterator(LACUNA_TEST_DATA "/pictures"))
        if (entry.path().extension() != ".json")
            QTest::newRow(entry.path().filename().c_str()) << QString::fromStdString(entry.path().string());
}

void TestDecoderProcess::corpusComesOutAsHere()
{
    QFETCH(QString, path);
    const File file = read_file(path.toStdString());
    const std::string name = path.toStdString();
    const Decoded here = lacuna::test::attempt([&] { return decode_picture(file, name); }, name);
    const Decoded apart =
        lacuna::test::attempt([&] { return decode_outside(file, name, built()).picture; }, name);
    QVERIFY2(apart.broken_contract.isEmpty(), qPrintable(apart.broken_contract));
    QCOMPARE(bool(apart.picture), bool(here.picture));
    QCOMPARE(apart.refusal, here.refusal);
    QVERIFY(!here.picture || *apart.picture == *here.picture);
}

void TestDecoderProcess::misbehavingDecoders_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("crashes") << QByteArray("kill -SEGV $$") << "crash";
    QTest::newRow("aborts") << QByteArray("kill -ABRT $$") << "crash";
    QTest::newRow("fails") << QByteArray("exit 3") << "crash";
    QTest::newRow("runs out of time") << QByteArray("kill -XCPU $$") << "too long";
    QTest::newRow("never ends") << QByteArray("while :; do read x <&5; done") << "too long";
    QTest::newRow("says nothing") << QByteArray("exit 0") << "no sense";
    QTest::newRow("says rubbish") << QByteArray("head -c 5000 /bin/sh >&4") << "no sense";
}

void TestDecoderProcess::misbehavingDecoders()
{
    QFETCH(QByteArray, lines);
    QFETCH(QString, sentence);
    const DecoderProgram decoder = script(lines);
    const QString error = error_of([&] { decode_outside(encode_png(ramps(5, 4, 3, 8)), "my.png", decoder); });
    QVERIFY2(error.startsWith("3: my.png") && error.contains(sentence), qPrintable(error));
    QVERIFY2(error.contains("Nothing was changed"), qPrintable(error));
}

void TestDecoderProcess::answersThatLie_data()
{
    QTest::addColumn<int>("field");
    QTest::addColumn<quint32>("value");
    for (const quint32 value : {0U, 1U, 33U, 0x7FFFFFFFU, 0xFFFFFFFFU})
        for (int field = 0; field < 6; ++field)
            QTest::addRow("field %d is %u", field, value) << field << value;
}

/// A good answer of 4 x 2 grey pixels in which one number is another; no refusal may be anything but a sentence.
void TestDecoderProcess::answersThatLie()
{
    QFETCH(int, field);
    QFETCH(quint32, value);
    std::uint32_t numbers[6] = {0x4C444331, 4, 2, 1, 8, 0};
    const bool same = numbers[field] == value;
    numbers[field] = value;
    std::string answer(reinterpret_cast<const char*>(numbers), sizeof numbers);
    answer.resize(24 + 800);
    answer += "12345678";
    const std::string path = folder_.filePath("answer").toStdString();
    write_file(path, answer);
    const DecoderProgram decoder = script("cat '" + QByteArray::fromStdString(path) + "' >&4");
    const QString error = error_of([&] {
        const OutsidePicture found = decode_outside(encode_png(ramps(5, 4, 3, 8)), "my.png", decoder);
        QVERIFY(found.picture.bytes->size() <= 8);
    });
    QVERIFY2(same == error.isEmpty() || (field < 3 && value == 1), qPrintable(error));
    QVERIFY(error.isEmpty() || error.startsWith("3: my.png"));
}

void TestDecoderProcess::nothingIsLeftOpen()
{
    const File file = encode_png(ramps(5, 4, 3, 8));
    const int before = open_descriptors();
    for (int i = 0; i < 5; ++i) {
        decode_outside(file, "x", built());
        QVERIFY(!error_of([&] { decode_outside(File{1, 2, 3}, "x", built()); }).isEmpty());
        QVERIFY(!error_of([&] { decode_outside(file, "x", {"/no/such/program"}); }).isEmpty());
    }
    QCOMPARE(open_descriptors(), before);
}

void TestDecoderProcess::smallPicturesAreQuick()
{
    const File file = encode_png(ramps(64, 64, 3, 8));
    double best = 1; // other programs run beside this one: the best of some
    for (int i = 0; i < 20; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        decode_outside(file, "x", built());
        best =
            std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    }
    qInfo("%.1f ms", best * 1000);
    QVERIFY2(best < 0.03, qPrintable(QString::number(best)));
}

QTEST_APPLESS_MAIN(TestDecoderProcess)
#include "tst_decoder_process.moc"
