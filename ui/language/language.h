// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocale>
#include <QString>

#include <string>
#include <vector>

namespace lacuna::ui {

struct Language {
    QString code{};
    QString name{}; ///< in itself
};
/// Those that Lacuna speaks.
const std::vector<Language>& languages();

/// Texts made from now on are in that language, figures follow it. "pseudo" is PseudoTranslator; what is not known
/// is the system's, and where Lacuna does not speak that, English.
void applyLanguage(const QString& code);

/// A text of the engine (names and descriptions of models, phases) in the language of the window.
QString fromEngine(const std::string& text);

/// How the window writes numbers. Files and the command line never do.
QLocale numbers();
QString figure(double value, int decimals);
QString count(qulonglong value);

} // namespace lacuna::ui
