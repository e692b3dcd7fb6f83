// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QRect>

#include <filesystem>
#include <memory>
#include <set>

#include "engine/project/project.h"
#include "ui/document/autosave.h"
#include "ui/results/rendered_completion.h"

class QWidget;

namespace lacuna::ui {

class Document;
class GalleryPanel;
class MessageBar;
class ParameterPanel;
class Results;
class RunController;

/// The open document as a project: what is stored when it is saved, and what a journal keeps until then. Writing
/// happens in the background; nothing asks on the way out, because what was not saved can be recovered.
class Projects : public QObject {
    Q_OBJECT

public:
    struct Parts {
        Document& document;
        ParameterPanel& parameters;
        Results& results;
        GalleryPanel& gallery;
        RunController& run;
        MessageBar& messages;
        QWidget* window;
    };
    explicit Projects(const Parts& parts);
    ~Projects() override; ///< keeps the journal of what was not saved

    /// Keeps journals from now on, and says when an earlier program ended without closing its document.
    void startAutosave(const std::filesystem::path& folder);

    void documentOpened(); ///< the document has another content; behind everything else that follows from it
    void save();           ///< asks for a name where there is none
    void saveAsByDialog();
    void saveAs(const QString& file);
    void recoverByDialog();

    bool modified() const { return edits_ != savedEdits_; }
    bool saving() const { return saving_; }
    QString name() const;                                       ///< for the title
    const std::filesystem::path& file() const { return file_; } ///< empty: never saved
    const QString& readOnly() const { return readOnly_; } ///< why it cannot be saved over; empty: it can
    Project snapshot() const;
    void flush() { autosave_.flush(); }

Q_SIGNALS:
    void changed(); ///< name or modified()
    void busy(const QString& what);
    void stored(const QString& file);
    void restored(); ///< a set is shown that was not generated now
    void recoverRequested(const std::filesystem::path& journal); ///< to be opened

private:
    void takeProject(const ProjectSource& source);
    void beginJournal(const ProjectSource* source);
    void showLastSet();
    void tellAbout(const ProjectSource& source);
    void act(Autosave::MakeRecord make);
    void maskEdited();
    void masksEdited();
    void runStarted();
    void keepArrived(const std::vector<Completion>& completions);
    void runEnded();
    void addSet(const SharedSet& filled);
    void keepMarks();
    void keepTwin();
    void keepTree();
    void write(const std::filesystem::path& file);

    Parts parts_;
    Project project_{};
    std::filesystem::path file_{};
    std::shared_ptr<LockFile> lock_{};
    QString readOnly_{};
    QRect touched_{};                ///< part of the mask that the action at hand has changed
    std::set<int> storedMasks_{};    ///< ids of those that the journal or its project has
    int running_ = 0;                ///< number of the set that is generated; 0: none
    SharedSet known_{};              ///< the set that was added last
    SharedSet knownTwin_{};          ///< of it
    std::vector<Completion> kept_{}; ///< of the set that is generated, as they are in the journal
    int shownSet_ = 0;               ///< its number; 0: none
    std::uint64_t edits_ = 0, savedEdits_ = 0;
    bool saving_ = false;
    Autosave autosave_;
};

} // namespace lacuna::ui
