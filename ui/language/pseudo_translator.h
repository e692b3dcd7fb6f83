// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTranslator>

namespace lacuna::ui {

/// The text with an accent on every letter and 40 % longer: what was not translated and what is clipped shows.
/// Places (%1), mnemonics (&) and tags stay.
QString pseudoText(const QString& text);

/// A language that nobody speaks, for tests and scenes.
class PseudoTranslator : public QTranslator {
public:
    using QTranslator::QTranslator;

    bool isEmpty() const override { return false; }
    QString translate(const char*, const char* source, const char*, int) const override
    {
        return pseudoText(QString::fromUtf8(source));
    }
};

} // namespace lacuna::ui
