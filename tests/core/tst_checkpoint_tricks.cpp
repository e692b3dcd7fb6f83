// SPDX-License-Identifier: GPL-3.0-or-later
// What no honest program writes is refused, for the right reason and at once.
#include <limits>

#include <QtTest>

#include "engine/checkpoint/model_manifest.h"
#include "tests/core/checkpoint_makers.h"
#include "tests/core/error_of.h"

using namespace lacuna;
using namespace lacuna::test;

namespace {

constexpr std::int64_t huge = std::numeric_limits<std::int64_t>::max();

} // namespace

class TestCheckpointTricks : public QObject {
    Q_OBJECT

private Q_SLOTS:
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
    void manifests_data();
    void manifests();
};

void TestCheckpointTricks::lyingViews_data()
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

void TestCheckpointTricks::lyingViews()
{
    QFETCH(QByteArray, object);
    QFETCH(QString, words);
    const std::string file = torch_zip(object.toStdString(), {{"0", numbers(6)}});
    const QString error = error_of([&] { content_of(file); });
    QVERIFY2(error.startsWith("3: made.pt: ") && error.contains(words.trimmed()), qPrintable(error));
}

void TestCheckpointTricks::zipTricks_data()
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

void TestCheckpointTricks::zipTricks()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, words);
    const std::string file = bytes.toStdString();
    const QString error = error_of([&] { content_of(file); });
    QVERIFY2(error.startsWith("3: made.pt: ") && error.contains(words), qPrintable(error));
}

void TestCheckpointTricks::pickleTricks_data()
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

void TestCheckpointTricks::pickleTricks()
{
    QFETCH(QByteArray, object);
    QFETCH(QString, words);
    const std::string file = torch_zip(object.toStdString(), {{"0", numbers(1)}});
    const QString error = error_of([&] { content_of(file); });
    QVERIFY2(error.startsWith("3: made.pt: ") && error.contains(words.trimmed()), qPrintable(error));
}

/// Small pickles with very many ways through them: each must be refused at once.
void TestCheckpointTricks::sharedObjectsDoNotMultiply_data()
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

void TestCheckpointTricks::sharedObjectsDoNotMultiply()
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

void TestCheckpointTricks::safetensorsTricks_data()
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

void TestCheckpointTricks::safetensorsTricks()
{
    QFETCH(QByteArray, header);
    QFETCH(QString, words);
    const std::string file = safetensors(header.toStdString(), "abcd");
    const QString error = error_of([&] { content_of(file); });
    QVERIFY2(error.startsWith("3: made.pt: ") && error.contains(words.trimmed()), qPrintable(error));
}

void TestCheckpointTricks::manifests_data()
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
void TestCheckpointTricks::manifests()
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

QTEST_APPLESS_MAIN(TestCheckpointTricks)
#include "tst_checkpoint_tricks.moc"
