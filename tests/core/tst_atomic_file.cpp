// SPDX-License-Identifier: GPL-3.0-or-later
// Files are old or new, never half; nothing is left behind; what is refused is refused before anything changes.
#include <atomic>
#include <csignal>
#include <thread>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QtTest>

#include "engine/core/atomic_file.h"
#include "engine/core/error.h"
#include "tests/core/error_of.h"
#include "tests/core/killed_child.h"

using namespace lacuna;
using namespace lacuna::test;
namespace fs = std::filesystem;

namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes pattern(std::size_t size, unsigned seed = 1)
{
    Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i)
        bytes[i] = static_cast<std::uint8_t>((i * 2654435761u + seed * 97u) >> 7);
    return bytes;
}

mode_t mode_of(const fs::path& path)
{
    struct stat info {};
    return ::stat(path.c_str(), &info) == 0 ? info.st_mode & 07777 : 0;
}

} // namespace

class TestAtomicFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        QVERIFY(folder_->isValid());
    }

    void cleanup() { fs::remove_all(folder_->path().toStdString()); } // Qt cannot remove what is not UTF-8

    void writeAndReplace_data();
    void writeAndReplace();
    void textIsWrittenAsItIs();
    void theFileIsReplacedNotChanged();
    void permissions_data();
    void permissions();
    void newFilesFollowTheUmask();
    void theUmaskIsLeftAloneByThreads();
    void names_data();
    void names();
    void relativeNames();
    void symbolicLinks();
    void linksThatLeadNowhere();
    void refusals_data();
    void refusals();
    void pipesAreNotReplaced();
    void writeProtectedFilesStay();
    void fullDisk_data();
    void fullDisk();
    void aTargetThatCannotBeRenamedOver();
    void manyWriters();
    void reading();
    void readingRefusals_data();
    void readingRefusals();
    void aPipeIsNotWaitedFor();

private:
    fs::path at(const std::string& name) const { return fs::path(folder_->path().toStdString()) / name; }
    /// The names in the folder, hidden ones too.
    QStringList contents() const
    {
        QStringList names;
        for (const auto& entry : fs::directory_iterator(folder_->path().toStdString()))
            names += QString::fromStdString(entry.path().filename().string());
        names.sort();
        return names;
    }

    std::unique_ptr<QTemporaryDir> folder_;
};

void TestAtomicFile::writeAndReplace_data()
{
    QTest::addColumn<int>("first");
    QTest::addColumn<int>("second");
    for (const auto& [first, second] :
         {std::pair(0, 0), {0, 1}, {1, 0}, {10, 3000000}, {3000000, 10}, {4096, 4096}, {65537, 65536}})
        QTest::addRow("%d bytes, then %d", first, second) << first << second;
}

void TestAtomicFile::writeAndReplace()
{
    QFETCH(int, first);
    QFETCH(int, second);
    const fs::path path = at("set.json");
    write_file(path, pattern(std::size_t(first), 1));
    QVERIFY(read_file(path) == pattern(std::size_t(first), 1));
    write_file(path, pattern(std::size_t(second), 2));
    QVERIFY(read_file(path) == pattern(std::size_t(second), 2));
    QCOMPARE(contents(), QStringList{"set.json"});
}

void TestAtomicFile::textIsWrittenAsItIs()
{
    const std::string text("a\r\nb\n\0c\xFF Zażółć", 19);
    write_file(at("text"), text);
    const Bytes bytes = read_file(at("text"));
    QVERIFY(std::string(bytes.begin(), bytes.end()) == text);
}

void TestAtomicFile::theFileIsReplacedNotChanged()
{
    // Whoever has the old file open, or another hard link to it, keeps the old bytes: no moment is half.
    write_file(at("file"), pattern(1000, 1));
    fs::create_hard_link(at("file"), at("other"));
    write_file(at("file"), pattern(500, 2));
    QVERIFY(read_file(at("other")) == pattern(1000, 1));
    QVERIFY(read_file(at("file")) == pattern(500, 2));
}

void TestAtomicFile::permissions_data()
{
    QTest::addColumn<int>("mode");
    for (const int mode : {0644, 0600, 0640, 0755, 0666, 0200})
        QTest::addRow("%o", mode) << mode;
}

void TestAtomicFile::permissions()
{
    QFETCH(int, mode);
    write_file(at("file"), pattern(10));
    QVERIFY(::chmod(at("file").c_str(), mode_t(mode)) == 0);
    write_file(at("file"), pattern(20));
    QCOMPARE(int(mode_of(at("file"))), mode);
}

void TestAtomicFile::newFilesFollowTheUmask()
{
    for (const int mask : {0022, 0077, 0002}) {
        const mode_t before = ::umask(mode_t(mask));
        write_file(at("file"), pattern(10));
        const mode_t after = ::umask(before);
        QCOMPARE(int(mode_of(at("file"))), 0666 & ~mask);
        QCOMPARE(int(after), mask);
        fs::remove(at("file"));
    }
}

void TestAtomicFile::theUmaskIsLeftAloneByThreads()
{
    const mode_t before = ::umask(0027);
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 100; ++i)
                write_file(at(std::to_string(t) + "-" + std::to_string(i)), pattern(3));
        });
    for (std::thread& thread : threads)
        thread.join();
    const mode_t after = ::umask(before);
    QCOMPARE(int(after), 0027);
    for (const auto& entry : fs::directory_iterator(folder_->path().toStdString()))
        QCOMPARE(int(mode_of(entry.path())), 0640);
}

void TestAtomicFile::names_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("space") << QByteArray("my picture.png");
    QTest::newRow("only spaces") << QByteArray("  ");
    QTest::newRow("quotes and shell characters") << QByteArray("'q\" $x `ls` ; & | * ? \\ #%s.png");
    QTest::newRow("new line") << QByteArray("a\nb.png");
    QTest::newRow("not ASCII") << QByteArray("Zażółć 🎨 绘.png");
    QTest::newRow("not UTF-8") << QByteArray("\xFF\xFE.png");
    QTest::newRow("leading dash") << QByteArray("-rf");
    QTest::newRow("hidden") << QByteArray(".hidden");
    QTest::newRow("255 bytes") << QByteArray(255, 'x');
    QTest::newRow("looks like a temporary file") << QByteArray(".lacuna-1-1");
}

void TestAtomicFile::names()
{
    QFETCH(QByteArray, name);
    const fs::path folder = at("a 'folder'\n" + name.left(200).toStdString());
    fs::create_directory(folder);
    const fs::path path = folder / name.toStdString();
    for (unsigned seed = 1; seed <= 2; ++seed) {
        write_file(path, pattern(100, seed));
        QVERIFY(read_file(path) == pattern(100, seed));
    }
    int entries = 0;
    for (const auto& entry : fs::directory_iterator(folder)) {
        QVERIFY(entry.path().filename().string() == name.toStdString());
        ++entries;
    }
    QCOMPARE(entries, 1);
}

void TestAtomicFile::relativeNames()
{
    const fs::path before = fs::current_path();
    fs::current_path(folder_->path().toStdString());
    fs::create_directory("sub");
    write_file("bare", pattern(5));
    write_file("./sub/../sub/dotted", pattern(6));
    const bool read_back = read_file("bare") == pattern(5) && read_file("sub/dotted") == pattern(6);
    fs::current_path(before);
    QVERIFY(read_back);
    QCOMPARE(contents(), QStringList({"bare", "sub"}));
}

void TestAtomicFile::symbolicLinks()
{
    fs::create_directory(at("there"));
    write_file(at("there/file"), pattern(10, 1));
    QVERIFY(::chmod(at("there/file").c_str(), 0604) == 0);
    fs::create_symlink("there/file", at("relative"));
    fs::create_symlink(at("there/file"), at("absolute"));
    fs::create_symlink("relative", at("link to a link"));
    fs::create_directory_symlink("there", at("folder link"));
    fs::create_symlink("../relative", at("there/back")); // seen from its own folder, not from ours
    unsigned seed = 2;
    for (const char* name : {"relative", "absolute", "link to a link", "folder link/file", "there/back"}) {
        write_file(at(name), pattern(20, ++seed));
        QVERIFY2(read_file(at("there/file")) == pattern(20, seed), name);
        QVERIFY(!fs::is_symlink(fs::symlink_status(at("there/file"))));
        QCOMPARE(int(mode_of(at("there/file"))), 0604);
    }
    for (const char* name : {"relative", "absolute", "link to a link", "folder link", "there/back"})
        QVERIFY2(fs::is_symlink(fs::symlink_status(at(name))), name);
    QCOMPARE(contents(), QStringList({"absolute", "folder link", "link to a link", "relative", "there"}));
    QCOMPARE(std::distance(fs::directory_iterator(at("there")), fs::directory_iterator()), std::ptrdiff_t(2));
}

void TestAtomicFile::linksThatLeadNowhere()
{
    // To a file that does not exist yet: it is made, and the link stays.
    fs::create_directory(at("there"));
    fs::create_symlink("there/new", at("dangling"));
    write_file(at("dangling"), pattern(7));
    QVERIFY(fs::is_symlink(fs::symlink_status(at("dangling"))));
    QVERIFY(read_file(at("there/new")) == pattern(7));
    // Into a folder that does not exist, and in a circle: refused, with the name that was given or led to.
    fs::create_symlink("missing/new", at("lost"));
    fs::create_symlink("b", at("a"));
    fs::create_symlink("a", at("b"));
    for (const char* name : {"lost", "a"}) {
        const QString error = error_of([&] { write_file(at(name), pattern(7)); });
        QVERIFY2(error.startsWith("6: " + folder_->path()), qPrintable(error));
        QVERIFY(fs::is_symlink(fs::symlink_status(at(name))));
    }
    QCOMPARE(contents(), QStringList({"a", "b", "dangling", "lost", "there"}));
}

void TestAtomicFile::refusals_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("words");
    QTest::newRow("the folder is missing") << "missing/file"
                                           << "No such file or directory";
    QTest::newRow("the target is a folder") << "folder"
                                            << "Is a directory";
    QTest::newRow("the target is a folder, with a slash") << "folder/"
                                                          << "";
    QTest::newRow("a folder that does not exist, with a slash") << "new/"
                                                                << "";
    QTest::newRow("a link to a folder") << "link"
                                        << "Is a directory";
    QTest::newRow("below a file") << "file/new"
                                  << "Not a directory";
    QTest::newRow("a folder that nobody may write to, not even root") << "/proc/lacuna-test"
                                                                      << "";
    QTest::newRow("deep below it") << "/proc/self/lacuna-test"
                                   << "";
    QTest::newRow("the root folder") << "/"
                                     << "Is a directory";
    QTest::newRow("this folder") << "."
                                 << "Is a directory";
    QTest::newRow("a name that is too long") << QString(256, 'x') << "name too long";
    QTest::newRow("a path that is too long") << QString("x/").repeated(3000) << "name too long";
}

void TestAtomicFile::refusals()
{
    QFETCH(QString, name);
    QFETCH(QString, words);
    fs::create_directory(at("folder"));
    write_file(at("folder/inside"), pattern(3));
    write_file(at("file"), pattern(10));
    fs::create_directory_symlink("folder", at("link"));
    const QStringList before = contents();
    const QString error = error_of([&] { write_file(at(name.toStdString()), pattern(20)); });
    QVERIFY2(error.startsWith("6: "), qPrintable(error));
    QVERIFY2(error.contains(words), qPrintable(error));
    QVERIFY2(error.endsWith("The file that was there before is unchanged."), qPrintable(error));
    QCOMPARE(contents(), before);
    QVERIFY(read_file(at("file")) == pattern(10));
    QVERIFY(read_file(at("folder/inside")) == pattern(3));
    QCOMPARE(std::distance(fs::directory_iterator(at("folder")), fs::directory_iterator()),
             std::ptrdiff_t(1));
}

void TestAtomicFile::pipesAreNotReplaced()
{
    // A rename over a pipe or a device (as root even over /dev/null) would succeed, and it would be gone.
    // Only a pipe of our own is put to the test.
    QVERIFY(::mkfifo(at("pipe").c_str(), 0666) == 0);
    fs::create_symlink("pipe", at("link"));
    for (const char* name : {"pipe", "link"}) {
        const QString error = error_of([&] { write_file(at(name), pattern(20)); });
        QVERIFY2(error.startsWith("6: ") && error.contains("is not a file"), qPrintable(error));
    }
    QVERIFY(fs::is_fifo(at("pipe")));
    QCOMPARE(contents(), QStringList({"link", "pipe"}));
}

void TestAtomicFile::writeProtectedFilesStay()
{
    for (const int mode : {0444, 0400, 0555}) {
        write_file(at("file"), pattern(10));
        QVERIFY(::chmod(at("file").c_str(), mode_t(mode)) == 0);
        const QString error = error_of([&] { write_file(at("file"), pattern(20)); });
        QVERIFY2(error.startsWith("6: ") && error.contains("protected against writing"), qPrintable(error));
        QVERIFY(read_file(at("file")) == pattern(10));
        QCOMPARE(int(mode_of(at("file"))), mode);
        QCOMPARE(contents(), QStringList{"file"});
        fs::remove(at("file"));
    }
}

void TestAtomicFile::fullDisk_data()
{
    QTest::addColumn<int>("room");
    QTest::addColumn<bool>("replaces");
    for (const int room : {0, 1, 4096, 99999})
        for (const bool replaces : {false, true})
            QTest::addRow("%d of 100000 bytes, %s", room, replaces ? "over an old file" : "a new file")
                << room << replaces;
}

void TestAtomicFile::fullDisk()
{
    // A limit on the size of files stands for a full disk: the first write is short or fails, in the kernel.
    QFETCH(int, room);
    QFETCH(bool, replaces);
    const fs::path path = at("file");
    if (replaces)
        write_file(path, pattern(5000, 1));
    const Bytes fresh = pattern(100000, 2);
    const int code = in_another_process([&] {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{rlim_t(room), rlim_t(room)};
        if (::setrlimit(RLIMIT_FSIZE, &limit) != 0)
            return 50;
        try {
            write_file(path, fresh);
        } catch (const Error& error) {
            const bool named = error.subject() == printable(path.string());
            const bool caused = error.cause().find("cannot be written: File too large") != std::string::npos;
            return error.kind() == ErrorKind::Output && named && caused ? 0 : 51;
        }
        return 52; // it was written after all
    });
    QCOMPARE(code, 0);
    QCOMPARE(contents(), replaces ? QStringList{"file"} : QStringList{});
    if (replaces)
        QVERIFY(read_file(path) == pattern(5000, 1));
    // With room enough it works in the same kind of process.
    const int good = in_another_process([&] {
        const rlimit limit{rlim_t(fresh.size()), rlim_t(fresh.size())};
        if (::setrlimit(RLIMIT_FSIZE, &limit) != 0)
            return 50;
        write_file(path, fresh);
        return 0;
    });
    QCOMPARE(good, 0);
    QVERIFY(read_file(path) == fresh);
}

void TestAtomicFile::aTargetThatCannotBeRenamedOver()
{
    // The temporary file can be made and written, the last step fails: nothing may be left.
    const QString error = error_of([&] { write_file(at(std::string(256, 'x')), pattern(20)); });
    QVERIFY2(error.startsWith("6: "), qPrintable(error));
    QCOMPARE(contents(), QStringList());
}

void TestAtomicFile::manyWriters()
{
    // Threads write the same file while others read it: every reader sees one of the written contents in full.
    constexpr std::size_t size = 40000;
    write_file(at("file"), pattern(size, 0));
    std::atomic<int> wrong{0}, writing{3};
    std::vector<std::thread> threads;
    for (unsigned t = 1; t <= 3; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 60; ++i)
                write_file(at("file"), pattern(size, t));
            --writing;
        });
    threads.emplace_back([&] {
        std::vector<Bytes> known;
        for (unsigned t = 0; t <= 3; ++t)
            known.push_back(pattern(size, t));
        do {
            const Bytes seen = read_file(at("file"));
            wrong += std::find(known.begin(), known.end(), seen) == known.end();
        } while (writing > 0);
    });
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(wrong.load(), 0);
    QCOMPARE(contents(), QStringList{"file"});
}

void TestAtomicFile::reading()
{
    write_file(at("file"), pattern(1000));
    QVERIFY(read_file(at("file"), 1000) == pattern(1000));
    const QString error = error_of([&] { read_file(at("file"), 999); });
    QVERIFY2(error.startsWith("3: ") && error.contains("is too large"), qPrintable(error));
    // A sparse file of 1 TB is refused by its size, not read.
    fs::resize_file(at("file"), std::uintmax_t(1) << 40);
    const QString huge = error_of([&] { read_file(at("file")); });
    QVERIFY2(huge.startsWith("3: ") && huge.contains("is too large (1099511 MB)"), qPrintable(huge));
}

void TestAtomicFile::readingRefusals_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("words");
    QTest::newRow("missing") << "missing"
                             << "cannot be opened: No such file or directory";
    QTest::newRow("a folder") << "."
                              << "is not a file";
    QTest::newRow("below a file") << "file/x"
                                  << "cannot be opened: Not a directory";
    QTest::newRow("a device") << "/dev/zero"
                              << "is not a file";
    QTest::newRow("a circle of links") << "circle"
                                       << "cannot be opened";
    QTest::newRow("control characters in the name") << "a\n\x1b[31m"
                                                    << "a??[31m: cannot be opened";
}

void TestAtomicFile::readingRefusals()
{
    QFETCH(QString, name);
    QFETCH(QString, words);
    write_file(at("file"), pattern(10));
    fs::create_symlink("circle", at("circle"));
    const QString error = error_of([&] { read_file(at(name.toStdString())); });
    QVERIFY2(error.startsWith("3: "), qPrintable(error));
    QVERIFY2(error.contains(words), qPrintable(error));
}

void TestAtomicFile::aPipeIsNotWaitedFor()
{
    // In a process of its own with an alarm: opening a pipe that nobody writes to would wait for ever.
    QVERIFY(::mkfifo(at("pipe").c_str(), 0666) == 0);
    const int code = in_another_process([&] {
        ::alarm(20);
        return error_of([&] { read_file(at("pipe")); }).contains("is not a file") ? 0 : 51;
    });
    QCOMPARE(code, 0);
}

QTEST_APPLESS_MAIN(TestAtomicFile)
#include "tst_atomic_file.moc"
