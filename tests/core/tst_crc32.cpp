// SPDX-License-Identifier: GPL-3.0-or-later
// Our checksum is zlib's, for every length, alignment and start.
#include <QtTest>

#include <zlib.h>

#include "engine/checkpoint/crc32.h"

class TestCrc32 : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isThatOfZlib();
    void publishedValue();
};

void TestCrc32::isThatOfZlib()
{
    std::vector<std::uint8_t> bytes(3000);
    std::uint32_t state = 1;
    for (std::uint8_t& byte : bytes) {
        state = state * 1664525u + 1013904223u;
        byte = static_cast<std::uint8_t>(state >> 24);
    }
    for (std::size_t size = 0; size < 1400; ++size)
        for (const std::size_t from : {0, 1, 7, 16}) {
            const auto piece = std::span<const std::uint8_t>(bytes).subspan(from, size);
            for (const std::uint32_t start : {0u, 1u, 0xFFFFFFFFu, 0x12345678u})
                QCOMPARE(lacuna::crc32(start, piece),
                         static_cast<std::uint32_t>(::crc32(start, piece.data(), uInt(piece.size()))));
        }
    for (std::size_t cut = 0; cut <= bytes.size(); cut += 37) {
        const auto all = std::span<const std::uint8_t>(bytes);
        QCOMPARE(lacuna::crc32(lacuna::crc32(0, all.first(cut)), all.subspan(cut)), lacuna::crc32(0, all));
    }
}

void TestCrc32::publishedValue()
{
    const std::string digits = "123456789";
    QCOMPARE(lacuna::crc32(0, std::span(reinterpret_cast<const std::uint8_t*>(digits.data()), 9)),
             0xCBF43926u);
}

QTEST_APPLESS_MAIN(TestCrc32)
#include "tst_crc32.moc"
