// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fill/kept_state.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "engine/checkpoint/checkpoint.h"
#include "engine/checkpoint/safetensors_writer.h"
#include "engine/core/error.h"
#include "engine/core/hash.h"
#include "engine/project/set_json.h"

namespace lacuna {

namespace fs = std::filesystem;

namespace {

constexpr const char* run_prefix = "run.";
constexpr std::uintmax_t largest_file = std::uintmax_t(8) << 30;

[[noreturn]] void refuse(const fs::path& path, const std::string& cause)
{
    throw Error(ErrorKind::Input, path.string(), cause, "Begin the run again");
}

/// The formats that states have.
DType dtype_of(at::ScalarType type)
{
    switch (type) {
    case at::kFloat:
        return DType::F32;
    case at::kDouble:
        return DType::F64;
    case at::kInt:
        return DType::I32;
    default:
        check(type == at::kByte, "a state has numbers of these formats");
        return DType::U8;
    }
}

std::optional<at::ScalarType> type_of(DType dtype)
{
    switch (dtype) {
    case DType::F32:
        return at::kFloat;
    case DType::F64:
        return at::kDouble;
    case DType::I32:
        return at::kInt;
    case DType::U8:
        return at::kByte;
    default:
        return std::nullopt;
    }
}

std::span<std::uint8_t> bytes_of(const Tensor& values)
{
    return {static_cast<std::uint8_t*>(values.data_ptr()), values.nbytes()};
}

/// A hash of all values and of what is said about them: a bit that has changed is noticed.
std::string digest(const StateValues& values, const std::map<std::string, std::string>& about)
{
    Sha256 sha;
    const auto add = [&sha](const std::string& text) { sha.add(std::to_string(text.size()) + ':' + text); };
    for (const auto& [name, text] : about)
        if (name != "digest") {
            add(name);
            add(text);
        }
    for (const auto& [name, value] : values) {
        add(name);
        add(name_of(dtype_of(value.scalar_type())));
        for (const std::int64_t size : value.sizes())
            add(std::to_string(size));
        sha.add(bytes_of(value));
    }
    return sha.hex();
}

std::string pixels_name(std::size_t completion, std::size_t patch)
{
    return "pixels." + std::to_string(completion) + "." + std::to_string(patch);
}

Tensor values_of(const Picture& picture)
{
    Tensor values = at::empty({static_cast<std::int64_t>(picture.bytes->size())}, at::kByte);
    std::copy(picture.bytes->begin(), picture.bytes->end(), values.data_ptr<std::uint8_t>());
    return values;
}

std::string describe(const std::vector<Completion>& completions, StateValues& values)
{
    Json list = Json::array();
    for (std::size_t i = 0; i < completions.size(); ++i)
        list.push_back(lacuna::describe(completions[i], [&](std::size_t patch, const Picture& pixels) {
            values[pixels_name(i, patch)] = values_of(pixels);
            return pixels_name(i, patch);
        }));
    Json json;
    json["completions"] = std::move(list);
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::vector<Completion> read_completions(const std::string& text, const StateValues& values,
                                         const fs::path& path, const Picture& canvas)
{
    const Json json = parse_object(text, path.string());
    std::vector<Completion> completions;
    for (const Json& entry : JsonFields(json, path.string()).list("completions"))
        completions.push_back(read_completion(
            JsonFields(entry, path.string()), canvas, [&](const std::string& where, const Area& area) {
                const auto found = values.find(where);
                Picture like{.width = area.width,
                             .height = area.height,
                             .channels = canvas.channels,
                             .bits = canvas.bits};
                if (found == values.end() || found->second.scalar_type() != at::kByte
                    || found->second.nbytes() != like.row_bytes() * static_cast<std::size_t>(area.height))
                    refuse(path, "has no usable '" + printable(where) + "'");
                return make_picture(
                    area.width, area.height, canvas.channels, canvas.bits,
                    [&](std::uint8_t* to) { std::ranges::copy(bytes_of(found->second), to); });
            }));
    return completions;
}

} // namespace

void write_state(const fs::path& path, const std::string& identity, const FillState& state)
{
    StateValues values;
    std::map<std::string, std::string> about{{"format", "pt"},
                                             {"identity", identity},
                                             {"part", std::to_string(state.part)},
                                             {"completions", describe(state.completions, values)}};
    for (const auto& [name, value] : state.run)
        values[run_prefix + name] = value.contiguous();
    about["digest"] = digest(values, about);
    std::map<std::string, SafetensorsEntry> entries;
    for (const auto& [name, value] : values)
        entries[name] = {dtype_of(value.scalar_type()), value.sizes().vec()};
    write_safetensors(path, entries, about, [&](const std::string& name, std::span<std::byte> bytes) {
        std::ranges::copy(std::as_bytes(bytes_of(values.at(name))), bytes.begin());
    });
}

FillState read_state(const fs::path& path, const std::string& identity, const Picture& canvas, int parts)
{
    if (fs::file_size(path) > largest_file)
        refuse(path, "is too large for a saved state");
    const Checkpoint file = Checkpoint::open(path);
    const auto about = [&](const char* key) {
        const auto found = file.metadata().find(key);
        return found == file.metadata().end() ? std::string() : found->second;
    };
    if (about("identity") != identity)
        refuse(path, "is the state of another run, or of another version of Lacuna");
    StateValues values;
    for (const auto& [name, entry] : file.tensors()) {
        const std::optional<at::ScalarType> type = type_of(entry.dtype);
        if (!type)
            refuse(path, "has numbers of a form that states do not have");
        const Tensor value = values[name] = at::empty(entry.shape, *type);
        file.read(name, entry.dtype, std::as_writable_bytes(bytes_of(value)));
    }
    if (about("digest") != digest(values, file.metadata()))
        refuse(path, "is damaged");
    FillState state;
    for (state.part = 0; state.part < parts && std::to_string(state.part) != about("part");)
        ++state.part;
    if (state.part == parts)
        refuse(path, "has no usable 'part'");
    state.completions = read_completions(about("completions"), values, path, canvas);
    for (const auto& [name, value] : values)
        if (name.starts_with(run_prefix))
            state.run[name.substr(std::strlen(run_prefix))] = value;
    return state;
}

KeptState::KeptState(std::shared_ptr<StateFile> file) : file_(std::move(file))
{
    if (file_)
        file_->write = [this] { write(); };
}

KeptState::~KeptState()
{
    if (file_)
        file_->write = {};
}

double KeptState::seconds() const
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

void KeptState::begin(const std::string& identity, const Picture& canvas, int parts)
{
    identity_ = identity;
    std::error_code error;
    if (!file_ || !fs::exists(file_->path, error))
        return;
    try {
        kept_ = read_state(file_->path, identity, canvas, parts);
    } catch (const std::exception&) {
        ignored_ = true;
    }
}

void KeptState::forget()
{
    kept_.reset();
    ignored_ = true;
}

void KeptState::begin_part(int part, std::vector<Completion> completions)
{
    now_ = {.part = part, .completions = std::move(completions)};
    exchange_ = {};
    begun_ = true;
    if (file_ && file_->wanted.exchange(false))
        write();
}

bool KeptState::resume(const Exchange& exchange)
{
    if (!kept_ || kept_->part != now_.part)
        return false;
    if (kept_->run.empty())
        return true;
    StateExchange state(std::exchange(kept_->run, {}));
    try {
        exchange(state);
    } catch (const Error&) {
        throw UnusableState();
    }
    exchange_ = exchange;
    return true;
}

void KeptState::note(const Exchange& exchange)
{
    if (!file_)
        return;
    exchange_ = exchange;
    if (file_->wanted.exchange(false) || seconds() - last_ >= std::max(file_->seconds, pause_))
        write();
}

void KeptState::end_part()
{
    exchange_ = {};
    begun_ = false;
}

/// What cannot be written is not kept, and the run goes on; neither is a state with values that are not finite.
void KeptState::write()
{
    if (!begun_)
        return;
    constexpr double share = 20; // of the time, at most one part in so many is for writing
    const double begin = seconds();
    try {
        StateExchange state;
        if (exchange_)
            exchange_(state);
        now_.run = state.values();
        write_state(file_->path, identity_, now_);
    } catch (const std::exception&) {
    }
    now_.run.clear();
    last_ = seconds();
    pause_ = share * (last_ - begin);
}

} // namespace lacuna
