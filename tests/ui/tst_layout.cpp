// SPDX-License-Identifier: GPL-3.0-or-later
// Every text of every scene has room: in English, German and the pseudo language, in wide and narrow windows.
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QRawFont>
#include <QScrollArea>
#include <QScrollBar>
#include <QTest>

#include "tests/ui/fake_session.h"
#include "tests/ui/room_check.h"
#include "ui/appearance/icons.h"
#include "ui/language/language.h"
#include "ui/main_window/main_window.h"
#include "ui/panels/parameter_panel.h"
#include "ui/shots/shots.h"

using namespace lacuna;
using namespace lacuna::ui;

class TestLayout : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { loadResources(); }
    void cleanup() { applyLanguage(QStringLiteral("en")); }
    void everyTextHasRoom_data();
    void everyTextHasRoom();
    void theSidePanelIsAsWideWhenItScrolls();
    void theCheckSeesClippedText();
    void theFontHasEveryLetter();

private:
    std::function<std::unique_ptr<Session>()> factory_ = fakeFactory(std::make_shared<FakeScript>());
};

void TestLayout::everyTextHasRoom_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<QString>("scene");
    struct Case {
        const char* language;
        QSize size;
    };
    std::vector<Case> cases = {{"en", sceneSize}, {"de", sceneSize}, {"pseudo", sceneSize}};
    if (qApp->devicePixelRatio() == 1)
        cases.insert(cases.end(), {{"en", {1280, 720}}, {"en", {1024, 700}}, {"de", {1024, 700}}});
    for (const Case& one : cases)
        for (const Scene& scene : scenes())
            QTest::addRow("%s %d %s", one.language, one.size.width(), scene.name)
                << QString::fromLatin1(one.language) << one.size << QString::fromLatin1(scene.name);
}

void TestLayout::everyTextHasRoom()
{
    QFETCH(QString, language);
    QFETCH(QSize, size);
    QFETCH(QString, scene);
    applyLanguage(language);
    visitScene(scene, ThemeChoice::Light, size, factory_, [&](MainWindow& window) {
        const QStringList problems = problemsOf(window, size);
        QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
    });
}

void TestLayout::theSidePanelIsAsWideWhenItScrolls()
{
    std::vector<int> widths, bars;
    for (const QSize size : {sceneSize, QSize(1024, 700)})
        visitScene(QStringLiteral("gallery"), ThemeChoice::Light, size, factory_, [&](MainWindow& window) {
            for (const char* name : {"eta", "bound"}) {
                const auto* box = window.findChild<QWidget*>(QLatin1String(name));
                QVERIFY(box->width() >= box->minimumSizeHint().width());
                widths.push_back(box->width());
            }
            const auto* scroll = window.parameters().parentWidget()->parentWidget()->parentWidget();
            bars.push_back(static_cast<const QScrollArea*>(scroll)->verticalScrollBar()->isVisible());
        });
    QCOMPARE(bars, (std::vector<int>{0, 1}));
    QCOMPARE(widths[2], widths[0]);
    QCOMPARE(widths[3], widths[1]);
}

void TestLayout::theCheckSeesClippedText()
{
    QWidget window;
    window.resize(300, 200);
    QLabel label(QStringLiteral("A text that is longer than its place"), &window);
    label.setGeometry(0, 0, 60, 20);
    QLabel low(QStringLiteral("A text that needs several lines in its place"), &window);
    low.setWordWrap(true);
    low.setGeometry(0, 30, 120, 20);
    QPushButton button(QStringLiteral("A button with more text than room"), &window);
    button.setGeometry(0, 60, 60, 30);
    QComboBox box(&window);
    box.addItem(QStringLiteral("A choice with more text than room"));
    box.setGeometry(0, 100, 80, 30);
    QLabel away(QStringLiteral("x"), &window);
    away.setGeometry(290, 150, 40, 30);
    window.show();
    QCOMPARE(problemsOf(window).size(), 5);
}

void TestLayout::theFontHasEveryLetter()
{
    applyLanguage(QStringLiteral("pseudo"));
    const QRawFont font(QStringLiteral(":/fonts/DejaVuSans.ttf"), 13);
    QVERIFY(font.isValid());
    visitScene(QStringLiteral("gallery"), ThemeChoice::Light, sceneSize, factory_, [&](MainWindow& window) {
        for (const QLabel* label : window.findChildren<QLabel*>())
            for (const QChar c : label->text())
                QVERIFY2(c.isSpace() || font.supportsCharacter(c), qPrintable(label->text() + u' ' + c));
    });
}

QTEST_MAIN(TestLayout)
#include "tst_layout.moc"
