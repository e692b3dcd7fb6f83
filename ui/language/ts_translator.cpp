// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/language/ts_translator.h"

#include <QFile>
#include <QXmlStreamReader>

namespace lacuna::ui {
namespace {

QByteArray keyOf(const QByteArray& context, const QByteArray& source)
{
    return context.mid(context.lastIndexOf(':') + 1) + '\n' + source;
}

/// The forms of a <translation>; none if nobody has finished it.
QStringList readForms(QXmlStreamReader& xml)
{
    const bool finished = !xml.attributes().hasAttribute(QLatin1String("type"));
    QStringList forms;
    QString plain;
    while (xml.readNext() != QXmlStreamReader::EndElement && !xml.hasError()) {
        if (xml.isStartElement())
            forms << xml.readElementText(); // <numerusform>
        else
            plain += xml.text();
    }
    if (forms.isEmpty() && !plain.isEmpty())
        forms << plain;
    return finished ? forms : QStringList();
}

} // namespace

TsTranslator::TsTranslator(const QString& file, QObject* parent) : QTranslator(parent)
{
    QFile opened(file);
    if (!opened.open(QIODevice::ReadOnly))
        return;
    QXmlStreamReader xml(&opened);
    QByteArray context, source;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QLatin1String("name"))
            context = xml.readElementText().toUtf8();
        else if (xml.name() == QLatin1String("source"))
            source = xml.readElementText().toUtf8();
        else if (xml.name() == QLatin1String("translation"))
            if (const QStringList forms = readForms(xml); !forms.isEmpty()) {
                texts_.insert(keyOf(context, source), forms);
                if (!texts_.contains(keyOf({}, source)))
                    texts_.insert(keyOf({}, source), forms);
            }
    }
}

std::vector<std::pair<QString, QString>> TsTranslator::pairs() const
{
    std::vector<std::pair<QString, QString>> all;
    for (auto one = texts_.begin(); one != texts_.end(); ++one)
        for (const QString& form : one.value())
            all.emplace_back(QString::fromUtf8(one.key().mid(one.key().indexOf('\n') + 1)), form);
    return all;
}

QString TsTranslator::translate(const char* context, const char* source, const char*, int n) const
{
    const QStringList forms = texts_.value(keyOf(context, source), texts_.value(keyOf({}, source)));
    if (forms.isEmpty())
        return {};
    return n >= 0 && n != 1 ? forms.last() : forms.first();
}

} // namespace lacuna::ui
