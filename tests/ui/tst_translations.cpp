// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractButton>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QRegularExpression>
#include <QTemporaryFile>
#include <QTest>

#include <functional>
#include <map>
#include <set>

#include "engine/core/recipe.h"
#include "tests/ui/fake_session.h"
#include "tests/ui/window_fixture.h"
#include "ui/language/language.h"
#include "ui/language/pseudo_translator.h"
#include "ui/language/ts_translator.h"
#include "ui/settings/settings.h"
#include "ui/shots/shots.h"

using namespace lacuna;
using namespace lacuna::ui;

namespace {

/// Notes what it is asked for and another translator does not know.
class Missing : public QTranslator {
public:
    explicit Missing(const QTranslator& known) : known_(known) {}
    bool isEmpty() const override { return false; }
    QString translate(const char* context, const char* source, const char* comment, int n) const override
    {
        const QByteArray from(context);
        const bool ours = !from.startsWith('Q') || from == "QObject"; // Qt's own texts have their own file
        if (ours && known_.translate(context, source, comment, n).isEmpty())
            texts.insert(QString::fromUtf8(from + ": " + source));
        return {};
    }

    mutable std::set<QString> texts{};

private:
    const QTranslator& known_;
};

} // namespace

class TestTranslations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        loadResources();
        applyTheme(ThemeChoice::Light);
    }
    void cleanup()
    {
        applyLanguage(QStringLiteral("en"));
        settings() = Settings();
    }
    void noTextIsUntranslated_data();
    void noTextIsUntranslated();
    void germanKnowsEveryText();
    void germanKeepsPlacesAndMnemonics();
    void germanWindow();
    void noMenuHasALetterTwice_data();
    void noMenuHasALetterTwice();
    void readsFilesOfLinguist();
    void pseudoTextIsLongerAndKeepsPlaces();
    void unknownLanguageIsTheSystems();
    void figuresFollowTheLanguageInTheWindowOnly();
    void decimalsAreTypedBothWays();
    void theChoiceIsKept();

private:
    std::function<std::unique_ptr<Session>()> factory_ = fakeFactory(std::make_shared<FakeScript>());
};

/// First, so that nothing was made in another language before.
void TestTranslations::noTextIsUntranslated_data()
{
    QTest::addColumn<QString>("scene");
    for (const Scene& scene : scenes())
        QTest::newRow(scene.name) << QString::fromLatin1(scene.name);
}

void TestTranslations::noTextIsUntranslated()
{
    QFETCH(QString, scene);
    applyLanguage(QStringLiteral("pseudo"));
    // Two plain letters beside each other; keys and "px" in other texts are letters of no language.
    static const QRegularExpression plain(QStringLiteral("[A-Za-z]{2,}"));
    static const QRegularExpression keys(QStringLiteral(
        "\\b(Ctrl|Shift|Alt|Meta|Return|Enter|Esc|PgUp|PgDown|Backspace|Home|End|Del|Space|Tab|F\\d+|"
        "Left|Right|Up|Down|Pause|Ins)\\b"));
    // The paper's symbols, and names of models, are the same in every language.
    static const QRegularExpression names(
        QStringLiteral("\\b(eta|zeta|gamma|mu|churn|D|sigma|NIQE|LPIPS|[a-z]+-64|this-photo|CSV|LaTeX|PNG|"
                       "SVG|png|GB|MB)\\b"));
    const auto wrong = [&](QString text) { return text.remove(keys).remove(names).contains(plain); };
    visitScene(scene, ThemeChoice::Light, sceneSize, factory_, [&](MainWindow& window) {
        // Names, addresses and licences of published models are said as they are.
        for (const QLabel* label : scene == u"models" ? QList<QLabel*>() : window.findChildren<QLabel*>())
            QVERIFY2(!label->isVisible() || !wrong(label->text()), qPrintable(label->text()));
        for (const QAbstractButton* button : window.findChildren<QAbstractButton*>())
            QVERIFY2(!button->isVisible() || !wrong(button->text()), qPrintable(button->text()));
        for (const QComboBox* box : window.findChildren<QComboBox*>())
            for (int i = 0; i < box->count(); ++i)
                QVERIFY2(!wrong(box->itemText(i)), qPrintable(box->itemText(i)));
        for (const ActionSpec& spec : window.actions().specs()) {
            const QAction* action = window.actions().get(spec.id);
            QVERIFY2(!wrong(action->text()) && !wrong(action->statusTip()), spec.id);
        }
        for (const QAction* menu : window.menuBar()->actions())
            QVERIFY2(!wrong(menu->text()), qPrintable(menu->text()));
    });
}

void TestTranslations::germanKnowsEveryText()
{
    applyLanguage(QStringLiteral("en"));
    const TsTranslator german(QStringLiteral(":/translations/lacuna_de.ts"));
    QVERIFY(!german.isEmpty());
    Missing missing(german);
    QCoreApplication::installTranslator(&missing);
    for (const Scene& scene : scenes())
        visitScene(QString::fromLatin1(scene.name), ThemeChoice::Light, sceneSize, factory_,
                   [](MainWindow&) {});
    QCoreApplication::removeTranslator(&missing);
    QString list;
    for (const QString& text : missing.texts)
        list += text + u'\n';
    QVERIFY2(list.isEmpty(), qPrintable(QStringLiteral("not in lacuna_de.ts:\n") + list));
}

void TestTranslations::germanKeepsPlacesAndMnemonics()
{
    const TsTranslator german(QStringLiteral(":/translations/lacuna_de.ts"));
    static const QRegularExpression place(QStringLiteral("%[0-9n]"));
    for (const auto& [source, text] : german.pairs()) {
        const auto places = [](const QString& from) {
            std::set<QString> found;
            for (auto all = place.globalMatch(from); all.hasNext();)
                found.insert(all.next().captured());
            return found;
        };
        QVERIFY2(places(source) == places(text), qPrintable(source));
        QVERIFY2(source.endsWith(u'…') == text.endsWith(u'…'), qPrintable(source));
    }
}

void TestTranslations::germanWindow()
{
    applyLanguage(QStringLiteral("de"));
    const WindowFixture f;
    QCOMPARE(f.action("open")->text().remove(u'&'), QStringLiteral("Öffnen…"));
    QCOMPARE(f.window->menuBar()->actions().first()->text().remove(u'&'), QStringLiteral("Datei"));
}

void TestTranslations::noMenuHasALetterTwice_data()
{
    QTest::addColumn<QString>("language");
    for (const Language& language : languages())
        QTest::newRow(qPrintable(language.code)) << language.code;
}

void TestTranslations::noMenuHasALetterTwice()
{
    QFETCH(QString, language);
    applyLanguage(language);
    const WindowFixture f;
    f.openWithHole();
    int menus = 0;
    const std::function<void(const QList<QAction*>&)> look = [&](const QList<QAction*>& actions) {
        ++menus;
        std::map<QChar, QString> used;
        for (const QAction* action : actions) {
            const QString text = QString(action->text()).remove(QStringLiteral("&&"));
            if (const qsizetype at = text.indexOf(u'&'); at >= 0) {
                const auto [other, first] = used.try_emplace(text[at + 1].toLower(), text);
                QVERIFY2(first, qPrintable(text + QStringLiteral(" and ") + other->second));
            }
            if (QMenu* menu = action->menu()) {
                Q_EMIT menu->aboutToShow(); // some are filled then
                look(menu->actions());
            }
        }
    };
    look(f.window->menuBar()->actions());
    QVERIFY(menus > 10);
}

void TestTranslations::readsFilesOfLinguist()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write(
        "<?xml version=\"1.0\"?><!DOCTYPE TS><TS version=\"2.1\" language=\"de\"><context><name>A</name>"
        "<message><source>cat &amp; dog</source><translation>Katze &amp; Hund</translation></message>"
        "<message><source>draft</source><translation type=\"unfinished\">Entwurf</translation></message>"
        "<message numerus=\"yes\"><source>%n cats</source><translation><numerusform>eine Katze</numerusform>"
        "<numerusform>%n Katzen</numerusform></translation></message></context>"
        "<context><name>B</name><message><source>cat &amp; dog</source><translation>anders</translation>"
        "</message></context></TS>");
    file.close();
    const TsTranslator german(file.fileName());
    QCOMPARE(german.translate("A", "cat & dog", nullptr, -1), QStringLiteral("Katze & Hund"));
    QCOMPARE(german.translate("lacuna::ui::B", "cat & dog", nullptr, -1), QStringLiteral("anders"));
    QCOMPARE(german.translate("C", "cat & dog", nullptr, -1), QStringLiteral("Katze & Hund"));
    QCOMPARE(german.translate("A", "draft", nullptr, -1), QString());
    QCOMPARE(german.translate("A", "%n cats", nullptr, 1), QStringLiteral("eine Katze"));
    QCOMPARE(german.translate("A", "%n cats", nullptr, 3), QStringLiteral("%n Katzen"));
    QVERIFY(TsTranslator(QStringLiteral(":/no/file.ts")).isEmpty());
}

void TestTranslations::pseudoTextIsLongerAndKeepsPlaces()
{
    const QString source = QStringLiteral("&Show <b>%1</b> of %2");
    const QString text = pseudoText(source);
    QVERIFY(text.size() >= source.size() + int(0.4 * 9));
    QVERIFY(text.contains(QStringLiteral("<b>%1</b>")) && text.contains(QStringLiteral("%2")));
    QVERIFY(text.startsWith(QStringLiteral("&Š")));
    QVERIFY(!QString(text)
                 .remove(QStringLiteral("<b>"))
                 .remove(QStringLiteral("</b>"))
                 .contains(QRegularExpression(QStringLiteral("[A-Za-z]"))));
}

void TestTranslations::unknownLanguageIsTheSystems()
{
    applyLanguage(QStringLiteral("tlh"));
    const bool german = QLocale::system().uiLanguages().value(0).startsWith(QStringLiteral("de"));
    QCOMPARE(QCoreApplication::translate("Actions", "&Open…") != QStringLiteral("&Open…"), german);
}

void TestTranslations::figuresFollowTheLanguageInTheWindowOnly()
{
    applyLanguage(QStringLiteral("de"));
    QCOMPARE(figure(1234.5, 1), QStringLiteral("1.234,5"));
    QCOMPARE(count(9313616), QStringLiteral("9.313.616"));
    const WindowFixture f;
    f.openWithHole();
    auto* eta = f.window->findChild<QDoubleSpinBox*>(QStringLiteral("eta"));
    eta->setValue(0.85);
    QVERIFY(eta->text().contains(QStringLiteral("0,85")));
    QCOMPARE(f.window->parameters().recipe().eta, 0.85);
    const std::string json = to_json(f.window->parameters().recipe());
    QVERIFY(json.find("0.85") != std::string::npos && json.find("0,85") == std::string::npos);
    applyLanguage(QStringLiteral("en"));
    QCOMPARE(figure(1234.5, 1), QStringLiteral("1,234.5"));
}

void TestTranslations::decimalsAreTypedBothWays()
{
    applyLanguage(QStringLiteral("de"));
    const WindowFixture f;
    auto* eta = f.window->findChild<QDoubleSpinBox*>(QStringLiteral("eta"));
    for (const char* typed : {"0,85", "0.85"}) {
        eta->setValue(0);
        eta->selectAll();
        QTest::keyClicks(eta, QLatin1String(typed));
        eta->interpretText();
        QCOMPARE(eta->value(), 0.85);
    }
}

void TestTranslations::theChoiceIsKept()
{
    const WindowFixture f;
    QMenu* languages = nullptr;
    for (QMenu* menu : f.window->findChildren<QMenu*>())
        if (menu->title() == QStringLiteral("Lan&guage"))
            languages = menu;
    QVERIFY(languages);
    for (QAction* action : languages->actions())
        if (action->text() == QStringLiteral("Deutsch"))
            action->trigger();
    QCOMPARE(settings().text(QStringLiteral("language")), QStringLiteral("de"));
    QVERIFY(f.window->messages().text().contains(QStringLiteral("started again")));
}

QTEST_MAIN(TestTranslations)
#include "tst_translations.moc"
