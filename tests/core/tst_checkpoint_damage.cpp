// SPDX-License-Identifier: GPL-3.0-or-later
// Damaged checkpoints are refused, or give exactly the values of the good file; sizes are counted in 64 bits.
#include <limits>
#include <numeric>

#include <fcntl.h>
#include <unistd.h>

#include <QtTest>

#include <zlib.h>

#include "engine/checkpoint/tensor_geometry.h"
#include "tests/core/checkpoint_makers.h"
#include "tests/core/error_of.h"

using namespace lacuna;
using namespace lacuna::test;

namespace {

constexpr std::int64_t huge = std::numeric_limits<std::int64_t>::max();

std::string small_zip()
{
    return torch_zip(p_dict({{"a", p_tensor({"FloatStorage", "0", 6, 0, {2, 3}, {3, 1}})},
                             {"b", p_tensor({"FloatStorage", "1", 4, 0, {2, 2}, {1, 2}})}}),
                     {{"0", numbers(6)}, {"1", numbers(4)}});
}

std::string small_legacy()
{
    return torch_legacy(p_dict({{"a", p_tensor({"FloatStorage", "0", 6, 0, {2, 3}, {3, 1}}, true)},
                                {"b", p_tensor({"FloatStorage", "1", 4, 0, {2, 2}, {1, 2}}, true)}}),
                        {{"0", {numbers(6), 4}}, {"1", {numbers(4), 4}}});
}

std::string small_safetensors()
{
    return safetensors("{\"a\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},"
                       "\"b\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[24,40]}}",
                       numbers(6) + numbers(4));
}

enum class Outcome { Same, Other, Refused };

Outcome outcome_of(const std::string& file, const Content& good)
{
    try {
        return content_of(file) == good ? Outcome::Same : Outcome::Other;
    } catch (const Error& error) {
        return error.kind() == ErrorKind::Input ? Outcome::Refused : Outcome::Other;
    }
}

} // namespace

class TestCheckpointDamage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cutFilesAreRefused_data();
    void cutFilesAreRefused();
    void longerFilesAreRefused_data() { cutFilesAreRefused_data(); }
    void longerFilesAreRefused();
    void flippedBitsOfAZipAreNoticed();
    void flippedBitsOfOtherFilesDoNoHarm_data();
    void flippedBitsOfOtherFilesDoNoHarm();
    void geometry_data();
    void geometry();
    void aFileThatShrinksIsRefused();
    void moreThanFourGigabytes();
};

void TestCheckpointDamage::cutFilesAreRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("zip") << QByteArray::fromStdString(small_zip());
    QTest::newRow("the old stream") << QByteArray::fromStdString(small_legacy());
    QTest::newRow("safetensors") << QByteArray::fromStdString(small_safetensors());
}

void TestCheckpointDamage::cutFilesAreRefused()
{
    QFETCH(QByteArray, bytes);
    const std::string file = bytes.toStdString();
    const Content good = content_of(file);
    QCOMPARE(good.size(), std::size_t(2));
    for (std::size_t length = 0; length < file.size(); ++length)
        if (outcome_of(file.substr(0, length), good) != Outcome::Refused)
            QFAIL(qPrintable(QString("cut to %1 of %2 bytes").arg(length).arg(file.size())));
}

void TestCheckpointDamage::longerFilesAreRefused()
{
    QFETCH(QByteArray, bytes);
    const std::string file = bytes.toStdString();
    for (const std::string& more : {std::string(1, '\0'), std::string("x"), file})
        QCOMPARE(outcome_of(file + more, {}), Outcome::Refused);
}

void TestCheckpointDamage::flippedBitsOfAZipAreNoticed()
{
    const std::string file = small_zip();
    const Content good = content_of(file);
    int refused = 0, same = 0;
    for (std::size_t bit = 0; bit < 8 * file.size(); ++bit) {
        std::string changed = file;
        changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ 1 << bit % 8);
        const Outcome outcome = outcome_of(changed, good);
        if (outcome == Outcome::Other)
            QFAIL(qPrintable(QString("bit %1 of byte %2").arg(bit % 8).arg(bit / 8)));
        ++(outcome == Outcome::Refused ? refused : same);
    }
    QVERIFY2(refused > 4 * same, "only times and versions may be changed without notice");
}

void TestCheckpointDamage::flippedBitsOfOtherFilesDoNoHarm_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("the old stream") << QByteArray::fromStdString(small_legacy());
    QTest::newRow("safetensors") << QByteArray::fromStdString(small_safetensors());
}

/// These have no checksums: a changed value cannot be noticed, but names and shapes stay consistent.
void TestCheckpointDamage::flippedBitsOfOtherFilesDoNoHarm()
{
    QFETCH(QByteArray, bytes);
    const std::string file = bytes.toStdString();
    int refused = 0;
    for (std::size_t bit = 0; bit < 8 * file.size(); ++bit) {
        std::string changed = file;
        changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ 1 << bit % 8);
        try {
            const Content content = content_of(changed);
            QVERIFY(content.size() == 1 || content.size() == 2);
        } catch (const Error& error) {
            QCOMPARE(error.kind(), ErrorKind::Input);
            ++refused;
        }
    }
    QVERIFY(refused > static_cast<int>(file.size()));
}

void TestCheckpointDamage::geometry_data()
{
    using Sizes = std::vector<std::int64_t>;
    QTest::addColumn<Sizes>("shape");
    QTest::addColumn<Sizes>("strides");
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<qint64>("block");
    QTest::addColumn<QString>("problem");
    const auto row = [](const char* name, Sizes shape, Sizes strides, std::int64_t offset, std::int64_t block,
                        const char* problem) {
        QTest::newRow(name) << shape << strides << qint64(offset) << qint64(block) << problem;
    };
    row("fits", {2, 3}, {3, 1}, 0, 6, "");
    row("fits at the end", {2}, {3}, 2, 6, "");
    row("a scalar in the last place", {}, {}, 5, 6, "");
    row("a scalar behind it", {}, {}, 6, 6, "leaves the block");
    row("empty, anywhere", {0, 4}, {4, 1}, huge, 0, "");
    row("one too many", {2, 3}, {3, 1}, 1, 6, "leaves the block");
    row("the offset is as large as can be", {1}, {1}, huge, 6, "leaves the block");
    row("offset and stride wrap", {2}, {huge}, 2, 6, "overflow");
    row("size and stride wrap", {3}, {huge / 2 + 1}, 0, 6, "overflow");
    row("size and stride wrap to a small number", {5}, {std::int64_t(1) << 62}, 0, 6, "overflow");
    row("the size wraps", {huge, 3}, {0, 0}, 0, 6, "overflow");
    row("the size wraps before a zero", {huge, 3, 0}, {0, 0, 0}, 0, 6, "overflow");
    row("a zero before the size could wrap", {0, huge, 3}, {0, 0, 0}, 0, 6, "");
    row("one number many times", {1000000}, {0}, 0, 6, "is larger than the block");
    row("negative size", {-2, -3}, {3, 1}, 0, 6, "negative");
    row("negative stride", {2, 3}, {-3, 1}, 3, 6, "negative");
    row("negative offset", {1}, {1}, -1, 6, "negative");
    row("most negative", {std::numeric_limits<std::int64_t>::min()}, {1}, 0, 6, "negative");
    row("a stride is missing", {2, 3}, {1}, 0, 6, "missing");
    row("nine dimensions", Sizes(9, 1), Sizes(9, 1), 0, 6, "more than 8 dimensions");
}

void TestCheckpointDamage::geometry()
{
    QFETCH(std::vector<std::int64_t>, shape);
    QFETCH(std::vector<std::int64_t>, strides);
    QFETCH(qint64, offset);
    QFETCH(qint64, block);
    QFETCH(QString, problem);
    const QString found = QString::fromStdString(geometry_problem(shape, strides, offset, block));
    QCOMPARE(found.isEmpty(), problem.isEmpty());
    QVERIFY2(found.contains(problem), qPrintable(found));
}

void TestCheckpointDamage::aFileThatShrinksIsRefused()
{
    QTemporaryDir folder;
    const std::string path = folder.filePath("w.safetensors").toStdString();
    const std::string file = small_safetensors();
    QFile out(QString::fromStdString(path));
    QVERIFY(out.open(QIODevice::WriteOnly)
            && out.write(file.data(), qint64(file.size())) == qint64(file.size()));
    out.close();
    const Checkpoint checkpoint = Checkpoint::open(path);
    QCOMPARE(read_values<float>(checkpoint, "b", DType::F32), (std::vector<float>{1, 2, 3, 4}));
    QVERIFY(::truncate(path.c_str(), off_t(file.size() - 8)) == 0);
    const QString error = error_of([&] { read_values<float>(checkpoint, "b", DType::F32); });
    QVERIFY2(error.contains("became shorter while it was read"), qPrintable(error));
}

/// A block of 4 GiB and 5 bytes, with everything else behind it: sizes and offsets need 64 bits. The file is sparse.
void TestCheckpointDamage::moreThanFourGigabytes()
{
    constexpr std::uint64_t large = (std::uint64_t(1) << 32) + 5;
    const std::string object = pickle(p_dict(
        {{"end", p_tensor({"ByteStorage", "0", std::int64_t(large), std::int64_t(large) - 5, {5}, {1}})}}));
    const std::string last("\1\2\3\4\5", 5);
    const std::string zeros(1 << 20, '\0');
    uLong crc = ::crc32(0, reinterpret_cast<const Bytef*>(zeros.data()), uInt(zeros.size()));
    std::uint64_t length = zeros.size();
    for (; length < large - 5; length *= 2)
        crc = ::crc32_combine(crc, crc, z_off_t(length));
    crc = ::crc32(crc, reinterpret_cast<const Bytef*>(last.data()), uInt(last.size()));

    const auto local = [](const std::string& name) { // numbers follow the data
        return "PK\3\4" + little(0, 2) + little(0x0808, 2) + little(0, 18) + little(name.size(), 2)
               + little(0, 2) + name;
    };
    const auto listed = [](const std::string& name, std::uint64_t check, std::uint64_t size,
                           std::uint64_t header) {
        std::string extra;
        const auto small = [&](std::uint64_t value) {
            if (value < 0xFFFFFFFF)
                return little(value, 4);
            extra += little(value, 8);
            return little(0xFFFFFFFF, 4);
        };
        const std::string compressed = small(size), full = small(size), position = small(header);
        if (!extra.empty())
            extra = little(1, 2) + little(extra.size(), 2) + extra;
        return "PK\1\2" + little(0, 4) + little(0x0808, 2) + little(0, 6) + little(check, 4) + compressed
               + full + little(name.size(), 2) + little(extra.size(), 2) + little(0, 10) + position + name
               + extra;
    };
    const std::string block = "archive/data/0", data = "archive/data.pkl";
    const std::uint64_t data_header = local(block).size() + large + 24;
    const std::string tail = local(data) + object + std::string(24, '\0');
    const std::uint64_t begin = data_header + tail.size();
    const std::string directory =
        listed(block, crc, large, 0) + listed(data, crc32(0, bytes_of(object)), object.size(), data_header);
    const std::string end = directory + "PK\6\6" + little(44, 8) + little(0, 4) + little(0, 8) + little(2, 8)
                            + little(2, 8) + little(directory.size(), 8) + little(begin, 8) + "PK\6\7"
                            + little(0, 4) + little(begin + directory.size(), 8) + little(1, 4) + "PK\5\6"
                            + little(0, 4) + little(2, 2) + little(2, 2) + little(directory.size(), 4)
                            + little(0xFFFFFFFF, 4) + little(0, 2);

    QTemporaryDir folder;
    const std::string path = folder.filePath("large.pt").toStdString();
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT, 0600);
    QVERIFY(file >= 0);
    const auto put = [&](const std::string& bytes, std::uint64_t at) {
        return ::pwrite(file, bytes.data(), bytes.size(), off_t(at)) == ssize_t(bytes.size());
    };
    const bool written = put(local(block), 0) && put(last, local(block).size() + large - 5)
                         && put(tail, data_header) && put(end, begin);
    QVERIFY(::close(file) == 0 && written);
    const Checkpoint checkpoint = Checkpoint::open(path);
    QCOMPARE(read_values<std::uint8_t>(checkpoint, "end", DType::U8),
             (std::vector<std::uint8_t>{1, 2, 3, 4, 5}));
}

QTEST_APPLESS_MAIN(TestCheckpointDamage)
#include "tst_checkpoint_damage.moc"
