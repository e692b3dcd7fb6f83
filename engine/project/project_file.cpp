// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/project/project_file.h"

#include <map>
#include <random>

#include <unistd.h>

#include "engine/checkpoint/zip_directory.h"
#include "engine/core/atomic_file.h"
#include "engine/core/error.h"
#include "engine/core/hash.h"
#include "engine/core/picture_file.h"
#include "engine/project/set_json.h"
#include "engine/project/zip_writer.h"

namespace lacuna {

namespace {

using Bytes = std::vector<std::uint8_t>;

std::string sha256(std::span<const std::uint8_t> bytes)
{
    Sha256 hash;
    hash.add(bytes);
    return hash.hex();
}

/// The members behind mimetype and project.json, which tells their hashes and is therefore written before them.
class StoredMembers {
public:
    /// A name that is there already is left as it is.
    void add(const std::string& name, Bytes bytes)
    {
        if (hashes_.emplace(name, sha256(bytes)).second)
            bytes_.emplace_back(name, std::move(bytes));
    }
    void add(const std::string& name, const std::string& text) { add(name, Bytes(text.begin(), text.end())); }

    Json list() const
    {
        Json json = Json::object();
        for (const auto& [name, bytes] : bytes_)
            json[name] = hashes_.at(name);
        return json;
    }
    void write(ZipWriter& zip) const
    {
        for (const auto& [name, bytes] : bytes_)
            zip.add(name, bytes);
    }

private:
    std::map<std::string, std::string> hashes_{};
    std::vector<std::pair<std::string, Bytes>> bytes_{};
};

/// Masks are called after what is in them: one that several sets share is stored once.
std::string add_mask(StoredMembers& members, const Mask& mask)
{
    const std::string file = "masks/" + content_hash(mask).substr(0, 16) + ".png";
    members.add(file, encode_png(mask));
    return file;
}

Json describe(StoredMembers& members, const NamedMask& mask, int id)
{
    Json json = {{"name", mask.name}, {"file", add_mask(members, *mask.mask)}, {"id", id}};
    if (mask.soft_edge != 0)
        json["soft_edge"] = mask.soft_edge;
    return json;
}

/// What their files are called begins with `names`.
Json add_completions(StoredMembers& members, const CompletionSet& set, const std::string& names,
                     const std::vector<Mark>& marks)
{
    Json list = Json::array();
    for (std::size_t i = 0; i < set.completions.size(); ++i) {
        Json completion = describe(set.completions[i], [&](std::size_t patch, const Picture& pixels) {
            const std::string file = names + std::to_string(i + 1) + "-" + std::to_string(patch + 1) + ".png";
            members.add(file, encode_png(pixels));
            return file;
        });
        if (i < marks.size() && marks[i] != Mark::None)
            completion["mark"] = name(marks[i]);
        list.push_back(std::move(completion));
    }
    return list;
}

Json add_set(StoredMembers& members, const ProjectSet& one)
{
    const CompletionSet& set = *one.set;
    const std::string folder = "sets/" + std::to_string(one.number) + "/";
    Json json = {{"number", one.number}, {"hole", add_mask(members, *one.hole)}};
    json.update(describe_set(set));
    if (!set.base.empty()) {
        json["base"] = folder + "base.png";
        members.add(folder + "base.png", encode_png(set.base));
    }
    json["completions"] = add_completions(members, set, folder, one.marks);
    if (one.twin) {
        json["twin"] = describe_set(*one.twin);
        json["twin"]["completions"] = add_completions(members, *one.twin, folder + "twin-", {});
    }
    return json;
}

/// Reads the stored file again, before it replaces anything.
void verify_stored(const std::filesystem::path& stored)
{
    const ByteSource source = ByteSource::open(stored);
    for (const auto& [name, entry] : read_stored_zip(source))
        check_crc(source, name, entry);
}

/// Leaves the version that is about to be replaced under another name, `NAME~`. A file system without hard links keeps
/// none; that is no reason not to save.
void keep_previous(const std::filesystem::path& path)
{
    std::error_code error;
    const std::filesystem::path target = std::filesystem::canonical(path, error);
    if (error)
        return;
    // Linked under the name of a temporary file first: the previous version appears whole.
    const std::filesystem::path link =
        target.parent_path() / (".lacuna-" + std::to_string(::getpid()) + "-previous");
    ::unlink(link.c_str());
    if (::link(target.c_str(), link.c_str()) == 0)
        ::rename(link.c_str(), previous_version(target).c_str());
    ::unlink(link.c_str()); // two names of one file are not renamed
}

} // namespace

std::filesystem::path previous_version(const std::filesystem::path& project)
{
    return project.string() + "~";
}

std::size_t used_mask(const Project& project)
{
    for (std::size_t i = 0; i < project.masks.size(); ++i)
        if (project.masks[i].id == project.mask_in_use)
            return i;
    return 0;
}

std::string new_project_id()
{
    std::random_device random;
    std::string id;
    for (int i = 0; i < 32; ++i)
        id += "0123456789abcdef"[random() % 16];
    return id;
}

void save_project(const std::filesystem::path& path, const Project& project)
{
    check(project.picture_file && !project.masks.empty(), "a project has a picture and a mask");
    StoredMembers members;
    members.add("picture/original", *project.picture_file);
    Json masks = Json::array();
    for (const NamedMask& mask : project.masks) // those without an id are counted
        masks.push_back(describe(members, mask, mask.id != 0 ? mask.id : static_cast<int>(masks.size()) + 1));
    Json sets = Json::array();
    for (const ProjectSet& set : project.sets) {
        const std::string file = "sets/" + std::to_string(set.number) + "/set.json";
        members.add(file, add_set(members, set).dump(1));
        sets.push_back(file);
    }
    if (project.tree)
        members.add("tree.json", to_json(*project.tree));

    Json json = {{"schema", project_schema},
                 {"writer", std::string("Lacuna ") + LACUNA_VERSION},
                 {"id", project.id},
                 {"revision", project.revision},
                 {"picture", {{"name", project.picture_name}, {"file", "picture/original"}}},
                 {"masks", std::move(masks)},
                 {"sets", std::move(sets)}};
    json["mask_in_use"] = json["masks"][used_mask(project)]["id"];
    if (project.draft)
        json["draft"] = describe(*project.draft);
    if (project.tree)
        json["tree"] = "tree.json";
    if (project.tree && project.open_branch >= 0)
        json["branch"] = project.open_branch;
    json["sha256"] = members.list();

    AtomicFile file(path);
    ZipWriter zip(file);
    zip.add("mimetype", std::string(project_mimetype));
    zip.add("project.json", json.dump(1, ' ', false, Json::error_handler_t::replace));
    members.write(zip);
    zip.finish();
    file.commit([&path](const std::filesystem::path& stored) {
        verify_stored(stored);
        keep_previous(path);
    });
}

} // namespace lacuna
