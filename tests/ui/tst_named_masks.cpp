// SPDX-License-Identifier: GPL-3.0-or-later
// Several masks of one picture: the list, its undo, and what of it is stored.
#include <QComboBox>
#include <QLineEdit>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

#include "engine/project/project_file.h"
#include "engine/project/recovery.h"
#include "tests/ui/window_fixture.h"
#include "ui/main_window/projects.h"
#include "ui/mask/mask_strip.h"

using namespace lacuna;
using namespace lacuna::ui;

namespace {

Mask square(int side, QRect rect)
{
    Mask mask(side, side);
    for (int y = rect.top(); y <= rect.bottom(); ++y)
        for (int x = rect.left(); x <= rect.right(); ++x)
            mask.values[std::size_t(y) * side + x] = 255;
    return mask;
}

void addRect(Document& document, QRect rect)
{
    document.beginEdit();
    document.addShape([rect](QSize bounds, const SpanSink& sink) { fillRect(rect, bounds, sink); }, true);
    document.endEdit();
}

QStringList names(const Document& document)
{
    QStringList all;
    for (const MaskEntry& entry : document.masks())
        all << entry.name;
    return all;
}

} // namespace

class TestNamedMasks : public QObject {
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
        qputenv("XDG_STATE_HOME", folder_->filePath(QStringLiteral("state")).toUtf8());
        qputenv("XDG_CONFIG_HOME", folder_->filePath(QStringLiteral("config")).toUtf8());
        document_ = std::make_unique<Document>();
        document_->open(loadedWithHole(64));
    }
    void cleanup() { document_.reset(); }

    void everyMaskHasItsOwnPixels();
    void changesOfTheListAreUndone();
    void undoGoesBackToTheMaskItChanges();
    void theLastMaskStays();
    void copiesShareTheirPixelsUntilTheyChange();
    void readersKeepWhatTheyWereGiven();
    void removedMasksCountAsHistory();
    void aNumberThatIsTurnedIsOneStep();
    void theCanvasShowsTheMaskInUse();
    void masksAreChosenAndRenamedInTheStrip();
    void projectsKeepThem();
    void journalsKeepThem();
    void theRunTakesTheMaskInUse();

private:
    static std::unique_ptr<WindowFixture> begin()
    {
        auto f = std::make_unique<WindowFixture>();
        f->script->stepTime = std::chrono::milliseconds(0);
        f->window->startSession();
        return f->show() ? std::move(f) : nullptr;
    }

    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<Document> document_;
};

void TestNamedMasks::everyMaskHasItsOwnPixels()
{
    QCOMPARE(names(*document_), QStringList{QStringLiteral("Mask 1")});
    const Mask first = document_->mask();
    QSignalSpy replaced(document_.get(), &Document::maskReplaced);
    document_->addMask();
    QCOMPARE(replaced.count(), 1);
    QCOMPARE(document_->maskIndex(), 1);
    QCOMPARE(document_->holePixels(), std::size_t(0));
    addRect(*document_, {1, 2, 3, 4});
    document_->addMask(QStringLiteral("eyes"));
    document_->fillMask(true);
    QCOMPARE(names(*document_), (QStringList{"Mask 1", "Mask 2", "eyes"}));
    document_->useMask(0);
    QVERIFY(document_->mask() == first);
    document_->useMask(1);
    QVERIFY(document_->mask() == square(64, {1, 2, 3, 4}));
    QCOMPARE(document_->holePixels(), std::size_t(12));
    document_->useMask(2);
    QCOMPARE(document_->holePixels(), std::size_t(64 * 64));
    document_->useMask(7); // not there
    QCOMPARE(document_->maskIndex(), 2);
    document_->open(loadedWithHole(64));
    QCOMPARE(document_->masks().size(), std::size_t(1));
}

void TestNamedMasks::changesOfTheListAreUndone()
{
    document_->duplicateMask();
    document_->renameMask(QStringLiteral("  mouth  "));
    document_->setSoftEdge(9);
    addRect(*document_, {0, 0, 4, 4});
    const Mask mouth = document_->mask();
    document_->removeMask();
    QCOMPARE(names(*document_), QStringList{"Mask 1"});
    document_->undo();
    QCOMPARE(names(*document_), (QStringList{"Mask 1", "mouth"}));
    QVERIFY(document_->mask() == mouth);
    QCOMPARE(document_->maskEntry().softEdge, 9);
    document_->undo(); // the rectangle
    document_->undo(); // the soft edge
    QCOMPARE(document_->maskEntry().softEdge, 0);
    document_->undo(); // the name
    QCOMPARE(names(*document_), (QStringList{"Mask 1", "Mask 1 copy"}));
    document_->undo();
    QCOMPARE(names(*document_), QStringList{"Mask 1"});
    QVERIFY(!document_->canUndo());
    for (int i = 0; i < 5; ++i)
        document_->redo();
    QVERIFY(!document_->canRedo());
    QCOMPARE(names(*document_), QStringList{"Mask 1"});
    document_->undo();
    QVERIFY(document_->mask() == mouth);
    QCOMPARE(document_->maskEntry().name, QStringLiteral("mouth"));
}

void TestNamedMasks::undoGoesBackToTheMaskItChanges()
{
    addRect(*document_, {0, 0, 4, 4});
    document_->addMask();
    addRect(*document_, {8, 8, 4, 4});
    document_->useMask(0);
    document_->undo();
    QCOMPARE(document_->maskIndex(), 1);
    QCOMPARE(document_->holePixels(), std::size_t(0));
    document_->useMask(0);
    document_->undo(); // of adding
    QCOMPARE(document_->masks().size(), std::size_t(1));
    document_->undo();
    QVERIFY(document_->mask() == square(64, {16, 16, 32, 32}));
    for (int i = 0; i < 3; ++i)
        document_->redo();
    QVERIFY(document_->mask() == square(64, {8, 8, 4, 4}));
}

void TestNamedMasks::theLastMaskStays()
{
    document_->removeMask();
    QCOMPARE(document_->masks().size(), std::size_t(1));
    QVERIFY(!document_->canUndo());
    for (int i = 0; i < 200; ++i)
        document_->addMask();
    QCOMPARE(document_->masks().size(), Document::mostMasks);
}

void TestNamedMasks::copiesShareTheirPixelsUntilTheyChange()
{
    document_->duplicateMask();
    QVERIFY(document_->masks()[0].mask == document_->masks()[1].mask);
    addRect(*document_, {0, 0, 2, 2});
    QVERIFY(document_->masks()[0].mask != document_->masks()[1].mask);
    QVERIFY(*document_->masks()[0].mask == square(64, {16, 16, 32, 32}));
    const Mask* own = document_->masks()[1].mask.get();
    addRect(*document_, {4, 0, 2, 2}); // it is its own already
    QCOMPARE(document_->masks()[1].mask.get(), own);
}

void TestNamedMasks::readersKeepWhatTheyWereGiven()
{
    const std::shared_ptr<const Mask> shared = document_->sharedMask();
    const std::vector<NamedMask> named = document_->namedMasks();
    const std::uint64_t version = document_->version();
    document_->invertMask();
    QVERIFY(document_->version() != version);
    QVERIFY(*shared == square(64, {16, 16, 32, 32}));
    QVERIFY(named[0].mask == shared);
    QVERIFY(!(document_->mask() == *shared));
}

void TestNamedMasks::removedMasksCountAsHistory()
{
    document_->addMask();
    const std::size_t before = document_->historyBytes();
    document_->removeMask();
    QVERIFY(document_->historyBytes() >= before + 64 * 64);
    document_->undo();
    QVERIFY(document_->historyBytes() < before + 64 * 64);
    document_->setHistoryLimit(3 * 64 * 64);
    for (int i = 0; i < 20; ++i) {
        document_->addMask();
        document_->removeMask();
    }
    QVERIFY(document_->historyBytes() <= std::size_t(3 * 64 * 64));
    while (document_->canUndo())
        document_->undo();
    while (document_->canRedo())
        document_->redo();
}

void TestNamedMasks::aNumberThatIsTurnedIsOneStep()
{
    for (int pixels = 1; pixels < 30; ++pixels)
        document_->setSoftEdge(pixels);
    document_->undo();
    QCOMPARE(document_->maskEntry().softEdge, 0);
    QVERIFY(!document_->canUndo());
    document_->redo();
    QCOMPARE(document_->maskEntry().softEdge, 29);
    document_->setSoftEdge(1 << 20);
    QCOMPARE(document_->maskEntry().softEdge, Document::largestSoftEdge);
}

void TestNamedMasks::theCanvasShowsTheMaskInUse()
{
    const auto f = begin();
    QVERIFY(f);
    f->openWithHole(64);
    Canvas& canvas = f->window->canvas();
    const QImage first = canvas.grab().toImage();
    f->action("new-mask")->trigger();
    const QImage empty = canvas.grab().toImage();
    QVERIFY(first != empty);
    f->action("undo")->trigger();
    QCOMPARE(canvas.grab().toImage(), first);
    f->action("redo")->trigger();
    QTest::keyClick(f->window.get(), Qt::Key_1, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(f->window->document().maskIndex(), 0);
    QCOMPARE(canvas.grab().toImage(), first);
    QTest::keyClick(f->window.get(), Qt::Key_2, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(canvas.grab().toImage(), empty);
}

void TestNamedMasks::masksAreChosenAndRenamedInTheStrip()
{
    const auto f = begin();
    f->openWithHole(64);
    auto* picker = f->window->findChild<QComboBox*>(QStringLiteral("masks"));
    QVERIFY(!f->action("delete-mask")->isEnabled());
    f->action("new-mask")->trigger();
    QVERIFY(f->action("delete-mask")->isEnabled());
    QCOMPARE(picker->currentText(), QStringLiteral("Mask 2"));
    picker->setFocus();
    QTest::keyClick(picker, Qt::Key_Up);
    QCOMPARE(f->window->document().maskIndex(), 0);
    QTest::keyClick(f->window.get(), Qt::Key_F2);
    QVERIFY(picker->isEditable());
    QTest::keyClicks(picker->lineEdit(), QStringLiteral("eyes"));
    QTest::keyClick(picker->lineEdit(), Qt::Key_Return);
    QTRY_VERIFY(!picker->isEditable());
    QCOMPARE(names(f->window->document()), (QStringList{"eyes", "Mask 2"}));
    QCOMPARE(picker->currentText(), QStringLiteral("eyes"));
    f->action("rename-mask")->trigger();
    QTest::keyClicks(picker->lineEdit(), QStringLiteral("nose"));
    QTest::keyClick(picker->lineEdit(), Qt::Key_Escape);
    QTRY_VERIFY(!picker->isEditable());
    QCOMPARE(picker->currentText(), QStringLiteral("eyes"));
    f->action("delete-mask")->trigger();
    QCOMPARE(picker->count(), 1);
    f->action("undo")->trigger();
    QCOMPARE(picker->currentText(), QStringLiteral("eyes"));
}

void TestNamedMasks::projectsKeepThem()
{
    const QString file = folder_->filePath(QStringLiteral("p.lacuna"));
    {
        const auto f = begin();
        f->openWithHole(64);
        Document& document = f->window->document();
        document.addMask(QStringLiteral("Mund"));
        addRect(document, {2, 3, 5, 6});
        document.setSoftEdge(11);
        document.addMask(QStringLiteral("third"));
        document.useMask(1);
        QVERIFY(f->window->isWindowModified());
        f->window->projects().saveAs(file);
        QTRY_VERIFY(!f->window->projects().saving());
        QVERIFY2(f->window->messages().text().isEmpty(), qPrintable(f->window->messages().text()));
    }
    const Project project = open_project(file.toStdString()).project;
    QCOMPARE(project.masks.size(), std::size_t(3));
    QCOMPARE(used_mask(project), std::size_t(1));

    const auto f = begin();
    f->window->files().openPicture(file);
    QTRY_VERIFY(f->window->document().isOpen());
    Document& document = f->window->document();
    QCOMPARE(names(document), (QStringList{"Mask 1", "Mund", "third"}));
    QVERIFY(document.mask() == square(64, {2, 3, 5, 6}));
    QCOMPARE(document.maskEntry().softEdge, 11);
    QCOMPARE(f->window->findChild<QSpinBox*>(QStringLiteral("soft-edge"))->value(), 11);
    QVERIFY(!f->window->isWindowModified());
    document.removeMask();
    QVERIFY(f->window->isWindowModified());
}

void TestNamedMasks::journalsKeepThem()
{
    const QString file = folder_->filePath(QStringLiteral("p.lacuna"));
    const auto left = [] { return recover(find_left_journals(journal_folder()).at(0).path).project; };
    const auto same = [](const Project& project, const Document& document) {
        const std::vector<NamedMask> masks = document.namedMasks();
        return project.masks.size() == masks.size() && used_mask(project) == std::size_t(document.maskIndex())
               && std::equal(masks.begin(), masks.end(), project.masks.begin(),
                             [](const NamedMask& a, const NamedMask& b) {
                                 return a.name == b.name && a.soft_edge == b.soft_edge && a.id == b.id
                                        && *a.mask == *b.mask;
                             });
    };
    const auto work = [](Document& document) {
        addRect(document, {0, 0, 3, 3});
        document.duplicateMask();
        addRect(document, {40, 50, 3, 3});
        document.addMask(QStringLiteral("third"));
        addRect(document, {5, 50, 3, 3});
        document.setSoftEdge(4);
        document.useMask(0);
        document.invertMask();
        document.removeMask();
        document.undo(); // its pixels are stored again
        document.renameMask(QStringLiteral("back again"));
        document.useMask(1);
        document.undo();
        document.undo();
        document.redo();
    };
    Document expected;
    const auto keep = [&expected](const Document& document) {
        LoadedPicture loaded = loadedWithHole(64);
        loaded.masks = document.namedMasks();
        loaded.maskInUse = document.maskEntry().id;
        expected.open(loaded);
    };
    {
        const auto f = begin(); // a picture without a project
        f->openWithHole(64);
        work(f->window->document());
        keep(f->window->document());
    }
    QVERIFY(same(left(), expected));
    {
        const auto f = begin(); // goes on with that journal
        f->window->files().openRecovered(find_left_journals(journal_folder()).at(0).path);
        QTRY_VERIFY(f->window->document().isOpen());
        QCOMPARE(names(f->window->document()), names(expected));
        f->window->document().addMask(QStringLiteral("later"));
        addRect(f->window->document(), {30, 30, 3, 3});
        keep(f->window->document());
    }
    QVERIFY(same(left(), expected));
    {
        const auto f = begin(); // and with a project file
        f->window->files().openRecovered(find_left_journals(journal_folder()).at(0).path);
        QTRY_VERIFY(f->window->document().isOpen());
        f->window->projects().saveAs(file);
        QTRY_VERIFY(!f->window->projects().saving());
        work(f->window->document());
        keep(f->window->document());
    }
    QVERIFY(same(left(), expected));
}

void TestNamedMasks::theRunTakesTheMaskInUse()
{
    const auto f = begin();
    f->openWithHole(64);
    Document& document = f->window->document();
    document.addMask();
    QTRY_VERIFY(!f->runButton()->isEnabled()); // nothing is marked in this one
    addRect(document, {20, 20, 10, 10});
    QTRY_VERIFY(f->runButton()->isEnabled());
    QVERIFY(f->generate());
    QTRY_VERIFY(f->window->results().filled());
    QVERIFY(f->window->results().filled()->request.mask == square(64, {20, 20, 10, 10}));
    QCOMPARE(document.maskIndex(), 1); // it survives the run
    QVERIFY(document.mask() == square(64, {20, 20, 10, 10}));
    document.useMask(0);
    QVERIFY(f->window->results().filled()); // and the completions survive the other mask
    QTRY_VERIFY(!f->window->canvas().completionShown());
    QVERIFY(f->window->canvas().maskShown());
}

QTEST_MAIN(TestNamedMasks)
#include "tst_named_masks.moc"
