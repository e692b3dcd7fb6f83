// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include "engine/core/picture_file.h"
#include "tests/ui/window_fixture.h"
#include "ui/diagnostics/diagnostics.h"
#include "ui/diagnostics/event_log.h"
#include "ui/main_window/projects.h"
#include "ui/settings/settings.h"

using namespace lacuna;
using namespace lacuna::ui;

class TestDiagnostics : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        loadResources();
        applyTheme(ThemeChoice::Light);
    }
    void nothingPrivateInATest_data();
    void nothingPrivateInATest();
    void plainSentencesStay();
    void theBundleTellsWhatHelps();
    void theBundleHasNoNamesAndPaths();
};

void TestDiagnostics::nothingPrivateInATest_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("names");
    QTest::newRow("path") << "Opened /srv/secret/pictures of me/secret me.png at once" << QStringList();
    QTest::newRow("home") << "Opened " + QDir::homePath() + "/secret" << QStringList();
    QTest::newRow("tilde") << "~/secret/x" << QStringList();
    QTest::newRow("url") << "file:///srv/secret%20me.png" << QStringList();
    QTest::newRow("windows") << "C:\\secret\\me" << QStringList();
    QTest::newRow("file name") << "My secret me.jpeg is no picture" << QStringList();
    QTest::newRow("quotes") << "There is no example called “secret me”." << QStringList();
    QTest::newRow("known name") << "Opening secret me …" << QStringList{"secret me"};
    QTest::newRow("known file") << "Opening SECRET ME …" << QStringList{"secret me.png"};
}

void TestDiagnostics::nothingPrivateInATest()
{
    QFETCH(QString, text);
    QFETCH(QStringList, names);
    const QString found = anonymous(text, names);
    QVERIFY2(!found.contains("secret", Qt::CaseInsensitive), qPrintable(found));
    QVERIFY2(!found.contains(" me", Qt::CaseInsensitive), qPrintable(found));
}

void TestDiagnostics::plainSentencesStay()
{
    for (const char* text : {"action zoom-in", "message: Stopped. What was there is shown.",
                             "message: Member 2 became NaN at step 7. Lower eta and try again."})
        QCOMPARE(anonymous(text, {"portrait.png"}), QString(text));
}

void TestDiagnostics::theBundleTellsWhatHelps()
{
    settings() = Settings();
    settings().set("theme", "dark");
    const WindowFixture f;
    f.window->show();
    f.openWithHole();
    f.action("invert")->trigger();
    const QString text = diagnosticsText();
    for (const char* part : {"Lacuna " LACUNA_VERSION, "Qt 6", "threads", "memory", "screen",
                             "\"theme\":\"dark\"", "action invert"})
        QVERIFY2(text.contains(part), part);
}

void TestDiagnostics::theBundleHasNoNamesAndPaths()
{
    settings() = Settings();
    QTemporaryDir folder(QDir::tempPath() + "/Sylt-XXXXXX");
    const QString file = folder.filePath("Ferien mit Wanda 07.png");
    QFile png(file);
    QVERIFY(png.open(QIODevice::WriteOnly));
    const auto bytes = encode_png(gradient(33, 21));
    png.write(reinterpret_cast<const char*>(bytes.data()), qint64(bytes.size()));
    png.close();
    WindowFixture f;
    QVERIFY(f.show());
    f.window->files().openPicture(file);
    QTRY_VERIFY(f.window->document().isOpen());
    f.window->files().exportMask(folder.filePath("Wanda ohne Hund.png"));
    QTRY_VERIFY(f.window->messages().text().contains("Wanda ohne Hund"));
    f.window->files().openPicture(folder.filePath("nicht da.png"));
    QTRY_VERIFY(f.window->messages().text().contains("nicht da"));
    f.window->projects().saveAs(folder.filePath("Wandas Projekt.lacuna"));
    QTRY_VERIFY(!f.window->projects().saving());
    settings().set("last-folder", folder.path()); // whatever else is chosen stays out
    const QString text = diagnosticsText();
    QVERIFY(text.contains("message: "));
    for (const QString& secret :
         {QStringLiteral("Wanda"), QStringLiteral("Ferien"), QStringLiteral("Hund"), QStringLiteral("Sylt"),
          QStringLiteral("nicht da"), QDir::homePath() + u'/', QDir::tempPath() + u'/', folder.path()})
        QVERIFY2(!text.contains(secret, Qt::CaseInsensitive), qPrintable(secret + u'\n' + text));
}

QTEST_MAIN(TestDiagnostics)
#include "tst_diagnostics.moc"
