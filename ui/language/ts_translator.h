// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QStringList>
#include <QTranslator>

#include <utility>
#include <vector>

namespace lacuna::ui {

/// The finished texts of a TS file as Qt Linguist writes it. Reading it here saves the build a compiler of texts.
/// Texts with a number have two forms: for one, and for any other number. Namespaces of contexts do not count; a text
/// that its context does not have is taken from any other.
class TsTranslator : public QTranslator {
public:
    explicit TsTranslator(const QString& file, QObject* parent = nullptr);

    bool isEmpty() const override { return texts_.isEmpty(); }
    QString translate(const char* context, const char* source, const char* disambiguation,
                      int n) const override;
    /// Every source with each of its texts.
    std::vector<std::pair<QString, QString>> pairs() const;

private:
    QHash<QByteArray, QStringList> texts_{}; ///< by context (or nothing), a newline, source
};

} // namespace lacuna::ui
