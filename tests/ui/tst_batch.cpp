// SPDX-License-Identifier: GPL-3.0-or-later
// Filling a folder: which masks belong to which pictures, what is written, what goes wrong and how it is stopped.
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

#include "engine/core/atomic_file.h"
#include "engine/core/error.h"
#include "engine/core/picture_file.h"
#include "engine/export/batch_plan.h"
#include "tests/ui/window_fixture.h"
#include "ui/batch/batch_page.h"

using namespace lacuna;
using namespace lacuna::ui;

namespace {

std::filesystem::path toPath(const QString& file)
{
    return file.toStdU16String();
}

Mask square(int side, int at, int size)
{
    Mask mask(side, side);
    for (int y = at; y < at + size; ++y)
        for (int x = at; x < at + size; ++x)
            mask.values[std::size_t(y) * side + x] = 255;
    return mask;
}

} // namespace

class TestBatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        loadResources();
        applyTheme(ThemeChoice::Light);
    }
    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        for (const char* name : {"in", "masks"})
            QDir(folder_->path()).mkdir(QLatin1String(name));
        f_ = std::make_unique<WindowFixture>();
        f_->script->stepTime = std::chrono::milliseconds(0);
        QVERIFY(f_->show());
    }
    void cleanup() { f_.reset(); }

    void masksAreFoundByName();
    void masksBesideTheirPictures();
    void oneMaskForAll();
    void aFolderIsFilled();
    void whatGoesWrongIsSaidInItsPlace();
    void stoppingKeepsWhatIsThere();
    void anEarlierBatchIsNotTouched();

private:
    QString at(const QString& name) const { return folder_->filePath(name); }
    void picture(const QString& name, int side = 32) const
    {
        write_file(toPath(at(name)), encode_png(gradient(side, side)));
    }
    void mask(const QString& name, int side = 32) const
    {
        write_file(toPath(at(name)), encode_png(square(side, 8, 10)));
    }
    QPushButton* button() const { return page().findChild<QPushButton*>(QStringLiteral("batch-run")); }
    BatchPage& page() const { return f_->window->batchPage(); }
    QString state() const { return page().findChild<QLabel*>(QStringLiteral("batch-state"))->text(); }
    /// Opens the page and waits until the folder has been looked into.
    bool openPage(const QString& masks) const
    {
        f_->action("batch")->trigger();
        page().setFolders(at(QStringLiteral("in")), masks, at(QStringLiteral("out")));
        return QTest::qWaitFor([this] { return button()->isEnabled(); }, 10000);
    }
    bool ended() const
    {
        return QTest::qWaitFor([this] { return state().contains(QStringLiteral("are filled")); }, 20000);
    }
    QStringList written() const { return QDir(at(QStringLiteral("out"))).entryList(QDir::Files, QDir::Name); }

    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<WindowFixture> f_;
};

void TestBatch::masksAreFoundByName()
{
    for (const char* name : {"in/b.png", "in/a.JPG", "in/a.png", "in/none.png", "in/c.pgm", "in/notes.txt"})
        picture(QLatin1String(name));
    for (const char* name : {"masks/a.png", "masks/b_mask.png", "masks/c-mask.ppm", "masks/other.png"})
        mask(QLatin1String(name));
    const BatchPlan plan = plan_batch(toPath(at("in")), toPath(at("masks")));
    QStringList found;
    for (const BatchItem& item : plan.items)
        found << QString::fromStdString(item.picture.filename().string() + " " + item.mask.filename().string()
                                        + " " + item.name);
    QCOMPARE(found,
             QStringList({"a.JPG a.png a", "a.png a.png a.png", "b.png b_mask.png b", "c.pgm c-mask.ppm c"}));
    QCOMPARE(plan.without, std::vector<std::string>({"none.png"}));
    QVERIFY_EXCEPTION_THROWN(plan_batch(toPath(at("nowhere")), toPath(at("masks"))), Error);
}

void TestBatch::masksBesideTheirPictures()
{
    for (const char* name : {"in/a.png", "in/a.mask.png", "in/b.png", "in/b_mask.png", "in/c.png"})
        picture(QLatin1String(name));
    const BatchPlan plan = plan_batch(toPath(at("in")), toPath(at("in")));
    QCOMPARE(plan.items.size(), std::size_t(2));
    QCOMPARE(plan.items[0].mask.filename().string(), std::string("a.mask.png"));
    QCOMPARE(plan.without, std::vector<std::string>({"c.png"}));
}

void TestBatch::oneMaskForAll()
{
    for (const char* name : {"in/a.png", "in/b.png", "in/mask.png"})
        picture(QLatin1String(name));
    const BatchPlan plan = plan_batch(toPath(at("in")), toPath(at("in/mask.png")));
    QCOMPARE(plan.items.size(), std::size_t(2)); // the mask is no picture to be filled
    QCOMPARE(plan.items[1].mask, toPath(at("in/mask.png")));
}

void TestBatch::aFolderIsFilled()
{
    picture("in/a.png");
    picture("in/b.png", 48);
    mask("masks/a.png");
    mask("masks/b.png", 48);
    f_->window->findChild<QSpinBox*>(QStringLiteral("count"))->setValue(2);
    QVERIFY(openPage(at("masks")));
    QVERIFY(page().isVisible());
    QCOMPARE(page().findChild<QTreeWidget*>()->topLevelItemCount(), 2);
    QTest::mouseClick(button(), Qt::LeftButton);
    QVERIFY2(ended(), qPrintable(state()));
    QCOMPARE(state(), QStringLiteral("2 of 2 pictures are filled."));
    QCOMPARE(written(), QStringList({"a-1.png", "a-2.png", "b-1.png", "b-2.png", "report.csv"}));
    const Picture filled = read_picture(toPath(at("out/b-2.png")));
    QCOMPARE(known_pixels_changed(gradient(48, 48), filled, square(48, 8, 10)), std::size_t(0));
    QVERIFY(!(filled == gradient(48, 48)));
    const auto report = read_file(toPath(at("out/report.csv")));
    const QString text =
        QString::fromUtf8(reinterpret_cast<const char*>(report.data()), qsizetype(report.size()));
    QVERIFY2(text.contains("\"b.png\",\"b.png\",done,2,1.5,"), qPrintable(text));
    QTest::keyClick(&page(), Qt::Key_Escape);
    QVERIFY(!page().isVisible());
}

void TestBatch::whatGoesWrongIsSaidInItsPlace()
{
    for (const char* name : {"in/a.png", "in/b.png", "in/c.png", "in/d.png"})
        picture(QLatin1String(name));
    write_file(toPath(at("in/b.png")), std::string("no picture at all"));
    mask("masks/a.png", 40); // of another size
    mask("masks/b.png");
    write_file(toPath(at("masks/c.png")), encode_png(Mask(32, 32)));
    mask("masks/d.png");
    QVERIFY(openPage(at("masks")));
    QTest::mouseClick(button(), Qt::LeftButton);
    QVERIFY2(ended(), qPrintable(state()));
    QCOMPARE(state(), QStringLiteral("1 of 4 pictures are filled. 3 could not be; the report says why."));
    const auto text = [this](int row) {
        return page().findChild<QTreeWidget*>()->topLevelItem(row)->text(2);
    };
    QVERIFY2(text(0).contains("another size"), qPrintable(text(0)));
    QVERIFY2(text(1).contains("not a picture"), qPrintable(text(1)));
    QVERIFY2(text(2).contains("marks nothing"), qPrintable(text(2)));
    QCOMPARE(text(3), QStringLiteral("5 completions"));
    QCOMPARE(written().size(), 6);
}

void TestBatch::stoppingKeepsWhatIsThere()
{
    for (const char* name : {"a", "b", "c"}) {
        picture(QStringLiteral("in/%1.png").arg(QLatin1String(name)));
        mask(QStringLiteral("masks/%1.png").arg(QLatin1String(name)));
    }
    f_->script->stepTime = std::chrono::milliseconds(20);
    QVERIFY(openPage(at("masks")));
    QTest::mouseClick(button(), Qt::LeftButton);
    QTRY_VERIFY(f_->script->runs == 2 && f_->script->working);
    QCOMPARE(button()->text(), QStringLiteral("Stop"));
    QTest::mouseClick(button(), Qt::LeftButton);
    QVERIFY2(ended(), qPrintable(state()));
    QCOMPARE(state(), QStringLiteral("Stopped: 1 of 3 pictures are filled."));
    QCOMPARE(written(), QStringList({"a-1.png", "a-2.png", "a-3.png", "a-4.png", "a-5.png", "report.csv"}));
    QCOMPARE(f_->script->runs.load(), 2);
    QVERIFY(button()->isEnabled());
}

void TestBatch::anEarlierBatchIsNotTouched()
{
    picture("in/a.png");
    mask("masks/a.png");
    QDir(folder_->path()).mkdir("out");
    write_file(toPath(at("out/report.csv")), std::string("earlier"));
    QVERIFY(openPage(at("masks")));
    QTest::mouseClick(button(), Qt::LeftButton);
    QTRY_VERIFY2(state().contains("earlier batch"), qPrintable(state()));
    QCOMPARE(written(), QStringList({"report.csv"}));
    QCOMPARE(f_->script->runs.load(), 0);
}

QTEST_MAIN(TestBatch)
#include "tst_batch.moc"
