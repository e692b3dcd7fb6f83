// SPDX-License-Identifier: GPL-3.0-or-later
// A demo maker's pictures of the window: six scenes in three themes, three scales and three languages, one of which
// reads from right to left. Each comes out the same twice and has room for its texts. A run draws a selection in
// which every scene meets every theme and language, at the scale that QT_SCALE_FACTOR gives the process;
// LACUNA_DEMO_ALL=1 draws everything.
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <array>

#include "tests/ui/fake_session.h"
#include "tests/ui/room_check.h"
#include "ui/appearance/icons.h"
#include "ui/canvas/canvas.h"
#include "ui/language/language.h"
#include "ui/main_window/main_window.h"
#include "ui/panels/parameter_panel.h"
#include "ui/shots/shots.h"

using namespace lacuna;
using namespace lacuna::ui;

namespace {

constexpr std::array demoScenes{"masks", "running", "gallery", "lens", "sweep", "models"};
constexpr std::array themes{ThemeChoice::Light, ThemeChoice::Dark, ThemeChoice::HighContrast};
constexpr int scales = 3, tongues = 3; ///< English, pseudo, English from right to left

void speak(int tongue)
{
    applyLanguage(tongue == 1 ? QStringLiteral("pseudo") : QStringLiteral("en"));
    QGuiApplication::setLayoutDirection(tongue == 2 ? Qt::RightToLeft : Qt::LeftToRight);
}

} // namespace

class TestJourneyDemo : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { loadResources(); }
    void cleanup() { speak(0); }
    void everyPictureComesOut_data();
    void everyPictureComesOut();
    void panelsAreMirroredThePictureIsNot();
    void theProgramDrawsTheSameTwice_data();
    void theProgramDrawsTheSameTwice();

private:
    std::function<std::unique_ptr<Session>()> factory_ = fakeFactory(std::make_shared<FakeScript>());
};

void TestJourneyDemo::everyPictureComesOut_data()
{
    QTest::addColumn<QString>("scene");
    QTest::addColumn<int>("theme");
    QTest::addColumn<int>("tongue");
    const bool all = qEnvironmentVariableIntValue("LACUNA_DEMO_ALL") > 0;
    const int scale = int(2 * qApp->devicePixelRatio()) % scales; // 2, 3 and 4 half pixels
    for (int s = 0; s < int(demoScenes.size()); ++s)
        for (int theme = 0; theme < int(themes.size()); ++theme)
            for (int tongue = 0; tongue < tongues; ++tongue)
                if (all || (theme == (s + scale) % 3 && tongue == (s + 2 * scale + s / 3) % tongues))
                    QTest::addRow("%s, %s, %s", demoScenes[std::size_t(s)],
                                  qPrintable(themeName(themes[std::size_t(theme)])),
                                  std::array{"en", "pseudo", "right to left"}[std::size_t(tongue)])
                        << QString::fromLatin1(demoScenes[std::size_t(s)]) << theme << tongue;
}

void TestJourneyDemo::everyPictureComesOut()
{
    QFETCH(QString, scene);
    QFETCH(int, theme);
    QFETCH(int, tongue);
    speak(tongue);
    std::array<QList<QImage>, 2> drawn; // the window and its dialogs
    for (QList<QImage>& pictures : drawn)
        visitScene(scene, themes[std::size_t(theme)], sceneSize, factory_, [&](MainWindow& window) {
            const QStringList problems = problemsOf(window, sceneSize);
            QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
            pictures << window.grab().toImage();
            for (QDialog* dialog : window.findChildren<QDialog*>())
                if (dialog->isVisible())
                    pictures << dialog->grab().toImage();
        });
    QVERIFY(!drawn[0].isEmpty());
    QCOMPARE(drawn[0].first().size(), sceneSize * qApp->devicePixelRatio());
    QVERIFY(drawn[0] == drawn[1]);
}

void TestJourneyDemo::panelsAreMirroredThePictureIsNot()
{
    std::array<QImage, 2> canvas;
    for (const int tongue : {0, 2}) {
        speak(tongue);
        visitScene(QStringLiteral("masks"), ThemeChoice::Light, sceneSize, factory_, [&](MainWindow& window) {
            canvas[std::size_t(tongue / 2)] = window.canvas().grab().toImage();
            const int panel = window.parameters().mapTo(&window, QPoint()).x();
            const int picture = window.canvas().mapTo(&window, QPoint()).x();
            QCOMPARE(panel < picture, tongue == 2);
        });
    }
    QCOMPARE(canvas[0].size(), canvas[1].size());
    QCOMPARE(canvas[1], canvas[0]);
}

void TestJourneyDemo::theProgramDrawsTheSameTwice_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("gallery") << QStringList{"gallery", "--theme", "dark", "--scale", "1.5"};
    QTest::newRow("running, pseudo") << QStringList{"running", "--language", "pseudo", "--scale", "2"};
    QTest::newRow("lens, right to left") << QStringList{"lens", "--theme", "high-contrast", "-reverse"};
}

/// In two processes, with models and all.
void TestJourneyDemo::theProgramDrawsTheSameTwice()
{
    QFETCH(QStringList, options);
    const QTemporaryDir folder;
    std::array<QByteArray, 2> files;
    for (QByteArray& bytes : files) {
        const QString file = folder.filePath(QStringLiteral("shot.png"));
        QProcess program;
        QStringList arguments{QStringLiteral("--shot"), options.first(), file};
        program.start(QStringLiteral(LACUNA_BIN_DIR "/lacuna"), arguments + options.mid(1));
        QVERIFY(program.waitForFinished(120000));
        QVERIFY2(program.exitCode() == 0, program.readAllStandardError());
        QFile shot(file);
        QVERIFY(shot.open(QIODevice::ReadOnly));
        bytes = shot.readAll();
        shot.remove();
    }
    QVERIFY(!files[0].isEmpty());
    QVERIFY(files[0] == files[1]);
}

QTEST_MAIN(TestJourneyDemo)
#include "tst_journey_demo.moc"
