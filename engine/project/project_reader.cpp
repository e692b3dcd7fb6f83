// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>

#include "engine/checkpoint/crc32.h"
#include "engine/checkpoint/zip_directory.h"
#include "engine/core/error.h"
#include "engine/core/hash.h"
#include "engine/core/picture_file.h"
#include "engine/project/project_file.h"
#include "engine/project/set_json.h"

namespace lacuna {

namespace {

using Bytes = std::vector<std::uint8_t>;
using Entries = std::map<std::string, ZipEntry>;

constexpr std::uint64_t largest_picture = std::uint64_t(2) << 30, largest_json = std::uint64_t(16) << 20;
constexpr std::uint64_t most_decoded = std::uint64_t(4) << 30; ///< bytes of all masks and completions
constexpr std::size_t most_masks = 1000, most_sets = 10000, most_completions = 10000;
constexpr const char* another = "Use another copy of it";

[[noreturn]] void refuse(const ByteSource& source, const std::string& cause)
{
    source.refuse(cause, another);
}

/// Where the next header of a member may be, from `at`; the end of the file if there is none.
std::uint64_t next_header(const ByteSource& source, std::uint64_t at)
{
    constexpr std::uint64_t block = std::uint64_t(1) << 20;
    const std::string signature = "PK\3\4";
    while (at < source.size()) {
        const Bytes bytes = source.read(at, static_cast<std::size_t>(std::min(block, source.size() - at)));
        const auto found = std::search(bytes.begin(), bytes.end(), signature.begin(), signature.end());
        if (found != bytes.end())
            return at + static_cast<std::uint64_t>(found - bytes.begin());
        at += bytes.size() > signature.size() ? bytes.size() - signature.size() + 1 : bytes.size();
    }
    return source.size();
}

/// Members found by their own headers, for a file whose list of members is damaged or missing.
Entries find_members(const ByteSource& source)
{
    constexpr std::uint64_t header_bytes = 30, longest_name = 200;
    constexpr int most_attempts = 1000000;
    Entries entries;
    std::uint64_t at = next_header(source, 0);
    for (int attempt = 0; attempt < most_attempts && source.size() - at >= header_bytes; ++attempt) {
        ByteReader reader(source, at, std::min(source.size(), at + header_bytes + longest_name));
        reader.number(8); // signature, version, flags
        const std::uint64_t method = reader.number(2);
        reader.number(4); // time
        const std::uint64_t crc = reader.number(4), compressed = reader.number(4), size = reader.number(4),
                            name = reader.number(2), extra = reader.number(2);
        const std::uint64_t begin = at + header_bytes + name + extra;
        const bool good = method == 0 && compressed == size && name <= reader.left() && begin <= source.size()
                          && size <= source.size() - begin;
        if (good)
            entries.emplace(reader.text(name), ZipEntry{begin, size, static_cast<std::uint32_t>(crc)});
        at = next_header(source, good ? begin + size : at + 1);
    }
    return entries;
}

/// Reads members and remembers which are damaged.
class Reader {
public:
    explicit Reader(const ByteSource& source) : source_(source)
    {
        try {
            entries_ = read_stored_zip(source);
        } catch (const Error& error) {
            entries_ = find_members(source);
            lost_.push_back("The list of its members: " + error.cause() + ".");
        }
    }

    const std::string& file() const { return source_.name(); }
    std::vector<std::string>& lost() { return lost_; }
    void expect(std::map<std::string, std::string> hashes) { hashes_ = std::move(hashes); }

    /// The bytes of a member, or none where it is damaged or missing.
    std::optional<Bytes> bytes(const std::string& name, std::uint64_t limit) const
    {
        const auto entry = entries_.find(name);
        if (entry == entries_.end() || entry->second.size > limit)
            return {};
        Bytes bytes = source_.read(entry->second.begin, static_cast<std::size_t>(entry->second.size));
        if (crc32(0, bytes) != entry->second.crc)
            return {};
        if (!hashes_.empty()) {
            Sha256 hash;
            hash.add(bytes);
            const auto expected = hashes_.find(name);
            if (expected == hashes_.end() || hash.hex() != expected->second)
                return {};
        }
        return bytes;
    }
    std::optional<std::string> text(const std::string& name) const
    {
        const std::optional<Bytes> found = bytes(name, largest_json);
        return found ? std::optional(std::string(found->begin(), found->end())) : std::nullopt;
    }

    /// Counts the memory of something that is to be decoded.
    void take_room(const Picture& form, int width, int height)
    {
        const std::uint64_t size = std::uint64_t(width) * std::uint64_t(height) * std::uint64_t(form.channels)
                                   * std::uint64_t(form.bits / 8);
        if (size > room_)
            throw Error(ErrorKind::Input, file(), "has completions and masks of more than 4 GB", another);
        room_ -= size;
    }

    /// A mask that is of the picture's size; each is decoded once.
    std::shared_ptr<const Mask> mask(const std::string& name, const Picture& picture)
    {
        if (const auto known = masks_.find(name); known != masks_.end())
            return known->second;
        const std::optional<Bytes> found = bytes(name, largest_picture);
        if (!found)
            throw Error(ErrorKind::Input, file(), in_quotes(name) + " is damaged or missing", another);
        take_room({.channels = 1}, picture.width, picture.height);
        Mask mask = mask_from_picture(decode_picture(*found, file()));
        if (mask.width != picture.width || mask.height != picture.height)
            throw Error(ErrorKind::Input, file(), in_quotes(name) + " has another size than the picture",
                        another);
        return masks_[name] = std::make_shared<const Mask>(std::move(mask));
    }

    /// Does `work`; what it throws about the file becomes a loss.
    template <typename Work> void part(const std::string& what, Work&& work)
    {
        try {
            work();
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::Input)
                throw;
            lost_.push_back(what + ": " + error.cause() + ".");
        }
    }

private:
    const ByteSource& source_;
    Entries entries_{};
    std::map<std::string, std::string> hashes_{};
    std::vector<std::string> lost_{};
    std::map<std::string, std::shared_ptr<const Mask>> masks_{};
    std::uint64_t room_ = most_decoded;
};

std::map<std::string, std::string> read_hashes(const JsonFields& fields)
{
    std::map<std::string, std::string> hashes;
    const JsonFields list = fields.object("sha256");
    for (const auto& [name, hash] : fields.member("sha256").items())
        hashes.emplace(name, list.text(name.c_str()));
    return hashes;
}

FetchPixels fetch_from(Reader& reader, const Picture& canvas)
{
    return [&reader, &canvas](const std::string& where, const Area& area) -> std::optional<Picture> {
        reader.take_room(canvas, area.width, area.height);
        const std::optional<Bytes> bytes = reader.bytes(where, largest_picture);
        if (bytes)
            return decode_picture(*bytes, reader.file());
        reader.lost().push_back("A completion: " + in_quotes(where) + " is damaged or missing.");
        return {};
    };
}

/// Everything but its base. marks: null where there are none.
void read_contents(Reader& reader, const JsonFields& fields, const Picture& canvas, CompletionSet& set,
                   std::vector<Mark>* marks)
{
    set.recipe = read_recipe(fields, "recipe");
    read_figures(fields, set);
    const Json& completions = fields.list("completions");
    if (completions.size() > most_completions)
        throw fields.damaged("has more than 10,000 completions");
    for (const Json& entry : completions) {
        const JsonFields completion(entry, reader.file());
        set.completions.push_back(read_completion(completion, canvas, fetch_from(reader, canvas)));
        if (marks)
            marks->push_back(completion.has("mark") ? parse_mark(completion, "mark") : Mark::None);
    }
    complete_pool(set);
}

ProjectSet read_set(Reader& reader, const std::string& file, const Picture& picture)
{
    const std::optional<std::string> text = reader.text(file);
    if (!text)
        throw Error(ErrorKind::Input, reader.file(), in_quotes(file) + " is damaged or missing", another);
    const Json json = parse_object(*text, reader.file());
    const JsonFields fields(json, reader.file());
    ProjectSet one;
    one.number = fields.integer("number", 1, 1 << 30);
    one.hole = reader.mask(fields.text("hole"), picture);
    CompletionSet set;
    if (fields.has("base")) {
        const std::optional<Bytes> base = reader.bytes(fields.text("base"), largest_picture);
        if (!base)
            throw fields.damaged("'base.png' is damaged or missing");
        set.base = decode_picture(*base, reader.file());
        reader.take_room(set.base, set.base.width, set.base.height);
    }
    const Picture& canvas = set.base.empty() ? picture : set.base;
    read_contents(reader, fields, canvas, set, &one.marks);
    if (fields.has("twin"))
        reader.part("A twin without guidance", [&] {
            CompletionSet twin;
            read_contents(reader, fields.object("twin"), canvas, twin, nullptr);
            one.twin = std::make_shared<const CompletionSet>(std::move(twin));
        });
    one.set = std::make_shared<const CompletionSet>(std::move(set));
    return one;
}

void read_picture_member(Reader& reader, const JsonFields& fields, const DecodePicture& decode,
                         Project& project)
{
    const JsonFields picture = fields.object("picture");
    project.picture_name = printable(picture.text("name"));
    std::optional<Bytes> bytes = reader.bytes(picture.text("file"), largest_picture);
    if (!bytes)
        throw fields.damaged("has a damaged picture");
    project.picture = decode(*bytes, reader.file());
    project.picture_file = std::make_shared<const Bytes>(std::move(*bytes));
}

void read_masks(Reader& reader, const JsonFields& fields, Project& project)
{
    const Json& masks = fields.list("masks");
    if (masks.size() > most_masks)
        throw fields.damaged("has more than 1,000 masks");
    int counted = 0;
    for (const Json& entry : masks)
        reader.part("A mask", [&] {
            const JsonFields mask(entry, reader.file());
            NamedMask one{printable(mask.text("name")), reader.mask(mask.text("file"), project.picture)};
            one.id = mask.has("id") ? mask.integer("id", 1, 1 << 30) : ++counted; // older files have none
            one.soft_edge = mask.has("soft_edge") ? mask.integer("soft_edge", 0, 1000) : 0;
            const auto same = [&](const NamedMask& other) { return other.id == one.id; };
            if (std::any_of(project.masks.begin(), project.masks.end(), same))
                throw fields.damaged("it has the number of another mask");
            project.masks.push_back(std::move(one));
        });
    if (project.masks.empty())
        project.masks.push_back(
            {"", std::make_shared<const Mask>(project.picture.width, project.picture.height), 1});
    project.mask_in_use =
        fields.has("mask_in_use") ? fields.integer("mask_in_use", 1, 1 << 30) : project.masks.front().id;
}

void read_sets(Reader& reader, const JsonFields& fields, Project& project)
{
    const Json& sets = fields.list("sets");
    if (sets.size() > most_sets)
        throw fields.damaged("has more than 10,000 sets");
    for (const Json& entry : sets)
        reader.part("A set of completions", [&] {
            if (!entry.is_string())
                throw fields.damaged("its name is no text");
            ProjectSet set = read_set(reader, entry.get<std::string>(), project.picture);
            const bool known =
                std::any_of(project.sets.begin(), project.sets.end(),
                            [&](const ProjectSet& other) { return other.number == set.number; });
            if (known)
                throw fields.damaged("it has the number of another set");
            project.sets.push_back(std::move(set));
        });
}

} // namespace

bool begins_like_project(const ByteSource& source)
{
    const std::string type = project_mimetype;
    const std::size_t size = 38 + type.size();
    if (source.size() < size)
        return false;
    const Bytes begin = source.read(0, size);
    const std::string text(begin.begin(), begin.end());
    return text.substr(0, 4) == "PK\3\4" && text.substr(30, 8) == "mimetype" && text.substr(38) == type;
}

OpenedProject read_project(const ByteSource& source, const DecodePicture& decode)
{
    if (!begins_like_project(source))
        refuse(source, "is not a project that Lacuna wrote");
    Reader reader(source);
    const std::optional<std::string> text = reader.text("project.json");
    if (!text)
        refuse(source, "has a damaged description");
    const Json json = parse_object(*text, source.name());
    const JsonFields fields(json, source.name());
    OpenedProject opened;
    Project& project = opened.project;
    const int schema = fields.integer("schema", 1, 1 << 30);
    reader.expect(read_hashes(fields));
    project.id = printable(fields.text("id"));
    project.revision = fields.integer("revision", 0, 1 << 30);
    read_picture_member(reader, fields, decode, project);
    read_masks(reader, fields, project);
    read_sets(reader, fields, project);
    if (fields.has("draft"))
        reader.part("The settings", [&] { project.draft = read_recipe(fields, "draft"); });
    if (fields.has("tree"))
        reader.part("The gallery", [&] {
            const std::optional<std::string> tree = reader.text(fields.text("tree"));
            if (!tree)
                throw fields.damaged("it is damaged or missing");
            project.tree = tree_from_json(*tree, source.name());
            if (fields.has("branch"))
                project.open_branch = fields.integer("branch", 0, 1 << 20);
        });
    opened.lost = std::move(reader.lost());
    if (schema > project_schema)
        opened.read_only = "It was written by a newer version of Lacuna.";
    else if (!opened.lost.empty())
        opened.read_only = "Parts of it are damaged.";
    return opened;
}

OpenedProject open_project(const std::filesystem::path& path, const DecodePicture& decode)
{
    return read_project(ByteSource::open(path), decode);
}

} // namespace lacuna
