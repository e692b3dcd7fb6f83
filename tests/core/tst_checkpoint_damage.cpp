// SPDX-License-Identifier: GPL-3.0-or-later
// Damaged and lying checkpoints are refused, or give exactly the values of the good file.
#include <limits>
#include <numeric>

#include <fcntl.h>
#include <unistd.h>

#include <QtTest>

#include <zlib.h>

#include "engine/checkpoint/model_manifest.h"
#include "engine/checkpoint/tensor_geometry.h"
#include "tests/core/checkpoint_makers.h"
#include "tests/core/error_of.h"

using namespace lacuna;
using namespace lacuna::test;

namespace {

constexpr std::int64_t huge = std::numeric_limits<std::int64_t>::max();

std::string numbers(std::size_t count)
{
    std::vector<float> values(count);
    std::iota(values.begin(), values.end(), 1.f);
    return packed(values);
}

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

using Content = std::map<std::string, std::vector<std::byte>>;

/// Everything that can be read; throws Error as the reader does.
Content content_of(const std::string& file)
{
    const Checkpoint checkpoint = open_bytes(file);
    Content content;
    for (const auto& [name, entry] : checkpoint.tensors()) {
        std::vector<std::byte> values(static_cast<std::size_t>(entry.elements()) * size_of(entry.dtype));
        checkpoint.read(name, entry.dtype, values);
        content.emplace(name, std::move(values));
    }
    return content;
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
    void lyingViews_data();
    void lyingViews();
    void zipTricks_data();
    void zipTricks();
    void pickleTricks_data();
    void pickleTricks();
    void sharedObjectsDoNotMultiply_data();
    void sharedObjectsDoNotMultiply();
    void safetensorsTricks_data();
    void safetensorsTricks();
    void aFileThatShrinksIsRefused();
    void moreThanFourGigabytes();
    void manifests_data();
    void manifests();
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

void TestCheckpointDamage::lyingViews_data()
{
    QTest::addColumn<QByteArray>("object");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* words, const std::string& object) {
        QTest::newRow(words) << QByteArray::fromStdString(object) << words;
    };
    const View good{"FloatStorage", "0", 6, 0, {6}, {1}};
    const auto with = [&](auto change) {
        View view = good;
        change(view);
        return p_dict({{"w", p_tensor(view)}});
    };
    row("with another length than declared", with([](View& v) { v.elements = 7; }));
    row("with an impossible length", with([](View& v) { v.elements = -1; }));
    row("with an impossible length ", with([](View& v) { v.elements = huge / 2; }));
    row("lacks the block '7'", with([](View& v) { v.key = "7"; }));
    row("whose name is not a plain number: '../0'", with([](View& v) { v.key = "../0"; }));
    row("whose name is not a plain number: ''", with([](View& v) { v.key = ""; }));
    row("that leaves the block", with([](View& v) { v.offset = 1; }));
    row("twice in different ways",
        p_dict({{"w", p_tensor(good)}, {"v", p_tensor({"DoubleStorage", "0", 6, 0, {6}, {1}})}}));
    row("with more than 8 dimensions",
        with([](View& v) { v.shape = v.strides = std::vector<std::int64_t>(10000, 1); }));
}

void TestCheckpointDamage::lyingViews()
{
    QFETCH(QByteArray, object);
    QFETCH(QString, words);
    const std::string file = torch_zip(object.toStdString(), {{"0", numbers(6)}});
    const QString error = error_of([&] { content_of(file); });
    QVERIFY2(error.startsWith("3: made.pt: ") && error.contains(words.trimmed()), qPrintable(error));
}

void TestCheckpointDamage::zipTricks_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* words, const std::string& bytes) {
        QTest::newRow(words) << QByteArray::fromStdString(bytes) << words;
    };
    const ZipMember object{"data.pkl", pickle("}")};
    row("two members with the name", zip_of({object, object}));
    row("the unsafe name 'archive/../x'", zip_of({object, {"../x", "1"}}));
    row("the unsafe name 'archive//x'", zip_of({object, {"/x", "1"}}));
    row("the unsafe name 'archive/a?b'", zip_of({object, {std::string("a\0b", 3), "1"}}));
    row("the unsafe name 'archive/a\\b'", zip_of({object, {"a\\b", "1"}}));
    row("the unsafe name 'archive/?'", zip_of({object, {"\xff", "1"}}));
    // The second member begins inside of the first: its header stands in the data of the first.
    const std::string inner = zip_of({{"data/0", "abcd"}});
    const std::string inner_member = inner.substr(0, inner.find("PK\1\2"));
    std::string overlap = zip_of({{"data.pkl", inner_member}, {"data/0", "abcd"}});
    const std::size_t first_data = overlap.find("PK\3\4", 4);
    const std::size_t last_entry = overlap.rfind("PK\1\2");
    overlap.replace(last_entry + 42, 4, little(first_data, 4));
    row("members that overlap", overlap);
    const auto edit = [&](std::size_t from_end, const std::string& bytes) {
        std::string file = zip_of({object, {"version", "3\n"}});
        file.replace(file.size() - from_end, bytes.size(), bytes);
        return file;
    };
    row("two end records that disagree", edit(22 - 8, little(3, 2) + little(3, 2)));
    row("a ZIP64 locator that points elsewhere", edit(42 - 8, little(~std::uint64_t(0), 8)));
    row("a damaged ZIP64 end record", edit(98 - 4, little(~std::uint64_t(0), 8)));
    row("with parts that no checkpoint has", edit(2, little(1, 2)));
}

void TestCheckpointDamage::zipTricks()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, words);
    const std::string file = bytes.toStdString();
    const QString error = error_of([&] { content_of(file); });
    QVERIFY2(error.startsWith("3: made.pt: ") && error.contains(words), qPrintable(error));
}

void TestCheckpointDamage::pickleTricks_data()
{
    QTest::addColumn<QByteArray>("object");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* words, const std::string& object) {
        QTest::newRow(words) << QByteArray::fromStdString(object) << words;
    };
    std::string deep, laughs = ")", many = "]";
    for (int i = 0; i < 60000; ++i)
        deep += "]";
    deep += "N" + std::string(60000, 'a');
    for (int i = 0; i < 40; ++i)
        laughs += std::string("q\0h\0\x86", 5);
    for (int i = 0; i < 1000001; ++i)
        many += "N";
    row("more than 32 deep", deep);
    row("more than 32 deep ", laughs);
    row("contains itself", "]q" + std::string(1, '\0') + "h" + std::string(1, '\0') + "a");
    row("contains itself ", "}q" + std::string(1, '\0') + p_text("a") + "h" + std::string(1, '\0') + "\x85s");
    row("more than a million pickle operations", many);
    row("more than one object", "NN");
    row("no object", "");
    row("more than one object ", "(N");
    row("than there is", "R");
    row("than there is ", "N(R");
    row("a mark of the pickle stack that was never set", "Nt");
    row("with an odd number", "}(" + p_text("a") + "u");
    row("not a dictionary", "]" + p_text("a") + "Ns");
    row("not a list", "}Na");
    row("neither a text nor a whole number", "}NNs");
    row("has the name 'a' twice", p_dict({{"a", "N"}, {"a", "N"}}));
    row("a pickle memo entry that was never stored", std::string("h\5", 2));
    row("memo of more than a million", "Nr" + little(0xFFFFFFFF, 4));
    row("inside of a text", "X" + little(0xFFFFFFF0, 4) + "abc");
    row("more than 1 MB", p_text(std::string((1 << 20) + 1, 'x')));
    row("not UTF-8", p_text("a\xff"));
    row("more than 64 bits", std::string("\x8a\x0a", 2) + std::string(10, '\1'));
    row("more than 64 bits ", std::string("\x8a\x09", 2) + std::string(9, '\1'));
    row("operation NEWOBJ", "N)\x81");
    row("operation STACK_GLOBAL", p_text("os") + p_text("system") + "\x93");
    row("operation INST", "(ios\nsystem\n");
    row("operation 0x01", "\1");
    row("not a function", "N)R");
    row("not a storage", "ctorch._utils\n_rebuild_tensor_v2\n)R");
    row("sets attributes", p_ordered_dict() + "}b");
    row("sets attributes ", "}}" + p_text("_metadata") + "Nsb");
    row("not a block of numbers", p_text("x") + "\x85Q");
    row("source code of a Python class", "(" + p_text("module") + "NNNtQ");
    row("attaches functions", "ctorch._utils\n_rebuild_tensor_v2\n((" + p_text("storage")
                                  + "ctorch\nFloatStorage\n" + p_text("0") + p_text("cpu") + "K\1tQK"
                                  + std::string(1, '\0') + "(K\1t(K\1t\x89" + p_dict({{"hook", "N"}}) + "tR");
    row("has bytes after the end of its pickle", p_dict({{"a", "N"}}) + ".N");
    // One list of 2000 pairs, of which 600 dictionaries are made: few operations, many copies.
    std::string pairs = "ccollections\nOrderedDict\nq" + std::string(1, '\0') + "](";
    for (int i = 0; i < 2000; ++i)
        pairs += "](" + p_whole(i) + "Ne";
    pairs += "e\x85q\1](";
    for (int i = 0; i < 600; ++i)
        pairs += std::string("h\0h\1R", 5);
    row("dictionaries of more than a million items", pairs + "e");
}

void TestCheckpointDamage::pickleTricks()
{
    QFETCH(QByteArray, object);
    QFETCH(QString, words);
    const std::string file = torch_zip(object.toStdString(), {{"0", numbers(1)}});
    const QString error = error_of([&] { content_of(file); });
    QVERIFY2(error.startsWith("3: made.pt: ") && error.contains(words.trimmed()), qPrintable(error));
}

/// Small pickles with very many ways through them: each must be refused at once.
void TestCheckpointDamage::sharedObjectsDoNotMultiply_data()
{
    QTest::addColumn<QByteArray>("object");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* name, const std::string& object, const char* words) {
        QTest::newRow(name) << QByteArray::fromStdString(object) << words;
    };
    const auto put = [](int index) { return std::string("q") + static_cast<char>(index); };
    const auto get = [](int index) { return std::string("h") + static_cast<char>(index); };
    const std::vector<std::string> keys{"ema",     "state_dict", "model",    "params",
                                        "network", "net",        "generator"};
    // Each level is a dictionary whose items are all the same level below.
    const auto tower = [&](int count, const std::vector<std::string>& names, const std::string& bottom) {
        std::string object = bottom;
        for (int level = 0; level < count; ++level) {
            std::string dict = std::string("}") + p_text(names[0]) + object + put(level) + "s(";
            for (std::size_t i = 1; i < names.size(); ++i)
                dict += p_text(names[i]) + get(level);
            object = dict + "u";
        }
        return object;
    };
    std::vector<std::string> many;
    for (int i = 0; i < 1000; ++i)
        many.push_back(std::to_string(i) + "k");
    row("wrappers", tower(30, keys, "}"), "holds no tensors with names");
    row("dictionaries", tower(5, many, "}"), "more than a million names");
    const std::string tensor = p_tensor({"FloatStorage", "0", 1000, 0, {1000}, {1}});
    row("names", tower(2, many, p_dict({{"w", tensor}})), "more than 65536 tensors");
    row("numbers", tower(1, many, p_dict({{"v", "N"}, {"w", tensor}})), "more than 16 times its size");
    std::string list = "](" + p_dict({{"w", tensor}}) + put(1);
    for (int i = 0; i < 100000; ++i)
        list += get(1);
    row("a list", list + "Ne", "");
}

void TestCheckpointDamage::sharedObjectsDoNotMultiply()
{
    QFETCH(QByteArray, object);
    QFETCH(QString, words);
    const std::string file = torch_zip(object.toStdString(), {{"0", numbers(1000)}});
    QElapsedTimer timer;
    timer.start();
    const QString error = error_of([&] { content_of(file); });
    QVERIFY2(error.isEmpty() == words.isEmpty() && error.contains(words), qPrintable(error));
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString("%1 ms").arg(timer.elapsed())));
}

void TestCheckpointDamage::safetensorsTricks_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* words, const std::string& header) {
        QTest::newRow(words) << QByteArray::fromStdString(header) << words;
    };
    const auto tensor = [](const char* dtype, const char* shape, const char* range) {
        return std::string("{\"w\":{\"dtype\":\"") + dtype + "\",\"shape\":" + shape
               + ",\"data_offsets\":" + range + "}}";
    };
    row("format 'F8_E4M3', which is not supported", tensor("F8_E4M3", "[4]", "[0,4]"));
    row("does not fit its shape (2, 3)", tensor("F32", "[2,3]", "[0,4]"));
    row("whose size overflows", tensor("F32", "[4611686018427387904,4,0]", "[0,4]"));
    row("whose size overflows ", tensor("F32", "[18446744073709551615]", "[0,4]"));
    row("a value of the wrong kind, or nested too deep, at 'w'", tensor("F32", "[1.0]", "[0,4]"));
    row("a negative number at 'w'", tensor("F32", "[-1]", "[0,4]"));
    row("a value of the wrong kind, or nested too deep, at 'w'  ", tensor("F32", "[[1]]", "[0,4]"));
    row("a value of the wrong kind, or nested too deep, at 'w'   ", tensor("F32", "[1]", "[\"0\",4]"));
    row("without a correct range", tensor("F32", "[1]", "[4,0]"));
    row("without a correct range ", tensor("F32", "[1]", "[0,4,4]"));
    row("a hole or an overlap before", tensor("U8", "[2]", "[2,4]"));
    row("more or fewer bytes", tensor("U8", "[2]", "[0,2]"));
    row("more than 8 dimensions", tensor("U8", "[1,1,1,1,1,1,1,1,1]", "[0,1]"));
    row("does not describe the tensor 'w' in full", "{\"w\":{\"dtype\":\"F32\",\"shape\":[1]}}");
    row("says 'x' of the tensor 'w'", "{\"w\":{\"x\":1}}");
    row("the name 'dtype' twice", "{\"w\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}}");
    row("the name 'a' twice", "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},\"\\u0061\":"
                              "{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[4,4]}}");
    row("not correct JSON", tensor("F32", "[1]", "[0,4]") + "x");
    row("not correct JSON ", tensor("F32", "[1]", "[0,4]") + std::string(3, '\0'));
    row("not correct JSON  ", "{\"w\":{\"dtype\":\"F32\"");
    row("wrong kind", "{\"__metadata__\":{\"a\":{}}}");
    row("wrong kind ", "{\"__metadata__\":\"a\"}");
    row("'__metadata__' twice", "{\"__metadata__\":{},\"__metadata__\":{}}");
    row("wrong kind  ", "{\"w\":" + std::string(50000, '['));
}

void TestCheckpointDamage::safetensorsTricks()
{
    QFETCH(QByteArray, header);
    QFETCH(QString, words);
    const std::string file = safetensors(header.toStdString(), "abcd");
    const QString error = error_of([&] { content_of(file); });
    QVERIFY2(error.startsWith("3: made.pt: ") && error.contains(words.trimmed()), qPrintable(error));
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

void TestCheckpointDamage::manifests_data()
{
    QTest::addColumn<QByteArray>("member");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* member, const char* words) {
        QTest::newRow(member) << QByteArray(member) << words;
    };
    row("", "");
    row("\"eta\": 0.85", "");
    row("\"format\": \"pt\"", "");
    row("\"eta\": \"0,85\"", "'eta' is not a number");
    row("\"eta\": 1e999", "not correct JSON");
    row("\"color\": 1", "'color' is unknown");
    row("\"schema\": 2", "its schema is 2, not 1");
    row("\"schema\": \"1\"", "'schema' is missing or not a whole number");
    row("\"name\": \"a\\u202eb\"", "'name' is not a plain text");
    row("\"name\": 3", "'name' is not a text");
    row("\"file\": \"../x\"", "'file' is not a plain file name");
    row("\"file\": \".x\"", "'file' is not a plain file name");
    row("\"file\": \"\"", "'file' is not a plain file name");
    row("\"size\": 0", "'size' is not between 1 and");
    row("\"size\": -4", "'size' is not a whole number");
    row("\"size\": 4.5", "'size' is not a whole number");
    row("\"size\": 99999999999999", "'size' is not between 1 and");
    row("\"sha256\": \"abc\"", "'sha256' is not a SHA-256");
    row("\"format\": \"pickle\"", "'format' is neither");
    for (const char* url :
         {"http://example.org/x", "file:///etc/passwd", "https://127.0.0.1/x", "https://[::1]/x",
          "https://localhost/x", "https://user@example.org/x", "https://2130706433/x",
          "https://example.org:x/", "https://example.local/x", "https:///x", "https://exam ple.org/"})
        QTest::newRow(url) << QByteArray("\"url\": \"") + url + "\""
                           << "'url'";
}

/// The member replaces that of a good manifest, or stands beside its members.
void TestCheckpointDamage::manifests()
{
    QFETCH(QByteArray, member);
    QFETCH(QString, words);
    const QByteArray name = member.left(member.indexOf(':'));
    QByteArrayList members{"\"schema\": 1",
                           "\"name\": \"tiny\"",
                           "\"url\": \"https://example.org/tiny.safetensors\"",
                           "\"file\": \"tiny.safetensors\"",
                           "\"size\": 416",
                           "\"sha256\": \"" + QByteArray(64, '0') + "\"",
                           "\"image_size\": 64"};
    if (!name.isEmpty())
        members.removeIf([&](const QByteArray& other) { return other.startsWith(name); });
    if (!member.isEmpty())
        members << member;
    const std::string text = "{" + members.join(", ").toStdString() + "}";
    const QString error = error_of([&] { parse_model_manifest(text, "tiny.json"); });
    QCOMPARE(error.isEmpty(), words.isEmpty());
    QVERIFY2(error.contains(words) && (error.isEmpty() || error.startsWith("3: tiny.json: ")),
             qPrintable(error));
    if (error.isEmpty()) {
        const ModelManifest manifest = parse_model_manifest(text, "tiny.json");
        QCOMPARE(manifest.size, std::uint64_t(416));
        QCOMPARE(manifest.eta.has_value(), name == "\"eta\"");
    }
}

QTEST_APPLESS_MAIN(TestCheckpointDamage)
#include "tst_checkpoint_damage.moc"
