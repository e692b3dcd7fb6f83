// SPDX-License-Identifier: GPL-3.0-or-later
// The whole way with the keyboard alone, from an example to an exported completion, then another key for an action and
// a bundle of diagnostics. After every key the keyboard is somewhere, and a screen reader has something to say.
#include <QRegularExpression>

#include "engine/core/picture_file.h"
#include "tests/ui/journey_steps.h"
#include "ui/actions/key_button.h"
#include "ui/main_window/shortcut_sheet.h"

using namespace lacuna;
using namespace lacuna::ui;

class TestJourneyKeyboard : public QObject {
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
        silent_.clear();
        QVERIFY(f_->begin());
    }
    void cleanup()
    {
        QCOMPARE(silent_, QStringList());
        f_.reset();
    }
    void fromAnExampleToAFile();
    void anotherKeyAndBack();
    void diagnostics();

private:
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {});
    bool tabTo(const std::function<bool(QWidget*)>& there);
    bool tabTo(const char* name);
    void openExample();
    void placesARectangle();
    void walksTheTree();
    void exportsTheStarred();
    GalleryCard* focusedCard() const { return qobject_cast<GalleryCard*>(QApplication::focusWidget()); }
    ShortcutSheet* sheet() const { return qobject_cast<ShortcutSheet*>(QApplication::activeWindow()); }
    void openSheetAt(const QString& search);

    std::unique_ptr<Journey> f_{};
    QStringList silent_{}; ///< keys after which nothing could be spoken
};

void TestJourneyKeyboard::press(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    f_->person.press(key, modifiers);
    const QWidget* focus = QApplication::focusWidget();
    if (!focus)
        silent_ << QStringLiteral("%1: no focus").arg(QKeySequence(key | modifiers).toString());
    else if (Person::spoken().isEmpty())
        silent_ << QStringLiteral("%1: %2 “%3”")
                       .arg(QKeySequence(key | modifiers).toString(),
                            QLatin1String(focus->metaObject()->className()), focus->objectName());
}

bool TestJourneyKeyboard::tabTo(const std::function<bool(QWidget*)>& there)
{
    constexpr int mostStops = 150;
    for (int i = 0; i < mostStops; ++i) {
        if (QApplication::focusWidget() && there(QApplication::focusWidget()))
            return true;
        press(Qt::Key_Tab);
    }
    return false;
}

bool TestJourneyKeyboard::tabTo(const char* name)
{
    return tabTo([name](const QWidget* widget) { return widget->objectName() == QLatin1String(name); });
}

void TestJourneyKeyboard::openExample()
{
    QVERIFY(tabTo(
        [](const QWidget* widget) { return widget->objectName().startsWith(QStringLiteral("example-")); }));
    QVERIFY2(Person::spoken().startsWith(QStringLiteral("Example ")), qPrintable(Person::spoken()));
    press(Qt::Key_Space);
    QVERIFY(until([this] { return f_->window->document().isOpen(); }));
    QVERIFY(f_->window->canvas().hasFocus());
}

/// 41 x 31 pixels around the middle, in place of the example's own hole.
void TestJourneyKeyboard::placesARectangle()
{
    Canvas& canvas = f_->window->canvas();
    press(Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(f_->window->document().holePixels(), std::size_t(0));
    press(Qt::Key_R);
    press(Qt::Key_K);
    QVERIFY(canvas.keyboardCursor());
    for (int i = 0; i < 2; ++i) {
        press(Qt::Key_Left, Qt::ShiftModifier);
        press(Qt::Key_Up, Qt::ShiftModifier);
    }
    press(Qt::Key_Space);
    for (int i = 0; i < 4; ++i)
        press(Qt::Key_Right, Qt::ShiftModifier);
    for (int i = 0; i < 3; ++i)
        press(Qt::Key_Down, Qt::ShiftModifier);
    QVERIFY2(canvas.accessibleDescription().contains(QStringLiteral("rectangle of 41 × 31 pixels")),
             qPrintable(canvas.accessibleDescription()));
    press(Qt::Key_Space);
    QCOMPARE(f_->window->document().holePixels(), std::size_t(41 * 31));
    QVERIFY2(canvas.accessibleDescription().contains(QStringLiteral("the hole has 1271 pixels")),
             qPrintable(canvas.accessibleDescription()));
}

void TestJourneyKeyboard::walksTheTree()
{
    const GalleryPanel& gallery = f_->window->gallery();
    QVERIFY(tabTo([](QWidget* widget) { return qobject_cast<GalleryCard*>(widget) != nullptr; }));
    while (!focusedCard()->opens() && focusedCard() != gallery.card(4))
        press(Qt::Key_Right);
    const QString parent = Person::spoken();
    QVERIFY2(parent.contains(QRegularExpression(QStringLiteral("stands for \\d+ of 60"))),
             qPrintable(parent));
    press(Qt::Key_Return);
    QVERIFY(gallery.model().branch() != GalleryModel::root);
    QVERIFY(focusedCard() && Person::spoken() != parent);
    press(Qt::Key_Right);
    press(Qt::Key_S);
    QVERIFY2(Person::spoken().endsWith(QStringLiteral("starred")), qPrintable(Person::spoken()));
    press(Qt::Key_Backspace);
    QCOMPARE(gallery.model().branch(), GalleryModel::root);
    QCOMPARE(Person::spoken(), parent);
}

void TestJourneyKeyboard::exportsTheStarred()
{
    const int starred = *f_->window->gallery().model().stars().begin();
    press(Qt::Key_E, Qt::ControlModifier);
    QVERIFY(f_->window->exportPage().isVisible());
    const QString choice = QStringLiteral("Completions: ");
    QVERIFY(tabTo([&](const QWidget*) { return Person::spoken().startsWith(choice); }));
    press(Qt::Key_Right); // from those shown to those starred
    QCOMPARE(Person::spoken(), choice + QStringLiteral("Starred"));
    QVERIFY(tabTo("export-name"));
    f_->person.type(QStringLiteral("kept"));
    QVERIFY(tabTo("export-folder"));
    f_->person.type(f_->files());
    press(Qt::Key_Return);
    const QString name = QStringLiteral("kept-%1.png").arg(starred + 1);
    QVERIFY(untilTold(*f_, name + QStringLiteral(" was saved")));
    const SharedSet& set = f_->window->results().filled();
    QVERIFY(
        read_picture(FreshProfile::path(f_->file(name)))
        == composite(set->request.picture, set->request.mask, set->set.completions[std::size_t(starred)]));
}

void TestJourneyKeyboard::fromAnExampleToAFile()
{
    openExample();
    placesARectangle();
    QVERIFY(tabTo("pool"));
    f_->person.type(QStringLiteral("60"));
    press(Qt::Key_Tab);
    QVERIFY(generates(*f_));
    QVERIFY(QApplication::focusWidget() && !Person::spoken().isEmpty());
    walksTheTree();
    exportsTheStarred();
    QVERIFY(QApplication::focusWidget() && !Person::spoken().isEmpty());
}

void TestJourneyKeyboard::openSheetAt(const QString& search)
{
    press(Qt::Key_F1);
    QVERIFY(until([this] { return sheet() != nullptr; }));
    QVERIFY(tabTo("shortcut-search"));
    f_->person.type(search);
}

/// Ctrl+Y redoes; it shall invert instead, which is asked about, and then everything is as it was.
void TestJourneyKeyboard::anotherKeyAndBack()
{
    openExample();
    openSheetAt(QStringLiteral("invert"));
    QVERIFY(tabTo("key-invert"));
    QVERIFY2(Person::spoken().contains(QStringLiteral("Ctrl+Shift+I")), qPrintable(Person::spoken()));
    press(Qt::Key_Space);
    press(Qt::Key_Y, Qt::ControlModifier);
    QVERIFY2(sheet()->note().contains(QStringLiteral("already does “Redo”")), qPrintable(sheet()->note()));
    QCOMPARE(f_->action("invert")->shortcut(), QKeySequence(QStringLiteral("Ctrl+Shift+I")));
    QVERIFY(tabTo("shortcut-answer"));
    QVERIFY2(Person::spoken().contains(QStringLiteral("Use it for")), qPrintable(Person::spoken()));
    QVERIFY(QApplication::focusWidget()->accessibleDescription().contains(QStringLiteral("already does")));
    press(Qt::Key_Space);
    QCOMPARE(f_->action("invert")->shortcut(), QKeySequence(QStringLiteral("Ctrl+Y")));
    f_->person.press(Qt::Key_Escape);
    QVERIFY(f_->person.comesBack());

    const Document& document = f_->window->document();
    const std::size_t pixels = std::size_t(document.size().width()) * document.size().height();
    const std::size_t hole = document.holePixels();
    press(Qt::Key_Y, Qt::ControlModifier);
    QCOMPARE(document.holePixels(), pixels - hole);
    openSheetAt({});
    QVERIFY(tabTo("reset-all-keys"));
    press(Qt::Key_Space);
    f_->person.press(Qt::Key_Escape);
    QVERIFY(f_->person.comesBack());
    press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(document.holePixels(), hole);
    press(Qt::Key_Y, Qt::ControlModifier); // redoes again
    QCOMPARE(document.holePixels(), pixels - hole);
}

void TestJourneyKeyboard::diagnostics()
{
    const QString picture = f_->write(QStringLiteral("Wanda am Meer.png"), encode_png(gradient(96, 80)));
    f_->person.drop(picture);
    QVERIFY(until([this] { return f_->window->document().isOpen(); }));
    placesARectangle();
    QVERIFY(generates(*f_));
    press(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    f_->person.type(QStringLiteral("diagnostics"));
    const DialogTyper typer(f_->file(QStringLiteral("bundle.txt")));
    f_->person.press(Qt::Key_Return);
    QVERIFY(untilTold(*f_, QStringLiteral("diagnostics were saved")));
    QCOMPARE(typer.title(), QStringLiteral("Collect Diagnostics"));
    QVERIFY(!typer.spoken().isEmpty());

    const auto bytes = read_file(FreshProfile::path(f_->file(QStringLiteral("bundle.txt"))));
    const QString text =
        QString::fromUtf8(reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size()));
    for (const char* part : {"Lacuna " LACUNA_VERSION, "Qt 6", "kernel", "threads", "memory", "screen",
                             "action generate", "action rectangle"})
        QVERIFY2(text.contains(QLatin1String(part)), part);
    for (const QString& secret : {QStringLiteral("Wanda"), QStringLiteral("Meer"), f_->files(),
                                  QDir::homePath() + u'/', QDir::tempPath() + u'/'})
        QVERIFY2(!text.contains(secret), qPrintable(secret + u'\n' + text));
    for (const QString& line : text.split(u'\n'))
        QVERIFY2(line.size() < 500, qPrintable(line)); // pixels would be longer, in whatever form
    for (const QChar c : text)
        QVERIFY(c.isPrint() || c == u'\n');
}

QTEST_MAIN(TestJourneyKeyboard)
#include "tst_journey_keyboard.moc"
