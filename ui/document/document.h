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
#include "ui/document/mask_list.h"
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
    std::shared_ptr<Mask> mask{};   ///< the one in use, never null
    std::vector<NamedMask> masks{}; ///< of a project, with the one in use; none: there is only that
    int maskInUse = 0;              ///< its id in the list
    QString world{};                ///< of a drawn scene; empty: of no known kind
    std::uint64_t scene = 0;        ///< its seed
    PictureSource source{};
};

/// Reads a picture, or a project with its picture, and a mask if a file is named. Throws lacuna::Error.
LoadedPicture loadPicture(const std::filesystem::path& file, const std::filesystem::path& maskFile = {});
/// A mask file of any size: white is the hole. Throws lacuna::Error.
Mask loadMask(const std::filesystem::path& file);
/// The picture in a file of anybody, read by another process. Throws Error.
Picture readOutside(const std::filesystem::path& file);
/// Reads what an unsaved document left.
LoadedPicture loadRecovered(const std::filesystem::path& journal);
LoadedPicture preparePicture(Picture picture, const QString& name, Mask mask = {});

/// The open picture and its masks, one of which is in use. Every change of them can be undone; the history keeps the
/// changed pixels only and forgets its oldest edits when it grows beyond its memory.
///
/// A mask has two values. Feathered selections of other programs have more, because there the mask itself blends;
/// here a pixel is known or it is not: engines are given the known ones and nothing else. A soft edge is therefore a
/// number of a mask and works when a completion is put into the picture, in a band inside the hole (composite()).
/// Hard or soft, no known pixel changes, and the count of changed samples means the same for both.
class Document : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    bool isOpen() const { return !picture_.empty(); }
    const QString& name() const { return name_; }
    const Picture& picture() const { return picture_; }
    const PictureSource& source() const { return source_; }
    const SharedPyramid& display() const { return display_; }
    const QString& world() const { return world_; } ///< of a drawn scene; empty: of no known kind
    std::uint64_t scene() const { return scene_; }  ///< its seed
    const Mask& mask() const { return *masks_[active_].mask; }
    /// The mask as it is now, for another thread; not copied before it changes here.
    std::shared_ptr<const Mask> sharedMask() const { return masks_[active_].mask; }
    std::uint64_t version() const { return version_; } ///< another one after every change of mask()
    QSize size() const { return {picture_.width, picture_.height}; }
    std::size_t holePixels() const { return masks_[active_].holePixels; }
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
    /// An edit that was prepared elsewhere for this version of the mask, which becomes `result`.
    void addFlips(MaskFlips flips, std::shared_ptr<Mask> result);
    /// So many pixels of a mask may be looked at while a person waits.
    static constexpr qint64 quickPixels = 4 << 20;

    static constexpr std::size_t mostMasks = 100;
    static constexpr int largestSoftEdge = 1000; ///< pixels
    const std::vector<MaskEntry>& masks() const { return masks_; }
    int maskIndex() const { return int(active_); }
    const MaskEntry& maskEntry() const { return masks_[active_]; }
    std::vector<NamedMask> namedMasks() const;
    void useMask(int index); ///< no step of undo
    void
    addMask(const QString& name = {}); ///< an empty one behind the one in use, and uses it; empty: any name
    void duplicateMask();
    void renameMask(const QString& name);
    void removeMask(); ///< the one in use, unless it is the only one
    void setSoftEdge(int pixels);

    bool canUndo() const { return done_ > 0; }
    bool canRedo() const { return done_ < edits_.size(); }
    void undo();
    void redo();
    std::size_t historyBytes() const;
    void setHistoryLimit(std::size_t bytes) { historyLimit_ = bytes; }

Q_SIGNALS:
    void opened();
    void maskChanged(QRect changed); ///< by an edit
    void maskReplaced();             ///< another mask is in use
    void masksChanged();             ///< the list, a name, a soft edge or which is in use
    void historyChanged();

private:
    void editRows(const std::function<void(Mask& mask, int y)>& editRow);
    void keep(MaskEdit edit);
    void applyFlips(const MaskFlips& flips);
    void carryOut(MaskEdit& edit);
    void takeMasks(const LoadedPicture& loaded);
    void insertMask(MaskEntry entry);
    void setWords(const QString& name, int softEdge);
    int indexOf(int id) const;
    QString freeName() const;

    QString name_{};
    Picture picture_{};
    PictureSource source_{};
    SharedPyramid display_{};
    QString world_{};
    std::uint64_t scene_ = 0;
    std::vector<MaskEntry> masks_{{0, {}, 0, std::make_shared<Mask>()}}; ///< never empty
    std::size_t active_ = 0;
    int nextId_ = 1;
    std::uint64_t version_ = 0;
    MaskFlips edit_{}; ///< the one between beginEdit and endEdit
    std::deque<MaskEdit> edits_{};
    std::size_t done_ = 0; ///< edits_[0, done_) can be undone, the others redone
    std::size_t historyLimit_ = std::size_t(128) << 20;
};

} // namespace lacuna::ui
