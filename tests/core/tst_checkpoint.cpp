// SPDX-License-Identifier: GPL-3.0-or-later
// Checkpoints of every honest form give the values that were put in; what is written can be read.
#include <atomic>
#include <csignal>
#include <numeric>
#include <thread>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QtTest>

#include "engine/checkpoint/safetensors_writer.h"
#include "engine/core/atomic_file.h"
#include "engine/core/hash.h"
#include "tests/core/checkpoint_makers.h"
#include "tests/core/error_of.h"

using namespace lacuna;
using namespace lacuna::test;

namespace {

std::vector<float> ramp(std::size_t count)
{
    std::vector<float> values(count);
    std::iota(values.begin(), values.end(), 0.5f);
    return values;
}

/// a: all six numbers as (2, 3); b: the last two; both of one block.
const std::vector<std::pair<std::string, std::string>> two_tensors{
    {"a", p_tensor({"FloatStorage", "0", 6, 0, {2, 3}, {3, 1}})},
    {"b", p_tensor({"FloatStorage", "0", 6, 4, {2}, {1}})}};

} // namespace

class TestCheckpoint : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void containers_data();
    void containers();
    void wrappers_data();
    void wrappers();
    void views_data();
    void views();
    void aLargeTransposeIsReadThroughAWindow();
    void protocolFour();
    void severalThreadsMayRead();
    void shapesAreCompared();
    void theHashIsThatOfTheFile();
    void writtenFilesAreRead();
    void whatCannotBeWrittenLeavesTheOldFile_data();
    void whatCannotBeWrittenLeavesTheOldFile();
    void otherFilesAreNamed_data();
    void otherFilesAreNamed();
};

void TestCheckpoint::containers_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("container");
    const std::string numbers = packed(ramp(6));
    const auto row = [](const char* name, const std::string& bytes, Checkpoint::Container container) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << int(container);
    };
    std::vector<std::pair<std::string, std::string>> legacy = two_tensors;
    legacy[0].second = p_tensor({"FloatStorage", "0", 6, 0, {2, 3}, {3, 1}}, true);
    legacy[1].second = p_tensor({"FloatStorage", "0", 6, 4, {2}, {1}}, true);
    row("zip", torch_zip(p_dict(two_tensors), {{"0", numbers}}), Checkpoint::Container::TorchZip);
    row("zip of PyTorch 2",
        zip_of({{"data.pkl", pickle(p_dict(two_tensors))},
                {".format_version", "1"},
                {".storage_alignment", "64"},
                {"byteorder", "little"},
                {"data/0", numbers},
                {"version", "3\n"},
                {".data/serialization_id", "123"}}),
        Checkpoint::Container::TorchZip);
    row("the old stream", torch_legacy(p_dict(legacy), {{"0", {numbers, 4}}}),
        Checkpoint::Container::TorchLegacy);
    row("safetensors",
        safetensors(" {\"a\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},"
                    "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[24,32]}}  ",
                    numbers + numbers.substr(16)),
        Checkpoint::Container::Safetensors);
}

void TestCheckpoint::containers()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, container);
    const std::string file = bytes.toStdString();
    const Checkpoint checkpoint = open_bytes(file);
    QCOMPARE(int(checkpoint.container()), container);
    QCOMPARE(checkpoint.tensors().size(), std::size_t(2));
    QCOMPARE(checkpoint.tensors().at("a").shape, (std::vector<std::int64_t>{2, 3}));
    // The second first: its block is checked as a whole although only a part is read.
    QCOMPARE(read_values<float>(checkpoint, "b", DType::F32), (std::vector<float>{4.5f, 5.5f}));
    QCOMPARE(read_values<float>(checkpoint, "a", DType::F32), ramp(6));
    QCOMPARE(read_values<double>(checkpoint, "b", DType::F64), (std::vector<double>{4.5, 5.5}));
}

void TestCheckpoint::wrappers_data()
{
    QTest::addColumn<QByteArray>("object");
    QTest::addColumn<QString>("wrapper");
    QTest::addColumn<QString>("names");
    const auto row = [](const char* name, const std::string& object, const char* wrapper, const char* names) {
        QTest::newRow(name) << QByteArray::fromStdString(object) << wrapper << names;
    };
    const auto tensor = [](std::int64_t offset) {
        return p_tensor({"FloatStorage", "0", 6, offset, {1}, {1}});
    };
    const std::string plain = p_dict({{"w", tensor(0)}, {"v", tensor(1)}});
    const std::string averaged = p_dict({{"w", tensor(2)}, {"v", tensor(3)}});
    row("plain", plain, "", "v=1 w=0");
    row("scalars beside",
        p_dict({{"w", tensor(0)}, {"step", p_whole(7)}, {"lr", std::string("G") + std::string(8, '\0')}}), "",
        "w=0");
    row("state_dict", p_dict({{"epoch", p_whole(3)}, {"state_dict", plain}}, false), "state_dict", "v=1 w=0");
    row("two wrappers", p_dict({{"model", p_dict({{"state_dict", plain}})}}), "model.state_dict", "v=1 w=0");
    row("averages first", p_dict({{"model", plain}, {"ema", averaged}}), "ema", "v=3 w=2");
    row("an empty average", p_dict({{"model", plain}, {"ema", p_dict({})}}), "model", "v=1 w=0");
    row("an unknown name", p_dict({{"weights_of_mine", plain}, {"n", "N"}}), "weights_of_mine", "v=1 w=0");
    row("two unknown names", p_dict({{"G", plain}, {"D", averaged}}), "", "D.v=3 D.w=2 G.v=1 G.w=0");
    row("a list", "](" + plain + p_dict({{"state", "}"}}) + p_whole(5) + "e", "", "v=1 w=0");
    row("a list with averages", "](" + plain + p_whole(5) + averaged + "e", "", "v=3 w=2");
    row("DataParallel", p_dict({{"module.w", tensor(0)}, {"module.v", tensor(1)}}), "", "v=1 w=0");
    row("only one is called module", p_dict({{"module.w", tensor(0)}, {"v", tensor(1)}}), "",
        "module.w=0 v=1");
    row("a number as name", p_ordered_dict() + p_whole(12) + tensor(1) + "s", "", "12=1");
    row("a parameter",
        p_dict(
            {{"w", "ctorch._utils\n_rebuild_parameter\n" + tensor(4) + "\x88" + p_ordered_dict() + "\x87R"}}),
        "", "w=4");
    row("metadata of a module",
        p_dict({{"w", tensor(0)}}) + "}" + p_text("_metadata")
            + p_dict({{"", p_dict({{"version", p_whole(1)}})}}) + "sb",
        "", "w=0");
    row("pairs of Python 2", "ccollections\nOrderedDict\n](](U\x01w" + tensor(5) + "ee\x85R", "", "w=5");
    row("a tensor of PyTorch 0.3",
        p_dict({{"w", "ctorch._utils\n_rebuild_tensor\n((" + p_text("storage") + "ctorch\nFloatStorage\n"
                          + p_text("0") + p_text("cuda:7") + p_whole(6) + "tQK\x02(K\x01t(K\x01ttR"}}),
        "", "w=2");
}

void TestCheckpoint::wrappers()
{
    QFETCH(QByteArray, object);
    QFETCH(QString, wrapper);
    QFETCH(QString, names);
    const std::string file =
        torch_zip(object.toStdString(), {{"0", packed(std::vector<float>{0, 1, 2, 3, 4, 5})}});
    const Checkpoint checkpoint = open_bytes(file);
    QStringList found;
    for (const auto& [name, entry] : checkpoint.tensors())
        found << QString("%1=%2")
                     .arg(QString::fromStdString(name))
                     .arg(read_values<float>(checkpoint, name, DType::F32).at(0));
    QCOMPARE(found.join(' '), names);
    QCOMPARE(QString::fromStdString(checkpoint.wrapper()), wrapper);
}

void TestCheckpoint::views_data()
{
    QTest::addColumn<std::vector<std::int64_t>>("shape");
    QTest::addColumn<std::vector<std::int64_t>>("strides");
    QTest::addColumn<int>("offset");
    QTest::addColumn<std::vector<int>>("expected");
    using Sizes = std::vector<std::int64_t>;
    using Values = std::vector<int>;
    QTest::newRow("packed") << Sizes{2, 3} << Sizes{3, 1} << 0 << Values{0, 1, 2, 3, 4, 5};
    QTest::newRow("a part") << Sizes{2, 2} << Sizes{2, 1} << 5 << Values{5, 6, 7, 8};
    QTest::newRow("transposed") << Sizes{3, 2} << Sizes{1, 3} << 0 << Values{0, 3, 1, 4, 2, 5};
    QTest::newRow("a column") << Sizes{4} << Sizes{3} << 1 << Values{1, 4, 7, 10};
    QTest::newRow("overlapping rows") << Sizes{3, 3} << Sizes{2, 1} << 0 << Values{0, 1, 2, 2, 3, 4, 4, 5, 6};
    QTest::newRow("one number repeated") << Sizes{3} << Sizes{0} << 7 << Values{7, 7, 7};
    QTest::newRow("a scalar") << Sizes{} << Sizes{} << 11 << Values{11};
    QTest::newRow("nothing") << Sizes{0, 3} << Sizes{3, 1} << 12 << Values{};
    QTest::newRow("a size of one has any stride") << Sizes{1, 2} << Sizes{99, 1} << 3 << Values{3, 4};
    QTest::newRow("three dimensions")
        << Sizes{2, 2, 2} << Sizes{1, 4, 2} << 0 << Values{0, 2, 4, 6, 1, 3, 5, 7};
}

void TestCheckpoint::views()
{
    QFETCH(std::vector<std::int64_t>, shape);
    QFETCH(std::vector<std::int64_t>, strides);
    QFETCH(int, offset);
    QFETCH(std::vector<int>, expected);
    std::vector<float> numbers(12);
    std::iota(numbers.begin(), numbers.end(), 0.f);
    const std::string file =
        torch_zip(p_dict({{"w", p_tensor({"FloatStorage", "0", 12, offset, shape, strides})}}),
                  {{"0", packed(numbers)}});
    const Checkpoint checkpoint = open_bytes(file);
    QCOMPARE(read_values<float>(checkpoint, "w", DType::F32),
             std::vector<float>(expected.begin(), expected.end()));
    QCOMPARE(read_values<double>(checkpoint, "w", DType::F64),
             std::vector<double>(expected.begin(), expected.end()));
}

void TestCheckpoint::aLargeTransposeIsReadThroughAWindow()
{
    // More than the window of 4 MB, so that it has to move; a flipped bit far away is noticed before.
    constexpr std::int64_t rows = 1500, columns = 1000;
    std::vector<std::int32_t> numbers(rows * columns);
    std::iota(numbers.begin(), numbers.end(), 0);
    std::string file = torch_zip(
        p_dict({{"w", p_tensor({"IntStorage", "0", rows * columns, 0, {columns, rows}, {1, columns}})}}),
        {{"0", packed(numbers)}});
    {
        const Checkpoint checkpoint = open_bytes(file);
        const auto values = read_values<std::int32_t>(checkpoint, "w", DType::I32);
        int wrong = 0;
        for (std::int64_t c = 0; c < columns; ++c)
            for (std::int64_t r = 0; r < rows; ++r)
                wrong += values[static_cast<std::size_t>(c * rows + r)] != r * columns + c;
        QCOMPARE(wrong, 0);
    }
    file[file.size() / 2] ^= 4;
    const QString error = error_of([&] { read_values<std::int32_t>(open_bytes(file), "w", DType::I32); });
    QVERIFY2(error.contains("made.pt: is damaged: the checksum of 'data/0' differs"), qPrintable(error));
}

/// What torch.save(..., pickle_protocol=4) writes: frames, short texts, a memo without indices.
void TestCheckpoint::protocolFour()
{
    const auto text = [](const std::string& t) {
        return std::string("\x8c") + little(t.size(), 1) + t + "\x94";
    };
    const auto global = [&](const char* module, const char* name) {
        return text(module) + text(name) + "\x93\x94";
    };
    const std::string dict = global("collections", "OrderedDict") + ")R\x94";
    const std::string tensor = global("torch._utils", "_rebuild_tensor_v2") + "((" + text("storage")
                               + global("torch", "FloatStorage") + text("0") + text("cpu") + "K\x02t\x94QK"
                               + std::string(1, '\0') + "K\x02\x85\x94K\x01\x85\x94\x89h"
                               + std::string(1, '\2') + ")R\x94t\x94R\x94";
    const std::string body = dict + text("w") + tensor + "s.";
    const std::string object = std::string("\x80\x04\x95", 3) + little(body.size(), 8) + body;
    const std::string block = packed(std::vector<float>{8, 9});
    const std::string good = zip_of({{"data.pkl", object}, {"data/0", block}});
    QCOMPARE(read_values<float>(open_bytes(good), "w", DType::F32), (std::vector<float>{8, 9}));
    // One way of writing in a file of the other protocol is refused, so that no file has two readings.
    std::string mixed = object;
    mixed[1] = 2;
    const std::string bad = zip_of({{"data.pkl", mixed}, {"data/0", block}});
    const QString error = error_of([&] { open_bytes(bad); });
    QVERIFY2(error.contains("uses the pickle operation FRAME"), qPrintable(error));
}

void TestCheckpoint::severalThreadsMayRead()
{
    const std::string file = torch_zip(p_dict(two_tensors), {{"0", packed(ramp(6))}});
    const Checkpoint checkpoint = open_bytes(file);
    std::atomic<int> wrong{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 50; ++i)
                wrong += read_values<float>(checkpoint, "a", DType::F32) != ramp(6)
                         || read_values<float>(checkpoint, "b", DType::F32) != std::vector<float>{4.5f, 5.5f};
        });
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(wrong.load(), 0);
}

void TestCheckpoint::shapesAreCompared()
{
    const std::string file = torch_zip(p_dict(two_tensors), {{"0", packed(ramp(6))}});
    const Checkpoint checkpoint = open_bytes(file);
    using Shapes = std::map<std::string, std::vector<std::int64_t>>;
    require_shapes(checkpoint, Shapes{{"a", {2, 3}}, {"b", {2}}}, false);
    require_shapes(checkpoint, Shapes{{"a", {2, 3}}}, true);
    const QString extra = error_of([&] { require_shapes(checkpoint, Shapes{{"a", {2, 3}}}, false); });
    QVERIFY2(extra.contains("(1 tensor): 'b' is not part of the model"), qPrintable(extra));
    const QString many = error_of([&] {
        require_shapes(checkpoint, Shapes{{"a", {3, 2}}, {"c", {1}}, {"d", {1}}, {"e", {1}}}, false);
    });
    QVERIFY2(many.contains("(5 tensors): 'a' is (2, 3) instead of (3, 2); 'c' is missing; 'd' is missing."),
             qPrintable(many));
}

void TestCheckpoint::theHashIsThatOfTheFile()
{
    const std::string file = torch_zip(p_dict(two_tensors), {{"0", packed(ramp(6))}});
    Sha256 hash;
    hash.add(file);
    QCOMPARE(open_bytes(file).sha256(), hash.hex());
}

void TestCheckpoint::writtenFilesAreRead()
{
    QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath("out.safetensors").toStdString();
    const std::map<std::string, SafetensorsEntry> entries{{"b.weight", {DType::F32, {2, 3}}},
                                                          {"a.half", {DType::F16, {3}}},
                                                          {"größe", {DType::I64, {}}},
                                                          {"empty", {DType::F64, {0, 4}}},
                                                          {"flags", {DType::Bool, {3}}}};
    const auto fill = [](const std::string& name, std::span<std::byte> bytes) {
        for (std::size_t i = 0; i < bytes.size(); ++i)
            bytes[i] = name == "flags" ? std::byte(1) : std::byte((i * 7 + name.size()) & 63);
    };
    write_safetensors(path, entries, {{"note", "a \"quoted\" text"}}, fill);
    const Checkpoint checkpoint = Checkpoint::open(path);
    QCOMPARE(checkpoint.tensors().size(), entries.size());
    for (const auto& [name, entry] : entries) {
        const TensorEntry& found = checkpoint.tensors().at(name);
        QCOMPARE(found.dtype, entry.dtype);
        QCOMPARE(found.shape, entry.shape);
        std::vector<std::byte> expected(static_cast<std::size_t>(found.elements()) * size_of(found.dtype));
        std::vector<std::byte> values(expected.size());
        fill(name, expected);
        checkpoint.read(name, found.dtype, values);
        QVERIFY(values == expected);
    }
    QCOMPARE(checkpoint.metadata(),
             (std::map<std::string, std::string>{{"format", "pt"}, {"note", "a \"quoted\" text"}}));
    const auto bytes = read_file(path);
    QCOMPARE(int(bytes[0]) % 8, 0); // the data begin at a multiple of 8
}

void TestCheckpoint::whatCannotBeWrittenLeavesTheOldFile_data()
{
    QTest::addColumn<int>("room");
    for (const int room : {0, 100, 50000})
        QTest::addRow("%d bytes of room", room) << room;
    QTest::newRow("the producer fails") << -1;
}

void TestCheckpoint::whatCannotBeWrittenLeavesTheOldFile()
{
    QFETCH(int, room);
    QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath("out.safetensors").toStdString();
    write_file(path, std::string("the old file"));
    const pid_t child = ::fork();
    if (child == 0) { // limits that must not outlive it
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{rlim_t(room < 0 ? 1 << 30 : room), rlim_t(room < 0 ? 1 << 30 : room)};
        int code = ::setrlimit(RLIMIT_FSIZE, &limit) == 0 ? 51 : 50;
        try {
            write_safetensors(path, {{"w", {DType::F32, {20000}}}}, {},
                              [&](const std::string&, std::span<std::byte>) {
                                  if (room < 0)
                                      throw Error(ErrorKind::Input, "source", "is gone", "Look for it");
                              });
        } catch (const Error& error) {
            code = error.kind() == (room < 0 ? ErrorKind::Input : ErrorKind::Output) ? 0 : 52;
        } catch (...) {
            code = 53;
        }
        ::_exit(code);
    }
    int status = -1;
    QVERIFY(::waitpid(child, &status, 0) == child && WIFEXITED(status));
    QCOMPARE(WEXITSTATUS(status), 0);
    const auto bytes = read_file(path);
    QCOMPARE(std::string(bytes.begin(), bytes.end()), std::string("the old file"));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList{"out.safetensors"});
}

void TestCheckpoint::otherFilesAreNamed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* words, const std::string& bytes) {
        QTest::newRow(words) << QByteArray::fromStdString(bytes) << words;
    };
    const auto object = [](const std::string& text) { return torch_zip(text, {}); };
    row("is empty", "");
    row("is a Git LFS pointer, not the file of 77 bytes itself",
        "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 77\n");
    row("is an HTML page", "\n<!DOCTYPE html><html>");
    row("is a compressed archive", "\x1f\x8b\x08");
    row("is a tar archive", std::string(257, 'x') + "ustar" + std::string(300, '\0'));
    row("is an HDF5 file", "\x89HDF\r\n\x1a\n");
    row("is a Python pickle that torch.save did not write", "\x80\x04\x95");
    row("is not a checkpoint", "some text of whatever kind");
    row("is a TorchScript archive", zip_of({{"data.pkl", "x"}, {"constants.pkl", "x"}}));
    row("not one of torch.save: it has no data.pkl", zip_of({{"version", "3"}}));
    row("with the member 'word/document.xml', which torch.save never writes",
        zip_of({{"word/document.xml", "x"}}));
    row("holds a whole Python model ('torch.nn.modules.linear.Linear')",
        object("ctorch.nn.modules.linear\nLinear\n)R"));
    row("needs the Python class '__main__.Net'", object("c__main__\nNet\n)R"));
    row("holds objects of PyTorch Lightning", object("cpytorch_lightning.callbacks\nX\n)R"));
    row("holds NumPy objects", object("cnumpy.core.multiarray\nscalar\n)R"));
    row("holds the options of the program", object("cargparse\nNamespace\n)R"));
    row("holds a quantised or sparse tensor", object("ctorch._utils\n_rebuild_qtensor\n)R"));
    row("a tensor of a class of its own", object("ctorch._tensor\n_rebuild_from_type_v2\n)R"));
    row("in the format 'torch.QInt8Storage'", object("ctorch\nQInt8Storage\n"));
    row("wants to use 'posix.system', which weights do not need; nothing of it was run",
        object("cposix\nsystem\n" + p_text("id") + "\x85R"));
    row("holds no tensors with names", object(p_dict({{"a", p_whole(1)}})));
    row("another byte order", zip_of({{"data.pkl", pickle("}")}, {"byteorder", "big"}}));
}

void TestCheckpoint::otherFilesAreNamed()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, words);
    const std::string file = bytes.toStdString();
    const QString error = error_of([&] { open_bytes(file, "some/file.pt"); });
    QVERIFY2(error.startsWith("3: some/file.pt: "), qPrintable(error));
    QVERIFY2(error.contains(words), qPrintable(error));
}

QTEST_APPLESS_MAIN(TestCheckpoint)
#include "tst_checkpoint.moc"
