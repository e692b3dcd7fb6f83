// SPDX-License-Identifier: GPL-3.0-or-later
#include <QLineEdit>
#include <QListWidget>
#include <QTest>

#include "tests/ui/window_fixture.h"
#include "ui/commands/command_palette.h"
#include "ui/main_window/window_aids.h"
#include "ui/settings/settings.h"

using namespace lacuna;
using namespace lacuna::ui;

class TestPalette : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { loadResources(); }
    void init()
    {
        settings() = Settings();
        applyTheme(ThemeChoice::Light);
        f_ = std::make_unique<WindowFixture>();
        QVERIFY(f_->show());
        f_->window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(f_->window.get()));
    }
    void cleanup() { f_.reset(); }
    void searchIgnoresCaseAccentsAndOrder();
    void bestTitlesComeFirst();
    void enterRunsTheCommand();
    void disabledCommandsSayWhy();
    void recentCommandsComeFirst();
    void arrowsChooseAndEscCloses();
    void itSpeaks();
    void itGoesWithTheKeyboard();

private:
    CommandPalette& palette() { return f_->window->aids().palette(); }
    QLineEdit* search() { return palette().findChild<QLineEdit*>(); }
    QListWidget* list() { return palette().findChild<QListWidget*>(); }
    void open() { QTest::keyClick(f_->window.get(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier); }

    std::unique_ptr<WindowFixture> f_;
};

void TestPalette::searchIgnoresCaseAccentsAndOrder()
{
    const std::vector<Command> commands = {
        {"a", "Öffnen…", "Datei", "Ein Bild laden", {}, {}},
        {"b", "Save As", "File", "Save the project under another name", {}, {}}};
    QCOMPARE(findCommands(commands, "offnen", {}), std::vector<int>{0});
    QCOMPARE(findCommands(commands, "BILD datei", {}), std::vector<int>{0});
    QCOMPARE(findCommands(commands, "name project", {}), std::vector<int>{1});
    QVERIFY(findCommands(commands, "nothing", {}).empty());
    QCOMPARE(findCommands(commands, "  ", {}), (std::vector<int>{0, 1}));
    QCOMPARE(findCommands(commands, "", {"b"}), (std::vector<int>{1, 0}));
}

void TestPalette::bestTitlesComeFirst()
{
    const std::vector<Command> commands = {{"tip", "Other", "View", "make the mask larger", {}, {}},
                                           {"inside", "Unmask", "View", "", {}, {}},
                                           {"word", "Show Mask", "View", "", {}, {}},
                                           {"begin", "Mask All", "View", "", {}, {}}};
    QCOMPARE(findCommands(commands, "mask", {}), (std::vector<int>{3, 2, 1, 0}));
}

void TestPalette::enterRunsTheCommand()
{
    f_->openWithHole();
    const std::size_t all = f_->window->document().picture().width * f_->window->document().picture().height;
    const std::size_t hole = f_->window->document().holePixels();
    open();
    QVERIFY(palette().isVisible());
    QVERIFY(search()->hasFocus());
    QTest::keyClicks(search(), "exchange hole");
    QCOMPARE(palette().shownIds(), QStringList{"invert"});
    QTest::keyClick(search(), Qt::Key_Return);
    QVERIFY(!palette().isVisible());
    QCOMPARE(f_->window->document().holePixels(), all - hole);
}

void TestPalette::disabledCommandsSayWhy()
{
    open();
    QTest::keyClicks(search(), "exchange hole");
    QVERIFY(palette().note().contains("Open a picture first."));
    QTest::keyClick(search(), Qt::Key_Return);
    QVERIFY(palette().isVisible());
    palette().open();
    QTest::keyClicks(search(), "end the run and keep");
    QCOMPARE(palette().shownIds(), QStringList{"stop"});
    QVERIFY(palette().note().contains("No run is going on."));
    f_->openWithHole();
    open();
    QTest::keyClicks(search(), "blink");
    QVERIFY(palette().note().contains("Generate a set first."));
}

void TestPalette::recentCommandsComeFirst()
{
    f_->openWithHole();
    for (const char* words : {"make every pixel known", "zoom in"}) {
        open();
        QTest::keyClicks(search(), words);
        QTest::keyClick(search(), Qt::Key_Return);
    }
    open();
    QCOMPARE(palette().shownIds().mid(0, 2), (QStringList{"zoom-in", "clear"}));
    QCOMPARE(settings().list("recent-commands"), (QStringList{"zoom-in", "clear"}));
}

void TestPalette::arrowsChooseAndEscCloses()
{
    f_->openWithHole();
    f_->window->canvas().setFocus();
    open();
    QTest::keyClick(search(), Qt::Key_Down);
    QCOMPARE(list()->currentRow(), 1);
    QTest::keyClick(search(), Qt::Key_Up);
    QCOMPARE(list()->currentRow(), 0);
    QTest::keyClick(search(), Qt::Key_Escape);
    QVERIFY(!palette().isVisible());
    QVERIFY(f_->window->canvas().hasFocus()); // where the keyboard was
}

void TestPalette::itSpeaks()
{
    open();
    QVERIFY(!palette().accessibleName().isEmpty());
    QVERIFY(!search()->accessibleName().isEmpty());
    QTest::keyClicks(search(), "open a picture");
    QVERIFY(search()->accessibleDescription().startsWith("Open"));
    QVERIFY(search()->accessibleDescription().contains("Ctrl+O"));
    QTest::keyClicks(search(), " zzz");
    QCOMPARE(list()->count(), 0);
    QVERIFY(search()->accessibleDescription().contains("No command"));
}

void TestPalette::itGoesWithTheKeyboard()
{
    f_->openWithHole();
    open();
    f_->window->canvas().setFocus();
    QVERIFY(!palette().isVisible());
    QVERIFY(f_->window->canvas().hasFocus());
}

QTEST_MAIN(TestPalette)
#include "tst_palette.moc"
