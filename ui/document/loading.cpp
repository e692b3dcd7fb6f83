// SPDX-License-Identifier: GPL-3.0-or-later
// What is opened: pictures, pictures that carry a recipe, projects, and what a journal kept of one.
#include <QCoreApplication>
#include <QFileInfo>

#include "engine/core/atomic_file.h"
#include "engine/core/decoder_process.h"
#include "engine/core/error.h"
#include "engine/core/picture_file.h"
#include "engine/export/file_metadata.h"
#include "engine/project/foreign_settings.h"
#include "engine/project/png_recipe.h"
#include "engine/project/recovery.h"
#include "ui/document/display_colours.h"
#include "ui/document/document.h"

namespace lacuna::ui {
namespace {

constexpr std::uint64_t largestPicture = std::uint64_t(2) << 30;

QString text(const std::filesystem::path& path)
{
    return QString::fromStdU16String(path.u16string());
}

/// The lock of a project, or why it can only be looked at.
std::shared_ptr<LockFile> lockProject(const std::filesystem::path& file, std::string& readOnly)
{
    try {
        LockHolder holder;
        std::shared_ptr<LockFile> lock = LockFile::take(file, holder);
        if (!lock && readOnly.empty())
            readOnly = describe(holder);
        return lock;
    } catch (const Error& error) {
        if (readOnly.empty())
            readOnly = "Its folder cannot be written to: " + error.cause() + ".";
        return {};
    }
}

SharedProfile profileIn(const std::vector<std::uint8_t>& file, const Picture& picture)
{
    return std::make_shared<const std::vector<std::uint8_t>>(read_metadata(file, picture).profile);
}

LoadedPicture prepareProject(ProjectSource source)
{
    const Project& project = source.opened.project;
    const QString picture = QString::fromStdString(project.picture_name);
    const QString name = QFileInfo(source.file.empty() ? picture : text(source.file)).completeBaseName();
    rememberProfile(project.picture, profileIn(*project.picture_file, project.picture));
    LoadedPicture loaded = preparePicture(project.picture, name);
    loaded.maskInUse = project.masks.at(used_mask(project)).id;
    for (NamedMask mask : project.masks) {
        auto own =
            std::make_shared<Mask>(*mask.mask); // the document changes it, here nobody waits for the copy
        if (mask.id == loaded.maskInUse)
            loaded.mask = own;
        mask.mask = std::move(own);
        loaded.masks.push_back(std::move(mask));
    }
    loaded.source.fileName = picture;
    loaded.source.bytes = project.picture_file;
    loaded.source.recipe = project.draft;
    loaded.source.project = std::make_shared<const ProjectSource>(std::move(source));
    return loaded;
}

LoadedPicture loadProject(const std::filesystem::path& file)
{
    ProjectSource source;
    source.file = std::filesystem::absolute(file);
    remove_stale_temporaries(source.file.parent_path());
    std::string heldBy;
    source.lock = lockProject(source.file, heldBy); // first: nobody replaces it while it is read
    source.opened = open_project(file, [](std::span<const std::uint8_t> bytes, const std::string& name) {
        return decode_outside(bytes, name).picture;
    });
    if (source.opened.read_only.empty())
        source.opened.read_only = heldBy;
    std::error_code ignored;
    if (const auto previous = previous_version(source.file);
        !source.opened.lost.empty() && std::filesystem::exists(previous, ignored))
        source.note = QCoreApplication::translate("Document", "The version before the last save is %1.")
                          .arg(text(previous.filename()));
    LoadedPicture loaded = prepareProject(std::move(source));
    loaded.source.filePath = QFileInfo(text(file)).absoluteFilePath();
    return loaded;
}

/// What another program says; shown only, because its methods are not ours.
QString describe(const ForeignSettings& settings)
{
    if (settings.program.empty())
        return {};
    QStringList values;
    for (const auto& [key, value] : settings.values)
        if (!value.empty())
            values << QStringLiteral("%1 %2").arg(QString::fromStdString(key), QString::fromStdString(value));
    const QString begin = QCoreApplication::translate("Document", "The picture carries settings of %1.")
                              .arg(QString::fromStdString(settings.program));
    return values.isEmpty() ? begin
                            : begin + u' '
                                  + QCoreApplication::translate("Document", "They are not used here: %1.")
                                        .arg(values.join(QStringLiteral(", ")));
}

/// Puts recipe and hole of a PNG file beside its picture; damage of these does not keep the picture closed.
void addRecipe(LoadedPicture& loaded, const OutsidePicture& outside, const std::string& file)
{
    try {
        if (!outside.text_problem.empty())
            throw Error(ErrorKind::Input, file, outside.text_problem, "Use another copy of it");
        const TextChunks& texts = outside.texts;
        const std::optional<PngRecipe> found =
            find_recipe(texts, loaded.picture.width, loaded.picture.height, file);
        if (!found) {
            loaded.source.foreign = describe(find_foreign_settings(texts));
            return;
        }
        loaded.source.recipe = found->recipe;
        if (found->hole && loaded.mask->hole_pixels() == 0)
            loaded.mask = std::make_shared<Mask>(*found->hole);
    } catch (const Error& error) {
        loaded.source.note =
            QCoreApplication::translate("Document", "The settings in this picture cannot be restored: it %1.")
                .arg(QString::fromStdString(error.cause()));
    }
}

} // namespace

Picture readOutside(const std::filesystem::path& file)
{
    return decode_outside(read_file(file, largestPicture), file.string()).picture;
}

Mask loadMask(const std::filesystem::path& file)
{
    return mask_from_picture(readOutside(file));
}

LoadedPicture loadPicture(const std::filesystem::path& file, const std::filesystem::path& maskFile)
{
    if (begins_like_project(ByteSource::open(file)))
        return loadProject(file);
    auto bytes = std::make_shared<const std::vector<std::uint8_t>>(read_file(file, largestPicture));
    OutsidePicture outside = decode_outside(*bytes, file.string());
    Picture picture = std::move(outside.picture);
    Mask mask = maskFile.empty() ? Mask() : loadMask(maskFile);
    if (!mask.values.empty() && (mask.width != picture.width || mask.height != picture.height))
        throw Error(ErrorKind::Input, maskFile.filename().string(),
                    "the mask has another size than the picture",
                    "Choose a mask of " + std::to_string(picture.width) + " x "
                        + std::to_string(picture.height) + " pixels.");
    rememberProfile(picture, profileIn(*bytes, picture));
    const QFileInfo info(text(file));
    LoadedPicture loaded = preparePicture(std::move(picture), info.completeBaseName(), std::move(mask));
    loaded.source.fileName = info.fileName();
    loaded.source.filePath = info.absoluteFilePath();
    loaded.source.bytes = std::move(bytes);
    addRecipe(loaded, outside, file.string());
    return loaded;
}

LoadedPicture loadRecovered(const std::filesystem::path& journal)
{
    ProjectSource source;
    LockHolder holder;
    source.journalLock = LockFile::take(journal, holder);
    if (!source.journalLock)
        throw Error(ErrorKind::Input, journal.filename().string(), "is in use: " + describe(holder),
                    "Close the other window first");
    const Recovered recovered = recover(journal);
    if (recovered.project.revision > recovered.base.revision)
        remove_journal(journal); // what it tells was saved
    else
        source.journal = journal;
    source.opened.project = recovered.project;
    source.note = QString::fromStdString(recovered.note);
    if (!recovered.base.project_file.empty()) {
        source.file = recovered.base.project_file;
        source.lock = lockProject(source.file, source.opened.read_only);
    }
    return prepareProject(std::move(source));
}

} // namespace lacuna::ui
