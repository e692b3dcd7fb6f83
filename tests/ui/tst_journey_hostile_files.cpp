// SPDX-License-Identifier: GPL-3.0-or-later
// Files of anybody, dropped on the window or imported as masks: what is whole opens, what is not is refused with a
// sentence, and the open picture stays as it was.
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "tests/core/picture_makers.h"
#include "tests/ui/journey_steps.h"

using namespace lacuna;
using namespace lacuna::ui;

class TestJourneyHostileFiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        loadResources();
        applyTheme(ThemeChoice::Light);
    }
    void init()
    {
        f_ = std::make_unique<Journey>();
        QVERIFY(f_->begin());
    }
    void cleanup() { f_.reset(); }
    void filesFromOutside_data();
    void filesFromOutside();

private:
    std::unique_ptr<Journey> f_{};
};

/// Files made here; LACUNA_MALFORMED names a folder of more, whose manifest.json says what has to become of each.
void TestJourneyHostileFiles::filesFromOutside_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("outcome");
    QTest::addColumn<QJsonObject>("expected");
    const auto row = [](const char* name, test::File file, const char* kind, const char* outcome) {
        QTest::newRow(name) << QByteArray(reinterpret_cast<const char*>(file.data()), qsizetype(file.size()))
                            << QString::fromLatin1(kind) << QString::fromLatin1(outcome) << QJsonObject();
    };
    test::File whole = encode_png(gradient(64, 64)), broken = whole;
    broken[broken.size() / 2] ^= 0x10;
    row("whole.png", whole, "image", "accept");
    row("cut.png", {whole.begin(), whole.begin() + std::ptrdiff_t(whole.size() / 2)}, "image", "reject");
    row("broken.png", broken, "image", "reject");
    row("empty.png", {}, "image", "reject");
    row("text.jpg", test::text("no picture at all"), "image", "reject");
    row("huge.png", test::RawPng{.width = 100000, .height = 100000, .depth = 16, .colour = 6}.bytes(),
        "image", "reject");
    row("huge.ppm", test::text("P6 100000 100000 255\nx"), "image", "reject");
    row("drawing.svg", test::text("<svg><image href='file:///etc/passwd'/></svg>"), "image", "reject");
    row("another size.png", encode_png(Mask(64, 48)), "mask", "reject");
    row("mask.png", encode_png(test::square_mask(64, 64, 8, 9, 10)), "mask", "accept");

    const QString folder = qEnvironmentVariable("LACUNA_MALFORMED");
    if (folder.isEmpty())
        return;
    QFile manifest(folder + QStringLiteral("/manifest.json"));
    QVERIFY2(manifest.open(QIODevice::ReadOnly), qPrintable(manifest.fileName()));
    for (const QJsonValue one : QJsonDocument::fromJson(manifest.readAll())[u"files"].toArray()) {
        const QString kind = one[u"kind"].toString(), name = one[u"file"].toString();
        QFile file(folder + u'/' + name);
        if ((kind == u"image" || kind == u"mask") && file.open(QIODevice::ReadOnly))
            QTest::newRow(qPrintable(name))
                << file.readAll() << kind << one[u"required"][u"outcome"].toString()
                << one[u"required"][u"expected"].toObject();
    }
}

/// Either it is there as it should be, or a sentence names it and nothing has changed.
void TestJourneyHostileFiles::filesFromOutside()
{
    QFETCH(QByteArray, file);
    QFETCH(QString, kind);
    QFETCH(QString, outcome);
    QFETCH(QJsonObject, expected);
    QVERIFY(f_->person.opens(f_->write(QStringLiteral("mine.png"), encode_png(gradient(64, 64)))));
    f_->person.stroke({{20, 20}, {30, 40}});
    const Mask mine = f_->window->document().mask();
    const QString name = QString::fromUtf8(QTest::currentDataTag());
    const QString path = f_->write(name, {file.begin(), file.end()});
    QString said;
    bool taken = false;
    const ModalWatch watch;
    if (kind == u"mask") {
        said = f_->person.importsMask(path);
        taken = said.contains(QStringLiteral("was read"));
    } else {
        f_->person.drop(path);
        const auto here = [&] { return f_->window->document().source().fileName == name; };
        QVERIFY(until([&] { return here() || f_->window->messages().isVisible(); }));
        taken = here();
        said = f_->window->messages().text();
        QCOMPARE(watch.seen(), QStringList());
    }
    qInfo("%s: %s%s%s", qPrintable(outcome), taken ? "opened" : "refused", said.isEmpty() ? "" : ": ",
          qPrintable(said));
    QVERIFY2(outcome == u"either" || taken == (outcome == u"accept"), qPrintable(said));
    const Document& document = f_->window->document();
    if (!taken) {
        QVERIFY2(said.contains(name) && said.endsWith(u'.'), qPrintable(said));
        QVERIFY(document.picture() == gradient(64, 64) && document.mask() == mine);
        return;
    }
    if (expected.contains(u"hole_pixels"))
        QCOMPARE(int(document.holePixels()), expected[u"hole_pixels"].toInt());
    if (expected.contains(u"width") && !name.contains(u"count_huge")) // which may be read in two ways
        QCOMPARE(document.size(), QSize(expected[u"width"].toInt(), expected[u"height"].toInt()));
}

QTEST_MAIN(TestJourneyHostileFiles)
#include "tst_journey_hostile_files.moc"
