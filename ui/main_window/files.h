// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <functional>

#include "engine/export/export.h"
#include "ui/background/background.h"
#include "ui/document/document.h"

class QMimeData;
class QWidget;

namespace lacuna::ui {

class MessageBar;
class Results;

/// Everything that reads or writes files: by dialog, drop, clipboard or command line. Reading, encoding and writing
/// happen in the background; what goes wrong is said in the message bar.
class Files : public QObject {
    Q_OBJECT

public:
    Files(Document& document, Results& results, MessageBar& messages, QWidget* window);

    void openByDialog();
    void openPicture(const QString& file, const QString& maskFile = {}); ///< or a project
    void openRecovered(const std::filesystem::path& journal);
    void openExample(const QString& id);
    /// Draws a new scene of a world; an empty name: of the one drawn last, or the first.
    void openNewScene(const QString& world = {});
    void paste();
    static bool canTake(const QMimeData* data);
    void take(const QMimeData* data); ///< dropped or pasted

    void importMaskByDialog();
    void importMask(const QString& file);
    void exportMaskByDialog();
    void exportMask(const QString& file);

    /// As PNG files with everything that restores the set.
    void exportCompletion(int index, const QString& file);
    void exportAll(const QString& folder);

Q_SIGNALS:
    void sceneOpened(const QString& world); ///< behind the document's own signal
    void busy(const QString& what);         ///< a sentence while something is read or written; empty: done

private:
    void load(const QString& what, std::function<LoadedPicture()> work);
    void opened(const LoadedPicture& loaded);
    void write(const QString& what, const QString& success, std::function<void()> work);
    void tell(const QString& problem);
    ExportSource exportSource() const; ///< of the set that is there
    QString suggestedName(const QString& ending) const;

    Document& document_;
    Results& results_;
    MessageBar& messages_;
    QWidget* window_;
    QString latestWorld_{};
    QString folder_{}; ///< where the last file was
    std::uint64_t newestLoad_ = 0;
};

} // namespace lacuna::ui
