// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/projects.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>

#include <algorithm>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/picture_file.h"
#include "engine/project/project_file.h"
#include "ui/document/document.h"
#include "ui/gallery/gallery_panel.h"
#include "ui/main_window/recovery_dialog.h"
#include "ui/main_window/run_controller.h"
#include "ui/messages/message_bar.h"
#include "ui/panels/parameter_panel.h"
#include "ui/results/results.h"

namespace lacuna::ui {
namespace {

constexpr qint64 quickCopy = 32 << 20; ///< bytes of a mask

using SharedBytes = std::shared_ptr<const std::vector<std::uint8_t>>;

QString toText(const std::filesystem::path& path)
{
    return QString::fromStdU16String(path.u16string());
}

/// A picture that was pasted or drawn has no file: it gets one.
SharedBytes fileOf(const SharedBytes& bytes, const Picture& picture)
{
    return bytes ? bytes : std::make_shared<const std::vector<std::uint8_t>>(encode_png(picture));
}

/// The parts of a set as they are in a project; pixels are shared.
ProjectSet toProjectSet(int number, const SharedSet& filled)
{
    return {number, std::shared_ptr<const Mask>(filled, &filled->request.mask),
            std::shared_ptr<const CompletionSet>(filled, &filled->set),
            std::vector<Mark>(filled->set.completions.size(), Mark::None)};
}

} // namespace

Projects::Projects(const Parts& parts) : parts_(parts), autosave_(nullptr)
{
    connect(&parts_.document, &Document::maskChanged, this, [this](QRect changed) { touched_ |= changed; });
    connect(&parts_.document, &Document::masksChanged, this, &Projects::masksEdited);
    connect(&parts_.document, &Document::historyChanged, this, &Projects::maskEdited);
    connect(&parts_.run, &RunController::started, this, &Projects::runStarted);
    connect(&parts_.run, &RunController::arrived, this, &Projects::keepArrived);
    connect(&parts_.run, &RunController::ended, this, &Projects::runEnded);
    for (const auto signal : {&GalleryStage::starPressed, &GalleryStage::crossPressed})
        connect(&parts_.gallery.stage(), signal, this, &Projects::keepMarks); // behind the gallery itself
    connect(&parts_.gallery, &GalleryPanel::arranged, this, &Projects::keepTree);
    connect(&autosave_, &Autosave::failed, this, [this](const QString& problem) {
        parts_.messages.show(MessageBar::Kind::Problem,
                             tr("Changes cannot be kept for recovery. %1").arg(problem));
    });
}

Projects::~Projects()
{
    autosave_.close(modified());
}

void Projects::startAutosave(const std::filesystem::path& folder)
{
    autosave_.setFolder(folder);
    inBackground(
        this, [folder] { return find_left_journals(folder); },
        [this](const Attempt<std::vector<LeftJournal>>& found) {
            const auto* left = std::get_if<std::vector<LeftJournal>>(&found);
            if (!left || parts_.document.isOpen())
                return; // the menu still has it
            const auto crashed =
                std::find_if(left->begin(), left->end(), [](const LeftJournal& one) { return one.crashed; });
            if (crashed != left->end())
                parts_.messages.ask(
                    tr("Lacuna ended before this was saved: %1.").arg(RecoveryDialog::describe(*crashed)),
                    tr("Recover"), [this, path = crashed->path] { Q_EMIT recoverRequested(path); });
        });
}

QString Projects::name() const
{
    return file_.empty() ? parts_.document.name() : QFileInfo(toText(file_)).completeBaseName();
}

void Projects::documentOpened()
{
    const PictureSource& source = parts_.document.source();
    autosave_.close(modified());
    project_ = {};
    touched_ = {};
    running_ = 0;
    storedMasks_.clear();
    kept_.clear();
    known_.reset();
    knownTwin_.reset();
    shownSet_ = 0;
    edits_ = savedEdits_ = 0;
    readOnly_.clear();
    if (source.project) {
        takeProject(*source.project);
    } else {
        project_.id = new_project_id();
        const QString given = source.fileName.isEmpty() ? parts_.document.name() : source.fileName;
        project_.picture_name = given.toStdString();
        project_.picture_file = source.bytes;
        project_.picture = parts_.document.picture();
        file_.clear();
        lock_.reset();
    }
    beginJournal(source.project.get());
    if (!project_.sets.empty() && source.project && !source.project->journal.empty())
        parts_.parameters.setRecipe(project_.sets.back().set->recipe);
    else if (source.recipe)
        parts_.parameters.setRecipe(*source.recipe);
    if (source.project)
        tellAbout(*source.project);
    else if (!source.note.isEmpty())
        parts_.messages.show(MessageBar::Kind::Problem, source.note);
    else if (!source.foreign.isEmpty())
        parts_.messages.show(MessageBar::Kind::Note, source.foreign);
    showLastSet();
    Q_EMIT changed();
}

void Projects::takeProject(const ProjectSource& source)
{
    project_ = source.opened.project;
    project_.masks.clear(); // the document has them
    readOnly_ = QString::fromStdString(source.opened.read_only);
    if (!source.lock && lock_ && source.file == file_) // the same again: the lock is ours
        readOnly_.clear();
    else
        lock_ = source.lock;
    file_ = source.file;
    if (!source.journal.empty())
        ++edits_; // what was recovered is not saved yet
}

/// What cannot be saved over is like a picture that was never saved: its journal needs no project.
void Projects::beginJournal(const ProjectSource* source)
{
    const JournalBase base{readOnly_.isEmpty() ? file_.string() : std::string(), project_.id,
                           project_.revision, project_.picture_name};
    if (source && !source->journal.empty())
        return autosave_.resume(base, source->journal, source->journalLock);
    if (!autosave_.enabled())
        return;
    autosave_.begin(
        base,
        [name = project_.picture_name, bytes = project_.picture_file, picture = project_.picture] {
            return picture_record(name, *fileOf(bytes, picture));
        },
        [masks = parts_.document.namedMasks(), used = parts_.document.maskEntry().id] {
            return masks_record(masks, used);
        });
}

void Projects::tellAbout(const ProjectSource& source)
{
    QStringList text;
    if (!source.journal.empty())
        text << tr("This is what was not saved. Save it to keep it.");
    if (!source.note.isEmpty())
        text << source.note;
    if (!source.journal.empty() && !project_.sets.empty() && project_.sets.back().set->completions.empty())
        text << tr("A run was interrupted; its settings are in the panel.");
    else if (!source.journal.empty() && !project_.sets.empty() && project_.sets.back().set->seconds == 0
             && project_.sets.back().set->stopped)
        text << tr("A run was interrupted; what had finished is here: %1 of %2.")
                    .arg(project_.sets.back().set->completions.size())
                    .arg(std::max(project_.sets.back().set->recipe.count,
                                  project_.sets.back().set->recipe.pool));
    if (!readOnly_.isEmpty())
        text << tr("%1 can be looked at, but not saved over. %2 Changes can be saved under another name.")
                    .arg(QFileInfo(toText(file_)).fileName(), readOnly_);
    for (const std::string& lost : source.opened.lost)
        text << QString::fromStdString(lost);
    if (!text.isEmpty())
        parts_.messages.show(source.opened.lost.empty() ? MessageBar::Kind::Note : MessageBar::Kind::Problem,
                             text.join(u' '));
}

void Projects::showLastSet()
{
    for (auto one = project_.sets.rbegin(); one != project_.sets.rend(); ++one) {
        if (one->set->completions.empty())
            continue;
        FilledSet filled;
        filled.request.picture = project_.picture;
        filled.request.mask = *one->hole;
        filled.request.recipe = one->set->recipe;
        filled.set = *one->set;
        known_ = std::make_shared<const FilledSet>(std::move(filled));
        shownSet_ = one->number;
        parts_.gallery.expectTree(project_.tree, project_.open_branch);
        parts_.results.setFilled(known_);
        if (one->twin)
            parts_.results.setTwin(knownTwin_ = filledSet(known_->request, *one->twin));
        parts_.gallery.setMarks(one->marks);
        Q_EMIT restored();
        return;
    }
}

void Projects::act(Autosave::MakeRecord make)
{
    const bool before = modified();
    ++edits_;
    autosave_.add(std::move(make));
    if (!before)
        Q_EMIT changed();
}

void Projects::maskEdited()
{
    const Mask& mask = parts_.document.mask();
    const QRect rect = std::exchange(touched_, {}) & QRect(0, 0, mask.width, mask.height);
    const Area area{rect.x(), rect.y(), rect.width(), rect.height()};
    if (rect.isEmpty())
        return;
    if (qint64(area.width) * area.height > quickCopy) // cut out where nobody waits
        act([whole = parts_.document.sharedMask(), area] {
            return mask_record(crop(*whole, area), area.x, area.y);
        });
    else
        act([part = crop(mask, area), area] { return mask_record(part, area.x, area.y); });
}

/// Pixels go with the masks that the journal does not know.
void Projects::masksEdited()
{
    std::vector<NamedMask> masks = parts_.document.namedMasks();
    const std::set<int> known = std::exchange(storedMasks_, {});
    for (NamedMask& mask : masks) {
        storedMasks_.insert(mask.id);
        if (known.contains(mask.id))
            mask.mask.reset();
    }
    if (!known.empty())
        act([masks, used = parts_.document.maskEntry().id] { return masks_record(masks, used); });
}

void Projects::runStarted()
{
    running_ = 1;
    for (const ProjectSet& one : project_.sets)
        running_ = std::max(running_, one.number + 1);
    const FillRequest& request = parts_.run.request();
    act([number = running_, hole = request.mask, recipe = request.recipe] {
        return set_begun_record(number, hole, recipe);
    });
}

/// What has finished is kept before the run has ended.
void Projects::keepArrived(const std::vector<Completion>& completions)
{
    if (running_ == 0)
        return;
    for (const Completion& one : completions) {
        act([number = running_, one] { return completion_record(number, one); });
        kept_.push_back(one);
    }
}

void Projects::runEnded()
{
    const SharedSet& filled = parts_.results.filled();
    if (running_ > 0 && filled && filled != known_)
        addSet(filled);
    running_ = 0;
    keepMarks(); // those of the candidates that came during the run
    keepTwin();
    keepTree(); // the one that grew during the run
    kept_.clear();
}

/// It comes after its set, by a run of its own.
void Projects::keepTwin()
{
    const SharedSet& twin = parts_.results.twin();
    if (!twin || twin == knownTwin_ || project_.sets.empty() || project_.sets.back().number != shownSet_)
        return;
    knownTwin_ = twin;
    project_.sets.back().twin = std::shared_ptr<const CompletionSet>(twin, &twin->set);
    act([number = shownSet_, twin] { return twin_record(number, twin->set); });
}

/// How the cards are arranged. Looking for the first time at a project that has no tree is no change of it.
void Projects::keepTree()
{
    const SharedGrouping& grouping = parts_.gallery.model().grouping();
    if (!grouping || running_ != 0 || shownSet_ == 0)
        return;
    const TreeSnapshot before = std::exchange(project_.tree, grouping->tree);
    const int branch = parts_.gallery.model().branch();
    if (std::exchange(project_.open_branch, branch) == branch && before == project_.tree)
        return;
    if (before || modified())
        act([tree = project_.tree, branch] { return tree_record(*tree, branch); });
}

void Projects::addSet(const SharedSet& filled)
{
    known_ = filled;
    shownSet_ = running_;
    project_.sets.push_back(toProjectSet(running_, filled));
    const auto isKept = [this](const Completion& one) {
        return std::any_of(kept_.begin(), kept_.end(), [&one](const Completion& before) {
            return before.member == one.member && before.nearest_gray == one.nearest_gray
                   && before.seam == one.seam && before.consistency_db == one.consistency_db
                   && before.psnr_db == one.psnr_db;
        });
    };
    for (std::size_t i = 0; i < filled->set.completions.size(); ++i) // again where its figures are known now
        if (!isKept(filled->set.completions[i]))
            act([number = running_, filled, i] {
                return completion_record(number, filled->set.completions[i]);
            });
    act([number = running_, filled] { return set_ended_record(number, filled->set); });
}

/// Only what has changed is told to the journal. While a run goes on its set is not there yet.
void Projects::keepMarks()
{
    const std::vector<Mark> marks = parts_.gallery.marks();
    for (ProjectSet& one : project_.sets) {
        if (one.number != shownSet_ || running_ != 0)
            continue;
        one.marks.resize(one.set->completions.size(), Mark::None);
        for (std::size_t i = 0; i < std::min(marks.size(), one.marks.size()); ++i)
            if (std::exchange(one.marks[i], marks[i]) != marks[i])
                act([number = one.number, i, mark = marks[i]] { return marked_record(number, i, mark); });
    }
}

Project Projects::snapshot() const
{
    Project project = project_;
    if (const SharedGrouping& grouping = parts_.gallery.model().grouping()) {
        project.tree = grouping->tree;
        project.open_branch = parts_.gallery.model().branch();
    }
    project.masks = parts_.document.namedMasks();
    project.mask_in_use = parts_.document.maskEntry().id;
    project.draft = parts_.parameters.recipe();
    return project;
}

void Projects::save()
{
    if (file_.empty() || !readOnly_.isEmpty())
        saveAsByDialog();
    else
        write(file_);
}

void Projects::saveAsByDialog()
{
    const QDir folder = file_.empty() ? QDir() : QFileInfo(toText(file_)).absoluteDir();
    auto* dialog =
        new QFileDialog(parts_.window, tr("Save Project"), folder.path(), tr("Projects (*.lacuna)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("lacuna"));
    dialog->selectFile(name() + QStringLiteral(".lacuna"));
    connect(dialog, &QFileDialog::fileSelected, this, &Projects::saveAs);
    dialog->open();
}

void Projects::saveAs(const QString& file)
{
    write(std::filesystem::absolute(file.toStdU16String()));
}

/// Everything that must be written comes along as a snapshot; what is done meanwhile stays unsaved.
void Projects::write(const std::filesystem::path& file)
{
    if (!parts_.document.isOpen() || saving_)
        return;
    saving_ = true;
    auto snapshot = std::make_shared<Project>(this->snapshot());
    ++snapshot->revision;
    auto lock = std::make_shared<std::shared_ptr<LockFile>>(file == file_ ? lock_ : nullptr);
    Q_EMIT busy(tr("Saving %1 …").arg(QFileInfo(toText(file)).fileName()));
    autosave_.save(
        [file, snapshot, lock] {
            LockHolder holder;
            if (*lock ? !(*lock)->held() : !(*lock = LockFile::take(file, holder)))
                throw Error(ErrorKind::Output, file.string(),
                            *lock ? "was taken over by another program" : "is in use. " + describe(holder),
                            "Save it under another name");
            snapshot->picture_file = fileOf(snapshot->picture_file, snapshot->picture);
            save_project(file, *snapshot);
            return JournalBase{file.string(), snapshot->id, snapshot->revision, snapshot->picture_name};
        },
        [this, file, snapshot, lock, edits = edits_](const QString& problem) {
            saving_ = false;
            Q_EMIT busy({});
            if (!problem.isEmpty())
                return parts_.messages.show(MessageBar::Kind::Problem, problem);
            if (snapshot->id != project_.id)
                return; // another document was opened since
            file_ = file;
            lock_ = *lock;
            readOnly_.clear();
            project_.revision = snapshot->revision;
            project_.picture_file = snapshot->picture_file;
            savedEdits_ = edits;
            Q_EMIT changed();
            Q_EMIT stored(toText(file));
        });
}

void Projects::recoverByDialog()
{
    inBackground(
        this, [] { return find_left_journals(journal_folder()); },
        [this](const Attempt<std::vector<LeftJournal>>& found) {
            const auto* left = std::get_if<std::vector<LeftJournal>>(&found);
            auto* dialog = new RecoveryDialog(left ? *left : std::vector<LeftJournal>(), parts_.window);
            connect(dialog, &RecoveryDialog::picked, this, &Projects::recoverRequested);
            dialog->open();
        });
}

} // namespace lacuna::ui
