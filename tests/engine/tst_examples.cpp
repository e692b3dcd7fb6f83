// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/error.h"
#include "engine/core/picture_file.h"
#include "engine/scenes/examples.h"

#include <QtTest>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>

using namespace lacuna;

namespace {

/// Painting takes a second, so every example is painted once for all tests.
const Example& example(const QString& id)
{
    static std::map<QString, Example> painted;
    const auto found = painted.find(id);
    return found != painted.end() ? found->second
                                  : painted.emplace(id, render_example(id.toStdString())).first->second;
}

std::filesystem::path example_file(const QString& name)
{
    return std::filesystem::path(LACUNA_SOURCE_DIR) / "resources" / "examples" / name.toStdString();
}

void add_ids()
{
    QTest::addColumn<QString>("id");
    for (const std::string& id : example_ids())
        QTest::newRow(id.c_str()) << QString::fromStdString(id);
}

} // namespace

/// The bundled pictures: what the sources paint, and the files that were made from it.
class TestExamples : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lists_three_examples() { QCOMPARE(example_ids().size(), std::size_t(3)); }

    void unknown_id_is_an_error() { QVERIFY_THROWS_EXCEPTION(Error, render_example("no such picture")); }

    void is_deterministic_data() { add_ids(); }
    void is_deterministic()
    {
        QFETCH(QString, id);
        const Example again = render_example(id.toStdString());
        QVERIFY(again.picture == example(id).picture);
        QVERIFY(again.mask == example(id).mask);
    }

    void has_picture_and_title_data() { add_ids(); }
    void has_picture_and_title()
    {
        QFETCH(QString, id);
        const Example& shown = example(id);
        QCOMPARE(QString::fromStdString(shown.id), id);
        QVERIFY(!shown.title.empty());
        QCOMPARE(shown.picture.width, 768);
        QCOMPARE(shown.picture.height, 512);
        QCOMPARE(shown.picture.channels, 3);
        QCOMPARE(shown.picture.bits, 8);
        QCOMPARE(shown.picture.bytes->size(), std::size_t(768) * 512 * 3);
    }

    void hole_lies_inside_data() { add_ids(); }
    void hole_lies_inside();
    void file_is_the_painting_data() { add_ids(); }
    void file_is_the_painting();
};

/// The hole has about the promised size, only two values, and known texture on all sides.
void TestExamples::hole_lies_inside()
{
    QFETCH(QString, id);
    const Mask& mask = example(id).mask;
    QCOMPARE(mask.width, 768);
    QCOMPARE(mask.height, 512);
    int left = mask.width, right = -1, top = mask.height, bottom = -1;
    for (int y = 0; y < mask.height; ++y)
        for (int x = 0; x < mask.width; ++x) {
            const std::uint8_t value = mask.values[std::size_t(y) * mask.width + x];
            QVERIFY(value == 0 || value == 255);
            if (value == 0)
                continue;
            left = std::min(left, x), right = std::max(right, x);
            top = std::min(top, y), bottom = std::max(bottom, y);
        }
    QVERIFY(mask.hole_pixels() > 8000);
    for (const int size : {right - left + 1, bottom - top + 1})
        QVERIFY(size >= 105 && size <= 155);
    QVERIFY(left >= 48 && top >= 48 && right < mask.width - 48 && bottom < mask.height - 48);
}

/// The committed files are what the sources paint; one level apart is allowed for another machine's rounding.
void TestExamples::file_is_the_painting()
{
    QFETCH(QString, id);
    const Picture file = read_picture(example_file(id + ".png")), &painted = example(id).picture;
    QCOMPARE(file.width, painted.width);
    QCOMPARE(file.height, painted.height);
    QCOMPARE(file.channels, painted.channels);
    QCOMPARE(file.bits, painted.bits);
    int worst = 0;
    for (std::size_t i = 0; i < painted.bytes->size(); ++i)
        worst = std::max(worst, std::abs(int((*file.bytes)[i]) - int((*painted.bytes)[i])));
    QVERIFY2(worst <= 1, qPrintable(QString("differs by %1 levels").arg(worst)));
    QVERIFY(read_mask(example_file(id + ".mask.png")) == example(id).mask);
}

QTEST_GUILESS_MAIN(TestExamples)
#include "tst_examples.moc"
