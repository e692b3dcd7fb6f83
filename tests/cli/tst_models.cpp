// SPDX-License-Identifier: GPL-3.0-or-later
// `models inspect` and `models convert` as processes.
#include <QtTest>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "engine/core/atomic_file.h"
#include "tests/core/checkpoint_makers.h"

using namespace lacuna;
using namespace lacuna::test;

namespace {

struct Result {
    int code = -1;
    QByteArray out, err;
};

Result run(const QStringList& arguments)
{
    QProcess process;
    process.start(QStringLiteral(LACUNA_BIN_DIR "/lacuna-cli"), QStringList{"models"} + arguments);
    if (!process.waitForFinished(60000))
        return {};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2,
            process.readAllStandardOutput(), process.readAllStandardError()};
}

} // namespace

class TestModels : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void inspectSaysWhatIsThere();
    void inspectAsJson();
    void convertKeepsTheValues();
    void convertToHalf();
    void convertAgainKeepsTheNotes();
    void refusals_data();
    void refusals();
    void anOutputThatExistsIsKept();

private:
    QString at(const QString& name) const { return folder_->filePath(name); }
    void write(const QString& name, const std::string& bytes) const
    {
        write_file(at(name).toStdString(), bytes);
    }

    std::unique_ptr<QTemporaryDir> folder_;
};

void TestModels::init()
{
    folder_ = std::make_unique<QTemporaryDir>();
    QVERIFY(folder_->isValid());
    const std::string state = p_dict({{"module.w", p_tensor({"FloatStorage", "0", 6, 0, {3, 2}, {1, 3}})},
                                      {"module.n", p_tensor({"LongStorage", "1", 1, 0, {}, {}})}});
    write("in.pt", torch_zip(p_dict({{"state_dict", state}, {"epoch", p_whole(4)}}),
                             {{"0", packed(std::vector<float>{0, 1, 2, 3, 4, 65505})},
                              {"1", packed(std::vector<std::int64_t>{1LL << 50})}}));
    write("large.pt", torch_zip(p_dict({{"w", p_tensor({"FloatStorage", "0", 1, 0, {1}, {1}})}}),
                                {{"0", packed(std::vector<float>{70000})}}));
    write("nan.pt", torch_zip(p_dict({{"w", p_tensor({"FloatStorage", "0", 1, 0, {1}, {1}})}}),
                              {{"0", packed(std::vector<std::uint32_t>{0x7FC00000})}}));
    write("code.pt", torch_zip("cposix\nsystem\n" + p_text("true") + "\x85R", {}));
}

void TestModels::inspectSaysWhatIsThere()
{
    const Result result = run({"inspect", at("in.pt"), "--tensors"});
    QVERIFY2(result.code == 0, result.err);
    for (const char* line : {"container\tPyTorch (zip)\n", "tensors\t2\n", "parameters\t7\n",
                             "tensor_bytes\t32\n", "formats.F32\t1\n", "formats.I64\t1\n",
                             "wrapper\tstate_dict\n", "w\tF32\t(3, 2)\n", "n\tI64\t()\n"})
        QVERIFY2(result.out.contains(line), result.out);
}

void TestModels::inspectAsJson()
{
    const Result result = run({"inspect", at("in.pt"), "--tensors", "--json"});
    QCOMPARE(result.code, 0);
    const QJsonObject json = QJsonDocument::fromJson(result.out).object();
    QCOMPARE(json["parameters"].toInt(), 7);
    QCOMPARE(json["file"].toString(), at("in.pt"));
    QCOMPARE(json["list"].toArray().size(), 2);
    QCOMPARE(json["list"][1]["shape"].toArray(), (QJsonArray{3, 2}));
}

void TestModels::convertKeepsTheValues()
{
    const Result result = run({"convert", at("in.pt"), at("out.safetensors"), "--licence", "CC0",
                               "--architecture", "a test", "--json"});
    QVERIFY2(result.code == 0, result.err);
    QCOMPARE(QJsonDocument::fromJson(result.out).object()["bytes"].toInt(), 32);
    const Checkpoint checkpoint = Checkpoint::open(at("out.safetensors").toStdString());
    QCOMPARE(read_values<float>(checkpoint, "w", DType::F32), (std::vector<float>{0, 3, 1, 4, 2, 65505}));
    QCOMPARE(read_values<std::int64_t>(checkpoint, "n", DType::I64), (std::vector<std::int64_t>{1LL << 50}));
    const std::map<std::string, std::string> notes = checkpoint.metadata();
    QCOMPARE(notes.at("source_file"), std::string("in.pt"));
    QCOMPARE(notes.at("source_sha256"), Checkpoint::open(at("in.pt").toStdString()).sha256());
    QCOMPARE(notes.at("licence"), std::string("CC0"));
    QCOMPARE(notes.at("architecture"), std::string("a test"));
    QCOMPARE(notes.at("format"), std::string("pt"));
}

void TestModels::convertToHalf()
{
    const Result result = run({"convert", at("in.pt"), at("half.safetensors"), "--half"});
    QVERIFY2(result.code == 0, result.err);
    const Checkpoint checkpoint = Checkpoint::open(at("half.safetensors").toStdString());
    QCOMPARE(checkpoint.tensors().at("w").dtype, DType::F16);
    QCOMPARE(checkpoint.tensors().at("n").dtype, DType::I64);
    QCOMPARE(read_values<float>(checkpoint, "w", DType::F32), (std::vector<float>{0, 3, 1, 4, 2, 65504}));
}

void TestModels::convertAgainKeepsTheNotes()
{
    QCOMPARE(run({"convert", at("in.pt"), at("one.safetensors"), "--licence", "CC0"}).code, 0);
    QCOMPARE(run({"convert", at("one.safetensors"), at("two.safetensors")}).code, 0);
    const Checkpoint two = Checkpoint::open(at("two.safetensors").toStdString());
    QCOMPARE(two.metadata().at("licence"), std::string("CC0"));
    QCOMPARE(two.metadata().at("source_file"), std::string("one.safetensors"));
}

void TestModels::refusals_data()
{
    QTest::addColumn<QString>("input");
    QTest::addColumn<bool>("half");
    QTest::addColumn<QString>("words");
    QTest::newRow("missing") << "none.pt" << false << "cannot be opened: No such file or directory";
    QTest::newRow("code") << "code.pt" << false << "wants to use 'posix.system'";
    QTest::newRow("NaN") << "nan.pt" << false << "holds NaN, infinite values in the tensor 'w'";
    QTest::newRow("too large for half")
        << "large.pt" << true << "for half precision, too large values in the tensor 'w'";
}

void TestModels::refusals()
{
    QFETCH(QString, input);
    QFETCH(bool, half);
    QFETCH(QString, words);
    QStringList arguments{"convert", at(input), at("out.safetensors")};
    if (half)
        arguments << "--half";
    const Result result = run(arguments);
    QCOMPARE(result.code, 3);
    QVERIFY2(result.err.contains(input.toUtf8()) && result.err.contains(words.toUtf8()), result.err);
    QVERIFY(result.out.isEmpty());
    QCOMPARE(QDir(folder_->path()).entryList(QDir::Files | QDir::Hidden).filter("lacuna").size(), 0);
    QVERIFY(!QFile::exists(at("out.safetensors")));
}

void TestModels::anOutputThatExistsIsKept()
{
    write("out.safetensors", "something of mine");
    const Result result = run({"convert", at("in.pt"), at("out.safetensors")});
    QCOMPARE(result.code, 2);
    QVERIFY2(result.err.contains("exists already") && result.err.contains("--force"), result.err);
    const auto bytes = read_file(at("out.safetensors").toStdString());
    QCOMPARE(std::string(bytes.begin(), bytes.end()), std::string("something of mine"));
    QCOMPARE(run({"convert", at("in.pt"), at("out.safetensors"), "--force"}).code, 0);
    QCOMPARE(Checkpoint::open(at("out.safetensors").toStdString()).tensors().size(), std::size_t(2));
}

QTEST_APPLESS_MAIN(TestModels)
#include "tst_models.moc"
