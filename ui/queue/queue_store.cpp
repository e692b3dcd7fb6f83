// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/queue/queue_store.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

#include "engine/core/atomic_file.h"
#include "engine/core/error.h"
#include "engine/core/picture_file.h"
#include "engine/project/project_file.h"

namespace lacuna::ui {
namespace {

namespace fs = std::filesystem;

constexpr int schema = 1;
constexpr const char* listName = "queue.json";
constexpr const char* stateExtension = ".state";
constexpr const char* resultFolder = "finished";
constexpr std::uint64_t largestList = 16 << 20;

const char* name(Job::State state)
{
    return state == Job::State::Done ? "done" : state == Job::State::Running ? "running" : "waiting";
}

/// A name that a list may refer to: of a file of this folder, whatever else the list says.
fs::path inside(const fs::path& folder, const QString& name)
{
    const fs::path path = name.toStdU16String();
    if (name.isEmpty() || path.filename() != path || path == "." || path == "..")
        throw Error(ErrorKind::Input, (folder / listName).string(), "names a file that is not its own",
                    "Remove it");
    return folder / path;
}

QJsonObject toJson(const Job& job, const std::string& picture, const std::string& mask)
{
    const bool unwritten = job.state == Job::State::Done && job.request; // then a restart begins it again
    QJsonObject json{{"number", job.number},
                     {"title", job.title},
                     {"state", name(unwritten ? Job::State::Waiting : job.state)},
                     {"starts", job.starts},
                     {"note", job.state == Job::State::Done ? job.note : QString()}};
    if (job.request) {
        json["picture"] = QString::fromStdString(picture);
        json["mask"] = QString::fromStdString(mask);
        json["recipe"] =
            QString::fromStdString(to_json(job.request->recipe)); // as text: it has numbers of 64 bits
    }
    if (!job.result.empty())
        json["result"] = QString::fromStdU16String(job.result.filename().u16string());
    return json;
}

Job readJob(const QJsonObject& json, const fs::path& folder)
{
    Job job{.number = json["number"].toInt(), .title = json["title"].toString()};
    job.starts = json["starts"].toInt();
    if (json["state"].toString() == QLatin1String(name(Job::State::Done))) {
        job.state = Job::State::Done;
        job.note = json["note"].toString();
        if (const QString result = json["result"].toString(); !result.isEmpty())
            job.result = inside(folder / resultFolder, result);
        return job;
    }
    const std::string list = (folder / listName).string();
    auto request = std::make_shared<FillRequest>();
    const fs::path picture = inside(folder, json["picture"].toString()),
                   mask = inside(folder, json["mask"].toString());
    request->picture = read_picture(picture);
    request->mask = read_mask(mask);
    request->recipe = recipe_from_json(json["recipe"].toString().toStdString(), list);
    validate(request->recipe);
    if (content_hash(request->picture) != picture.stem() || content_hash(request->mask) != mask.stem())
        throw Error(ErrorKind::Input, list, "refers to files that have changed", "Add the job again");
    job.request = std::move(request);
    return job;
}

} // namespace

QueueStore::QueueStore(fs::path folder, std::unique_ptr<LockFile> lock)
    : folder_(std::move(folder)),
      lock_(std::move(lock))
{
}

std::shared_ptr<QueueStore> QueueStore::open(const fs::path& folder)
{
    fs::create_directories(folder / resultFolder);
    fs::permissions(folder, fs::perms::owner_all);
    LockHolder holder;
    std::unique_ptr<LockFile> lock = LockFile::take(folder / listName, holder);
    if (!lock)
        return nullptr;
    return std::shared_ptr<QueueStore>(new QueueStore(folder, std::move(lock)));
}

StoredQueue QueueStore::read()
{
    StoredQueue queue;
    if (!fs::exists(folder_ / listName))
        return queue;
    const std::vector<std::uint8_t> bytes = read_file(folder_ / listName, largestList);
    const QJsonObject json = QJsonDocument::fromJson(QByteArray(reinterpret_cast<const char*>(bytes.data()),
                                                                qsizetype(bytes.size())))
                                 .object();
    if (json["schema"].toInt() != schema)
        throw Error(ErrorKind::Input, (folder_ / listName).string(),
                    "is damaged, or of another version of Lacuna", "Move it away to begin a new queue");
    queue.paused = json["paused"].toBool();
    queue.next = std::max(1, json["next"].toInt());
    std::vector<std::string> used;
    for (const QJsonValue& value : json["jobs"].toArray()) {
        const QJsonObject one = value.toObject();
        used.push_back(one["picture"].toString().toStdString());
        used.push_back(one["mask"].toString().toStdString());
        try {
            queue.jobs.push_back(readJob(one, folder_));
            queue.next = std::max(queue.next, queue.jobs.back().number + 1);
        } catch (const std::exception& error) {
            queue.problem = QString::fromUtf8(error.what());
        }
    }
    removeOthers(queue, used);
    return queue;
}

fs::path QueueStore::stateFile(const fs::path& folder, int number)
{
    return folder / ("job-" + std::to_string(number) + stateExtension);
}

void QueueStore::removeOthers(const StoredQueue& queue, const std::vector<std::string>& used)
{
    std::error_code ignored;
    const auto waits = [&](const fs::path& state) {
        return std::any_of(queue.jobs.begin(), queue.jobs.end(), [&](const Job& job) {
            return job.request && stateFile(folder_, job.number) == state;
        });
    };
    for (fs::directory_iterator entry(folder_, ignored), end; !ignored && entry != end;
         entry.increment(ignored))
        if (entry->path().extension() == ".png"
            && std::find(used.begin(), used.end(), entry->path().filename().string()) == used.end())
            fs::remove(entry->path(), ignored);
        else if (entry->path().extension() == stateExtension && !waits(entry->path()))
            fs::remove(entry->path(), ignored);
    for (fs::directory_iterator entry(folder_ / resultFolder, ignored), end; !ignored && entry != end;
         entry.increment(ignored))
        if (entry->path().extension() == ".lacuna"
            && std::none_of(queue.jobs.begin(), queue.jobs.end(),
                            [&](const Job& job) { return job.result == entry->path(); }))
            fs::remove(entry->path(), ignored);
    remove_stale_temporaries(folder_);
    remove_stale_temporaries(folder_ / resultFolder);
}

std::string QueueStore::keep(const Picture& picture)
{
    const std::string file = content_hash(picture) + ".png";
    if (!fs::exists(folder_ / file))
        write_file(folder_ / file, encode_png(picture));
    return file;
}

std::string QueueStore::keep(const Mask& mask)
{
    const std::string file = content_hash(mask) + ".png";
    if (!fs::exists(folder_ / file))
        write_file(folder_ / file, encode_png(mask));
    return file;
}

void QueueStore::write(const StoredQueue& queue)
{
    QJsonArray jobs;
    for (const Job& job : queue.jobs) {
        const std::string picture = job.request ? keep(job.request->picture) : "";
        jobs.append(toJson(job, picture, job.request ? keep(job.request->mask) : ""));
    }
    const QJsonObject json{
        {"schema", schema}, {"paused", queue.paused}, {"next", queue.next}, {"jobs", jobs}};
    write_file(folder_ / listName, QJsonDocument(json).toJson().toStdString());
}

fs::path QueueStore::keepResult(const Job& job, const CompletionSet& set)
{
    const FillRequest& request = *job.request;
    Project project;
    project.id = new_project_id();
    project.picture_name = job.title.toStdString() + ".png";
    project.picture = request.picture;
    project.picture_file = std::make_shared<const std::vector<std::uint8_t>>(encode_png(request.picture));
    const auto hole = std::make_shared<const Mask>(request.mask);
    project.masks = {{"", hole}};
    project.draft = request.recipe;
    project.sets = {{1, hole, std::make_shared<const CompletionSet>(set), {}}};
    const fs::path file = folder_ / resultFolder / ("job-" + std::to_string(job.number) + ".lacuna");
    save_project(file, project);
    return file;
}

} // namespace lacuna::ui
