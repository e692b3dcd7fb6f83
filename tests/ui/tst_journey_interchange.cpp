// SPDX-License-Identifier: GPL-3.0-or-later
// What comes from other programs and goes to them: masks, layers, and pictures with settings.
#include <QPainter>
#include <QXmlStreamReader>

#include "engine/checkpoint/zip_directory.h"
#include "tests/core/picture_makers.h"
#include "tests/ui/journey_steps.h"
#include "ui/appearance/segments.h"

using namespace lacuna;
using namespace lacuna::ui;

namespace {

constexpr int wide = 90, high = 60;

/// A hook in the upper left: every turn and every mirror image of it is another mask.
Mask hook()
{
    Mask mask(wide, high);
    for (int y = 8; y < 40; ++y)
        for (int x = 10; x < (y < 14 ? 50 : 18); ++x)
            mask.values[std::size_t(y) * wide + x] = 255;
    return mask;
}

/// A hook with soft borders as a picture of some form: grey, or in the alpha of a picture with content.
Picture drawn(int channels, int bits, bool holeIsHigh)
{
    const bool alpha = channels % 2 == 0;
    return make_picture(wide, high, channels, bits, [=, mask = hook()](std::uint8_t* to) {
        for (int y = 0; y < high; ++y)
            for (int x = 0; x < wide; ++x)
                for (int c = 0; c < channels; ++c) {
                    const bool border = x > 0 && mask.is_hole(x, y) != mask.is_hole(x - 1, y);
                    const int in = border ? 160 : 255, out = border ? 90 : 0;
                    int value = mask.is_hole(x, y) == holeIsHigh ? in : out;
                    if (alpha && c < channels - 1)
                        value = (x * 37 + y * 11 + c) % 256;
                    to = std::fill_n(to, bits / 8, std::uint8_t(value));
                }
    });
}

struct Layer {
    QString name{};
    QPoint at{};
    bool visible = false;
    QImage image{};
};

/// An OpenRaster file as another program reads it: its parts by the zip's list, the layers by the stack, PNG by Qt.
struct OpenRaster {
    QSize size{};
    QList<Layer> layers{}; ///< the topmost first
    QImage merged{};

    explicit OpenRaster(const std::vector<std::uint8_t>& file)
    {
        const ByteSource bytes = ByteSource::memory(file, "layers.ora");
        const std::map<std::string, ZipEntry> members = read_stored_zip(bytes);
        const auto member = [&](const QString& name) {
            const ZipEntry& entry = members.at(name.toStdString());
            return QByteArray(reinterpret_cast<const char*>(file.data()) + entry.begin,
                              qsizetype(entry.size));
        };
        merged = QImage::fromData(member(QStringLiteral("mergedimage.png")));
        QXmlStreamReader xml(member(QStringLiteral("stack.xml")));
        while (!xml.atEnd())
            if (xml.readNext() == QXmlStreamReader::StartElement) {
                const QXmlStreamAttributes given = xml.attributes();
                const auto number = [&](const char* name) {
                    return given.value(QLatin1String(name)).toInt();
                };
                if (xml.name() == u"image")
                    size = {number("w"), number("h")};
                if (xml.name() == u"layer")
                    layers.append({given.value(QLatin1String("name")).toString(),
                                   {number("x"), number("y")},
                                   given.value(QLatin1String("visibility")) == u"visible",
                                   QImage::fromData(member(given.value(QLatin1String("src")).toString()))});
            }
    }

    /// What is seen when these layers are visible, as RGB.
    QImage together(const std::function<bool(const Layer&)>& visible) const
    {
        QImage image(size, QImage::Format_RGB32);
        image.fill(Qt::magenta);
        QPainter painter(&image);
        for (qsizetype i = layers.size(); i-- > 0;)
            if (visible(layers[i]))
                painter.drawImage(layers[i].at, layers[i].image);
        return image;
    }
};

bool same(const QImage& image, const Picture& picture)
{
    const QImage rgb = image.convertToFormat(QImage::Format_RGB888);
    for (int y = 0; y < picture.height; ++y)
        if (rgb.size() != QSize(picture.width, picture.height)
            || !std::equal(picture.row(y), picture.row(y) + picture.row_bytes(), rgb.constScanLine(y)))
            return false;
    return true;
}

} // namespace

class TestJourneyInterchange : public QObject {
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
    void masksOfOtherProgramsLandRightSideUp_data();
    void masksOfOtherProgramsLandRightSideUp();
    void layersLieInTheirPlaces();
    void ourPictureRestoresTheSettings();
    void settingsOfOthersAreShown();

private:
    bool opened(const QString& name, const std::vector<std::uint8_t>& bytes)
    {
        return f_->person.opens(f_->write(name, bytes));
    }
    QString importHook(const std::vector<std::uint8_t>& mask)
    {
        return f_->person.importsMask(f_->write(QStringLiteral("hook.png"), mask));
    }
    void enter(const char* field, const QString& text);
    void segment(const char* box, int index);
    Picture filled(int index) const;

    std::unique_ptr<Journey> f_{};
};

void TestJourneyInterchange::enter(const char* field, const QString& text)
{
    auto* widget = f_->window->findChild<QWidget*>(QLatin1String(field));
    widget->setFocus();
    f_->person.type(text);
    f_->person.press(Qt::Key_Tab);
}

/// Of the page of exports.
void TestJourneyInterchange::segment(const char* box, int index)
{
    for (Segments* one : f_->window->exportPage().findChildren<Segments*>())
        if (one->accessibleName() == QLatin1String(box))
            f_->person.click(one->button(index));
}

Picture TestJourneyInterchange::filled(int index) const
{
    const SharedSet& set = f_->window->results().filled();
    return composite(set->request.picture, set->request.mask, set->set.completions[std::size_t(index)],
                     set->set.recipe.soft_edge);
}

void TestJourneyInterchange::masksOfOtherProgramsLandRightSideUp_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QString>("said");
    const TextChunks maker{{"Comment", "Created with GIMP"}};
    const auto row = [](const char* name, const test::File& file, const char* said) {
        QTest::newRow(name) << QByteArray(reinterpret_cast<const char*>(file.data()), qsizetype(file.size()))
                            << QString::fromUtf8(said);
    };
    row("grey", encode_png(drawn(1, 8, true), maker), "hole is white");
    row("grey, inverted", encode_png(drawn(1, 8, false), maker), "hole is black");
    row("colour", encode_png(drawn(3, 8, true), maker), "hole is white");
    row("painted on a clear layer", encode_png(drawn(4, 8, true), maker), "what is opaque");
    row("erased from the picture", encode_png(drawn(4, 8, false), maker), "what is transparent");
    row("grey with alpha", encode_png(drawn(2, 8, false), maker), "what is transparent");
    row("16 bits, interlaced", test::interlaced_png(drawn(2, 16, true)), "what is opaque");
}

void TestJourneyInterchange::masksOfOtherProgramsLandRightSideUp()
{
    QFETCH(QByteArray, file);
    QFETCH(QString, said);
    QVERIFY(opened(QStringLiteral("beach.png"), encode_png(gradient(wide, high))));
    const QString text = importHook({file.begin(), file.end()});
    QVERIFY2(text.contains(said) && text.contains(QStringLiteral("hook.png")), qPrintable(text));
    QVERIFY(f_->window->document().mask() == hook());
    f_->person.press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(f_->window->document().holePixels(), std::size_t(0));
}

/// The starred ones, while another one is on the canvas.
void TestJourneyInterchange::layersLieInTheirPlaces()
{
    QVERIFY(opened(QStringLiteral("beach.png"), encode_png(gradient(wide, high))));
    importHook(encode_png(hook()));
    enter("soft-edge", QStringLiteral("3"));
    QVERIFY(generates(*f_));
    for (const int starred : {1, 3}) {
        f_->person.click(f_->window->gallery().card(starred));
        f_->person.press(Qt::Key_S);
    }
    f_->person.press(Qt::Key_1);
    QTRY_COMPARE(f_->window->results().shown(), 0);
    f_->person.press(Qt::Key_E, Qt::ControlModifier);
    segment("Completions", int(ExportWhat::Starred));
    segment("Format", int(ExportFormat::OpenRaster));
    f_->person.click(f_->window->exportPage().findChild<QPushButton*>(QStringLiteral("export-now")));
    QVERIFY(untilTold(*f_, QStringLiteral("beach.ora was saved")));

    const std::vector<std::uint8_t> bytes = read_file(FreshProfile::path(f_->file("beach.ora")));
    QVERIFY(std::string(bytes.begin() + 38, bytes.begin() + 54) == "image/openraster");
    const OpenRaster file(bytes);
    QCOMPARE(file.size, QSize(wide, high));
    QStringList names;
    for (const Layer& layer : file.layers)
        names << layer.name;
    QCOMPARE(names, QStringList({"Hole", "Completion 2", "Completion 4", "Picture"}));
    QCOMPARE(file.layers[1].at, QPoint(10, 8));
    QCOMPARE(file.layers[1].image.size(), QSize(40, 32));
    const auto only = [](const QString& name) {
        return [name](const Layer& layer) { return layer.name == name || layer.name == u"Picture"; };
    };
    QVERIFY(same(file.together(only({})), gradient(wide, high)));
    QVERIFY(same(file.together(only(QStringLiteral("Completion 2"))), filled(1)));
    QVERIFY(same(file.together(only(QStringLiteral("Completion 4"))), filled(3)));
    const QImage seen = file.together([](const Layer& layer) { return layer.visible; });
    QVERIFY(same(seen, filled(1)));
    QVERIFY(same(file.merged, filled(1)));
}

void TestJourneyInterchange::ourPictureRestoresTheSettings()
{
    QVERIFY(opened(QStringLiteral("beach.png"), encode_png(gradient(wide, high))));
    importHook(encode_png(hook()));
    auto* models = f_->window->findChild<QWidget*>(QStringLiteral("model"));
    QTRY_COMPARE(f_->window->parameters().recipe().model, std::string("this-photo"));
    models->setFocus();
    QTest::keyClicks(models, QStringLiteral("Portr"));
    auto* methods = f_->window->findChild<QWidget*>(QStringLiteral("method"));
    methods->setFocus();
    QTest::keyClicks(methods, QStringLiteral("DPS"));
    for (const auto& [field, text] :
         {std::pair{"count", "4"}, std::pair{"steps", "33"}, std::pair{"eta", "0.17"},
          std::pair{"bound", "31"}, std::pair{"seed", "4182"}, std::pair{"soft-edge", "5"}})
        enter(field, QString::fromLatin1(text));
    Recipe wanted = f_->window->parameters().recipe();
    QCOMPARE(wanted.model, std::string("portraits-64"));
    QCOMPARE(wanted.method, std::string("dps"));
    QCOMPARE(wanted.bound, (Bound{31, BoundConvention::GrayLevels}));
    QVERIFY(wanted.count == 4 && wanted.steps == 33 && wanted.eta == 0.17 && wanted.seed == 4182);
    QVERIFY(generates(*f_));
    const Picture result = filled(0);
    f_->person.press(Qt::Key_E, Qt::ControlModifier);
    f_->person.press(Qt::Key_Return);
    QVERIFY(untilTold(*f_, QStringLiteral("beach-1.png was saved")));
    const test::File exported = read_file(FreshProfile::path(f_->file(QStringLiteral("beach-1.png"))));

    cleanup();
    init(); // another user, who has nothing but the file
    QVERIFY(opened(QStringLiteral("from a friend.png"), exported));
    QVERIFY(f_->window->document().picture() == result);
    QVERIFY(f_->window->document().mask() == hook());
    QCOMPARE(f_->window->document().maskEntry().softEdge, 5);
    QTRY_COMPARE(f_->window->parameters().recipe().model, std::string("portraits-64"));
    QVERIFY(f_->window->parameters().recipe() == wanted);
}

void TestJourneyInterchange::settingsOfOthersAreShown()
{
    const Recipe before = f_->window->parameters().recipe();
    const std::string parameters = "a red chair by the sea\nNegative prompt: blurry, text\n"
                                   "Steps: 20, Sampler: Euler a, CFG scale: 7, Seed: 42, Size: 90x60, "
                                   "Model hash: 6ce0161689, Model: \"odd, name\", Mask blur: 4";
    QVERIFY(
        opened(QStringLiteral("webui.png"), encode_png(gradient(wide, high), {{"parameters", parameters}})));
    const QString text = f_->window->messages().text();
    for (const char* part : {"AUTOMATIC1111", "not used here", "Steps 20", "Sampler Euler a", "CFG scale 7",
                             "Seed 42", "Model hash 6ce0161689", "Model odd, name", "Mask blur 4"})
        QVERIFY2(text.contains(QString::fromUtf8(part)), qPrintable(text));
    QVERIFY(f_->window->document().picture() == gradient(wide, high));
    QVERIFY(f_->window->parameters().recipe() == before);
}

QTEST_MAIN(TestJourneyInterchange)
#include "tst_journey_interchange.moc"
