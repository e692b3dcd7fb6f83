// SPDX-License-Identifier: GPL-3.0-or-later
// Every text of every scene has room: in English, German and the pseudo language, in wide and narrow windows.
#include <QAbstractButton>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QPushButton>
#include <QRawFont>
#include <QScrollArea>
#include <QStyle>
#include <QStyleOptionComboBox>
#include <QTest>

#include "tests/ui/fake_session.h"
#include "ui/appearance/elided_label.h"
#include "ui/appearance/icons.h"
#include "ui/language/language.h"
#include "ui/main_window/main_window.h"
#include "ui/shots/shots.h"

using namespace lacuna;
using namespace lacuna::ui;

namespace {

QString described(const QWidget& widget, const QString& text)
{
    return QStringLiteral("%1 “%2” has %3 x %4")
        .arg(QLatin1String(widget.metaObject()->className()), text)
        .arg(widget.width())
        .arg(widget.height());
}

/// What is wrong with the place of a text; empty: nothing.
QString clipped(const QLabel& label)
{
    if (label.text().isEmpty() || dynamic_cast<const ElidedLabel*>(&label))
        return {};
    const int width = label.wordWrap() ? label.minimumSizeHint().width() : label.sizeHint().width();
    const int height = label.wordWrap() ? label.heightForWidth(label.width()) : label.sizeHint().height();
    if (width <= label.width() && height <= label.height())
        return {};
    return described(label, label.text()) + QStringLiteral(", needs %1 x %2").arg(width).arg(height);
}

QString clipped(const QAbstractButton& button)
{
    const QSize needed = button.sizeHint();
    if (button.text().isEmpty()
        || (needed.width() <= button.width() && needed.height() <= button.height() + 8))
        return {};
    const bool painted =
        button.fontMetrics().horizontalAdvance(button.text().remove(u'&')) + 8 <= button.width();
    return painted ? QString()
                   : described(button, button.text()) + QStringLiteral(", needs %1").arg(needed.width());
}

QString clipped(const QComboBox& box)
{
    QStyleOptionComboBox option;
    option.initFrom(&box);
    const int room =
        box.style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, &box).width();
    const int needed = box.fontMetrics().horizontalAdvance(box.currentText());
    return needed <= room ? QString()
                          : described(box, box.currentText()) + QStringLiteral(", needs %1").arg(needed);
}

/// A part that another one cuts off, unless it can be scrolled to.
QString outside(const QWidget& widget, const QWidget& window)
{
    for (const QWidget* parent = &widget; parent != &window; parent = parent->parentWidget())
        if (qobject_cast<const QScrollArea*>(parent->parentWidget() ? parent->parentWidget()->parentWidget()
                                                                    : nullptr))
            return {};
    const QRect place(widget.mapTo(&window, QPoint()), widget.size());
    return window.rect().contains(place) ? QString()
                                         : QString(widget.metaObject()->className()) + " outside the window";
}

QStringList problemsOf(const QWidget& window)
{
    QStringList found;
    const auto add = [&](const QString& problem) {
        if (!problem.isEmpty())
            found << problem;
    };
    for (const QWidget* widget : window.findChildren<QWidget*>()) {
        if (!widget->isVisible() || widget->window() != &window)
            continue;
        if (const auto* label = qobject_cast<const QLabel*>(widget))
            add(clipped(*label)), add(outside(*widget, window));
        else if (const auto* button = qobject_cast<const QAbstractButton*>(widget))
            add(clipped(*button)), add(outside(*widget, window));
        else if (const auto* box = qobject_cast<const QComboBox*>(widget))
            add(clipped(*box)), add(outside(*widget, window));
    }
    return found;
}

} // namespace

class TestLayout : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { loadResources(); }
    void cleanup() { applyLanguage(QStringLiteral("en")); }
    void everyTextHasRoom_data();
    void everyTextHasRoom();
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
        cases.push_back({"en", {1280, 720}});
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
        QStringList problems = problemsOf(window);
        if (window.size() != size)
            problems << QStringLiteral("the window has %1 x %2").arg(window.width()).arg(window.height());
        for (const QDialog* dialog : window.findChildren<QDialog*>())
            if (dialog->isVisible())
                problems << problemsOf(*dialog);
        QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
    });
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
