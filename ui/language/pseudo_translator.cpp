// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/language/pseudo_translator.h"

#include <QRegularExpression>

namespace lacuna::ui {
namespace {

constexpr char16_t small[] = u"áƀçðéƒĝĥíĵķłɱñóþɋŕšţúṽŵẋýž";
constexpr char16_t large[] = u"ÁɃÇÐÉƑĜĤÍĴĶŁḾÑÓÞɊŔŠŢÚṼŴẊÝŽ";
constexpr double longer = 0.4;

QString accented(QString text)
{
    for (QChar& c : text) {
        if (c >= u'a' && c <= u'z')
            c = small[c.unicode() - u'a'];
        else if (c >= u'A' && c <= u'Z')
            c = large[c.unicode() - u'A'];
    }
    return text;
}

/// Words of five letters, so that long texts can be broken into lines.
QString padding(int length)
{
    QString text;
    for (int i = 0; i < length; ++i)
        text += i % 6 == 0 ? u' ' : i % 2 ? u'ö' : u'ñ';
    return text;
}

} // namespace

QString pseudoText(const QString& text)
{
    static const QRegularExpression kept(QStringLiteral("%L?[0-9n]+|<[^>]*>"));
    QString result;
    qsizetype letters = 0, from = 0;
    const auto take = [&](qsizetype to) {
        result += accented(text.mid(from, to - from));
        letters += to - from;
    };
    for (auto all = kept.globalMatch(text); all.hasNext();) {
        const QRegularExpressionMatch one = all.next();
        take(one.capturedStart());
        result += one.captured();
        from = one.capturedEnd();
    }
    take(text.size());
    return result + padding(int(double(letters) * longer + 0.999));
}

} // namespace lacuna::ui
