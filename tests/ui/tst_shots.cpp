// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>

#include "tests/ui/fake_session.h"
#include "ui/appearance/icons.h"
#include "ui/shots/shots.h"

using namespace lacuna;
using namespace lacuna::ui;

class TestShots : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { loadResources(); }
    void everySceneComesOutTheSame_data();
    void everySceneComesOutTheSame();
    void themesDiffer();
    void unknownSceneIsRefused();
    void sceneIsWrittenAsPng();

private:
    std::function<std::unique_ptr<Session>()> factory_ = fakeFactory(std::make_shared<FakeScript>());
};

void TestShots::everySceneComesOutTheSame_data()
{
    QTest::addColumn<QString>("scene");
    for (const Scene& scene : scenes())
        QTest::newRow(scene.name) << QString::fromLatin1(scene.name);
}

void TestShots::everySceneComesOutTheSame()
{
    QFETCH(QString, scene);
    const QImage first = drawScene(scene, ThemeChoice::System, factory_);
    QCOMPARE(first.size(), QSize(1440, 900));
    QCOMPARE(drawScene(scene, ThemeChoice::System, factory_), first);
}

void TestShots::themesDiffer()
{
    const QString scene = QStringLiteral("welcome");
    QVERIFY(drawScene(scene, ThemeChoice::Light, factory_) != drawScene(scene, ThemeChoice::Dark, factory_));
}

void TestShots::unknownSceneIsRefused()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("x.png"));
    QVERIFY(takeShot(QStringLiteral("nowhere"), file, ThemeChoice::Light, factory_)
                .contains(QStringLiteral("nowhere")));
    QVERIFY(!QFile::exists(file));
}

void TestShots::sceneIsWrittenAsPng()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("x.png"));
    QCOMPARE(takeShot(QStringLiteral("welcome"), file, ThemeChoice::Light, factory_), QString());
    QCOMPARE(QImage(file).size(), QSize(1440, 900));
    QVERIFY(!takeShot(QStringLiteral("welcome"), folder.filePath(QStringLiteral("no/x.png")),
                      ThemeChoice::Light, factory_)
                 .isEmpty());
}

QTEST_MAIN(TestShots)
#include "tst_shots.moc"
