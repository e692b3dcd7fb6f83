// SPDX-License-Identifier: GPL-3.0-or-later
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include "tests/ui/window_fixture.h"
#include "ui/actions/key_button.h"
#include "ui/main_window/shortcut_sheet.h"
#include "ui/settings/settings.h"

using namespace lacuna;
using namespace lacuna::ui;

class TestShortcuts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        loadResources();
        applyTheme(ThemeChoice::Light);
    }
    void init()
    {
        settings() = Settings();
        f_ = std::make_unique<WindowFixture>();
        QVERIFY(f_->show());
        QTest::keyClick(f_->window.get(), Qt::Key_F1);
        QTRY_VERIFY(sheet() && sheet()->isVisible());
        sheet()->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(sheet()));
    }
    void cleanup() { f_.reset(); }
    void anotherKeyDoesIt();
    void escLeavesTheKeyBackspaceTakesIt();
    void theWindowDoesNotActMeanwhile();
    void conflictIsWarnedAndResolved();
    void keysOfNumberedMasks();
    void keysOfWidgetsStay();
    void resetOneAndAll();
    void theChoiceIsKept();
    void searchFindsActionsAndKeys();
    void everyRowHasANameAndCanBeReached();

private:
    ShortcutSheet* sheet() const { return f_->window->findChild<ShortcutSheet*>(); }
    KeyButton* button(const char* id) const
    {
        return sheet()->findChild<KeyButton*>(QStringLiteral("key-") + QLatin1String(id));
    }
    QPushButton* named(const char* name) const
    {
        return sheet()->findChild<QPushButton*>(QLatin1String(name));
    }
    QToolButton* resetOf(const char* id) const
    {
        return button(id)->parentWidget()->findChild<QToolButton*>(QString(), Qt::FindDirectChildrenOnly);
    }
    void press(const char* id, int key, Qt::KeyboardModifiers modifiers = {}) const
    {
        button(id)->setFocus();
        QTest::keyClick(button(id), Qt::Key_Space);
        QTest::keyClick(button(id), Qt::Key(key), modifiers);
    }
    QKeySequence keyOf(const char* id) const { return f_->action(id)->shortcut(); }

    std::unique_ptr<WindowFixture> f_;
};

void TestShortcuts::anotherKeyDoesIt()
{
    press("invert", Qt::Key_J, Qt::ControlModifier);
    QCOMPARE(keyOf("invert"), QKeySequence("Ctrl+J"));
    QVERIFY(button("invert")->text().contains("Ctrl+J"));
    QVERIFY(f_->action("invert")->toolTip().contains("Ctrl+J"));
    QVERIFY(sheet()->note().contains("Ctrl+J"));
    sheet()->close();
    f_->openWithHole();
    f_->window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(f_->window.get()));
    const std::size_t hole = f_->window->document().holePixels();
    QTest::keyClick(&f_->window->canvas(), Qt::Key_J, Qt::ControlModifier);
    QVERIFY(f_->window->document().holePixels() != hole);
}

void TestShortcuts::escLeavesTheKeyBackspaceTakesIt()
{
    press("invert", Qt::Key_Escape);
    QVERIFY(sheet()->isVisible());
    QVERIFY(!button("invert")->listening());
    QCOMPARE(keyOf("invert"), QKeySequence("Ctrl+Shift+I"));
    press("invert", Qt::Key_Backspace);
    QVERIFY(keyOf("invert").isEmpty());
    QCOMPARE(button("invert")->text(), "none");
    QVERIFY(!f_->action("invert")->toolTip().contains('('));
}

void TestShortcuts::theWindowDoesNotActMeanwhile()
{
    button("invert")->setFocus();
    QTest::keyClick(button("invert"), Qt::Key_Space);
    QVERIFY(button("invert")->listening());
    QTest::keyPress(button("invert"), Qt::Key_Control, Qt::ControlModifier);
    QVERIFY(button("invert")->listening()); // a modifier alone is no key yet
    QTest::keyClick(button("invert"), Qt::Key_F1, Qt::ControlModifier);
    QCOMPARE(keyOf("invert"), QKeySequence("Ctrl+F1"));
    QCOMPARE(f_->window->findChildren<ShortcutSheet*>().size(), 1);
}

void TestShortcuts::conflictIsWarnedAndResolved()
{
    press("invert", Qt::Key_Y, Qt::ControlModifier);
    QCOMPARE(keyOf("invert"), QKeySequence("Ctrl+Shift+I")); // nothing happens unasked
    QVERIFY(sheet()->note().contains("Redo"));
    QVERIFY(named("shortcut-answer")->isVisible());
    QTest::mouseClick(named("shortcut-answer"), Qt::LeftButton);
    QCOMPARE(keyOf("invert"), QKeySequence("Ctrl+Y"));
    QCOMPARE(f_->action("redo")->shortcuts(), QList{QKeySequence("Ctrl+Shift+Z")}); // keeps its other key
    QVERIFY(!named("shortcut-answer")->isVisible());
}

void TestShortcuts::keysOfNumberedMasks()
{
    QCOMPARE(keyOf("use-mask-2"), QKeySequence("Ctrl+Alt+2"));
    press("use-mask-2", Qt::Key_J, Qt::ControlModifier);
    sheet()->close();
    f_->openWithHole();
    Document& document = f_->window->document();
    QVERIFY(!f_->action("use-mask-2")->isEnabled()); // there is one
    document.addMask();
    QCOMPARE(document.maskIndex(), 1);
    f_->window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(f_->window.get()));
    QTest::keyClick(f_->window.get(), Qt::Key_1, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(document.maskIndex(), 0);
    QTest::keyClick(f_->window.get(), Qt::Key_2, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(document.maskIndex(), 0);
    QTest::keyClick(f_->window.get(), Qt::Key_J, Qt::ControlModifier);
    QCOMPARE(document.maskIndex(), 1);
}

void TestShortcuts::keysOfWidgetsStay()
{
    QVERIFY(!button("compare"));
    for (const int key : {Qt::Key_C, Qt::Key_5, Qt::Key_Return, Qt::Key_S}) {
        press("invert", key);
        QCOMPARE(keyOf("invert"), QKeySequence("Ctrl+Shift+I"));
        QVERIFY(sheet()->note().contains("always"));
        QVERIFY(!named("shortcut-answer")->isVisible());
    }
}

void TestShortcuts::resetOneAndAll()
{
    QVERIFY(!named("reset-all-keys")->isEnabled());
    press("invert", Qt::Key_J, Qt::ControlModifier);
    press("clear", Qt::Key_K, Qt::ControlModifier);
    press("open", Qt::Key_Backspace);
    QVERIFY(resetOf("invert")->isVisible());
    QVERIFY(!resetOf("undo")->isVisible());
    QTest::mouseClick(resetOf("invert"), Qt::LeftButton);
    QCOMPARE(keyOf("invert"), QKeySequence("Ctrl+Shift+I"));
    QCOMPARE(keyOf("clear"), QKeySequence("Ctrl+K"));
    QTest::mouseClick(named("reset-all-keys"), Qt::LeftButton);
    QCOMPARE(keyOf("clear"), QKeySequence("Ctrl+Shift+A"));
    QCOMPARE(keyOf("open"), QKeySequence("Ctrl+O"));
    QVERIFY(settings().value("shortcuts").isUndefined());
}

void TestShortcuts::theChoiceIsKept()
{
    QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("new/settings.json").toStdString();
    settings().setFile(file);
    press("invert", Qt::Key_J, Qt::ControlModifier);
    press("open", Qt::Key_Backspace);
    Settings::flush();
    settings() = Settings();
    settings().setFile(file);
    const WindowFixture next;
    QCOMPARE(next.action("invert")->shortcut(), QKeySequence("Ctrl+J"));
    QVERIFY(next.action("open")->shortcuts().isEmpty());
    QCOMPARE(next.action("clear")->shortcut(), QKeySequence("Ctrl+Shift+A"));
    settings() = Settings();
    const WindowFixture fresh;
    QCOMPARE(fresh.action("invert")->shortcut(), QKeySequence("Ctrl+Shift+I"));
}

void TestShortcuts::searchFindsActionsAndKeys()
{
    auto* search = sheet()->findChild<QLineEdit*>("shortcut-search");
    QTest::keyClicks(search, "invert");
    QVERIFY(button("invert")->isVisible());
    QVERIFY(!button("open")->isVisible());
    search->clear();
    QTest::keyClicks(search, "ctrl+o");
    QVERIFY(button("open")->isVisible());
    QVERIFY(!button("invert")->isVisible());
}

void TestShortcuts::everyRowHasANameAndCanBeReached()
{
    for (const ActionSpec& spec : f_->window->actions().specs()) {
        if (!ActionRegistry::canBind(spec))
            continue;
        QVERIFY2(button(spec.id), spec.id);
        QVERIFY(button(spec.id)->accessibleName().startsWith(ActionRegistry::plainText(spec)));
        QVERIFY(button(spec.id)->focusPolicy() & Qt::TabFocus);
    }
}

QTEST_MAIN(TestShortcuts)
#include "tst_shortcuts.moc"
