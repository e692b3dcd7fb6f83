// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/batch/batch.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

#include "engine/core/atomic_file.h"
#include "engine/core/error.h"
#include "ui/background/background.h"
#include "ui/document/document.h"

namespace lacuna::ui {
namespace {

const QString reportName = QStringLiteral("report.csv");

std::filesystem::path toPath(const QString& file)
{
    return file.toStdU16String();
}

/// A field of a CSV file.
QString quoted(QString text)
{
    return u'"' + text.replace(u'"', QStringLiteral("\"\"")) + u'"';
}

const char* name(Batch::State state)
{
    constexpr const char* names[] = {"not done", "not done", "done", "failed"};
    return names[int(state)];
}

std::string report(const std::vector<Batch::Item>& items)
{
    QString text = QStringLiteral("picture,mask,state,completions,seconds,note\n");
    const auto file = [](const std::filesystem::path& path) {
        return quoted(QString::fromStdString(path.filename().string()));
    };
    for (const Batch::Item& item : items)
        text += QStringList({file(item.files.picture), file(item.files.mask), QLatin1String(name(item.state)),
                             QString::number(item.written), QString::number(item.seconds, 'f', 1),
                             quoted(item.text)})
                    .join(u',')
                + u'\n';
    return text.toStdString();
}

struct Loaded {
    FillRequest request{};
    FileMetadata metadata{};
};

Loaded loadItem(const BatchItem& files, const Recipe& recipe)
{
    LoadedPicture picture = loadPicture(files.picture, files.mask);
    Loaded loaded;
    loaded.request = {.picture = picture.picture, .mask = *picture.mask, .recipe = recipe};
    const std::size_t hole = loaded.request.mask.hole_pixels();
    if (hole == 0 || hole == loaded.request.mask.values.size())
        throw Error(ErrorKind::Input, files.mask.filename().string(),
                    hole == 0 ? "marks nothing" : "marks the whole picture", "Use another mask");
    if (picture.source.bytes)
        loaded.metadata = read_metadata(*picture.source.bytes, loaded.request.picture);
    return loaded;
}

int writeItem(const QDir& folder, const std::string& name, const ExportSource& source,
              const ExportOptions& options)
{
    std::vector<std::size_t> good;
    for (std::size_t i = 0; i < source.set.completions.size(); ++i)
        if (source.set.completions[i].problem.empty())
            good.push_back(i);
    if (good.empty())
        throw Error(ErrorKind::Input, name, "has no completion that came out well", "Look at its report");
    const auto path = [&](const std::string& middle) {
        return toPath(folder.path()) / (name + middle + "." + ending(options.format));
    };
    if (options.format == ExportFormat::OpenRaster)
        export_layers(path(""), source, good, good.front(), options);
    else
        for (const std::size_t index : good)
            export_completion(path("-" + std::to_string(index + 1)), source, index, options);
    return int(good.size());
}

} // namespace

Batch::Batch(SessionFactory makeSession, QObject* parent)
    : QObject(parent),
      makeSession_(std::move(makeSession))
{
}

void Batch::plan(const QString& pictures, const QString& masks)
{
    if (running_)
        return;
    inBackground(
        this, [pictures, masks] { return plan_batch(toPath(pictures), toPath(masks)); },
        [this, number = ++newestPlan_](const Attempt<BatchPlan>& planned) {
            if (number != newestPlan_ || running_)
                return;
            items_.clear();
            problem_.clear();
            if (const auto* problem = std::get_if<Problem>(&planned)) {
                problem_ = problem->message;
            } else {
                const auto& plan = std::get<BatchPlan>(planned);
                for (const BatchItem& item : plan.items)
                    items_.push_back({item});
                if (!plan.without.empty())
                    problem_ = tr("%1 pictures have no mask and are left out, %2 first.")
                                   .arg(plan.without.size())
                                   .arg(QString::fromStdString(plan.without.front()));
                else if (items_.empty())
                    problem_ = tr("There is no picture in this folder.");
            }
            Q_EMIT this->planned();
        });
}

void Batch::start(const Settings& settings)
{
    if (running_ || items_.empty())
        return;
    running_ = true;
    stopping_ = false;
    settings_ = settings;
    for (Item& item : items_)
        item = {item.files};
    current_ = 0;
    inBackground(
        this,
        [folder = settings.folder] {
            const QDir dir(folder);
            if (!dir.mkpath(QStringLiteral(".")))
                throw Error(ErrorKind::Output, folder.toStdString(), "cannot be made a folder",
                            "Choose another folder");
            if (dir.exists(reportName))
                throw Error(ErrorKind::Output, folder.toStdString(), "holds an earlier batch",
                            "Choose another folder");
            return true;
        },
        [this](const Attempt<bool>& ready) {
            if (const auto* problem = std::get_if<Problem>(&ready)) {
                running_ = false;
                return Q_EMIT ended(problem->message);
            }
            if (!link_) {
                link_ = std::make_unique<EngineLink>(makeSession_);
                connect(link_.get(), &EngineLink::progressed, this, [this](const Progress& progress) {
                    Q_EMIT progressed(int(current_), progress.done, progress.total);
                });
                connect(link_.get(), &EngineLink::finished, this, &Batch::receive);
            }
            next();
        });
}

void Batch::stop()
{
    stopping_ = running_;
    if (link_)
        link_->stop();
}

void Batch::next()
{
    if (stopping_ || current_ == items_.size())
        return end();
    setState(State::Working, tr("Reading …"));
    inBackground(
        this, [files = items_[current_].files, recipe = settings_.recipe] { return loadItem(files, recipe); },
        [this](const Attempt<Loaded>& loaded) {
            if (const auto* problem = std::get_if<Problem>(&loaded))
                return fail(problem->message);
            if (stopping_)
                return end();
            fill(std::get<Loaded>(loaded).request, std::get<Loaded>(loaded).metadata);
        });
}

void Batch::fill(const FillRequest& request, const FileMetadata& metadata)
{
    source_ = std::make_shared<ExportSource>();
    source_->request = request;
    source_->metadata = metadata;
    setState(State::Working, tr("Filling …"));
    link_->submit(request);
}

void Batch::receive(const Outcome& outcome)
{
    if (const auto* failure = std::get_if<Failed>(&outcome.result))
        return fail(QString::fromStdString(failure->message));
    source_->set = std::get<CompletionSet>(outcome.result);
    if (stopping_ || source_->set.stopped)
        return end();
    setState(State::Working, tr("Writing …"));
    inBackground(
        this,
        [folder = settings_.folder, name = items_[current_].files.name, source = source_,
         options = settings_.options] { return writeItem(QDir(folder), name, *source, options); },
        [this, seconds = source_->set.seconds](const Attempt<int>& written) {
            if (const auto* problem = std::get_if<Problem>(&written))
                fail(problem->message);
            else
                finish(std::get<int>(written), seconds);
        });
}

void Batch::finish(int written, double seconds)
{
    items_[current_].written = written;
    items_[current_].seconds = seconds;
    setState(State::Done, tr("%1 completions").arg(written));
    ++current_;
    writeReport([this](const QString&) { next(); });
}

void Batch::fail(const QString& problem)
{
    setState(State::Failed, problem);
    ++current_;
    writeReport([this](const QString&) { next(); });
}

void Batch::setState(State state, const QString& text)
{
    items_[current_].state = state;
    items_[current_].text = text;
    Q_EMIT itemChanged(int(current_));
}

void Batch::writeReport(std::function<void(const QString& problem)> done)
{
    inBackground(
        this,
        [file = QDir(settings_.folder).filePath(reportName), items = items_] {
            write_file(toPath(file), report(items));
            return true;
        },
        [done = std::move(done)](const Attempt<bool>& written) {
            const auto* problem = std::get_if<Problem>(&written);
            done(problem ? problem->message : QString());
        });
}

void Batch::end()
{
    if (current_ < items_.size())
        setState(State::Waiting, {});
    source_.reset();
    writeReport([this](const QString& problem) {
        running_ = false;
        const auto count = [this](State state) {
            return std::count_if(items_.begin(), items_.end(),
                                 [state](const Item& item) { return item.state == state; });
        };
        QString text =
            stopping_ ? tr("Stopped: %1 of %2 pictures are filled.") : tr("%1 of %2 pictures are filled.");
        text = text.arg(count(State::Done)).arg(items_.size());
        if (const auto failed = count(State::Failed); failed > 0)
            text += u' ' + tr("%1 could not be; the report says why.").arg(failed);
        Q_EMIT ended(problem.isEmpty() ? text : problem);
    });
}

} // namespace lacuna::ui
