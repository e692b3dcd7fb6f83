// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/exporter.h"

#include <QClipboard>
#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>
#include <QTemporaryDir>

#include <algorithm>

#include "engine/core/error.h"
#include "engine/export/colour_profile.h"
#include "ui/background/background.h"
#include "ui/document/display_colours.h"
#include "ui/document/document.h"
#include "ui/gallery/gallery_panel.h"
#include "ui/messages/message_bar.h"
#include "ui/results/results.h"

namespace lacuna::ui {
namespace {

constexpr int previewLongest = 1200;

std::filesystem::path toPath(const QString& file)
{
    return file.toStdU16String();
}

Picture filled(const ExportSource& source, std::size_t index)
{
    return composite(canvas(source.request, source.set), canvas_hole(source.request, source.set),
                     source.set.completions[index], source.set.recipe.soft_edge);
}

/// One completion as other programs show it: 8 bits, sRGB, alpha kept.
QImage asSeen(const ExportSource& source, std::size_t index)
{
    const Picture picture =
        with_bits(in_colour(asDisplayed(filled(source, index), profileOf(source.request.picture))), 8);
    const QImage::Format format = picture.has_alpha() ? QImage::Format_RGBA8888 : QImage::Format_RGB888;
    return QImage(picture.bytes->data(), picture.width, picture.height, qsizetype(picture.row_bytes()),
                  format)
        .copy();
}

/// Writes the files of a choice; returns what is to be said.
QString writeAll(const ExportChoice& choice, const ExportSource& source,
                 const std::vector<std::size_t>& indices, std::size_t shown)
{
    const QDir folder(choice.folder);
    if (!folder.mkpath(QStringLiteral(".")))
        throw Error(ErrorKind::Output, choice.folder.toStdString(), "cannot be made a folder",
                    "Choose another folder");
    const QStringList files = exportFiles(choice, indices);
    const auto path = [&](qsizetype i) { return toPath(folder.absoluteFilePath(files[i])); };
    if (choice.options.format == ExportFormat::OpenRaster)
        export_layers(path(0), source, indices, shown, choice.options);
    else if (choice.what == ExportWhat::Sheet)
        export_sheet(path(0), source, indices, choice.options);
    else
        for (std::size_t i = 0; i < indices.size(); ++i)
            export_completion(path(qsizetype(i)), source, indices[i], choice.options);
    return files.size() == 1
               ? Exporter::tr("%1 was saved in %2.").arg(files[0], folder.dirName())
               : Exporter::tr("%1 files were saved in %2.").arg(files.size()).arg(folder.dirName());
}

} // namespace

Exporter::Exporter(const Parts& parts, QObject* parent) : QObject(parent), parts_(parts)
{
    connect(&parts_.page, &ExportPage::exportRequested, this, &Exporter::write);
    connect(&parts_.page, &ExportPage::targetChanged, this, &Exporter::checkTarget);
    const auto forget = [this] { source_.reset(); }; // pictures are large
    connect(&parts_.page, &ExportPage::left, this, forget);
    connect(this, &Exporter::written, this, forget);
}

Exporter::~Exporter() = default;

std::vector<std::size_t> Exporter::indices(ExportWhat what) const
{
    std::vector<std::size_t> chosen;
    const SharedSet& set = parts_.results.filled();
    for (int i = 0; set && i < int(set->set.completions.size()); ++i) {
        const bool wanted = what == ExportWhat::Shown     ? i == parts_.results.shown()
                            : what == ExportWhat::Starred ? parts_.gallery.model().starred(i)
                                                          : true;
        if (wanted && parts_.results.usable(i))
            chosen.push_back(std::size_t(i));
    }
    return chosen;
}

std::shared_ptr<const ExportSource> Exporter::source() const
{
    const SharedSet& filled = parts_.results.filled();
    if (!filled)
        return {};
    auto source = std::make_shared<ExportSource>();
    source->request = filled->request;
    source->set = filled->set;
    if (const auto& bytes = parts_.document.source().bytes)
        source->metadata = read_metadata(*bytes, filled->request.picture);
    return source;
}

void Exporter::open(ExportWhat what)
{
    source_ = source();
    if (!source_)
        return;
    const PictureSource& from = parts_.document.source();
    const Picture& picture = canvas(source_->request, source_->set);
    ExportFacts facts;
    facts.name = parts_.document.name();
    facts.folder = from.filePath.isEmpty() ? QDir::homePath() : QFileInfo(from.filePath).absolutePath();
    facts.size = {picture.width, picture.height};
    facts.channels = picture.channels;
    facts.bits = picture.bits;
    facts.shown = parts_.results.shown();
    facts.starred = int(indices(ExportWhat::Starred).size());
    facts.all = int(indices(ExportWhat::All).size());
    facts.hasProfile = !source_->metadata.profile.empty();
    facts.profile = QString::fromStdString(profile_name(source_->metadata.profile));
    facts.isPrivate = tells_private_things(source_->metadata.exif);
    facts.note = QString::fromStdString(source_->metadata.note);
    parts_.page.choose(what);
    parts_.page.show(facts);
    renderPreview();
    Q_EMIT opened();
}

void Exporter::renderPreview()
{
    const std::vector<std::size_t> all = indices(ExportWhat::All);
    if (all.empty())
        return;
    const int shown = parts_.results.shown();
    inBackground(
        this,
        [source = source_, index = shown >= 0 ? std::size_t(shown) : all.front()] {
            const QImage image = asSeen(*source, index);
            return image.scaled(QSize(previewLongest, previewLongest).boundedTo(image.size()),
                                Qt::KeepAspectRatio, Qt::SmoothTransformation);
        },
        [this, source = source_](const Attempt<QImage>& drawn) {
            if (source == source_ && std::holds_alternative<QImage>(drawn))
                parts_.page.setPreview(std::get<QImage>(drawn));
        });
}

void Exporter::checkTarget()
{
    if (!source_)
        return;
    const ExportChoice choice = parts_.page.choice();
    inBackground(
        this,
        [choice, indices = indices(choice.what)] {
            const QDir folder(choice.folder);
            const QStringList files = exportFiles(choice, indices);
            return std::any_of(files.begin(), files.end(),
                               [&](const QString& file) { return folder.exists(file); });
        },
        [this, number = ++newestCheck_](const Attempt<bool>& any) {
            if (number == newestCheck_ && std::holds_alternative<bool>(any))
                parts_.page.setReplaces(std::get<bool>(any));
        });
}

void Exporter::write()
{
    const ExportChoice choice = parts_.page.choice();
    const std::vector<std::size_t> chosen = indices(choice.what);
    if (!source_ || chosen.empty())
        return;
    const auto shown = std::find(chosen.begin(), chosen.end(), std::size_t(parts_.results.shown()));
    const std::size_t visible = shown == chosen.end() ? chosen.front() : *shown; // of layers
    Q_EMIT busy(tr("Exporting …"));
    inBackground(
        this,
        [choice, source = source_, chosen, visible] { return writeAll(choice, *source, chosen, visible); },
        [this, note = source_->metadata.note](const Attempt<QString>& done) {
            Q_EMIT busy({});
            if (const auto* problem = std::get_if<Problem>(&done))
                return parts_.messages.show(MessageBar::Kind::Problem, problem->message);
            parts_.messages.show(MessageBar::Kind::Note,
                                 (std::get<QString>(done) + u' ' + QString::fromStdString(note)).trimmed());
            Q_EMIT written();
        });
}

void Exporter::copyShown()
{
    const int shown = parts_.results.shown();
    if (shown < 0)
        return;
    inBackground(
        this, [source = source(), shown] { return asSeen(*source, std::size_t(shown)); },
        [this, shown](const Attempt<QImage>& drawn) {
            if (const auto* problem = std::get_if<Problem>(&drawn))
                return parts_.messages.show(MessageBar::Kind::Problem, problem->message);
            QGuiApplication::clipboard()->setImage(std::get<QImage>(drawn));
            parts_.messages.show(MessageBar::Kind::Note, tr("Completion %1 was copied.").arg(shown + 1));
        });
}

void Exporter::writeForDrag(int index, std::function<void(const QString& file)> done)
{
    if (!parts_.results.filled() || !parts_.results.usable(index))
        return;
    if (!dragged_)
        dragged_ = std::make_unique<QTemporaryDir>();
    const QString file =
        dragged_->filePath(QStringLiteral("%1-%2.png").arg(parts_.document.name()).arg(index + 1));
    inBackground(
        this,
        [source = source(), index, file] {
            export_completion(toPath(file), *source, std::size_t(index),
                              {.privacy = default_privacy(source->metadata)});
            return file;
        },
        [this, done = std::move(done)](const Attempt<QString>& written) {
            if (const auto* problem = std::get_if<Problem>(&written))
                parts_.messages.show(MessageBar::Kind::Problem, problem->message);
            else
                done(std::get<QString>(written));
        });
}

} // namespace lacuna::ui
