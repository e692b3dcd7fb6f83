// SPDX-License-Identifier: GPL-3.0-or-later
// The downloader against a server that fails in every way that is known of servers and networks.

#include "tests/ui/downloader_fixture.h"

using namespace lacuna;
using namespace lacuna::ui;

namespace {

using Script = std::function<HttpAnswer(const HttpRequest&, int number)>;

HttpAnswer status(const QByteArray& line, QList<QByteArray> headers = {})
{
    return {.status = line, .headers = std::move(headers), .body = "no"};
}

} // namespace
Q_DECLARE_METATYPE(Script)

class TestDownloadFaults : public QObject, private DownloaderFixture {
    Q_OBJECT

private Q_SLOTS:
    void init() { reset(); }
    void cleanup() { downloads_.reset(); }
    void arrivesInSpiteOf_data();
    void arrivesInSpiteOf();
    void isRefusedWithASentence_data();
    void isRefusedWithASentence();
};

void TestDownloadFaults::arrivesInSpiteOf_data()
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

void TestDownloadFaults::arrivesInSpiteOf()
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

void TestDownloadFaults::isRefusedWithASentence_data()
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

void TestDownloadFaults::isRefusedWithASentence()
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

QTEST_GUILESS_MAIN(TestDownloadFaults)
#include "tst_download_faults.moc"
