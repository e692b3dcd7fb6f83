// SPDX-License-Identifier: GPL-3.0-or-later
// The downloader against a server that fails in every way that is known of servers and networks.
#include <QCryptographicHash>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

#include "tests/ui/scripted_server.h"
#include "ui/models/downloader/downloads.h"
#include "ui/models/downloader/local_proxy.h"

using namespace lacuna;
using namespace lacuna::ui;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 30000; // ms, beside heavy load

/// Bytes without a pattern that a lost or doubled piece could hide in.
QByteArray content(int size, char salt = 0)
{
    QByteArray bytes;
    for (int block = 0; bytes.size() < size; ++block)
        bytes += QCryptographicHash::hash(QByteArray::number(block) + salt, QCryptographicHash::Sha256);
    return bytes.left(size);
}

QString sha256(const QByteArray& bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

const QByteArray whole = content(300'000), other = content(300'000, 'x');

using Script = std::function<HttpAnswer(const HttpRequest&, int number)>;

HttpAnswer status(const QByteArray& line, QList<QByteArray> headers = {})
{
    return {.status = line, .headers = std::move(headers), .body = "no"};
}

} // namespace
Q_DECLARE_METATYPE(Script)

class TestDownloader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void arrivesInSpiteOf_data();
    void arrivesInSpiteOf();
    void isRefusedWithASentence_data();
    void isRefusedWithASentence();
    void fiftyDropsCostNothingTwice();
    void aNewProgramResumes();
    void stoppingKeepsWhatCame();
    void twoOfOneFile();
    void anExistingFileIsNotFetched();
    void anotherFileOfTheNameIsLeftAlone();
    void offlineAsksNobody();
    void badJobsAreRefused_data();
    void badJobsAreRefused();
    void addressesThatMustNotBeAsked_data();
    void addressesThatMustNotBeAsked();
    void diskFullBefore();
    void diskFullMeanwhile();
    void folderThatCannotBeWritten();
    void aProxyIsUsed();
    void proxiesAreWrittenAs_data();
    void proxiesAreWrittenAs();
    void progressIsToldSeldom();

private:
    DownloadJob job() const;
    DownloadRules rules() const;
    void start();
    QByteArray arrived() const;
    QStringList filesOfFolder() const;

    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<ScriptedServer> server_;
    std::unique_ptr<Downloads> downloads_;
    QString finished_{}, failed_{};
    bool stopped_ = false;
    QList<DownloadProgress> progress_{};
};

void TestDownloader::init()
{
    folder_ = std::make_unique<QTemporaryDir>();
    server_ = std::make_unique<ScriptedServer>();
    finished_.clear();
    failed_.clear();
    stopped_ = false;
    progress_.clear();
    start();
}

void TestDownloader::cleanup()
{
    downloads_.reset();
}

/// A new program, as it were.
void TestDownloader::start()
{
    downloads_ = std::make_unique<Downloads>(nullptr);
    downloads_->setRules(rules());
    connect(downloads_.get(), &Downloads::finished, this,
            [this](const QString&, const QString& path) { finished_ = path; });
    connect(downloads_.get(), &Downloads::failed, this,
            [this](const QString&, const QString& text) { failed_ = text; });
    connect(downloads_.get(), &Downloads::stopped, this, [this] { stopped_ = true; });
    connect(downloads_.get(), &Downloads::progressed, this,
            [this](const QString&, const DownloadProgress& progress) { progress_ << progress; });
}

DownloadJob TestDownloader::job() const
{
    return {.addresses = {server_->url()},
            .fileName = QStringLiteral("file.bin"),
            .folder = folder_->filePath(QStringLiteral("models")).toStdString(),
            .bytes = std::uint64_t(whole.size()),
            .sha256 = sha256(whole)};
}

DownloadRules TestDownloader::rules() const
{
    return {.stall = 1000ms, .pause = 1ms, .attempts = 4, .spare = 1000, .plainLocal = true};
}

QByteArray TestDownloader::arrived() const
{
    QFile file(QString::fromStdString(job().target().string()));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QStringList TestDownloader::filesOfFolder() const
{
    return QDir(folder_->filePath(QStringLiteral("models"))).entryList(QDir::Files | QDir::Hidden);
}

void TestDownloader::arrivesInSpiteOf_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<int>("requests"); // -1: does not matter
    const auto row = [](const char* name, int requests, Script script) {
        QTest::newRow(name) << script << requests;
    };
    const auto then = [](HttpAnswer first, const QByteArray& etag = "\"1\"") -> Script {
        return [first, etag](const HttpRequest& r, int number) {
            return number == 0 ? first : ScriptedServer::file(r, whole, etag);
        };
    };
    const auto cut = [](const QByteArray& body, qint64 after, QList<QByteArray> headers = {"ETag: \"1\""}) {
        return HttpAnswer{.headers = std::move(headers), .body = body, .cutAfter = after};
    };
    row("nothing", 1, [](const HttpRequest& r, int) { return ScriptedServer::file(r, whole); });
    row("a cut connection", 2, then(cut(whole, 100'000)));
    row("a connection cut before the first byte", 2, then(cut(whole, 0)));
    row("a server without validators", 2, then(cut(whole, 100'000, {})));
    row("a weak validator", 2, then(cut(whole, 100'000, {"ETag: W/\"1\""})));
    row("a file that changed between the parts", 2, then(cut(other, 100'000, {"ETag: \"old\""})));
    row("a changed file that the server does not notice", 3, then(cut(other, 100'000, {})));
    row("a server that ignores Range", -1, [](const HttpRequest&, int number) {
        return HttpAnswer{.body = whole, .cutAfter = number == 0 ? 100'000 : -1};
    });
    row("a precondition that failed", 3, [](const HttpRequest& r, int number) {
        return number == 0   ? HttpAnswer{.body = whole, .cutAfter = 100'000}
               : number == 1 ? status("412 Precondition Failed")
                             : ScriptedServer::file(r, whole);
    });
    row("a range that cannot be satisfied", 3, [](const HttpRequest& r, int number) {
        return number == 0   ? HttpAnswer{.body = whole, .cutAfter = 100'000}
               : number == 1 ? status("416 Range Not Satisfiable")
                             : ScriptedServer::file(r, whole);
    });
    for (const char* range : {"bytes 5-299999/300000", "bytes 100000-400000/300000", "nonsense", ""})
        QTest::addRow("a wrong Content-Range: %s", range)
            << Script([range = QByteArray(range)](const HttpRequest& r, int number) {
                   HttpAnswer answer = ScriptedServer::file(r, whole);
                   if (number == 0)
                       answer.cutAfter = 100'000;
                   if (number == 1)
                       answer.headers = {"Content-Range: " + range};
                   return answer;
               })
            << 3;
    for (const char* line : {"429 Too Many Requests", "500 Internal Server Error", "502 Bad Gateway",
                             "503 Service Unavailable", "504 Gateway Timeout"})
        QTest::addRow("%s", line) << then(status(line)) << 2;
    row("a stalled server", 2,
        then({.headers = {"ETag: \"1\""}, .body = whole, .cutAfter = 100'000, .stall = true}));
    row("a server that says nothing", 2, then({.status = "", .length = -1, .stall = true}));
    row("a slow drip", 1, then({.body = whole, .drip = 3000}));
    row("no length", 1, then({.body = whole, .length = -1}));
    row("chunks", 1, then({.body = whole, .chunked = true}));
    row("chunks that break off", 2,
        then({.headers = {"ETag: \"1\""}, .body = whole, .chunked = true, .cutAfter = 100'000}));
    row("a redirect", 2, then(status("302 Found", {"Location: /elsewhere"})));
    row("a redirect to the same computer by name", 2, [](const HttpRequest& r, int number) {
        const QByteArray host = r.headers.value("host");
        return number == 0 ? status("307 Temporary Redirect", {"Location: http://" + host + "/there"})
                           : ScriptedServer::file(r, whole);
    });
}

void TestDownloader::arrivesInSpiteOf()
{
    QFETCH(Script, script);
    QFETCH(int, requests);
    server_->answer = [&](const HttpRequest& request) {
        return script(request, int(server_->requests.size()) - 1);
    };
    downloads_->start(QStringLiteral("a"), job());
    QTRY_VERIFY_WITH_TIMEOUT(!finished_.isEmpty() || !failed_.isEmpty(), patience);
    QCOMPARE(failed_, QString());
    QVERIFY(arrived() == whole);
    QCOMPARE(filesOfFolder(), QStringList{QStringLiteral("file.bin")});
    if (requests >= 0)
        QCOMPARE(server_->requests.size(), requests);
    QCOMPARE(server_->requests[0].headers.value("accept-encoding"), QByteArray("identity"));
    QVERIFY(!downloads_->active(QStringLiteral("a")));
}

void TestDownloader::isRefusedWithASentence_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<QString>("says");
    const auto always = [](const char* name, const HttpAnswer& answer, const char* says) {
        QTest::newRow(name) << Script([answer](const HttpRequest&, int) { return answer; })
                            << QString::fromLatin1(says);
    };
    always("garbage of the right length", {.body = other}, "another file");
    always("too long, announced", {.body = whole + "x"}, "300001 bytes instead of 300000");
    always("too long, in chunks", {.body = whole + "x", .chunked = true}, "more than");
    always("endless", {.body = other, .length = -1, .endless = true}, "more than");
    always("too short, announced", {.body = whole.left(1000)}, "1000 bytes instead of");
    always("too short, in chunks", {.body = whole.left(1000), .chunked = true}, "broke the connection");
    always("length that is never reached", {.body = whole.left(1000), .length = 300'000},
           "broke the connection");
    always("a page instead of the file",
           {.headers = {"Content-Type: text/html"}, .body = "<html>Please log in</html>"}, "something else");
    always("packed", {.headers = {"Content-Encoding: gzip"}, .body = whole}, "packed");
    always("401", status("401 Unauthorized"), "to everybody");
    always("403", status("403 Forbidden"), "to everybody");
    always("404", status("404 Not Found"), "does not have the file");
    always("410", status("410 Gone"), "does not have the file");
    always("418", status("418 Teapot"), "status 418");
    always("500 for ever", status("500 Internal Server Error"), "has a problem");
    always("429 for long", status("429 Too Many Requests", {"Retry-After: 3600"}), "in 60 minutes");
    always("503 until a far date",
           status("503 Service Unavailable", {"Retry-After: Fri, 31 Dec 2199 23:59:59 GMT"}),
           "asks to come back");
    always("a redirect loop", status("302 Found", {"Location: /file.bin"}), "on and on");
    always("a redirect to nowhere", status("302 Found"), "to nowhere");
    always("a redirect to http", status("302 Found", {"Location: http://example.org/file.bin"}),
           "not protected");
    always("a redirect to a file", status("302 Found", {"Location: file:///etc/hostname"}),
           "sends on to an address");
    always("a redirect to a private address", status("302 Found", {"Location: https://192.168.1.1/x"}),
           "private network");
    always("a server that always stalls", {.body = whole, .cutAfter = 0, .stall = true}, "sent nothing for");
    always("a file that is larger there", status("206 Partial Content", {"Content-Range: bytes 0-9/999999"}),
           "not asked for");
}

void TestDownloader::isRefusedWithASentence()
{
    QFETCH(Script, script);
    QFETCH(QString, says);
    DownloadRules strict = rules();
    strict.stall = 300ms;
    strict.attempts = 2;
    downloads_->setRules(strict);
    server_->answer = [&](const HttpRequest& request) {
        return script(request, int(server_->requests.size()) - 1);
    };
    downloads_->start(QStringLiteral("a"), job());
    QTRY_VERIFY_WITH_TIMEOUT(!finished_.isEmpty() || !failed_.isEmpty(), patience);
    QCOMPARE(finished_, QString());
    QVERIFY2(failed_.contains(says), qPrintable(failed_));
    QVERIFY2(failed_.contains(QStringLiteral("file.bin")), "the file is named");
    QVERIFY2(failed_.contains(QStringLiteral("place the file yourself")), "there is a way on");
    QVERIFY2(failed_.contains(QStringLiteral("Nothing was changed"))
                 || failed_.contains(QStringLiteral("is kept")),
             "what is safe is said");
    QVERIFY2(!filesOfFolder().contains(QStringLiteral("file.bin")), "nothing wrong is in place");
}

void TestDownloader::fiftyDropsCostNothingTwice()
{
    server_->answer = [&](const HttpRequest& request) {
        HttpAnswer answer = ScriptedServer::file(request, whole);
        if (server_->requests.size() <= 50)
            answer.cutAfter = 5'000;
        return answer;
    };
    downloads_->start(QStringLiteral("a"), job());
    QTRY_VERIFY_WITH_TIMEOUT(!finished_.isEmpty() || !failed_.isEmpty(), 2 * patience);
    QCOMPARE(failed_, QString());
    QVERIFY(arrived() == whole);
    QCOMPARE(server_->requests.size(), 51);
    QCOMPARE(server_->requests.last().from(), 250'000);
    QCOMPARE(server_->requests.last().headers.value("if-range"), QByteArray("\"1\""));
    QCOMPARE(server_->bodyBytes, qint64(whole.size()));
}

void TestDownloader::aNewProgramResumes()
{
    server_->answer = [&](const HttpRequest& request) {
        HttpAnswer answer = ScriptedServer::file(request, whole);
        if (server_->requests.size() == 1) {
            answer.cutAfter = 120'000;
            answer.stall = true;
        }
        return answer;
    };
    downloads_->start(QStringLiteral("a"), job());
    QTRY_COMPARE_WITH_TIMEOUT(Downloads::kept(job()), 120'000u, patience);
    start(); // the old one is destroyed in the middle
    QVERIFY(finished_.isEmpty());
    QCOMPARE(Downloads::kept(job()), 120'000u);
    downloads_->start(QStringLiteral("a"), job());
    QTRY_VERIFY_WITH_TIMEOUT(!finished_.isEmpty(), patience);
    QVERIFY(arrived() == whole);
    QCOMPARE(server_->requests.last().from(), 120'000);
    QCOMPARE(server_->requests.last().headers.value("if-range"), QByteArray("\"1\""));
    QCOMPARE(server_->bodyBytes, qint64(whole.size()));
}

void TestDownloader::stoppingKeepsWhatCame()
{
    server_->answer = [&](const HttpRequest& request) {
        HttpAnswer answer = ScriptedServer::file(request, whole);
        if (server_->requests.size() == 1)
            answer.drip = 500;
        return answer;
    };
    downloads_->start(QStringLiteral("a"), job());
    QTRY_VERIFY_WITH_TIMEOUT(Downloads::kept(job()) > 0, patience);
    downloads_->stop(QStringLiteral("a"));
    QTRY_VERIFY_WITH_TIMEOUT(stopped_, patience);
    const std::uint64_t kept = Downloads::kept(job());
    QVERIFY(kept > 0 && kept < std::uint64_t(whole.size()));
    downloads_->start(QStringLiteral("a"), job());
    QTRY_VERIFY_WITH_TIMEOUT(!finished_.isEmpty(), patience);
    QCOMPARE(std::uint64_t(server_->requests.last().from()), kept);
    QVERIFY(arrived() == whole);

    Downloads::discard(job());
    QCOMPARE(Downloads::kept(job()), 0u);
}

void TestDownloader::twoOfOneFile()
{
    server_->answer = [&](const HttpRequest& request) {
        HttpAnswer answer = ScriptedServer::file(request, whole);
        answer.drip = 3000;
        return answer;
    };
    Downloads second(nullptr);
    second.setRules(rules());
    QString secondFinished;
    bool waited = false;
    connect(&second, &Downloads::finished, this,
            [&](const QString&, const QString& path) { secondFinished = path; });
    connect(&second, &Downloads::progressed, this, [&](const QString&, const DownloadProgress& progress) {
        waited = waited || progress.phase == DownloadProgress::Phase::Waiting;
    });
    downloads_->start(QStringLiteral("a"), job());
    QTRY_VERIFY_WITH_TIMEOUT(Downloads::kept(job()) > 0, patience);
    second.start(QStringLiteral("b"), job());
    QTRY_VERIFY_WITH_TIMEOUT(!finished_.isEmpty() && !secondFinished.isEmpty(), patience);
    QVERIFY(waited);
    QCOMPARE(secondFinished, finished_);
    QCOMPARE(server_->requests.size(), 1);
    QVERIFY(arrived() == whole);
}

void TestDownloader::anExistingFileIsNotFetched()
{
    QVERIFY(QDir().mkpath(folder_->filePath(QStringLiteral("models"))));
    QFile file(QString::fromStdString(job().target().string()));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(whole) == whole.size());
    file.close();
    downloads_->start(QStringLiteral("a"), job());
    QTRY_VERIFY_WITH_TIMEOUT(!finished_.isEmpty(), patience);
    QCOMPARE(server_->requests.size(), 0);
}

void TestDownloader::anotherFileOfTheNameIsLeftAlone()
{
    QVERIFY(QDir().mkpath(folder_->filePath(QStringLiteral("models"))));
    QFile file(QString::fromStdString(job().target().string()));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("mine") == 4);
    file.close();
    downloads_->start(QStringLiteral("a"), job());
    QTRY_VERIFY_WITH_TIMEOUT(!failed_.isEmpty(), patience);
    QVERIFY2(failed_.contains(QStringLiteral("another file of this name")), qPrintable(failed_));
    QCOMPARE(arrived(), QByteArray("mine"));
    QCOMPARE(server_->requests.size(), 0);
}

void TestDownloader::offlineAsksNobody()
{
    DownloadRules offline = rules();
    offline.offline = true;
    downloads_->setRules(offline);
    downloads_->start(QStringLiteral("a"), job());
    QTRY_VERIFY_WITH_TIMEOUT(!failed_.isEmpty(), patience);
    QVERIFY2(failed_.contains(QStringLiteral("work offline")), qPrintable(failed_));
    QCOMPARE(server_->requests.size(), 0);
}

void TestDownloader::badJobsAreRefused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("hash");
    QTest::addColumn<int>("bytes");
    QTest::addColumn<QString>("address");
    const QString good = sha256(whole), https = QStringLiteral("https://example.org/f");
    QTest::newRow("a path") << QStringLiteral("../x") << good << 10 << https;
    QTest::newRow("a hidden name") << QStringLiteral(".x") << good << 10 << https;
    QTest::newRow("no name") << QString() << good << 10 << https;
    QTest::newRow("a long name") << QString(101, u'a') << good << 10 << https;
    QTest::newRow("no hash") << QStringLiteral("x") << QString() << 10 << https;
    QTest::newRow("a short hash") << QStringLiteral("x") << good.left(40) << 10 << https;
    QTest::newRow("no size") << QStringLiteral("x") << good << 0 << https;
    QTest::newRow("plain http") << QStringLiteral("x") << good << 10
                                << QStringLiteral("http://example.org/f");
    QTest::newRow("a file") << QStringLiteral("x") << good << 10 << QStringLiteral("file:///etc/hostname");
}

void TestDownloader::badJobsAreRefused()
{
    QFETCH(QString, name);
    QFETCH(QString, hash);
    QFETCH(int, bytes);
    QFETCH(QString, address);
    DownloadJob bad = job();
    bad.fileName = name;
    bad.sha256 = hash;
    bad.bytes = std::uint64_t(bytes);
    bad.addresses = {QUrl(address)};
    downloads_->start(QStringLiteral("a"), bad);
    QTRY_VERIFY_WITH_TIMEOUT(!failed_.isEmpty(), patience);
    QVERIFY2(failed_.contains(QStringLiteral("Nothing was fetched")), qPrintable(failed_));
    QVERIFY(!QDir(folder_->filePath(QStringLiteral("models"))).exists());
}

void TestDownloader::addressesThatMustNotBeAsked_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("allowed");
    for (const char* good : {"https://example.org/f.pt", "https://openaipublic.blob.core.windows.net/x",
                             "https://172.32.0.1/", "https://[2001:4860:4860::8888]/"})
        QTest::newRow(good) << QString::fromLatin1(good) << true;
    for (const char* bad : {"http://example.org/f.pt",
                            "ftp://example.org/f",
                            "file:///etc/hostname",
                            "https://localhost/f",
                            "https://127.0.0.1/f",
                            "https://10.1.2.3/f",
                            "https://172.16.0.1/f",
                            "https://192.168.0.1/f",
                            "https://169.254.169.254/latest",
                            "https://100.64.0.1/",
                            "https://[::1]/",
                            "https://[fe80::1]/",
                            "https://[fd00::1]/",
                            "https://[::ffff:10.0.0.1]/",
                            "https://printer.local/",
                            "https://0.0.0.0/",
                            "https://user:secret@example.org/",
                            "https:///f",
                            "data:text/plain,x",
                            ""})
        QTest::newRow(bad) << QString::fromLatin1(bad) << false;
}

void TestDownloader::addressesThatMustNotBeAsked()
{
    QFETCH(QString, address);
    QFETCH(bool, allowed);
    QCOMPARE(refusal(QUrl(address), {}).isEmpty(), allowed);
}

void TestDownloader::diskFullBefore()
{
    DownloadRules full = rules();
    full.freeSpace = [](const std::filesystem::path&) { return 200'000; };
    downloads_->setRules(full);
    downloads_->start(QStringLiteral("a"), job());
    QTRY_VERIFY_WITH_TIMEOUT(!failed_.isEmpty(), patience);
    QVERIFY2(failed_.contains(QStringLiteral("300 kB")) && failed_.contains(QStringLiteral("200 kB")),
             qPrintable(failed_));
    QCOMPARE(server_->requests.size(), 0);
}

/// Another program fills the disk while the file comes; with room again it goes on where it was.
void TestDownloader::diskFullMeanwhile()
{
    const QByteArray large = content(50'000'000);
    DownloadJob big = job();
    big.bytes = std::uint64_t(large.size());
    big.sha256 = sha256(large);
    DownloadRules shrinking = rules();
    const auto asked = std::make_shared<std::atomic<int>>(0);
    shrinking.freeSpace = [asked](const std::filesystem::path&) {
        return ++*asked == 1 ? 1'000'000'000 : 5'000'000;
    };
    downloads_->setRules(shrinking);
    server_->answer = [&](const HttpRequest& request) { return ScriptedServer::file(request, large); };
    downloads_->start(QStringLiteral("a"), big);
    QTRY_VERIFY_WITH_TIMEOUT(!failed_.isEmpty() || !finished_.isEmpty(), patience);
    QVERIFY2(failed_.contains(QStringLiteral("What has come so far is kept")), qPrintable(failed_));
    const std::uint64_t kept = Downloads::kept(big);
    QVERIFY(kept >= 16'000'000 && kept < big.bytes);

    downloads_->setRules(rules());
    downloads_->start(QStringLiteral("a"), big);
    QTRY_VERIFY_WITH_TIMEOUT(!finished_.isEmpty(), patience);
    QCOMPARE(std::uint64_t(server_->requests.last().from()), kept);
    QVERIFY(arrived() == large);
}

void TestDownloader::folderThatCannotBeWritten()
{
    DownloadJob nowhere = job();
    nowhere.folder = "/proc/lacuna/models";
    downloads_->start(QStringLiteral("a"), nowhere);
    QTRY_VERIFY_WITH_TIMEOUT(!failed_.isEmpty(), patience);
    QVERIFY2(failed_.contains(QStringLiteral("/proc/lacuna/models")), qPrintable(failed_));
    QCOMPARE(server_->requests.size(), 0);
}

void TestDownloader::aProxyIsUsed()
{
    DownloadRules behind = rules();
    behind.proxy = server_->url(QString());
    downloads_->setRules(behind);
    server_->answer = [&](const HttpRequest& request) { return ScriptedServer::file(request, whole); };
    DownloadJob away = job();
    away.addresses = {QUrl(QStringLiteral("http://localhost:9/file.bin"))};
    downloads_->start(QStringLiteral("a"), away);
    QTRY_VERIFY_WITH_TIMEOUT(!finished_.isEmpty() || !failed_.isEmpty(), patience);
    QCOMPARE(failed_, QString());
    QCOMPARE(server_->requests.last().target, QByteArray("http://localhost:9/file.bin"));
}

void TestDownloader::proxiesAreWrittenAs_data()
{
    QTest::addColumn<bool>("good");
    for (const char* good : {"", " ", "http://proxy.example.org:3128", "socks5://10.0.0.1:1080"})
        QTest::newRow(good) << true;
    for (const char* bad :
         {"proxy", "http://proxy.example.org", "https://x:1", "http://:80", "http://x:port"})
        QTest::newRow(bad) << false;
}

void TestDownloader::proxiesAreWrittenAs()
{
    QFETCH(bool, good);
    QCOMPARE(LocalProxy::refusal(QString::fromLatin1(QTest::currentDataTag())).isEmpty(), good);
}

void TestDownloader::progressIsToldSeldom()
{
    server_->answer = [&](const HttpRequest&) { return HttpAnswer{.body = whole, .drip = 300}; };
    QElapsedTimer since;
    since.start();
    downloads_->start(QStringLiteral("a"), job());
    QTRY_VERIFY_WITH_TIMEOUT(!finished_.isEmpty(), patience);
    QVERIFY(progress_.size() >= 3); // connecting, receiving, checking
    QVERIFY2(progress_.size() <= 5 + since.elapsed() / 100, "about ten times a second");
    QVERIFY(std::is_sorted(progress_.begin(), progress_.end(),
                           [](const auto& a, const auto& b) { return a.done < b.done; }));
    QCOMPARE(progress_.last().phase, DownloadProgress::Phase::Checking);
    QCOMPARE(progress_.last().done, std::uint64_t(whole.size()));
}

QTEST_GUILESS_MAIN(TestDownloader)
#include "tst_downloader.moc"
