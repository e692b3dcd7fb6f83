// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QRect>
#include <QString>

#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "engine/core/picture.h"
#include "engine/project/lock_file.h"
#include "engine/project/project_file.h"
#include "ui/document/mask_flips.h"
#include "ui/document/mask_shapes.h"
#include "ui/document/pyramid.h"

namespace lacuna::ui {

/// A project that a picture was opened from.
struct ProjectSource {
    OpenedProject opened{};
    std::filesystem::path file{}; ///< empty: it was never saved
    std::shared_ptr<LockFile>
        lock{}; ///< on the file; null: another program has it, then `opened` is read-only
    std::filesystem::path journal{}; ///< that it was recovered from; empty: from none
    std::shared_ptr<LockFile> journalLock{};
    QString note{}; ///< what could not be recovered, a sentence
};

/// Where a picture comes from.
struct PictureSource {
    QString fileName{}; ///< of the picture, with ending; empty: from no file
    QString filePath{}; ///< of what was opened, picture or project; empty: from no file
    std::shared_ptr<const std::vector<std::uint8_t>> bytes{}; ///< of the file; null: from none
    std::optional<Recipe> recipe{};                           ///< that the file carries
    QString note{};    ///< about the file, a sentence; empty: nothing to say
    QString foreign{}; ///< what another program says of how it made the picture, sentences; empty: nothing
    std::shared_ptr<const ProjectSource> project{};
};

/// A picture ready to be shown; made on any thread.
struct LoadedPicture {
    QString name{}; ///< for people, without folder and ending
    Picture picture{};
    SharedPyramid display{};
    Mask mask{};     ///< empty: nothing is hole yet
    QString world{}; ///< of a drawn scene; empty: of no known kind
    PictureSource source{};
};

/// Reads a picture, or a project with its picture, and a mask if a file is named. Throws lacuna::Error.
LoadedPicture loadPicture(const std::filesystem::path& file, const std::filesystem::path& maskFile = {});
/// A mask file of any size: white is the hole. Throws lacuna::Error.
Mask loadMask(const std::filesystem::path& file);
/// Reads what an unsaved document left.
LoadedPicture loadRecovered(const std::filesystem::path& journal);
LoadedPicture preparePicture(Picture picture, const QString& name, Mask mask = {});

/// The open picture and its mask. Every edit of the mask can be undone; the history keeps the changed pixels only
/// and forgets its oldest edits when it grows beyond its memory.
class Document : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    bool isOpen() const { return !picture_.empty(); }
    const QString& name() const { return name_; }
    const Picture& picture() const { return picture_; }
    const PictureSource& source() const { return source_; }
    const SharedPyramid& display() const { return display_; }
    const Mask& mask() const { return mask_; }
    QSize size() const { return {picture_.width, picture_.height}; }
    std::size_t holePixels() const { return holePixels_; }
    double coverage() const; ///< share of hole, 0..1

    void open(const LoadedPicture& loaded);

    /// An edit is one or more shapes between beginEdit and endEdit, and one step of undo.
    void beginEdit();
    using Shape = std::function<void(QSize bounds, const SpanSink& sink)>;
    void addShape(const Shape& shape, bool hole);
    void endEdit();
    void cancelEdit(); ///< puts back what the present edit changed

    void invertMask();
    void fillMask(bool hole);
    void replaceMask(const Mask& mask); ///< of the picture's size

    bool canUndo() const { return done_ > 0; }
    bool canRedo() const { return done_ < edits_.size(); }
    void undo();
    void redo();
    std::size_t historyBytes() const;
    void setHistoryLimit(std::size_t bytes) { historyLimit_ = bytes; }

Q_SIGNALS:
    void opened();
    void maskChanged(QRect changed);
    void historyChanged();

private:
    void editRows(const std::function<void(int y)>& editRow);
    void keep(MaskFlips edit);
    void applyEdit(const MaskFlips& edit);

    QString name_{};
    Picture picture_{};
    PictureSource source_{};
    SharedPyramid display_{};
    Mask mask_{};
    std::size_t holePixels_ = 0;
    MaskFlips edit_{}; ///< the one between beginEdit and endEdit
    std::deque<MaskFlips> edits_{};
    std::size_t done_ = 0; ///< edits_[0, done_) can be undone, the others redone
    std::size_t historyLimit_ = std::size_t(128) << 20;
};

} // namespace lacuna::ui
