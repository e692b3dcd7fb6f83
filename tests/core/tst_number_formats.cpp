// SPDX-License-Identifier: GPL-3.0-or-later
// The number formats of checkpoints: what they mean, how they are rounded, which may become which.
#include <cmath>
#include <limits>

#include <QtTest>

#include "tests/core/checkpoint_makers.h"
#include "tests/core/error_of.h"

using namespace lacuna;
using namespace lacuna::test;

class TestNumberFormats : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void formats_data();
    void formats();
    void halfNumbersAreExact();
    void halfNumbersAreRounded_data();
    void halfNumbersAreRounded();
    void conversionsThatLoseMeaning();
    void nonFiniteNumbersAreCounted();
};

void TestNumberFormats::formats_data()
{
    QTest::addColumn<QString>("storage");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("dtype");
    QTest::addColumn<double>("second");
    const auto row = [](const char* storage, const std::string& bytes, DType dtype, double second) {
        QTest::newRow(storage) << storage << QByteArray::fromStdString(bytes) << int(dtype) << second;
    };
    row("FloatStorage", packed(std::vector<float>{1, -2.5f}), DType::F32, -2.5);
    row("DoubleStorage", packed(std::vector<double>{1, 1.1}), DType::F64, 1.1);
    row("HalfStorage", packed(std::vector<std::uint16_t>{0x3C00, 0xC100}), DType::F16, -2.5);
    row("BFloat16Storage", packed(std::vector<std::uint16_t>{0x3F80, 0xC020}), DType::BF16, -2.5);
    row("LongStorage", packed(std::vector<std::int64_t>{1, -(1LL << 40)}), DType::I64, -double(1LL << 40));
    row("IntStorage", packed(std::vector<std::int32_t>{1, -70000}), DType::I32, -70000);
    row("ShortStorage", packed(std::vector<std::int16_t>{1, -300}), DType::I16, -300);
    row("CharStorage", packed(std::vector<std::int8_t>{1, -3}), DType::I8, -3);
    row("ByteStorage", packed(std::vector<std::uint8_t>{1, 200}), DType::U8, 200);
    row("BoolStorage", packed(std::vector<std::uint8_t>{1, 7}), DType::Bool, 1);
}

void TestNumberFormats::formats()
{
    QFETCH(QString, storage);
    QFETCH(QByteArray, bytes);
    QFETCH(int, dtype);
    QFETCH(double, second);
    const std::string file =
        torch_zip(p_dict({{"w", p_tensor({storage.toStdString(), "0", 2, 0, {2}, {1}})}}),
                  {{"0", bytes.toStdString()}});
    const Checkpoint checkpoint = open_bytes(file);
    const DType format = checkpoint.tensors().at("w").dtype;
    QCOMPARE(int(format), dtype);
    QCOMPARE(read_values<double>(checkpoint, "w", DType::F64), (std::vector<double>{1, second}));
    QCOMPARE(read_values<float>(checkpoint, "w", DType::F32), (std::vector<float>{1, float(second)}));
    std::vector<std::byte> raw(2 * size_of(format));
    checkpoint.read("w", format, raw);
    const bool is_bool = format == DType::Bool;
    QCOMPARE(QByteArray(reinterpret_cast<const char*>(raw.data()), qsizetype(raw.size())),
             is_bool ? QByteArray("\1\1") : bytes);
}

/// Every number of 16 bits is read as its value and written back as the same bits.
void TestNumberFormats::halfNumbersAreExact()
{
    for (const DType dtype : {DType::F16, DType::BF16}) {
        int wrong = 0;
        for (std::uint32_t bits = 0; bits < 65536; ++bits) {
            const std::uint16_t half = static_cast<std::uint16_t>(bits);
            float wide = 0;
            std::uint16_t back = 0;
            convert(dtype, reinterpret_cast<const std::byte*>(&half), DType::F32,
                    reinterpret_cast<std::byte*>(&wide), 1);
            convert(DType::F32, reinterpret_cast<const std::byte*>(&wide), dtype,
                    reinterpret_cast<std::byte*>(&back), 1);
            const int fraction_bits = dtype == DType::F16 ? 10 : 7, largest = dtype == DType::F16 ? 31 : 255;
            const int exponent = (bits & 0x7FFF) >> fraction_bits;
            const int fraction = bits & ((1 << fraction_bits) - 1);
            if (exponent == largest && fraction != 0) {
                wrong += !std::isnan(wide);
                continue;
            }
            const int bias = dtype == DType::F16 ? 15 : 127;
            const double magnitude = exponent == largest ? std::numeric_limits<double>::infinity()
                                     : exponent == 0 ? std::ldexp(double(fraction), 1 - bias - fraction_bits)
                                                     : std::ldexp(double(fraction + (1 << fraction_bits)),
                                                                  exponent - bias - fraction_bits);
            wrong += back != half || double(wide) != (bits & 0x8000 ? -magnitude : magnitude);
        }
        QCOMPARE(wrong, 0);
    }
}

void TestNumberFormats::halfNumbersAreRounded_data()
{
    QTest::addColumn<float>("value");
    QTest::addColumn<int>("half");
    QTest::addColumn<int>("brain");
    QTest::newRow("a tie goes to even, down") << 1.f + 0x1p-11f << 0x3C00 << 0x3F80;
    QTest::newRow("just above the tie") << 1.f + 0x1p-11f + 0x1p-20f << 0x3C01 << 0x3F80;
    QTest::newRow("a tie goes to even, up") << 1.f + 0x3p-11f << 0x3C02 << 0x3F80;
    QTest::newRow("into the next exponent") << 2.f - 0x1p-12f << 0x4000 << 0x4000;
    QTest::newRow("the largest") << 65519.f << 0x7BFF << 0x4780;
    QTest::newRow("beyond the largest") << 65520.f << 0x7C00 << 0x4780;
    QTest::newRow("negative infinity") << -std::numeric_limits<float>::infinity() << 0xFC00 << 0xFF80;
    QTest::newRow("below half of the smallest") << 0x1p-25f << 0 << 0x3300;
    QTest::newRow("above half of the smallest") << 0x1.8p-25f << 1 << 0x3340;
    QTest::newRow("up to the smallest normal") << 0x1p-14f - 0x1p-26f << 0x0400 << 0x3880;
    QTest::newRow("minus zero") << -0.f << 0x8000 << 0x8000;
    QTest::newRow("a tie of the short one") << 1.f + 0x1p-8f << 0x3C04 << 0x3F80;
    QTest::newRow("another tie of the short one") << 1.f + 0x3p-8f << 0x3C0C << 0x3F82;
}

void TestNumberFormats::halfNumbersAreRounded()
{
    QFETCH(float, value);
    QFETCH(int, half);
    QFETCH(int, brain);
    std::uint16_t bits = 0;
    convert(DType::F32, reinterpret_cast<const std::byte*>(&value), DType::F16,
            reinterpret_cast<std::byte*>(&bits), 1);
    QCOMPARE(int(bits), half);
    convert(DType::F32, reinterpret_cast<const std::byte*>(&value), DType::BF16,
            reinterpret_cast<std::byte*>(&bits), 1);
    QCOMPARE(int(bits), brain);
}

void TestNumberFormats::conversionsThatLoseMeaning()
{
    const std::string file = torch_zip(p_dict({{"w", p_tensor({"FloatStorage", "0", 1, 0, {1}, {1}})}}),
                                       {{"0", packed(std::vector<float>{1})}});
    const Checkpoint checkpoint = open_bytes(file);
    const QString error = error_of([&] { read_values<std::int64_t>(checkpoint, "w", DType::I64); });
    QVERIFY2(error.startsWith("3: made.pt: holds the tensor 'w' as F32, not as I64"), qPrintable(error));
    QVERIFY(!converts(DType::I64, DType::I32) && !converts(DType::I64, DType::F16));
    QVERIFY(converts(DType::I64, DType::F32) && converts(DType::F64, DType::BF16));
}

void TestNumberFormats::nonFiniteNumbersAreCounted()
{
    const float inf = std::numeric_limits<float>::infinity(), nan = std::numeric_limits<float>::quiet_NaN();
    const std::vector<float> floats{1, inf, -inf, nan, 3e38f, 0};
    QCOMPARE(count_non_finite(DType::F32, std::as_bytes(std::span(floats))), std::size_t(3));
    const std::vector<double> doubles{1, inf, -nan, 1e300};
    QCOMPARE(count_non_finite(DType::F64, std::as_bytes(std::span(doubles))), std::size_t(2));
    const std::vector<std::uint16_t> halves{0x7C00, 0xFE00, 0x7BFF, 0x7F80};
    QCOMPARE(count_non_finite(DType::F16, std::as_bytes(std::span(halves))), std::size_t(3));
    QCOMPARE(count_non_finite(DType::BF16, std::as_bytes(std::span(halves))), std::size_t(1));
    QCOMPARE(count_non_finite(DType::I32, std::as_bytes(std::span(floats))), std::size_t(0));
}

QTEST_APPLESS_MAIN(TestNumberFormats)
#include "tst_number_formats.moc"
