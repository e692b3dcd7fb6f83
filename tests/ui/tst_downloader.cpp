// SPDX-License-Identifier: GPL-3.0-or-later
// What is kept, refused and resumed by downloads.
#include <QElapsedTimer>

#include <algorithm>
#include <atomic>

#include "tests/ui/downloader_fixture.h"
#include "ui/models/downloader/local_proxy.h"

using namespace lacuna;
using namespace lacuna::ui;

class TestDownloader : public QObject, private DownloaderFixture {
    Q_OBJECT

private Q_SLOTS:
    void init() { reset(); }
    void cleanup() { downloads_.reset(); }
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
    void theMirrorIsAsked();
    void aServerThatAsksToWaitIsWaitedFor();
    void aServerWithoutTlsIsNotTrusted();
    void proxiesAreWrittenAs_data();
    void proxiesAreWrittenAs();
    void progressIsToldSeldom();
};

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

void TestDownloader::theMirrorIsAsked()
{
    server_->answer = [&](const HttpRequest& request) {
        return request.target == "/gone" ? HttpAnswer{.status = "404 Not Found"}
                                         : ScriptedServer::file(request, whole);
    };
    DownloadJob mirrored = job();
    mirrored.addresses = {server_->url(QStringLiteral("/gone")), server_->url(QStringLiteral("/mirror"))};
    downloads_->start(QStringLiteral("a"), mirrored);
    QTRY_VERIFY_WITH_TIMEOUT(!finished_.isEmpty(), patience);
    QCOMPARE(server_->requests.size(), 2);
    QVERIFY(std::any_of(progress_.begin(), progress_.end(), [](const DownloadProgress& progress) {
        return progress.note.contains(QStringLiteral("next address"));
    }));
}

void TestDownloader::aServerThatAsksToWaitIsWaitedFor()
{
    server_->answer = [&](const HttpRequest& request) {
        return server_->requests.size() == 1
                   ? HttpAnswer{.status = "503 Service Unavailable", .headers = {"Retry-After: 1"}}
                   : ScriptedServer::file(request, whole);
    };
    QElapsedTimer since;
    since.start();
    downloads_->start(QStringLiteral("a"), job());
    QTRY_VERIFY_WITH_TIMEOUT(!finished_.isEmpty(), patience);
    QVERIFY(since.elapsed() >= 1000);
    QVERIFY(std::any_of(progress_.begin(), progress_.end(), [](const DownloadProgress& progress) {
        return progress.phase == DownloadProgress::Phase::Pausing
               && progress.note.contains(QStringLiteral("busy"));
    }));
}

void TestDownloader::aServerWithoutTlsIsNotTrusted()
{
    DownloadJob secure = job();
    secure.addresses = {server_->url(QStringLiteral("/file.bin"), QStringLiteral("https"))};
    downloads_->start(QStringLiteral("a"), secure);
    QTRY_VERIFY_WITH_TIMEOUT(!failed_.isEmpty(), patience);
    QVERIFY2(failed_.contains(QStringLiteral("cannot prove who it is")), qPrintable(failed_));
    QCOMPARE(server_->requests.size(), 0);
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
