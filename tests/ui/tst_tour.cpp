// SPDX-License-Identifier: GPL-3.0-or-later
// The pictures of the README are what the program draws now: SCENE.png, SCENE-dark.png, SCENE@2x.png.
#include <QDir>
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

class TestTour : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void scenesAreUpToDate_data();
    void scenesAreUpToDate();
    void enoughScenes();

private:
    static QStringList program(const QStringList& arguments)
    {
        QProcess process;
        process.start(QStringLiteral(LACUNA_BIN_DIR "/lacuna"), arguments);
        if (!process.waitForFinished(120000) || process.exitCode() != 0)
            return {};
        return QString::fromUtf8(process.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
    }
    const QDir folder_{QStringLiteral(LACUNA_SOURCE_DIR "/resources/tour")};
    const QStringList scenes_ = program({QStringLiteral("--list-shots")});
    QTemporaryDir out_;
};

void TestTour::scenesAreUpToDate_data()
{
    QTest::addColumn<QString>("file");
    for (const QString& file : folder_.entryList({QStringLiteral("*.png")}, QDir::Files, QDir::Name)) {
        const QString scene = file.chopped(4).remove(QStringLiteral("@2x")).remove(QStringLiteral("-dark"));
        if (scenes_.contains(scene))
            QTest::newRow(qPrintable(file)) << file;
    }
}

void TestTour::scenesAreUpToDate()
{
    QFETCH(QString, file);
    const QString scene = file.chopped(4).remove(QStringLiteral("@2x")).remove(QStringLiteral("-dark"));
    const QString drawn = out_.filePath(file);
    QStringList arguments{QStringLiteral("--shot"), scene, drawn};
    if (file.contains(QStringLiteral("-dark")))
        arguments << QStringLiteral("--theme") << QStringLiteral("dark");
    if (file.contains(QStringLiteral("@2x")))
        arguments << QStringLiteral("--scale") << QStringLiteral("2");
    program(arguments);
    const QImage now = QImage(drawn).convertToFormat(QImage::Format_RGB888);
    const QImage then = QImage(folder_.filePath(file)).convertToFormat(QImage::Format_RGB888);
    QCOMPARE(now.size(), then.size());
    // Samples of a network may differ in the last bits between processors; texts and places may not.
    qint64 different = 0;
    for (int y = 0; y < now.height(); ++y) {
        const uchar *a = now.constScanLine(y), *b = then.constScanLine(y);
        for (int x = 0; x < 3 * now.width(); ++x)
            different += std::abs(int(a[x]) - int(b[x])) > 16;
    }
    const double share = double(different) / (3.0 * now.width() * now.height());
    QVERIFY2(share < 0.003, qPrintable(QStringLiteral("%1 % differ").arg(100 * share)));
}

void TestTour::enoughScenes()
{
    QVERIFY(scenes_.size() >= 14);
}

QTEST_MAIN(TestTour)
#include "tst_tour.moc"
