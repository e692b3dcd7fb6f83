// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/files.h"

#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QImage>
#include <QMimeData>
#include <QRandomGenerator>
#include <QUrl>

#include <cstring>

#include "engine/core/atomic_file.h"
#include "engine/core/picture_file.h"
#include "engine/export/export.h"
#include "ui/document/examples.h"
#include "ui/document/mask_import.h"
#include "ui/messages/message_bar.h"
#include "ui/results/results.h"

namespace lacuna::ui {
namespace {

std::filesystem::path toPath(const QString& file)
{
    return std::filesystem::path(file.toStdU16String());
}

QString pictureFilter()
{
    return Files::tr("Pictures (*.png *.jpg *.jpeg *.tif *.tiff *.webp *.ppm *.pgm *.pnm);;All files (*)");
}

QString openFilter()
{
    return Files::tr("Pictures and projects (*.png *.jpg *.jpeg *.tif *.tiff *.webp *.ppm *.pgm *.pnm "
                     "*.lacuna);;All files (*)");
}

QString pngFilter()
{
    return Files::tr("PNG picture (*.png)");
}

Picture toPicture(const QImage& image)
{
    const bool alpha = image.hasAlphaChannel();
    const QImage plain = image.convertToFormat(alpha ? QImage::Format_RGBA8888 : QImage::Format_RGB888);
    return make_picture(plain.width(), plain.height(), alpha ? 4 : 3, 8, [&plain, alpha](std::uint8_t* to) {
        const std::size_t row = std::size_t(plain.width()) * (alpha ? 4 : 3);
        for (int y = 0; y < plain.height(); ++y)
            std::memcpy(to + row * y, plain.constScanLine(y), row);
    });
}

} // namespace

Files::Files(Document& document, Results& results, MessageBar& messages, QWidget* window)
    : QObject(window),
      document_(document),
      results_(results),
      messages_(messages),
      window_(window)
{
}

void Files::tell(const QString& problem)
{
    messages_.show(MessageBar::Kind::Problem, problem);
}

void Files::load(const QString& what, std::function<LoadedPicture()> work)
{
    messages_.dismiss();
    Q_EMIT busy(what);
    inBackground(this, std::move(work), [this, number = ++newestLoad_](const Attempt<LoadedPicture>& loaded) {
        if (number != newestLoad_)
            return; // another picture was opened since
        Q_EMIT busy({});
        if (const auto* problem = std::get_if<Problem>(&loaded))
            tell(problem->message);
        else
            opened(std::get<LoadedPicture>(loaded));
    });
}

void Files::opened(const LoadedPicture& loaded)
{
    document_.open(loaded);
    if (loaded.world.isEmpty())
        return;
    latestWorld_ = loaded.world;
    Q_EMIT sceneOpened(loaded.world);
}

void Files::openByDialog()
{
    const QString file = QFileDialog::getOpenFileName(window_, tr("Open"), folder_, openFilter());
    if (!file.isEmpty())
        openPicture(file);
}

void Files::openPicture(const QString& file, const QString& maskFile)
{
    folder_ = QFileInfo(file).absolutePath();
    load(tr("Opening %1 …").arg(QFileInfo(file).fileName()), [file, maskFile] {
        return loadPicture(toPath(file), maskFile.isEmpty() ? std::filesystem::path() : toPath(maskFile));
    });
}

void Files::openRecovered(const std::filesystem::path& journal)
{
    load(tr("Recovering …"), [journal] { return loadRecovered(journal); });
}

void Files::openExample(const QString& id)
{
    const Example* example = findExample(id);
    if (!example)
        return tell(tr("There is no example called “%1” in this build. Nothing was changed.").arg(id));
    load(tr("Opening the example …"), [example = *example] { return loadExample(example); });
}

void Files::openNewScene(const QString& name)
{
    const std::vector<SceneWorld> worlds = sceneWorlds();
    const QString wanted = name.isEmpty() ? latestWorld_ : name;
    SceneWorld world = worlds.front();
    for (const SceneWorld& one : worlds)
        if (one.name == wanted)
            world = one;
    load(tr("Drawing a new picture …"),
         [world, seed = std::uint64_t(QRandomGenerator::global()->generate())] {
             return drawScenePicture(world, seed);
         });
}

bool Files::canTake(const QMimeData* data)
{
    return data->hasImage() || (data->hasUrls() && data->urls().constFirst().isLocalFile());
}

void Files::take(const QMimeData* data)
{
    if (!data) // an empty clipboard on some platforms
        return tell(tr("There is nothing to paste. Copy a picture first."));
    if (data->hasUrls() && data->urls().constFirst().isLocalFile())
        return openPicture(data->urls().constFirst().toLocalFile());
    const QImage image = qvariant_cast<QImage>(data->imageData());
    if (image.isNull())
        return tell(tr("The clipboard holds no picture. Copy a picture or a picture file and paste again."));
    load(tr("Opening the pasted picture …"),
         [image, name = tr("Pasted picture")] { return preparePicture(toPicture(image), name); });
}

void Files::paste()
{
    take(QGuiApplication::clipboard()->mimeData());
}

void Files::importMaskByDialog()
{
    const QString file = QFileDialog::getOpenFileName(window_, tr("Import Mask"), folder_, pictureFilter());
    if (!file.isEmpty())
        importMask(file);
}

void Files::importMask(const QString& file)
{
    inBackground(
        this, [file] { return ui::importMask(toPath(file)); },
        [this, file](const Attempt<ImportedMask>& read) {
            if (const auto* problem = std::get_if<Problem>(&read))
                return tell(problem->message);
            const auto& [mask, meaning] = std::get<ImportedMask>(read);
            if (QSize(mask.width, mask.height) != document_.size())
                return tell(
                    tr("The mask %1 has %2 × %3 pixels, the picture %4 × %5. Choose a mask of the picture's "
                       "size. Nothing was changed.")
                        .arg(QFileInfo(file).fileName())
                        .arg(mask.width)
                        .arg(mask.height)
                        .arg(document_.size().width())
                        .arg(document_.size().height()));
            document_.replaceMask(mask);
            messages_.ask(describe(meaning, QFileInfo(file).fileName()), tr("Invert"),
                          [this] { document_.invertMask(); });
        });
}

QString Files::suggestedName(const QString& ending) const
{
    return QDir(folder_).filePath(document_.name() + ending + QStringLiteral(".png"));
}

void Files::write(const QString& what, const QString& success, std::function<void()> work)
{
    Q_EMIT busy(what);
    inBackground(
        this, [work = std::move(work)] { return work(), true; },
        [this, success](const Attempt<bool>& done) {
            Q_EMIT busy({});
            if (const auto* problem = std::get_if<Problem>(&done))
                tell(problem->message);
            else
                messages_.show(MessageBar::Kind::Note, success);
        });
}

void Files::exportMaskByDialog()
{
    const QString file =
        QFileDialog::getSaveFileName(window_, tr("Export Mask"), suggestedName(tr(".mask")), pngFilter());
    if (!file.isEmpty())
        exportMask(file);
}

void Files::exportMask(const QString& file)
{
    write(tr("Saving the mask …"), tr("The mask was saved as %1.").arg(QFileInfo(file).fileName()),
          [file, mask = document_.sharedMask()] { write_file(toPath(file), encode_png(*mask)); });
}

ExportSource Files::exportSource() const
{
    ExportSource source{results_.filled()->request, results_.filled()->set};
    if (document_.source().bytes)
        source.metadata = read_metadata(*document_.source().bytes, source.request.picture);
    return source;
}

void Files::exportCompletion(int index, const QString& file)
{
    write(tr("Saving the completion …"),
          tr("Completion %1 was saved as %2.").arg(index + 1).arg(QFileInfo(file).fileName()),
          [file, index, source = exportSource()] {
              export_completion(toPath(file), source, std::size_t(index), {});
          });
}

void Files::exportAll(const QString& folder)
{
    std::vector<int> good;
    for (int i = 0; i < int(results_.filled()->set.completions.size()); ++i)
        if (results_.usable(i))
            good.push_back(i);
    write(tr("Saving the completions …"), tr("%1 completions were saved in %2.").arg(good.size()).arg(folder),
          [folder, good, name = document_.name(), source = exportSource()] {
              for (const int i : good)
                  export_completion(
                      toPath(QDir(folder).filePath(QStringLiteral("%1-%2.png").arg(name).arg(i + 1))), source,
                      std::size_t(i), {});
          });
}

} // namespace lacuna::ui
