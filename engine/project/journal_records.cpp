// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/project/journal_records.h"

#include <algorithm>

#include "engine/core/error.h"
#include "engine/core/picture_file.h"
#include "engine/project/little_endian.h"
#include "engine/project/mask_runs.h"
#include "engine/project/set_json.h"

namespace lacuna {

namespace {

using Bytes = std::vector<std::uint8_t>;

/// A payload: length of a JSON text (4 bytes), the text, then for each blob its length (4 bytes) and its bytes.
JournalRecord make_record(RecordKind kind, const Json& json, const std::vector<Bytes>& blobs = {})
{
    const std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
    std::string all = little_endian(text.size(), 4) + text;
    for (const Bytes& blob : blobs) {
        all += little_endian(blob.size(), 4);
        all.append(blob.begin(), blob.end());
    }
    return {kind, Bytes(all.begin(), all.end())};
}

struct Payload {
    Json json{};
    std::vector<std::span<const std::uint8_t>> blobs{}; ///< in the record
};

Payload take_apart(const JournalRecord& record, const std::string& file)
{
    std::vector<std::span<const std::uint8_t>> parts;
    const std::span<const std::uint8_t> all(record.payload);
    for (std::size_t at = 0; at < all.size();) {
        if (all.size() - at < 4)
            throw Error(ErrorKind::Input, file, "has a record of another form", "Use another journal");
        const std::size_t length = std::size_t(all[at]) | std::size_t(all[at + 1]) << 8
                                   | std::size_t(all[at + 2]) << 16 | std::size_t(all[at + 3]) << 24;
        if (length > all.size() - at - 4)
            throw Error(ErrorKind::Input, file, "has a record of another form", "Use another journal");
        parts.push_back(all.subspan(at + 4, length));
        at += 4 + length;
    }
    if (parts.empty())
        throw Error(ErrorKind::Input, file, "has an empty record", "Use another journal");
    Payload payload{parse_object(std::string(parts[0].begin(), parts[0].end()), file), {}};
    payload.blobs.assign(parts.begin() + 1, parts.end());
    return payload;
}

std::span<const std::uint8_t> only_blob(const Payload& payload, const JsonFields& fields)
{
    if (payload.blobs.size() != 1)
        throw fields.damaged("has a record of another form");
    return payload.blobs[0];
}

/// The pixels become blobs.
Json describe_with(std::vector<Bytes>& blobs, const Completion& completion)
{
    return describe(completion, [&blobs](std::size_t patch, const Picture& pixels) {
        blobs.push_back(encode_png(pixels));
        return std::to_string(patch);
    });
}

/// Repeats records one by one on a project.
class Replay {
public:
    Replay(Project& project, std::string file) : project_(project), file_(std::move(file)) {}

    void operator()(const JournalRecord& record)
    {
        const Payload payload = take_apart(record, file_);
        const JsonFields fields(payload.json, file_);
        if (record.kind != RecordKind::Picture && project_.picture.empty())
            throw fields.damaged("has no picture");
        switch (record.kind) {
        case RecordKind::Picture:
            return picture(payload, fields);
        case RecordKind::MaskArea:
            return mask_area(payload, fields);
        case RecordKind::Masks:
            return masks(payload, fields);
        case RecordKind::SetBegun:
            return set_begun(payload, fields);
        case RecordKind::Completion:
            return completion(payload, fields);
        case RecordKind::SetEnded:
            return set_ended(fields);
        case RecordKind::Draft:
            project_.draft = read_recipe(fields, "recipe");
            return;
        case RecordKind::Marked:
            return marked(fields);
        case RecordKind::Tree:
            project_.tree = tree_from_json(fields.member("tree").dump(), file_);
            project_.open_branch = fields.has("branch") ? fields.integer("branch", -1, 1 << 20) : -1;
            return;
        case RecordKind::Twin:
            return twin(payload, fields);
        case RecordKind::Begin:
            break;
        }
        throw fields.damaged("has a record of an unknown kind");
    }

private:
    void picture(const Payload& payload, const JsonFields& fields)
    {
        const std::span<const std::uint8_t> bytes = only_blob(payload, fields);
        project_.picture_name = printable(fields.text("name"));
        project_.picture = decode_picture(bytes, file_);
        project_.picture_file = std::make_shared<const Bytes>(bytes.begin(), bytes.end());
        project_.masks = {
            {"", std::make_shared<const Mask>(project_.picture.width, project_.picture.height), 1}};
        project_.mask_in_use = 1;
        project_.sets.clear();
        project_.tree.reset();
        project_.open_branch = -1;
    }

    void mask_area(const Payload& payload, const JsonFields& fields)
    {
        const int width = project_.picture.width, height = project_.picture.height;
        const Area area{fields.integer("x", 0, width), fields.integer("y", 0, height),
                        fields.integer("width", 0, width), fields.integer("height", 0, height)};
        NamedMask& used = project_.masks.at(used_mask(project_));
        if (!mask_ || used.mask != mask_) // else it is a copy of ours already
            mask_ = std::make_shared<Mask>(*used.mask);
        decode_runs(only_blob(payload, fields), area, *mask_, file_);
        used.mask = mask_;
    }

    void masks(const Payload& payload, const JsonFields& fields)
    {
        constexpr std::size_t most = 1000;
        std::vector<NamedMask> list;
        std::size_t next = 0;
        for (const Json& entry : fields.list("masks")) {
            const JsonFields mask(entry, file_);
            NamedMask one{printable(mask.text("name")),
                          {},
                          mask.integer("id", 1, 1 << 30),
                          mask.integer("soft_edge", 0, 1000)};
            if (std::any_of(list.begin(), list.end(), [&](const NamedMask& m) { return m.id == one.id; })
                || list.size() >= most)
                throw fields.damaged("has a damaged list of masks");
            one.mask =
                mask.flag("stored") ? stored_mask(payload, fields, next++) : known_mask(fields, one.id);
            list.push_back(std::move(one));
        }
        if (list.empty() || next != payload.blobs.size())
            throw fields.damaged("has a damaged list of masks");
        project_.masks = std::move(list);
        project_.mask_in_use = fields.integer("in_use", 1, 1 << 30);
    }

    std::shared_ptr<const Mask> stored_mask(const Payload& payload, const JsonFields& fields, std::size_t at)
    {
        if (at >= payload.blobs.size())
            throw fields.damaged("has a mask without its pixels");
        auto mask = std::make_shared<Mask>(project_.picture.width, project_.picture.height);
        decode_runs(payload.blobs[at], {0, 0, mask->width, mask->height}, *mask, file_);
        return mask;
    }

    std::shared_ptr<const Mask> known_mask(const JsonFields& fields, int id)
    {
        for (const NamedMask& mask : project_.masks)
            if (mask.id == id)
                return mask.mask;
        throw fields.damaged("tells of a mask that is not there");
    }

    void set_begun(const Payload& payload, const JsonFields& fields)
    {
        const int number = fields.integer("number", 1, 1 << 30);
        for (const ProjectSet& other : project_.sets)
            if (other.number == number)
                throw fields.damaged("begins a set twice");
        auto hole = std::make_shared<Mask>(project_.picture.width, project_.picture.height);
        decode_runs(only_blob(payload, fields), {0, 0, hole->width, hole->height}, *hole, file_);
        CompletionSet set;
        set.recipe = read_recipe(fields, "recipe");
        set.stopped = true; // until its end is told
        project_.sets.push_back(
            {number, std::move(hole), std::make_shared<const CompletionSet>(std::move(set)), {}});
    }

    ProjectSet& find_set(const JsonFields& fields)
    {
        const int number = fields.integer("set", 1, 1 << 30);
        const auto found = std::find_if(project_.sets.begin(), project_.sets.end(),
                                        [&](const ProjectSet& one) { return one.number == number; });
        if (found == project_.sets.end())
            throw fields.damaged("tells of a set that has not begun");
        return *found;
    }

    /// The blobs of a record one after the other.
    FetchPixels pixels_in_order(const Payload& payload, const JsonFields& fields) const
    {
        return [this, &payload, &fields,
                next = std::size_t(0)](const std::string&, const Area&) mutable -> std::optional<Picture> {
            if (next >= payload.blobs.size())
                throw fields.damaged("has a completion without its pixels");
            return decode_picture(payload.blobs[next++], file_);
        };
    }

    void twin(const Payload& payload, const JsonFields& fields)
    {
        ProjectSet& one = find_set(fields);
        const FetchPixels fetch = pixels_in_order(payload, fields);
        CompletionSet twin;
        twin.recipe = read_recipe(fields, "recipe");
        read_figures(fields, twin);
        for (const Json& entry : fields.list("completions"))
            twin.completions.push_back(read_completion(JsonFields(entry, file_), project_.picture, fetch));
        complete_pool(twin);
        one.twin = std::make_shared<const CompletionSet>(std::move(twin));
    }

    void completion(const Payload& payload, const JsonFields& fields)
    {
        ProjectSet& one = find_set(fields);
        Completion completion =
            read_completion(fields.object("completion"), project_.picture, pixels_in_order(payload, fields));
        CompletionSet set = *one.set; // shares the pixels
        const auto before =
            std::find_if(set.completions.begin(), set.completions.end(),
                         [&](const Completion& other) { return other.member == completion.member; });
        if (before != set.completions.end()) {
            *before = std::move(completion);
        } else {
            set.completions.push_back(std::move(completion));
            one.marks.push_back(Mark::None);
        }
        one.set = std::make_shared<const CompletionSet>(std::move(set));
    }

    void set_ended(const JsonFields& fields)
    {
        ProjectSet& one = find_set(fields);
        CompletionSet set = *one.set;
        set.recipe = read_recipe(fields, "recipe");
        read_figures(fields, set);
        complete_pool(set);
        one.set = std::make_shared<const CompletionSet>(std::move(set));
    }

    void marked(const JsonFields& fields)
    {
        ProjectSet& one = find_set(fields);
        one.marks.resize(one.set->completions.size(), Mark::None);
        if (one.marks.empty())
            throw fields.damaged("marks a completion that is not there");
        const int last = static_cast<int>(one.marks.size()) - 1;
        one.marks[static_cast<std::size_t>(fields.integer("completion", 0, last))] =
            parse_mark(fields, "mark");
    }

    Project& project_;
    std::string file_;
    std::shared_ptr<Mask> mask_{}; ///< the one in use
};

} // namespace

JournalRecord begin_record(const JournalBase& base)
{
    return make_record(RecordKind::Begin, {{"project", base.project_file},
                                           {"id", base.id},
                                           {"revision", base.revision},
                                           {"picture", base.picture_name}});
}

JournalBase read_base(const JournalRecord& record, const std::string& file)
{
    if (record.kind != RecordKind::Begin)
        throw Error(ErrorKind::Input, file, "does not begin like a journal", "Use another journal");
    const Payload payload = take_apart(record, file);
    const JsonFields fields(payload.json, file);
    return {fields.text("project"), fields.text("id"), fields.integer("revision", 0, 1 << 30),
            fields.text("picture")};
}

JournalRecord picture_record(const std::string& name, std::span<const std::uint8_t> file)
{
    return make_record(RecordKind::Picture, {{"name", name}}, {Bytes(file.begin(), file.end())});
}

JournalRecord mask_record(const Mask& part, int x, int y)
{
    return make_record(RecordKind::MaskArea,
                       {{"x", x}, {"y", y}, {"width", part.width}, {"height", part.height}},
                       {encode_runs(part, {0, 0, part.width, part.height})});
}

JournalRecord masks_record(const std::vector<NamedMask>& masks, int in_use)
{
    Json list = Json::array();
    std::vector<Bytes> blobs;
    for (const NamedMask& mask : masks) {
        list.push_back({{"id", mask.id},
                        {"name", mask.name},
                        {"soft_edge", mask.soft_edge},
                        {"stored", mask.mask != nullptr}});
        if (mask.mask)
            blobs.push_back(encode_runs(*mask.mask, {0, 0, mask.mask->width, mask.mask->height}));
    }
    return make_record(RecordKind::Masks, {{"masks", std::move(list)}, {"in_use", in_use}}, blobs);
}

JournalRecord set_begun_record(int number, const Mask& hole, const Recipe& recipe)
{
    return make_record(RecordKind::SetBegun, {{"number", number}, {"recipe", describe(recipe)}},
                       {encode_runs(hole, {0, 0, hole.width, hole.height})});
}

JournalRecord completion_record(int set, const Completion& completion)
{
    std::vector<Bytes> blobs;
    const Json json = describe_with(blobs, completion);
    return make_record(RecordKind::Completion, {{"set", set}, {"completion", json}}, blobs);
}

JournalRecord set_ended_record(int number, const CompletionSet& set)
{
    Json json = {{"set", number}};
    json.update(describe_set(set));
    return make_record(RecordKind::SetEnded, json);
}

JournalRecord draft_record(const Recipe& recipe)
{
    return make_record(RecordKind::Draft, {{"recipe", describe(recipe)}});
}

JournalRecord marked_record(int set, std::size_t completion, Mark mark)
{
    return make_record(RecordKind::Marked, {{"set", set}, {"completion", completion}, {"mark", name(mark)}});
}

JournalRecord tree_record(const GalleryTree& tree, int open_branch)
{
    return make_record(RecordKind::Tree, {{"tree", Json::parse(to_json(tree))}, {"branch", open_branch}});
}

JournalRecord twin_record(int set, const CompletionSet& twin)
{
    Json json = {{"set", set}};
    json.update(describe_set(twin));
    json["completions"] = Json::array();
    std::vector<Bytes> blobs;
    for (const Completion& one : twin.completions)
        json["completions"].push_back(describe_with(blobs, one));
    return make_record(RecordKind::Twin, json, blobs);
}

void replay(Project& project, std::span<const JournalRecord> records, const std::string& file)
{
    Replay repeat(project, file);
    for (const JournalRecord& record : records)
        repeat(record);
}

} // namespace lacuna
