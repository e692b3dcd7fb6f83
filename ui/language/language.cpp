// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/language/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QRegularExpression>
#include <QTranslator>

#include <algorithm>
#include <memory>

#include "ui/language/pseudo_translator.h"
#include "ui/language/ts_translator.h"

namespace lacuna::ui {
namespace {

std::vector<std::unique_ptr<QTranslator>>& installed()
{
    static std::vector<std::unique_ptr<QTranslator>> all;
    return all;
}

bool spoken(const QString& code)
{
    return std::any_of(languages().begin(), languages().end(),
                       [&](const Language& one) { return one.code == code; });
}

QString systemLanguage()
{
    for (const QString& name : QLocale::system().uiLanguages()) // the most wanted first
        if (spoken(name.section(u'-', 0, 0)))
            return name.section(u'-', 0, 0);
    return QStringLiteral("en");
}

void install(std::unique_ptr<QTranslator> translator)
{
    QCoreApplication::installTranslator(translator.get());
    installed().push_back(std::move(translator));
}

} // namespace

const std::vector<Language>& languages()
{
    static const std::vector<Language> all = {{QStringLiteral("en"), QStringLiteral("English")},
                                              {QStringLiteral("de"), QStringLiteral("Deutsch")}};
    return all;
}

void applyLanguage(const QString& code)
{
    installed().clear(); // a translator that ends removes itself
    const bool pseudo = code == u"pseudo";
    const QString language = pseudo ? QStringLiteral("de") : spoken(code) ? code : systemLanguage();
    const QLocale system = QLocale::system();
    const bool same = system.language() == QLocale(language).language() && !pseudo;
    QLocale::setDefault(same ? system : QLocale(language));
    if (language != u"en") { // buttons of Qt's own dialogs
        auto qt = std::make_unique<QTranslator>();
        if (qt->load(QStringLiteral("qtbase_") + language,
                     QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
            install(std::move(qt));
    }
    if (pseudo)
        install(std::make_unique<PseudoTranslator>());
    else if (language != u"en")
        install(std::make_unique<TsTranslator>(QStringLiteral(":/translations/lacuna_%1.ts").arg(language)));
}

/// Sentence by sentence, numbers as places: "Trained on %1 x %2 pixels."
QString fromEngine(const std::string& text)
{
    static const QRegularExpression number(QStringLiteral("[0-9]+"));
    QStringList sentences = QString::fromStdString(text).split(QStringLiteral(". "));
    for (QString& sentence : sentences) {
        QStringList values;
        QString form;
        qsizetype from = 0;
        for (auto all = number.globalMatch(sentence); all.hasNext();) {
            const QRegularExpressionMatch one = all.next();
            values << one.captured();
            form += sentence.mid(from, one.capturedStart() - from) + u'%' + QString::number(values.size());
            from = one.capturedEnd();
        }
        form += sentence.mid(from);
        if (form.isEmpty())
            continue;
        sentence = QCoreApplication::translate("Engine", form.toUtf8().constData());
        for (qsizetype i = values.size(); i > 0; --i)
            sentence.replace(u'%' + QString::number(i), values[i - 1]);
    }
    return sentences.join(QStringLiteral(". "));
}

QLocale numbers()
{
    const QLocale here;
    return here.language() == QLocale::C ? QLocale(QLocale::English, QLocale::UnitedStates) : here;
}

QString figure(double value, int decimals)
{
    return numbers().toString(value, 'f', decimals);
}

QString count(qulonglong value)
{
    return numbers().toString(value);
}

} // namespace lacuna::ui
